import Queueing
import Testing

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Days in which contacts bring about others, lie in lists, or are handled several at once: every event worked out by
/// hand.
@Suite("Days of a whole center, by hand")
struct FlowDays {
    private func type(
        _ id: String, at times: [Double], talk: Double, wrapUp: Double? = nil, patience: Double? = nil,
        channel: Channel = .phone, within: Double = 20, open: TimeSpan = TimeSpan(0, 3600), priority: Int = 5
    ) -> ContactType {
        var type = SmallDay.type(
            id, at: times, talk: talk, wrapUp: wrapUp, patience: patience, priority: priority, within: within,
            open: open)
        type.channel = channel
        return type
    }

    // MARK: Handed on, come again, left to be done

    @Test("a contact that is handed on is offered when the talk ends, and its agent still has after-contact work")
    func transfer() throws {
        var first = type("calls", at: [0], talk: 100, wrapUp: 50)
        first.followOns = [FollowOn(.transfer, share: 1, contactType: 1)]
        let second = type("nurses", at: [], talk: 40)
        let day = try SmallDay(
            [first, second],
            [SmallDay.agents("reps", count: 1), SmallDay.agents("nurses", count: 1, skills: [Skill(1)])]
        ).played()
        #expect(day.counts(0).offered == 1)
        #expect(day.counts(0).transfersOut == 1)
        #expect(day.counts(1).offered == 1)
        #expect(day.counts(1).transfersIn == 1)
        #expect(day.counts(1).fresh == 0)
        #expect(day.counts(1).answered == 1)
        #expect(day.counts(1).waitOfAnswered == 0)
        #expect(day.groups[0].busy == 150)
        #expect(day.groups[1].busy == 40)
    }

    @Test("one who is handed on waits with new patience where the other group is at lunch")
    func transferToNobody() throws {
        var first = type("calls", at: [0], talk: 100)
        first.followOns = [FollowOn(.transfer, share: 1, contactType: 1)]
        let second = type("nurses", at: [], talk: 40, patience: 60)
        let day = try SmallDay(
            [first, second],
            [
                SmallDay.agents("reps", count: 1),
                SmallDay.agents("nurses", count: 1, from: 161, skills: [Skill(1)]),
            ]
        ).played()
        // Handed on at 100, patience ends at 160, the nurse comes at 161.
        #expect(day.counts(1).abandoned == 1)
        #expect(day.counts(1).waitOfAbandoned == 60)
        #expect(day.counts(0).answered == 1)
    }

    @Test("a contact that was not resolved comes again as a repeat, and again, as often as its draws say")
    func again() throws {
        var calls = type("calls", at: [0], talk: 100)
        calls.followOns = [FollowOn(.again, share: 1, contactType: 0, delay: .fixed(Fixed(900)))]
        let day = try SmallDay([calls], [SmallDay.agents(count: 1)]).played()
        // At 0, 1000, 2000 and 3000; the next would come after the end.
        #expect(day.counts().offered == 4)
        #expect(day.counts().repeats == 3)
        #expect(day.counts().fresh == 1)
        #expect(day.groups[0].busy == 400)
    }

    @Test("one who found no line calls again after another time than one who hung up")
    func redialByCause() throws {
        var calls = type("calls", at: [0, 10, 20], talk: 100, patience: 30)
        calls.blockedAt = 1
        var redial = Redial(share: 1, delay: .fixed(Fixed(500)), atMost: 1)
        redial.delayWhenBlocked = .fixed(Fixed(200))
        calls.redial = redial
        let day = try SmallDay([calls], [SmallDay.agents(count: 1)]).played()
        // The second waits 10-40 and calls at 540; the third finds the queue full at 20 and calls at 220. Both are served.
        #expect(day.counts().offered == 5)
        #expect(day.counts().redials == 2)
        #expect(day.counts().answered == 3)
        #expect(day.counts().abandoned == 1)
        #expect(day.counts().turnedAway == 1)
        #expect(day.counts().waitOfAnswered == 0)
    }

