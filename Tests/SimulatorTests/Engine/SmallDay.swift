import Queueing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// A day small enough to compute by hand: contacts at given seconds, everything else fixed.
struct SmallDay {
    var scenario: Scenario

    /// A contact type whose contacts arrive exactly at `times`.
    static func type(
        _ id: String = "calls", at times: [Double], talk: Double, wrapUp: Double? = nil, hold: Double? = nil,
        patience: Double? = nil, priority: Int = 5, languages: [LanguageShare] = [], redial: Redial? = nil,
        within: Double = 20, open: TimeSpan = TimeSpan(0, 3600)
    ) -> ContactType {
        ContactType(
            id: id, priority: priority, languages: languages, open: [open],
            arrivals: times.map { ArrivalTimeSpan(TimeSpan($0, $0), contacts: 1) }, volumes: .actual,
            talk: .fixed(Fixed(talk)), hold: hold.map { .fixed(Fixed($0)) }, wrapUp: wrapUp.map { .fixed(Fixed($0)) },
            patience: patience.map { .fixed(Fixed($0)) }, redial: redial,
            target: ServiceTarget(share: 0.8, within: within))
    }

    static func agents(
        _ id: String = "agents", count: Double, from: Double = 0, to: Double = 3600, skills: [Skill] = [Skill(0)],
        languages: [String] = []
    ) -> AgentGroup {
        AgentGroup(
            id: id, languages: languages, skills: skills,
            staffing: .curve([StaffingTimeSpan(TimeSpan(from, to), agents: count)]))
    }

    init(
        _ types: [ContactType], _ groups: [AgentGroup], shrinkage: Double = 0, rules: Rules = Rules(),
        step: Double = 900, periods: Int = 4
    ) {
        scenario = Scenario(
            id: "day", name: "Day", horizon: .plain(step: step, count: periods), contactTypes: types,
            agentGroups: groups, shrinkage: shrinkage, rules: rules,
            experiment: ExperimentSettings(replications: 1))
    }

    /// Monday and Tuesday, one period each.
    static func twoDays(of length: Double) -> Horizon {
        let timeSpans = (0..<2).map { TimeSpan(Double($0) * length, Double($0 + 1) * length) }
        return Horizon(
            timeZone: "UTC",
            days: timeSpans.enumerated().map {
                Horizon.Day(date: "2026-03-0\($0 + 2)", weekday: $0, start: $1.start, end: $1.end)
            },
            periods: timeSpans.enumerated().map {
                Horizon.Period(day: $0, start: $1.start, end: $1.end, clockStart: $1.start, clockEnd: $1.end)
            })
    }

    /// One play of it.
    func played() throws -> Results { try Experiment(scenario, threads: 1).run() }
}

extension Results {
    /// The only replication's counts of one type.
    func counts(_ type: Int = 0) -> Counts { types[type].sum }
}
