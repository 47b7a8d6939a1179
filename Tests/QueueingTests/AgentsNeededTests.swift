import Foundation
import TestSupport
import Testing

@testable import Queueing

@Suite("Agents needed")
struct AgentsNeededTests {
    @Test("every Erlang row of the staffing table: the answer, and the measure there and one below")
    func staffingTable() throws {
        let table = try ReferenceTableTests.table("staffing")
        let rows = table.rows.filter { $0.text("model") != "mmn_g" }
        #expect(rows.count == 25)
        for row in rows {
            let patience = row.text("patience")
            let queue = SingleQueue(
                arrivalRate: row.number("arrival_rate_per_h") / 3600, handlingTime: row.number("aht_s"),
                patience: patience.isEmpty ? .infinity : try #require(Double(patience.dropFirst(4))),
                room: row.text("model") == "erlang_b" ? .none : .unlimited)
            let goal = try #require(Self.goal(row))
            let agents = Int(row.number("n_min"))
            #expect(queue.agentsNeeded(for: [goal]) == agents, "\(row.id)")
            for (count, column) in [(agents, "metric_at_n_min"), (agents - 1, "metric_at_n_min_minus_1")] {
                guard let reference = row.optional(column) else { continue }
                let measures = queue.measures(agents: Double(count), within: goal.acceptableWait)
                let value = try #require(Self.measure(row.text("target"), measures))
                ErrorLedger.current?.note(column, value, reference, .relative(1e-10))
                #expect(abs(value - reference) <= 1e-10 * max(1, reference), "\(row.id) \(column) \(value)")
                #expect(goal.isMet(by: measures) == (count == agents), "\(row.id)")
            }
        }
    }

    static func goal(_ row: ReferenceTable.Row) -> StaffingGoal? {
        let value = row.number("target_value")
        switch row.text("target") {
        case "blocking": return .blocking(atMost: value)
        case "p_wait": return .waitProbability(atMost: value)
        case "asa_s", "asa_answered_s": return .meanSpeedOfAnswer(atMost: value)
        case "mean_wait_all_s": return .meanWait(atMost: value)
        case "p_abandon": return .abandonment(atMost: value)
        case "occupancy": return .occupancy(atMost: value)
        case let level:
            guard let rule = rules[level] else { return nil }
            return .serviceLevel(atLeast: value, within: row.number("threshold_s"), counting: rule)
        }
    }

    static let rules: [String: ServiceLevels.Rule] = [
        "sl_a": .ofAllOffered, "sl_b": .withoutShortAbandons, "sl_c": .abandonsCountAsMet, "sl_d": .ofAnswered,
    ]

    static func measure(_ target: String, _ measures: QueueMeasures) -> Double? {
        switch target {
        case "blocking": measures.blocking
        case "p_wait": measures.waitProbability
        case "asa_s", "asa_answered_s": measures.meanSpeedOfAnswer
        case "mean_wait_all_s": measures.meanWait
        case "p_abandon": measures.abandonment
        case "occupancy": measures.occupancy
        default: rules[target].flatMap { measures.serviceLevels[$0] }
        }
    }

    @Test("the answer meets the goal and one agent fewer does not, whatever the queue and the goal")
    func smallest() {
        var dice = Dice(seed: 99)
        for _ in 0..<500 {
            let load = dice.logUniform(0.01, 3000)
            let handling = dice.logUniform(10, 2000)
            let queue = SingleQueue(
                arrivalRate: load / handling, handlingTime: handling,
                patience: dice.pick([.infinity, dice.logUniform(10, 10_000)]),
                room: dice.pick([.unlimited, .unlimited, .none]))
            let share = dice.uniform(0.3, 0.999)
            let goal = dice.pick([
                StaffingGoal.serviceLevel(
                    atLeast: share, within: dice.logUniform(1, 300), counting: dice.pick(ServiceLevels.Rule.allCases)),
                .abandonment(atMost: 1 - share), .occupancy(atMost: share), .waitProbability(atMost: share),
                .meanSpeedOfAnswer(atMost: dice.logUniform(0.1, 600)), .blocking(atMost: 1 - share),
            ])
            guard let agents = queue.agentsNeeded(for: [goal]) else {
                Issue.record("no answer for \(queue) \(goal)")
                continue
            }
            #expect(goal.isMet(by: queue.measures(agents: Double(agents), for: goal)), "\(queue) \(goal)")
            if agents > 0 {
                let fewer = queue.measures(agents: Double(agents - 1), for: goal)
                #expect(!goal.isMet(by: fewer), "\(queue) \(goal) \(agents)")
            }
        }
    }

