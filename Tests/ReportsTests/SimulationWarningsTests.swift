import Simulator
import Testing

@testable import Experiments
@testable import Reports
@testable import ScenarioReading
@testable import Tabular

@Suite("Warnings about intervals")
struct SimulationWarningsTests {
    @Test(
        "a half-width that missed its goal is shown with the decimals that tell them apart",
        arguments: [
            (0.0123, 0.01, Metric.Unit.percent, "1.2 points", "1.0 points"),
            (0.0123, 0.0005, .percent, "1.23 points", "0.05 points"),
            (0.0123, 0.0002, .percent, "1.23 points", "0.02 points"),
            (0.0123, 0.000_034, .percent, "1.2300 points", "0.0034 points"),
            (0.010_02, 0.01, .percent, "1.002 points", "1.000 points"),
            (12.94, 0.1, .seconds, "12.9s", "0.1s"),
            (3.2, 0.347, .seconds, "3.20s", "0.35s"),
            (40, 25, .contacts, "40.0", "25.0"),
            // No goal at all, or one that is all but reached: nine decimals are enough.
            (0.5, 0, .contacts, "0.5", "0.0"),
            (1.000_000_000_01, 1, .seconds, "1.000000000s", "1.000000000s"),
        ])
    func decimals(width: Double, goal: Double, unit: Metric.Unit, shown: String, shownGoal: String) {
        let (text, goalText) = SimulationWarnings.widths(width, goal: goal, unit)
        #expect(text == shown)
        #expect(goalText == shownGoal)
    }

    @Test("W611 names a goal of hundredths of a point as it was asked for")
    func smallGoal() throws {
        let scenario = """
            timezone: UTC
            days: 1
            open: daily 00:00-24:00
            calls: {Mon-Sun: 240}
            day_shape: flat
            talk: 5m
            agents: 2
            target: 80% in 30s
            experiment: {precision: 0.02 points, max: 20}
            """
        let reading = ScenarioFile.read(name: "day.yaml", of: ["day.yaml": Array(scenario.utf8)])
        let results = try Experiment(
            #require(reading.scenario, "\(reading.problems.map { $0.rendered() })"), threads: 2
        ).run()
        let problem = try #require(SimulationWarnings(results).problems.first)
        #expect(problem.code == ProblemCode.imprecise)
        #expect(problem.message.hasSuffix(", goal ±0.02 points"), "\(problem.message)")
    }

    @Test("W611 in words where there is no width to tell: nothing counted, nothing in any run, one run")
    func withoutWidth() throws {
        func messages(_ experiment: String, most: Int = 2000) throws -> [String] {
            let text = """
                timezone: UTC
                days: 1
                open: daily 08:00-12:00
                calls: {Mon-Sun: 240}
                day_shape: flat
                talk: 1s
                agents: 30
                target: 80% in 30s
                experiment: \(experiment)
                """
            let scenario = ScenarioFile.read(name: "day.yaml", of: ["day.yaml": Array(text.utf8)]).scenario
            var read = try #require(scenario)
            read.experiment.maximum = min(most, read.experiment.maximum)
            return SimulationWarnings(try Experiment(read).run()).problems.map(\.message)
        }
        #expect(
            try messages("{precision: 3 points on service_level of calls at 22:00-23:00}")
                == ["precision is about calls 22:00-23:00, of which nothing was counted"])
        #expect(
            try messages("{precision: 10% on abandonment of calls, max: 24}")
                == [
                    "the precision was not reached in 24 runs: calls abandonment is 0 in every run, and so is any part of it"
                ])
        #expect(
            try messages("{precision: 1 point}", most: 1)
                == ["the precision was not reached in 1 runs: nothing can be said yet of calls"])
    }
}
