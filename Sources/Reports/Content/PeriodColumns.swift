import Simulator
import Tabular

/// The columns that say which interval a row is about: people's first, machines' last.
enum PeriodColumns {
    static let first: [Table.Column] = [
        .init("date"), .init("weekday"), .init("start", "wall clock"), .init("end", "wall clock"),
    ]
    static let last: [Table.Column] = [
        .init("interval_start", "with offset from UTC"), .init("interval_s", "length in seconds"),
    ]

    static func first(_ period: Horizon.Period, in horizon: Horizon) -> [Table.Cell] {
        let day = horizon.days[period.day]
        return [
            .text(day.date), .text(Horizon.weekdayNames[day.weekday]), .text(period.startClock), .text(period.endClock),
        ]
    }

    static func last(_ period: Horizon.Period) -> [Table.Cell] {
        [.text(period.instant), .number(period.end - period.start)]
    }
}
