import Tabular

/// One person's shift: when lunch and breaks fall.
///
/// Where the plan says when somebody is away, or sees all colleagues (`PausePlacement`), that is it. Else lunches are spread
/// evenly over their window, first person first; breaks before lunch divide the time up to it, breaks after lunch the time
/// left; without lunch they divide the shift, staggered from person to person. Times are rounded to 5 minutes, as rosters
/// are.
package struct PersonalDay {
    /// Sorted, disjoint, inside the shift.
    package let pauses: [Pause]
    package let onDuty: [TimeSpan]
    let paid: [TimeSpan]

    package init(_ block: ShiftBlock, person: Int) {
        let pauses =
            block.pauses ?? (block.placed.isEmpty ? Self.evenly(block, person: person) : block.placed[person])
        self.pauses = pauses
        onDuty = Self.without(block.timeSpan, pauses.map(\.timeSpan))
        paid = Self.without(block.timeSpan, pauses.filter { !$0.isPaid }.map(\.timeSpan))
    }

    private static func evenly(_ block: ShiftBlock, person: Int) -> [Pause] {
        var pauses: [Pause] = []
        if let lunch = block.lunch {
            let start = evenLunch(lunch, of: block, person: person)
            pauses.append(Pause(TimeSpan(start, start + lunch.length), isPaid: false))
        }
        for (length, place) in zip(block.breaks, evenBreaks(of: block, person: person, lunch: pauses.first?.timeSpan)) {
            pauses.append(Pause(TimeSpan(place.start, place.start + length), isPaid: true))
        }
        pauses.sort { $0.timeSpan.start < $1.timeSpan.start }
        return pauses
    }

    /// From 0 for the first person to 1 for the last; ½ for one alone.
    private static func place(_ person: Int, of block: ShiftBlock) -> Double {
        block.people > 1 ? Double(person) / Double(block.people - 1) : 0.5
    }

    /// When a lunch begins that is spread evenly over its window.
    static func evenLunch(_ lunch: Lunch, of block: ShiftBlock, person: Int) -> Double {
        let room = max(0, lunch.window.length - lunch.length)
        return rounded(lunch.window.start + place(person, of: block) * room, from: block.timeSpan.start)
    }

    /// When each break begins that divides the time of work, and how far the beginning may move: at most half an hour, and
    /// half of the way to what comes before and after it.
    static func evenBreaks(of block: ShiftBlock, person: Int, lunch: TimeSpan?) -> [(start: Double, room: TimeSpan)] {
        let shift = block.timeSpan
        let breaks = block.breaks
        guard let lunch else {
            let gap = shift.length / Double(breaks.count + 1)
            return divide(shift, breaks, stagger: (place(person, of: block) - 0.5) * min(gap, 3600), from: shift.start)
        }
        // Half of them before lunch, unless they have no room there.
        let (morning, afternoon) = (lunch.start - shift.start, shift.end - lunch.end)
        func lacks(_ length: Double, _ breaks: ArraySlice<Double>) -> Bool {
            !breaks.isEmpty && length / Double(breaks.count + 1) < (breaks.max() ?? 0) + grid
        }
        var before = (breaks.count + 1) / 2
        while before > 0, lacks(morning, breaks[..<before]), !lacks(afternoon, breaks[(before - 1)...]) { before -= 1 }
        while before < breaks.count, lacks(afternoon, breaks[before...]), !lacks(morning, breaks[...before]) {
            before += 1
        }
        // Where they are dense everywhere, as many as there is time for.
        while before > 0, breaks[..<before].reduce(0, +) > morning { before -= 1 }
        while before < breaks.count, breaks[before...].reduce(0, +) > afternoon,
            breaks[...before].reduce(0, +) <= morning
        {
            before += 1
        }
        return divide(TimeSpan(shift.start, lunch.start), Array(breaks[..<before]), from: shift.start)
            + divide(TimeSpan(lunch.end, shift.end), Array(breaks[before...]), from: shift.start)
    }

    private static func rounded(_ time: Double, from start: Double) -> Double {
        start + ((time - start) / grid).rounded(.toNearestOrAwayFromZero) * grid
    }

    private static func divide(
        _ timeSpan: TimeSpan, _ lengths: [Double], stagger: Double = 0, from start: Double
    ) -> [(start: Double, room: TimeSpan)] {
        let gap = timeSpan.length / Double(lengths.count + 1)
        let longest = lengths.max() ?? 0
        guard gap >= longest + grid else { return packed(timeSpan, lengths) }
        return lengths.enumerated().map { i, length in
            let even = timeSpan.start + gap * Double(i + 1) - length / 2
            // So far that rounding brings no two of them together.
            let steps = (min(1800, (gap - longest - grid) / 2) / grid).rounded(.down)
            let middle = rounded(even, from: start)
            let room = TimeSpan(middle - steps * grid, middle + steps * grid)
            return (min(max(rounded(even + stagger, from: start), room.start), room.end), room)
        }
    }

    /// Breaks for which there is hardly time, evenly far apart, with no room to move.
    private static func packed(_ timeSpan: TimeSpan, _ lengths: [Double]) -> [(start: Double, room: TimeSpan)] {
        let gap = max(0, timeSpan.length - lengths.reduce(0, +)) / Double(lengths.count + 1)
        var start = timeSpan.start
        return lengths.map { length in
            start += gap
            defer { start += length }
            return (start, TimeSpan(start, start))
        }
    }

    /// To which times are rounded, seconds.
    private static let grid = 300.0

    package static func without(_ shift: TimeSpan, _ away: [TimeSpan]) -> [TimeSpan] {
        var rest: [TimeSpan] = []
        var start = shift.start
        for timeSpan in away {
            if timeSpan.start > start { rest.append(TimeSpan(start, min(timeSpan.start, shift.end))) }
            start = max(start, timeSpan.end)
        }
        if shift.end > start { rest.append(TimeSpan(start, shift.end)) }
        return rest
    }
}
