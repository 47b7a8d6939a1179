import Foundation
import Queueing

/// Plays a scenario until its precision is reached: replications on all cores, merged in order.
///
/// The stopping rule looks only at whole batches of merged replications, whose sizes follow from what was merged
/// before, so the number of replications never depends on threads or luck of scheduling.
public final class Experiment: @unchecked Sendable {
    /// How far it is, for whoever watches.
    public struct Progress: Sendable {
        public var done: Int
        /// The replications planned now; a guess until the precision is reached.
        public var total: Int
        public var isGuess: Bool
        /// The contact type farthest from its precision, with value and half-width as fractions.
        public var watched: String?
        public var value: Double?
        public var halfWidth: Double?
        public var goal: Double
    }

    /// The fewest replications of a run to precision: below, Student's interval of a ratio is not to be trusted.
    public static let fewestReplications = 20

    private let scenario: Scenario
    private let plan: Blueprint
    private let threads: Int
    private let lock = NSCondition()
    private var results: Results
    private var nextNumber = 0
    private var limit: Int
    private var isFinished = false
    private var workersLeft: Int
    private var waiting: [Int: Snapshot] = [:]
    private var onRun: ((Int, Results.Run) throws -> Void)?
    private var trace: Trace?
    private var failure: (any Error)?

    /// Prepares the scenario; `threads` changes the speed and nothing else.
    public init(_ scenario: Scenario, threads: Int? = nil) {
        self.scenario = scenario
        plan = Blueprint(scenario)
        let wanted = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
        self.threads = wanted
        workersLeft = wanted
        results = Results(scenario, plan: plan)
        limit =
            scenario.experiment.replications ?? min(Self.fewestReplications, max(1, scenario.experiment.maximum))
    }

    /// What stands before the first replication: staffing and pay are known, nobody has called.
    public var unplayed: Results { Results(scenario, plan: plan) }

