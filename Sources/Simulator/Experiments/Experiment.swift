import Center
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
        /// The figure farthest from its precision.
        public var watched: WatchedFigure?
    }

    /// The fewest replications of a run to precision: below, Student's interval of a ratio is not to be trusted.
    public static let fewestReplications = 20

    /// How far ahead of the merge replications may be, for each thread.
    static let replicationsAhead = 4

    let scenario: Scenario
    private let plan: Blueprint
    private let threads: Int
    private let longRun: LongRunLayout?
    let lock = NSCondition()
    var results: Results
    private var nextNumber = 0
    private var limit: Int
    /// The fewest replications of this run to precision: whole blocks, where replications depend on each other.
    private let fewest: Int
    var isFinished = false
    /// How often in a row the precision was reached.
    private var looksReached = 0
    /// Cycles of a long run that are over.
    var cyclesDone = 0
    private var workersLeft: Int
    /// Signalled when the last worker is through. Apart from `lock`, which every merged replication wakes.
    private let end = DispatchSemaphore(value: 0)
    private var waiting: [Int: Snapshot] = [:]
    private(set) var onRun: ((Int, Results.Run) throws -> Void)?
    /// At how many replications somebody looks at the results so far, in ascending order.
    private var looks: [Int] = []
    private var onLook: (Results) -> Void = { _ in }
    private var trace: Trace?
    var failure: (any Error)?

    /// Prepares the scenario; `threads` changes the speed and nothing else.
    public init(_ scenario: Scenario, threads: Int? = nil) {
        self.scenario = scenario
        longRun = scenario.experiment.longRun.map { LongRunLayout(scenario, $0) }
        // One long run has no replications to compare.
        plan = Blueprint(scenario, reducing: longRun == nil ? scenario.experiment.varianceReduction : .none)
        // A long run is one thing after the other.
        let wanted = longRun == nil ? max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount) : 1
        self.threads = wanted
        workersLeft = wanted
        results = Results(scenario, plan: plan)
        fewest = Self.fewestReplications * results.block
        limit = scenario.experiment.replications ?? min(fewest, max(1, scenario.experiment.maximum))
    }

    /// What stands before the first replication: staffing and pay are known, nobody has called.
    public var unplayed: Results { Results(scenario, plan: plan) }

    /// Plays and returns what was seen. `progress` is called ten times a second and `isCancelled` asked as often, however
    /// many replications are merged meanwhile; what is cancelled ends after the replications under way; `onRun` gets
    /// each replication in order.
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
        while end.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
            let isOver = isCancelled()
            lock.lock()
            if isOver, !isFinished {
                isFinished = true
                results.stopReason = .interrupted
                lock.broadcast()
            }
            let state = progressNow()
            lock.unlock()
            progress(state)
        }
        lock.lock()
        results.close()
        let result = results
        let failed = failure
        lock.unlock()
        if let failed { throw failed }
        return result
    }

    /// Likewise; `look` gets the results after some numbers of replications, as if no more had been asked for.
    public func run(lookingAfter counts: [Int], _ look: @escaping (Results) -> Void) throws -> Results {
        looks = counts.sorted()
        onLook = look
        return try run()
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
        let waits: Dense<UInt64>
        let reader: (any ContactReader)?

        init(_ source: Observations, _ waits: Dense<UInt64>, _ reader: (any ContactReader)?, _ plan: Blueprint) {
            self.reader = reader
            seen = Observations(plan)
            seen.contacts.base.update(from: source.contacts.base, count: source.contacts.count)
            seen.groups.base.update(from: source.groups.base, count: source.groups.count)
            seen.queueMax.base.update(from: source.queueMax.base, count: source.queueMax.count)
            seen.queueEnd.base.update(from: source.queueEnd.base, count: source.queueEnd.count)
            seen.controls.base.update(from: source.controls.base, count: source.controls.count)
            self.waits = Dense(repeating: 0, count: waits.count)
            self.waits.base.update(from: waits.base, count: waits.count)
        }

        func free() {
            seen.free()
            waits.free()
        }
    }

    private func work() {
        if let longRun { playLongRun(longRun) } else { playReplications() }
        lock.lock()
        workersLeft -= 1
        let isLast = workersLeft == 0
        lock.unlock()
        if isLast { end.signal() }
    }

    private func playReplications() {
        var replication = Replication(plan, seed: scenario.experiment.seed)
        while let number = take() {
            let reader = trace?.reader(number)
            replication.diary = reader.map { Diary(plan, reader: $0) }
            replication.play(number)
            merge(number, replication.seen, replication.waits, reader)
            // Merged or copied: the next replication counts its own.
            replication.waits.fill(0)
        }
        lock.lock()
        results.addWaits(byPeriod: replication.waitsByPeriod)
        lock.unlock()
    }

    /// The next number to play; nil when there is nothing more to do. Nobody runs far ahead of the merge, so memory
    /// does not grow with the number of replications.
    private func take() -> Int? {
        lock.lock()
        defer { lock.unlock() }
        while !isFinished, nextNumber >= limit || nextNumber >= results.replications + Self.replicationsAhead * threads
        { lock.wait() }
        if isFinished { return nil }
        nextNumber += 1
        return nextNumber - 1
    }

    private func merge(
        _ number: Int, _ seen: Observations, _ waits: Dense<UInt64>, _ reader: (any ContactReader)?
    ) {
        lock.lock()
        defer { lock.unlock() }
        if number != results.replications {
            waiting[number] = Snapshot(seen, waits, reader, plan)
            return
        }
        fold(number, seen, waits, reader)
        while let next = waiting.removeValue(forKey: results.replications) {
            fold(results.replications, next.seen, next.waits, next.reader)
            next.free()
        }
        if results.replications == limit, !isFinished { decide() }
        lock.broadcast()
    }

    private func fold(_ number: Int, _ seen: Observations, _ waits: Dense<UInt64>, _ reader: (any ContactReader)?) {
        let run = results.fold(seen, waits: waits.base)
        if looks.first == results.replications {
            looks.removeFirst()
            var sofar = results
            sofar.close()
            onLook(sofar)
        }
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

    /// After a whole batch: stop, or set the size of the next from needed = done × (half-width / goal)².
    private func decide() {
        let done = results.replications
        if scenario.experiment.replications != nil {
            finish(.fixed)
            return
        }
        results.settle()
        let watched = results.watchedFigures
        let farthest = watched.farthest
        // An interval that happens to be narrow is what stops a run, and it is narrow where bad days are missing: it must
        // be so twice in a row.
        looksReached = done >= fewest && watched.arePrecise ? looksReached + 1 : 0
        if looksReached == 2 {
            finish(results.uncounted.isEmpty ? .precision : .uncounted)
        } else if done >= scenario.experiment.maximum {
            finish(.maximum)
        } else {
            // At least a tenth more, at most three times as many: the half-width is itself an estimate.
            let needed = looksReached > 0 ? 0 : farthest?.needed(after: done) ?? 0
            let next = min(max(needed.rounded(.up), Double(done + max(4, done / 10))), Double(3 * done))
            let block = results.block
            limit = min((Int(next) + block - 1) / block * block, scenario.experiment.maximum)
        }
    }

    private func finish(_ reason: Results.StopReason) {
        results.stopReason = reason
        isFinished = true
    }

    private func progressNow() -> Progress {
        if let longRun { return Progress(done: cyclesDone, total: longRun.playedCycles, isGuess: false) }
        let isGuess = scenario.experiment.replications == nil
        var progress = Progress(done: results.replications, total: limit, isGuess: isGuess)
        // Whether controls pay is looked at when a batch of runs is over; in between that of the last one holds no longer.
        if results.replications > 1 { results.settle() }
        if results.replications > 1, let farthest = results.farthest {
            progress.watched = farthest
            if isGuess, farthest.distance.isFinite {
                let needed = min(farthest.needed(after: results.replications).rounded(.up), 1e9)
                progress.total = min(max(limit, Int(needed)), scenario.experiment.maximum)
            }
        }
        return progress
    }
}
