import Queueing
import Simulator
import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import Planning
@testable import Probability
@testable import Tabular

@Suite("Simulated figures beside pooled and dedicated people")
struct GuardRailTests {
    static let day = TimeSpan(0, 8 * 3600)

    /// A day of 16 half hours; each type has `contacts` in all and three minutes of exponential work.
    static func type(
        _ id: String, contacts: Double, patience: Double? = 180, priority: Int = 5, talk: Distribution? = nil
    ) -> ContactType {
        ContactType(
            id: id, priority: priority, open: [day], arrivals: [ArrivalTimeSpan(day, contacts: contacts)],
            talk: talk ?? .exponential(Exponential(mean: 180)),
            patience: patience.map { .exponential(Exponential(mean: $0)) },
            target: ServiceTarget(share: 0.8, within: 30))
    }

    static func scenario(_ types: [ContactType], _ groups: [(skills: [Int], people: Double)], runs: Int = 40)
        -> Scenario
    {
        var scenario = RequirementsTests.scenario(contacts: [Double](repeating: 1, count: 16), shrinkage: 0)
        scenario.contactTypes = types
        scenario.agentGroups = groups.enumerated().map { g, group in
            AgentGroup(
                id: "group_\(g)", skills: group.skills.map { Skill($0) },
                staffing: .curve([StaffingTimeSpan(day, agents: group.people)]))
        }
        scenario.experiment.replications = runs
        return scenario
    }

    static func rails(_ scenario: Scenario) throws -> GuardRails {
        GuardRails(try Experiment(scenario, threads: 2).run())
    }

    @Test("one type and one group: both rails are Erlang A, and the simulation lies on them")
    func oneQueue() throws {
        let rails = try Self.rails(Self.scenario([Self.type("calls", contacts: 960)], [([0], 7)])).rails
        let exact = SingleQueue(contacts: 960, per: 8 * 3600, handlingTime: 180, patience: 180)
            .measures(agents: 7, within: 30)
        #expect(rails.map(\.metric.name) == ["service_level", "asa", "abandonment"])
        let expected = [exact.serviceLevels.ofAllOffered, exact.meanSpeedOfAnswer, exact.abandonment].map { $0! }
        for (rail, value) in zip(rails, expected) {
            #expect(abs(rail.pooled - value) < 1e-6 && abs(rail.dedicated - value) < 1e-6)
            #expect(rail.position == .inside && rail.reason == nil && !rail.isFluid)
            #expect(abs(rail.simulated.value - value) < 3 * rail.simulated.halfWidth + 0.02 * value)
        }
    }

    @Test("people are divided by work; the pooled ones have everybody with the skill")
    func sharing() {
        var scenario = Self.scenario(
            [Self.type("one", contacts: 600), Self.type("two", contacts: 200)], [([0], 3), ([0, 1], 4), ([1], 1)])
        scenario.agentGroups[1].skills[1].handlingFactor = 2
        let people = SharedPeople(scenario, work: (0..<16).flatMap { _ in [3.75, 1.25] })
        // Of the four who can do both, three quarters of the time are for the type with three quarters of the work.
        #expect(people.pooled(period: 0, contactType: 0) == 7)
        #expect(people.dedicated(period: 0, contactType: 0) == 6)
        // They are half as fast with the second type.
        #expect(people.pooled(period: 5, contactType: 1) == 3)
        #expect(people.dedicated(period: 5, contactType: 1) == 1.5)
    }

    @Test("people who speak one of a type's languages are divided by the contacts in that language")
    func languages() {
        var scenario = Self.scenario(
            [Self.type("one", contacts: 600), Self.type("two", contacts: 200)], [([0, 1], 4)])
        scenario.contactTypes[0].languages = [LanguageShare("en", 0.5), LanguageShare("es", 0.5)]
        scenario.contactTypes[1].languages = [LanguageShare("en", 1)]
        scenario.agentGroups[0].languages = ["en"]
        let people = SharedPeople(scenario, work: (0..<16).flatMap { _ in [2.0, 1.0] })
        #expect(people.dedicated(period: 3, contactType: 0) == 2)
        #expect(people.dedicated(period: 3, contactType: 1) == 2)
    }

