import Center
import Experiments
import Planning
import Probability
import Queueing
import Simulator
import Tabular

/// What `simulate` prints: the question answered on one screen.
public struct SimulationSummary {
    private let results: Results
    private let requirements: Requirements?
    private var scenario: Scenario { results.scenario }

    /// `requirements` of the results' scenario, where they are known already; else they are worked out when asked for.
    public init(_ results: Results, requirements: Requirements? = nil) {
        self.results = results
        self.requirements = requirements
    }

    /// The lines, coloured and cut as the terminal wants.
    public func lines(color: Bool = false, width: Int? = nil, unicode: Bool = true) -> [String] {
        let table = PromiseTable(results).table
        let lines = table.lines(color: color, width: width, unicode: unicode)
        let hidden = table.columns.map(\.title).filter { !(lines.first ?? "").contains($0) }
        let notes = [hidden.isEmpty ? footnote : Self.wider(hidden)].compactMap { $0 }
        return [headline] + lines + notes + closing
    }

    /// `A wider window also shows chance, average wait and contacts.`
    private static func wider(_ hidden: [String]) -> String {
        let names = hidden.map { $0.filter { $0 != "*" } }
        return "A wider window also shows \(Spelling.list(names, "and"))."
    }

    /// Which promises are missed by their value, as `--fail-if-missed` goes by; nil where none is.
    public static func missed(_ results: Results) -> String? { PromiseTable.missed(results) }

    // MARK: Headline

    var headline: String {
        let runs = results.replications
        var text = TerminalText.line(scenario.name.isEmpty ? scenario.id : scenario.name)
        if let span = PlainDates.span(scenario.horizon) { text += ", \(span)" }
        let confidence = PlainNumbers.percent(results.confidence, digits: 0)
        if let day = scenario.runningDay { text = beginning(day) }
        if let run = results.longRun { return text + ". " + longRunWords(run, confidence) }
        text += ". \(PlainNumbers.grouped(Double(runs))) run\(runs == 1 ? "" : "s"), \(confidence) intervals"
        return text + (results.stopReason == .maximum ? ", precision not reached." : ".")
    }

    /// `Riverbend. From Tue 3 Mar 2026 10:30 to 24:00, with 15 waiting and 8 in service`.
    private func beginning(_ day: RunningDay) -> String {
        let name = TerminalText.line(scenario.name.isEmpty ? scenario.id : scenario.name)
        let date =
            scenario.horizon.days.first.flatMap { CivilDate(iso: $0.date) }.map { PlainDates.day($0) + " " } ?? ""
        return "\(name). From \(date)\(day.clocks.from) to \(day.clocks.to), with \(day.waitingCount) waiting and "
            + "\(day.inService.count) in service"
    }

    /// What is made of those who were here, and what follows from how many came: only of a day that was taken up.
    private var carriedIn: [String] {
        guard let day = scenario.runningDay else { return [] }
        let forecasts = scenario.contactTypes.enumerated().compactMap { t, type -> String? in
            guard let factor = day.factors[t] else { return nil }
            var text = "\(type.id) \(PlainNumbers.percent(factor, digits: 0))"
            if case .soFar(let seen) = day.forecasts[t] {
                text +=
                    " (\(PlainNumbers.grouped(Double(seen))) came, \(PlainNumbers.fixed(day.planned[t], 1)) were planned)"
            }
            return text
        }
        var lines: [String] = []
        if !forecasts.isEmpty {
            lines.append("Volume from now on, of the plan: " + forecasts.joined(separator: ", ") + ".")
        }
        var counted: [String] = []
        if day.waitingCount > 0 {
            counted.append("who waited at \(day.clocks.from) counts from then on, with all of the wait")
        }
        if !day.inService.isEmpty {
            counted.append("what was in service counts as agents' time alone")
        }
        guard let first = counted.first else { return lines }
        lines.append(
            first.prefix(1).uppercased() + first.dropFirst() + counted.dropFirst().map { "; " + $0 }.joined() + ".")
        return lines
    }

