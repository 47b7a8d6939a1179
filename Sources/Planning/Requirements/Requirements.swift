import Center
import Queueing
import Simulator
import Tabular

/// How many people each contact type of a scenario needs in each reporting period, by exact formulas.
///
/// Every type stands on its own, as if nobody had two skills, and its need covers all its languages. People are taken to
/// handle contacts at the usual pace: the pace of single groups plays no part. A period's contacts are spread evenly over
/// the time in which they are taken (stationary, independent, period by period: SIPP); where `LagRule` says so, the work
/// in hand from earlier periods takes the place of the period's own. What contacts bring about counts where it goes, as
/// `ExpectedFlows` says. Contacts handled several at once need slots, each at the pace of full hands; deferred work is
/// spread over the time until it is due; calls that were promised count where the caller waited.
/// ```
/// let needs = Requirements(scenario)
/// needs.rows.map(\.need)
/// ```
public struct Requirements: Sendable {
    /// How far `needExact` may lie above the smallest number that meets the goals, agents: half by the search, half by
    /// rounding up to nine decimals, so that the last bits of a processor's logarithms do not show.
    public static let tolerance = 2e-9
    /// More people than any center has: a search ends there.
    public static let mostAgents = 10_000_000

    /// What the requirements are of.
    public let scenario: Scenario
    /// In the order of periods, then of contact types; a type that is closed and not called has no row, nor has one of
    /// which nothing is promised.
    public let rows: [Requirement]
    /// The formula of each contact type; nil where nothing is promised.
    public let models: [RequirementModel?]
    /// Types whose work lies in a list and is spread over the time until it is due.
    public let deferred: [Int]
    /// Types of calls that we promised to make, which have no rows.
    public let promised: [Int]
    /// Types with contacts that others bring about.
    public let broughtAbout: [Int]
    /// The largest share of their time that people may be busy; nil is no limit.
    let maxOccupancy: Double?
    private let sharing = Once<SharedStaffing>()

    /// The needs beside the people who are planned, each person given once; worked out when it is first asked for.
    public var staffing: SharedStaffing { sharing.value { SharedStaffing(self) } }

    /// - Parameters:
    ///   - model: nil leaves it to what is known of each type. Types without patience are worked out by Erlang C
    ///     whatever the model.
    ///   - maxOccupancy: the largest share of their time, 0…1, that people may be busy; nil is no limit.
    public init(
        _ scenario: Scenario, model: RequirementModel? = nil, lag: LagRule = .auto, maxOccupancy: Double? = nil
    ) {
        self.scenario = scenario
        self.maxOccupancy = maxOccupancy
        let shrinkage = Shrinkage(share: scenario.shrinkage) ?? .none
        let periods = scenario.horizon.periods
        var models: [RequirementModel?] = []
        var columns: [[Requirement?]] = []
        var deferred: [Int] = []
        let flows = ExpectedFlows(scenario)
        broughtAbout = ExpectedFlows.broughtAbout(in: scenario.contactTypes).sorted()
        promised = scenario.contactTypes.indices.filter { scenario.contactTypes[$0].origin?.cause == .callback }
        for (index, type) in flows.types.enumerated() {
            if type.channel.kind == .deferred {
                let isLeftOut = promised.contains(index) || type.target == nil
                models.append(nil)
                columns.append(
                    isLeftOut
                        ? []
                        : Self.deferredNeeds(
                            type, index, in: scenario, shrinkage: shrinkage, maxOccupancy: maxOccupancy))
                if !isLeftOut { deferred.append(index) }
                continue
            }
            let chosen = model ?? RequirementModel(for: type)
            let settled = type.patience == nil ? .erlangC : chosen
            guard let goals = TypeGoals(type, model: settled, maxOccupancy: maxOccupancy) else {
                models.append(nil)
                columns.append([])
                continue
            }
            models.append(settled)
            var solver = TypeSolver(type: type, index: index, model: settled, goals: goals, shrinkage: shrinkage)
            let demand = IntervalDemand.all(of: type, in: scenario.horizon)
            let handling = type.handlingTimeMean
            let carried =
                periods.contains { lag.applies(handlingTime: handling, length: $0.end - $0.start) }
                ? CarriedWork(type) : nil
            columns.append(
                periods.indices.map { p in
                    let length = periods[p].end - periods[p].start
                    let isLagged = lag.applies(
                        handlingTime: demand[p].handlingTime(usual: handling) ?? handling, length: length)
                    return solver.requirement(
                        period: p, TimeSpan(periods[p].start, periods[p].end), demand[p],
                        carried: isLagged ? carried : nil)
                })
        }
        self.models = models
        self.deferred = deferred
        rows = periods.indices.flatMap { p in columns.compactMap { $0.isEmpty ? nil : $0[p] } }
    }

