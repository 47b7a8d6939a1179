import Foundation
import Testing

@testable import Center
@testable import Documents
@testable import Experiments
@testable import Reports
@testable import ScenarioReading
@testable import Simulator

/// What stands in one table adds up to what stands in another, whatever narrows the intervals: types to everything,
/// languages to their type, intervals to the day, cost to groups; and a ratio is that of the counts beside it.
struct AddingUpTests {
    static let text = """
        format: 1
        period: {from: 2026-01-12, to: 2026-01-13}
        hours:
          office: {Mon-Fri: 08:00-12:00}
        defaults: {hours: office, patience: 3m}
        contact_types:
          calls:
            arrivals: {Mon-Fri: 140}
            day_shape: flat
            day_to_day: 15%
            talk: {mean: 4m, spread: 0.9}
            languages: {en: 80%, es: 20%}
            target: 80% in 30s
            transfers: {clinical: {share: 8%}}
            callback: {offer_after: 1m, accepted: 40%, call_within: 1h}
            redial: {share: 30%, after: 10m}
          clinical:
            arrivals: {Mon-Fri: 30}
            talk: {mean: 6m, spread: 0.7}
            target: 80% in 60s
          mails:
            channel: email
            arrivals: {Mon-Fri: 40}
            talk: {mean: 5m, spread: 1.0}
            target: {share: 90%, in: 2h, clock: open_hours}
        agent_groups:
          reps:
            languages: [en]
            skills: {calls: 1, mails: 2}
            agents: 3
            wage: 20 per hour
          nurses:
            languages: [en, es]
            skills: {clinical: 1, calls: 2, mails: 3}
            wage: 40 per hour
            overtime: 150%
        shifts:
          day: {start: 08:00, length: 4h}
        staffing:
          nurses: {Mon-Fri: {day: 2}}
        shrinkage: {sick: {share: 8%, when: unplanned}}
        """

    static func results(_ method: VarianceReduction, runs: Int) throws -> Results {
        let reading = ScenarioFile.read(name: "center.yaml", of: ["center.yaml": Array(text.utf8)])
        let read = reading.scenario
        var scenario = try #require(read, "\(reading.problems.map(\.message))")
        scenario.experiment.replications = runs
        scenario.experiment.varianceReduction = method
        return try Experiment(scenario).run()
    }

    private struct Rows {
        let table: Table
        init(_ table: Table) { self.table = table }

        func number(_ row: [Table.Cell], _ column: String) throws -> Double? {
            let k = try #require(table.columns.firstIndex { $0.name == column }, "\(column)")
            if case .number(let value) = row[k] { return value }
            if case .count(let value) = row[k] { return Double(value) }
            return nil
        }
        func text(_ row: [Table.Cell], _ column: String) throws -> String {
            let k = try #require(table.columns.firstIndex { $0.name == column }, "\(column)")
            if case .text(let value) = row[k] { return value }
            return ""
        }
    }

    static let methods: [(VarianceReduction, Int)] = [
        (.none, 20), (.auto, 60), (VarianceReduction([.antithetic]), 21), (VarianceReduction([.stratified]), 37),
        (VarianceReduction([.quasiRandom]), 70), (VarianceReduction([.controlVariates, .antithetic]), 90),
        (VarianceReduction([.controlVariates, .stratified]), 331),
    ]

