import Queueing

/// What a set of replications says: means and intervals for every scope, merged in replication order.
public struct Results: Sendable {
    /// Why no more replications were played.
    public enum StopReason: String, Sendable {
        case fixed = "runs"
        case precision
        case maximum = "max"
        case interrupted
        /// A long run that was as long as asked for, and can be trusted or not.
        case length, unsettled, correlated
    }

    /// Figures of one scope: everything, a contact type, or a type in one language.
    public struct Scope: Sendable {
        /// Sums over the replications.
        public internal(set) var sum = Counts()
        /// By the target's own rule; for everything together, over the types that have a target.
        public internal(set) var serviceLevel: ControlledTally
        /// In the order of `Metric.catalogue`.
        public internal(set) var metrics: [ControlledTally]
        /// Replications in which the target could be judged, and in which it was met.
        public internal(set) var judged = 0
        public internal(set) var met = 0

        /// `controls`: how many come with each replication.
        init(controls: Int) {
            serviceLevel = ControlledTally(controls: controls)
            metrics = [ControlledTally](repeating: serviceLevel, count: Metric.catalogue.count)
        }

        public func tally(_ metric: Metric) -> ControlledTally {
            metrics[Metric.catalogue.firstIndex { $0.name == metric.name }!]
        }

        /// The share of judged replications that met the target.
        public var chanceMet: Double? { judged > 0 ? Double(met) / Double(judged) : nil }

        /// The same with Wilson's interval; nil when nothing could be judged.
        public func chance(confidence: Double) -> Estimate? {
            judged > 0 ? Wilson.estimate(hits: met, trials: judged, confidence: confidence) : nil
        }
    }

    /// Figures of one agent group over the whole horizon.
    public struct GroupScope: Sendable {
        public internal(set) var occupancy = RatioTally(keepingFew: true)
        /// Seconds, summed over the replications.
        public internal(set) var busy = 0.0
        public internal(set) var present = 0.0
        public internal(set) var answered = 0.0
        /// After the shift's end, where that is paid.
        public internal(set) var overtime = 0.0
    }

    /// One replication's figures of a group: seconds, and contacts answered.
    public typealias GroupRun = (busy: Double, present: Double, answered: Double, overtime: Double)

    /// One replication's figures, for whoever keeps them all.
    public struct Run: Sendable {
        public let all: Counts
        /// Met and counted contacts over the types that have a target, each by its rule.
        public let serviceLevel: (met: Double, counted: Double)
        public let types: [Counts]
        /// By contact class: a type, or a type in one language.
        let classes: [Counts]
        /// By group: busy and present seconds, contacts answered, seconds after the shift's end where they are paid.
        public let groups: [GroupRun]
        /// `[class][LoadControls.Control]`; empty without controls.
        var controls: [[Double]] = []
    }

    public let scenario: Scenario
    /// Replications, or cycles of a long run, that count.
    public internal(set) var replications = 0
    /// Set for a long run, whose figures are observed a batch of cycles at a time.
    public internal(set) var longRun: LongRunOutcome?
    public internal(set) var stopReason = StopReason.fixed
    public internal(set) var all: Scope
    public internal(set) var types: [Scope]
    /// Contact type and language of each class, and its figures.
    public let classes: [(type: Int, language: String?)]
    /// By contact type, its classes.
    public let classesOfType: [Range<Int>]
    public internal(set) var byClass: [Scope]
    public internal(set) var groups: [GroupScope]
    /// Of all groups together.
    public internal(set) var allOccupancy = RatioTally(keepingFew: true)
    /// How many replications in a row make one observation, and those that do not yet.
    let block: Int
    private var unfinished: [Run] = []
    /// By type, one observation a replication of what `gain` is about, as if none knew of another.
    var single: [RatioTally]
    /// Waits of the answered by class.
    private var waits: WaitSections

