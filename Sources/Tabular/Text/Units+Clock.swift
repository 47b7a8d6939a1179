extension Units {
    // MARK: Clock times

    private static let clockExpected = "a clock time such as 07:30 or 7:30 am"

    /// Seconds since midnight: `07:30`, `7:30 am`; `24:00` only where a time ends something.
    public static func clock(_ text: String, isEnd: Bool = false) -> Reading<Double> {
        let text = trimmed(text)
        func wrong(_ clause: String, _ suggestion: String? = nil) -> Reading<Double> {
            .wrong(Wrong("E206", clause, expected: clockExpected, suggestion: suggestion))
        }
        var body = text.lowercased()
        var half: String?
        for word in ["am", "pm"] where body.hasSuffix(word) {
            half = word
            body = trimmed(String(body.dropLast(2)))
        }
        let parts = body.split(separator: ":", omittingEmptySubsequences: false)
        let isDigits = { (part: Substring) in !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber } }
        guard parts.count == 2 || parts.count == 3, parts.allSatisfy(isDigits), parts[0].count <= 2,
            parts.dropFirst().allSatisfy({ $0.count == 2 }), var hours = Int(parts[0]), let minutes = Int(parts[1]),
            let seconds = parts.count == 3 ? Int(parts[2]) : 0
        else {
            if (3...4).contains(body.count), isDigits(Substring(body)) {
                let repaired = "\(body.dropLast(2).count == 1 ? "0" : "")\(body.dropLast(2)):\(body.suffix(2))"
                if clock(repaired, isEnd: isEnd).value != nil { return wrong("\(text) is not a clock time", repaired) }
            }
            return wrong("\(text) is not a clock time")
        }
        if let half {
            guard (1...12).contains(hours) else { return wrong("\(text) is not a clock time") }
            hours = hours % 12 + (half == "pm" ? 12 : 0)
        }
        if hours == 24, minutes == 0, seconds == 0 {
            return isEnd
                ? .value(86400) : wrong("24:00 can only be an end", "00:00")
        }
        guard hours < 24, minutes < 60, seconds < 60 else { return wrong("\(text) is not a clock time") }
        return .value(Double(hours * 3600 + minutes * 60 + seconds))
    }

    /// From and to, seconds since midnight: `08:00-17:00`; an end before the start is on the next day.
    public static func clockRange(_ text: String) -> Reading<(from: Double, to: Double)> {
        let text = trimmed(text)
        let expected = "opening and closing time such as 08:00-17:00"
        let parts = text.replacing("–", with: "-").split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            return .wrong(Wrong("E206", "\(text) is not a span of clock times", expected: expected))
        }
        switch (clock(String(parts[0])), clock(String(parts[1]), isEnd: true)) {
        // Midnight to midnight is a day; any other time to itself is a slip of the pen.
        case (.value(let from), .value(let to)) where from == to && from > 0:
            return .wrong(
                Wrong(
                    "E206", "\(text) begins and ends at the same time", expected: expected,
                    advice: "write 00:00-24:00 for a whole day"))
        case (.value(let from), .value(let to)): return .value((from, to > from ? to : to + 86400))
        case (.wrong(var wrong), _), (_, .wrong(var wrong)):
            wrong.expected = expected
            wrong.suggestion = nil
            return .wrong(wrong)
        }
    }

    /// `07:30`; with seconds only where there are some, `24:00` for a day's end, times past it counted on.
    public static func formatClock(_ secondsOfDay: Double) -> String {
        let total = Int(secondsOfDay)
        let two = { (n: Int) in n < 10 ? "0\(n)" : String(n) }
        let text = two(total / 3600) + ":" + two(total / 60 % 60)
        return total % 60 == 0 ? text : text + ":" + two(total % 60)
    }

    // MARK: Days of the week

    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// Monday is 0: `Mon`, `Mon-Fri`, `Mon, Wed`, `daily`; not `1-5`.
    public static func days(_ text: String) -> Reading<[Int]> {
        let text = trimmed(text)
        let expected = "days such as Mon, Mon-Fri or daily"
        if text.lowercased() == "daily" { return .value(Array(0..<7)) }
        func day(_ name: Substring) -> Int? {
            let name = trimmed(String(name)).lowercased()
            return name.count < 3 ? nil : weekdays.firstIndex { $0.hasPrefix(name) }
        }
        var days: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.replacing("–", with: "-").split(separator: "-", omittingEmptySubsequences: false)
            guard (1...2).contains(ends.count), let first = day(ends[0]), let last = day(ends[ends.count - 1]) else {
                let numbers = ends.compactMap { Int(trimmed(String($0))) }
                let named = numbers.allSatisfy((1...7).contains) && numbers.count == ends.count && numbers.count <= 2
                return .wrong(
                    Wrong(
                        "E207", "\(text.isEmpty ? "nothing" : text) is not a day", expected: expected,
                        advice: named
                            ? "write \"\(numbers.map { Horizon.weekdayNames[$0 - 1] }.joined(separator: "-"))\"" : nil))
            }
            var current = first
            days.insert(current)
            while current != last {
                current = (current + 1) % 7
                days.insert(current)
            }
        }
        return .value(days.sorted())
    }

    /// `Mon-Fri`, `Mon, Wed`, `daily`.
    public static func formatDays(_ days: [Int]) -> String {
        let days = days.sorted()
        if days.count == 7 { return "daily" }
        var parts: [String] = []
        var start = 0
        while start < days.count {
            var end = start
            while end + 1 < days.count, days[end + 1] == days[end] + 1 { end += 1 }
            let (first, last) = (Horizon.weekdayNames[days[start]], Horizon.weekdayNames[days[end]])
            parts.append(end == start ? first : "\(first)-\(last)")
            start = end + 1
        }
        return parts.joined(separator: ", ")
    }

    // MARK: Dates

    /// `2026-03-02`.
    public static func date(_ text: String) -> Reading<CivilDate> {
        let text = trimmed(text)
        if let date = CivilDate(iso: text) { return .value(date) }
        let isShaped =
            text.count == 10
            && text.enumerated().allSatisfy { index, character in
                index == 4 || index == 7 ? character == "-" : character.isASCII && character.isNumber
            }
        return .wrong(
            Wrong(
                "E208", isShaped ? "there is no \(text) in the calendar" : "\(text) is not a date",
                expected: "a date such as 2026-03-02"))
    }

    // MARK: Points

    /// A fraction from percentage points: `1 point`, `0.5 points`.
    public static func points(_ text: String) -> Reading<Double> {
        let text = trimmed(text)
        let expected = "percentage points such as 1 point or 0.5 points"
        for word in [" points", " point"] where text.hasSuffix(word) {
            if let number = DecimalText(trimmed(String(text.dropLast(word.count)))) {
                if number.value > 0, number.value <= 50 { return .value(number.divided(by: 100)) }
                return .wrong(Wrong("E204", "\(text) is not between 0 and 50 points", expected: expected))
            }
        }
        let number = DecimalText(text.hasSuffix("%") ? String(text.dropLast()) : text)
        let suggestion = number.flatMap { $0.value > 0 && $0.value <= 50 ? formatPoints($0.divided(by: 100)) : nil }
        return .wrong(Wrong("E205", "\(text) is not a number of points", expected: expected, suggestion: suggestion))
    }

    /// `1 point`, `0.5 points`.
    public static func formatPoints(_ fraction: Double) -> String {
        let percent = formatShare(fraction)
        let number = percent.hasSuffix("%") ? String(percent.dropLast()) : formatNumber(fraction * 100)
        return number + (number == "1" ? " point" : " points")
    }
}

