/// The ratio of two means with what each observation adds to its error: of a part of what was seen, or of several parts
/// together, each with controls of its own.
///
/// The interval lies around the ratio freed of its first-order bias; its width is the jackknife's (Miller 1974), with
/// controls HC3's (MacKinnon, White 1985), skewness taken off: see `MeanInterval`.
public struct RatioSample: Sendable, Hashable {
    /// What the ratio is, as far as its interval depends on it.
    public let kind: FigureKind
    /// Replications by observation.
    public let replications: [Double]
    /// The mean of the numerator by replication, controls taken off.
    public private(set) var xMean = 0.0
    /// The mean of the denominator by replication, controls taken off.
    public private(set) var yMean = 0.0
    private var xParts: [Double]
    private var yParts: [Double]
    private var ySeen: [Double]
    private var controls = 0

    /// Without parts; `replications` tells how many each observation is made of.
    public init(replications: [Double], kind: FigureKind) {
        self.replications = replications
        self.kind = kind
        xParts = [Double](repeating: 0, count: replications.count)
        yParts = xParts
        ySeen = xParts
    }

    /// Adds a part: its sums by observation, its means a replication with controls taken off, and the fit that took them
    /// off, where there is one.
    public mutating func add(_ x: [Double], over y: [Double], means: (x: Double, y: Double), fit: ControlFit?) {
        xMean += means.x
        yMean += means.y
        controls = max(controls, fit?.count ?? 0)
        let left = contributions(x, fit)
        let right = contributions(y, fit)
        for i in replications.indices {
            xParts[i] += left[i]
            yParts[i] += right[i]
            ySeen[i] += y[i]
        }
    }

    private func contributions(_ seen: [Double], _ fit: ControlFit?) -> [Double] {
        fit?.contributions(seen) ?? ControlFit.contributions(seen, replications: replications)
    }

    /// How many observations there are.
    public var count: Int { replications.count }
    /// Whether anything was taken off by controls.
    public var isControlled: Bool { controls > 0 }

    /// The ratio; nil when the mean of y is 0.
    public var value: Double? { yMean == 0 ? nil : xMean / yMean }

    /// The ratio with its interval at a confidence such as 0.95; unbounded with fewer than two observations that have
    /// anything to count.
    public func estimate(confidence: Double) -> Estimate? {
        guard let value else { return nil }
        let runs = replications.reduce(0, +)
        let all = ySeen.reduce(0, +)
        var contributions = [Double](repeating: 0, count: count)
        for i in contributions.indices {
            // Without this observation: the mean of y over the others.
            let left = runs - replications[i]
            let rest = left > 0 ? (all - ySeen[i]) / left : 0
            guard rest != 0 else {
                return Estimate(value: value, low: -.infinity, high: .infinity, standardDeviation: 0)
            }
            contributions[i] = (xParts[i] - value * yParts[i]) / rest
        }
        let sum = contributions.reduce(0, +)
        let n = Double(count)
        // What is left of differences of large sums is rounding.
        let size = contributions.reduce(0) { max($0, abs($1)) }
        if size <= 1e-13 * abs(value) { contributions = contributions.map { _ in 0 } }
        if size == 0, value == 0, kind == .mean {
            // Of what never was nobody knows how much it may be.
            return Estimate(value: 0, low: 0, high: .infinity, standardDeviation: 0)
        }
        let center = size <= 1e-13 * abs(value) ? value : value + (n - 1) / n * sum
        return MeanInterval.estimate(
            value, center: center, spread: MeanInterval.Spread(contributions: contributions, replications: runs),
            degrees: count - 1 - controls, kind: kind, contacts: all, confidence: confidence)
    }
}

extension RatioSample {
    /// How many independent trials would give a chance this variance, with Student's quantile taken for the normal one; nil
    /// where it does not vary.
    public func independentTrials(confidence: Double) -> Double? {
        guard let value, let seen = estimate(confidence: confidence), seen.standardDeviation > 0, value > 0, value < 1
        else { return nil }
        return MeanInterval.trials(
            value, variance: seen.standardDeviation * seen.standardDeviation / replications.reduce(0, +),
            student: Student.quantile(confidence: confidence, degreesOfFreedom: count - 1), confidence: confidence)
    }
}
