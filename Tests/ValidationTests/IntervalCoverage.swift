import Foundation
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Queueing
@testable import Simulator
@testable import Tabular

/// Whether 95 % intervals of every kind cover the truth in 92 to 98 of 100 independent experiments, on a queue whose
/// exact values are known (Erlang A).
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct IntervalCoverage {
    static let queue = SingleQueue(arrivalRate: 200.0 / 3600, handlingTime: 180, patience: 300)
    static let agents = 10
    static let within = 20.0

    /// Truths by name.
    static func exact() throws -> [(name: String, value: Double)] {
        let measures = queue.measures(agents: Double(agents), within: within)
        return [
            ("service level", try #require(measures.serviceLevels.ofAllOffered)),
            ("average wait", try #require(measures.meanSpeedOfAnswer)),
            ("hang-ups", try #require(measures.abandonment)), ("occupancy", try #require(measures.occupancy)),
        ]
    }

    /// The wait that a share of the answered stay within, by bisection of the exact distribution.
    static func exactPercentile(_ share: Double) throws -> Double {
        var low = 0.0
        var high = 3600.0
        for _ in 0..<60 {
            let middle = (low + high) / 2
            let seen = try #require(
                queue.measures(agents: Double(agents), within: middle).serviceLevels.ofAnswered)
            if seen < share { low = middle } else { high = middle }
        }
        return high
    }

    /// A run of about 200 contacts from the settled queue.
    static func shortRuns() -> Scenario {
        var horizon = Horizon.plain(step: 1, count: 3)
        for (p, bounds) in [(0.0, 5000.0), (5000.0, 8600.0), (8600.0, 1e9)].enumerated() {
            horizon.periods[p].start = bounds.0
            horizon.periods[p].end = bounds.1
        }
        horizon.days[0].end = 1e9
        return scenario(horizon, arrivalsUntil: 8600)
    }

    static func scenario(_ horizon: Horizon, arrivalsUntil end: Double) -> Scenario {
        let type = ContactType(
            id: "calls", open: [TimeSpan(0, end)],
            arrivals: [ArrivalTimeSpan(TimeSpan(0, end), contacts: queue.arrivalRate * end)],
            talk: .exponential(Exponential(mean: queue.handlingTime)),
            patience: .exponential(Exponential(mean: queue.patience)),
            target: ServiceTarget(share: 0.6, within: within))
        let group = AgentGroup(
            id: "agents", skills: [Skill(0)],
            staffing: .curve([StaffingTimeSpan(TimeSpan(0, horizon.length), agents: Double(agents))]))
        return Scenario(
            id: "coverage", name: "Coverage", horizon: horizon, contactTypes: [type], agentGroups: [group])
    }

    /// What one run of the settled queue saw.
    struct Seen {
        /// In the order of `exact()`.
        var pairs: [(x: Double, y: Double)]
        var waits: [UInt64]
        var isMet: Bool
    }

    static func runs(_ count: Int, seed: UInt64) -> [Seen] {
        let plan = Blueprint(shortRuns())
        var replication = Replication(plan, seed: seed)
        let size = WaitHistogram.bucketCount
        return (0..<count).map { number in
            replication.play(number)
            var counts = Counts()
            for k in 0..<Observations.Contact.count {
                counts.columns[k] = replication.seen.contacts[Observations.Contact.count + k]
            }
            let group = Observations.Group.count
            let busy = replication.seen.groups[group + Observations.Group.busy.rawValue]
            let present = replication.seen.groups[group + Observations.Group.present.rawValue]
            let first = Int(plan.histogram[1]) * size
            let waits = (0..<size).map { UInt64(replication.waitsByPeriod[first + $0]) }
            replication.waitsByPeriod.fill(0)
            return Seen(
                pairs: [
                    (counts.answeredInTime, counts.offered), (counts.waitOfAnswered, counts.answered),
                    (counts.abandoned, counts.offered), (busy, present),
                ], waits: waits, isMet: counts.answeredInTime >= 0.6 * counts.offered)
        }
    }

    /// How often each kind of interval covered.
    struct Tally {
        private var covered: [String: Int] = [:]
        private var tried: [String: Int] = [:]
        private var order: [String] = []

        mutating func add(_ name: String, _ truth: Double, _ estimate: Estimate?) {
            guard let estimate else { return }
            if tried[name] == nil { order.append(name) }
            tried[name, default: 0] += 1
            if truth >= estimate.low, truth <= estimate.high { covered[name, default: 0] += 1 }
        }

        func share(_ name: String) -> Double { Double(covered[name] ?? 0) / Double(max(1, tried[name] ?? 0)) }

        /// Prints the table, and expects what must hold of the names with this prefix.
        func check(_ prefix: String = "") {
            for name in order {
                print("coverage  \(name): \((share(name) * 1000).rounded() / 10) % of \(tried[name] ?? 0)")
                guard name.hasPrefix(prefix) else { continue }
                #expect(share(name) >= 0.92 && share(name) <= 0.98, "\(name) was covered in \(share(name) * 100) %")
            }
        }
    }

    @Test("ratios from 5 to 40 runs")
    func ratios() throws {
        let exact = try Self.exact()
        var tally = Tally()
        let experiments = 1000
        let runs = Self.runs(experiments * 40, seed: 21)
        for count in [5, 8, 12, 20, 30, 40] {
            for experiment in 0..<experiments {
                for (k, truth) in exact.enumerated() {
                    var seen = RatioTally()
                    for run in runs[(experiment * 40)..<(experiment * 40 + count)] {
                        seen.add(run.pairs[k].x, over: run.pairs[k].y)
                    }
                    tally.add("\(count) runs, \(truth.name)", truth.value, seen.estimate(confidence: 0.95))
                }
            }
        }
        tally.check()
    }

    @Test("wait percentiles from 12, 25 and 100 runs")
    func percentiles() throws {
        var tally = Tally()
        let runs = Self.runs(40_000, seed: 22)
        for share in [0.5, 0.8, 0.95] {
            let truth = try Self.exactPercentile(share)
            for (count, experiments) in [(12, 400), (25, 400), (100, 400)] {
                for experiment in 0..<experiments {
                    var sections = WaitSections(rowCount: 1)
                    for run in runs[(experiment * count)..<((experiment + 1) * count)] {
                        run.waits.withUnsafeBufferPointer { sections.add($0.baseAddress!) }
                    }
                    tally.add(
                        "wait percentile \(share), \(count) runs", truth,
                        sections.estimate(share, rows: [0], confidence: 0.95))
                }
            }
        }
        tally.check()
    }

    @Test("the chance that a run meets its target, by Wilson's interval from 50 runs")
    func chance() {
        let truthRuns = Self.runs(60_000, seed: 23)
        let truth = Double(truthRuns.count(where: \.isMet)) / Double(truthRuns.count)
        var tally = Tally()
        let runs = Self.runs(50_000, seed: 24)
        for experiment in 0..<1000 {
            let met = runs[(experiment * 50)..<((experiment + 1) * 50)].count(where: \.isMet)
            tally.add("chance met, 50 runs", truth, Wilson.estimate(hits: met, trials: 50, confidence: 0.95))
        }
        print("coverage  the chance itself: \(truth)")
        tally.check()
    }

    @Test("long runs: MSER-5 and batch means, from an empty center")
    func longRuns() throws {
        let exact = try Self.exact()
        let percentile = try Self.exactPercentile(0.8)
        var scenario = Self.scenario(.plain(step: 3600, count: 2), arrivalsUntil: 7200)
        var tally = Tally()
        var failures: [String: Int] = [:]
        var batches: [Int: Int] = [:]
        let experiments = 400
        for experiment in 0..<experiments {
            scenario.experiment = ExperimentSettings(
                goals: [], seed: UInt64(50_000 + experiment),
                longRun: ExperimentSettings.LongRun(length: 200 * 7200))
            let results = try Experiment(scenario).run()
            let outcome = try #require(results.longRun)
            if let failure = outcome.failure { failures[failure.rawValue, default: 0] += 1 }
            batches[outcome.batchCount, default: 0] += 1
            let scope = results.types[0]
            let seen = [
                scope.serviceLevel.estimate(confidence: 0.95), scope.tally(.asa).estimate(confidence: 0.95),
                scope.tally(.abandonment).estimate(confidence: 0.95),
                results.groups[0].occupancy.estimate(confidence: 0.95),
            ]
            for (truth, figure) in zip(exact, seen) { tally.add("long run, \(truth.name)", truth.value, figure) }
            tally.add("long run, wait percentile 0.8", percentile, results.waitPercentile(0.8, type: 0))
        }
        print("coverage  long runs that said they failed: \(failures), batches: \(batches)")
        tally.check()
        #expect(failures.values.reduce(0, +) <= experiments / 20)
    }
}
