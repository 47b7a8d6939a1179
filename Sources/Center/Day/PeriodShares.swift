import Tabular

/// Divides time spans over the reporting periods, or other time spans, that they touch.
package struct PeriodShares: Sendable {
    private let starts: [Double]
    private let ends: [Double]

    package init(_ horizon: Horizon) {
        starts = horizon.periods.map(\.start)
        ends = horizon.periods.map(\.end)
    }

    /// `timeSpans` are sorted and disjoint.
    package init(_ timeSpans: [TimeSpan]) {
        starts = timeSpans.map(\.start)
        ends = timeSpans.map(\.end)
    }

    /// Adds `weight` × seconds within each period to `cells[period * stride + offset]`.
    package func add(_ timeSpan: TimeSpan, _ weight: Double, stride: Int, offset: Int, to cells: inout [Double]) {
        forEach(in: timeSpan) { period, seconds in cells[period * stride + offset] += weight * seconds }
    }

    /// Calls `body` with each period that `timeSpan` touches and the seconds of it that lie within.
    package func forEach(in timeSpan: TimeSpan, _ body: (_ period: Int, _ seconds: Double) -> Void) {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] <= timeSpan.start { low = middle + 1 } else { high = middle }
        }
        while low < starts.count, starts[low] < timeSpan.end {
            let overlap = min(timeSpan.end, ends[low]) - max(timeSpan.start, starts[low])
            if overlap > 0 { body(low, overlap) }
            low += 1
        }
    }
}
