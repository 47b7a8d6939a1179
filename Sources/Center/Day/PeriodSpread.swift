import Tabular

/// Divides time spans over the reporting periods, or other time spans, that they touch.
package struct PeriodSpread: Sendable {
    private let starts: [Double]
    private let ends: [Double]

    package init(_ horizon: Horizon) {
        starts = horizon.periods.map(\.start)
        ends = horizon.periods.map(\.end)
    }

    /// `spans` are sorted and disjoint.
    package init(_ spans: [TimeSpan]) {
        starts = spans.map(\.start)
        ends = spans.map(\.end)
    }

    /// Adds `weight` × seconds within each period to `cells[period * stride + offset]`.
    package func add(_ span: TimeSpan, _ weight: Double, stride: Int, offset: Int, to cells: inout [Double]) {
        forEach(in: span) { period, seconds in cells[period * stride + offset] += weight * seconds }
    }

    /// Calls `body` with each period that `span` touches and the seconds of it that lie within.
    package func forEach(in span: TimeSpan, _ body: (_ period: Int, _ seconds: Double) -> Void) {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] <= span.start { low = middle + 1 } else { high = middle }
        }
        while low < starts.count, starts[low] < span.end {
            let overlap = min(span.end, ends[low]) - max(span.start, starts[low])
            if overlap > 0 { body(low, overlap) }
            low += 1
        }
    }
}
