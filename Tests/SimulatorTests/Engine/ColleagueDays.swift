import Queueing
import Testing

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Days in which agents wait for colleagues, speak through interpreters, put work off and are asked what became of it:
/// every event worked out by hand.
@Suite("Days with colleagues, by hand")
struct ColleagueDays {
    private func type(
        _ id: String, at times: [Double], talk: Double, wrapUp: Double? = nil, patience: Double? = nil,
        channel: Channel = .phone, within: Double = 20, priority: Int = 5, languages: [LanguageShare] = []
    ) -> ContactType {
        var type = SmallDay.type(
            id, at: times, talk: talk, wrapUp: wrapUp, patience: patience, priority: priority, languages: languages,
            within: within)
        type.channel = channel
        return type
    }

    private let reps = SmallDay.agents("reps", count: 1)
    private func nurses(from: Double = 0, count: Double = 1) -> AgentGroup {
        SmallDay.agents("nurses", count: count, from: from, skills: [Skill(1)])
    }

    // MARK: Handed over in person

    private func handingOver(_ patience: Double? = nil, at most: Double = 600) -> [ContactType] {
        var calls = type("calls", at: [0], talk: 100, wrapUp: 50)
        calls.followOns = [
            FollowOn(.transfer, share: 1, contactType: 1, handOver: HandOver(together: 30, waitsAtMost: most))
        ]
        return [calls, type("nurses", at: [], talk: 40, wrapUp: 5, patience: patience)]
    }

    @Test("an agent who hands over in person waits for the colleague, tells, and then writes up")
    func handOver() throws {
        let day = try SmallDay(handingOver(), [reps, nurses(from: 160)]).played()
        // Talk 0-100, waits 100-160, both 160-190, after-contact work 190-240; the nurse 160-190 and 190-235.
        #expect(day.counts(0).answered == 1)
        #expect(day.counts(0).transfersOut == 1)
        #expect(day.counts(0).talk == 100)
        #expect(day.counts(0).hold == 90)
        #expect(day.counts(0).wrapUp == 50)
        #expect(day.counts(1).transfersIn == 1)
        #expect(day.counts(1).waitOfAnswered == 60)
        #expect(day.counts(1).talk == 70)
        #expect(day.groups[0].busy == 240)
        #expect(day.groups[1].busy == 75)
    }

    @Test("a colleague who is free comes at once")
    func handOverAtOnce() throws {
        let day = try SmallDay(handingOver(), [reps, nurses()]).played()
        #expect(day.counts(1).waitOfAnswered == 0)
        #expect(day.groups[0].busy == 100 + 30 + 50)
        #expect(day.groups[1].busy == 30 + 40 + 5)
    }

    @Test("after a while the agent stops waiting, and the caller waits alone")
    func handOverCold() throws {
        let visits = type("visits", at: [0], talk: 160)
        let nurses = SmallDay.agents("nurses", count: 1, skills: [Skill(1), Skill(2)])
        let day = try SmallDay(handingOver(at: 20) + [visits], [reps, nurses]).played()
        // Waits 100-120, after-contact work 120-170; the nurse 160-205 without being told anything.
        #expect(day.counts(0).hold == 20)
        #expect(day.groups[0].busy == 170)
        #expect(day.counts(1).waitOfAnswered == 60)
        #expect(day.groups[1].busy == 160 + 45)
    }

    @Test("a caller who hangs up while both wait frees the agent")
    func handOverLost() throws {
        let day = try SmallDay(handingOver(30), [reps, nurses(from: 160)]).played()
        #expect(day.counts(1).abandoned == 1)
        #expect(day.counts(1).waitOfAbandoned == 30)
        #expect(day.counts(0).hold == 30)
        #expect(day.groups[0].busy == 180)
        #expect(day.groups[1].busy == 0)
    }

