import Probability

/// A day as it may turn out: one queue, first come first served, with every chance that makes one day unlike another.
///
/// Poisson arrivals whose rate and staffing change from interval to interval, multiplied by the day's busyness; any
/// laws of handling time and patience; people who stay away for the whole day. After the last interval nobody comes. An
/// agent who is busy when the shift ends finishes the contact in hand and takes no other; idle agents leave first.
///
/// What does not change with the staffing's intervals is given beside them: `arrivals` with handling times of their own,
/// the hours in which contacts are taken, those who call again.
/// ```
/// let day = UncertainDay(
///     contacts: 22, in: 1800, handlingTime: 360, patience: 180, target: DayTarget(share: 0.8, within: 30))
/// DayChance(day).of(agents: 6)?.chance.value   // 0.63
/// ```
public struct UncertainDay: Sendable, Hashable {
    /// What the day finds when it begins.
    public enum Start: String, Sendable, CaseIterable, Hashable {
        /// Nobody is there: the doors open.
        case empty
        /// The first interval's rates have long been in force, with today's busyness and turnout: a time span cut out of a
        /// longer day. Where the queue then grows without end, everybody in the day waits for ever.
        case settled
    }

    /// How it ends.
    public enum End: String, Sendable, CaseIterable, Hashable {
        /// The last interval's agents stay until nobody waits: the time span is cut out of a longer day.
        case agentsStay
        /// Everybody goes home; whoever still waits is not answered.
        case agentsLeave
    }

    /// Contacts that come evenly over a time span.
    public struct Arrivals: Sendable, Hashable {
        /// Seconds since the beginning of the first interval; those before 0 are played and not counted.
        public var start: Double
        /// Seconds, > 0.
        public var duration: Double
        /// Expected on the average day, ≥ 0.
        public var contacts: Double
        /// By which their handling times are multiplied, > 0.
        public var handlingFactor: Double

        /// Times in seconds; a negative number of contacts, or no time for them to come in, is nobody.
        public init(start: Double, duration: Double, contacts: Double, handlingFactor: Double = 1) {
            self.start = start
            self.duration = duration > 0 ? duration : 0
            self.contacts = contacts > 0 && duration > 0 ? contacts : 0
            self.handlingFactor = handlingFactor
        }
    }

    /// Hours in which contacts are taken, seconds since the beginning of the first interval.
    public struct Hours: Sendable, Hashable {
        /// The beginning, inclusive.
        public var start: Double
        /// The end, exclusive.
        public var end: Double

        /// Both in seconds since the beginning of the first interval.
        public init(start: Double, end: Double) {
            self.start = start
            self.end = end
        }
    }

    /// Those who hang up and call again; each call counts.
    public struct CallingAgain: Sendable, Hashable {
        /// The chance 0…1, each time.
        public var share: Double
        /// Seconds from hanging up to the next call.
        public var delay: Distribution
        /// At most so often.
        public var atMost: Int
        /// Calls from then on are another day's; seconds since the beginning of the first interval.
        public var until: Double

        /// The same chance and delay each time.
        public init(share: Double, delay: Distribution, atMost: Int, until: Double) {
            self.share = share
            self.delay = delay
            self.atMost = atMost
            self.until = until
        }
    }

    /// What staffings of an interval are made from.
    public struct Workload: Sendable, Hashable {
        /// Erlangs, ≥ 0.
        public var load: Double
        /// Mean, seconds, > 0.
        public var handlingTime: Double

        /// `load` in erlangs; `handlingTime` is the mean in seconds.
        public init(load: Double, handlingTime: Double) {
            self.load = load
            self.handlingTime = handlingTime
        }
    }

