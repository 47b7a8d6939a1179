#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A queue whose measures are known for any number of agents, so that the staffing for a goal can be read off.
public protocol StaffedQueue: Sendable {
    /// Contacts per second; first attempts where some call again.
    var arrivalRate: Double { get }
    /// Mean, seconds.
    var handlingTime: Double { get }
    /// The same queue with another arrival rate, per second.
    func with(arrivalRate: Double) -> Self
    /// The long-run measures for this many agents (≥ 0, may be fractional), an acceptable wait and a limit of short
    /// hang-ups in seconds.
    func measures(agents: Double, within acceptableWait: Double, shortAbandon: Double?) -> QueueMeasures
    /// The smallest whole number of agents that meets every goal; nil when `most` agents do not.
    func agentsNeeded(for goals: [StaffingGoal], most: Int) -> Int?
}

extension StaffedQueue {
    /// The measures that `goal` is judged by.
    public func measures(agents: Double, for goal: StaffingGoal) -> QueueMeasures {
        measures(agents: agents, within: goal.acceptableWait, shortAbandon: goal.shortAbandon)
    }

    /// The fewest agents where part-time counts, given that `whole` is the fewest whole ones for `goal`.
    ///
    /// The answer meets the goal; `tolerance` agents fewer do not. Goals are monotone in agents, so that it lies between
    /// `whole` − 1 and `whole`.
    public func exactAgents(for goal: StaffingGoal, whole: Int, tolerance: Double = 1e-9) -> Double {
        guard whole > 0 else { return 0 }
        func shortfall(_ agents: Double) -> Double { goal.logShortfall(of: measures(agents: agents, for: goal)) }
        let (fewer, enough) = (Double(whole) - 1, Double(whole))
        let lacking = shortfall(fewer)
        guard lacking > 0 else { return fewer }
        return BracketedRoot.crossing(
            above: fewer, lacking, below: enough, shortfall(enough), tolerance: max(tolerance, 1e-13 * enough),
            shortfall)
    }
}

extension SingleQueue: StaffedQueue {}

extension ImpatientQueue: StaffedQueue {
    public var arrivalRate: Double { contacts.arrivalRate }
    public var handlingTime: Double { contacts.handlingTime }

    public func with(arrivalRate: Double) -> ImpatientQueue {
        ImpatientQueue(contacts.with(arrivalRate: arrivalRate), patience: patience)
    }
}

extension StaffingGoal {
    /// As `shortfall`, with the same sign, as the logarithm of what is over what may be: waits and late shares fall off
    /// nearly exponentially in agents, so that this is nearly straight and a root is found in few steps.
    func logShortfall(of measures: QueueMeasures) -> Double {
        let plain = shortfall(of: measures)
        guard plain.isFinite, measures.waitProbability != nil else { return plain }
        let (value, most): (Double?, Double) =
            switch self {
            case .serviceLevel(let share, _, let rule, _):
                ((measures.serviceLevels[rule] ?? 0).distance(to: 1), 1 - share + 1e-13)
            case .waitProbability(let most): (measures.waitProbability, most)
            case .meanSpeedOfAnswer(let most): (measures.meanSpeedOfAnswer, most)
            case .meanWait(let most): (measures.meanWait, most)
            case .abandonment(let most): (measures.abandonment, most)
            case .blocking(let most): (measures.blocking, most)
            case .occupancy(let most): (measures.occupancy, most)
            }
        guard let value, value > 0, most > 0 else { return plain }
        let ratio = log(value / most)
        // Rounding must not turn the sign that decides.
        return plain > 0 ? max(ratio, 1e-300) : min(ratio, 0)
    }
}
