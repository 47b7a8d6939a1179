import Queueing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// A center in its settled state, measured by replications that start empty, let a warm-up pass and then measure.
///
/// Each stream of contacts is split by chance over as many contact types as there are acceptable waits, all alike in
/// everything else (parts of a Poisson process are Poisson processes): so one run measures several service levels, and
/// an acceptable wait of 0 measures who was served at once.
struct SteadyCenter: Sendable {
    struct Stream: Sendable {
        /// Per second.
        var rate: Double
        var talk: Distribution
        var patience: Distribution?
        var priority = 5
    }

    struct Group: Sendable {
        var agents: Int
        /// Contact types are indices of streams.
        var skills: [Skill]
    }

    var streams: [Stream]
    var groups: [Group]
    /// Seconds.
    var thresholds: [Double] = [0, 20]
    var waitingLimit: Int?
    var routing = Routing()
    /// Seconds.
    var warmUp: Double
    /// Whether to follow each contact to the group that answers it.
    var followsContacts = false
    /// What else the center does; contact types that it adds stand behind the streams' and are counted as `others`.
    var adapted: (@Sendable (inout Scenario) -> Void)?

    var rate: Double { streams.reduce(0) { $0 + $1.rate } }

    /// The engine's day: warm-up, the stretch that counts, and time to drain with everybody still there.
    func scenario(length: Double) -> Scenario {
        let end = warmUp + length
        let whole = TimeSpan(0, end)
        let drain = 1e9
        var horizon = Horizon.plain(step: 1, count: 3)
        horizon.periods[0].end = warmUp
        horizon.periods[1].start = warmUp
        horizon.periods[1].end = end
        horizon.periods[2].start = end
        horizon.periods[2].end = end + drain
        horizon.days[0].end = end + drain
        let parts = thresholds.count
        let types = streams.flatMap { stream in
            thresholds.map { threshold in
                ContactType(
                    id: "type", priority: stream.priority, open: [whole],
                    arrivals: [ArrivalTimeSpan(whole, contacts: stream.rate / Double(parts) * end)], talk: stream.talk,
                    patience: stream.patience, target: ServiceTarget(share: 0.8, within: threshold))
            }
        }
        let agentGroups = groups.map { group in
            AgentGroup(
                id: "group",
                skills: group.skills.flatMap { skill in
                    (0..<parts).map {
                        Skill(
                            skill.contactType * parts + $0, rank: skill.rank, handlingFactor: skill.handlingFactor)
                    }
                }, staffing: .curve([StaffingTimeSpan(TimeSpan(0, end + drain), agents: Double(group.agents))]))
        }
        var scenario = Scenario(
            id: "steady", name: "Steady", horizon: horizon, contactTypes: types, agentGroups: agentGroups,
            routing: routing, rules: Rules(waitingLimit: waitingLimit))
        adapted?(&scenario)
        return scenario
    }

    /// Ratios by `entity.metric`, such as `type1.p_abandon`, over all replications.
    func measured(length: Double, replications: Int, seed: UInt64) -> [String: RatioTally] {
        let plan = Blueprint(scenario(length: length))
        var replication = Replication(plan, seed: seed)
        var tallies: [String: RatioTally] = [:]
        let parts = thresholds.count
        for number in 0..<replications {
            if followsContacts { replication.diary = Diary(plan) }
            replication.play(number)
            let seen = replication.seen
            var all = [Counts](repeating: Counts(), count: parts)
            for s in streams.indices {
                var counts = [Counts](repeating: Counts(), count: parts)
                for k in 0..<parts {
                    let base = (plan.classes.count + s * parts + k) * Observations.Contact.count
                    for i in 0..<Observations.Contact.count {
                        counts[k].columns[i] = seen.contacts[base + i]
                        all[k].columns[i] += seen.contacts[base + i]
                    }
                }
                add(counts, entity: "type\(s + 1)", seconds: length, to: &tallies)
            }
            add(all, entity: "all", seconds: length, to: &tallies)
            var others = Counts()
            for c in (streams.count * parts)..<plan.classes.count {
                let base = (plan.classes.count + c) * Observations.Contact.count
                for i in 0..<Observations.Contact.count { others.columns[i] += seen.contacts[base + i] }
            }
            if others.offered > 0 { add([others], entity: "others", seconds: length, to: &tallies) }
            var total = (busy: 0.0, present: 0.0)
            for g in groups.indices {
                let base = (plan.groups.count + g) * Observations.Group.count
                let busy = seen.groups[base + Observations.Group.busy.rawValue]
                let present = seen.groups[base + Observations.Group.present.rawValue]
                total = (total.busy + busy, total.present + present)
                tallies["group\(g + 1).occupancy", default: RatioTally()].add(busy, over: present)
            }
            tallies["all.occupancy", default: RatioTally()].add(total.busy, over: total.present)
            tallies["all.p_idle", default: RatioTally()].add(total.present - total.busy, over: total.present)
            if followsContacts { addShares(replication.diary, plan, until: warmUp + length, to: &tallies) }
        }
        return tallies
    }