    /// The needs of deferred work, as many people as do it in time.
    private static func deferredNeeds(
        _ type: ContactType, _ index: Int, in scenario: Scenario, shrinkage: Shrinkage, maxOccupancy: Double?
    ) -> [Requirement?] {
        let demand = IntervalDemand.all(of: type, in: scenario.horizon)
        let work = DueWork(type, demand, in: scenario.horizon).seconds
        return demand.indices.map { p in
            guard demand[p].open > 0 || demand[p].contacts > 0 else { return nil }
            let load = demand[p].open > 0 ? work[p] / demand[p].open : 0
            let busiest = maxOccupancy.map { max(1e-9, min(1, $0)) } ?? 1
            // To nine decimals, so that the last bits of sums do not make a person.
            let exact = (load / busiest * 1e9).rounded() / 1e9
            let need = Int(min(exact, Double(mostAgents)).rounded(.up))
            var row = Requirement(
                period: p, contactType: index, contacts: demand[p].contacts,
                handlingTime: demand[p].contacts > 0
                    ? demand[p].handlingTime(usual: type.handlingTimeMean) ?? type.handlingTimeMean : nil,
                load: load, needExact: exact, need: need, needWithShrinkage: shrinkage.scheduled(for: need),
                binding: need > 0
                    ? busiest < 1 ? .occupancy : .work : demand[p].open > 0 ? .noContacts : .closed)
            if need > 0 { row.method = Requirement.untilDueMethod }
            return row
        }
    }
}

/// What is promised for one contact type, with what each promise is called where it decides.
struct TypeGoals {
    let all: [(goal: StaffingGoal, binding: Requirement.Binding)]
    let serviceLevel: StaffingGoal?

    /// Nil where nothing is promised.
    init?(_ type: ContactType, model: RequirementModel, maxOccupancy: Double?) {
        var all: [(StaffingGoal, Requirement.Binding)] = []
        serviceLevel = type.target.map {
            .serviceLevel(
                atLeast: $0.share, within: $0.acceptableWait, counting: $0.rule, shortAbandon: type.shortAbandon)
        }
        if let serviceLevel { all.append((serviceLevel, .serviceLevel)) }
        // Where nobody hangs up the promise is kept as soon as the queue does not grow for ever.
        if let most = type.maxAbandonment {
            all.append(model.needsPatience ? (.abandonment(atMost: most), .abandonment) : (.keepingUp, .work))
        }
        if let most = maxOccupancy { all.append((.occupancy(atMost: most), .occupancy)) }
        guard !all.isEmpty else { return nil }
        self.all = all
    }
}

extension StaffingGoal {
    /// A wait of any length that ends.
    static let keepingUp = StaffingGoal.meanWait(atMost: .greatestFiniteMagnitude)
}

/// Works out one type's requirements; equal questions are asked once.
private struct TypeSolver {
    let type: ContactType
    let index: Int
    let model: RequirementModel
    let goals: TypeGoals
    let shrinkage: Shrinkage
    private var known: [Question: Answer] = [:]

    /// A queue with so many contacts in so many seconds.
    private struct Question: Hashable {
        var contacts: Double
        var per: Double
        var handlingTime: Double
    }

