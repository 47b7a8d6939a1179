import CGSL
import Foundation
import TestSupport
import Testing

@testable import Probability
@testable import Queueing

/// Public functions with numbers that nobody would write: nothing traps, and finite questions have no NaN for an answer.
@Suite("Wild inputs")
struct FuzzTests {
    /// Zero, denormal, tiny, huge, negative, endless and no number at all.
    static let wild: [Double] = [
        0, -0.0, .leastNonzeroMagnitude, 1e-300, 1e-9, 0.5, 1, 7, 1e9, 1e300, .greatestFiniteMagnitude, -1, -1e300,
        .infinity,
        -.infinity, .nan,
    ]

    static func pick(_ dice: inout Dice) -> Double {
        dice.next() % 3 == 0 ? dice.logUniform(1e-3, 1e4) : dice.pick(wild)
    }

    private func check(_ m: QueueMeasures, _ question: @autoclosure () -> String) {
        for share in [
            m.waitProbability, m.abandonment, m.blocking, m.occupancy, m.stillWaiting, m.serviceLevels.ofAllOffered,
            m.serviceLevels.withoutShortAbandons, m.serviceLevels.abandonsCountAsMet, m.serviceLevels.ofAnswered,
        ].compactMap({ $0 }) {
            #expect(share >= 0 && share <= 1, "\(question()) \(m)")
        }
        for wait in [m.meanWait, m.meanSpeedOfAnswer, m.meanWaitAbandoned, m.queueMean, m.offeredLoad]
            .compactMap({ $0 })
        {
            #expect(wait >= 0, "\(question()) \(m)")
        }
    }

    @Test("one queue: measures and quantiles of the wait")
    func singleQueues() {
        var dice = Dice(seed: 1)
        for _ in 0..<1000 {
            let per = dice.pick([1, 1800, 1e-300, 1e300])
            let rooms: [SingleQueue.Room] = [.unlimited, .none, .lines(0), .lines(7), .lines(-3), .lines(1000)]
            let queue = SingleQueue(
                contacts: Self.pick(&dice), per: per, handlingTime: Self.pick(&dice), patience: Self.pick(&dice),
                room: dice.pick(rooms))
            let agents = Self.pick(&dice)
            // The work grows with agents and load; large ones are asked elsewhere.
            guard !(agents > 1e4), !(queue.offeredLoad > 1e5) else { continue }
            let within = Self.pick(&dice)
            let text = "\(queue) \(agents) \(within)"
            check(queue.measures(agents: agents, within: within), text)
            let p = Self.pick(&dice)
            #expect(queue.waitQuantile(p, agents: min(agents, 1e6)) >= 0, "\(text) \(p)")
        }
    }

    @Test("every model to staff by, and everything that can be solved for")
    func models() {
        var dice = Dice(seed: 2)
        for _ in 0..<150 {
            let queue = SingleQueue(
                contacts: Self.pick(&dice), per: 1800, handlingTime: Self.pick(&dice), patience: Self.pick(&dice),
                room: dice.pick([.unlimited, .none, .lines(7)]))
            guard !(queue.offeredLoad > 1e4) else { continue }
            let (x, y) = (Self.pick(&dice), Self.pick(&dice))
            let models: [any StaffingModel] = [
                RedialQueue(queue, redials: Redials(afterAbandoning: x, afterBlocking: y)), SquareRootQueue(queue),
                TwoMomentQueue(queue, serviceSquaredSpread: x, formula: .kimura),
                TwoMomentQueue(queue, serviceSquaredSpread: y, formula: .allenCunneen),
            ]
            let agents = dice.pick([0, 0.5, 3, 40, -1, .nan])
            for model in models {
                check(model.measures(agents: agents, within: y), "\(model) \(agents) \(y)")
            }
            let goal = dice.pick([
                StaffingGoal.serviceLevel(atLeast: x, within: y), .occupancy(atMost: x), .abandonment(atMost: x),
                .waitProbability(atMost: x), .meanWait(atMost: x), .blocking(atMost: x),
            ])
            for unknown in StaffingUnknown.allCases {
                if let found = queue.solve(for: unknown, agents: agents, goals: [goal]).value {
                    #expect(!found.isNaN, "\(queue) \(unknown) \(goal)")
                }
            }
        }
    }

