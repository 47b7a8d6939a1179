import Experiments
import Probability
import Queueing
import Simulator

/// One simulated figure between what formulas say of the dedicated and of the pooled center.
public struct GuardRail: Sendable {
    /// Where the figure lies.
    public enum Position: String, Sendable {
        /// Between the two formulas, or so close that the difference says nothing.
        case inside
        /// Better than if everybody with the skill worked for this type alone.
        case better
        /// Worse than if people's time were divided among their types for good.
        case worse
    }

    /// Index into the scenario's contact types.
    public let contactType: Int
    /// Service level, average wait or hang-ups.
    public let metric: Metric
    /// The simulated value with its interval.
    public let simulated: Estimate
    /// The formula's value if each person's time were divided for good; ∞ is a wait without end.
    public let dedicated: Double
    /// The formula's value if everybody with the skill worked for this type alone.
    public let pooled: Double
    /// Whether the fluid limit had a part in it, because some work exceeds the people and nobody hangs up.
    public let isFluid: Bool
    /// Where the simulated value lies.
    public let position: Position
    /// Why it may lie outside; nil inside.
    public let reason: RailReason?

    /// By how much a figure may leave the band before it is outside, its own interval aside: 2 points for shares, a
    /// fifth and 3 seconds for waits. Formulas take every period as settled and people as divisible; breaks, absences
    /// and the start of the day cost or save that much.
    static func slack(_ metric: Metric, _ bound: Double) -> Double {
        metric.unit == .seconds ? 3 + bound / 5 : 0.02
    }

    init(
        contactType: Int, metric: Metric, higherIsBetter: Bool, simulated: Estimate, dedicated: Double,
        pooled: Double, isFluid: Bool, reason: (Position) -> RailReason
    ) {
        self.contactType = contactType
        self.metric = metric
        self.simulated = simulated
        // Written to files: the last bits of the C library's logarithms must not show.
        self.dedicated = Self.rounded(dedicated)
        self.pooled = Self.rounded(pooled)
        self.isFluid = isFluid
        let low = min(self.dedicated, self.pooled)
        let high = max(self.dedicated, self.pooled)
        let isAbove = simulated.low > high + Self.slack(metric, high)
        let isBelow = simulated.high < low - Self.slack(metric, low)
        position = isAbove || isBelow ? (isAbove == higherIsBetter ? .better : .worse) : .inside
        self.reason = position == .inside ? nil : reason(position)
    }

    private static func rounded(_ value: Double) -> Double {
        value < 1e9 ? (value * 1e6).rounded() / 1e6 : value
    }
}

/// Why a figure may lie outside its band.
public enum RailReason: Sendable, Hashable {
    /// Types that share people with this one and go first.
    case priority([String])
    /// Types that share people with this one and leave it less than its part of them.
    case sharing([String])
    /// Handling times vary much less than the formulas' exponential ones.
    case steadyHandling
    /// Handling times vary much more than the formulas' exponential ones.
    case unsteadyHandling
    /// Contacts last long against the reporting periods, so that none of these settles.
    case longContacts
    /// Absences differ from day to day.
    case unevenPresence
    /// So few people that a break or an absence leaves the others alone.
    case fewPeople
    /// Not everybody who serves the type speaks all of its languages, so that its callers cannot use all of its people.
    case languages
    /// What the type or its people have that formulas know nothing of, by the names of the settings.
    case beyondFormulas([String])
    /// Nothing of what usually explains it.
    case unknown
}
