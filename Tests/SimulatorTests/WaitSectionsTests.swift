import Testing

@testable import Experiments
@testable import Queueing
@testable import Simulator

@Suite struct WaitSectionsTests {
    private func counts(_ waits: [Double]) -> [UInt64] {
        var counts = [UInt64](repeating: 0, count: WaitHistogram.bucketCount)
        for wait in waits { counts[WaitHistogram.bucket(wait)] += 1 }
        return counts
    }

    @Test("what is counted within a wait is the inverse of the percentile")
    func inverse() throws {
        let seen = counts([0, 0, 1, 2, 3, 5, 8, 13, 21, 34])
        for share in [0.25, 0.5, 0.8, 0.95] {
            let wait = try #require(WaitHistogram.percentile(share, of: seen))
            #expect(abs(WaitHistogram.within(wait, of: seen).within - 10 * share) < 1e-9)
        }
        #expect(WaitHistogram.within(0, of: seen) == (2, 10))
        #expect(WaitHistogram.within(1e9, of: seen).within == 10)
    }

    @Test("sections double instead of growing in number, and lose nothing")
    func doubling() {
        var sections = WaitSections(rowCount: 1)
        for i in 0..<100 {
            counts([Double(i)]).withUnsafeBufferPointer { sections.add($0.baseAddress!) }
        }
        #expect(sections.sectionSize == 4 && sections.sectionCount == 25)
        #expect(sections.total([0]) == counts((0..<100).map(Double.init)))
    }

    @Test("two sections by hand: the interval of the share below the median, turned back into waits")
    func byHand() throws {
        var sections = WaitSections(rowCount: 2)
        let first = counts([1, 1, 1, 4, 4])
        let second = counts([1, 4, 4, 4, 4])
        for row in [first, second] {
            (row + row).withUnsafeBufferPointer { sections.add($0.baseAddress!) }
        }
        let seen = try #require(sections.estimate(0.5, rows: [0], confidence: 0.5))
        let whole = counts([1, 1, 1, 4, 4, 1, 4, 4, 4, 4])
        #expect(seen.value == WaitHistogram.percentile(0.5, of: whole))
        // Five tenths lie at or below the median, a sixth of the bucket of 4: the shares of the sections are
        // (3 + 2/6)/5 and (1 + 4/6)/5, their mean 0.5; a half-width of Student(0.5, 1) = 1 standard error of 1/6.
        let low = try #require(WaitHistogram.percentile(0.5 - 1.0 / 6, of: whole))
        let high = try #require(WaitHistogram.percentile(0.5 + 1.0 / 6, of: whole))
        #expect(abs(seen.low - low) < 1e-9 && abs(seen.high - high) < 1e-9)
        #expect(sections.estimate(0.5, rows: [0, 1], confidence: 0.5)?.value == seen.value)
    }

    @Test("nobody waited: undefined; one section: a value without bounds")
    func edges() throws {
        var sections = WaitSections(rowCount: 1)
        #expect(sections.estimate(0.5, rows: [0], confidence: 0.95) == nil)
        counts([7]).withUnsafeBufferPointer { sections.add($0.baseAddress!) }
        let seen = try #require(sections.estimate(0.5, rows: [0], confidence: 0.95))
        #expect(seen.high == .infinity && seen.low == -.infinity)
    }
}
