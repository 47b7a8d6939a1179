import Foundation
import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// The laws over random scenarios once more, where everything that a center can do happens at once.
@Suite("Laws over random whole centers") struct WholeLaws {
    private static let seeds = RandomLaws.seeds

    private static func replay(_ seed: UInt64) -> Comment {
        "replay: SWITCHBOARD_SEED=\(seed) swift test --filter WholeLaws"
    }

    @Test("Offered = answered + abandoned + turned away + called back + backlog, and each contact ends once")
    func conservation() {
        var seen: [Observations.Contact: Double] = [:]
        for seed in Self.seeds {
            let day = PlayedDay(Blueprint(WholeScenario.make(seed)), seed: seed)
            for p in 0..<day.periodCount {
                for c in 0..<day.classCount {
                    let sum = { (columns: [Observations.Contact]) in
                        columns.reduce(0) { $0 + day.contact($1, period: p, class: c) }
                    }
                    let ended = sum([.answered, .abandoned, .turnedAway, .callbacksRequested, .backlog])
                    #expect(sum([.offered]) == ended, "\(p) \(c) \(Self.replay(seed))")
                    #expect(sum([.redials, .repeats, .transfersIn]) <= sum([.offered]), Self.replay(seed))
                    #expect(sum([.transfersOut]) <= sum([.answered]), Self.replay(seed))
                    #expect(sum([.callbacksKept]) <= sum([.callbacksRequested]), Self.replay(seed))
                }
            }
            #expect(day.sum(.transfersIn) <= day.sum(.transfersOut), Self.replay(seed))
            let contacts = Set(day.entries.map(\.identity))
            #expect(contacts.count == day.entries.count, Self.replay(seed))
            for column in Observations.Contact.allCases { seen[column, default: 0] += day.sum(column) }
        }
        // Everything happens in some of them.
        if Self.seeds.count > 1 {
            for column in Observations.Contact.allCases { #expect((seen[column] ?? 0) > 0, "\(column)") }
        }
    }

    @Test("Nobody serves what they may not, has more in hand than the channel allows, or mixes channels")
    func hands() {
        for seed in Self.seeds {
            let scenario = WholeScenario.make(seed)
            let plan = Blueprint(scenario)
            let engine = Replication(plan, seed: seed)
            let (entries, interruptions) = Self.diary(engine)
            let interrupted = Set(interruptions.map { [UInt64($0.type), $0.number] })
            var inHand: [Int: [(from: Double, to: Double, type: Int)]] = [:]
            for entry in entries {
                guard let handling = entry.handling else { continue }
                let g = plan.agents[handling.agent].group
                let may = Set(
                    plan.queues.filter { $0.contactClass == entry.contactClass }.flatMap { $0.ranks.joined() })
                #expect(may.contains(g), Self.replay(seed))
                #expect(Self.mayServe(scenario.agentGroups[g], g, entry, scenario, plan), Self.replay(seed))
                if interrupted.contains([UInt64(entry.type), entry.number]) { continue }
                inHand[handling.agent, default: []].append((entry.time, handling.until, entry.type))
            }
            for spans in inHand.values {
                let sorted = spans.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
                for (i, one) in sorted.enumerated() {
                    let others = sorted[..<i].filter { $0.to > one.from + 1e-6 }
                    let channel = plan.types[one.type].given.channel
                    #expect(others.count < channel.atOnce, Self.replay(seed))
                    #expect(others.allSatisfy { plan.types[$0.type].given.channel.id == channel.id }, Self.replay(seed))
                }
            }
        }
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

    private static func diary(
        _ engine: consuming Replication
    ) -> (entries: [Diary.Entry], interruptions: [Diary.Interruption]) {
        var engine = engine
        let diary = Diary(engine.plan)
        engine.diary = diary
        engine.play(0)
        return (diary.entries, diary.interruptions)
    }

    @Test("Busy seconds are handling seconds, where each has one contact at a time and nothing reaches beyond the end")
    func workIsConserved() {
        var held = 0
        for seed in Self.seeds {
            let scenario = WholeScenario.make(seed)
            let plan = Blueprint(scenario)
            let (entries, interruptions) = Self.diary(Replication(plan, seed: seed))
            let day = PlayedDay(plan, seed: seed)
            for p in 0..<day.periodCount {
                for g in 0..<day.groupCount {
                    let busy = day.group(.busy, period: p, group: g)
                    #expect(busy <= day.group(.present, period: p, group: g) + 1e-6, Self.replay(seed))
                }
            }
            let rung = entries.filter { $0.outcome == .unreached }.map {
                $0.time + (plan.types[$0.type].given.tries?.ringing ?? 0)
            }
            let ends = entries.compactMap(\.handling?.until) + interruptions.map(\.until) + rung
            guard (ends.max() ?? 0) <= plan.length else { continue }
            // When after-contact work ends that is begun by somebody else is told nowhere.
            if interruptions.contains(where: { plan.types[$0.type].decidesAfterTalk }) { continue }
            let hasSetUp = entries.contains { ($0.handling?.setUp ?? 0) > 0 || $0.foundAt != nil }
            if hasSetUp, !interruptions.isEmpty { continue }
            let setUp = entries.reduce(0) { sum, entry in
                sum + (entry.handling?.setUp ?? entry.foundAt.map { entry.time - $0 } ?? 0)
            }
            let handling = day.sum(.talk) + day.sum(.hold) + day.sum(.wrapUp) + setUp
            let isSeveral = entries.contains { $0.handling != nil && plan.types[$0.type].given.channel.atOnce > 1 }
            if isSeveral {
                #expect(day.sum(.busy) <= handling + 1e-6, Self.replay(seed))
            } else {
                held += 1
                #expect(RandomLaws.isNear(day.sum(.busy), handling), Self.replay(seed))
            }
        }
        #expect(Self.seeds.count == 1 || held > Self.seeds.count / 10)
    }

    @Test("Little's law on the path: the queue's integral is the sum of what each contact waited")
    func littlesLaw() {
        for seed in Self.seeds {
            let plan = Blueprint(WholeScenario.make(seed))
            let (entries, interruptions) = Self.diary(Replication(plan, seed: seed))
            guard interruptions.isEmpty else { continue }
            let day = PlayedDay(plan, seed: seed)
            let waits = entries.reduce(0) {
                $0 + max(0, min($1.foundAt ?? $1.time, plan.length) - min($1.offeredAt, plan.length))
            }
            #expect(RandomLaws.isNear(day.sum(.queue), waits), Self.replay(seed))
        }
    }

    @Test("By priority: nobody on the line waits while somebody less urgent is taken by an agent who may serve both")
    func priorities() {
        var compared = 0
        for seed in Self.seeds {
            let scenario = WholeScenario.make(seed)
            let plan = Blueprint(scenario)
            guard plan.routing.pickContact.asksPriorityFirst, !plan.routing.isSticky else { continue }
            let (all, interruptions) = Self.diary(Replication(plan, seed: seed))
            let interrupted = Set(interruptions.map(\.identity))
            let entries = all.filter { !interrupted.contains($0.identity) }
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
                    #expect(priority(other, at: taken.time) >= own, "\(taken) \(other) \(Self.replay(seed))")
                }
            }
        }
        #expect(Self.seeds.count == 1 || compared > Self.seeds.count / 2, "compared \(compared) of \(Self.seeds.count)")
    }