    /// `[period][type]`.
    var periodSums: [Counts.Row]
    var periodServiceLevel: [RatioTally]
    var periodAbandonment: [RatioTally]
    var periodQueueMax: [Double]
    var periodQueueEnd: [Double]
    /// `[histogram][bucket]`, and which histogram belongs to `[period][type]`.
    private var periodWaits: [UInt32] = []
    private let histogram: [Int32]
    /// `[period][group]`.
    var periodOccupancy: [RatioTally]
    var periodBusy: [Double]
    var periodPresent: [Double]
    var periodOvertime: [Double]
    /// `[period][group]`, seconds as planned, the same in every replication.
    public let scheduledSeconds: [Double]
    public let paidSeconds: [Double]
    /// Languages in the order in which types name them, and in each the share of live contacts answered.
    public internal(set) var languages: [(code: String, answered: ControlledTally)]
    /// By language, the classes that are counted for it.
    private let spoken: [[Int]]
    /// The classes whose waits are told together for everything.
    private let waitedTogether: [Int]
    /// By metric of the catalogue, and those types whose contacts are counted together for everything, where not all.
    private let together: [[Int]?]
    private let costs: CostPools
    /// Paid seconds of the counted periods by group, those beyond contracts at their rate.
    private let paidCounted: [Double]

    init(_ scenario: Scenario, plan: Blueprint) {
        self.scenario = scenario
        let typeCells = plan.periodStarts.count * plan.types.count
        let groupCells = plan.periodStarts.count * plan.groups.count
        let controls = plan.controls == nil ? 0 : LoadControls.Control.count
        block = scenario.experiment.longRun == nil ? scenario.experiment.varianceReduction.block : 1
        single = plan.types.map { _ in RatioTally() }
        all = Scope(controls: controls)
        types = plan.types.map { _ in Scope(controls: controls) }
        let classes = plan.classes.map { (type: $0.type, language: $0.language) }
        self.classes = classes
        let classesOfType = plan.types.map { $0.firstClass..<($0.firstClass + $0.classCount) }
        self.classesOfType = classesOfType
        byClass = plan.classes.map { _ in Scope(controls: controls) }
        groups = plan.groups.map { _ in GroupScope() }
        waits = WaitSections(rowCount: plan.classes.count)
        periodSums = [Counts.Row](repeating: Counts.Row(repeating: 0), count: typeCells)
        periodServiceLevel = [RatioTally](repeating: RatioTally(), count: typeCells)
        periodAbandonment = periodServiceLevel
        periodQueueMax = [Double](repeating: 0, count: typeCells)
        periodQueueEnd = periodQueueMax
        periodOccupancy = [RatioTally](repeating: RatioTally(), count: groupCells)
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
        languages = codes.map { ($0, ControlledTally(controls: controls)) }
        spoken = codes.map { code in
            classes.indices.filter {
                classes[$0].language == code && scenario.contactTypes[classes[$0].type].channel.kind == .live
            }
        }
        let told = MetricTypes(scenario)
        together = Metric.catalogue.map { metric in
            let types = told.together(metric.subject)
            return types.count == scenario.contactTypes.count ? nil : types
        }
        waitedTogether = told.together(Metric.asa.subject).flatMap { classesOfType[$0] }
        costs = CostPools(scenario)
        let groupCount = plan.groups.count
        let counted = scenario.experiment.counted ?? 0..<plan.periodStarts.count
        paidCounted = (0..<groupCount).map { g in
            let rate = scenario.agentGroups[g].overtimeRate ?? 1
            return counted.reduce(0) { $0 + plan.paidSeconds[$1 * groupCount + g] }
                + (rate - 1) * scenario.plannedOvertime(ofGroup: g)
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
        /// Contacts that wait when the period ends, the mean over replications.
        public let queueEnd: Double
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
            queueMax: periodQueueMax[cell] / n, queueEnd: periodQueueEnd[cell] / n)
    }

    /// Busy and present seconds of one group in one period, means over the replications, without intervals.
    package func groupTime(period p: Int, group g: Int) -> (busy: Double, present: Double) {
        let cell = p * groups.count + g
        let n = Double(max(replications, 1))
        return (periodBusy[cell] / n, periodPresent[cell] / n)
    }

