import Foundation
import Queueing
import Simulator
import TestSupport
import Testing

@testable import Center
@testable import Planning
@testable import Probability
@testable import ScenarioReading
@testable import Tabular

@Suite("Each person given to the needs once")
struct SharedStaffingTests {
    /// Types that each have so many contacts per half-hour for four hours, of 6 minutes, with a patience of 3.
    static func center(_ contacts: [Double], _ groups: [AgentGroup], periods: Int = 8, shrinkage: Double = 0)
        -> Scenario
    {
        let patience = Distribution.exponential(Exponential(mean: 180))
        var scenario = RequirementsTests.scenario(
            contacts: [Double](repeating: contacts[0], count: periods), patience: patience, shrinkage: shrinkage)
        for (t, count) in contacts.enumerated().dropFirst() {
            var type = RequirementsTests.scenario(
                contacts: [Double](repeating: count, count: periods), patience: patience
            ).contactTypes[0]
            type.id = "type\(t)"
            scenario.contactTypes.append(type)
        }
        scenario.agentGroups = groups
        return scenario
    }

    static func group(_ id: String, _ agents: Double, _ skills: [Skill], periods: Int = 8) -> AgentGroup {
        AgentGroup(
            id: id, skills: skills,
            staffing: .curve([StaffingTimeSpan(TimeSpan(0, 1800 * Double(periods)), agents: agents)]))
    }

    // MARK: Who is left for whom

    @Test("work goes to where people have time for it, and only where their skills reach")
    func flow() {
        // Six erlangs of the first can go to both groups, two of the second to the second alone.
        let joined = PeopleFlow(work: [6, 2], servers: [[0, 1], [1]], people: [4, 4])
        for (value, expected) in zip(joined.given(callers: 0) + joined.given(callers: 1), [4.0, 2, 2]) {
            #expect(abs(value - expected) < 1e-5)
        }
        #expect(abs(joined.share(callers: 0, server: 1) - 0.5) < 1e-5)
        // Where the second group is the busier one, the first has its own work to itself.
        let apart = PeopleFlow(work: [2, 6], servers: [[0, 1], [1]], people: [4, 4])
        for (value, expected) in zip(apart.given(callers: 0) + apart.given(callers: 1), [2.0, 0, 6]) {
            #expect(abs(value - expected) < 1e-5)
        }
        // Nobody there: equal parts.
        #expect(PeopleFlow(work: [3], servers: [[0, 1]], people: [0, 0]).given(callers: 0) == [1.5, 1.5])
    }

    @Test("a type with people of its own has them all; types that share people have all of them together")
    func have() throws {
        let own = Requirements(Self.center([20], [Self.group("a", 6, [Skill(0)])])).staffing
        #expect(own.rows.allSatisfy { abs($0.have - 6) < 1e-9 && $0.pool == nil })
        let shared = Requirements(
            Self.center([30, 10], [Self.group("a", 10, [Skill(0), Skill(1)])])
        ).staffing
        #expect(abs(shared.rows[0].have - 7.5) < 1e-6 && abs(shared.rows[1].have - 2.5) < 1e-6)
        #expect(shared.pools.count == 8 && shared.pools[0].types == [0, 1] && abs(shared.pools[0].have - 10) < 1e-9)
    }

    // MARK: What callers meet

    @Test("a settled queue of one group is Erlang A")
    func settled() throws {
        for people in [5, 7, 9, 12] as [Double] {
            let queue = SingleQueue(arrivalRate: 22.0 / 1800, handlingTime: 360, patience: 180)
            let exact = queue.measures(agents: people, within: 30)
            let rates = SetRates(
                people: people, idle: 22.0 / 1800, busy: 22.0 / 1800, service: 1.0 / 360, leaving: 1.0 / 180)
            let view = QueueView(within: 30, shortAbandon: 5, leaving: 1.0 / 180)
            let outcome = view.outcome(.settled(rates), rates)
            #expect(abs(outcome.inTime - (try #require(exact.serviceLevels.ofAllOffered))) < 1e-8)
            #expect(abs(1 - outcome.answered - (try #require(exact.abandonment))) < 1e-8)
            let met = try #require(exact.serviceLevels.abandonsCountAsMet)
            #expect(abs(outcome.inTime + outcome.goneInTime - met) < 1e-8)
        }
    }

