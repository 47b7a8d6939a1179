import TestSupport
import Testing

@testable import Probability
@testable import Queueing

@Suite struct MeanIntervalTests {
    @Test("cube roots are those of cubes, the same bits for x and −x, over all magnitudes")
    func cubeRoots() {
        var dice = Dice(seed: 4)
        for _ in 0..<3000 {
            let x = dice.logUniform(1e-100, 1e100)
            let root = PortableMath.cubeRoot(x * x * x)
            #expect(abs(root - x) <= 4e-16 * x)
            #expect(PortableMath.cubeRoot(-(x * x * x)) == -root)
        }
        #expect(PortableMath.cubeRoot(0) == 0 && PortableMath.cubeRoot(27) == 3 && PortableMath.cubeRoot(-8) == -2)
        #expect(abs(PortableMath.cubeRoot(5e-324) - 1.7031839360032603e-108) < 1e-122)
        #expect(PortableMath.cubeRoot(.infinity) == .infinity && PortableMath.cubeRoot(.nan).isNaN)
    }

    @Test("Hall's transformation: its series near 0 and the formula meet, and it undoes its polynomial")
    func hall() {
        for t in [-2.5, -1.96, 0, 1.96, 2.5] {
            #expect(MeanInterval.straightened(t, 0) == t)
            let (below, above) = (MeanInterval.straightened(t, 0.9999e-5), MeanInterval.straightened(t, 1.0001e-5))
            #expect(abs(below - above) < 1e-7)
            for a in [0.01, 0.2, -0.3] {
                // g(T) = T + a T²/3 + a² T³/27 + a/6.
                let x = MeanInterval.straightened(t, a)
                #expect(abs(x + a * x * x / 3 + a * a * x * x * x / 27 + a / 6 - t) < 1e-9)
            }
        }
    }

    @Test("bad days on one side: the longer arm is on the side where they lie")
    func arms() throws {
        var tally = RatioTally()
        for i in 0..<40 { tally.add(i % 20 == 0 ? 60 : 98, over: 100) }
        let seen = try #require(tally.estimate(confidence: 0.95, kind: .share(together: 4)))
        #expect(seen.value - seen.low > 1.5 * (seen.high - seen.value))
        #expect(seen.reach == seen.value - seen.low)
    }

    @Test("a share never has an interval of no width, nor one that leaves 0 to 1, however few are on one side")
    func shares() throws {
        for misses in 0...12 {
            for runs in [2, 5, 20, 60] {
                var tally = RatioTally()
                for run in 0..<runs { tally.add(Double(50 - (run < misses ? 1 : 0)), over: 50) }
                let seen = try #require(tally.estimate(confidence: 0.95, kind: .share(together: 4)))
                #expect(seen.low >= 0 && seen.high <= 1 && seen.low <= seen.value && seen.value <= seen.high)
                #expect(seen.halfWidth > 0, "\(misses) of \(runs) runs of 50")
                #expect(seen.value < 1 || seen.low < 1 - 1 / Double(50 * runs))
            }
        }
    }

    @Test("equal shares of time between none and all are known; all busy, or nobody ever, is not")
    func sharesOfTime() throws {
        for (busy, isKnown) in [(0.0, false), (900, true), (1800, false)] as [(Double, Bool)] {
            for runs in [2, 3, 60] {
                var tally = RatioTally()
                for _ in 0..<runs { tally.add(busy, over: 1800) }
                let seen = try #require(tally.estimate(confidence: 0.95, kind: .shareOfTime(together: 1800)))
                #expect((seen.halfWidth == 0) == isKnown, "\(busy) in \(runs) runs: \(seen)")
                #expect(seen.low >= 0 && seen.high <= 1)
            }
        }
    }

    @Test("one observation that carries most of the spread is told")
    func restsOnOne() throws {
        var tally: [Double] = (0..<30).map { Double($0 % 2) }
        func rests(_ values: [Double]) throws -> Bool {
            var sample = RatioSample(replications: values.map { _ in 1 }, kind: .mean)
            let mean = values.reduce(0, +) / Double(values.count)
            sample.add(values, over: values.map { _ in 1 }, means: (mean, 1), fit: nil)
            return try #require(sample.estimate(confidence: 0.95)).restsOnOne
        }
        #expect(try !rests(tally))
        tally[7] = 100
        #expect(try rests(tally))
    }
}
