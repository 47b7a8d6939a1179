import Probability

/// Staffing for a volume that nobody knows: where the day's factor is what makes days differ, a day keeps its promise
/// when the factor is small enough (the newsvendor's rule: Whitt 2006; Bassamboo, Randhawa, Zeevi 2010).
///
/// Each day is judged by its expected measures, so the chance of single contacts, which makes short stretches differ, is
/// left out; `DayChance` plays that too.
extension BusynessFactor {
    /// The factor that a share `u` of days does not exceed, 0 < u < 1.
    ///
    /// From shape 10⁶ on by the cube of a normal variable (Wilson, Hilferty 1931), whose error is then below 1e-8.
    public func quantile(_ u: Double) -> Double {
        guard shape >= 1e6 else { return PortableMath.gammaQuantile(u, shape: shape) / shape }
        let cube = 1 - 1 / (9 * shape) + PortableMath.normalQuantile(u) / (3 * shape.squareRoot())
        return max(0, cube * cube * cube)
    }

    /// The chance that the factor is at most `factor` (≥ 0).
    public func atMost(factor: Double) -> Double {
        guard factor > 0 else { return 0 }
        guard factor < .infinity else { return 1 }
        guard shape >= 1e6 else { return PortableMath.incompleteGamma(shape: shape, shape * factor).lower }
        return Normal.above(
            (1 - 1 / (9 * shape) - PortableMath.exp(PortableMath.log(factor) / 3)) * 3 * shape.squareRoot())
    }

    /// The chance that a day's factor leaves `agents` (≥ 0, may be fractional) enough for every goal on average.
    ///
    /// P(B ≤ b) with b the largest factor at which the long-run measures meet the goals.
    public func chance(of goals: [StaffingGoal], _ queue: SingleQueue, agents: Double) -> Double {
        switch queue.solve(for: .arrivalRate, agents: agents, goals: goals) {
        case _ where queue.arrivalRate == 0: 1
        case .value(let rate): atMost(factor: rate / queue.arrivalRate)
        case .none(.alwaysMet): 1
        case .none: 0
        }
    }

    /// The chance that the day's factor and the turnout of `scheduled` people are such that every goal is met on average.
    public func chance(
        of goals: [StaffingGoal], _ queue: SingleQueue, scheduled: Int, absenteeism: Absenteeism
    ) -> Double {
        var total = 0.0
        absenteeism.forEachTurnout(of: scheduled) { present, chance in
            // What hardly ever happens is not worth solving for.
            if chance > 1e-13 { total += chance * self.chance(of: goals, queue, agents: Double(present)) }
        }
        return min(1, total)
    }

    /// The smallest whole number of agents that meets every goal on average on a share `chance` of days: the agents for
    /// the volume that so many days do not exceed; nil when none do.
    public func agentsNeeded(for goals: [StaffingGoal], _ queue: SingleQueue, chance: Double) -> Int? {
        guard chance > 0 else { return 0 }
        guard chance < 1 else { return nil }
        return queue.times(quantile(chance)).agentsNeeded(for: goals)
    }
}
