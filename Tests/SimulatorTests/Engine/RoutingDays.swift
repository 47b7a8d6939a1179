import Queueing
import Testing

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Days on which routing policies part ways, by hand.
@Suite("Routing policies, by hand")
struct RoutingDays {
    // MARK: Which contact

    /// One agent, on a first contact until 100; then one of priority 5 waits since 10 and one of priority 3 since 95,
    /// for whom the agent has these ranks.
    private func waits(_ policy: PickContact, ranks: (Int, Int) = (1, 1), second: Double = 95) throws -> [Double] {
        var day = SmallDay(
            [
                SmallDay.type("first", at: [0], talk: 100), SmallDay.type("common", at: [10], talk: 100, priority: 5),
                SmallDay.type("urgent", at: [second], talk: 100, priority: 3),
            ], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1, rank: ranks.0), Skill(2, rank: ranks.1)])])
        day.scenario.routing.pickContact = policy
        let results = try day.played()
        return [results.counts(1).waitOfAnswered, results.counts(2).waitOfAnswered]
    }

    private static let commonFirst = [90.0, 105]
    private static let urgentFirst = [190.0, 5]

    @Test("Priority, then the longest wait; or the longest wait, whatever the priority")
    func longestWait() throws {
        #expect(try waits(.priorityThenLongestWait) == Self.urgentFirst)
        #expect(try waits(.longestWait) == Self.commonFirst)
    }

    @Test("Priorities fall by one with each whole step waited")
    func ageing() throws {
        // After 90 s: one step of 60 makes 4, which is behind 3; two steps of 45 make 3, and the longer wait goes first.
        #expect(try waits(.ageing(step: 60)) == Self.urgentFirst)
        #expect(try waits(.ageing(step: 45)) == Self.commonFirst)
        // Whoever is urgent ages, too: after 50 s of waiting at steps of 45 it is 2 against 3.
        #expect(try waits(.ageing(step: 45), second: 50) == [190, 50])
    }

    @Test("The most points go first: for minutes, priority, rank and being late")
    func weightedScore() throws {
        // 1.5 + 8 + 8 + 3 (late after 20 s) against 0.083 + 12 + 8.
        #expect(try waits(.weightedScore()) == Self.commonFirst)
        #expect(try waits(.weightedScore(late: 0)) == Self.urgentFirst)
        #expect(try waits(.weightedScore(wait: 4, late: 0)) == Self.commonFirst)
        let byRank = PickContact.weightedScore(wait: 0, priority: 0, rank: 1, late: 0)
        #expect(try waits(byRank, ranks: (2, 1)) == Self.urgentFirst)
        #expect(try waits(byRank, ranks: (1, 2)) == Self.commonFirst)
        // Equal points: the longest wait.
        #expect(try waits(byRank) == Self.commonFirst)
    }

    @Test("By lot, each who waits is as likely to be first, the same in each play, and only of the most urgent")
    func byLot() throws {
        var day = SmallDay(
            [
                SmallDay.type("first", at: [0], talk: 100), SmallDay.type(at: [10, 20, 30, 40], talk: 10),
                SmallDay.type("later", at: [5], talk: 10, priority: 6),
            ], [SmallDay.agents(count: 1, skills: [Skill(0), Skill(1), Skill(2)])])
        day.scenario.routing.pickContact = .random
        let plan = Blueprint(day.scenario)
        var firsts = [0, 0, 0, 0]
        for number in 0..<400 {
            let played = PlayedDay(plan, seed: 1, replication: number)
            let served = played.entries.filter { $0.type == 1 }.sorted { $0.time < $1.time }
            #expect(served.map(\.time) == [100, 110, 120, 130])
            #expect(played.entries.first { $0.type == 2 }?.time == 140)
            firsts[Int(served[0].number)] += 1
        }
        // 400 draws of 1/4: standard deviation 8.7.
        #expect(firsts.allSatisfy { abs($0 - 100) < 40 }, "\(firsts)")
        #expect(PlayedDay(plan, seed: 1, replication: 7) == PlayedDay(plan, seed: 1, replication: 7))
    }

    @Test(
        "Whoever is on the line goes before work in a list, whatever the policy",
        arguments: RoutingPolicies.pickContact.map { $0.keyword })
    func liveFirst(_ keyword: String) throws {
        let policy = try #require(RoutingPolicies.pickContact.first { $0.keyword == keyword })
        var mail = SmallDay.type("mail", at: [10], talk: 100, priority: 1)
        mail.channel = Channel("email", kind: .deferred)
        var day = SmallDay(
            [mail, SmallDay.type(at: [0, 90], talk: 100, priority: 9)],
            [SmallDay.agents(count: 1, skills: [Skill(0, rank: 1), Skill(1, rank: 2)])])
        day.scenario.routing.pickContact = PickContact(policy.init())
        let results = try day.played()
        #expect(results.counts(1).waitOfAnswered == 10 && results.counts(0).waitOfAnswered == 190)
    }

    // MARK: Which agent

    /// How many contacts each of two groups answers.
    private func answered(
        _ policy: PickAgent, _ types: [ContactType], _ groups: [AgentGroup]
    ) throws -> [Double] {
        var day = SmallDay(types, groups)
        day.scenario.routing.pickAgent = policy
        return try day.played().groups.map(\.answered)
    }

    @Test("Of one rank the first group in the file, or the agent who has been idle longest")
    func firstByRank() throws {
        // At 20 the first has been idle since 10, the second since 0.
        let types = [SmallDay.type(at: [0, 20], talk: 10)]
        let groups = [SmallDay.agents("first", count: 1), SmallDay.agents("second", count: 1)]
        #expect(try answered(.longestIdle, types, groups) == [1, 1])
        #expect(try answered(.rank, types, groups) == [2, 0])
        // A lower rank goes before an earlier group.
        let ranked = [
            SmallDay.agents("first", count: 1, skills: [Skill(0, rank: 2)]), SmallDay.agents("second", count: 1),
        ]
        #expect(try answered(.rank, types, ranked) == [0, 2])
    }

    @Test("The agent who has been busiest least today, whoever has been idle longer")
    func leastOccupied() throws {
        // The first is busy 0-100, the second 150-160. At 170 the first has been idle longer, since 100 against 160,
        // and is the busier: 100/170 against 10/170.
        let types = [SmallDay.type("long", at: [0], talk: 100), SmallDay.type(at: [150, 170], talk: 10)]
        let skills = [Skill(0), Skill(1)]
        let groups = [
            SmallDay.agents("first", count: 1, skills: skills), SmallDay.agents("second", count: 1, skills: skills),
        ]
        #expect(try answered(.longestIdle, types, groups) == [2, 1])
        #expect(try answered(.leastOccupied, types, groups) == [1, 2])
    }

    @Test("Whoever was busy yesterday begins the day like everybody")
    func leastOccupiedToday() throws {
        // Yesterday the first was busy for 1800 s. Today the second, idle longer, is busy 3700-3800, so that at 3900 it is
        // 100/300 against 0/300.
        let open = TimeSpan(0, 7200)
        var day = SmallDay(
            [
                SmallDay.type("long", at: [0], talk: 1800, open: open),
                SmallDay.type(at: [3700, 3900], talk: 100, open: open),
            ],
            ["first", "second"].map { SmallDay.agents($0, count: 1, to: 7200, skills: [Skill(0), Skill(1)]) })
        day.scenario.horizon = SmallDay.twoDays(of: 3600)
        day.scenario.routing.pickAgent = .leastOccupied
        #expect(try day.played().groups.map(\.answered) == [2, 1])
    }

    @Test("Whoever can do the least else, of any rank, so that versatile people stay free")
    func fewestSkills() throws {
        let types = [SmallDay.type(at: [0], talk: 10), SmallDay.type("other", at: [], talk: 10)]
        let groups = [
            SmallDay.agents("all", count: 1, skills: [Skill(0), Skill(1)]),
            SmallDay.agents("one", count: 1, skills: [Skill(0, rank: 2)]),
        ]
        #expect(try answered(.longestIdle, types, groups) == [1, 0])
        #expect(try answered(.fewestSkills, types, groups) == [0, 1])
        // Languages count: who speaks both is kept for those who need the second.
        let spoken = [
            SmallDay.type(
                at: [0], talk: 10, languages: [LanguageShare("en", 1), LanguageShare("es", 0)])
        ]
        let speakers = [
            SmallDay.agents("both", count: 1, languages: ["es", "en"]),
            SmallDay.agents("one", count: 1, languages: ["en"]),
        ]
        #expect(try answered(.longestIdle, spoken, speakers) == [1, 0])
        #expect(try answered(.fewestSkills, spoken, speakers) == [0, 1])
    }

    @Test("Whoever is fastest with this contact, of any rank; of equals the longest idle")
    func bestProficiency() throws {
        let types = [SmallDay.type(at: [0, 200], talk: 10)]
        func groups(_ factor: Double) -> [AgentGroup] {
            [
                SmallDay.agents("first", count: 1),
                SmallDay.agents("fast", count: 1, skills: [Skill(0, rank: 2, handlingFactor: factor)]),
            ]
        }
        #expect(try answered(.bestProficiency, types, groups(0.5)) == [0, 2])
        #expect(try answered(.bestProficiency, types, groups(2)) == [2, 0])
        let alike = [SmallDay.agents("first", count: 1), SmallDay.agents("second", count: 1)]
        #expect(try answered(.bestProficiency, types, alike) == [1, 1])
    }

    @Test("An agent with room for one more chat is asked as the policy says")
    func severalAtOnce() throws {
        // The first has a chat in hand from 0 on; at 10 the second is idle, of rank 2.
        var chat = SmallDay.type(at: [0, 10], talk: 100)
        chat.channel = Channel("chat", atOnce: 2, slowdown: 0)
        let groups = [
            SmallDay.agents("first", count: 1, skills: [Skill(0)]),
            SmallDay.agents("second", count: 1, skills: [Skill(0, rank: 2)]),
        ]
        #expect(try answered(.longestIdle, [chat], groups) == [2, 0])
        #expect(try answered(.fewestSkills, [chat], groups) == [1, 1])
    }

    // MARK: The same person

    /// Which agents answer, in the order in which contacts are answered.
    private func agents(_ day: SmallDay, sticky: Bool) -> [Int?] {
        var scenario = day.scenario
        scenario.routing.isSticky = sticky
        return PlayedDay(Blueprint(scenario), seed: 1).entries.sorted { $0.time < $1.time }.map { $0.handling?.agent }
    }

    @Test("One who comes again goes to the same agent, if idle")
    func again() {
        // Served 0-10, again at 60; then again at 120 and so on. Agent 1 has been idle longest at 60.
        var calls = SmallDay.type(at: [0], talk: 10)
        calls.followOns = [FollowOn(.again, share: 1, contactType: 0, delay: .fixed(Fixed(50)))]
        let day = SmallDay([calls], [SmallDay.agents(count: 2)], step: 50, periods: 4)
        #expect(agents(day, sticky: false) == [0, 1, 0, 1])
        #expect(agents(day, sticky: true) == [0, 0, 0, 0])
    }

    @Test("One who is busy is not waited for")
    func busy() {
        // At 60 the first is on another contact since 55, which went to the longest idle: the second; so at 60 it is free.
        var calls = SmallDay.type(at: [0], talk: 10)
        calls.followOns = [FollowOn(.again, share: 1, contactType: 0, delay: .fixed(Fixed(50)))]
        let other = SmallDay.type("other", at: [1, 55], talk: 8)
        let day = SmallDay(
            [calls, other], [SmallDay.agents(count: 2, skills: [Skill(0), Skill(1)])], step: 40, periods: 2)
        // 0: agent 0 until 10. 1: agent 1 until 9, idle longest at 55, which it takes; 60: agent 0, who knows the caller.
        #expect(agents(day, sticky: true) == [0, 1, 1, 0])
        // The same with the caller back at 60 while agent 0 has been busy since 56: agent 1, free at 9, is taken.
        let taken = SmallDay.type("other", at: [1, 55, 56], talk: 8)
        let full = SmallDay(
            [calls, taken], [SmallDay.agents(count: 3, skills: [Skill(0), Skill(1)])], step: 40, periods: 2)
        // 55: agent 2, idle since 0; 56: agent 1, idle since 9; 60: agent 0. With two agents only, nobody is left.
        #expect(agents(full, sticky: true) == [0, 1, 2, 1, 0])
    }

    @Test("A contact that is handed back returns to whoever had it, not to who hands it on")
    func handedBack() {
        var front = SmallDay.type("front", at: [0], talk: 10)
        front.followOns = [FollowOn(.transfer, share: 1, contactType: 1)]
        var back = SmallDay.type("back", at: [], talk: 10)
        back.followOns = [FollowOn(.transfer, share: 1, contactType: 0)]
        let day = SmallDay(
            [front, back],
            [SmallDay.agents("reps", count: 2), SmallDay.agents("nurses", count: 2, skills: [Skill(1)])],
            step: 35, periods: 1)
        // 0: rep 0. 10: nurse 2. 20: rep 1, idle since 0, or rep 0, who knows the caller. 30: nurse 3 or nurse 2.
        #expect(agents(day, sticky: false) == [0, 2, 1, 3])
        #expect(agents(day, sticky: true) == [0, 2, 0, 2])
    }

    @Test("A person is the same on another day's shift")
    func overDays() {
        let open = TimeSpan(0, 7200)
        var calls = SmallDay.type(at: [105], talk: 10, open: open)
        calls.followOns = [FollowOn(.again, share: 1, contactType: 0, delay: .fixed(Fixed(3700)))]
        let blocks = (0..<2).map {
            ShiftBlock(shift: "day", day: $0, timeSpan: TimeSpan(Double($0) * 3600, Double($0 + 1) * 3600), people: 2)
        }
        var day = SmallDay(
            [SmallDay.type("other", at: [100], talk: 10, open: open), calls],
            [AgentGroup(id: "agents", skills: [Skill(0), Skill(1)], staffing: .shifts(blocks))])
        day.scenario.contactTypes[1].followOns[0].contactType = 1
        day.scenario.horizon = SmallDay.twoDays(of: 3600)
        // 100: number 0. 105: number 1. Next day at 3815 number 0 (agent 2) and number 1 (agent 3) have been idle alike.
        #expect(agents(day, sticky: false) == [0, 1, 2])
        #expect(agents(day, sticky: true) == [0, 1, 3])
    }
}
