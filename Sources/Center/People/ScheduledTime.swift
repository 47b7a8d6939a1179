import Tabular

/// Who is planned to be there: agents' seconds in each reporting period, or in other time spans, with lunch and
/// breaks placed as the engine places them, shrinkage not taken off.
package struct ScheduledTime: Sendable {
    /// `[period][group]` seconds on duty, in flat order.
    package private(set) var onDuty: [Double]
    /// `[period][group]` paid seconds, in flat order.
    package private(set) var paid: [Double]
    private let groupCount: Int

    /// `timeSpans`, sorted and disjoint, take the place of the reporting periods.
    package init(_ scenario: Scenario, timeSpans: [TimeSpan]? = nil) {
        groupCount = scenario.agentGroups.count
        let count = timeSpans?.count ?? scenario.horizon.periods.count
        onDuty = [Double](repeating: 0, count: count * groupCount)
        paid = onDuty
        let shares = timeSpans.map { PeriodShares($0) } ?? PeriodShares(scenario.horizon)
        for (g, group) in scenario.agentGroups.enumerated() {
            for leave in group.paidLeave {
                shares.add(leave.timeSpan, leave.agents, stride: groupCount, offset: g, to: &paid)
            }
            switch group.staffing {
            case .asNeeded: break
            case .curve(let portions):
                for portion in portions {
                    shares.add(portion.timeSpan, portion.agents, stride: groupCount, offset: g, to: &onDuty)
                    shares.add(portion.timeSpan, portion.agents, stride: groupCount, offset: g, to: &paid)
                }
            case .shifts(let blocks):
                for block in blocks {
                    for person in 0..<block.people {
                        let day = PersonalDay(block, person: person)
                        for timeSpan in day.onDuty {
                            shares.add(timeSpan, 1, stride: groupCount, offset: g, to: &onDuty)
                        }
                        for timeSpan in day.paid { shares.add(timeSpan, 1, stride: groupCount, offset: g, to: &paid) }
                    }
                }
            }
        }
    }

    /// Seconds on duty of one group in one period.
    package func onDuty(period: Int, group: Int) -> Double { onDuty[period * groupCount + group] }
}

extension Scenario {
    /// What is left, on average, of a group's planned time on duty by who comes late, goes early or strays; 1 where nobody
    /// does. Shrinkage is not in it.
    package func kept(ofGroup g: Int) -> Double {
        let group = agentGroups[g]
        guard !group.timekeeping.isExact, case .shifts(let blocks) = group.staffing else { return 1 }
        var planned = 0.0
        var loss = 0.0
        for block in blocks {
            for person in 0..<block.people {
                let day = PersonalDay(block, person: person)
                let onDuty = day.onDuty.reduce(0) { $0 + $1.length }
                planned += onDuty
                // Of the time that is lost at the ends of a shift, pauses have their part.
                loss +=
                    DrawnDay.meanLoss(block.timeSpan, day.pauses, group.timekeeping) * onDuty / block.timeSpan.length
            }
        }
        return planned > 0 ? max(0, 1 - loss / planned) : 1
    }
}
