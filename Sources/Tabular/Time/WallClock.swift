/// What the clocks show at a number of seconds since the horizon's start.
///
/// Past the end of the horizon they run on as they ran last.
package struct WallClock: Sendable {
    /// From `start` on the clocks run evenly.
    private struct Stretch: Sendable {
        var start: Double
        /// What they show then, milliseconds since 1970-01-01 in their own time.
        var wall: Int
        /// Seconds ahead of UTC.
        var utcOffset: Int

        /// `-06:00`.
        var offset: String { Horizon.offsetText(utcOffset) }
    }

    private let timeSpans: [Stretch]

    package init(_ horizon: Horizon) {
        var timeSpans: [Stretch] = []
        for period in horizon.periods {
            // Most periods run on as the one before did; a plain horizon has no clocks.
            guard let offset = period.utcOffset, offset != timeSpans.last?.utcOffset,
                let date = CivilDate(iso: horizon.days[period.day].date)
            else { continue }
            let seconds = date.dayNumber * 86400 + Int(period.clockStart)
            timeSpans.append(Stretch(start: period.start, wall: seconds * 1000, utcOffset: offset))
        }
        self.timeSpans = timeSpans
    }

    /// Where the clocks stand and when they change: all that a table of time zones says of the period. The same text,
    /// the same clocks, whatever the table's version.
    package var changes: String {
        timeSpans.map { "\(Units.formatNumber($0.start))s \($0.wall) \($0.offset)" }.joined(separator: "; ")
    }

    private func timeSpan(at time: Double) -> Stretch? { timeSpans.last { $0.start <= time } ?? timeSpans.first }

    /// Milliseconds since 1970-01-01 in the clocks' own time, rounded down: an instant stays in its interval.
    private func wall(_ time: Double, _ timeSpan: Stretch) -> Int {
        timeSpan.wall + Int(((time - timeSpan.start) * 1000).rounded(.down))
    }

    /// `2026-03-02T08:14:07.250-06:00`; `T+907.25s` on a horizon without a calendar.
    package func instant(_ time: Double) -> String {
        guard let timeSpan = timeSpan(at: time) else { return "T+" + Units.formatNumber(time) + "s" }
        let (day, rest) = Self.divide(wall(time, timeSpan))
        var text: [UInt8] = Array(CivilDate(dayNumber: day).iso.utf8)
        text.reserveCapacity(32)
        text.append(UInt8(ascii: "T"))
        Self.append(rest / 1000, to: &text)
        text.append(UInt8(ascii: "."))
        Self.append(digits: rest % 1000, 3, to: &text)
        return String(decoding: text, as: UTF8.self) + timeSpan.offset
    }

    /// `08:14:07`, without the second's fraction.
    package func clock(_ time: Double) -> String {
        var text: [UInt8] = []
        if let timeSpan = timeSpan(at: time) {
            Self.append(Self.divide(wall(time, timeSpan)).rest / 1000, to: &text)
        } else {
            Self.append(Int(time.rounded(.down)), to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The day that the calendar shows; nil on a horizon without one.
    package func date(_ time: Double) -> CivilDate? {
        timeSpan(at: time).map { CivilDate(dayNumber: Self.divide(wall(time, $0)).day) }
    }

    /// The day since 1970-01-01, negative before it, and the milliseconds of that day that have passed, 0..<86,400,000.
    private static func divide(_ wall: Int) -> (day: Int, rest: Int) {
        let (day, rest) = wall.quotientAndRemainder(dividingBy: 86_400_000)
        return rest < 0 ? (day - 1, rest + 86_400_000) : (day, rest)
    }

    /// `08:14:07` of seconds since midnight.
    private static func append(_ seconds: Int, to text: inout [UInt8]) {
        append(digits: seconds / 3600, 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(digits: seconds / 60 % 60, 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(digits: seconds % 60, 2, to: &text)
    }

    private static func append(digits number: Int, _ width: Int, to text: inout [UInt8]) {
        var unit = width == 3 ? 100 : 10
        while unit > 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / unit % 10))
            unit /= 10
        }
    }
}
