import Foundation
import Probability
import Queueing
import Testing

/// Every distribution is tested because it is listed.
@Suite("Distributions")
struct DistributionTests {
    /// Each listed shape with every spread it can be asked for.
    static let cases: [(keyword: String, spread: Double)] = Distribution.catalogue.flatMap { entry in
        let spreads = entry.takesSpread ? [0.05, 0.3, 0.7, 1, 1.5] : [entry.defaultSpread ?? 0]
        return spreads.map { (entry.keyword, $0) }
    }

    @Test("mean and spread of what is drawn are the stated ones", arguments: cases)
    func moments(keyword: String, spread: Double) throws {
        let mean = 280.0
        let distribution = try #require(Distribution.named(keyword, mean: mean, spread: spread))
        #expect(abs(distribution.mean - mean) <= 1e-12 * mean)
        #expect(abs(distribution.spread - spread) <= 1e-10)
        // E[Q(U)^k] by the trapezoidal rule in t = ln(u / (1 − u)), which converges exponentially and sees both tails.
        var first = 0.0
        var second = 0.0
        let step = 0.02
        var t = -34.0
        while t <= 34 {
            let u = 1 / (1 + exp(-t))
            let weight = step * u * (1 - u)
            let x = distribution.quantile(u)
            first += weight * x
            second += weight * x * x
            t += step
        }
        #expect(abs(first - mean) <= 1e-7 * mean)
        #expect(abs((second / (mean * mean) - 1) - spread * spread) <= 1e-5)
    }

    @Test("a larger uniform never gives a shorter duration, and none is negative or endless", arguments: cases)
    func monotone(keyword: String, spread: Double) throws {
        let distribution = try #require(Distribution.named(keyword, mean: 60, spread: spread))
        var last = 0.0
        let ends = [0x1p-53, 1e-12, 1e-6]
        for u in ends + (1..<2000).map({ Double($0) / 2000 }) + ends.reversed().map({ 1 - $0 }) {
            let x = distribution.quantile(u)
            #expect(x >= last * (1 - 1e-13) && x < .infinity, "\(keyword) \(spread) at \(u)")
            last = x
        }
    }

    @Test("Uniform durations and mixtures of exponentials invert their distribution functions, lumps included")
    func beyondTheList() {
        let uniform = Uniform(20, 100)
        #expect(uniform.quantile(0.25) == 40 && uniform.mean == 60)
        #expect(abs(uniform.spread - 80 / 12.0.squareRoot() / 60) < 1e-15)
        let mixture = Hyperexponential([
            .init(share: 0.1, mean: 0), .init(share: 0.54, mean: 60), .init(share: 0.36, mean: 900),
        ])
        #expect(abs(mixture.mean - 356.4) < 1e-9 && mixture.quantile(0.1) == 0 && mixture.quantile(0.05) == 0)
        for u in [0.1000001, 0.2, 0.5, 0.9, 0.999, 1 - 1e-9] {
            let x = mixture.quantile(u)
            let survival = 0.54 * exp(-x / 60) + 0.36 * exp(-x / 900)
            #expect(abs(survival - (1 - u)) <= 1e-12 * (1 - u))
        }
        #expect(abs(Hyperexponential(mean: 100, spread: 2).spread - 2) < 1e-12)
        #expect(abs(Hyperexponential(mean: 100, spread: 2).mean - 100) < 1e-12)
        for distribution in [Distribution.uniform(uniform), .hyperexponential(mixture)] {
            var means = 0.0
            for i in 0..<20_000 { means += distribution.quantile((Double(i) + 0.5) / 20_000) }
            #expect(abs(means / 20_000 - distribution.mean) < 1e-3 * distribution.mean)
        }
    }

    @Test("each entry has its own keyword and a sentence")
    func catalogue() {
        let keywords = Distribution.catalogue.map(\.keyword)
        #expect(Set(keywords).count == keywords.count)
        for entry in Distribution.catalogue {
            #expect(!entry.summary.isEmpty)
            let made = entry.make(10, entry.defaultSpread ?? 0)
            #expect(made.keyword == entry.keyword)
        }
        #expect(Distribution.named("parabolic", mean: 1, spread: 1) == nil)
    }

    @Test("a sample is drawn in equal parts, whatever order it came in")
    func empirical() {
        let sample = Distribution.empirical(Empirical([30, 10, 20, 40]))
        #expect([0.1, 0.3, 0.6, 0.9].map(sample.quantile) == [10, 20, 30, 40])
        #expect(sample.quantile(1 - 0x1p-53) == 40)
        #expect(sample.mean == 25)
        #expect(abs(sample.spread - 125.0.squareRoot() / 25) < 1e-15)
    }

    @Test("closed forms: medians of the exponential, lognormal and Weibull")
    func medians() {
        #expect(abs(Exponential(mean: 100).quantile(0.5) - 100 * 0.69314718055994531) < 1e-12)
        let lognormal = Lognormal(mean: 100, spread: 1)
        #expect(abs(lognormal.quantile(0.5) - 100 / 2.0.squareRoot()) < 1e-12)
        let weibull = Weibull(shape: 2, scale: 100)
        #expect(abs(weibull.quantile(0.5) - 100 * 0.69314718055994531.squareRoot()) < 1e-12)
        #expect(abs(weibull.mean - 50 * Double.pi.squareRoot()) < 1e-12)
    }
}
