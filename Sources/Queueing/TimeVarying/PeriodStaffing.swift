/// How a staffing period's one arrival rate is taken from a rate that moves within it: stationary, independent, period
/// by period (Green, Kolesar, Soares 2001; 2003).
public enum PeriodRate: String, Sendable, CaseIterable, Hashable {
    /// SIPP Avg: the mean rate of the period.
    case average = "sipp-average"
    /// SIPP Max: the largest rate in the period.
    case maximum = "sipp-maximum"
    /// SIPP Mix: the mean where the rate rises throughout the period, else the largest.
    case mix = "sipp-mix"
    /// Lag Avg: the mean of the period shifted back by one handling time, for busyness trails arrivals.
    case laggedAverage = "lag-average"
    /// Lag Max: the largest rate of the period shifted back.
    case laggedMaximum = "lag-maximum"

    /// Contacts per second for the period `from`…`to`; `handlingTime` is the mean, seconds.
    public func rate(of curve: ArrivalCurve, from: Double, to: Double, handlingTime: Double) -> Double {
        switch self {
        case .average: curve.mean(from: from, to: to)
        case .maximum: curve.maximum(from: from, to: to)
        case .mix:
            curve.rises(from: from, to: to) ? curve.mean(from: from, to: to) : curve.maximum(from: from, to: to)
        case .laggedAverage: curve.mean(from: from - handlingTime, to: to - handlingTime)
        case .laggedMaximum: curve.maximum(from: from - handlingTime, to: to - handlingTime)
        }
    }

    /// The smallest staffing of the period that meets every goal; nil when `most` agents do not.
    public func agentsNeeded(
        for curve: ArrivalCurve, from: Double, to: Double, handlingTime: Double, patience: Double = .infinity,
        goals: [StaffingGoal], most: Int = 10_000_000
    ) -> Int? {
        SingleQueue(
            arrivalRate: rate(of: curve, from: from, to: to, handlingTime: handlingTime), handlingTime: handlingTime,
            patience: patience
        ).agentsNeeded(for: goals, most: most)
    }
}
