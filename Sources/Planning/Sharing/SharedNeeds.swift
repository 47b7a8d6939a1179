import Queueing
import Simulator

/// The work and the needs of one period as teams see them.
struct SharedNeeds {
    /// By callers: groups that serve them, ascending.
    let servers: [[Int]]
    private let requirements: Requirements
    private let callers: [Callers]
    private let byType: [[Int]]
    /// `[type][period]`; empty for types with rows, whose work is known.
    private let demand: [[IntervalDemand]]
    private var needsOfCallers: [Question: Int?] = [:]
    private var needsOfTeams: [TeamQuestion: Int?] = [:]

    private struct Question: Hashable {
        var callers: Int
        var load: Double
        var handlingTime: Double
    }

    private struct TeamQuestion: Hashable {
        var rate: Double
        var load: Double
        var leaving: Double
        var types: [Int]
    }

    /// Groups among which callers are divided, and all those callers.
    struct Team {
        var groups: [Int]
        var callers: [Int]
    }

    init(_ requirements: Requirements, _ callers: [Callers]) {
        self.requirements = requirements
        self.callers = callers
        servers = callers.map(\.servers)
        let scenario = requirements.scenario
        var byType = [[Int]](repeating: [], count: scenario.contactTypes.count)
        for (c, one) in callers.enumerated() { byType[one.type].append(c) }
        self.byType = byType
        let known = Set(requirements.rows.map(\.contactType))
        let flows = ExpectedFlows(scenario).types
        demand = flows.indices.map {
            known.contains($0) || flows[$0].channel.kind == .deferred
                ? [] : IntervalDemand.all(of: flows[$0], in: scenario.horizon)
        }
    }

    func callers(of type: Int) -> [Int] { byType[type] }

    /// `[callers]`: erlangs in people at the usual pace.
    func work(period p: Int, rows: Range<Int>) -> [Double] {
        let types = requirements.scenario.contactTypes
        var loads = [Double](repeating: 0, count: types.count)
        for r in rows {
            let row = requirements.rows[r]
            loads[row.contactType] = row.load / Double(types[row.contactType].channel.atOnce)
        }
        for t in types.indices where !demand[t].isEmpty {
            let own = demand[t][p]
            let handling = own.handlingTime(usual: types[t].handlingTimeMean) ?? 0
            loads[t] = own.open > 0 ? own.taken * handling / own.open / Double(types[t].channel.atOnce) : 0
        }
        return callers.map { loads[$0.type] * $0.share }
    }

    /// `[group]`: people on the phones, while any of the group's types is open.
    func people(period p: Int, _ present: PeoplePresent) -> [Double] {
        var people = [Double](repeating: 0, count: requirements.scenario.agentGroups.count)
        for (t, own) in byType.enumerated() {
            for c in own {
                for g in servers[c] { people[g] = max(people[g], present.mean(period: p, contactType: t, group: g)) }
            }
        }
        return people
    }

    /// What some callers of a type need as if they were alone; nil where no number is enough.
    mutating func need(of row: Requirement, callers c: Int, share: Double? = nil) -> Int? {
        let type = requirements.scenario.contactTypes[row.contactType]
        let pace = type.channel.paces.max() ?? 1
        let handling = (row.handlingTime ?? type.handlingTimeMean) * pace
        let load = row.load * (share ?? callers[c].share)
        guard load > 1e-9, let model = requirements.models[row.contactType],
            let goals = TypeGoals(type, model: model, maxOccupancy: requirements.maxOccupancy)
        else { return 0 }
        let question = Question(callers: c, load: load, handlingTime: handling)
        if let known = needsOfCallers[question] { return known }
        let queue = model.queue(of: type, contacts: load, per: handling, handlingTime: handling)
        let slots = type.channel.atOnce
        let need = queue.agentsNeeded(for: goals.all.map(\.goal), most: Requirements.mostAgents)
            .map { ($0 + slots - 1) / slots }
        needsOfCallers[question] = .some(need)
        return need
    }

