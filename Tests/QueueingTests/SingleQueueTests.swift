import Foundation
import TestSupport
import Testing

@testable import Queueing

/// Laws that hold whatever the numbers, on many random queues from a fixed seed.
@Suite("One queue, by law")
struct SingleQueueTests {
    /// Random queues: loads 1e-3…1e4, handling times 1 s…1 h, patience 1 s…1e6 s.
    static let queues: [(queue: SingleQueue, agents: Double, within: Double)] = {
        var dice = Dice(seed: 20_260_302)
        return (0..<800).map { _ in
            let load = dice.logUniform(1e-3, 1e4)
            let handling = dice.logUniform(1, 3600)
            // Half of them balanced as square-root staffing has it, half far too many or far too few agents.
            let balanced = load + dice.uniform(-2, 3) * load.squareRoot()
            let agents = max(1, dice.pick([balanced, load * dice.uniform(0.3, 1.5)]).rounded())
            let queue = SingleQueue(
                arrivalRate: load / handling, handlingTime: handling, patience: dice.logUniform(1, 1e6))
            // Where overload has thinned the queue to what the agents take: there the service level turns.
            let settled = load > agents ? queue.patience * log(load / agents) : handling
            return (queue, agents, dice.pick([dice.logUniform(0.1, 1000), settled * dice.uniform(0.8, 1.2)]))
        }
    }()

    @Test("those who leave balance: λ P(abandon) = θ E[queue], λ P(answered) = busy agents / handling time")
    func conservation() throws {
        for (queue, agents, within) in Self.queues {
            for room in [SingleQueue.Room.unlimited, .lines(Int(agents) + 7)] {
                var queue = queue
                queue.room = room
                let m = queue.measures(agents: agents, within: within)
                let abandonment = try #require(m.abandonment)
                let blocking = try #require(m.blocking)
                let occupancy = try #require(m.occupancy)
                #expect(close(queue.arrivalRate * abandonment, m.queueMean / queue.patience, 1e-9))
                #expect(close(m.queueMean, queue.arrivalRate * (try #require(m.meanWait)), 1e-12))
                // Busy agents twice: from the flow of the answered, and from the states of the chain.
                let answered = 1 - abandonment - blocking
                #expect(abs(queue.offeredLoad * answered - occupancy * agents) <= 1e-9 * queue.offeredLoad)
                let byKind =
                    abandonment * (m.meanWaitAbandoned ?? 0) + answered * (m.meanSpeedOfAnswer ?? 0)
                #expect(abs(byKind - (try #require(m.meanWait))) <= 1e-9 * byKind)
            }
        }
    }

