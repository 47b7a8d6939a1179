import Foundation
import Testing

@testable import Center
@testable import Probability
@testable import Queueing
@testable import Simulator

/// Whether a 95 % interval covers the truth in 95 of 100 independent experiments.
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct CoverageValidation {
    /// A day that has an exact answer in the long run of days: constant rates, M/M/n+M from the steady state on.
    @Test("95 % intervals cover the exact value in 92 to 98 % of 400 experiments")
    func coverage() throws {
        let rate = 200.0 / 3600
        let exact = SingleQueue(arrivalRate: rate, handlingTime: 180, patience: 300).measures(agents: 12, within: 20)
        let truths = [
            ("all.p_abandon", try #require(exact.abandonment)),
            ("all.sl_a_20s", try #require(exact.serviceLevels.ofAllOffered)),
            ("all.asa_answered_s", try #require(exact.meanSpeedOfAnswer)), ("all.mean_queue_len", exact.queueMean),
            ("group1.occupancy", try #require(exact.occupancy)),
        ]
        let center = SteadyCenter(
            streams: [
                .init(
                    rate: rate, talk: .exponential(Exponential(mean: 180)),
                    patience: .exponential(Exponential(mean: 300)))
            ], groups: [.init(agents: 12, skills: [Skill(0)])], thresholds: [20], warmUp: 5000)
        let experiments = 400
        var covered = [String: Int]()
        for experiment in 0..<experiments {
            let tallies = center.measured(
                length: 400 / rate, replications: 25, seed: UInt64(10_000 + experiment))
            for (name, truth) in truths {
                let estimate = try #require(tallies[name]?.estimate(confidence: 0.95))
                if truth >= estimate.low, truth <= estimate.high { covered[name, default: 0] += 1 }
            }
        }
        for (name, _) in truths {
            let share = Double(covered[name] ?? 0) / Double(experiments)
            #expect(share >= 0.92 && share <= 0.98, "\(name) was covered in \(share * 100) %")
        }
    }
}
