import Center
import Foundation
import Simulator

/// Plays a scenario until its precision is reached: replications from a source, merged in order.
///
/// The stopping rule looks only at whole batches of merged replications, whose sizes follow from what was merged
/// before, so the number of replications never depends on threads or luck of scheduling.
public final class Experiment: Sendable {
    /// How far it is, for whoever watches.
    public struct Progress: Sendable {
        /// Replications merged so far; of a long run, cycles played.
        public var done: Int
        /// The replications planned now, or the guess from the intervals so far; of a long run, the cycles to be
        /// played.
        public var total: Int
        /// Whether `total` is a guess: of a run to precision always, of a fixed number or a long run never.
        public var isGuess: Bool
        /// The figure farthest from its precision.
        public var watched: WatchedFigure?
    }

    /// For whoever follows every contact.
    package struct Trace {
        /// Makes the reader of a replication's contacts; called on the thread that plays it.
        let reader: @Sendable (Int) -> any ContactReader
        /// Gets each reader, when it has read all, in the order of replications.
        let merge: (any ContactReader) throws -> Void

        package init<Reader: ContactReader>(
            reader: @escaping @Sendable (Int) -> Reader, merge: @escaping (Reader) throws -> Void
        ) {
            self.reader = reader
            self.merge = { if let reader = $0 as? Reader { try merge(reader) } }
        }
    }

    private let scenario: Scenario
    private let plan: Blueprint
    private let threads: Int

    /// Prepares the scenario; `threads` changes the speed and nothing else.
    ///
    /// Throws `Problems` where the scenario makes no sense, as one that was edited in code may.
    public convenience init(_ scenario: Scenario, threads: Int? = nil) throws {
        try scenario.validate()
        self.init(sound: scenario, threads: threads)
    }

    /// Of a scenario as a file or a formula gave it, which needs no check.
    package init(sound scenario: Scenario, threads: Int? = nil) {
        self.scenario = scenario
        let isLong = scenario.experiment.longRun != nil
        // One long run has no replications to compare.
        plan = Blueprint(scenario, reducing: isLong ? .none : scenario.experiment.varianceReduction)
        // The cycles of a long run follow each other, so more threads would not help.
        self.threads = isLong ? 1 : max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }

    private var threadSource: ThreadSource { ThreadSource(plan, seed: scenario.experiment.seed, threads: threads) }

    /// The results before the first replication: staffing and pay are known, nobody has called.
    public var unplayed: Results { Results(scenario, plan: plan) }

    /// Plays and returns what was seen. The work is done on threads of its own; meanwhile the calling thread calls
    /// `progress` and asks `isCancelled` once every tenth of a second, so that a run shorter than that does neither. A
    /// cancelled run ends after the replications that are being played, with the results merged so far. `onRun` gets each
    /// replication in order, of a long run each cycle that counts, when it is over; what it throws ends the run.
    public func run(
        progress: (Progress) -> Void = { _ in }, isCancelled: () -> Bool = { false },
        onRun: ((Int, Results.Run) throws -> Void)? = nil
    ) throws -> Results {
        try run(progress: progress, isCancelled: isCancelled, onRun: onRun, trace: nil)
    }

    /// Likewise, and follows every contact.
    package func run(
        progress: (Progress) -> Void, isCancelled: () -> Bool, onRun: ((Int, Results.Run) throws -> Void)?,
        trace: Trace?
    ) throws -> Results {
        try ExperimentRun(scenario, plan, source: threadSource, onRun: onRun ?? { _, _ in }, trace: trace)
            .play(progress: progress, isCancelled: isCancelled)
    }

    /// Plays replications wherever the source has them from, which must play this scenario with this seed.
    package func run(from source: any ReplicationSource) throws -> Results {
        try ExperimentRun(scenario, plan, source: source, onRun: { _, _ in }, trace: nil)
            .play(progress: { _ in }, isCancelled: { false })
    }

    /// Likewise; `look` gets the results after some numbers of replications, as if no more had been asked for.
    public func run(lookingAfter counts: [Int], _ look: @escaping (Results) -> Void) throws -> Results {
        let run = ExperimentRun(scenario, plan, source: threadSource, onRun: { _, _ in }, trace: nil)
        run.looks = counts.sorted()
        run.onLook = look
        return try run.play(progress: { _ in }, isCancelled: { false })
    }
}
