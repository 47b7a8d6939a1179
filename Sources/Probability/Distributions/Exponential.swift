/// The memoryless distribution: F(x) = 1 − e^(−x/mean).
public struct Exponential: Sendable, Hashable, DistributionShape {
    /// Seconds, > 0.
    public let mean: Double
    public var spread: Double { 1 }

    public init(mean: Double) { self.mean = mean }

    @inlinable
    public func quantile(_ u: Double) -> Double { -mean * PortableMath.log(1 - u) }

    func quantiles(_ values: UnsafeMutablePointer<Double>, count: Int) {
        PortableMath.exponentials(values, mean: mean, count: count)
    }

    static let entry = DistributionEntry(
        keyword: "exponential", summary: "memoryless; its spread is always 1", defaultSpread: 1, takesSpread: false
    ) { mean, _ in .exponential(Exponential(mean: mean)) }
}
