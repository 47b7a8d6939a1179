/// How much of the beginning of a long run to leave out: MSER-5 (White 1997; White, Cobb, Spratt 2000).
///
/// Of all beginnings, that one is left out whose rest has the smallest marginal standard error, Σ (x − mean)² / m² over
/// the m means of five observations that remain. Once what is left out passes the middle, the rule has failed: the run
/// was too short, or never settles.
public enum Mser5 {
    /// Observations averaged before the rule looks at them.
    public static let batchSize = 5
    /// The rest is never less than this part of the run, nor fewer means than `fewest`: a handful of means at the end
    /// that happen to be close would look like the best rest of a run that settled long ago, while one that never settles
    /// is found out by a quarter as well.
    static let leastRest = 4
    static let fewest = 5

    /// How many of the first observations to leave out, a multiple of five; nil when the rule fails. Fewer than ten
    /// observations are counted from the first.
    public static func truncation(_ observations: [Double]) -> Int? {
        let best = best(observations, keepingHalf: false)
        return 2 * best > observations.count / batchSize * batchSize ? nil : best
    }

    /// The beginning that the rule leaves out, however long, or of those that leave half.
    static func best(_ observations: [Double], keepingHalf: Bool) -> Int {
        let count = observations.count / batchSize
        guard count >= 2 else { return 0 }
        let means = (0..<count).map { i in
            observations[(i * batchSize)..<((i + 1) * batchSize)].reduce(0, +) / Double(batchSize)
        }
        // From the end backwards, each step adds one mean to the running moments (Welford 1962).
        var best = (error: Double.infinity, at: 0)
        var mean = 0.0
        var squares = 0.0
        for at in stride(from: count - 1, through: 0, by: -1) {
            let m = Double(count - at)
            let step = means[at] - mean
            mean += step / m
            squares += step * (means[at] - mean)
            guard count - at >= min(max(fewest, count / leastRest), count), !keepingHalf || 2 * at <= count else {
                continue
            }
            // On a tie the longer rest is the better one.
            if squares / (m * m) <= best.error { best = (squares / (m * m), at) }
        }
        return best.at * batchSize
    }
}
