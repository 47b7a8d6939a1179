import ScenarioText
import Tabular

/// Opening hours of a usual week, wall clock; a range may end the next day.
struct WeeklyHours: Sendable, Hashable {
    struct Range: Sendable, Hashable {
        /// Seconds since midnight, 0..<86400.
        var from: Double
        /// More than `from`, at most a day later.
        var to: Double
    }

    /// What a file calls them; empty where they have no name.
    var name = ""
    /// By weekday, Monday first; each day's ranges sorted. Two overlap only where together they are longer than a day, which
    /// one range cannot say.
    var days: [[Range]] = Array(repeating: [], count: 7)

    /// Mean opening time of the working days on which it is open, seconds; a whole day when it never is.
    var openDay: Double {
        let week = WorkingDays([self])
        let open = (0..<7).map { week.hours(ScenarioReader.standardMonday + $0) }.filter { !$0.isEmpty }
            .map { $0.reduce(0) { $0 + $1.to - $1.from } }
        return open.isEmpty ? 86400 : open.reduce(0, +) / Double(open.count)
    }

    /// Whether it never closes.
    var isAlwaysOpen: Bool {
        let week = WorkingDays([self])
        for day in 0..<7 {
            var open = 0.0
            for range in week.hours(ScenarioReader.standardMonday + day) { open += range.to - range.from }
            if open < 86400 { return false }
        }
        return true
    }

    /// As it is written in a file: `{Mon-Fri: 07:00-19:00, Sat: 08:00-12:00}`.
    var text: String {
        var groups: [(days: [Int], ranges: [Range])] = []
        for (day, ranges) in days.enumerated() where !ranges.isEmpty {
            if let index = groups.firstIndex(where: { $0.ranges == ranges }) {
                groups[index].days.append(day)
            } else {
                groups.append(([day], ranges))
            }
        }
        if groups.isEmpty { return "{daily: closed}" }
        let parts = groups.map { group in
            let ranges = group.ranges.map(Self.text)
            return Expansion.quoted(Units.formatDays(group.days)) + ": "
                + (ranges.count == 1 ? ranges[0] : "[" + ranges.joined(separator: ", ") + "]")
        }
        return "{" + parts.joined(separator: ", ") + "}"
    }

    private static func text(_ range: Range) -> String {
        let end = range.to == 86400 ? "24:00" : Units.formatClock(range.to.truncatingRemainder(dividingBy: 86400))
        return Units.formatClock(range.from) + "-" + end
    }

    /// As they are kept and written: sorted, with overlapping and touching ranges joined where one range can say both.
    static func joined(_ ranges: [Range]) -> [Range] {
        // A whole day is written from midnight on only: 06:00-06:00 might be a slip.
        joined(ranges) { $0.to - $0.from < 86400 || $0.from == 0 && $0.to == 86400 }
    }

    /// Sorted and disjoint, however long.
    static func union(_ ranges: [Range]) -> [Range] { joined(ranges) { _ in true } }

