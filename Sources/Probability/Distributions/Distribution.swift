/// A distribution of a non-negative duration, sampled by inversion so that one uniform gives one value.
///
/// Inversion keeps common random numbers in step: the same uniform gives the same rank of talk time whoever answers.
/// The shapes here draw with `PortableMath`, so that every processor draws the same bits. The distribution passes every
/// question on to its shape. To add one that scenario files can name, write `Distributions/X.swift` and list its `entry`
/// in `catalogue`; any other shape is used as `Distribution(MyShape(…))`.
public struct Distribution: Sendable, Hashable {
    /// One reference: whatever holds distributions is copied in passing, and a shape may be large.
    private final class Box: Sendable {
        let shape: any DistributionShape

        init(_ shape: any DistributionShape) { self.shape = shape }
    }

    private let box: Box

    /// Any shape, whether or not scenario files can name it.
    public init(_ shape: any DistributionShape) { box = Box(shape) }

    /// What answers every question.
    public var shape: any DistributionShape { box.shape }

    /// Every shape that scenario files can name with a mean; reading, help and tests go by this list. Durations read from
    /// a file (`samples`) have a setting of their own.
    public static let catalogue: [DistributionEntry] = [
        Lognormal.entry, Gamma.entry, Exponential.entry, Weibull.entry, Fixed.entry,
    ].compactMap { $0 }

    /// The shape with this keyword, mean (seconds, > 0) and spread (≥ 0); nil for an unknown keyword.
    public static func named(_ keyword: String, mean: Double, spread: Double) -> Distribution? {
        catalogue.first { $0.keyword == keyword }?.make(mean, spread)
    }

    public static func == (a: Distribution, b: Distribution) -> Bool { a.shape.isEqual(to: b.shape) }

    public func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(shape)) }

    /// The keyword of the shape; the type's name for one without a keyword.
    public var keyword: String {
        let type = Swift.type(of: shape)
        return type.entry?.keyword ?? String(describing: type)
    }

    /// Seconds.
    public var mean: Double { shape.mean }
    /// Standard deviation divided by mean; 0 for a fixed duration.
    public var spread: Double { shape.spread }

    /// The value below which a share `u` of draws lies; seconds, `u` strictly between 0 and 1.
    public func quantile(_ u: Double) -> Double { shape.quantile(u) }

    /// Replaces each uniform by its quantile, bit for bit as `quantile` would; `scratch` holds as many values.
    public func quantiles(
        _ values: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>
    ) {
        shape.quantiles(values, count: count, scratch: scratch)
    }

    /// Every duration multiplied by `factor` > 0.
    public func scaled(by factor: Double) -> Distribution { Distribution(shape.scaled(by: factor)) }

    /// What has become of durations after `x` ≥ 0 seconds.
    package func split(at x: Double) -> DurationSplit { shape.split(at: x) }

    /// E[min(S, x)] = ∫ P(S > u) du over 0…x, seconds.
    package func meanUpTo(_ x: Double) -> Double { x > 0 ? shape.meanUpTo(x) : 0 }

    /// ∫ E[min(S, u)] du over 0…x = E[S x − S²/2 where S < x, else x²/2], seconds².
    package func areaUpTo(_ x: Double) -> Double { x > 0 ? shape.areaUpTo(x) : 0 }

    /// E[1 − cos γS] and E[sin γS]: 1 minus the transform E[e^(−iγS)], in parts that do not cancel.
    package func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        shape.oneMinusTransform(turn)
    }

    /// What is left of a duration that is met at any moment, from two uniforms: a duration is met in proportion to its
    /// length, and at each of its moments alike (the equilibrium law of renewal theory); seconds.
    package func remainder(_ u: Double, _ v: Double) -> Double { shape.remainder(u, v) }
}

/// A shape as scenario files, help and tests know it.
public struct DistributionEntry: Sendable {
    /// The word in scenario files.
    public let keyword: String
    /// One sentence.
    public let summary: String
    /// The spread when none is given; nil when the shape has no free spread.
    public let defaultSpread: Double?
    /// Whether a spread may be given.
    public let takesSpread: Bool
    /// Makes it from mean (seconds, > 0) and spread (> 0).
    public let make: @Sendable (_ mean: Double, _ spread: Double) -> Distribution
}
