#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A model whose arrivals can be turned up and down, so that redials can be added to them.
public protocol StaffedQueue: StaffingModel {
    /// Contacts per second; first attempts where some call again.
    var arrivalRate: Double { get }
    /// Mean, seconds.
    var handlingTime: Double { get }
    /// The same queue with another arrival rate, per second.
    func with(arrivalRate: Double) -> Self
}

extension SingleQueue: StaffedQueue {}

extension ImpatientQueue: StaffedQueue {
    /// Contacts per second.
    public var arrivalRate: Double { contacts.arrivalRate }
    /// Mean, seconds.
    public var handlingTime: Double { contacts.handlingTime }

    /// The same patience with another arrival rate, contacts per second, ≥ 0.
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
