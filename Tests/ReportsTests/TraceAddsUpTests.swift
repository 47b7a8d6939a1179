import Foundation
import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Documents
@testable import Reports
@testable import ScenarioReading
@testable import Simulator

/// The rows of `contacts.csv.gz`, added up as a user of the file would, are the tables of the same run.
@Suite("The trace adds up to the tables")
struct TraceAddsUpTests {
    /// What the rows of one contact type, or of one in a language or an interval, add up to.
    struct Sums {
        var offered = 0.0
        var redials = 0.0
        var repeats = 0.0
        var transfersIn = 0.0
        var transfersOut = 0.0
        var answered = 0.0
        var abandoned = 0.0
        var shortAbandoned = 0.0
        var turnedAway = 0.0
        var callbacks = 0.0
        var leftOut = 0.0
        var answeredInTime = 0.0
        var abandonedInTime = 0.0
        var wait = 0.0
        var talk = 0.0
        var hold = 0.0
        var wrapUp = 0.0
        var waiting = 0.0
        var overdue = 0.0
        var undecided = 0.0
    }

    struct Row {
        var type: Int
        var language: String
        var period: Int
        var cells: [String: Substring]
        var outcome: Substring { cells["outcome"] ?? "" }
        func number(_ name: String) -> Double { Double(cells[name] ?? "") ?? 0 }
        /// The second, third call of the same caller.
        var isAgain: Bool { cells["contact_id"]?.contains(".") == true }
        /// By what it was brought about: a letter, or nothing.
        var cause: Character? {
            guard let id = cells["contact_id"], id.contains("/") else { return nil }
            return id.prefix { $0 != "." }.last
        }
    }

