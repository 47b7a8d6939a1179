/// A value with its confidence interval.
public struct Estimate: Sendable, Hashable {
    public var value: Double
    public var low: Double
    public var high: Double
    /// The standard deviation of one replication's value (of its linear part, for a ratio).
    public var standardDeviation: Double
    /// Whether a single observation carries most of the spread: such an interval may well be too narrow.
    public var restsOnOne: Bool

    public var halfWidth: Double { (high - low) / 2 }

    /// How far the interval reaches from the value, on its longer side: the x of "± x".
    public var reach: Double { max(high - value, value - low) }

    public init(value: Double, low: Double, high: Double, standardDeviation: Double, restsOnOne: Bool = false) {
        self.value = value
        self.low = low
        self.high = high
        self.standardDeviation = standardDeviation
        self.restsOnOne = restsOnOne
    }
}
