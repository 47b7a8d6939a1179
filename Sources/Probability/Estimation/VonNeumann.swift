/// Whether values in a row hang together: the mean square of neighbours' differences against the variance
/// (von Neumann 1941, Distribution of the ratio of the mean square successive difference to the variance).
public enum VonNeumann {
    /// Lag-1 correlation of the values, −1…1; 0 for fewer than three, and for equal ones.
    public static func correlation(_ values: [Double]) -> Double {
        let moments = moments(values)
        return moments.squares > 0 ? moments.products / moments.squares : 0
    }

    /// Whether values may be independent: at a `level` such as 0.05, independent normal values fail with that chance.
    ///
    /// The ratio Σ (xᵢ₊₁ − xᵢ)² / Σ (xᵢ − mean)² has mean 2 and variance 4 (n − 2)/(n² − 1) then, and is nearly normal
    /// from n = 20 on. Only small ratios fail, which mean positive correlation and intervals that are too narrow; fewer
    /// than three values, and equal ones, pass.
    public static func mayBeIndependent(_ values: [Double], level: Double) -> Bool {
        let n = Double(values.count)
        let moments = moments(values)
        guard n > 2, moments.squares > 0 else { return true }
        let ratio = moments.differences / moments.squares
        let deviation = (4 * (n - 2) / (n * n - 1)).squareRoot()
        return (ratio - 2) / deviation >= PortableMath.normalQuantile(level)
    }

    private static func moments(
        _ values: [Double]
    ) -> (squares: Double, products: Double, differences: Double) {
        guard values.count > 2 else { return (0, 0, 0) }
        let mean = values.reduce(0, +) / Double(values.count)
        var result = (squares: 0.0, products: 0.0, differences: 0.0)
        for i in values.indices {
            result.squares += (values[i] - mean) * (values[i] - mean)
            guard i > 0 else { continue }
            result.products += (values[i] - mean) * (values[i - 1] - mean)
            result.differences += (values[i] - values[i - 1]) * (values[i] - values[i - 1])
        }
        // What rounding leaves of equal values is no spread.
        if result.squares <= 1e-24 * mean * mean * Double(values.count) { return (0, 0, 0) }
        return result
    }
}
