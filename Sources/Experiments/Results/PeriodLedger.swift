import Center
import Probability
import Queueing
import Simulator

/// What runs saw by period and contact type: sums of every column, their products with the type's controls, and the
/// moments of the two ratios that have an interval.
struct PeriodLedger: Sendable {
    /// By type, how its service level is counted; nil without a target.
    private let rules: [ServiceLevelRule?]
    private let typeCount: Int
    private let hasControls: Bool
    private let block: Int

    private static let width = ReplicationSums.Contact.count

    /// `[cell][column]`; products with the first and with the second control.
    private var sums: [Double]
    private var first: [Double]
    private var second: [Double]
    private var level: [RatioTally]
    private var hangUps: [RatioTally]
    /// Sums of the block that is not complete yet, `[cell][column]`, where a block has more than one run, and `[type]`
    /// of its controls.
    private var unfinished: [Double]
    private var controls: [SIMD2<Double>]
    private var runs = 0

    init(rules: [ServiceLevelRule?], periodCount: Int, hasControls: Bool, block: Int) {
        self.rules = rules
        typeCount = rules.count
        self.hasControls = hasControls
        self.block = block
        let cells = periodCount * rules.count
        let columns = [Double](repeating: 0, count: cells * Self.width)
        sums = columns
        first = hasControls ? columns : []
        second = first
        unfinished = block > 1 ? columns : []
        level = [RatioTally](repeating: RatioTally(), count: cells)
        hangUps = level
        controls = [SIMD2<Double>](repeating: SIMD2(), count: hasControls ? rules.count : 0)
    }

    /// The memory of a cell, bytes.
    static func bytes(hasControls: Bool, block: Int) -> Int {
        let row = MemoryLayout<Double>.stride * width
        return row * ((hasControls ? 3 : 1) + (block > 1 ? 1 : 0)) + 2 * MemoryLayout<RatioTally>.stride
    }

    // MARK: Adding

    /// Another run begins, of which these are the controls, by type; its periods follow.
    mutating func begin(_ seen: [SIMD2<Double>]) {
        runs += 1
        if hasControls { for t in seen.indices { controls[t] += seen[t] } }
    }

    /// Adds what the run saw of a type in a period.
    @inline(__always)
    mutating func add(_ row: UnsafePointer<Double>, cell: Int, type t: Int) {
        if block == 1 {
            take(row, cell, t, runs: 1)
        } else {
            let base = cell * Self.width
            unfinished.withUnsafeMutableBufferPointer { to in
                for k in 0..<Self.width { to[base &+ k] += row[k] }
            }
        }
    }

    private mutating func take(_ row: UnsafePointer<Double>, _ cell: Int, _ t: Int, runs: Double) {
        let base = cell * Self.width
        sums.withUnsafeMutableBufferPointer { to in
            for k in 0..<Self.width { to[base &+ k] += row[k] }
        }
        if hasControls {
            let mean = controls[t] / runs
            if mean != SIMD2() {
                first.withUnsafeMutableBufferPointer { to in
                    for k in 0..<Self.width { to[base &+ k] += mean.x * row[k] }
                }
                second.withUnsafeMutableBufferPointer { to in
                    for k in 0..<Self.width { to[base &+ k] += mean.y * row[k] }
                }
            }
        }
        let offered = row[ReplicationSums.Contact.offered.rawValue]
        hangUps[cell].add(row[ReplicationSums.Contact.abandoned.rawValue], over: offered, replications: runs)
        guard let rule = rules[t] else { return }
        if rule == .ofAllOffered {
            level[cell].add(
                row[ReplicationSums.Contact.answeredInTime.rawValue]
                    + row[ReplicationSums.Contact.keptInstead.rawValue],
                over: offered - row[ReplicationSums.Contact.undecided.rawValue]
                    - row[ReplicationSums.Contact.leftOut.rawValue], replications: runs)
        } else {
            let counts = Counts(UnsafeBufferPointer(start: row, count: Self.width))
            level[cell].add(rule.numerator(counts), over: rule.denominator(counts), replications: runs)
        }
    }

    /// A block is over, complete or not.
    mutating func close() {
        guard runs > 0 else { return }
        if block > 1 {
            let whole = unfinished
            whole.withUnsafeBufferPointer { whole in
                for cell in 0..<level.count {
                    take(whole.baseAddress! + cell * Self.width, cell, cell % typeCount, runs: Double(runs))
                }
            }
            for k in unfinished.indices { unfinished[k] = 0 }
        }
        for t in controls.indices { controls[t] = SIMD2() }
        runs = 0
    }

    // MARK: Reading

    /// Means over the replications, with the part taken off that controls explain.
    func mean(_ cell: Int, replications n: Double, pull: RunLedger.Pull?) -> Counts {
        var mean = Counts()
        for k in mean.columns.indices {
            let at = cell * Self.width + k
            mean.columns[k] = (pull.map { $0.total(sums[at], first[at], second[at]) } ?? sums[at]) / n
        }
        return mean
    }

    /// The service level by the type's rule, and the share of hang-ups, of a cell.
    func serviceLevel(
        _ cell: Int, type t: Int, replications n: Double, pull: RunLedger.Pull?, confidence: Double
    ) -> Estimate? {
        guard let rule = rules[t] else { return nil }
        return estimate(
            level[cell], moved: pull == nil ? nil : mean(cell, replications: n, pull: pull), confidence,
            { rule.numerator($0) }, { rule.denominator($0) })
    }

    func abandonment(
        _ cell: Int, type t: Int, replications n: Double, pull: RunLedger.Pull?, confidence: Double
    ) -> Estimate? {
        estimate(
            hangUps[cell], moved: pull == nil ? nil : mean(cell, replications: n, pull: pull), confidence,
            { $0.abandoned }, { $0.offered })
    }

    /// Without bounds where so few contacts came in so few runs that most intervals would be too narrow.
    private func estimate(
        _ tally: RatioTally, moved: Counts?, _ confidence: Double, _ numerator: (Counts) -> Double,
        _ denominator: (Counts) -> Double
    ) -> Estimate? {
        guard var seen = tally.estimate(confidence: confidence, kind: .callers) else {
            return nil
        }
        if let moved {
            // The interval is that of the ratio without controls: in one period they explain little, and never widen
            // it.
            let bottom = denominator(moved)
            guard bottom > 0 else { return nil }
            let value = min(1, max(0, numerator(moved) / bottom))
            let change = value - seen.value
            seen.low = max(0, min(seen.low + change, value))
            seen.high = min(1, max(seen.high + change, value))
            seen.value = value
        }
        if tally.filled < Self.fewest.observations || tally.total < Self.fewest.contacts {
            (seen.low, seen.high) = (-.infinity, .infinity)
        }
        return seen
    }

    /// Of how many contacts in how many observations an interval takes at least.
    private static let fewest = (observations: 5, contacts: 10.0)
}
