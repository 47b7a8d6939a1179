import Probability

/// What a staffing question can leave open.
public enum StaffingUnknown: String, Sendable, CaseIterable, Hashable {
    /// The fewest whole agents.
    case agents
    /// The fewest agents where part-time counts: the exact need before rounding up.
    case exactAgents = "exact_agents"
    /// The most contacts per second.
    case arrivalRate = "arrival_rate"
    /// The longest mean handling time, seconds.
    case handlingTime = "handling_time"
    /// The mean patience, seconds: the shortest that keeps abandonment down, the longest for every other goal.
    case patience
    /// The share answered within the acceptable wait of a service level goal, 0…1.
    case share
    /// The shortest acceptable wait of a service level goal, seconds.
    case acceptableWait = "acceptable_wait"
}

/// The answer to a staffing question: a number, or why there is none.
public enum StaffingSolution: Sendable, Hashable {
    /// The number, in the unknown's unit.
    case value(Double)
    /// No number answers.
    case none(Reason)

    /// Why no number answers.
    public enum Reason: Sendable, Hashable, CustomStringConvertible {
        /// Every value meets the goals, so none is the last that does.
        case alwaysMet
        /// No value meets the goals.
        case neverMet
        /// The share asked for lies above `most`, which is all that are ever answered.
        case outOfReach(most: Double)
        /// Nothing arrives, so shares of contacts mean nothing.
        case noContacts
        /// There is no service level among the goals whose share or wait could be the answer.
        case noServiceLevel

        public var description: String {
            switch self {
            case .alwaysMet: "the goals are met whatever the value"
            case .neverMet: "no value meets the goals"
            case .outOfReach(let most): "at most \(most) of the contacts are ever answered"
            case .noContacts: "there are no contacts"
            case .noServiceLevel: "there is no service level to solve for"
            }
        }
    }

    /// The number; nil where there is none.
    public var value: Double? { if case .value(let value) = self { value } else { nil } }
}

extension SingleQueue {
    /// Solves for one unknown while all else stays as it is; what the unknown has now plays no part.
    ///
    /// The answer meets every goal, and one that asks 1e-9 (relative) more of the agents does not; goals are monotone in
    /// every unknown but patience, for which the answer is the last value beyond which a goal is missed for good.
    /// `agents` (≥ 0, may be fractional; anything else counts as 0) is not looked at when agents are the unknown.
    public func solve(for unknown: StaffingUnknown, agents: Double, goals: [StaffingGoal]) -> StaffingSolution {
        let agents = agents > 0 ? min(agents, 1e15) : 0
        switch unknown {
        case .agents:
            return agentsNeeded(for: goals).map { .value(Double($0)) } ?? .none(.neverMet)
        case .exactAgents: return exactAgentsNeeded(for: goals)
        case .arrivalRate:
            guard handlingTime > 0 else { return .none(.alwaysMet) }
            return largest(near: max(agents, 1) / handlingTime) { rate in
                copy(arrivalRate: rate).meets(goals, agents: agents)
            }
        case .handlingTime:
            guard arrivalRate > 0 else { return .none(.noContacts) }
            return largest(near: max(agents, 1) / arrivalRate) { time in
                copy(handlingTime: time).meets(goals, agents: agents)
            }
        case .patience: return patience(agents: agents, goals: goals)
        case .share:
            guard let goal = goals.first(where: \.isServiceLevel), case .serviceLevel(_, _, let rule, _) = goal else {
                return .none(.noServiceLevel)
            }
            let share = measures(agents: agents, for: goal).serviceLevels[rule]
            return share.map { .value($0) } ?? .none(.noContacts)
        case .acceptableWait:
            guard let goal = goals.first(where: \.isServiceLevel),
                case .serviceLevel(let share, _, let rule, let limit) = goal
            else { return .none(.noServiceLevel) }
            return acceptableWait(share: share, rule, shortAbandon: limit, agents: agents)
        }
    }

    /// Whether so many agents meet every goal.
    func meets(_ goals: [StaffingGoal], agents: Double) -> Bool {
        goals.allSatisfy { $0.isMet(by: measures(agents: agents, for: $0)) }
    }