    /// `One run of 200 days, the first 5 left out, 95% intervals from 30 batches.`
    private func longRunWords(_ run: LongRunOutcome, _ confidence: String) -> String {
        let length = run.leftOut + run.counted
        var text = "One run of \(PlainNumbers.grouped(Double(length))) \(repeats)"
        if run.leftOut > 0 { text += ", the first \(PlainNumbers.grouped(Double(run.leftOut))) left out" }
        text += ", \(confidence) intervals from \(run.batchCount) batches."
        switch run.failure {
        case .unsettled: text += " NOT SETTLED."
        case .correlated: text += " Batches hang together: the intervals are too narrow."
        case nil: break
        }
        return text
    }

    /// What the horizon is one of.
    private var repeats: String {
        switch scenario.horizon.days.count {
        case 1: scenario.runningDay == nil ? "days" : "runs"
        case 7: "weeks"
        default: results.longRun == nil ? "runs" : "periods"
        }
    }

    /// What still lies in lists when a run ends: `Left in lists at the end: 3.2 email (the oldest for 5.1h), 0.4
    /// billing_callback (in 12% of runs; the oldest then for 1.5h).`; nil where nothing does.
    private var backlog: String? {
        guard results.longRun == nil else { return nil }
        let n = Double(max(results.replications, 1))
        let day = scenario.runningDay
        let parts = scenario.contactTypes.enumerated().compactMap { t, type -> String? in
            let left = results.types[t].sum.backlog / n
            guard type.channel.kind == .later || day != nil, left >= 0.05 else { return nil }
            // Of the runs that left some: a mean over those that left nothing would be of no wait that anybody had.
            let runs = Double(results.replicationsThatLeft(type: t))
            let oldest = runs > 0 ? results.types[t].sum.oldest / runs : 0
            let often =
                runs < n
                ? "in \(PlainNumbers.percent(runs / n, digits: 0)) of runs; the oldest then for " : "the oldest for "
            let age = oldest >= 1 ? " (\(often)\(Self.age(oldest)))" : ""
            return "\(PlainNumbers.fixed(left, 1)) \(type.origin == nil ? type.id : type.label)\(age)"
        }
        if let day {
            return "Waiting at \(day.clocks.to): \(parts.isEmpty ? "nobody" : parts.joined(separator: ", "))."
        }
        return parts.isEmpty ? nil : "Left in lists at the end: \(parts.joined(separator: ", "))."
    }

    /// `Handed back by those who went home: 4.2 a run, of whom 0.6 were lost.`; nil where nobody is.
    private var handedBack: String? {
        let n = Double(max(results.replications, 1))
        let (all, lost) = results.types.reduce((0.0, 0.0)) { ($0.0 + $1.sum.handedBack, $0.1 + $1.sum.lost) }
        guard all > 0 else { return nil }
        let each = results.replications == 1 ? "" : " a run"
        return "Handed back by those who went home: \(PlainNumbers.fixed(all / n, 1))\(each), of whom "
            + "\(PlainNumbers.fixed(lost / n, 1)) were lost."
    }

    private static func age(_ seconds: Double) -> String {
        seconds < 3600 ? PlainNumbers.wait(seconds) : PlainNumbers.fixed(seconds / 3600, 1) + "h"
    }

    private var footnote: String? {
        guard scenario.contactTypes.contains(where: { $0.target != nil }) else { return nil }
        let widths = results.types.compactMap { $0.chance(confidence: results.confidence)?.reach }
        let width = widths.max().map { " (±\(PlainNumbers.fixed(($0 * 100).rounded(.up), 0)) points at most)" } ?? ""
        let isLimited = scenario.contactTypes.contains { $0.maxAbandonment != nil || !$0.languageLimits.isEmpty }
        let kept = "met the target" + (isLimited ? " and the limit on hang-ups" : "")
        return "* share of simulated \(repeats) that \(kept)\(width); average wait is that of the answered"
            + countedInstead
    }

