import Documents
import Planning
import Probability
import Queueing
import Simulator
import Tabular

/// `chances.csv`: one row per interval and contact type of the days that were played.
enum ChancesTable: TableForm {
    static let name = "chances"
    static let key = ["interval_start", "contact_type"]

    /// Days of the requirements of a scenario.
    struct Subject {
        let requirements: Requirements
        let days: [DayStaffing]
    }

    struct Row {
        let moment: PeriodColumns.Moment
        let typeID: String
        let day: DayStaffing
        /// Of the day's periods.
        let i: Int
        let shrinkage: Shrinkage

        var enough: Int? { day.fewest.staffing?[i] }
    }

    static func eachRow(of subject: Subject, _ add: (Row) -> Void) {
        let scenario = subject.requirements.scenario
        let shrinkage = Shrinkage(share: scenario.shrinkage) ?? .none
        for day in subject.days {
            for (i, p) in day.periods.enumerated() {
                add(
                    Row(
                        moment: .init(p, in: scenario.horizon), typeID: scenario.contactTypes[day.contactType].id,
                        day: day, i: i, shrinkage: shrinkage))
            }
        }
    }

    static let columns: Columns<Row> = [
        PeriodColumns.first.of { $0.moment },
        .text("contact_type") { $0.typeID },
        .number("contacts", "expected in the interval; redials are not among them") { $0.day.contacts[$0.i] },
        .count("need", "whole people on the phones for the target on average") { $0.day.usual[$0.i] },
        chance("day_met_pct", "share of such days that meet the target with need") { $0.day.usualChance?.chance },
        .count("need_for_chance", "whole people on the phones so that the day meets its target as often as asked") {
            $0.enough
        },
        .count("need_for_chance_with_shrinkage", "whole people on the rota, rounded up") { row in
            row.enough.flatMap { row.shrinkage.scheduled(for: $0) }
        },
        chance("day_met_for_chance_pct", "share of such days that meet the target with need_for_chance") {
            $0.day.fewest.confirmed?.chance
        },
        .count("have", "people planned to be on the phones who have the skill, whichever types they serve") { row in
            row.day.planned.map { $0[row.i] }
        },
        chance(
            "day_met_have_pct",
            "share of such days that keep what is promised to the type's callers, as planned: as simulate plays it"
        ) { $0.day.plannedChance },
        chance("day_met_all_pct", "share of such days that keep everything that is promised, as planned") {
            $0.day.plannedTogether
        },
        PeriodColumns.last.of { $0.moment },
    ]

    private static func chance(
        _ name: String, _ summary: String, _ value: @escaping @Sendable (Row) -> Estimate?
    ) -> Columns<Row> {
        [
            .percent(name, summary) { value($0)?.value },
            .percent(name + "_lo", "interval of \(name)") { value($0)?.low },
            .percent(name + "_hi", "interval of \(name)") { value($0)?.high },
        ]
    }
}
