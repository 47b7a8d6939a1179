import Foundation
import Probability
import Queueing
import Testing

/// Every question to a shape, answered once more from its quantiles alone.
@Suite("Shapes of durations")
struct ShapeTests {
    static let shapes: [Distribution] =
        Distribution.catalogue.flatMap { entry in
            (entry.takesSpread ? [0.3, 1, 2] : [entry.defaultSpread ?? 0]).map { entry.make(240, $0) }
        } + [
            Distribution(Uniform(60, 300)), Distribution(Empirical([20, 45, 45, 90, 400])),
            Distribution(Hyperexponential(mean: 200, spread: 1.5)),
            Distribution(Hyperexponential([.init(share: 0.2, mean: 0), .init(share: 0.8, mean: 100)])),
            Distribution(Triangle(low: 100, high: 500)),
        ]

    /// E[f(S)] over the quantiles: by the trapezoidal rule in ln(u / (1 − u)), or by equal shares where values come in
    /// lumps.
    static func mean(_ law: Distribution, _ f: (Double) -> Double) -> Double {
        let hasLumps = law.shape is Empirical || law.shape is Fixed
        if hasLumps { return (0..<1000).reduce(0) { $0 + f(law.quantile((Double($1) + 0.5) / 1000)) } / 1000 }
        var sum = 0.0
        let step = 0.01
        for i in -3600...3600 {
            let t = Double(i) * step
            let u = 1 / (1 + exp(-t))
            guard u > 0, u < 1 else { continue }
            sum += step * u * (1 - u) * f(law.quantile(u))
        }
        return sum
    }