    private func copy(arrivalRate: Double? = nil, handlingTime: Double? = nil, patience: Double? = nil) -> SingleQueue {
        SingleQueue(
            arrivalRate: arrivalRate ?? self.arrivalRate, handlingTime: handlingTime ?? self.handlingTime,
            patience: patience ?? self.patience, room: room)
    }

    /// The largest need of any goal, since each is monotone in agents.
    private func exactAgentsNeeded(for goals: [StaffingGoal]) -> StaffingSolution {
        var needed = 0.0
        for goal in goals {
            guard let whole = agentsNeeded(for: [goal]) else { return .none(.neverMet) }
            needed = max(needed, exactAgents(for: goal, whole: whole, tolerance: 1e-13 * Double(max(whole, 1))))
        }
        return .value(needed)
    }

    /// The largest value that is good, all smaller ones being so: doubles or halves from `start` to both sides of it,
    /// then halves the bracket in logarithms down to neighbouring doubles or 1e-13.
    private func largest(near start: Double, isGood: (Double) -> Bool) -> StaffingSolution {
        var low = start
        var high = start
        if isGood(start) {
            repeat {
                low = high
                high *= 2
                if high > 1e15 * start { return .none(.alwaysMet) }
            } while isGood(high)
        } else {
            repeat {
                high = low
                low /= 2
                if low < 1e-15 * start { return .none(.neverMet) }
            } while !isGood(low)
        }
        return .value(Self.boundary(good: low, bad: high, isGood))
    }

    /// The last good value between one that is and one that is not, whichever is the larger; both > 0.
    private static func boundary(good: Double, bad: Double, _ isGood: (Double) -> Bool) -> Double {
        var good = good
        var bad = bad
        while abs(bad - good) > 1e-13 * max(good, bad) {
            let middle = good + (bad - good) / 2
            guard middle != good, middle != bad else { break }
            if isGood(middle) { good = middle } else { bad = middle }
        }
        return good
    }

    /// Patience works both ways: whoever leaves is lost, and makes room. So every eighth of a power of two is looked at,
    /// from endless patience down (from none up for abandonment) to the first change.
    private func patience(agents: Double, goals: [StaffingGoal]) -> StaffingSolution {
        guard arrivalRate > 0, handlingTime > 0 else { return .none(.noContacts) }
        func isGood(_ patience: Double) -> Bool { copy(patience: patience).meets(goals, agents: agents) }
        let wantsMore = goals.contains { if case .abandonment = $0 { true } else { false } }
        // From a thousandth of the handling time to a million times it.
        let grid = (0...240).map { handlingTime * 1e-3 * PortableMath.exp(Double($0) / 8 * 0.693147180559945309) }
        if wantsMore {
            guard let first = grid.firstIndex(where: isGood) else {
                return isGood(.infinity) ? .value(grid[240]) : .none(.neverMet)
            }
            return first == 0
                ? .none(.alwaysMet) : .value(Self.boundary(good: grid[first], bad: grid[first - 1], isGood))
        }
        guard !isGood(.infinity) else { return .none(.alwaysMet) }
        guard let last = grid.lastIndex(where: isGood) else { return .none(.neverMet) }
        // Good at the last one looked at, though not for ever: it is beyond anything that is patience.
        return last == 240 ? .none(.alwaysMet) : .value(Self.boundary(good: grid[last], bad: grid[last + 1], isGood))
    }

    private func acceptableWait(
        share: Double, _ rule: ServiceLevelRule, shortAbandon limit: Double, agents: Double
    ) -> StaffingSolution {
        guard arrivalRate > 0 else { return .none(.noContacts) }
        func level(_ wait: Double) -> Double {
            let goal = StaffingGoal.serviceLevel(atLeast: share, within: wait, counting: rule, shortAbandon: limit)
            return measures(agents: agents, for: goal).serviceLevels[rule] ?? 0
        }
        func isGood(_ wait: Double) -> Bool { level(wait) >= share - 1e-13 }
        if isGood(0) { return .value(0) }
        var high = max(handlingTime, 1e-6)
        var low = 0.0
        while !isGood(high) {
            low = high
            high *= 2
            if high > 1e14 { return .none(.outOfReach(most: level(1e14))) }
        }
        while high - low > 1e-13 * high {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if isGood(middle) { high = middle } else { low = middle }
        }
        return .value(high)
    }
}

extension StaffingGoal {
    var isServiceLevel: Bool { if case .serviceLevel = self { true } else { false } }
}
