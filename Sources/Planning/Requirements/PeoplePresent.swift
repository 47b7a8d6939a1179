import Simulator

/// How many people are planned to be on the phones for each contact type in each period.
///
/// These are the people of every group that has the skill and one of the type's languages: on duty, with lunch and
/// breaks placed as the engine places them, less what people who are late lose, times 1 − shrinkage, on average over the time of the period in which the
/// type is open. Whoever has two skills counts for both types: each type is looked at as if it were alone.
public struct PeoplePresent: Sendable {
    /// `[period][type]`.
    private let mean: [Double]
    private let typeCount: Int
    /// Whether anybody is planned at all.
    public let isAnybodyPlanned: Bool

    public init(_ scenario: Scenario) {
        let periods = scenario.horizon.periods
        let types = scenario.contactTypes
        typeCount = types.count
        var mean = [Double](repeating: 0, count: periods.count * types.count)
        let kept = scenario.agentGroups.indices.map(scenario.kept)
        let able = scenario.groupsByType
        var known: [[Span]: ScheduledTime] = [:]
        var isAnybodyPlanned = false
        for (t, type) in types.enumerated() {
            let stretches = type.openStretches(in: scenario.horizon)
            let time = known[stretches] ?? ScheduledTime(scenario, stretches: stretches)
            known[stretches] = time
            if !isAnybodyPlanned { isAnybodyPlanned = time.onDuty.contains { $0 > 0 } }
            let groups = able[t]
            for p in periods.indices {
                let seconds = groups.reduce(0) { $0 + time.onDuty(period: p, group: $1) * kept[$1] }
                mean[p * types.count + t] = seconds / stretches[p].length * (1 - scenario.shrinkage)
            }
        }
        self.mean = mean
        self.isAnybodyPlanned = isAnybodyPlanned
    }

    /// On average, fractions included.
    public func mean(period: Int, contactType: Int) -> Double { mean[period * typeCount + contactType] }

    /// To the nearest whole number: 6 people less 18 % are 4.92, and count as 5.
    public func whole(period: Int, contactType: Int) -> Int {
        Int(mean(period: period, contactType: contactType).rounded(.toNearestOrAwayFromZero))
    }
}

extension ContactType {
    /// Of each period the part from the first to the last moment at which the type is open; all of it where it is closed.
    func openStretches(in horizon: Horizon) -> [Span] {
        var stretches = horizon.periods.map { Span($0.start, $0.end) }
        var touched = [Bool](repeating: false, count: stretches.count)
        let spread = PeriodSpread(horizon)
        for open in open {
            spread.forEach(in: open) { p, _ in
                let period = horizon.periods[p]
                if !touched[p] { stretches[p] = Span(max(period.start, open.start), period.start) }
                touched[p] = true
                stretches[p].end = min(period.end, open.end)
            }
        }
        return stretches
    }
}

extension Scenario {
    /// By contact type, the groups that can serve some of its contacts: they have the skill and one of its languages.
    var groupsByType: [[Int]] {
        var able = [[Int]](repeating: [], count: contactTypes.count)
        for (g, group) in agentGroups.enumerated() {
            for skill in group.skills where able[skill.contactType].last != g {
                let languages = contactTypes[skill.contactType].languages
                if languages.isEmpty || languages.contains(where: { group.languages.contains($0.code) }) {
                    able[skill.contactType].append(g)
                }
            }
        }
        return able
    }

    /// The groups that can serve some contacts of a type: they have the skill and one of its languages.
    func groups(for contactType: Int) -> [Int] {
        let languages = contactTypes[contactType].languages.map(\.code)
        return agentGroups.indices.filter { g in
            agentGroups[g].skills.contains { $0.contactType == contactType }
                && (languages.isEmpty || agentGroups[g].languages.contains(where: languages.contains))
        }
    }
}
