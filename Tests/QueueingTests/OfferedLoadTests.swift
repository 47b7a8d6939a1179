import Foundation
import Probability
import Queueing
import TestSupport
import Testing

@Suite("The mean of the offered load over a stretch of time")
struct OfferedLoadTests {
    static let shapes: [Distribution] = [
        .exponential(Exponential(mean: 300)), .fixed(Fixed(300)), .gamma(Gamma(mean: 300, spread: 0.6)),
        .lognormal(Lognormal(mean: 300, spread: 1.2)), .weibull(Weibull(mean: 300, spread: 0.8)),
        .weibull(Weibull(mean: 300, spread: 2)), .empirical(Empirical([100, 200, 600])), .uniform(Uniform(100, 500)),
        .hyperexponential(Hyperexponential(mean: 300, spread: 2)),
    ]

    @Test("is the mean of the load at fine steps in time, across kinks, for every shape")
    func fineSteps() {
        let steps = [(0.05, 900.0), (0.2, 600), (0, 500), (0.01, 1200)]
        let curve = ArrivalCurve.steps(steps.map { .init(rate: $0.0, duration: $0.1) })
        for shape in Self.shapes {
            for (from, to) in [(0.0, 900.0), (100, 1700), (850, 950), (1400, 3400), (3000, 8000), (-500, 100)] {
                let count = 4000
                let step = (to - from) / Double(count)
                let sum = (0..<count).reduce(0) {
                    $0 + curve.offeredLoad(at: from + (Double($1) + 0.5) * step, handlingTime: shape)
                }
                let exact = curve.offeredLoad(from: from, to: to, handlingTime: shape)
                #expect(abs(exact - sum / Double(count)) < 1e-5 * exact + 1e-9, "\(shape) \(from) \(to)")
            }
            // All the work that came is done in the end.
            let all = curve.offeredLoad(from: 0, to: 1e6, handlingTime: shape) * 1e6
            #expect(abs(all / ((0.05 * 900 + 0.2 * 600 + 0.01 * 1200) * 300) - 1) < 1e-9, "\(shape)")
        }
    }

    @Test("of a steady stream is rate × handling time, long after it began, to the last digits")
    func steady() {
        let curve = ArrivalCurve.steps([.init(rate: 0.1, duration: 1e7)])
        for shape in Self.shapes {
            let load = curve.offeredLoad(from: 9e6, to: 9e6 + 900, handlingTime: shape)
            #expect(abs(load / 30 - 1) < 1e-9, "\(shape) \(load)")
            // Of a rate that changed every quarter-hour for months, what has ended plays no part.
            let same = ArrivalCurve.steps((0..<10_000).map { _ in .init(rate: 0.1, duration: 900) })
            #expect(abs(same.offeredLoad(from: 8_999_100, to: 9e6, handlingTime: shape) / 30 - 1) < 1e-10, "\(shape)")
        }
    }

    @Test("of a sinusoid is that of the sinusoid at fine steps in time; of an instant the load itself")
    func sinusoid() {
        let curve = ArrivalCurve.sinusoid(mean: 0.2, amplitude: 0.1, period: 7200)
        for shape in Self.shapes.prefix(4) {
            for (from, to) in [(64_000.0, 66_000.0), (0, 7200), (5000, 5010)] {
                let sum = (0..<2000).reduce(0) {
                    $0 + curve.offeredLoad(at: from + (Double($1) + 0.5) * (to - from) / 2000, handlingTime: shape)
                }
                let exact = curve.offeredLoad(from: from, to: to, handlingTime: shape)
                #expect(abs(exact / (sum / 2000) - 1) < 1e-6, "\(shape)")
            }
            #expect(
                curve.offeredLoad(from: 900, to: 900, handlingTime: shape)
                    == curve.offeredLoad(at: 900, handlingTime: shape))
        }
    }
}
