#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a distribution of durations tells of itself.
///
/// Five answers are needed: mean, spread, quantile, the scaled shape and the split at a duration. The others follow from
/// these by arithmetic, less exactly; a shape that is drawn often, or asked by formulas, gives its own.
public protocol DistributionShape: Sendable, Hashable {
    /// Its keyword and what it is made from; nil for a shape without a keyword. Scenario files know the shapes that
    /// `Distribution.catalogue` lists, and no other.
    static var entry: DistributionEntry? { get }
    /// Seconds, ≥ 0.
    var mean: Double { get }
    /// Standard deviation divided by mean, ≥ 0.
    var spread: Double { get }
    /// The value below which a share `u` of draws lies; seconds, `u` strictly between 0 and 1.
    func quantile(_ u: Double) -> Double
    /// Every duration multiplied by `factor` > 0.
    func scaled(by factor: Double) -> Self
    /// What has become of durations after `x` ≥ 0 seconds.
    func split(at x: Double) -> DurationSplit
    /// Replaces each uniform by its quantile, bit for bit as `quantile` would; `scratch` holds as many values.
    func quantiles(_ values: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>)
    /// What is left of a duration that is met at any moment, from two uniforms; seconds.
    func remainder(_ u: Double, _ v: Double) -> Double
    /// The probability density at `x` ≥ 0 seconds, per second; nil where durations come in lumps.
    func density(_ x: Double) -> Double?
    /// ln P(S > x); −∞ where nothing lasts so long.
    func logSurviving(_ x: Double) -> Double
    /// E[min(S, x)] for `x` > 0, seconds: by arithmetic that every processor does alike where simulated figures depend on
    /// it.
    func meanUpTo(_ x: Double) -> Double
    /// ∫ E[min(S, u)] du over 0…`x`, seconds².
    func areaUpTo(_ x: Double) -> Double
    /// E[1 − cos γS] and E[sin γS] for `turn` = γ, radians per second.
    func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double)
    /// Where the survival function jumps or bends; seconds, ascending, > 0.
    var kinks: [Double] { get }
}

/// What has become of durations after a while.
public struct DurationSplit: Sendable, Hashable {
    /// P(S > x).
    public var longer: Double
    /// P(S ≤ x), with all its digits where it is small.
    public var shorter: Double
    /// E[S; S ≤ x], seconds.
    public var meanOfShorter: Double

    /// `longer` and `shorter` add up to 1; both are told, so that neither loses digits.
    public init(longer: Double, shorter: Double, meanOfShorter: Double) {
        self.longer = longer
        self.shorter = shorter
        self.meanOfShorter = meanOfShorter
    }
}

extension DistributionShape {
    /// No name: no scenario file can ask for the shape.
    public static var entry: DistributionEntry? { nil }

    /// One quantile after the other.
    public func quantiles(_ values: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>) {
        for i in 0..<count { values[i] = quantile(values[i]) }
    }

    /// By bisection on the share of all time that lies in shorter durations.
    public func remainder(_ u: Double, _ v: Double) -> Double {
        let goal = u * mean
        var (low, high) = (0.0, max(mean, 1e-300))
        while split(at: high).meanOfShorter < goal, high < 1e18 { high *= 2 }
        for _ in 0..<200 where high - low > 1e-14 * high {
            let middle = (low + high) / 2
            if split(at: middle).meanOfShorter < goal { low = middle } else { high = middle }
        }
        return high * v
    }

    /// Unknown, unless a shape knows better.
    public func density(_ x: Double) -> Double? { nil }

    /// From the smaller part of the split, which has all its digits.
    public func logSurviving(_ x: Double) -> Double {
        let split = split(at: x)
        return split.shorter < 0.5 ? log1p(-split.shorter) : split.longer > 0 ? log(split.longer) : -.infinity
    }

    /// From the split at `x`.
    public func meanUpTo(_ x: Double) -> Double {
        let split = split(at: x)
        return x * split.longer + split.meanOfShorter
    }

    /// By Simpson's rule over 2,000 equal parts.
    public func areaUpTo(_ x: Double) -> Double {
        let parts = 2000
        let step = x / Double(parts)
        var sum = meanUpTo(x)
        for i in 1..<parts { sum += (i % 2 == 1 ? 4 : 2) * meanUpTo(Double(i) * step) }
        return sum * step / 3
    }

    /// By the mean over 20,000 durations of equal chance.
    public func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        let count = 20_000
        return Oscillation.mean((0..<count).lazy.map { quantile((Double($0) + 0.5) / Double(count)) }, turn)
    }

    /// None, unless a shape knows better.
    public var kinks: [Double] { [] }

    /// Whether two shapes are the same, whatever is known of their types.
    func isEqual(to other: any DistributionShape) -> Bool { (other as? Self) == self }
}

/// 1 − cos and sin of angles, without cancellation.
enum Oscillation {
    static func parts(_ angle: Double) -> (real: Double, imaginary: Double) {
        let half = sin(angle / 2)
        return (2 * half * half, sin(angle))
    }

    /// The mean over durations that are equally likely.
    static func mean(_ values: some Collection<Double>, _ turn: Double) -> (real: Double, imaginary: Double) {
        let sums = values.reduce((0.0, 0.0)) { sum, s in
            let part = parts(turn * s)
            return (sum.0 + part.real, sum.1 + part.imaginary)
        }
        return (sums.0 / Double(values.count), sums.1 / Double(values.count))
    }

    /// The step of `trapezoid` where the angle turns so many radians per unit; no more than a million of them.
    static func step(_ turns: Double) -> Double { max(2e-5, min(0.05, 0.5 / (1 + turns))) }

    /// The mean over a density that vanishes at both ends, where the trapezoidal rule converges faster than any power.
    static func trapezoid(
        _ low: Double, _ high: Double, _ step: Double, _ turn: Double,
        _ point: (Double) -> (value: Double, density: Double)
    ) -> (real: Double, imaginary: Double) {
        var real = 0.0
        var imaginary = 0.0
        var total = 0.0
        for i in 0...Int(min((high - low) / step, 1e7)) {
            let (value, density) = point(low + Double(i) * step)
            let part = parts(turn * value)
            real += density * part.real
            imaginary += density * part.imaginary
            total += density
        }
        return (real / total, imaginary / total)
    }
}
