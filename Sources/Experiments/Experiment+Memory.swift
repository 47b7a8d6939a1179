import Center
import Probability
import Queueing
import Simulator

extension Experiment {
    /// How much memory playing a scenario takes at most, bytes: what is kept by period, type and group for each thread,
    /// for replications that wait to be merged, and for the result.
    ///
    /// It does not depend on the number of contacts or replications; that of a long run grows with its length.
    public static func memory(_ scenario: Scenario, threads: Int) -> Double {
        let settings = scenario.experiment
        let layout = settings.longRun.map { LongRunLayout(scenario, $0) }
        let periods = Double(scenario.horizon.periods.count)
        let played = periods * Double(layout?.playedCycles ?? 1)
        let types = Double(scenario.contactTypes.count)
        let groups = Double(scenario.agentGroups.count)
        let classes = scenario.contactTypes.reduce(0.0) { $0 + Double(max(1, $1.languages.count)) }
        let word = Double(MemoryLayout<Double>.stride)
        let bucketBytes = Double(WaitHistogram.bucketCount)

        let observed =
            played
            * (classes * Double(ReplicationSums.Contact.count) + groups * Double(ReplicationSums.Group.count) + types)
            * word
        let waits = classes * bucketBytes * word
        let histograms = histogramCount(scenario, layout) * bucketBytes * 4
        // What is planned: days, periods, arrivals, shifts; a few hundred bytes a period cover the lists of them.
        let planned = played * 300 + played * types * 64
        let tally = Double(MemoryLayout<RatioTally>.stride)
        // Cells of time: contacts in hand and arrivals by class and people by group for each thread; expectations once.
        var cells = 0.0
        if layout == nil, settings.varianceReduction.contains(.controlVariates),
            let step = LoadControls.step(scenario)
        {
            cells = scenario.horizon.length / step
        }
        let followed = cells * (8 * classes + 4 * groups)
        let expected = cells * (8 * classes + 24 * types + 4 * groups * Double(LoadControls.absenceBins))
        let merged =
            periods * types
            * (Double(
                PeriodLedger.bytes(hasControls: cells > 0, block: layout == nil ? settings.varianceReduction.block : 1))
                + 2 * word)
            + RunLedger.bytes(classes: classes, types: types, groups: groups)
            + periods * groups * (tally + 4 * word)
            + Double(WaitSections.bytes(rowCount: Int(min(classes, 1e9))))
        if layout != nil { return observed + waits + histograms + 2 * planned + merged }
        let players = Double(threads)
        let isFixed = settings.replications ?? settings.maximum
        let kept = min(Double(ThreadSource.replicationsAhead * threads), Double(isFixed))
        let before = scenario.runningDay?.before.map { memory($0.scenario, threads: threads) } ?? 0
        return players * (observed + waits + histograms + followed) + kept * (observed + waits) + planned + histograms
            + merged + expected + before
    }

    /// Histograms of waits: one for each type and period in which it is open, or for each type and cycle.
    private static func histogramCount(_ scenario: Scenario, _ layout: LongRunLayout?) -> Double {
        if let layout { return Double(layout.playedCycles) * Double(scenario.contactTypes.count) }
        let shares = PeriodShares(scenario.horizon)
        var count = 0
        for type in scenario.contactTypes {
            var latest = -1
            for timeSpan in type.open {
                shares.forEach(in: timeSpan) { period, _ in
                    if period > latest {
                        count += 1
                        latest = period
                    }
                }
            }
        }
        return Double(count)
    }
}
