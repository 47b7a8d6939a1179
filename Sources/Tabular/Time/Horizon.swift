/// The simulated span: its days and its reporting periods, in seconds since its start.
public struct Horizon: Sendable, Hashable {
    /// One calendar day; 82 800, 86 400 or 90 000 seconds long.
    public struct Day: Sendable, Hashable {
        /// `2026-03-02`.
        public var date: String
        /// 0 is Monday … 6 is Sunday.
        public var weekday: Int
        /// Midnight by the zone's clocks, seconds since the horizon's start.
        public var start: Double
        /// The next midnight.
        public var end: Double

        /// `weekday` is 0 for Monday; times in seconds since the horizon's start.
        public init(date: String, weekday: Int, start: Double, end: Double) {
            self.date = date
            self.weekday = weekday
            self.start = start
            self.end = end
        }
    }

    /// One reporting interval; periods tile the horizon without gaps.
    public struct Period: Sendable, Hashable {
        /// Index into `days`.
        public var day: Int
        /// Inclusive, seconds since the horizon's start.
        public var start: Double
        /// Exclusive, likewise.
        public var end: Double
        /// What the wall clock shows at the start, seconds after midnight.
        public var clockStart: Double
        /// The same at the end: 86,400 is the end of the day.
        public var clockEnd: Double
        /// How far the clock is ahead of UTC at the start, seconds; nil on a horizon without a calendar.
        public var utcOffset: Int?

        /// `day` is an index; clocks and instant are as tables print them.
        public init(
            day: Int, start: Double, end: Double, clockStart: Double, clockEnd: Double, utcOffset: Int? = nil
        ) {
            self.day = day
            self.start = start
            self.end = end
            self.clockStart = clockStart
            self.clockEnd = clockEnd
            self.utcOffset = utcOffset
        }

        /// The wall clock at the start, `07:30`; seconds are left out.
        public var startClock: String { Self.minute(clockStart) }
        /// The wall clock at the end, `08:00`; `24:00` at midnight.
        public var endClock: String { Self.minute(clockEnd) }

        private static func minute(_ clock: Double) -> String { Units.formatClock((clock / 60).rounded(.down) * 60) }
    }

    /// An IANA name such as `America/Chicago`.
    public var timeZone: String
    /// In order, without gaps.
    public var days: [Day]
    /// In order, without gaps, none across midnight.
    public var periods: [Period]

    /// Seconds from the start of the first day to the end of the last.
    public var length: Double { days.last?.end ?? 0 }

    /// Days and periods cover the same time.
    public init(timeZone: String, days: [Day], periods: [Period]) {
        self.timeZone = timeZone
        self.days = days
        self.periods = periods
    }

    /// A plain span without a calendar for theory and tests: `count` periods of `step` seconds on one long "day".
    public static func plain(step: Double, count: Int) -> Horizon {
        let periods = (0..<count).map { (i: Int) -> Period in
            let start = Double(i) * step
            return Period(day: 0, start: start, end: start + step, clockStart: start, clockEnd: start + step)
        }
        return Horizon(
            timeZone: "UTC", days: [Day(date: "2001-01-01", weekday: 0, start: 0, end: Double(count) * step)],
            periods: periods)
    }

    /// A period's start with its offset from UTC, `2026-11-01T01:30:00-06:00`: repeated hours stay apart. `T+900s` on a
    /// horizon without a calendar.
    public func instant(_ period: Period) -> String {
        guard let offset = period.utcOffset else { return "T+\(Int(period.start))s" }
        let seconds = Int(period.clockStart)
        return days[period.day].date + "T" + Self.two(seconds / 3600) + ":" + Self.two(seconds / 60 % 60) + ":"
            + Self.two(seconds % 60) + Self.offsetText(offset)
    }

    /// `-06:00`.
    package static func offsetText(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        return (seconds < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// `Mon` … `Sun`.
    public static let weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}

/// A half-open span of time, seconds since the horizon's start.
public struct TimeSpan: Sendable, Hashable {
    /// Inclusive.
    public var start: Double
    /// Exclusive.
    public var end: Double
    /// Seconds.
    public var length: Double { end - start }

    /// `end` ≥ `start`, both in seconds since the horizon's start.
    public init(_ start: Double, _ end: Double) {
        self.start = start
        self.end = end
    }
}

extension TimeSpan {
    /// Sorted, with overlapping and touching spans joined.
    package static func joined(_ timeSpans: [TimeSpan]) -> [TimeSpan] {
        joined(timeSpans, from: -.infinity, within: .infinity)
    }

    /// Cut to the horizon, sorted, with overlapping and touching spans joined.
    package static func joined(_ timeSpans: [TimeSpan], from start: Double = 0, within end: Double) -> [TimeSpan] {
        var result: [TimeSpan] = []
        for timeSpan in timeSpans.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            let cut = TimeSpan(max(start, timeSpan.start), min(end, timeSpan.end))
            guard cut.end > cut.start else { continue }
            if let last = result.last, cut.start <= last.end {
                result[result.count - 1].end = max(last.end, cut.end)
            } else {
                result.append(cut)
            }
        }
        return result
    }
}

extension [TimeSpan] {
    /// Those of sorted, disjoint spans that have some time in common with another.
    package func touching(_ timeSpan: TimeSpan) -> ArraySlice<TimeSpan> {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].end <= timeSpan.start { low = middle + 1 } else { high = middle }
        }
        return self[low...].prefix { $0.start < timeSpan.end }
    }
}
