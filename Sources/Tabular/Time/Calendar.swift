import Foundation

/// The simulated days in their time zone: wall-clock times to seconds since the horizon's start and back.
///
/// Holds one day more at each end, for what begins the night before or ends the morning after; of another zone's clocks
/// all days that have a part in the horizon, and one more at each end.
package struct Calendar: Sendable {
    /// A time span of a day during which the clocks run evenly; a day has one, or two where the clocks change.
    struct OffsetPeriod: Sendable {
        /// Seconds since the horizon's start.
        var timeSpan: TimeSpan
        /// What the clocks show at its start, seconds since midnight.
        var wallStart: Double
        var utcOffset: Int
        var wallEnd: Double { wallStart + timeSpan.length }
    }

    /// A day and how its clocks run.
    package struct Day: Sendable {
        package var date: CivilDate
        var offsetPeriods: [OffsetPeriod]
        package var start: Double { offsetPeriods[0].timeSpan.start }
        package var end: Double { offsetPeriods[offsetPeriods.count - 1].timeSpan.end }
        package var length: Double { end - start }

        /// When the clocks change: from what to what they go, seconds since midnight. At midnight they may skip a day's
        /// first hour.
        package var change: (from: Double, to: Double)? {
            if offsetPeriods.count == 2 { return (offsetPeriods[0].wallEnd, offsetPeriods[1].wallStart) }
            if offsetPeriods[0].wallStart > 0 { return (0, offsetPeriods[0].wallStart) }
            return offsetPeriods[0].wallEnd < 86400 ? (offsetPeriods[0].wallEnd, 86400) : nil
        }
    }

    package let zone: String
    private let timeZone: TimeZone
    /// The days known, the first of them `lowest`.
    private let padded: [Day]
    private let lowest: Int
    package let count: Int
    /// The first second of the first day, since 1970 in UTC; and when the horizon ends, seconds since its start.
    let origin: Int
    package let horizonEnd: Double

    private var highest: Int { lowest + padded.count - 1 }

    /// Day `index` of the horizon; −1 and `count` are the neighbours.
    package func day(_ index: Int) -> Day { padded[index - lowest] }

    package var days: ArraySlice<Day> { padded[(-lowest)..<(count - lowest)] }

    /// Days on which something may begin that reaches into the horizon.
    package var starting: Range<Int> { lowest..<highest }

    package init(zone name: String, timeZone: TimeZone, first: CivilDate, count: Int) {
        let start = Self.firstInstant(of: first, Self.offsets(timeZone))
        let end = Self.firstInstant(of: first + count, Self.offsets(timeZone))
        self.init(
            zone: name, timeZone, first: first, count: count, from: start, until: end, known: -1...count)
    }

    private init(
        zone name: String, _ timeZone: TimeZone, first: CivilDate, count: Int, from origin: Int, until end: Int,
        known: ClosedRange<Int>
    ) {
        zone = name
        self.timeZone = timeZone
        self.count = count
        self.origin = origin
        horizonEnd = Double(end - origin)
        lowest = known.lowerBound
        padded = known.map { Self.day(first + $0, origin: origin, Self.offsets(timeZone)) }
    }

    /// The clocks of another zone over the same horizon.
    package func inZone(_ name: String, _ other: TimeZone) -> Calendar {
        let offset = Self.offsets(other)
        let first = day(0).date
        func index(_ utc: Int) -> Int {
            Int((Double(utc + offset(utc)) / 86400).rounded(.down)) - first.dayNumber
        }
        let end = origin + Int(horizonEnd)
        return Calendar(
            zone: name, other, first: first, count: count, from: origin, until: end,
            known: min(-1, index(origin) - 1)...max(count, index(end) + 1))
    }

    private static func offsets(_ timeZone: TimeZone) -> (Int) -> Int {
        { utc in timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc))) }
    }

    /// How often a date's clocks show a time: twice in an hour that is repeated, never in one that is skipped.
    package func occurrences(of wall: Double, on date: CivilDate) -> Int {
        let index = date.dayNumber - day(0).date.dayNumber
        let day =
            (lowest...highest).contains(index)
            ? day(index) : Self.day(date, origin: origin, Self.offsets(timeZone))
        return day.offsetPeriods.count { wall >= $0.wallStart && wall < $0.wallEnd }
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

    private static func day(_ date: CivilDate, origin: Int, _ offset: (Int) -> Int) -> Day {
        let start = firstInstant(of: date, offset)
        let end = firstInstant(of: date + 1, offset)
        let midnight = date.dayNumber * 86400
        func offsetPeriod(_ from: Int, _ to: Int) -> OffsetPeriod {
            let utc = offset(from)
            return OffsetPeriod(
                timeSpan: TimeSpan(Double(from - origin), Double(to - origin)),
                wallStart: Double(from + utc - midnight),
                utcOffset: utc)
        }
        // A day that a zone left out altogether has no length.
        guard end > start, offset(start) != offset(end - 1) else {
            return Day(date: date, offsetPeriods: [offsetPeriod(start, end)])
        }
        var low = start
        var high = end - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if offset(middle) == offset(start) { low = middle } else { high = middle }
        }
        return Day(date: date, offsetPeriods: [offsetPeriod(start, high), offsetPeriod(high, end)])
    }

    // MARK: Wall clock to seconds

    /// When day `index` shows `wall` for the first time; nil when the clocks skip it. Times from 24:00 on belong to the
    /// following day.
    package func time(day index: Int, wall: Double) -> Double? {
        if wall >= 86400, index < highest { return time(day: index + 1, wall: wall - 86400) }
        let day = day(min(index, highest))
        for offsetPeriod in day.offsetPeriods where wall >= offsetPeriod.wallStart && wall < offsetPeriod.wallEnd {
            return offsetPeriod.timeSpan.start + (wall - offsetPeriod.wallStart)
        }
        return wall >= 86400 ? day.end : nil
    }

    /// As `time`, and the moment of the change for times that the clocks skip.
    package func nearestTime(day index: Int, wall: Double) -> Double {
        if wall >= 86400, index < highest { return nearestTime(day: index + 1, wall: wall - 86400) }
        if let time = time(day: index, wall: wall) { return time }
        let day = day(min(index, highest))
        let later = day.offsetPeriods.first { $0.wallStart > wall }
        return later?.timeSpan.start ?? day.end
    }

    /// The spans during which day `index` shows a time from `from` to `to`: none in a skipped hour, two in a repeated
    /// one; only the first or the second of them for a `turn` of 0 or 1.
    package func timeSpans(day index: Int, from: Double, to: Double, turn: Int? = nil) -> [TimeSpan] {
        var timeSpans: [TimeSpan] = []
        if index >= lowest, index <= highest {
            for (place, offsetPeriod) in day(index).offsetPeriods.enumerated() where turn.map({ $0 == place }) ?? true {
                let low = max(from, offsetPeriod.wallStart)
                let high = min(to, offsetPeriod.wallEnd)
                if high > low {
                    timeSpans.append(
                        TimeSpan(
                            offsetPeriod.timeSpan.start + (low - offsetPeriod.wallStart),
                            offsetPeriod.timeSpan.start + (high - offsetPeriod.wallStart)
                        ))
                }
            }
        }
        if to > 86400, index < highest, turn != 0 {
            timeSpans += self.timeSpans(day: index + 1, from: max(0, from - 86400), to: to - 86400)
        }
        return timeSpans
    }

    /// Seconds of the clock from `from` to `to` that day `index` skips.
    package func skipped(day index: Int, from: Double, to: Double) -> Double {
        guard index >= 0, index < count, let change = day(index).change, change.to > change.from else { return 0 }
        return max(0, min(to, change.to) - max(from, change.from))
    }

    // MARK: The horizon

    /// Days and reporting periods; a period never crosses midnight or a change of the clocks.
    package func horizon(interval: Double) -> Horizon {
        var periods: [Horizon.Period] = []
        var horizonDays: [Horizon.Day] = []
        for (index, day) in days.enumerated() {
            horizonDays.append(
                Horizon.Day(date: day.date.iso, weekday: day.date.weekday, start: day.start, end: day.end))
            for offsetPeriod in day.offsetPeriods {
                var wall = offsetPeriod.wallStart
                while wall < offsetPeriod.wallEnd {
                    let next = min((wall / interval).rounded(.down) * interval + interval, offsetPeriod.wallEnd)
                    let start = offsetPeriod.timeSpan.start + (wall - offsetPeriod.wallStart)
                    periods.append(
                        Horizon.Period(
                            day: index, start: start, end: start + (next - wall), clockStart: wall, clockEnd: next,
                            utcOffset: offsetPeriod.utcOffset))
                    wall = next
                }
            }
        }
        return Horizon(timeZone: zone, days: horizonDays, periods: periods)
    }

    /// `Sun 2026-03-08`.
    package static func words(_ date: CivilDate) -> String { Horizon.weekdayNames[date.weekday] + " " + date.iso }
}