    @Test("where the other team is closed the agent does not wait")
    func handOverClosed() throws {
        var types = handingOver()
        types[1].open = [TimeSpan(1000, 2000)]
        let day = try SmallDay(types, [reps, nurses(from: 1000)]).played()
        #expect(day.counts(1).turnedAway == 1)
        #expect(day.counts(0).hold == 0)
        #expect(day.groups[0].busy == 150)
    }

    @Test("an agent whose shift ends while waiting for a colleague stays until the contact is through")
    func handOverAfterTheShift() throws {
        let day = try SmallDay(
            handingOver(), [SmallDay.agents("reps", count: 1, to: 110), nurses(from: 160)]
        ).played()
        #expect(day.groups[0].busy == 240)
        #expect(day.groups[0].present == 240)
    }

    // MARK: A colleague is asked

    private func asking(at times: [Double] = [0], most: Double = 600) -> [ContactType] {
        var calls = type("calls", at: times, talk: 100, wrapUp: 50)
        calls.followOns = [
            FollowOn(.consult, share: 1, contactType: 1, handOver: HandOver(waitsAtMost: most)),
            FollowOn(.followUp, share: 1, contactType: 2),
        ]
        var consult = type("consults", at: [], talk: 60, channel: .consult)
        consult.origin = ContactType.Origin(.consult, of: 0)
        return [calls, consult, type("desk", at: [], talk: 10, channel: .desk)]
    }

    @Test("a question holds two agents, and the caller, until it is answered")
    func consult() throws {
        let day = try SmallDay(
            asking(), [SmallDay.agents("reps", count: 1, skills: [Skill(0), Skill(2)]), nurses(from: 130)]
        ).played()
        // Talk 0-100, waits 100-130, both 130-190, after-contact work 190-240, desk 240-250.
        #expect(day.counts(0).talk == 100)
        #expect(day.counts(0).hold == 90)
        #expect(day.counts(1).offered == 1)
        #expect(day.counts(1).answered == 1)
        #expect(day.counts(1).waitOfAnswered == 30)
        #expect(day.groups[1].busy == 60)
        #expect(day.counts(2).answered == 1)
        #expect(day.groups[0].busy == 250)
    }

    @Test("a question that nobody comes to answer is given up")
    func consultGivenUp() throws {
        let visits = type("visits", at: [0], talk: 130)
        let nurses = SmallDay.agents("nurses", count: 1, skills: [Skill(1), Skill(3)])
        let day = try SmallDay(
            asking(most: 20) + [visits], [SmallDay.agents("reps", count: 1, skills: [Skill(0), Skill(2)]), nurses]
        ).played()
        #expect(day.counts(1).abandoned == 1)
        #expect(day.counts(1).waitOfAbandoned == 20)
        #expect(day.counts(0).hold == 20)
        #expect(day.groups[1].busy == 130)
        #expect(day.groups[0].busy == 100 + 20 + 50 + 10)
    }

    @Test("who waits for a colleague is not taken for another call, and takes the next when through")
    func consultAndQueue() throws {
        let day = try SmallDay(
            asking(at: [0, 10], most: 600),
            [SmallDay.agents("reps", count: 1, skills: [Skill(0), Skill(2)]), nurses(from: 130)]
        ).played()
        // The second call waits 10-240; its question is answered at once, 340-400.
        #expect(day.counts(0).waitOfAnswered == 230)
        #expect(day.counts(1).waitOfAnswered == 30)
        #expect(day.groups[1].busy == 120)
    }

    // MARK: An interpreter, set-up, pace

    @Test("agents without the language take a caller after a while, through an interpreter")
    func interpreter() throws {
        var calls = type(
            "calls", at: [0, 10], talk: 100, wrapUp: 50, languages: [LanguageShare("es", 1)])
        calls.interpreter = Interpreter(languages: ["es"], after: 30, connect: 20, handlingFactor: 1.5)
        let day = try SmallDay(
            [calls],
            [
                SmallDay.agents("spanish", count: 1, languages: ["es"]),
                SmallDay.agents("english", count: 1, languages: ["en"]),
            ]
        ).played()
        // The first is served by a speaker, 0-150; the second waits 10-40, on hold 40-60, then 225 s.
        #expect(day.counts().waitOfAnswered == 30)
        #expect(day.groups[0].busy == 150)
        #expect(abs(day.groups[1].busy - 245) < 1e-9)
        #expect(abs(day.counts().hold - 20) < 1e-9)
    }

