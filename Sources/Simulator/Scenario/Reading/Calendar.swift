import Foundation

/// The simulated days in their time zone: wall-clock times to seconds since the horizon's start and back.
///
/// Holds one day more at each end, for what begins the night before or ends the morning after.
struct Calendar: Sendable {
    /// A stretch of a day during which the clocks run evenly; a day has one, or two where the clocks change.
    struct Stretch: Sendable {
        /// Seconds since the horizon's start.
        var span: Span
        /// What the clocks show at its start, seconds since midnight.
        var wallStart: Double
        var utcOffset: Int
        var wallEnd: Double { wallStart + span.length }
    }

    /// A day and how its clocks run.
    struct Day: Sendable {
        var date: CivilDate
        var stretches: [Stretch]
        var start: Double { stretches[0].span.start }
        var end: Double { stretches[stretches.count - 1].span.end }
        var length: Double { end - start }

        /// When the clocks change: from what to what they go, seconds since midnight.
        var change: (from: Double, to: Double)? {
            if stretches.count == 2 { return (stretches[0].wallEnd, stretches[1].wallStart) }
            // In some zones it is the first hour that is skipped: such a day begins at 01:00.
            return stretches[0].wallStart > 0 ? (0, stretches[0].wallStart) : nil
        }
    }

    let zone: String
    /// The first is the day before the horizon, the last the day after it.
    private let padded: [Day]
    let count: Int
    /// The first second of the first day, since 1970 in UTC; and when the horizon ends, seconds since its start.
    let origin: Int
    let horizonEnd: Double

    /// Day `index` of the horizon; −1 and `count` are the neighbours.
    func day(_ index: Int) -> Day { padded[index + 1] }

    var days: ArraySlice<Day> { padded[1...count] }

    /// With `other`, whose horizon it shares: the clocks of another zone over the same time.
    init(zone name: String, timeZone: TimeZone, first: CivilDate, count: Int, sharing other: Calendar? = nil) {
        zone = name
        self.count = count
        let offset = { (utc: Int) in timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc))) }
        var starts = (-1...count + 1).map { Self.firstInstant(of: first + $0, offset) }
        let origin = other?.origin ?? starts[1]
        self.origin = origin
        horizonEnd = other?.horizonEnd ?? Double(starts[count + 1] - origin)
        let last = starts.removeLast()
        padded = zip(-1...count, starts).map { index, start in
            let end = index == count ? last : starts[index + 2]
            return Self.day(first + index, start, end, origin: origin, offset)
        }
    }

    /// The first second of a date; not always its midnight, where the clocks change then.
    private static func firstInstant(of date: CivilDate, _ offset: (Int) -> Int) -> Int {
        let midnight = date.dayNumber * 86400
        let (before, after) = (offset(midnight - 86400), offset(midnight + 86400))
        if before == after { return midnight - before }
        // Wall time reaches midnight once and for all: find when, by halving.
        var low = midnight - max(before, after) - 7200
        var high = midnight - min(before, after) + 7200
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle + offset(middle) >= midnight { high = middle } else { low = middle }
        }
        return high
    }

    private static func day(_ date: CivilDate, _ start: Int, _ end: Int, origin: Int, _ offset: (Int) -> Int) -> Day {
        let midnight = date.dayNumber * 86400
        func stretch(_ from: Int, _ to: Int) -> Stretch {
            let utc = offset(from)
            return Stretch(
                span: Span(Double(from - origin), Double(to - origin)), wallStart: Double(from + utc - midnight),
                utcOffset: utc)
        }
        guard offset(start) != offset(end - 1) else { return Day(date: date, stretches: [stretch(start, end)]) }
        var low = start
        var high = end - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if offset(middle) == offset(start) { low = middle } else { high = middle }
        }
        return Day(date: date, stretches: [stretch(start, high), stretch(high, end)])
    }

    // MARK: Wall clock to seconds

    /// When day `index` shows `wall` for the first time; nil when the clocks skip it. Times from 24:00 on belong to the
    /// following day.
    func time(day index: Int, wall: Double) -> Double? {
        if wall >= 86400, index < count { return time(day: index + 1, wall: wall - 86400) }
        let day = day(min(index, count))
        for stretch in day.stretches where wall >= stretch.wallStart && wall < stretch.wallEnd {
            return stretch.span.start + (wall - stretch.wallStart)
        }
        return wall >= 86400 ? day.end : nil
    }

    /// As `time`, and the moment of the change for times that the clocks skip.
    func nearestTime(day index: Int, wall: Double) -> Double {
        if let time = time(day: index, wall: wall) { return time }
        let day = day(min(index, count))
        let later = day.stretches.first { $0.wallStart > wall }
        return later?.span.start ?? day.end
    }

    /// The spans during which day `index` shows a time from `from` to `to`: none in a skipped hour, two in a repeated
    /// one.
    func spans(day index: Int, from: Double, to: Double) -> [Span] {
        var spans: [Span] = []
        if index >= -1, index <= count {
            for stretch in day(index).stretches {
                let low = max(from, stretch.wallStart)
                let high = min(to, stretch.wallEnd)
                if high > low {
                    spans.append(
                        Span(
                            stretch.span.start + (low - stretch.wallStart),
                            stretch.span.start + (high - stretch.wallStart)
                        ))
                }
            }
        }
        if to > 86400, index < count { spans += self.spans(day: index + 1, from: max(0, from - 86400), to: to - 86400) }
        return spans
    }

    /// The clocks of another zone over the same horizon: a day more, of which the horizon's end may be a part.
    func inZone(_ name: String, _ timeZone: TimeZone) -> Calendar {
        Calendar(zone: name, timeZone: timeZone, first: day(0).date, count: count + 1, sharing: self)
    }

    // MARK: The horizon

    /// Days and reporting periods; a period never crosses midnight or a change of the clocks.
    func horizon(interval: Double) -> Horizon {
        var periods: [Horizon.Period] = []
        var horizonDays: [Horizon.Day] = []
        for (index, day) in days.enumerated() {
            horizonDays.append(
                Horizon.Day(date: day.date.iso, weekday: day.date.weekday, start: day.start, end: day.end))
            for stretch in day.stretches {
                var wall = stretch.wallStart
                while wall < stretch.wallEnd {
                    let next = min((wall / interval).rounded(.down) * interval + interval, stretch.wallEnd)
                    let start = stretch.span.start + (wall - stretch.wallStart)
                    periods.append(
                        Horizon.Period(
                            day: index, start: start, end: start + (next - wall), startClock: Units.formatClock(wall),
                            endClock: Units.formatClock(next),
                            instant: Self.instant(day.date, wall: wall, offset: stretch.utcOffset)))
                    wall = next
                }
            }
        }
        return Horizon(timeZone: zone, days: horizonDays, periods: periods)
    }

    /// `2026-11-01T01:30:00-06:00`.
    private static func instant(_ date: CivilDate, wall: Double, offset: Int) -> String {
        let two = { (n: Int) in n < 10 ? "0\(n)" : String(n) }
        let seconds = Int(wall)
        let minutes = abs(offset) / 60
        return date.iso + "T" + two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60)
            + (offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
    }

    /// `Sun 2026-03-08`.
    static func words(_ date: CivilDate) -> String { Horizon.weekdayNames[date.weekday] + " " + date.iso }
}
