#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The gamma distribution; also the day-to-day factor with mean 1.
public struct Gamma: Sendable, Hashable, DistributionShape {
    /// 1 / spread², > 0.
    public let shape: Double
    /// Seconds, > 0.
    public let mean: Double
    public var spread: Double { 1 / shape.squareRoot() }

    /// `shape` > 0, `mean` in seconds, > 0.
    public init(shape: Double, mean: Double) {
        self.shape = shape
        self.mean = mean
    }

    /// `mean` in seconds, > 0; `spread` is standard deviation ÷ mean, > 0.
    public init(mean: Double, spread: Double) {
        self.init(shape: 1 / (spread * spread), mean: mean)
    }

    /// By Newton steps on the regularised incomplete gamma function, kept inside a bracket; relative error < 1e-12.
    public func quantile(_ u: Double) -> Double {
        PortableMath.gammaQuantile(u, shape: shape) * (mean / shape)
    }

    public static let entry: DistributionEntry? = DistributionEntry(
        keyword: "gamma", summary: "between fixed (small spread) and exponential (spread 1), or wilder",
        defaultSpread: 1, takesSpread: true
    ) { mean, spread in Distribution(Gamma(mean: mean, spread: spread)) }
}

extension Gamma {
    public func scaled(by factor: Double) -> Gamma { Gamma(shape: shape, mean: mean * factor) }

    /// In proportion to its length, a gamma duration has one phase more.
    public func remainder(_ u: Double, _ v: Double) -> Double {
        Gamma(shape: shape + 1, mean: mean * (shape + 1) / shape).quantile(u) * v
    }

    /// E[S; S ≤ x] = mean × P(shape + 1, …).
    public func split(at x: Double) -> DurationSplit {
        let z = x * (shape / mean)
        let here = PortableMath.incompleteGamma(shape: shape, z)
        let next = PortableMath.incompleteGamma(shape: shape + 1, z)
        return DurationSplit(longer: here.upper, shorter: here.lower, meanOfShorter: mean * next.lower)
    }

    public func density(_ x: Double) -> Double? {
        let z = x * (shape / mean)
        guard z > 0 else { return shape < 1 ? .infinity : shape == 1 ? 1 / mean : 0 }
        return exp((shape - 1) * log(z) - z - PortableMath.logGamma(shape)) * (shape / mean)
    }

    public func meanUpTo(_ x: Double) -> Double {
        let scaled = x * shape / mean
        return x * PortableMath.incompleteGamma(shape: shape, scaled).upper
            + mean * PortableMath.incompleteGamma(shape: shape + 1, scaled).lower
    }

    public func areaUpTo(_ x: Double) -> Double {
        let scale = mean / shape
        let scaled = x / scale
        return x * x / 2 * PortableMath.incompleteGamma(shape: shape, scaled).upper
            + x * mean * PortableMath.incompleteGamma(shape: shape + 1, scaled).lower
            - mean * (mean + scale) / 2 * PortableMath.incompleteGamma(shape: shape + 2, scaled).lower
    }

    /// (1 + iw)^(−k) = e^(−k ln(1 + w²)/2) e^(−ik atan w).
    public func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        let w = turn * mean / shape
        let shrink = -shape / 2 * log1p(w * w)
        let (real, imaginary) = Oscillation.parts(shape * atan(w))
        return (exp(shrink) * real - expm1(shrink), exp(shrink) * imaginary)
    }
}

extension Distribution {
    /// A gamma distribution.
    public static func gamma(_ shape: Gamma) -> Distribution { Distribution(shape) }
}
