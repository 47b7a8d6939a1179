import Testing

@testable import Queueing

@Suite struct RatioTallyTests {
    /// Three pairs: 9 / 10 in all; 1, 1 and 2/3 when one of them is left out.
    static let pairs = [(1.0, 2.0), (3.0, 4.0), (5.0, 4.0)]

    private func tally(keepingFew: Bool, _ pairs: [(Double, Double)] = pairs) -> RatioTally {
        var tally = RatioTally(keepingFew: keepingFew)
        for (x, y) in pairs { tally.add(x, over: y) }
        return tally
    }

    @Test("the jackknife's interval of three pairs is the one computed by hand")
    func jackknife() throws {
        let seen = try #require(tally(keepingFew: true).estimate(confidence: 0.95))
        // Mean of those left out 8/9, so the middle is 3 · 0.9 − 2 · 8/9; the variance (2/3) · (2/81 + 4/81) = 4/81.
        let student = Student.quantile(confidence: 0.95, degreesOfFreedom: 2)
        #expect(abs(seen.value - 0.9) < 1e-15)
        #expect(abs((seen.low + seen.high) / 2 - (2.7 - 16.0 / 9)) < 1e-14)
        #expect(abs(seen.halfWidth - student * 2 / 9) < 1e-14)
        #expect(abs(seen.standardDeviation - 2 / 9 * 3.0.squareRoot()) < 1e-14)
    }

    @Test("the delta method's interval of three pairs is the one computed by hand")
    func delta() throws {
        let seen = try #require(tally(keepingFew: false).estimate(confidence: 0.95))
        // x − 0.9 y is −0.8, −0.6, 1.4: squares 2.96; the variance of the mean is 2.96 / 2 / 3 / (10/3)².
        let student = Student.quantile(confidence: 0.95, degreesOfFreedom: 2)
        #expect(abs(seen.halfWidth - student * (2.96 / 6).squareRoot() / (10.0 / 3)) < 1e-14)
        #expect(abs((seen.low + seen.high) / 2 - 0.9) < 1e-15)
    }

    @Test("with one denominator for all, jackknife and delta method are Student's interval of a mean")
    func constantDenominator() throws {
        let pairs = [0.80, 0.82, 0.85, 0.81, 0.83].map { ($0, 1.0) }
        let few = try #require(tally(keepingFew: true, pairs).estimate(confidence: 0.95))
        let many = try #require(tally(keepingFew: false, pairs).estimate(confidence: 0.95))
        #expect(abs(few.low - many.low) < 1e-13 && abs(few.high - many.high) < 1e-13)
    }

    @Test("pairs are forgotten once the delta method is good enough, and the tally is then as any other")
    func enough() {
        let pairs = (0..<RatioTally.enoughForDelta).map { (Double($0 % 7), 5 + Double($0 % 3)) }
        #expect(tally(keepingFew: true, pairs) == tally(keepingFew: false, pairs))
        #expect(tally(keepingFew: true, Array(pairs.dropLast())) != tally(keepingFew: false, Array(pairs.dropLast())))
    }

    @Test("0/0 is undefined; one pair has no bounds; a single denominator above 0 leaves the delta method")
    func edges() throws {
        #expect(RatioTally(keepingFew: true).estimate(confidence: 0.95) == nil)
        #expect(tally(keepingFew: true, [(0, 0), (0, 0)]).estimate(confidence: 0.95) == nil)
        let one = try #require(tally(keepingFew: true, [(1, 2)]).estimate(confidence: 0.95))
        #expect(one.value == 0.5 && one.low == -.infinity && one.high == .infinity)
        let lone = [(0.0, 0.0), (3.0, 4.0)]
        #expect(
            tally(keepingFew: true, lone).estimate(confidence: 0.95)
                == tally(keepingFew: false, lone).estimate(confidence: 0.95))
    }
}
