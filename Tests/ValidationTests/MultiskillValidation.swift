import Foundation
import TestSupport
import Testing

@testable import Center
@testable import Probability
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

        var agentSelect: String

        /// One order of types that every group follows; nil when groups prefer differently.
        var commonOrder: [Int]? {
            guard let longest = groupToType.max(by: { $0.count < $1.count }) else { return nil }
            let agree = groupToType.allSatisfy { order in longest.filter(order.contains) == order }
            return agree ? longest : nil
        }

        func priority(_ type: Int) -> Int {
            guard callSelect == "priority", let place = commonOrder?.firstIndex(of: type) else { return 5 }
            return place + 1
        }

        /// Where agents are asked in an order it is the rank; else all are of one rank.
        func skills(_ group: Int) -> [Skill] {
            lambdaPerH.indices.compactMap { type in
                guard let aht = ahtS[group][type], let rank = typeToGroup[type].firstIndex(of: group) else {
                    return nil
                }
                return Skill(type, rank: agentSelect == "priority" ? rank + 1 : 1, handlingFactor: aht)
            }
        }

        /// Where groups prefer differently, each prefers what it is the first choice for.
        var routing: Routing {
            Routing(
                pickContact: callSelect == "priority" && commonOrder == nil
                    ? .priorityThenRank : .priorityThenLongestWait,
                pickAgent: agentSelect == "random" ? .random : .longestIdle)
        }

        var center: SteadyCenter {
            SteadyCenter(
                // The group's factor carries what differs between groups, so the stream's own mean is one second.
                streams: lambdaPerH.indices.map {
                    .init(
                        rate: lambdaPerH[$0] / 3600, talk: .exponential(Exponential(mean: 1)),
                        patience: .exponential(Exponential(mean: patienceS[$0])), priority: priority($0))
                }, groups: nAgents.indices.map { .init(agents: nAgents[$0], skills: skills($0)) },
                // Where the freed agent goes by priority the table's cap is only a truncation.
                waitingLimit: callSelect == "fcfs" ? queueCap : nil, routing: routing, warmUp: 15 * 300,
                followsContacts: true)
        }
    }

    @Test("Small centers of several skills: every row of the table, by type, in all and by group")
    func smallCenters() async throws {
        let table = try ReferenceTable(try Optimised.table("multiskill.csv"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let cases = try decoder.decode(
            [String: Center].self, from: Data(contentsOf: try Optimised.table("multiskill_cases.json")))
        let names = table.rows.reduce(into: [String]()) { if $0.last != $1.id { $0.append($1.id) } }
        #expect(Set(names) == Set(cases.keys))
        let found = try await Pairs.gathered(names) { i, name in
            let center = try #require(cases[name])
            var wanted: [(row: String, metric: String, exact: Double)] = []
            for row in table.rows where row.id == name {
                let entity = row.text("entity")
                for column in [
                    "p_wait", "p_block", "p_abandon", "mean_wait_admitted_s", "asa_answered_s", "sl_a_20s", "sl_b_20s",
                    "mean_queue_len", "occupancy",
                ] {
                    // Where the waiting room is only a truncation, blocking is a rounding error of the reference.
                    if column == "p_block", center.callSelect != "fcfs" { continue }
                    guard let exact = row.optional(column) else { continue }
                    wanted.append((entity, "\(entity).\(column)", exact))
                }
                for (g, share) in row.text("share_by_group").split(separator: ";").enumerated() {
                    let metric = "\(entity).share_of_group\(g + 1)"
                    if entity != "all" { wanted.append((entity, metric, try #require(Double(share)))) }
                }
            }
            let tallies = center.center.settled(
                wanted.map(\.metric), seed: 500 + UInt64(i), most: SteadyQueues.most)
            var pairs = Pairs()
            for (entity, metric, exact) in wanted {
                pairs.compare(
                    row: "\(name) \(entity)", metric, exact, tallies[metric],
                    grain: metric.hasSuffix("occupancy") ? 200 : 1)
            }
            return pairs
        }
        #expect(found.rows.count == table.rows.count)
        try CheckedAgainst.expect("multiskill", found, atLeast: 300)
    }
}
