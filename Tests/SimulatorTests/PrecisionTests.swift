import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import ScenarioReading
@testable import ScenarioText
@testable import Simulator
@testable import Tabular

@Suite struct PrecisionTests {
    static let grammar = PrecisionGrammar(
        types: [
            .init(id: "triage", hasTarget: true, languages: ["en", "es"]), .init(id: "billing", hasTarget: false),
        ], groups: ["nurses", "clerks"])

    @Test("a language that the contact type does not have is named, with those that it has")
    func languages() throws {
        let map = try Self.grammar.goal("triage.es.asa", "2s")
        #expect(map == PrecisionGoal(.asa, of: .some([PrecisionGoal.Chosen(0, language: "es")]), within: .absolute(2)))
        #expect(Self.grammar.entries([map]).map(\.name) == ["triage.es.asa"])
        func fault(_ text: String) -> Wrong? {
            do { _ = try Self.grammar.goal(text) } catch { return error.wrong }
            return nil
        }
        let other = try #require(fault("1 point on abandonment of triage.fr"))
        #expect(other.code == ProblemCode.reference)
        #expect(other.clause == "precision is about \"triage.fr\", and triage has no language fr")
        #expect(other.expected == "en or es")
        let none = try #require(fault("1 point on abandonment of billing.es"))
        #expect(none.clause == "precision is about \"billing.es\", and billing has no language es")
        #expect(none.advice == "give billing \"languages\", or watch billing")
    }

