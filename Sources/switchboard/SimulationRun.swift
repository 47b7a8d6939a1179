import Foundation
import Planning
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
    /// The scenario as the run folder keeps it, and the tables that it names there.
    private let settled: String
    private let sideTables: [SideTable]
    private let experiment: Experiment
    private let threads: Int
    private let started = Date()
    private let spool: SpooledTable?
    /// Of every contact, where that is asked for.
    private let contacts: SpooledTable?
    private let traces: Bool
    /// How things stand at the beginning, where a day is taken up.
    private let state: InputFile?
    /// The name of its copy in the run's folder.
    static let stateName = "state.yaml"

    init(
        scenario: Scenario, reading: ScenarioReading, path: String, options: ScenarioOptions, traces: Bool = false,
        state: InputFile? = nil, console: Console
    ) {
        self.state = state
        self.scenario = scenario
        self.reading = reading
        self.path = path
        self.options = options
        self.console = console
        (settled, sideTables) = Self.portable(reading)
        let settings = scenario.experiment
        let grammar = PrecisionGrammar(scenario)
        id =
            RunIdentity(
                command: "simulate", expandedScenario: settled, sideTables: sideTables,
                options: [
                    ("runs", settings.replications.map(String.init) ?? "auto"),
                    ("precision", settings.goals.map(grammar.text).joined(separator: "; ")),
                    ("max", "\(settings.maximum)"),
                ] + (traces ? [("trace", "yes")] : [])
                    + (state.map { [("from-now", String(decoding: $0.bytes, as: UTF8.self))] } ?? []),
                seed: settings.seed, version: Program.version
            ).id
        folder =
            options.saving.out.map { RunFolder(path: $0) }
            ?? RunFolder(scenario: RunFolder.shortName(ofScenario: path), command: "simulate", id: id)
        threads = options.model.threadCount
        experiment = Experiment(scenario, threads: threads)
        spool = options.saving.noSave ? nil : try? SpooledTable(ReplicationRows.header)
        contacts = traces ? try? SpooledTable(ContactRows.header, isPacked: true) : nil
        self.traces = traces
    }

    /// The scenario without remarks and its tables under the names of their copies: run from its folder, it asks the
    /// same question, with the same id.
    private static func portable(_ reading: ScenarioReading) -> (scenario: String, tables: [SideTable]) {
        let tables = reading.inputs.filter { !$0.path.hasSuffix(".yaml") && !$0.path.hasSuffix(".yml") }
        let names = SideTable.copyNames(tables.map(\.path))
        var text = reading.settled
        for (table, name) in zip(tables, names) where table.path != name {
            text = text.replacing(": " + table.path, with: ": " + name)
        }
        return (
            text,
            zip(tables, names).map { SideTable(path: $1, bytes: $0.bytes, rows: $0.rows) }
        )
    }

    /// The one command line that gives the same bytes from the run's folder.
    private func reproduce(_ results: Results) -> String {
        var words = ["switchboard simulate scenario.yaml --seed \(scenario.experiment.seed)"]
        let told = reading.scenario?.experiment ?? scenario.experiment
        let asked = scenario.experiment
        if results.stopReason == .interrupted, results.longRun == nil {
            words.append("--runs \(results.replications)")
        } else if asked.replications != told.replications {
            words.append("--runs \(asked.replications.map(String.init) ?? "auto")")
        }
        if asked.goals != told.goals {
            let grammar = PrecisionGrammar(scenario)
            words += asked.goals.map { "--precision " + CommandWords.quoted([grammar.text($0)]) }
        }
        if asked.maximum != told.maximum { words.append("--max \(asked.maximum)") }
        if traces { words.append("--trace") }
        if state != nil { words.append("--from-now \(Self.stateName)") }
        return words.joined(separator: " ")
    }

    /// `maple-street-clinic`: the scenario's own name, wherever its file lies.
    private var slug: String {
        let words = scenario.name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "scenario" : words.joined(separator: "-")
    }

    /// What progress counts.
    private var unit: String {
        guard scenario.experiment.longRun != nil else { return "runs" }
        return scenario.horizon.days.count == 1 ? "days" : scenario.horizon.days.count == 7 ? "weeks" : "periods"
    }

    /// Plays it, with progress; Ctrl-C once finishes the runs under way, twice ends at once.
    func play(progress style: Progress.Style) throws -> Results {
        if !options.saving.noSave {
            try folder.checkWritable(id: id, force: options.saving.force)
            if spool == nil || traces && contacts == nil { _ = try SpooledTable(ReplicationRows.header) }
        }
        let progress = Progress("simulating", unit: unit, style: style, console: console)
        let interruption = Interruption()
        defer {
            interruption.end()
            progress.finish()
        }
        let rows = ReplicationRows(experiment.unplayed)
        return try experiment.run(
            progress: { state in
                progress.update(ProgressReport(state))
            }, isCancelled: { interruption.isAsked },
            onRun: { number, run in try spool?.add(rows.rows(number, run)) }, trace: trace)
    }

    /// Writes down every contact, where that is asked for.
    private var trace: Experiment.Trace? {
        contacts.map { contacts in
            let words = ContactRows.Words(scenario)
            return Experiment.Trace(reader: { ContactRows($0, words) }, merge: { try contacts.add($0) })
        }
    }

    /// `contacts.csv.gz: 475,000 rows, 26 MB`; nil where contacts are not written down.
    var traceSize: String? { contacts?.size }

    /// How many tables are saved.
    var tableCount: Int { SimulationTables.names.count + [spool, contacts].compactMap { $0 }.count }

    /// Writes the run's folder, whole or not at all.
    func save(_ results: Results, _ requirements: Requirements, _ rails: GuardRails) throws {
        let finished = Date()
        let tables = SimulationTables(results, requirements: requirements, rails: rails)
        let summary = SimulationSummary(results, requirements: requirements).lines().joined(separator: "\n") + "\n"
        let rule =
            Set(scenario.contactTypes.compactMap { $0.target?.rule.formula }).sorted().joined(separator: ", ")
        let manifest = RunManifest(
            id: id, complete: results.stopReason != .interrupted,
            commandLine: "switchboard " + CommandWords.quoted(Array(CommandLine.arguments.dropFirst())),
            program: Program.description, started: Self.instant(started), finished: Self.instant(finished),
            seconds: finished.timeIntervalSince(started), threads: threads, seed: scenario.experiment.seed,
            generator: "philox4x64-10", streams: "seed, replication, subject, purpose, index",
            runsDone: results.replications,
            stopReason: results.stopReason.rawValue, confidence: results.confidence,
            varianceReduction: (
                scenario.experiment.varianceReduction.methods.map(\.rawValue),
                VarianceReductionNote.watched(results).map { ($0.id, $0.gain) }
            ), serviceLevelRule: rule,
            timezone: scenario.horizon.timeZone, tzdata: Program.tzdata,
            assumed: reading.assumed.map { ($0.setting, $0.value) },
            warnings: (reading.problems.filter { $0.severity == .warning } + SimulationWarnings(results).problems
                + rails.warnings(results.scenario)).map(\.code),
            reproduce: reproduce(results))
        try folder.write(
            RunFolder.Contents(
                name: RunFolder.name(scenario: slug, command: "simulate", id: id), title: scenario.name,
                scenario: settled, sideTables: sideTables,
                tables: tables.all, spooled: [spool, contacts].compactMap { $0 },
                files: [("summary.txt", Array(summary.utf8))] + (state.map { [(Self.stateName, $0.bytes)] } ?? []),
                manifest: manifest), force: options.saving.force)
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
