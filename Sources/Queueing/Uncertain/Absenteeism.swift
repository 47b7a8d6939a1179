import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// People who are scheduled and do not come: each stays away with the same chance, independently (Whitt 2006).
public struct Absenteeism: Sendable, Hashable {
    /// The chance 0…1 that a person scheduled does not come.
    public let share: Double

    /// Anything outside 0…1 counts as the nearest end, what is no number as 0.
    public init(share: Double) { self.share = share > 0 ? min(share, 1) : 0 }

    /// Calls `body` with each number of people who may come out of `scheduled` (≥ 0), and its chance.
    ///
    /// Binomial terms outward from their mode, until they are 1e-18 of the sum; the chances add up to 1.
    public func forEachTurnout(of scheduled: Int, _ body: (_ present: Int, _ chance: Double) -> Void) {
        let scheduled = max(0, scheduled)
        let presence = 1 - share
        guard share > 0, presence > 0, scheduled > 0 else { return body(presence > 0 ? scheduled : 0, 1) }
        let odds = presence / share
        let mode = min(scheduled, Int((Double(scheduled) + 1) * presence))
        // Chances in units of the mode's, first their sum, then each.
        var sum = 0.0
        walk(scheduled, mode, odds) { _, term in sum += term }
        walk(scheduled, mode, odds) { present, term in body(present, term / sum) }
    }

    private func walk(_ scheduled: Int, _ mode: Int, _ odds: Double, _ body: (Int, Double) -> Void) {
        var term = 1.0
        var present = mode
        while term > 1e-18 {
            body(present, term)
            guard present < scheduled else { break }
            term *= Double(scheduled - present) / Double(present + 1) * odds
            present += 1
        }
        term = 1
        present = mode
        while present > 0 {
            term *= Double(present) / (Double(scheduled - present + 1) * odds)
            present -= 1
            guard term > 1e-18 else { break }
            body(present, term)
        }
    }

    /// The long-run measures of `queue` with `scheduled` people, averaged over how many of them come.
    ///
    /// `agents` in the answer is the mean number who come. With endless patience and any chance that too few come, waits
    /// have no end.
    public func measures(_ queue: SingleQueue, scheduled: Int, within acceptableWait: Double = 0) -> QueueMeasures {
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        let mean = Double(max(0, scheduled)) * (1 - share)
        guard queue.arrivalRate > 0 else { return queue.measures(agents: mean, within: within) }
        var total = Bundle16(repeating: 0)
        var endlessAnswered = false
        var endlessAbandoned = false
        forEachTurnout(of: scheduled) { present, chance in
            let flows = queue.flows(agents: Double(present), within: within)
            total += flows.bundle * chance
            endlessAnswered = endlessAnswered || flows.waitOfAnswered == .infinity
            endlessAbandoned = endlessAbandoned || flows.waitOfAbandoned == .infinity
        }
        var flows = ContactFlows(total)
        if endlessAnswered { flows.waitOfAnswered = .infinity }
        if endlessAbandoned { flows.waitOfAbandoned = .infinity }
        return flows.measures(queue, agents: mean, within: within)
    }

    /// The chance 0…1 that so many come out of `scheduled` that `queue` meets every goal.
    public func chance(of goals: [StaffingGoal], _ queue: SingleQueue, scheduled: Int) -> Double {
        guard let needed = queue.agentsNeeded(for: goals, most: max(0, scheduled)) else { return 0 }
        var chance = 0.0
        forEachTurnout(of: scheduled) { present, part in if present >= needed { chance += part } }
        return min(1, chance)
    }
}
