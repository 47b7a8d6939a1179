import Testing

@testable import Probability
@testable import Queueing

@Suite struct SettlingTests {
    /// Uniform noise from the addressed generator.
    private func noise(_ count: Int, seed: UInt64) -> [Double] {
        let address = RandomAddress(seed: seed, replication: 0)
        return (0..<count).map { address.uniform(subject: 0, .arrival, index: UInt64($0)) }
    }

    @Test("MSER-5 leaves out a beginning that lies apart, rounded to five observations")
    func beginning() {
        let late = [100.0, 90, 80, 70, 60, 50, 40] + noise(93, seed: 1)
        #expect(Mser5.truncation(late) == 10)
    }

    @Test("MSER-5 by hand: means 9, 1, 2, 1, 2, 1, 2, 1 of five equal values each")
    func byHand() {
        let means = [9.0, 1, 2, 1, 2, 1, 2, 1]
        // Without the first: seven values around 10/7 with squares 12/7, over 7² is 0.035; with it 52.9 over 8² is 0.8;
        // without two: 1.5 over 6² is 0.042.
        #expect(Mser5.truncation(means.flatMap { [Double](repeating: $0, count: 5) }) == 5)
    }

    @Test("MSER-5 fails where the run never settles, and leaves nothing out where nothing moves")
    func edges() {
        #expect(Mser5.truncation((0..<100).map { Double($0 * $0) }) == nil)
        #expect(Mser5.truncation([Double](repeating: 3, count: 100)) == 0)
        #expect(Mser5.truncation([]) == 0)
        #expect(Mser5.truncation([1, 2, 3]) == 0)
    }

    @Test(
        "of 2,000 settled runs, independent from day to day or not, at most 2 % have not settled, and few lose a beginning"
    )
    func falseAlarms() {
        for (length, memory) in [(60, 0.0), (120, 0.0), (200, 0.0), (200, 0.3)] {
            var unsettled = 0
            var leftOut = 0
            for seed in 0..<2000 {
                let steps = noise(length + 20, seed: UInt64(seed))
                var value = 0.5
                let series = steps.map { step -> Double in
                    value = memory * value + (1 - memory) * step
                    return value
                }.dropFirst(20)
                switch Settling.truncation(Array(series)) {
                case nil: unsettled += 1
                case let first?: leftOut += first > 0 ? 1 : 0
                }
            }
            #expect(unsettled <= 40, "\(unsettled) of 2000, \(length) days, \(memory)")
            #expect(leftOut <= 100, "a beginning left out in \(leftOut) of 2000, \(length) days, \(memory)")
        }
    }

    @Test("what begins apart is left out, and what never settles is told, whatever the noise")
    func confirmed() {
        for seed in 0..<50 {
            let noise = noise(120, seed: UInt64(seed))
            let filling = noise.enumerated().map { $1 + 3 * (1 - min(1, Double($0) / 8)) }
            #expect(Settling.truncation(filling) ?? 0 >= 5)
            #expect(Settling.truncation(noise.enumerated().map { $1 + 0.1 * Double($0) }) == nil)
            #expect(Settling.truncation(noise.enumerated().map { $1 + Double($0 * $0) }) == nil)
        }
        #expect(Settling.truncation([Double](repeating: 3, count: 100)) == 0)
        #expect(Settling.truncation([]) == 0 && Settling.truncation([1, 2, 3]) == 0)
    }

    @Test("the correlation of neighbours is the one computed by hand")
    func correlation() {
        // Around the mean 2: −1, 0, 1, 0; products 0 + 0 + 0, squares 2.
        #expect(VonNeumann.correlation([1, 2, 3, 2]) == 0)
        // −1.5, −0.5, 0.5, 1.5: products 0.75 − 0.25 + 0.75 over 5.
        #expect(abs(VonNeumann.correlation([1, 2, 3, 4]) - 0.25) < 1e-15)
        #expect(VonNeumann.correlation([2, 2, 2]) == 0 && VonNeumann.correlation([1, 2]) == 0)
    }

    @Test("independent values pass von Neumann's test about as often as its level says; a slow wave never does")
    func level() {
        var failures = 0
        for seed in 0..<1000 where !VonNeumann.mayBeIndependent(noise(20, seed: UInt64(seed)), level: 0.1) {
            failures += 1
        }
        #expect(failures > 70 && failures < 130, "\(failures) of 1000")
        #expect(!VonNeumann.mayBeIndependent((0..<20).map { Double($0 < 10 ? $0 : 20 - $0) }, level: 0.01))
        #expect(VonNeumann.mayBeIndependent([1, 2], level: 0.1))
        #expect(VonNeumann.mayBeIndependent([Double](repeating: 0.1, count: 30), level: 0.1))
    }
}