    /// Occupancy, busy and present seconds of one group in one period, means over the replications.
    public func groupFigures(
        period p: Int, group g: Int
    ) -> (occupancy: Estimate?, busy: Double, present: Double, overtime: Double) {
        let cell = p * groups.count + g
        let n = Double(max(replications, 1))
        return (
            periodOccupancy[cell].estimate(confidence: confidence), periodBusy[cell] / n, periodPresent[cell] / n,
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

    // MARK: Merging

    /// Adds the next replication. Called in replication order, one at a time. `waits` are its own, `[class][bucket]`.
    mutating func fold(_ seen: Observations, waits newWaits: UnsafePointer<UInt64>) -> Run {
        let run = count(seen)
        for t in types.indices {
            let (top, bottom) = watchedRatio(type: t, run.types[t])
            single[t].add(top, over: bottom)
        }
        unfinished.append(run)
        if unfinished.count == block { close() }
        waits.add(newWaits)
        return run
    }

    /// Makes one observation of the replications of a block; of the last block even if it is not whole.
    mutating func close() {
        guard let first = unfinished.first else { return }
        tally(
            unfinished.count == 1 ? first : Run.mean(unfinished), weight: Double(unfinished.count))
        unfinished.removeAll(keepingCapacity: true)
    }

    /// Adds up what one replication saw, by period and over the counted periods, and judges it against the targets.
    mutating func count(_ seen: Observations) -> Run {
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
                periodQueueEnd[cell] += seen.queueEnd[cell]
                for k in 0..<width {
                    periodSums[cell][k] += row[k]
                    typeCounts[t].columns[k] += counts * row[k]
                }
                let offered = row[Observations.Contact.offered.rawValue]
                periodAbandonment[cell].add(row[Observations.Contact.abandoned.rawValue], over: offered)
                if let rule = scenario.contactTypes[t].target?.rule {
                    if rule == .ofAllOffered {
                        periodServiceLevel[cell].add(
                            row[Observations.Contact.answeredInTime.rawValue]
                                + row[Observations.Contact.keptInstead.rawValue],
                            over: offered - row[Observations.Contact.undecided.rawValue]
                                - row[Observations.Contact.leftOut.rawValue])
                    } else {
                        let counts = Counts(row)
                        periodServiceLevel[cell].add(rule.numerator(counts), over: rule.denominator(counts))
                    }
                }
            }
        }
        var levelTop = 0.0
        var levelBottom = 0.0
        let groupRuns = countGroups(seen)
        let paid = zip(paidCounted, zip(scenario.agentGroups, groupRuns)).map { seconds, group in
            seconds + (group.0.overtimeRate ?? 0) * group.1.overtime
        }
        let rates = costs.rates(handling: typeCounts.map(\.handling), paid: paid)
        for c in 0..<classCount { classCounts[c].cost = rates[classes[c].type] * classCounts[c].handling }
        for t in 0..<typeCount {
            typeCounts[t].cost = rates[t] * typeCounts[t].handling
            if let origin = scenario.contactTypes[t].origin, origin.cause == .callback {
                typeCounts[origin.contactType].promisesDue += typeCounts[t].offered - typeCounts[t].undecided
            }
        }
        for t in 0..<typeCount {
            total.add(typeCounts[t])
            guard let target = scenario.contactTypes[t].target else { continue }
            levelTop += target.rule.numerator(typeCounts[t])
            levelBottom += target.rule.denominator(typeCounts[t])
            types[t].judge(typeCounts[t], by: target)
        }
        for c in 0..<classCount {
            if let target = target(ofClass: c) {
                byClass[c].judge(classCounts[c], by: target)
            }
        }
        return Run(
            all: total, serviceLevel: (levelTop, levelBottom), types: typeCounts, classes: classCounts,
            groups: groupRuns, controls: controls(seen))
    }

    private func controls(_ seen: Observations) -> [[Double]] {
        let width = LoadControls.Control.count
        guard seen.controls.count > 0 else { return [] }
        return classes.indices.map { c in (0..<width).map { seen.controls[c * width + $0] } }
    }

    /// The controls of a whole are the sums of its parts'.
    private static func sum(_ parts: some Collection<[Double]>) -> [Double] {
        guard var sum = parts.first else { return [] }
        for part in parts.dropFirst() {
            for k in sum.indices { sum[k] += part[k] }
        }
        return sum
    }

    private static let nothing = Counts()

    /// What the callers of a class are promised in time.
    private func target(ofClass c: Int) -> ServiceTarget? {
        scenario.contactTypes[classes[c].type].target(in: classes[c].language)
    }

