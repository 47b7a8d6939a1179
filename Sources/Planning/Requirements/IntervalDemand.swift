import Center
import Queueing
import Simulator
import Tabular

/// What comes in one reporting period for one contact type.
package struct IntervalDemand: Sendable, Hashable {
    /// Contacts expected to arrive in the period, those who find it closed among them.
    package var contacts = 0.0
    /// Of these, the ones that come while it is open.
    package var taken = 0.0
    /// The taken ones, each counted as often as its handling time exceeds the type's usual one.
    package var weight = 0.0
    /// Seconds of the period in which contacts are taken.
    package var open = 0.0

    /// Mean talk + hold + after-contact work of the taken contacts, seconds, where the type's usual one is `usual`; nil
    /// without any.
    package func handlingTime(usual: Double) -> Double? { taken > 0 ? usual * (weight / taken) : nil }

    /// The demand of every period for `type`, in the order of the horizon's periods.
    static func all(of type: ContactType, in horizon: Horizon) -> [IntervalDemand] {
        var demand = [IntervalDemand](repeating: IntervalDemand(), count: horizon.periods.count)
        let cells = PeriodShares(horizon)
        for timeSpan in type.open {
            cells.forEach(in: timeSpan) { period, seconds in demand[period].open += seconds }
        }
        var next = 0
        for portion in type.arrivals where portion.contacts > 0 && portion.timeSpan.length > 0 {
            let rate = portion.contacts / portion.timeSpan.length
            cells.forEach(in: portion.timeSpan) { period, seconds in demand[period].contacts += rate * seconds }
            while next < type.open.count, type.open[next].end <= portion.timeSpan.start { next += 1 }
            for open in type.open[next...] {
                guard open.start < portion.timeSpan.end else { break }
                let both = TimeSpan(max(open.start, portion.timeSpan.start), min(open.end, portion.timeSpan.end))
                cells.forEach(in: both) { period, seconds in
                    demand[period].taken += rate * seconds
                    demand[period].weight += rate * seconds * portion.handlingFactor
                }
            }
        }
        return demand
    }
}
