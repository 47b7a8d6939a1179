#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A patient queue whose handling times are not exponential, by two-moment formulas, as a model to staff by.
///
/// The share that waits is taken from Erlang C (Whitt 1993), the mean wait from Allen and Cunneen or from Kimura, and
/// those who wait are taken to wait an exponential time. Patience and room are not looked at.
public struct TwoMomentQueue: StaffingModel {
    /// Whose mean wait.
    public enum Formula: String, Sendable, CaseIterable, Hashable {
        /// Allen (1990).
        case allenCunneen = "allen-cunneen"
        /// Kimura (1986).
        case kimura
    }

    /// Arrivals and mean handling time; its patience and room are not used.
    public let contacts: SingleQueue
    /// Variance ÷ mean² of handling times, ≥ 0.
    public let serviceSquaredSpread: Double
    /// Whose mean wait is taken.
    public let formula: Formula

    /// `serviceSquaredSpread` is variance ÷ mean² of handling times, ≥ 0; 1 is exponential.
    public init(_ contacts: SingleQueue, serviceSquaredSpread: Double, formula: Formula) {
        self.contacts = contacts
        self.serviceSquaredSpread = serviceSquaredSpread
        self.formula = formula
    }

    public var offeredLoad: Double { contacts.offeredLoad }

    /// P(W > t) = C e^(−tC/E[W]), E[W] in seconds by `formula`; no more agents than load wait for ever.
    public func measures(agents: Double, within acceptableWait: Double, shortAbandon: Double?) -> QueueMeasures {
        let agents = agents > 0 ? agents : 0
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        var patient = contacts
        patient.patience = .infinity
        patient.room = .unlimited
        guard patient.arrivalRate > 0 else { return patient.measures(agents: agents, within: within) }
        let mean =
            switch formula {
            case .allenCunneen:
                TwoMomentWait.allenCunneen(patient, agents: agents, serviceSquaredSpread: serviceSquaredSpread)
            case .kimura: TwoMomentWait.kimura(patient, agents: agents, serviceSquaredSpread: serviceSquaredSpread)
            }
        guard mean < .infinity else { return ErlangC.endless.measures(patient, agents: agents, within: within) }
        let waited = ErlangC.waitProbability(agents: agents, load: patient.offeredLoad)
        let stillWaiting = waited > 0 && mean > 0 ? waited * exp(-within * waited / mean) : 0
        return ContactFlows(
            answeredAtOnce: 1 - waited, answered: 1, answeredInTime: 1 - stillWaiting, waited: waited, abandoned: 0,
            blocked: 0, stillWaiting: stillWaiting, waitOfAnswered: mean, waitOfAbandoned: 0
        ).measures(patient, agents: agents, within: within)
    }
}
