import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A large queue as its diffusion limit sees it: Halfin and Whitt (1981) with endless patience, Garnett, Mandelbaum and
/// Reiman (2002) with exponential patience.
///
/// While all are busy the offered wait has density ∝ e^(−s v − λθ v²/2), s = nμ − λ: an exponential with endless
/// patience, the tail of a normal otherwise. An approximation that is good from some tens of agents on, to hold beside
/// exact figures. Room is not looked at.
public struct SquareRootQueue: StaffingModel {
    /// Arrivals, handling time and patience.
    public let contacts: SingleQueue

    /// The room of `contacts` is not looked at.
    public init(_ contacts: SingleQueue) { self.contacts = contacts }

    public var offeredLoad: Double { contacts.offeredLoad }

    /// Of the limit with β = (n − a)/√a; waits in seconds. Too few agents for patient callers wait for ever.
    public func measures(agents: Double, within acceptableWait: Double, shortAbandon: Double?) -> QueueMeasures {
        let agents = agents > 0 ? agents : 0
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        let load = contacts.offeredLoad
        guard contacts.arrivalRate > 0 else { return contacts.measures(agents: agents, within: within) }
        guard load > 0 else { return ErlangC.atOnce.measures(contacts, agents: agents, within: within) }
        let beta = (agents - load) / load.squareRoot()
        let flows =
            contacts.patience < .infinity && contacts.patience > 0
            ? impatient(beta: beta, within: within) : patient(beta: beta, agents: agents, within: within)
        return flows.measures(contacts, agents: agents, within: within)
    }

    private func patient(beta: Double, agents: Double, within: Double) -> ContactFlows {
        guard beta > 0 else { return ErlangC.endless }
        let waited = SquareRootStaffing.waitProbability(beta: beta)
        let waitOfDelayed = contacts.handlingTime / (agents - contacts.offeredLoad)
        let stillWaiting = waited * exp(-within / waitOfDelayed)
        return ContactFlows(
            answeredAtOnce: 1 - waited, answered: 1, answeredInTime: 1 - stillWaiting, waited: waited, abandoned: 0,
            blocked: 0, stillWaiting: stillWaiting, waitOfAnswered: waited * waitOfDelayed, waitOfAbandoned: 0)
    }

    /// With patience times the limit counts whoever has the wait T ahead as late; of those, e^(−θT) still wait then.
    private func impatient(beta: Double, within: Double) -> ContactFlows {
        let patience = contacts.patience
        let rate = contacts.arrivalRate
        let waited = SquareRootStaffing.waitProbability(beta: beta, impatience: contacts.handlingTime / patience)
        // Standard deviations per second of offered wait, and where 0 seconds lies.
        let scale = (rate / patience).squareRoot()
        let start = beta * (patience / contacts.handlingTime).squareRoot()
        // In the limit patience enters by its density at 0, so E[V] θ of those who wait give up.
        let meanOffered = Normal.hazardExcess(start) / scale
        let abandoned = min(waited, waited * meanOffered / patience)
        let late = waited * Self.tailRatio(start + scale * within, start)
        let stillWaiting = late * exp(-within / patience)
        // Given up within T: (E[V] − E[(V − T)⁺]) θ.
        let tail = late * Normal.hazardExcess(start + scale * within) / scale
        let gaveUpInTime = max(0, min(abandoned, (waited * meanOffered - tail) / patience))
        let meanWait = abandoned * patience
        return ContactFlows(
            answeredAtOnce: 1 - waited, answered: 1 - abandoned,
            answeredInTime: max(0, 1 - stillWaiting - gaveUpInTime), waited: waited, abandoned: abandoned, blocked: 0,
            stillWaiting: stillWaiting, waitOfAnswered: meanWait * (1 - abandoned),
            waitOfAbandoned: meanWait * abandoned)
    }

    /// Φ̄(x) / Φ̄(a), x ≥ a, without underflow: φ(x)/φ(a) × h(a)/h(x).
    private static func tailRatio(_ x: Double, _ a: Double) -> Double {
        if a < -5 { return min(1, Normal.above(x) / Normal.above(a)) }
        return exp(-0.5 * (x - a) * (x + a)) * Normal.hazard(a) / Normal.hazard(x)
    }
}
