import ArgumentParser
import Center
import Documents
import Experiments
import Foundation
import Planning
import Queueing
import Reports
import ScenarioReading
import ScenarioText
import Simulator
import Studies
import Tabular

/// Plays a scenario many times and reports what callers and agents would see.
struct Simulate: Command {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract:
            "Test a plan: play the scenario many times and report what callers and agents would see.",
        usage: "switchboard simulate SCENARIO [options]",
        discussion: """
            switchboard simulate clinic.yaml
            switchboard simulate clinic.yaml --set agents=10 --runs 200
            switchboard simulate clinic.yaml --json | jq .summary
            switchboard simulate clinic.yaml --runs 5 --trace
            switchboard simulate clinic.yaml --from-now state.yaml
            """,
        aliases: ["sim"])

    @Argument(help: ArgumentHelp("the scenario file, or a folder with scenario.yaml", valueName: "SCENARIO"))
    var path: String

    @Option(
        name: [.customLong("runs"), .customLong("replications")],
        help: ArgumentHelp("how many times to play it (auto: until --precision; default auto)", valueName: "N|auto"))
    var runs: RunCount?

    @Option(
        help: ArgumentHelp(
            "stop when each target's service level is within this (default 1 point); \"2s on asa\" for another figure; "
                + "can be given more than once", valueName: "P"))
    var precision: [String] = []

    @Option(help: ArgumentHelp("the most runs of a run to precision (default 2000)", valueName: "N"))
    var max: Int?

    @Flag(
        name: .customLong("fail-if-missed"),
        help: "exit 2 when a target is missed by its value, for all callers or in a language")
    var failIfMissed = false

    @Flag(name: .customLong("require-precision"), help: "exit 4 when the precision is not reached")
    var requirePrecision = false

    @Flag(help: "keep every contact of every run, in contacts.csv.gz; explain contact ID tells one's story")
    var trace = false

    @Option(
        name: .customLong("from-now"),
        help: ArgumentHelp(
            "begin in the middle of a day: who waits, who is served and who is there now", valueName: "FILE"))
    var fromNow: String?

    @OptionGroup
    var scenarioOptions: ScenarioOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    mutating func validate() throws {
        if let max, max < StoppingRule.fewestReplications {
            throw ValidationError("--max must be at least \(StoppingRule.fewestReplications), not \(max)")
        }
        if max != nil, let runs, runs.count != nil {
            throw ValidationError("--max and --runs N exclude each other: N runs are played, whatever they show")
        }
        if trace && fromNow != nil {
            throw ValidationError(
                "--trace and --from-now exclude each other: of contacts that are here already the beginning is not known"
            )
        }
        if trace && scenarioOptions.saving.noSave {
            throw ValidationError("--trace and --no-save exclude each other: a trace is a file of the run's folder")
        }
    }

    mutating func run(on console: Console) async throws {
        var reading = try ScenarioArgument.read(path, settings: scenarioOptions.settings, on: console)
        staffAsNeeded(&reading, on: console)
        guard var scenario = reading.scenario else { return }
        if let seed = scenarioOptions.model.seed { scenario.experiment.seed = seed }
        if scenario.experiment.longRun != nil { try refuseRuns() }
        let state = try takeUp(&scenario)
        if let runs { scenario.experiment.replications = runs.count }
        if !precision.isEmpty {
            scenario.experiment.goals = try goals(for: scenario)
            if runs == nil { scenario.experiment.replications = nil }
        }
        if let max { scenario.experiment.maximum = max }
        let experiment = scenario.experiment
        if let problem = runs?.count.flatMap({ experiment.tooFewBlocks($0, in: "--runs") })
            ?? max.flatMap({ experiment.tooFewBlocks($0, in: "--max") })
        {
            throw Failure([problem], .wrongCommandLine)
        }

        try Machine.checkMemory(for: scenario, threads: scenarioOptions.model.threadCount)
        let saving = scenarioOptions.saving
        let threads = scenarioOptions.model.threadCount
        let study = SimulationStudy(
            scenario: scenario, reading: reading, path: path,
            saving: .init(folder: saving.out, isWanted: !saving.noSave, replaces: saving.force), threads: threads,
            traces: trace, state: state)
        if study.isAnswered {
            let saved = try show(study.folder, of: scenario, on: console)
            console.note("up to date: \(study.folder.path); --force to run again")
            try judge(missed: saved.missed, isAsAsked: saved.isAsAsked)
            return
        }
        var question = SimulationRun(
            study, reading: reading, path: path, threads: threads, takesUp: state != nil, console: console)
        let results = try question.play(progress: output.progress)
        try report(results, question: question, on: console)
        if results.stopReason == .interrupted {
            let signal = question.stoppedBy ?? .interrupt
            console.note(
                "stopped by \(signal.name): \(Self.whatIsLeft(results, isSaved: !scenarioOptions.saving.noSave))")
            throw signal.status
        }
        if failIfMissed, let missed = SimulationSummary.missed(results) { console.note("missed: \(missed)") }
        try judge(missed: results.missesTargets, isAsAsked: results.stopReason.isAsAsked)
    }

    /// A long run is not repeated.
    private func refuseRuns() throws {
        let given = [
            ("--runs", runs != nil), ("--precision", !precision.isEmpty), ("--max", max != nil), ("--trace", trace),
            ("--from-now", fromNow != nil),
        ]
        guard let option = given.first(where: \.1)?.0 else { return }
        throw Failure(
            [
                Problem(
                    .error, "E712", "\(option) and \"mode: long_run\" of the scenario exclude each other",
                    hint: option == "--trace"
                        ? "a long run is not written down contact by contact; leave out --trace"
                        : option == "--from-now"
                            ? "the rest of a day is no long run; --set experiment.mode=runs"
                            : "a long run is as long as its \"length\"")
            ], .wrongCommandLine)
    }

    /// Where a day is taken up, the scenario is the rest of it; gives the file that says how things stand.
    private func takeUp(_ scenario: inout Scenario) throws -> InputFile? {
        guard let fromNow else { return nil }
        let outcome = RunningDayFile.read(path: fromNow, for: scenario)
        guard let day = outcome.day else { throw Problems(outcome.problems) }
        scenario = scenario.rest(of: day)
        return outcome.input
    }

    /// What `--precision` asks for; names are those of the scenario.
    private func goals(for scenario: Scenario) throws -> [PrecisionGoal] {
        let grammar = PrecisionGrammar(scenario)
        var values = OptionValues()
        let goals = precision.compactMap { text in
            values.read(Points.spelled(text), of: "--precision") { text in
                do throws(PrecisionGrammar.Fault) { return .value(try grammar.goal(text)) } catch {
                    return .wrong(error.wrong)
                }
            }
        }
        try values.check()
        return goals
    }

    /// Where nobody says how many agents there are, there are as many as the targets need; says so, and remembers it
    /// among what was assumed.
    private func staffAsNeeded(_ reading: inout ReadScenario, on console: Console) {
        guard let scenario = reading.scenario else { return }
        let needed = NeededStaffing(scenario)
        reading.scenario = needed.scenario
        for group in needed.groups {
            let range =
                group.least == group.most ? "\(group.most)" : "\(group.least) to \(group.most)"
            let setting = "agent_groups.\(group.id).agents"
            for index in reading.assumed.indices where reading.assumed[index].setting == setting {
                reading.assumed[index].value += ", \(range) on the rota"
            }
            console.note(
                "note: as many \(group.id) are there as the targets need by formula, \(range) on the rota by interval.")
        }
    }

    /// Exit 4 before exit 2: whether a target is missed is not known well enough.
    private func judge(missed: Bool, isAsAsked: Bool) throws {
        if requirePrecision, !isAsAsked { throw ExitStatus.precisionNotReached }
        if failIfMissed, missed { throw ExitStatus.targetsMissed }
    }

    // MARK: Showing

    /// Saves first and prints second: whatever happens to stdout, the work is not lost. Nor is it to whoever looks, if it
    /// cannot be saved.
    private func report(_ results: Results, question: SimulationRun, on console: Console) throws {
        let requirements = Requirements(results.scenario)
        let rails = GuardRails(results)
        let tables = SimulationTables(results, requirements: requirements, rails: rails)
        lazy var screen = SimulationSummary(results, requirements: requirements).report
        var folder: RunFolder?
        var failure: Problem?
        if !scenarioOptions.saving.noSave && results.replications > 0 {
            do { folder = try question.save(results, tables, rails, screen) } catch let problem as Problem {
                failure = problem
            }
        }
        if let folder, folder.path != question.study.folder.path { failure = question.study.displaced(to: folder) }
        var unshown: Problem?
        do { try show(results, screen, tables, saved: folder, on: console) } catch let problem as Problem {
            unshown = problem
        }
        if !output.json, output.csv == nil {
            let lines = rails.report(results.scenario).lines(width: console.err.width, unicode: console.unicode)
            for line in lines { console.detail(line) }
        }
        console.report(rails.warnings(results.scenario))
        console.report(SimulationWarnings(results).problems)
        if let note = VarianceReductionNote.text(results) { console.note(note) }
        if let folder {
            console.note("saved \(folder.path) (\(question.study.tableCount) tables)")
            if let size = question.study.traceSize { console.note(size) }
        }
        let problems = [failure, unshown].compactMap { $0 }
        if !problems.isEmpty { throw Failure(problems, ExitStatus(of: problems), outcome: "") }
        // Whoever says how often to play it has been here before.
        if runs == nil, results.stopReason != .interrupted, !output.json, output.csv == nil,
            console.verbosity != .quiet
        {
            for line in try question.assumptions(progress: output.progress) { console.note(line) }
        }
    }

    private func show(
        _ results: Results, _ screen: @autoclosure () -> Report, _ tables: SimulationTables, saved: RunFolder?,
        on console: Console
    ) throws {
        if output.json {
            let document = SimulationDocument.json(
                scenario: results.scenario.name, runs: results.replications, stopReason: results.stopReason.rawValue,
                seed: results.scenario.experiment.seed, saved: saved?.path, tables: tables.all)
            try console.result(document.text() + "\n", kept: saved?.path)
        } else if let dialect = output.csv {
            try console.result(CSV.bytes(tables.contactTypes, as: dialect), kept: saved?.path)
        } else {
            try console.show(screen(), kept: saved?.path)
        }
    }

    /// What there is of a run that was stopped.
    private static func whatIsLeft(_ results: Results, isSaved: Bool) -> String {
        if results.replications == 0 { return "no run was done until then, so there is nothing to keep" }
        return isSaved
            ? "what was done until then is kept and marked incomplete" : "this is what was done until then"
    }

    /// Shows a finished run again, from its folder.
    private func show(
        _ folder: RunFolder, of scenario: Scenario, on console: Console
    ) throws -> (missed: Bool, isAsAsked: Bool) {
        let names = SimulationTables.names
        let tables = names.compactMap { folder.table($0) }
        guard tables.count == names.count, let screen = folder.text("summary.txt"), let record = folder.record,
            let summary = tables.first(where: { $0.name == SimulationTables.summaryName }),
            let contactTypes = tables.first(where: { $0.name == SimulationTables.contactTypesName })
        else {
            throw Problem(
                .error, "E721", "\(folder.path) lacks some of its files", hint: "run again with --force")
        }
        if output.json {
            let document = SimulationDocument.json(
                scenario: scenario.name, runs: record.runsDone, stopReason: record.stopReason,
                seed: scenario.experiment.seed, saved: folder.path, tables: tables)
            try console.result(document.text() + "\n", kept: folder.path)
        } else if let dialect = output.csv {
            try console.result(CSV.bytes(contactTypes, as: dialect), kept: folder.path)
        } else {
            try console.result(screen, kept: folder.path)
        }
        console.report(
            SimulationWarnings.problems(stopReason: record.stopReason, runs: record.runsDone, summary: summary))
        return (
            SimulationWarnings.missesTargets(summary),
            Results.StopReason(rawValue: record.stopReason)?.isAsAsked ?? true
        )
    }
}

/// `--runs 200` or `--runs auto`.
struct RunCount: ExpressibleByArgument {
    /// nil: until the precision is reached.
    var count: Int?

    init?(argument: String) {
        if argument == "auto" { return }
        guard case .value(let count) = Units.count(argument), count > 0, count <= 100_000_000 else { return nil }
        self.count = count
    }
}

/// `--precision "1 point"`, `0.5points`, `1%`, `0.01`: points are also taken as a share.
enum Points {
    /// The same in the words of scenario files; other texts unchanged.
    static func spelled(_ text: String) -> String {
        let words = text.trimmingCharacters(in: .whitespaces)
        let rest = words.firstRange(of: " on ").map { String(words[$0.lowerBound...]) } ?? ""
        // What follows may be a time, and 5% of a time is no point.
        guard rest.isEmpty || rest.hasPrefix(" on service_level") else { return words }
        var number = String(words.dropLast(rest.count))
        for ending in ["points", "point"] where number.hasSuffix(ending) {
            number = number.dropLast(ending.count).trimmingCharacters(in: .whitespaces) + "%"
            break
        }
        guard case .value(let share) = Units.share(number), share > 0, share <= 0.5 else { return words }
        return Units.formatPoints(share) + rest
    }
}
