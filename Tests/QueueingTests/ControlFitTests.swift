import TestSupport
import Testing

@testable import Probability
@testable import Queueing

/// Means with controls taken off: by hand, by leaving out one observation after the other, and where nothing is to be taken.
struct ControlFitTests {
    private static let ones = [Double](repeating: 1, count: 35)

    @Test("What is 3 + 2 c in every observation is 3, whatever mean c came out with")
    func exactControl() throws {
        let c = (0..<35).map { Double($0 % 5) - 1 }
        let fit = try #require(ControlFit(replications: Self.ones, controls: [c]))
        #expect(abs(fit.mean(c.map { 3 + 2 * $0 }) - 3) < 1e-12)
        #expect(fit.contributions(c.map { 3 + 2 * $0 }).allSatisfy { abs($0) < 1e-12 })
    }

    /// Normal equations of v on 1 and two controls, weighted by replications of which v and the controls are sums.
    private func intercept(_ rows: [(v: Double, c: [Double], m: Double)]) -> Double {
        func sum(_ value: ((v: Double, c: [Double], m: Double)) -> Double) -> Double { rows.map(value).reduce(0, +) }
        var a = [
            [sum(\.m), sum { $0.c[0] }, sum { $0.c[1] }, sum(\.v)],
            [
                sum { $0.c[0] }, sum { $0.c[0] * $0.c[0] / $0.m }, sum { $0.c[0] * $0.c[1] / $0.m },
                sum { $0.c[0] * $0.v / $0.m },
            ],
            [
                sum { $0.c[1] }, sum { $0.c[0] * $0.c[1] / $0.m }, sum { $0.c[1] * $0.c[1] / $0.m },
                sum { $0.c[1] * $0.v / $0.m },
            ],
        ]
        for k in 0..<3 {
            for row in (k + 1)..<3 {
                let factor = a[row][k] / a[k][k]
                for column in k..<4 { a[row][column] -= factor * a[k][column] }
            }
        }
        let second = a[2][3] / a[2][2]
        let first = (a[1][3] - a[1][2] * second) / a[1][1]
        return (a[0][3] - a[0][1] * first - a[0][2] * second) / a[0][0]
    }

