/// A day whose arrival rate and staffing change from interval to interval: M(t)/M/s(t)+M.
///
/// Poisson arrivals and staffing are constant within an interval, handling times and patience are exponential. The day
/// starts empty; after its last interval nobody comes, and the last agents stay until nobody is left.
/// ```
/// let day = VaryingDay(
///     intervals: [.init(arrivalRate: 0.06, agents: 18, duration: 900), .init(arrivalRate: 0.09, agents: 27, duration: 900)],
///     handlingTime: 300, patience: 120)
/// day.exactMeasures(within: 20)[1].serviceLevels.ofAllOffered
/// ```
public struct VaryingDay: Sendable, Hashable {
    /// A time span of the day in which nothing is changed.
    public struct Interval: Sendable, Hashable {
        /// Contacts per second, ≥ 0.
        public var arrivalRate: Double
        /// On duty, ≥ 0.
        public var agents: Int
        /// Seconds, > 0.
        public var duration: Double

        /// Anything negative or not a number counts as 0.
        public init(arrivalRate: Double, agents: Int, duration: Double) {
            self.arrivalRate = arrivalRate > 0 ? arrivalRate : 0
            self.agents = max(0, agents)
            self.duration = duration > 0 ? duration : 0
        }
    }

    /// What becomes of the contacts in hand when fewer agents are on duty than are busy.
    public enum ShiftEnd: String, Sendable, CaseIterable, Hashable {
        /// The agent finishes the contact in hand and takes no other; more may then be busy than on duty (Ingolfsson 2005).
        case finishesContact = "exhaustive"
        /// The contact goes back to the head of the queue, with its patience new, and may be lost there.
        case handsBack = "preemptive"
    }

    /// In the order of time, each beginning where the last one ends.
    public var intervals: [Interval]
    /// Mean, seconds, ≥ 1.
    public let handlingTime: Double
    /// Mean time a contact is willing to wait, seconds, ≥ 1; ∞ waits for ever.
    public let patience: Double
    /// What becomes of the contacts in hand when agents go.
    public var shiftEnd: ShiftEnd

    /// Handling times and patience below a second count as one: the chain's steps are as many as its changes.
    public init(
        intervals: [Interval], handlingTime: Double, patience: Double = .infinity,
        shiftEnd: ShiftEnd = .finishesContact
    ) {
        self.intervals = intervals
        self.handlingTime = handlingTime > 1 ? handlingTime : 1
        self.patience = patience > 1 ? patience : 1
        self.shiftEnd = shiftEnd
    }
}

/// What happens in one interval of a day; a share of nobody is nil.
///
/// Shares are of the contacts that arrive in the interval, whenever their fate is settled; means are over the time of
/// the interval, whenever their contacts came.
public struct IntervalMeasures: Sendable, Hashable {
    /// Contacts expected to arrive.
    public var offered: Double
    /// The share of arrivals that have to wait.
    public var waitProbability: Double?
    /// The share of arrivals that are never answered.
    public var abandonment: Double?
    /// Mean wait of the arrivals until they are first answered or give up, seconds; ∞ when some wait for ever.
    public var meanWait: Double?
    /// Service levels of the arrivals for the acceptable wait that was asked for.
    public var serviceLevels: ServiceLevels
    /// The share of arrivals still waiting when the acceptable wait has passed.
    public var stillWaiting: Double?
    /// Mean number waiting.
    public var queueMean: Double
    /// Mean number of busy agents, those who finish a contact after their shift among them.
    public var busyMean: Double
    /// Mean number waiting or in service when the interval ends.
    public var inSystemAtEnd: Double
    /// Contacts expected to give up waiting during the interval, handed-back ones among them.
    public var abandonsDuring: Double
}
