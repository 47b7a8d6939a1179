import CLimit
import Center
import Foundation
import Probability
import Queueing
import Simulator
import Tabular

/// A workload of the field, as a scenario and as a loop of the C reference.
struct Workload {
    var name: String
    var scenario: Scenario
    /// Contacts of one run of the engine, about.
    var contacts: Double
    /// The reference's run of about as many contacts.
    var limit: (UInt64) -> limit_figures
    /// The figures that theory or other programs give.
    var reference: String
    /// The ratio of CPU time per contact that must not be passed.
    var mostRatio: Double

    /// `scale` 1 takes about half a second each.
    static func all(scale: Double) -> [Workload] { [w1(scale), w2(scale), w3(scale)] }

    /// M/M/100+M at load 100: one long run of 3 million contacts.
    private static func w1(_ scale: Double) -> Workload {
        let contacts = 3e6 * scale
        let timeSpan = TimeSpan(0, 3 * contacts)
        let type = ContactType(
            id: "calls", open: [timeSpan], arrivals: [ArrivalTimeSpan(timeSpan, contacts: contacts)],
            talk: .exponential(Exponential(mean: 300)), patience: .exponential(Exponential(mean: 120)),
            target: ServiceTarget(share: 0.8, within: 20))
        let group = AgentGroup(
            id: "agents", skills: [Skill(0)], staffing: .curve([StaffingTimeSpan(timeSpan, agents: 100)]))
        return Workload(
            name: "W1",
            scenario: Scenario(
                id: "w1", name: "W1", horizon: .plain(step: 3 * contacts, count: 1), contactTypes: [type],
                agentGroups: [group],
                experiment: ExperimentSettings(replications: 1)),
            contacts: contacts, limit: { limit_w1(Int(contacts), $0) },
            reference: "abandoned 0.04881  in time 0.85170  ASA 5.5491  (Erlang A, exact)", mostRatio: 6.5)
    }

    /// A day of 48 half-hour rates, 24,000 calls, lognormal talk; 100 days.
    private static func w2(_ scale: Double) -> Workload {
        let days = max(1, Int((100 * scale).rounded()))
        let rates: [Double] = [
            364, 364, 364, 364, 364, 364, 368, 368, 372, 384, 400, 436, 496, 592, 732, 912, 1136, 1380, 1612, 1812,
            1944,
            2000, 1980, 1912, 1812, 1716, 1644, 1592, 1568, 1552, 1532, 1500, 1452, 1388, 1308, 1224, 1136, 1052, 968,
            888, 808, 732, 660, 592, 532, 484, 444, 396,
        ]
        let timeSpans = rates.indices.map { TimeSpan(Double($0) * 1800, Double($0 + 1) * 1800) }
        let type = ContactType(
            id: "calls", open: [TimeSpan(0, 86400)],
            arrivals: zip(timeSpans, rates).map { ArrivalTimeSpan($0, contacts: $1 / 2) },
            talk: .lognormal(Lognormal(mean: 300, spread: 1)), patience: .exponential(Exponential(mean: 120)),
            target: ServiceTarget(share: 0.8, within: 20))
        let curve = zip(timeSpans, rates).map { timeSpan, rate -> StaffingTimeSpan in
            let load = rate * 300 / 3600
            return StaffingTimeSpan(timeSpan, agents: (load + 0.5 * load.squareRoot()).rounded(.up))
        }
        let group = AgentGroup(id: "agents", skills: [Skill(0)], staffing: .curve(curve))
        return Workload(
            name: "W2",
            scenario: Scenario(
                id: "w2", name: "W2", horizon: .plain(step: 1800, count: 48), contactTypes: [type],
                agentGroups: [group],
                experiment: ExperimentSettings(replications: days)),
            contacts: 24000 * Double(days), limit: { limit_w2(days, $0) },
            reference: "abandoned 0.02580  in time 0.92970  ASA 2.8700  (6,000 days)", mostRatio: 6)
    }

    /// Five types, ten groups with overflow; one long run of 2 million contacts.
    private static func w3(_ scale: Double) -> Workload {
        let length = 4e6 * scale
        let timeSpan = TimeSpan(0, length)
        let shape: [(rate: Double, talk: Double, patience: Double, groups: [Int])] = [
            (600, 240, 120, [0, 5, 9]), (480, 300, 120, [1, 5, 6, 9]), (360, 360, 180, [2, 6, 7, 9]),
            (240, 420, 180, [3, 7, 8, 9]), (120, 600, 300, [4, 8, 9]),
        ]
        let types = shape.enumerated().map { i, type in
            ContactType(
                id: "type\(i)", priority: [9, 8, 7, 6, 5][i], open: [timeSpan],
                arrivals: [ArrivalTimeSpan(timeSpan, contacts: type.rate / 3600 * length)],
                talk: .exponential(Exponential(mean: type.talk)),
                patience: .exponential(Exponential(mean: type.patience)), target: ServiceTarget(share: 0.8, within: 20))
        }
        let sizes = [24, 24, 20, 16, 12, 18, 16, 14, 12, 12]
        let groups = sizes.enumerated().map { g, size in
            AgentGroup(
                id: "group\(g)",
                skills: shape.indices.compactMap { t in
                    shape[t].groups.firstIndex(of: g).map { Skill(t, rank: $0 + 1) }
                }, staffing: .curve([StaffingTimeSpan(timeSpan, agents: Double(size))]))
        }
        return Workload(
            name: "W3",
            scenario: Scenario(
                id: "w3", name: "W3", horizon: .plain(step: length, count: 1), contactTypes: types, agentGroups: groups,
                experiment: ExperimentSettings(replications: 1)),
            contacts: length / 2, limit: { limit_w3(Int(length / 2), $0) },
            reference: "the C reference's, below: an agent looks at queues by the types' priority", mostRatio: 3.5)
    }
}
