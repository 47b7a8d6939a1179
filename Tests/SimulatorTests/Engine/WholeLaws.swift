import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// The laws over random scenarios once more, where everything that a center can do happens at once.
@Suite("Laws over random whole centers") struct WholeLaws {
    @Test("Each law holds in every one")
    func hold() async throws {
        try await Lawful.check(Self.laws, suite: "WholeLaws", make: WholeScenario.make)
    }

    static let laws =
        [conservation, hands, workIsConserved, littlesLaw, priorities, bystanders, threads] + happenings

    /// Everything happens in some of them.
    static let happenings = Observations.Contact.allCases.map { column in
        Law("happens_\(column)", "\(column) happens in some centers") { center, _ in center.day.sum(column) }
    }

    static let conservation = Law(
        "conservation",
        "Offered = answered + abandoned + turned away + called back + backlog, and each contact ends once"
    ) { center, replay in
        let day = center.day
        for p in 0..<day.periodCount {
            for c in 0..<day.classCount {
                let sum = { (columns: [Observations.Contact]) in
                    columns.reduce(0) { $0 + day.contact($1, period: p, class: c) }
                }
                let ended = sum([.answered, .abandoned, .turnedAway, .callbacksRequested, .backlog])
                #expect(sum([.offered]) == ended, "\(p) \(c) \(replay)")
                #expect(sum([.redials, .repeats, .transfersIn]) <= sum([.offered]), replay)
                #expect(sum([.transfersOut]) <= sum([.answered]), replay)
                #expect(sum([.callbacksKept]) <= sum([.callbacksRequested]), replay)
            }
        }
        #expect(day.sum(.transfersIn) <= day.sum(.transfersOut), replay)
        let contacts = Set(day.entries.map(\.identity))
        #expect(contacts.count == day.entries.count, replay)
        return day.sum(.offered)
    }

    static let hands = Law(
        "hands", "Nobody serves what they may not, has more in hand than the channel allows, or mixes channels"
    ) { center, replay in
        let (scenario, plan, entries) = (center.scenario, center.plan, center.day.entries)
        let interrupted = Set(center.day.interruptions.map { [UInt64($0.type), $0.number] })
        var inHand: [Int: [(from: Double, to: Double, type: Int)]] = [:]
        for entry in entries {
            guard let handling = entry.handling else { continue }
            let g = plan.agents[handling.agent].group
            let may = Set(
                plan.queues.filter { $0.contactClass == entry.contactClass }.flatMap { $0.ranks.joined() })
            #expect(may.contains(g), replay)
            #expect(mayServe(scenario.agentGroups[g], g, entry, scenario, plan), replay)
            if interrupted.contains([UInt64(entry.type), entry.number]) { continue }
            inHand[handling.agent, default: []].append((entry.time, handling.until, entry.type))
        }
        for timeSpans in inHand.values {
            let sorted = timeSpans.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
            for (i, one) in sorted.enumerated() {
                let others = sorted[..<i].filter { $0.to > one.from + 1e-6 }
                let channel = plan.types[one.type].given.channel
                #expect(others.count < channel.atOnce, replay)
                #expect(others.allSatisfy { plan.types[$0.type].given.channel.id == channel.id }, replay)
            }
        }
        return 1
    }

    /// Worked out from the scenario alone: the licence, whatever else; the skill, or an escalation that opens the group;
    /// the language, or an interpreter.
    private static func mayServe(
        _ group: AgentGroup, _ g: Int, _ entry: Diary.Entry, _ scenario: Scenario, _ plan: Blueprint
    ) -> Bool {
        let type = scenario.contactTypes[entry.type]
        if let licence = type.licence, !group.licences.contains(licence) { return false }
        let helps = type.escalations.contains { $0.groups.contains(g) }
        guard helps || group.skills.contains(where: { $0.contactType == entry.type }) else { return false }
        guard let language = plan.classes[entry.contactClass].language else { return true }
        return group.languages.contains(language) || type.interpreter?.languages.contains(language) == true
    }