    @Test("goals read back from their text")
    func readBack() throws {
        let goals: [(String, PrecisionGoal)] = [
            ("1 point", PrecisionGoal(.serviceLevel, within: .absolute(0.01))),
            (
                "0.5 points on abandonment of triage, billing",
                PrecisionGoal(.abandonment, of: .some([0, 1]), within: .absolute(0.005))
            ),
            ("2s on asa", PrecisionGoal(.asa, within: .absolute(2))),
            (
                "1 point on service_level of triage.es, triage",
                PrecisionGoal(
                    .serviceLevel, of: .some([PrecisionGoal.Chosen(0, language: "es"), 0]), within: .absolute(0.01))
            ),
            ("5% of the value on asa of billing", PrecisionGoal(.asa, of: .some([1]), within: .relative(0.05))),
            ("10s on wait_p95 of all", PrecisionGoal(.wait95, of: .all, within: .absolute(10))),
            ("1 point on occupancy of clerks", PrecisionGoal(.occupancy, of: .some([1]), within: .absolute(0.01))),
            ("5 contacts on offered", PrecisionGoal(.offered, within: .absolute(5))),
            (
                "10% of the value on chance_met of triage",
                PrecisionGoal(.chanceMet, of: .some([0]), within: .relative(0.1))
            ),
        ]
        for (text, goal) in goals {
            #expect(try Self.grammar.goal(text) == goal, "\(text)")
            #expect(Self.grammar.text(goal) == text)
        }
        #expect(
            try Self.grammar.goal("10% on abandonment of billing")
                == PrecisionGoal(.abandonment, of: .some([1]), within: .relative(0.1)))
        #expect(try Self.grammar.goal("5% on asa") == PrecisionGoal(.asa, within: .relative(0.05)))
        #expect(
            try Self.grammar.goal("triage.asa", "2s") == PrecisionGoal(.asa, of: .some([0]), within: .absolute(2)))
    }

    @Test("nobody hangs up in a list, so that cannot be watched")
    func listed() {
        let grammar = PrecisionGrammar(
            types: [PrecisionGrammar.Watchable(id: "mails", hasTarget: true, isDeferred: true)], groups: [])
        #expect(throws: PrecisionGrammar.Fault.self) { try grammar.goal("10% on abandonment of mails") }
        #expect(throws: Never.self) { try grammar.goal("20s on asa of mails") }
        do {
            _ = try grammar.goal("10% on abandonment of mails")
        } catch {
            #expect(error.wrong.clause == "precision watches the abandonment of mails, which lies in a list")
        }
    }

    @Test("what cannot be watched is told, with the part that is wrong")
    func faults() {
        for (text, part, words) in [
            ("2s on asaa", "asaa", "asaa is not what precision can watch"),
            ("2 on asa", "2", "needs a unit"), ("1 on service_level", "1", "1 is not a number of points"),
            ("1 point on service_level of billing", "billing", "billing, which has no target"),
            ("1 point on service_level of bill", "bill", "\"bill\", which is not a contact type"),
            ("1 point on occupancy of triage", "triage", "which is not an agent group"),
            ("0s on asa", "0s", "not above 0"), ("120% of the value on asa", "120% of the value", "120%"),
            ("5 on offered", "5", "not a number of contacts"),
        ] {
            do throws(PrecisionGrammar.Fault) {
                _ = try Self.grammar.goal(text)
                Issue.record("\(text) was read")
            } catch {
                #expect(error.part == part)
                #expect(error.wrong.message(for: .setting("precision")).contains(words), "\(error.wrong)")
            }
        }
    }

    @Test("the distance of a figure is half-width over goal, and replications grow with its square")
    func distance() {
        let estimate = Estimate(value: 40, low: 34, high: 46, standardDeviation: 1)
        let absolute = WatchedFigure(name: "asa", unit: .seconds, estimate: estimate, goal: 3)
        #expect(absolute.distance == 2 && absolute.needed(after: 50) == 200)
        // γ/(1 + γ) of the value: 0.25/1.25 · 40.
        #expect(PrecisionGoal(.asa, within: .relative(0.25)).goal(around: 40) == 8)
        let none = Estimate(value: 0, low: 0, high: 0, standardDeviation: 0)
        #expect(WatchedFigure(name: "asa", unit: .seconds, estimate: none, goal: 0).distance == 0)
    }

    @Test("a run stops when the farthest of several figures is reached, and names it")
    func severalFigures() throws {
        var scenario = LongRunTests.scenario(agents: 3)
        scenario.experiment = ExperimentSettings(
            goals: [
                PrecisionGoal(.serviceLevel, within: .absolute(0.2)), PrecisionGoal(.asa, within: .absolute(2)),
                PrecisionGoal(.wait95, within: .absolute(20)), PrecisionGoal(.occupancy, within: .absolute(0.1)),
            ], seed: 3)
        let results = try Experiment(scenario).run()
        #expect(results.stopReason == .precision && results.replications > 20)
        #expect(results.watchedFigures.map(\.name) == ["calls", "calls asa", "calls wait_p95", "agents occupancy"])
        #expect(results.watchedFigures.allSatisfy { $0.estimate.halfWidth <= $0.goal })
        scenario.experiment.maximum = 20
        let short = try Experiment(scenario, threads: 1).run()
        #expect(short.stopReason == .maximum)
        #expect(short.farthest?.name == "calls asa" || short.farthest?.name == "calls wait_p95")
    }

    @Test("without any target a run watches the share of hang-ups")
    func noTarget() throws {
        var scenario = LongRunTests.scenario(agents: 3)
        scenario.contactTypes[0].target = nil
        scenario.experiment = ExperimentSettings(precision: 0.05)
        let results = try Experiment(scenario).run()
        #expect(results.watchedFigures.map(\.name) == ["hang-ups"])
        #expect(results.stopReason == .precision)
    }

    @Test("the memory of a run grows with threads and intervals, not with contacts or replications")
    func memory() {
        var scenario = LongRunTests.scenario(agents: 3)
        scenario.experiment = ExperimentSettings()
        scenario.horizon = .plain(step: 60, count: 1440)
        let one = Experiment.memory(scenario, threads: 1)
        #expect(Experiment.memory(scenario, threads: 4) > 2 * one)
        scenario.contactTypes[0].arrivals[0].contacts *= 1000
        scenario.experiment.maximum = 1_000_000
        #expect(Experiment.memory(scenario, threads: 1) == one)
        scenario.horizon = .plain(step: 60, count: 14400)
        #expect(Experiment.memory(scenario, threads: 1) > one)
    }
}
