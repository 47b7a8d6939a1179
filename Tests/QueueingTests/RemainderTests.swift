import Testing

@testable import Probability
@testable import Queueing

@Suite("What is left of a duration")
struct RemainderTests {
    @Test("has the equilibrium law: its mean is E[S²] / 2 E[S], and it exceeds x as often as the tail's integral says")
    func law() {
        for shape: Distribution in [
            .exponential(Exponential(mean: 300)), .fixed(Fixed(300)), .gamma(Gamma(mean: 300, spread: 0.6)),
            .lognormal(Lognormal(mean: 300, spread: 0.9)), .weibull(Weibull(mean: 300, spread: 0.8)),
            .empirical(Empirical([100, 200, 600])), .uniform(Uniform(100, 500)),
            .hyperexponential(Hyperexponential(mean: 300, spread: 2)),
        ] {
            let count = 400
            var sum = 0.0
            var above = [0, 0]
            for i in 0..<count {
                for j in 0..<count {
                    let left = shape.remainder((Double(i) + 0.5) / Double(count), (Double(j) + 0.5) / Double(count))
                    sum += left
                    if left > 150 { above[0] += 1 }
                    if left > 400 { above[1] += 1 }
                }
            }
            let all = Double(count * count)
            let mean = shape.mean * (1 + shape.spread * shape.spread) / 2
            #expect(abs(sum / all / mean - 1) < 0.02, "\(shape): \(sum / all), \(mean)")
            for (seen, x) in zip(above, [150.0, 400]) {
                let tail = 1 - shape.meanUpTo(x) / shape.mean
                #expect(abs(Double(seen) / all - tail) < 0.005, "\(shape) \(x): \(Double(seen) / all), \(tail)")
            }
        }
    }
}
