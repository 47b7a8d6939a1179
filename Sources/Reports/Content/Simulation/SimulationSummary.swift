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
        let paid = PaidTime(results)
        if let cost = paid.cost {
            let sign = scenario.currency == "USD" ? "$" : scenario.currency + " "
            let span = scenario.horizon.days.count == 7 ? " a week" : scenario.horizon.days.count == 1 ? " a day" : ""
            let stretch = scenario.runningDay == nil ? span : " from now on"
            let hasOvertime = scenario.agentGroups.indices.contains {
                scenario.agentGroups[$0].overtimeRate != nil && paid.overtimeHours($0) > 0
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
            let metric = figure == .serviceLevel ? "" : " \(figure.rawValue)"
            return "\(name)\(metric) \(PlainNumbers.withReach(estimate, figure.unit))"
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
                    worst = (missed, "\(type.id) \(when), \(PlainNumbers.withReach(level)) in time")
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
