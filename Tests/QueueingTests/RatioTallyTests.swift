import Testing

@testable import Probability
@testable import Queueing

@Suite struct RatioTallyTests {
    /// Three pairs: 9 / 10 in all; x − 0.9 y is −0.8, −0.6, 1.4.
    static let pairs = [(1.0, 2.0), (3.0, 4.0), (5.0, 4.0)]

    private func tally(_ pairs: [(Double, Double)] = pairs) -> RatioTally {
        var tally = RatioTally()
        for (x, y) in pairs { tally.add(x, over: y) }
        return tally
    }

    @Test("the interval of three pairs is the one computed by hand: the delta method, skewness taken off")
    func byHand() throws {
        let seen = try #require(tally().estimate(confidence: 0.95))
        // Squares 2.96, cubes −0.512 − 0.216 + 2.744 = 2.016; the variance of the mean is 2.96 / 2 / 3 / (10/3)².
        let error = (2.96 / 6).squareRoot() / (10.0 / 3)
        let root = (2.96 / 3).squareRoot()
        let skewness = 2.016 / 3 / (root * root * root) * 6.0.squareRoot()
        let a = skewness * (1 + 8.0 / 3) / 3.0.squareRoot()
        let student = Student.quantile(confidence: 0.95, degreesOfFreedom: 2)
        func hall(_ t: Double) -> Double { 3 / a * (PortableMath.cubeRoot(1 + a * (t - a / 6)) - 1) }
        #expect(abs(seen.value - 0.9) < 1e-15)
        // Of so few neither arm is shorter than Student's, and none two and a half times as long.
        let (left, right) = (max(student, hall(student)), max(student, min(-hall(-student), 2.5 * student)))
        #expect(abs(seen.low - (0.9 - error * left)) < 1e-13)
        #expect(abs(seen.high - (0.9 + error * right)) < 1e-12)
        #expect(abs(seen.standardDeviation - error * 3.0.squareRoot()) < 1e-14)
        #expect(seen.reach == max(seen.high - seen.value, seen.value - seen.low))
    }

    @Test("values that are symmetric about their mean have Student's interval")
    func symmetric() throws {
        let seen = try #require(tally([(0.8, 1), (0.82, 1), (0.84, 1)]).estimate(confidence: 0.95))
        let half = Student.quantile(confidence: 0.95, degreesOfFreedom: 2) * 0.02 / 3.0.squareRoot()
        #expect(abs(seen.low - (0.82 - half)) < 1e-12 && abs(seen.high - (0.82 + half)) < 1e-12)
    }

    @Test("moments do not suffer where values are large and lie close together")
    func far() throws {
        let near = [(3.0, 1.0), (1.0, 1.0), (2.0, 1.0), (7.0, 1.0)]
        let here = try #require(tally(near).estimate(confidence: 0.9))
        let there = try #require(tally(near.map { ($0.0 + 1e9, $0.1) }).estimate(confidence: 0.9))
        #expect(abs(there.low - 1e9 - here.low) < 1e-5 && abs(there.high - 1e9 - here.high) < 1e-5)
    }

    @Test("sums over two replications each count as one observation of two")
    func observations() throws {
        var pairs = RatioTally()
        pairs.add(3, over: 5, replications: 2)
        pairs.add(6, over: 7, replications: 2)
        pairs.add(2, over: 4, replications: 1)
        #expect(pairs.count == 3 && pairs.replications == 5 && pairs.xMean == 11.0 / 5)
        #expect(pairs.value == 11.0 / 16)
    }

    @Test("0/0 is undefined; one pair has no bounds")
    func edges() throws {
        #expect(RatioTally().estimate(confidence: 0.95) == nil)
        #expect(tally([(0, 0), (0, 0)]).estimate(confidence: 0.95) == nil)
        let one = try #require(tally([(1, 2)]).estimate(confidence: 0.95))
        #expect(one.value == 0.5 && one.low == -.infinity && one.high == .infinity)
        // All alike: of a mean no width, of a share never.
        let alike = tally([(4, 4), (5, 5), (3, 3)])
        #expect(try #require(alike.estimate(confidence: 0.95)).halfWidth == 0)
        let share = try #require(alike.estimate(confidence: 0.95, kind: .share(together: 4)))
        #expect(share.high == 1 && share.value == 1)
        // Twelve contacts of which four share one fate are three: z² / (3 + z²) may have been missed.
        let z = PortableMath.normalQuantile(0.975)
        #expect(abs(share.low - 3 / (3 + z * z)) < 1e-12)
    }
}
