import Foundation
import Testing

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
        let experiments = 400
        var covered = [String: Int]()
        for experiment in 0..<experiments {
            let system = Stationary(
                types: [(rate, [180], 300, 5)], groups: [(12, [Skill(0, handlingFactor: 180)])], warmUp: 5000,
                length: 400 / rate, replications: 25, seed: UInt64(10_000 + experiment), confidence: 0.95)
            for (name, truth) in truths {
                let estimate = try #require(system.estimates[name])
                if truth >= estimate.low, truth <= estimate.high { covered[name, default: 0] += 1 }
            }
        }
        for (name, _) in truths {
            let share = Double(covered[name] ?? 0) / Double(experiments)
            #expect(share >= 0.92 && share <= 0.98, "\(name) was covered in \(share * 100) %")
        }
    }
}
