/// Always the same duration.
public struct Fixed: Sendable, Hashable, DistributionShape {
    public let mean: Double
    public var spread: Double { 0 }

    /// The duration in seconds, ≥ 0.
    public init(_ value: Double) { mean = value }

    @inlinable
    public func quantile(_ u: Double) -> Double { mean }

    public static let entry: DistributionEntry? = DistributionEntry(
        keyword: "fixed", summary: "always the same duration", defaultSpread: nil, takesSpread: false
    ) { mean, _ in Distribution(Fixed(mean)) }
}

extension Fixed {
    public func quantiles(_ values: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>) {
        values.update(repeating: mean, count: count)
    }

    public func scaled(by factor: Double) -> Fixed { Fixed(mean * factor) }

    public func remainder(_ u: Double, _ v: Double) -> Double { mean * v }

    public func split(at x: Double) -> DurationSplit {
        x >= mean
            ? DurationSplit(longer: 0, shorter: 1, meanOfShorter: mean)
            : DurationSplit(longer: 1, shorter: 0, meanOfShorter: 0)
    }

    public func meanUpTo(_ x: Double) -> Double { min(mean, x) }

    public func areaUpTo(_ x: Double) -> Double { x < mean ? x * x / 2 : mean * (x - mean / 2) }

    public func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        Oscillation.parts(turn * mean)
    }

    public var kinks: [Double] { mean > 0 ? [mean] : [] }
}

extension Distribution {
    /// Always the same duration.
    public static func fixed(_ shape: Fixed) -> Distribution { Distribution(shape) }
}
