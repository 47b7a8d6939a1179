/// One person's shift: when lunch and breaks fall, so that colleagues are not away together.
///
/// Lunches are spread evenly over their window, first person first. Breaks before lunch divide the time up to it,
/// breaks after lunch the time left; without lunch they divide the shift, staggered from person to person.
/// Times are rounded to 5 minutes, as rosters are. Where the plan says when somebody is away, nothing is placed.
struct PersonalDay {
    /// Sorted, disjoint, inside the shift.
    let pauses: [Pause]
    let onDuty: [Span]
    let paid: [Span]

    init(_ block: ShiftBlock, person: Int) {
        let pauses = block.pauses ?? Self.placed(block, person: person)
        self.pauses = pauses
        onDuty = Self.without(block.span, pauses.map(\.span))
        paid = Self.without(block.span, pauses.filter { !$0.isPaid }.map(\.span))
    }

    private static func placed(_ block: ShiftBlock, person: Int) -> [Pause] {
        let shift = block.span
        // From 0 for the first person to 1 for the last; ½ for one alone.
        let place = block.people > 1 ? Double(person) / Double(block.people - 1) : 0.5
        var pauses: [Pause] = []
        let breaks = block.breaks
        if let lunch = block.lunch {
            let room = max(0, lunch.window.length - lunch.length)
            let start = rounded(lunch.window.start + place * room, from: shift.start)
            let span = Span(start, start + lunch.length)
            pauses.append(Pause(span, isPaid: false))
            let before = (breaks.count + 1) / 2
            pauses += divide(Span(shift.start, span.start), Array(breaks[..<before]), from: shift.start)
            pauses += divide(Span(span.end, shift.end), Array(breaks[before...]), from: shift.start)
        } else {
            let gap = shift.length / Double(breaks.count + 1)
            let stagger = (place - 0.5) * min(gap, 3600)
            for (i, length) in breaks.enumerated() {
                let middle = shift.start + gap * Double(i + 1) + stagger
                let start = rounded(middle - length / 2, from: shift.start)
                pauses.append(Pause(Span(start, start + length), isPaid: true))
            }
        }
        pauses.sort { $0.span.start < $1.span.start }
        return pauses
    }

    private static func rounded(_ time: Double, from start: Double) -> Double {
        start + ((time - start) / 300).rounded(.toNearestOrAwayFromZero) * 300
    }

    private static func divide(_ span: Span, _ lengths: [Double], from start: Double) -> [Pause] {
        let gap = span.length / Double(lengths.count + 1)
        return lengths.enumerated().map { i, length in
            let begin = rounded(span.start + gap * Double(i + 1) - length / 2, from: start)
            return Pause(Span(begin, begin + length), isPaid: true)
        }
    }

    static func without(_ shift: Span, _ away: [Span]) -> [Span] {
        var rest: [Span] = []
        var start = shift.start
        for span in away {
            if span.start > start { rest.append(Span(start, min(span.start, shift.end))) }
            start = max(start, span.end)
        }
        if shift.end > start { rest.append(Span(start, shift.end)) }
        return rest
    }
}

/// Divides a span of time over the reporting periods, or other stretches, that it touches.
package struct PeriodSpread: Sendable {
    private let starts: [Double]
    private let ends: [Double]

    package init(_ horizon: Horizon) {
        starts = horizon.periods.map(\.start)
        ends = horizon.periods.map(\.end)
    }

    /// `spans` are sorted and disjoint.
    package init(_ spans: [Span]) {
        starts = spans.map(\.start)
        ends = spans.map(\.end)
    }

    /// Adds `weight` × seconds within each period to `cells[period * stride + offset]`.
    package func add(_ span: Span, _ weight: Double, stride: Int, offset: Int, to cells: inout [Double]) {
        forEach(in: span) { period, seconds in cells[period * stride + offset] += weight * seconds }
    }

    /// Calls `body` with each period that `span` touches and the seconds of it that lie within.
    package func forEach(in span: Span, _ body: (_ period: Int, _ seconds: Double) -> Void) {
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
