import Center
import Probability
import Queueing
import Simulator

/// What a set of replications says: means and intervals for every scope, merged in replication order.
public struct Results: Sendable {
    /// Why no more replications were played.
    public enum StopReason: String, Sendable {
        /// A fixed number of replications was asked for.
        case fixed = "runs"
        /// Every goal of precision is reached.
        case precision
        /// The goals are reached, except those of which nothing was counted.
        case uncounted = "nothing_counted"
        /// The most replications allowed were played before every goal was reached.
        case maximum = "max"
        /// Whoever watched wanted no more.
        case interrupted
        /// A long run that was as long as asked for, and can be trusted.
        case length
        /// A long run that did not settle.
        case unsettled
        /// A long run whose batches still hang together.
        case correlated
    }

    /// One replication's figures of a group: seconds, and contacts answered.
    public typealias GroupRun = (busy: Double, present: Double, answered: Double, overtime: Double)

    /// One replication's figures, for whoever keeps them all.
    public struct Run: Sendable {
        /// Counts over all contact types.
        public let all: Counts
        /// Met and counted contacts over the types that have a target, each by its rule.
        public let serviceLevel: (met: Double, counted: Double)
        /// Counts by contact type.
        public let types: [Counts]
        /// By contact class: a type, or a type in one language.
        let classes: [Counts]
        /// By group: busy and present seconds, contacts answered, seconds after the shift's end where they are paid.
        public let groups: [GroupRun]
        /// `[class][LoadControls.Control]`; empty without controls.
        var controls: [[Double]] = []
    }

    /// What was played.
    public let scenario: Scenario
    /// Replications, or cycles of a long run, that count.
    public internal(set) var replications = 0
    /// Set for a long run, whose figures are observed a batch of cycles at a time.
    public internal(set) var longRun: LongRunOutcome?
    /// Why no more replications were played.
    public internal(set) var stopReason = StopReason.fixed
    /// Contact type and language of each class, and its figures.
    public let classes: [(type: Int, language: String?)]
    /// By contact type, its classes.
    public let classesOfType: [Range<Int>]
    /// Sums by batches of runs, of which all figures of scopes are made.
    var ledger: RunLedger
    /// By contact type, its controls where they pay; brought up to date by `settle`.
    var fits: [TypeFit?]
    /// How many replications in a row make one observation, and those that do not yet.
    let block: Int
    var runsInBlock = 0
    /// By type, one observation a replication of what `gain` is about, as if replications were independent.
    var single: [RatioTally]
    /// `[day][type]`, and last of each day all promises together: replications that could be judged, and that met.
    var dayJudgements: [SIMD2<Int32>]
    /// What is watched in some hours of the day.
    var hours: WindowLedger
    /// Waits of the answered by class.
    var waits: WaitSections

    /// `[period][type]`.
    var periods: PeriodLedger
    var periodQueueMax: [Double]
    var periodQueueEnd: [Double]
    /// `[histogram][bucket]`, and which histogram belongs to `[period][type]`.
    var periodWaits: [UInt32] = []
    let histogram: [Int32]
    /// `[period][group]`.
    var periodOccupancy: [RatioTally]
    /// Busy and present seconds of the block that is not complete yet.
    var unfinishedTime: [SIMD2<Double>]
    var periodBusy: [Double]
    var periodPresent: [Double]
    var periodOvertime: [Double]
    /// `[period][group]`, seconds as planned, the same in every replication.
    public let scheduledSeconds: [Double]
    /// `[period][group]`, seconds of paid time as planned, the same in every replication.
    public let paidSeconds: [Double]
    /// Languages in the order in which types name them, and the classes that are counted for each.
    let spoken: [(code: String, classes: [Int])]
    /// The classes whose waits are reported together for everything.
    let waitedTogether: [Int]
    /// By metric of the catalogue, and those types whose contacts are counted together for everything, where not all.
    let together: [[Int]?]
    let costs: CostPools
    var costFactors: [Double]
    /// Paid seconds of the counted periods by group, those beyond contracts at their rate.
    let paidCounted: [Double]

