import Queueing
import Simulator

/// Which exact formula answers.
public enum StaffModel: String, Sendable, CaseIterable, Hashable {
    /// Callers hang up when their patience ends.
    case erlangA = "erlang-a"
    /// Callers wait until they are answered.
    case erlangC = "erlang-c"
    /// Callers who find all agents busy are turned away.
    case erlangB = "erlang-b"

    /// `Erlang A`.
    public var name: String {
        switch self {
        case .erlangA: "Erlang A"
        case .erlangC: "Erlang C"
        case .erlangB: "Erlang B"
        }
    }
}

/// One staffing question: what comes in, who is there, what is promised.
public struct StaffQuestion: Sendable, Hashable {
    /// More than any center has; past it a search ends.
    public static let mostAgents = 10_000_000

    /// Contacts in `per` seconds, ≥ 0.
    public var calls: Double
    /// Seconds, > 0.
    public var per: Double
    /// Mean talk + hold + after-contact work, seconds, > 0.
    public var handlingTime: Double
    /// On the phones, ≥ 0; nil asks for the number.
    public var agents: Double?
    public var target: ServiceTarget?
    /// Largest share of contacts that may hang up, 0…1.
    public var maxAbandonment: Double?
    /// Largest share of their time that agents may be busy, 0…1.
    public var maxOccupancy: Double?
    /// Mean seconds a caller is willing to wait; nil waits for ever.
    public var patience: Double?
    /// Contacts in service and waiting together; nil is no limit.
    public var lines: Int?
    public var shrinkage: Shrinkage?
    /// nil leaves the choice to what is known about patience and lines.
    public var model: StaffModel?

    public init(
        calls: Double, per: Double, handlingTime: Double, agents: Double? = nil, target: ServiceTarget? = nil,
        maxAbandonment: Double? = nil, maxOccupancy: Double? = nil, patience: Double? = nil, lines: Int? = nil,
        shrinkage: Shrinkage? = nil, model: StaffModel? = nil
    ) {
        self.calls = calls
        self.per = per
        self.handlingTime = handlingTime
        self.agents = agents
        self.target = target
        self.maxAbandonment = maxAbandonment
        self.maxOccupancy = maxOccupancy
        self.patience = patience
        self.lines = lines
        self.shrinkage = shrinkage
        self.model = model
    }

    /// The model that answers: the one asked for; else B when nobody can wait, A when patience is known, C otherwise.
    public var answeringModel: StaffModel {
        if let model { return model }
        if let lines, let agents, Double(lines) <= agents { return .erlangB }
        return patience == nil ? .erlangC : .erlangA
    }

    /// Erlangs.
    public var offeredLoad: Double { queue(.erlangB).offeredLoad }

    /// The queue as `model` sees it.
    public func queue(_ model: StaffModel) -> SingleQueue {
        let room: SingleQueue.Room = model == .erlangB ? .none : lines.map { .lines($0) } ?? .unlimited
        return SingleQueue(
            contacts: calls, per: per, handlingTime: handlingTime,
            patience: model == .erlangA ? patience ?? .infinity : .infinity, room: room)
    }

    /// The smallest whole number of agents that reaches `goals`; nil when there is none up to `mostAgents`.
    public func agentsNeeded(_ model: StaffModel, for goals: [StaffGoal]) -> Double? {
        queue(model).agentsNeeded(for: goals.map(\.formula), most: Self.mostAgents).map(Double.init)
    }

    /// What is promised, in the order of the answer's rows; hang-ups only where the model knows them.
    public func goals(_ model: StaffModel) -> [StaffGoal] {
        var goals: [StaffGoal] = []
        if let target { goals.append(.target(target)) }
        if let maxAbandonment, model == .erlangA { goals.append(.abandonment(maxAbandonment)) }
        if let maxOccupancy { goals.append(.occupancy(maxOccupancy)) }
        return goals
    }
}

/// One promise, with the words for it.
public enum StaffGoal: Sendable, Hashable {
    case target(ServiceTarget)
    case abandonment(Double)
    case occupancy(Double)

    public var formula: StaffingGoal {
        switch self {
        case .target(let target): .serviceLevel(atLeast: target.share, within: target.acceptableWait)
        case .abandonment(let most): .abandonment(atMost: most)
        case .occupancy(let most): .occupancy(atMost: most)
        }
    }

    /// `80% in 30s`, `hang-ups at most 5%`.
    public var words: String {
        switch self {
        case .target(let target):
            "\(Units.formatShare(target.share)) in \(Units.formatDuration(target.acceptableWait))"
        case .abandonment(let most): "hang-ups at most \(Units.formatShare(most))"
        case .occupancy(let most): "busy at most \(Units.formatShare(most))"
        }
    }

    /// What `measures` have of it, 0…1.
    public func value(in measures: QueueMeasures) -> Double? {
        switch self {
        case .target: measures.serviceLevels.ofAllOffered
        case .abandonment: measures.abandonment
        case .occupancy: measures.occupancy
        }
    }
}