    @Test("one who would come again while closed comes in the next opening hours, whatever is offered outside them")
    func againWhenOpen() throws {
        var calls = type("calls", at: [0], talk: 100)
        calls.open = [TimeSpan(0, 600), TimeSpan(1800, 2400)]
        calls.followOns = [FollowOn(.again, share: 1, contactType: 0, delay: .fixed(Fixed(900)))]
        let message = type("messages", at: [], talk: 30, channel: .voicemail)
        let groups = [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        let day = try SmallDay([calls, message], groups).played()
        // At 0; again at 1000, moved to some moment from 1800 to 2400; the next 900 s later, when nothing opens any more.
        #expect(day.counts(0).offered == 2)
        #expect(day.counts(0).answered == 2)
        #expect(day.counts(0).turnedAway == 0)
        calls.whenClosed = .message(contactType: 1)
        let taken = try SmallDay([calls, message], groups).played()
        #expect(taken.counts(0).offered == 2)
        #expect(taken.counts(0).answered == 2)
        #expect(taken.counts(0).turnedAway == 0)
        #expect(taken.counts(1).offered == 0)
    }

    @Test("work that is left to be done waits until nobody is on the line")
    func followUp() throws {
        var calls = type("calls", at: [0, 50], talk: 100)
        calls.followOns = [FollowOn(.followUp, share: 1, contactType: 1)]
        let desk = type("desk", at: [], talk: 30, channel: .desk, within: 60)
        let day = try SmallDay(
            [calls, desk], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        ).played()
        // Calls 0-100 and 100-200; the first work, left at 100, is done 200-230, the second, left at 200, 230-260.
        #expect(day.counts(0).answered == 2)
        #expect(day.counts(1).offered == 2)
        #expect(day.counts(1).answered == 2)
        #expect(day.counts(1).waitOfAnswered == 100 + 30)
        #expect(day.counts(1).answeredInTime == 1)
        #expect(day.counts(1).overdue == 1)
        #expect(day.groups[0].busy == 260)
    }

    // MARK: Deferred work

    @Test("work that arrives while closed is begun when somebody comes, and its clock runs in opening hours only")
    func openClock() throws {
        var mail = type("mail", at: [100], talk: 60, channel: Channel("email", kind: .deferred), within: 150)
        mail.open = [TimeSpan(0, 200), TimeSpan(1000, 2000)]
        mail.target?.clock = .openHours
        let day = try SmallDay([mail], [SmallDay.agents(count: 1, from: 1040, to: 3600)]).played()
        // Open 100-200 and 1000-1040: 140 s of waiting by its clock.
        #expect(day.counts().answered == 1)
        #expect(day.counts().waitOfAnswered == 140)
        #expect(day.counts().answeredInTime == 1)
        #expect(day.counts().queueSeconds == 940)
    }

    @Test("what still lies in the list at the end is overdue or not yet due, and the oldest is told")
    func backlog() throws {
        let mail = type("mail", at: [600, 3000], talk: 60, channel: Channel("email", kind: .deferred), within: 1800)
        let day = try SmallDay([mail], [SmallDay.agents(count: 0)]).played()
        #expect(day.counts().backlog == 2)
        #expect(day.counts().overdue == 1)
        #expect(day.counts().undecided == 1)
        #expect(day.counts().oldest == 3000)
    }

    @Test("a call takes an agent from an e-mail twice, who then goes on where it was left")
    func interruption() throws {
        let mail = type(
            "mail", at: [0], talk: 300, channel: Channel("email", kind: .deferred, isInterruptible: true), within: 5)
        let calls = type("calls", at: [100, 250], talk: 50)
        let day = try SmallDay(
            [mail, calls], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        ).played()
        // E-mail 0-100, call 100-150, e-mail 150-250, call 250-300, e-mail 300-400.
        #expect(day.counts(1).waitOfAnswered == 0)
        #expect(day.counts(0).offered == 1)
        #expect(day.counts(0).answered == 1)
        #expect(day.counts(0).answeredInTime == 1)
        #expect(day.counts(0).talk == 300)
        #expect(day.counts(0).queueSeconds == 100)
        #expect(day.groups[0].busy == 400)
    }

    @Test("without the channel's permission nothing is interrupted")
    func noInterruption() throws {
        let mail = type("mail", at: [0], talk: 300, channel: Channel("email", kind: .deferred))
        let calls = type("calls", at: [100], talk: 50)
        let day = try SmallDay(
            [mail, calls], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        ).played()
        #expect(day.counts(1).waitOfAnswered == 200)
    }

    @Test("a skill that is for idle moments comes after all other work")
    func onlyWhenIdle() throws {
        let portal = type("portal", at: [10], talk: 60, channel: Channel("portal", kind: .deferred))
        let mail = type("mail", at: [20], talk: 60, channel: Channel("email", kind: .deferred))
        let calls = type("calls", at: [0, 30], talk: 100)
        let day = try SmallDay(
            [portal, mail, calls],
            [SmallDay.agents(count: 1, skills: [Skill(0, onlyWhenIdle: true), Skill(1), Skill(2)])]
        ).played()
        // Calls 0-100 and 100-200, e-mail 200-260, portal message 260-320, though it came first.
        #expect(day.counts(2).waitOfAnswered == 70)
        #expect(day.counts(1).waitOfAnswered == 180)
        #expect(day.counts(0).waitOfAnswered == 250)
    }

    // MARK: Several at once

    private static let chat = Channel("chat", atOnce: 2, slowdown: 0.5)

    @Test("two chats at once take half as long again, and from one to the other the pace changes")
    func twoChats() throws {
        let chats = type("chats", at: [0, 60], talk: 120, channel: Self.chat)
        let day = try SmallDay([chats], [SmallDay.agents(count: 1)]).played()
        // Alone until 60: 60 s of work left. Together at 2/3 pace: the first ends at 60 + 90 = 150 and the second has
        // 60 of its 120 left, which it does alone until 210.
        #expect(day.counts().answered == 2)
        #expect(day.counts().waitOfAnswered == 0)
        #expect(day.counts().talk == 150 + 150)
        #expect(day.groups[0].busy == 210)
    }

    @Test("a third chat waits for a free hand, and a call for an agent without chats")
    func fullHands() throws {
        let chats = type("chats", at: [0, 0, 30], talk: 100, channel: Self.chat)
        let calls = type("calls", at: [40], talk: 10)
        let day = try SmallDay(
            [chats, calls], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        ).played()
        // Two at 2/3 pace end at 150. The first place freed is filled by the third chat at once; the second chat ends at
        // the same instant. The third goes on alone from 150 to 250; then the call.
        #expect(day.counts(0).answered == 3)
        #expect(day.counts(0).waitOfAnswered == 120)
        #expect(day.counts(1).waitOfAnswered == 210)
        #expect(day.groups[0].busy == 260)
    }

    @Test("whose shift ends with two chats finishes both and takes no other")
    func chatsAtEndOfShift() throws {
        let chats = type("chats", at: [0, 0, 120], talk: 100, patience: 500, channel: Self.chat)
        let day = try SmallDay([chats], [SmallDay.agents(count: 1, to: 100)]).played()
        #expect(day.counts().answered == 2)
        #expect(day.counts().abandoned == 1)
        #expect(day.groups[0].busy == 150)
        #expect(day.groups[0].present == 150)
    }

    @Test("the next chat goes to the agent with the fewest in hand, or to the one with the most, as the channel says")
    func loading() throws {
        for (loading, seconds) in [(Channel.Loading.leastLoaded, [100.0, 100]), (.mostLoaded, [150, 150])] {
            var chats = type("chats", at: [0, 0], talk: 100, channel: Self.chat)
            chats.channel.loading = loading
            let day = try SmallDay([chats], [SmallDay.agents(count: 2)]).played()
            #expect(day.counts().talk == seconds.reduce(0, +))
        }
    }

    // MARK: Callbacks

    private func callback(accepted: Double = 1, offerAfter: Double = 60, attempts: Int = 1, noAnswer: Double = 0)
        -> (ContactType, ContactType)
    {
        var calls = type("calls", at: [0, 10], talk: 200, patience: 500)
        calls.callback = Callback(
            offerAfter: offerAfter, accepted: accepted, contactType: 1, attempts: attempts, noAnswer: noAnswer,
            retryAfter: 300)
        var backs = type("calls_callback", at: [], talk: 100, channel: .callback, within: 180)
        backs.origin = ContactType.Origin(.callback, of: 0)
        return (calls, backs)
    }

    @Test("one who waits a minute accepts to be called back, and is called when nobody is on the line")
    func calledBack() throws {
        let (calls, backs) = callback()
        let day = try SmallDay(
            [calls, backs], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        ).played()
        // Asked for at 70, called at 200.
        #expect(day.counts(0).offered == 2)
        #expect(day.counts(0).answered == 1)
        #expect(day.counts(0).abandoned == 0)
        #expect(day.counts(0).callbacksRequested == 1)
        #expect(day.counts(0).callbacksKept == 1)
        #expect(day.counts(0).queueSeconds == 60)
        #expect(day.counts(1).offered == 1)
        #expect(day.counts(1).waitOfAnswered == 130)
        #expect(day.groups[0].busy == 300)
    }

    @Test("a promise that comes near goes before those on the line")
    func urgentCallback() throws {
        var (calls, backs) = callback()
        calls.arrivals.append(ArrivalTimeSpan(TimeSpan(80, 80), contacts: 1))
        calls.callback?.accepted = 0.999_999
        backs.escalations = [Escalation(after: 120, priority: 0)]
        var others = type("others", at: [75], talk: 50)
        others.priority = 1
        let day = try SmallDay(
            [calls, backs, others], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1), Skill(2)])]
        ).played()
        // Asked for at 70 and 140, urgent from 190 and 260 on: both go before the other type's call of priority 1, at
        // 200 and at 300; the call follows at 400.
        #expect(day.counts(1).answered == 2)
        #expect(day.counts(1).waitOfAnswered == 130 + 160)
        #expect(day.counts(2).waitOfAnswered == 325)
    }

    @Test("a promise that comes near goes first of its priority, not before a more urgent call, and not all at once")
    func promiseOfItsPriority() throws {
        var (calls, backs) = callback()
        calls.arrivals.append(ArrivalTimeSpan(TimeSpan(80, 80), contacts: 1))
        calls.callback?.accepted = 0.999_999
        backs.escalations = [Escalation(firstFrom: 120, to: 120)]
        for (priority, waits) in [(1, (230.0, 125.0)), (5, (130, 325)), (6, (130, 325))] {
            var others = type("others", at: [75], talk: 50)
            others.priority = priority
            let day = try SmallDay(
                [calls, backs, others], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1), Skill(2)])]
            ).played()
            // At 200 the first callback is urgent, asked for at 70: before whoever is as urgent, after whoever is more so.
            if priority > 1 { #expect(day.counts(1).waitOfAnswered == waits.0 + 160) }
            #expect(day.counts(2).waitOfAnswered == waits.1, "\(priority)")
        }
        // Twenty promised at one moment: one after another goes before the line, not all from one moment on.
        var many = type("calls", at: (0..<20).map { _ in 0 }, talk: 1000, patience: 5000)
        many.callback = Callback(offerAfter: 0, accepted: 1, contactType: 1)
        var promised = type("calls_callback", at: [], talk: 1, channel: .callback, within: 3000)
        promised.origin = ContactType.Origin(.callback, of: 0)
        promised.escalations = [Escalation(firstFrom: 1000, to: 2000)]
        // Somebody is always on the line.
        let line = type("line", at: (0..<300).map { Double($0) * 10 }, talk: 12)
        let both = [SmallDay.agents(count: 1, from: 10, skills: [Skill(1), Skill(2)])]
        let plan = Blueprint(SmallDay([many, promised, line], both).scenario)
        let diary = Diary(plan)
        var engine = Replication(plan, seed: 1)
        engine.diary = diary
        engine.play(0)
        let times = diary.entries.filter { $0.type == 1 && $0.outcome == .answered }.map(\.time)
        #expect(times.count == 20)
        #expect(times.allSatisfy { (1000...2030).contains($0) })
        #expect(times.count { $0 < 1500 } > 4 && times.count { $0 > 1500 } > 4)
    }

    @Test("no more chats are taken while a more urgent call waits, and again when it has gone")
    func urgentCallAmongChats() throws {
        let chat = Channel("chat", paces: [1, 1, 1])
        var chats = type("chats", at: [0, 10, 60], talk: 100, patience: 500, channel: chat)
        var calls = type("calls", at: [50], talk: 30)
        let both = SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])
        // As urgent: the third chat fills the hand, at 60; the call waits until 160.
        #expect(try SmallDay([chats, calls], [both]).played().counts(1).waitOfAnswered == 110)
        calls.priority = 1
        // More urgent: at 110 the agent is through with both chats and takes the call, then the third chat at 140.
        let day = try SmallDay([chats, calls], [both]).played()
        #expect(day.counts(1).waitOfAnswered == 60)
        #expect(day.counts(0).waitOfAnswered == 80)
        // A caller who gives up at 70 holds it back no longer.
        calls.patience = .fixed(Fixed(20))
        let left = try SmallDay([chats, calls], [both]).played()
        #expect(left.counts(1).abandoned == 1)
        #expect(left.counts(0).waitOfAnswered == 10)
        // Chats go on before calls that are less urgent.
        chats.priority = 1
        calls.priority = 5
        calls.patience = nil
        #expect(try SmallDay([chats, calls], [both]).played().counts(1).waitOfAnswered == 110)
    }

    @Test("left to itself, a channel loads agents fully where they serve calls too, and evenly where not")
    func automaticLoading() throws {
        let chats = type("chats", at: [0, 0], talk: 100, channel: Self.chat)
        let calls = type("calls", at: [1], talk: 10)
        let mixed = SmallDay.agents(count: 2, skills: [Skill(0), Skill(1)])
        let day = try SmallDay([chats, calls], [mixed]).played()
        #expect(day.counts(0).talk == 300)
        #expect(day.counts(1).waitOfAnswered == 0)
        #expect(try SmallDay([chats], [SmallDay.agents(count: 2)]).played().counts(0).talk == 200)
    }

    @Test("calls are made at decent hours alone: those that wait then are made when these begin, as urgent as they are")
    func hoursOfCalling() throws {
        var (calls, backs) = callback()
        backs.callable = [TimeSpan(0, 150), TimeSpan(1000, 1500)]
        let groups = [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        let day = try SmallDay([calls, backs], groups).played()
        // Asked for at 70, the agent free at 200, too late; the call is made at 1000.
        #expect(day.counts(1).waitOfAnswered == 930)
        #expect(day.counts(1).queueSeconds == 930)
        #expect(day.groups[0].busy == 300)
        backs.callable = [TimeSpan(0, 250), TimeSpan(1000, 1500)]
        #expect(try SmallDay([calls, backs], groups).played().counts(1).waitOfAnswered == 130)
        // A promise that has become urgent in the meantime goes before the line when the hours begin.
        backs.callable = [TimeSpan(1000, 1500)]
        backs.escalations = [Escalation(firstFrom: 300, to: 300)]
        calls.arrivals += [
            ArrivalTimeSpan(TimeSpan(990, 990), contacts: 1), ArrivalTimeSpan(TimeSpan(995, 995), contacts: 1),
        ]
        calls.callback?.offerAfter = 1000
        calls.patience = .fixed(Fixed(2000))
        var asked = calls
        asked.callback = nil
        asked.arrivals = asked.arrivals.filter { $0.timeSpan.start > 900 }
        backs.arrivals = [ArrivalTimeSpan(TimeSpan(70, 70), contacts: 1)]
        backs.volumes = .actual
        backs.origin = nil
        let urgent = try SmallDay([asked, backs], groups).played()
        // One call 990-1190, then the promised one, then the call of 995.
        #expect(urgent.counts(1).waitOfAnswered == 1120)
        #expect(urgent.counts(0).waitOfAnswered == 295)
        // What is never called lies there at the end.
        backs.callable = []
        #expect(try SmallDay([asked, backs], groups).played().counts(1).backlog == 1)
    }

    @Test("a try in vain is made again within the hours of calling")
    func retriesKeepHours() throws {
        var (calls, backs) = callback(attempts: 2, noAnswer: 0.999_999)
        backs.callable = [TimeSpan(0, 400), TimeSpan(1000, 1500)]
        calls.arrivals = [ArrivalTimeSpan(TimeSpan(0, 0), contacts: 1), ArrivalTimeSpan(TimeSpan(10, 10), contacts: 1)]
        let day = try SmallDay([calls, backs], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]).played()
        // Tried at 200 and, due at 530, at 1000.
        #expect(day.counts(1).talk == 60)
        #expect(day.counts(1).turnedAway == 1)
        #expect(day.counts(1).queueSeconds == 130 + 470)
    }

    @Test("the same caller is as patient as before, and takes as long; else both are drawn anew")
    func sameCaller() throws {
        func waits(keepsCaller: Bool) -> [Double] {
            var calls = type("calls", at: [0], talk: 10, patience: 50)
            calls.patience = .exponential(Exponential(mean: 50))
            calls.redial = Redial(share: 1, delay: .fixed(Fixed(400)), atMost: 3)
            calls.redial?.keepsCaller = keepsCaller
            let plan = Blueprint(SmallDay([calls], [SmallDay.agents(count: 1, from: 3500)]).scenario)
            let diary = Diary(plan)
            var engine = Replication(plan, seed: 5)
            engine.diary = diary
            engine.play(0)
            return diary.entries.map(\.wait)
        }
        let same = waits(keepsCaller: true)
        #expect(same.count == 4 && same.allSatisfy { abs($0 - same[0]) < 1e-9 })
        #expect(Set(waits(keepsCaller: false).map { Int($0 * 1000) }).count == 4)
    }

    @Test("who hung up twice calls again with another chance, and the last one holds on")
    func redialByAttempt() throws {
        func attempts(_ later: [Double]) throws -> Int {
            var calls = type("calls", at: [0], talk: 10, patience: 50)
            calls.redial = Redial(share: 1, delay: .fixed(Fixed(100)), atMost: 6)
            calls.redial?.laterShares = later
            return Int(try SmallDay([calls], [SmallDay.agents(count: 1, from: 3500)]).played().counts(0).offered)
        }
        #expect(try attempts([]) == 7)
        #expect(try attempts([0]) == 2)
        #expect(try attempts([1, 1, 0]) == 4)
        #expect(try attempts([1, 0, 1]) == 3)
        #expect(try attempts([1]) == 7)
        let redial = Redial(share: 0.4, whenBlocked: 0.8, delay: .fixed(Fixed(1)))
        #expect(
            redial.chance(attempt: 2, wasBlocked: true) == 0.8 && redial.chance(attempt: 2, wasBlocked: false) == 0.4)
    }

    @Test("places to wait are for those on the line, of all types together")
    func waitingPlaces() throws {
        let desk = type("desk", at: [0, 0, 0, 0], talk: 10, channel: .desk)
        let calls = type("calls", at: [0, 1, 2], talk: 500)
        let chats = type("chats", at: [3], talk: 500)
        let day = try SmallDay(
            [calls, chats, desk], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1), Skill(2)])],
            rules: Rules(waitingLimit: 2)
        ).played()
        #expect(day.counts(0).turnedAway == 0)
        #expect(day.counts(1).turnedAway == 1)
        #expect(day.counts(2).turnedAway == 0)
    }

    @Test("a callback due after closing is made by whoever is still there, else the promise is broken")
    func callbackAfterClosing() throws {
        var (calls, backs) = callback()
        calls.open = [TimeSpan(0, 100)]
        backs.open = [TimeSpan(0, 100)]
        let kept = try SmallDay(
            [calls, backs], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        ).played()
        #expect(kept.counts(0).callbacksKept == 1)
        let broken = try SmallDay(
            [calls, backs], [SmallDay.agents(count: 1, to: 150, skills: [Skill(0), Skill(1)])]
        ).played()
        #expect(broken.counts(0).callbacksRequested == 1)
        #expect(broken.counts(0).callbacksKept == 0)
        #expect(broken.counts(1).backlog == 1)
        #expect(broken.counts(1).overdue == 1)
    }

    @Test("a call back that nobody answers is tried again, at most as often as told")
    func attempts() throws {
        let (calls, backs) = callback(attempts: 2, noAnswer: 0.999_999_9)
        let day = try SmallDay(
            [calls, backs], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])]
        ).played()
        // Rings 200-230 and 530-560.
        #expect(day.counts(1).offered == 1)
        #expect(day.counts(1).answered == 0)
        #expect(day.counts(1).turnedAway == 1)
        #expect(day.counts(0).callbacksKept == 0)
        #expect(day.groups[0].busy == 260)
    }

    // MARK: Closed, lines, waiting long

    @Test("who calls while closed leaves a message, which is work in a list")
    func voicemail() throws {
        var calls = type("calls", at: [10], talk: 100, open: TimeSpan(500, 3600))
        calls.whenClosed = .message(contactType: 1)
        let messages = type("messages", at: [], talk: 60, channel: .voicemail)
        let day = try SmallDay(
            [calls, messages], [SmallDay.agents(count: 1, from: 500, skills: [Skill(0), Skill(1)])]
        ).played()
        #expect(day.counts(0).turnedAway == 1)
        #expect(day.counts(1).offered == 1)
        #expect(day.counts(1).waitOfAnswered == 490)
    }

    @Test("who calls while closed may be called at the next opening")
    func nextOpening() throws {
        var calls = type("calls", at: [10], talk: 100, open: TimeSpan(500, 3600))
        calls.whenClosed = .callbackNextOpen(contactType: 1)
        var backs = type("calls_next_open", at: [], talk: 60, channel: .callback)
        backs.origin = ContactType.Origin(.callback, of: 0)
        let day = try SmallDay(
            [calls, backs], [SmallDay.agents(count: 1, from: 550, skills: [Skill(0), Skill(1)])]
        ).played()
        #expect(day.counts(0).turnedAway == 0)
        #expect(day.counts(0).callbacksRequested == 1)
        #expect(day.counts(1).offered == 1)
        #expect(day.counts(1).waitOfAnswered == 50)
    }

    @Test("when all lines are taken the next caller is blocked, until a talk ends, not its after-contact work")
    func lines() throws {
        var line = Channel("phone")
        line.lines = 1
        let calls = type("calls", at: [0, 50, 110], talk: 100, wrapUp: 100, channel: line)
        let day = try SmallDay([calls], [SmallDay.agents(count: 1)]).played()
        // The second finds the line taken; the third has a line from 110 on and waits until 200.
        #expect(day.counts().turnedAway == 1)
        #expect(day.counts().answered == 2)
        #expect(day.counts().waitOfAnswered == 90)
    }

    @Test("who has waited long may be served by others, too")
    func overflow() throws {
        var calls = type("calls", at: [0, 10], talk: 100)
        calls.escalations = [Escalation(after: 30, groups: [1])]
        let day = try SmallDay(
            [calls], [SmallDay.agents("own", count: 1), SmallDay.agents("others", count: 1, skills: [])]
        ).played()
        // The second is taken by the others at 40.
        #expect(day.counts().waitOfAnswered == 30)
        #expect(day.groups[1].busy == 100)
        #expect(day.counts().queueSeconds == 30)
    }

    @Test("others who help after a wait speak the language, or have an interpreter on the line")
    func overflowSpoken() throws {
        var calls = type("calls", at: [0, 10], talk: 100)
        calls.languages = [LanguageShare("es", 1)]
        calls.escalations = [Escalation(after: 30, groups: [1])]
        let own = SmallDay.agents("own", count: 1, languages: ["es"])
        let others = SmallDay.agents("others", count: 1, skills: [], languages: ["en"])
        // The second waits for the first agent, who is free at 100.
        #expect(try SmallDay([calls], [own, others]).played().counts().waitOfAnswered == 90)
        // With an interpreter the others take it at 40, connect for 20 seconds and need half as long again.
        calls.interpreter = Interpreter(languages: ["es"], after: 2000, connect: 20, handlingFactor: 1.5)
        let day = try SmallDay([calls], [own, others]).played()
        #expect(day.counts().waitOfAnswered == 30)
        #expect(day.groups[1].busy == 20 + 150)
    }

    @Test("agents are left idle where a type asks for it")
    func reserve() throws {
        var mail = type("mail", at: [0, 1], talk: 100, channel: Channel("email", kind: .deferred))
        mail.idleReserve = 1
        let day = try SmallDay([mail], [SmallDay.agents(count: 2)]).played()
        // One of two agents stays idle: the second begins when the first ends.
        #expect(day.counts().waitOfAnswered == 99)
    }
}
