import Foundation
import TestSupport
import Testing

@testable import Queueing
@testable import Simulator

/// The engine against exact Erlang A (M/M/n+M): every metric of ten rows.
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct ErlangAValidation {
    static let cases = ["A01", "A02", "A03", "A05", "A07", "A11", "A12", "A13", "A15", "A17"]

    @Test("Ten Erlang A rows lie inside the simulation's 99 % intervals")
    func tenRows() throws {
        let table = try ReferenceTable(try Optimised.table("erlang_a.csv"))
        let columns = [
            "p_abandon", "sl_a_20s", "sl_b_20s", "sl_c_20s", "sl_d_20s", "asa_answered_s", "mean_wait_all_s",
            "mean_wait_abandoned_s", "mean_queue_len",
        ]
        var pairs = Pairs()
        for (i, row) in table.rows.enumerated() where Self.cases.contains(row.id) {
            let rate = row.number("arrival_rate_per_h") / 3600
            let aht = row.number("aht_s")
            let patience = row.number("patience_mean_s")
            let system = Stationary(
                types: [(rate, [aht], patience, 5)],
                groups: [(Int(row.number("n_agents")), [Skill(0, handlingFactor: aht)])],
                warmUp: 10 * (aht + patience), length: 4000 / rate, replications: 100, seed: UInt64(100 + i))
            for column in columns {
                let estimate = try #require(system.estimates["all.\(column)"])
                pairs.compare("\(row.id) \(column)", row.number(column), estimate)
            }
            pairs.compare(
                "\(row.id) occupancy", row.number("occupancy"), try #require(system.estimates["group1.occupancy"]))
        }
        #expect(pairs.count == 100)
        print("Erlang A: \(pairs.report)")
        #expect(pairs.areCredible, "\(pairs.report)")
    }
}
