import Tabular

/// Dates as people read them.
package enum PlainDates {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Mon 2 Mar to Sun 8 Mar 2026 (8 Mar has 23 hours)`; nil for a span without a calendar.
    package static func timeSpan(_ horizon: Horizon) -> String? {
        guard let first = horizon.days.first, let last = horizon.days.last, let start = parts(first.date),
            let end = parts(last.date)
        else { return nil }
        let name = { (day: Horizon.Day, parts: (year: Int, month: Int, day: Int)) in
            "\(Horizon.weekdayNames[day.weekday]) \(parts.day) \(months[parts.month - 1])"
        }
        var text = name(first, start)
        if horizon.days.count > 1 {
            if start.year != end.year { text += " \(start.year)" }
            text += " to \(name(last, end))"
        }
        text += " \(end.year)"
        let odd = horizon.days.filter { abs($0.end - $0.start - 86400) > 1 && horizon.days.count < 400 }
        let notes = odd.compactMap { day in
            parts(day.date).map { "\($0.day) \(months[$0.month - 1]) has \(hours(day.end - day.start)) hours" }
        }
        return notes.isEmpty ? text : text + " (" + notes.joined(separator: ", ") + ")"
    }

    /// `Mon 2 Mar 2026`.
    package static func day(_ date: CivilDate) -> String {
        let parts = date.parts
        return "\(Horizon.weekdayNames[date.weekday]) \(parts.day) \(months[parts.month - 1]) \(parts.year)"
    }

    /// `Mon 08:00`, with the date where the horizon is longer than a week: `Mon 2 Mar 08:00`.
    package static func moment(_ period: Int, in horizon: Horizon) -> String {
        let start = horizon.periods[period]
        return day(start.day, in: horizon) + " " + start.startClock
    }

    /// `Mon 08:00-10:00`, from the start of the first period to the end of the last.
    package static func timeSpan(_ periods: ClosedRange<Int>, in horizon: Horizon) -> String {
        moment(periods.lowerBound, in: horizon) + "-" + horizon.periods[periods.upperBound].endClock
    }

    private static func day(_ index: Int, in horizon: Horizon) -> String {
        let day = horizon.days[index]
        let name = Horizon.weekdayNames[day.weekday]
        guard horizon.days.count > 7, let date = parts(day.date) else { return name }
        return "\(name) \(date.day) \(months[date.month - 1])"
    }

    /// `23`; `24.5` where the clocks move by half an hour.
    private static func hours(_ seconds: Double) -> String {
        let tenths = Int((seconds / 360).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    private static func parts(_ date: String) -> (year: Int, month: Int, day: Int)? {
        let numbers = date.split(separator: "-").compactMap { Int($0) }
        guard numbers.count == 3, (1...12).contains(numbers[1]) else { return nil }
        return (numbers[0], numbers[1], numbers[2])
    }
}
