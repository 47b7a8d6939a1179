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

extension StaffAnswer {
    /// The answer for people: what it is about, the table, the advice, the notes.
    public func text(color: Bool = false, width: Int? = nil, unicode: Bool = true, notes withNotes: Bool = true)
        -> String
    {
        let target = question.target ?? Self.assumedTarget
        let hasRota = question.shrinkage != nil || question.breaks != nil
        let turnsAway = rows.contains { $0.model.knowsLines(question) }
        var columns: [TerminalTable.Column] = [.left("", minimumWidth: 27).onItsOwnLine, .right("on the phones")]
        if hasRota { columns.append(.right("on the rota")) }
        columns += [
            .right("in \(Units.formatDuration(target.acceptableWait))"), .right("average wait"), .right("hang-ups"),
        ]
        if turnsAway { columns.append(.right("turned away")) }
        columns.append(.right("busy"))
        let hasChance = rows.contains { $0.chance != nil }
        if hasChance { columns.append(.right("chance*")) }
        var table = TerminalTable(columns)
        for row in rows {
            let measures = row.measures
            var cells = [row.label, StaffWords.number(row.agents)]
            if hasRota { cells.append(onTheRota(row.agents).map { StaffWords.number(Double($0)) } ?? "-") }
            let played = row.figures
            cells.append(Self.share(measures.serviceLevels.ofAllOffered, played?.serviceLevel))
            cells.append(
                measures.meanWait.map { wait in
                    StaffWords.wait(wait) + (played?.meanWait.map { " ±" + StaffWords.wait($0.reach) } ?? "")
                } ?? "-")
            cells.append(
                row.model.knowsHangUps(question) ? Self.share(measures.abandonment, played?.abandonment) : "-")
            if turnsAway {
                cells.append(
                    row.model.knowsLines(question) ? Self.share(measures.blocking, played?.blocking) : "-")
            }
            cells.append(
                played?.occupancy == nil
                    ? measures.occupancy.map(StaffWords.roundShare) ?? "-"
                    : Self.share(measures.occupancy, played?.occupancy))
            if hasChance { cells.append(Self.share(row.chance?.chance.value, row.chance?.chance)) }
            table.add(cells.map { TerminalTable.Cell($0) })
        }
        let work = StaffWords.work(StaffWords.load(question.offeredLoad))
        var lines = ["\(StaffWords.demand(question)) = \(work)"]
        lines += table.lines(color: color, width: width, unicode: unicode)
        if hasChance { lines.append("* share of \(stretch) that meet \(StaffGoal.target(target).words)") }
        if let found = found ?? verdict { lines.append(found) }
        if withNotes { lines += notes.map { "note: " + $0 } }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `80.7%`, `80.7% ±0.4` when it was played, `-` when it means nothing.
    private static func share(_ value: Double?, _ played: Estimate?) -> String {
        guard let value else { return "-" }
        return played.map { PlainNumbers.withReach($0) } ?? StaffWords.share(value)
    }

    /// The answer for programs; shares are fractions, what is undefined or endless is null.
    public var json: JSON { json(why: nil) }

    /// With the parts of the requirement under `why`, where asked for.
    public func json(why: StaffWhy?) -> JSON {
        let parts: [(String, JSON)] = why.map { [("why", $0.json)] } ?? []
        return .object(
            [
                ("schema", .string("switchboard/staff/1")),
                ("answers", .array(rows.map(Self.json))),
                (
                    "recommended",
                    .object([
                        ("agents", .optional(recommended)),
                        (
                            "on_the_rota",
                            // Nobody away: everybody on the rota is on the phones.
                            .count(recommended.flatMap { onTheRota($0) ?? Int(exactly: $0) })
                        ),
                    ])
                ),
                ("question", asked),
            ] + parts)
    }

    /// The question as it was understood, an unknown filled in; durations in seconds, shares as fractions.
    private var asked: JSON {
        let question = question
        let fields: [(String, JSON)] = [
            ("contacts", .number(question.calls)), ("per_s", .number(question.per)),
            ("aht_s", .number(question.handlingTime)), ("agents", .optional(question.agents)),
            ("target", .optional(question.target?.share)), ("within_s", .optional(question.target?.acceptableWait)),
            ("patience_s", .optional(question.patience)), ("model", .string(question.answeringModel.rawValue)),
        ]
        return .object(fields)
    }

    private static func json(_ row: Row) -> JSON {
        let measures = row.measures
        let levels = measures.serviceLevels
        var more: [(String, JSON)] = []
        if let callers = row.callers {
            more.append(
                (
                    "callers",
                    .object([
                        ("attempts_per_caller", .optional(callers.attemptsPerCaller)),
                        ("lost", .number(callers.lostCallers)),
                    ])
                ))
        }
        if let figures = row.figures {
            let intervals: [(String, Estimate?)] = [
                ("service_level", figures.serviceLevel), ("mean_wait_s", figures.meanWait),
                ("abandonment", figures.abandonment), ("blocking", figures.blocking),
                ("occupancy", figures.occupancy),
            ]
            more.append(
                (
                    "intervals",
                    .object(
                        intervals.compactMap { name, estimate in
                            estimate.map { (name, .object([("lo", .number($0.low)), ("hi", .number($0.high))])) }
                        })
                ))
            more.append(("runs", .count(figures.runs)))
        }
        if let chance = row.chance {
            more.append(
                (
                    "chance",
                    .object([
                        ("value", .number(chance.chance.value)), ("lo", .number(chance.chance.low)),
                        ("hi", .number(chance.chance.high)), ("played", .count(chance.days)),
                    ])
                ))
        }
        return .object(
            [
                ("model", .string(row.model.rawValue)), ("agents", .number(row.agents)),
                ("load", .number(measures.offeredLoad)), ("wait_probability", .optional(measures.waitProbability)),
                ("asa_s", .optional(measures.meanSpeedOfAnswer)), ("mean_wait_s", .optional(measures.meanWait)),
                ("abandonment", .optional(measures.abandonment)), ("blocking", .optional(measures.blocking)),
                ("service_level", .optional(levels.ofAllOffered)),
                (
                    "service_levels",
                    .object(
                        // One question has no limit of short hang-ups.
                        ServiceLevelRule.allCases.filter { !$0.looksAtShortHangups }.map {
                            ($0.rawValue, .optional(levels[$0]))
                        })
                ),
                ("occupancy", .optional(measures.occupancy)), ("queue_mean", .optional(measures.queueMean)),
            ] + more)
    }
}
