import Queueing

/// Where everything is counted: in the period in which a contact was offered, or in which seconds passed.
struct Ledger {
    let seen: Observations
    /// `[class][bucket]` waits of answered contacts, over all plays until somebody clears them.
    let waits: Dense<UInt64>
    /// `[histogram][bucket]` waits of answered contacts by period of arrival and type, over all plays.
    let waitsByPeriod: Dense<UInt32>
    /// `[period × classes + class]`: the histogram of the period and type; 0 where nobody can be answered.
    private let histogramOfRow: Dense<Int32>
    private let periodStarts: Dense<Double>
    private let length: Double
    private let classCount: Int
    private let groupCount: Int
    private let typeCount: Int

    private(set) var period = 0
    /// Of the period: its start and its first cells among those of classes, groups and types.
    private var periodStart = 0.0
    private(set) var classRows = 0
    private var groupRows = 0
    private(set) var typeRows = 0

    init(_ plan: Blueprint, in memory: Memory) {
        seen = Observations(plan, in: memory)
        waits = Dense(repeating: 0, count: plan.classes.count * WaitHistogram.bucketCount, in: memory)
        waitsByPeriod = Dense(repeating: 0, count: plan.histogramCount * WaitHistogram.bucketCount, in: memory)
        histogramOfRow = Dense(
            plan.periodStarts.indices.flatMap { p in
                plan.classes.map { max(0, plan.histogram[p * plan.types.count + $0.type]) }
            }, in: memory)
        periodStarts = Dense(plan.periodStarts, in: memory)
        length = plan.length
        classCount = plan.classes.count
        groupCount = plan.groups.count
        typeCount = plan.types.count
    }

    mutating func begin() {
        seen.reset()
        enter(0)
    }

    mutating func enter(_ p: Int) {
        assert(p >= 0 && p < seen.periodCount)
        period = p
        periodStart = periodStarts[p]
        classRows = p * classCount
        groupRows = p * groupCount
        typeRows = p * typeCount
    }

    // MARK: Contacts

    /// `ledgerRow` is period × classes + class.
    @inline(__always)
    mutating func row(_ ledgerRow: Int) -> Observations.Row { seen.row(ledgerRow) }

    /// The row of a class in the last period.
    mutating func lastRow(class c: Int) -> Observations.Row { seen.row((seen.periodCount - 1) * classCount + c) }

    @inline(__always)
    mutating func countAnswer(waited wait: Double, class c: Int, ledgerRow: Int, isInTime: Bool, group g: Int) {
        assert(wait >= 0, "nobody waits backwards")
        let row = seen.row(ledgerRow)
        row.add(.answered, 1)
        if wait > 0 { row.add(.waitAnswered, wait) }
        row.add(.answeredInTime, isInTime ? 1 : 0)
        seen.add(.answered, 1, group: groupRows &+ g)
        let bucket = WaitHistogram.bucket(wait)
        waits[c &* WaitHistogram.bucketCount &+ bucket] &+= 1
        waitsByPeriod[Int(histogramOfRow[ledgerRow]) &* WaitHistogram.bucketCount &+ bucket] &+= 1
    }

    // MARK: Seconds

    /// Adds the seconds that a contact of a class waited to the periods in which they passed; what lies beyond the horizon
    /// counts to no period.
    @inline(__always)
    mutating func addQueueTime(from start: Double, until end: Double, class c: Int) {
        if start >= periodStart, end <= length {
            seen.row(classRows &+ c).add(.queue, end - start)
        } else {
            addLongQueueTime(from: start, until: min(end, length), class: c)
        }
    }

    @inline(never)
    private mutating func addLongQueueTime(from start: Double, until end: Double, class c: Int) {
        // Time waited before the beginning belongs to no period.
        var from = max(0, start)
        // Contacts that were handed back wait in another period than that of their arrival.
        var p = period
        while p > 0, periodStarts[p] > from { p -= 1 }
        while p < period, periodStarts[p + 1] < end {
            seen.row(p * classCount + c).add(.queue, periodStarts[p + 1] - from)
            from = periodStarts[p + 1]
            p += 1
        }
        if end > from { seen.row(p * classCount + c).add(.queue, end - from) }
    }

    /// Adds seconds of a group to the periods in which they passed; what lies beyond the horizon counts to no period.
    @inline(__always)
    mutating func addTime(from start: Double, to end: Double, group g: Int, _ column: Observations.Group) {
        if start >= periodStart, end <= length {
            seen.add(column, end - start, group: groupRows &+ g)
        } else {
            addLongTime(from: start, to: min(end, length), group: g, column)
        }
    }

    @inline(never)
    private mutating func addLongTime(from start: Double, to end: Double, group g: Int, _ column: Observations.Group) {
        var end = end
        guard start < end else { return }
        var p = period
        // Walks backwards from now: most times reach back by one period.
        while p > 0, periodStarts[p] > start {
            if end > periodStarts[p] {
                seen.add(column, end - periodStarts[p], group: p * groupCount + g)
                end = periodStarts[p]
            }
            p -= 1
        }
        seen.add(column, end - start, group: p * groupCount + g)
    }
}
