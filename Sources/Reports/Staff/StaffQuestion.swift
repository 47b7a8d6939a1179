import Center
import Documents
import Experiments
import Probability
import Queueing
import Simulator
import Tabular

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
    /// The share to be answered in time; nil promises none.
    public var target: ServiceTarget?
    /// Largest share of contacts that may hang up, 0…1.
    public var maxAbandonment: Double?
    /// Largest share of their time that agents may be busy, 0…1.
    public var maxOccupancy: Double?
    /// Mean seconds a caller is willing to wait; nil waits for ever.
    public var patience: Double?
    /// Contacts in service and waiting together; nil is no limit.
    public var lines: Int?
    /// The share of paid time when people are not available; nil is not told, which leaves out the scheduled people.
    public var shrinkage: Shrinkage?
    /// nil leaves the choice to what is known about patience, lines and redials.
    public var model: StaffModel?
    /// The share of those who hung up or were turned away who call again, 0…1.
    public var redial: Double?
    /// Standard deviation of handling times ÷ their mean, ≥ 0; nil is 1, as exponential times have it.
    public var spread: Double?
    /// How far a day's volume strays from the plan: standard deviation ÷ mean, > 0.
    public var dayToDay: Double?
    /// The share of such time spans that must meet the target, 0…1.
    public var chance: Double?
    /// The chance that a person who should be on the phones does not come, 0…1.
    public var absence: Double?
    /// The share of a shift on break or at lunch, on top of shrinkage.
    public var breaks: Shrinkage?

    /// Units as the properties have them; redials, breaks and what strays are set afterwards.
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

    /// The model that answers: the one asked for; else X when callers call again, B when nobody can wait, A when patience
    /// is known, C otherwise.
    public var answeringModel: StaffModel {
        if let model { return model }
        if redial != nil { return .erlangX }
        if let lines, let agents, Double(lines) <= agents { return .erlangB }
        return patience == nil ? .erlangC : .erlangA
    }

    /// Erlangs.
    public var offeredLoad: Double { queue(.erlangB).offeredLoad }

    /// How long callers let pass before they call again, seconds; a simulation needs it, a formula does not.
    public static let assumedRedialDelay = 600.0

    /// Arrivals, handling time, patience and room as `model` sees them.
    public func queue(_ model: StaffModel) -> SingleQueue {
        let room: SingleQueue.Room =
            model == .erlangB ? .none : model.knowsLines(self) ? lines.map { .lines($0) } ?? .unlimited : .unlimited
        return SingleQueue(
            contacts: calls, per: per, handlingTime: handlingTime,
            patience: model.knowsHangUps(self) ? patience ?? .infinity : .infinity, room: room)
    }

    /// The redials of the question as the formulas see them.
    var redials: Redials? {
        redial.map { Redials(afterAbandoning: $0, afterBlocking: $0, delay: Self.assumedRedialDelay) }
    }

    /// Hears how far a simulation is.
    public typealias Watcher = @Sendable (Experiment.Progress) -> Void

    /// Good and bad days together, where the day's volume strays and no chance is asked for.
    var days: BusyQueue? {
        guard let dayToDay, chance == nil else { return nil }
        return BusyQueue(queue(answeringModel), busyness: BusynessFactor(spread: dayToDay))
    }

    /// The time span as it may turn out, for its chance of meeting the target; nil where no chance is asked for.
    ///
    /// Those who call again count as so many more contacts, `attempts` a caller, as Erlang X has it.
    func day(attempts: Double) -> UncertainDay? {
        guard chance != nil, let target else { return nil }
        let model = answeringModel
        var day = UncertainDay(
            contacts: calls * attempts, in: per, handlingTime: handlingTime,
            patience: model.knowsHangUps(self) ? patience ?? .infinity : .infinity,
            target: DayTarget(share: target.share, within: target.acceptableWait),
            busyness: dayToDay.map { BusynessFactor(spread: $0) }, absenteeism: Absenteeism(share: absence ?? 0))
        if let spread { day.handlingTime = .lognormal(Lognormal(mean: handlingTime, spread: spread)) }
        return day
    }

    /// `model` as something to staff by; `progress` hears of what takes its time.
    public func staffing(_ model: StaffModel, progress: @escaping Watcher = { _ in }) -> any StaffingModel {
        let queue = queue(model)
        switch model {
        case .erlangA, .erlangB, .erlangC: return queue
        case .erlangX: return redials.map { RedialQueue(queue, redials: $0) } ?? queue
        case .squareRoot: return SquareRootQueue(queue)
        case .allenCunneen, .kimura:
            let spread = spread ?? 1
            return TwoMomentQueue(
                queue, serviceSquaredSpread: spread * spread,
                formula: model == .kimura ? .kimura : .allenCunneen)
        case .simulation:
            let again = redial.map {
                Redial(
                    share: $0, delay: .exponential(Exponential(mean: Self.assumedRedialDelay)), atMost: Int(Int16.max))
            }
            return SimulatedQueue(queue, spread: spread ?? 1, redial: again, progress: progress)
        }
    }

    /// The smallest whole number of agents that reaches `goals`; nil when there is none up to `mostAgents`.
    public func agentsNeeded(_ model: StaffModel, for goals: [StaffGoal]) -> Double? {
        staffing(model).agentsNeeded(for: goals.map(\.formula), most: Self.mostAgents).map(Double.init)
    }

    /// What is promised, in the order of the answer's rows; hang-ups only where the model knows them.
    public func goals(_ model: StaffModel) -> [StaffGoal] {
        var goals: [StaffGoal] = []
        if let target { goals.append(.target(target)) }
        if let maxAbandonment, model.knowsHangUps(self) { goals.append(.abandonment(maxAbandonment)) }
        if let maxOccupancy { goals.append(.occupancy(maxOccupancy)) }
        return goals
    }

    /// Scheduled people for this many on the phones, breaks and shrinkage taken off; nil without either.
    public func scheduled(_ agents: Double) -> Int? {
        switch (breaks, shrinkage) {
        case (nil, nil): nil
        case (let away?, nil), (nil, let away?): away.scheduled(for: agents)
        case (let breaks?, let shrinkage?): breaks.and(shrinkage)?.scheduled(for: agents)
        }
    }
}

/// One promise, with the words for it.
public enum StaffGoal: Sendable, Hashable {
    /// So many in time.
    case target(ServiceTarget)
    /// So many hang-ups at most, a fraction.
    case abandonment(Double)
    /// So busy at most, a fraction of the time.
    case occupancy(Double)

    /// The same promise as the formulas have it.
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
        case .target(let target): PlainNumbers.target(target)
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
