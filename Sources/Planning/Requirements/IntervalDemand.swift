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
        let cells = PeriodSpread(horizon)
        for span in type.open {
            cells.forEach(in: span) { period, seconds in demand[period].open += seconds }
        }
        var next = 0
        for piece in type.arrivals where piece.contacts > 0 && piece.span.length > 0 {
            let rate = piece.contacts / piece.span.length
            cells.forEach(in: piece.span) { period, seconds in demand[period].contacts += rate * seconds }
            while next < type.open.count, type.open[next].end <= piece.span.start { next += 1 }
            for open in type.open[next...] {
                guard open.start < piece.span.end else { break }
                let both = TimeSpan(max(open.start, piece.span.start), min(open.end, piece.span.end))
                cells.forEach(in: both) { period, seconds in
                    demand[period].taken += rate * seconds
                    demand[period].weight += rate * seconds * piece.handlingFactor
                }
            }
        }
        return demand
    }
}