    @Test("an interpreter who is there at once is used before anybody waits, but after speakers")
    func interpreterAtOnce() throws {
        var calls = type("calls", at: [0, 10], talk: 100, languages: [LanguageShare("es", 1)])
        calls.interpreter = Interpreter(languages: ["es"], handlingFactor: 2)
        let day = try SmallDay(
            [calls],
            [
                SmallDay.agents("english", count: 1, languages: ["en"]),
                SmallDay.agents("spanish", count: 1, languages: ["es"]),
            ]
        ).played()
        #expect(day.groups[0].busy == 200)
        #expect(day.groups[1].busy == 100)
        #expect(day.counts().waitOfAnswered == 0)
    }

    @Test("the time until the first word is waited by the caller and taken from the agent")
    func setUp() throws {
        var calls = type("calls", at: [0, 10], talk: 100)
        calls.setUp = 5
        var skill = Skill(0)
        skill.setUp = 10
        let day = try SmallDay([calls], [SmallDay.agents(count: 1, skills: [skill])]).played()
        // First word at 15, talk to 115; the next is found then and begins at 130.
        #expect(day.counts().waitOfAnswered == 15 + 120)
        #expect(day.counts().answeredInTime == 1)
        #expect(day.counts().talk == 200)
        #expect(day.groups[0].busy == 230)
    }

    @Test("whose patience ends before the first word hangs up, and the agent was taken for nothing")
    func setUpInVain() throws {
        var calls = type("calls", at: [0, 30], talk: 100, patience: 60)
        calls.setUp = 90
        let day = try SmallDay([calls], [SmallDay.agents(count: 1)]).played()
        // Taken at 0, gone at 60; the second is taken then, after 30 s, and gone at 90.
        #expect(day.counts().answered == 0)
        #expect(day.counts().abandoned == 2)
        #expect(day.counts().waitOfAbandoned == 120)
        #expect(day.counts().talk == 0)
        #expect(day.groups[0].busy == 90)
        // Who waits as long as it takes is answered.
        calls.patience = .fixed(Fixed(90))
        let answered = try SmallDay([calls], [SmallDay.agents(count: 1)]).played()
        #expect(answered.counts().answered == 1)
        #expect(answered.counts().waitOfAnswered == 90)
        // The second would be taken at 190, and has gone at 120.
        #expect(answered.counts().waitOfAbandoned == 90)
        #expect(answered.groups[0].busy == 190)
    }

    @Test("one of several in hand who hangs up before the first word takes up a hand until then")
    func setUpOfChatsInVain() throws {
        var chats = type("chats", at: [0, 10], talk: 100, patience: 60)
        chats.channel = Channel("chat", paces: [1, 1])
        chats.setUp = 90
        chats.redial = Redial(share: 1, delay: .fixed(Fixed(1000)), atMost: 1)
        let day = try SmallDay([chats], [SmallDay.agents(count: 1)]).played()
        #expect(day.counts().abandoned == 4)
        #expect(day.counts().redials == 2)
        #expect(day.groups[0].busy == 140)
    }

    @Test("who is handed over to a colleague that must come first hangs up on both")
    func handOverInVain() throws {
        var types = handingOver(40)
        types[1].setUp = 60
        let day = try SmallDay(types, [reps, nurses()]).played()
        // Talk 0-100, the nurse is found at 100 and the caller gone at 140; after-contact work 140-190.
        #expect(day.counts(0).hold == 40)
        #expect(day.counts(1).abandoned == 1)
        #expect(day.groups[0].busy == 190)
        #expect(day.groups[1].busy == 40)
    }

