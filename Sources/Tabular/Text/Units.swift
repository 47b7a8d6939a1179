/// The one grammar for values in scenario files, side tables and on the command line: text to value and back.
///
/// Every value is written with its unit and comes out in seconds, per second, or as a fraction.
public enum Units {
    private static let durationExpected = "a duration such as 280s, 4m40s or 4.5m"
    private static let shareExpected = "a percentage with its sign (30%) or a number from 0 to 1 (0.30)"

    // MARK: Durations

    /// Seconds: `20s` `4m40s` `1h30m` `2d` `4.5m` `PT4M40S` `0:04:40`; not `280`, not `4,5m`.
    public static func duration(_ text: String) -> Reading<Double> {
        let text = trimmed(text)
        func wrong(_ clause: String, followsName: Bool = false, _ suggestion: String? = nil, _ meaning: String? = nil)
            -> Reading<Double>
        {
            .wrong(
                Wrong(
                    "E201", clause, followsName: followsName, expected: durationExpected, suggestion: suggestion,
                    meaning: meaning))
        }
        if text.isEmpty { return wrong("needs a duration", followsName: true) }
        if let bare = DecimalText(text) {
            if bare.isNegative { return wrong("\(text) is below 0") }
            return wrong(
                "needs a unit", followsName: true, "\(text)s", "if you meant \(text) second" + (text == "1" ? "" : "s"))
        }
        if text.hasPrefix("-"), duration(String(text.dropFirst())).value != nil { return wrong("\(text) is below 0") }
        if let seconds = clockDuration(text) ?? isoDuration(text) ?? unitDuration(text) { return .value(seconds) }
        if text.contains(",") {
            let repaired = text.replacing(",", with: ".")
            if duration(repaired).value != nil { return wrong("\(text) has a decimal comma", repaired) }
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, let a = Int(parts[0]), let b = Int(parts[1]), parts[1].count == 2, b < 60 {
            return wrong("\(text) can be read two ways", "\(a)m\(parts[1])s", "if you meant minutes and seconds")
        }
        return wrong("\(text) is not a duration")
    }

    /// `H:MM:SS`.
    private static func clockDuration(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].count == 2, parts[2].prefix(while: { $0 != "." }).count == 2,
            let hours = DecimalText(String(parts[0])), hours.isWhole, !hours.isNegative,
            let minutes = DecimalText(String(parts[1])), minutes.isWhole, minutes.value < 60,
            let seconds = DecimalText(String(parts[2])), seconds.value < 60
        else { return nil }
        return hours.times(3600) + minutes.times(60) + seconds.value
    }

    /// ISO 8601, without years, months and weeks: `PT4M40S`, `P1DT2H`.
    private static func isoDuration(_ text: String) -> Double? {
        guard let first = text.first, first == "P" || first == "p", text.count > 2 else { return nil }
        let body = text.dropFirst().uppercased()
        let halves = body.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        var units = String(halves[0])
        if halves.count == 2 {
            if halves[1].isEmpty { return nil }
            if !units.isEmpty, !units.hasSuffix("D") { return nil }
            units += halves[1]
        } else if !units.hasSuffix("D") {
            return nil
        }
        if units.contains(" ") { return nil }
        return unitDuration(units.lowercased())
    }

    private static let durationUnits: [(seconds: Double, names: [String])] = [
        (604_800, ["w", "week", "weeks"]),
        (86400, ["d", "day", "days"]),
        (3600, ["h", "hr", "hrs", "hour", "hours"]),
        (60, ["m", "min", "mins", "minute", "minutes"]),
        (1, ["s", "sec", "secs", "second", "seconds"]),
    ]

