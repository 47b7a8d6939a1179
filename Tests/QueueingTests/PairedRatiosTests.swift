import TestSupport
import Testing

@testable import Probability
@testable import Queueing

/// Differences of ratios that were seen together: by hand, and what pairing is for.
struct PairedRatiosTests {
    @Test("the difference by leaving out one replication after the other")
    func byHand() throws {
        var paired = PairedRatios()
        paired.add((8, over: 10), (6, over: 10))
        paired.add((5, over: 10), (4, over: 10))
        paired.add((9, over: 20), (9, over: 20))
        let estimate = try #require(paired.estimate(confidence: 0.95))
        // 19/40 − 22/40; without the first 13/30 − 14/30, without the second 15/30 − 17/30, without the third 10/20 − 13/20.
        let left = [-1.0 / 30, -2.0 / 30, -3.0 / 20]
        let mean = left.reduce(0, +) / 3
        let variance = 2.0 / 3 * left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        #expect(abs(estimate.value + 3.0 / 40) < 1e-15)
        #expect(abs(estimate.standardDeviation - (3 * variance).squareRoot()) < 1e-12)
        // Of three the arms are Student's at least, and two and a half times that at most.
        let arm = 4.302652729911275 * variance.squareRoot()
        #expect(abs(estimate.high - estimate.value - arm) < 1e-9)
        #expect(estimate.value - estimate.low > arm && estimate.value - estimate.low <= 2.5 * arm + 1e-9)
    }

    @Test("what both owe to the same day cancels")
    func pairing() throws {
        var dice = Dice(seed: 4)
        var paired = PairedRatios()
        var plain = RatioTally()
        for _ in 0..<50 {
            let day = dice.uniform(0.5, 0.9)
            paired.add((day * 100, over: 100), ((day - 0.02) * 100, over: 100))
            plain.add(day * 100, over: 100)
        }
        let estimate = try #require(paired.estimate(confidence: 0.95))
        #expect(abs(estimate.value + 0.02) < 1e-12 && estimate.halfWidth < 1e-9)
        #expect(try #require(plain.estimate(confidence: 0.95)).halfWidth > 0.02)
    }

    @Test("nothing is told of one replication, or where nothing may be counted")
    func undefined() {
        var paired = PairedRatios()
        paired.add((1, over: 2), (1, over: 2))
        #expect(paired.estimate(confidence: 0.95) == nil)
        paired.add((0, over: 0), (1, over: 2))
        #expect(paired.estimate(confidence: 0.95) == nil)
    }
}
