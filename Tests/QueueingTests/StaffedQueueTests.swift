import Foundation
import TestSupport
import Testing

@testable import Probability
@testable import Queueing

@Suite("Staffing any queue, redials and short hang-ups among what counts")
struct StaffedQueueTests {
    @Test("a bracketed root: within the tolerance, on the good side, and in few steps")
    func root() {
        let functions: [(name: String, most: Int, value: (Double) -> Double)] = [
            ("a line", 5, { 3 - $0 }), ("a curve", 12, { exp(-$0) - 0.05 }), ("a cubic", 12, { 27 - $0 * $0 * $0 }),
            ("a step", 46, { $0 < .pi ? 1.0 : -1 }), ("a cliff", 46, { $0 < 3.3 ? .infinity : -1e-9 }),
        ]
        for (name, most, value) in functions {
            var calls = 0
            let found = BracketedRoot.crossing(above: 0, value(0), below: 10, value(10), tolerance: 1e-12) { x in
                calls += 1
                return value(x)
            }
            #expect(value(found) <= 0, "\(name)")
            #expect(value(found - 2e-12) > 0, "\(name) \(found)")
            #expect(calls <= most, "\(name) took \(calls)")
            // The larger end may be the one above 0.
            let mirrored = BracketedRoot.crossing(above: 10, value(0), below: 0, value(10), tolerance: 1e-12) {
                value(10 - $0)
            }
            #expect(abs(mirrored - (10 - found)) < 4e-12, "\(name)")
        }
    }

    @Test("exact agents: the same as by halving down to the last digits")
    func exact() throws {
        var dice = Dice(seed: 21)
        for _ in 0..<200 {
            let queue = SingleQueue(
                contacts: dice.logUniform(0.5, 2000), per: 1800, handlingTime: dice.logUniform(60, 900),
                patience: dice.pick([.infinity, dice.logUniform(30, 600)]))
            let goal = dice.pick([
                StaffingGoal.serviceLevel(atLeast: dice.uniform(0.5, 0.98), within: dice.uniform(0, 60)),
                .meanSpeedOfAnswer(atMost: dice.uniform(1, 60)), .occupancy(atMost: dice.uniform(0.5, 0.95)),
                .waitProbability(atMost: dice.uniform(0.05, 0.6)),
            ])
            let whole = try #require(queue.agentsNeeded(for: [goal]))
            let halved = try #require(queue.solve(for: .exactAgents, agents: 0, goals: [goal]).value)
            #expect(
                abs(queue.exactAgents(for: goal, whole: whole) - halved) <= 1e-8 * max(1, halved), "\(queue) \(goal)")
        }
    }

    @Test("short hang-ups up to the acceptable wait are the rules that look at that wait; up to 0 s there are none")
    func shortHangups() throws {
        for (queue, agents, within) in SingleQueueTests.queues.prefix(150) {
            func near(_ a: Double?, _ b: Double?) -> Bool { abs((a ?? -1) - (b ?? -1)) < 1e-12 }
            let levels = queue.measures(agents: agents, within: within, shortAbandon: within).serviceLevels
            #expect(near(levels.shortHangupsCountAsMet, levels.abandonsCountAsMet), "\(queue) \(agents) \(within)")
            #expect(near(levels.shortHangupsIgnored, levels.withoutShortAbandons), "\(queue) \(agents) \(within)")
            let none = queue.measures(agents: agents, within: within, shortAbandon: 0).serviceLevels
            if queue.patience > 0 {
                #expect(near(none.shortHangupsCountAsMet, none.ofAllOffered))
                // Turned away are not hung up.
                #expect(near(none.shortHangupsIgnored, none.ofAllOffered))
            }
            let unknown = queue.measures(agents: agents, within: within).serviceLevels
            #expect(unknown.shortHangupsCountAsMet == nil && unknown.shortHangupsIgnored == nil)
        }
    }

    @Test("short hang-ups by another way: everybody busy for ever, patience alone decides")
    func allBusy() throws {
        let queue = SingleQueue(arrivalRate: 1, handlingTime: 1e7, patience: 60)
        let levels = queue.measures(agents: 1, within: 20, shortAbandon: 5).serviceLevels
        #expect(abs(try #require(levels.shortHangupsCountAsMet) - (1 - exp(-5.0 / 60))) < 1e-6)
        #expect(try #require(levels.shortHangupsIgnored) < 1e-6)
    }

    @Test("a limit of redials: none is Erlang A, many are endless ones, and nobody is counted twice")
    func limit() throws {
        let queue = SingleQueue(contacts: 60, per: 1800, handlingTime: 300, patience: 90)
        for agents in [4.0, 8, 11.5] {
            func x(_ atMost: Int?) -> RedialMeasures {
                Redials(afterAbandoning: 0.7, atMost: atMost).erlangX(queue, agents: agents, within: 20)
            }
            #expect(x(0).attempts == queue.measures(agents: agents, within: 20))
            #expect(abs(x(200).attemptRate / x(nil).attemptRate - 1) < 1e-9)
            #expect(abs(x(200).lostCallers - x(nil).lostCallers) < 1e-9)
            #expect(abs(x(200).orbitMean / x(nil).orbitMean - 1) < 1e-9)
            var before = x(0)
            for atMost in 1...4 {
                let now = x(atMost)
                #expect(now.attemptRate > before.attemptRate && now.lostCallers < before.lostCallers)
                let answered = now.attemptsPerCaller * (1 - (now.attempts.abandonment ?? 0))
                #expect(abs(answered + now.lostCallers - 1) < 1e-12)
                before = now
            }
        }
    }

    @Test("a queue with redials: the fewest agents, and those beside them")
    func redialQueue() throws {
        var dice = Dice(seed: 5)
        for _ in 0..<60 {
            let first = SingleQueue(
                contacts: dice.logUniform(1, 800), per: 1800, handlingTime: dice.logUniform(60, 900),
                patience: dice.logUniform(30, 600))
            let queue = RedialQueue(
                first, redials: Redials(afterAbandoning: dice.uniform(0.1, 1), atMost: dice.pick([nil, 1, 3])))
            let goal = dice.pick([
                StaffingGoal.serviceLevel(atLeast: dice.uniform(0.5, 0.95), within: dice.uniform(5, 60)),
                .abandonment(atMost: dice.uniform(0.01, 0.2)),
            ])
            let agents = try #require(queue.agentsNeeded(for: [goal]))
            #expect(goal.isMet(by: queue.measures(agents: Double(agents), for: goal)), "\(queue)")
            if agents > 0 {
                #expect(!goal.isMet(by: queue.measures(agents: Double(agents - 1), for: goal)), "\(queue)")
            }
            #expect(agents >= (first.agentsNeeded(for: [goal]) ?? 0))
        }
        let quiet = RedialQueue(
            SingleQueue(arrivalRate: 0, handlingTime: 60, patience: 60), redials: Redials(afterAbandoning: 1))
        #expect(quiet.agentsNeeded(for: [.abandonment(atMost: 0.01)]) == 0)
    }
}