    /// Groups that share the work of some callers belong together, whatever their names say.
    func teams(_ flow: PeopleFlow, work: [Double]) -> [Team] {
        var root = Array(0..<requirements.scenario.agentGroups.count)
        func find(_ g: Int) -> Int {
            var g = g
            while root[g] != g { g = root[g] }
            return g
        }
        var home: [Int: Int] = [:]
        for c in callers.indices where work[c] > 1e-9 {
            let mine = zip(servers[c], flow.given(callers: c)).filter { $0.1 > 1e-3 * work[c] }.map(\.0)
            guard let first = mine.first else { continue }
            home[c] = first
            for g in mine.dropFirst() {
                let (a, b) = (find(first), find(g))
                if a != b { root[max(a, b)] = min(a, b) }
            }
        }
        var teams: [Int: Team] = [:]
        for (c, g) in home { teams[find(g), default: Team(groups: [], callers: [])].callers.append(c) }
        for g in root.indices where teams[find(g)] != nil { teams[find(g)]?.groups.append(g) }
        return teams.sorted { $0.key < $1.key }.map {
            Team(groups: $0.value.groups, callers: $0.value.callers.sorted())
        }
    }

    /// What a team needs as one queue with the strictest promise, and if none of its types shared anybody.
    mutating func needs(of team: Team, rows: [Int], work: [Double]) -> (shared: Int?, divided: Int?) {
        let types = requirements.scenario.contactTypes
        var rate = 0.0
        var load = 0.0
        var all = 0.0
        var leaving = 0.0
        var live: Set<Int> = []
        for c in team.callers {
            let type = types[callers[c].type]
            all += work[c]
            guard type.channel.kind == .live, type.handlingTimeMean > 0 else { continue }
            let own = work[c] * Double(type.channel.atOnce) / type.handlingTimeMean
            rate += own
            load += work[c]
            leaving += own * (type.patience.map { 1 / max(1, $0.mean) } ?? 0)
            live.insert(callers[c].type)
        }
        var divided: Int? = 0
        var deferred = 0.0
        let ofTeam = Set(team.callers)
        for r in rows {
            let row = requirements.rows[r]
            let whole = byType[row.contactType].reduce(0) { $0 + work[$1] }
            let mine = byType[row.contactType].filter(ofTeam.contains).reduce(0) { $0 + work[$1] }
            let part = whole > 0 ? mine / whole : 0
            if requirements.deferred.contains(row.contactType) {
                deferred += (row.needExact ?? 0) * part
            } else if part > 0 {
                divided = divided.flatMap { sum in
                    row.need.map { sum + Int((Double($0) * part - 1e-9).rounded(.up)) }
                }
            }
        }
        divided = divided.map { $0 + Int((deferred - 1e-9).rounded(.up)) }
        guard rate > 0 else {
            let people = Int((all - 1e-9).rounded(.up))
            return (people, divided)
        }
        if live.count == 1, team.callers.count == rows.count, let only = live.first,
            let row = rows.first(where: { requirements.rows[$0].contactType == only }), rows.count == 1
        {
            return (requirements.rows[row].need, divided)
        }
        let question = TeamQuestion(rate: rate, load: load, leaving: leaving / rate, types: live.sorted())
        let shared: Int?
        if let known = needsOfTeams[question] {
            shared = known
        } else {
            let queue = SingleQueue(
                arrivalRate: rate, handlingTime: load / rate,
                patience: question.leaving > 0 ? 1 / question.leaving : .infinity)
            var goals: [StaffingGoal] = []
            for t in question.types {
                let model: RequirementModel = question.leaving > 0 ? .erlangA : .erlangC
                goals +=
                    TypeGoals(types[t], model: model, maxOccupancy: requirements.maxOccupancy)?.all.map(\.goal) ?? []
            }
            shared = queue.agentsNeeded(for: goals, most: Requirements.mostAgents)
            needsOfTeams[question] = .some(shared)
        }
        return (shared.map { max($0, Int((all - 1e-9).rounded(.up))) }, divided)
    }
}
