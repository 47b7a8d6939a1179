#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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

    /// `mean` in seconds, > 0; `spread` is standard deviation ÷ mean, > 0.
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

    public func quantiles(_ values: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>) {
        PortableMath.normalQuantiles(of: values, to: scratch, count: count)
        for i in 0..<count { values[i] = mu + sigma * scratch[i] }
        PortableMath.exps(values, count: count)
    }

    public static let entry: DistributionEntry? = DistributionEntry(
        keyword: "lognormal", summary: "the usual shape of talk times: many short, a few very long", defaultSpread: 1,
        takesSpread: true
    ) { mean, spread in Distribution(Lognormal(mean: mean, spread: spread)) }
}

extension Lognormal {
    public func scaled(by factor: Double) -> Lognormal { Lognormal(mean: mean * factor, spread: spread) }

    /// In proportion to its length, a lognormal duration is e^(σ²) times as long.
    public func remainder(_ u: Double, _ v: Double) -> Double {
        quantile(u) * PortableMath.exp(sigma * sigma) * v
    }

    public func split(at x: Double) -> DurationSplit {
        guard x > 0 else { return DurationSplit(longer: 1, shorter: 0, meanOfShorter: 0) }
        guard sigma > 0 else { return Fixed(mean).split(at: x) }
        let z = (log(x) - mu) / sigma
        return DurationSplit(
            longer: Normal.above(z), shorter: Normal.above(-z), meanOfShorter: mean * Normal.above(sigma - z))
    }

    public func density(_ x: Double) -> Double? {
        guard x > 0 else { return 0 }
        return Normal.density((log(x) - mu) / sigma) / (sigma * x)
    }

    public func meanUpTo(_ x: Double) -> Double {
        guard sigma > 0 else { return min(mean, x) }
        let z = (PortableMath.log(x) - mu) / sigma
        return x * Self.normalBelow(-z) + mean * Self.normalBelow(z - sigma)
    }

    /// The standard normal distribution function: ½ ± ½ P(½, z²/2).
    private static func normalBelow(_ z: Double) -> Double {
        let (inside, outside) = PortableMath.incompleteGamma(shape: 0.5, z * z / 2)
        return z < 0 ? outside / 2 : 0.5 + inside / 2
    }

    public func areaUpTo(_ x: Double) -> Double {
        guard sigma > 0 else { return Fixed(mean).areaUpTo(x) }
        let z = (log(x) - mu) / sigma
        let square = mean * mean * (1 + spread * spread)
        return x * x / 2 * Normal.above(z) + x * mean * Normal.above(sigma - z)
            - square / 2 * Normal.above(2 * sigma - z)
    }

    public func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        guard sigma > 0 else { return Oscillation.parts(turn * mean) }
        // Steps that follow the turns of a duration of 7 σ above the usual: beyond, 1e-12 of all is left.
        let step = Oscillation.step(turn * sigma * exp(mu + 7 * sigma))
        return Oscillation.trapezoid(-9, 9, step, turn) { z in (exp(mu + sigma * z), exp(-z * z / 2)) }
    }
}

extension Distribution {
    /// Durations whose logarithm is normal.
    public static func lognormal(_ shape: Lognormal) -> Distribution { Distribution(shape) }
}
