import Queueing

@testable import Simulator

/// What the naive day adds up to, cell by cell, from its lists of who waited and who was there.
extension NaiveDay {
    /// In the layout of `Observations`.
    func sums() -> (contacts: [Double], groups: [Double]) {
        let classes = plan.classes.count
        let width = Observations.Contact.count
        var contacts = [Double](repeating: 0, count: plan.periodStarts.count * classes * width)
        for entry in entries {
            let type = plan.types[entry.type]
            let acceptableWait = plan.classes[entry.contactClass].acceptableWait
            let cell = (period(at: entry.offeredAt) * classes + entry.contactClass) * width
            func add(_ column: Observations.Contact, _ amount: Double) { contacts[cell + column.rawValue] += amount }
            add(.offered, 1)
            if entry.attempt > 0 { add(.redials, 1) }
            switch entry.outcome {
            case .answered:
                add(.answered, 1)
                add(.waitAnswered, entry.wait)
                if entry.wait <= acceptableWait { add(.answeredInTime, 1) }
                add(.talk, entry.handling?.talk ?? 0)
                add(.hold, entry.handling?.hold ?? 0)
                add(.wrapUp, entry.handling?.wrapUp ?? 0)
            case .abandoned:
                // By the patience drawn: a difference of instants may be another last bit.
                let index = entry.number | UInt64(entry.attempt) << 40
                let u = address.uniform(subject: type.subject, .patience, index: index)
                let patience = type.given.patience?.quantile(u) ?? .infinity
                add(.abandoned, 1)
                add(.waitAbandoned, patience)
                if patience <= acceptableWait { add(.abandonedInTime, 1) }
                if patience <= type.given.shortAbandon { add(.shortAbandoned, 1) }
            case .turnedAway:
                add(.turnedAway, 1)
                // Whoever waited when it closed was not closed out.
                if entry.queued == nil, plan.rules.closed == .leftOut { add(.leftOut, 1) }
            case .blocked: add(.turnedAway, 1)
            case .calledBack, .unreached: break
            case .waiting: add(.backlog, 1)
            }
            forEachPeriod(entry.offeredAt, entry.time) { p, seconds in
                contacts[(p * classes + entry.contactClass) * width + Observations.Contact.queue.rawValue] += seconds
            }
        }
        var groups = [Double](
            repeating: 0, count: plan.periodStarts.count * plan.groups.count * Observations.Group.count)
        func add(_ column: Observations.Group, _ p: Int, _ a: Int, _ amount: Double) {
            groups[(p * plan.groups.count + plan.agents[a].group) * Observations.Group.count + column.rawValue] +=
                amount
        }
        for correction in corrections {
            let cell = period(at: correction.caller.offeredAt) * classes + correction.caller.contactClass
            contacts[cell * width + correction.column.rawValue] += correction.amount
        }
        for wait in waits {
            forEachPeriod(wait.from, wait.to) { p, seconds in
                contacts[(p * classes + wait.caller.contactClass) * width + Observations.Contact.queue.rawValue] +=
                    seconds
            }
        }
        for entry in entries {
            guard let handling = entry.handling else { continue }
            add(.answered, period(at: entry.time), handling.agent, 1)
        }
        for handling in handlings {
            forEachPeriod(handling.from, handling.to) { p, seconds in add(.busy, p, handling.agent, seconds) }
        }
        for overtime in overtimes {
            forEachPeriod(overtime.from, overtime.to) { p, seconds in add(.overtime, p, overtime.agent, seconds) }
        }
        for stay in stays {
            forEachPeriod(stay.from, stay.to) { p, seconds in add(.present, p, stay.agent, seconds) }
        }
        return (contacts, groups)
    }

    private func period(at time: Double) -> Int { plan.periodStarts.lastIndex { $0 <= time } ?? 0 }

    private func forEachPeriod(_ from: Double, _ to: Double, _ body: (Int, Double) -> Void) {
        for (p, start) in plan.periodStarts.enumerated() {
            let end = p + 1 < plan.periodStarts.count ? plan.periodStarts[p + 1] : plan.length
            let seconds = min(end, to) - max(start, from)
            if seconds > 0 { body(p, seconds) }
        }
    }
}
