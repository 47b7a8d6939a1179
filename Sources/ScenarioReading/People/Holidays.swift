import Tabular

/// Days with other opening hours, and what else is different on them.
struct Holidays: Sendable {
    /// What becomes of those who would work while it is closed for the holiday.
    enum Staff: String, Sendable, CaseIterable, Comparable {
        /// They do not come, or go when it closes, and are not paid for it.
        case off
        /// The same, but they are paid as usual.
        case paid
        /// They work as usual.
        case asUsual = "as_usual"

        static func < (one: Staff, other: Staff) -> Bool {
            (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
        }
    }

    struct Row: Sendable {
        var name: String
        /// The opening hours of which it is, by name; nil for all that close at some time of the week.
        var hours: String?
        /// In place of the usual ones; empty where it is closed.
        var ranges: [WeeklyHours.Range]
        /// How much comes, as a share of a usual day; nil for what a usual day has in the hours that are left.
        var volume: Double?
        /// How much comes on the next day on which it is open, as a share of a usual one.
        var nextDay: Double?
        var staff = Staff.off
        var line: Int
    }

    private(set) var rows: [CivilDate: [Row]] = [:]

    var isEmpty: Bool { rows.isEmpty }

    /// The row of the same date and hours, if there is one already.
    mutating func add(_ row: Row, on date: CivilDate) -> Row? {
        if let other = rows[date]?.first(where: { $0.hours == row.hours }) { return other }
        rows[date, default: []].append(row)
        return nil
    }

    /// What holds on a date for whatever keeps these hours; what is always open is so on holidays, too, unless it is named.
    func row(_ date: CivilDate, for hours: WeeklyHours) -> Row? {
        guard let rows = rows[date] else { return nil }
        if !hours.name.isEmpty, let own = rows.first(where: { $0.hours == hours.name }) { return own }
        return hours.isAlwaysOpen ? nil : rows.first { $0.hours == nil }
    }

    /// What comes on a date as a share of a usual day, hours apart: what its own row says, else what the day before does.
    func share(_ date: CivilDate, for hours: WeeklyHours) -> Double {
        guard let row = row(date, for: hours) else { return dayAfter(date, for: hours) }
        return row.volume ?? (row.ranges.isEmpty ? 1 : dayAfter(date, for: hours))
    }

    /// What comes on a date of which no volume is said, as a share of a usual day: 1 unless it is the first open day after
    /// one that says so.
    func dayAfter(_ date: CivilDate, for hours: WeeklyHours) -> Double {
        guard !isEmpty else { return 1 }
        // Holidays with a weekend between them are ten days at most.
        for back in 1...10 {
            let before = date + -back
            if let row = row(before, for: hours) {
                if let share = row.nextDay { return share }
                if !row.ranges.isEmpty { return 1 }
            } else if !hours.days[before.weekday].isEmpty {
                return 1
            }
        }
        return 1
    }
}

/// How much comes on one day, and when: usual weights over usual hours, and over those that are left of them.
struct HolidayVolume {
    typealias Slot = (from: Double, to: Double, amount: Double)

    /// By hours of the clock.
    let usual: [Slot]
    let open: [Slot]
    /// nil on a day that is no holiday.
    let row: Holidays.Row?
    /// Where no volume is said of it.
    let dayAfter: Double

    private static func sum(_ slots: [Slot]) -> Double { slots.reduce(0) { $0 + $1.amount } }

    /// The contacts that come, when a usual day has `each` for a weight of 1. Where it is closed all day, what still comes
    /// does so in the usual hours.
    func slots(_ each: Double) -> [Slot] {
        func scaled(_ slots: [Slot], _ factor: Double) -> [Slot] {
            slots.map { ($0.from, $0.to, $0.amount * each * factor) }
        }
        guard let row else { return scaled(usual, dayAfter) }
        guard let volume = row.volume else { return scaled(open, dayAfter) }
        let left = Self.sum(open)
        return left > 0 ? scaled(open, volume * Self.sum(usual) / left) : scaled(usual, volume)
    }

    /// The contacts of a usual day that do not come, where the file does not say how many do.
    func lost(_ each: Double) -> Double {
        guard let row, row.volume == nil else { return 0 }
        return max(0, Self.sum(usual) - Self.sum(open)) * each
    }
}
