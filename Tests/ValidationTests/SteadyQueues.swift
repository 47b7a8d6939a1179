import Foundation
import TestSupport
import Testing

@testable import Center
@testable import Probability
@testable import Queueing
@testable import Simulator

/// The engine against tables of single queues in the steady state: every row, every figure that can be seen.
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct SteadyQueues {
    /// The most contacts that a row may take; what is not reached then is told.
    static let most = 4e7

    static func rows(_ table: String) throws -> [ReferenceTable.Row] {
        try ReferenceTable(try Optimised.table("\(table).csv")).rows
    }

    /// A queue of a table's row with its `talk` and `patience`.
    static func center(
        _ row: ReferenceTable.Row, rate column: String = "arrival_rate_per_h", talk: Distribution,
        patience: Distribution?, longestPatience: Double? = nil, thresholds: [Double], waitingLimit: Int? = nil
    ) -> SteadyCenter {
        let rate = row.number(column) / 3600
        let agents = row.number("n_agents")
        let load = rate * talk.mean
        // How long the queue remembers: until patience ends, or, where that is long and agents suffice, as long as the
        // queue without patience does (Morse 1955).
        let root = 1 - (load / agents).squareRoot()
        let unlimited = load < agents ? talk.mean / (agents * root * root) : .infinity
        let memory = max(
            talk.mean * max(1, talk.spread), min(longestPatience ?? patience?.mean ?? .infinity, unlimited))
        return SteadyCenter(
            streams: [.init(rate: rate, talk: talk, patience: patience)],
            groups: [.init(agents: Int(agents), skills: [Skill(0)])], thresholds: thresholds,
            waitingLimit: waitingLimit, warmUp: 15 * memory)
    }

    /// `columns` are the table's; `names` says how the simulation calls those that it calls otherwise.
    static func compared(
        _ table: String, columns: [String], names: [String: String] = [:], seed: UInt64, most: Double = most,
        center: @escaping @Sendable (ReferenceTable.Row) -> SteadyCenter
    ) async throws -> Pairs {
        let found = try await Pairs.gathered(try rows(table)) { i, row in
            let center = center(row)
            let metrics = columns.map { "all.\(names[$0] ?? $0)" }
            let tallies = center.settled(metrics, seed: seed + UInt64(i), most: most)
            var pairs = Pairs()
            for (column, metric) in zip(columns, metrics) {
                guard let exact = row.optional(column) else { continue }
                let grain = column == "occupancy" ? center.streams[0].talk.mean : 1
                pairs.compare(row: row.id, metric, exact, tallies[metric], grain: grain)
            }
            return pairs
        }
        return found
    }

    static func levels(_ threshold: Int) -> [String] {
        ["sl_a", "sl_b", "sl_c", "sl_d", "p_wait_gt"].map { "\($0)_\(threshold)s" }
    }

    @Test("Erlang A: every row of the table")
    func erlangA() async throws {
        let pairs = try await Self.compared(
            "erlang_a",
            columns: [
                "p_wait", "p_abandon", "mean_wait_all_s", "asa_answered_s", "mean_wait_abandoned_s",
                "mean_queue_len", "occupancy",
            ] + Self.levels(20) + Self.levels(60), seed: 100
        ) { row in
            Self.center(
                row, talk: .exponential(Exponential(mean: row.number("aht_s"))),
                patience: .exponential(Exponential(mean: row.number("patience_mean_s"))), thresholds: [0, 20, 60])
        }
        try CheckedAgainst.expect("erlang_a", pairs, atLeast: 480)
    }

    @Test("M/M/n+G: every row of the table")
    func generalPatience() async throws {
        let pairs = try await Self.compared(
            "mmn_g",
            columns: [
                "p_wait", "p_abandon", "mean_wait_all_s", "asa_answered_s", "mean_wait_abandoned_s",
                "mean_queue_len", "occupancy",
            ] + Self.levels(20) + Self.levels(60), seed: 200
        ) { row in
            let patience = Self.law(row.text("patience"))
            return Self.center(
                row, talk: .exponential(Exponential(mean: row.number("aht_s"))), patience: patience,
                // Of a mixture, the most patient remember longest.
                longestPatience: patience.mean * max(1, patience.spread), thresholds: [0, 20, 60])
        }
        try CheckedAgainst.expect("mmn_g", pairs, atLeast: 330)
    }

    @Test("Finite lines: every row of the table")
    func blocking() async throws {
        let pairs = try await Self.compared(
            "blocking",
            columns: [
                "p_block", "p_wait_offered", "p_abandon_offered", "p_abandon_given_admitted", "mean_wait_admitted_s",
                "asa_answered_s", "mean_queue_len", "occupancy",
            ] + Self.levels(20),
            names: ["p_wait_offered": "p_wait", "p_abandon_offered": "p_abandon"], seed: 300
        ) { row in
            let patience = row.text("patience_mean_s")
            let mean = row.number("aht_s")
            let room = Int(row.number("n_lines") - row.number("n_agents"))
            return Self.center(
                row, talk: .exponential(Exponential(mean: mean)),
                patience: patience == "inf" ? nil : .exponential(Exponential(mean: row.number("patience_mean_s"))),
                // With few lines nothing is remembered longer than it takes to empty them.
                longestPatience: patience == "inf" ? mean * (1 + Double(room) / row.number("n_agents")) : nil,
                thresholds: [0, 20], waitingLimit: room)
        }
        try CheckedAgainst.expect("blocking", pairs, atLeast: 170)
    }

    @Test("Handle times of phases: every row of the table")
    func phases() async throws {
        let pairs = try await Self.compared(
            "mphn",
            columns: [
                "p_wait", "p_abandon", "mean_wait_all_s", "asa_answered_s", "mean_queue_len", "occupancy", "sl_a_20s",
                "sl_b_20s",
            ],
            // A gamma quantile takes as long as ten contacts.
            seed: 400, most: Self.most / 4
        ) { row in
            let patience = row.text("patience_mean_s")
            return Self.center(
                row, talk: Self.law(row.text("service")),
                patience: patience == "inf" ? nil : .exponential(Exponential(mean: row.number("patience_mean_s"))),
                thresholds: [0, 20])
        }
        try CheckedAgainst.expect("mphn", pairs, atLeast: 75)
    }

    /// `exp:mean`, `det:D`, `unif:lo:hi`, `gamma:shape:mean`, `h2:p:mean1:mean2`, `logn:mean:cv`, `weib:shape:scale`,
    /// `balkexp:p0:mean`, `e2:mean`.
    static func law(_ text: String) -> Distribution {
        let parts = text.split(separator: ":")
        let numbers = parts.dropFirst().compactMap { Double($0) }
        switch parts[0] {
        case "exp": return .exponential(Exponential(mean: numbers[0]))
        case "det": return .fixed(Fixed(numbers[0]))
        case "unif": return .uniform(Uniform(numbers[0], numbers[1]))
        case "gamma": return .gamma(Gamma(shape: numbers[0], mean: numbers[1]))
        case "e2": return .gamma(Gamma(shape: 2, mean: numbers[0]))
        case "h2":
            return .hyperexponential(
                Hyperexponential([
                    .init(share: numbers[0], mean: numbers[1]), .init(share: 1 - numbers[0], mean: numbers[2]),
                ]))
        case "logn": return .lognormal(Lognormal(mean: numbers[0], spread: numbers[1]))
        case "weib": return .weibull(Weibull(shape: numbers[0], scale: numbers[1]))
        case "balkexp":
            return .hyperexponential(
                Hyperexponential([
                    .init(share: numbers[0], mean: 0), .init(share: 1 - numbers[0], mean: numbers[1]),
                ]))
        default: fatalError("unknown law \(text)")
        }
    }
}
