import Foundation
import Queueing
import TestSupport
import Testing

/// Every row of the reference tables, in every column, within the tolerance the tables state.
///
/// The tables come from multiprecision sums and integrals that share no code with ours.
@Suite("Reference tables")
struct ReferenceTableTests {
    static func table(_ name: String) throws -> ReferenceTable {
        try ReferenceTable(Bundle.module.resourceURL!.appendingPathComponent("Tables/\(name).csv"))
    }

    /// Checks one column and remembers that it was looked at.
    struct Checker {
        let row: ReferenceTable.Row
        var seen: Set<String> = []

        mutating func check(
            _ column: String, _ value: Double?, _ tolerance: Tolerance, _ place: SourceLocation = #_sourceLocation
        ) {
            seen.insert(column)
            guard let reference = row.optional(column) else {
                #expect(value == nil, "\(row.id) \(column): the table has no value", sourceLocation: place)
                return
            }
            guard let value else {
                Issue.record("\(row.id) \(column): no value, expected \(reference)", sourceLocation: place)
                return
            }
            ErrorLedger.current?.note(column, value, reference, tolerance)
            #expect(
                tolerance.accepts(value, reference), "\(row.id) \(column): \(value), expected \(reference)",
                sourceLocation: place)
        }
    }

    @Test("Erlang B")
    func erlangB() throws {
        let table = try Self.table("erlang_b")
        #expect(table.rows.count == 36)
        for row in table.rows {
            var checker = Checker(row: row, seen: ["case_id", "n_lines", "offered_load_erl", "rel_tol"])
            let agents = row.number("n_lines")
            let load = row.number("offered_load_erl")
            let tolerance = Tolerance.relative(row.number("rel_tol"))
            // Below the least double only the logarithm can be compared.
            let blocking = ErlangB.blocking(agents: agents, load: load)
            checker.check("blocking_prob", blocking, tolerance)
            checker.check("ln_blocking_prob", ErlangB.logBlocking(agents: agents, load: load), tolerance)
            let carried = ErlangB.carriedLoad(agents: agents, load: load)
            checker.check("carried_load_erl", carried, tolerance)
            let queue = SingleQueue(arrivalRate: load / 60, handlingTime: 60, room: .none)
            let measures = queue.measures(agents: agents)
            checker.check("occupancy_per_line", measures.occupancy, tolerance)
            checker.check("blocking_prob", measures.blocking, tolerance)
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("Erlang C")
    func erlangC() throws {
        let table = try Self.table("erlang_c")
        #expect(table.rows.count == 30)
        for row in table.rows {
            var checker = Checker(
                row: row, seen: ["case_id", "arrival_rate_per_h", "aht_s", "n_agents", "rel_tol"])
            let queue = SingleQueue(
                arrivalRate: row.number("arrival_rate_per_h") / 3600, handlingTime: row.number("aht_s"))
            let agents = row.number("n_agents")
            let rel = row.number("rel_tol")
            let relative = Tolerance.relative(rel)
            // For ill-conditioned rows (agents barely above the load) probabilities are compared absolutely.
            let probability = rel > 1e-10 ? Tolerance.absolute(rel) : relative
            let level = Tolerance.absolute(max(1e-10, rel))
            let measures = queue.measures(agents: agents)
            let waited = try #require(measures.waitProbability)
            checker.check("offered_load_erl", measures.offeredLoad, relative)
            checker.check("p_wait", waited, probability)
            checker.check("asa_s", measures.meanSpeedOfAnswer, relative)
            checker.check("asa_s", measures.meanWait, relative)
            checker.check("mean_wait_of_delayed_s", try #require(measures.meanWait) / waited, relative)
            checker.check("mean_queue_len", measures.queueMean, relative)
            checker.check("occupancy", measures.occupancy, probability)
            for threshold in [5, 10, 20, 60, 300] {
                let levels = queue.measures(agents: agents, within: Double(threshold)).serviceLevels
                for rule in ServiceLevelRule.allCases where !rule.looksAtShortHangups {
                    checker.check("service_level_\(threshold)s", levels[rule], level)
                }
            }
            checker.check("wait_p80_s", queue.waitQuantile(0.8, agents: agents), relative)
            checker.check("wait_p95_s", queue.waitQuantile(0.95, agents: agents), relative)
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("Erlang A")
    func erlangA() throws {
        let table = try Self.table("erlang_a")
        #expect(table.rows.count == 30)
        for row in table.rows {
            var checker = Checker(
                row: row, seen: ["case_id", "arrival_rate_per_h", "aht_s", "patience_mean_s", "n_agents", "rel_tol"])
            let queue = SingleQueue(
                arrivalRate: row.number("arrival_rate_per_h") / 3600, handlingTime: row.number("aht_s"),
                patience: row.number("patience_mean_s"))
            let agents = row.number("n_agents")
            let relative = Tolerance.relative(row.number("rel_tol"))
            let measures = queue.measures(agents: agents)
            checker.check("offered_load_erl", measures.offeredLoad, relative)
            checker.check("p_wait", measures.waitProbability, relative)
            checker.check("p_abandon", measures.abandonment, relative)
            checker.check("mean_wait_all_s", measures.meanWait, relative)
            checker.check("asa_answered_s", measures.meanSpeedOfAnswer, relative)
            checker.check("mean_wait_abandoned_s", measures.meanWaitAbandoned, relative)
            checker.check("mean_queue_len", measures.queueMean, relative)
            checker.check("occupancy", measures.occupancy, relative)
            for threshold in [20, 60] { Self.checkLevels(&checker, queue, agents, threshold) }
            #expect(measures.blocking == 0)
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("finite lines, with and without patience")
    func blocking() throws {
        let table = try Self.table("blocking")
        #expect(table.rows.count == 15)
        for row in table.rows {
            var checker = Checker(
                row: row,
                seen: ["case_id", "arrival_rate_per_h", "aht_s", "patience_mean_s", "n_agents", "n_lines", "rel_tol"])
            let patience = row.text("patience_mean_s") == "inf" ? .infinity : row.number("patience_mean_s")
            let queue = SingleQueue(
                arrivalRate: row.number("arrival_rate_per_h") / 3600, handlingTime: row.number("aht_s"),
                patience: patience, room: .lines(Int(row.number("n_lines"))))
            let agents = row.number("n_agents")
            let relative = Tolerance.relative(row.number("rel_tol"))
            let measures = queue.measures(agents: agents)
            let admitted = 1 - (try #require(measures.blocking))
            checker.check("offered_load_erl", measures.offeredLoad, relative)
            checker.check("p_block", measures.blocking, relative)
            checker.check("p_wait_offered", measures.waitProbability, relative)
            checker.check("p_abandon_offered", measures.abandonment, relative)
            checker.check("p_abandon_given_admitted", try #require(measures.abandonment) / admitted, relative)
            checker.check("mean_wait_admitted_s", try #require(measures.meanWait) / admitted, relative)
            checker.check("asa_answered_s", measures.meanSpeedOfAnswer, relative)
            checker.check("mean_queue_len", measures.queueMean, relative)
            checker.check("occupancy", measures.occupancy, relative)
            Self.checkLevels(&checker, queue, agents, 20)
            #expect(checker.seen == Set(table.columns))
        }
    }

    static func checkLevels(_ checker: inout Checker, _ queue: SingleQueue, _ agents: Double, _ threshold: Int) {
        let measures = queue.measures(agents: agents, within: Double(threshold))
        let absolute = Tolerance.absolute(1e-10)
        checker.check("sl_a_\(threshold)s", measures.serviceLevels.ofAllOffered, absolute)
        checker.check("sl_b_\(threshold)s", measures.serviceLevels.withoutShortAbandons, absolute)
        checker.check("sl_c_\(threshold)s", measures.serviceLevels.abandonsCountAsMet, absolute)
        checker.check("sl_d_\(threshold)s", measures.serviceLevels.ofAnswered, absolute)
        checker.check("p_wait_gt_\(threshold)s", measures.stillWaiting, absolute)
    }

    @Test(
        "the copies here are the tables of the reference folder",
        .enabled(if: Project.hasShared, "the reference folder is not beside the project"),
        arguments: [
            "erlang_b", "erlang_c", "erlang_a", "blocking", "staffing", "mmn_g", "qed", "busyness", "retrial", "chat",
            "callback", "mphn", "mol", "sipp", "mtmst", "mtmst_days", "published",
        ])
    func copies(name: String) throws {
        let ours = Bundle.module.resourceURL!.appendingPathComponent("Tables/\(name).csv")
        let theirs = Project.shared.appendingPathComponent("validation/\(name).csv")
        #expect(try Data(contentsOf: ours) == Data(contentsOf: theirs))
    }
}