    /// Which group answers which part of a stream, among what was answered while it counted.
    private func addShares(
        _ diary: Diary?, _ plan: Blueprint, until end: Double, to tallies: inout [String: RatioTally]
    ) {
        var answered = [[Double]](repeating: groups.map { _ in 0 }, count: streams.count)
        for entry in diary?.entries ?? [] where entry.time >= warmUp && entry.time < end {
            guard let handling = entry.handling else { continue }
            answered[entry.type / thresholds.count][plan.agents[handling.agent].group] += 1
        }
        for (s, row) in answered.enumerated() {
            let sum = row.reduce(0, +)
            for (g, count) in row.enumerated() {
                tallies["type\(s + 1).share_of_group\(g + 1)", default: RatioTally()].add(count, over: sum)
            }
        }
    }

    /// `parts` holds a stream's counts by acceptable wait.
    private func add(
        _ parts: [Counts], entity: String, seconds: Double, to tallies: inout [String: RatioTally]
    ) {
        var c = Counts()
        for part in parts { for i in c.columns.indices { c.columns[i] += part.columns[i] } }
        var figures: [(String, Double, Double)] = [
            ("p_abandon", c.abandoned, c.offered), ("p_block", c.turnedAway, c.offered),
            ("p_abandon_given_admitted", c.abandoned, c.offered - c.turnedAway),
            ("asa_answered_s", c.waitOfAnswered, c.answered),
            ("mean_wait_all_s", c.waitOfAnswered + c.waitOfAbandoned, c.offered),
            ("mean_wait_admitted_s", c.waitOfAnswered + c.waitOfAbandoned, c.offered - c.turnedAway),
            ("mean_wait_abandoned_s", c.waitOfAbandoned, c.abandoned), ("mean_queue_len", c.queueSeconds, seconds),
            ("p_callback", c.callbacksRequested, c.offered), ("mean_talk_s", c.talk, c.answered),
            ("mean_attempts", c.offered, c.offered - c.redials),
        ]
        for (threshold, c) in zip(thresholds, parts) {
            if threshold == 0 {
                figures.append(("p_wait", c.offered - c.answeredInTime - c.turnedAway, c.offered))
                continue
            }
            let name = "\(Int(threshold))s"
            figures += [
                ("sl_a_\(name)", c.answeredInTime, c.offered),
                ("sl_b_\(name)", c.answeredInTime, c.offered - c.abandonedInTime),
                ("sl_c_\(name)", c.answeredInTime + c.abandonedInTime, c.offered),
                ("sl_d_\(name)", c.answeredInTime, c.answered),
                ("sl_online_\(name)", c.answeredInTime, c.offered - c.callbacksRequested),
                (
                    "p_wait_gt_\(name)", c.offered - c.answeredInTime - c.abandonedInTime - c.turnedAway, c.offered
                ),
            ]
        }
        for (name, x, y) in figures { tallies["\(entity).\(name)", default: RatioTally()].add(x, over: y) }
    }

    // MARK: Run lengths

    /// How long to play for every half-width to be small enough, as far as `most` contacts reach: from a pilot run of
    /// its own, whose seed is not the one that counts.
    func settled(_ metrics: [String], seed: UInt64, most: Double) -> [String: RatioTally] {
        // Of the busiest centers the warm-ups alone take millions of contacts: fewer and shorter replications there.
        let pilots = 40 * warmUp * rate < most ? 40 : 20
        let shortest = max(min(4 * warmUp, 0.5 * most / rate / Double(pilots)), 2000 / rate)
        let pilot = measured(length: shortest, replications: pilots, seed: seed &+ 1_000_003)
        var factor = 0.0
        for metric in metrics {
            guard let estimate = pilot[metric]?.estimate(confidence: Pairs.confidence) else { continue }
            let goal = Pairs.goal(metric, estimate.value)
            // A figure that the pilot never saw says nothing about the length.
            if goal > 0 { factor = max(factor, estimate.halfWidth / goal) }
        }
        // A tenth more, because the pilot's half-width is itself an estimate.
        let needed = 1.1 * factor * factor * Double(pilots) * shortest
        // What cannot be reached is not bought dearly either: a quarter of the budget shows how far it is.
        let longest = needed <= most / rate ? needed : 0.25 * most / rate
        let total = max(longest, Double(pilots) * shortest)
        let replications = max(pilots, min(100, Int(total / shortest)))
        let length = max(shortest, total / Double(replications))
        return measured(length: length, replications: Int((total / length).rounded(.up)), seed: seed)
    }
}