    private static func joined(_ ranges: [Range], _ canBe: (Range) -> Bool) -> [Range] {
        var result: [Range] = []
        for range in ranges.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            if let last = result.last, range.from <= last.to,
                canBe(Range(from: last.from, to: max(last.to, range.to)))
            {
                result[result.count - 1].to = max(last.to, range.to)
            } else {
                result.append(range)
            }
        }
        return result
    }

    // MARK: Reading

    /// `Mon-Fri 08:00-17:00, Sat 08:00-12:00`, or a map of days to `07:00-19:00`, a list of them, or `closed`.
    static func read(_ node: Node, name: String, log: ReadingLog) -> WeeklyHours? {
        var hours = WeeklyHours()
        if let entries = node.entries {
            let read = DayMap.read(entries, name: name, example: "08:00-17:00", at: node, log: log) {
                value -> [Range]? in
                if let items = value.items {
                    let ranges = items.compactMap { range($0, name: name, log: log) }
                    return ranges.count == items.count ? joined(ranges) : nil
                }
                if value.text?.lowercased() == "closed" { return [] }
                return range(value, name: name, log: log).map { [$0] }
            }
            guard let read else { return nil }
            for day in 0..<7 { hours.days[day] = read[day] ?? [] }
            return hours
        }
        guard let text = node.text, !node.isEmpty else {
            log.error(
                ProblemCode.noValue, "\(name) needs opening hours", at: node.place,
                expected: "days and times such as Mon-Fri 08:00-17:00")
            return nil
        }
        var days: [Int] = Array(0..<7)
        var waiting: [Int] = []
        for piece in text.split(separator: ",") {
            // `Mon, Wed 08:00-12:00`: days gather until a time comes.
            let part = Units.trimmed(String(piece))
            let words = part.split(separator: " ", maxSplits: 1).map { Units.trimmed(String($0)) }
            let isTime = part.first?.isNumber == true
            if !isTime {
                switch Units.days(words.first ?? "") {
                case .value(let named):
                    waiting += named
                    if words.count == 1 { continue }
                    days = waiting
                    waiting = []
                case .wrong(let wrong):
                    log.add(wrong.problem(for: .setting(name), at: node.part(words.first ?? part).place))
                    return nil
                }
            }
            let clock = isTime ? part : words[1]
            let range: [Range]
            if clock.lowercased() == "closed" {
                range = []
            } else {
                guard let one = self.range(node.part(clock), name: name, log: log) else { return nil }
                range = [one]
            }
            for day in days { hours.days[day] = joined(hours.days[day] + range) }
        }
        if !waiting.isEmpty {
            log.error(
                "E206", "\(text) says no times", at: node.place,
                expected: "days and times such as Mon-Fri 08:00-17:00")
            return nil
        }
        return hours
    }

    static func range(_ node: Node, name: String, log: ReadingLog) -> Range? {
        guard let text = node.text, !node.isEmpty else {
            log.error(
                ProblemCode.wrongForm, "\(name) needs a span of clock times", at: node.place,
                expected: "such as 08:00-17:00")
            return nil
        }
        switch Units.clockRange(text) {
        case .value(let (from, to)): return Range(from: from, to: to)
        case .wrong(let wrong):
            log.add(wrong.problem(for: .setting(name), at: node.place))
            return nil
        }
    }
}

/// A map from days of the week to values.
enum DayMap {
    /// One value or nil for each weekday; nil when a day is unknown or named twice, or a value is wrong.
    static func read<Value>(
        _ entries: [Node.Entry], name: String, example: String, at node: Node, log: ReadingLog,
        value: (Node) -> Value?
    ) -> [Value?]? {
        if entries.isEmpty {
            log.error(
                ProblemCode.noValue, "\(name) names no day", at: node.place,
                expected: "such as {Mon-Fri: \(example)}")
            return nil
        }
        var result: [Value?] = Array(repeating: nil, count: 7)
        var named: [Node?] = Array(repeating: nil, count: 7)
        var isRight = true
        for entry in entries {
            switch Units.days(entry.name) {
            case .wrong(let wrong):
                log.add(wrong.problem(for: .setting(name), at: entry.key.place))
                isRight = false
            case .value(let days):
                guard let read = value(entry.value) else {
                    isRight = false
                    continue
                }
                for day in days {
                    // The same words twice are a repeated name, which is said elsewhere.
                    if let earlier = named[day], earlier.text != entry.name {
                        log.error(
                            ProblemCode.repeatedSetting,
                            "\(Horizon.weekdayNames[day]) stands twice in \(name): in \"\(earlier.text ?? "")\" and \"\(entry.name)\"",
                            at: entry.key.place)
                        isRight = false
                        break
                    }
                    named[day] = entry.key
                    result[day] = read
                }
            }
        }
        return isRight ? result : nil
    }

    /// `{Mon: 320, Tue-Thu: 260}`; days without value are left out.
    static func text(_ values: [Double?]) -> String {
        var groups: [(days: [Int], value: Double)] = []
        for (day, value) in values.enumerated() {
            guard let value else { continue }
            if let index = groups.firstIndex(where: { $0.value == value }) {
                groups[index].days.append(day)
            } else {
                groups.append(([day], value))
            }
        }
        return "{"
            + groups.map { Expansion.quoted(Units.formatDays($0.days)) + ": " + Units.formatNumber($0.value) }
            .joined(separator: ", ") + "}"
    }
}
