import Center
import Probability
import Queueing

/// What a set of replications says: means and intervals for every scope, merged in replication order.
public struct Results: Sendable {
    /// Why no more replications were played.
    public enum StopReason: String, Sendable {
        case fixed = "runs"
        case precision
        /// The goals are reached but for those of which nothing was counted.
        case uncounted = "nothing_counted"
        case maximum = "max"
        case interrupted
        /// A long run that was as long as asked for, and can be trusted or not.
        case length, unsettled, correlated
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
    /// Contact type and language of each class, and its figures.
    public let classes: [(type: Int, language: String?)]
    /// By contact type, its classes.
    public let classesOfType: [Range<Int>]
    /// Sums by batches of runs, of which all figures of scopes are made.
    private(set) var ledger: RunLedger
    /// By contact type, its controls where they pay; brought up to date by `settle`.
    private(set) var fits: [TypeFit?]
    /// How many replications in a row make one observation, and those that do not yet.
    let block: Int
    private var runsInBlock = 0
    /// By type, one observation a replication of what `gain` is about, as if none knew of another.
    var single: [RatioTally]
    /// `[day][type]`, and last of each day all promises together: replications that could be judged, and that met.
    private var dayJudgements: [SIMD2<Int32>]
    /// What is watched in some hours of the day.
    private(set) var hours: WindowLedger
    /// Waits of the answered by class.
    private var waits: WaitSections

    /// `[period][type]`.
    private var periods: PeriodLedger
    var periodQueueMax: [Double]
    var periodQueueEnd: [Double]
    /// `[histogram][bucket]`, and which histogram belongs to `[period][type]`.
    private var periodWaits: [UInt32] = []
    private let histogram: [Int32]
    /// `[period][group]`.
    var periodOccupancy: [RatioTally]
    /// Busy and present seconds of the block that is not whole yet.
    private var unfinishedTime: [SIMD2<Double>]
    var periodBusy: [Double]
    var periodPresent: [Double]
    var periodOvertime: [Double]
    /// `[period][group]`, seconds as planned, the same in every replication.
    public let scheduledSeconds: [Double]
    public let paidSeconds: [Double]
    /// Languages in the order in which types name them, and the classes that are counted for each.
    let spoken: [(code: String, classes: [Int])]
    /// The classes whose waits are told together for everything.
    private let waitedTogether: [Int]
    /// By metric of the catalogue, and those types whose contacts are counted together for everything, where not all.
    let together: [[Int]?]
    let costs: CostPools
    private(set) var costFactors: [Double]
    /// Paid seconds of the counted periods by group, those beyond contracts at their rate.
    private let paidCounted: [Double]

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

    private var groupCount: Int { scenario.agentGroups.count }

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

    // MARK: Merging

    /// Adds the next replication. Called in replication order, one at a time. `waits` are its own, `[class][bucket]`.
    mutating func fold(_ seen: Observations, waits newWaits: UnsafePointer<UInt64>) -> Run {
        let run = count(seen)
        for t in scenario.contactTypes.indices {
            let (top, bottom) = watchedRatio(type: t, run.types[t])
            single[t].add(top, over: bottom)
        }
        hours.add(seen)
        runsInBlock += 1
        if runsInBlock == block { closeBlock() }
        waits.add(newWaits)
        return run
    }

    private mutating func closeBlock() {
        periods.close()
        hours.close(runs: runsInBlock)
        for cell in periodOccupancy.indices where block > 1 {
            periodOccupancy[cell].add(
                unfinishedTime[cell].x, over: unfinishedTime[cell].y, replications: Double(runsInBlock))
            unfinishedTime[cell] = SIMD2()
        }
        runsInBlock = 0
    }

    /// Takes in what belongs to no whole block, and looks which controls pay: no more replications come.
    mutating func close() {
        if runsInBlock > 0 { closeBlock() }
        ledger.close()
        settle()
    }

    /// One observation is over, whatever its length: for a long run.
    mutating func closeBatch() { ledger.close() }

    mutating func leaveControls() {
        fits = fits.map { _ in nil }
        costFactors = findCostFactors()
    }

    /// Looks which types' controls pay, as far as it has come.
    mutating func settle() {
        fits = scenario.contactTypes.indices.map { fit(type: $0) }
        costFactors = findCostFactors()
    }

