import Foundation
import TestSupport
import Testing

@testable import Queueing

@Suite("Any patience")
struct ImpatientQueueTests {
    /// Reads the tables' notation, such as `gamma:2:120`.
    static func patience(_ text: String) throws -> Patience {
        let parts = text.split(separator: ":").map(String.init)
        let numbers = parts.dropFirst().compactMap(Double.init)
        switch parts[0] {
        case "exp": return .exponential(mean: numbers[0])
        case "det": return .deterministic(numbers[0])
        case "unif": return .uniform(from: numbers[0], to: numbers[1])
        case "gamma": return .gamma(shape: numbers[0], mean: numbers[1])
        case "h2":
            return .hyperexponential([
                .init(share: numbers[0], mean: numbers[1]), .init(share: 1 - numbers[0], mean: numbers[2]),
            ])
        case "logn": return .lognormal(mean: numbers[0], spread: numbers[1])
        case "weib": return .weibull(shape: numbers[0], scale: numbers[1])
        case "balkexp": return .balking(share: numbers[0], mean: numbers[1])
        default: throw CocoaError(.formatting)
        }
    }

    @Test("M/M/n+G: every row and column of the table")
    func table() throws {
        let table = try ReferenceTableTests.table("mmn_g")
        #expect(table.rows.count == 22)
        for row in table.rows {
            var checker = ReferenceTableTests.Checker(
                row: row, seen: ["case_id", "arrival_rate_per_h", "aht_s", "n_agents", "patience", "rel_tol"])
            let patience = try Self.patience(row.text("patience"))
            let queue = ImpatientQueue(
                arrivalRate: row.number("arrival_rate_per_h") / 3600, handlingTime: row.number("aht_s"),
                patience: patience)
            let agents = row.number("n_agents")
            let relative = Tolerance.relative(row.number("rel_tol"))
            let measures = queue.measures(agents: agents)
            checker.check("patience_mean_s", patience.mean, .relative(1e-13))
            checker.check("offered_load_erl", measures.offeredLoad, relative)
            checker.check("p_wait", measures.waitProbability, relative)
            checker.check("p_abandon", measures.abandonment, relative)
            checker.check("mean_wait_all_s", measures.meanWait, relative)
            checker.check("mean_offered_wait_s", queue.meanOfferedWait(agents: agents), relative)
            checker.check("asa_answered_s", measures.meanSpeedOfAnswer, relative)
            checker.check("mean_wait_abandoned_s", measures.meanWaitAbandoned, relative)
            checker.check("mean_queue_len", measures.queueMean, relative)
            checker.check("occupancy", measures.occupancy, relative)
            for threshold in [20, 60] {
                let levels = queue.measures(agents: agents, within: Double(threshold))
                let absolute = Tolerance.absolute(1e-10)
                checker.check("sl_a_\(threshold)s", levels.serviceLevels.ofAllOffered, absolute)
                checker.check("sl_b_\(threshold)s", levels.serviceLevels.withoutShortAbandons, absolute)
                checker.check("sl_c_\(threshold)s", levels.serviceLevels.abandonsCountAsMet, absolute)
                checker.check("sl_d_\(threshold)s", levels.serviceLevels.ofAnswered, absolute)
                checker.check("p_wait_gt_\(threshold)s", levels.stillWaiting, absolute)
            }
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("the rows of the staffing table with general patience")
    func staffing() throws {
        let rows = try ReferenceTableTests.table("staffing").rows.filter { $0.text("model") == "mmn_g" }
        #expect(rows.count == 3)
        for row in rows {
            let queue = ImpatientQueue(
                arrivalRate: row.number("arrival_rate_per_h") / 3600, handlingTime: row.number("aht_s"),
                patience: try Self.patience(row.text("patience")))
            let goal = try #require(AgentsNeededTests.goal(row))
            let agents = Int(row.number("n_min"))
            #expect(queue.agentsNeeded(for: [goal]) == agents, "\(row.id)")
            for (count, column) in [(agents, "metric_at_n_min"), (agents - 1, "metric_at_n_min_minus_1")] {
                let measures = queue.measures(agents: Double(count), within: goal.acceptableWait)
                let value = try #require(AgentsNeededTests.measure(row.text("target"), measures))
                ErrorLedger.current?.note(column, value, row.number(column), .relative(1e-10))
                #expect(abs(value - row.number(column)) <= 1e-10, "\(row.id) \(column) \(value)")
            }
        }
    }

    @Test("exponential patience is Erlang A, written in any of the ways in which patience can be exponential")
    func exponential() throws {
        for (queue, agents, within) in SingleQueueTests.queues.prefix(60)
        where queue.arrivalRate * queue.patience < 1e4 {
            let a = queue.measures(agents: agents, within: within, shortAbandon: 5)
            let mean = queue.patience
            for patience in [
                Patience.exponential(mean: mean), .gamma(shape: 1, mean: mean), .weibull(shape: 1, scale: mean),
                .hyperexponential([.init(share: 3, mean: mean), .init(share: 1, mean: mean)]),
                .balking(share: 0, mean: mean), .measured(PatienceCurve(steps: [], tail: mean)),
            ] {
                let g = ImpatientQueue(queue, patience: patience)
                    .measures(agents: agents, within: within, shortAbandon: 5)
                #expect(Self.close(g.waitProbability, a.waitProbability, 1e-10), "\(queue) \(agents) \(patience)")
                #expect(Self.close(g.abandonment, a.abandonment, 1e-10), "\(queue) \(agents) \(patience)")
                #expect(Self.close(g.meanSpeedOfAnswer, a.meanSpeedOfAnswer, 1e-10))
                #expect(Self.close(g.meanWait, a.meanWait, 1e-10))
                for rule in ServiceLevels.Rule.allCases {
                    #expect(
                        abs((g.serviceLevels[rule] ?? 0) - (a.serviceLevels[rule] ?? 0)) < 1e-10, "\(queue) \(rule)")
                }
            }
        }
    }

    @Test("patience of a hundred million years, fixed or none at all, gives Erlang C and Erlang B")
    func ends() throws {
        let queue = SingleQueue(arrivalRate: 0.05, handlingTime: 180)
        let c = queue.measures(agents: 10.5, within: 20)
        for patience in [
            Patience.deterministic(3e15), .deterministic(.infinity), .exponential(mean: .infinity),
            .uniform(from: 1e15, to: 2e15), .measured(PatienceCurve(steps: [])),
        ] {
            let g = ImpatientQueue(queue, patience: patience).measures(agents: 10.5, within: 20)
            #expect(Self.close(g.waitProbability, c.waitProbability, 1e-12))
            #expect(Self.close(g.meanWait, c.meanWait, 1e-12))
            #expect(Self.close(g.serviceLevels.ofAllOffered, c.serviceLevels.ofAllOffered, 1e-12))
        }
        let none = ImpatientQueue(queue, patience: .deterministic(0)).measures(agents: 10)
        #expect(Self.close(none.abandonment, ErlangB.blocking(agents: 10, load: 9), 1e-12))
        let endless = ImpatientQueue(queue, patience: .deterministic(.infinity)).measures(agents: 9, within: 20)
        #expect(endless.meanWait == .infinity)
        #expect(endless.serviceLevels.ofAllOffered == 0)
    }

    @Test("when only some never give up, the queue ends where the agents keep up with those")
    func mixed() throws {
        let queue = ImpatientQueue(
            arrivalRate: 0.1, handlingTime: 100,
            patience: .hyperexponential([.init(share: 0.5, mean: 60), .init(share: 0.5, mean: .infinity)]))
        #expect(queue.measures(agents: 5).meanWait == .infinity)
        #expect(queue.measures(agents: 5).abandonment == 0.5)
        #expect(try #require(queue.measures(agents: 5.1).meanWait) < 10_000)
    }

    @Test("a step curve of many small steps is the smooth curve, and Kaplan and Meier's estimate ignores no answer")
    func curves() throws {
        let smooth = Patience.weibull(shape: 1.4, scale: 100)
        // Steps half a class early and late: the mean of both errs in the second order only.
        let steps = (1...800).map { k in
            (wait: Double(k), surviving: smooth.surviving(Double(k) + 0.5))
        }
        let curve = Patience.measured(PatienceCurve(steps: steps))
        let a = ImpatientQueue(arrivalRate: 0.2, handlingTime: 60, patience: smooth).measures(agents: 11, within: 20)
        let b = ImpatientQueue(arrivalRate: 0.2, handlingTime: 60, patience: curve).measures(agents: 11, within: 20)
        #expect(Self.close(a.abandonment, b.abandonment, 1e-3))
        #expect(Self.close(a.meanWait, b.meanWait, 1e-3))
        // Five contacts: gave up at 10, answered at 20, gave up at 30 and 30, answered at 40.
        let estimate = PatienceCurve(observed: [(30, true), (20, false), (10, true), (40, false), (30, true)])
        #expect(estimate.waits == [10, 30])
        #expect(Self.close(estimate.surviving[0], 4.0 / 5, 1e-15))
        #expect(Self.close(estimate.surviving[1], 4.0 / 5 * (2.0 / 3) * (1.0 / 2), 1e-15))
        #expect(Self.close(estimate.tail, 130.0 / 3, 1e-15))
    }

    @Test("those who leave balance, whatever the patience: λ E[wait] = E[queue], and the answered keep the agents busy")
    func conservation() throws {
        for (queue, agents, within) in Self.questions(200, seed: 17) {
            let m = queue.measures(agents: agents, within: within)
            guard let abandonment = m.abandonment, let wait = m.meanWait, wait < .infinity else { continue }
            let answered = (m.occupancy ?? 0) * agents / m.offeredLoad
            #expect(abs(abandonment + answered - 1) < 1e-9, "\(queue) \(agents)")
            #expect(
                abs(abandonment * (m.meanWaitAbandoned ?? 0) + answered * (m.meanSpeedOfAnswer ?? 0) - wait) <= 1e-9
                    * wait)
        }
    }

