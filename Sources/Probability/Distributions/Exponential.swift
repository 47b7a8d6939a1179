#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The memoryless distribution: F(x) = 1 − e^(−x/mean).
public struct Exponential: Sendable, Hashable, DistributionShape {
    /// Seconds, > 0.
    public let mean: Double
    public var spread: Double { 1 }

    /// `mean` in seconds, > 0.
    public init(mean: Double) { self.mean = mean }

    @inlinable
    public func quantile(_ u: Double) -> Double { -mean * PortableMath.log(1 - u) }

    public func quantiles(_ values: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>) {
        PortableMath.exponentials(values, mean: mean, count: count)
    }

    public static let entry: DistributionEntry? = DistributionEntry(
        keyword: "exponential", summary: "memoryless; its spread is always 1", defaultSpread: 1, takesSpread: false
    ) { mean, _ in Distribution(Exponential(mean: mean)) }
}

extension Exponential {
    public func scaled(by factor: Double) -> Exponential { Exponential(mean: mean * factor) }

    /// Memoryless: what is left is as long as a whole one.
    public func remainder(_ u: Double, _ v: Double) -> Double { quantile(u) }

    public func split(at x: Double) -> DurationSplit {
        guard mean < .infinity else { return DurationSplit(longer: 1, shorter: 0, meanOfShorter: 0) }
        let u = min(x / mean, 1e4)
        let longer = exp(-u)
        let part = u < 0.25 ? longer * Self.expBeyondLinear(u) : 1 - (1 + u) * longer
        return DurationSplit(longer: longer, shorter: -expm1(-u), meanOfShorter: mean * part)
    }

    /// e^u − 1 − u by its series; the thirteenth power is below 1e-17 of the first for u < 0.25.
    private static func expBeyondLinear(_ u: Double) -> Double {
        var sum = 1.0
        var k = 13.0
        while k > 2 {
            sum = 1 + u / k * sum
            k -= 1
        }
        return u * u / 2 * sum
    }

    public func density(_ x: Double) -> Double? { exp(-x / mean) / mean }

    public func logSurviving(_ x: Double) -> Double { -x / mean }

    public func meanUpTo(_ x: Double) -> Double { mean * PortableMath.incompleteGamma(shape: 1, x / mean).lower }

    /// m (x − m (1 − e^(−x/m))), by its series where that would cancel.
    public func areaUpTo(_ x: Double) -> Double {
        guard mean > 0 else { return 0 }
        let y = x / mean
        guard y < 1e-3 else { return mean * (x + mean * expm1(-y)) }
        return x * x * (0.5 - y * (1.0 / 6 - y * (1.0 / 24 - y * (1.0 / 120 - y / 720))))
    }

    public func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        let w = turn * mean
        return (w * w / (1 + w * w), w / (1 + w * w))
    }
}

extension Distribution {
    /// Durations that forget how long they have lasted.
    public static func exponential(_ shape: Exponential) -> Distribution { Distribution(shape) }
}
