import Foundation
import Queueing
import Simulator

/// CPU time per contact of the engine on the workloads of the field: one queue (W1), a day (W2), many groups (W3).
///
/// Each prints the figures it simulated beside the exact or agreed ones, so that a fast wrong answer is seen.
@main
enum EngineBench {
    static func main() throws {
        let names = CommandLine.arguments.dropFirst()
        for (name, workload) in [("W1", w1), ("W2", w2), ("W3", w3)] where names.isEmpty || names.contains(name) {
            try measure(name, workload())
        }
    }

    struct Workload {
        var scenario: Scenario
        var reference: String
    }

    static func measure(_ name: String, _ workload: Workload) throws {
        var times: [Double] = []
        var contacts = 0.0
        var text = ""
        for _ in 0..<3 {
            let start = cpuSeconds()
            let results = try Experiment(workload.scenario, threads: 1).run()
            times.append(cpuSeconds() - start)
            contacts = results.all.sum.offered
            let share = { (estimate: Estimate?) in String(format: "%.5f", estimate?.value ?? .nan) }
            text =
                "abandoned \(share(results.all.tally(.abandonment).estimate(confidence: 0.95)))"
                + " in time \(share(results.all.serviceLevel.estimate(confidence: 0.95)))"
                + " ASA \(share(results.all.tally(.asa).estimate(confidence: 0.95)))"
        }
        times.sort()
        let nanoseconds = times[1] / contacts * 1e9
        print(
            "\(name): \(Int(contacts)) contacts, CPU s min/median/max "
                + times.map { String(format: "%.3f", $0) }.joined(separator: " / ")
                + String(format: ", %.0f ns a contact", nanoseconds))
        print("    simulated  \(text)\n    reference  \(workload.reference)")
    }

    static func cpuSeconds() -> Double {
        var usage = rusage()
        getrusage(0, &usage)
        let seconds = { (t: timeval) in Double(t.tv_sec) + Double(t.tv_usec) * 1e-6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// M/M/100+M at load 100: one long run of 3 million contacts.
    static func w1() -> Workload {
        let span = Span(0, 9e6)
        let type = ContactType(
            id: "calls", open: [span], arrivals: [ArrivalPiece(span, contacts: 3e6)],
            talk: .exponential(Exponential(mean: 300)), patience: .exponential(Exponential(mean: 120)),
            target: ServiceTarget(share: 0.8, within: 20))
        let group = AgentGroup(id: "agents", skills: [Skill(0)], staffing: .curve([StaffingPiece(span, agents: 100)]))
        return Workload(
            scenario: Scenario(
                id: "w1", name: "W1", horizon: .plain(step: 9e6, count: 1), contactTypes: [type], agentGroups: [group],
                experiment: ExperimentSettings(replications: 1)),
            reference: "abandoned 0.04881 in time 0.85170 ASA 5.54910 (Erlang A)")
    }

    /// A day of 48 half-hour rates, 24,000 calls, lognormal talk; 100 days.
    static func w2() -> Workload {
        let rates: [Double] = [
            364, 364, 364, 364, 364, 364, 368, 368, 372, 384, 400, 436, 496, 592, 732, 912, 1136, 1380, 1612, 1812,
            1944,
            2000, 1980, 1912, 1812, 1716, 1644, 1592, 1568, 1552, 1532, 1500, 1452, 1388, 1308, 1224, 1136, 1052, 968,
            888, 808, 732, 660, 592, 532, 484, 444, 396,
        ]
        let spans = rates.indices.map { Span(Double($0) * 1800, Double($0 + 1) * 1800) }
        let type = ContactType(
            id: "calls", open: [Span(0, 86400)],
            arrivals: zip(spans, rates).map { ArrivalPiece($0, contacts: $1 / 2) },
            talk: .lognormal(Lognormal(mean: 300, spread: 1)), patience: .exponential(Exponential(mean: 120)),
            target: ServiceTarget(share: 0.8, within: 20))
        let curve = zip(spans, rates).map { span, rate -> StaffingPiece in
            let load = rate * 300 / 3600
            return StaffingPiece(span, agents: (load + 0.5 * load.squareRoot()).rounded(.up))
        }
        let group = AgentGroup(id: "agents", skills: [Skill(0)], staffing: .curve(curve))
        return Workload(
            scenario: Scenario(
                id: "w2", name: "W2", horizon: .plain(step: 1800, count: 48), contactTypes: [type],
                agentGroups: [group],
                experiment: ExperimentSettings(replications: 100)),
            reference: "abandoned 0.02580 in time 0.92970 ASA 2.87000 (6,000 days of the C reference)")
    }

    /// Five types, ten groups with overflow; one long run of 2 million contacts.
    static func w3() -> Workload {
        let length = 4e6
        let span = Span(0, length)
        let shape: [(rate: Double, talk: Double, patience: Double, groups: [Int])] = [
            (600, 240, 120, [0, 5, 9]), (480, 300, 120, [1, 5, 6, 9]), (360, 360, 180, [2, 6, 7, 9]),
            (240, 420, 180, [3, 7, 8, 9]), (120, 600, 300, [4, 8, 9]),
        ]
        let types = shape.enumerated().map { i, type in
            ContactType(
                id: "type\(i)", priority: [9, 8, 7, 6, 5][i], open: [span],
                arrivals: [ArrivalPiece(span, contacts: type.rate / 3600 * length)],
                talk: .exponential(Exponential(mean: type.talk)),
                patience: .exponential(Exponential(mean: type.patience)), target: ServiceTarget(share: 0.8, within: 20))
        }
        let sizes = [24, 24, 20, 16, 12, 18, 16, 14, 12, 12]
        let groups = sizes.enumerated().map { g, size in
            AgentGroup(
                id: "group\(g)",
                skills: shape.indices.compactMap { t in
                    shape[t].groups.firstIndex(of: g).map { Skill(t, rank: $0 + 1) }
                }, staffing: .curve([StaffingPiece(span, agents: Double(size))]))
        }
        return Workload(
            scenario: Scenario(
                id: "w3", name: "W3", horizon: .plain(step: length, count: 1), contactTypes: types, agentGroups: groups,
                experiment: ExperimentSettings(replications: 1)),
            reference: "abandoned 0.0446 (queues looked at by type priority here, by group there)")
    }
}