    @Test("The mean is the regression's at controls of 0; what an observation adds is what leaving it out changes")
    func leavingOut() throws {
        for sizes in [[1.0], [1, 2, 4]] {
            var dice = Dice(seed: 5)
            let rows = (0..<45).map { i in
                let m = sizes[i % sizes.count]
                let c = [dice.uniform(-0.5, 0.5) * m, dice.uniform(-0.4, 0.6) * m]
                return (v: 8 * m + 3 * c[0] - c[1] + dice.uniform(0, 1) * m, c: c, m: m)
            }
            let fit = try #require(
                ControlFit(
                    replications: rows.map(\.m), controls: [rows.map { $0.c[0] }, rows.map { $0.c[1] }]))
            #expect(fit.count == 2)
            let seen = rows.map(\.v)
            let whole = intercept(rows)
            #expect(abs(fit.mean(seen) - whole) < 1e-10)
            for (i, part) in fit.contributions(seen).enumerated() {
                var rest = rows
                rest.remove(at: i)
                #expect(abs(whole - intercept(rest) - part) < 1e-10, "observation \(i)")
            }
            // Without controls likewise.
            let plain = seen.reduce(0, +) / rows.reduce(0) { $0 + $1.m }
            for (i, part) in ControlFit.contributions(seen, replications: rows.map(\.m)).enumerated() {
                let left = rows.reduce(0) { $0 + $1.m } - rows[i].m
                let rest = (seen.reduce(0, +) - seen[i]) / left
                #expect(abs(plain - rest - part) < 1e-12)
            }
        }
    }

    @Test("Parts with controls taken off add up to their whole with controls taken off")
    func additive() throws {
        var dice = Dice(seed: 8)
        let c = (0..<50).map { _ in dice.uniform(-1, 1) }
        let a = c.map { 2 + $0 + dice.uniform(0, 1) }
        let b = c.map { 1 - 3 * $0 * $0 + dice.uniform(0, 2) }
        let fit = try #require(ControlFit(replications: c.map { _ in 1 }, controls: [c]))
        #expect(abs(fit.mean(a) + fit.mean(b) - fit.mean(zip(a, b).map { $0 + $1 })) < 1e-12)
    }

    @Test("A control that repeats another, never moves, or is last bits, is not used")
    func useless() throws {
        var dice = Dice(seed: 9)
        let c = (0..<60).map { _ in dice.uniform(0, 1) - 0.5 }
        let ones = c.map { _ in 1.0 }
        #expect(ControlFit(replications: ones, controls: [c, c.map { -2 * $0 }])?.count == 1)
        #expect(ControlFit(replications: ones, controls: [c.map { _ in 0 }, c])?.count == 1)
        #expect(ControlFit(replications: ones, controls: [c.map { _ in 0 }]) == nil)
        let bits = (0..<60).map { 1e-15 + Double($0 % 3) * 1e-17 }
        #expect(ControlFit(replications: ones, controls: [bits]) == nil)
        #expect(ControlFit(replications: [1, 1, 1], controls: [[1, 2, 4]]) == nil)
    }

    @Test("Controls that are all but each other are one, in whatever unit they are measured")
    func nearlyTheSame() throws {
        // Correlations of 1 - 1e-10 leave 2e-10 of a square unexplained, less than 1e-9; of 0.9, 0.19.
        for unit in [1e-6, 1.0, 1e6] {
            for (correlation, count) in [(1 - 1e-10, 1), (0.9, 2)] {
                let products = [unit, correlation * unit, unit]
                let found = ControlFit.usable(products: products, sums: [0, 0], replications: 50, observations: 50)
                #expect(try #require(found).controls.count == count, "unit \(unit), correlation \(correlation)")
            }
        }
    }

    @Test("A ratio of two parts: value, and interval around the jackknife's center, by leaving out")
    func ratio() throws {
        let x = [3.0, 5, 2, 8, 4, 6]
        let y = [5.0, 6, 4, 9, 6, 8]
        var sample = RatioSample(replications: x.map { _ in 1 }, kind: .mean)
        sample.add(
            x, over: y, means: (x.reduce(0, +) / 6, y.reduce(0, +) / 6), fit: nil)
        let seen = try #require(sample.estimate(confidence: 0.95))
        let (top, bottom) = (x.reduce(0, +), y.reduce(0, +))
        let without = zip(x, y).map { (top - $0) / (bottom - $1) }
        let mean = without.reduce(0, +) / 6
        let variance = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * 5 / 6
        #expect(abs(seen.value - top / bottom) < 1e-15)
        #expect(abs(seen.standardDeviation - (variance * 6).squareRoot()) < 1e-12)
        let center = 6 * top / bottom - 5 * mean
        let cubes = without.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
        let squares = variance * 6 / 5
        let skewness = MeanInterval.Spread.skewness(squares: squares, cubes: cubes, count: 6)
        let a = skewness * (1 + 8.0 / 6) / 6.0.squareRoot()
        let student = Student.quantile(confidence: 0.95, degreesOfFreedom: 5)
        let (left, right) = (MeanInterval.straightened(student, a), MeanInterval.straightened(-student, a))
        // Of so few neither arm is shorter than Student's, and none two and a half times as long.
        let (short, long) = (student, 2.5 * student)
        #expect(abs(seen.low - (center - variance.squareRoot() * max(short, min(left, long)))) < 1e-12)
        #expect(abs(seen.high - (center - variance.squareRoot() * min(-short, max(right, -long)))) < 1e-12)
    }

    @Test("What one observation alone counts has no bounds, and what never was no upper one")
    func lone() throws {
        var none = RatioSample(replications: [1, 1, 1], kind: .mean)
        none.add([0, 0, 0], over: [4, 5, 3], means: (0, 4), fit: nil)
        let nothing = try #require(none.estimate(confidence: 0.95))
        #expect(nothing.value == 0 && nothing.low == 0 && nothing.high == .infinity)
        var sample = RatioSample(replications: [1, 1, 1], kind: .share(together: 1))
        sample.add([0, 2, 0], over: [0, 3, 0], means: (2.0 / 3, 1), fit: nil)
        let seen = try #require(sample.estimate(confidence: 0.95))
        #expect(seen.value == 2.0 / 3 && seen.low == -.infinity && seen.high == .infinity)
        #expect(RatioSample(replications: [1, 1], kind: .mean).estimate(confidence: 0.95) == nil)
    }

    @Test("Sobol's first sixteen points have one in each sixteenth of every axis")
    func sobol() {
        let points = SobolPoints.first(16, dimensions: 40)
        #expect(points.count == 16)
        for d in 0..<40 {
            #expect(Set(points.map { $0[d] >> 49 }) == Set(0..<16))
        }
    }
}
