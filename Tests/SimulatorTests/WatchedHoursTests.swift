import Testing

@testable import Center
@testable import Experiments
@testable import ScenarioReading
@testable import Simulator

/// Precision on hours of the day: how it is written, what it watches, and that a run waits for it.
struct WatchedHoursTests {
    private static func read(_ precision: String) -> ReadScenario {
        let text = """
            period: {from: 2026-01-12, to: 2026-01-13}
            open: Mon-Fri 08:00-12:00
            contact_types:
              calls:
                arrivals: {Mon-Fri: 120}
                talk: 4m
                patience: 2m
                languages: {en: 80%, es: 20%}
                target: 80% in 30s
            agents: 4
            experiment: {precision: "\(precision)", variance_reduction: [antithetic]}
            """
        return ScenarioFile.read(name: "hours.yaml", of: ["hours.yaml": Array(text.utf8)])
    }

    @Test("hours are read, written back, and told where intervals do not begin or end there")
    func written() throws {
        let reading = Self.read("3 points on service_level of calls.es at 09:00-10:30")
        let read = reading.scenario
        let scenario = try #require(read)
        let window = try #require(scenario.experiment.goals.first?.window)
        #expect(window == PrecisionGoal.Window(from: 9 * 3600, to: 10.5 * 3600) && window.text == "09:00-10:30")
        #expect(reading.settled.contains("3 points on service_level of calls.es at 09:00-10:30"))
        let wrongs = [
            ("3 points on service_level of calls at 09:10-10:30", "precision is about 09:10-10:30, where no intervals"),
            ("5s on wait_p95 of calls at 09:00-10:30", "wait_p95 is not known for hours of the day"),
            ("3 points on service_level of calls at nine", "nine is not a span of clock times"),
        ]
        for (text, message) in wrongs {
            let problems = Self.read(text).problems
            #expect(problems.contains { $0.message.contains(message) }, "\(problems.map(\.message))")
        }
    }

    @Test("without a figure the hours are those of service levels; what nothing was counted of is told by name")
    func uncounted() throws {
        let read = Self.read("3 points at 09:00-10:30").scenario
        let goal = try #require(read?.experiment.goals.first)
        #expect(goal.figure == .serviceLevel && goal.scope == .each && goal.window?.text == "09:00-10:30")
        let night = Self.read("3 points on service_level of calls at 22:00-23:00").scenario
        let results = try Experiment(try #require(night)).run()
        #expect(results.uncounted == ["calls 22:00-23:00"] && results.watchedFigures.isEmpty)
        #expect(results.stopReason == .uncounted)
        let day = Self.read("9 points on service_level of calls at 09:00-10:30").scenario
        #expect(try Experiment(try #require(day)).run().uncounted.isEmpty)
    }

    @Test("a run waits for them; the figure is that of the hours' counts on both days")
    func watched() throws {
        let read = Self.read("0.7 points on service_level of calls at 09:00-10:30").scenario
        var scenario = try #require(read)
        let results = try Experiment(scenario).run()
        #expect(results.stopReason == .precision)
        let seen = try #require(results.watchedHours.first)
        #expect(seen.name == "calls 09:00-10:30" && seen.estimate.reach <= 0.007)
        #expect(results.watchedFigures.map(\.name) == ["calls 09:00-10:30"])
        var (top, bottom, count) = (0.0, 0.0, 0)
        for (p, period) in scenario.horizon.periods.enumerated()
        where ["09:00", "09:30", "10:00"].contains(period.startClock) {
            let mean = results.figures(period: p, type: 0).mean
            top += mean.answeredInTime
            bottom += mean.offered
            count += 1
        }
        #expect(count == 6 && abs(seen.estimate.value - top / bottom) < 1e-12)
        // The whole day is known more precisely.
        let day = try #require(results.types[0].serviceLevel.estimate(confidence: 0.95))
        #expect(day.reach < seen.estimate.reach)
        scenario.experiment.goals = [PrecisionGoal(.serviceLevel, within: .absolute(0.007))]
        #expect(try Experiment(scenario).run().replications < results.replications)
    }
}
