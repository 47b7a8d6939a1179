import Center
import Documents
import Experiments
import Foundation
import Planning
import Probability
import Queueing
import Reports
import ScenarioReading
import ScenarioText
import Simulator
import Studies
import Tabular
import TestSupport
import Testing

/// The snippet with which each module's landing page begins, as the page prints it: imported as a user imports it.
@Suite("Landing pages")
struct LandingPages {
    private let path = Project.root.appendingPathComponent("scenarios/02-clinic/scenario.yaml").path

    // A line of five people, as Center's page makes it.
    private var scenario: Scenario {
        let day = TimeSpan(0, 36_000)
        let calls = ContactType(
            id: "calls", open: [day], arrivals: [ArrivalTimeSpan(day, contacts: 400)],
            talk: .exponential(Exponential(mean: 270)), patience: .exponential(Exponential(mean: 360)),
            target: ServiceTarget(share: 0.8, within: 30))
        let people = AgentGroup(id: "people", skills: [Skill(0)], staffing: .curve([StaffingTimeSpan(day, agents: 5)]))
        let scenario = Scenario(
            id: "one-line", name: "One line", horizon: .plain(step: 1800, count: 20), contactTypes: [calls],
            agentGroups: [people])
        return scenario
    }

    private var results: Results {
        get throws {
            var settled = scenario
            settled.experiment = ExperimentSettings(replications: 20, goals: [])
            let results = try Experiment(settled).run()
            let level = results.types[0].serviceLevel.estimate(confidence: 0.95)  // value, low and high
            let wait = results.types[0].tally(.asa).value  // seconds
            #expect((level?.value ?? 0) > 0.5 && (wait ?? 0) > 0)
            return results
        }
    }

    @Test("Probability")
    func probability() throws {
        let talk = Distribution(Lognormal(mean: 300, spread: 1))
        let address = RandomAddress(seed: 1, replication: 0)
        var mean = RatioTally()
        for contact in 0..<UInt64(10_000) {
            mean.add(talk.quantile(address.uniform(subject: 0, .talk, index: contact)), over: 1)
        }
        let interval = mean.estimate(confidence: 0.95)  // value, low and high, around 300 s
        #expect((interval?.low ?? 0) < 300 && (interval?.high ?? 0) > 300)
    }

    @Test("Queueing")
    func queueing() throws {
        let queue = SingleQueue(contacts: 22, per: 1800, handlingTime: 360, patience: 180)
        let level = queue.measures(agents: 7, within: 30).serviceLevels.ofAllOffered  // 0.897
        let agents = queue.agentsNeeded(for: [.serviceLevel(atLeast: 0.8, within: 30)])  // 6
        #expect(abs((level ?? 0) - 0.897) < 5e-4 && agents == 6)
    }

    @Test("Tabular")
    func tabular() throws {
        let talk = Units.duration("4m30s").value  // 270 seconds
        if case .wrong(let wrong) = Units.duration("4.5") {
            print(wrong.message(for: .setting("talk")), wrong.hint(for: .setting("talk")) ?? "")
        }
        let monday = CivilDate(iso: "2026-03-02")?.weekday  // 0
        #expect(talk == 270 && monday == 0)
        #expect(Units.duration("4.5").value == nil)
    }

    @Test("ScenarioText")
    func scenarioText() throws {
        let grammar = PrecisionGrammar(scenario)
        let goal = try grammar.goal("2s on asa of calls")  // as `experiment: {precision: …}` says it
        let text = grammar.text(goal)  // 2s on asa of calls
        let blocks = Settings.blocks.map(\.title)  // the file, period, channels.<name> …
        #expect(text == "2s on asa of calls" && blocks.first == "the file")
    }

    @Test("ScenarioReading")
    func scenarioReading() throws {
        let reading = ScenarioFile.read(path: path, overrides: [(path: "talk", value: "5m")])
        for problem in reading.problems { print(problem.rendered()) }
        let scenario = reading.scenario  // nil when there is any error
        #expect(scenario?.contactTypes[0].talk.mean == 300)
    }

    @Test("Simulator")
    func simulator() throws {
        let player = Player(Blueprint(scenario), seed: 1)
        let first = player.play(0)
        let again = player.play(0)  // the same to the last bit
        #expect(first == again)
    }