    /// Plays and returns what was seen. `progress` is called about ten times a second; `isCancelled` is asked as often
    /// and ends the experiment after the replications under way; `onRun` gets each replication in order.
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
        self.onRun = onRun
        self.trace = trace
        for _ in 0..<threads {
            let thread = Thread { self.work() }
            thread.stackSize = 1 << 21
            thread.start()
        }
        lock.lock()
        while workersLeft > 0 {
            _ = lock.wait(until: Date(timeIntervalSinceNow: 0.1))
            if workersLeft > 0 {
                if isCancelled(), !isFinished {
                    isFinished = true
                    results.stopReason = .interrupted
                    lock.broadcast()
                }
                let state = progressNow()
                lock.unlock()
                progress(state)
                lock.lock()
            }
        }
        let result = results
        let failed = failure
        lock.unlock()
        if let failed { throw failed }
        return result
    }

    /// For whoever follows every contact.
    package struct Trace {
        /// Makes the reader of a replication's contacts; called on the thread that plays it.
        let reader: (Int) -> any ContactReader
        /// Gets each reader, when it has read all, in the order of replications.
        let merge: (any ContactReader) throws -> Void

        package init<Reader: ContactReader>(
            reader: @escaping @Sendable (Int) -> Reader, merge: @escaping (Reader) throws -> Void
        ) {
            self.reader = reader
            self.merge = { if let reader = $0 as? Reader { try merge(reader) } }
        }
    }

    // MARK: Workers

    /// A copy of what a replication saw, kept until those before it are merged.
    private struct Snapshot {
        let seen: Observations
        let reader: (any ContactReader)?

        init(_ source: Observations, _ reader: (any ContactReader)?, _ plan: Blueprint) {
            self.reader = reader
            seen = Observations(plan)
            seen.contacts.base.update(from: source.contacts.base, count: source.contacts.count)
            seen.groups.base.update(from: source.groups.base, count: source.groups.count)
            seen.queueMax.base.update(from: source.queueMax.base, count: source.queueMax.count)
        }
    }

    private func work() {
        var replication = Replication(plan, seed: scenario.experiment.seed)
        while let number = take() {
            let reader = trace?.reader(number)
            replication.diary = reader.map { Diary(plan, reader: $0) }
            replication.play(number)
            merge(number, replication.seen, reader)
        }
        lock.lock()
        results.addWaits(byClass: replication.waits, byPeriod: replication.waitsByPeriod)
        workersLeft -= 1
        lock.broadcast()
        lock.unlock()
    }

    /// The next number to play; nil when there is nothing more to do. Nobody runs far ahead of the merge, so memory
    /// does not grow with the number of replications.
    private func take() -> Int? {
        lock.lock()
        defer { lock.unlock() }
        while !isFinished, nextNumber >= limit || nextNumber >= results.replications + 4 * threads { lock.wait() }
        if isFinished { return nil }
        nextNumber += 1
        return nextNumber - 1
    }

    private func merge(_ number: Int, _ seen: Observations, _ reader: (any ContactReader)?) {
        lock.lock()
        defer { lock.unlock() }
        if number != results.replications {
            waiting[number] = Snapshot(seen, reader, plan)
            return
        }
        fold(number, seen, reader)
        while let next = waiting.removeValue(forKey: results.replications) {
            fold(results.replications, next.seen, next.reader)
            next.seen.free()
        }
        if results.replications == limit, !isFinished { decide() }
        lock.broadcast()
    }

    private func fold(_ number: Int, _ seen: Observations, _ reader: (any ContactReader)?) {
        let run = results.fold(seen)
        guard failure == nil else { return }
        do {
            try onRun?(number, run)
            if let reader { try trace?.merge(reader) }
        } catch {
            failure = error
            isFinished = true
        }
    }

    // MARK: Stopping

    /// The types whose service level is watched.
    private var watched: [Int] {
        if !scenario.experiment.watched.isEmpty { return scenario.experiment.watched }
        return scenario.contactTypes.indices.filter { scenario.contactTypes[$0].target != nil }
    }

    /// The watched figure with the widest interval; abandonment of everything when no type has a target.
    private func widest() -> (name: String, estimate: Estimate)? {
        let confidence = scenario.experiment.confidence
        let types = watched
        if types.isEmpty {
            return results.all.tally(.abandonment).estimate(confidence: confidence).map { ("hang-ups", $0) }
        }
        var widest: (name: String, estimate: Estimate)?
        for t in types {
            guard let estimate = results.types[t].serviceLevel.estimate(confidence: confidence) else { continue }
            if estimate.halfWidth > widest?.estimate.halfWidth ?? -1 {
                widest = (scenario.contactTypes[t].id, estimate)
            }
        }
        return widest
    }

    /// After a whole batch: stop, or set the size of the next from needed = done × (half-width / goal)².
    private func decide() {
        let done = results.replications
        if scenario.experiment.replications != nil {
            finish(.fixed)
            return
        }
        let goal = scenario.experiment.precision
        let half = widest()?.estimate.halfWidth ?? 0
        if done >= Self.fewestReplications, half <= goal {
            finish(.precision)
        } else if done >= scenario.experiment.maximum {
            finish(.maximum)
        } else {
            // At least a tenth more, at most three times as many: the half-width is itself an estimate.
            let needed = half.isFinite ? Double(done) * (half / goal) * (half / goal) : 2 * Double(done)
            let next = min(max(needed.rounded(.up), Double(done + max(4, done / 10))), Double(3 * done))
            limit = min(Int(next), scenario.experiment.maximum)
        }
    }

    private func finish(_ reason: Results.StopReason) {
        results.stopReason = reason
        isFinished = true
    }

    private func progressNow() -> Progress {
        let isGuess = scenario.experiment.replications == nil
        var progress = Progress(
            done: results.replications, total: limit, isGuess: isGuess, goal: scenario.experiment.precision)
        if results.replications > 1, let widest = widest() {
            progress.watched = widest.name
            progress.value = widest.estimate.value
            progress.halfWidth = widest.estimate.halfWidth
            if isGuess, widest.estimate.halfWidth.isFinite {
                let ratio = widest.estimate.halfWidth / progress.goal
                let needed = Double(results.replications) * ratio * ratio
                progress.total = min(
                    max(limit, Int(min(needed.rounded(.up), 1e9))), scenario.experiment.maximum)
            }
        }
        return progress
    }
}
