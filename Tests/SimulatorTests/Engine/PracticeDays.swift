import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Simulator
@testable import Tabular

/// Days in which a center does what centers do at closing time, at lunch and with promises: every event worked out by hand.
@Suite("Days as centers have them, by hand")
struct PracticeDays {
    private func shift(_ id: String, _ timeSpan: TimeSpan, people: Int = 1, breakAt pause: TimeSpan? = nil)
        -> AgentGroup
    {
        AgentGroup(
            id: id, skills: [Skill(0)],
            staffing: .shifts([
                ShiftBlock(
                    shift: "day", day: 0, timeSpan: timeSpan, people: people,
                    pauses: pause.map { [Pause($0, isPaid: true)] })
            ]))
    }

    private static let mail = Channel("email", kind: .deferred)

    // MARK: Closing time

    @Test("Who waits at closing is served by those who were there, shift or curve; the time is overtime")
    func servedOut() throws {
        // Three calls of 100 each within ten seconds before closing at 1,000; one person, who goes at 1,000, too.
        let calls = SmallDay.type(at: [990, 995, 999], talk: 100, open: TimeSpan(0, 1000))
        for group in [shift("team", TimeSpan(0, 1000)), SmallDay.agents("team", count: 1, to: 1000)] {
            let day = try SmallDay([calls], [group]).played()
            #expect(day.counts().answered == 3 && day.counts().waitOfAnswered == 0 + 95 + 191)
            #expect(day.groups[0].busy == 300 && day.groups[0].overtime == 290)
        }
        // Sent away where the file says so: only the one in hand is finished.
        let sent = try SmallDay([calls], [shift("team", TimeSpan(0, 1000))], rules: Rules(waitingAtClose: .turnAway))
            .played()
        #expect(sent.counts().answered == 1 && sent.counts().turnedAway == 2 && sent.counts().leftOut == 0)
        #expect(sent.groups[0].overtime == 90)
    }

    @Test("Nobody stays for whoever calls a line that is still open, nor for work in a list")
    func goesHome() throws {
        let open = try SmallDay([SmallDay.type(at: [990, 995], talk: 100)], [shift("team", TimeSpan(0, 1000))]).played()
        #expect(open.counts().answered == 1 && open.counts().backlog == 1)
        var mail = SmallDay.type("mail", at: [980, 985], talk: 10, open: TimeSpan(0, 1000))
        mail.channel = Self.mail
        let list = try SmallDay([mail], [shift("team", TimeSpan(0, 985))]).played()
        #expect(list.counts().answered == 1 && list.groups[0].overtime == 0)
    }

    @Test("Who has work in a list in hand at closing leaves it, and stays for whoever waits on the line")
    func listInHandAtClosing() throws {
        var mail = SmallDay.type("mail", at: [900], talk: 300, open: TimeSpan(0, 1000))
        mail.channel = Self.mail
        let calls = SmallDay.type(at: [950], talk: 100, open: TimeSpan(0, 1000))
        let both = [Skill(0), Skill(1)]
        for staffing in [
            Staffing.shifts([ShiftBlock(shift: "day", day: 0, timeSpan: TimeSpan(0, 1000), people: 1)]),
            .curve([StaffingTimeSpan(TimeSpan(0, 1000), agents: 1)]),
        ] {
            let day = try SmallDay([mail, calls], [AgentGroup(id: "team", skills: both, staffing: staffing)]).played()
            // The call waits from 950 to 1,000, is through at 1,100, and the mail is left as it is.
            #expect(day.counts(1).answered == 1 && day.counts(1).waitOfAnswered == 50)
            #expect(day.groups[0].busy == 200 && day.groups[0].overtime == 100)
        }
    }

    @Test("Under a curve that falls twice, who has been one too many for longest goes first")
    func fallsTwice() throws {
        // Three calls from 0 on; two people from 1,000 on, none from 1,500 on; all are through at 1,600.
        let calls = SmallDay.type(at: [0, 0, 0], talk: 1600)
        let group = AgentGroup(
            id: "team", skills: [Skill(0)],
            staffing: .curve([
                StaffingTimeSpan(TimeSpan(0, 1000), agents: 3), StaffingTimeSpan(TimeSpan(1000, 1500), agents: 2),
            ]))
        let day = try SmallDay([calls], [group]).played()
        #expect(day.groups[0].overtime == 600 + 100 + 100)
    }

    @Test("Patience ends after closing, too: who hangs up is not served")
    func impatient() throws {
        let calls = SmallDay.type(at: [990, 995], talk: 100, patience: 50, open: TimeSpan(0, 1000))
        let day = try SmallDay([calls], [shift("team", TimeSpan(0, 1000))]).played()
        #expect(day.counts().answered == 1 && day.counts().abandoned == 1 && day.groups[0].overtime == 90)
    }

