/// A normal distribution of the logarithm, the usual shape of talk times (Brown et al. 2005).
public struct Lognormal: Sendable, Hashable, DistributionShape {
    /// Seconds, > 0.
    public let mean: Double
    /// Standard deviation / mean, > 0.
    public let spread: Double
    /// Mean of the logarithm: ln mean − σ²/2.
    public let mu: Double
    /// Standard deviation of the logarithm: √ln(1 + spread²).
    public let sigma: Double

    public init(mean: Double, spread: Double) {
        self.mean = mean
        self.spread = spread
        let variance = PortableMath.log(1 + spread * spread)
        sigma = variance.squareRoot()
        mu = PortableMath.log(mean) - variance / 2
    }

    @inlinable
    public func quantile(_ u: Double) -> Double {
        PortableMath.exp(mu + sigma * PortableMath.normalQuantile(u))
    }

    func quantiles(_ values: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>) {
        PortableMath.normalQuantiles(of: values, to: scratch, count: count)
        for i in 0..<count { values[i] = mu + sigma * scratch[i] }
        PortableMath.exps(values, count: count)
    }

    static let entry = DistributionEntry(
        keyword: "lognormal", summary: "the usual shape of talk times: many short, a few very long", defaultSpread: 1,
        takesSpread: true
    ) { mean, spread in .lognormal(Lognormal(mean: mean, spread: spread)) }
}