    @Test("Experiments")
    func experiments() throws {
        let seen = try results
        #expect(seen.replications == 20 && seen.types[0].tally(.asa).value != nil)
    }

    @Test("Planning")
    func planning() throws {
        let needs = Requirements(scenario)
        let agents = needs.rows.map(\.need)  // on the phones, by period and contact type
        let worst = Shortage.all(needs).worst  // where callers lose most; nil where nothing is short
        #expect(agents.count == 20 && worst == nil)
    }

    @Test("Documents")
    func documents() throws {
        let columns: Columns<(name: String, talk: Double?)> = [
            .text("contact_type") { $0.name },
            .number("talk_s", "mean of the answered") { $0.talk },
        ]
        let rows: [(name: String, talk: Double?)] = [("calls", 270), ("chats", nil)]
        let table = Table("talk", columns: columns.heads, rows: rows.map(columns.cells))
        let file = String(decoding: CSV.bytes(table), as: UTF8.self)  // three lines, chats with a blank
        #expect(file.split(whereSeparator: \.isNewline) == ["contact_type,talk_s", "calls,270", "chats,"])
    }

    @Test("Reports")
    func reports() throws {
        let results = try results
        let summary = SimulationSummary(results)
        print(summary.report.text())
        let tables = SimulationTables(results).all  // summary, contact_types, intervals …
        #expect(tables.first?.name == "summary")
    }

    @Test("Studies")
    func studies() throws {
        let path = self.path + "-run"
        let folder = RunFolder(path: path)
        let isWhole = folder.isRun && folder.verify().isEmpty
        let figures = folder.table("summary")  // as it was saved; nil where it is not there
        #expect(!isWhole && figures == nil)
    }

    @Test("Switchboard")
    func everything() throws {
        let center = try Scenario(contentsOf: path, settings: [("agents", "8"), ("experiment.replications", "4")])
        let figures = try Experiment(center).run()
        if let wait = figures[type: "calls"]?.estimate(.asa) { print(wait.low, wait.value, wait.high) }  // seconds
        #expect(figures[type: "calls"]?.estimate(.asa) != nil)
    }

    @Test("each library module has a page that begins with its snippet and names no type that is not there")
    func pages() throws {
        func text(_ path: String) throws -> String {
            try String(contentsOf: Project.root.appendingPathComponent(path), encoding: .utf8)
        }
        let own = Set(try text("Tests/ReportsTests/LandingPages.swift").components(separatedBy: "\n").map(Self.trimmed))
        let package = try text("Package.swift")
        let library = try #require(package.firstRange(of: "name: \"Switchboard\""))
        let modules = package[library.upperBound...].prefix { $0 != "]" }.split(separator: "\"").map(String.init)
            .filter { $0.allSatisfy(\.isLetter) }
        #expect(modules.count == 13)
        for module in modules {
            let page = try text("Sources/\(module)/\(module).docc/\(module).md")
            let parts = page.components(separatedBy: "```")
            #expect(page.hasPrefix("# ``\(module)``\n"), "\(module)")
            let snippet = try #require(parts.first { $0.hasPrefix("swift\n") }, "\(module)")
            #expect(page.contains("## Overview\n\n```" + snippet), "\(module)")
            for line in snippet.components(separatedBy: "\n").dropFirst() {
                #expect(own.contains(Self.trimmed(line)), "\(module): \(line)")
            }
            let folder = Project.root.appendingPathComponent("Sources/\(module)")
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
                .filter { $0.hasSuffix(".swift") }.map { try text("Sources/\(module)/\($0)") }
            for line in page.components(separatedBy: "\n") where line.hasPrefix("- ``") {
                let name = line.dropFirst(4).dropLast(2)
                let kinds = ["struct", "enum", "class", "protocol", "typealias"]
                let isThere = files.contains { text in
                    kinds.contains {
                        text.contains("public \($0) \(name)") || text.contains("public final \($0) \(name)")
                    }
                }
                #expect(isThere, "\(module): \(name)")
            }
        }
    }

    private static func trimmed(_ line: String) -> String { line.trimmingCharacters(in: .whitespaces) }
}
