import Probability

/// A model of one queue: what so many agents achieve, and so how many it takes.
///
/// Whatever conforms can be asked for staffing, in whole people and in parts of them.
public protocol StaffingModel: Sendable {
    /// Erlangs that come in: contacts per second × mean handling time.
    var offeredLoad: Double { get }
    /// The long-run measures for this many agents (≥ 0, may be fractional), an acceptable wait and a limit of short
    /// hang-ups in seconds; a model that does not count short hang-ups has no level by the rules that look at them.
    func measures(agents: Double, within acceptableWait: Double, shortAbandon: Double?) -> QueueMeasures
    /// The smallest whole number of agents that meets every goal; nil when `most` agents do not.
    func agentsNeeded(for goals: [StaffingGoal], most: Int) -> Int?
    /// The fewest agents where part of a person counts; nil when there is no answer.
    func exactAgentsNeeded(for goals: [StaffingGoal]) -> Double?
    /// The fewest agents where part-time counts, given that `whole` is the fewest whole ones for `goal`, to `tolerance`.
    func exactAgents(for goal: StaffingGoal, whole: Int, tolerance: Double) -> Double
}

extension StaffingModel {
    /// The measures without a count of short hang-ups; the acceptable wait in seconds.
    public func measures(agents: Double, within acceptableWait: Double) -> QueueMeasures {
        measures(agents: agents, within: acceptableWait, shortAbandon: nil)
    }

    /// The measures that `goal` is judged by.
    public func measures(agents: Double, for goal: StaffingGoal) -> QueueMeasures {
        measures(agents: agents, within: goal.acceptableWait, shortAbandon: goal.shortAbandon)
    }

    /// Goal by goal, since each is monotone in agents: steps that double from the load, then halves.
    public func agentsNeeded(for goals: [StaffingGoal], most: Int) -> Int? {
        var needed = 0
        for goal in goals {
            let guess = min(max(Double(needed), offeredLoad.rounded(.up)), 1e12)
            let found = WholeSearch.smallest(atLeast: needed, atMost: most, guess: guess) {
                goal.isMet(by: measures(agents: Double($0), for: goal))
            }
            guard let found else { return nil }
            needed = found
        }
        return needed
    }

    /// To 1e-9 agents, goal by goal: each is monotone, so the largest need meets them all.
    public func exactAgentsNeeded(for goals: [StaffingGoal]) -> Double? {
        var needed = 0.0
        for goal in goals {
            guard let whole = agentsNeeded(for: [goal], most: 10_000_000) else { return nil }
            needed = max(needed, exactAgents(for: goal, whole: whole))
        }
        return needed
    }

    /// The fewest agents where part-time counts, given that `whole` is the fewest whole ones for `goal`.
    ///
    /// The answer meets the goal; `tolerance` agents fewer do not. Goals are monotone in agents, so that it lies between
    /// `whole` − 1 and `whole`.
    public func exactAgents(for goal: StaffingGoal, whole: Int, tolerance: Double = 1e-9) -> Double {
        guard whole > 0 else { return 0 }
        func shortfall(_ agents: Double) -> Double { goal.logShortfall(of: measures(agents: agents, for: goal)) }
        let (fewer, enough) = (Double(whole) - 1, Double(whole))
        let lacking = shortfall(fewer)
        guard lacking > 0 else { return fewer }
        return BracketedRoot.crossing(
            above: fewer, lacking, below: enough, shortfall(enough), tolerance: max(tolerance, 1e-13 * enough),
            shortfall)
    }
}

extension SingleQueue: StaffingModel {
    /// Exact to 1e-13.
    public func exactAgentsNeeded(for goals: [StaffingGoal]) -> Double? {
        solve(for: .exactAgents, agents: 0, goals: goals).value
    }
}

extension ImpatientQueue: StaffingModel {
    /// Erlangs: arrival rate × handling time.
    public var offeredLoad: Double { contacts.offeredLoad }
}
