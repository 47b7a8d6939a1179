import Foundation
import TestSupport
import Testing

@testable import Queueing

@Suite("Uncertain demand and turnout")
struct UncertainDemandTests {
    @Test("Poisson-gamma busyness: every row and column of the table")
    func table() throws {
        let table = try ReferenceTableTests.table("busyness")
        #expect(table.rows.count == 5)
        for row in table.rows {
            var checker = ReferenceTableTests.Checker(
                row: row,
                seen: [
                    "case_id", "arrival_rate_mean_per_h", "aht_s", "patience_mean_s", "n_agents", "gamma_shape",
                    "rel_tol",
                ])
            let busyness = BusynessFactor(shape: row.number("gamma_shape"))
            let perHour = row.number("arrival_rate_mean_per_h")
            let queue = SingleQueue(
                arrivalRate: perHour / 3600, handlingTime: row.number("aht_s"),
                patience: row.number("patience_mean_s"))
            let relative = Tolerance.relative(row.number("rel_tol"))
            let measures = busyness.measures(queue, agents: row.number("n_agents"), within: 20)
            checker.check("p_abandon", measures.abandonment, relative)
            checker.check("mean_wait_all_s", measures.meanWait, relative)
            checker.check("sl_a_20s", measures.serviceLevels.ofAllOffered, relative)
            checker.check("sl_b_20s", measures.serviceLevels.withoutShortAbandons, relative)
            checker.check("occupancy", measures.occupancy, relative)
            checker.check("arrivals_1h_variance", busyness.countVariance(mean: perHour), relative)
            checker.check("p_arrivals_1h_le_mean", busyness.atMost(Int(perHour), mean: perHour), relative)
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("a day like the others: with no spread in the factor the measures are those of the plain queue")
    func certain() throws {
        let queue = SingleQueue(arrivalRate: 0.1, handlingTime: 180, patience: 200)
        let plain = queue.measures(agents: 19, within: 20)
        let nearly = BusynessFactor(shape: 1e12).measures(queue, agents: 19, within: 20)
        #expect(abs(try #require(plain.abandonment) - #require(nearly.abandonment)) < 1e-9)
        #expect(BusynessFactor(countMean: 100, countVariance: 100) == nil)
        #expect(BusynessFactor(countMean: 100, countVariance: 1100)?.shape == 10)
    }

    @Test("chances of counts add up, from nothing to everything")
    func counts() {
        for (shape, mean) in [(0.5, 3.0), (10, 200), (400, 1000)] {
            let factor = BusynessFactor(shape: shape)
            // The same chances by adding up from zero.
            var term = pow(shape / (shape + mean), shape)
            var sum = 0.0
            for n in 0..<Int(3 * mean) {
                sum += term
                #expect(abs(factor.atMost(n, mean: mean) - sum) < 1e-11, "\(shape) \(mean) \(n)")
                term *= (Double(n) + shape) / Double(n + 1) * mean / (mean + shape)
            }
        }
        #expect(BusynessFactor(shape: 2).atMost(-1, mean: 3) == 0)
        #expect(BusynessFactor(shape: 2).atMost(0, mean: 0) == 1)
    }

    @Test("with endless patience some days never end, and the service level still counts the others")
    func endless() throws {
        let queue = SingleQueue(arrivalRate: 0.1, handlingTime: 100)
        let m = BusynessFactor(shape: 20).measures(queue, agents: 13, within: 20)
        #expect(m.meanWait == .infinity)
        let level = try #require(m.serviceLevels.ofAllOffered)
        #expect(level > 0.4 && level < 0.9)
    }

    @Test("turnout: chances add up, their mean is the rota less the absent, and both ends are certain")
    func turnout() {
        for scheduled in [0, 1, 7, 60, 5000] {
            for share in [0, 1e-6, 0.1, 0.5, 0.99, 1] {
                var sum = 0.0
                var mean = 0.0
                Absenteeism(share: share).forEachTurnout(of: scheduled) { present, chance in
                    sum += chance
                    mean += chance * Double(present)
                }
                #expect(abs(sum - 1) < 1e-12)
                #expect(abs(mean - Double(scheduled) * (1 - share)) < 1e-9 * Double(scheduled + 1))
            }
        }
    }

    @Test("absences cost: the average is no better than the queue with the average turnout, and by hand for two people")
    func absent() throws {
        let queue = SingleQueue(arrivalRate: 0.01, handlingTime: 100, patience: 60)
        let m = Absenteeism(share: 0.25).measures(queue, scheduled: 2, within: 10)
        let level = { (agents: Double) in queue.measures(agents: agents, within: 10).serviceLevels.ofAllOffered ?? 0 }
        let byHand = 0.5625 * level(2) + 0.375 * level(1) + 0.0625 * level(0)
        #expect(abs(try #require(m.serviceLevels.ofAllOffered) - byHand) < 1e-14)
        #expect(m.agents == 1.5)
        let goal = StaffingGoal.serviceLevel(atLeast: 0.8, within: 10)
        let needed = try #require(queue.agentsNeeded(for: [goal]))
        let chance = Absenteeism(share: 0.1).chance(of: [goal], queue, scheduled: needed)
        #expect(abs(chance - pow(0.9, Double(needed))) < 1e-14)
        #expect(Absenteeism(share: 0.1).chance(of: [goal], queue, scheduled: needed - 1) == 0)
    }

    @Test("the factor's quantiles undo its chances, up to shapes that hardly vary")
    func quantiles() {
        for shape in [0.5, 4, 44, 1000, 0.9e6, 1e6, 1e9, 1e12] {
            let factor = BusynessFactor(shape: shape)
            for u in [0.001, 0.1, 0.5, 0.9, 0.999] {
                #expect(abs(factor.atMost(factor: factor.quantile(u)) - u) < 1e-8, "\(shape) \(u)")
            }
        }
        // The two ways meet where one takes over from the other.
        let (below, above) = (BusynessFactor(shape: 0.999_999e6), BusynessFactor(shape: 1e6))
        #expect(abs(below.quantile(0.9) - above.quantile(0.9)) < 1e-8)
        #expect(BusynessFactor(shape: 4).atMost(factor: 0) == 0)
        #expect(BusynessFactor(shape: 4).atMost(factor: .infinity) == 1)
    }

    @Test("the newsvendor's agents reach the chance and one fewer do not; with absences it is the mixture")
    func newsvendor() throws {
        let queue = SingleQueue(arrivalRate: 0.2, handlingTime: 300, patience: 150)
        let goals: [StaffingGoal] = [.serviceLevel(atLeast: 0.8, within: 20)]
        let busyness = BusynessFactor(spread: 0.12)
        var last = 0
        for chance in [0.1, 0.5, 0.9, 0.99] {
            let agents = try #require(busyness.agentsNeeded(for: goals, queue, chance: chance))
            #expect(busyness.chance(of: goals, queue, agents: Double(agents)) >= chance - 1e-9)
            #expect(busyness.chance(of: goals, queue, agents: Double(agents - 1)) < chance)
            #expect(agents > last)
            last = agents
        }
        #expect(busyness.agentsNeeded(for: goals, queue, chance: 0) == 0)
        #expect(busyness.agentsNeeded(for: goals, queue, chance: 1) == nil)
        let away = Absenteeism(share: 0.1)
        var mixture = 0.0
        for (present, share) in DayChanceTests.turnouts(of: 66, away) {
            mixture += share * busyness.chance(of: goals, queue, agents: Double(present))
        }
        #expect(abs(busyness.chance(of: goals, queue, scheduled: 66, absenteeism: away) - mixture) < 1e-10)
        let idle = SingleQueue(arrivalRate: 0, handlingTime: 300)
        #expect(busyness.chance(of: goals, idle, agents: 0) == 1)
    }
}