    /// `1h30m`, `4.5m`, `90 s`, `8w`: units in falling order, each at most once.
    private static func unitDuration(_ text: String) -> Double? {
        var rest = Substring(text)
        var total = 0.0
        var next = 0
        repeat {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard !number.isEmpty, let amount = DecimalText(String(number)) else { return nil }
            rest = rest.dropFirst(number.count).drop { $0 == " " }
            let word = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(word.count).drop { $0 == " " }
            guard let unit = durationUnits[next...].firstIndex(where: { $0.names.contains(word.lowercased()) }) else {
                return nil
            }
            total += amount.times(durationUnits[unit].seconds)
            next = unit + 1
        } while !rest.isEmpty
        return total
    }

    /// `28s`, `4m40s`, `1h30m`: the shortest plain form that reads back to the same seconds.
    public static func formatDuration(_ seconds: Double) -> String {
        if seconds < 0 { return "-" + formatDuration(-seconds) }
        guard seconds == seconds.rounded(), seconds < 1e12 else { return formatNumber(seconds) + "s" }
        var rest = Int(seconds)
        if rest == 0 { return "0s" }
        var text = ""
        // Whole days only: 36h reads easier as 36h than as 1d12h.
        if rest % 86400 == 0 { return "\(rest / 86400)d" }
        if rest >= 3600 {
            text += "\(rest / 3600)h"
            rest %= 3600
        }
        if rest >= 60 {
            text += "\(rest / 60)m"
            rest %= 60
        }
        if rest > 0 { text += "\(rest)s" }
        return text
    }

    /// As targets are spoken of: `60s`, `90s`, from two minutes on `2m`, `2m30s`.
    public static func formatTargetWait(_ seconds: Double) -> String {
        seconds >= 1 && seconds < 120 && seconds == seconds.rounded() ? "\(Int(seconds))s" : formatDuration(seconds)
    }

    // MARK: Shares and factors

    /// A fraction 0…1: `30%` or `0.30`; not `30`.
    public static func share(_ text: String) -> Reading<Double> {
        fraction(text, most: 1, kind: "share", expected: shareExpected)
    }

    /// A part of what is usual such as `60%`, `130%` or `0%`, at most ten times as much.
    package static func partOfUsual(_ text: String) -> Reading<Double> {
        fraction(text, most: 10, kind: "share", expected: "a percentage of a usual day such as 60%")
    }

    /// How much longer each takes of several at once, such as `25%`; at most thirty times.
    package static func slowdown(_ text: String) -> Reading<Double> {
        fraction(text, most: 30, plain: 1, kind: "share", expected: "how much longer each takes, such as 25%")
    }

    /// A multiplier such as `120%` or `1.2`, > 0 and at most 20.
    public static func factor(_ text: String) -> Reading<Double> {
        let expected = "a percentage with its sign (120%) or a plain factor (1.2)"
        let read = fraction(text, most: 20, kind: "factor", expected: expected)
        if let value = read.value, value <= 0 {
            return .wrong(Wrong("E204", "\(trimmed(text)) is not above 0", expected: expected))
        }
        return read
    }

    /// `plain` is the most without a percent sign.
    private static func fraction(
        _ text: String, most: Double, plain: Double = .infinity, kind: String, expected: String
    ) -> Reading<Double> {
        let text = trimmed(text)
        func wrong(_ clause: String, followsName: Bool = false, _ suggestion: String? = nil) -> Reading<Double> {
            .wrong(Wrong("E203", clause, followsName: followsName, expected: expected, suggestion: suggestion))
        }
        if text.isEmpty { return wrong("needs a \(kind)", followsName: true) }
        let percent = text.hasSuffix("%")
        let digits = percent ? trimmed(String(text.dropLast())) : text
        guard let number = DecimalText(digits) else {
            let repaired = text.replacing(",", with: ".")
            if repaired != text, fraction(repaired, most: most, kind: kind, expected: expected).value != nil {
                return wrong("\(text) has a decimal comma", repaired)
            }
            return wrong("\(text) is not a \(kind)")
        }
        if number.isNegative { return wrong("\(text) is below 0") }
        let value = percent ? number.divided(by: 100) : number.value
        if value <= (percent ? most : min(most, plain)) { return .value(value) }
        if percent { return wrong("\(text) is more than \(formatShare(most))") }
        return wrong("\(text) is not a \(kind)", number.value <= 100 * most ? "\(text)%" : nil)
    }

