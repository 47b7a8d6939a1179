/// A distribution given by a sample, drawn with equal chances and nothing in between.
public struct Empirical: Sendable, Hashable, DistributionShape {
    /// Seconds, ascending.
    public let values: [Double]
    public let mean: Double
    public let spread: Double
    /// The sum of the first values, by their number.
    private let sums: [Double]

    /// `values` must not be empty; they are sorted here.
    public init(_ values: [Double]) {
        precondition(!values.isEmpty, "an empirical distribution needs at least one value")
        let sorted = values.sorted()
        self.values = sorted
        let count = Double(sorted.count)
        let average = sorted.reduce(0, +) / count
        mean = average
        let variance = sorted.reduce(0) { $0 + ($1 - average) * ($1 - average) } / count
        spread = average > 0 ? variance.squareRoot() / average : 0
        var sums = [0.0]
        for value in sorted { sums.append(sums[sums.count - 1] + value) }
        self.sums = sums
    }

    @inlinable
    public func quantile(_ u: Double) -> Double {
        values[min(Int(u * Double(values.count)), values.count - 1)]
    }

    public static let entry: DistributionEntry? = DistributionEntry(
        keyword: "samples", summary: "durations read from a file, each as likely as the others", defaultSpread: nil,
        takesSpread: false
    ) { mean, _ in Distribution(Fixed(mean)) }
}

extension Empirical {
    public func scaled(by factor: Double) -> Empirical { Empirical(values.map { $0 * factor }) }

    public func remainder(_ u: Double, _ v: Double) -> Double {
        var left = u * mean * Double(values.count)
        for value in values {
            left -= value
            if left <= 0 { return value * v }
        }
        return (values.last ?? 0) * v
    }

    public func split(at x: Double) -> DurationSplit {
        // Looked up, for integrals ask at thousands of durations of thousands.
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= x { low = middle + 1 } else { high = middle }
        }
        let (shorter, count) = (Double(low), Double(values.count))
        return DurationSplit(
            longer: (count - shorter) / count, shorter: shorter / count, meanOfShorter: sums[low] / count)
    }

    public func meanUpTo(_ x: Double) -> Double { values.reduce(0) { $0 + min($1, x) } / Double(values.count) }

    public func areaUpTo(_ x: Double) -> Double {
        values.reduce(0) { $0 + ($1 < x ? $1 * (x - $1 / 2) : x * x / 2) } / Double(values.count)
    }

    public func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        Oscillation.mean(values, turn)
    }

    public var kinks: [Double] {
        values.indices.filter { values[$0] > 0 && ($0 == 0 || values[$0 - 1] < values[$0]) }.map { values[$0] }
    }
}

extension Distribution {
    /// Durations read from a file, each as likely as the others.
    public static func empirical(_ shape: Empirical) -> Distribution { Distribution(shape) }
}
