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
