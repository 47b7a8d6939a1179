import Tabular

extension Scenario {
    /// Paid seconds of a group's named people beyond their contracts, as far as they lie within the horizon, week by week
    /// from the horizon's first date on.
    ///
    /// A shift is of the week in which it starts: one begun the night before the horizon is of the week before, of which
    /// nothing else is known. A part of a week, such as Monday to Friday, may hold all of the contract's hours.
    public func plannedOvertime(ofGroup g: Int) -> Double {
        if let day = runningDay { return g < day.overtime.count ? day.overtime[g] : 0 }
        // Where the period repeats, what comes after its end comes at its beginning, too.
        let repeats = experiment.longRun != nil
        return plannedOvertime(
            ofGroup: g, within: repeats ? TimeSpan(-.infinity, .infinity) : TimeSpan(0, horizon.length))
    }

    func plannedOvertime(ofGroup g: Int, within window: TimeSpan) -> Double {
        let group = agentGroups[g]
        guard group.overtimeRate != nil, case .shifts(let blocks) = group.staffing else { return 0 }
        /// What is left of the contract, by member and week.
        var left: [Int: [Int: Double]] = [:]
        var overtime = 0.0
        for block in blocks.sorted(by: { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) })
        where block.startsOn >= 0 {
            let week = block.startsOn / 7
            for (person, member) in block.members.enumerated() {
                guard let contract = group.members[member].contractHours else { continue }
                var usual = left[member]?[week] ?? contract * 3600
                for span in PersonalDay(block, person: person).paid {
                    let beyond = TimeSpan(span.start + min(usual, span.length), span.end)
                    usual = max(0, usual - span.length)
                    overtime += max(0, min(beyond.end, window.end) - max(beyond.start, window.start))
                }
                left[member, default: [:]][week] = usual
            }
        }
        return overtime
    }
}
