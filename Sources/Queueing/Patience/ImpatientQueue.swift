import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One queue, first come first served, whose contacts have any patience: M/M/n+G, with endless room
/// (Baccelli, Hebuterne 1981; Zeltyn, Mandelbaum 2005).
/// ```
/// let queue = ImpatientQueue(arrivalRate: 0.8, handlingTime: 60, patience: .lognormal(mean: 120, spread: 1))
/// queue.measures(agents: 50, within: 20).serviceLevels.ofAllOffered   // 0.866
/// ```
/// Exponential patience is better asked of `SingleQueue`, which is faster and keeps its digits at any size. Relative
/// errors here stay below 1e-10 while arrivals per second × mean patience stay below 10⁵, and grow in proportion beyond.
public struct ImpatientQueue: Sendable {
    /// Arrivals and handling; its own patience and room are not used.
    public let contacts: SingleQueue
    /// How long contacts are willing to wait.
    public let patience: Patience
    let law: PatienceLaw

    /// Contacts per second (≥ 0) and mean handling time in seconds (≥ 0); anything negative or not a number counts as 0.
    public init(arrivalRate: Double, handlingTime: Double, patience: Patience) {
        self.init(SingleQueue(arrivalRate: arrivalRate, handlingTime: handlingTime), patience: patience)
    }

    /// The arrivals and handling of `contacts` with another patience and unlimited room.
    public init(_ contacts: SingleQueue, patience: Patience) {
        self.contacts = contacts
        self.patience = patience
        law = PatienceLaw(patience)
    }

    /// The exact long-run measures for this many agents (≥ 0, may be fractional) and an acceptable wait in seconds.
    ///
    /// Total, as `SingleQueue.measures`: where a share of contacts never gives up and the agents cannot keep up even with
    /// those, the queue grows without end.
    public func measures(
        agents: Double, within acceptableWait: Double = 0, shortAbandon: Double? = nil
    ) -> QueueMeasures {
        let agents = agents > 0 ? min(agents, 1e15) : 0
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        guard contacts.arrivalRate > 0 else { return contacts.measures(agents: agents, within: within) }
        let flows = answer(agents: agents, within: within).flows
        var measures = flows.measures(contacts, agents: agents, within: within)
        if let shortAbandon {
            let brief = answer(agents: agents, within: min(max(0, shortAbandon), 1e15)).flows
            flows.countShortHangups(brief, in: &measures)
        }
        return measures
    }

    /// Mean wait that a contact of endless patience would meet, seconds; nil without contacts, ∞ where nobody serves it.
    public func meanOfferedWait(agents: Double) -> Double? {
        guard contacts.arrivalRate > 0 else { return nil }
        return answer(agents: agents > 0 ? min(agents, 1e15) : 0, within: 0).offeredWait
    }

    /// The smallest whole number of agents that meets every goal; nil when `most` agents do not.
    public func agentsNeeded(for goals: [StaffingGoal], most: Int = 10_000_000) -> Int? {
        guard contacts.arrivalRate > 0 else { return 0 }
        var needed = 0
        for goal in goals {
            let guess = min(contacts.offeredLoad * law.at(goal.acceptableWait).longer, 1e12)
            let found = WholeSearch.smallest(atLeast: needed, atMost: most, guess: guess) {
                goal.isMet(by: measures(agents: Double($0), for: goal))
            }
            guard let found else { return nil }
            needed = found
        }
        return needed
    }

    private func answer(agents: Double, within: Double) -> (flows: ContactFlows, offeredWait: Double) {
        let load = contacts.offeredLoad
        // So few agents per load would carry the exponents out of the range of doubles.
        guard agents > 1e-50 * load, agents > 0 else { return (forsaken(answered: 0, within), .infinity) }
        guard load > 0 else { return (ErlangC.atOnce, 0) }
        if load * law.never >= agents * (1 - 1e-14) {
            return (forsaken(answered: law.never, within), .infinity)
        }
        let below = ErlangB.oddsBelow(agents: agents, load: load)
        guard below < .infinity else { return (ErlangC.atOnce, 0) }
        return ImpatientWaitIntegral(self, agents: agents, within: within).answer(below: below)
    }

    /// Whoever gives up does so; a queue of those who never do grows without end.
    private func forsaken(answered: Double, _ within: Double) -> ContactFlows {
        let never = law.never
        return ContactFlows(
            answeredAtOnce: 0, answered: answered, answeredInTime: 0, waited: 1, abandoned: 1 - never, blocked: 0,
            stillWaiting: law.at(within).longer, waitOfAnswered: answered > 0 ? .infinity : 0,
            waitOfAbandoned: never > 0 && answered == 0 ? .infinity : law.meanOfFinite)
    }
}
