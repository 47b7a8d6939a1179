#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// F(x) = 1 − e^(−(x/scale)^shape); patience is often close to it.
public struct Weibull: Sendable, Hashable, DistributionShape {
    /// > 0; below 1 the hazard falls with time, above 1 it rises.
    public let shape: Double
    /// Seconds, > 0.
    public let scale: Double
    /// Seconds: scale × Γ(1 + 1/shape).
    public let mean: Double

    /// `shape` > 0; `scale` in seconds, > 0.
    public init(shape: Double, scale: Double) {
        self.shape = shape
        self.scale = scale
        mean = scale * PortableMath.exp(PortableMath.logGamma(1 + 1 / shape))
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
        let shape = (low + high) / 2
        self.init(shape: shape, scale: mean / PortableMath.exp(PortableMath.logGamma(1 + 1 / shape)))
    }

    public var spread: Double {
        let ratio = PortableMath.exp(
            PortableMath.logGamma(1 + 2 / shape) - 2 * PortableMath.logGamma(1 + 1 / shape))
        return max(0, ratio - 1).squareRoot()
    }

    @inlinable
    public func quantile(_ u: Double) -> Double {
        scale * PortableMath.exp(PortableMath.log(-PortableMath.log(1 - u)) / shape)
    }

    public func quantiles(_ values: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>) {
        PortableMath.unitExponentials(values, count: count)
        PortableMath.logs(values, count: count)
        for i in 0..<count { values[i] /= shape }
        PortableMath.exps(values, count: count)
        for i in 0..<count { values[i] *= scale }
    }

    public static let entry: DistributionEntry? = DistributionEntry(
        keyword: "weibull", summary: "waiting-time shape whose hazard rises or falls steadily", defaultSpread: 1,
        takesSpread: true
    ) { mean, spread in Distribution(Weibull(mean: mean, spread: spread)) }
}

extension Weibull {
    public func scaled(by factor: Double) -> Weibull { Weibull(shape: shape, scale: scale * factor) }

    public func remainder(_ u: Double, _ v: Double) -> Double {
        let power = PortableMath.gammaQuantile(u, shape: 1 + 1 / shape)
        return scale * PortableMath.exp(PortableMath.log(power) / shape) * v
    }

    public func split(at x: Double) -> DurationSplit {
        guard x > 0 else { return DurationSplit(longer: 1, shorter: 0, meanOfShorter: 0) }
        let power = min(pow(x / scale, shape), 1e4)
        return DurationSplit(
            longer: exp(-power), shorter: -expm1(-power),
            meanOfShorter: mean * PortableMath.incompleteGamma(shape: 1 + 1 / shape, power).lower)
    }

    public func density(_ x: Double) -> Double? {
        let z = x / scale
        guard z > 0 else { return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }
        return shape / scale * exp((shape - 1) * log(z) - min(pow(z, shape), 1e4))
    }

    public func logSurviving(_ x: Double) -> Double { -pow(x / scale, shape) }

    public func meanUpTo(_ x: Double) -> Double {
        let scaled = PortableMath.exp(shape * PortableMath.log(x / scale))
        return x * PortableMath.exp(-scaled)
            + mean * PortableMath.incompleteGamma(shape: 1 + 1 / shape, scaled).lower
    }

    public func areaUpTo(_ x: Double) -> Double {
        let scaled = pow(x / scale, shape)
        let square = mean * mean * (1 + spread * spread)
        return x * x / 2 * exp(-scaled)
            + x * mean * PortableMath.incompleteGamma(shape: 1 + 1 / shape, scaled).lower
            - square / 2 * PortableMath.incompleteGamma(shape: 1 + 2 / shape, scaled).lower
    }

    public func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        // Steps that follow the turns of a duration that e^(−e³) of all exceed.
        let step = Oscillation.step(turn * scale / shape * exp(3 / shape))
        return Oscillation.trapezoid(-45, 3.8, step, turn) { y in (scale * exp(y / shape), exp(y - exp(y))) }
    }
}

extension Distribution {
    /// A Weibull distribution.
    public static func weibull(_ shape: Weibull) -> Distribution { Distribution(shape) }
}