    @Test("nobody waits for a colleague when none is there or comes in time; the caller is handed on without")
    func nobodyToAsk() throws {
        let alone = try SmallDay(handingOver(at: 50), [reps, nurses(from: 160)]).played()
        // Talk 0-100, after-contact work 100-150: the nurse comes at 160, ten seconds too late to be waited for.
        #expect(alone.counts(0).hold == 0)
        #expect(alone.groups[0].busy == 150)
        #expect(alone.counts(1).waitOfAnswered == 60)
        var calls = type("calls", at: [0], talk: 100)
        calls.followOns = [
            FollowOn(.consult, share: 1, contactType: 1, handOver: HandOver(together: 30, waitsAtMost: 180))
        ]
        let consult = type("consult", at: [], talk: 20, channel: .consult)
        // Who asks is no colleague.
        let both = SmallDay.agents("reps", count: 1, skills: [Skill(0), Skill(1)])
        let asked = try SmallDay([calls, consult], [both, nurses(from: 300)]).played()
        #expect(asked.counts(0).hold == 0)
        #expect(asked.counts(1).offered == 0)
        #expect(asked.groups[0].busy == 100)
    }

    @Test("who is handed on to a type that has closed is served while somebody is there, else not")
    func handedOnAfterClosing() throws {
        var calls = type("calls", at: [0], talk: 700)
        calls.followOns = [FollowOn(.transfer, share: 1, contactType: 1)]
        var nurses = type("nurses", at: [650], talk: 100)
        nurses.open = [TimeSpan(0, 600)]
        let day = try SmallDay([calls, nurses], [reps, self.nurses()]).played()
        // A fresh caller at 650 finds them closed; who is in the middle at 700 does not.
        #expect(day.counts(1).turnedAway == 1)
        #expect(day.counts(1).answered == 1)
        let gone = SmallDay.agents("nurses", count: 1, to: 600, skills: [Skill(1)])
        #expect(try SmallDay([calls, nurses], [reps, gone]).played().counts(1).turnedAway == 2)
    }

    @Test("those who waited long talk longer, and with many waiting all are quicker")
    func pace() throws {
        var calls = type("calls", at: [0, 10, 20], talk: 100)
        calls.handlingPace = HandlingPace(
            byWait: [.init(from: 90, factor: 1.5)], byWaiting: [.init(from: 1, factor: 0.8)])
        let day = try SmallDay([calls], [SmallDay.agents(count: 1)]).played()
        // 0-100; the second waited 90 with one behind it: 120 s; the third waited 200: 150 s.
        #expect(day.counts().talk == 100 + 120 + 150)
        #expect(day.counts().waitOfAnswered == 90 + 200)
    }

    @Test("callers who come before we open wait until somebody is there, and others before find us closed")
    func beforeOpening() throws {
        var calls = type("calls", at: [100, 450, 500], talk: 60)
        calls.open = [TimeSpan(600, 3600)]
        calls.queueOpens = 200
        let day = try SmallDay([calls], [SmallDay.agents(count: 1, from: 600)]).played()
        #expect(day.counts().turnedAway == 1)
        #expect(day.counts().answered == 2)
        #expect(day.counts().waitOfAnswered == 150 + 160)
    }

    // MARK: Leaving at once, more urgent, more hands

    @Test("who hears that the first in the queue has waited so long leaves at once")
    func balking() throws {
        var calls = type("calls", at: [0, 10, 20, 45], talk: 100)
        calls.balking = Balking(share: 1, over: 30)
        let day = try SmallDay([calls], [SmallDay.agents(count: 1)]).played()
        // At 10 nobody waits, at 20 the first has waited 10, at 45 it has waited 35.
        #expect(day.counts().answered == 3)
        #expect(day.counts().abandoned == 1)
        #expect(day.counts().shortAbandoned == 1)
        #expect(day.counts().waitOfAbandoned == 0)
    }