    init(_ scenario: Scenario, plan: Blueprint) {
        self.scenario = scenario
        let typeCells = plan.periodStarts.count * plan.types.count
        let groupCells = plan.periodStarts.count * plan.groups.count
        let hasControls = plan.controls != nil
        let isLong = scenario.experiment.longRun != nil
        block = isLong ? 1 : scenario.experiment.varianceReduction.block
        single = plan.types.map { _ in RatioTally() }
        // A long run says itself where a batch ends.
        ledger = RunLedger(
            typeOfClass: plan.classes.map(\.type), typeCount: plan.types.count, groupCount: plan.groups.count,
            hasControls: hasControls, block: isLong ? .max : block)
        fits = plan.types.map { _ in nil }
        costFactors = plan.types.map { _ in 1 }
        dayJudgements =
            scenario.experiment.judgesDays
            ? [SIMD2<Int32>](repeating: SIMD2(), count: scenario.horizon.days.count * (plan.types.count + 1)) : []
        let classes = plan.classes.map { (type: $0.type, language: $0.language) }
        self.classes = classes
        let classesOfType = plan.types.map { $0.firstClass..<($0.firstClass + $0.classCount) }
        self.classesOfType = classesOfType
        hours = WindowLedger(scenario, classes: classes, classesOfType: classesOfType)
        waits = WaitSections(rowCount: plan.classes.count, block: block)
        periods = PeriodLedger(
            rules: scenario.contactTypes.map { $0.target?.rule }, periodCount: plan.periodStarts.count,
            hasControls: hasControls, block: block)
        periodQueueMax = [Double](repeating: 0, count: typeCells)
        periodQueueEnd = periodQueueMax
        periodOccupancy = [RatioTally](repeating: RatioTally(), count: groupCells)
        unfinishedTime = block == 1 ? [] : [SIMD2<Double>](repeating: SIMD2(), count: groupCells)
        periodBusy = [Double](repeating: 0, count: groupCells)
        periodPresent = periodBusy
        periodOvertime = periodBusy
        histogram = plan.histogram
        scheduledSeconds = plan.scheduledSeconds
        paidSeconds = plan.paidSeconds
        var codes: [String] = []
        for type in scenario.contactTypes where type.channel.kind == .live {
            codes += type.languages.map(\.code).filter { !codes.contains($0) }
        }
        spoken = codes.map { code in
            let own = classes.indices.filter {
                classes[$0].language == code && scenario.contactTypes[classes[$0].type].channel.kind == .live
            }
            return (code, own)
        }
        let reported = MetricTypes(scenario)
        together = Metric.catalogue.map { metric in
            let types = reported.together(metric.subject)
            return types.count == scenario.contactTypes.count ? nil : types
        }
        waitedTogether = reported.together(Metric.asa.subject).flatMap { classesOfType[$0] }
        costs = CostPools(scenario)
        let groupCount = plan.groups.count
        let counted = scenario.experiment.counted ?? 0..<plan.periodStarts.count
        paidCounted = (0..<groupCount).map { g in
            let rate = scenario.agentGroups[g].overtimeRate ?? 1
            return counted.reduce(0) { $0 + plan.paidSeconds[$1 * groupCount + g] }
                + (rate - 1) * scenario.plannedOvertime(ofGroup: g)
        }
    }

    /// The confidence of every interval, 0.5…0.9999, as the scenario says.
    public var confidence: Double { scenario.experiment.confidence }

    /// Figures of one contact type in one period.
    public struct PeriodFigures: Sendable {
        /// Means over the replications.
        public let mean: Counts
        /// The share answered in time by the target's rule; nil without a target or where nobody is counted.
        public let serviceLevel: Estimate?
        /// Hang-ups ÷ offered; nil where nobody came.
        public let abandonment: Estimate?
        /// Seconds that 95 % of the answered wait at most; nil where nobody was answered or none is kept.
        public let wait95: Double?
        /// The mean over replications of the longest queue.
        public let queueMax: Double
        /// Contacts that wait when the period ends, the mean over replications.
        public let queueEnd: Double
    }

    /// The figures of a contact type in a period, both by index.
    public func figures(period p: Int, type t: Int) -> PeriodFigures {
        let cell = p * scenario.contactTypes.count + t
        let n = Double(max(replications, 1))
        let pull = fits[t]?.pull
        let mean = periods.mean(cell, replications: n, pull: pull)
        let size = WaitHistogram.bucketCount
        let first = Int(histogram[cell]) * size
        let wait95 =
            periodWaits.isEmpty || first < 0
            ? nil : WaitHistogram.percentile(0.95, of: Array(periodWaits[first..<(first + size)]))
        return PeriodFigures(
            mean: mean,
            serviceLevel: periods.serviceLevel(cell, type: t, replications: n, pull: pull, confidence: confidence),
            abandonment: periods.abandonment(cell, type: t, replications: n, pull: pull, confidence: confidence),
            wait95: wait95, queueMax: periodQueueMax[cell] / n, queueEnd: periodQueueEnd[cell] / n)
    }

    /// Busy and present seconds of one group in one period, means over the replications, without intervals.
    package func groupTime(period p: Int, group g: Int) -> (busy: Double, present: Double) {
        let cell = p * groupCount + g
        let n = Double(max(replications, 1))
        return (periodBusy[cell] / n, periodPresent[cell] / n)
    }

    var groupCount: Int { scenario.agentGroups.count }

    /// Occupancy, busy and present seconds of one group in one period, means over the replications.
    public func groupFigures(
        period p: Int, group g: Int
    ) -> (occupancy: Estimate?, busy: Double, present: Double, overtime: Double) {
        let cell = p * groupCount + g
        let n = Double(max(replications, 1))
        return (
            periodOccupancy[cell].estimate(
                confidence: confidence, kind: .shareOfTime(together: max(1, periodPresent[cell] / n))),
            periodBusy[cell] / n,
            periodPresent[cell] / n,
            periodOvertime[cell] / n
        )
    }

    /// The wait that a share of the answered stay within, seconds, with its interval: of all contacts, of a type, or of
    /// a class (a type in one language).
    public func waitPercentile(_ share: Double, type: Int? = nil, class c: Int? = nil) -> Estimate? {
        if let c {
            // A long run counts waits by type alone.
            if longRun != nil, classesOfType[classes[c].type].count > 1 { return nil }
            return waits.estimate(share, rows: CollectionOfOne(c), confidence: confidence)
        }
        guard let type else { return waits.estimate(share, rows: waitedTogether, confidence: confidence) }
        return waits.estimate(share, rows: classesOfType[type], confidence: confidence)
    }

    /// The share of replications in which a day kept what is promised to a type's callers, or, without a type, everything
    /// that is promised; nil where days are not judged, or nothing could be.
    package func chance(day: Int, type t: Int?, confidence: Double) -> Estimate? {
        guard !dayJudgements.isEmpty else { return nil }
        let count = scenario.contactTypes.count
        let seen = dayJudgements[day * (count + 1) + (t ?? count)]
        guard seen.x > 0 else { return nil }
        return Wilson.estimate(hits: Int(seen.y), trials: Int(seen.x), confidence: confidence)
    }
}
