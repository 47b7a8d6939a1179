/// F(x) = 1 − e^(−(x/scale)^shape); patience is often close to it.
public struct Weibull: Sendable, Hashable, DistributionShape {
    /// > 0; below 1 the hazard falls with time, above 1 it rises.
    public let shape: Double
    /// Seconds, > 0.
    public let scale: Double

    public init(shape: Double, scale: Double) {
        self.shape = shape
        self.scale = scale
    }

    /// From mean (seconds) and spread (0.01…50); the shape solves Γ(1+2/k)/Γ(1+1/k)² = 1 + spread² by bisection.
    public init(mean: Double, spread: Double) {
        let goal = PortableMath.log(1 + spread * spread)
        let excess = { (k: Double) in PortableMath.logGamma(1 + 2 / k) - 2 * PortableMath.logGamma(1 + 1 / k) }
        // The excess falls in k; 0.08 and 130 bracket spreads far outside what a duration can have.
        var low = 0.08
        var high = 130.0
        for _ in 0..<200 where high - low > 1e-15 * high {
            let middle = (low + high) / 2
            if excess(middle) > goal { low = middle } else { high = middle }
        }
        shape = (low + high) / 2
        scale = mean / PortableMath.exp(PortableMath.logGamma(1 + 1 / shape))
    }

    public var mean: Double { scale * PortableMath.exp(PortableMath.logGamma(1 + 1 / shape)) }
    public var spread: Double {
        let ratio = PortableMath.exp(
            PortableMath.logGamma(1 + 2 / shape) - 2 * PortableMath.logGamma(1 + 1 / shape))
        return max(0, ratio - 1).squareRoot()
    }

    @inlinable
    public func quantile(_ u: Double) -> Double {
        scale * PortableMath.exp(PortableMath.log(-PortableMath.log(1 - u)) / shape)
    }

    func quantiles(_ values: UnsafeMutablePointer<Double>, count: Int) {
        PortableMath.unitExponentials(values, count: count)
        PortableMath.logs(values, count: count)
        for i in 0..<count { values[i] /= shape }
        PortableMath.exps(values, count: count)
        for i in 0..<count { values[i] *= scale }
    }

    static let entry = DistributionEntry(
        keyword: "weibull", summary: "waiting-time shape whose hazard rises or falls steadily", defaultSpread: 1,
        takesSpread: true
    ) { mean, spread in .weibull(Weibull(mean: mean, spread: spread)) }
}