    /// Adds up what one replication saw, by period and over the counted periods, and judges it against the targets.
    mutating func count(_ seen: Observations) -> Run {
        replications += 1
        let width = Observations.Contact.count
        let typeCount = scenario.contactTypes.count
        let classCount = classes.count
        let counted = scenario.experiment.counted ?? 0..<seen.periodCount
        let judgesDays = scenario.experiment.judgesDays
        // `[class][column]`, over the counted periods and over a day.
        var classSums = [Double](repeating: 0, count: classCount * width)
        var ofDay = judgesDays ? classSums : []
        var row = [Double](repeating: 0, count: width)
        periods.begin(controlsByType(seen))
        for p in 0..<seen.periodCount {
            let own = seen.contacts.base + p * classCount * width
            if counted.contains(p) { Self.add(own, to: &classSums) }
            for t in 0..<typeCount {
                let cell = p * typeCount + t
                periodQueueMax[cell] += seen.queueMax[cell]
                periodQueueEnd[cell] += seen.queueEnd[cell]
                let classes = classesOfType[t]
                guard classes.count > 1 else {
                    periods.add(own + classes.lowerBound * width, cell: cell, type: t)
                    continue
                }
                row.withUnsafeMutableBufferPointer { row in
                    for k in 0..<width { row[k] = 0 }
                    for c in classes {
                        let base = own + c * width
                        for k in 0..<width { row[k] += base[k] }
                    }
                    if let first = row.baseAddress { periods.add(first, cell: cell, type: t) }
                }
            }
            guard judgesDays else { continue }
            Self.add(own, to: &ofDay)
            let day = scenario.horizon.periods[p].day
            guard p + 1 == seen.periodCount || scenario.horizon.periods[p + 1].day != day else { continue }
            judge(day: day, Self.counts(ofDay, classCount))
            for k in ofDay.indices { ofDay[k] = 0 }
        }
        var classCounts = Self.counts(classSums, classCount)
        var typeCounts = (0..<typeCount).map { t in
            var sum = Counts()
            for c in classesOfType[t] { for k in 0..<width { sum.columns[k] += classCounts[c].columns[k] } }
            return sum
        }
        var total = Counts()
        var levelTop = 0.0
        var levelBottom = 0.0
        let groupRuns = countGroups(seen)
        let paid = zip(paidCounted, zip(scenario.agentGroups, groupRuns)).map { seconds, group in
            seconds + (group.0.overtimeRate ?? 0) * group.1.overtime
        }
        let shares = costs.shares(
            handling: typeCounts.map(\.handling), offered: typeCounts.map(\.offered), paid: paid)
        for c in 0..<classCount {
            let whole = typeCounts[classes[c].type]
            let part =
                whole.handling > 0
                ? classCounts[c].handling / whole.handling
                : whole.offered > 0
                    ? classCounts[c].offered / whole.offered : 1 / Double(classesOfType[classes[c].type].count)
            classCounts[c].cost = shares[classes[c].type] * part
        }
        for t in 0..<typeCount {
            typeCounts[t].cost = shares[t]
            if let origin = scenario.contactTypes[t].origin, origin.cause == .callback {
                typeCounts[origin.contactType].promisesDue += typeCounts[t].offered - typeCounts[t].undecided
            }
        }
        for t in 0..<typeCount {
            total.add(typeCounts[t])
            guard let target = scenario.contactTypes[t].target else { continue }
            levelTop += target.rule.numerator(typeCounts[t])
            levelBottom += target.rule.denominator(typeCounts[t])
        }
        let run = Run(
            all: total, serviceLevel: (levelTop, levelBottom), types: typeCounts, classes: classCounts,
            groups: groupRuns, controls: controls(seen))
        ledger.add(
            run,
            judgements: RunLedger.Judgements(
                all: Self.all((0..<typeCount).flatMap { keeps(type: $0, typeCounts[$0], classCounts) }),
                types: (0..<typeCount).map { Self.all(keeps(type: $0, typeCounts[$0], classCounts)) },
                classes: (0..<classCount).map { c in
                    let limit = scenario.contactTypes[classes[c].type].maxAbandonment(in: classes[c].language)
                    return Self.all(Self.keeps(classCounts[c], target(ofClass: c), limit))
                }))
        return run
    }

    private static func add(_ row: UnsafePointer<Double>, to sums: inout [Double]) {
        sums.withUnsafeMutableBufferPointer { sums in
            for k in sums.indices { sums[k] += row[k] }
        }
    }

    private static func counts(_ sums: [Double], _ classCount: Int) -> [Counts] {
        let width = Observations.Contact.count
        return (0..<classCount).map { Counts(sums[($0 * width)..<(($0 + 1) * width)]) }
    }

