import Foundation
import TestSupport
import Testing

@testable import Queueing
@testable import Simulator

/// The engine against exact Markov chains of small multi-skill centers (V and N designs).
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct MultiskillValidation {
    /// A center of `multiskill_cases.json`.
    struct Center: Decodable {
        var lambdaPerH: [Double]
        var ahtS: [[Double?]]
        var patienceS: [Double]
        var nAgents: [Int]
        var typeToGroup: [[Int]]
        var groupToType: [[Int]]
        var callSelect: String
        var queueCap: Int

        /// The order in which the group that serves most types prefers them; all equal when the longest wait decides.
        func priority(_ type: Int) -> Int {
            guard callSelect == "priority", let longest = groupToType.max(by: { $0.count < $1.count }) else {
                return 5
            }
            return (longest.firstIndex(of: type) ?? 0) + 1
        }

        func skills(_ group: Int) -> [Skill] {
            lambdaPerH.indices.compactMap { type in
                guard let aht = ahtS[group][type], let rank = typeToGroup[type].firstIndex(of: group) else {
                    return nil
                }
                return Skill(type, rank: rank + 1, handlingFactor: aht)
            }
        }
    }

    @Test("V and N centers lie inside the simulation's 99 % intervals, by type, in all and by group")
    func smallCenters() throws {
        let table = try ReferenceTable(try Optimised.table("multiskill.csv"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let cases = try decoder.decode(
            [String: Center].self, from: Data(contentsOf: try Optimised.table("multiskill_cases.json")))
        var pairs = Pairs()
        for (i, name) in ["V1", "V2", "N1", "N2", "N3"].enumerated() {
            let center = try #require(cases[name])
            let rate = center.lambdaPerH.reduce(0, +) / 3600
            let system = Stationary(
                types: center.lambdaPerH.indices.map {
                    (
                        center.lambdaPerH[$0] / 3600, center.ahtS.map { $0[0] }, center.patienceS[$0],
                        center.priority($0)
                    )
                },
                groups: center.nAgents.indices.map { (center.nAgents[$0], center.skills($0)) },
                waitingLimit: center.callSelect == "fcfs" ? center.queueCap : nil, warmUp: 20_000,
                length: 4000 / rate, replications: 100, seed: UInt64(500 + i))
            for row in table.rows where row.id == name {
                let entity = row.text("entity")
                for column in [
                    "p_block", "p_abandon", "mean_wait_admitted_s", "asa_answered_s", "sl_a_20s", "sl_b_20s",
                    "mean_queue_len", "occupancy",
                ] {
                    // Where the waiting room is only a truncation, blocking is a rounding error of the reference.
                    if column == "p_block", center.callSelect != "fcfs" { continue }
                    guard let exact = row.optional(column), let estimate = system.estimates["\(entity).\(column)"]
                    else { continue }
                    pairs.compare("\(name) \(entity).\(column)", exact, estimate)
                }
            }
        }
        #expect(pairs.count >= 90)
        print("V and N centers: \(pairs.report)")
        #expect(pairs.areCredible, "\(pairs.report)")
    }
}
