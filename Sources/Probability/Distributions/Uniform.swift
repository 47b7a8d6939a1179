#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Every duration between two ends is as likely as any other.
public struct Uniform: Sendable, Hashable, DistributionShape {
    /// Seconds, 0 ≤ low < high.
    public let low: Double
    /// Seconds, above `low`.
    public let high: Double
    public var mean: Double { (low + high) / 2 }
    /// At most 1/√3, when `low` is 0.
    public var spread: Double { (high - low) / (high + low) / 3.0.squareRoot() }

    /// Both in seconds, 0 ≤ low < high.
    public init(_ low: Double, _ high: Double) {
        self.low = low
        self.high = high
    }

    @inlinable
    public func quantile(_ u: Double) -> Double { low + (high - low) * u }

    public static let entry: DistributionEntry? = DistributionEntry(
        keyword: "uniform", summary: "between two ends, each duration as likely as any other", defaultSpread: 0.5,
        takesSpread: true
    ) { mean, spread in
        let half = mean * min(spread, 1 / 3.0.squareRoot()) * 3.0.squareRoot()
        return Distribution(Uniform(mean - half, mean + half))
    }
}

extension Uniform {
    public func scaled(by factor: Double) -> Uniform { Uniform(low * factor, high * factor) }

    public func remainder(_ u: Double, _ v: Double) -> Double {
        (low * low + u * (high * high - low * low)).squareRoot() * v
    }

    public func split(at x: Double) -> DurationSplit {
        guard x > low else { return DurationSplit(longer: 1, shorter: 0, meanOfShorter: 0) }
        let end = min(x, high)
        let shorter = (end - low) / (high - low)
        return DurationSplit(
            longer: (high - end) / (high - low), shorter: shorter, meanOfShorter: shorter * (end / 2 + low / 2))
    }

    public func density(_ x: Double) -> Double? { x >= low && x < high ? 1 / (high - low) : 0 }

    public func meanUpTo(_ x: Double) -> Double {
        guard x > low else { return x }
        guard x < high else { return mean }
        let width = high - low
        return low + (x - low) * (1 - (x - low) / (2 * width))
    }

    public func areaUpTo(_ x: Double) -> Double {
        let beyond = max(0, x - high)
        let within = min(x, high)
        let over = max(0, within - low)
        return within * within / 2 - over * over * over / (6 * (high - low)) + beyond * mean
    }

    /// The transform of the middle times that of the spread about it, sin(w)/w with w = γ × half the width.
    public func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        let w = turn * (high - low) / 2
        let narrow = w == 0 ? 1 : sin(w) / w
        let (real, imaginary) = Oscillation.parts(turn * mean)
        // 1 − sin(w)/w without cancellation for small w.
        let lost = abs(w) < 0.01 ? w * w / 6 * (1 - w * w / 20) : 1 - narrow
        return (lost + narrow * real, narrow * imaginary)
    }

    public var kinks: [Double] { low > 0 ? [low, high] : [high] }
}

extension Distribution {
    /// Durations between two ends, all as likely.
    public static func uniform(_ shape: Uniform) -> Distribution { Distribution(shape) }
}