    private mutating func judge(day: Int, _ ofClasses: [Counts]) {
        let count = scenario.contactTypes.count
        let ofTypes = (0..<count).map { t in
            classesOfType[t].reduce(into: Counts()) { $0.add(ofClasses[$1]) }
        }
        for t in 0...count {
            let kept =
                t < count
                ? Self.all(keeps(type: t, ofTypes[t], ofClasses))
                : Self.all((0..<count).flatMap { keeps(type: $0, ofTypes[$0], ofClasses) })
            guard let kept else { continue }
            dayJudgements[day * (count + 1) + t] &+= SIMD2(1, kept ? 1 : 0)
        }
    }

    /// Of each promise to a type's callers, to all or to those of a language, whether it was kept; those of which nobody
    /// came are left out.
    private func keeps(type t: Int, _ counts: Counts, _ ofClasses: [Counts]) -> [Bool] {
        let type = scenario.contactTypes[t]
        var kept = Self.keeps(
            counts, type.languageTargets.isEmpty ? type.target : nil,
            type.languageLimits.isEmpty ? type.maxAbandonment : nil)
        guard !type.languageTargets.isEmpty || !type.languageLimits.isEmpty else { return kept }
        for c in classesOfType[t] {
            let language = classes[c].language
            kept += Self.keeps(
                ofClasses[c], type.languageTargets.isEmpty ? nil : type.target(in: language),
                type.languageLimits.isEmpty ? nil : type.maxAbandonment(in: language))
        }
        return kept
    }

    private static func keeps(_ counts: Counts, _ target: ServiceTarget?, _ limit: Double?) -> [Bool] {
        var kept: [Bool] = []
        if let isMet = judge(counts, by: target) { kept.append(isMet) }
        if let limit, counts.offered > 0 {
            kept.append(PromisedShare(limit).isNotExceeded(by: counts.abandoned, of: counts.offered))
        }
        return kept
    }

    /// Nil where there is nothing to keep.
    private static func all(_ kept: [Bool]) -> Bool? { kept.isEmpty ? nil : kept.allSatisfy { $0 } }

    /// The share of replications in which a day kept what is promised to a type's callers, or, without a type, everything
    /// that is promised; nil where days are not judged, or nothing could be.
    package func chance(day: Int, type t: Int?, confidence: Double) -> Estimate? {
        guard !dayJudgements.isEmpty else { return nil }
        let count = scenario.contactTypes.count
        let seen = dayJudgements[day * (count + 1) + (t ?? count)]
        guard seen.x > 0 else { return nil }
        return Wilson.estimate(hits: Int(seen.y), trials: Int(seen.x), confidence: confidence)
    }

    /// Whether one replication met its target; nil where there was nothing to judge.
    static func judge(_ counts: Counts, by target: ServiceTarget?) -> Bool? {
        guard let target else { return nil }
        let bottom = target.rule.denominator(counts)
        guard bottom > 0 else { return nil }
        return PromisedShare(target.share).isReached(by: target.rule.numerator(counts), of: bottom)
    }

    /// `[type][control]`, sums of those of its classes; empty without controls.
    private func controlsByType(_ seen: Observations) -> [SIMD2<Double>] {
        guard seen.controls.count > 0 else { return [] }
        var sums = [SIMD2<Double>](repeating: SIMD2(), count: scenario.contactTypes.count)
        for c in classes.indices {
            let at = c * LoadControls.Control.count
            sums[classes[c].type] += SIMD2(seen.controls[at], seen.controls[at + 1])
        }
        return sums
    }

    private func controls(_ seen: Observations) -> [[Double]] {
        let width = LoadControls.Control.count
        guard seen.controls.count > 0 else { return [] }
        return classes.indices.map { c in (0..<width).map { seen.controls[c * width + $0] } }
    }

    /// What the callers of a class are promised in time.
    func target(ofClass c: Int) -> ServiceTarget? {
        scenario.contactTypes[classes[c].type].target(in: classes[c].language)
    }

    private mutating func countGroups(_ seen: Observations) -> [GroupRun] {
        let width = Observations.Group.count
        let groupCount = groupCount
        let counted = scenario.experiment.counted
        var totals = [GroupRun](repeating: (0, 0, 0, 0), count: groupCount)
        for p in 0..<seen.periodCount {
            for g in 0..<groupCount {
                let cell = p * groupCount + g
                let busy = seen.groups[cell * width + Observations.Group.busy.rawValue]
                let present = seen.groups[cell * width + Observations.Group.present.rawValue]
                if block == 1 {
                    periodOccupancy[cell].add(busy, over: present)
                } else {
                    unfinishedTime[cell] += SIMD2(busy, present)
                }
                periodBusy[cell] += busy
                periodPresent[cell] += present
                let overtime = seen.groups[cell * width + Observations.Group.overtime.rawValue]
                periodOvertime[cell] += overtime
                guard counted?.contains(p) ?? true else { continue }
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
