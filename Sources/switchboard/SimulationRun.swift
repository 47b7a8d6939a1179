import Foundation
import Queueing
import Reports
import Simulator
import Synchronization

/// One question to the simulator: its identity, its folder, its playing and its saving.
struct SimulationRun {
    let scenario: Scenario
    let reading: ScenarioReading
    let path: String
    let options: ScenarioOptions
    let console: Console
    let id: String
    let folder: RunFolder
    private let experiment: Experiment
    private let threads: Int
    private let started = Date()
    private let spool: SpooledTable?

    init(
        scenario: Scenario, reading: ScenarioReading, path: String, options: ScenarioOptions, console: Console
    ) {
        self.scenario = scenario
        self.reading = reading
        self.path = path
        self.options = options
        self.console = console
        let settings = scenario.experiment
        id =
            RunIdentity(
                command: "simulate", expandedScenario: reading.expanded, sideTables: Self.sideTables(reading),
                options: [
                    ("runs", settings.replications.map(String.init) ?? "auto"), ("precision", "\(settings.precision)"),
                    ("max", "\(settings.maximum)"),
                ], seed: settings.seed, version: Program.version
            ).id
        folder =
            options.saving.out.map { RunFolder(path: $0) }
            ?? RunFolder(scenario: RunFolder.shortName(ofScenario: path), command: "simulate", id: id)
        threads = options.model.threads ?? ProcessInfo.processInfo.activeProcessorCount
        experiment = Experiment(scenario, threads: threads)
        spool = options.saving.noSave ? nil : try? SpooledTable(ReplicationRows.header)
    }

    private static func sideTables(_ reading: ScenarioReading) -> [SideTable] {
        reading.inputs.map { SideTable(path: $0.path, bytes: $0.bytes, rows: $0.rows) }
    }

    /// Plays it, with progress; Ctrl-C once finishes the runs under way, twice ends at once.
    func play(progress style: Progress.Style) throws -> Results {
        if !options.saving.noSave {
            try folder.checkWritable(id: id, force: options.saving.force)
            if spool == nil { _ = try SpooledTable(ReplicationRows.header) }
        }
        let progress = Progress("simulating", unit: "runs", style: style, console: console)
        let interruption = Interruption()
        defer {
            interruption.end()
            progress.finish()
        }
        let rows = ReplicationRows(experiment.unplayed)
        return try experiment.run(
            progress: { state in
                progress.update(
                    ProgressReport(
                        done: state.done, total: state.total, about: state.isGuess, watched: state.watched,
                        value: state.value, halfWidth: state.halfWidth, goal: state.isGuess ? state.goal : nil))
            }, isCancelled: { interruption.isAsked },
            onRun: { number, run in try spool?.add(rows.rows(number, run)) })
    }

    /// Writes the run's folder, whole or not at all.
    func save(_ results: Results) throws {
        let finished = Date()
        let tables = SimulationTables(results)
        let summary = SimulationSummary(results).lines().joined(separator: "\n") + "\n"
        let rule =
            Set(scenario.contactTypes.compactMap { $0.target?.rule.formula }).sorted().joined(separator: ", ")
        let manifest = RunManifest(
            id: id, complete: results.stopReason != .interrupted,
            commandLine: "switchboard " + CommandWords.quoted(Array(CommandLine.arguments.dropFirst())),
            program: Program.description, started: Self.instant(started), finished: Self.instant(finished),
            seconds: finished.timeIntervalSince(started), threads: threads, seed: scenario.experiment.seed,
            generator: "philox4x64-10", streams: "seed, replication, subject, purpose, index",
            runsDone: results.replications,
            stopReason: results.stopReason.rawValue, confidence: results.confidence, serviceLevelRule: rule,
            timezone: scenario.horizon.timeZone, tzdata: Program.tzdata,
            assumed: reading.assumed.map { ($0.setting, $0.value) },
            warnings: reading.problems.filter { $0.severity == .warning }.map(\.code),
            reproduce:
                "switchboard simulate scenario.yaml --seed \(scenario.experiment.seed) --runs \(results.replications)")
        try folder.write(
            RunFolder.Contents(
                name: RunFolder.name(
                    scenario: RunFolder.shortName(ofScenario: path), command: "simulate", id: id),
                title: scenario.name, scenario: reading.expanded, sideTables: Self.sideTables(reading),
                tables: tables.all, spooled: [spool].compactMap { $0 },
                files: [("summary.txt", Array(summary.utf8))], manifest: manifest), force: options.saving.force)
    }

    /// ISO 8601 with the computer's offset; for `run.json` only.
    private static func instant(_ date: Date) -> String {
        let style = Date.ISO8601FormatStyle(timeZone: .current).year().month().day().dateSeparator(.dash).time(
            includingFractionalSeconds: false
        ).timeZone(separator: .colon)
        return date.formatted(style)
    }
}

/// Whether Ctrl-C was pressed: once asks for an end, twice ends at once.
final class Interruption: Sendable {
    private static let count = Atomic<Int>(0)

    init() {
        Self.count.store(0, ordering: .relaxed)
        signal(SIGINT) { _ in
            // Nothing but an atomic and _exit is safe here. The temporary file has no name, so nothing stays behind.
            if Interruption.count.wrappingAdd(1, ordering: .relaxed).newValue > 1 { _exit(130) }
        }
    }

    var isAsked: Bool { Self.count.load(ordering: .relaxed) > 0 }

    func end() { signal(SIGINT, SIG_DFL) }
}
