/// A time span that goes on only while open: `2d` is two open days, however long these are, and `48h` is 48 hours.
package struct OpeningTime: Sendable, Hashable {
    /// ≥ 0.
    package var days: Double
    /// Further seconds, ≥ 0.
    package var seconds: Double

    package init(
        days: Double, seconds: Double
    ) {
        self.days = days
        self.seconds = seconds
    }

    /// Seconds, when an open day has `length` of them.
    package func seconds(ofDay length: Double) -> Double { days * length + seconds }

    /// As it is written: reads back to the same.
    package var text: String {
        if days == 0, seconds == 0 { return "0s" }
        let first = days > 0 ? Units.formatNumber(days) + "d" : ""
        if seconds == 0 { return first }
        guard seconds == seconds.rounded(), seconds < 1e12 else { return first + Units.formatNumber(seconds) + "s" }
        let whole = Int(seconds)
        let parts = [(whole / 3600, "h"), (whole / 60 % 60, "m"), (whole % 60, "s")]
        return first + parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    }
}

extension Units {
    /// A duration in which days are open days.
    package static func openingTime(_ text: String) -> Reading<OpeningTime> {
        duration(text).map { total in
            let days = days(in: trimmed(text).lowercased())
            // Days are taken off in decimals that may not be exact: 0.1d is 8640 s.
            let rest = ((total - days * 86400) * 1e6).rounded() / 1e6
            return OpeningTime(days: days, seconds: max(0, rest))
        }
    }

    /// The number before the unit of days, which stands first; 0 without one.
    private static func days(in text: String) -> Double {
        let body = text.hasPrefix("p") ? text.dropFirst().prefix { $0 != "t" } : text[...]
        let number = body.prefix { $0.isNumber || $0 == "." }
        let unit = body.dropFirst(number.count).drop { $0 == " " }.prefix(while: \.isLetter)
        guard ["d", "day", "days"].contains(unit) else { return 0 }
        return DecimalText(String(number))?.value ?? 0
    }
}
