import Center
import Documents
import Experiments
import Simulator
import Tabular

/// `intervals.csv`: one row per reporting interval and contact type.
enum IntervalsTable: TableForm {
    static let name = "intervals"

    struct Row {
        let moment: PeriodColumns.Moment
        let type: ContactType
        let isOpen: Bool
        let figures: Results.PeriodFigures

        var mean: Counts { figures.mean }
        var seconds: Double { moment.period.end - moment.period.start }

        /// Of a type with a target, else nothing.
        func promised(_ count: Double) -> Double? { type.target == nil ? nil : count }

        /// Of callers on the line, else nothing.
        func live<Value>(_ value: Value?) -> Value? { type.channel.kind == .live ? value : nil }
    }

    static func eachRow(of tables: SimulationTables, _ add: (Row) -> Void) {
        let scenario = tables.scenario
        // By type, the first opening that is not over: periods and openings follow each other.
        var opening = scenario.contactTypes.map { _ in 0 }
        for (p, period) in scenario.horizon.periods.enumerated() {
            let moment = PeriodColumns.Moment(p, in: scenario.horizon)
            for (t, type) in scenario.contactTypes.enumerated() {
                while opening[t] < type.open.count, type.open[opening[t]].end <= period.start { opening[t] += 1 }
                let isOpen = opening[t] < type.open.count && type.open[opening[t]].start < period.end
                add(
                    Row(moment: moment, type: type, isOpen: isOpen, figures: tables.results.figures(period: p, type: t))
                )
            }
        }
    }

    static let columns: Columns<Row> = [
        PeriodColumns.first.of { $0.moment },
        .text("contact_type") { $0.type.id },
        .count("open", "1 when contacts are taken in some of the interval") { $0.isOpen ? 1 : 0 },
        .number("offered", "by interval of arrival") { $0.mean.offered },
        .number("answered") { $0.mean.answered },
        .number("abandoned") { $0.live($0.mean.abandoned) },
        .number("short_abandoned") { $0.live($0.mean.shortAbandoned) },
        .number("left_out", "of the offered, those who are not part of the service level") {
            $0.promised($0.mean.leftOut)
        },
        .number("not_yet_due", "of the offered, those still waiting in time when the run ended") {
            $0.promised($0.mean.undecided)
        },
        .number("kept_in_sl", "of those promised a call, whose call counts as answered in time") {
            $0.promised($0.mean.keptInstead)
        },
        .number("answered_in_sl") { $0.promised($0.mean.answeredInTime) },
        .number("abandoned_in_sl") { $0.live($0.promised($0.mean.abandonedInTime)) },
        .percentEstimate("service_level_pct", "by the target's rule") { $0.figures.serviceLevel },
        .number("asa_s", "mean wait of the answered") {
            $0.mean.answered == 0 ? nil : $0.mean.waitOfAnswered / $0.mean.answered
        },
        .number("wait_p95_s", "95 % of the answered waited at most this") { $0.figures.wait95 },
        .percentEstimate("abandon_pct", "abandoned / offered") { $0.live($0.figures.abandonment) },
        .number("aht_s", "per answered contact") {
            $0.mean.answered == 0 ? nil : $0.mean.handling / $0.mean.answered
        },
        .number("queue_mean", "contacts waiting, over time") {
            $0.seconds == 0 ? nil : $0.mean.queueSeconds / $0.seconds
        },
        .number("queue_max", "longest queue, mean over runs") { $0.figures.queueMax },
        .number("backlog_end", "contacts waiting when the interval ends, mean over runs") { $0.figures.queueEnd },
        PeriodColumns.last.of { $0.moment },
    ]
}

extension SimulationTables {
    /// `intervals.csv`.
    public var intervals: Table { IntervalsTable.table(of: self) }
}
