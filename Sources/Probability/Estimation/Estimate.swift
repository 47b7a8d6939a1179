/// A value with its confidence interval.
public struct Estimate: Sendable, Hashable {
    /// The estimate itself, in the figure's unit; a share is a fraction.
    public var value: Double
    /// The lower bound; −∞ after a single observation.
    public var low: Double
    /// The upper bound; ∞ after a single observation.
    public var high: Double
    /// The standard deviation of one replication's value (of its linear part, for a ratio).
    public var standardDeviation: Double
    /// Whether a single observation carries most of the spread: such an interval may well be too narrow.
    public var restsOnOne: Bool

    /// Half of the interval's width.
    public var halfWidth: Double { (high - low) / 2 }

    /// How far the interval reaches from the value, on its longer side: the x of "± x".
    public var reach: Double { max(high - value, value - low) }

    /// All in the figure's own unit; `low` ≤ `high`, and `value` between them but for what rounding does.
    public init(value: Double, low: Double, high: Double, standardDeviation: Double, restsOnOne: Bool = false) {
        self.value = value
        self.low = low
        self.high = high
        self.standardDeviation = standardDeviation
        self.restsOnOne = restsOnOne
    }
}
