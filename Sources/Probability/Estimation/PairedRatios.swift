/// The difference of two ratios of means that were seen in the same replications, with its interval.
///
/// By leaving out one replication of both after the other (jackknife, Miller 1974), skewness taken off as everywhere
/// (`MeanInterval`); what both owe to the same chance cancels.
public struct PairedRatios: Sendable {
    private var pairs: [(first: SIMD2<Double>, second: SIMD2<Double>)] = []

    /// No replications yet.
    public init() {}

    /// Numerators and denominators of one replication.
    public mutating func add(_ first: (Double, over: Double), _ second: (Double, over: Double)) {
        pairs.append((SIMD2(first.0, first.over), SIMD2(second.0, second.over)))
    }

    /// Second less first; nil with fewer than two replications, or where a denominator may be 0.
    public func estimate(confidence: Double) -> Estimate? {
        guard pairs.count > 1 else { return nil }
        var first = SIMD2<Double>()
        var second = SIMD2<Double>()
        for pair in pairs {
            first += pair.first
            second += pair.second
        }
        let n = Double(pairs.count)
        let value = second.x / second.y - first.x / first.y
        var contributions: [Double] = []
        for pair in pairs {
            let (a, b) = (first - pair.first, second - pair.second)
            guard a.y != 0, b.y != 0 else { return nil }
            contributions.append(value - (b.x / b.y - a.x / a.y))
        }
        return MeanInterval.estimate(
            value, center: value, spread: MeanInterval.Spread(contributions: contributions, replications: n),
            degrees: pairs.count - 1, kind: .mean, contacts: n, confidence: confidence)
    }
}
