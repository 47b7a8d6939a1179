import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a queue's staffing has to achieve; shares are fractions, waits seconds.
public enum StaffingGoal: Sendable, Hashable {
    /// `shortAbandon`, seconds, matters only to the rules that look at short hang-ups. A limit beyond the acceptable wait
    /// counts as that wait: else an endless queue, in which all hang up at last, would pass for a good one.
    case serviceLevel(
        atLeast: Double, within: Double, counting: ServiceLevelRule = .ofAllOffered, shortAbandon: Double = 5)
    /// The share of contacts that have to wait, 0…1.
    case waitProbability(atMost: Double)
    /// Mean wait of the answered, seconds.
    case meanSpeedOfAnswer(atMost: Double)
    /// Mean wait of all contacts, seconds, whatever became of them.
    case meanWait(atMost: Double)
    /// The share of contacts that hang up while they wait, 0…1.
    case abandonment(atMost: Double)
    /// The share of contacts that find every line taken, 0…1.
    case blocking(atMost: Double)
    /// The share of their time that agents are busy, 0…1.
    case occupancy(atMost: Double)

    /// The acceptable wait for which measures must be taken.
    public var acceptableWait: Double {
        if case .serviceLevel(_, let within, _, _) = self { within } else { 0 }
    }

    /// The limit of short hang-ups for which measures must be taken; nil where the goal does not look at them.
    public var shortAbandon: Double? {
        if case .serviceLevel(_, let within, let rule, let limit) = self, rule.looksAtShortHangups {
            min(limit, within)
        } else {
            nil
        }
    }

    /// Whether `measures`, taken at `acceptableWait` and `shortAbandon`, reach the goal; a share of nothing reaches every goal.
    ///
    /// A goal met but for the rounding of its inputs is met: 10 erlangs on 20 agents are 50 % busy although
    /// 200/3600 × 180 is a little more than 10 in binary.
    public func isMet(by measures: QueueMeasures) -> Bool { shortfall(of: measures) <= 0 }

    /// How far `measures` miss the goal, in the goal's own unit; 0 or less is met.
    func shortfall(of measures: QueueMeasures) -> Double {
        guard measures.meanWait != nil else { return 0 }
        // A queue that grows without end keeps no promise, not even the one that agents are busy at most all the time.
        guard measures.queueMean < .infinity else { return .infinity }
        switch self {
        case .serviceLevel(let share, _, let rule, _): return share - 1e-13 - (measures.serviceLevels[rule] ?? 0)
        case .waitProbability(let most): return excess(measures.waitProbability, most)
        case .meanSpeedOfAnswer(let most): return excess(measures.meanSpeedOfAnswer, most)
        case .meanWait(let most): return excess(measures.meanWait, most)
        case .abandonment(let most): return excess(measures.abandonment, most)
        case .blocking(let most): return excess(measures.blocking, most)
        case .occupancy(let most): return excess(measures.occupancy, most)
        }
    }

    /// The way to ask for the goal's measure alone, where there is one.
    fileprivate func quickLevel(of queue: SingleQueue) -> QuickLevel? {
        guard case .serviceLevel(_, let within, let rule, _) = self else { return nil }
        return QuickLevel(queue, within: within, counting: rule)
    }

    private func excess(_ value: Double?, _ most: Double) -> Double {
        guard let value else { return .infinity }
        return value - most * (1 + 1e-13)
    }
}

extension SingleQueue {
    /// The smallest whole number of agents that meets every goal; nil when `most` agents do not.
    ///
    /// Every goal is monotone in agents: from a square-root guess, steps along the chord through the last two tries lead
    /// to both sides of the answer, then chords and halves in turn to the answer itself. Impossible goals end at `most`.
    public func agentsNeeded(for goals: [StaffingGoal], most: Int = 10_000_000) -> Int? {
        var needed = 0
        for goal in goals {
            guard let agents = agentsNeeded(for: goal, least: needed, most: most) else { return nil }
            needed = agents
        }
        return needed
    }

