import Simulator

/// Periods in a row in which one contact type lacks people.
public struct Shortage: Sendable, Hashable {
    /// Index into the scenario's contact types.
    public var contactType: Int
    /// Indices of the horizon's periods, which follow each other on one day.
    public var periods: ClosedRange<Int>
    /// People on the phones who are missing at its worst time, ≥ 1.
    public var short: Int
    /// The same at its best time, ≥ 1.
    public var least: Int
    /// Callers who are not answered in time, or hang up, beyond what is promised.
    public var lost: Double

    /// Every time span in which people are missing, by contact type and time.
    public static func all(_ requirements: Requirements) -> [Shortage] {
        let days = requirements.scenario.horizon.periods.map(\.day)
        let staffing = requirements.staffing
        guard staffing.isAnybodyPlanned else { return [] }
        var byType = [[Shortage]](repeating: [], count: requirements.scenario.contactTypes.count)
        for (row, found) in zip(requirements.rows, staffing.rows) where found.short > 0 {
            let (t, p) = (row.contactType, row.period)
            if let last = byType[t].last, last.periods.upperBound + 1 == p,
                days[last.periods.upperBound] == days[p]
            {
                let place = byType[t].count - 1
                byType[t][place].periods = last.periods.lowerBound...p
                byType[t][place].short = max(last.short, found.short)
                byType[t][place].least = min(last.least, found.short)
                byType[t][place].lost += found.lost
            } else {
                byType[t].append(
                    Shortage(contactType: t, periods: p...p, short: found.short, least: found.short, lost: found.lost))
            }
        }
        return byType.flatMap { $0 }
    }
}

extension [Shortage] {
    /// The one in which callers lose most; among equals the one with most people missing, then the longest, then the first.
    public var worst: Shortage? {
        self.max { a, b in
            (a.lost, a.short, a.periods.count, -a.periods.lowerBound)
                < (b.lost, b.short, b.periods.count, -b.periods.lowerBound)
        }
    }
}
