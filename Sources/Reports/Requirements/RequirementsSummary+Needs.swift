import Documents
import Planning
import Tabular

/// What is needed, where nothing is short or nobody is planned yet.
extension RequirementsSummary {
    /// Needs of so many contact types are shown interval by interval.
    private static let mostGrids = 2

    var needs: [TextTable] { isGridded ? typesWithRows.map(grid) : [peaks] }

    var typesWithRows: [Int] {
        let types = Set(requirements.rows.map(\.contactType))
        return scenario.contactTypes.indices.filter(types.contains)
    }

    private var isGridded: Bool {
        typesWithRows.count <= Self.mostGrids && horizon.days.count <= 7
            && horizon.days.allSatisfy { $0.end - $0.start == 86400 }
    }

    /// People on the phones by time of day and weekday.
    private func grid(_ type: Int) -> TextTable {
        struct Row {
            let start: String
            /// By day.
            var needs: [Int: String]
        }
        var rows: [String: Row] = [:]
        var days: Set<Int> = []
        for row in requirements.rows where row.contactType == type && row.binding != .closed {
            let period = horizon.periods[row.period]
            rows[period.startClock, default: Row(start: period.startClock, needs: [:])].needs[period.day] =
                row.need.map { "\($0)" } ?? "-"
            days.insert(period.day)
        }
        let title = "\(scenario.contactTypes[type].id), needed on the phones"
        let byDay = days.sorted().map { day in
            TextColumn<Row>.right(Horizon.weekdayNames[horizon.days[day].weekday]) { $0.needs[day] ?? "" }
        }
        return TextTable([.left(title) { $0.start }] + byDay, of: rows.values.sorted { $0.start < $1.start })
    }

    /// One line a contact type: how much work, and when it takes most people.
    private var peaks: TextTable {
        struct Row {
            let id: String
            let contacts: Double
            let hours: Double
            let peak: Requirement?
            let when: String
        }
        let rows = typesWithRows.map { type in
            let own = requirements.rows.filter { $0.contactType == type }
            let peak = own.max { ($0.need ?? .max, -$0.period) < ($1.need ?? .max, -$1.period) }
            return Row(
                id: scenario.contactTypes[type].id, contacts: own.reduce(0) { $0 + $1.contacts },
                hours: own.reduce(0.0) { $0 + $1.contacts * ($1.handlingTime ?? 0) / 3600 }, peak: peak,
                when: peak.map { PlainDates.moment($0.period, in: horizon) } ?? "")
        }
        let columns: [TextColumn<Row>] = [
            .left("contact type") { $0.id },
            .right("contacts") { PlainNumbers.grouped($0.contacts) },
            .right("hours of work") { PlainNumbers.fixed($0.hours, 1) },
            .right("most on the phones") { $0.peak?.need.map { "\($0)" } ?? "-" },
            .right("on the rota") { $0.peak?.needWithShrinkage.map { "\($0)" } ?? "-" },
            .left("when") { $0.when },
        ]
        return TextTable(columns, of: rows)
    }
}
