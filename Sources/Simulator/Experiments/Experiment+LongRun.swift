extension Experiment {
    /// Plays one long run; its cycles are the replications of the results.
    func playLongRun(_ layout: LongRunLayout) {
        let longRun = LongRun(scenario, layout)
        var replication = longRun.replication()
        replication.keepsOn = { period in
            self.lock.lock()
            defer { self.lock.unlock() }
            self.cyclesDone = period / layout.periodsPerCycle
            return !self.isFinished
        }
        replication.play(0)
        lock.lock()
        defer { lock.unlock() }
        // The cycle behind the last may only be left out when the run was not cut short.
        let complete = isFinished ? max(0, cyclesDone - 1 - (layout.warmUpCycles ?? 0)) : layout.cycleCount
        do {
            try longRun.fold(
                replication.seen, replication.waitsByPeriod, stretches: complete / layout.stretchSize, into: &results,
                onRun: onRun)
        } catch {
            failure = error
        }
        if !isFinished {
            results.stopReason =
                switch results.longRun?.failure {
                case .unsettled: .unsettled
                case .correlated: .correlated
                case nil: .length
                }
        }
        isFinished = true
    }
}
