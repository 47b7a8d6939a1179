import Center
import Tabular

/// Which working day a moment belongs to, for whatever keeps these weekly hours with these holidays: the one answer by
/// which volumes, opening hours, holidays, people and meetings go.
///
/// A working day has the name of its date. It begins at midnight, or when the hours of the evening before end, but no later
/// than it opens itself; and it lasts until the next one begins. So a night belongs to the evening on which it began, every
/// moment to one day, and a day's hours are the open time between its beginning and its end. On a holiday its hours stand in
/// place of the usual ones where there are any; the night before it still ends as usual.
struct WorkingDays: Sendable {
    typealias Range = WeeklyHours.Range

    /// Of everything that counts: when any of it is open.
    private let weekly: [WeeklyHours]
    private let holidays: Holidays

    init(_ weekly: [WeeklyHours], holidays: Holidays = Holidays()) {
        self.weekly = weekly
        self.holidays = holidays
    }

    /// The open time that begins on a date, as it is written, seconds since its midnight.
    private func opening(_ date: CivilDate) -> [Range] {
        weekly.flatMap { hours -> [Range] in
            let usual = hours.days[date.weekday]
            return usual.isEmpty ? [] : holidays.row(date, for: hours)?.ranges ?? usual
        }
    }

    /// When a date's working day begins, seconds since its midnight, below 86 400.
    func start(_ date: CivilDate) -> Double {
        let evening = date + -1
        // On a holiday that closes early the night is still its own: nobody is there, as on the holiday.
        let nights =
            opening(evening)
            + weekly.flatMap { holidays.row(evening, for: $0) == nil ? [] : $0.days[evening.weekday] }
        let end = nights.map(\.to).max() ?? 0
        let first = opening(date).map(\.from).min() ?? .infinity
        return min(max(0, end - 86400), first)
    }

    /// When a date's working day ends, seconds since its midnight: where the next one begins.
    func end(_ date: CivilDate) -> Double { 86400 + start(date + 1) }

    /// The open time of a date's working day, seconds since its midnight; sorted and disjoint.
    func hours(_ date: CivilDate) -> [Range] {
        let before = opening(date + -1).map { Range(from: $0.from - 86400, to: $0.to - 86400) }
        let (start, end) = (start(date), end(date))
        return WeeklyHours.union(before + opening(date)).compactMap { range in
            let cut = Range(from: max(start, range.from), to: min(end, range.to))
            return cut.to > cut.from ? cut : nil
        }
    }

    /// The rest of it: what is closed between its beginning and its end.
    func closed(_ date: CivilDate) -> [Range] {
        var closed: [Range] = []
        var start = start(date)
        for range in hours(date) {
            if range.from > start { closed.append(Range(from: start, to: range.from)) }
            start = range.to
        }
        let end = end(date)
        return start < end ? closed + [Range(from: start, to: end)] : closed
    }

    func isHoliday(_ date: CivilDate) -> Bool { weekly.contains { holidays.row(date, for: $0) != nil } }

    /// What becomes of those who would work while it is closed for a holiday: whatever leaves them most.
    func staff(_ date: CivilDate) -> Holidays.Staff {
        weekly.compactMap { holidays.row(date, for: $0)?.staff }.max() ?? .off
    }

    /// A holiday on which nothing opens.
    func isClosedHoliday(_ date: CivilDate) -> Bool { isHoliday(date) && opening(date).isEmpty }
}

/// The same in seconds of a horizon.
struct WorkingTime: Sendable {
    /// When it is open, sorted and disjoint; from before the horizon until after it.
    let open: [TimeSpan]
    /// Working days of holidays: what of them is closed, and the whole of those on which nothing opens; sorted and disjoint.
    let holidayGaps: [TimeSpan]
    let closedHolidays: [TimeSpan]
    /// When it would be open if there were no holidays; told where there are any.
    private let usual: [TimeSpan]
    /// Working days of holidays, and what becomes of those who would work then.
    private let staff: [(day: TimeSpan, staff: Holidays.Staff)]

