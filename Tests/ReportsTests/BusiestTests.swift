import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Reports
@testable import Simulator
@testable import Tabular

@Suite("Who is busiest, and when; what variance reduction was worth")
struct BusiestTests {
    /// One contact at `start` that takes two hours, in four hours of one person.
    private func results(start: Double) throws -> Results {
        let type = ContactType(
            id: "calls", open: [TimeSpan(0, 14_400)], arrivals: [ArrivalTimeSpan(TimeSpan(start, start), contacts: 1)],
            volumes: .actual, talk: .fixed(Fixed(7200)))
        let group = AgentGroup(
            id: "agents", skills: [Skill(0)], staffing: .curve([StaffingTimeSpan(TimeSpan(0, 14_400), agents: 1)]))
        let scenario = Scenario(
            id: "day", name: "Day", horizon: .plain(step: 1800, count: 8), contactTypes: [type], agentGroups: [group],
            experiment: ExperimentSettings(replications: 1))
        return try Experiment(scenario, threads: 1).run()
    }

    @Test("Two hours that are full hide in half of the day: they are named")
    func timeSpan() throws {
        let results = try results(start: 5400)
        let found = try #require(BusiestTimeSpan.find(in: results))
        #expect(found.group == 0 && found.periods == 3...6 && abs(found.occupancy - 1) < 1e-12)
        let lines = SimulationSummary(results).report.lines()
        #expect(lines.contains { $0.contains("01:30-03:30, 100% (50% in all)") }, "\(lines)")
    }

    @Test("Of intervals that came out wider it is said that they are wider")
    func wider() {
        #expect(
            VarianceReductionNote.words([2.25, 5.29])
                == "1.5 to 2.3 times narrower than plain ones, worth 2.3 to 5.3 times as many runs")
        #expect(
            VarianceReductionNote.words([0.49, 0.81]) == "1.1 to 1.4 times wider than plain ones: it does not pay here")
        #expect(
            VarianceReductionNote.words([0.49, 2.25])
                == "from 1.4 times wider to 1.5 times narrower than plain ones, worth 0.5 to 2.3 times as many runs")
        #expect(VarianceReductionNote.words([0.95, 1.04]) == "as wide as plain ones")
    }
}
