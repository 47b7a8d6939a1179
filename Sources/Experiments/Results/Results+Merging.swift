import Center
import Probability
import Queueing
import Simulator

/// Merging what replications saw.
extension Results {
    /// Adds the next replication: in the order of replications, one at a time.
    mutating func fold(_ seen: ReplicationSums) -> Run {
        let run = count(seen)
        for t in scenario.contactTypes.indices {
            let (top, bottom) = watchedRatio(type: t, run.types[t])
            single[t].add(top, over: bottom)
        }
        hours.add(seen)
        runsInBlock += 1
        if runsInBlock == block { closeBlock() }
        addWaits(seen.waits)
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

    /// Takes in what is left of an incomplete block, and decides which controls pay: no more replications come.
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

    /// Decides which types' controls pay, by what has been merged so far.
    mutating func settle() {
        fits = scenario.contactTypes.indices.map { fit(type: $0) }
        costFactors = findCostFactors()
    }

    /// Adds up what one replication saw, by period and over the counted periods, and judges it against the targets.
    mutating func count(_ seen: ReplicationSums) -> Run {
        replications += 1
        let classSums = addPeriods(seen)
        let width = ReplicationSums.Contact.count
        let typeCount = scenario.contactTypes.count
        let classCount = classes.count
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

    /// Adds up the periods of one replication; its sums over the counted periods, `[class][column]`.
    private mutating func addPeriods(_ seen: ReplicationSums) -> [Double] {
        let width = ReplicationSums.Contact.count
        let typeCount = scenario.contactTypes.count
        let classCount = classes.count
        let counted = scenario.experiment.counted ?? 0..<seen.shape.periods
        let judgesDays = scenario.experiment.judgesDays
        // `[class][column]`, over the counted periods and over a day.
        var classSums = [Double](repeating: 0, count: classCount * width)
        var ofDay = judgesDays ? classSums : []
        var row = [Double](repeating: 0, count: width)
        periods.begin(controlsByType(seen))
        seen.contacts.withUnsafeBufferPointer { all in
            guard let base = all.baseAddress else { return }
            for p in 0..<seen.shape.periods {
                let own = base + p * classCount * width
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
                guard p + 1 == seen.shape.periods || scenario.horizon.periods[p + 1].day != day else { continue }
                judge(day: day, Self.counts(ofDay, classCount))
                for k in ofDay.indices { ofDay[k] = 0 }
            }
        }
        return classSums
    }

    private static func add(_ row: UnsafePointer<Double>, to sums: inout [Double]) {
        sums.withUnsafeMutableBufferPointer { sums in
            for k in sums.indices { sums[k] += row[k] }
        }
    }

    private static func counts(_ sums: [Double], _ classCount: Int) -> [Counts] {
        let width = ReplicationSums.Contact.count
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

    /// Whether one replication met its target; nil where there was nothing to judge.
    static func judge(_ counts: Counts, by target: ServiceTarget?) -> Bool? {
        guard let target else { return nil }
        let bottom = target.rule.denominator(counts)
        guard bottom > 0 else { return nil }
        return PromisedShare(target.share).isReached(by: target.rule.numerator(counts), of: bottom)
    }

    /// `[type][control]`, sums of those of its classes; empty without controls.
    private func controlsByType(_ seen: ReplicationSums) -> [SIMD2<Double>] {
        guard !seen.controls.isEmpty else { return [] }
        var sums = [SIMD2<Double>](repeating: SIMD2(), count: scenario.contactTypes.count)
        for c in classes.indices {
            let at = c * LoadControls.Control.count
            sums[classes[c].type] += SIMD2(seen.controls[at], seen.controls[at + 1])
        }
        return sums
    }

    private func controls(_ seen: ReplicationSums) -> [[Double]] {
        let width = LoadControls.Control.count
        guard !seen.controls.isEmpty else { return [] }
        return classes.indices.map { c in (0..<width).map { seen.controls[c * width + $0] } }
    }

    /// What the callers of a class are promised in time.
    func target(ofClass c: Int) -> ServiceTarget? {
        scenario.contactTypes[classes[c].type].target(in: classes[c].language)
    }

    private mutating func countGroups(_ seen: ReplicationSums) -> [GroupRun] {
        let width = ReplicationSums.Group.count
        let groupCount = groupCount
        let counted = scenario.experiment.counted
        var totals = [GroupRun](repeating: (0, 0, 0, 0), count: groupCount)
        for p in 0..<seen.shape.periods {
            for g in 0..<groupCount {
                let cell = p * groupCount + g
                let busy = seen.groups[cell * width + ReplicationSums.Group.busy.rawValue]
                let present = seen.groups[cell * width + ReplicationSums.Group.present.rawValue]
                if block == 1 {
                    periodOccupancy[cell].add(busy, over: present)
                } else {
                    unfinishedTime[cell] += SIMD2(busy, present)
                }
                periodBusy[cell] += busy
                periodPresent[cell] += present
                let overtime = seen.groups[cell * width + ReplicationSums.Group.overtime.rawValue]
                periodOvertime[cell] += overtime
                guard counted?.contains(p) ?? true else { continue }
                totals[g].busy += busy
                totals[g].present += present
                totals[g].overtime += overtime
                totals[g].answered += seen.groups[cell * width + ReplicationSums.Group.answered.rawValue]
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

    /// Takes over the waits by period that the players kept.
    mutating func addWaits(byPeriod: [UInt32]) {
        periodWaits = byPeriod
    }
}