    @Test("the wait is that of whoever came first, in whatever queue by now")
    func balkingOnAnyQueue() throws {
        let groups = [SmallDay.agents(count: 1), SmallDay.agents("others", count: 1, from: 3000)]
        for escalation in [Escalation(after: 15, priority: 1), Escalation(after: 15, groups: [1])] {
            var calls = type("calls", at: [0, 10, 20, 45], talk: 100)
            calls.balking = Balking(share: 1, over: 30)
            calls.escalations = [escalation]
            let day = try SmallDay([calls], groups).played()
            // As without: at 45 the first has waited 35, though it has moved on at 25.
            #expect(day.counts().answered == 3)
            #expect(day.counts().abandoned == 1)
        }
        // Ten hours of a call a minute of ten minutes each, one agent: whether they move on or not.
        var calls = type("calls", at: (0..<600).map { Double($0) * 60 }, talk: 600)
        calls.open = [TimeSpan(0, 36000)]
        calls.balking = Balking(share: 1, over: 180)
        var all = SmallDay([calls], [SmallDay.agents(count: 1, to: 36000)], step: 3600, periods: 10)
        let plain = try all.played().counts()
        all.scenario.contactTypes[0].escalations = [Escalation(after: 120, priority: 1)]
        let moved = try all.played().counts()
        #expect(plain.abandoned > 500)
        #expect(moved.abandoned == plain.abandoned)
    }