    static func rows(_ text: String, _ scenario: Scenario) -> [Row] {
        let format = ISO8601DateFormatter()
        var hours: [Substring: Double] = [:]
        /// Seconds since 1970 of an instant such as 2026-01-12T08:03:12.345-05:00. Foundation reads each hour once: it
        /// takes longer for an instant than the engine for a contact.
        func seconds(_ text: Substring) -> Double {
            let hour = text.prefix(13)
            let clock = text.dropFirst(14).prefix { $0.isNumber || $0 == ":" || $0 == "." }
            let zone = text.dropFirst(14 + clock.count)
            let parts = clock.split(separator: ":").map { Double($0) ?? .nan }
            let start = hours[hour + zone] ?? format.date(from: "\(hour):00:00\(zone)")?.timeIntervalSince1970 ?? .nan
            hours[hour + zone] = start
            return start + 60 * (parts.first ?? .nan) + (parts.last ?? .nan)
        }
        let starts = scenario.horizon.periods.map {
            format.date(from: scenario.horizon.instant($0))?.timeIntervalSince1970 ?? 0
        }
        let types = Dictionary(uniqueKeysWithValues: scenario.contactTypes.enumerated().map { ($1.id, $0) })
        var lines = text.split(separator: "\n")[...]
        let names = lines.removeFirst().split(separator: ",").map(String.init)
        return lines.map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let row = Dictionary(uniqueKeysWithValues: zip(names, cells))
            let at = seconds(row["offered_at"] ?? "")
            #expect(at.isFinite, "\(line)")
            // The period that began last.
            var (period, end) = (0, starts.count)
            while end - period > 1 {
                let middle = (period + end) / 2
                if starts[middle] > at + 1e-6 { end = middle } else { period = middle }
            }
            return Row(
                type: types[String(row["contact_type"] ?? "")] ?? -1, language: String(row["language"] ?? ""),
                period: period, cells: row)
        }
    }

    /// `isRepeat`: whether it came again unresolved. A reply, which has the same letter, is none.
    static func add(_ row: Row, to sums: inout Sums, _ type: ContactType, isRepeat: Bool) {
        let wait = row.number("wait_s")
        let target = type.target(in: row.language.isEmpty ? nil : row.language)
        let isInTime = target.map { wait <= $0.acceptableWait } ?? false
        sums.offered += 1
        if row.isAgain {
            sums.redials += 1
        } else if row.cause == "t" {
            sums.transfersIn += 1
        } else if isRepeat {
            sums.repeats += 1
        }
        switch row.outcome {
        case "answered":
            sums.answered += 1
            sums.wait += wait
            if isInTime { sums.answeredInTime += 1 } else { sums.overdue += 1 }
        case "abandoned":
            sums.abandoned += 1
            if isInTime { sums.abandonedInTime += 1 }
            if wait <= type.shortAbandon { sums.shortAbandoned += 1 }
        case "callback":
            sums.callbacks += 1
            sums.leftOut += 1
        case "turned_away":
            sums.turnedAway += 1
            // Who came while closed; not who was handed on, or waited when it closed.
            if wait == 0, row.cause != "t" { sums.leftOut += 1 }
        case "waiting":
            sums.waiting += 1
            if isInTime { sums.undecided += 1 } else { sums.overdue += 1 }
        default: sums.turnedAway += 1
        }
        sums.talk += row.number("talk_s")
        sums.hold += row.number("hold_s")
        sums.wrapUp += row.number("acw_s")
    }

    /// A table's cells by name, one row.
    static func cells(_ table: Table, _ row: [Table.Cell]) -> [String: Double] {
        var found: [String: Double] = [:]
        for (column, cell) in zip(table.columns, row) {
            if case .number(let value) = cell { found[column.name] = value }
            if case .count(let value) = cell { found[column.name] = Double(value) }
        }
        return found
    }

    static func check(
        _ sums: Sums, _ cells: [String: Double], runs: Double, _ what: String, isInterval: Bool = false
    ) {
        func expect(_ name: String, _ value: Double) {
            guard let shown = cells[name] else { return }
            #expect(abs(shown - value) <= 1e-6 * max(1, abs(value)), "\(what) \(name): \(shown), the rows say \(value)")
        }
        func ratio(_ name: String, _ top: Double, _ bottom: Double) { if bottom > 0 { expect(name, top / bottom) } }
        expect("offered", sums.offered / runs)
        expect("answered", sums.answered / runs)
        expect("abandoned", sums.abandoned / runs)
        expect("short_abandoned", sums.shortAbandoned / runs)
        expect("answered_in_sl", sums.answeredInTime / runs)
        expect("abandoned_in_sl", sums.abandonedInTime / runs)
        ratio("asa_s", sums.wait, sums.answered)
        ratio("aht_s", sums.talk + sums.hold + sums.wrapUp, sums.answered)
        ratio("abandon_pct", 100 * sums.abandoned, sums.offered)
        guard !isInterval else { return }
        expect("redials", sums.redials / runs)
        expect("repeats", sums.repeats / runs)
        expect("transfers_in", sums.transfersIn / runs)
        expect("fresh", (sums.offered - sums.redials - sums.repeats - sums.transfersIn) / runs)
        expect("turned_away", sums.turnedAway / runs)
        expect("callbacks_requested", sums.callbacks / runs)
        expect("backlog_end", sums.waiting / runs)
        ratio("talk_s", sums.talk, sums.answered)
        ratio("hold_s", sums.hold, sums.answered)
        ratio("acw_s", sums.wrapUp, sums.answered)
        expect("left_out", sums.leftOut / runs)
        ratio("sl_of_all_offered_pct", 100 * sums.answeredInTime, sums.offered - sums.undecided - sums.leftOut)
        ratio("sl_of_answered_pct", 100 * sums.answeredInTime, sums.answered)
        ratio("overdue_pct", 100 * sums.overdue, sums.offered - sums.undecided)
    }

    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(
            atPath: Project.root.appendingPathComponent("scenarios").path)) ?? [])
        .filter { $0.first?.isNumber ?? false }.sorted()

    @Test("every column of every shipped scenario", arguments: names)
    func shipped(_ name: String) throws {
        let path = Project.root.appendingPathComponent("scenarios/\(name)/scenario.yaml").path
        let overrides = [
            (path: "experiment.replications", value: "2"), ("experiment.variance_reduction", "none"),
        ]
        try addUp(try #require(ScenarioFile.read(path: path, overrides: overrides).scenario))
    }

    @Test("calls to call back that are tried several times are one contact each")
    func tries() throws {
        let text = """
            timezone: UTC
            days: 1
            open: Mon 08:00-18:00
            contact_types:
              calls:
                arrivals: 900 per day
                talk: 5m
                target: 80% in 1m
                callback: {offer_after: 1m, accepted: 60%, call_within: 1h, attempts: 3, no_answer: 50%, retry_after: 10m}
            agent_groups: {reps: {agents: 6, skills: {calls: 1}}}
            experiment: {replications: 3}
            """
        let reading = ScenarioFile.read(name: "day.yaml", of: ["day.yaml": Array(text.utf8)])
        let scenario = try #require(reading.scenario, "\(reading.problems.map { $0.rendered() })")
        let rows = try addUp(scenario).filter { $0.type == 1 }
        let tries = rows.map { $0.number("tries") }
        #expect(rows.count > 100 && tries.max() == 3)
        #expect(rows.allSatisfy { !$0.isAgain && ($0.outcome != "unreached" || $0.number("tries") == 3) })
    }

    @discardableResult
    func addUp(_ scenario: Scenario) throws -> [Row] {
        let (results, _, text) = try ContactRowsTests().traced(scenario)
        let rows = Self.rows(text, scenario)
        let runs = Double(results.replications)
        let types = scenario.contactTypes
        var byType = [Sums](repeating: Sums(), count: types.count)
        var byLanguage = [[String: Sums]](repeating: [:], count: types.count)
        var byPeriod = [[Sums]](
            repeating: [Sums](repeating: Sums(), count: types.count), count: scenario.horizon.periods.count)
        var homes: [String: Int] = [:]
        for row in rows { homes["\(row.cells["run"] ?? "") \(row.cells["contact_id"] ?? "")"] = row.type }
        for row in rows {
            let parent = homes["\(row.cells["run"] ?? "") \(row.cells["parent_id"] ?? "")"]
            // Who was called back comes again to the type that was called first; a reply comes from a type of its own.
            let isRepeat =
                row.cause == "a" && parent.map { $0 == row.type || types[$0].origin?.contactType == row.type } == true
            Self.add(row, to: &byType[row.type], types[row.type], isRepeat: isRepeat)
            Self.add(row, to: &byLanguage[row.type][row.language, default: Sums()], types[row.type], isRepeat: isRepeat)
            Self.add(row, to: &byPeriod[row.period][row.type], types[row.type], isRepeat: isRepeat)
            if row.cause == "t", !row.isAgain, let parent { byType[parent].transfersOut += 1 }
        }
        let tables = SimulationTables(results)
        let contactTypes = tables.contactTypes
        for row in contactTypes.rows {
            guard case .text(let id) = row[0], let t = types.firstIndex(where: { $0.id == id }) else { continue }
            var cells = Self.cells(contactTypes, row)
            // Tries that the end of the run cut short are neither late nor undecided.
            if types[t].tries != nil || types[t].origin?.cause == .callback { cells["overdue_pct"] = nil }
            if case .text(let language) = row[1] {
                Self.check(byLanguage[t][language] ?? Sums(), cells, runs: runs, "\(id) \(language)")
                continue
            }
            Self.check(byType[t], cells, runs: runs, id)
            #expect(abs((cells["transfers_out"] ?? 0) - byType[t].transfersOut / runs) < 1e-9, "\(id) transfers_out")
            if let kept = cells["callbacks_kept"] {
                let own = types.indices.filter {
                    types[$0].origin?.cause == .callback && types[$0].origin?.contactType == t
                }
                #expect(
                    abs(kept - own.reduce(0) { $0 + byType[$1].answeredInTime } / runs) < 1e-9, "\(id) callbacks_kept")
            }
        }
        let intervals = tables.intervals
        for (i, row) in intervals.rows.enumerated() {
            let (p, t) = (i / types.count, i % types.count)
            Self.check(
                byPeriod[p][t], Self.cells(intervals, row), runs: runs, "\(types[t].id) period \(p)", isInterval: true)
        }
        return rows
    }
}
