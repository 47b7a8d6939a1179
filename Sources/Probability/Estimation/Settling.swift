/// Whether a long run settles, and what to leave out before: what MSER-5 proposes, confirmed by tests.
///
/// The rule takes a minimum, and a minimum is somewhere by chance too: of runs that have settled it leaves out a beginning
/// in nearly half, and finds its minimum in the second half in a tenth. So a beginning is left out only where it differs from
/// stretches of its own length in the rest, and a run has not settled only where it also has a trend.
public enum Settling {
    /// The chance that a beginning like any other is left out, and that a run without a trend has one.
    private static let levels = (beginning: 0.005, trend: 0.01)
    /// Parts of the run that are looked at for a trend.
    private static let parts = 10

    /// How many of the first observations to leave out; nil where the run does not settle.
    public static func truncation(_ observations: [Double]) -> Int? {
        if Mser5.truncation(observations) == nil, hasTrend(observations) { return nil }
        let proposed = Mser5.best(observations, keepingHalf: true)
        return proposed > 0 && differs(observations, first: proposed) ? proposed : 0
    }

    /// Whether the mean of the first observations lies farther from that of the rest than means of as many in a row do
    /// (of an eighth of the rest, where the first are more).
    static func differs(_ observations: [Double], first: Int) -> Bool {
        let rest = Array(observations[first...])
        let size = max(1, min(first, rest.count / 8))
        let means = Self.means(rest, of: size)
        guard means.count > 2 else { return true }
        let k = Double(means.count)
        let mean = means.reduce(0, +) / k
        let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (k - 1)
        let beginning = observations[..<first].reduce(0, +) / Double(first)
        // The means' variance is that of `size` observations; the beginning has at least as many.
        let error = (variance * (Double(size) / Double(first) + 1 / k)).squareRoot()
        let student = Student.quantile(confidence: 1 - levels.beginning, degreesOfFreedom: means.count - 1)
        return abs(beginning - mean) > student * error
    }

    /// Whether means of a tenth each go up or down together: the slope of a straight line through them against what is left
    /// of them (Student's test).
    static func hasTrend(_ observations: [Double]) -> Bool {
        let means = Self.means(observations, of: max(1, observations.count / parts))
        let n = Double(means.count)
        guard n > 2 else { return true }
        let mean = means.reduce(0, +) / n
        let middle = (n - 1) / 2
        var across = 0.0
        var along = 0.0
        for (i, value) in means.enumerated() {
            across += (Double(i) - middle) * (value - mean)
            along += (Double(i) - middle) * (Double(i) - middle)
        }
        let slope = across / along
        var left = 0.0
        for (i, value) in means.enumerated() {
            let rest = value - mean - slope * (Double(i) - middle)
            left += rest * rest
        }
        let error = (left / (n - 2) / along).squareRoot()
        return abs(slope) > Student.quantile(confidence: 1 - levels.trend, degreesOfFreedom: means.count - 2) * error
    }

    /// Means of so many in a row; what is left at the beginning is not looked at.
    private static func means(_ values: [Double], of size: Int) -> [Double] {
        let count = values.count / size
        let start = values.count - count * size
        return (0..<count).map { i in
            values[(start + i * size)..<(start + (i + 1) * size)].reduce(0, +) / Double(size)
        }
    }
}