    @Test("a thousand random questions get the sums that a plain C program with other formulas gets")
    func manyQuestions() {
        // That program: linear Erlang B recursion; for Erlang A 32-point quadrature of the wait and a birth–death tail.
        // Pairs by SplitMix64 from seed 42: load e^(u ln 5000), handling time 60 + 840 u; 80 % in 20 s; patience 2 min.
        var dice = Dice(seed: 42)
        var patient = 0
        var impatient = 0
        let goal = StaffingGoal.serviceLevel(atLeast: 0.8, within: 20)
        for _ in 0..<1000 {
            let load = exp(dice.uniform(0, 1) * log(5000))
            let handling = 60 + 840 * dice.uniform(0, 1)
            var queue = SingleQueue(arrivalRate: load / handling, handlingTime: handling)
            patient += queue.agentsNeeded(for: [goal]) ?? 0
            queue.patience = 120
            impatient += queue.agentsNeeded(for: [goal]) ?? 0
        }
        #expect(patient == 611_894)
        #expect(impatient == 541_878)
    }

    @Test("the quick level of the search is that of all measures, by every rule, wherever it gives one")
    func quickLevel() throws {
        var dice = Dice(seed: 7)
        var given = 0
        for _ in 0..<2000 {
            let load = dice.logUniform(0.05, 20_000)
            let handling = dice.logUniform(10, 2000)
            let queue = SingleQueue(
                arrivalRate: load / handling, handlingTime: handling,
                patience: dice.pick([.infinity, dice.logUniform(1, 10_000)]))
            let within = dice.pick([0, dice.logUniform(1, 300)])
            let rule = dice.pick(ServiceLevels.Rule.allCases)
            guard var quick = QuickLevel(queue, within: within, counting: rule) else { continue }
            // Neighbors follow from each other, distant ones do not.
            let first = Int(load * dice.uniform(0.5, 1.3)) + 1
            for agents in [first, first + 1, first + 4, first + 3, max(1, first - 8), first + 40] {
                guard let level = quick.level(agents: agents) else { continue }
                given += 1
                let exact = try #require(
                    queue.measures(agents: Double(agents), within: within).serviceLevels[rule])
                #expect(abs(level - exact) < 1e-11, "\(queue) \(within) \(rule) \(agents)")
            }
        }
        #expect(given > 3000, "\(given)")
    }

    @Test("several goals need what the hardest of them needs")
    func several() {
        let queue = SingleQueue(arrivalRate: 22.0 / 1800, handlingTime: 360, patience: 180)
        let level = StaffingGoal.serviceLevel(atLeast: 0.8, within: 30)
        #expect(queue.agentsNeeded(for: [level]) == 6)
        #expect(queue.agentsNeeded(for: [.abandonment(atMost: 0.05)]) == 7)
        #expect(queue.agentsNeeded(for: [level, .abandonment(atMost: 0.05)]) == 7)
        #expect(queue.agentsNeeded(for: [.abandonment(atMost: 0.05), level]) == 7)
        #expect(queue.agentsNeeded(for: [level, .occupancy(atMost: 0.5)]) == 9)
        #expect(queue.agentsNeeded(for: []) == 0)
    }

    @Test("what no number of agents can do has no answer, and without contacts nobody is needed")
    func edges() {
        let busy = SingleQueue(arrivalRate: 1, handlingTime: 100, room: .lines(50))
        #expect(busy.agentsNeeded(for: [.blocking(atMost: 0.1)]) == nil)
        #expect(busy.agentsNeeded(for: [.serviceLevel(atLeast: 2, within: 20)], most: 100_000) == nil)
        #expect(
            SingleQueue(arrivalRate: 1, handlingTime: 1e9).agentsNeeded(for: [.waitProbability(atMost: 0.5)]) == nil)
        let quiet = SingleQueue(arrivalRate: 0, handlingTime: 100)
        #expect(quiet.agentsNeeded(for: [.serviceLevel(atLeast: 0.8, within: 20)]) == 0)
    }

    @Test("a queue that grows without end meets no goal")
    func endless() {
        let queue = SingleQueue(contacts: 105, per: 1800, handlingTime: 360)
        for goal in [StaffingGoal.occupancy(atMost: 1), .abandonment(atMost: 0.05), .blocking(atMost: 0.05)] {
            #expect(queue.agentsNeeded(for: [goal]) == 22)
        }
    }

    @Test("the search takes few looks, whatever it looks for and wherever it starts")
    func quick() {
        // A linear search over millions of agents would take minutes.
        for load in [1.0, 1000, 9_000_000] {
            for goal in [
                StaffingGoal.serviceLevel(atLeast: 0.8, within: 30), .abandonment(atMost: 0.01), .occupancy(atMost: 1),
                .meanSpeedOfAnswer(atMost: 1e-3), .serviceLevel(atLeast: 0.999999, within: 0),
            ] {
                for patience in [0.001, 180, 3e8, .infinity] {
                    let queue = SingleQueue(contacts: load, per: 60, handlingTime: 60, patience: patience)
                    let clock = ContinuousClock()
                    var needed: Int?
                    let time = clock.measure { needed = queue.agentsNeeded(for: [goal]) }
                    #expect(needed != nil)
                    #expect(time < .seconds(10), "\(load) \(goal) \(patience)")
                }
            }
        }
    }

    @Test("an occupancy that is met exactly is met, however the load rounds in binary")
    func exactOccupancy() {
        // 200 an hour × 180 s = 10 erlangs.
        let queue = SingleQueue(arrivalRate: 200.0 / 3600, handlingTime: 180)
        #expect(queue.agentsNeeded(for: [.occupancy(atMost: 0.5)]) == 20)
        // And ten agents for ten erlangs cannot keep up.
        #expect(queue.measures(agents: 10).waitProbability == 1)
        for contacts in 1...200 {
            let exact = SingleQueue(arrivalRate: Double(contacts) / 1800, handlingTime: 360)
            guard contacts % 5 == 0 else { continue }
            #expect(exact.measures(agents: Double(contacts / 5)).meanWait == .infinity)
        }
    }
}

