/// Running moments of (x, y, controls), one a replication, for the ratio of the means of x and y with less chance in it.
///
/// A control is seen in each replication and has a mean of exactly 0. What x and y owe to the controls is taken off by
/// regression on the same replications; the interval is Student's with n − q − 1 degrees of freedom, and wider the
/// farther the controls' own means came out from 0 (Lavenberg, Welch 1981; Nelson 1990 for the ratio's linear part).
/// Each add costs (q + 2)² / 2 multiplications.
public struct ControlledTally: Sendable, Hashable {
    /// The ratio as if there were no controls.
    public private(set) var plain = RatioTally(keepingFew: true)
    /// Of x, y and the controls; and sums of products of deviations, the lower triangle by rows.
    private var means: [Double]
    private var products: [Double]

    /// `controls` is how many come with each pair, most important first.
    public init(controls: Int = 0) {
        let width = controls > 0 ? controls + 2 : 0
        means = [Double](repeating: 0, count: width)
        products = [Double](repeating: 0, count: width * (width + 1) / 2)
    }

    /// A ratio without controls.
    public init(_ plain: RatioTally) {
        self.init()
        self.plain = plain
    }

    public var count: Int { plain.count }
    public var controlCount: Int { max(0, means.count - 2) }

    public mutating func add(_ x: Double, over y: Double, controls: [Double] = []) {
        plain.add(x, over: y)
        guard !means.isEmpty else { return }
        precondition(controls.count == controlCount, "a tally takes as many controls as it was made for")
        let n = Double(count)
        let width = means.count
        // Welford's update, with deviations from the mean before on one side and after on the other.
        let values = [x, y] + controls
        var before = values
        for i in 0..<width {
            before[i] -= means[i]
            means[i] += before[i] / n
        }
        var k = 0
        for i in 0..<width {
            let after = values[i] - means[i]
            for j in 0...i {
                products[k] += after * before[j]
                k += 1
            }
        }
    }

    private func product(_ i: Int, _ j: Int) -> Double { products[max(i, j) * (max(i, j) + 1) / 2 + min(i, j)] }

    /// Whether n replications can carry so many controls: ten for each beyond the first twenty. All are taken off or none:
    /// with fewer replications, or with the first of several alone, they explain little, and choosing the narrower
    /// interval each time makes it cover too seldom (measured: 91.5 % at 30 replications with one control of four, where
    /// plain intervals cover 93.5 %; at 60 with four 93 to 96 %).
    static func affords(_ controls: Int, replications n: Int) -> Bool { controls > 0 && n >= 20 + 10 * controls }

    /// The ratio of the controlled means, of the means as they were seen where controls would widen the interval; nil when
    /// the mean of y is 0.
    public var value: Double? {
        guard let fit = fit(), narrows(fit, at: Self.judged) else { return plain.value }
        return fit.value
    }

    /// The confidence at which controls are judged, whatever is asked for: an estimate must not depend on it.
    private static let judged = 0.95

    private func halfWidth(_ fit: Fit, _ confidence: Double) -> Double {
        Student.quantile(confidence: confidence, degreesOfFreedom: fit.degreesOfFreedom) * fit.variance.squareRoot()
    }

    /// Whether controls pay here: with few replications, or little to explain, they cost more than they take off.
    private func narrows(_ fit: Fit, at confidence: Double) -> Bool {
        guard let seen = plain.estimate(confidence: confidence) else { return true }
        return !(halfWidth(fit, confidence) >= seen.halfWidth)
    }

    /// The ratio with its interval at a confidence such as 0.95; nil when the mean of y is 0. The standard deviation is
    /// that of a replication as it was seen, controls not taken off.
    public func estimate(confidence: Double) -> Estimate? {
        guard let seen = plain.estimate(confidence: confidence) else { return nil }
        guard let fit = fit(), narrows(fit, at: Self.judged) else { return seen }
        let half = halfWidth(fit, confidence)
        return Estimate(
            value: fit.value, low: fit.value - half, high: fit.value + half,
            standardDeviation: seen.standardDeviation)
    }

    /// Whether controls are taken off: there are some, replications enough, and the interval is narrower for it.
    public var isControlled: Bool { fit().map { narrows($0, at: Self.judged) } ?? false }

    private struct Fit {
        var value: Double
        var variance: Double
        var degreesOfFreedom: Int
    }

    /// Regression by Cholesky's factorisation of the controls' products; a control that others explain already is
    /// passed over. So is one whose mean came out more than seven standard errors from 0, which chance does not do:
    /// where runs are spread evenly a control can be as good as constant, and what is left of it are last bits.
    /// Nil where no control can be carried.
    private func fit() -> Fit? {
        guard Self.affords(controlCount, replications: count) else { return nil }
        var factor: [[Double]] = []
        var used: [Int] = []
        // In the coordinates of the factorisation the controls are independent with products 1.
        var center: [Double] = []
        for control in means.indices.dropFirst(2) {
            var row: [Double] = []
            var rest = product(control, control)
            for (k, other) in used.enumerated() {
                var sum = product(control, other)
                for m in 0..<k { sum -= row[m] * factor[k][m] }
                row.append(sum / factor[k][k])
                rest -= row[k] * row[k]
            }
            guard rest > 1e-9 * product(control, control), rest > 0 else { continue }
            var mean = means[control]
            for k in used.indices { mean -= row[k] * center[k] }
            let squaredErrors = mean * mean / rest * Double(count) * Double(count - 1)
            guard squaredErrors < 49 else { continue }
            center.append(mean / rest.squareRoot())
            row.append(rest.squareRoot())
            factor.append(row)
            used.append(control)
        }
        guard !used.isEmpty else { return nil }
        func solved(_ values: [Double]) -> [Double] {
            var result: [Double] = []
            for k in used.indices {
                var sum = values[k]
                for m in 0..<k { sum -= factor[k][m] * result[m] }
                result.append(sum / factor[k][k])
            }
            return result
        }
        let onX = solved(used.map { product($0, 0) })
        let onY = solved(used.map { product($0, 1) })
        var x = means[0]
        var y = means[1]
        var xx = product(0, 0)
        var xy = product(1, 0)
        var yy = product(1, 1)
        var distance = 0.0
        for k in used.indices {
            x -= onX[k] * center[k]
            y -= onY[k] * center[k]
            xx -= onX[k] * onX[k]
            xy -= onX[k] * onY[k]
            yy -= onY[k] * onY[k]
            distance += center[k] * center[k]
        }
        guard y != 0 else { return nil }
        let value = x / y
        let degrees = count - used.count - 1
        // Degrees of freedom three times: replications far out in a control also stray farther, and pull the regression to
        // themselves; so much wider a jackknife would be on average (MacKinnon, White 1985), and so much again for the
        // choice of the narrower interval.
        let leverage = Double(count) / Double(degrees) * Double(count) / Double(degrees)
        let residual = max(0, xx - 2 * value * xy + value * value * yy) / Double(degrees) * leverage
        return Fit(
            value: value, variance: residual * (1 / Double(count) + distance) / (y * y), degreesOfFreedom: degrees)
    }
}
