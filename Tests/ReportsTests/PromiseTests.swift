import Queueing
import Simulator
import Testing

@testable import Center
@testable import Documents
@testable import Experiments
@testable import Probability
@testable import Reports
@testable import ScenarioReading
@testable import ScenarioText
@testable import Simulator

@Suite("A promise to callers is a promise to each language")
struct PromiseTests {
    static func results(_ promises: String, seed: Int = 1) throws -> Results {
        let text = """
            timezone: UTC
            days: 1
            open: Mon 08:00-18:00
            contact_types:
              billing:
                arrivals: 400 per day
                day_shape: flat
                languages: {en: 80%, es: 20%}
                talk: 4m
            \(promises)
            agent_groups:
              english: {agents: 5, languages: [en], skills: {billing: 1}}
              both: {agents: 1, languages: [es, en], skills: {billing: 1}}
            experiment: {replications: 12, seed: \(seed)}
            """
        let reading = ScenarioFile.read(name: "center.yaml", of: ["center.yaml": Array(text.utf8)])
        let scenario = try #require(reading.scenario, "\(reading.problems.map { $0.rendered() })")
        return try Experiment(scenario, threads: 2).run()
    }

    @Test("all callers together meet the target, Spanish callers do not: every place says so")
    func hidden() throws {
        let results = try Self.results("    target: 80% in 30s")
        #expect(try #require(results.types[0].serviceLevel.value) > 0.85)
        let spanish = try #require(results.byClass[1].serviceLevel.value)
        #expect(spanish < 0.6)
        #expect(results.missesTargets)
        let lines = SimulationSummary(results).report.lines()
        #expect(lines[2].hasPrefix("billing "))
        #expect(lines[2].contains("met, but es \(PlainNumbers.percent(spanish, digits: 0)), "))
        #expect(lines[2].hasSuffix("% hang up"))
        #expect(lines[3].hasPrefix("  es ") && lines[3].contains("MISSED by "))
        #expect(!lines.contains { $0.hasPrefix("  en ") })
        #expect(lines.contains("Missed in es: billing."))

        let summary = SimulationTables(results).summary
        let levels = summary.rows.filter { $0[2] == .text("service_level") && $0[0] != .text("all") }
        #expect(levels.map { $0[1] } == [.text("billing"), .text("billing.en"), .text("billing.es")])
        #expect(levels.map { $0[9] } == [.number(80), .number(80), .number(80)])
        #expect(levels.map { $0[10] } == [.text("yes"), .text("yes"), .text("no")])
        #expect(levels.map { $0[12] } == [.text("met"), .text("met"), .text("missed")])
        let types = SimulationTables(results).contactTypes
        let met = try #require(types.columns.firstIndex { $0.name == "met" })
        #expect(types.rows.map { $0[met] } == [.text("yes"), .text("yes"), .text("no")])
        #expect(types.rows.map { $0[met + 1] } == [.text("met"), .text("met"), .text("missed")])
    }

    @Test("a language with a promise of its own is judged, and counted, by that")
    func own() throws {
        let plain = try Self.results("    target: 80% in 30s")
        let results = try Self.results("    target: {en: 80% in 30s, es: 40% in 60s}")
        // The same callers and the same waits: only the clock of the promise is another one.
        #expect(plain.byClass[0].sum.answeredInTime == results.byClass[0].sum.answeredInTime)
        #expect(plain.byClass[1].sum.answeredInTime < results.byClass[1].sum.answeredInTime)
        #expect(plain.byClass[1].sum.waitOfAnswered == results.byClass[1].sum.waitOfAnswered)
        #expect(!results.missesTargets)
        let lines = SimulationSummary(results).report.lines()
        #expect(lines[2].contains("by language") && lines[2].hasSuffix(" met"))
        #expect(lines[3].hasPrefix("  en ") && lines[3].contains("80% in 30s"))
        #expect(lines[4].hasPrefix("  es ") && lines[4].contains("40% in 60s") && lines[4].hasSuffix(" met"))
        #expect(SimulationTables(results).contactTypes.rows[0].contains(.text("en 80% in 30s, es 40% in 60s")))
    }

    @Test("a limit of hang-ups holds in each language too")
    func hangUps() throws {
        let results = try Self.results("    max_abandonment: 20%")
        #expect(results.missesTargets)
        #expect(results.promises(type: 0).allSatisfy { $0.isMet })
        let lines = SimulationSummary(results).report.lines()
        #expect(lines[3].hasPrefix("  es ") && lines[3].contains("MISSED: hang-ups ") && lines[3].hasSuffix("over 20%"))
    }

    @Test("precision can be asked of one language")
    func precision() throws {
        var scenario = try Self.results("    target: 80% in 30s").scenario
        scenario.experiment.goals = [try PrecisionGrammar(scenario).goal("5 points on service_level of billing.es")]
        scenario.experiment.replications = nil
        let results = try Experiment(scenario, threads: 2).run()
        #expect(results.stopReason == .precision)
        #expect(results.watchedFigures.map(\.name) == ["billing.es"])
        let found = try #require(results.byClass[1].serviceLevel.estimate(confidence: 0.95))
        #expect(found.halfWidth <= 0.05 && results.watchedFigures[0].estimate == found)
    }

