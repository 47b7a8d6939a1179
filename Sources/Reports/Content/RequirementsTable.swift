import Planning
import Queueing
import Simulator

extension Requirements {
    /// `requirements.csv`: one row per interval and contact type.
    public var table: Table {
        let columns: [Table.Column] =
            PeriodColumns.first + [
                .init("contact_type"), .init("contacts", "expected in the interval; redials are not among them"),
                .init("aht_s", "mean talk + hold + after-contact work"),
                .init("load", "erlangs: the interval's own work, or with a lagged method the work in hand"),
                .init("method", "the formula that gives the need", kind: .text),
                .init("need_exact", "on the phones where part-time counts; 0.000000002 fewer miss a promise"),
                .init("need", "whole people on the phones"),
                .init("need_with_shrinkage", "whole people on the rota: need / (1 - shrinkage), rounded up"),
                .init("service_level_pct", "by the target's rule, with so many as needed"),
                .init("asa_s", "mean wait of the answered, with so many as needed"),
                .init("abandon_pct", "abandoned / offered, with so many as needed"),
                .init("occupancy_pct", "handling / on the phones, with so many as needed"),
                .init(
                    "bound_by", Requirement.Binding.allCases.map(\.rawValue).joined(separator: ", "), kind: .text),
            ] + PeriodColumns.last
        return Table(
            "requirements", columns: columns, rows: rows.map(cells), key: ["interval_start", "contact_type"])
    }

    private func cells(_ row: Requirement) -> [Table.Cell] {
        func number(_ value: Double?) -> Table.Cell {
            value.flatMap { $0.isFinite ? .number($0) : nil } ?? .blank
        }
        let period = scenario.horizon.periods[row.period]
        return PeriodColumns.first(period, in: scenario.horizon) + [
            .text(scenario.contactTypes[row.contactType].id), .number(row.contacts), number(row.handlingTime),
            .number(row.load), row.method.map { .text($0) } ?? .blank, number(row.needExact),
            row.need.map { .count($0) } ?? .blank, row.needWithShrinkage.map { .count($0) } ?? .blank,
            number(row.serviceLevel.map { $0 * 100 }), number(row.measures?.meanSpeedOfAnswer),
            number(row.measures?.abandonment.map { $0 * 100 }), number(row.measures?.occupancy.map { $0 * 100 }),
            .text(row.binding.rawValue),
        ] + PeriodColumns.last(period)
    }
}
