import Center
import Documents
import Experiments
import Foundation
import Planning
import Reports
import ScenarioReading
import ScenarioText
import Tabular

/// One question to the simulator: its identity, its folder, its playing and its saving.
package struct SimulationStudy {
    /// What becomes of the results.
    package struct Saving: Sendable {
        /// Where, instead of `output/`.
        package var folder: String?
        package var isWanted: Bool
        /// Whether what is there is written over.
        package var replaces: Bool

        package init(folder: String? = nil, isWanted: Bool = true, replaces: Bool = false) {
            self.folder = folder
            self.isWanted = isWanted
            self.replaces = replaces
        }
    }

    package let scenario: Scenario
    package let identity: RunIdentity
    package let folder: RunFolder
    /// Whether no run of the scenario lies in the usual place yet.
    package let isFirst: Bool
    private let reading: ReadScenario
    private let saving: Saving
    /// What lay under the folder's path before the work.
    private var found: RunFolder.Survey?
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
    package static let stateName = "state.yaml"

    /// `path` is the scenario's file as it was named; `threads` changes the speed and nothing else.
    package init(
        scenario: Scenario, reading: ReadScenario, path: String, saving: Saving, threads: Int, traces: Bool = false,
        state: InputFile? = nil
    ) {
        self.scenario = scenario
        self.reading = reading
        self.saving = saving
        self.threads = threads
        self.traces = traces
        self.state = state
        (settled, sideTables) = Self.portable(reading)
        let settings = scenario.experiment
        let grammar = PrecisionGrammar(scenario)
        let zone = scenario.horizon.timeZone
        identity = RunIdentity(
            command: Self.command, expandedScenario: settled, sideTables: sideTables,
            options: [
                (Self.runs, settings.replications.map(String.init) ?? "auto"),
                ("precision", settings.goals.map(grammar.text).joined(separator: "; ")),
                ("max", "\(settings.maximum)"),
            ] + (traces ? [("trace", "yes")] : []) + (state.map { [("from-now", SHA256.hex($0.bytes))] } ?? []),
            seed: settings.seed, version: RunManifest.Program.currentVersion,
            numbers: RunManifest.Program.currentNumbers, clocks: "\(zone) \(WallClock(scenario.horizon).changes)")
        let name = RunFolder.shortName(ofScenario: path)
        folder =
            saving.folder.map { RunFolder(path: $0) }
            ?? RunFolder(scenario: name, command: Self.command, identity: identity.full)
        isFirst = saving.isWanted && !RunFolder.isAny(scenario: name, command: Self.command)
        experiment = Experiment(sound: scenario, threads: threads)
        spool = saving.isWanted ? try? SpooledTable(ReplicationRows.header) : nil
        contacts = traces ? try? SpooledTable(ContactsTable.header, isPacked: true) : nil
    }

    private static let command = "simulate"
    /// The option that says how many replications.
    private static let runs = "runs"

    /// The scenario without remarks and its tables under the names of their copies: run from its folder, it asks the
    /// same question, with the same id.
    private static func portable(_ reading: ReadScenario) -> (scenario: String, tables: [SideTable]) {
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

    // MARK: Playing

    /// Whether the folder holds the answer already.
    package var isAnswered: Bool {
        saving.isWanted && !saving.replaces && folder.isUpToDate(identity: identity.full)
    }

    /// Plays it, and gives what was seen so far when `isCancelled` says so.
    package mutating func play(
        progress: (Experiment.Progress) -> Void, isCancelled: () -> Bool
    ) throws -> Results {
        if saving.isWanted {
            found = try folder.checkWritable(identity: identity.full, force: saving.replaces)
            if spool == nil || traces && contacts == nil { _ = try SpooledTable(ReplicationRows.header) }
        }
        let rows = ReplicationRows(experiment.unplayed)
        return try experiment.run(
            progress: progress, isCancelled: isCancelled,
            onRun: { [spool] number, run in try spool?.add(rows.rows(number, run)) }, trace: trace)
    }

    /// Writes down every contact, where that is asked for.
    private var trace: Experiment.Trace? {
        contacts.map { contacts in
            let words = ContactWords(scenario)
            return Experiment.Trace(reader: { ContactRows($0, words) }, merge: { try contacts.add($0) })
        }
    }

    // MARK: Saving

    /// `contacts.csv.gz: 475,000 rows, 26 MB`; nil where contacts are not written down.
    package var traceSize: String? { contacts?.size }

    /// How many tables are saved.
    package var tableCount: Int { SimulationTables.names.count + [spool, contacts].compactMap { $0 }.count }

    /// Writes the run's folder, whole or not at all; gives the folder, which is another where somebody took the place
    /// meanwhile. `words` are those of the command line after the program's name.
    package func save(
        _ results: Results, _ tables: SimulationTables, _ rails: GuardRails, _ screen: Report, words: [String]
    ) throws -> RunFolder {
        let finished = Date()
        let rule =
            Set(scenario.contactTypes.compactMap { $0.target?.rule.formula }).sorted().joined(separator: ", ")
        let manifest = RunManifest(
            asked: identity, done: answered(by: results), complete: !isStopped(results),
            commandLine: "switchboard " + ShellWords.quoted(words),
            program: .current, started: Self.instant(started), finished: Self.instant(finished),
            seconds: finished.timeIntervalSince(started), threads: threads, seed: scenario.experiment.seed,
            generator: "philox4x64-10", streams: "seed, replication, subject, purpose, index",
            runsDone: results.replications,
            stopReason: results.stopReason.rawValue, confidence: results.confidence,
            varianceReduction: (
                scenario.experiment.varianceReduction.methods.map(\.rawValue),
                VarianceReductionNote.watched(results).map { ($0.id, $0.gain) }
            ), serviceLevelRule: rule,
            timezone: scenario.horizon.timeZone, tzdata: RunManifest.Program.tzdata,
            assumed: reading.assumed.map { ($0.setting, $0.value) },
            warnings: (reading.problems.filter { $0.severity == .warning } + SimulationWarnings(results).problems
                + rails.warnings(results.scenario)).map(\.code),
            reproduce: reproduce(results))
        let saved = try folder.write(
            RunFolder.Contents(
                name: RunFolder.name(scenario: slug, command: Self.command, id: manifest.done.id), title: scenario.name,
                scenario: settled, sideTables: sideTables,
                tables: tables.all, spooled: [spool, contacts].compactMap { $0 },
                files: [("summary.txt", Array(screen.text().utf8))]
                    + (state.map { [(Self.stateName, $0.bytes)] } ?? []),
                manifest: manifest), force: saving.replaces, found: found)
        if case .elsewhere(let path) = saved { return RunFolder(path: path) }
        return folder
    }

    /// Says that another run or somebody's files took the folder while this run was played.
    package func displaced(to other: RunFolder) -> Problem {
        Problem(
            .error, "E721", "\(folder.path) was taken or changed while this run was played, and is left as it is",
            hint: "this run is saved in \(other.path)")
    }

    /// The question whose whole answer the results are: of a run that was stopped, the one with as many replications as
    /// were done. A long run that was stopped is no other question's answer.
    private func answered(by results: Results) -> RunIdentity {
        var done = identity
        guard isStopped(results), results.longRun == nil else { return done }
        for index in done.options.indices where done.options[index].name == Self.runs {
            done.options[index].value = "\(results.replications)"
        }
        return done
    }

    private func isStopped(_ results: Results) -> Bool { results.stopReason == .interrupted }

    /// The one command line that gives the same bytes from the run's folder.
    private func reproduce(_ results: Results) -> String {
        var words = ["switchboard simulate scenario.yaml --seed \(scenario.experiment.seed)"]
        let told = reading.scenario?.experiment ?? scenario.experiment
        let asked = scenario.experiment
        if isStopped(results), results.longRun == nil {
            words.append("--runs \(results.replications)")
        } else if asked.replications != told.replications {
            words.append("--runs \(asked.replications.map(String.init) ?? "auto")")
        }
        if asked.goals != told.goals {
            let grammar = PrecisionGrammar(scenario)
            words += asked.goals.map { "--precision " + ShellWords.quoted([grammar.text($0)]) }
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

    /// ISO 8601 with the computer's offset; for `run.json` only.
    private static func instant(_ date: Date) -> String {
        let style = Date.ISO8601FormatStyle(timeZone: .current).year().month().day().dateSeparator(.dash).time(
            includingFractionalSeconds: false
        ).timeZone(separator: .colon)
        return date.formatted(style)
    }
}
