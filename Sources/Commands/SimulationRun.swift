import Center
import Documents
import Experiments
import Planning
import Reports
import ScenarioReading
import Studies

/// A study on the console: with progress, and with signals that end it.
struct SimulationRun {
    var study: SimulationStudy
    let reading: ReadScenario
    let path: String
    let threads: Int
    let console: Console
    private let takesUp: Bool
    private let interruption = Interruption()

    init(_ study: SimulationStudy, reading: ReadScenario, path: String, threads: Int, takesUp: Bool, console: Console) {
        self.study = study
        self.reading = reading
        self.path = path
        self.threads = threads
        self.takesUp = takesUp
        self.console = console
    }

    /// Which signal asked for an end, if one did.
    var stoppedBy: Interruption.Signal? { interruption.signal }

    /// What progress counts.
    private var unit: String {
        let scenario = study.scenario
        guard scenario.experiment.longRun != nil else { return "runs" }
        return scenario.horizon.days.count == 1 ? "days" : scenario.horizon.days.count == 7 ? "weeks" : "periods"
    }

    /// Lines about what was assumed and what hangs on it, for whoever asks about this scenario for the first time.
    func assumptions(progress style: Progress.Style) throws -> [String] {
        guard study.isFirst, !takesUp else { return [] }
        let progress = Progress("weighing what was assumed", unit: "runs", style: style, console: console)
        defer { progress.finish() }
        let costs = try AssumptionCosts(
            study.scenario, assumed: reading.assumed, threads: threads,
            progress: { progress.update(ProgressReport($0)) },
            isCancelled: { [interruption] in interruption.signal != nil })
        return costs.map {
            AssumptionNotes.lines(
                $0, count: reading.assumed.count, path: ShellWords.quoted([path]), width: console.err.width ?? .max)
        } ?? []
    }

    /// Plays it, with progress; a signal once finishes the runs under way, twice ends at once.
    mutating func play(progress style: Progress.Style) throws -> Results {
        let progress = Progress("simulating", unit: unit, style: style, console: console)
        interruption.begin()
        defer { progress.finish() }
        return try study.play(
            progress: { progress.update(ProgressReport($0)) },
            isCancelled: { [interruption] in interruption.signal != nil })
    }

    /// Writes the run's folder. A signal while it is written does not end it; a second one does.
    func save(
        _ results: Results, _ tables: SimulationTables, _ rails: GuardRails, _ screen: Report
    ) throws -> RunFolder {
        defer { interruption.end() }
        return try study.save(results, tables, rails, screen, words: Array(CommandLine.arguments.dropFirst()))
    }
}
