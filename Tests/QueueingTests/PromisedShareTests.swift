import Testing

@testable import Queueing

@Suite("A promise met exactly is kept")
struct PromisedShareTests {
    @Test("every whole percentage and permille: what is exactly reached counts, one contact fewer does not")
    func exact() {
        for permille in 1...1000 {
            // As a reader of percentages has it, and as a decimal.
            for share in [Double(permille) / 10 / 100, Double(permille) / 1000] {
                let promised = PromisedShare(share)
                for base in [1, 20, 25, 40, 125, 200, 1000, 7000] {
                    let least = (permille * base + 999) / 1000
                    let most = permille * base / 1000
                    #expect(promised.isReached(by: least, of: base), "\(share) of \(base)")
                    #expect(!promised.isReached(by: least - 1, of: base), "\(share) of \(base)")
                    #expect(promised.isNotExceeded(by: most, of: base), "\(share) of \(base)")
                    #expect(!promised.isNotExceeded(by: most + 1, of: base), "\(share) of \(base)")
                    #expect(promised.isReached(by: Double(least), of: Double(base)))
                    #expect(!promised.isReached(by: Double(least - 1), of: Double(base)))
                }
            }
        }
    }

    @Test("14 of 25 keep 56 %, in a day's target too")
    func fourteenOfTwentyFive() {
        #expect(0.56 * 25 > 14)
        let target = DayTarget(share: 0.56, within: 20, maximumAbandonment: 0.44)
        #expect(target.isMet(by: DayCounts(offered: 25, answered: 14, answeredInTime: 14, abandoned: 11)))
        #expect(!target.isMet(by: DayCounts(offered: 25, answered: 14, answeredInTime: 13, abandoned: 11)))
        #expect(!target.isMet(by: DayCounts(offered: 25, answered: 14, answeredInTime: 14, abandoned: 12)))
    }

    @Test("sums of weights are compared but for their rounding; shares that nobody writes, too")
    func weights() {
        #expect(PromisedShare(0.8).isReached(by: 0.1 + 0.7, of: 1.0))
        #expect(!PromisedShare(0.8).isReached(by: 0.799_999, of: 1.0))
        #expect(PromisedShare(2.0 / 3).isReached(by: 2, of: 3) && !PromisedShare(2.0 / 3).isReached(by: 66, of: 100))
        #expect(
            PromisedShare(2.0 / 3).isNotExceeded(by: 2, of: 3) && !PromisedShare(2.0 / 3).isNotExceeded(by: 67, of: 100)
        )
        #expect(PromisedShare(.nan).share == 0 && PromisedShare(7).share == 1 && PromisedShare(-1).share == 0)
        #expect(PromisedShare(0.5).isReached(by: Int.max / 2 + 1, of: Int.max))
        #expect(
            PromisedShare(0.3).isNotExceeded(by: 0.1 + 0.2, of: 1.0)
                && !PromisedShare(0.3).isNotExceeded(by: 0.31, of: 1.0))
    }
}
