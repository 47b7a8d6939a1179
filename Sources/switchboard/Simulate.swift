import ArgumentParser
import Foundation
import Planning
import Queueing
import Reports
import Simulator

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
            "stop when each target's service level is within this (default 1 point)", valueName: "P"))
    var precision: Points?

    @Option(help: ArgumentHelp("the most runs of a run to precision (default 2000)", valueName: "N"))
    var max: Int?

    @Flag(name: .customLong("fail-if-missed"), help: "exit 2 when a target is missed")
    var failIfMissed = false

    @Flag(name: .customLong("require-precision"), help: "exit 4 when the precision is not reached")
    var requirePrecision = false

    @Flag(help: "keep every contact of every run, in contacts.csv.gz; explain contact ID tells one's story")
    var trace = false

    @OptionGroup
    var scenarioOptions: ScenarioOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    mutating func validate() throws {
        if let max, max < 1 { throw ValidationError("--max must be at least 1, not \(max)") }
        if trace && scenarioOptions.saving.noSave {
            throw ValidationError("--trace and --no-save exclude each other: a trace is a file of the run's folder")
        }
    }

    mutating func run(on console: Console) async throws {
        var reading = try ScenarioArgument.read(path, settings: scenarioOptions.settings, on: console)
        staffAsNeeded(&reading, on: console)
        guard var scenario = reading.scenario else { return }
        if let seed = scenarioOptions.model.seed { scenario.experiment.seed = seed }
        if let runs { scenario.experiment.replications = runs.count }
        if let precision {
            scenario.experiment.precision = precision.share
            if runs == nil { scenario.experiment.replications = nil }
        }
        if let max { scenario.experiment.maximum = max }

        let question = SimulationRun(
            scenario: scenario, reading: reading, path: path, options: scenarioOptions, traces: trace,
            console: console)
        if !scenarioOptions.saving.noSave, !scenarioOptions.saving.force, question.folder.isUpToDate(id: question.id) {
            let saved = try show(question.folder, of: scenario, on: console)
            console.note("up to date: \(question.folder.path); --force to run again")
            try judge(missed: saved.missed, reachedPrecision: saved.reachedPrecision)
            return
        }
        let results = try question.play(progress: output.progress)
        try show(results, question: question, on: console)
        if results.stopReason == .interrupted { throw ExitStatus.stopped }
        try judge(missed: results.missesTargets, reachedPrecision: results.stopReason != .maximum)
    }

    /// Where nobody says how many agents there are, there are as many as the targets need; says so, and remembers it
    /// among what was assumed.
    private func staffAsNeeded(_ reading: inout ScenarioReading, on console: Console) {
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
    private func judge(missed: Bool, reachedPrecision: Bool) throws {
        if requirePrecision, !reachedPrecision { throw ExitStatus.precisionNotReached }
        if failIfMissed, missed { throw ExitStatus.targetsMissed }
    }

    // MARK: Showing

    private func show(_ results: Results, question: SimulationRun, on console: Console) throws {
        let requirements = Requirements(results.scenario)
        let rails = GuardRails(results)
        let tables = SimulationTables(results, requirements: requirements, rails: rails)
        let saves = !scenarioOptions.saving.noSave && results.replications > 0
        if output.json {
            let document = SimulationDocument.json(
                scenario: results.scenario.name, runs: results.replications, stopReason: results.stopReason.rawValue,
                seed: results.scenario.experiment.seed, saved: saves ? question.folder.path : nil, tables: tables.all)
            try console.result(document.text() + "\n")
        } else if let dialect = output.csv {
            try console.result(CSV.bytes(tables.contactTypes, as: dialect))
        } else {
            let lines = SimulationSummary(results, requirements: requirements).lines(
                color: console.out.usesColor, width: console.out.width, unicode: console.unicode)
            try console.result(lines.joined(separator: "\n") + "\n")
            for line in rails.lines(results.scenario, width: console.err.width, unicode: console.unicode) {
                console.detail(line)
            }
        }
        console.report(rails.warnings(results.scenario))
        if results.stopReason == .maximum {
            console.note(
                "note: the precision was not reached in \(results.replications) runs; raise it with --max, or ask for "
                    + "less with --precision")
        }
        if saves {
            try question.save(results, requirements, rails)
            console.note("saved \(question.folder.path) (\(question.tableCount(tables)) tables)")
            if let size = question.traceSize { console.note(size) }
        }
    }

    /// Shows a finished run again, from its folder.
    private func show(
        _ folder: RunFolder, of scenario: Scenario, on console: Console
    ) throws -> (missed: Bool, reachedPrecision: Bool) {
        let names = SimulationTables.names
        let tables = names.compactMap { folder.table($0) }
        guard tables.count == names.count, let summary = folder.text("summary.txt"), let record = folder.record else {
            throw Problem(
                .error, "E721", "\(folder.path) lacks some of its files", hint: "run again with --force")
        }
        if output.json {
            let document = SimulationDocument.json(
                scenario: scenario.name, runs: record.runsDone, stopReason: record.stopReason,
                seed: scenario.experiment.seed, saved: folder.path, tables: tables)
            try console.result(document.text() + "\n")
        } else if let dialect = output.csv {
            try console.result(CSV.bytes(tables[1], as: dialect))
        } else {
            try console.result(summary)
        }
        let met = tables[0].columns.firstIndex { $0.name == "met" }
        let missed = tables[0].rows.contains { row in met.map { row[$0] == .text("no") } ?? false }
        return (missed, record.stopReason != Results.StopReason.maximum.rawValue)
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

/// `--precision "1 point"`, `1%`, `0.5 points`, `0.01`.
struct Points: ExpressibleByArgument {
    /// What to say to whoever wrote something else.
    static let expected = "points or a share, such as \"0.5 points\" or 0.5%"
    var share: Double

    init?(argument: String) {
        var text = argument.trimmingCharacters(in: .whitespaces)
        for ending in ["points", "point"] where text.hasSuffix(ending) {
            text = text.dropLast(ending.count).trimmingCharacters(in: .whitespaces) + "%"
            break
        }
        guard case .value(let share) = Units.share(text), share > 0, share < 1 else { return nil }
        self.share = share
    }
}