    @Test("one who has waited so long goes before those who were more urgent")
    func moreUrgent() throws {
        var slow = type("slow", at: [1], talk: 10)
        slow.escalations = [Escalation(after: 50, priority: 1)]
        let fast = type("fast", at: [0, 20], talk: 100, priority: 3)
        let day = try SmallDay([slow, fast], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]).played()
        #expect(day.counts(0).waitOfAnswered == 99)
        #expect(day.counts(1).waitOfAnswered == 90)
    }

    @Test("when so many wait another group helps, and takes all who wait then")
    func lending() throws {
        var calls = type("calls", at: [0, 10, 20, 200], talk: 100)
        calls.escalations = [Escalation(whenWaiting: 2, groups: [1])]
        let day = try SmallDay([calls], [reps, SmallDay.agents("front", count: 2, skills: [])]).played()
        // At 20 two wait and both are taken; the one at 200 finds the first group free.
        #expect(day.counts().waitOfAnswered == 10)
        #expect(day.groups[0].busy == 200)
        #expect(day.groups[1].busy == 200)
    }

    @Test("one who waits alone is not taken by those who come only when many wait")
    func lendingNot() throws {
        var calls = type("calls", at: [0, 10], talk: 100)
        calls.escalations = [Escalation(whenWaiting: 2, groups: [1])]
        let day = try SmallDay([calls], [reps, SmallDay.agents("front", count: 2, skills: [])]).played()
        #expect(day.counts().waitOfAnswered == 90)
        #expect(day.groups[1].busy == 0)
    }

    // MARK: Later

    @Test("an e-mail that is interrupted before midnight and after it goes on where it was, and counts once")
    func acrossMidnight() throws {
        var mail = type(
            "mail", at: [3000], talk: 800, channel: Channel("email", kind: .deferred, isInterruptible: true))
        mail.open = [TimeSpan(0, 7200)]
        var calls = type("calls", at: [3400, 3800], talk: 100)
        calls.open = [TimeSpan(0, 7200)]
        var night = SmallDay.agents(count: 1, to: 7200, skills: [Skill(0), Skill(1)])
        night.staffing = .shifts([ShiftBlock(shift: "night", day: 0, timeSpan: TimeSpan(1800, 5400), people: 1)])
        var day = SmallDay([mail, calls], [night], periods: 8)
        day.scenario.horizon.days = [
            .init(date: "2001-01-01", weekday: 0, start: 0, end: 3600),
            .init(date: "2001-01-02", weekday: 1, start: 3600, end: 7200),
        ]
        let played = try day.played()
        // E-mail 3000-3400, call 3400-3500, e-mail 3500-3800, call 3800-3900, e-mail 3900-4000.
        #expect(played.counts(0).answered == 1)
        #expect(played.counts(0).talk == 800)
        #expect(played.counts(0).queueSeconds == 200)
        #expect(played.counts(1).waitOfAnswered == 0)
        #expect(played.groups[0].busy == 1000)
        #expect(played.groups[0].present == 3600)
    }

    @Test("after-contact work is put off while somebody waits, and done when nobody does")
    func wrapUpLater() throws {
        var calls = type("calls", at: [0, 10], talk: 100, wrapUp: 50)
        calls.deferredWrapUp = DeferredWrapUp(whenWaiting: 1, contactType: 1)
        var notes = type("notes", at: [], talk: 50, channel: .desk)
        notes.origin = ContactType.Origin(.documentation, of: 0)
        let day = try SmallDay(
            [calls, notes], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        ).played()
        // 0-100, the second 100-200 and its own work at once, 200-250; what was put off 250-300.
        #expect(day.counts(0).wrapUp == 50)
        #expect(day.counts(0).waitOfAnswered == 90)
        #expect(day.counts(1).offered == 1)
        #expect(day.counts(1).waitOfAnswered == 150)
        #expect(day.groups[0].busy == 300)
    }

    @Test("somebody asks what became of an e-mail that lies too long, on the clock of its target")
    func chaser() throws {
        var mail = type("mail", at: [100, 2000], talk: 60, channel: .email, within: 1000)
        mail.open = [TimeSpan(0, 600), TimeSpan(1200, 3600)]
        mail.target?.clock = .openHours
        mail.chase = Chase(share: 1, after: 1000, contactType: 1)
        let day = try SmallDay(
            [mail, type("calls", at: [], talk: 30)],
            [SmallDay.agents(count: 1, from: 2500, skills: [Skill(0), Skill(1)])]
        ).played()
        // Open 100-600 and 1200-1700: the first is asked about at 1700; the second is begun after 560 s.
        #expect(day.counts(1).offered == 1)
        #expect(day.counts(1).waitOfAnswered == 2500 - 1700)
        #expect(day.counts(0).overdue == 1)
    }

    @Test("a call from a list reaches nobody at the first try, and whom it reaches answers later as another type")
    func outbound() throws {
        var calls = type("recalls", at: [0], talk: 60, channel: .outbound, within: 10)
        calls.tries = Tries(attempts: 50, noAnswer: 0.5, retryAfter: 40, ringing: 20)
        calls.followOns = [
            FollowOn(.reply, share: 1, contactType: 1, delay: .fixed(Fixed(100)))
        ]
        let day = try SmallDay(
            [calls, type("scheduling", at: [], talk: 30)],
            [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])], step: 3600, periods: 4
        ).played()
        #expect(day.counts(0).offered == 1)
        #expect(day.counts(0).answered == 1)
        #expect(day.counts(0).repeats == 0)
        // Every try but the last took 20 s.
        let tries = (day.counts(0).talk - 60) / 20
        #expect(tries == tries.rounded() && tries >= 0)
        #expect(day.counts(0).waitOfAnswered == tries * 60)
        #expect(day.counts(1).offered == 1)
        #expect(day.counts(1).fresh == 1)
        #expect(day.groups[0].busy == tries * 20 + 60 + 30)
    }

    @Test("a call from a list takes its tries in vain too, and nothing more of whom nobody reaches")
    func workOfTries() {
        var calls = type("recalls", at: [0], talk: 60, channel: .outbound)
        #expect(calls.workMean == 60)
        calls.tries = Tries(attempts: 2, noAnswer: 0.5, ringing: 20)
        #expect(calls.workMean == 0.5 * 20 + 0.25 * 20 + 0.75 * 60)
    }

    @Test("who is asked by one and talks to another begins with the one that came first")
    func names() {
        #expect(ContactNames.Reference("calls-000001/q")?.path == 6)
        #expect(ContactNames.Reference("calls-000001/th")?.path == 0o17)
    }
}