    /// Rates and scheduled people; absences take their share of these.
    public var intervals: [VaryingDay.Interval]
    /// Talk, or the whole of a contact.
    public var handlingTime: Distribution
    /// Hold and after-contact work, each drawn for itself; at most two.
    public var furtherHandling: [Distribution] = []
    /// Seconds from an agent's being found to the first word: the caller waits on, the agent is taken.
    public var setUp = 0.0
    /// Seconds for which an agent is taken besides, by every contact.
    public var besides = 0.0
    /// nil waits for ever.
    public var patience: Distribution?
    /// What the day has to achieve.
    public var target: DayTarget
    /// What the whole day's rates are multiplied by; nil is always 1.
    public var busyness: BusynessFactor?
    /// Of each person, for the whole day. Whoever is in an interval's first k people is among the first k of all.
    public var absenteeism: Absenteeism
    /// What the day finds when it begins.
    public var start: Start
    /// How the day ends.
    public var end = End.agentsStay
    /// In the order of time, disjoint; nil where the intervals' rates say all.
    public var arrivals: [Arrivals]?
    /// Whether the numbers of contacts are what happened: exactly so many come, at any moment of their stretch.
    public var isCounted = false
    /// In the order of time, disjoint; nil is always. Others are turned away, and count as offered.
    public var hours: [Hours]?
    /// Whether those who find it closed do not count at all.
    public var leavesClosedOut = false
    /// Whether those who wait when it closes are turned away.
    public var turnsAwayAtClose = false
    /// Who hangs up and calls again; nil: nobody does.
    public var callingAgain: CallingAgain?
    /// By interval, where staffings are not to be made from the interval's own rate.
    public var workload: [Workload]?

    /// One exponential or other law of handling time, and everybody there, unless told otherwise; the rest is set
    /// afterwards.
    public init(
        intervals: [VaryingDay.Interval], handlingTime: Distribution, patience: Distribution? = nil, target: DayTarget,
        busyness: BusynessFactor? = nil, absenteeism: Absenteeism = Absenteeism(share: 0), start: Start = .empty
    ) {
        self.intervals = intervals
        self.handlingTime = handlingTime
        self.patience = patience
        self.target = target
        self.busyness = busyness
        self.absenteeism = absenteeism
        self.start = start
    }

    /// One settled time span of a day with exponential handling times and patience, as the calculators have it.
    ///
    /// So many contacts are expected in `timeSpan` seconds; means in seconds; patience ∞ waits for ever.
    public init(
        contacts: Double, in timeSpan: Double, handlingTime: Double, patience: Double = .infinity, agents: Int = 0,
        target: DayTarget, busyness: BusynessFactor? = nil, absenteeism: Absenteeism = Absenteeism(share: 0)
    ) {
        self.init(
            intervals: [.init(arrivalRate: timeSpan > 0 ? contacts / timeSpan : 0, agents: agents, duration: timeSpan)],
            handlingTime: .exponential(Exponential(mean: max(0, handlingTime))),
            patience: patience < .infinity ? .exponential(Exponential(mean: max(0, patience))) : nil,
            target: target, busyness: busyness, absenteeism: absenteeism, start: .settled)
    }

    /// Contacts on the average day, without those who call again.
    public var expectedContacts: Double { timeSpans.reduce(0) { $0 + ($1.start < 0 ? 0 : $1.contacts) } }

    /// Of talk, hold and after-contact work, set-up and what else a contact takes, seconds, where nothing multiplies it.
    var handlingMean: Double { handlingParts + setUp + besides }

    /// Of talk, hold and after-contact work, seconds.
    package var handlingParts: Double { furtherHandling.reduce(handlingTime.mean) { $0 + $1.mean } }

    /// When contacts come.
    var timeSpans: [Arrivals] {
        if let arrivals { return arrivals }
        var at = 0.0
        return intervals.map { interval in
            defer { at += interval.duration }
            return Arrivals(
                start: at, duration: interval.duration, contacts: interval.arrivalRate * interval.duration)
        }
    }

    /// The exponential queue with an interval's rate and the same means.
    func queue(_ interval: Int) -> SingleQueue {
        let patience = patience?.mean ?? .infinity
        if let workload {
            let own = workload[interval]
            return SingleQueue(
                arrivalRate: own.load / own.handlingTime, handlingTime: own.handlingTime, patience: patience)
        }
        return SingleQueue(
            arrivalRate: intervals[interval].arrivalRate, handlingTime: handlingMean, patience: patience)
    }
}
