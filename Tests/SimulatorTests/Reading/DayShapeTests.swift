import Testing

@testable import Center
@testable import ScenarioReading
@testable import Simulator

@Suite("How a day's contacts are spread over it")
struct DayShapeTests {
    /// The clock times, in half-hours from `from` on, of those that are busier than both neighbours.
    private static func peaks(from: Double, to: Double) -> [Double] {
        let times = Array(stride(from: from * 3600 + 900, to: to * 3600, by: 1800))
        let weights = times.map { DayShape.healthcare.weight(at: $0, from: from * 3600, to: to * 3600) }
        var peaks: [Double] = []
        for i in 1..<(times.count - 1) where weights[i] > weights[i - 1] && weights[i] >= weights[i + 1] {
            peaks.append(times[i] / 3600)
        }
        return peaks
    }

    @Test("the peaks of a healthcare day are times of day, also on lines that are open at night")
    func peaks() {
        #expect(Self.peaks(from: 8, to: 17) == [9.25, 12.25, 15.25])
        #expect(Self.peaks(from: 0, to: 24) == [9.25, 12.25, 15.25])
        // An early line has its own mornings.
        #expect(Self.peaks(from: 7, to: 19) == [8.25, 12.25, 17.25])
        #expect(Self.peaks(from: 17, to: 32).allSatisfy { (6...10).contains($0 - 24) })
        let night = DayShape.healthcare.weight(at: 3 * 3600, from: 0, to: 86400)
        let day = DayShape.healthcare.weight(at: 11 * 3600, from: 0, to: 86400)
        #expect(night < 0.25 * day)
        #expect(DayShape.healthcare.weight(at: 27 * 3600, from: 17 * 3600, to: 32 * 3600) < 0.25 * day)
    }
}