    /// How those count who are promised a call instead of an answer, or find it closed, where there are any.
    private var countedInstead: String {
        func words(_ rule: Rules.Instead, _ who: String) -> String {
            switch rule {
            case .leftOut: "; \(who) are left out of the result"
            case .promisedKept: "; \(who) count as answered in time where the promise is kept"
            case .asMissed: "; \(who) count as not answered in time"
            }
        }
        let live = zip(scenario.contactTypes, results.types).filter { $0.0.target != nil && $0.0.channel.kind == .live }
        let hasCallbacks = live.contains { $0.0.callback != nil && $0.1.sum.callbacksRequested > 0 }
        let rules = scenario.rules
        let hasClosed = live.contains { type, figures in
            switch rules.closed {
            case .leftOut where type.whenClosed == .turnedAway:
                figures.sum.leftOut > (rules.callbacks == .leftOut ? figures.sum.callbacksRequested : 0) + 1e-9
            case .leftOut: figures.sum.leftOut > 0
            case .promisedKept, .asMissed: figures.sum.turnedAway > 0 || type.whenClosed != .turnedAway
            }
        }
        if hasCallbacks, hasClosed, rules.callbacks == rules.closed {
            return words(rules.callbacks, "callbacks and those who came while closed")
        }
        return (hasCallbacks ? words(rules.callbacks, "callbacks") : "")
            + (hasClosed ? words(rules.closed, "those who came while closed") : "")
    }

    // MARK: Closing

    private var closing: [String] {
        var sentences: [String] = []
        if let shortest = shortestStretch {
            sentences.append("Shortest: \(shortest).")
        } else if let weakest = weakestInterval {
            sentences.append("Weakest: \(weakest).")
        }
        if let busiest = busiestGroup { sentences.append("Busiest: \(busiest).") }
        let tables = SimulationTables(results)
        if let cost = tables.cost {
            let sign = scenario.currency == "USD" ? "$" : scenario.currency + " "
            let span = scenario.horizon.days.count == 7 ? " a week" : scenario.horizon.days.count == 1 ? " a day" : ""
            let stretch = scenario.runningDay == nil ? span : " from now on"
            let hasOvertime = scenario.agentGroups.indices.contains {
                scenario.agentGroups[$0].overtimeRate != nil && tables.overtimeHours($0) > 0
            }
            let hours = "Scheduled hours" + (hasOvertime ? " and overtime" : "")
            sentences.append("\(hours) cost \(sign)\(PlainNumbers.grouped(cost.rounded()))\(stretch).")
        }
        return
            ([
                failedLanguages ?? "", sentences.joined(separator: " "), watchedHours ?? "", backlog ?? "",
                handedBack ?? "",
            ]
            + carriedIn)
            .filter { !$0.isEmpty }
    }

    /// `Watched: calls 10:00-12:00 78.2% ±1.9.`; nil where no precision is about hours of the day.
    private var watchedHours: String? {
        let parts = results.watchedHours.map { name, figure, estimate in
            let text =
                switch figure.unit {
                case .percent: PromiseTable.withReach(estimate)
                case .seconds: "\(PlainNumbers.fixed(estimate.value, 1))s ±\(PlainNumbers.fixed(estimate.reach, 1))"
                case .contacts, .money:
                    "\(PlainNumbers.fixed(estimate.value, 1)) ±\(PlainNumbers.fixed(estimate.reach, 1))"
                }
            let metric = figure == .serviceLevel ? "" : " \(figure.rawValue)"
            return "\(name)\(metric) \(text)"
        }
        return parts.isEmpty ? nil : "Watched: \(parts.joined(separator: ", "))."
    }