    @Test("the sums of every table add up", arguments: methods)
    func adds(_ method: VarianceReduction, runs: Int) throws {
        let results = try Self.results(method, runs: runs)
        #expect(results.replications == runs)
        if method.methods.contains(.controlVariates) {
            #expect(results.types[0].serviceLevel.isControlled, "controls are to be taken off, or nothing is tested")
        }
        let tables = SimulationTables(results)
        let types = Rows(tables.contactTypes)
        let intervals = Rows(tables.intervals)
        let groups = Rows(tables.agentGroups)
        let summary = Rows(tables.summary)
        func close(_ a: Double, _ b: Double, _ what: String) {
            #expect(abs(a - b) <= 1e-9 * max(1, abs(a), abs(b)), "\(what): \(a) and \(b)")
        }
        func told(_ scope: String, _ id: String, _ metric: String) throws -> Double? {
            let row = try summary.table.rows.first {
                try summary.text($0, "scope") == scope && summary.text($0, "id") == id
                    && summary.text($0, "metric") == metric
            }
            return try row.flatMap { try summary.number($0, "value") }
        }
        let counts = [
            "offered", "fresh", "redials", "answered", "abandoned", "short_abandoned", "turned_away", "left_out",
            "not_yet_due", "kept_in_sl", "answered_in_sl", "abandoned_in_sl",
        ]
        let whole = try types.table.rows.filter { try types.text($0, "language").isEmpty }
        for row in whole {
            let id = try types.text(row, "contact_type")
            // Languages to their type.
            let parts = try types.table.rows.filter {
                try types.text($0, "contact_type") == id && !types.text($0, "language").isEmpty
            }
            for column in parts.isEmpty ? [] : counts {
                guard let all = try types.number(row, column) else { continue }
                close(try parts.reduce(0) { $0 + (try types.number($1, column) ?? 0) }, all, "\(id) \(column)")
            }
            // Intervals to the day.
            for column in [
                "offered", "answered", "abandoned", "left_out", "not_yet_due", "kept_in_sl", "answered_in_sl",
            ] {
                guard let all = try types.number(row, column) else { continue }
                let own = try intervals.table.rows.filter { try intervals.text($0, "contact_type") == id }
                close(
                    try own.reduce(0) { $0 + (try intervals.number($1, column) ?? 0) }, all,
                    "\(id) \(column) of intervals")
            }
            // A ratio is that of the counts beside it, and the same in every file.
            let offered = try #require(try types.number(row, "offered"))
            close(try #require(try told("contact_type", id, "offered")), offered, "\(id) offered")
            close(
                try #require(try told("contact_type", id, "answered")), try #require(try types.number(row, "answered")),
                id)
            if let level = try types.number(row, "sl_of_all_offered_pct"),
                let due = try types.number(row, "not_yet_due")
            {
                let left = try types.number(row, "left_out") ?? 0
                let met = try (types.number(row, "answered_in_sl") ?? 0) + (types.number(row, "kept_in_sl") ?? 0)
                close(100 * met / (offered - left - due), level, "\(id) service level from its columns")
                close(try #require(try told("contact_type", id, "service_level_of_all_offered")), level, id)
            }
            for (column, metric) in [("asa_s", "asa"), ("aht_s", "aht"), ("abandon_pct", "abandonment")] {
                guard let value = try types.number(row, column) else { continue }
                close(try #require(try told("contact_type", id, metric)), value, "\(id) \(metric)")
            }
        }
        // Types to everything.
        for metric in ["offered", "answered"] {
            let all = try #require(try told("all", "all", metric))
            close(try whole.reduce(0) { $0 + (try types.number($1, metric) ?? 0) }, all, "all \(metric)")
        }
        let live = try whole.filter { try types.text($0, "channel") == "phone" }
        let abandoned = try live.reduce(0) { $0 + (try types.number($1, "abandoned") ?? 0) }
        let came = try live.reduce(0) { $0 + (try types.number($1, "offered") ?? 0) }
        close(100 * abandoned / came, try #require(try told("all", "all", "abandonment")), "all abandonment")
        var (seconds, done) = (0.0, 0.0)
        for row in whole {
            guard let own = try told("contact_type", try types.text(row, "contact_type"), "turnaround"),
                let answered = try types.number(row, "answered")
            else { continue }
            seconds += own * answered
            done += answered
        }
        close(seconds / done, try #require(try told("all", "all", "turnaround")), "all turnaround")
        // Cost to groups.
        let wages = try groups.table.rows.reduce(0) { $0 + (try groups.number($1, "cost") ?? 0) }
        let costs = try whole.reduce(0) {
            $0 + (try types.number($1, "cost_per_contact") ?? 0) * (try types.number($1, "answered") ?? 0)
        }
        close(costs, wages, "cost")
        #expect(wages > 0)
    }

    @Test("seventeen runs by quasi_random are refused: four observations of sixteen runs are the fewest")
    func fewBlocks() throws {
        for (method, runs, least) in [("quasi_random", 17, 64), ("stratified", 31, 32), ("antithetic", 7, 8)] {
            let text = Self.text + "\nexperiment: {replications: \(runs), variance_reduction: [\(method)]}\n"
            let reading = ScenarioFile.read(name: "center.yaml", of: ["center.yaml": Array(text.utf8)])
            let (isRead, problems) = (reading.scenario != nil, reading.problems)
            #expect(!isRead)
            let problem = try #require(problems.first { $0.code == "E204" })
            #expect(problem.message.contains("replications cannot be \(runs) with \(method)"))
            #expect(problem.expected == "\(least) or more")
        }
    }

    /// Rare types and people who stay away: controls that few runs have seen must not make counts negative, nor leave
    /// wages of days on which nobody was served without an owner.
    @Test(
        "no count is negative, no value outside its interval, and cost adds up, where hardly anything comes",
        arguments: 1...6)
    func rare(seed: Int) throws {
        let text = """
            format: 1
            period: {from: 2026-01-12, to: 2026-01-12}
            hours: {office: {Mon-Fri: 08:00-12:00}}
            defaults: {hours: office, patience: 3m, talk: 5m, target: 80% in 30s}
            contact_types:
              a: {arrivals: {Mon-Fri: 20}, languages: {en: 80%, es: 20%}}
              b: {arrivals: {Mon-Fri: 8}, max_abandonment: 10%}
              c: {arrivals: {Mon-Fri: 0.5}}
              d: {arrivals: {Mon-Fri: 0.2}, languages: {en: 50%, es: 50%}}
            agent_groups:
              many: {languages: [en, es], skills: {a: 1, b: 1, c: 2, d: 2}, agents: 4, wage: 20 per hour}
              one: {languages: [en, es], skills: {c: 1, d: 1}, agents: 1, wage: 30 per hour}
            shrinkage: {sick: {share: 25%, when: unplanned}}
            experiment: {replications: 64, seed: \(seed)}
            """
        let reading = ScenarioFile.read(name: "rare.yaml", of: ["rare.yaml": Array(text.utf8)])
        let read = reading.scenario
        let results = try Experiment(try #require(read, "\(reading.problems.map(\.message))")).run()
        let tables = SimulationTables(results)
        for table in [tables.summary, tables.contactTypes, tables.intervals] {
            for row in table.rows {
                for (column, cell) in zip(table.columns, row) {
                    if case .number(let value) = cell {
                        #expect(value >= 0, "\(table.name) \(column.name): \(value)")
                    }
                }
            }
        }
        let summary = Rows(tables.summary)
        for row in summary.table.rows {
            guard let value = try summary.number(row, "value"), let low = try summary.number(row, "lo"),
                let high = try summary.number(row, "hi")
            else { continue }
            #expect(low <= value && value <= high, "\(row)")
        }
        let types = Rows(tables.contactTypes)
        let groups = Rows(tables.agentGroups)
        let wages = try groups.table.rows.reduce(0) { $0 + (try groups.number($1, "cost") ?? 0) }
        let costs = results.types.reduce(0) { $0 + $1.sum.cost } / Double(results.replications)
        #expect(abs(costs - wages) < 1e-9 * wages)
        #expect(types.table.rows.count > 4)
    }
}
