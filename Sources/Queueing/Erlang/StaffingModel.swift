/// A model of one queue: what so many agents achieve, and so how many it takes.
///
/// Whatever conforms can be asked for staffing, in whole people and in parts of them.
public protocol StaffingModel: Sendable {
    /// Erlangs that come in: contacts per second × mean handling time.
    var offeredLoad: Double { get }
    /// The long-run measures for this many agents (≥ 0, may be fractional) and an acceptable wait in seconds.
    func measures(agents: Double, within acceptableWait: Double) -> QueueMeasures
    /// The smallest whole number of agents that meets every goal; nil when `most` agents do not.
    func agentsNeeded(for goals: [StaffingGoal], most: Int) -> Int?
    /// The fewest agents where part of a person counts; nil when there is no answer.
    func exactAgentsNeeded(for goals: [StaffingGoal]) -> Double?
}

extension StaffingModel {
    public func agentsNeeded(for goals: [StaffingGoal], most: Int) -> Int? {
        var needed = 0
        for goal in goals {
            let found = WholeSearch.smallest(
                atLeast: needed, atMost: most, guess: min(max(Double(needed), offeredLoad.rounded(.up)), 1e12)
            ) { goal.isMet(by: measures(agents: Double($0), within: goal.acceptableWait)) }
            guard let found else { return nil }
            needed = found
        }
        return needed
    }

    /// Halves the step below the whole answer until 1e-9 of it is left.
    public func exactAgentsNeeded(for goals: [StaffingGoal]) -> Double? {
        guard let whole = agentsNeeded(for: goals, most: 10_000_000) else { return nil }
        guard whole > 0 else { return 0 }
        var high = Double(whole)
        var low = high - 1
        while high - low > 1e-9 * high {
            let middle = low + (high - low) / 2
            let isEnough = goals.allSatisfy { $0.isMet(by: measures(agents: middle, within: $0.acceptableWait)) }
            if isEnough { high = middle } else { low = middle }
        }
        return high
    }
}

extension SingleQueue: StaffingModel {
    /// Exact to 1e-13.
    public func exactAgentsNeeded(for goals: [StaffingGoal]) -> Double? {
        solve(for: .exactAgents, agents: 0, goals: goals).value
    }
}

extension ImpatientQueue: StaffingModel {
    public var offeredLoad: Double { contacts.offeredLoad }
}