    @Test("types with the same people are one queue")
    func pooled() throws {
        let staffing = Requirements(
            Self.center([30, 10], [Self.group("a", 10, [Skill(0), Skill(1)])])
        ).staffing
        let exact = SingleQueue(arrivalRate: 40.0 / 1800, handlingTime: 360, patience: 180)
            .measures(agents: 10, within: 30)
        let level = try #require(exact.serviceLevels.ofAllOffered)
        // The first half-hour begins empty.
        for row in staffing.rows.dropFirst(4) { #expect(abs(try #require(row.level) - level) < 2e-3) }
        #expect(staffing.rows[0].level ?? 0 > level + 0.01)
    }

    @Test("shared people are not there twice: each type alone would have enough, both together have not")
    func twice() throws {
        let needs = Requirements(Self.center([20, 20], [Self.group("a", 7, [Skill(0), Skill(1)])]))
        #expect(needs.rows.allSatisfy { $0.need == 6 || $0.need == 7 })
        let staffing = needs.staffing
        let last = staffing.rows.suffix(2)
        #expect(last.allSatisfy { $0.short > 0 && abs($0.have - 3.5) < 1e-6 })
        let pool = try #require(staffing.pools.last)
        let shared = try #require(pool.needShared)
        let divided = try #require(pool.needDivided)
        // One queue of 40 in a half-hour.
        #expect(
            shared
                == SingleQueue(arrivalRate: 40.0 / 1800, handlingTime: 360, patience: 180)
                .agentsNeeded(for: [.serviceLevel(atLeast: 0.8, within: 30)]))
        #expect(shared < divided && pool.short == shared - 7 && pool.shortDivided == divided - 7)
        // What the group must have is who is there and who is missing.
        #expect(abs(try #require(staffing.required(period: 7, group: 0)) - Double(7 + pool.short)) < 1e-9)
        let enough = Requirements(Self.center([20, 20], [Self.group("a", Double(shared), [Skill(0), Skill(1)])]))
        #expect(enough.staffing.rows.allSatisfy { $0.short == 0 } && Shortage.all(enough).isEmpty)
    }

    @Test("people of their own and a group for both: who helps is shared, and never makes things worse")
    func overlapping() throws {
        func levels(_ helpers: Double) throws -> [Double] {
            var groups = [Self.group("as", 16, [Skill(0)]), Self.group("bs", 16, [Skill(1)])]
            if helpers > 0 { groups.append(Self.group("ab", helpers, [Skill(0, rank: 2), Skill(1, rank: 2)])) }
            var scenario = Self.center([100, 100], groups)
            for t in 0..<2 { scenario.contactTypes[t].talk = .exponential(Exponential(mean: 240)) }
            let staffing = Requirements(scenario).staffing
            return try staffing.rows.suffix(2).map { try #require($0.level) }
        }
        let alone = try levels(0)
        let exact = SingleQueue(arrivalRate: 100.0 / 1800, handlingTime: 240, patience: 180)
            .measures(agents: 16, within: 30)
        #expect(abs(alone[0] - (try #require(exact.serviceLevels.ofAllOffered))) < 5e-3)
        var last = alone[0]
        for helpers in [1.0, 2, 4] {
            let both = try levels(helpers)
            #expect(abs(both[0] - both[1]) < 1e-6)
            // Who helps is taken to be with the others for half of the time, which costs a little where it is one.
            #expect(both[0] > last - 0.05, "\(helpers) helpers: \(both[0]) after \(last)")
            last = both[0]
        }
        // Simulated: 97.2 %.
        #expect(last > 0.9)
    }

    @Test("a language that few speak has a need of its own, and is short where the type as a whole is not")
    func language() throws {
        var scenario = Self.center(
            [40], [Self.group("reps", 12, [Skill(0)]), Self.group("bilingual", 1, [Skill(0)])])
        scenario.contactTypes[0].languages = [LanguageShare("en", 0.9), LanguageShare("es", 0.1)]
        scenario.agentGroups[0].languages = ["en"]
        scenario.agentGroups[1].languages = ["en", "es"]
        let needs = Requirements(scenario)
        let row = try #require(needs.staffing.rows.last)
        let level = try #require(row.level)
        #expect(row.short == 0 && level > 0.8)
        let spanish = try #require(row.languages.first { $0.codes == ["es"] })
        #expect(spanish.short > 0 && (spanish.need ?? 0) >= 2 && spanish.have <= 1)
        #expect(try #require(spanish.level) < 0.7)
        #expect(row.scarcest?.codes == ["es"])
        // The group that speaks it lacks somebody.
        #expect(try #require(needs.staffing.required(period: 7, group: 1)) > 1.9)
    }

    @Test("who serves through an interpreter is there too")
    func interpreter() throws {
        var scenario = Self.center([20], [Self.group("reps", 6, [Skill(0)]), Self.group("other", 2, [])])
        scenario.contactTypes[0].languages = [LanguageShare("es", 1)]
        scenario.agentGroups[0].languages = ["en"]
        #expect(PeoplePresent(scenario).mean(period: 0, contactType: 0) == 0)
        scenario.contactTypes[0].interpreter = Interpreter(languages: ["es"], after: 10, handlingFactor: 1.5)
        #expect(abs(PeoplePresent(scenario).mean(period: 0, contactType: 0) - 6) < 1e-9)
        #expect(abs(try #require(Requirements(scenario).staffing.rows.first).have - 6) < 1e-9)
    }

    @Test("as needed, each language has the people whom its callers need")
    func asNeeded() throws {
        var scenario = Self.center(
            [40], [Self.group("english", 0, [Skill(0)]), Self.group("spanish", 0, [Skill(0)])])
        scenario.contactTypes[0].languages = [LanguageShare("en", 0.9), LanguageShare("es", 0.1)]
        scenario.agentGroups[0].languages = ["en"]
        scenario.agentGroups[1].languages = ["es"]
        for g in 0...1 { scenario.agentGroups[g].staffing = .asNeeded }
        let apart = NeededStaffing(scenario)
        let needs = [36.0, 4].map { contacts in
            SingleQueue(arrivalRate: contacts / 1800, handlingTime: 360, patience: 180)
                .agentsNeeded(for: [.serviceLevel(atLeast: 0.8, within: 30)])
        }
        #expect(apart.groups.map(\.most) == needs.compactMap { $0 })
        #expect(
            Requirements(apart.scenario).staffing.rows.allSatisfy { row in
                row.short == 0 && row.languages.allSatisfy { $0.short == 0 }
            })
        // Those who speak both count for both: only as many more as all callers together need.
        scenario.agentGroups[1].languages = ["en", "es"]
        let nested = NeededStaffing(scenario)
        let all = SingleQueue(arrivalRate: 40.0 / 1800, handlingTime: 360, patience: 180)
            .agentsNeeded(for: [.serviceLevel(atLeast: 0.8, within: 30)])
        #expect(nested.groups.reduce(0) { $0 + $1.most } == all)
        #expect(nested.groups[1].most == needs[1])
    }

