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
                .init("have", "people on the phones whom the other types leave for this one, each counted once"),
                .init("expected_pct", "service level by the target's rule, to be expected with the people there"),
                .init("expected_abandon_pct", "abandoned / offered, to be expected with the people there"),
                .init("short", "people missing on the phones; 0 is enough"),
                .init("missed", "callers for whom what is promised is not kept, to be expected in the interval"),
                .init("language", "the language that most people are missing for, if not all serve it", kind: .text),
                .init("language_need", "whole people on the phones for it alone"),
                .init("language_have", "people on the phones who are left for it"),
                .init("language_expected_pct", "its service level, to be expected"),
                .init("language_short", "people missing for it; 0 is enough"),
                .init("team", "groups that share the work of several types in the interval", kind: .text),
                .init("team_types", "contact types that they share", kind: .text),
                .init("team_work", "erlangs of all of them, in people"),
                .init("team_need", "whole people on the phones if everybody could serve everything"),
                .init("team_need_divided", "whole people on the phones if no types shared anybody"),
                .init("team_have", "people on the phones in the team"),
                .init("team_short", "people missing in the team at least; 0 is enough"),
            ] + PeriodColumns.last
        let found = staffing
        return Table(
            "requirements", columns: columns,
            rows: rows.indices.map { cells(rows[$0], found.isAnybodyPlanned ? found.rows[$0] : nil, found.pools) },
            key: ["interval_start", "contact_type"])
    }

    private func cells(
        _ row: Requirement, _ found: SharedStaffing.Row?, _ pools: [SharedStaffing.Pool]
    ) -> [Table.Cell] {
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
        ] + shared(found, pools, isOpen: row.binding != .closed) + PeriodColumns.last(period)
    }

    /// Sums of many small steps end in digits that mean nothing.
    private func rounded(_ value: Double?, _ digits: Double) -> Table.Cell {
        value.flatMap { $0.isFinite ? .number(($0 * digits).rounded() / digits) : nil } ?? .blank
    }

    private func shared(
        _ found: SharedStaffing.Row?, _ pools: [SharedStaffing.Pool], isOpen: Bool
    ) -> [Table.Cell] {
        guard let found else { return [Table.Cell](repeating: .blank, count: 17) }
        var cells: [Table.Cell] = [
            rounded(found.have, 1e6), rounded(found.level.map { $0 * 100 }, 1e4),
            rounded(found.abandonment.map { $0 * 100 }, 1e4), isOpen ? .count(found.short) : .blank,
            isOpen ? rounded(found.lost, 1e4) : .blank,
        ]
        if let language = found.scarcest {
            cells += [
                .text(language.codes.joined(separator: "+")), language.need.map { .count($0) } ?? .blank,
                rounded(language.have, 1e6), rounded(language.level.map { $0 * 100 }, 1e4),
                isOpen ? .count(language.short) : .blank,
            ]
        } else {
            cells += [Table.Cell](repeating: .blank, count: 5)
        }
        guard let pool = found.pool.map({ pools[$0] }) else {
            return cells + [Table.Cell](repeating: .blank, count: 7)
        }
        return cells + [
            .text(pool.groups.map { scenario.agentGroups[$0].id }.joined(separator: "+")),
            .text(pool.types.map { scenario.contactTypes[$0].id }.joined(separator: "+")), rounded(pool.work, 1e6),
            pool.needShared.map { .count($0) } ?? .blank, pool.needDivided.map { .count($0) } ?? .blank,
            rounded(pool.have, 1e6), .count(pool.short),
        ]
    }
}