    static let workIsConserved = Law(
        "workIsConserved",
        "Busy seconds are handling seconds, where each has one contact at a time and nothing reaches beyond the end",
        least: 0.1
    ) { center, replay in
        let (plan, day, entries) = (center.plan, center.day, center.day.entries)
        let interruptions = day.interruptions
        for p in 0..<day.periodCount {
            for g in 0..<day.groupCount {
                let busy = day.group(.busy, period: p, group: g)
                #expect(busy <= day.group(.present, period: p, group: g) + 1e-6, replay)
            }
        }
        let rung = entries.filter { $0.outcome == .unreached }.map {
            $0.time + (plan.types[$0.type].given.tries?.ringing ?? 0)
        }
        let ends = entries.compactMap(\.handling?.until) + interruptions.map(\.until) + rung
        guard (ends.max() ?? 0) <= plan.length else { return 0 }
        // When after-contact work ends that is begun by somebody else is told nowhere.
        if interruptions.contains(where: { plan.types[$0.type].decidesAfterTalk }) { return 0 }
        let hasSetUp = entries.contains { ($0.handling?.setUp ?? 0) > 0 || $0.foundAt != nil }
        if hasSetUp, !interruptions.isEmpty { return 0 }
        let setUp = entries.reduce(0) { sum, entry in
            sum + (entry.handling?.setUp ?? entry.foundAt.map { entry.time - $0 } ?? 0)
        }
        let handling = day.sum(.talk) + day.sum(.hold) + day.sum(.wrapUp) + setUp
        let isSeveral = entries.contains { $0.handling != nil && plan.types[$0.type].given.channel.atOnce > 1 }
        if isSeveral {
            #expect(day.sum(.busy) <= handling + 1e-6, replay)
            return 0
        }
        #expect(Lawful.isNear(day.sum(.busy), handling), replay)
        return 1
    }

    static let littlesLaw = Law(
        "littlesLaw", "Little's law on the path: the queue's integral is the sum of what each contact waited"
    ) { center, replay in
        let (day, end) = (center.day, center.plan.length)
        guard day.interruptions.isEmpty else { return 0 }
        let waits = day.entries.reduce(0) {
            $0 + max(0, min($1.foundAt ?? $1.time, end) - min($1.offeredAt, end))
        }
        #expect(Lawful.isNear(day.sum(.queue), waits), replay)
        return 1
    }

    static let priorities = Law(
        "priorities",
        "By priority: nobody on the line waits while somebody less urgent is taken by an agent who may serve both",
        least: 0.5
    ) { center, replay in
        let (scenario, plan) = (center.scenario, center.plan)
        guard plan.routing.pickContact.asksPriorityFirst, !plan.routing.isSticky else { return 0 }
        var compared = 0.0
        let interrupted = Set(center.day.interruptions.map(\.identity))
        let entries = center.day.entries.filter { !interrupted.contains($0.identity) }
        /// Worked out from the scenario alone.
        func priority(_ entry: Diary.Entry, at time: Double) -> Int {
            let type = scenario.contactTypes[entry.type]
            return type.escalations.reduce(type.priority) {
                time - entry.offeredAt > $1.after ? $1.priority ?? $0 : $0
            }
        }
        let waiting = entries.filter {
            let type = scenario.contactTypes[$0.type]
            return $0.queued != nil && type.channel.kind == .live && type.idleReserve == 0
        }
        for taken in entries {
            guard let handling = taken.handling, scenario.contactTypes[taken.type].escalations.isEmpty else {
                continue
            }
            let group = plan.agents[handling.agent].group
            let own = priority(taken, at: taken.time)
            for other in waiting where other.offeredAt < taken.time && (other.foundAt ?? other.time) > taken.time {
                let skill = scenario.agentGroups[group].skills.first { $0.contactType == other.type }
                guard let skill, !skill.onlyWhenIdle,
                    plan.classes[other.contactClass].ranks.joined().contains(group)
                else { continue }
                compared += 1
                #expect(priority(other, at: taken.time) >= own, "\(taken) \(other) \(replay)")
            }
        }
        return compared
    }

    static let bystanders = Law(
        "bystanders", "Other names, another type at the end and any order of replications change no bit", debug: 100
    ) { center, replay in
        let (scenario, plan, seed) = (center.scenario, center.plan, center.seed)
        let plain = PlayedDay(plan, seed: seed, replication: 1)
        var other = scenario
        for t in other.contactTypes.indices { other.contactTypes[t].id = "renamed_\(t)" }
        other.contactTypes.append(
            ContactType(
                id: "silent", channel: .desk, open: [TimeSpan(0, plan.length)], arrivals: [],
                talk: .fixed(Fixed(60))))
        let day = PlayedDay(Blueprint(other), seed: seed, replication: 1).picked(
            classes: 0..<plain.classCount, types: 0..<plain.typeCount, groups: 0..<plain.groupCount)
        #expect(day == plain, replay)
        var engine = Replication(plan, seed: seed)
        #expect(PlayedDay(&engine, 0) == center.day, replay)
        #expect(PlayedDay(&engine, 1) == plain, replay)
        return 1
    }

    static let threads = Law(
        "threads", "One, two and three threads: the same results to the last bit", debug: 25
    ) { center, replay in
        let scenario = center.scenario
        let one = try Experiment(scenario, threads: 1).run()
        for threads in [2, 3] {
            let other = try Experiment(scenario, threads: threads).run()
            #expect(one.types.map(\.sum) == other.types.map(\.sum), replay)
            #expect(one.groups.map(\.busy) == other.groups.map(\.busy), replay)
        }
        return 1
    }
}
