import Queueing
import Tabular

/// A day in its middle: who waits, who is served and who is there at a moment, and what is still to come.
///
/// A scenario that has one begins there instead of with an empty center; see `Scenario.rest(of:)`.
public struct RunningDay: Sendable {
    /// A contact in an agent's hands.
    public struct InService: Sendable, Hashable {
        /// Index into the agent groups.
        public var group: Int
        /// Index into the contact types.
        public var contactType: Int
        /// Seconds since service began; nil where it is not known: then it may be any moment of the handling.
        public var elapsed: Double?

        /// Both are indices; `elapsed` in seconds.
        public init(group: Int, contactType: Int, elapsed: Double? = nil) {
            self.group = group
            self.contactType = contactType
            self.elapsed = elapsed
        }
    }

    /// What is known of a type's volume today.
    public enum Forecast: Sendable, Hashable {
        /// The rest of the day against the plan: 1.15 is 15 % more.
        case told(Double)
        /// How many have come so far; what follows from it for the rest is worked out.
        case soFar(Int)
    }

    /// The moment at which it begins, seconds since the start of the planned horizon.
    public var at: Double
    /// Where it ends, likewise, on the same day as `at`.
    public var until: Double
    /// `[type]`: seconds that each has waited.
    public var waiting: [[Double]]
    /// Everybody who is being served at `at`.
    public var inService: [InService]
    /// `[group]`: people on duty or on contacts; nil is as planned.
    public var present: [Int?]
    /// `[type]`; nil leaves the plan and its uncertainty.
    public var forecasts: [Forecast?]
    /// `[type]`: the factors on the plan that follow from the forecasts; filled by `rest(of:)`.
    public internal(set) var factors: [Double?] = []
    /// `[type]`: contacts that were planned so far today; filled likewise.
    public internal(set) var planned: [Double] = []
    /// What the clocks show at `at` and `until`, `10:30`; filled likewise.
    public internal(set) var clocks: (from: String, to: String) = ("", "")
    /// `[group]`: paid seconds of the rest that are beyond contracts, given what was worked before; filled likewise.
    var overtime: [Double] = []
    /// `[type]`: opening hours that are over, before 0, for clocks that run in them alone; filled likewise.
    package var openBefore: [[TimeSpan]] = []
    /// The hours before `at`, played for what they bring about later; nil where they bring about nothing; filled
    /// likewise.
    package var before: HoursBefore?

    /// Nobody is in service, and people and volumes are as planned, unless told otherwise.
    public init(
        at: Double, until: Double, waiting: [[Double]], inService: [InService] = [], present: [Int?] = [],
        forecasts: [Forecast?] = []
    ) {
        self.at = at
        self.until = until
        self.waiting = waiting
        self.inService = inService
        self.present = present
        self.forecasts = forecasts
    }

    /// What is known of a type's volume, and the type that it was given for: a share of another type's contacts follows
    /// that type.
    func forecast(of t: Int, _ types: [ContactType]) -> (forecast: Forecast, contactType: Int)? {
        for told in [t, types[t].variesWith ?? t] where told < forecasts.count {
            if let forecast = forecasts[told] { return (forecast, told) }
        }
        return nil
    }

    /// How many contacts wait at `at`, of all types together.
    public var waitingCount: Int { waiting.reduce(0) { $0 + $1.count } }

    /// What is known of today's factor on the volume when `seen` contacts have come of `planned`: before, it is gamma
    /// with mean 1 and coefficient of variation `spread`; then, by Bayes, gamma with shape k + seen and rate
    /// k + planned, k = 1 / spread². Its mean and coefficient of variation.
    public static func factor(seen: Int, planned: Double, spread: Double) -> (mean: Double, spread: Double) {
        guard spread > 0 else { return (1, 0) }
        let k = 1 / (spread * spread)
        return ((k + Double(seen)) / (k + planned), 1 / (k + Double(seen)).squareRoot())
    }
}