/// A day of the Gregorian calendar, without clock or zone.
public struct CivilDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01, a Thursday.
    public let dayNumber: Int

    /// Any number is a day: the calendar goes on to both sides.
    public init(dayNumber: Int) { self.dayNumber = dayNumber }

    /// Nil when there is no such day; years 1…9999. The count follows Hinnant (2013), "chrono-compatible low-level
    /// date algorithms": years begin in March, so that the leap day comes last.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = era * 146_097 + dayOfEra - 719_468
        if parts != (year, month, day) { return nil }
    }

    /// `2026-03-02`.
    public init?(iso text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
            text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (48...57).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month 1…12, day 1…31.
    public var parts: (year: Int, month: Int, day: Int) {
        let z = dayNumber + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let m = (5 * dayOfYear + 2) / 153
        let month = m < 10 ? m + 3 : m - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
    }

    /// 0 is Monday … 6 is Sunday.
    public var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 }

    /// `2026-03-02`.
    public var iso: String {
        let (year, month, day) = parts
        let digits = { (n: Int, width: Int) in
            let text = String(n)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return digits(year, 4) + "-" + digits(month, 2) + "-" + digits(day, 2)
    }

    public static func < (a: CivilDate, b: CivilDate) -> Bool { a.dayNumber < b.dayNumber }
    /// The day so many days later; earlier for a negative number.
    public static func + (date: CivilDate, days: Int) -> CivilDate { CivilDate(dayNumber: date.dayNumber + days) }
}
