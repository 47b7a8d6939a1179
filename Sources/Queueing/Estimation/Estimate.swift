/// A value with its confidence interval.
public struct Estimate: Sendable, Hashable {
    public var value: Double
    public var low: Double
    public var high: Double
    /// The standard deviation of one replication's value (of its linear part, for a ratio).
    public var standardDeviation: Double

    public var halfWidth: Double { (high - low) / 2 }

    public init(value: Double, low: Double, high: Double, standardDeviation: Double) {
        self.value = value
        self.low = low
        self.high = high
        self.standardDeviation = standardDeviation
    }
}

/// Running moments of pairs (x, y), one pair a replication, for the ratio of their means.
///
/// Updated in replication order, so that the same replications give the same bits (Welford 1962). The interval is
/// Student's on the linearised ratio (delta method; Law 2015, theory of regenerative ratios).
public struct RatioTally: Sendable, Hashable {
    public private(set) var count = 0
    public private(set) var xMean = 0.0
    public private(set) var yMean = 0.0
    private var xx = 0.0
    private var xy = 0.0
    private var yy = 0.0

    public init() {}

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
    }

    /// The ratio of means; nil when the mean of y is 0 (0/0 is undefined, never 0 or 100 %).
    public var value: Double? { yMean == 0 ? nil : xMean / yMean }

    /// The ratio with its interval at a confidence such as 0.95; the interval is unbounded after one replication.
    public func estimate(confidence: Double) -> Estimate? {
        guard let value else { return nil }
        guard count > 1 else {
            return Estimate(value: value, low: -.infinity, high: .infinity, standardDeviation: 0)
        }
        let n = Double(count)
        let variance = max(0, xx - 2 * value * xy + value * value * yy) / (n - 1)
        let deviation = variance.squareRoot() / abs(yMean)
        let half =
            Student.quantile(confidence: confidence, degreesOfFreedom: count - 1) * deviation / n.squareRoot()
        return Estimate(value: value, low: value - half, high: value + half, standardDeviation: deviation)
    }
}
