import Center
import Tabular

extension Blueprint {
    /// What is known before the first contact: periods, closings, shifts, staffing changes.
    struct Appointment: Sendable {
        var time: Double
        var kind: Event.Kind
        /// An agent, a group (staffing changes) or a type (closings).
        var subject: Int
        /// Seconds of a pause; agents of a staffing change; unused otherwise.
        var amount: Double
        /// The day, for staffing changes.
        var day: Int
        var isStaffing: Bool
    }

    /// A stable sort: what was listed first stays first among simultaneous appointments of one kind.
    static func ordered(_ appointments: [Appointment]) -> [Appointment] {
        appointments.enumerated().sorted {
            ($0.element.time, $0.element.kind.rawValue, $0.offset) < (
                $1.element.time, $1.element.kind.rawValue, $1.offset
            )
        }.map(\.element)
    }

    /// A shift's beginning, end and pauses.
    ///
    /// A night shift may have begun before the horizon: what lies before is over, and who is on a break at the beginning
    /// comes when it ends.
    static func appointments(agent: Int, day: Int, shift: TimeSpan, pauses: [Pause]) -> [Appointment] {
        // Pauses at the beginning that follow each other are one.
        var begin = max(0, shift.start)
        for pause in pauses where pause.timeSpan.start <= begin && pause.timeSpan.end > begin {
            begin = pause.timeSpan.end
        }
        func appointment(_ kind: Event.Kind, _ time: Double, _ amount: Double = 0) -> Appointment {
            Appointment(time: time, kind: kind, subject: agent, amount: amount, day: day, isStaffing: false)
        }
        return [appointment(.beginDuty, begin), appointment(.leave, shift.end)]
            + pauses.filter { $0.timeSpan.start > begin }.map {
                appointment(.pause, $0.timeSpan.start, $0.timeSpan.length)
            }
    }

    /// A staffing curve as changes: at each piece's start and end, and at each midnight, for fractions of an agent
    /// are rounded anew each day.
    static func staffingChanges(_ portions: [StaffingTimeSpan], group: Int, horizon: Horizon) -> [Appointment] {
        var changes: [Double: Double] = [:]
        for portion in portions {
            changes[portion.timeSpan.start] = portion.agents
            for day in horizon.days where day.start > portion.timeSpan.start && day.start < portion.timeSpan.end {
                changes[day.start] = portion.agents
            }
        }
        for portion in portions where changes[portion.timeSpan.end] == nil { changes[portion.timeSpan.end] = 0 }
        return changes.keys.sorted().map { time in
            Appointment(
                time: time, kind: .beginDuty, subject: group, amount: changes[time] ?? 0,
                day: day(of: time, in: horizon),
                isStaffing: true)
        }
    }

    /// The beginnings of periods, closings where nobody is served after them, and the hours in which we call.
    static func appointments(_ scenario: Scenario, _ types: [TypePlan]) -> [Appointment] {
        func appointment(_ kind: Event.Kind, _ time: Double, _ subject: Int) -> Appointment {
            Appointment(time: time, kind: kind, subject: subject, amount: 0, day: 0, isStaffing: false)
        }
        var appointments = scenario.horizon.periods.enumerated().map { p, period in
            appointment(.period, period.start, p)
        }
        if scenario.rules.waitingAtClose == .turnAway {
            for (t, type) in types.enumerated() {
                appointments += type.waitingHours.map { appointment(.close, $0.end, t) }
            }
        }
        for (t, type) in types.enumerated() {
            appointments += (type.given.callable ?? []).flatMap { timeSpan in
                (timeSpan.start > 0 ? [appointment(.open, timeSpan.start, t)] : []) + [
                    appointment(.close, timeSpan.end, t)
                ]
            }
        }
        return appointments
    }

    static func day(of time: Double, in horizon: Horizon) -> Int {
        var low = 0
        var high = horizon.days.count
        while low < high {
            let middle = (low + high) / 2
            if horizon.days[middle].start <= time { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
