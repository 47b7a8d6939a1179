import Center
import Experiments
import Simulator

/// `replications.csv`: the figures of each run as it is merged, so that memory does not grow with their number.
public struct ReplicationRows {
    private let scenario: Scenario
    /// By group, with no overtime after shifts; and what an hour of that costs.
    private let costs: [Double?]
    private let overtime: [Double]

    /// `results` give what is the same in every run: it may be those of an experiment that has not begun.
    public init(_ results: Results) {
        scenario = results.scenario
        let tables = SimulationTables(results)
        costs = results.scenario.agentGroups.enumerated().map { g, group in
            group.wagePerHour.map { $0 * tables.wageHours(g, late: 0) }
        }
        overtime = results.scenario.agentGroups.map { ($0.wagePerHour ?? 0) * ($0.overtimeRate ?? 0) }
    }

    public static let columns: [Table.Column] = [
        .init("run", "from 1", kind: .count),
        .init("scope", "all, contact_type or agent_group", kind: .text),
        .init("id", "the contact type's or the group's name in the scenario", kind: .text),
        .init("offered", kind: .number), .init("answered", kind: .number), .init("abandoned", kind: .number),
        .init("answered_in_sl", "within the target's time", kind: .number),
        .init("service_level_pct", "by the target's rule", kind: .number), .init("asa_s", kind: .number),
        .init("abandon_pct", kind: .number), .init("occupancy_pct", kind: .number),
        .init("cost", "wages of paid time and overtime", kind: .number),
    ]

    /// The table without rows, for its header.
    public static var header: Table { Table("replications", columns: columns, key: ["run", "scope", "id"]) }

    /// The rows of one run, `number` from 0.
    public func rows(_ number: Int, _ run: Results.Run) -> [[Table.Cell]] {
        let label = Table.Cell.count(number + 1)
        let level = run.serviceLevel
        let costs = costs.indices.map { g in
            self.costs[g].map { $0 + overtime[g] * run.groups[g].overtime / 3600 }
        }
        let known = costs.compactMap { $0 }
        let cost = known.isEmpty ? nil : known.reduce(0, +)
        var rows = [row(label, "all", "all", run.all, percent(level.met, level.counted), inTime: .blank, cost: cost)]
        for (t, type) in scenario.contactTypes.enumerated() {
            let counts = run.types[t]
            let level = type.target.map { percent($0.rule.numerator(counts), $0.rule.denominator(counts)) }
            rows.append(
                row(
                    label, "contact_type", type.id, counts, level ?? .blank,
                    inTime: level == nil ? .blank : .number(counts.answeredInTime)))
        }
        for (g, group) in scenario.agentGroups.enumerated() {
            let figures = run.groups[g]
            rows.append([
                label, .text("agent_group"), .text(group.id), .blank, .number(figures.answered), .blank, .blank, .blank,
                .blank, .blank, percent(figures.busy, figures.present), costs[g].map { .number($0) } ?? .blank,
            ])
        }
        return rows
    }

    private func row(
        _ label: Table.Cell, _ scope: String, _ id: String, _ counts: Counts, _ level: Table.Cell,
        inTime: Table.Cell, cost: Double? = nil
    ) -> [Table.Cell] {
        [
            label, .text(scope), .text(id), .number(counts.offered), .number(counts.answered),
            .number(counts.abandoned),
            inTime, level,
            counts.answered > 0 ? .number(counts.waitOfAnswered / counts.answered) : .blank,
            percent(counts.abandoned, counts.offered), .blank,
            cost.map { .number($0) } ?? .blank,
        ]
    }

    private func percent(_ x: Double, _ y: Double) -> Table.Cell { y == 0 ? .blank : .number(x / y * 100) }
}
