import Foundation
import TestSupport
import Testing

@testable import Queueing
@testable import Simulator

/// Every scenario that comes with the program runs, and answers what its head comment says.
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct ShippedScenarios {
    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(
            atPath: Project.root.appendingPathComponent("scenarios").path)) ?? [])
        .filter { $0.first?.isNumber ?? false }.sorted()

    static func results(_ name: String, _ overrides: [(path: String, value: String)] = []) throws -> Results {
        let path = Project.root.appendingPathComponent("scenarios/\(name)/scenario.yaml").path
        return try Experiment(try #require(ScenarioFile.read(path: path, overrides: overrides).scenario)).run()
    }

    @Test("Each shipped scenario runs to its precision", arguments: names)
    func runs(_ name: String) throws {
        let results = try Self.results(name)
        #expect(results.stopReason == .precision)
        #expect(results.all.sum.answered > 0)
    }

    @Test("01: the intervals hold Erlang A's values")
    func oneQueue() throws {
        let results = try Self.results("01-one-queue")
        let exact = SingleQueue(arrivalRate: 200.0 / 3600, handlingTime: 180, patience: 300)
            .measures(agents: 12, within: 20)
        let figures = results.types[0]
        for (truth, tally) in [
            (exact.serviceLevels.ofAllOffered, figures.serviceLevel), (exact.abandonment, figures.tally(.abandonment)),
            (exact.meanSpeedOfAnswer, figures.tally(.asa)),
            (exact.occupancy, ControlledTally(results.groups[0].occupancy)),
        ] {
            let truth = try #require(truth)
            let estimate = try #require(tally.estimate(confidence: 0.999))
            #expect(truth >= estimate.low && truth <= estimate.high, "\(truth) in \(estimate)")
        }
    }

    @Test("02: the clinic meets its target")
    func clinic() throws {
        #expect(try !Self.results("02-clinic").missesTargets)
    }

    @Test("03: every target is met while transfers are left out, and the scheduled hours cost $57,905")
    func riverbend() throws {
        let results = try Self.results("03-riverbend")
        #expect(!results.missesTargets)
        let groups = results.scenario.agentGroups
        var cost = 0.0
        for (cell, seconds) in results.paidSeconds.enumerated() {
            cost += seconds / 3600 * (groups[cell % groups.count].wagePerHour ?? 0)
        }
        // By hand from the shifts: 8 paid hours each, 4 on Saturdays.
        #expect(abs(cost - 57_905.2) < 0.01)
        // A week whose Sunday has 23 hours.
        #expect(results.scenario.horizon.length == 7 * 86_400 - 3600)
    }

    @Test("04: half get through in a minute; one more person all day makes it nine of ten")
    func surgery() throws {
        let now = try Self.results("04-gp-surgery").types[0]
        let level = try #require(now.serviceLevel.value)
        #expect(level > 0.47 && level < 0.55)
        let hangUps = try #require(now.tally(.abandonment).value)
        #expect(hangUps > 0.09 && hangUps < 0.13)
        let more = try Self.results(
            "04-gp-surgery", [("agent_groups.reception.agents", "staffing-plus-one.csv")]
        ).types[0]
        #expect(try #require(more.serviceLevel.value) > 0.87)
    }
}
