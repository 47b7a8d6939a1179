import Probability
import Queueing
import Tabular

/// One person's shift as it comes about: late, strayed from the plan, and with what falls into it.
///
/// From the plan outwards: the times at which a state ends stray (adherence), the person comes late and goes early, and of
/// the time on duty that is left a share is lost in pieces of about half an hour. The pieces are equally far apart on the
/// clock of the time on duty, from a drawn place on and round its end: every moment is as likely to be lost as any other.
package struct DrawnDay {
    /// Nil for who does not come at all.
    package private(set) var shift: TimeSpan?
    /// Sorted, disjoint and apart, inside the shift.
    package private(set) var pauses: [Pause] = []

    /// The draws of one person and shift: uniforms by purpose and place.
    package typealias Draw = (RandomAddress.Purpose, Int) -> Double

    package init(_ planned: TimeSpan, _ pauses: [Pause], _ keeping: Timekeeping, inShift: Double, draw: Draw) {
        var times = Self.times(planned, pauses)
        if keeping.adherence < 1 {
            for (i, most) in Self.strays(times, adherence: keeping.adherence).enumerated() where most > 0 {
                let u = draw(.adherence, i)
                // Nobody comes before the shift or stays after it to make up for a break.
                times[i] += i == 0 ? u * most : i == times.count - 1 ? -u * most : (2 * u - 1) * most
            }
        }
        let last = times.count - 1
        if let late = keeping.late, draw(.late, 0) < late.share { times[0] += late.by.quantile(draw(.late, 1)) }
        if let early = keeping.leavesEarly, draw(.leavesEarly, 0) < early.share {
            times[last] -= early.by.quantile(draw(.leavesEarly, 1))
        }
        let shift = TimeSpan(times[0], times[last])
        guard shift.end > shift.start else { return }
        self.shift = shift
        for (i, pause) in pauses.enumerated() {
            let timeSpan = TimeSpan(max(shift.start, times[2 * i + 1]), min(shift.end, times[2 * i + 2]))
            if timeSpan.end > timeSpan.start { self.pauses.append(Pause(timeSpan, isPaid: pause.isPaid)) }
        }
        guard inShift > 0 else { return }
        self.pauses = Self.joined(self.pauses + lost(inShift, from: draw(.inShift, 0)))
    }

    /// When a state begins or ends: the shift's start, each pause's, the shift's end.
    private static func times(_ shift: TimeSpan, _ pauses: [Pause]) -> [Double] {
        [shift.start] + pauses.flatMap { [$0.timeSpan.start, $0.timeSpan.end] } + [shift.end]
    }

    /// By how much each of these times strays at most, evenly distributed, so that the planned state holds for the share
    /// of the shift: all by the same, but never beyond the middle between two of them.
    static func strays(_ times: [Double], adherence: Double) -> [Double] {
        let gaps = zip(times, times.dropFirst()).map { ($1 - $0) / 2 }
        let room = times.indices.map { i in
            min(i > 0 ? gaps[i - 1] : .infinity, i < gaps.count ? gaps[i] : .infinity)
        }
        // A time that strays evenly by at most m is wrong for m ÷ 2 on average.
        let wanted = 2 * (1 - adherence) * ((times.last ?? 0) - (times.first ?? 0))
        var left = wanted
        var most = Double.infinity
        for (i, narrow) in room.sorted().enumerated() {
            let equal = left / Double(room.count - i)
            if equal <= narrow {
                most = equal
                break
            }
            left -= narrow
        }
        return room.map { min($0, most) }
    }

    /// The least adherence that straying times can bring about.
    package static func leastAdherence(_ shift: TimeSpan, _ pauses: [Pause]) -> Double {
        1 - strays(times(shift, pauses), adherence: 0).reduce(0, +) / 2 / shift.length
    }

    private func lost(_ share: Double, from u: Double) -> [Pause] {
        guard let shift else { return [] }
        let duty = PersonalDay.without(shift, pauses.map(\.timeSpan))
        let length = duty.reduce(0) { $0 + $1.length }
        let lost = share * length
        guard lost > 0 else { return [] }
        let count = max(1, Int((lost / Self.lossLength).rounded()))
        let one = lost / Double(count)
        var result: [Pause] = []
        func add(_ from: Double, _ to: Double) {
            var before = 0.0
            for timeSpan in duty {
                let start = timeSpan.start + max(0, from - before)
                let end = timeSpan.start + min(timeSpan.length, to - before)
                if end > start { result.append(Pause(TimeSpan(start, end), isPaid: true)) }
                before += timeSpan.length
            }
        }
        for i in 0..<count {
            let place = (u + Double(i) / Double(count)).truncatingRemainder(dividingBy: 1) * length
            add(place, min(length, place + one))
            if place + one > length { add(0, place + one - length) }
        }
        return result
    }

    /// How long about a piece of lost time is, seconds.
    private static let lossLength = 1800.0

    /// Those that touch become one: who comes from a break and goes into a meeting takes no contact between.
    private static func joined(_ pauses: [Pause]) -> [Pause] {
        var result: [Pause] = []
        for pause in pauses.sorted(by: { $0.timeSpan.start < $1.timeSpan.start }) {
            if let last = result.last, pause.timeSpan.start <= last.timeSpan.end {
                result[result.count - 1].timeSpan.end = max(last.timeSpan.end, pause.timeSpan.end)
            } else {
                result.append(pause)
            }
        }
        return result
    }

    // MARK: Means

    /// Seconds of a shift that straying at its ends costs on average: to first order, as if nobody did two of these.
    static func meanLoss(_ shift: TimeSpan, _ pauses: [Pause], _ keeping: Timekeeping) -> Double {
        var loss = 0.0
        if keeping.adherence < 1 {
            let strays = strays(times(shift, pauses), adherence: keeping.adherence)
            loss += ((strays.first ?? 0) + (strays.last ?? 0)) / 2
        }
        for stray in [keeping.late, keeping.leavesEarly] {
            if let stray { loss += stray.share * stray.by.meanUpTo(shift.length) }
        }
        return min(loss, shift.length)
    }
}
