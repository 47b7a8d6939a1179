import Queueing
import Testing

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Days of a few contacts, every event written out.
@Suite struct DaysByHand {
    @Test("Three callers, one agent: the second waits, the third gives up")
    func threeCallers() throws {
        // 0 s: A answered, busy until 100. 10 s: B waits. 20 s: C waits, patience 60 ends at 80: gone.
        // 100 s: B answered after 90 s (patience 200 for nobody else: B's own 60 would end at 70!) so B is gone at 70.
        let day = SmallDay([SmallDay.type(at: [0, 10, 50], talk: 100, patience: 60)], [SmallDay.agents(count: 1)])
        let c = try day.played().counts()
        // B gives up at 70 after 60 s; C arrives at 50, is answered at 100 after 50 s, before 110.
        #expect(c.offered == 3)
        #expect(c.answered == 2)
        #expect(c.abandoned == 1)
        #expect(c.waitOfAnswered == 50)
        #expect(c.waitOfAbandoned == 60)
        #expect(c.answeredInTime == 1)
        #expect(c.queueSeconds == 110)
    }

    @Test("Patience that ends at the very moment an agent gets free is answered")
    func tieOfPatience() throws {
        let day = SmallDay([SmallDay.type(at: [0, 40], talk: 100, patience: 60)], [SmallDay.agents(count: 1)])
        let c = try day.played().counts()
        #expect(c.answered == 2)
        #expect(c.waitOfAnswered == 60)
    }

    @Test("A wait of exactly the acceptable wait counts as in time")
    func tieOfTarget() throws {
        let day = SmallDay([SmallDay.type(at: [0, 80], talk: 100, within: 20)], [SmallDay.agents(count: 1)])
        #expect(try day.played().counts().answeredInTime == 2)
    }

    @Test("Hanging up after exactly as long as is still short counts as short", arguments: [(5.0, 2.0), (5.25, 0)])
    func tieOfShort(patience: Double, short: Double) throws {
        var calls = SmallDay.type(at: [0, 10, 20], talk: 100, patience: patience)
        calls.shortAbandon = 5
        let c = try SmallDay([calls], [SmallDay.agents(count: 1)]).played().counts()
        #expect(c.abandoned == 2 && c.waitOfAbandoned == 2 * patience)
        #expect(c.shortAbandoned == short)
    }

    @Test("Handle time is talk, hold and after-contact work; the agent is busy for all of it")
    func handleTime() throws {
        let day = SmallDay([SmallDay.type(at: [0, 1], talk: 60, wrapUp: 30, hold: 10)], [SmallDay.agents(count: 1)])
        let results = try day.played()
        let c = results.counts()
        #expect(c.talk == 120 && c.hold == 20 && c.wrapUp == 60)
        #expect(c.waitOfAnswered == 99)
        #expect(results.groups[0].busy == 200)
    }

    @Test("A group's handle-time factor multiplies talk, hold and after-contact work")
    func handlingFactor() throws {
        let day = SmallDay(
            [SmallDay.type(at: [0], talk: 60, wrapUp: 30, hold: 10)],
            [SmallDay.agents("slow", count: 1, skills: [Skill(0, handlingFactor: 1.5)])])
        let c = try day.played().counts()
        #expect(c.talk == 90 && c.hold == 15 && c.wrapUp == 45)
    }

