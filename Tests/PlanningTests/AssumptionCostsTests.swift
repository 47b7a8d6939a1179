import Foundation
import Queueing
import TestSupport
import Testing

@testable import Experiments
@testable import Planning
@testable import ScenarioReading
@testable import Simulator

/// What a file leaves out is weighed against what could be.
struct AssumptionCostsTests {
    private static let clinic = """
        name: Clinic
        timezone: UTC
        open: Mon-Fri 08:00-17:00
        calls: {Mon: 320, Tue-Thu: 260, Fri: 240}
        talk: 4m30s
        wrap_up: 1m30s
        agents: 6
        target: 80% in 30s

        """

    private func reading(
        _ more: String = "", _ change: (old: String, new: String) = ("", "")
    ) throws -> ReadScenario {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        let text = change.old.isEmpty ? Self.clinic : Self.clinic.replacing(change.old, with: change.new)
        try (text + more).write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return ScenarioFile.read(path: file.path)
    }

    private func costs(_ more: String = "") throws -> AssumptionCosts? {
        let reading = try reading(more)
        let scenario = try #require(reading.scenario)
        return try AssumptionCosts(scenario, assumed: reading.assumed, threads: 2)
    }

    @Test("patience, redials and days are assumed, and each is weighed")
    func kinds() throws {
        let costs = try #require(try costs())
        #expect(costs.costs.map(\.kind) == [.patience(from: 360, to: 360), .redial(0.45), .dayToDay(0.1)])
        #expect(costs.isInTime && costs.runs == 149)
        for cost in costs.costs {
            let change = try #require(cost.change)
            // Whoever waits longer, calls again or comes on a busy day takes time from others.
            #expect(change.high < 0, "\(cost.kind)")
            #expect(change.halfWidth < 0.02)
            #expect(cost.met != nil)
        }
    }

    @Test("the change is that of two runs of the scenario on the same random numbers")
    func asSimulated() throws {
        let cost = try #require(try costs()?.costs.first { $0.kind == .redial(0.45) }?.change)
        func level(_ more: String) throws -> Double {
            var scenario = try #require(try reading(more).scenario)
            scenario.experiment.replications = 149
            scenario.experiment.varianceReduction = .none
            return try #require(try Experiment(scenario).run().types[0].serviceLevel.value)
        }
        let told = try level("redial: {share: 45%, after: 10m}\n") - level("")
        #expect(abs(told - cost.value) < 1e-12)
    }

    @Test("what the file says is not assumed")
    func said() throws {
        #expect(
            try costs("patience: 6m\nredial: none\nday_to_day: 0%\n") == nil)
        #expect(try costs("patience: 6m\nday_to_day: 5%\n")?.costs.map(\.kind) == [.redial(0.45)])
        // Of these a part was filled in, and no more.
        let parts = "patience: {mean: 6m}\nredial: {share: 0%}\nday_to_day: 0%\n"
        #expect(try reading(parts).assumed.contains { $0.setting.hasSuffix(".redial") && !$0.isWhole })
        #expect(try costs(parts) == nil)
        // Nobody hangs up, so nobody calls again.
        #expect(try costs("patience: none\n")?.costs.map(\.kind) == [.dayToDay(0.1)])
    }

    @Test("a large center strays less, and one that takes too long to play some more is not weighed")
    func large() throws {
        let many = try reading("", ("Mon: 320, Tue-Thu: 260, Fri: 240", "Mon-Fri: 2000"))
        let others = AssumptionCosts.others(try #require(many.scenario), many.assumed)
        #expect(others.last?.kind == .dayToDay(0.06))
        let most = try reading("", ("Mon: 320, Tue-Thu: 260, Fri: 240", "Mon-Fri: 20000"))
        let scenario = try #require(most.scenario)
        let costs = try #require(try AssumptionCosts(scenario, assumed: most.assumed))
        #expect(costs.runs == 0 && costs.costs.count == 3 && costs.costs.allSatisfy { $0.change == nil })
    }

    @Test("without a target the change is of those who are answered at all")
    func untargeted() throws {
        let reading = try reading("", ("target: 80% in 30s\n", ""))
        let scenario = try #require(reading.scenario)
        let costs = try #require(try AssumptionCosts(scenario, assumed: reading.assumed, threads: 2))
        #expect(!costs.isInTime)
        // Who waits longer is answered more often.
        let change = try #require(costs.costs[0].change)
        #expect(change.low > 0)
    }

    @Test("stopped work tells nothing")
    func stopped() throws {
        let reading = try reading()
        let scenario = try #require(reading.scenario)
        let costs = try AssumptionCosts(scenario, assumed: reading.assumed, isCancelled: { true })
        #expect(costs == nil)
    }
}