    // MARK: Riverbend

    @Test("03-riverbend, Monday 09:00: the same people answer eight types, and are short")
    func riverbend() throws {
        let path = Project.root.appendingPathComponent("scenarios/03-riverbend/scenario.yaml").path
        let scenario = try #require(ScenarioFile.read(path: path).scenario)
        let needs = Requirements(scenario)
        let staffing = needs.staffing
        let period = try #require(
            scenario.horizon.periods.firstIndex { scenario.horizon.instant($0).hasPrefix("2026-03-02T09:00") })
        let pool = try #require(staffing.pools.first { $0.period == period && $0.groups.contains(0) })
        #expect(pool.groups.map { scenario.agentGroups[$0].id } == ["access_reps", "bilingual_reps", "nurses"])
        #expect(pool.types.count == 8)
        #expect(pool.needShared ?? 0 >= 18 && pool.needDivided == 26 && (17...18).contains(pool.have))
        #expect(pool.short >= 4 && pool.shortDivided <= 9)
        let row = try #require(
            needs.rows.firstIndex { $0.period == period && scenario.contactTypes[$0.contactType].id == "scheduling" })
        #expect(needs.rows[row].need == 9 && staffing.rows[row].short >= 1)
        // Simulated: 72 %, 11 % hang up.
        #expect((0.62...0.80).contains(try #require(staffing.rows[row].level)))
        let spanish = try #require(staffing.rows[row].languages.first { $0.codes == ["es"] })
        let spanishLevel = try #require(spanish.level)
        #expect(spanishLevel < (try #require(staffing.rows[row].level)))
        // Nobody is counted twice: what rows have is what there is.
        let have = needs.rows.indices.filter { staffing.rows[$0].pool.map { staffing.pools[$0].groups } == pool.groups }
            .filter { needs.rows[$0].period == period }.reduce(0) { $0 + staffing.rows[$1].have }
        #expect(have < pool.have + 0.5)
        // Groups agree with rows.
        let time = ScheduledTime(scenario)
        let lacking = try pool.groups.reduce(0.0) { sum, g in
            sum + (try #require(staffing.required(period: period, group: g))) - time.onDuty(period: period, group: g)
                / 1800
        }
        #expect(abs(lacking - Double(pool.short) / (0.865 * 0.955)) < 1e-6)
    }
}
