import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Simulator
@testable import Tabular

/// Days on which whoever goes home hands back what is in hand: every event worked out by hand.
@Suite("Days of handing back, by hand")
struct HandingBackDays {
    private func play(_ types: [ContactType], _ groups: [AgentGroup]) throws -> Results {
        try SmallDay(types, groups, rules: Rules(endOfShift: .handBack)).played()
    }

    private func agents(
        _ id: String, from: Double = 0, to: Double = 3600, _ skills: [Int] = [0], count: Double = 1
    ) -> AgentGroup {
        SmallDay.agents(id, count: count, from: from, to: to, skills: skills.map { Skill($0) })
    }

    @Test("A contact that ends with the shift is through, and is not handed back with nothing left of it")
    func endsWithTheShift() throws {
        let results = try play([SmallDay.type(at: [0], talk: 100, patience: 10)], [agents("early", to: 100)])
        #expect(results.counts().talk == 100 && results.counts().handedBack == 0 && results.counts().lost == 0)
        #expect(results.counts().queueSeconds == 0)
    }

    @Test("After-contact work is nobody else's: it is finished, and then the agent goes")
    func afterContactWork() throws {
        // Talk 0-100, after-contact work until 150; the shift ends at 120.
        let late = try play([SmallDay.type(at: [0], talk: 100, wrapUp: 50)], [agents("early", to: 120)])
        #expect(late.counts().handedBack == 0 && late.counts().wrapUp == 50)
        #expect(late.groups[0].busy == 150 && late.groups[0].present == 150)
        // It ends at 40, in the talk: the next goes on from 60 to 120 and writes up until 170.
        let early = try play(
            [SmallDay.type(at: [0], talk: 100, wrapUp: 50)], [agents("early", to: 40), agents("next", from: 60)])
        #expect(early.counts().handedBack == 1 && early.counts().lost == 0 && early.counts().answered == 1)
        #expect(early.counts().talk == 100 && early.counts().wrapUp == 50 && early.counts().queueSeconds == 20)
        #expect(early.groups.map(\.busy) == [40, 110] && early.groups[0].present == 40)
    }

    @Test("A call back that rings is let ring, and the contact before it is not handed back in its place")
    func ringing() throws {
        var calls = SmallDay.type(at: [0, 10], talk: 200, patience: 500)
        calls.callback = Callback(
            offerAfter: 60, accepted: 1, contactType: 1, attempts: 2, noAnswer: 0.999_999_9, retryAfter: 300)
        var backs = SmallDay.type("backs", at: [], talk: 100, within: 180)
        backs.channel = .callback
        backs.origin = ContactType.Origin(.callback, of: 0)
        // The first is talked to until 200; then it rings for the second until 230; the shift ends at 210.
        let results = try play([calls, backs], [agents("early", to: 210, [0, 1])])
        #expect(results.counts(0).handedBack == 0 && results.counts(1).handedBack == 0)
        #expect(results.counts(0).talk == 200 && results.counts(1).talk == 30)
        #expect(results.groups[0].busy == 230 && results.groups[0].present == 230)
    }

    @Test("Whoever is handed back keeps the line, which is free once: when the talk is over, or the caller gone")
    func lines() throws {
        var line = Channel("phone")
        line.lines = 1
        func calls(_ patience: Double?) -> ContactType {
            var calls = SmallDay.type(at: [0, 60, 110, 210, 260], talk: 100, patience: patience)
            calls.channel = line
            return calls
        }
        let groups = [agents("early", to: 50), agents("next", from: 200)]
        // Handed back at 50, gone on with from 200 to 250: those of 60, 110 and 210 find the line taken.
        let kept = try play([calls(nil)], groups).counts()
        #expect(kept.turnedAway == 3 && kept.answered == 2 && kept.handedBack == 1 && kept.lost == 0)
        // Gone at 80: the one of 110 has the line until it gives up at 140, the one of 210 until 310.
        let gone = try play([calls(30)], groups).counts()
        #expect(gone.turnedAway == 2 && gone.abandoned == 1 && gone.answered == 2)
        #expect(gone.handedBack == 1 && gone.lost == 1 && gone.talk == 50 + 100)
        // Closing at 70 sends away who waits: the line is free for the next day's caller of 210.
        var day = SmallDay([calls(nil)], groups, rules: Rules(waitingAtClose: .turnAway, endOfShift: .handBack))
        day.scenario.contactTypes[0].open = [TimeSpan(0, 70), TimeSpan(200, 3600)]
        let closed = try day.played().counts()
        #expect(closed.lost == 1 && closed.answered == 2 && closed.turnedAway == 3)
    }