    // MARK: What can wait

    @Test("Work in a list is put aside at the shift's end and at a break, and gone on with later")
    func putAside() throws {
        var mail = SmallDay.type("mail", at: [0], talk: 300, within: 5)
        mail.channel = Self.mail
        // Begun at 0, left at 100; the next one takes what is left from 500 on.
        let ended = try SmallDay([mail], [shift("early", TimeSpan(0, 100)), shift("next", TimeSpan(500, 3600))])
            .played()
        #expect(ended.groups.map(\.busy) == [100, 200] && ended.groups[0].overtime == 0)
        #expect(ended.counts().answered == 1 && ended.counts().answeredInTime == 1 && ended.counts().talk == 300)
        // A break from 100 to 160 is taken in time; the same person is through at 360.
        let rested = try SmallDay([mail], [shift("one", TimeSpan(0, 3600), breakAt: TimeSpan(100, 160))]).played()
        #expect(rested.groups[0].busy == 300 && rested.counts().talk == 300 && rested.counts().queueSeconds == 60)
        // A call is not left for a break: it begins when the call ends.
        let call = try SmallDay(
            [SmallDay.type(at: [0], talk: 300)], [shift("one", TimeSpan(0, 3600), breakAt: TimeSpan(100, 160))]
        ).played()
        #expect(call.groups[0].busy == 300 && call.groups[0].present == 3540)
    }

    @Test("A staffing curve that falls puts aside what can wait")
    func curve() throws {
        var mail = SmallDay.type("mail", at: [0], talk: 300)
        mail.channel = Self.mail
        let group = AgentGroup(
            id: "team", skills: [Skill(0)],
            staffing: .curve([
                StaffingTimeSpan(TimeSpan(0, 100), agents: 1), StaffingTimeSpan(TimeSpan(400, 3600), agents: 1),
            ]))
        let day = try SmallDay([mail], [group]).played()
        #expect(day.groups[0].busy == 300 && day.counts().queueSeconds == 300 && day.groups[0].overtime == 0)
    }

    // MARK: Promised something else

    /// One is answered at once, one accepts a callback at once and is called at 100, one comes after closing.
    private func promises(_ callbacks: Rules.Instead, _ closed: Rules.Instead) throws -> Results {
        var calls = SmallDay.type(at: [0, 10, 3000], talk: 100, open: TimeSpan(0, 2000))
        calls.callback = Callback(offerAfter: 0, accepted: 1, contactType: 1)
        calls.whenClosed = .message(contactType: 2)
        var called = SmallDay.type("calls_callback", at: [], talk: 50, within: 600)
        called.channel = .callback
        called.origin = .init(.callback, of: 0)
        var message = SmallDay.type("calls_voicemail", at: [], talk: 50, within: 600)
        message.channel = .voicemail
        message.origin = .init(.message, of: 0)
        var rules = Rules()
        (rules.callbacks, rules.closed) = (callbacks, closed)
        return try SmallDay(
            [calls, called, message], [SmallDay.agents("team", count: 1, skills: [Skill(0), Skill(1), Skill(2)])],
            rules: rules
        ).played()
    }

    @Test(
        "Callbacks and closed hours: left out, counted by the promise, or missed",
        arguments: [
            (Rules.Instead.leftOut, Rules.Instead.leftOut, 1.0, 1.0), (.asMissed, .leftOut, 1, 2),
            (.promisedKept, .leftOut, 2, 2), (.leftOut, .asMissed, 1, 2), (.asMissed, .asMissed, 1, 3),
            (.promisedKept, .promisedKept, 3, 3),
        ])
    func instead(callbacks: Rules.Instead, closed: Rules.Instead, met: Double, base: Double) throws {
        let day = try promises(callbacks, closed)
        let counts = day.counts()
        #expect(counts.offered == 3 && counts.answered == 1 && counts.answeredInTime == 1)
        #expect(ServiceLevelRule.ofAllOffered.numerator(counts) == met)
        #expect(ServiceLevelRule.ofAllOffered.denominator(counts) == base)
        #expect(day.types[0].serviceLevel.value == met / base)
    }

    @Test("Whoever is handed on and finds it closed did reach us, and is missed")
    func handedToClosed() throws {
        var first = SmallDay.type("calls", at: [0], talk: 100)
        first.followOns = [FollowOn(.transfer, share: 1, contactType: 1)]
        let second = SmallDay.type("billing", at: [], talk: 50, open: TimeSpan(0, 50))
        let day = try SmallDay([first, second], [SmallDay.agents("team", count: 1)]).played()
        #expect(day.counts(1).turnedAway == 1 && day.counts(1).leftOut == 0)
    }
}
