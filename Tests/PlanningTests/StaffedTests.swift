import Foundation
import Queueing
import Simulator
import TestSupport
import Testing

@testable import Center
@testable import Planning
@testable import ScenarioReading
@testable import Tabular

@Suite("Needs beside the people who are there")
struct StaffedTests {
    /// Two types; two groups share the second.
    static func scenario(_ first: Staffing, _ second: Staffing, shrinkage: Double = 0.18) -> Scenario {
        var scenario = RequirementsTests.scenario(contacts: [20, 20, 4, 20], shrinkage: shrinkage)
        var other = scenario.contactTypes[0]
        other.id = "billing"
        scenario.contactTypes.append(other)
        scenario.agentGroups = [
            AgentGroup(id: "all", skills: [Skill(0), Skill(1, rank: 2)], staffing: first),
            AgentGroup(id: "billers", skills: [Skill(1)], staffing: second),
        ]
        return scenario
    }

    static let day = TimeSpan(0, 7200)

    @Test("six people less 18 % are five, and two short of seven")
    func present() throws {
        var scenario = RequirementsTests.scenario(contacts: [20, 20, 4, 20], shrinkage: 0.18)
        scenario.agentGroups[0].staffing = .curve([StaffingTimeSpan(Self.day, agents: 6)])
        let present = PeoplePresent(scenario)
        #expect(present.isAnybodyPlanned)
        #expect(abs(present.mean(period: 0, contactType: 0) - 4.92) < 1e-12)
        #expect(present.whole(period: 0, contactType: 0) == 5)
        let needs = Requirements(scenario)
        let row = try #require(needs.rows.first)
        #expect(row.need == 7 && row.needWithShrinkage == 9)
        #expect(needs.staffing.rows.map(\.short) == [0, 2, 0, 2])
        // The first half-hour begins without a queue, and that is worth two people.
        let short = Shortage.all(needs)
        #expect(short.map(\.periods) == [1...1, 3...3])
        #expect(short.map(\.short) == [2, 2])
        #expect(short.worst == short[0])
    }

    @Test("lunch and breaks count as the engine places them")
    func breaks() {
        let block = ShiftBlock(shift: "early", day: 0, timeSpan: Self.day, people: 4, breaks: [900])
        let scenario = Self.scenario(.shifts([block]), .curve([]), shrinkage: 0)
        let present = PeoplePresent(scenario)
        let seconds = (0..<4).reduce(0.0) { $0 + present.mean(period: $1, contactType: 0) * 1800 }
        #expect(abs(seconds - 4 * (7200 - 900)) < 1e-9)
    }

    @Test("in an interval that is open for a part, those count who are there in that part")
    func partlyOpen() {
        var scenario = Self.scenario(
            .curve([StaffingTimeSpan(TimeSpan(900, 7200), agents: 6)]), .curve([]), shrinkage: 0)
        scenario.contactTypes[0].open = [TimeSpan(900, 7200)]
        let present = PeoplePresent(scenario)
        #expect(present.whole(period: 0, contactType: 0) == 6)
        // Open from the beginning, but half the time alone.
        #expect(present.whole(period: 0, contactType: 1) == 3)
    }

    @Test("nobody planned: nothing is short")
    func nobody() {
        let scenario = Self.scenario(.curve([]), .asNeeded)
        #expect(!PeoplePresent(scenario).isAnybodyPlanned)
        #expect(Shortage.all(Requirements(scenario)).isEmpty)
    }

    @Test("groups have to have who is there and who is missing, each person once")
    func shares() throws {
        let scenario = Self.scenario(
            .curve([StaffingTimeSpan(Self.day, agents: 6)]), .curve([StaffingTimeSpan(Self.day, agents: 3)]))
        let staffing = Requirements(scenario).staffing
        for p in [0, 1, 3] {
            let all = try #require(staffing.required(period: p, group: 0))
            let billers = try #require(staffing.required(period: p, group: 1))
            let pool = try #require(staffing.pools.first { $0.period == p })
            #expect(pool.short > 0 && pool.groups == [0, 1])
            #expect(abs(all + billers - (7.38 + Double(pool.short)) / 0.82) < 1e-9)
        }
        // Nobody there: those of the first rank are missing.
        let empty = Requirements(Self.scenario(.curve([]), .curve([]))).staffing
        #expect(abs(try #require(empty.required(period: 0, group: 1)) - 7 / 0.82) < 1e-9)
    }

    @Test("who lacks the languages of a type is not there for it")
    func languages() {
        var scenario = Self.scenario(
            .curve([StaffingTimeSpan(Self.day, agents: 6)]), .curve([StaffingTimeSpan(Self.day, agents: 3)]),
            shrinkage: 0)
        scenario.contactTypes[1].languages = [LanguageShare("es", 1)]
        scenario.agentGroups[0].languages = ["en"]
        scenario.agentGroups[1].languages = ["en", "es"]
        #expect(PeoplePresent(scenario).whole(period: 0, contactType: 1) == 3)
    }

    @Test("as needed: what is worked out is what is there, and then nothing is short but for a queue carried over")
    func asNeeded() throws {
        let scenario = RequirementsTests.scenario(contacts: [20, 20, 4, 20], shrinkage: 0.3)
        var open = scenario
        open.agentGroups[0].staffing = .asNeeded
        let needed = NeededStaffing(open)
        #expect(needed.groups == [NeededStaffing.Group(id: "agents", least: 5, most: 10)])
        guard case .curve(let portions) = needed.scenario.agentGroups[0].staffing else {
            Issue.record("no curve")
            return
        }
        #expect(portions.map(\.agents) == [10, 10, 5, 10])
        // But for what the half-hour before leaves behind when half of the people go.
        #expect(Shortage.all(Requirements(needed.scenario)).allSatisfy { $0.periods == 2...2 && $0.short == 1 })
        // Whoever has people keeps them.
        #expect(NeededStaffing(Self.scenario(.curve([]), .curve([]))).groups.isEmpty)
    }

    @Test("days of 23 and 25 hours: every contact once, the repeated hour twice")
    func changesOfTheClocks() throws {
        let folder = TemporaryFolder()
        for (dates, hours) in [("2026-03-08", 23), ("2026-11-01", 25)] {
            try Data(
                """
                timezone: America/Chicago
                period: {from: \(dates), to: \(dates)}
                open: daily 00:00-24:00
                calls: 48 per hour
                talk: 3m
                target: 80% in 20s
                """.utf8
            ).write(to: folder.url("day.yaml"))
            let scenario = try #require(ScenarioFile.read(path: folder.url("day.yaml").path).scenario)
            let rows = Requirements(scenario).rows
            #expect(rows.count == 2 * hours)
            #expect(abs(rows.reduce(0) { $0 + $1.contacts } - Double(48 * hours)) < 1e-9)
            #expect(Set(rows.map(\.need)).count == 1)
            #expect(Set(rows.map { scenario.horizon.instant(scenario.horizon.periods[$0.period]) }).count == rows.count)
        }
    }
}
