import Center
import Probability
import Tabular

/// Numbers as people read them.
package enum PlainNumbers {
    /// `2,690`; rounded to whole numbers.
    package static func grouped(_ number: Double) -> String {
        let digits = String(Int(abs(number).rounded()))
        var text = ""
        for (i, digit) in digits.enumerated() {
            if i > 0, (digits.count - i) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (number < -0.5 ? "-" : "") + text
    }

    /// A fraction as `83.1%`.
    package static func percent(_ share: Double, digits: Int) -> String { fixed(share * 100, digits) + "%" }

    /// With how many decimals a share is written: one, and near 0 and 100 % as many as its interval tells apart, four at
    /// most; what is not 0 or all is not written as such.
    package static func digits(_ share: Estimate) -> Int {
        let rest = min(share.value, 1 - share.value)
        guard rest > 0, rest <= 0.05, share.reach.isFinite else {
            return rest == 0 && share.reach.isFinite ? decimals(share.reach * 100) : 1
        }
        var digits = decimals(share.reach * 100)
        while digits < 4, fixed(rest * 100, digits) == fixed(0, digits) { digits += 1 }
        return digits
    }

    /// The decimals that show the first digit of a number, 1…4.
    private static func decimals(_ number: Double) -> Int {
        var digits = 1
        while digits < 4, number > 0, fixed(number, digits) == fixed(0, digits) { digits += 1 }
        return digits
    }

    /// How far an interval reaches, never `0.0` where it does.
    static func reach(_ number: Double, _ digits: Int) -> String {
        let text = fixed(number, digits)
        return number > 0 && text == fixed(0, digits) ? String(text.dropLast()) + "1" : text
    }

    /// A difference of fractions in points, `5.3`.
    package static func points(_ share: Double) -> String { fixed(share * 100, 1) }

    /// How far a promise is missed, in points: `5.3`, and never `0.0`.
    package static func gap(_ share: Double) -> String {
        let text = points(share)
        return text == "0.0" ? "less than 0.1" : text
    }

    /// A mean wait, `21s`, `2m05s`.
    package static func wait(_ seconds: Double) -> String {
        guard seconds < 1e15 else { return "-" }
        let whole = Int(seconds.rounded())
        if whole < 120 { return "\(whole)s" }
        let rest = whole % 60
        if whole < 7200 { return "\(whole / 60)m\(rest < 10 ? "0" : "")\(rest)s" }
        let minutes = whole / 60 % 60
        return "\(whole / 3600)h\(minutes < 10 ? "0" : "")\(minutes)m"
    }

    /// A wait in a list, in hours from one hour on: `3.4h`.
    package static func longWait(_ seconds: Double) -> String {
        seconds < 3600 ? wait(seconds) : fixed(seconds / 3600, 1) + "h"
    }

    /// `870 bytes`, `12 kB`, `26 MB`, `1.3 GB`; 1 kB is 1000 bytes.
    static func fileSize(_ bytes: Int) -> String {
        let size = Double(bytes)
        return switch size {
        case ..<1000: "\(bytes) bytes"
        case ..<999_500: "\(fixed(size / 1e3, 0)) kB"
        case ..<999_500_000: "\(fixed(size / 1e6, 0)) MB"
        default: "\(fixed(size / 1e9, 1)) GB"
        }
    }

    /// Fixed decimals, half away from zero on the decimal value.
    package static func fixed(_ number: Double, _ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (abs(number) * scale).rounded(.toNearestOrAwayFromZero)
        guard scaled < 1e15 else { return "\(number)" }
        let whole = Int(scaled)
        let sign = number < 0 && whole > 0 ? "-" : ""
        guard digits > 0 else { return sign + String(whole) }
        let fraction = String(whole % Int(scale))
        return sign + String(whole / Int(scale)) + "." + String(repeating: "0", count: digits - fraction.count)
            + fraction
    }

    /// A share and how far its interval reaches, in points: `83.1% ±0.4`; `±?` after one replication.
    package static func withReach(_ share: Estimate) -> String {
        let digits = digits(share)
        let reach = share.reach.isFinite ? reach(share.reach * 100, digits) : "?"
        return "\(percent(share.value, digits: digits)) ±\(reach)"
    }

    /// An estimate in its unit: `83.1% ±0.4`, `21.3s ±0.8`, `3.1 ±0.2`.
    package static func withReach(_ estimate: Estimate, _ unit: FigureUnit) -> String {
        switch unit {
        case .percent: withReach(estimate)
        case .seconds: "\(fixed(estimate.value, 1))s ±\(fixed(estimate.reach, 1))"
        case .contacts, .money: "\(fixed(estimate.value, 1)) ±\(fixed(estimate.reach, 1))"
        }
    }

    /// `80% in 30s`.
    package static func target(_ target: ServiceTarget) -> String {
        "\(Units.formatShare(target.share)) in \(Units.formatTargetWait(target.acceptableWait))"
    }
}
