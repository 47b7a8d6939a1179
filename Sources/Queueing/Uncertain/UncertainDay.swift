/// A day as it may turn out: one queue, first come first served, with every chance that makes one day unlike another.
///
/// Poisson arrivals whose rate and staffing change from interval to interval, multiplied by the day's busyness; any
/// laws of handling time and patience; people who stay away for the whole day. After the last interval nobody comes,
/// and its agents stay until nobody waits. An agent who is busy when the shift ends finishes the contact in hand and
/// takes no other; idle agents leave first.
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
        /// The first interval's rates have long been in force, with today's busyness and turnout: a stretch cut out of a
        /// longer day. Where the queue then grows without end, everybody in the day waits for ever.
        case settled
    }

    /// Rates and people on the rota; absences take their share of these.
    public var intervals: [VaryingDay.Interval]
    public var handlingTime: Distribution
    /// nil waits for ever.
    public var patience: Distribution?
    public var target: DayTarget
    /// What the whole day's rates are multiplied by; nil is always 1.
    public var busyness: BusynessFactor?
    /// Of each person, for the whole day. Whoever is in an interval's first k people is among the first k of all.
    public var absenteeism: Absenteeism
    public var start: Start

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

    /// One settled stretch of a day with exponential handling times and patience, as the calculators have it.
    ///
    /// So many contacts are expected in `stretch` seconds; means in seconds; patience ∞ waits for ever.
    public init(
        contacts: Double, in stretch: Double, handlingTime: Double, patience: Double = .infinity, agents: Int = 0,
        target: DayTarget, busyness: BusynessFactor? = nil, absenteeism: Absenteeism = Absenteeism(share: 0)
    ) {
        self.init(
            intervals: [.init(arrivalRate: stretch > 0 ? contacts / stretch : 0, agents: agents, duration: stretch)],
            handlingTime: .exponential(Exponential(mean: max(0, handlingTime))),
            patience: patience < .infinity ? .exponential(Exponential(mean: max(0, patience))) : nil,
            target: target, busyness: busyness, absenteeism: absenteeism, start: .settled)
    }

    /// Contacts on the average day.
    public var expectedContacts: Double { intervals.reduce(0) { $0 + $1.arrivalRate * $1.duration } }

    /// The exponential queue with an interval's rate and the same means.
    func queue(_ interval: Int) -> SingleQueue {
        SingleQueue(
            arrivalRate: intervals[interval].arrivalRate, handlingTime: handlingTime.mean,
            patience: patience?.mean ?? .infinity)
    }
}

/// What a single day has to achieve.
public struct DayTarget: Sendable, Hashable {
    /// The share of contacts, 0…1; 0 promises nothing.
    public let share: Double
    /// The acceptable wait, seconds, ≥ 0.
    public let acceptableWait: Double
    public let rule: ServiceLevelRule
    /// Hang-ups up to so many seconds are short, ≥ 0.
    public let shortAbandon: Double
    /// The largest share of contacts that may give up, 0…1; nil is no promise.
    public let maximumAbandonment: Double?

    /// Anything outside its range counts as the nearest end, what is no number as 0.
    public init(
        share: Double, within acceptableWait: Double, counting rule: ServiceLevelRule = .ofAllOffered,
        shortAbandon: Double = 5, maximumAbandonment: Double? = nil
    ) {
        self.share = share > 0 ? min(share, 1) : 0
        self.acceptableWait = acceptableWait > 0 ? acceptableWait : 0
        self.rule = rule
        self.shortAbandon = shortAbandon > 0 ? shortAbandon : 0
        self.maximumAbandonment = maximumAbandonment.map { $0 > 0 ? min($0, 1) : 0 }
    }

    /// The same promises on average, for the formulas.
    public var goals: [StaffingGoal] {
        [.serviceLevel(atLeast: share, within: acceptableWait, counting: rule, shortAbandon: shortAbandon)]
            + (maximumAbandonment.map { [.abandonment(atMost: $0)] } ?? [])
    }

    /// Whether a day with these counts keeps its promises; a day without contacts keeps all of them.
    func isMet(by day: DayCounts) -> Bool {
        guard day.offered > 0 else { return true }
        // A share of nothing, such as of the answered when nobody is, is no success; 11 of 20 are 55 % although
        // 0.55 × 20 is a little more than 11 in binary.
        let (met, base) = day.serviceLevel(rule)
        let slack = 1e-9 * Double(day.offered)
        guard share == 0 || (base > 0 && Double(met) >= share * Double(base) - slack) else { return false }
        return maximumAbandonment.map { Double(day.abandoned) <= $0 * Double(day.offered) + slack } ?? true
    }
}

/// What became of one day's contacts.
struct DayCounts: Sendable, Hashable, ServiceLevelCounts {
    var offered = 0
    var answered = 0
    /// Within the acceptable wait.
    var answeredInTime = 0
    var abandoned = 0
    /// Within the acceptable wait.
    var abandonedInTime = 0
    /// Within the limit of short hang-ups.
    var shortAbandoned = 0
}