    /// Adds one replication's totals, or the mean of several in a row, as one observation of every figure.
    mutating func tally(_ run: Run, weight: Double = 1) {
        for t in types.indices {
            let parts = run.controls.isEmpty ? [] : run.controls[classesOfType[t]]
            types[t].add(
                run.types[t], weight: weight, target: scenario.contactTypes[t].target, controls: Self.sum(parts))
        }
        for c in byClass.indices {
            byClass[c].add(
                run.classes[c], weight: weight, target: target(ofClass: c),
                controls: run.controls.isEmpty ? [] : run.controls[c])
        }
        for l in languages.indices {
            let spoken = spoken[l]
            let metric = Metric.answeredShare
            languages[l].answered.add(
                spoken.reduce(0) { $0 + metric.numerator(run.classes[$1]) },
                over: spoken.reduce(0) { $0 + metric.denominator(run.classes[$1]) },
                controls: run.controls.isEmpty ? [] : Self.sum(spoken.map { run.controls[$0] }))
        }
        let controls = Self.sum(run.controls)
        let together = together
        all.add(run.all, weight: weight, target: nil, controls: controls) { m in
            guard let types = together[m] else { return run.all }
            guard !types.isEmpty else { return Self.nothing }
            var sum = Counts()
            for t in types { sum.add(run.types[t]) }
            return sum
        }
        all.serviceLevel.add(run.serviceLevel.met, over: run.serviceLevel.counted, controls: controls)
        var busy = 0.0
        var present = 0.0
        for g in groups.indices {
            let figures = run.groups[g]
            groups[g].occupancy.add(figures.busy, over: figures.present)
            groups[g].busy += weight * figures.busy
            groups[g].present += weight * figures.present
            groups[g].answered += weight * figures.answered
            groups[g].overtime += weight * figures.overtime
            busy += figures.busy
            present += figures.present
        }
        allOccupancy.add(busy, over: present)
    }

    private mutating func countGroups(_ seen: Observations) -> [GroupRun] {
        let width = Observations.Group.count
        var totals = [GroupRun](repeating: (0, 0, 0, 0), count: groups.count)
        for p in 0..<seen.periodCount {
            for g in groups.indices {
                let cell = p * groups.count + g
                let busy = seen.groups[cell * width + Observations.Group.busy.rawValue]
                let present = seen.groups[cell * width + Observations.Group.present.rawValue]
                periodOccupancy[cell].add(busy, over: present)
                periodBusy[cell] += busy
                periodPresent[cell] += present
                let overtime = seen.groups[cell * width + Observations.Group.overtime.rawValue]
                periodOvertime[cell] += overtime
                guard scenario.experiment.counted?.contains(p) ?? true else { continue }
                totals[g].busy += busy
                totals[g].present += present
                totals[g].overtime += overtime
                totals[g].answered += seen.groups[cell * width + Observations.Group.answered.rawValue]
            }
        }
        return totals
    }

    /// Adds counts of waits, `[class][bucket]`.
    mutating func addWaits(_ newWaits: [UInt64]) {
        newWaits.withUnsafeBufferPointer { counts in
            if let base = counts.baseAddress { waits.add(base) }
        }
    }

    /// Takes over the waits by period that the players kept; sums of whole numbers, so in any order.
    mutating func addWaits(byPeriod: Dense<UInt32>) {
        if periodWaits.isEmpty { periodWaits = [UInt32](repeating: 0, count: byPeriod.count) }
        for i in 0..<byPeriod.count { periodWaits[i] += byPeriod[i] }
    }
}

extension Results.Scope {
    /// Whether one replication met its target, where there was anything to judge.
    mutating func judge(_ counts: Counts, by target: ServiceTarget) {
        let bottom = target.rule.denominator(counts)
        guard bottom > 0 else { return }
        judged += 1
        if PromisedShare(target.share).isReached(by: target.rule.numerator(counts), of: bottom) { met += 1 }
    }

    /// Adds an observation that stands for `weight` replications.
    ///
    /// `counted` gives the counts that a metric of the catalogue is about, where not all of them.
    mutating func add(
        _ counts: Counts, weight: Double, target: ServiceTarget?, controls: [Double], counted: ((Int) -> Counts)? = nil
    ) {
        let oldest = sum[.oldest] + weight * counts[.oldest]
        sum.add(counts, times: weight)
        // Of each replication there is an oldest.
        sum.columns[Observations.Contact.oldest.rawValue] = oldest
        for (m, metric) in Metric.catalogue.enumerated() {
            let counts = counted?(m) ?? counts
            metrics[m].add(metric.numerator(counts), over: metric.denominator(counts), controls: controls)
        }
        guard let rule = target?.rule else { return }
        serviceLevel.add(rule.numerator(counts), over: rule.denominator(counts), controls: controls)
    }
}