    /// A share that was said in percent, as that number: 57, where 0.57 × 100 is 56.99999999999999.
    public static func percent(_ share: Double) -> Double {
        Double(formatShare(share).dropLast()) ?? share * 100
    }

    /// `30%`, `4.5%`: reads back to the same fraction.
    public static func formatShare(_ share: Double) -> String {
        // Try few digits first: 0.07 × 100 is 7.000000000000001 in floating point, yet 7% reads back to 0.07. What counts
        // is how decimals are read, not how they are divided: 99.9 ÷ 100 is a neighbour of 0.999.
        for digits in 0...9 {
            let scale = tenTo(digits)
            let percent = (share * 100 * scale).rounded() / scale
            if let back = DecimalText(formatNumber(percent)), back.divided(by: 100) == share {
                return formatNumber(percent) + "%"
            }
        }
        return formatNumber(share)
    }

    // MARK: Targets

    /// A promise: `80% in 30s` or `80%/30s`; not `80/20`.
    public static func target(_ text: String) -> Reading<(share: Double, within: Double)> {
        let text = trimmed(text)
        let expected = "a target such as 80% in 30s or 80%/30s"
        func parts() -> (Substring, Substring)? {
            if let word = text.firstRange(of: " in ") { return (text[..<word.lowerBound], text[word.upperBound...]) }
            if let slash = text.firstIndex(of: "/") { return (text[..<slash], text[text.index(after: slash)...]) }
            return nil
        }
        guard let (first, second) = parts() else {
            return .wrong(Wrong("E209", "\(text) is not a target", expected: expected))
        }
        let left = trimmed(String(first))
        let right = trimmed(String(second))
        if let share = DecimalText(left), let wait = DecimalText(right), share.value > 1 || !share.isNegative,
            !wait.isNegative
        {
            let suggestion = (share.value > 1 ? "\(left)%" : formatShare(share.value)) + " in \(right)s"
            return .wrong(
                Wrong(
                    "E209", "\(text) is not a target", expected: expected, suggestion: suggestion,
                    meaning: "if you meant seconds"))
        }
        // `80/20s`: only the percent sign is missing.
        if let share = DecimalText(left), share.value > 1, share.value <= 100, let within = duration(right).value {
            return .wrong(
                Wrong(
                    "E209", "\(text) is not a target", expected: expected,
                    suggestion: "\(left)% in \(formatDuration(within))"))
        }
        switch (share(left), duration(right)) {
        case (.value(let share), .value(let within)): return .value((share, within))
        case (.wrong(var wrong), _), (_, .wrong(var wrong)):
            // The parts' own suggestions name only half of the setting.
            if wrong.followsName {
                wrong.clause = "the time of a target \(wrong.clause)"
                wrong.suggestion = wrong.suggestion.map { "\(left) in \($0)" }
            } else {
                wrong.suggestion = nil
            }
            wrong.followsName = false
            wrong.expected = expected
            return .wrong(wrong)
        }
    }

    // MARK: Rates and numbers

    /// An amount per time span, as written: `320 per day` is 320 and 86,400 s.
    public static func volume(_ text: String) -> Reading<(amount: Double, per: Double)> {
        let text = trimmed(text)
        let expected = "a rate such as 320 per day, 18 per 30m or 40/h"
        let halves: [Substring]
        if let word = text.firstRange(of: " per ") {
            halves = [text[..<word.lowerBound], text[word.upperBound...]]
        } else {
            halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        }
        let left = trimmed(String(halves[0]))
        guard let amount = DecimalText(left) else {
            let repaired = text.replacing(",", with: ".")
            if repaired != text, volume(repaired).value != nil {
                return .wrong(
                    Wrong("E205", "\(text) has a decimal comma", expected: expected, suggestion: repaired))
            }
            return .wrong(Wrong("E205", "\(text) is not a rate", expected: expected))
        }
        if amount.isNegative { return .wrong(Wrong("E205", "\(text) is below 0", expected: expected)) }
        guard halves.count == 2 else {
            return .wrong(
                Wrong(
                    "E205", "needs to say per what", followsName: true, expected: expected,
                    suggestion: "\(left) per day", meaning: "if you meant that"))
        }
        let right = trimmed(String(halves[1]))
        let bareUnit = right.first?.isLetter == true && right.first != "P"
        let per = right.lowercased() == "week" ? 604_800 : bareUnit ? unitDuration("1" + right) : duration(right).value
        guard let per, per > 0 else {
            return .wrong(Wrong("E205", "\(text) is not a rate", expected: expected))
        }
        return .value((amount.value, per))
    }

