import Center
import Documents
import Simulator
import Tabular

/// What `simulate` says below its table.
extension SimulationSummary {
    /// What else there is to say below the table, a line each.
    var closing: [String] {
        let places = [weakestPlace, busiestGroup.map { "Busiest: \($0)." }, cost].compactMap(\.self)
        let lines: [String?] = [failedLanguages, places.joined(separator: " "), watchedHours, backlog, handedBack]
        return (lines.compactMap(\.self) + carriedIn).filter { !$0.isEmpty }
    }

    /// Where people are missing, or, where none are, where most callers miss what was promised to them.
    private var weakestPlace: String? {
        mostUnderstaffed.map { "Shortest: \($0)." } ?? weakestInterval.map { "Weakest: \($0)." }
    }

    /// `Scheduled hours and overtime cost $25 a day.`; nil where no group has a wage.
    private var cost: String? {
        let paid = PaidTime(results)
        guard let cost = paid.cost else { return nil }
        let sign = scenario.currency == "USD" ? "$" : scenario.currency + " "
        let timeSpan = scenario.horizon.days.count == 7 ? " a week" : scenario.horizon.days.count == 1 ? " a day" : ""
        let ending = scenario.runningDay == nil ? timeSpan : " from now on"
        let hasOvertime = scenario.agentGroups.indices.contains {
            scenario.agentGroups[$0].overtimeRate != nil && paid.overtimeHours($0) > 0
        }
        let hours = "Scheduled hours" + (hasOvertime ? " and overtime" : "")
        return "\(hours) cost \(sign)\(PlainNumbers.grouped(cost.rounded()))\(ending)."
    }

    /// `Missed in es: scheduling, billing and refill.`: each language with the contact types that clearly fail it, which
    /// the figures of all callers may hide; nil where none does.
    private var failedLanguages: String? {
        var failed: [(language: String, types: [String])] = []
        for (t, type) in scenario.contactTypes.enumerated() {
            for c in results.languageClasses(type: t)
            where results.promises(class: c).contains(where: { $0.verdict == .missed }) {
                guard let language = results.classes[c].language else { continue }
                let name = type.shownName
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

    /// `Watched: calls 10:00-12:00 78.2% ±1.9.`; nil where no precision is about hours of the day.
    private var watchedHours: String? {
        let parts = results.watchedHours.map { name, figure, estimate in
            let metric = figure == .serviceLevel ? "" : " \(figure.rawValue)"
            return "\(name)\(metric) \(PlainNumbers.withReach(estimate, figure.unit))"
        }
        return parts.isEmpty ? nil : "Watched: \(parts.joined(separator: ", "))."
    }

    /// What still lies in lists when a run ends: `Left in lists at the end: 3.2 email (the oldest for 5.1h), 0.4
    /// billing_callback (in 12% of runs; the oldest then for 1.5h).`; nil where nothing does.
    private var backlog: String? {
        guard results.longRun == nil else { return nil }
        let n = Double(max(results.replications, 1))
        let day = scenario.runningDay
        let parts = scenario.contactTypes.enumerated().compactMap { t, type -> String? in
            let left = results.types[t].sum.backlog / n
            guard type.channel.kind == .deferred || day != nil, left >= 0.05 else { return nil }
            // Of the runs that left some: a mean over those that left nothing would be of no wait that anybody had.
            let runs = Double(results.replicationsThatLeft(type: t))
            let oldest = runs > 0 ? results.types[t].sum.oldest / runs : 0
            let often =
                runs < n
                ? "in \(PlainNumbers.percent(runs / n, digits: 0)) of runs; the oldest then for " : "the oldest for "
            let age = oldest >= 1 ? " (\(often)\(PlainNumbers.longWait(oldest)))" : ""
            return "\(PlainNumbers.fixed(left, 1)) \(type.shownName)\(age)"
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
}
