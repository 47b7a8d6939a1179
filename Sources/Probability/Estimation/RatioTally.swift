/// Running moments of pairs (x, y), one pair an observation, for the ratio of their means.
///
/// Updated in replication order, so that the same replications give the same bits. The interval is that of the linearised
/// ratio (delta method; Law 2015, theory of regenerative ratios), skewness taken off: see `MeanInterval`.
public struct RatioTally: Sendable, Hashable {
    /// How many observations were added.
    public private(set) var count = 0
    /// Replications that the pairs are sums over.
    public private(set) var replications = 0.0
    /// Observations in which there was anything to count.
    public private(set) var filled = 0
    private var xSum = 0.0
    private var ySum = 0.0
    /// The first pair, from which moments are taken: far from 0 little would be left of them.
    private var first = SIMD2<Double>()
    private var dx = 0.0
    private var dy = 0.0
    private var xx = 0.0
    private var xy = 0.0
    private var yy = 0.0
    private var xxx = 0.0
    private var xxy = 0.0
    private var xyy = 0.0
    private var yyy = 0.0

    /// No observations yet.
    public init() {}

    /// Sums over a number of replications, 1 if not told.
    @inlinable
    public mutating func add(_ x: Double, over y: Double, replications: Double = 1) {
        accumulate(x, y, replications)
    }

    @usableFromInline
    mutating func accumulate(_ x: Double, _ y: Double, _ weight: Double) {
        if count == 0 { first = SIMD2(x, y) }
        count += 1
        replications += weight
        xSum += x
        ySum += y
        if y != 0 { filled += 1 }
        let a = x - first.x
        let b = y - first.y
        dx += a
        dy += b
        let aa = a * a
        let bb = b * b
        xx += aa
        xy += a * b
        yy += bb
        xxx += aa * a
        xxy += aa * b
        xyy += a * bb
        yyy += bb * b
    }

    /// The mean of the numerator by replication; 0 without any.
    public var xMean: Double { replications > 0 ? xSum / replications : 0 }
    /// The mean of the denominator by replication; 0 without any.
    public var yMean: Double { replications > 0 ? ySum / replications : 0 }

    /// The sum of what x is a part of.
    public var total: Double { ySum }

    /// The ratio of means; nil when the mean of y is 0 (0/0 is undefined, never 0 or 100 %).
    public var value: Double? { ySum == 0 ? nil : xSum / ySum }

    /// The ratio with its interval at a confidence such as 0.95; the interval is unbounded after one observation.
    public func estimate(confidence: Double, kind: FigureKind = .mean) -> Estimate? {
        guard let value else { return nil }
        let n = Double(count)
        // Sums of powers of z = x − value y, less those of the first pair; z's own mean is 0.
        let sum = dx - value * dy
        let squares = xx - 2 * value * xy + value * value * yy
        let cubes = xxx - 3 * value * xxy + 3 * value * value * xyy - value * value * value * yyy
        let mean = sum / n
        let spread = max(0, squares - n * mean * mean)
        let skew = cubes - 3 * mean * squares + 2 * n * mean * mean * mean
        // What is left of differences of large sums is rounding.
        let isConstant = spread <= 1e-13 * squares
        let variance = count > 1 && !isConstant ? spread / (n - 1) * n / (ySum * ySum) : 0
        return MeanInterval.estimate(
            value, center: value,
            spread: MeanInterval.Spread(
                count: count, replications: replications, variance: variance,
                skewness: isConstant
                    ? 0 : MeanInterval.Spread.skewness(squares: spread, cubes: skew, count: n) * (ySum < 0 ? -1 : 1),
                largest: 0),
            degrees: count - 1, kind: kind, contacts: ySum, confidence: confidence)
    }
}
