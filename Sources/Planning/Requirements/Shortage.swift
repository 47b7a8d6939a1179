import Simulator

/// A stretch of periods in which one contact type lacks the same number of people.
public struct Shortage: Sendable, Hashable {
    public var contactType: Int
    /// Indices of the horizon's periods, which follow each other on one day.
    public var periods: ClosedRange<Int>
    /// People on the phones who are missing, ≥ 1.
    public var short: Int

    /// The `short` of one requirement where there is so much `present`; below 0 there are too many, nil where the need is
    /// not known or nobody is called for.
    public static func gap(_ row: Requirement, _ present: PeoplePresent) -> Int? {
        guard let need = row.need, row.binding != .closed else { return nil }
        return need - present.whole(period: row.period, contactType: row.contactType)
    }

    /// Every stretch in which `requirements` exceed the people `present`, by contact type and time.
    public static func all(_ requirements: Requirements, present: PeoplePresent) -> [Shortage] {
        let days = requirements.scenario.horizon.periods.map(\.day)
        var byType = [[Shortage]](repeating: [], count: requirements.scenario.contactTypes.count)
        for row in requirements.rows {
            guard let short = gap(row, present), short > 0 else { continue }
            let (t, p) = (row.contactType, row.period)
            if let last = byType[t].last, last.short == short, last.periods.upperBound + 1 == p,
                days[last.periods.upperBound] == days[p]
            {
                byType[t][byType[t].count - 1].periods = last.periods.lowerBound...p
            } else {
                byType[t].append(Shortage(contactType: t, periods: p...p, short: short))
            }
        }
        return byType.flatMap { $0 }
    }
}

extension [Shortage] {
    /// The one with most people missing; among equals the longest, then the first.
    public var worst: Shortage? {
        self.max { a, b in
            (a.short, a.periods.count, -a.periods.lowerBound) < (b.short, b.periods.count, -b.periods.lowerBound)
        }
    }
}
