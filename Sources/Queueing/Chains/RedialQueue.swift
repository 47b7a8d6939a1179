import Probability

/// A queue some of whose callers call again, as planners staff for it: Erlang X over any patience.
///
/// Measures are of all attempts alike, redials among them, which is how service levels of such a queue are counted.
/// ```
/// let queue = SingleQueue(contacts: 22, per: 1800, handlingTime: 360, patience: 180)
/// let goal = StaffingGoal.serviceLevel(atLeast: 0.8, within: 30)
/// RedialQueue(queue, redials: Redials(afterAbandoning: 0.5)).agentsNeeded(for: [goal])   // 7
/// ```
public struct RedialQueue<Attempts: StaffedQueue>: StaffedQueue {
    /// First attempts alone.
    public let first: Attempts
    /// Who calls again, and how often.
    public let redials: Redials

    /// `first` are the first attempts alone.
    public init(_ first: Attempts, redials: Redials) {
        self.first = first
        self.redials = redials
    }

    /// Erlangs of first attempts; redials add to them the more the fewer agents there are.
    public var offeredLoad: Double { first.offeredLoad }
    /// First attempts per second.
    public var arrivalRate: Double { first.arrivalRate }
    /// Mean, seconds, the same for every attempt.
    public var handlingTime: Double { first.handlingTime }

    /// The same redials with another rate of first attempts, per second, ≥ 0.
    public func with(arrivalRate: Double) -> Self {
        RedialQueue(first.with(arrivalRate: arrivalRate), redials: redials)
    }

    /// Attempts and callers, by the fixed point (see `Redials.erlangX`).
    public func callers(agents: Double, within acceptableWait: Double = 0) -> RedialMeasures {
        redials.erlangX(first, agents: agents, within: acceptableWait)
    }

    /// Of all attempts alike, by the fixed point (see `Redials.erlangX`); waits in seconds.
    public func measures(
        agents: Double, within acceptableWait: Double = 0, shortAbandon: Double? = nil
    ) -> QueueMeasures {
        redials.erlangX(first, agents: agents, within: acceptableWait, shortAbandon: shortAbandon).attempts
    }

    /// The smallest whole number of agents that meets every goal; nil when `most` agents do not.
    public func agentsNeeded(for goals: [StaffingGoal], most: Int = 10_000_000) -> Int? {
        var needed = 0
        for goal in goals {
            guard let agents = agentsNeeded(for: goal, least: needed, most: most) else { return nil }
            needed = agents
        }
        return needed
    }

    /// Redials and staffing settle together: so many attempts need so many agents, who leave so many redials, a number
    /// that hardly moves along a goal. A few steps beside the answer make sure.
    private func agentsNeeded(for goal: StaffingGoal, least: Int, most: Int) -> Int? {
        guard arrivalRate > 0 else { return least }
        var guess = least
        var rate = arrivalRate
        for _ in 0..<4 {
            let queue = first.with(arrivalRate: rate)
            guard let agents = queue.agentsNeeded(for: [goal], most: most) else { return nil }
            let settled = agents == guess
            guess = max(least, agents)
            let share = redials.redialling(queue.measures(agents: Double(agents), for: goal))
            rate = arrivalRate * min(redials.attempts(share).all, 1e6)
            if settled { break }
        }
        return WholeSearch.smallest(atLeast: least, atMost: most, guess: Double(guess)) {
            goal.isMet(by: measures(agents: Double($0), for: goal))
        }
    }
}
