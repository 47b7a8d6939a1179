import Foundation
import TestSupport
import Testing

@testable import Center
@testable import Probability
@testable import Queueing
@testable import Simulator

/// The engine against exact Markov chains of callers who call again, chats several at once, and callbacks.
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct WholeCenters {
    private static func exponential(_ mean: Double) -> Distribution { .exponential(Exponential(mean: mean)) }

    /// `columns`: the table's name, the simulation's name.
    private static func compared(
        _ table: String, columns: [(String, String)], seed: UInt64,
        where isMeant: (ReferenceTable.Row) -> Bool = { _ in true },
        center: @escaping @Sendable (ReferenceTable.Row) -> SteadyCenter
    ) async throws -> Pairs {
        try await Pairs.gathered(try SteadyQueues.rows(table).filter(isMeant)) { i, row in
            let center = center(row)
            let tallies = center.settled(columns.map(\.1), seed: seed + UInt64(i), most: 2e7)
            var pairs = Pairs()
            for (column, metric) in columns {
                guard let exact = row.optional(column) else { continue }
                pairs.compare(
                    row: row.id, metric, exact, tallies[metric],
                    grain: metric.hasSuffix("occupancy") ? center.streams[0].talk.mean : 1)
            }
            return pairs
        }
    }

    @Test("Callers who call again after hanging up or finding all lines taken: every row of the table")
    func retrial() async throws {
        let pairs = try await Self.compared(
            "retrial",
            columns: [
                ("p_block_attempt", "all.p_block"), ("p_wait_attempt", "all.p_wait"),
                ("p_abandon_attempt", "all.p_abandon"), ("mean_queue_len", "all.mean_queue_len"),
                ("occupancy", "all.occupancy"), ("sl_a_20s_attempt", "all.sl_a_20s"),
                ("mean_attempts_per_caller", "all.mean_attempts"),
            ], seed: 700
        ) { row in
            let patience = row.optional("patience_mean_s").map(Self.exponential)
            var center = SteadyQueues.center(
                row, rate: "primary_rate_per_h", talk: Self.exponential(row.number("aht_s")), patience: patience,
                thresholds: [0, 20])
            let redial = Redial(
                share: row.number("p_redial_after_abandon"), whenBlocked: row.number("p_redial_after_block"),
                delay: Self.exponential(row.number("redial_delay_mean_s")), atMost: 1_000_000)
            center.warmUp += 20 * row.number("redial_delay_mean_s")
            let lines = Int(row.number("n_lines"))
            center.adapted = { scenario in
                for t in scenario.contactTypes.indices {
                    scenario.contactTypes[t].redial = redial
                    scenario.contactTypes[t].channel.lines = lines
                }
            }
            return center
        }
        try CheckedAgainst.expect("retrial", pairs, atLeast: 45)
    }

    @Test("Chats several at once, to the least or the most loaded agent: every row of the table")
    func chat() async throws {
        let pairs = try await Self.compared(
            "chat",
            columns: [
                ("p_wait", "all.p_wait"), ("p_abandon", "all.p_abandon"), ("mean_wait_all_s", "all.mean_wait_all_s"),
                ("asa_answered_s", "all.asa_answered_s"), ("sl_a_60s", "all.sl_a_60s"),
                ("mean_queue_len", "all.mean_queue_len"), ("mean_chat_duration_s", "all.mean_talk_s"),
                ("p_agent_idle", "all.p_idle"),
            ], seed: 720
        ) { row in
            let most = Int(row.number("max_concurrent"))
            let means = (1...most).map { row.number("chat_mean_s_at_\($0)") }
            var center = SteadyQueues.center(
                row, rate: "chat_rate_per_h", talk: Self.exponential(means[0]),
                patience: Self.exponential(row.number("patience_mean_s")), thresholds: [0, 60])
            center.warmUp = 15 * (means.last! + row.number("patience_mean_s"))
            let channel = Channel(
                "chat", paces: means.map { $0 / means[0] }, loading: Channel.Loading(rawValue: row.text("routing"))!)
            center.adapted = { scenario in
                for t in scenario.contactTypes.indices { scenario.contactTypes[t].channel = channel }
            }
            return center
        }
        try CheckedAgainst.expect("chat", pairs, atLeast: 70)
    }

    @Test("Callbacks, made when nobody waits and enough agents are idle: every row of the table")
    func callback() async throws {
        let pairs = try await Self.compared(
            "callback",
            columns: [
                ("p_wait_offered_callback", "all.p_wait"), ("p_abandon", "all.p_abandon"),
                ("p_callback", "all.p_callback"), ("mean_callback_delay_s", "others.asa_answered_s"),
                ("mean_callback_backlog", "others.mean_queue_len"), ("mean_queue_len", "all.mean_queue_len"),
                ("occupancy", "all.occupancy"), ("sl_a_20s_online", "all.sl_online_20s"),
            ], seed: 740
        ) { row in
            var center = SteadyQueues.center(
                row, rate: "call_rate_per_h", talk: Self.exponential(row.number("aht_s")),
                patience: Self.exponential(row.number("patience_mean_s")), thresholds: [0, 20])
            center.warmUp += 30 * row.number("mean_callback_delay_s")
            let accepted = row.number("p_accept_callback")
            let reserve = Int(row.number("idle_reserve"))
            center.adapted = { scenario in
                let calls = scenario.contactTypes
                for (t, call) in calls.enumerated() {
                    scenario.contactTypes[t].callback = Callback(
                        offerAfter: 0, accepted: accepted, contactType: calls.count + t)
                    scenario.contactTypes.append(
                        ContactType(
                            id: "callback\(t)", channel: .callback, open: call.open, arrivals: [], talk: call.talk,
                            idleReserve: reserve, origin: .init(.callback, of: t)))
                    scenario.agentGroups[0].skills.append(Skill(calls.count + t))
                }
            }
            return center
        }
        try CheckedAgainst.expect("callback", pairs, atLeast: 35)
    }

    @Test("Some leave at once who would have to wait: the rows of M/M/n+G in which they do, by the setting")
    func balking() async throws {
        let names = ["p_wait", "p_abandon", "mean_wait_all_s", "asa_answered_s", "mean_queue_len", "occupancy"]
        let pairs = try await Self.compared(
            "mmn_g", columns: names.map { ($0, $0 == "p_wait" ? "all.p_wait" : "all.\($0)") }, seed: 780,
            where: { $0.text("patience").hasPrefix("balkexp") }
        ) { row in
            let numbers = row.text("patience").split(separator: ":").dropFirst().compactMap { Double($0) }
            var center = SteadyQueues.center(
                row, talk: Self.exponential(row.number("aht_s")), patience: Self.exponential(numbers[1]),
                thresholds: [0, 20])
            center.adapted = { scenario in
                for t in scenario.contactTypes.indices {
                    scenario.contactTypes[t].balking = Balking(share: numbers[0])
                }
            }
            return center
        }
        #expect(pairs.count >= 6 && pairs.areCredible, "\(pairs.report)")
    }
}
