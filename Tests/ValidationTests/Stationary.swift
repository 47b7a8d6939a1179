import Queueing

@testable import Simulator

/// A center in the steady state, measured by independent replications: start empty, let `warmUp` pass, measure.
struct Stationary {
    /// Ratio estimates by `entity.metric`, such as `type1.p_abandon`, at 99 %.
    private(set) var estimates: [String: Estimate] = [:]

    /// `types` hold arrivals per second; `groups` agents, skills as in a scenario.
    init(
        types: [(rate: Double, talk: [Double?], patience: Double?, priority: Int)],
        groups: [(agents: Int, skills: [Skill])], threshold: Double = 20, waitingLimit: Int? = nil, warmUp: Double,
        length: Double, replications: Int, seed: UInt64, confidence: Double = 0.99
    ) {
        let end = warmUp + length
        let whole = Span(0, end)
        // The last period lets the queue drain with everybody still there.
        let drain = 1e9
        var horizon = Horizon.plain(step: 1, count: 3)
        horizon.periods[0].end = warmUp
        horizon.periods[1].start = warmUp
        horizon.periods[1].end = end
        horizon.periods[2].start = end
        horizon.periods[2].end = end + drain
        horizon.days[0].end = end + drain
        let contactTypes = types.enumerated().map { i, type in
            ContactType(
                id: "type\(i + 1)", priority: type.priority, open: [whole],
                arrivals: [ArrivalPiece(whole, contacts: type.rate * end)],
                // The group's factor carries what differs between groups, so the type's own mean is one second.
                talk: .exponential(Exponential(mean: 1)),
                patience: type.patience.map { .exponential(Exponential(mean: $0)) },
                target: ServiceTarget(share: 0.8, within: threshold))
        }
        let agentGroups = groups.enumerated().map { i, group in
            AgentGroup(
                id: "group\(i + 1)", skills: group.skills,
                staffing: .curve([StaffingPiece(Span(0, end + drain), agents: Double(group.agents))]))
        }
        let scenario = Scenario(
            id: "stationary", name: "Stationary", horizon: horizon, contactTypes: contactTypes,
            agentGroups: agentGroups, rules: Rules(waitingLimit: waitingLimit))
        let plan = Blueprint(scenario)
        var replication = Replication(plan, seed: seed)
        var tallies: [String: RatioTally] = [:]
        for number in 0..<replications {
            replication.play(number)
            let seen = replication.seen
            var all = Counts()
            for t in types.indices {
                var counts = Counts()
                let base = (plan.classes.count + t) * Observations.Contact.count
                for k in 0..<Observations.Contact.count {
                    counts.columns[k] = seen.contacts[base + k]
                    all.columns[k] += seen.contacts[base + k]
                }
                Self.add(counts, entity: "type\(t + 1)", seconds: length, to: &tallies)
            }
            Self.add(all, entity: "all", seconds: length, to: &tallies)
            for g in groups.indices {
                let base = (plan.groups.count + g) * Observations.Group.count
                tallies["group\(g + 1).occupancy", default: RatioTally()].add(
                    seen.groups[base + Observations.Group.busy.rawValue],
                    over: seen.groups[base + Observations.Group.present.rawValue])
            }
        }
        estimates = tallies.compactMapValues { $0.estimate(confidence: confidence) }
    }

    private static func add(
        _ c: Counts, entity: String, seconds: Double, to tallies: inout [String: RatioTally]
    ) {
        let figures: [(String, Double, Double)] = [
            ("p_abandon", c.abandoned, c.offered), ("p_block", c.turnedAway, c.offered),
            ("sl_a_20s", c.answeredInTime, c.offered),
            ("sl_b_20s", c.answeredInTime, c.offered - c.abandonedInTime),
            ("sl_c_20s", c.answeredInTime + c.abandonedInTime, c.offered),
            ("sl_d_20s", c.answeredInTime, c.answered), ("asa_answered_s", c.waitOfAnswered, c.answered),
            ("mean_wait_all_s", c.waitOfAnswered + c.waitOfAbandoned, c.offered),
            ("mean_wait_admitted_s", c.waitOfAnswered + c.waitOfAbandoned, c.offered - c.turnedAway),
            ("mean_wait_abandoned_s", c.waitOfAbandoned, c.abandoned), ("mean_queue_len", c.queueSeconds, seconds),
        ]
        for (name, x, y) in figures { tallies["\(entity).\(name)", default: RatioTally()].add(x, over: y) }
    }
}
