/// Running moments of pairs (x, y), one pair a replication, for the ratio of their means.
///
/// Updated in replication order, so that the same replications give the same bits (Welford 1962). The interval is
/// Student's on the linearised ratio (delta method; Law 2015, theory of regenerative ratios). A tally that keeps its
/// first pairs uses the jackknife instead while there are few of them: there the ratio is biased and its linear part
/// too narrow (Miller 1974, The jackknife: a review).
public struct RatioTally: Sendable, Hashable {
    /// From how many replications on the delta method is used: below, its intervals are too narrow where the
    /// denominator varies much (measured in `IntervalCoverage`).
    public static let enoughForDelta = 30

    public private(set) var count = 0
    public private(set) var xMean = 0.0
    public private(set) var yMean = 0.0
    private var xx = 0.0
    private var xy = 0.0
    private var yy = 0.0
    /// The pairs so far, while they are few; nil once they are not, or when they are not kept.
    private var few: [SIMD2<Double>]?

    /// `keepingFew`: whether the first pairs are kept for the jackknife; at most `enoughForDelta` × 16 bytes.
    public init(keepingFew: Bool = false) {
        few = keepingFew ? [] : nil
    }

    @inlinable
    public mutating func add(_ x: Double, over y: Double) { accumulate(x, y) }

    @usableFromInline
    mutating func accumulate(_ x: Double, _ y: Double) {
        count += 1
        let n = Double(count)
        let dx = x - xMean
        let dy = y - yMean
        xMean += dx / n
        yMean += dy / n
        xx += dx * (x - xMean)
        xy += dx * (y - yMean)
        yy += dy * (y - yMean)
        if few != nil {
            if count < Self.enoughForDelta { few?.append(SIMD2(x, y)) } else { few = nil }
        }
    }

    /// The ratio of means; nil when the mean of y is 0 (0/0 is undefined, never 0 or 100 %).
    public var value: Double? { yMean == 0 ? nil : xMean / yMean }

    /// The ratio with its interval at a confidence such as 0.95; the interval is unbounded after one replication.
    public func estimate(confidence: Double) -> Estimate? {
        guard let value else { return nil }
        guard count > 1 else {
            return Estimate(value: value, low: -.infinity, high: .infinity, standardDeviation: 0)
        }
        if let few, let estimate = Self.jackknife(few, confidence: confidence) { return estimate }
        return delta(confidence: confidence)
    }

    /// By the delta method, whatever the number of replications ≥ 2.
    func delta(confidence: Double) -> Estimate? {
        guard let value, count > 1 else { return nil }
        let n = Double(count)
        let variance = max(0, xx - 2 * value * xy + value * value * yy) / (n - 1)
        let deviation = variance.squareRoot() / abs(yMean)
        let half =
            Student.quantile(confidence: confidence, degreesOfFreedom: count - 1) * deviation / n.squareRoot()
        return Estimate(value: value, low: value - half, high: value + half, standardDeviation: deviation)
    }

    /// By leaving out one pair after the other; nil where one pair alone makes the denominator.
    ///
    /// The interval lies around the ratio freed of its first-order bias, n θ − (n − 1) mean θ₍ᵢ₎; the value stays the
    /// ratio of means that tables print elsewhere.
    static func jackknife(_ pairs: [SIMD2<Double>], confidence: Double) -> Estimate? {
        guard pairs.count > 1 else { return nil }
        let n = Double(pairs.count)
        var sum = SIMD2<Double>()
        for pair in pairs { sum += pair }
        var mean = 0.0
        var squares = 0.0
        for (i, pair) in pairs.enumerated() {
            let rest = sum - pair
            guard rest.y != 0 else { return nil }
            let ratio = rest.x / rest.y
            let step = ratio - mean
            mean += step / Double(i + 1)
            squares += step * (ratio - mean)
        }
        let value = sum.x / sum.y
        let middle = n * value - (n - 1) * mean
        // The variance of the estimate is (n − 1)/n Σ (θ₍ᵢ₎ − mean)²; one replication's is n times as large.
        let deviation = ((n - 1) * squares).squareRoot()
        let half =
            Student.quantile(confidence: confidence, degreesOfFreedom: pairs.count - 1) * deviation / n.squareRoot()
        return Estimate(value: value, low: middle - half, high: middle + half, standardDeviation: deviation)
    }
}
