import Center
import Foundation
import Probability
import Queueing
import Simulator
import Tabular

/// Numbers of staffing answers as people read them.
enum StaffWords {
    /// `22`, `7.8`, `10,000`.
    static func number(_ value: Double) -> String {
        let text = Units.formatNumber(value)
        let whole = text.prefix { $0 != "." }
        guard whole.count > 3, whole.allSatisfy(\.isNumber) else { return text }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return grouped + text.dropFirst(whole.count)
    }

    /// `1 agent`, `4 agents`.
    static func agents(_ count: Double) -> String { "\(number(count)) agent\(count == 1 ? "" : "s")" }

    /// Erlangs, with as few decimals as still tell them from `agents` below.
    static func load(_ load: Double, above agents: Double = -1) -> String {
        var digits = load < 0.1 ? 4 : load < 1000 ? 2 : 0
        while digits < 9 {
            let scale = pow(10, Double(digits))
            let rounded = (load * scale).rounded() / scale
            if rounded > agents, rounded > 0 || load == 0 { return number(rounded) }
            digits += 1
        }
        return number(load)
    }

    /// `4.4 people's worth of work`.
    static func work(_ load: String) -> String { "\(load) \(load == "1" ? "person's" : "people's") worth of work" }

    /// `22 contacts in 30 minutes x 6m`.
    static func demand(_ question: StaffQuestion) -> String {
        "\(number(question.calls)) contact\(question.calls == 1 ? "" : "s") in \(time(question.per)) x "
            + Units.formatDuration(question.handlingTime)
    }

    /// `30 minutes`, `1 hour`, `2 days`; what is none of these as `1h30m20s`.
    static func time(_ seconds: Double) -> String {
        for (length, word) in [(86400.0, "day"), (3600, "hour"), (60, "minute"), (1, "second")] {
            let count = seconds / length
            if count >= 1, count == count.rounded() { return "\(number(count)) \(word)\(count == 1 ? "" : "s")" }
        }
        return Units.formatDuration(seconds)
    }

    /// `80.7%`; more decimals where one would round a miss onto its promise.
    static func share(_ value: Double, apartFrom bound: Double? = nil, met: Bool = true) -> String {
        var digits = 1
        while digits < 6, !met, let bound,
            (value * 1000 * pow(10, Double(digits - 1))).rounded() / pow(10, Double(digits + 2)) == bound
        {
            digits += 1
        }
        return String(format: "%.\(digits)f%%", value * 100)
    }

    /// `63%`.
    static func roundShare(_ value: Double) -> String { String(format: "%.0f%%", value * 100) }

    /// `28s`, `0.4s`, `4m40s`, `1h2m`; `endless`.
    static func wait(_ seconds: Double) -> String {
        guard seconds < .infinity else { return "endless" }
        if seconds < 0.95 {
            let tenths = (seconds * 10).rounded() / 10
            return Units.formatDuration(tenths)
        }
        if seconds < 3600 { return Units.formatDuration(seconds.rounded()) }
        return Units.formatDuration((seconds / 60).rounded() * 60)
    }
}