    /// Where callers lose most because people are missing, by formula.
    private var shortestStretch: String? {
        guard let worst = Shortage.all(requirements ?? Requirements(scenario)).worst else { return nil }
        return "\(scenario.contactTypes[worst.contactType].id) "
            + "\(PlainDates.stretch(worst.periods, in: scenario.horizon)), short "
            + (worst.least < worst.short ? "\(worst.least) to \(worst.short)" : "\(worst.short)")
    }

    /// `Missed in es: scheduling, billing and refill.`: each language with the contact types that clearly fail it, which
    /// the figures of all callers may hide; nil where none does.
    private var failedLanguages: String? {
        var failed: [(language: String, types: [String])] = []
        for (t, type) in scenario.contactTypes.enumerated() {
            for c in results.languageClasses(type: t)
            where results.promises(class: c).contains(where: { $0.verdict == .missed }) {
                guard let language = results.classes[c].language else { continue }
                let name = type.origin == nil ? type.id : type.label
                if let i = failed.firstIndex(where: { $0.language == language }) {
                    failed[i].types.append(name)
                } else {
                    failed.append((language, [name]))
                }
            }
        }
        if failed.isEmpty { return nil }
        return failed.map { "Missed in \($0.language): \(Spelling.list($0.types, "and"))." }.joined(separator: " ")
    }

    /// The period in which most contacts miss what was promised to them, among those whose interval lies below the
    /// target: a share far below it among three contacts is chance.
    var weakestInterval: String? {
        var worst: (missed: Double, text: String)?
        for (t, type) in scenario.contactTypes.enumerated() {
            guard let target = type.target else { continue }
            for (p, period) in scenario.horizon.periods.enumerated() {
                let figures = results.figures(period: p, type: t)
                let isOpen =
                    type.channel.kind == .later
                    || type.open.contains { $0.start < period.end && $0.end > period.start }
                guard isOpen, figures.mean.offered >= 1, let level = figures.serviceLevel,
                    level.halfWidth.isFinite, level.high < target.share
                else { continue }
                let missed = (target.share - level.value) * target.rule.denominator(figures.mean)
                if missed > worst?.missed ?? 0 {
                    let day = scenario.horizon.days[period.day]
                    let when = "\(Horizon.weekdayNames[day.weekday]) \(period.startClock)-\(period.endClock)"
                    worst = (missed, "\(type.id) \(when), \(PromiseTable.withReach(level)) in time")
                }
            }
        }
        return worst?.text
    }

    /// Two hours that are less above the mean are busy by chance.
    private static let standsOut = 0.05

    /// `nurses Mon 08:00-10:00, 95% (71% in all)`; over all the time where no two hours stand out.
    private var busiestGroup: String? {
        let groups = scenario.agentGroups.indices.compactMap { g in
            results.groups[g].occupancy.value.map { (group: g, share: $0) }
        }
        let percent = { (share: Double) in PlainNumbers.percent(share, digits: 0) }
        if let stretch = BusiestStretch.find(in: results), let mean = results.groups[stretch.group].occupancy.value,
            stretch.occupancy >= mean + Self.standsOut
        {
            return
                "\(scenario.agentGroups[stretch.group].id) \(PlainDates.stretch(stretch.periods, in: scenario.horizon)), "
                + "\(percent(stretch.occupancy)) (\(percent(mean)) in all)"
        }
        return groups.max { ($0.share, $1.group) < ($1.share, $0.group) }.map {
            "\(scenario.agentGroups[$0.group].id) \(percent($0.share))"
        }
    }
}

