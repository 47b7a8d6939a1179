/// A distribution of a non-negative duration, sampled by inversion so that one uniform gives one value.
///
/// Inversion keeps common random numbers in step: the same uniform gives the same rank of talk time whoever answers.
/// All arithmetic is `PortableMath`, so that every processor draws the same bits. To add a shape, write
/// `Distributions/X.swift` and list it here and in `catalogue`.
public enum Distribution: Sendable, Hashable {
    case fixed(Fixed)
    case exponential(Exponential)
    case lognormal(Lognormal)
    case gamma(Gamma)
    case weibull(Weibull)
    case empirical(Empirical)
    case uniform(Uniform)
    case hyperexponential(Hyperexponential)

    /// The value below which a share `u` of draws lies; seconds, `u` strictly between 0 and 1.
    @inlinable
    public func quantile(_ u: Double) -> Double {
        switch self {
        case .fixed(let d): d.quantile(u)
        case .exponential(let d): d.quantile(u)
        case .lognormal(let d): d.quantile(u)
        case .gamma(let d): d.quantile(u)
        case .weibull(let d): d.quantile(u)
        case .empirical(let d): d.quantile(u)
        case .uniform(let d): d.quantile(u)
        case .hyperexponential(let d): d.quantile(u)
        }
    }

    /// Replaces each uniform by its quantile, bit for bit as `quantile` would; `scratch` holds as many values.
    public func quantiles(
        _ values: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>
    ) {
        switch self {
        case .fixed(let d): values.update(repeating: d.mean, count: count)
        case .exponential(let d): d.quantiles(values, count: count)
        case .lognormal(let d): d.quantiles(values, count: count, scratch: scratch)
        case .weibull(let d): d.quantiles(values, count: count)
        case .gamma(let d): for i in 0..<count { values[i] = d.quantile(values[i]) }
        case .empirical(let d): for i in 0..<count { values[i] = d.quantile(values[i]) }
        case .uniform(let d): for i in 0..<count { values[i] = d.quantile(values[i]) }
        case .hyperexponential(let d): for i in 0..<count { values[i] = d.quantile(values[i]) }
        }
    }

    /// Seconds.
    public var mean: Double { shape.mean }
    /// Standard deviation divided by mean; 0 for a fixed duration.
    public var spread: Double { shape.spread }
    /// The keyword in scenario files.
    public var keyword: String { Swift.type(of: shape).entry.keyword }

    /// The payload, for questions that are not asked per contact.
    var shape: any DistributionShape {
        switch self {
        case .fixed(let d): d
        case .exponential(let d): d
        case .lognormal(let d): d
        case .gamma(let d): d
        case .weibull(let d): d
        case .empirical(let d): d
        case .uniform(let d): d
        case .hyperexponential(let d): d
        }
    }

    /// Every shape that scenario files can name; reading, help and tests go by this list.
    public static let catalogue: [DistributionEntry] = [
        Lognormal.entry, Gamma.entry, Exponential.entry, Weibull.entry, Fixed.entry,
    ]

    /// The shape with this keyword, mean (seconds, > 0) and spread (≥ 0); nil for an unknown keyword.
    public static func named(_ keyword: String, mean: Double, spread: Double) -> Distribution? {
        catalogue.first { $0.keyword == keyword }?.make(mean, spread)
    }
}

/// What every distribution of durations can tell.
protocol DistributionShape {
    static var entry: DistributionEntry { get }
    var mean: Double { get }
    var spread: Double { get }
    func quantile(_ u: Double) -> Double
}

/// A shape as scenario files, help and tests know it.
public struct DistributionEntry: Sendable {
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
