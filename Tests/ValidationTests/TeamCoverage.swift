import Foundation
import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Queueing
@testable import ScenarioReading
@testable import Simulator

/// Whether intervals cover for teams of 2 and 10 with everything in them (absences, transfers, a list, promised calls) from 20
/// runs on, and under the stopping rule. `Benchmarks/Reports/coverage.txt` has every figure; here they are taken together.
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct TeamCoverage {
    static func scenario(_ center: String) throws -> Scenario {
        let path = Project.root.appendingPathComponent("Benchmarks/Centers/\(center).yaml").path
        return try #require(ScenarioFile.read(path: path).scenario)
    }

    /// Figures of the live types, and of the list and the promised calls.
    static func figures(_ results: Results) -> (live: [RatioSample], later: [RatioSample]) {
        let (calls, clinical, mails) = (results.types[0], results.types[1], results.types[2])
        let live =
            [calls, clinical, results.byClass[0], results.byClass[1]].flatMap { scope in
                [scope.serviceLevel, scope.tally(.asa), scope.tally(.abandonment), scope.tally(.handlingTime)]
            } + [results.all.serviceLevel, results.all.tally(.abandonment), results.groups[0].occupancy]
        let later = [
            mails.serviceLevel, mails.tally(.asa), mails.tally(.turnaround), mails.tally(.overdueShare),
            results.types[3].tally(.asa),
        ]
        return (live, later)
    }

    static func truth(_ scenario: Scenario) throws -> (live: [Double], later: [Double]) {
        var scenario = scenario
        scenario.experiment.replications = 60_000
        scenario.experiment.seed = 4_242_424
        scenario.experiment.varianceReduction = VarianceReduction([.controlVariates, .antithetic])
        let figures = figures(try Experiment(scenario).run())
        return (figures.live.map { $0.value ?? .nan }, figures.later.map { $0.value ?? .nan })
    }

    struct Tally {
        var tried = 0
        var covered = 0
        /// By figure: how far values are off, and half-widths.
        private var bias: [Double] = []
        private var half: [Double] = []
        var cover: Double { 100 * Double(covered) / Double(max(tried, 1)) }
        /// Mean error ÷ mean half-width of the figure for which it is largest.
        var worstBias: Double { zip(bias, half).map { abs($0 / max($1, 1e-12)) }.max() ?? 0 }

        mutating func add(_ samples: [RatioSample], _ truths: [Double]) {
            if bias.isEmpty { (bias, half) = (samples.map { _ in 0 }, samples.map { _ in 0 }) }
            for (i, (sample, truth)) in zip(samples, truths).enumerated() {
                guard let seen = sample.estimate(confidence: 0.95), seen.halfWidth.isFinite else { continue }
                tried += 1
                if seen.low <= truth, truth <= seen.high { covered += 1 }
                bias[i] += seen.value - truth
                half[i] += seen.halfWidth
            }
        }
    }

    @Test("with and without controls, from 20, 40 and 100 runs", arguments: ["team-of-2", "team-of-10"])
    func runs(_ center: String) throws {
        var scenario = try Self.scenario(center)
        let truth = try Self.truth(scenario)
        scenario.experiment.replications = 100
        scenario.experiment.varianceReduction = .auto
        var live: [String: Tally] = [:]
        var later: [String: Tally] = [:]
        for experiment in 0..<500 {
            scenario.experiment.seed = 700_000 + UInt64(experiment)
            _ = try Experiment(scenario, threads: 1).run(lookingAfter: [20, 40, 100]) { results in
                for (name, seen) in [("auto", results), ("none", results.plain)] {
                    let figures = Self.figures(seen)
                    let key = "\(name), \(results.replications) runs"
                    live[key, default: Tally()].add(figures.live, truth.live)
                    later[key, default: Tally()].add(figures.later, truth.later)
                }
            }
        }
        for key in live.keys.sorted() {
            guard let a = live[key], let b = later[key] else { continue }
            let biases = [a.worstBias, b.worstBias]
            print("\(center), \(key): live \(a.cover) %, later \(b.cover) %, bias \(biases)")
            #expect(a.cover >= 93.5 && a.cover <= 97, "\(center), \(key): live figures were covered in \(a.cover) %")
            #expect(b.cover >= 91.5, "\(center), \(key): lists and promises were covered in \(b.cover) %")
            // Half a tenth is what 500 experiments leave to chance.
            for bias in biases { #expect(bias < 0.15, "\(center), \(key): off by \(bias) half-widths") }
        }
    }

    @Test("when a run stops at a precision")
    func stopping() throws {
        var scenario = try Self.scenario("team-of-2")
        let truth = try Self.truth(scenario)
        scenario.experiment.maximum = 20_000
        scenario.experiment.varianceReduction = .auto
        let goals = [
            (PrecisionGoal(.serviceLevel, of: .some([0]), within: .absolute(0.02)), truth.live[0], 0),
            (PrecisionGoal(.abandonment, of: .some([1]), within: .relative(0.15)), truth.live[6], 1),
            (PrecisionGoal(.serviceLevel, of: .some([2]), within: .absolute(0.04)), truth.later[0], 2),
            (PrecisionGoal(.asa, of: .some([2]), within: .absolute(240)), truth.later[1], 2),
        ]
        for (goal, truth, type) in goals {
            scenario.experiment.goals = [goal]
            var covered = 0
            var bias = 0.0
            let experiments = 500
            for experiment in 0..<experiments {
                scenario.experiment.seed = 900_000 + UInt64(experiment)
                let results = try Experiment(scenario).run()
                #expect(results.stopReason == .precision)
                let seen = try #require(results.estimate(goal.figure, of: .one(type)))
                #expect(seen.reach <= goal.goal(around: seen.value))
                if seen.low <= truth, truth <= seen.high { covered += 1 }
                bias += (seen.value - truth) / seen.halfWidth
            }
            let cover = 100 * Double(covered) / Double(experiments)
            print("stopping, \(goal.figure.rawValue) of \(type): \(cover) %, bias \(bias / Double(experiments))")
            // One standard error of 500 draws is a point.
            #expect(cover >= (type == 2 ? 91 : 92.5), "\(goal.figure.rawValue) of \(type): covered in \(cover) %")
            #expect(abs(bias / Double(experiments)) < 0.2)
        }
    }
}