    @Test("The most urgent priority goes first, then the longest wait")
    func priorities() throws {
        // Busy 0-100. Waiting at 100: low since 10, urgent since 20 and 30. Served 100, 200, 300.
        let day = SmallDay(
            [
                SmallDay.type("low", at: [0, 10], talk: 100, priority: 5),
                SmallDay.type("urgent", at: [20, 30], talk: 100, priority: 1),
            ], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])])
        let results = try day.played()
        #expect(results.counts(1).waitOfAnswered == 80 + 170)
        #expect(results.counts(0).waitOfAnswered == 290)
    }

    @Test("Among equal priorities the longest wait decides, whatever the type")
    func longestWait() throws {
        let day = SmallDay(
            [SmallDay.type("a", at: [0, 30], talk: 100), SmallDay.type("b", at: [10], talk: 100)],
            [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1)])])
        let results = try day.played()
        #expect(results.counts(1).waitOfAnswered == 90)
        #expect(results.counts(0).waitOfAnswered == 170)
    }

    @Test("Contacts look for agents by rank, then for whoever has been idle longest")
    func ranksAndIdleness() throws {
        // Rank 1: one agent; rank 2: two groups of one. 0 s: first. 10 s: east (idle longer, listed first).
        // 20 s: west. At 110 east is free again (idle since 110), at 120 west; 130 s: first is busy? free since 100.
        let day = SmallDay(
            [SmallDay.type(at: [0, 10, 20, 130, 131], talk: 100)],
            [
                SmallDay.agents("east", count: 1, skills: [Skill(0, rank: 2)]),
                SmallDay.agents("west", count: 1, skills: [Skill(0, rank: 2)]),
                SmallDay.agents("first", count: 1, skills: [Skill(0, rank: 1)]),
            ])
        let results = try day.played()
        // 130: first (rank 1). 131: east, idle since 110, before west, idle since 120.
        #expect(results.groups.map(\.answered) == [2, 1, 2])
    }

    @Test("A contact's language must be spoken by the agent")
    func languages() throws {
        let spanish = SmallDay.type(at: [0, 1], talk: 100, languages: [LanguageShare("es", 1)])
        let day = SmallDay(
            [spanish],
            [
                SmallDay.agents("english", count: 5, languages: ["en"]),
                SmallDay.agents("both", count: 1, languages: ["es", "en"]),
            ])
        let results = try day.played()
        #expect(results.groups.map(\.answered) == [0, 2])
        #expect(results.counts().waitOfAnswered == 99)
    }

    @Test("Where contacts are handed back, the one in hand at the end of a shift goes on with the next agent")
    func handBack() throws {
        // 0 s: A talks, 10 s: B waits. 50 s: the agent goes, half of A is left, A stands before B again, with fresh
        // patience of 170: until 220. 200 s: the next agent goes on with A until 250 and then takes B, whose wait is 240.
        let day = SmallDay(
            [SmallDay.type(at: [0, 10], talk: 100, patience: 170)],
            [SmallDay.agents("early", count: 1, to: 50), SmallDay.agents("late", count: 1, from: 200)],
            rules: Rules(endOfShift: .handBack))
        let results = try day.played()
        let c = results.counts()
        #expect(c.offered == 2 && c.answered == 1 && c.abandoned == 1)
        // B gives up at 180; A, answered at once, waits again from 50 to 200.
        #expect(c.waitOfAnswered == 0 && c.waitOfAbandoned == 170 && c.queueSeconds == 170 + 150)
        #expect(c.talk == 100 && results.groups.map(\.busy) == [50, 50])
        #expect(results.groups[0].present == 50)
    }

    @Test(
        "A contact handed back goes on at once with whoever is idle, at the new agent's pace; lost, it stays answered")
    func handBackElsewhere() throws {
        let day = SmallDay(
            [SmallDay.type(at: [0], talk: 100, patience: 30)],
            [
                SmallDay.agents("first", count: 1, to: 40),
                SmallDay.agents("second", count: 1, to: 70, skills: [Skill(0, rank: 2, handlingFactor: 2)]),
            ], rules: Rules(endOfShift: .handBack))
        let results = try day.played()
        let c = results.counts()
        // 40 s by the first; 60 s of work take the second 120 s, of which it does 30; the rest is lost at 100 s.
        #expect(results.groups.map(\.busy) == [40, 30])
        #expect(c.answered == 1 && c.abandoned == 0 && c.backlog == 0 && c.queueSeconds == 30)
        #expect(c.talk == 70)
    }

    @Test("A freed agent takes what it is the first choice for before it helps out, where the policy says so")
    func firstChoices() throws {
        for (policy, waits) in [
            (PickContact.priorityThenLongestWait, [90.0, 180]), (PickContact.priorityThenRank, [190, 80]),
        ] {
            var day = SmallDay(
                [
                    SmallDay.type("theirs", at: [0, 10], talk: 100),
                    SmallDay.type("ours", at: [20], talk: 100),
                ], [SmallDay.agents(count: 1, skills: [Skill(0, rank: 2), Skill(1, rank: 1)])])
            day.scenario.routing.pickContact = policy
            let results = try day.played()
            #expect([results.counts(0).waitOfAnswered, results.counts(1).waitOfAnswered] == waits)
        }
    }

    @Test("Agents picked by lot all get their share, and the lot belongs to the contact")
    func byLot() throws {
        var day = SmallDay(
            [SmallDay.type(at: (0..<350).map { Double($0) * 10 }, talk: 5)],
            [
                SmallDay.agents("one", count: 1), SmallDay.agents("two", count: 2),
                SmallDay.agents("second choice", count: 3, skills: [Skill(0, rank: 2)]),
            ])
        day.scenario.routing.pickAgent = .random
        let answered = try day.played().groups.map(\.answered)
        // 350 draws of 1/3: standard deviation 8.8.
        #expect(abs(answered[0] - 350.0 / 3) < 30 && answered[0] + answered[1] == 350 && answered[2] == 0)
        #expect(try day.played().groups.map(\.answered) == answered)
    }

    @Test("At the end of a shift the contact in hand is finished and no other is taken")
    func endOfShift() throws {
        // One agent until 50, the next from 200.
        let day = SmallDay(
            [SmallDay.type(at: [0, 10], talk: 100)],
            [SmallDay.agents("early", count: 1, to: 50), SmallDay.agents("late", count: 1, from: 200)])
        let results = try day.played()
        #expect(results.counts().answered == 2)
        #expect(results.counts().waitOfAnswered == 190)
        // Fifty seconds of overtime are presence, too.
        #expect(results.groups[0].present == 100)
    }

    @Test("A contact that ends exactly with the shift is the agent's last")
    func endOfShiftTie() throws {
        let day = SmallDay(
            [SmallDay.type(at: [0, 10], talk: 100, patience: 500)], [SmallDay.agents("early", count: 1, to: 100)])
        let c = try day.played().counts()
        #expect(c.answered == 1 && c.abandoned == 1)
    }

    @Test("When staffing falls the idle leave first; the busy finish, and stay if they are wanted again")
    func fallingStaffing() throws {
        let type = SmallDay.type(at: [0, 0, 40, 60], talk: 100)
        let group = AgentGroup(
            id: "agents", skills: [Skill(0)],
            staffing: .curve([
                StaffingTimeSpan(TimeSpan(0, 10), agents: 3), StaffingTimeSpan(TimeSpan(10, 50), agents: 1),
                StaffingTimeSpan(TimeSpan(50, 3600), agents: 2),
            ]))
        // 0: two busy, one idle. 10: one wanted: the idle one leaves, one of the busy is too many. 40: waits.
        // 50: two wanted again: both stay. 60: waits. 100: both free, both waiting are answered: 60 + 40 s.
        let results = try SmallDay([type], [group]).played()
        #expect(results.counts().waitOfAnswered == 100)
        #expect(results.groups[0].present == 10 + 2 * 3600)
    }

    @Test("A break that comes while on a contact is taken late and then whole")
    func lateBreak() throws {
        // Shift 0-3600 with one break of 600 s: in the middle of the shift, 1500 to 2100.
        // A contact from 1400 to 1600 delays it to 1600-2200. The one at 1700 waits until 2200.
        let block = ShiftBlock(shift: "day", day: 0, timeSpan: TimeSpan(0, 3600), people: 1, breaks: [600])
        let group = AgentGroup(id: "agents", skills: [Skill(0)], staffing: .shifts([block]))
        let results = try SmallDay([SmallDay.type(at: [1400, 1700], talk: 200)], [group]).played()
        #expect(results.counts().waitOfAnswered == 500)
        #expect(results.groups[0].present == 1600 + 1400)
    }

    @Test("An idle agent takes the break on time, and lunch is unpaid")
    func breakOnTime() throws {
        let block = ShiftBlock(
            shift: "day", day: 0, timeSpan: TimeSpan(0, 3600), people: 1,
            lunch: Lunch(length: 600, window: TimeSpan(1200, 2400)), breaks: [300, 300])
        let group = AgentGroup(id: "agents", wagePerHour: 20, skills: [Skill(0)], staffing: .shifts([block]))
        // Lunch 1500-2100 in the middle of its window; breaks at 600-900 and 2700-3000 in the middle of what is left.
        let results = try SmallDay([SmallDay.type(at: [1500], talk: 100)], [group]).played()
        #expect(results.counts().waitOfAnswered == 600)
        #expect(results.groups[0].present == 2400)
        #expect(results.paidSeconds.reduce(0, +) == 3000)
        #expect(results.scheduledSeconds.reduce(0, +) == 2400)
        #expect(
            PersonalDay(block, person: 0).pauses.map(\.timeSpan) == [
                TimeSpan(600, 900), TimeSpan(1500, 2100), TimeSpan(2700, 3000),
            ])
    }

    @Test("A night shift begun before the horizon brings the rest of its hours and its breaks")
    func nightBefore() throws {
        // From one hour before to one hour after the start; the break of 1200 s lies around the start: 600 s are left.
        let block = ShiftBlock(shift: "night", day: 0, timeSpan: TimeSpan(-3600, 3600), people: 1, breaks: [1200])
        let group = AgentGroup(id: "agents", skills: [Skill(0)], staffing: .shifts([block]))
        let results = try SmallDay([SmallDay.type(at: [100], talk: 60)], [group]).played()
        #expect(results.counts().waitOfAnswered == 500)
        #expect(results.groups[0].present == 3000)
        #expect(results.paidSeconds.reduce(0, +) == 3600)
    }

    @Test("Lunches are staggered over their window")
    func staggeredLunches() {
        let block = ShiftBlock(
            shift: "day", day: 0, timeSpan: TimeSpan(0, 28800), people: 5,
            lunch: Lunch(length: 1800, window: TimeSpan(10800, 18000)))
        let starts = (0..<5).map { PersonalDay(block, person: $0).pauses[0].timeSpan.start }
        #expect(starts == [10800, 12300, 13500, 15000, 16200].map(Double.init))
    }

    @Test("One who hangs up calls again after the delay, as a redial, at most so often")
    func redials() throws {
        // No agents: at 0 waits 10, gone at 10, again at 40, gone at 50, again at 80, gone at 90: no more.
        let redial = Redial(share: 1, delay: .fixed(Fixed(30)), atMost: 2)
        let day = SmallDay(
            [SmallDay.type(at: [0], talk: 60, patience: 10, redial: redial)], [SmallDay.agents(count: 1, from: 3000)])
        let c = try day.played().counts()
        #expect(c.offered == 3 && c.redials == 2 && c.fresh == 1)
        #expect(c.abandoned == 3)
    }

    @Test("Who arrives when we are closed is turned away; who waits at closing is served, or sent away by rule")
    func closing() throws {
        // Open to 100. 0: answered until 150. 50: waits. 100 and 120: turned away.
        let type = SmallDay.type(at: [0, 50, 100, 120], talk: 150, open: TimeSpan(0, 100))
        let serve = try SmallDay([type], [SmallDay.agents(count: 1)]).played().counts()
        #expect(serve.answered == 2 && serve.turnedAway == 2)
        let send = try SmallDay([type], [SmallDay.agents(count: 1)], rules: Rules(waitingAtClose: .turnAway)).played()
            .counts()
        #expect(send.answered == 1 && send.turnedAway == 3)
        #expect(send.queueSeconds == 50)
    }

    @Test("Counts belong to the interval of arrival, waiting time to the interval in which it passes")
    func attribution() throws {
        // Arrives at 890, answered at 1000: 10 s in the first quarter hour, 100 s in the second.
        let day = SmallDay([SmallDay.type(at: [0, 890], talk: 1000)], [SmallDay.agents(count: 1)])
        let results = try day.played()
        let first = results.figures(period: 0, type: 0)
        let second = results.figures(period: 1, type: 0)
        #expect(first.mean.offered == 2 && first.mean.answered == 2)
        #expect(first.mean.queueSeconds == 10 && second.mean.queueSeconds == 100)
        #expect(first.queueMax == 1 && second.queueMax == 1)
        #expect(results.groupFigures(period: 0, group: 0).busy == 900)
        #expect(results.groupFigures(period: 2, group: 0).busy == 200)
    }

    @Test("Nobody on duty: everybody waits and nothing is undefined that has a value")
    func noAgents() throws {
        let results = try SmallDay([SmallDay.type(at: [0, 10], talk: 60)], []).played()
        let c = results.counts()
        #expect(c.answered == 0 && c.abandoned == 0 && c.backlog == 2)
        #expect(c.queueSeconds == 3600 + 3590)
        #expect(results.types[0].tally(.asa).value == nil)
        #expect(results.types[0].serviceLevel.value == 0)
    }

    @Test("No contacts: counts are zero and ratios undefined")
    func noContacts() throws {
        let results = try SmallDay([SmallDay.type(at: [], talk: 60)], [SmallDay.agents(count: 2)]).played()
        #expect(results.counts().offered == 0)
        #expect(results.types[0].serviceLevel.value == nil)
        #expect(results.groups[0].occupancy.value == 0)
    }

    @Test("A contact that finds the waiting room full is blocked")
    func waitingLimit() throws {
        let day = SmallDay(
            [SmallDay.type(at: [0, 1, 2], talk: 100)], [SmallDay.agents(count: 1)], rules: Rules(waitingLimit: 1))
        let c = try day.played().counts()
        #expect(c.answered == 2 && c.turnedAway == 1)
    }
}
