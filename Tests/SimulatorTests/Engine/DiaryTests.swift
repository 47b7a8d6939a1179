import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Days by hand, contact by contact.
@Suite struct DiaryTests {
    private typealias Outcome = Diary.Entry.Outcome

    private func replay(_ day: SmallDay) -> Replay { Replay(day.scenario, replication: 0) }

    private func handling(_ agent: Int, until: Double, talk: Double) -> Diary.Handling {
        Diary.Handling(agent: agent, until: until, talk: talk, hold: 0, wrapUp: 0)
    }

    @Test("Three callers, one agent: each is written down with what it found and what became of it")
    func threeCallers() {
        // 0: A answered until 100. 10: B waits, patience ends at 70. 50: C waits behind B, is answered at 100.
        let day = SmallDay([SmallDay.type(at: [0, 10, 50], talk: 100, patience: 60)], [SmallDay.agents(count: 1)])
        let entry = { (number: UInt64, offeredAt: Double, time: Double, outcome: Outcome) in
            Diary.Entry(
                type: 0, contactClass: 0, number: number, attempt: 0, offeredAt: offeredAt, time: time,
                outcome: outcome)
        }
        var expected = [entry(0, 0, 0, .answered), entry(1, 10, 70, .abandoned), entry(2, 50, 100, .answered)]
        expected[0].handling = handling(0, until: 100, talk: 100)
        expected[1].queued = Diary.Queued(busy: 1, away: 0, ahead: 0, deadline: 70)
        expected[2].queued = Diary.Queued(busy: 1, away: 0, ahead: 1, deadline: 110)
        expected[2].handling = handling(0, until: 200, talk: 100)
        let replay = replay(day)
        #expect(replay.entries == expected)

        let stories = (0..<3).map { ContactStory(replay, place: $0) }
        #expect(stories.map(\.verdict) == [.met, .missed, .missed])
        #expect(stories.allSatisfy { $0.steps.isEmpty && $0.parent == nil && $0.child == nil })
        #expect(stories[0].groups[0].idle.map(\.agent) == [0] && stories[0].groups[0].busy.isEmpty)
        let busy = stories[2].groups[0].busy
        #expect(busy.map(\.agent) == [0] && busy.map(\.contact) == [0] && busy.map(\.until) == [100])
    }