    @Test("with people who do both, figures lie between divided and shared people")
    func between() throws {
        let scenario = Self.scenario(
            [Self.type("one", contacts: 480), Self.type("two", contacts: 480)], [([0], 2), ([0, 1], 4), ([1], 2)])
        let rails = try Self.rails(scenario)
        #expect(rails.outside.isEmpty)
        for rail in rails.rails {
            let isLevel = rail.metric.needsTarget
            #expect(isLevel == (rail.dedicated < rail.pooled), "\(rail.metric.name)")
            #expect(
                (min(rail.dedicated, rail.pooled)...max(rail.dedicated, rail.pooled)).contains(rail.simulated.value))
        }
    }

    @Test("a type that always comes last falls below its part of the people, and the reason is who goes first")
    func comesLast() throws {
        let scenario = Self.scenario(
            [Self.type("urgent", contacts: 1600, priority: 1), Self.type("other", contacts: 1600)], [([0, 1], 17)])
        let rails = try Self.rails(scenario)
        let worse = rails.outside.filter { $0.contactType == 1 }
        #expect(!worse.isEmpty)
        #expect(worse.allSatisfy { $0.position == .worse && $0.reason == .priority(["urgent"]) })
    }

    @Test("more work than people and nobody hangs up: the fluid limit on one side, no promise on the other")
    func overload() throws {
        // Ten arrive for every nine that can be served: the queue grows all day.
        let scenario = Self.scenario([Self.type("calls", contacts: 1600, patience: nil)], [([0], 9)], runs: 60)
        let rails = try Self.rails(scenario).rails
        #expect(rails.map(\.metric.name) == ["service_level", "asa"])
        #expect(rails.allSatisfy { $0.isFluid && $0.position == .inside })
        #expect(rails[1].dedicated == .infinity)
        // Nobody waits before nine are busy, which takes ln 10 handling times; then one more waits every three minutes.
        let start = 180 * 2.302585
        let grown = 28800 - start
        #expect(abs(rails[1].pooled - grown * grown / 360 / 1600) < 0.001 * rails[1].pooled)
        #expect(rails[1].simulated.value > rails[1].pooled)
        #expect(rails[0].dedicated == 0)
        // In time until the wait is half a minute, 270 s after it began to grow; the share is read at 32 points a period.
        #expect(abs(rails[0].pooled - (start + 270) / 28800) < 0.003)
    }

    @Test("contacts that find it closed are left out, or offered and not answered, in the formulas too")
    func closed() throws {
        var scenario = Self.scenario([Self.type("calls", contacts: 960)], [([0], 12)])
        scenario.contactTypes[0].open = [TimeSpan(0, 6 * 3600)]
        let left = try #require(try Self.rails(scenario).rails.first)
        #expect(left.position == .inside && abs(left.pooled - 1) < 0.01)
        // A quarter of the day where they count.
        scenario.rules.closed = .asMissed
        let level = try #require(try Self.rails(scenario).rails.first)
        #expect(level.position == .inside)
        #expect(abs(level.pooled - 0.75) < 0.01)
    }

    @Test("handling times that never vary make shorter queues than any formula of exponential ones allows")
    func steady() throws {
        let steady = Self.type("calls", contacts: 960, patience: nil, talk: .fixed(Fixed(180)))
        let rails = try Self.rails(Self.scenario([steady], [([0], 7)], runs: 120))
        let wait = try #require(rails.rails.first { $0.metric.name == "asa" })
        #expect(wait.position == .better && wait.reason == .steadyHandling)
    }

    @Test("who stays away from day to day, each for oneself, is a reason of its own")
    func absences() throws {
        var scenario = Self.scenario([Self.type("calls", contacts: 960, patience: nil)], [([0], 14)], runs: 300)
        scenario.absences.unplanned = 0.4
        let level = try #require(try Self.rails(scenario).rails.first)
        #expect(level.metric.name == "service_level" && level.position == .worse && level.reason == .unevenPresence)
        scenario.absences = Absences(evenedOut: 0.4)
        #expect(try Self.rails(scenario).rails.first?.position == .inside)
    }

    @Test("tiers and absences are named before anybody is told that nothing explains it")
    func beyond() {
        var scenario = Self.scenario([Self.type("calls", contacts: 960)], [([0], 7)])
        #expect(BeyondFormulas(0, in: scenario).settings.isEmpty)
        scenario.absences.unplanned = 0.1
        scenario.agentGroups[0].tiers = [Tier(id: "new", share: 0.3, handling: 1.5)]
        scenario.agentGroups[0].timekeeping.adherence = 0.9
        #expect(BeyondFormulas(0, in: scenario).settings == ["absences", "tiers", "adherence"])
    }

    @Test("people who are lent when many wait take part in both types' time: formulas say nothing of either")
    func lent() throws {
        var scenario = Self.scenario(
            [Self.type("busy", contacts: 960), Self.type("lender", contacts: 480)], [([0], 5), ([1], 5)])
        #expect(try Self.rails(scenario).leftOut.isEmpty)
        scenario.contactTypes[0].escalations = [Escalation(whenWaiting: 2, groups: [1])]
        let rails = try Self.rails(scenario)
        #expect(rails.rails.isEmpty && rails.leftOut == [0, 1])
    }

    @Test("where not everybody speaks every language, that is the reason")
    func languagesApart() throws {
        var scenario = Self.scenario([Self.type("calls", contacts: 960)], [([0], 7), ([0], 1)])
        scenario.contactTypes[0].languages = [LanguageShare("en", 0.75), LanguageShare("es", 0.25)]
        scenario.agentGroups[0].languages = ["en"]
        scenario.agentGroups[1].languages = ["en", "es"]
        let rails = try Self.rails(scenario)
        #expect(!rails.outside.isEmpty)
        #expect(rails.outside.allSatisfy { $0.position == .worse && $0.reason == .languages })
    }

    @Test("set-up is left out wherever it is written, and needs count it in both places")
    func setUp() throws {
        let plain = Self.scenario([Self.type("calls", contacts: 960)], [([0], 7)])
        var typed = plain
        typed.contactTypes[0].setUp = 30
        var skilled = plain
        skilled.agentGroups[0].skills[0].setUp = 30
        for scenario in [typed, skilled] {
            let rails = try Self.rails(scenario)
            #expect(rails.rails.isEmpty && rails.leftOut == [0])
        }
        #expect(Requirements(skilled).rows.map(\.need) == Requirements(typed).rows.map(\.need))
        #expect(Requirements(skilled).rows.map(\.need) != Requirements(plain).rows.map(\.need))
    }

    @Test("good and bad days count in the formulas")
    func dayToDay() throws {
        var scenario = Self.scenario([Self.type("calls", contacts: 960)], [([0], 7)])
        let usual = try Self.rails(scenario).rails[0].pooled
        scenario.contactTypes[0].dayToDay = 0.3
        let straying = try Self.rails(scenario).rails[0].pooled
        scenario.contactTypes[0].dayToDay = 0.6
        let wild = try Self.rails(scenario).rails[0].pooled
        let exact = BusynessFactor(spread: 0.3).measures(
            SingleQueue(contacts: 960, per: 8 * 3600, handlingTime: 180, patience: 180), agents: 7, within: 30)
        #expect(abs(straying - exact.serviceLevels.ofAllOffered!) < 0.004)
        #expect(usual > straying && straying > wild)
    }
}
