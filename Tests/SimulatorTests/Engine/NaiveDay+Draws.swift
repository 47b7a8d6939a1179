import Queueing

@testable import Center
@testable import Probability
@testable import Simulator

/// What chance decides before the day begins.
extension NaiveDay {
    /// Every first call of the day and when it comes, one draw at a time.
    func arrivals() -> [(time: Double, caller: Caller)] { plan.types.indices.flatMap { arrivals(type: $0) } }

    private func arrivals(type t: Int) -> [(time: Double, caller: Caller)] {
        var arrivals: [(Double, Caller)] = []
        let type = plan.types[t]
        let gamma = Gamma(mean: 1, spread: max(type.given.dayToDay, 0.01))
        let factors = (0..<plan.dayCount).map { day in
            type.given.dayToDay == 0
                ? 1 : gamma.quantile(address.uniform(subject: type.subject, .dayFactor, index: UInt64(day)))
        }
        var (goal, before, number) = (0.0, 0.0, UInt64(0))
        func gap() -> Double { -PortableMath.log(1 - address.uniform(subject: type.subject, .arrival, index: number)) }
        func caller(_ portion: ArrivalTimeSpan) -> Caller {
            let u = address.uniform(subject: type.subject, .language, index: number)
            let language = type.languageBounds.dropLast().filter { u >= $0 }.count
            return Caller(
                type: t, number: number, contactClass: type.firstClass + language, factor: portion.handlingFactor)
        }
        if type.given.volumes == .actual {
            // Only what happened at given instants, one contact each.
            for portion in type.given.arrivals {
                precondition(portion.timeSpan.length == 0 && portion.contacts == 1 && type.given.dayToDay == 0)
                arrivals.append((portion.timeSpan.start, caller(portion)))
                number += 1
            }
            return arrivals
        }
        goal = gap()
        for (portion, day) in zip(type.given.arrivals, type.portionDays) {
            let expected = portion.contacts * factors[day]
            while goal - before < expected {
                let time = portion.timeSpan.start + portion.timeSpan.length * ((goal - before) / expected)
                arrivals.append((time, caller(portion)))
                number += 1
                goal += gap()
            }
            before += expected
        }
        return arrivals
    }

    /// Whether an appointment is one of somebody who is away on the day.
    func concernsAbsent(_ appointment: Blueprint.Appointment) -> Bool {
        guard [.leave, .pause, .beginDuty].contains(appointment.kind), !appointment.isStaffing, plan.presence < 1 else {
            return false
        }
        let agent = plan.agents[appointment.subject]
        let u = address.uniform(subject: agent.group, .absence, index: UInt64(agent.day))
        let before = (Double(agent.number) * plan.presence + u).rounded(.down)
        return (Double(agent.number + 1) * plan.presence + u).rounded(.down) <= before
    }
}