    /// P(S ≤ x) by bisection on the quantile.
    static func below(_ law: Distribution, _ x: Double) -> Double {
        var (low, high) = (0x1p-60, 1 - 0x1p-53)
        if law.quantile(low) > x { return 0 }
        if law.quantile(high) <= x { return 1 }
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if law.quantile(middle) <= x { low = middle } else { high = middle }
        }
        return low
    }

    static let times = [5.0, 60, 130, 239, 350, 900]

    @Test("what is longer, shorter, and the mean of the shorter", arguments: shapes)
    func split(law: Distribution) {
        for x in Self.times {
            let split = law.split(at: x)
            let below = Self.below(law, x)
            #expect(abs(split.shorter - below) < 1e-9, "\(law.keyword) at \(x)")
            #expect(abs(split.longer - (1 - below)) < 1e-9, "\(law.keyword) at \(x)")
            let short = Self.mean(law) { $0 <= x ? $0 : 0 }
            #expect(abs(split.meanOfShorter - short) < 0.006 * law.mean, "\(law.keyword) at \(x)")
            #expect(abs(exp(law.shape.logSurviving(x)) - split.longer) < 1e-12, "\(law.keyword) at \(x)")
        }
    }

    @Test("means of what is cut off, and the area below them", arguments: shapes)
    func cutOff(law: Distribution) {
        for x in Self.times {
            let mean = Self.mean(law) { min($0, x) }
            #expect(abs(law.meanUpTo(x) - mean) < 2e-5 * law.mean, "\(law.keyword) at \(x)")
            let area = Self.mean(law) { $0 < x ? $0 * (x - $0 / 2) : x * x / 2 }
            #expect(abs(law.areaUpTo(x) - area) < 5e-5 * area, "\(law.keyword) at \(x)")
        }
        #expect(law.meanUpTo(-1) == 0 && law.areaUpTo(-1) == 0)
    }

    @Test("the density is the slope of what is shorter", arguments: shapes)
    func density(law: Distribution) {
        for x in Self.times where !law.shape.kinks.contains(where: { abs($0 - x) < 1 }) {
            guard let density = law.shape.density(x) else { continue }
            let h = 1e-3 * x
            let slope = (law.split(at: x + h).shorter - law.split(at: x - h).shorter) / (2 * h)
            #expect(abs(density - slope) < 1e-4 * slope + 1e-9, "\(law.keyword) at \(x)")
        }
    }

    @Test("the transform", arguments: shapes)
    func transform(law: Distribution) {
        for turn in [2 * Double.pi / 86_400, 2 * Double.pi / 3600, 0.01] {
            let real = Self.mean(law) { 2 * pow(sin(turn * $0 / 2), 2) }
            let imaginary = Self.mean(law) { sin(turn * $0) }
            let told = law.oneMinusTransform(turn)
            // The rule of the reference is rough at a lump, and at ends.
            let isLumpy = law.quantile(0.01) == 0
            let error = isLumpy ? 2e-4 : law.shape is Uniform ? 2e-5 : law.shape is Triangle ? 1e-6 : 1e-8
            #expect(abs(told.real - real) < error * real + 1e-12, "\(law.keyword) at \(turn)")
            #expect(abs(told.imaginary - imaginary) < error * abs(imaginary) + 1e-12, "\(law.keyword) at \(turn)")
        }
    }

    @Test("patience asks the same: lumps at 0 are those who leave at once", arguments: shapes)
    func patience(law: Distribution) {
        let patience = Patience.law(law)
        #expect(abs(patience.mean - law.mean) < 1e-9 * law.mean)
        for x in Self.times {
            #expect(abs(patience.surviving(x) - law.split(at: x).longer) < 1e-12, "\(law.keyword) at \(x)")
        }
        // Whoever would leave at once is told apart, so that the chain of those who stay has the others alone.
        let contacts = SingleQueue(arrivalRate: 0.1, handlingTime: 300)
        let told = EngineeringSolution(contacts, patience: patience).measures(agents: 24)
        guard let mixture = law.shape as? Hyperexponential else { return }
        let spelled = Patience.balking(
            share: mixture.atOnce,
            otherwise: .hyperexponential(
                mixture.branches.map { Patience.Branch(share: $0.share / (1 - mixture.atOnce), mean: $0.mean) }))
        let same = EngineeringSolution(contacts, patience: spelled).measures(agents: 24)
        #expect(abs(told.abandoned - same.abandoned) < 1e-12 && abs(told.answered - same.answered) < 1e-12)
        for x in Self.times {
            let (a, b) = (patience.density(x) ?? -1, spelled.density(x) ?? -1)
            #expect(abs(a - b) < 1e-12, "\(law.keyword) at \(x)")
        }
    }

    @Test("measured durations are looked up right, and repeated ones bend once")
    func lookedUp() {
        let values = (0..<100_000).map { Double($0 % 5000) }
        let law = Empirical(values)
        #expect(law.kinks.count == 4999 && law.kinks == law.kinks.sorted())
        for x in [0.0, 17.5, 18, 4999, 9000] {
            let shorter = values.filter { $0 <= x }
            let split = law.split(at: x)
            #expect(abs(split.shorter - Double(shorter.count) / 100_000) < 1e-12)
            #expect(abs(split.meanOfShorter - shorter.reduce(0, +) / 100_000) < 1e-6)
        }
    }

    @Test("scaling multiplies every quantile", arguments: shapes)
    func scaled(law: Distribution) {
        let longer = law.scaled(by: 2.5)
        for u in [0.01, 0.3, 0.5, 0.77, 0.99] {
            #expect(abs(longer.quantile(u) - 2.5 * law.quantile(u)) <= 1e-9 * longer.mean, "\(law.keyword) at \(u)")
        }
        #expect(abs(longer.mean - 2.5 * law.mean) < 1e-9 * longer.mean)
        #expect(longer != law && law.scaled(by: 1) == law)
    }

    @Test("what is left of one that is met lasts E[S²] / 2 E[S] on average", arguments: shapes)
    func remainder(law: Distribution) {
        let expected = Self.mean(law) { $0 * $0 } / (2 * law.mean)
        var sum = 0.0
        let n = 200
        for i in 0..<n {
            for j in 0..<n { sum += law.remainder((Double(i) + 0.5) / Double(n), (Double(j) + 0.5) / Double(n)) }
        }
        #expect(abs(sum / Double(n * n) - expected) < 0.06 * expected, "\(law.keyword)")
    }

    @Test("many quantiles at once are the same bits as one by one", arguments: shapes)
    func batches(law: Distribution) {
        var values = (0..<64).map { (Double($0) + 0.25) / 64 }
        let single = values.map(law.quantile)
        var scratch = values
        values.withUnsafeMutableBufferPointer { values in
            scratch.withUnsafeMutableBufferPointer { scratch in
                law.quantiles(values.baseAddress!, count: 64, scratch: scratch.baseAddress!)
            }
        }
        #expect(values == single, "\(law.keyword)")
    }
}

/// A shape of one's own, with the five answers that are needed and no other.
private struct Triangle: DistributionShape {
    let low: Double
    let high: Double

    var mean: Double { low + (high - low) / 3 }
    var spread: Double { (high - low) / 18.0.squareRoot() / mean }

    func quantile(_ u: Double) -> Double { high - (high - low) * (1 - u).squareRoot() }

    func scaled(by factor: Double) -> Triangle { Triangle(low: low * factor, high: high * factor) }

    func split(at x: Double) -> DurationSplit {
        let t = min(1, max(0, (x - low) / (high - low)))
        // ∫ x f(x) dx with f falling from 2/(high − low) at low to 0.
        let mean = low * t * (2 - t) + (high - low) * (t * t - 2 * t * t * t / 3)
        return DurationSplit(longer: (1 - t) * (1 - t), shorter: t * (2 - t), meanOfShorter: mean)
    }
}
