/// Every duration between two ends is as likely as any other.
public struct Uniform: Sendable, Hashable, DistributionShape {
    /// Seconds, 0 ≤ low < high.
    public let low: Double
    public let high: Double
    public var mean: Double { (low + high) / 2 }
    /// At most 1/√3, when `low` is 0.
    public var spread: Double { (high - low) / (high + low) / 3.0.squareRoot() }

    public init(_ low: Double, _ high: Double) {
        self.low = low
        self.high = high
    }

    @inlinable
    public func quantile(_ u: Double) -> Double { low + (high - low) * u }

    static let entry = DistributionEntry(
        keyword: "uniform", summary: "between two ends, each duration as likely as any other", defaultSpread: 0.5,
        takesSpread: true
    ) { mean, spread in
        let half = mean * min(spread, 1 / 3.0.squareRoot()) * 3.0.squareRoot()
        return .uniform(Uniform(mean - half, mean + half))
    }
}
