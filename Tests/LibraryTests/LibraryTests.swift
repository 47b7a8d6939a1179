import Foundation
import Switchboard
import TestSupport
import Testing

@Suite("As a library", .serialized)
struct LibraryTests {
    private static func lines(of path: String) throws -> [String] {
        try String(contentsOf: Project.root.appendingPathComponent(path), encoding: .utf8).components(separatedBy: "\n")
    }

    @Test("README's snippet is the one that is compiled here, under 30 lines, and prints every type and language")
    func readme() throws {
        let source = try Self.lines(of: "Tests/LibraryTests/Snippet.swift")
        let begins = try #require(source.firstIndex { $0.hasSuffix("// The snippet begins.") })
        let ends = try #require(source.firstIndex { $0.hasSuffix("// The snippet ends.") })
        let compiled = ["import Switchboard", ""] + source[(begins + 1)..<ends].map { String($0.dropFirst(4)) }
        let readme = try Self.lines(of: "README.md")
        let fence = try #require(readme.firstIndex(of: "```swift"))
        let shown = readme[(fence + 1)...].prefix { $0 != "```" }
        #expect(Array(shown) == compiled)
        #expect(compiled.count < 30)

        let folder = FileManager.default.currentDirectoryPath
        #expect(FileManager.default.changeCurrentDirectoryPath(Project.root.path))
        defer { _ = FileManager.default.changeCurrentDirectoryPath(folder) }
        var printed: [String] = []
        try snippet { printed.append($0) }
        #expect(
            printed.contains { $0.hasPrefix("calls es: ") } && printed.contains { $0.hasPrefix("billing all: ") })
    }

    private static func clinic() throws -> Scenario {
        try Scenario(
            contentsOf: Project.root.appendingPathComponent("scenarios/09-small-team/scenario.yaml").path,
            settings: [("experiment.replications", "2")])
    }

    /// What makes no sense, and what is said of it.
    private static let faults: [(String, @Sendable (inout Scenario) -> Void, String)] = [
        ("share above 1", { $0.contactTypes[0].languages[0].share = 1.4 }, "the share of en is 1.4"),
        ("percent", { $0.shrinkage = 30 }, "absences.evenedOut is 30.0"),
        ("type", { $0.agentGroups[0].skills[0].contactType = 99 }, "a skill is contact type 99"),
        ("negative", { $0.contactTypes[0].arrivals[0].contacts = -1 }, "the contacts of an arrival time span is -1.0"),
        ("order", { $0.contactTypes[0].arrivals.reverse() }, "the time spans of arrivals overlap or are out of order"),
        ("twice", { $0.contactTypes.append($0.contactTypes[0]) }, "two of its contact types are called"),
        ("needed", { $0.agentGroups[0].staffing = .asNeeded }, "how many agents are needed is not worked out yet"),
        (
            "redial", { $0.contactTypes[0].redial = Redial(share: 45, delay: .exponential(Exponential(mean: 60))) },
            "redial.share is 45.0"
        ),
        ("target", { $0.contactTypes[0].target?.share = 80 }, "target's share is 80.0"),
        ("runs", { $0.experiment.replications = 0 }, "experiment.replications is 0.0"),
        (
            "round",
            {
                $0.contactTypes[0].followOns = [FollowOn(.transfer, share: 1, contactType: 0)]
            }, "contacts are handed round without end: calls -> calls"
        ),
        ("talk", { $0.contactTypes[0].talk = .fixed(Fixed(-3)) }, "the mean of talk is -3.0 s"),
        (
            "goal", { $0.experiment.goals = [PrecisionGoal(.asa, of: .some([99]), within: .absolute(1))] },
            "the subject of a precision goal is contact type 99"
        ),
        (
            "group goal",
            { $0.experiment.goals = [PrecisionGoal(.occupancy, of: .some([99]), within: .absolute(0.1))] },
            "a precision goal is of agent group 99"
        ),
        (
            "width", { $0.experiment.goals = [PrecisionGoal(.asa, of: .all, within: .absolute(0))] },
            "the half-width of a precision goal is 0.0"
        ),
        (
            "long run", { $0.experiment.longRun = ExperimentSettings.LongRun(length: -1) },
            "experiment.longRun.length is -1.0"
        ),
        ("gap", { $0.horizon.periods.remove(at: 3) }, "its periods do not tile the horizon"),
        ("day", { $0.horizon.periods[0].day = 99 }, "a period is on a day that is not there"),
        ("days", { $0.horizon.days[0].end += 1 }, "its days do not follow each other"),
        (
            "endless people",
            {
                $0.agentGroups[0].staffing = .curve([StaffingTimeSpan(TimeSpan(0, 3600), agents: 1e300)])
            }, "the agents of a staffing time span is 1e+300"
        ),
        (
            "endless calls", { $0.contactTypes[0].arrivals[0].contacts = 1e300 },
            "the contacts of an arrival time span is 1e+300"
        ),
        ("nothing", { $0.contactTypes[0].shortAbandon = .nan }, "shortAbandon is nan"),
        ("pace", { $0.agentGroups[0].paces = [DayPace(TimeSpan(0, 60), pace: 0)] }, "a pace is 0.0"),
        ("priority", { $0.contactTypes[0].priority = 12 }, "priority is 12"),
        ("span", { $0.contactTypes[0].open[0].end = -5 }, "open has a time span that ends before it starts"),
    ]

    @Test(
        "an edited scenario that makes no sense is refused before it runs, with what is wrong",
        arguments: faults.indices)
    func edited(index: Int) throws {
        let (name, edit, words) = Self.faults[index]
        var scenario = try Self.clinic()
        #expect(scenario.problems.isEmpty)
        edit(&scenario)
        #expect(scenario.problems.contains { $0.message.contains(words) }, "\(name): \(scenario.problems)")
        #expect(throws: Problems.self) { try Experiment(scenario) }
    }

    @Test("what is thrown prints as the command line prints it")
    func thrown() throws {
        let file = Project.root.appendingPathComponent("scenarios/09-small-team/scenario.yaml").path
        do {
            _ = try Scenario(contentsOf: file, settings: [("contact_types.billing.talk", "4 min 30"), ("x", "1")])
            Issue.record("nothing was thrown")
        } catch let problems as Problems {
            #expect(problems.all.count == 2)
            #expect("\(problems)" == problems.all.map { $0.rendered() }.joined(separator: "\n"))
            #expect("\(problems)".contains("error: ") && "\(problems)".contains("expected: "))
            #expect(String(reflecting: problems) == "\n\(problems)")
        }
    }

    @Test("types, languages and groups are found by their ids")
    func byId() throws {
        var scenario = try Self.clinic()
        #expect(scenario[type: "billing"]?.id == "billing" && scenario[type: "bill"] == nil)
        let group = try #require(scenario.agentGroups.first)
        #expect(scenario[group: group.id]?.skills == group.skills && scenario[group: "nobody"] == nil)
        scenario[type: "billing"]?.priority = 3
        scenario[type: "nothing"]?.priority = 3
        scenario[type: "billing"] = nil
        #expect(scenario[type: "billing"]?.priority == 3)
        let count = scenario.contactTypes.count
        var more = try #require(scenario[type: "billing"])
        more.id = "claims"
        scenario[type: "claims"] = more
        #expect(scenario.contactTypes.count == count + 1 && scenario.contactTypes.last?.id == "claims")

        let results = try Experiment(try Self.clinic()).run()
        let t = try #require(results.scenario.contactTypes.firstIndex { $0.id == "calls" })
        #expect(results[type: "calls"]?.sum == results.types[t].sum)
        let languages = results.classesOfType[t]
        #expect(results[type: "calls", language: "es"]?.sum == results.byClass[languages.lowerBound + 1].sum)
        #expect(results[type: "calls", language: "fr"] == nil && results[type: "none"] == nil)
        #expect(results[group: group.id]?.answered == results.groups[0].answered && results[group: "nobody"] == nil)
        // People belong to no type: all of them have an occupancy, one type has none.
        #expect(results.all.estimate(.occupancy) == results.allOccupancy.estimate(confidence: results.confidence))
        #expect(results.types[t].estimate(.occupancy) == nil && results.byClass[0].estimate(.occupancy) == nil)
    }
}
