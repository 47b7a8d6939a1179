import Center
import Experiments
import Foundation
import Probability
import Queueing
import ScenarioReading
import Simulator

/// How often the 95 % intervals of every figure hold the truth, and how far values are off, over many experiments.
///
///     swift run --package-path Benchmarks -c release CoverageBench [--experiments 2000] [--blocks 400]
///         [--truth 100000] [--centers 2,days] [--seed 1] > Benchmarks/Reports/coverage.txt
///
/// from the project's folder.
///
/// For each center and way of reducing variance, experiments of 20 to 300 runs (of whole blocks where runs depend on each
/// other); the truth is the mean of many runs of another seed. Prints a table for each, and what each is asked to keep.
@main
enum CoverageBench {
    static func main() throws {
        var options: [String: String] = [:]
        var words = CommandLine.arguments.dropFirst().makeIterator()
        while let word = words.next() { options[word] = words.next() }
        let experiments = Int(options["--experiments"] ?? "") ?? 2000
        let blocks = Int(options["--blocks"] ?? "") ?? 400
        let truthRuns = Int(options["--truth"] ?? "") ?? 100_000
        let seed = UInt64(options["--seed"] ?? "") ?? 1
        let wanted = options["--centers"]?.split(separator: ",").map(String.init)

        print(
            """
            How often 95 % intervals hold the truth (of \(truthRuns) runs of another seed), and how far values are off.
            *: a fifth of the intervals rest on one run. 0: some have no width. An interval without an upper bound, as a
            percentile's beyond the longest wait seen, says nothing and is not counted: wait_p80 and wait_p95 of lists from
            20 and 40 runs are of few experiments.

            """)
        var all: [Line] = []
        for name in centers {
            if let wanted, !wanted.contains(where: { name.hasSuffix($0) }) { continue }
            let scenario = try read(name)
            let truth = try self.truth(scenario, runs: truthRuns)
            for mode in Mode.all {
                let count = mode.block == 1 ? experiments : blocks
                let lines = try study(scenario, name, mode, truth, experiments: count, seed: seed)
                all += lines
                print(table(lines, "\(name), \(mode.name), \(count) experiments"))
            }
            let goals = Goal.all.filter { $0.center == name }
            if !goals.isEmpty {
                print("\(name), runs until a precision is reached, \(experiments / 2) experiments")
                for goal in goals {
                    print(try stopping(scenario, goal, truth, experiments: experiments / 2, seed: seed))
                }
                print("")
            }
        }
        print(summary(all))
    }

    /// In `Benchmarks/Centers`: teams of four sizes, one queue on skewed days, and one in which hardly anybody waits.
    static let centers = ["team-of-2", "team-of-5", "team-of-10", "team-of-30", "skewed-days", "rare-misses"]

    static func read(_ center: String) throws -> Scenario {
        let reading = ScenarioFile.read(path: "Benchmarks/Centers/\(center).yaml")
        guard let scenario = reading.scenario else {
            throw Unreadable(text: "\(center): " + reading.problems.map(\.message).joined(separator: "; "))
        }
        return scenario
    }

    struct Unreadable: Error { var text: String }

    // MARK: Experiments

    struct Mode {
        var name: String
        var methods: [VarianceReduction.Method]
        var isPlain = false
        var block = 1
        var counts: [Int]

        /// `none` and `auto` are looked at in the same runs.
        static let all = [
            Mode(name: "none and auto", methods: [.controlVariates], counts: [20, 40, 100, 300]),
            Mode(name: "antithetic", methods: [.antithetic], block: 2, counts: [20, 40, 100, 300]),
            Mode(name: "stratified", methods: [.stratified], block: 8, counts: [40, 104, 304]),
            Mode(name: "quasi_random", methods: [.quasiRandom], block: 16, counts: [64, 112, 304]),
            Mode(
                name: "control_variates, antithetic", methods: [.controlVariates, .antithetic], block: 2,
                counts: [100, 300]),
            Mode(
                name: "control_variates, stratified", methods: [.controlVariates, .stratified], block: 8, counts: [400]),
            Mode(
                name: "control_variates, quasi_random", methods: [.controlVariates, .quasiRandom], block: 16,
                counts: [800]),
        ]
    }