    @Test("loss formulas, limits and two-moment waits")
    func formulas() {
        var dice = Dice(seed: 3)
        for _ in 0..<1000 {
            let (a, b, c) = (Self.pick(&dice), Self.pick(&dice), Self.pick(&dice))
            if !(a > 1e4), b.isFinite, c.isFinite, a.isFinite {
                for share in [
                    ErlangB.blocking(agents: a, load: b), ErlangC.waitProbability(agents: a, load: b),
                ] { #expect(share >= 0 && share <= 1, "\(a) \(b) \(share)") }
                #expect(!ErlangB.logBlocking(agents: a, load: b).isNaN, "\(a) \(b)")
                #expect(ErlangB.carriedLoad(agents: a, load: b) >= 0, "\(a) \(b)")
                let queue = SingleQueue(arrivalRate: b, handlingTime: 1)
                if !(b > 1e5) {
                    let wait = TwoMomentWait.kimura(
                        queue, agents: a, arrivalSquaredSpread: c, serviceSquaredSpread: 0.5)
                    #expect(wait >= 0, "\(a) \(b) \(c) \(wait)")
                    #expect(TwoMomentWait.allenCunneen(queue, agents: a, arrivalSquaredSpread: c) >= 0)
                }
            }
            for share in [
                SquareRootStaffing.waitProbability(beta: a),
                SquareRootStaffing.waitProbability(beta: a, impatience: b),
            ] where a.isFinite && b.isFinite { #expect(share >= 0 && share <= 1, "\(a) \(b) \(share)") }
            if a.isFinite, b.isFinite {
                let lost = SquareRootStaffing.abandonment(beta: a, impatience: b)
                #expect(lost >= 0, "\(a) \(b) \(lost)")
                #expect(SquareRootStaffing.agents(load: b, beta: a) >= 0 || a.isInfinite, "\(a) \(b)")
            }
            let beta = SquareRootStaffing.beta(waitProbability: a, impatience: b)
            #expect(!beta.isNaN || !a.isFinite || !b.isFinite, "\(a) \(b)")
            let few = EfficientStaffing.agents(load: a, abandonment: b)
            #expect(few >= 0 || !a.isFinite || !b.isFinite, "\(a) \(b)")
        }
    }

    @Test("distributions, shrinkage, estimates and portable mathematics")
    func smallParts() {
        var dice = Dice(seed: 7)
        for _ in 0..<1000 {
            let (a, b) = (Self.pick(&dice), Self.pick(&dice))
            _ = PortableMath.log(a)
            _ = PortableMath.exp(a)
            _ = PortableMath.normalQuantile(a)
            if a > 1e-3, b >= 0, a < 1e6, b < 1e6 {
                let gamma = PortableMath.incompleteGamma(shape: a, b)
                #expect(gamma.lower >= -1e-12 && gamma.upper >= -1e-12, "\(a) \(b) \(gamma)")
            }
            if let shrinkage = Shrinkage(share: a) {
                #expect(shrinkage.share >= 0 && shrinkage.share <= 1)
                if let scheduled = shrinkage.scheduled(for: b) { #expect(scheduled >= 0, "\(a) \(b)") }
            }
            let quantile = Student.quantile(confidence: a, degreesOfFreedom: dice.pick([-1, 0, 1, 30, .max]))
            #expect(!quantile.isNaN || a.isNaN, "\(a)")
            var tally = RatioTally()
            for _ in 0..<3 { tally.add(dice.pick([0, 1, 1e-300, 7]), over: dice.pick([0, 1, 1e-300, 7])) }
            if let estimate = tally.estimate(confidence: 0.9) { #expect(!estimate.value.isNaN) }
        }
    }

    @Test("a fault that GSL reports is an error of ours, and the process lives on")
    func domainError() throws {
        for (confidence, freedom) in [(2.0, 5), (-3, 1), (.nan, 2)] {
            #expect(!Student.quantile(confidence: confidence, degreesOfFreedom: freedom).isNaN)
        }
        // The default handler of the library prints and aborts; ours records.
        let error = #expect(throws: GSLError.self) { try GSL.check { gsl_sf_gamma_inc(1, -1) } }
        #expect(error?.code == Int32(GSL_EDOM))
        #expect(error?.description.contains("domain") == true)
        // What was recorded is taken: the next call starts clean.
        #expect(try GSL.check { gsl_sf_gamma_inc(1, 1) } > 0.36)
    }
}
