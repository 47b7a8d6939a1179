/// A distribution given by a sample, drawn with equal chances and nothing in between.
public struct Empirical: Sendable, Hashable, DistributionShape {
    /// Seconds, ascending.
    public let values: [Double]
    public let mean: Double
    public let spread: Double

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
    }

    @inlinable
    public func quantile(_ u: Double) -> Double {
        values[min(Int(u * Double(values.count)), values.count - 1)]
    }

    static let entry = DistributionEntry(
        keyword: "samples", summary: "durations read from a file, each as likely as the others", defaultSpread: nil,
        takesSpread: false
    ) { mean, _ in .fixed(Fixed(mean)) }
}