    @Test("Other names, another type at the end and any order of replications change no bit")
    func bystanders() {
        for seed in RandomLaws.seeds(atMost: 100) {
            let scenario = WholeScenario.make(seed)
            let plan = Blueprint(scenario)
            let plain = PlayedDay(plan, seed: seed, replication: 1)
            var other = scenario
            for t in other.contactTypes.indices { other.contactTypes[t].id = "renamed_\(t)" }
            other.contactTypes.append(
                ContactType(
                    id: "silent", channel: .desk, open: [TimeSpan(0, plan.length)], arrivals: [],
                    talk: .fixed(Fixed(60))))
            let day = PlayedDay(Blueprint(other), seed: seed, replication: 1).picked(
                classes: 0..<plain.classCount, types: 0..<plain.typeCount, groups: 0..<plain.groupCount)
            #expect(day == plain, Self.replay(seed))
            var engine = Replication(plan, seed: seed)
            _ = PlayedDay(&engine, 0)
            #expect(PlayedDay(&engine, 1) == plain, Self.replay(seed))
        }
    }

    @Test("One, two and three threads: the same results to the last bit")
    func threads() throws {
        for seed in RandomLaws.seeds(atMost: 25) {
            let scenario = WholeScenario.make(seed)
            let one = try Experiment(scenario, threads: 1).run()
            for threads in [2, 3] {
                let other = try Experiment(scenario, threads: threads).run()
                #expect(one.types.map(\.sum) == other.types.map(\.sum), Self.replay(seed))
                #expect(one.groups.map(\.busy) == other.groups.map(\.busy), Self.replay(seed))
            }
        }
    }
}
