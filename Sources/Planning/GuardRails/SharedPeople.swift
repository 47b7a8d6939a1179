import Center
import Simulator
import Tabular

/// The two extreme ways of sharing people among contact types, in people at each type's usual pace.
///
/// *Pooled*: a type has everybody with the skill and one of its languages to itself, as if the other types did not call.
/// *Dedicated*: each person's time is divided for good among the types of the group, in proportion to the work that
/// they bring in the period. What routing achieves usually lies between the two (Wallace, Whitt 2005).
struct SharedPeople {
    /// `[period][type]`, on average over the time of the period in which the type is open.
    private(set) var pooled: [Double]
    private(set) var dedicated: [Double]
    private let typeCount: Int

    /// `work` is `[period][type]`, erlangs.
    init(_ scenario: Scenario, work: [Double]) {
        let types = scenario.contactTypes
        let periods = scenario.horizon.periods
        typeCount = types.count
        pooled = [Double](repeating: 0, count: periods.count * typeCount)
        dedicated = pooled
        // How much of each type's work each group can take, by the languages that its people speak; and by group the work
        // that it can take in each period.
        let able = scenario.groupsByType
        let reach = types.indices.map { t in able[t].map { Self.spoken(types[t], by: scenario.agentGroups[$0]) } }
        var all = [Double](repeating: 0, count: periods.count * scenario.agentGroups.count)
        for t in types.indices {
            for (g, share) in zip(able[t], reach[t]) {
                for p in periods.indices {
                    all[p * scenario.agentGroups.count + g] += work[p * typeCount + t] * share
                }
            }
        }
        let kept = scenario.agentGroups.indices.map(scenario.kept)
        var known: [[TimeSpan]: ScheduledTime] = [:]
        for (t, type) in types.enumerated() {
            let timeSpans = type.openTimeSpans(in: scenario.horizon)
            let time = known[timeSpans] ?? ScheduledTime(scenario, timeSpans: timeSpans)
            known[timeSpans] = time
            for (g, share) in zip(able[t], reach[t]) where share > 0 {
                let pace = scenario.agentGroups[g].skills.first { $0.contactType == t }?.handlingFactor ?? 1
                for p in periods.indices where timeSpans[p].length > 0 {
                    let people =
                        time.onDuty(period: p, group: g) / timeSpans[p].length * (1 - scenario.shrinkage) * kept[g]
                        / pace
                    guard people > 0 else { continue }
                    let cell = p * typeCount + t
                    pooled[cell] += people
                    let own = work[cell] * share
                    let sum = all[p * scenario.agentGroups.count + g]
                    dedicated[cell] += sum > 0 ? people * own / sum : people
                }
            }
        }
    }

    func pooled(period: Int, contactType: Int) -> Double { pooled[period * typeCount + contactType] }
    func dedicated(period: Int, contactType: Int) -> Double { dedicated[period * typeCount + contactType] }

    /// The share of a type's contacts in a language that the group speaks.
    private static func spoken(_ type: ContactType, by group: AgentGroup) -> Double {
        guard !type.languages.isEmpty else { return 1 }
        return type.languages.reduce(0) { $0 + (group.languages.contains($1.code) ? $1.share : 0) }
    }
}
