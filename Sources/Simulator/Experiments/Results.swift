import Queueing

/// What a set of replications says: means and intervals for every scope, merged in replication order.
public struct Results: Sendable {
    /// Why no more replications were played.
    public enum StopReason: String, Sendable {
        case fixed = "runs"
        case precision
        case maximum = "max"
        case interrupted
    }

    /// Figures of one scope: everything, a contact type, or a type in one language.
    public struct Scope: Sendable {
        /// Sums over the replications.
        public internal(set) var sum = Counts()
        /// By the target's own rule; for everything together, over the types that have a target.
        public internal(set) var serviceLevel = RatioTally()
        /// In the order of `Metric.catalogue`.
        public internal(set) var metrics = [RatioTally](repeating: RatioTally(), count: Metric.catalogue.count)
        /// Replications in which the target could be judged, and in which it was met.
        public internal(set) var judged = 0
        public internal(set) var met = 0
        /// Counts of waits of the answered, for percentiles.
        var waits = [UInt64](repeating: 0, count: WaitHistogram.bucketCount)

        public func tally(_ metric: Metric) -> RatioTally {
            metrics[Metric.catalogue.firstIndex { $0.name == metric.name }!]
        }

        /// The wait that a share of the answered stay within, seconds.
        public func waitPercentile(_ share: Double) -> Double? { WaitHistogram.percentile(share, of: waits) }

        /// The share of judged replications that met the target.
        public var chanceMet: Double? { judged > 0 ? Double(met) / Double(judged) : nil }
    }

    /// Figures of one agent group over the whole horizon.
    public struct GroupScope: Sendable {
        public internal(set) var occupancy = RatioTally()
        /// Seconds, summed over the replications.
        public internal(set) var busy = 0.0
        public internal(set) var present = 0.0
        public internal(set) var answered = 0.0
    }

    /// One replication's figures, for whoever keeps them all.
    public struct Run: Sendable {
        public let all: Counts
        /// Met and counted contacts over the types that have a target, each by its rule.
        public let serviceLevel: (met: Double, counted: Double)
        public let types: [Counts]
        /// By group: busy and present seconds, contacts answered.
        public let groups: [(busy: Double, present: Double, answered: Double)]
    }

    public let scenario: Scenario
    public internal(set) var replications = 0
    public internal(set) var stopReason = StopReason.fixed
    public internal(set) var all = Scope()
    public internal(set) var types: [Scope]
    /// Contact type and language of each class, and its figures.
    public let classes: [(type: Int, language: String?)]
    public internal(set) var byClass: [Scope]
    public internal(set) var groups: [GroupScope]

    /// `[period][type]`.
    var periodSums: [Counts.Row]
    var periodServiceLevel: [RatioTally]
    var periodAbandonment: [RatioTally]
    var periodQueueMax: [Double]
    /// `[histogram][bucket]`, and which histogram belongs to `[period][type]`.
    private var periodWaits: [UInt32] = []
    private let histogram: [Int32]
    /// `[period][group]`.
    var periodOccupancy: [RatioTally]
    var periodBusy: [Double]
    var periodPresent: [Double]
    /// `[period][group]`, seconds as planned, the same in every replication.
    public let scheduledSeconds: [Double]
    public let paidSeconds: [Double]

    init(_ scenario: Scenario, plan: Blueprint) {
        self.scenario = scenario
        let typeCells = plan.periodStarts.count * plan.types.count
        let groupCells = plan.periodStarts.count * plan.groups.count
        types = plan.types.map { _ in Scope() }
        classes = plan.classes.map { ($0.type, $0.language) }
        byClass = plan.classes.map { _ in Scope() }
        groups = plan.groups.map { _ in GroupScope() }
        periodSums = [Counts.Row](repeating: Counts.Row(repeating: 0), count: typeCells)
        periodServiceLevel = [RatioTally](repeating: RatioTally(), count: typeCells)
        periodAbandonment = periodServiceLevel
        periodQueueMax = [Double](repeating: 0, count: typeCells)
        periodOccupancy = [RatioTally](repeating: RatioTally(), count: groupCells)
        periodBusy = [Double](repeating: 0, count: groupCells)
        periodPresent = periodBusy
        histogram = plan.histogram
        scheduledSeconds = plan.scheduledSeconds
        paidSeconds = plan.paidSeconds
    }

    /// Whether some type misses its service level or its limit of hang-ups.
    public var missesTargets: Bool {
        zip(scenario.contactTypes, types).contains { type, figures in
            if let target = type.target, let level = figures.serviceLevel.value, level < target.share { return true }
            if let most = type.maxAbandonment, let share = figures.tally(.abandonment).value { return share > most }
            return false
        }
    }

    public var confidence: Double { scenario.experiment.confidence }

    /// Figures of one contact type in one period.
    public struct PeriodFigures: Sendable {
        /// Means over the replications.
        public let mean: Counts
        public let serviceLevel: Estimate?
        public let abandonment: Estimate?
        public let wait95: Double?
        /// The mean over replications of the longest queue.
        public let queueMax: Double
    }

    public func figures(period p: Int, type t: Int) -> PeriodFigures {
        let cell = p * types.count + t
        let n = Double(max(replications, 1))
        var mean = Counts()
        for k in mean.columns.indices { mean.columns[k] = periodSums[cell][k] / n }
        let size = WaitHistogram.bucketCount
        let first = Int(histogram[cell]) * size
        let wait95 =
            periodWaits.isEmpty || first < 0
            ? nil : WaitHistogram.percentile(0.95, of: Array(periodWaits[first..<(first + size)]))
        let hasTarget = scenario.contactTypes[t].target != nil
        return PeriodFigures(
            mean: mean, serviceLevel: hasTarget ? periodServiceLevel[cell].estimate(confidence: confidence) : nil,
            abandonment: periodAbandonment[cell].estimate(confidence: confidence), wait95: wait95,
            queueMax: periodQueueMax[cell] / n)
    }

