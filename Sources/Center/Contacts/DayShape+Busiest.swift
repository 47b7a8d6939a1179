extension DayShape {
    /// The largest share of a day's contacts that one clock half-hour holds, for a day open from `from` to `to`
    /// (seconds of the wall clock).
    package func busiestShare(from: Double, to: Double) -> Double {
        let step = 300.0
        let weights = stride(from: from, to: to, by: step).map { weight(at: $0 + step / 2, from: from, to: to) }
        let total = weights.reduce(0, +)
        guard total > 0 else { return 0 }
        // A day that opens for less than half an hour has all its contacts in one.
        let timeSpan = min(weights.count, 6)
        let sums = (0...(weights.count - timeSpan)).map { weights[$0..<($0 + timeSpan)].reduce(0, +) }
        return (sums.max() ?? 0) / total
    }
}