    private struct Answer {
        var exact: Double
        var need: Int
        var measures: QueueMeasures
        var binding: Requirement.Binding
    }

    init(type: ContactType, index: Int, model: RequirementModel, goals: TypeGoals, shrinkage: Shrinkage) {
        self.type = type
        self.index = index
        self.model = model
        self.goals = goals
        self.shrinkage = shrinkage
    }

    /// Nil when the type is closed and nobody calls.
    mutating func requirement(
        period: Int, _ timeSpan: TimeSpan, _ demand: IntervalDemand, carried: CarriedWork?
    ) -> Requirement? {
        guard demand.open > 0 || demand.contacts > 0 else { return nil }
        let usual = type.handlingTimeMean
        let handlingTime = demand.handlingTime(usual: usual)
        var row = Requirement(
            period: period, contactType: index, contacts: demand.contacts, handlingTime: handlingTime, load: 0,
            needExact: 0, need: 0, needWithShrinkage: 0, binding: demand.open > 0 ? .noContacts : .closed)
        guard demand.taken > 0 || carried != nil, demand.open > 0 else { return row }
        // Several at once: a server is a slot, at the pace of full hands, which is the slowest.
        let pace = type.channel.paces.max() ?? 1
        let handling = (handlingTime ?? usual) * pace
        var question = Question(contacts: demand.taken, per: demand.open, handlingTime: handling)
        if let carried {
            row.isLagged = true
            row.load = carried.mean(over: timeSpan) * pace
            guard row.load > 1e-9 else { return row }
            // The contacts that would bring so much work if they came evenly.
            question = Question(contacts: row.load, per: handling, handlingTime: handling)
        } else {
            row.load = demand.taken * handling / demand.open
        }
        row.method = model.rawValue + (type.channel.atOnce > 1 ? " slots" : "") + (carried == nil ? "" : " lagged")
        guard let answer = answer(question) else {
            row.needExact = nil
            row.need = nil
            row.needWithShrinkage = nil
            row.binding = .outOfReach
            return row
        }
        row.needExact = answer.exact
        row.need = answer.need
        row.needWithShrinkage = shrinkage.scheduled(for: answer.need)
        row.measures = answer.measures
        row.serviceLevel = type.target.flatMap { answer.measures.serviceLevels[$0.rule] }
        row.binding = answer.binding
        return row
    }

    private mutating func answer(_ question: Question) -> Answer? {
        if let known = known[question] { return known }
        let queue = model.queue(
            of: type, contacts: question.contacts, per: question.per, handlingTime: question.handlingTime)
        var need = 0
        var exact = 0.0
        var binding = Requirement.Binding.work
        for (goal, name) in goals.all {
            func isEnough(_ agents: Int) -> Bool {
                goal.isMet(by: queue.measures(agents: Double(agents), for: goal))
            }
            // Where one fewer than another goal needs is enough, this one cannot decide; often the same number does.
            if need > 0, isEnough(need - 1) { continue }
            var found: Int? = need
            if need == 0 || !isEnough(need) {
                found = queue.agentsNeeded(for: [goal], most: Requirements.mostAgents)
            }
            guard let whole = found else { return nil }
            guard whole > 0 else { continue }
            let part = queue.exactAgents(for: goal, whole: whole, tolerance: Requirements.tolerance / 2)
            let agents = min(Double(whole), (part * 1e9).rounded(.up) / 1e9)
            if agents > exact { (exact, binding) = (agents, name) }
            need = max(need, whole)
        }
        let slots = type.channel.atOnce
        if slots > 1 {
            need = (need + slots - 1) / slots
            exact /= Double(slots)
        }
        let measures = queue.measures(
            agents: Double(need * slots), within: type.target?.acceptableWait ?? 0,
            shortAbandon: type.target?.rule.looksAtShortHangups == true ? type.shortAbandon : nil)
        let answer = Answer(exact: exact, need: need, measures: measures, binding: binding)
        known[question] = answer
        return answer
    }
}
