import Center
import Documents
import Experiments
import Simulator
import Tabular

/// Whether a run fits into memory, said before it starts.
public struct MemoryNeed {
    private let scenario: Scenario
    private let threads: Int
    /// Bytes, at most.
    public let bytes: Double

    /// Estimates what the run takes with so many threads; nothing is played.
    public init(_ scenario: Scenario, threads: Int) {
        self.scenario = scenario
        self.threads = threads
        bytes = Experiment.memory(scenario, threads: threads)
    }

    /// E612 with the estimate and what helps; nil when the run fits.
    public func problem(having memory: Double) -> Problem? {
        guard bytes > memory else { return nil }
        return Problem(
            .error, ProblemCode.memory,
            "these runs would need about \(Self.megabytes(bytes)) of memory, and there are \(Self.megabytes(memory))",
            detail: kept, hint: hint(memory))
    }

    private static func megabytes(_ bytes: Double) -> String { PlainNumbers.grouped((bytes / 1e6).rounded()) + " MB" }

    private var kept: String {
        let types = scenario.contactTypes.count
        let periods = PlainNumbers.grouped(Double(scenario.horizon.periods.count))
        let what = "\(periods) intervals x \(types) contact type\(types == 1 ? "" : "s")"
        if let run = scenario.experiment.longRun {
            let times = (run.length / scenario.horizon.length).rounded(.up)
            return "\(what), repeated \(PlainNumbers.grouped(times)) times"
        }
        return
            "\(what), kept for each of \(threads) thread\(threads == 1 ? "" : "s") and for runs that wait to be merged"
    }

    private func hint(_ memory: Double) -> String {
        if scenario.experiment.longRun != nil { return "give a shorter \"length\", or a longer \"interval\"" }
        let alone = Experiment.memory(scenario, threads: 1)
        if threads > 1, alone <= memory {
            return
                "with --threads 1 it takes \(Self.megabytes(alone)); or give a longer \"interval\" or a shorter period"
        }
        return "give a longer \"interval\", or a shorter period"
    }
}