@Suite("Shrinkage")
struct ShrinkageTests {
    @Test("21 on the phones with 30 % away are 30 on the rota, not 31")
    func exact() throws {
        for text in ["30%", "0.30", "0.3", ".3", "30.0%", "30 %", "3e-1"] {
            #expect(try #require(Shrinkage(text)).scheduled(for: 21) == 30)
        }
        #expect(try #require(Shrinkage(share: 0.3)).scheduled(for: 21) == 30)
    }

    @Test("is exact for every count of people and every share of up to a tenth of a percent")
    func everyShare() throws {
        for permille in 0..<1000 {
            let shrinkage = try #require(Shrinkage("\(Double(permille) / 10)%"))
            for scheduled in [1, 2, 3, 10, 99, 1000, 123_456] {
                // So many scheduled leave rota × (1000 − permille) / 1000 on the phones, rounded down.
                let phones = scheduled * (1000 - permille) / 1000
                let back = try #require(shrinkage.scheduled(for: phones))
                #expect(back <= scheduled)
                #expect(back * (1000 - permille) >= phones * 1000)
                #expect((back - 1) * (1000 - permille) < phones * 1000)
            }
            #expect(Shrinkage(share: Double(permille) / 1000)?.scheduled(for: 700) == shrinkage.scheduled(for: 700))
        }
    }

    @Test("nobody needs nobody; no shrinkage adds nobody")
    func edges() {
        #expect(Shrinkage.none.scheduled(for: 7) == 7)
        #expect(Shrinkage("30%")?.scheduled(for: 0) == 0)
        #expect(Shrinkage("0%")?.scheduled(for: 12) == 12)
        #expect(Shrinkage("99.9999%")?.scheduled(for: 10_000_000) == 10_000_000_000_000)
    }

    @Test(
        "takes no share from 100 % on, below 0, or that is no number",
        arguments: [
            "100%", "1", "1.0", "130%", "-5%", "", "%", "x", "0.3.1", "1e5", "99999999999999999999%",
        ])
    func refused(text: String) {
        #expect(Shrinkage(text) == nil)
    }

    @Test("takes no share from 1 on, below 0, or that is no number")
    func refusedValues() {
        for share in [1, -0.1, 2, Double.nan, .infinity] { #expect(Shrinkage(share: share) == nil) }
    }
}
