import Center
import Documents
import Planning
import Probability
import Simulator
import Tabular

/// `group_intervals.csv`: one row per reporting interval and agent group.
enum GroupIntervalsTable: TableForm {
    static let name = "group_intervals"

    struct Row {
        let moment: PeriodColumns.Moment
        let group: AgentGroup
        /// People, nil where nothing is promised that needs them.
        let required: Double?
        let scheduled: Double
        let available: Double
        let occupancy: Estimate?
        let cost: Double?

        var gap: Double? { required.map { scheduled - $0 } }

        /// Half a person is where whole people begin to round to one.
        var status: String? { gap.map { $0 <= -0.5 ? "short" : $0 >= 0.5 ? "over" : "ok" } }

        init(_ tables: SimulationTables, _ needs: SharedStaffing, period p: Int, group g: Int) {
            let scenario = tables.scenario
            let figures = tables.results.groupFigures(period: p, group: g)
            let cell = p * scenario.agentGroups.count + g
            moment = PeriodColumns.Moment(p, in: scenario.horizon)
            group = scenario.agentGroups[g]
            let seconds = moment.period.end - moment.period.start
            required = needs.required(period: p, group: g)
            scheduled = tables.results.scheduledSeconds[cell] / seconds
            available = max(0, figures.present - figures.busy) / seconds
            occupancy = figures.occupancy
            let paid = tables.results.paidSeconds[cell] / 3600
            let allPaid = tables.paid.hours[g]
            // What is paid beyond the contract is not of one hour more than of another: it is spread evenly.
            let share = allPaid > 0 ? paid / allPaid : 0
            let premium = (tables.paid.wageHours(g, late: 0) - allPaid) * share
            let late = (group.overtimeRate ?? 0) * figures.overtime / 3600
            cost = group.wagePerHour.map { $0 * (paid + premium + late) }
        }
    }

    static func eachRow(of tables: SimulationTables, _ add: (Row) -> Void) {
        let needs = tables.requirements.staffing
        for p in tables.scenario.horizon.periods.indices {
            for g in tables.scenario.agentGroups.indices { add(Row(tables, needs, period: p, group: g)) }
        }
    }

    static let columns: Columns<Row> = [
        PeriodColumns.first.of { $0.moment },
        .text("agent_group") { $0.group.id },
        .number(
            "required",
            "those who are needed of the people there, and those missing, each person counted once; need / (1 - shrinkage)"
        ) { $0.required },
        .number("scheduled", "agents rostered and not on lunch or break; shrinkage not taken off") { $0.scheduled },
        .number("available", "agents idle and ready, over time") { $0.available },
        .number("gap", "scheduled - required") { $0.gap },
        .text("status", "short or over by half a person or more, else ok", kind: .text) { $0.status },
        .percentEstimate("occupancy_pct", "handling / (handling + available)") { $0.occupancy },
        .number("cost", "wages of paid time, overtime included") { $0.cost },
        PeriodColumns.last.of { $0.moment },
    ]
}

extension SimulationTables {
    /// `group_intervals.csv`.
    public var groupIntervals: Table { GroupIntervalsTable.table(of: self) }
}