    @Test("Of several in hand each goes back with what is left, the first begun to the head, and both go on together")
    func several() throws {
        var chats = SmallDay.type(at: [0, 60], talk: 120)
        chats.channel = Channel("chat", atOnce: 2, slowdown: 0.5)
        // The first alone until 60; both at two thirds of the pace until 90: 40 and 100 of work are left. From 200 on
        // both again: the first until 260, the second has 60 left then, alone until 320.
        let results = try play([chats], [agents("early", to: 90), agents("next", from: 200)])
        let c = results.counts()
        #expect(c.answered == 2 && c.handedBack == 2 && c.lost == 0 && c.queueSeconds == 220)
        #expect(c.talk == 90 + 60 + 30 + 120)
        #expect(results.groups.map(\.busy) == [90, 120] && results.groups[0].present == 90)
    }

    @Test("Of two chats the one in after-contact work stays with its agent")
    func severalAndAfterContactWork() throws {
        var chats = SmallDay.type(at: [0, 60], talk: 60, wrapUp: 60)
        chats.channel = Channel("chat", atOnce: 2, slowdown: 0.5)
        // At 90 the first has 40 of its 60 seconds of after-contact work left, the second 40 of its talk besides.
        let results = try play([chats], [agents("early", to: 90), agents("next", from: 200)])
        #expect(results.counts().handedBack == 1)
        // The first is alone until 130; the second goes on from 200 to 300.
        #expect(results.groups.map(\.busy) == [130, 100] && results.groups[0].present == 130)
    }

    private func handingOver(_ id: String = "calls") -> [ContactType] {
        var calls = SmallDay.type(id, at: [0], talk: 100, wrapUp: 50)
        calls.followOns = [
            FollowOn(.transfer, share: 1, contactType: 1, handOver: HandOver(together: 30, waitsAtMost: 600))
        ]
        return [calls, SmallDay.type("nurses", at: [], talk: 40, wrapUp: 5)]
    }

    @Test("Whoever is with a colleague and the caller stays; once alone with the caller, the contact can go back")
    func colleagues() throws {
        // Both 100-130, the nurse alone with the caller until 170, after-contact work until 175.
        let bound = try play(handingOver(), [agents("reps"), agents("nurses", to: 110, [1])])
        #expect(bound.counts(1).handedBack == 0 && bound.groups[1].busy == 75)
        // Her shift ends at 140: of 70 seconds of talk 30 are left for the next one, from 300 on.
        let alone = try play(
            handingOver(), [agents("reps"), agents("nurses", to: 140, [1]), agents("next", from: 300, [1])])
        #expect(alone.counts(1).handedBack == 1 && alone.counts(1).talk == 70 && alone.counts(1).wrapUp == 5)
        #expect(alone.groups.map(\.busy) == [180, 40, 35])
    }

    @Test("Where the end of the talk decides how it goes on, it does so with whoever has the contact then")
    func decidedLater() throws {
        // Talk 0-40 and, with the next, 60-120; both with the nurse until 150; after-contact work until 200.
        let results = try play(
            handingOver(), [agents("early", to: 40), agents("next", from: 60), agents("nurses", [1])])
        let c = results.counts()
        #expect(c.answered == 1 && c.handedBack == 1 && c.transfersOut == 1)
        #expect(c.talk == 100 && c.hold == 30 && c.wrapUp == 50)
        #expect(results.groups.map(\.busy) == [40, 140, 75])
    }

