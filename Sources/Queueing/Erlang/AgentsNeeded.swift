#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a queue's staffing has to achieve; shares are fractions, waits seconds.
public enum StaffingGoal: Sendable, Hashable {
    case serviceLevel(atLeast: Double, within: Double, counting: ServiceLevels.Rule = .ofAllOffered)
    case waitProbability(atMost: Double)
    case meanSpeedOfAnswer(atMost: Double)
    case meanWait(atMost: Double)
    case abandonment(atMost: Double)
    case blocking(atMost: Double)
    case occupancy(atMost: Double)

    /// The acceptable wait for which measures must be taken.
    public var acceptableWait: Double {
        if case .serviceLevel(_, let within, _) = self { within } else { 0 }
    }

    /// Whether `measures`, taken at `acceptableWait`, reach the goal; a share of nothing reaches every goal.
    ///
    /// A goal met but for the rounding of its inputs is met: 10 erlangs on 20 agents are 50 % busy although
    /// 200/3600 × 180 is a little more than 10 in binary.
    public func isMet(by measures: QueueMeasures) -> Bool {
        guard measures.waitProbability != nil else { return true }
        // A queue that grows without end keeps no promise, not even the one that agents are busy at most all the time.
        guard measures.queueMean < .infinity else { return false }
        switch self {
        case .serviceLevel(let share, _, let rule):
            return (measures.serviceLevels[rule] ?? 0) >= share - 1e-13
        case .waitProbability(let most): return isAtMost(measures.waitProbability, most)
        case .meanSpeedOfAnswer(let most): return isAtMost(measures.meanSpeedOfAnswer, most)
        case .meanWait(let most): return isAtMost(measures.meanWait, most)
        case .abandonment(let most): return isAtMost(measures.abandonment, most)
        case .blocking(let most): return isAtMost(measures.blocking, most)
        case .occupancy(let most): return isAtMost(measures.occupancy, most)
        }
    }

    private func isAtMost(_ value: Double?, _ most: Double) -> Bool {
        guard let value else { return false }
        return value <= most * (1 + 1e-13)
    }
}

extension SingleQueue {
    /// The smallest whole number of agents that meets every goal; nil when `most` agents do not.
    ///
    /// Every goal is monotone in agents: from a square-root guess the step doubles until the answer is bracketed, then
    /// halves. Infinite goals and impossible ones (100 % in time) end the same way, at `most`.
    public func agentsNeeded(for goals: [StaffingGoal], most: Int = 10_000_000) -> Int? {
        var needed = 0
        for goal in goals {
            guard let agents = agentsNeeded(for: goal, least: needed, most: most) else { return nil }
            needed = agents
        }
        return needed
    }

    private func agentsNeeded(for goal: StaffingGoal, least: Int, most: Int) -> Int? {
        let within = goal.acceptableWait
        func suffices(_ agents: Int) -> Bool { goal.isMet(by: measures(agents: Double(agents), within: within)) }
        guard arrivalRate > 0 else { return least }
        let guess = Int(max(Double(least), min(firstGuess(for: goal), Double(most))))
        var step = max(1, Int(0.1 * min(offeredLoad, 1e12).squareRoot()))
        // Below `low` the goal is missed, at `high` it is met.
        var low: Int
        var high: Int
        if suffices(guess) {
            high = guess
            while true {
                low = high - step
                if low < least { low = least - 1 }
                if low < least || !suffices(low) { break }
                high = low
                step *= 2
            }
        } else {
            low = guess
            while true {
                guard low < most else { return nil }
                high = min(most, low + step)
                if suffices(high) { break }
                low = high
                step *= 2
            }
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if suffices(middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// Where to look first; only speed hangs on it.
    private func firstGuess(for goal: StaffingGoal) -> Double {
        let load = min(offeredLoad, 1e12)
        let root = load.squareRoot()
        switch goal {
        case .occupancy(let most): return most > 0 ? (load / most).rounded(.up) : load
        case .serviceLevel(let share, let within, _) where patience < .infinity || room == .none:
            // In overload the wait of the answered settles where patience has thinned the queue: n = a e^(−T/patience).
            let fluid = load * (room == .none ? share : exp(-within / patience))
            return max(0, min(load - 0.1 * root, fluid + 0.6 * root)).rounded()
        case .serviceLevel(let share, let within, _):
            return (load + root * halfinWhitt(late: 1 - share, root * within / max(handlingTime, 1e-300))).rounded(.up)
        default: return patience < .infinity ? max(0, load - 0.2 * root).rounded() : (load + 0.5 * root).rounded(.up)
        }
    }

    /// β with P(W > T) = e^(−β √a T/h) / (1 + β Φ(β)/φ(β)) = `late` (Halfin, Whitt 1981), by a few Newton steps.
    private func halfinWhitt(late: Double, _ rate: Double) -> Double {
        var beta = 0.3
        for _ in 0..<3 {
            let density = 0.398942280401432678 * exp(-beta * beta / 2)
            let below = 0.5 * erfc(-beta * 0.707106781186547524)
            let chance = exp(-beta * rate) / (1 + beta * below / density)
            beta = max(0.02, beta + (chance - late) / (max(chance, 1e-12) * (rate + beta + 1.2)))
        }
        return min(beta, 10)
    }
}
