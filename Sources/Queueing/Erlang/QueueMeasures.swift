/// What callers and agents see of one queue in the long run.
///
/// A quantity whose denominator is zero (the mean wait of nobody) is nil; a wait without end is ∞; nothing is ever NaN.
public struct QueueMeasures: Sendable, Hashable {
    /// Agents on duty, ≥ 0.
    public var agents: Double
    /// Erlangs: arrival rate × handling time.
    public var offeredLoad: Double
    /// The share of offered contacts that have to wait; blocked ones do not.
    public var waitProbability: Double?
    /// The share of offered contacts that give up waiting.
    public var abandonment: Double?
    /// The share of offered contacts that find every line taken and are lost.
    public var blocking: Double?
    /// Mean wait of the answered, seconds.
    public var meanSpeedOfAnswer: Double?
    /// Mean wait of all offered, seconds; those who give up count until they leave, the blocked with zero.
    public var meanWait: Double?
    /// Mean wait of those who give up, seconds.
    public var meanWaitAbandoned: Double?
    /// Busy ÷ on duty, 0…1.
    public var occupancy: Double?
    /// Mean number waiting; agents' contacts in hand are not among them.
    public var queueMean: Double
    /// Service levels for the acceptable wait that was asked for.
    public var serviceLevels: ServiceLevels
    /// The share of offered contacts still waiting when the acceptable wait has passed.
    public var stillWaiting: Double?

    package init(
        agents: Double, offeredLoad: Double, waitProbability: Double?, abandonment: Double?, blocking: Double?,
        meanSpeedOfAnswer: Double?, meanWait: Double?, meanWaitAbandoned: Double?, occupancy: Double?,
        queueMean: Double, serviceLevels: ServiceLevels, stillWaiting: Double?
    ) {
        self.agents = agents
        self.offeredLoad = offeredLoad
        self.waitProbability = waitProbability
        self.abandonment = abandonment
        self.blocking = blocking
        self.meanSpeedOfAnswer = meanSpeedOfAnswer
        self.meanWait = meanWait
        self.meanWaitAbandoned = meanWaitAbandoned
        self.occupancy = occupancy
        self.queueMean = queueMean
        self.serviceLevels = serviceLevels
        self.stillWaiting = stillWaiting
    }
}

/// One service level under every rule; with offered O, answered N, answered in time a, given up in time b, given up
/// within the limit of short hang-ups s.
public struct ServiceLevels: Sendable, Hashable {
    /// The acceptable wait, seconds.
    public var acceptableWait: Double
    /// a / O; nil without contacts.
    public var ofAllOffered: Double?
    /// a / (O − b); nil where nobody is left to count.
    public var withoutShortAbandons: Double?
    /// (a + b) / O; nil without contacts.
    public var abandonsCountAsMet: Double?
    /// a / N; nil where nobody is answered.
    public var ofAnswered: Double?
    /// Nil too where no limit of short hang-ups was given.
    public var shortHangupsCountAsMet: Double?
    /// Nil too where no limit of short hang-ups was given.
    public var shortHangupsIgnored: Double?

    package init(
        acceptableWait: Double, ofAllOffered: Double?, withoutShortAbandons: Double?, abandonsCountAsMet: Double?,
        ofAnswered: Double?
    ) {
        self.acceptableWait = acceptableWait
        self.ofAllOffered = ofAllOffered
        self.withoutShortAbandons = withoutShortAbandons
        self.abandonsCountAsMet = abandonsCountAsMet
        self.ofAnswered = ofAnswered
    }

    /// The level by one rule, 0…1; nil where it is undefined.
    public subscript(rule: ServiceLevelRule) -> Double? {
        switch rule {
        case .ofAllOffered: ofAllOffered
        case .withoutShortAbandons: withoutShortAbandons
        case .abandonsCountAsMet: abandonsCountAsMet
        case .ofAnswered: ofAnswered
        case .shortHangupsCountAsMet: shortHangupsCountAsMet
        case .shortHangupsIgnored: shortHangupsIgnored
        }
    }

    /// How a service level is counted.
    public typealias Rule = ServiceLevelRule
}

/// Where offered contacts end up, each a share of all offered, before ratios are formed.
struct ContactFlows {
    /// Answered without waiting.
    var answeredAtOnce: Double
    /// Answered, at once or later.
    var answered: Double
    /// Answered within the acceptable wait.
    var answeredInTime: Double
    /// Had to wait.
    var waited: Double
    /// Gave up.
    var abandoned: Double
    /// Found every line taken.
    var blocked: Double
    /// Still waiting after the acceptable wait.
    var stillWaiting: Double
    /// Seconds per offered contact, waited by those who were answered.
    var waitOfAnswered: Double
    /// Seconds per offered contact, waited by those who gave up.
    var waitOfAbandoned: Double

    /// Ratios, formed last.
    @inline(__always)
    func measures(_ queue: SingleQueue, agents: Double, within: Double) -> QueueMeasures {
        let load = queue.offeredLoad
        let inTime = min(answeredInTime, 1)
        let abandons = abandoned > 0
        // O − b as a sum: what is answered later is still waiting now.
        let notGivenUpInTime = inTime + stillWaiting + blocked
        let wait = waitOfAnswered + waitOfAbandoned
        return QueueMeasures(
            agents: agents, offeredLoad: load, waitProbability: min(waited, 1), abandonment: min(abandoned, 1),
            blocking: min(blocked, 1), meanSpeedOfAnswer: answered > 0 ? waitOfAnswered / answered : nil,
            meanWait: wait, meanWaitAbandoned: abandons ? waitOfAbandoned / abandoned : nil,
            occupancy: agents > 0 ? min(1, load / agents * answered) : nil,
            queueMean: queue.arrivalRate * wait,
            serviceLevels: ServiceLevels(
                acceptableWait: within, ofAllOffered: inTime,
                withoutShortAbandons: abandons
                    ? (notGivenUpInTime > 0 ? min(1, inTime / notGivenUpInTime) : nil) : inTime,
                abandonsCountAsMet: abandons ? min(1, max(inTime, 1 - blocked - stillWaiting)) : inTime,
                ofAnswered: answered > 0 ? min(1, inTime / answered) : nil),
            stillWaiting: min(stillWaiting, 1))
    }

    /// Adds the two levels that look at short hang-ups; `brief` are the flows at their limit.
    ///
    /// O − s is formed as a sum: what has not given up by then is answered, blocked or still waiting.
    func countShortHangups(_ brief: ContactFlows, in measures: inout QueueMeasures) {
        let inTime = min(answeredInTime, 1)
        guard abandoned > 0 else {
            measures.serviceLevels.shortHangupsCountAsMet = inTime
            measures.serviceLevels.shortHangupsIgnored = inTime
            return
        }
        let remaining = min(1, brief.answeredInTime + brief.stillWaiting + brief.blocked)
        measures.serviceLevels.shortHangupsCountAsMet = min(1, inTime + (1 - remaining))
        measures.serviceLevels.shortHangupsIgnored = remaining > 0 ? min(1, inTime / remaining) : nil
    }
}