/// Numbers as people read them.
enum PlainNumbers {
    /// `2,690`; rounded to whole numbers.
    static func grouped(_ number: Double) -> String {
        let digits = String(Int(abs(number).rounded()))
        var text = ""
        for (i, digit) in digits.enumerated() {
            if i > 0, (digits.count - i) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (number < -0.5 ? "-" : "") + text
    }

    /// A fraction as `83.1%`.
    static func percent(_ share: Double, digits: Int) -> String { fixed(share * 100, digits) + "%" }

    /// With how many decimals a share is written: one, and near 0 and 100 % as many as its interval tells apart, four at
    /// most; what is not 0 or all is not written as such.
    static func digits(_ share: Estimate) -> Int {
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
    static func points(_ share: Double) -> String { fixed(share * 100, 1) }

    /// How far a promise is missed, in points: `5.3`, and never `0.0`.
    static func gap(_ share: Double) -> String {
        let text = points(share)
        return text == "0.0" ? "less than 0.1" : text
    }

    /// A mean wait, `21s`, `2m05s`.
    static func wait(_ seconds: Double) -> String {
        guard seconds < 1e15 else { return "-" }
        let whole = Int(seconds.rounded())
        if whole < 120 { return "\(whole)s" }
        let rest = whole % 60
        if whole < 7200 { return "\(whole / 60)m\(rest < 10 ? "0" : "")\(rest)s" }
        let minutes = whole / 60 % 60
        return "\(whole / 3600)h\(minutes < 10 ? "0" : "")\(minutes)m"
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
    static func fixed(_ number: Double, _ digits: Int) -> String {
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
}

/// Dates as people read them.
enum PlainDates {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Mon 2 Mar to Sun 8 Mar 2026 (8 Mar has 23 hours)`; nil for a span without a calendar.
    static func span(_ horizon: Horizon) -> String? {
        guard let first = horizon.days.first, let last = horizon.days.last, let start = parts(first.date),
            let end = parts(last.date)
        else { return nil }
        let name = { (day: Horizon.Day, parts: (year: Int, month: Int, day: Int)) in
            "\(Horizon.weekdayNames[day.weekday]) \(parts.day) \(months[parts.month - 1])"
        }
        var text = name(first, start)
        if horizon.days.count > 1 {
            if start.year != end.year { text += " \(start.year)" }
            text += " to \(name(last, end))"
        }
        text += " \(end.year)"
        let odd = horizon.days.filter { abs($0.end - $0.start - 86400) > 1 && horizon.days.count < 400 }
        let notes = odd.compactMap { day in
            parts(day.date).map { "\($0.day) \(months[$0.month - 1]) has \(hours(day.end - day.start)) hours" }
        }
        return notes.isEmpty ? text : text + " (" + notes.joined(separator: ", ") + ")"
    }

    /// `Mon 2 Mar 2026`.
    static func day(_ date: CivilDate) -> String {
        let parts = date.parts
        return "\(Horizon.weekdayNames[date.weekday]) \(parts.day) \(months[parts.month - 1]) \(parts.year)"
    }

    /// `Mon 08:00`, with the date where the horizon is longer than a week: `Mon 2 Mar 08:00`.
    static func moment(_ period: Int, in horizon: Horizon) -> String {
        let start = horizon.periods[period]
        return day(start.day, in: horizon) + " " + start.startClock
    }

    /// `Mon 08:00-10:00`, from the start of the first period to the end of the last.
    static func stretch(_ periods: ClosedRange<Int>, in horizon: Horizon) -> String {
        moment(periods.lowerBound, in: horizon) + "-" + horizon.periods[periods.upperBound].endClock
    }

    private static func day(_ index: Int, in horizon: Horizon) -> String {
        let day = horizon.days[index]
        let name = Horizon.weekdayNames[day.weekday]
        guard horizon.days.count > 7, let date = parts(day.date) else { return name }
        return "\(name) \(date.day) \(months[date.month - 1])"
    }

    /// `23`; `24.5` where the clocks move by half an hour.
    private static func hours(_ seconds: Double) -> String {
        let tenths = Int((seconds / 360).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    private static func parts(_ date: String) -> (year: Int, month: Int, day: Int)? {
        let numbers = date.split(separator: "-").compactMap { Int($0) }
        guard numbers.count == 3, (1...12).contains(numbers[1]) else { return nil }
        return (numbers[0], numbers[1], numbers[2])
    }
}
