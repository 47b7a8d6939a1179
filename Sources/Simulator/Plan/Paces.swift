import Center
import Tabular

/// By how much longer or shorter than usual agents take, where that depends on who it is or on the time.
///
/// It is looked at when an interval begins and stands until the next; a contact keeps the pace at which it was begun.
struct Paces: Sendable {
    /// By agent: the tier, and the shift where there is one.
    private struct Person: Sendable {
        var tier: Tier?
        var shift: TimeSpan?
        var group: Int
    }

    private let people: [Person]
    /// By group: slowness at some times of the day, and whether others lose time to somebody's mentoring.
    private let byTime: [[DayPace]]
    private let mentors: [Bool]
    /// Whether there is anything to look at; and whether what contacts bring about depends on the tier.
    let isAny: Bool
    let changesOutcomes: Bool

    init(_ groups: [AgentGroup], agents: [Blueprint.AgentPlan], shifts: [TimeSpan?]) {
        let tiers = groups.enumerated().map { g, group in
            group.tiers.isEmpty
                ? [] : Tier.sequence(group.tiers, count: Self.most(group, agents.filter { $0.group == g }))
        }
        people = zip(agents, shifts).map { agent, shift in
            let group = groups[agent.group]
            let named = agent.member.flatMap { group.members[$0].tier }
            let place = agent.member ?? agent.number
            let tier = group.tiers.isEmpty ? nil : group.tiers[named ?? tiers[agent.group][place]]
            return Person(tier: tier, shift: shift, group: agent.group)
        }
        byTime = groups.map(\.paces)
        mentors = groups.map { $0.tiers.contains { $0.mentoring > 0 } }
        isAny = groups.contains { !$0.tiers.isEmpty || !$0.paces.isEmpty }
        changesOutcomes = groups.contains { $0.tiers.contains { $0.repeats != 1 || $0.transfers != 1 } }
    }

    /// How many numbers a group's people have.
    private static func most(_ group: AgentGroup, _ agents: [Blueprint.AgentPlan]) -> Int {
        max(group.members.count, (agents.map(\.number).max() ?? -1) + 1)
    }

    /// What an agent's handling times are multiplied by from `time` on.
    func pace(_ a: Int, at time: Double, mentoring: Double) -> Double {
        let person = people[a]
        var pace = person.tier?.factor(\.handling, at: time) ?? 1
        for slow in byTime[person.group] where slow.timeSpan.start <= time && time < slow.timeSpan.end {
            pace /= slow.pace
        }
        let isLearning = person.tier.map { $0.mentoring > 0 && $0.distance(at: time) > 0 } ?? false
        return isLearning ? pace : pace / (1 - mentoring)
    }

    /// By group: the share of time that those lose who have somebody to look after.
    func mentoring(at time: Double, isAbsent: (Int) -> Bool) -> [Double] {
        var result = [Double](repeating: 0, count: byTime.count)
        for (a, person) in people.enumerated() where mentors[person.group] {
            guard let tier = person.tier, tier.mentoring > result[person.group], tier.distance(at: time) > 0,
                let shift = person.shift, shift.start <= time, time < shift.end, !isAbsent(a)
            else { continue }
            result[person.group] = tier.mentoring
        }
        return result
    }

    /// What the chance that a contact of an agent leads to another is multiplied by.
    func outcome(_ cause: FollowOn.Cause, by a: Int, at time: Double) -> Double {
        guard changesOutcomes, let tier = people[a].tier else { return 1 }
        switch cause {
        case .again: return tier.factor(\.repeats, at: time)
        case .transfer: return tier.factor(\.transfers, at: time)
        default: return 1
        }
    }
}

extension Replication {
    /// Everybody's pace from now on.
    mutating func setPaces() {
        guard plan.paces.isAny else { return }
        let mentoring = plan.paces.mentoring(at: clock.now) { clock.isAbsent[$0] }
        for a in 0..<floor.agents.count {
            floor.agents[a].pace = plan.paces.pace(a, at: clock.now, mentoring: mentoring[Int(floor.agents[a].group)])
        }
    }

    /// What a contact's handling is multiplied by with an agent, from now on.
    @inline(__always)
    mutating func factor(_ work: Floor.Work, queue q: Int, by a: Int) -> Double {
        let agent = floor.agents.place(a)
        return work.factor * handlingFactors[Int(agent.pointee.group) &* queueCount &+ q] * agent.pointee.pace
    }

    /// The same of a contact in hand, which keeps the pace at which it was begun.
    mutating func factor(inHand contact: Floor.Contact, by a: Int) -> Double {
        contact.work.factor * handlingFactors[Int(floor.agents[a].group) * queueCount + Int(contact.queue)]
            * contact.pace
    }
}