    private func agentsNeeded(for goal: StaffingGoal, least: Int, most: Int) -> Int? {
        guard arrivalRate > 0, least <= most else { return least <= most ? least : nil }
        // No share is larger than all: not to be looked for among ten million agents.
        if case .serviceLevel(let share, _, _, _) = goal, share > 1 { return nil }
        var quick = goal.quickLevel(of: self)
        // Below `low` and there the goal is missed, from `high` on it is met; shortfalls stand beside them.
        var low = least - 1
        var lowShortfall = Double.infinity
        var high = most + 1
        var highShortfall = -Double.infinity
        let root = min(offeredLoad, 1e12).squareRoot()
        var step = max(1, Int(0.05 * root))
        var next = Int(max(Double(least), min(firstGuess(for: goal, quick), Double(most))))
        var tries = 0
        while high - low > 1 {
            let shortfall = miss(goal, agents: Double(next), level: quick?.level(agents: next))
            let before = shortfall > 0 ? (low, lowShortfall) : (high, highShortfall)
            if shortfall > 0 {
                (low, lowShortfall) = (next, shortfall)
            } else {
                (high, highShortfall) = (next, shortfall)
            }
            tries += 1
            if low >= least, high <= most {
                // Every third try halves, so that a curved goal cannot make the chords creep; so does an endless queue.
                let chord = lowShortfall / (lowShortfall - highShortfall)
                let part = lowShortfall < .infinity && tries % 3 != 0 ? chord : 0.5
                next = low + Int((Double(high - low) * part).rounded(.up))
            } else {
                // The chord's length beyond the last try, at least one step and at most eight.
                var stride = Double(step)
                if before.1.isFinite, shortfall.isFinite, before.1 != shortfall {
                    let chord = abs(Double(next - before.0) * shortfall / (before.1 - shortfall))
                    stride = min(max(chord.rounded(.up), Double(step)), 8 * Double(step))
                } else if quick != nil {
                    // A level moves by about 1 in that scale for every root load of agents.
                    stride = max(1, min((abs(shortfall) * root).rounded(.up), root))
                }
                let whole = Int(min(stride, Double(most)))
                step = 2 * whole
                next = shortfall > 0 ? low + whole : high - whole
            }
            next = max(low + 1, min(high - 1, next))
        }
        return high <= most ? high : nil
    }

    /// The fewest agents where part-time counts, as for every model, asking for the level alone where that will do.
    public func exactAgents(for goal: StaffingGoal, whole: Int, tolerance: Double = 1e-9) -> Double {
        guard whole > 0 else { return 0 }
        let quick = goal.quickLevel(of: self)
        func miss(_ agents: Double) -> Double { self.miss(goal, agents: agents, level: quick?.level(exactly: agents)) }
        let (fewer, enough) = (Double(whole) - 1, Double(whole))
        let lacking = miss(fewer)
        guard lacking > 0 else { return fewer }
        return BracketedRoot.crossing(
            above: fewer, lacking, below: enough, miss(enough), tolerance: max(tolerance, 1e-13 * enough), miss)
    }

    /// How far the goal is missed, 0 or less where it is met; a level's distance from its goal is taken where it is nearly
    /// straight in agents. `level` is the level alone where it is known.
    private func miss(_ goal: StaffingGoal, agents: Double, level: Double?) -> Double {
        guard case .serviceLevel(let share, _, _, _) = goal else {
            return goal.logShortfall(of: measures(agents: agents, for: goal))
        }
        var shortfall = level.map { share - $0 } ?? 0
        if abs(shortfall) <= QuickLevel.tolerance {
            // So close to the goal that rounding decides, all measures do: the answer is the one that they show.
            shortfall = goal.shortfall(of: measures(agents: agents, for: goal))
        }
        guard shortfall.isFinite else { return shortfall }
        let straight = Logit.of(share) - Logit.of(share - shortfall)
        return shortfall > 0 ? max(straight, shortfall) : min(straight, shortfall)
    }

    /// Where to look first; only speed hangs on it.
    private func firstGuess(for goal: StaffingGoal, _ quick: QuickLevel?) -> Double {
        let load = min(offeredLoad, 1e12)
        let root = load.squareRoot()
        switch goal {
        case .occupancy(let most): return most > 0 ? (load / most).rounded(.up) : load
        case .serviceLevel(let share, _, _, _) where patience < .infinity && load > 40 && quick != nil:
            return quick.map { $0.agents(for: share).rounded(.up) } ?? load
        case .serviceLevel(let share, let within, _, _) where patience < .infinity || room == .none:
            // In overload the wait of the answered settles where patience has thinned the queue: n = a e^(−T/patience).
            let fluid = load * (room == .none ? share : exp(-within / patience))
            return max(0, min(load - 0.1 * root, fluid + 0.6 * root)).rounded()
        case .serviceLevel(let share, let within, _, _):
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
