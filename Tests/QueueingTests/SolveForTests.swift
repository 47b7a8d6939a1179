import Foundation
import Queueing
import TestSupport
import Testing

@Suite("Solving for one unknown")
struct SolveForTests {
    static let level = StaffingGoal.serviceLevel(atLeast: 0.8, within: 30)

    @Test("the fewest agents with parts of one: met there, missed a billionth below, and rounded up the whole answer")
    func exactAgents() throws {
        var dice = Dice(seed: 11)
        for _ in 0..<200 {
            let (queue, goal) = Self.question(&dice)
            let exact = try #require(queue.solve(for: .exactAgents, agents: 0, goals: [goal]).value)
            let whole = try #require(queue.solve(for: .agents, agents: 0, goals: [goal]).value)
            #expect(exact.rounded(.up) == whole || exact == 0 && whole == 0, "\(queue) \(goal) \(exact)")
            #expect(Self.isMet(queue, goal, exact))
            if exact > 0 { #expect(!Self.isMet(queue, goal, exact * (1 - 1e-9) - 1e-9), "\(queue) \(goal) \(exact)") }
        }
    }

    @Test("the largest volume and handling time: met there, missed a billionth above; and their agents come back")
    func largest() {
        var dice = Dice(seed: 12)
        var found = 0
        for _ in 0..<200 {
            let (queue, goal) = Self.question(&dice)
            let agents = Double(Int(dice.uniform(1, 1.3) * queue.offeredLoad) + 1)
            for unknown in [StaffingUnknown.arrivalRate, .handlingTime] {
                guard let value = queue.solve(for: unknown, agents: agents, goals: [goal]).value else { continue }
                found += 1
                func with(_ value: Double) -> SingleQueue {
                    SingleQueue(
                        arrivalRate: unknown == .arrivalRate ? value : queue.arrivalRate,
                        handlingTime: unknown == .handlingTime ? value : queue.handlingTime, patience: queue.patience,
                        room: queue.room)
                }
                #expect(Self.isMet(with(value), goal, agents), "\(queue) \(goal) \(unknown)")
                #expect(!Self.isMet(with(value * (1 + 1e-9)), goal, agents), "\(queue) \(goal) \(unknown)")
                let back = with(value).solve(for: .exactAgents, agents: 0, goals: [goal]).value ?? -1
                #expect(abs(back / agents - 1) < 1e-8, "\(queue) \(goal) \(unknown) \(back) \(agents)")
            }
        }
        #expect(found > 350)
    }

    @Test("the share and the wait of a service level are each other's inverse")
    func levels() throws {
        var dice = Dice(seed: 13)
        for _ in 0..<200 {
            let queue = Self.queue(&dice)
            let agents = (queue.offeredLoad * dice.uniform(1.01, 1.3)).rounded(.up)
            let within = dice.logUniform(1, 300)
            let rule = dice.pick(ServiceLevels.Rule.allCases)
            let goal = StaffingGoal.serviceLevel(atLeast: 0.5, within: within, counting: rule)
            let share = try #require(queue.solve(for: .share, agents: agents, goals: [goal]).value)
            let back = queue.solve(
                for: .acceptableWait, agents: agents,
                goals: [.serviceLevel(atLeast: share, within: 0, counting: rule)])
            let wait = try #require(back.value)
            let there = try #require(queue.measures(agents: agents, within: wait, shortAbandon: 5).serviceLevels[rule])
            #expect(there >= share - 1e-12)
            #expect(wait <= within * (1 + 1e-6) + 1e-9, "\(queue) \(agents) \(rule) \(wait) \(within)")
        }
    }

    @Test("patience: the shortest that keeps abandonment down, the longest that keeps waits down")
    func patience() throws {
        let queue = SingleQueue(contacts: 22, per: 1800, handlingTime: 360, patience: 1)
        func with(_ patience: Double) -> SingleQueue {
            SingleQueue(contacts: 22, per: 1800, handlingTime: 360, patience: patience)
        }
        let few = StaffingGoal.abandonment(atMost: 0.05)
        let shortest = try #require(queue.solve(for: .patience, agents: 7, goals: [few]).value)
        #expect(Self.isMet(with(shortest), few, 7) && !Self.isMet(with(shortest * (1 - 1e-9)), few, 7))
        for goal in [
            Self.level, .meanWait(atMost: 15), .waitProbability(atMost: 0.3), .occupancy(atMost: 0.7),
        ] {
            let longest = try #require(queue.solve(for: .patience, agents: 6, goals: [goal]).value)
            #expect(Self.isMet(with(longest), goal, 6) && !Self.isMet(with(longest * (1 + 1e-9)), goal, 6))
        }
    }

    @Test("no answer is a value with its reason")
    func reasons() {
        let queue = SingleQueue(contacts: 22, per: 1800, handlingTime: 360)
        let quiet = SingleQueue(arrivalRate: 0, handlingTime: 360)
        let impossible = StaffingGoal.serviceLevel(atLeast: 1.5, within: 30)
        #expect(queue.solve(for: .agents, agents: 0, goals: [impossible]) == .none(.neverMet))
        #expect(queue.solve(for: .exactAgents, agents: 0, goals: [impossible]) == .none(.neverMet))
        #expect(queue.solve(for: .arrivalRate, agents: 0, goals: [Self.level]) == .none(.neverMet))
        #expect(queue.solve(for: .arrivalRate, agents: 7, goals: []) == .none(.alwaysMet))
        #expect(queue.solve(for: .patience, agents: 7, goals: [Self.level]) == .none(.alwaysMet))
        #expect(quiet.solve(for: .share, agents: 7, goals: [Self.level]) == .none(.noContacts))
        #expect(quiet.solve(for: .handlingTime, agents: 7, goals: [Self.level]) == .none(.noContacts))
        #expect(queue.solve(for: .share, agents: 7, goals: [.meanWait(atMost: 3)]) == .none(.noServiceLevel))
        #expect(queue.solve(for: .acceptableWait, agents: 4, goals: [Self.level]) == .none(.outOfReach(most: 0)))
        #expect(queue.solve(for: .acceptableWait, agents: 7, goals: [Self.level]).value != nil)
        for reason: StaffingSolution.Reason in [
            .alwaysMet, .neverMet, .outOfReach(most: 0.5), .noContacts, .noServiceLevel,
        ] { #expect(!reason.description.isEmpty) }
    }

    @Test("more work, shorter waits asked for, or a larger share need no fewer agents")
    func monotone() throws {
        var last = 0.0
        for contacts in stride(from: 1.0, through: 100, by: 3) {
            let queue = SingleQueue(contacts: contacts, per: 1800, handlingTime: 360, patience: 180)
            let needed = try #require(queue.solve(for: .exactAgents, agents: 0, goals: [Self.level]).value)
            #expect(needed > last)
            last = needed
        }
        let queue = SingleQueue(contacts: 22, per: 1800, handlingTime: 360, patience: 180)
        var wait = Double.infinity
        for agents in 3...12 {
            let found = queue.solve(for: .acceptableWait, agents: Double(agents), goals: [Self.level])
            #expect(found.value ?? .infinity <= wait)
            wait = found.value ?? .infinity
        }
        #expect(wait == 0)
    }

    static func isMet(_ queue: SingleQueue, _ goal: StaffingGoal, _ agents: Double) -> Bool {
        goal.isMet(by: queue.measures(agents: agents, within: goal.acceptableWait))
    }

    static func queue(_ dice: inout Dice) -> SingleQueue {
        let handling = dice.logUniform(30, 1000)
        return SingleQueue(
            arrivalRate: dice.logUniform(0.5, 500) / handling, handlingTime: handling,
            patience: dice.pick([.infinity, dice.logUniform(30, 3000)]))
    }

    static func question(_ dice: inout Dice) -> (SingleQueue, StaffingGoal) {
        let share = dice.uniform(0.5, 0.95)
        let goal = dice.pick([
            StaffingGoal.serviceLevel(atLeast: share, within: dice.logUniform(2, 120)),
            .waitProbability(atMost: 1 - share), .meanWait(atMost: dice.logUniform(1, 60)), .occupancy(atMost: share),
        ])
        return (queue(&dice), goal)
    }
}
