import TestSupport
import Testing

@testable import Queueing

/// Ratios with controls: by hand, against the normal equations, and where there is nothing to control.
struct ControlledTallyTests {
    @Test("A figure that is 3 + 2 c in every replication is 3, whatever mean c came out with")
    func exactControl() throws {
        var tally = ControlledTally(controls: 1)
        for i in 0..<35 {
            let c = Double(i % 5) - 1
            tally.add(3 + 2 * c, over: 1, controls: [c])
        }
        #expect(abs(try #require(tally.value) - 3) < 1e-12)
        #expect(try #require(tally.estimate(confidence: 0.95)).halfWidth < 1e-6)
        #expect(try #require(tally.plain.value) > 4)
    }

    @Test("With few replications there are no controls: ten for each beyond the first twenty")
    func affordable() throws {
        var tally = ControlledTally(controls: 2)
        for i in 0..<14 { tally.add(Double(i), over: 2, controls: [Double(i * i % 7), 1]) }
        #expect(tally.estimate(confidence: 0.95) == tally.plain.estimate(confidence: 0.95))
        #expect(!ControlledTally.affords(4, replications: 59))
        #expect(ControlledTally.affords(4, replications: 60))
        #expect(ControlledTally.affords(1, replications: 30) && !ControlledTally.affords(1, replications: 29))
        #expect(!ControlledTally.affords(0, replications: 1000))
    }

    /// x and y with two controls, by explicit normal equations on centered columns.
    @Test("Value and interval are those of the regression's normal equations")
    func normalEquations() throws {
        var dice = Dice(seed: 5)
        let n = 40
        var rows: [(x: Double, y: Double, c: [Double])] = []
        for _ in 0..<n {
            let c = [dice.uniform(0, 1) - 0.5, dice.uniform(0, 1) - 0.5]
            rows.append((8 + 3 * c[0] - c[1] + dice.uniform(0, 1), 10 + c[0] + 2 * dice.uniform(0, 1), c))
        }
        var tally = ControlledTally(controls: 2)
        for row in rows { tally.add(row.x, over: row.y, controls: row.c) }

        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(n) }
        func product(_ a: [Double], _ b: [Double]) -> Double {
            zip(a, b).reduce(0) { $0 + ($1.0 - mean(a)) * ($1.1 - mean(b)) }
        }
        let x = rows.map(\.x)
        let y = rows.map(\.y)
        let c = [rows.map { $0.c[0] }, rows.map { $0.c[1] }]
        let a = product(c[0], c[0])
        let b = product(c[0], c[1])
        let d = product(c[1], c[1])
        let determinant = a * d - b * b
        func slopes(_ v: [Double]) -> [Double] {
            let (p, q) = (product(c[0], v), product(c[1], v))
            return [(d * p - b * q) / determinant, (a * q - b * p) / determinant]
        }
        let onX = slopes(x)
        let onY = slopes(y)
        let center = c.map(mean)
        let value =
            (mean(x) - onX[0] * center[0] - onX[1] * center[1]) / (mean(y) - onY[0] * center[0] - onY[1] * center[1])
        let residuals = rows.map { row in
            row.x - value * row.y - (0..<2).reduce(0) { $0 + (onX[$1] - value * onY[$1]) * row.c[$1] }
        }
        let spread =
            product(residuals, residuals) / Double(n - 3) * Double(n) / Double(n - 3) * Double(n) / Double(n - 3)
        let distance =
            (d * center[0] * center[0] - 2 * b * center[0] * center[1] + a * center[1] * center[1]) / determinant
        let base = mean(y) - onY[0] * center[0] - onY[1] * center[1]
        let half =
            Student.quantile(confidence: 0.9, degreesOfFreedom: n - 3)
            * (spread * (1 / Double(n) + distance)).squareRoot() / base
        let estimate = try #require(tally.estimate(confidence: 0.9))
        #expect(abs(estimate.value - value) < 1e-12)
        #expect(abs(estimate.halfWidth - half) < 1e-12)
        let plain = try #require(tally.plain.estimate(confidence: 0.9))
        #expect(plain.halfWidth > 1.3 * estimate.halfWidth)
    }

    @Test("A control that repeats another, or never moves, changes nothing")
    func repeated() throws {
        var one = ControlledTally(controls: 1)
        var three = ControlledTally(controls: 3)
        var dice = Dice(seed: 9)
        for _ in 0..<60 {
            let c = dice.uniform(0, 1) - 0.5
            let x = c + dice.uniform(0, 1)
            one.add(x, over: 1, controls: [c])
            three.add(x, over: 1, controls: [c, -2 * c, 0])
        }
        let a = try #require(one.estimate(confidence: 0.95))
        let b = try #require(three.estimate(confidence: 0.95))
        #expect(abs(a.value - b.value) < 1e-12 && abs(a.halfWidth - b.halfWidth) < 1e-12)
    }

    @Test("A control of which spreading left only last bits is not used")
    func lastBits() throws {
        var dice = Dice(seed: 9)
        var tally = ControlledTally(controls: 1)
        for i in 0..<80 {
            tally.add(dice.uniform(0, 1), over: 1, controls: [1e-15 + Double(i % 3) * 1e-17])
        }
        #expect(tally.estimate(confidence: 0.95) == tally.plain.estimate(confidence: 0.95))
        #expect(!tally.isControlled)
    }

    @Test("A control that widens the interval is not taken off: value and interval are the plain ones")
    func widening() throws {
        var paid = 0
        for seed in 1...40 {
            var dice = Dice(seed: UInt64(seed))
            var tally = ControlledTally(controls: 1)
            for _ in 0..<31 { tally.add(dice.uniform(0, 1), over: 1, controls: [dice.uniform(0, 1) - 0.5]) }
            let seen = try #require(tally.plain.estimate(confidence: 0.95))
            let told = try #require(tally.estimate(confidence: 0.95))
            if tally.isControlled {
                paid += 1
                #expect(told.halfWidth < seen.halfWidth)
            } else {
                #expect(told == seen && tally.value == tally.plain.value)
                // Which one it is does not depend on the confidence asked for.
                #expect(tally.estimate(confidence: 0.8) == tally.plain.estimate(confidence: 0.8))
            }
        }
        // The control knows nothing of the figure: a degree of freedom less and its leverage cost more than it takes off.
        #expect(paid < 20)
    }

    @Test("Nothing over nothing stays undefined, and without controls nothing is controlled")
    func undefined() {
        var tally = ControlledTally(controls: 1)
        for i in 0..<30 { tally.add(0, over: 0, controls: [Double(i)]) }
        #expect(tally.value == nil)
        #expect(tally.estimate(confidence: 0.95) == nil)
        #expect(!tally.isControlled)
        #expect(!ControlledTally().isControlled)
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
