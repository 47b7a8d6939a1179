import Foundation
import TestSupport
import Testing

@testable import Probability
@testable import Queueing

@Suite("Square-root staffing")
struct SquareRootStaffingTests {
    @Test("Halfin and Whitt's and Garnett's functions: every row and column of the table")
    func table() throws {
        let table = try ReferenceTableTests.table("qed")
        #expect(table.rows.count == 30)
        for row in table.rows {
            var checker = ReferenceTableTests.Checker(row: row, seen: ["case_id", "beta", "theta_over_mu"])
            let beta = row.number("beta")
            let impatience = row.number("theta_over_mu")
            let relative = Tolerance.relative(1e-13)
            if beta > 0 {
                checker.check("hw_p_wait", SquareRootStaffing.waitProbability(beta: beta), relative)
            } else {
                checker.check("hw_p_wait", nil, relative)
            }
            checker.check(
                "garnett_p_wait", SquareRootStaffing.waitProbability(beta: beta, impatience: impatience), relative)
            checker.check(
                "sqrt_n_p_abandon_limit", SquareRootStaffing.abandonment(beta: beta, impatience: impatience), relative)
            #expect(checker.seen == Set(table.columns))
        }
    }

    /// Mills' ratio to 30 digits by mpmath: φ(x) / Φ̄(x) and the same less x.
    @Test(
        "the hazard keeps its digits far out",
        arguments: [
            (-40.0, 0, 40.0), (-5, 1.4867199409049057124e-6, 5.0000014867199409049),
            (0, 0.797884560802865356, 0.797884560802865356),
            (1.9, 2.2849469154767392032, 0.38494691547673929202),
        ])
    func hazard(x: Double, hazard: Double, excess: Double) {
        #expect(abs(Normal.hazard(x) - hazard) <= 1e-12 * hazard + 1e-300)
        #expect(abs(Normal.hazardExcess(x) - excess) <= 1e-12 * excess)
    }

    @Test("the two forms of the hazard meet where one takes over from the other")
    func seam() {
        for x in [1.9999999, 2.0, 2.5, 5, 10] {
            let direct = Normal.density(x) / Normal.above(x)
            #expect(abs(Normal.hazard(x) - direct) <= 1e-14 * direct)
        }
        // 1/x − 2/x³ + 10/x⁵ − … far out.
        #expect(abs(Normal.hazardExcess(1e5) * 1e5 - (1 - 2e-10)) < 1e-15)
    }

    @Test("β found for a share gives that share back, with and without patience")
    func inverse() {
        for impatience in [0, 1e-6, 0.1, 1, 4, 1e4] {
            for share in [1e-300, 1e-30, 1e-6, 0.05, 0.3, 0.9, 0.999_999] {
                let beta = SquareRootStaffing.beta(waitProbability: share, impatience: impatience)
                let back = SquareRootStaffing.waitProbability(beta: beta, impatience: impatience)
                #expect(abs(back - share) <= 1e-12 * share, "\(impatience) \(share) \(beta)")
            }
        }
        // θ = μ: P(wait) is the normal tail.
        #expect(abs(SquareRootStaffing.beta(waitProbability: 0.1, impatience: 1) - 1.281551565544600467) < 1e-14)
    }

    @Test("large queues come close to the limits, the closer the larger")
    func limits() throws {
        var before = Double.infinity
        for load in [100.0, 10_000, 1_000_000] {
            let beta = 0.5
            let agents = SquareRootStaffing.agents(load: load, beta: beta)
            let queue = SingleQueue(arrivalRate: load / 300, handlingTime: 300, patience: 120)
            let exact = try #require(queue.measures(agents: agents).waitProbability)
            let limit = SquareRootStaffing.waitProbability(beta: beta, impatience: 2.5)
            let error = abs(exact - limit)
            #expect(error < before / 5)
            #expect(error < 0.4 / load.squareRoot())
            before = error
        }
    }

    @Test("in overload the loss is what was planned, and the answered wait until so many have left")
    func efficient() throws {
        let patience = Patience.lognormal(mean: 120, spread: 1)
        let queue = ImpatientQueue(arrivalRate: 40, handlingTime: 300, patience: patience)
        let agents = EfficientStaffing.agents(load: queue.contacts.offeredLoad, abandonment: 0.2)
        let measures = queue.measures(agents: agents)
        #expect(abs(try #require(measures.abandonment) - 0.2) < 2e-3)
        let wait = EfficientStaffing.wait(abandonment: 0.2, patience: patience)
        #expect(abs(try #require(measures.meanSpeedOfAnswer) - wait) < 0.02 * wait)
        let some = try #require(
            EfficientStaffing.agents(
                load: queue.contacts.offeredLoad, handlingTime: 300, patience: patience, late: 0.2, after: 60))
        #expect(abs(try #require(queue.measures(agents: some, within: 60).stillWaiting) - 0.2) < 0.01)
        #expect(
            EfficientStaffing.agents(load: 10, handlingTime: 60, patience: .deterministic(30), late: 0.1, after: 20)
                == nil)
    }

    @Test("no finite input gives a number that is none")
    func fuzz() {
        var dice = Dice(seed: 5)
        for _ in 0..<2000 {
            let beta = dice.pick([0, -1e300, 1e300, 40, -40, dice.uniform(-10, 10)])
            let impatience = dice.pick([0, 1e-300, 1e300, dice.logUniform(1e-9, 1e9)])
            let share = SquareRootStaffing.waitProbability(beta: beta, impatience: impatience)
            #expect(share >= 0 && share <= 1, "\(beta) \(impatience)")
            #expect(SquareRootStaffing.abandonment(beta: beta, impatience: impatience) >= 0, "\(beta) \(impatience)")
            let found = SquareRootStaffing.beta(
                waitProbability: dice.pick([0, 1, dice.uniform(0, 1)]), impatience: impatience)
            #expect(!found.isNaN)
        }
    }
}
