/// What routing needs besides who is idle and who waits: laid out once, or kept up to date through a day where a policy
/// asks for it.
struct RoutingChoices {
    /// The usual policies, which are answered without asking further.
    let takesLongestWait: Bool
    let picksLongestIdle: Bool
    let asksByRank: Bool
    let asksOccupancy: Bool
    /// Whether callers are brought to whoever served them before.
    let isSticky: Bool
    /// By group: how many contact types, counted by language, it serves.
    let served: Dense<Int>
    /// By agent: how many contacts were chosen by lot; the number of the person, who is the same on all days.
    let lots: Dense<UInt64>
    let person: Dense<Int32>
    /// By person: the agents who are this person on different days.
    let agents: [[Int]]
    /// Each person's number, by what identifies the person.
    let known: [[Int]: Int32]
    /// By agent: seconds on contacts and on duty today. And when today began.
    let worked: Dense<Double>
    let stayed: Dense<Double>
    let today: Dense<Double>

    init(_ plan: Blueprint, in memory: Memory) {
        let (contact, agent) = (plan.routing.pickContact.policy, plan.routing.pickAgent.policy)
        takesLongestWait = contact.order == .longestWait && !plan.flows.keepsIdle
        picksLongestIdle = agent.order == .longestIdle
        asksByRank = agent.asksByRank
        asksOccupancy = agent.order == .leastOfAgents
        isSticky = plan.routing.isSticky && plan.flows.isAny
        served = Dense(plan.groups.map(\.served), in: memory)
        lots = Dense(repeating: 0, count: contact.order == .lots ? plan.agents.count : 0, in: memory)
        var known: [[Int]: Int32] = [:]
        var agents: [[Int]] = []
        var person: [Int32] = []
        // Places under a curve have one number each; on shifts who has a name is known by it, and otherwise a group's
        // person of a number is the same on each day.
        for (a, agent) in plan.agents.enumerated() where isSticky {
            let who = Self.who(agent)
            let next = known[who] ?? Int32(agents.count)
            if Int(next) == agents.count { agents.append([]) }
            known[who] = next
            agents[Int(next)].append(a)
            person.append(next)
        }
        self.agents = agents
        self.known = known
        self.person = Dense(person, in: memory)
        let followed = asksOccupancy ? plan.agents.count : 0
        worked = Dense(repeating: 0, count: followed, in: memory)
        stayed = Dense(repeating: 0, count: followed, in: memory)
        today = Dense(repeating: 0, count: 1, in: memory)
    }

    /// The group, whether there is a name, and the number among those who have one or have none.
    static func who(_ agent: Blueprint.AgentPlan) -> [Int] {
        [agent.group, agent.member == nil ? 0 : 1, agent.member ?? agent.number]
    }

    func clear() {
        lots.fill(0)
        beginDay(at: 0)
    }

    func beginDay(at time: Double) {
        worked.fill(0)
        stayed.fill(0)
        today[0] = time
    }
}
