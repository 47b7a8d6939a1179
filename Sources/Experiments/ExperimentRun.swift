import Center
import Foundation
import Simulator

/// One run of an experiment: batch after batch from a source of replications, merged in order, until the rule says stop.
final class ExperimentRun: @unchecked Sendable {
    private let scenario: Scenario
    private let rule: StoppingRule
    private let source: any ReplicationSource
    private let longRun: LongRunLayout?
    private let onRun: (Int, Results.Run) throws -> Void
    private let trace: Experiment.Trace?
    /// At how many replications somebody looks at the results so far, in ascending order.
    var looks: [Int] = []
    var onLook: (Results) -> Void = { _ in }

    // What follows is read and written by the thread that plays and the one that watches, under the lock.
    private let lock = NSLock()
    private var results: Results
    /// How many replications are planned.
    private var planned: Int
    private var isFinished = false
    /// Cycles of a long run that are over.
    private var cyclesDone = 0
    private var failure: (any Error)?

    init(
        _ scenario: Scenario, _ plan: Blueprint, source: any ReplicationSource,
        onRun: @escaping (Int, Results.Run) throws -> Void, trace: Experiment.Trace?
    ) {
        self.scenario = scenario
        self.onRun = onRun
        self.trace = trace
        longRun = scenario.experiment.longRun.map { LongRunLayout(scenario, $0) }
        results = Results(scenario, plan: plan)
        rule = StoppingRule(scenario.experiment, block: results.block)
        planned = rule.firstBatch
        self.source = source
    }

    func play(progress: (Experiment.Progress) -> Void, isCancelled: () -> Bool) throws -> Results {
        let end = DispatchSemaphore(value: 0)
        let thread = Thread {
            if let longRun = self.longRun { self.playLongRun(longRun) } else { self.playBatches() }
            end.signal()
        }
        thread.stackSize = ThreadSource.stackSize
        thread.start()
        while end.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
            let isOver = isCancelled()
            lock.lock()
            if isOver, !isFinished { finish(.interrupted) }
            let state = progressNow()
            lock.unlock()
            progress(state)
        }
        lock.lock()
        defer { lock.unlock() }
        if let failure { throw failure }
        results.close()
        return results
    }

    private func finish(_ reason: Results.StopReason) {
        results.stopReason = reason
        isFinished = true
    }

    // MARK: Replications

    private func playBatches() {
        var next = 0
        var timesReached = 0
        while true {
            lock.lock()
            let (end, isOver) = (planned, isFinished)
            lock.unlock()
            if isOver { break }
            source.play(next..<end, reader: trace?.reader) { number, sums, reader in
                self.merge(number, sums, reader)
            }
            next = end
            lock.lock()
            if !isFinished { decide(&timesReached) }
            lock.unlock()
        }
        lock.lock()
        results.addWaits(byPeriod: source.waitsByPeriod)
        lock.unlock()
    }

    /// Adds the next replication; false when no more are wanted.
    private func merge(_ number: Int, _ sums: ReplicationSums, _ reader: (any ContactReader)?) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        let run = results.fold(sums)
        if looks.first == results.replications {
            looks.removeFirst()
            var sofar = results
            sofar.close()
            onLook(sofar)
        }
        guard failure == nil else { return false }
        do {
            try onRun(number, run)
            if let reader { try trace?.merge(reader) }
        } catch {
            failure = error
            isFinished = true
        }
        return !isFinished
    }

    private func decide(_ timesReached: inout Int) {
        guard !rule.isFixed else { return finish(.fixed) }
        results.settle()
        let watched = results.watchedFigures
        let known = StoppingRule.Known(
            done: results.replications, timesReached: timesReached, isPrecise: watched.arePrecise,
            needed: watched.farthest?.needed(after: results.replications), isAllCounted: results.uncounted.isEmpty)
        switch rule.decide(known) {
        case .stop(let reason): finish(reason)
        case .play(let until, let times): (planned, timesReached) = (until, times)
        }
    }

    // MARK: One long run

    /// Plays one long run; its cycles are the replications of the results.
    private func playLongRun(_ layout: LongRunLayout) {
        let longRun = LongRun(scenario, layout)
        let player = longRun.player()
        player.play { period in
            self.lock.lock()
            defer { self.lock.unlock() }
            self.cyclesDone = period / layout.periodsPerCycle
            return !self.isFinished
        }
        lock.lock()
        defer { lock.unlock() }
        // The cycle behind the last may only be left out when the run was not cut short.
        let complete = isFinished ? max(0, cyclesDone - 1 - (layout.warmUpCycles ?? 0)) : layout.cycleCount
        do {
            try longRun.fold(player, cycleGroups: complete / layout.cyclesPerGroup, into: &results, onRun: onRun)
        } catch {
            failure = error
        }
        guard !isFinished else { return }
        switch results.longRun?.failure {
        case .unsettled: finish(.unsettled)
        case .correlated: finish(.correlated)
        case nil: finish(.length)
        }
    }

    // MARK: Progress

    private func progressNow() -> Experiment.Progress {
        if let longRun {
            return Experiment.Progress(done: cyclesDone, total: longRun.playedCycles, isGuess: false)
        }
        let done = results.replications
        var progress = Experiment.Progress(done: done, total: planned, isGuess: !rule.isFixed)
        // Whether controls pay is decided when a batch of runs is over; within a batch the last decision no longer
        // fits, so it is made again here.
        if done > 1 { results.settle() }
        if done > 1, let farthest = results.farthest {
            progress.watched = farthest
            if !rule.isFixed, farthest.distance.isFinite {
                let needed = min(farthest.needed(after: done).rounded(.up), 1e9)
                progress.total = min(max(planned, Int(needed)), rule.maximum)
            }
        }
        return progress
    }
}