    @Test("sums over the number waiting and integrals over the offered wait agree")
    func twins() {
        for (queue, agents, within) in Self.queues where queue.arrivalRate * queue.patience < 1e6 {
            let below = ErlangB.oddsBelow(agents: agents, load: queue.offeredLoad)
            guard below < .infinity else { continue }
            let sums = ErlangA.sums(queue, agents: agents, places: .infinity, below: below, within: within)
            let integrals = OfferedWaitIntegral(queue, agents: agents).flows(below: below, within: within)
            for path: KeyPath<ContactFlows, Double> in [
                \.answered, \.waited, \.abandoned, \.waitOfAnswered, \.waitOfAbandoned,
            ] {
                #expect(close(sums[keyPath: path], integrals[keyPath: path], 1e-11), "\(queue) \(agents) \(path)")
            }
            for path: KeyPath<ContactFlows, Double> in [\.answeredInTime, \.stillWaiting, \.answeredAtOnce] {
                #expect(
                    abs(sums[keyPath: path] - integrals[keyPath: path]) <= 1e-10, "\(queue) \(agents) \(within) \(path)"
                )
            }
        }
    }

    @Test("one agent more never hurts")
    func monotone() throws {
        for (queue, agents, within) in Self.queues {
            for patience in [queue.patience, .infinity] {
                var queue = queue
                queue.patience = patience
                var before = queue.measures(agents: agents, within: within, shortAbandon: min(5, within))
                for extra in 1...3 {
                    let now = queue.measures(
                        agents: agents + Double(extra), within: within, shortAbandon: min(5, within))
                    #expect(try #require(now.waitProbability) <= #require(before.waitProbability) + 1e-13)
                    #expect(try #require(now.meanSpeedOfAnswer) <= #require(before.meanSpeedOfAnswer) * (1 + 1e-12))
                    #expect(try #require(now.abandonment) <= #require(before.abandonment) * (1 + 1e-12))
                    #expect(try #require(now.occupancy) <= #require(before.occupancy) * (1 + 1e-12))
                    for rule in ServiceLevels.Rule.allCases {
                        #expect(
                            try #require(now.serviceLevels[rule]) >= #require(before.serviceLevels[rule]) - 1e-11,
                            "\(queue) \(agents) \(rule)")
                    }
                    before = now
                }
            }
        }
    }

    @Test("between whole agents the measures go on without a jump")
    func continuous() throws {
        for (queue, agents, within) in Self.queues {
            let tiny = 1e-9
            let here = queue.measures(agents: agents, within: within)
            for near in [agents - tiny * agents, agents + tiny * agents] {
                let there = queue.measures(agents: near, within: within)
                #expect(close(try #require(here.waitProbability), try #require(there.waitProbability), 1e-3))
                #expect(close(try #require(here.abandonment), try #require(there.abandonment), 1e-3))
            }
        }
    }

    @Test("endless patience is Erlang C, and patience of ten million years nearly so")
    func patient() throws {
        for (queue, agents, within) in Self.queues where agents > queue.offeredLoad * 1.001 {
            var endless = queue
            endless.patience = .infinity
            var long = queue
            long.patience = 3e14
            let c = endless.measures(agents: agents, within: within)
            let a = long.measures(agents: agents, within: within)
            #expect(close(try #require(c.waitProbability), try #require(a.waitProbability), 1e-7))
            #expect(close(try #require(c.meanWait), try #require(a.meanWait), 1e-6))
            #expect(abs(try #require(c.serviceLevels.ofAllOffered) - #require(a.serviceLevels.ofAllOffered)) < 1e-7)
        }
    }

    @Test("as many lines as agents is Erlang B, and very many lines are no limit")
    func lines() throws {
        for (queue, agents, within) in Self.queues where agents < 1000 && queue.arrivalRate * queue.patience < 1e5 {
            var tight = queue
            tight.room = .lines(Int(agents))
            #expect(
                tight.measures(agents: agents).blocking
                    == ErlangB.blocking(agents: agents, load: queue.offeredLoad))
            var wide = queue
            wide.room = .lines(Int(agents) + 1_000_000)
            let limited = wide.measures(agents: agents, within: within)
            let unlimited = queue.measures(agents: agents, within: within)
            #expect(close(try #require(limited.abandonment), try #require(unlimited.abandonment), 1e-12))
            #expect(try #require(limited.blocking) < 1e-12)
        }
    }

    /// mpmath, 30 digits: 1 / (a⁻ⁿ eᵃ Γ(n+1, a)).
    @Test(
        "a fraction of an agent is blocked as the continuous extension has it, at any load",
        arguments: [
            (0.5, 1e-06, 0.00112837803956573465),
            (0.25, 0.01, 0.346372239674976057),
            (0.9, 0.3, 0.27314554433077698),
            (0.5, 1.9, 0.819460772105382956),
            (0.5, 2.1, 0.832029989702359963),
            (0.75, 30, 0.975800386393230361),
            (3.5, 0.05, 2.2857885317857633e-6),
            (7.125, 400, 0.982232605686348045),
        ])
    func fractions(agents: Double, load: Double, blocking: Double) {
        #expect(close(ErlangB.blocking(agents: agents, load: load), blocking, 1e-13))
        #expect(close(ErlangB.logBlocking(agents: agents, load: load), log(blocking), 1e-12))
    }

    @Test("time in other units changes no share")
    func rescaled() throws {
        for (queue, agents, within) in Self.queues {
            let slow = SingleQueue(
                arrivalRate: queue.arrivalRate / 64, handlingTime: queue.handlingTime * 64,
                patience: queue.patience * 64)
            let here = queue.measures(agents: agents, within: within)
            let there = slow.measures(agents: agents, within: within * 64)
            #expect(close(try #require(here.abandonment), try #require(there.abandonment), 1e-12))
            #expect(close(try #require(here.meanWait) * 64, try #require(there.meanWait), 1e-12))
            #expect(
                abs(try #require(here.serviceLevels.ofAllOffered) - #require(there.serviceLevels.ofAllOffered)) < 1e-12)
        }
    }

    @Test("the wait quantile is where the share still waiting falls to one less the share")
    func quantiles() throws {
        for (queue, agents, _) in Self.queues.prefix(100) {
            for p in [0.5, 0.8, 0.95] {
                let wait = queue.waitQuantile(p, agents: agents)
                let after = try #require(queue.measures(agents: agents, within: wait).stillWaiting)
                if wait == 0 { #expect(after <= 1 - p) } else { #expect(abs(after - (1 - p)) < 1e-9) }
            }
        }
    }

    @Test("too few agents for endless patience: everybody waits for ever, and nothing is an error")
    func unstable() {
        let queue = SingleQueue(arrivalRate: 0.1, handlingTime: 100)
        for agents in [0.0, 0.5, 9, 10] {
            let m = queue.measures(agents: agents, within: 20, shortAbandon: 5)
            #expect(m.waitProbability == 1)
            #expect(m.meanWait == .infinity)
            #expect(m.meanSpeedOfAnswer == .infinity)
            #expect(m.queueMean == .infinity)
            for rule in ServiceLevels.Rule.allCases { #expect(m.serviceLevels[rule] == 0) }
            #expect(queue.waitQuantile(0.5, agents: agents) == .infinity)
        }
    }

    @Test("without contacts counts are zero and shares of nothing are blank")
    func noContacts() {
        let m = SingleQueue(arrivalRate: 0, handlingTime: 100, patience: 60).measures(agents: 3, within: 20)
        #expect(m.queueMean == 0)
        #expect(m.occupancy == 0)
        #expect(m.offeredLoad == 0)
        #expect(m.waitProbability == nil)
        #expect(m.abandonment == nil)
        #expect(m.meanWait == nil)
        #expect(m.serviceLevels.ofAllOffered == nil)
    }

    @Test("without agents everybody waits until patience ends")
    func nobodyOnDuty() throws {
        let m = SingleQueue(arrivalRate: 0.1, handlingTime: 100, patience: 60).measures(agents: 0, within: 20)
        #expect(m.waitProbability == 1)
        #expect(m.abandonment == 1)
        #expect(m.meanWait == 60)
        #expect(m.queueMean == 6)
        #expect(m.serviceLevels.ofAllOffered == 0)
        #expect(m.serviceLevels.ofAnswered == nil)
        #expect(m.meanSpeedOfAnswer == nil)
        #expect(m.occupancy == nil)
        #expect(close(try #require(m.serviceLevels.abandonsCountAsMet), 1 - exp(-20.0 / 60), 1e-14))
        // M/M/0/2+M is a loss queue of two places whose service is the patience of 60 s: load 6, B(2) = 18/25.
        let two = SingleQueue(arrivalRate: 0.1, handlingTime: 100, patience: 60, room: .lines(2)).measures(agents: 0)
        #expect(close(try #require(two.blocking), 18.0 / 25, 1e-14))
        #expect(close(two.queueMean, 6 * 7.0 / 25, 1e-14))
    }

    @Test("no finite input gives a number that is none, a share outside 0…1, or a long wait for the answer")
    func fuzz() throws {
        var dice = Dice(seed: 7)
        for _ in 0..<4000 {
            let handling = dice.pick([0, 1e-3, 1, 300, 1e5, 1e12, dice.logUniform(1e-6, 1e9)])
            let load = dice.pick([0, 1e-12, 1, 1e7, 1e15, dice.logUniform(1e-9, 1e7)])
            let agents = dice.pick([
                0, 1e-9, 0.5, 1, 1.5, 1e5, dice.logUniform(1e-3, 1e5), load.rounded(), load.rounded(.up) + 1,
            ])
            let patience = dice.pick([0, 1e-6, 1, 180, 1e9, .infinity, dice.logUniform(1e-3, 1e10)])
            let places = dice.pick([0, 1, 50, dice.logUniform(1, 1e4)])
            let room = dice.pick([
                SingleQueue.Room.unlimited, .none, .lines(Int(min(agents, 1e7) + places)), .lines(0), .lines(3),
            ])
            let queue = SingleQueue(
                arrivalRate: handling > 0 ? load / handling : load, handlingTime: handling, patience: patience,
                room: room)
            guard agents <= 2e7 else { continue }
            let within = dice.pick([0, 1e-9, 20, 1e15, .infinity, dice.logUniform(1e-3, 1e6)])
            let m = queue.measures(agents: agents, within: within)
            let shares = [
                m.waitProbability, m.abandonment, m.blocking, m.occupancy, m.stillWaiting,
                m.serviceLevels.ofAllOffered, m.serviceLevels.withoutShortAbandons,
                m.serviceLevels.abandonsCountAsMet, m.serviceLevels.ofAnswered,
            ]
            for share in shares.compactMap({ $0 }) {
                #expect(share >= 0 && share <= 1, "\(queue) \(agents) \(within) \(m)")
            }
            for wait in [m.meanWait, m.meanSpeedOfAnswer, m.meanWaitAbandoned, m.queueMean].compactMap({ $0 }) {
                #expect(wait >= 0, "\(queue) \(agents) \(within) \(m)")
            }
        }
    }

    private func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
        abs(a - b) <= tolerance * max(abs(a), abs(b)) || a == b
    }
}