    @Test("Work in a list goes back to its list, begun in time once and for all")
    func list() throws {
        var mail = SmallDay.type("mail", at: [0], talk: 300, within: 5)
        mail.channel = Channel("email", kind: .deferred)
        let results = try play([mail], [agents("early", to: 100), agents("next", from: 500)])
        let c = results.counts()
        #expect(c.answered == 1 && c.answeredInTime == 1 && c.overdue == 0 && c.handedBack == 1 && c.lost == 0)
        #expect(c.talk == 300 && c.queueSeconds == 400 && results.groups.map(\.busy) == [100, 200])
        // Nobody comes any more: it is no caller who is lost.
        #expect(try play([mail], [agents("early", to: 100)]).counts().lost == 0)
    }

    @Test("Whoever goes on through an interpreter has one come again")
    func interpreter() throws {
        var calls = SmallDay.type(at: [0], talk: 100, languages: [LanguageShare("es", 1)])
        calls.interpreter = Interpreter(languages: ["es"], after: 0, connect: 20, handlingFactor: 2)
        var groups = [agents("early", to: 50), agents("next", from: 200)]
        for g in groups.indices { groups[g].languages = ["en"] }
        // On hold 0-20, talk until 50: 15 of 100 seconds, at twice the time. On hold 200-220, talk until 390.
        let results = try play([calls], groups)
        #expect(results.counts().talk == 200 && results.counts().hold == 40)
        #expect(results.groups.map(\.busy) == [50, 190])
    }

    @Test("Whoever is handed back waits like others: for further groups, and at the head")
    func overflow() throws {
        var calls = SmallDay.type(at: [0, 10], talk: 100)
        calls.escalations = [Escalation(after: 70, groups: [1])]
        // Handed back at 50, half done. At 70 others may serve it: until 120. The second waits until 80, and is theirs
        // from 120 on, when they are free.
        let results = try play(
            [calls], [agents("own", to: 50), SmallDay.agents("others", count: 1, skills: [])])
        #expect(results.groups.map(\.busy) == [50, 150] && results.counts().waitOfAnswered == 110)
    }

    @Test("Work that a call took its agent from, too, becomes others' when it is its time")
    func interruptedOverflow() throws {
        var mail = SmallDay.type("mail", at: [0], talk: 300, within: 5)
        mail.channel = Channel("email", kind: .deferred, isInterruptible: true)
        mail.escalations = [Escalation(after: 150, groups: [1])]
        let calls = SmallDay.type("calls", at: [100], talk: 1000)
        // Taken away at 100; from 150 on it is the others', who are done at 350.
        let day = SmallDay([mail, calls], [agents("own", [0, 1]), SmallDay.agents("others", count: 1, skills: [])])
        #expect(try day.played().groups.map(\.busy) == [1100, 200])
    }

    @Test("What was in hand when the day was taken up is handed back, too, and is still no contact of the figures")
    func takenUp() throws {
        let day = SmallDay(
            [SmallDay.type(at: [], talk: 100)], [agents("early", to: 520), agents("next", from: 600)],
            rules: Rules(endOfShift: .handBack))
        let standing = RunningDay(
            at: 500, until: 3600, waiting: [[]],
            inService: [RunningDay.InService(group: 0, contactType: 0, elapsed: 60)], present: [], forecasts: [])
        let results = try Experiment(day.scenario.rest(of: standing), threads: 1).run()
        // 40 seconds are left, of which 20 are done by 520 and 20 from 600 on.
        #expect(results.groups.map(\.busy) == [20, 20])
        let c = results.counts()
        #expect(c.offered == 0 && c.talk == 0 && c.handedBack == 0 && c.lost == 0)
    }

    @Test("Work in hand when the day was taken up takes no time off the figures when a call takes its agent")
    func takenUpAndInterrupted() throws {
        var mail = SmallDay.type("mail", at: [], talk: 300, within: 5)
        mail.channel = Channel("email", kind: .deferred, isInterruptible: true)
        let day = SmallDay([mail, SmallDay.type("calls", at: [600], talk: 50)], [agents("own", to: 640, [0, 1])])
        let standing = RunningDay(
            at: 500, until: 3600, waiting: [[], []],
            inService: [RunningDay.InService(group: 0, contactType: 0, elapsed: 60)], present: [], forecasts: [])
        let results = try Experiment(day.scenario.rest(of: standing), threads: 1).run()
        #expect(results.counts(0).talk == 0 && results.counts(1).talk == 50)
    }
}