    /// Occupancy, busy and present seconds of one group in one period, means over the replications.
    public func groupFigures(period p: Int, group g: Int) -> (occupancy: Estimate?, busy: Double, present: Double) {
        let cell = p * groups.count + g
        let n = Double(max(replications, 1))
        return (
            periodOccupancy[cell].estimate(confidence: confidence), periodBusy[cell] / n, periodPresent[cell] / n
        )
    }

    /// Adds the next replication. Called in replication order, one at a time.
    mutating func fold(_ seen: Observations) -> Run {
        replications += 1
        let width = Observations.Contact.count
        let typeCount = types.count
        let classCount = classes.count
        var total = Counts()
        var typeCounts = [Counts](repeating: Counts(), count: typeCount)
        var classCounts = [Counts](repeating: Counts(), count: classCount)
        var row = Counts.Row(repeating: 0)
        let counted = scenario.experiment.counted ?? 0..<seen.periodCount
        for p in 0..<seen.periodCount {
            let counts = counted.contains(p) ? 1.0 : 0.0
            var c = 0
            for t in 0..<typeCount {
                row = Counts.Row(repeating: 0)
                while c < classCount, classes[c].type == t {
                    let base = seen.contacts.base + (p * classCount + c) * width
                    for k in 0..<width {
                        row[k] += base[k]
                        classCounts[c].columns[k] += counts * base[k]
                    }
                    c += 1
                }
                let cell = p * typeCount + t
                periodQueueMax[cell] += seen.queueMax[cell]
                for k in 0..<width {
                    periodSums[cell][k] += row[k]
                    typeCounts[t].columns[k] += counts * row[k]
                }
                let offered = row[Observations.Contact.offered.rawValue]
                periodAbandonment[cell].add(row[Observations.Contact.abandoned.rawValue], over: offered)
                if let rule = scenario.contactTypes[t].target?.rule {
                    if rule == .ofAllOffered {
                        periodServiceLevel[cell].add(
                            row[Observations.Contact.answeredInTime.rawValue], over: offered)
                    } else {
                        let counts = Counts(row)
                        periodServiceLevel[cell].add(rule.numerator(counts), over: rule.denominator(counts))
                    }
                }
            }
        }
        var levelTop = 0.0
        var levelBottom = 0.0
        for t in 0..<typeCount {
            for k in 0..<width { total.columns[k] += typeCounts[t].columns[k] }
            let target = scenario.contactTypes[t].target
            Self.add(typeCounts[t], target: target, to: &types[t])
            if let rule = target?.rule {
                levelTop += rule.numerator(typeCounts[t])
                levelBottom += rule.denominator(typeCounts[t])
            }
        }
        for c in 0..<classCount {
            Self.add(classCounts[c], target: scenario.contactTypes[classes[c].type].target, to: &byClass[c])
        }
        Self.add(total, target: nil, to: &all)
        all.serviceLevel.add(levelTop, over: levelBottom)
        return Run(
            all: total, serviceLevel: (levelTop, levelBottom), types: typeCounts, groups: foldGroups(seen))
    }

    private static func add(_ counts: Counts, target: ServiceTarget?, to scope: inout Scope) {
        for k in counts.columns.indices { scope.sum.columns[k] += counts.columns[k] }
        for (m, metric) in Metric.catalogue.enumerated() {
            scope.metrics[m].add(metric.numerator(counts), over: metric.denominator(counts))
        }
        guard let target else { return }
        let top = target.rule.numerator(counts)
        let bottom = target.rule.denominator(counts)
        scope.serviceLevel.add(top, over: bottom)
        if bottom > 0 {
            scope.judged += 1
            if top >= target.share * bottom { scope.met += 1 }
        }
    }

    private mutating func foldGroups(_ seen: Observations) -> [(busy: Double, present: Double, answered: Double)] {
        let width = Observations.Group.count
        var totals = [(busy: Double, present: Double, answered: Double)](repeating: (0, 0, 0), count: groups.count)
        for p in 0..<seen.periodCount {
            for g in groups.indices {
                let cell = p * groups.count + g
                let busy = seen.groups[cell * width + Observations.Group.busy.rawValue]
                let present = seen.groups[cell * width + Observations.Group.present.rawValue]
                periodOccupancy[cell].add(busy, over: present)
                periodBusy[cell] += busy
                periodPresent[cell] += present
                guard scenario.experiment.counted?.contains(p) ?? true else { continue }
                totals[g].busy += busy
                totals[g].present += present
                totals[g].answered += seen.groups[cell * width + Observations.Group.answered.rawValue]
            }
        }
        for g in groups.indices {
            groups[g].occupancy.add(totals[g].busy, over: totals[g].present)
            groups[g].busy += totals[g].busy
            groups[g].present += totals[g].present
            groups[g].answered += totals[g].answered
        }
        return totals
    }

    /// Takes over the counts of waits that the players kept; sums of whole numbers, so in any order.
    mutating func addWaits(byClass counts: Dense<UInt64>, byPeriod: Dense<UInt32>) {
        let size = WaitHistogram.bucketCount
        for c in classes.indices {
            for b in 0..<size {
                let count = counts[c * size + b]
                byClass[c].waits[b] += count
                types[classes[c].type].waits[b] += count
                all.waits[b] += count
            }
        }
        if periodWaits.isEmpty { periodWaits = [UInt32](repeating: 0, count: byPeriod.count) }
        for i in 0..<byPeriod.count { periodWaits[i] += byPeriod[i] }
    }
}
