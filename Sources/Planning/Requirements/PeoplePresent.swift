import Center
import Simulator
import Tabular

/// How many people are planned to be on the phones in each period, whichever types they serve.
///
/// These are the people of every group that has the skill and one of the type's languages, or has somebody to interpret:
/// on duty, with lunch and breaks placed as the engine places them, less what people who are late lose, times
/// 1 − shrinkage, on average over the time of the period in which the type is open. Whoever has two skills is there for
/// both types; `SharedStaffing` gives each person once.
public struct PeoplePresent: Sendable {
    /// Equal open stretches are looked at once.
    private let times: [(time: ScheduledTime, timeSpans: [TimeSpan])]
    private let timeOf: [Int]
    private let kept: [Double]
    private let groups: [[Int]]
    private let presence: Double
    /// Whether anybody is planned at all.
    public let isAnybodyPlanned: Bool

    /// Works out the scheduled time of every group in every period.
    public init(_ scenario: Scenario) {
        let types = scenario.contactTypes
        kept = scenario.agentGroups.indices.map(scenario.kept)
        presence = 1 - scenario.shrinkage
        groups = scenario.groupsByType
        var known: [[TimeSpan]: Int] = [:]
        var times: [(time: ScheduledTime, timeSpans: [TimeSpan])] = []
        timeOf = types.map { type in
            let timeSpans = type.openTimeSpans(in: scenario.horizon)
            if let found = known[timeSpans] { return found }
            known[timeSpans] = times.count
            times.append((ScheduledTime(scenario, timeSpans: timeSpans), timeSpans))
            return times.count - 1
        }
        self.times = times
        isAnybodyPlanned = times.contains { $0.time.onDuty.contains { $0 > 0 } }
    }

    /// Of one group, on average while a type is open, fractions included.
    func mean(period: Int, contactType: Int, group: Int) -> Double {
        let (time, timeSpans) = times[timeOf[contactType]]
        return time.onDuty(period: period, group: group) * kept[group] / timeSpans[period].length * presence
    }

    /// On average, fractions included.
    public func mean(period: Int, contactType: Int) -> Double {
        let (time, timeSpans) = times[timeOf[contactType]]
        let seconds = groups[contactType].reduce(0) { $0 + time.onDuty(period: period, group: $1) * kept[$1] }
        return seconds / timeSpans[period].length * presence
    }

    /// To the nearest whole number: 6 people less 18 % are 4.92, and count as 5.
    public func whole(period: Int, contactType: Int) -> Int {
        Int(mean(period: period, contactType: contactType).rounded(.toNearestOrAwayFromZero))
    }
}

extension ContactType {
    /// Of each period the part from the first to the last moment at which the type is open; all of it where it is closed.
    func openTimeSpans(in horizon: Horizon) -> [TimeSpan] {
        var timeSpans = horizon.periods.map { TimeSpan($0.start, $0.end) }
        var touched = [Bool](repeating: false, count: timeSpans.count)
        let shares = PeriodShares(horizon)
        for open in open {
            shares.forEach(in: open) { p, _ in
                let period = horizon.periods[p]
                if !touched[p] { timeSpans[p] = TimeSpan(max(period.start, open.start), period.start) }
                touched[p] = true
                timeSpans[p].end = min(period.end, open.end)
            }
        }
        return timeSpans
    }
}

extension ContactType {
    /// Whether a group with the skill can serve some of the contacts: it speaks one of their languages, or there is an
    /// interpreter for one.
    fileprivate func isServed(by group: AgentGroup) -> Bool {
        languages.isEmpty
            || languages.contains { language in
                group.languages.contains(language.code) || interpreter?.languages.contains(language.code) ?? false
            }
    }
}

extension Scenario {
    /// By contact type, the groups that can serve some of its contacts.
    var groupsByType: [[Int]] {
        var able = [[Int]](repeating: [], count: contactTypes.count)
        for (g, group) in agentGroups.enumerated() {
            for skill in group.skills where able[skill.contactType].last != g {
                if contactTypes[skill.contactType].isServed(by: group) { able[skill.contactType].append(g) }
            }
        }
        return able
    }

    /// The groups that can serve some contacts of one type.
    func groups(for contactType: Int) -> [Int] {
        agentGroups.indices.filter { g in
            agentGroups[g].skills.contains { $0.contactType == contactType }
                && contactTypes[contactType].isServed(by: agentGroups[g])
        }
    }
}