    /// A figure's name, and its estimate.
    static func figures(_ results: Results) -> [(String, Estimate?, isDeferred: Bool)] {
        let scenario = results.scenario
        let reported = MetricTypes(scenario)
        var found: [(String, Estimate?, isDeferred: Bool)] = []
        func add(_ name: String, _ scope: Results.Scope, _ type: Int?, isWhole: Bool) {
            let own = type.map { scenario.contactTypes[$0] }
            let isDeferred = own.map { $0.channel.kind == .deferred } ?? false
            if own == nil || own?.target != nil {
                found.append(("\(name) service_level", scope.serviceLevel.estimate(confidence: 0.95), isDeferred))
            }
            if own?.target != nil, isWhole {
                found.append(("\(name) chance_met", scope.chance(confidence: 0.95), isDeferred))
            }
            for metric in Metric.catalogue {
                if metric.name.hasPrefix("service_level") { continue }
                let isReported =
                    type.map { reported.holds(metric.subject, $0) } ?? !reported.together(metric.subject).isEmpty
                guard isReported, isWhole || metric.name != "oldest" else { continue }
                if metric.needsTarget, own?.target == nil { continue }
                let isApart =
                    isDeferred || metric.subject == .deferred || metric.subject == .deferredAtAnyTime
                    || metric.subject == .promised
                found.append(
                    ("\(name) \(metric.name)", scope.tally(metric).estimate(confidence: 0.95), isApart))
            }
        }
        add("all", results.all, nil, isWhole: true)
        for (t, type) in scenario.contactTypes.enumerated() {
            add(type.id, results.types[t], t, isWhole: true)
            for c in results.languageClasses(type: t) where type.origin == nil {
                add("\(type.id).\(results.classes[c].language ?? "")", results.byClass[c], t, isWhole: false)
            }
            for share in [0.5, 0.8, 0.95] {
                let name = "\(type.id) wait_p\(Int(share * 100))"
                found.append((name, results.waitPercentile(share, type: t), type.channel.kind == .deferred))
            }
        }
        for (g, group) in scenario.agentGroups.enumerated() {
            found.append(("\(group.id) occupancy", results.groups[g].occupancy.estimate(confidence: 0.95), false))
        }
        // Half-hours at the opening, at noon and before closing.
        let periods = scenario.horizon.periods.indices.filter { p in
            scenario.contactTypes[0].open.contains {
                $0.start < scenario.horizon.periods[p].end
                    && $0.end > scenario.horizon.periods[p].start
            }
        }
        for p in [periods.first, periods[periods.count / 2], periods.last].compactMap({ $0 }) {
            let clock = scenario.horizon.periods[p].startClock
            for (t, type) in scenario.contactTypes.enumerated() {
                let seen = results.figures(period: p, type: t)
                let isDeferred = type.channel.kind == .deferred
                found.append(("\(type.id) \(clock) service_level", seen.serviceLevel, isDeferred))
                if !isDeferred { found.append(("\(type.id) \(clock) abandonment", seen.abandonment, isDeferred)) }
            }
        }
        return found
    }

    static func truth(_ scenario: Scenario, runs: Int) throws -> [String: Double] {
        var scenario = scenario
        scenario.experiment.replications = runs
        scenario.experiment.seed = 987_654_321
        scenario.experiment.varianceReduction = VarianceReduction([.controlVariates, .antithetic])
        let results = try Experiment(scenario).run()
        return Dictionary(
            uniqueKeysWithValues: figures(results).compactMap { figure in figure.1.map { (figure.0, $0.value) } })
    }

    /// What became of one figure at one number of runs.
    struct Line {
        var center: String
        var mode: String
        var figure: String
        var isDeferred: Bool
        var runs: Int
        var tried = 0
        var covered = 0
        var below = 0
        var flagged = 0
        var bias = 0.0
        var half = 0.0
        var noWidth = 0

        mutating func add(_ estimate: Estimate, _ truth: Double) {
            guard estimate.low.isFinite, estimate.high.isFinite else { return }
            tried += 1
            // Last bits do not make an interval miss.
            let slack = 1e-9 * abs(truth)
            let holds = estimate.low <= truth + slack && truth <= estimate.high + slack
            if holds { covered += 1 } else if truth < estimate.low { below += 1 }
            if estimate.restsOnOne { flagged += 1 }
            bias += estimate.value - truth
            half += estimate.halfWidth
            if estimate.halfWidth == 0 { noWidth += 1 }
        }

