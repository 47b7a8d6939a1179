import Simulator

/// What each agent group would have to have on duty, so that together the groups have what the contact types need.
///
/// A type's need on the phones, divided by 1 − shrinkage, is shared among the groups that can serve it in proportion to
/// the people they have on duty in that period; where they have nobody, equally among those of the first rank. A group's
/// part is the sum over its types. The unit is that of people on duty, shrinkage not taken off, so that the difference
/// from them says how many are missing.
public struct GroupNeed: Sendable {
    /// `[period][group]`; nil where a need is not known.
    private let required: [Double?]
    private let groupCount: Int

    public init(_ requirements: Requirements) {
        let scenario = requirements.scenario
        let time = ScheduledTime(scenario)
        groupCount = scenario.agentGroups.count
        var required = [Double?](repeating: 0, count: scenario.horizon.periods.count * groupCount)
        let able = scenario.groupsByType
        let isList = Set(requirements.lists)
        for row in requirements.rows where row.need != 0 {
            let groups = able[row.contactType]
            let people = groups.map { time.onDuty(period: row.period, group: $0) }
            let total = people.reduce(0, +)
            let first = total > 0 ? [] : Self.firstRank(groups, row.contactType, scenario)
            for (position, group) in groups.enumerated() {
                let share =
                    total > 0
                    ? people[position] / total : first.contains(group) ? 1 / Double(first.count) : 0
                guard share > 0 else { continue }
                let cell = row.period * groupCount + group
                // Work in lists fills what is left of other people's time: no whole people for each list.
                let people = isList.contains(row.contactType) ? row.needExact : row.need.map(Double.init)
                required[cell] =
                    people.flatMap { need in
                        required[cell].map { $0 + need / (1 - scenario.shrinkage) * share }
                    }
            }
        }
        self.required = required
    }

    private static func firstRank(_ groups: [Int], _ type: Int, _ scenario: Scenario) -> [Int] {
        func rank(_ group: Int) -> Int {
            scenario.agentGroups[group].skills.filter { $0.contactType == type }.map(\.rank).min() ?? .max
        }
        let least = groups.map(rank).min()
        return groups.filter { rank($0) == least }
    }

    /// People on duty, shrinkage not taken off; nil where no number is enough.
    public func required(period: Int, group: Int) -> Double? { required[period * groupCount + group] }
}