    /// Per second: `320 per day`, `18 per 30m`, `19.30 per hour`, `19.30/h`.
    public static func rate(_ text: String) -> Reading<Double> {
        volume(text).map { $0.amount / $0.per }
    }

    /// A plain number; not NaN, not infinite.
    public static func number(_ text: String) -> Reading<Double> {
        let text = trimmed(text)
        if text.isEmpty { return .wrong(Wrong("E202", "needs a number", followsName: true)) }
        guard let number = DecimalText(text) else {
            let repaired = text.replacing(",", with: ".")
            if let whole = withoutThousands(text) {
                return .wrong(
                    Wrong(
                        "E202", "\(text) has a comma",
                        expected: "a number such as \(whole), or \(repaired) if the comma is decimal"))
            }
            if repaired != text, let number = DecimalText(repaired), number.value.isFinite {
                return .wrong(
                    Wrong(
                        "E202", "\(text) has a decimal comma", expected: "a number such as \(repaired)",
                        suggestion: repaired))
            }
            let fraction = text.hasSuffix("%") ? share(text).value.map(formatNumber) : nil
            return .wrong(
                Wrong("E202", "\(text) is not a number", expected: "a number such as 12 or 4.5", suggestion: fraction))
        }
        return .value(number.value)
    }

    /// `1,000` as `1000`: commas that may well group thousands; nil for any other text.
    static func withoutThousands(_ text: String) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        let areDigits = groups.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
        guard groups.count > 1, areDigits, groups[0].count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }),
            groups[0].first != "0"
        else { return nil }
        return groups.joined()
    }

    /// A whole number, 0 or more.
    public static func count(_ text: String) -> Reading<Int> {
        let expected = "a whole number such as 12"
        switch number(text) {
        case .wrong(var wrong):
            wrong.expected = expected
            wrong.suggestion = nil
            return .wrong(wrong)
        case .value(let value):
            let text = trimmed(text)
            if value < 0 { return .wrong(Wrong("E202", "\(text) is below 0", expected: expected)) }
            guard value == value.rounded(), value < 1e15 else {
                return .wrong(Wrong("E202", "\(text) is not a whole number", expected: expected))
            }
            return .value(Int(value))
        }
    }

    /// The shortest decimals that read back to the same number, without exponent.
    public static func formatNumber(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
        let text = "\(number)"
        guard let e = text.firstIndex(of: "e") else { return text }
        // 1e-05 or 1.5e+20, written out.
        let exponent = Int(text[text.index(after: e)...]) ?? 0
        let sign = number < 0 ? "-" : ""
        let mantissa = text[..<e].drop { $0 == "-" }
        let point = mantissa.firstIndex(of: ".") ?? mantissa.endIndex
        let whole = mantissa[..<point]
        let digits = whole + mantissa[point...].dropFirst()
        let position = whole.count + exponent
        if position <= 0 { return sign + "0." + String(repeating: "0", count: -position) + digits }
        if position >= digits.count { return sign + digits + String(repeating: "0", count: position - digits.count) }
        return sign + digits.prefix(position) + "." + digits.dropFirst(position)
    }

    static func tenTo(_ digits: Int) -> Double {
        var power = 1.0
        for _ in 0..<digits { power *= 10 }
        return power
    }

    package static func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