        mutating func add(_ other: Line) {
            tried += other.tried
            covered += other.covered
            below += other.below
            flagged += other.flagged
            bias += other.bias
            half += other.half
            noWidth += other.noWidth
        }

        var cover: Double { 100 * Double(covered) / Double(max(tried, 1)) }
        var relativeBias: Double { half > 0 ? bias / half : 0 }
    }

    /// All lines of a center in a way: two names where the same runs are looked at with and without controls.
    static func study(
        _ scenario: Scenario, _ center: String, _ mode: Mode, _ truth: [String: Double], experiments: Int, seed: UInt64
    ) throws -> [Line] {
        let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
        let box = Box(workers)
        let isBoth = mode.name == "none and auto"
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            var lines: [String: Line] = [:]
            var order: [String] = []
            func note(_ results: Results, _ name: String, _ runs: Int) {
                for (figure, estimate, isDeferred) in figures(results) {
                    guard let value = truth[figure] else { continue }
                    let key = "\(name)|\(figure)|\(runs)"
                    if lines[key] == nil {
                        order.append(key)
                        lines[key] = Line(
                            center: center, mode: name, figure: figure, isDeferred: isDeferred, runs: runs)
                    }
                    if let estimate { lines[key]?.add(estimate, value) }
                }
            }
            for experiment in stride(from: worker, to: experiments, by: workers) {
                var own = scenario
                own.experiment.replications = mode.counts.last
                own.experiment.seed = seed &* 1_000_003 &+ UInt64(experiment)
                own.experiment.varianceReduction = VarianceReduction(mode.methods)
                _ = try? Experiment(own, threads: 1).run(lookingAfter: mode.counts) { results in
                    if isBoth {
                        note(results.plain, "none", results.replications)
                        note(results, "auto", results.replications)
                    } else {
                        note(results, mode.name, results.replications)
                    }
                }
            }
            box.set(worker, order.compactMap { lines[$0] })
        }
        var result: [Line] = []
        var place: [String: Int] = [:]
        for line in box.all {
            let key = "\(line.mode)|\(line.figure)|\(line.runs)"
            if let at = place[key] {
                result[at].add(line)
            } else {
                place[key] = result.count
                result.append(line)
            }
        }
        return result
    }

    final class Box: @unchecked Sendable {
        private let lock = NSLock()
        private var parts: [[Line]]
        init(_ count: Int) { parts = [[Line]](repeating: [], count: count) }
        func set(_ i: Int, _ lines: [Line]) { lock.withLock { parts[i] = lines } }
        var all: [Line] { lock.withLock { parts.flatMap { $0 } } }
    }

    // MARK: Stopping

    struct Goal {
        var center: String
        var goal: PrecisionGoal
        var text: String
        var figure: String

        static let all: [Goal] = [
            Goal(
                center: "team-of-2", goal: PrecisionGoal(.serviceLevel, of: .some([0]), within: .absolute(0.02)),
                text: "2 points on service_level of calls", figure: "calls service_level"),
            Goal(
                center: "team-of-2", goal: PrecisionGoal(.serviceLevel, of: .some([2]), within: .absolute(0.04)),
                text: "4 points on service_level of mails", figure: "mails service_level"),
            Goal(
                center: "team-of-2", goal: PrecisionGoal(.asa, of: .some([2]), within: .absolute(240)),
                text: "240s on asa of mails", figure: "mails asa"),
            Goal(
                center: "team-of-5", goal: PrecisionGoal(.abandonment, of: .some([0]), within: .relative(0.1)),
                text: "10% on abandonment of calls", figure: "calls abandonment"),
            Goal(
                center: "team-of-10", goal: PrecisionGoal(.serviceLevel, of: .some([0]), within: .absolute(0.01)),
                text: "1 point on service_level of calls", figure: "calls service_level"),
            Goal(
                center: "team-of-10", goal: PrecisionGoal(.wait80, of: .some([1]), within: .absolute(3)),
                text: "3s on wait_p80 of clinical", figure: "clinical wait_p80"),
            Goal(
                center: "team-of-10", goal: PrecisionGoal(.chanceMet, of: .some([0]), within: .absolute(0.05)),
                text: "5 points on chance_met of calls", figure: "calls chance_met"),
            Goal(
                center: "rare-misses", goal: PrecisionGoal(.serviceLevel, of: .some([0]), within: .absolute(0.0002)),
                text: "0.02 points on service_level", figure: "calls service_level"),
            Goal(
                center: "skewed-days", goal: PrecisionGoal(.serviceLevel, of: .some([0]), within: .absolute(0.01)),
                text: "1 point on service_level", figure: "calls service_level"),
        ]
    }

    static func stopping(
        _ scenario: Scenario, _ goal: Goal, _ truth: [String: Double], experiments: Int, seed: UInt64
    ) throws -> String {
        var line = Line(center: "", mode: "", figure: goal.figure, isDeferred: false, runs: 0)
        var runs = 0
        for experiment in 0..<experiments {
            var own = scenario
            own.experiment.replications = nil
            own.experiment.goals = [goal.goal]
            own.experiment.maximum = 20_000
            own.experiment.seed = seed &* 2_000_003 &+ UInt64(experiment)
            own.experiment.varianceReduction = .auto
            let results = try Experiment(own).run()
            runs += results.replications
            if let found = figures(results).first(where: { $0.0 == goal.figure })?.1, let value = truth[goal.figure] {
                line.add(found, value)
            }
        }
        let name = goal.text.padding(toLength: 40, withPad: " ", startingAt: 0)
        return String(
            format: "%@ %6.1f %% covered, bias %+.2f half-widths, %.0f runs", name, line.cover, line.relativeBias,
            Double(runs) / Double(experiments))
    }

    // MARK: Printing

    static func table(_ lines: [Line], _ title: String) -> String {
        var text = ""
        for mode in unique(lines.map(\.mode)) {
            let own = lines.filter { $0.mode == mode }
            let counts = unique(own.map(\.runs))
            text += "\(title.replacingOccurrences(of: "none and auto", with: mode)): cover %, bias in half-widths\n"
            text += "".padding(toLength: 38, withPad: " ", startingAt: 0)
            for count in counts { text += aligned("\(count) runs") }
            text += "\n"
            for figure in unique(own.map(\.figure)) {
                text += figure.padding(toLength: 38, withPad: " ", startingAt: 0)
                for count in counts {
                    guard let line = own.first(where: { $0.figure == figure && $0.runs == count }), line.tried > 0
                    else {
                        text += aligned("-")
                        continue
                    }
                    let marks = (line.flagged * 5 >= line.tried ? "*" : " ") + (line.noWidth > 0 ? "0" : " ")
                    text += String(format: "%8.1f %+5.2f%@", line.cover, line.relativeBias, marks)
                }
                text += "\n"
            }
            text += "\n"
        }
        return text
    }

    /// To the right of a cell, under which the marks have room.
    static func aligned(_ word: String) -> String {
        String(repeating: " ", count: max(0, 14 - word.count)) + word + "  "
    }

    static func unique<T: Hashable>(_ values: [T]) -> [T] {
        var seen: Set<T> = []
        return values.filter { seen.insert($0).inserted }
    }

    /// What is asked: live figures 93.5 to 96.5 %, lists and promises at least 92 %, bias under a tenth of the half-width;
    /// figures of which a fifth of the intervals are marked as resting on one run are counted apart.
    static func summary(_ lines: [Line]) -> String {
        var text =
            "asked: live figures 93.5 to 96.5 %, lists and promises at least 92 %, bias below 0.1;\n"
        text += "marked: figures of which a fifth of the intervals rest on one run, counted apart\n"
        for mode in unique(lines.map(\.mode)) {
            for runs in unique(lines.filter { $0.mode == mode }.map(\.runs)).sorted() {
                let all = lines.filter { $0.mode == mode && $0.runs == runs && $0.tried > 0 }
                let own = all.filter { 5 * $0.flagged < $0.tried }
                let live = own.filter { !$0.isDeferred }
                let covers = live.map(\.cover)
                let later = own.filter(\.isDeferred).map(\.cover)
                let mean = covers.reduce(0, +) / Double(max(covers.count, 1))
                let name = mode.padding(toLength: 30, withPad: " ", startingAt: 0)
                text += String(
                    format:
                        "%@ %4d runs: live %3d, mean %.1f, %3d below, %3d above; later %3d, %2d below; %2d biased; %2d marked\n",
                    name, runs, live.count, mean, covers.count { $0 < 93.5 }, covers.count { $0 > 96.5 }, later.count,
                    later.count { $0 < 92 }, own.count { abs($0.relativeBias) > 0.1 }, all.count - own.count)
            }
        }
        return text
    }
}
