import Foundation
import Probability
import Queueing

/// Reference values against simulated intervals: about 1 of 100 may lie outside its 99 % interval.
struct Pairs: Sendable {
    static let confidence = 0.99

    struct Pair: Sendable {
        var name: String
        var exact: Double
        var estimate: Estimate
        var isShare: Bool
        var isInside: Bool
        /// Half-width ÷ what it should be at most.
        var excess: Double
    }

    private(set) var pairs: [Pair] = []
    /// Shares whose event, or its opposite, the run would see too seldom for an interval from replications: they must
    /// lie within the goal instead. Mean waits of fewer than 50 who hung up are only counted.
    private(set) var rare: [Pair] = []
    private(set) var rows: Set<String> = []

    var count: Int { pairs.count }
    var outside: [Pair] { pairs.filter { !$0.isInside } }
    var isRareRight: Bool { rare.allSatisfy(\.isInside) }

    /// Whether a metric is a share, whose half-width may be 0.2 points where 1 % of the value would be less.
    static func isShare(_ metric: String) -> Bool {
        let name = metric.split(separator: ".").last ?? ""
        return name.hasPrefix("p_") || name.hasPrefix("sl_") || name.hasPrefix("occupancy") || name.hasPrefix("share")
    }

    /// The half-width that a figure should have.
    static func goal(_ metric: String, _ value: Double) -> Double {
        max(0.01 * abs(value), isShare(metric) ? 0.002 : 0)
    }

    /// Compares one figure; of a share of seconds, `grain` is how many seconds count as one event.
    mutating func compare(
        row: String, _ metric: String, _ exact: Double, _ tally: RatioTally?, grain: Double = 1
    ) {
        guard let tally, let estimate = tally.estimate(confidence: Self.confidence) else { return }
        rows.insert(row)
        // Sums of millions of seconds are rounded.
        let slack = 1e-9 * abs(exact)
        let isShare = Self.isShare(metric)
        var pair = Pair(
            name: "\(row) \(metric)", exact: exact, estimate: estimate, isShare: isShare,
            isInside: exact >= estimate.low - slack && exact <= estimate.high + slack,
            excess: estimate.halfWidth / max(Self.goal(metric, exact), .leastNormalMagnitude))
        let events = min(exact, 1 - exact) * tally.yMean * Double(tally.count) / grain
        // What cannot happen at all (0 or 1 exactly) is no rare event.
        if isShare, exact > 0, exact < 1, events < 50 {
            pair.isInside = abs(estimate.value - exact) <= 0.002
            rare.append(pair)
        } else if metric.hasSuffix("mean_wait_abandoned_s"), tally.yMean * Double(tally.count) < 50 {
            // A mean over a handful of contacts, most replications having none, has no interval either.
            pair.isInside = true
            rare.append(pair)
        } else {
            pairs.append(pair)
        }
    }

    /// Compares with a figure that has an interval of its own, of `halfWidth`: do the two overlap?
    mutating func overlap(row: String, _ metric: String, _ value: Double, halfWidth: Double, _ tally: RatioTally) {
        guard let estimate = tally.estimate(confidence: Self.confidence) else { return }
        rows.insert(row)
        pairs.append(
            Pair(
                name: "\(row) \(metric) (± \(halfWidth))", exact: value, estimate: estimate,
                isShare: Self.isShare(metric),
                isInside: abs(estimate.value - value) <= estimate.halfWidth + halfWidth, excess: 0))
    }

    mutating func add(_ other: Pairs) {
        pairs += other.pairs
        rare += other.rare
        rows.formUnion(other.rows)
    }

    /// The most misses that have a chance of at least 10⁻⁴ among so many pairs, when each interval misses 1 in 100.
    static func mostMisses(of count: Int) -> Int {
        var chance = exp(Double(count) * log1p(-0.01))
        var reached = chance
        var misses = 0
        while 1 - reached > 1e-4, misses < count {
            chance *= Double(count - misses) / Double(misses + 1) * (0.01 / 0.99)
            misses += 1
            reached += chance
        }
        return misses
    }

    var areCredible: Bool { outside.count <= Self.mostMisses(of: count) && isRareRight }

    /// Pairs whose half-width is wider than it should be.
    var wide: [Pair] { pairs.filter { $0.excess > 1 } }

    /// Rows, pairs, inside, share, the widest half-widths of shares (points) and of other figures (%), how many are wider
    /// than asked, how many shares too rare.
    var cells: [String] {
        let share = count > 0 ? 100 * Double(count - outside.count) / Double(count) : 100
        let points = pairs.filter(\.isShare).map { 100 * $0.estimate.halfWidth }.max() ?? 0
        let percents = pairs.filter { !$0.isShare && $0.exact != 0 }.map {
            100 * $0.estimate.halfWidth / abs($0.exact)
        }
        return [
            "\(rows.count)", "\(count)", "\(count - outside.count)", Self.text(share, 1) + " %",
            Self.text(points, 2), Self.text(percents.max() ?? 0, 2), "\(wide.count)", "\(rare.count)",
        ]
    }

    static func text(_ value: Double, _ decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }

    var report: String {
        let line = { (pair: Pair) in
            "\(pair.name): exact \(pair.exact), simulated \(pair.estimate.value), "
                + "\(pair.estimate.low) to \(pair.estimate.high)"
        }
        var text = "\(count - outside.count) of \(count) inside; rows, pairs, inside, share, points, %, wide, rare: "
        text += cells.joined(separator: " | ") + "\n"
        for pair in outside { text += "  outside: " + line(pair) + "\n" }
        for pair in rare where !pair.isInside { text += "  rare: " + line(pair) + "\n" }
        for pair in wide.sorted(by: { $0.excess > $1.excess }) {
            text += "  wide: \(pair.name): half-width \(pair.estimate.halfWidth) at \(pair.exact), "
            text += "\(Self.text(pair.excess, 1)) × what was asked\n"
        }
        return text
    }

    /// Does a row's work for all rows on all cores, and puts the pairs together in the order of the rows.
    static func gathered<Row: Sendable>(
        _ rows: [Row], _ work: @escaping @Sendable (Int, Row) throws -> Pairs
    ) async throws -> Pairs {
        try await withThrowingTaskGroup(of: (Int, Pairs).self) { group in
            for (i, row) in rows.enumerated() { group.addTask { (i, try work(i, row)) } }
            var found: [Int: Pairs] = [:]
            for try await (i, pairs) in group { found[i] = pairs }
            var all = Pairs()
            for i in rows.indices { all.add(found[i] ?? Pairs()) }
            return all
        }
    }
}
