import Center
import Tabular

extension Blueprint {
    package struct GroupPlan: Sendable {
        /// Queues by the level at which the policy takes from them: those of one level stand together.
        package var priorities: [[Int]]
        /// By queue; 0 where the group has no skill.
        var handlingFactor: [Double]
        /// By queue: seconds until the first word, and until an interpreter is on the line.
        var setUp: [Double]
        var connect: [Double]
        /// By queue: the rank of the skill; 1 where the group has none.
        package var ranks: [Int]
        /// How many contact types, counted by language, it serves of those that the file declares.
        var served: Int
        /// The agents who belong to it; slots of a curve, or one per person and shift.
        package var agents: Range<Int>
        var usesCurve: Bool
        /// Agents of shifts under way at the beginning, who are not on a break then.
        var onDutyAtStart: [Int]
    }

    /// One person on one shift, or one slot under a staffing curve.
    package struct AgentPlan: Sendable {
        package var group: Int
        /// The day on which the shift starts; 0 for slots.
        package var day: Int
        /// The person's number among those of the group on that day.
        var number: Int
        /// The place among the group's members of who has a name.
        var member: Int?
        /// When the shift ends, where there are shifts: what comes after it is overtime.
        var shiftEnd = Double.infinity

        /// The path that tells the person's own draws from those of the rest of the group: every day the same where the
        /// person has a name.
        var path: UInt64 { UInt64(member ?? number) + 1 }
    }

    /// A shift that comes about anew in each replication.
    struct DrawnShift: Sendable {
        var agent: Int
        /// How many shifts the person has on the day before this one.
        var turn: Int
        var timeSpan: TimeSpan
        var pauses: [Pause]
        var timekeeping: Timekeeping
    }
}

extension Blueprint {
    /// Who works when, group by group.
    struct People {
        var groups: [GroupPlan] = []
        var agents: [AgentPlan] = []
        /// Those of shifts that are drawn are not among them.
        var appointments: [Appointment] = []
        var drawnShifts: [DrawnShift] = []
        /// By agent; nil under a curve.
        var shifts: [TimeSpan?] = []
        private let scenario: Scenario

        init(_ scenario: Scenario, types: [TypePlan], classes: [ClassPlan], queues: [QueuePlan]) {
            self.scenario = scenario
            // By group, the queues that it takes from.
            var taken = [[Int]](repeating: [], count: scenario.agentGroups.count)
            for (q, queue) in queues.enumerated() {
                for g in Set(queue.ranks.joined()) { taken[g].append(q) }
            }
            for (g, group) in scenario.agentGroups.enumerated() {
                var plan = GroupPlan(group, g, taking: taken[g], types, classes, queues, scenario.routing)
                let first = agents.count
                switch group.staffing {
                case .asNeeded: break
                case .curve(let portions):
                    plan.usesCurve = true
                    addCurve(portions, group: g)
                case .shifts(let blocks): addShifts(blocks, of: group, g, to: &plan)
                }
                plan.agents = first..<agents.count
                groups.append(plan)
            }
        }

        private mutating func addCurve(_ portions: [StaffingTimeSpan], group g: Int) {
            // Whoever is busy at the beginning has a place, too, planned or not.
            let most = max(
                portions.map { Int($0.agents.rounded(.up)) }.max() ?? 0,
                scenario.runningDay?.inService.count { $0.group == g } ?? 0)
            for number in 0..<most { agents.append(AgentPlan(group: g, day: 0, number: number)) }
            shifts += [TimeSpan?](repeating: nil, count: most)
            appointments += staffingChanges(portions, group: g, horizon: scenario.horizon)
        }

        private mutating func addShifts(
            _ blocks: [ShiftBlock], of group: AgentGroup, _ g: Int, to plan: inout GroupPlan
        ) {
            let horizon = scenario.horizon
            var numbers = DayNumbers(dayCount: horizon.days.count)
            // How many shifts each person has had on a day.
            var turns: [[Int]: Int] = [:]
            for block in blocks {
                // A day that is taken up ends for everybody when it is to end.
                let end = scenario.runningDay == nil ? block.timeSpan.end : min(block.timeSpan.end, horizon.length)
                for person in 0..<block.people {
                    let agent = agents.count
                    agents.append(
                        AgentPlan(
                            group: g, day: block.day, number: numbers.number(person, of: block),
                            member: block.members.isEmpty ? nil : block.members[person], shiftEnd: block.timeSpan.end))
                    shifts.append(block.timeSpan)
                    let pauses = PersonalDay(block, person: person).pauses
                    let timeSpan = TimeSpan(block.timeSpan.start, end)
                    let isPaused = pauses.contains { $0.timeSpan.start <= 0 && $0.timeSpan.end > 0 }
                    if timeSpan.start <= 0, block.timeSpan.end >= 0, !isPaused { plan.onDutyAtStart.append(agent) }
                    // Who is here when a day is taken up did not come late.
                    let isDrawn = !group.timekeeping.isExact || scenario.absences.inShift > 0
                    guard !isDrawn || scenario.runningDay != nil && timeSpan.start <= 0 else {
                        let turn = turns[[block.day, Int(agents[agent].path)], default: 0]
                        turns[[block.day, Int(agents[agent].path)]] = turn + 1
                        drawnShifts.append(
                            DrawnShift(
                                agent: agent, turn: turn, timeSpan: timeSpan, pauses: pauses,
                                timekeeping: group.timekeeping))
                        continue
                    }
                    appointments += Blueprint.appointments(
                        agent: agent, day: block.day, shift: timeSpan, pauses: pauses)
                }
            }
        }
    }
}

extension Blueprint.GroupPlan {
    /// What a group does for each of the queues that it takes from; who belongs to it comes later.
    fileprivate init(
        _ group: AgentGroup, _ g: Int, taking taken: [Int], _ types: [Blueprint.TypePlan],
        _ classes: [Blueprint.ClassPlan], _ queues: [Blueprint.QueuePlan], _ routing: Routing
    ) {
        let policy = routing.pickContact.policy
        var levels: [(order: TakingOrder, queues: [Int])] = []
        handlingFactor = [Double](repeating: 0, count: queues.count)
        setUp = handlingFactor
        connect = handlingFactor
        ranks = [Int](repeating: 1, count: queues.count)
        let skills = Dictionary(group.skills.map { ($0.contactType, $0) }) { first, _ in first }
        for q in taken {
            let type = types[classes[queues[q].contactClass].type]
            let skill = skills[classes[queues[q].contactClass].type]
            let order = TakingOrder(queues[q], type, skill, policy)
            if let i = levels.firstIndex(where: { $0.order == order }) {
                levels[i].queues.append(q)
            } else {
                levels.append((order, [q]))
            }
            let interpreter = queues[q].interpreted.contains(g) ? type.given.interpreter : nil
            handlingFactor[q] = (skill?.handlingFactor ?? 1) * (interpreter?.handlingFactor ?? 1)
            setUp[q] = type.given.setUp + (skill?.setUp ?? 0)
            connect[q] = interpreter?.connect ?? 0
            ranks[q] = skill?.rank ?? 1
        }
        priorities = levels.sorted { $0.order < $1.order }.map(\.queues)
        served = taken.count { $0 < classes.count && types[classes[$0].type].cause == nil }
        agents = 0..<0
        usesCurve = false
        onDutyAtStart = []
    }
}