    static func estimate(_ low: Double, _ value: Double, _ high: Double) -> Estimate {
        Estimate(value: value, low: low, high: high, standardDeviation: 0.1)
    }

    @Test("the interval decides between met, missed and too close to call; a single run goes by its value")
    func verdicts() {
        let target = ServiceTarget(share: 0.8, within: 30)
        func words(_ low: Double, _ value: Double, _ high: Double, isOfOneRun: Bool = false) -> String? {
            PromiseTable.verdict([Promise(target, Self.estimate(low, value, high), isOfOneRun: isOfOneRun)])?.0
        }
        #expect(words(0.81, 0.83, 0.85) == "met")
        #expect(words(0.80, 0.83, 0.85) == "met")
        #expect(words(0.78, 0.81, 0.84) == "too close to call")
        #expect(words(0.78, 0.79, 0.80) == "too close to call")
        #expect(words(0.70, 0.75, 0.78) == "MISSED by 5.0 points")
        #expect(words(0.7990, 0.7996, 0.7998) == "MISSED by less than 0.1 points")
        #expect(words(-.infinity, 0.79, .infinity, isOfOneRun: true) == "MISSED by 1.0 points")
        #expect(words(-.infinity, 0.8, .infinity, isOfOneRun: true) == "met")
        // Of several runs in which hardly anybody came nothing can be said.
        #expect(words(-.infinity, 0.0, .infinity) == "too close to call")
        let limit = Promise(hangUpsAtMost: 0.05, Self.estimate(0.06, 0.07, 0.08))
        #expect(PromiseTable.verdict([limit])?.0 == "MISSED: hang-ups 2.0 points over 5%")
        let close = Promise(hangUpsAtMost: 0.05, Self.estimate(0.04, 0.06, 0.08))
        #expect(PromiseTable.verdict([close])?.0 == "hang-ups too close to call")
        #expect(!close.isMet && close.verdict == .close)
        #expect(PromiseTable.verdict([]) == nil)
    }

    @Test(
        "14 of 25 are 56 %: a target that is met exactly is met",
        arguments: [(14, 25, 0.56), (7, 25, 0.28), (57, 100, 0.57)])
    func exactly(count: Int, of all: Int, share: Double) {
        let target = ServiceTarget(share: share, within: 30)
        #expect(target.isReached(by: Double(count) / Double(all)))
        #expect(!target.isReached(by: Double(count - 1) / Double(all)))
        var counts = Counts()
        counts.columns[Observations.Contact.offered.rawValue] = Double(all)
        counts.columns[Observations.Contact.answeredInTime.rawValue] = Double(count)
        #expect(Results.judge(counts, by: target) == true)
    }

    @Test("nothing that answers is cut at 80 and at 60 columns", arguments: [80, 60])
    func narrow(width: Int) throws {
        let results = try Self.results("    target: 80% in 30s\n    max_abandonment: 2%")
        let lines = PromiseTable(results).table.lines(width: width)
        #expect(lines.allSatisfy { $0.count <= width && !$0.contains("…") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("  es ") })
        #expect(lines.contains { $0.contains("MISSED: hang-ups ") && $0.hasSuffix(" points over 2%") })
        #expect(lines.contains { $0.contains("MISSED by ") && $0.hasSuffix(" points") })
        let all = SimulationSummary(results).report.lines(width: width)
        #expect(all.contains { $0.hasPrefix("A wider window also shows ") })
    }

    @Test("the weakest stretch is the one in which most callers miss out, whatever the seed", arguments: [1, 2, 3])
    func weakest(seed: Int) throws {
        let text = """
            timezone: UTC
            days: 1
            open: Mon 08:00-18:00
            calls: arrivals.csv
            talk: 4m
            agents: 3
            target: 80% in 30s
            experiment: {replications: 20, seed: \(seed)}
            """
        let clocks = (16..<36).map { "\($0 / 2 < 10 ? "0" : "")\($0 / 2):\($0 % 2 == 0 ? "00" : "30")" }
        let table = clocks.map { "2026-01-05,\($0),calls,\($0 == "10:30" ? 40 : 3)" }
        let rows = "date,start,contact_type,contacts\n" + table.joined(separator: "\n") + "\n"
        let reading = ScenarioFile.read(
            name: "day.yaml", of: ["day.yaml": Array(text.utf8), "arrivals.csv": Array(rows.utf8)])
        let scenario = try #require(reading.scenario, "\(reading.problems.map { $0.rendered() })")
        let results = try Experiment(scenario, threads: 2).run()
        let weakest = try #require(SimulationSummary(results).weakestInterval)
        #expect(weakest.hasPrefix("calls Mon 10:30-11:00, ") && weakest.hasSuffix(" in time"))
        #expect(weakest.contains("±"))
    }
}