    init(_ days: WorkingDays, usual: WorkingDays, _ calendar: Calendar) {
        var open: [TimeSpan] = []
        var holidays: [TimeSpan] = []
        var closed: [TimeSpan] = []
        var staff: [(day: TimeSpan, staff: Holidays.Staff)] = []
        for index in calendar.starting {
            let date = calendar.day(index).date
            for range in days.hours(date) { open += calendar.timeSpans(day: index, from: range.from, to: range.to) }
            guard days.isHoliday(date) else { continue }
            let whole = calendar.timeSpans(day: index, from: days.start(date), to: days.end(date))
            holidays += whole
            staff += whole.map { ($0, days.staff(date)) }
            if days.isClosedHoliday(date) { closed += whole }
        }
        let joined = TimeSpan.joined(open)
        self.open = joined
        holidayGaps = TimeSpan.joined(holidays).flatMap { Self.without($0, joined) }
        closedHolidays = TimeSpan.joined(closed)
        var regular: [TimeSpan] = []
        self.staff = staff
        if !holidays.isEmpty {
            for index in calendar.starting {
                for range in usual.hours(calendar.day(index).date) {
                    regular += calendar.timeSpans(day: index, from: range.from, to: range.to)
                }
            }
        }
        self.usual = TimeSpan.joined(regular)
    }

    /// What a shift must have of open time, seconds, to be worked although it is a holiday's: more than people overlap when
    /// they hand over.
    private static let least = 3600.0

    /// Whether a usual week's shift is not worked because of a holiday on which nothing opens: most of its usual open time
    /// (of all its time where it has none) is that day's, and less than an hour of it is open.
    func isOff(_ shift: TimeSpan) -> Bool {
        guard Self.overlap([shift], closedHolidays) > 0 else { return false }
        guard Self.overlap([shift], open) < min(Self.least, shift.length) else { return false }
        var worked = Self.cut(usual, to: shift)
        if worked.isEmpty { worked = [shift] }
        return Self.overlap(worked, closedHolidays) * 2 > worked.reduce(0) { $0 + $1.length }
    }

    /// What of a usual week's shift is worked on a holiday, and what of it is paid though it is not worked.
    ///
    /// Nobody comes for a day on which nothing opens. Where it opens later or closes earlier than usual they come as much
    /// later, and go as much earlier.
    func onHoliday(_ shift: TimeSpan) -> (worked: TimeSpan?, paid: [TimeSpan]) {
        var most = 0.0
        var longest: (day: TimeSpan, staff: Holidays.Staff)?
        for one in staff {
            let overlap: Double = Self.overlap([shift], [one.day])
            if overlap > most {
                most = overlap
                longest = one
            }
        }
        guard let day = longest, day.staff != Holidays.Staff.asUsual else { return (shift, []) }
        let held = day.staff
        if isOff(shift) { return (nil, held == .paid ? [shift] : []) }
        let (before, now) = (Self.cut(usual, to: shift), Self.cut(open, to: shift))
        // A handover at the border of the day before or after is no work of the holiday.
        let worked = before.reduce(0) { $0 + $1.length }
        guard Self.overlap(before, [day.day]) * 2 > worked else { return (shift, []) }
        guard let first = before.first, let last = before.last else { return (shift, []) }
        let nobody: (worked: TimeSpan?, paid: [TimeSpan]) = (nil, held == .paid ? [shift] : [])
        guard let from = now.first, let to = now.last else { return nobody }
        let start = shift.start + max(0, from.start - first.start)
        let end = shift.end - max(0, last.end - to.end)
        guard end - start >= min(Self.least, shift.length) else { return nobody }
        let rest = Self.without(shift, [TimeSpan(start, end)])
        return (TimeSpan(start, end), held == .paid ? rest : [])
    }

    /// What of holidays is closed and leaves people without work or with pay for nothing: all of it but where they work as
    /// usual.
    func closedToPeople(_ timeSpan: TimeSpan) -> [(timeSpan: TimeSpan, isPaid: Bool)] {
        var closed: [(timeSpan: TimeSpan, isPaid: Bool)] = []
        let gaps: [TimeSpan] = Self.cut(holidayGaps, to: timeSpan)
        for one in staff where one.staff != Holidays.Staff.asUsual {
            let isPaid = one.staff == Holidays.Staff.paid
            for part in Self.cut(gaps, to: one.day) { closed.append((timeSpan: part, isPaid: isPaid)) }
        }
        return closed
    }

    /// What is left of a span without others, which are sorted and disjoint.
    static func without(_ timeSpan: TimeSpan, _ others: [TimeSpan]) -> [TimeSpan] {
        PersonalDay.without(timeSpan, cut(others, to: timeSpan))
    }

    static func cut(_ timeSpans: [TimeSpan], to shift: TimeSpan) -> [TimeSpan] {
        timeSpans.compactMap { timeSpan in
            let part = TimeSpan(max(timeSpan.start, shift.start), min(timeSpan.end, shift.end))
            return part.end > part.start ? part : nil
        }
    }

    private static func overlap(_ some: [TimeSpan], _ others: [TimeSpan]) -> Double {
        some.reduce(0) { sum, timeSpan in cut(others, to: timeSpan).reduce(sum) { $0 + $1.length } }
    }
}
