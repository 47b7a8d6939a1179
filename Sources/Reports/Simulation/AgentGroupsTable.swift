import Center
import Documents
import Experiments
import Probability
import Simulator

/// `agent_groups.csv`: one row per agent group.
enum AgentGroupsTable: TableForm {
    static let name = "agent_groups"

    struct Row {
        let tables: SimulationTables
        let g: Int

        var group: AgentGroup { tables.scenario.agentGroups[g] }
        var figures: Results.GroupScope { tables.results.groups[g] }
        var paidHours: Double { tables.paid.hours[g] }
        var busyHours: Double { figures.busy / tables.replications / 3600 }
    }

    static func eachRow(of tables: SimulationTables, _ add: (Row) -> Void) {
        for g in tables.scenario.agentGroups.indices { add(Row(tables: tables, g: g)) }
    }

    static let columns: Columns<Row> = [
        .text("agent_group") { $0.group.id },
        .count("people") { $0.group.people },
        .number("paid_h", "shifts less unpaid lunches") { $0.paidHours },
        .number("scheduled_h", "paid less breaks; shrinkage not taken off") { $0.tables.paid.scheduledHours[$0.g] },
        .number("available_h", "idle and ready") {
            max(0, $0.figures.present - $0.figures.busy) / $0.tables.replications / 3600
        },
        .number("busy_h", "on a contact") { $0.busyHours },
        .percentEstimate("occupancy_pct", "handling / (handling + available)") {
            $0.figures.occupancy.estimate(confidence: $0.tables.results.confidence)
        },
        .percent("utilization_pct", "handling / paid, above 100 where people stay unpaid") {
            $0.paidHours == 0 ? nil : $0.busyHours / $0.paidHours
        },
        .number("overtime_h", "work after the shift's end, paid or not, and paid beyond the contract") {
            $0.tables.paid.overtimeHours($0.g)
        },
        .number("contacts", "answered by the group, a run") { $0.figures.answered / $0.tables.replications },
        .number("cost", "wages of paid time, overtime included") { $0.tables.paid.cost($0.g) },
    ]
}

extension SimulationTables {
    /// `agent_groups.csv`.
    public var agentGroups: Table { AgentGroupsTable.table(of: self) }
}
