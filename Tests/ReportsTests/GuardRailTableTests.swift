import Foundation
import Planning
import Simulator
import Testing

@testable import Center
@testable import Experiments
@testable import Reports
@testable import ScenarioReading

@Suite("Figures beside the formulas, as shown")
struct GuardRailTableTests {
    static let scenario = """
        timezone: UTC
        period: {from: 2026-03-02, to: 2026-03-02}
        hours: {all_day: {Mon: 08:00-16:00}}
        defaults: {hours: all_day, talk: {mean: 3m, shape: exponential}, patience: 3m, target: 80% in 30s}
        contact_types:
          urgent: {arrivals: 1600 per day, priority: 1}
          other: {arrivals: 1600 per day}
        agent_groups: {all: {skills: {urgent: 1, other: 1}, agents: 17}}
        experiment: {replications: 30}
        """

    static func rails() throws -> (GuardRails, Results) {
        let reading = ScenarioFile.read(name: "center.yaml", of: ["center.yaml": Array(scenario.utf8)])
        let scenario = try #require(reading.scenario, "\(reading.problems.map { $0.rendered() })")
        let results = try Experiment(scenario, threads: 2).run()
        return (GuardRails(results), results)
    }

    @Test("a figure outside is warned of once a type, with its rail and its reason")
    func warning() throws {
        let (rails, results) = try Self.rails()
        let warnings = rails.warnings(results.scenario).map { $0.rendered() }
        try #require(warnings.count == 1)
        #expect(warnings[0].hasPrefix("warning: other: "))
        #expect(warnings[0].contains(" in 30s is worse than the "))
        #expect(
            warnings[0].hasSuffix(
                "% that its part of the people would give it by formula [W610]\n"
                    + "  hint: urgent goes first and takes the people that they share"))
    }

    @Test("the table and the lines say the same")
    func table() throws {
        let (rails, results) = try Self.rails()
        let table = SimulationTables(results, rails: rails).guardRails
        #expect(table.rows.count == 6)
        #expect(table.rows[0][0] == .text("urgent") && table.rows[0][1] == .text("service_level"))
        #expect(table.rows[3][9] == .text("worse"))
        #expect(table.rows[3][10] == .text("urgent goes first and takes the people that they share"))
        let lines = rails.report(results.scenario).lines()
        #expect(lines.count == 7)
        #expect(lines[0].hasPrefix("beside the formulas   figure"))
        #expect(lines[2].contains("average wait") && lines[2].contains("s ±"))
        #expect(lines[4].hasPrefix("other") && lines[4].hasSuffix("worse"))
    }

    @Test("every reason has its words")
    func reasons() {
        let reasons: [RailReason] = [
            .priority(["a", "b"]), .sharing(["a"]), .steadyHandling, .unsteadyHandling, .longContacts, .unevenPresence,
            .fewPeople, .languages, .beyondFormulas(["absences", "tiers"]), .unknown,
        ]
        let texts = reasons.map(\.text)
        #expect(texts[0] == "a and b go first and take the people that they share")
        #expect(texts[1] == "it shares people with a, which takes more than its part of them")
        #expect(Set(texts).count == texts.count)
    }
}
