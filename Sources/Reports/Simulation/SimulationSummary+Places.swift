import Center
import Documents
import Planning
import Simulator
import Tabular

/// Where and when it is worst: intervals, types and groups.
extension SimulationSummary {
    /// Where callers lose most because people are missing, by formula.
    var mostUnderstaffed: String? {
        guard let worst = Shortage.all(requirements ?? Requirements(scenario)).worst else { return nil }
        return "\(scenario.contactTypes[worst.contactType].id) "
            + "\(PlainDates.timeSpan(worst.periods, in: scenario.horizon)), short "
            + (worst.least < worst.short ? "\(worst.least) to \(worst.short)" : "\(worst.short)")
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
                    type.channel.kind == .deferred
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
    var busiestGroup: String? {
        let groups = scenario.agentGroups.indices.compactMap { g in
            results.groups[g].occupancy.value.map { (group: g, share: $0) }
        }
        let percent = { (share: Double) in PlainNumbers.percent(share, digits: 0) }
        if let timeSpan = BusiestTimeSpan.find(in: results), let mean = results.groups[timeSpan.group].occupancy.value,
            timeSpan.occupancy >= mean + Self.standsOut
        {
            return
                "\(scenario.agentGroups[timeSpan.group].id) \(PlainDates.timeSpan(timeSpan.periods, in: scenario.horizon)), "
                + "\(percent(timeSpan.occupancy)) (\(percent(mean)) in all)"
        }
        return groups.max { ($0.share, $1.group) < ($1.share, $0.group) }.map {
            "\(scenario.agentGroups[$0.group].id) \(percent($0.share))"
        }
    }
}