    @Test("no finite input gives a number that is none or a share outside 0…1")
    func fuzz() {
        for (queue, agents, within) in Self.questions(600, seed: 3, wild: true) {
            let m = queue.measures(agents: agents, within: within)
            for share in [
                m.waitProbability, m.abandonment, m.blocking, m.occupancy, m.stillWaiting,
                m.serviceLevels.ofAllOffered, m.serviceLevels.withoutShortAbandons,
                m.serviceLevels.abandonsCountAsMet, m.serviceLevels.ofAnswered,
            ].compactMap({ $0 }) {
                #expect(share >= 0 && share <= 1, "\(queue) \(agents) \(within) \(m)")
            }
            for wait in [m.meanWait, m.meanSpeedOfAnswer, m.meanWaitAbandoned, m.queueMean].compactMap({ $0 }) {
                #expect(wait >= 0, "\(queue) \(agents) \(within) \(m)")
            }
        }
    }

    static func questions(
        _ count: Int, seed: UInt64, wild: Bool = false
    ) -> [(queue: ImpatientQueue, agents: Double, within: Double)] {
        var dice = Dice(seed: seed)
        return (0..<count).map { _ in
            let handling = dice.logUniform(1, 3600)
            let load = wild ? dice.pick([0, 1e-9, 1e6, 1e12, dice.logUniform(1e-6, 1e5)]) : dice.logUniform(0.01, 500)
            let mean = wild ? dice.pick([0, 1e-9, 1e300, dice.logUniform(1e-6, 1e12)]) : dice.logUniform(5, 2000)
            let shape = wild ? dice.pick([0, 1e-300, 1e300, dice.logUniform(1e-3, 1e3)]) : dice.logUniform(0.3, 5)
            let share = dice.uniform(wild ? -0.2 : 0, 1)
            let patience = dice.pick([
                Patience.exponential(mean: mean), .deterministic(mean), .uniform(from: 0, to: 2 * mean),
                .uniform(from: mean / 2, to: mean), .gamma(shape: shape, mean: mean),
                .lognormal(mean: mean, spread: shape), .weibull(shape: shape, scale: mean),
                .balking(share: share, mean: mean),
                .balking(share: share, otherwise: .uniform(from: 0, to: mean)),
                .hyperexponential([.init(share: share, mean: mean), .init(share: 1 - share, mean: 3 * mean)]),
                .measured(PatienceCurve(steps: [(mean / 3, 0.7), (mean, share), (mean, 0.1)], tail: mean)),
            ])
            let balanced = max(1, (load + dice.uniform(-2, 2) * load.squareRoot()).rounded())
            let agents = wild ? dice.pick([0, 1e-30, 0.5, balanced, 1e4, 3 * load]) : balanced
            let within = wild ? dice.pick([0, mean, 1e15, 20]) : dice.logUniform(1, 300)
            return (
                ImpatientQueue(arrivalRate: load / handling, handlingTime: handling, patience: patience),
                min(agents, 1e6), within
            )
        }
    }

    private static func close(_ a: Double?, _ b: Double?, _ tolerance: Double) -> Bool {
        guard let a, let b else { return a == nil && b == nil }
        return abs(a - b) <= tolerance * max(abs(a), abs(b)) || a == b
    }
}
