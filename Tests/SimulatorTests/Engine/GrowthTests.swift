import Foundation
import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Work that must not grow faster than the center: counted in steps, never in seconds.
struct GrowthTests {
    // MARK: Sets and lists

    @Test("The first member of a range is the least of those inside, and takes a few words to find")
    func places() {
        var dice = Dice(seed: 5)
        for count in [1, 63, 64, 65, 4096, 4097, 300_000] {
            let memory = Memory()
            let set = PlaceSet(count: count, in: memory)
            var members: Set<Int> = []
            for _ in 0..<300 {
                let number = Int(dice.uniform(0, Double(count)))
                if dice.uniform(0, 1) < 0.6 {
                    set.insert(number)
                    members.insert(number)
                } else {
                    set.remove(number)
                    members.remove(number)
                }
                #expect(set.contains(number) == members.contains(number))
                let low = Int(dice.uniform(0, Double(count)))
                let high = low + Int(dice.uniform(0, Double(count - low + 1)))
                var reads = 0
                let first = set.first(in: low..<high, reads: &reads)
                #expect(first == members.filter { $0 >= low && $0 < high }.min() ?? -1)
                #expect(reads <= 8, "\(reads) words for a set below \(count)")
            }
            set.clear()
            var reads = 0
            #expect(set.first(in: 0..<count, reads: &reads) == -1)
        }
    }

    // MARK: Agents

    /// Chats for `agents` people who handle three at once, as many for each of them whatever their number.
    private static func chats(_ agents: Int, _ loading: Channel.Loading) -> Scenario {
        let type = ContactType(
            id: "chats", channel: Channel("chat", paces: [1, 1.2, 1.6], loading: loading), open: [TimeSpan(0, 1800)],
            arrivals: [ArrivalTimeSpan(TimeSpan(0, 1800), contacts: 7.8 * Double(agents))],
            talk: .exponential(Exponential(mean: 360)), patience: .exponential(Exponential(mean: 120)),
            target: ServiceTarget(share: 0.8, within: 30))
        return Scenario(
            id: "chats", name: "Chats", horizon: .plain(step: 900, count: 2), contactTypes: [type],
            agentGroups: [
                AgentGroup(
                    id: "team", skills: [Skill(0)],
                    staffing: .curve([StaffingTimeSpan(TimeSpan(0, 1800), agents: Double(agents))]))
            ])
    }

    /// Looks at agents, and words of sets of them, for each contact of one replication.
    private static func looks(_ scenario: Scenario) -> Double {
        var replication = Replication(Blueprint(scenario), seed: 1)
        replication.play(0)
        var offered = 0.0
        for c in 0..<(replication.seen.contacts.count / Observations.Contact.count) {
            offered += replication.seen.contacts[c * Observations.Contact.count + Observations.Contact.offered.rawValue]
        }
        return Double(replication.hands.free.looks[0]) / offered
    }

    @Test(
        "A chat finds its agent in as many steps among 200 people as among 25",
        arguments: [Channel.Loading.leastLoaded, .mostLoaded])
    func chats(_ loading: Channel.Loading) {
        let few = Self.looks(Self.chats(25, loading))
        let many = Self.looks(Self.chats(200, loading))
        #expect(few > 0.5 && many > 0.5, "sets are asked: \(few), \(many)")
        #expect(many <= 6, "\(many) steps a contact among 200 people, \(few) among 25")
    }

    @Test("A call finds work that can wait in as many steps among 200 people as among 25")
    func interrupted() {
        func day(_ agents: Int) -> Scenario {
            let mail = ContactType(
                id: "mail", channel: Channel("desk", kind: .deferred, isInterruptible: true), open: [TimeSpan(0, 1800)],
                arrivals: [ArrivalTimeSpan(TimeSpan(0, 0), contacts: Double(2 * agents))], volumes: .actual,
                talk: .fixed(Fixed(3600)))
            let calls = ContactType(
                id: "calls", open: [TimeSpan(0, 1800)],
                arrivals: [ArrivalTimeSpan(TimeSpan(0, 1800), contacts: 5 * Double(agents))],
                talk: .exponential(Exponential(mean: 360)), patience: .exponential(Exponential(mean: 120)),
                target: ServiceTarget(share: 0.8, within: 30))
            return Scenario(
                id: "desk", name: "Desk", horizon: .plain(step: 900, count: 2), contactTypes: [mail, calls],
                agentGroups: [
                    AgentGroup(
                        id: "team", skills: [Skill(0), Skill(1)],
                        staffing: .curve([StaffingTimeSpan(TimeSpan(0, 1800), agents: Double(agents))]))
                ])
        }
        let few = Self.looks(day(25))
        let many = Self.looks(day(200))
        #expect(many <= few + 4, "\(many) steps a contact among 200 people, \(few) among 25")
    }

