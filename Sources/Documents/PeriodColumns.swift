import Tabular

/// The columns that say which interval a row is about: people's first, machines' last.
package enum PeriodColumns {
    /// An interval and the day it belongs to.
    package struct Moment {
        package let period: Horizon.Period
        let day: Horizon.Day
        private let horizon: Horizon

        var instant: String { horizon.instant(period) }

        package init(_ period: Int, in horizon: Horizon) {
            self.horizon = horizon
            self.period = horizon.periods[period]
            day = horizon.days[self.period.day]
        }
    }

    package static let first: Columns<Moment> = [
        .text("date") { $0.day.date },
        .text("weekday") { Horizon.weekdayNames[$0.day.weekday] },
        .text("start", "wall clock") { $0.period.startClock },
        .text("end", "wall clock") { $0.period.endClock },
    ]
    package static let last: Columns<Moment> = [
        .text("interval_start", "with offset from UTC") { $0.instant },
        .number("interval_s", "length in seconds") { $0.period.end - $0.period.start },
    ]
}
