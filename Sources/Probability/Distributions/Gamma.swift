/// The gamma distribution; also the day-to-day factor with mean 1.
public struct Gamma: Sendable, Hashable, DistributionShape {
    /// 1 / spread², > 0.
    public let shape: Double
    /// Seconds, > 0.
    public let mean: Double
    public var spread: Double { 1 / shape.squareRoot() }

    public init(shape: Double, mean: Double) {
        self.shape = shape
        self.mean = mean
    }

    public init(mean: Double, spread: Double) {
        self.init(shape: 1 / (spread * spread), mean: mean)
    }

    /// By Newton steps on the regularised incomplete gamma function, kept inside a bracket; relative error < 1e-12.
    public func quantile(_ u: Double) -> Double {
        PortableMath.gammaQuantile(u, shape: shape) * (mean / shape)
    }

    static let entry = DistributionEntry(
        keyword: "gamma", summary: "between fixed (small spread) and exponential (spread 1), or wilder",
        defaultSpread: 1, takesSpread: true
    ) { mean, spread in .gamma(Gamma(mean: mean, spread: spread)) }
}
