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
        for block in blocks.sorted(by: { ($0.timeSpan.start, $0.timeSpan.end) < ($1.timeSpan.start, $1.timeSpan.end) })
        where block.startsOn >= 0 {
            let week = block.startsOn / 7
            for (person, member) in block.members.enumerated() {
                guard let contract = group.members[member].contractHours else { continue }
                var usual = left[member]?[week] ?? contract * 3600
                for timeSpan in PersonalDay(block, person: person).paid {
                    let beyond = TimeSpan(timeSpan.start + min(usual, timeSpan.length), timeSpan.end)
                    usual = max(0, usual - timeSpan.length)
                    overtime += max(0, min(beyond.end, window.end) - max(beyond.start, window.start))
                }
                left[member, default: [:]][week] = usual
            }
        }
        return overtime
    }
}