    // MARK: Controls

    @Test("Of a table for thousands of people only what is asked is worked out, and the same whoever asks first")
    func lateTables() {
        var one = LateTable(most: 5600, load: 7000, handlingTime: 600, acceptableWait: 20)
        #expect(one.worked.points == 0)
        let questions = [(5600, 5500.0), (5580, 5510), (5600, 6900), (10, 3), (5599, 5500), (0, 7000)]
        let answers = questions.map { one.mean($0.0, load: $0.1) }
        let most = questions.count * (LateTable.stepsTogether + 1)
        #expect(one.worked.points <= most, "\(one.worked.points) points for \(questions.count) questions")
        var other = LateTable(most: 5600, load: 7000, handlingTime: 600, acceptableWait: 20)
        for (question, answer) in zip(questions, answers).reversed() {
            let again = other.mean(question.0, load: question.1)
            #expect(again.bitPattern == answer.bitPattern)
        }
    }

    // MARK: Pools

    @Test("Groups that share types, directly or through others, stand in one pool, as by joining them one by one")
    func pools() {
        var dice = Dice(seed: 11)
        for _ in 0..<60 {
            let typeCount = 1 + Int(dice.uniform(0, 12))
            let types = (0..<typeCount).map { SmallDay.type("t\($0)", at: [0], talk: 60) }
            let groups = (0..<(1 + Int(dice.uniform(0, 12)))).map { g in
                var group = SmallDay.agents("g\(g)", count: 1, skills: [])
                let skills = Set((0..<Int(dice.uniform(0, 4))).map { _ in Int(dice.uniform(0, Double(typeCount))) })
                group.skills = skills.sorted().map { Skill($0) }
                group.wagePerHour = dice.uniform(0, 1) < 0.8 ? 10 + Double(g) : nil
                return group
            }
            let scenario = SmallDay(types, groups).scenario
            // Whoever can be reached from a type by way of common groups and types.
            func reached(from t: Int) -> (types: Set<Int>, groups: Set<Int>) {
                var known: Set<Int> = [t]
                var served: Set<Int> = []
                while true {
                    let more = groups.indices.filter { g in
                        groups[g].skills.contains { known.contains($0.contactType) }
                    }
                    let next = known.union(more.flatMap { groups[$0].skills.map(\.contactType) })
                    if next == known, served.count == more.count { return (known, served) }
                    known = next
                    served = Set(more)
                }
            }
            let costs = CostPools(scenario)
            let handling = types.indices.map { 100 + Double($0) }
            let paid = groups.indices.map { 3600 * (1 + Double($0)) }
            let offered = types.indices.map { Double($0) }
            let shares = costs.shares(handling: handling, offered: offered, paid: paid)
            let idle = costs.shares(handling: handling.map { _ in 0 }, offered: offered, paid: paid)
            for t in types.indices {
                let (pool, served) = reached(from: t)
                let isKnown = !served.isEmpty && served.allSatisfy { groups[$0].wagePerHour != nil }
                #expect(costs.isKnown(t) == isKnown)
                let money = served.reduce(0) { $0 + (groups[$1].wagePerHour ?? 0) * paid[$1] / 3600 }
                let seconds = pool.reduce(0) { $0 + handling[$1] }
                #expect(abs(shares[t] - (isKnown ? money * handling[t] / seconds : 0)) < 1e-9)
                // Where nobody was served, by who came, or evenly.
                let came = pool.reduce(0) { $0 + offered[$1] }
                let part = came > 0 ? offered[t] / came : 1 / Double(pool.count)
                #expect(abs(idle[t] - (isKnown ? money * part : 0)) < 1e-9)
            }
        }
    }

    // MARK: Progress

    @Test("However many replications are merged, progress is told and an end asked for ten times a second at most")
    func progress() throws {
        var scenario = SmallDay([SmallDay.type(at: [0], talk: 60)], [SmallDay.agents(count: 1)]).scenario
        scenario.experiment.replications = 4000
        let experiment = try Experiment(scenario, threads: 2)
        var told = 0
        var asked = 0
        let clock = ContinuousClock()
        let start = clock.now
        let results = try experiment.run(
            progress: { _ in told += 1 },
            isCancelled: {
                asked += 1
                return false
            })
        let tenths = (clock.now - start) / .milliseconds(100)
        #expect(results.replications == 4000)
        #expect(Double(told) <= tenths + 1 && Double(asked) <= tenths + 1, "\(told) times in \(tenths) tenths")
    }
}