    @Test("Who is overtaken learns by whom, and by which rule")
    func overtaken() throws {
        // Busy 0-100. Waiting at 100: low since 10 and 15, urgent since 20 and 30. Served at 100, 200, 300, 400.
        let day = SmallDay(
            [
                SmallDay.type("low", at: [0, 10, 15], talk: 100, priority: 5),
                SmallDay.type("urgent", at: [20, 30], talk: 100, priority: 1),
            ], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])])
        let replay = replay(day)
        #expect(replay.entries.map(\.offeredAt) == [0, 10, 15, 20, 30])
        // Only what is as urgent stands before one: the urgent ones do not wait behind the others.
        #expect(replay.entries.map { $0.queued?.ahead } == [nil, 0, 1, 0, 1])
        let story = ContactStory(replay, place: 2)
        #expect(story.steps.map(\.time) == [100, 200, 300] && story.steps.map(\.agent) == [0, 0, 0])
        let words = story.steps.map { step -> String in
            switch step.choice {
            case .takes(let contact, .moreUrgent): "urgent \(contact)"
            case .takes(let contact, .waitedLonger): "longer \(contact)"
            case .takes, .staysIdle, .keepsFree, .goesOn: "other"
            case .pause, .wentHome: "away"
            }
        }
        #expect(words == ["urgent 3", "urgent 4", "longer 1"])
        #expect(story.contact.time == 400)
    }

    @Test("An agent who goes on break instead is a step, and so is one who goes home")
    func awayInstead() throws {
        // A shift of an hour with a break of 600 s from 1500, delayed to 1600 by the contact in hand.
        let block = ShiftBlock(shift: "day", day: 0, timeSpan: TimeSpan(0, 3600), people: 1, breaks: [600])
        let group = AgentGroup(id: "agents", skills: [Skill(0)], staffing: .shifts([block]))
        let paused = replay(SmallDay([SmallDay.type(at: [1400, 1550, 1700], talk: 200)], [group]))
        let story = ContactStory(paused, place: 1)
        #expect(story.contact.queued?.busy == 1 && story.contact.time == 2200)
        #expect(story.steps.map(\.time) == [1600])
        guard case .pause(until: 2200) = try #require(story.steps.first).choice else {
            Issue.record("no break: \(story.steps)")
            return
        }
        // 1700: the agent is on break already, and the contact waits behind the first.
        let late = ContactStory(paused, place: 2)
        #expect(late.contact.queued == Diary.Queued(busy: 0, away: 1, ahead: 1, deadline: .infinity))
        #expect(late.groups[0].away.map(\.until) == [2200])

        // One agent until 50, through at 100; the next from 200.
        let shifts = replay(
            SmallDay(
                [SmallDay.type(at: [0, 10], talk: 100)],
                [SmallDay.agents("early", count: 1, to: 50), SmallDay.agents("late", count: 1, from: 200)]))
        let night = ContactStory(shifts, place: 1)
        #expect(night.steps.map(\.time) == [100] && night.steps.map(\.agent) == [0])
        guard case .wentHome = try #require(night.steps.first).choice else {
            Issue.record("not home: \(night.steps)")
            return
        }
        #expect(night.groups.map(\.nextOnDuty) == [nil, 200])
        #expect(night.contact.handling?.agent == 1 && night.contact.wait == 190)
    }

    @Test("A break that lasts when the shift ends is no step: the agent had no free hands")
    func homeFromBreak() {
        // A break of 700 s from 600, moved by a contact to 1700-2400, past the end of the shift at 2000.
        let block = ShiftBlock(shift: "day", day: 0, timeSpan: TimeSpan(0, 2000), people: 1, breaks: [700])
        let group = AgentGroup(id: "agents", skills: [Skill(0)], staffing: .shifts([block]))
        let replay = replay(SmallDay([SmallDay.type(at: [500, 1800], talk: 1200)], [group]))
        let story = ContactStory(replay, place: 1)
        #expect(story.contact.outcome == .waiting && story.contact.time == 3600)
        #expect(story.contact.queued == Diary.Queued(busy: 0, away: 1, ahead: 0, deadline: .infinity))
        #expect(story.steps.isEmpty)
    }

    @Test("Who is asked first and who is free is told by rank, the longest idle first")
    func ranks() {
        let day = SmallDay(
            [SmallDay.type(at: [0, 10, 20, 130, 131], talk: 100)],
            [
                SmallDay.agents("east", count: 1, skills: [Skill(0, rank: 2)]),
                SmallDay.agents("west", count: 1, skills: [Skill(0, rank: 2)]),
                SmallDay.agents("first", count: 1, skills: [Skill(0, rank: 1)]),
            ])
        let story = ContactStory(replay(day), place: 4)
        #expect(story.groups.map(\.group) == [2, 0, 1] && story.groups.map(\.rank) == [1, 2, 2])
        #expect(story.groups.map { $0.idle.map(\.since) } == [[], [110], [120]])
        #expect(story.groups.map { $0.busy.map(\.until) } == [[230], [], []])
        #expect(story.contact.handling?.agent == 0)
    }

    @Test("A caller's calls are linked, each a contact of its own")
    func redials() {
        let redial = Redial(share: 1, delay: .fixed(Fixed(30)), atMost: 2)
        let replay = replay(
            SmallDay(
                [SmallDay.type(at: [0], talk: 60, patience: 10, redial: redial)],
                [SmallDay.agents(count: 1, from: 3000)]))
        #expect(replay.entries.map(\.attempt) == [0, 1, 2])
        #expect(replay.entries.map(\.offeredAt) == [0, 40, 80] && replay.entries.map(\.time) == [10, 50, 90])
        let names = replay.entries.map(replay.names.contact)
        #expect(names == ["calls-000001", "calls-000001.2", "calls-000001.3"])
        #expect(replay.entries.map(replay.names.parent) == [nil, "calls-000001", "calls-000001.2"])
        let story = ContactStory(replay, place: 1)
        #expect(story.parent?.attempt == 0 && story.child?.attempt == 2)
        #expect(replay.place(type: 0, number: 0, attempt: 2) == 2)
        #expect(replay.place(type: 0, number: 0, attempt: 3) == nil)
    }

    @Test("Closed, closed while waiting, blocked and never answered are told apart")
    func lost() {
        let type = SmallDay.type(at: [0, 50, 120], talk: 150, open: TimeSpan(0, 100))
        let closing = replay(
            SmallDay([type], [SmallDay.agents(count: 1)], rules: Rules(waitingAtClose: .turnAway)))
        #expect(closing.entries.map(\.outcome) == [.answered, .turnedAway, .turnedAway])
        #expect(closing.entries.map(\.wait) == [0, 50, 0])
        #expect(closing.entries.map { $0.queued != nil } == [false, true, false])

        let full = replay(
            SmallDay(
                [SmallDay.type(at: [0, 1, 2], talk: 100)], [SmallDay.agents(count: 1)], rules: Rules(waitingLimit: 1)))
        #expect(full.entries.map(\.outcome) == [.answered, .answered, .blocked])

        let nobody = replay(SmallDay([SmallDay.type(at: [0, 10], talk: 60)], []))
        #expect(nobody.entries.map(\.outcome) == [.waiting, .waiting])
        #expect(nobody.entries.map(\.wait) == [3600, 3590])
        #expect(ContactStory(nobody, place: 0).groups.isEmpty)
    }

    @Test("A contact counts for its target by the target's own rule")
    func verdicts() {
        var type = SmallDay.type(at: [0, 10, 40], talk: 100, patience: 15, within: 20)
        let verdict = { (rule: ServiceLevelRule, place: Int) in
            type.target?.rule = rule
            return ContactStory(replay(SmallDay([type], [SmallDay.agents(count: 1)])), place: place).verdict
        }
        // The second hangs up after 15 s, within the acceptable wait.
        #expect(verdict(.ofAllOffered, 1) == .missed)
        #expect(verdict(.withoutShortAbandons, 1) == .notCounted)
        #expect(verdict(.abandonsCountAsMet, 1) == .met)
        #expect(verdict(.ofAnswered, 1) == .notCounted)
        #expect(verdict(.ofAnswered, 0) == .met)
        type.target = nil
        #expect(ContactStory(replay(SmallDay([type], [SmallDay.agents(count: 1)])), place: 1).verdict == nil)
    }

    /// Keeps what it is given.
    private final class Pages: ContactReader {
        var pages: [[Diary.Entry]] = []
        var hasEnded = false
        func read(_ entries: ArraySlice<Diary.Entry>) { pages.append(Array(entries)) }
        func end() { hasEnded = true }
    }

    @Test("A reader gets the same contacts in the same order, page by page, whoever waits long")
    func pages() {
        // The first of "late" waits for minutes while hundreds of others come and go.
        let busy = ContactType(
            id: "calls", open: [TimeSpan(0, 3600)], arrivals: [ArrivalTimeSpan(TimeSpan(0, 300), contacts: 2000)],
            talk: .fixed(Fixed(1)), patience: .fixed(Fixed(2)))
        let late = SmallDay.type("late", at: [10, 20], talk: 10)
        let day = SmallDay(
            [busy, late],
            [
                SmallDay.agents(count: 6, skills: [Skill(0)]),
                SmallDay.agents("second", count: 1, from: 180, skills: [Skill(1)]),
            ])
        let whole = replay(day).entries
        #expect(whole.count > 1500)
        let plan = Blueprint(day.scenario)
        var replication = Replication(plan, seed: day.scenario.experiment.seed)
        let reader = Pages()
        replication.diary = Diary(plan, reader: reader, page: 32)
        replication.play(0)
        #expect(reader.hasEnded)
        #expect(reader.pages.flatMap { $0 } == whole)
        #expect(reader.pages.count > 10)
        // The one who waited held everybody behind it back, and no longer.
        let most = reader.pages.map(\.count).max() ?? 0
        #expect(most > 500 && most < 1500)
    }

    @Test("A contact's name reads back, with or without its zeros")
    func references() {
        let reference = ContactNames.Reference("prior_auth-000123.2")
        #expect(reference?.typeName == "prior_auth" && reference?.number == 122 && reference?.attempt == 1)
        #expect(ContactNames.Reference("calls-7") == ContactNames.Reference("calls-000007"))
        #expect(ContactNames.Reference("calls-1234567")?.number == 1_234_566)
        for wrong in ["", "calls", "calls-", "-1", "calls-0", "calls-1.", "calls-1.0", "calls-1.2.3", "calls-x", "7"] {
            #expect(ContactNames.Reference(wrong) == nil, "\(wrong)")
        }
    }

    @Test("Agents are called by group and number; on shifts of several days each day's people are others")
    func agentNames() {
        let day = SmallDay(
            [SmallDay.type(at: [0], talk: 1)], [SmallDay.agents("crowd", count: 120), SmallDay.agents("few", count: 2)])
        let names = ContactNames(day.scenario)
        #expect(names.agent(0) == "crowd-001" && names.agent(119) == "crowd-120" && names.agent(120) == "few-01")
        var week = day.scenario
        week.horizon = SmallDay.twoDays(of: 1800)
        let blocks = (0..<2).map {
            ShiftBlock(shift: "day", day: $0, timeSpan: TimeSpan(Double($0) * 1800, Double($0 + 1) * 1800), people: 2)
        }
        week.agentGroups = [AgentGroup(id: "nurses", skills: [Skill(0)], staffing: .shifts(blocks))]
        let nurses = ContactNames(week)
        #expect((0..<4).map(nurses.agent) == ["nurses-mon-01", "nurses-mon-02", "nurses-tue-01", "nurses-tue-02"])
    }
}
