/// A vector of contact counts and sums (columns of `Observations.Contact`) for one scope and one replication, or its
/// mean over replications.
public struct Counts: Sendable, Hashable {
    /// Fixed-size storage without an allocation, for the many period cells.
    typealias Row = InlineArray<15, Double>

    var columns: [Double]

    init() { columns = [Double](repeating: 0, count: Observations.Contact.count) }

    init(_ row: Row) {
        columns = row.indices.map { row[$0] }
    }

    subscript(column: Observations.Contact) -> Double { columns[column.rawValue] }

    public var offered: Double { self[.offered] }
    public var redials: Double { self[.redials] }
    public var fresh: Double { offered - redials }
    public var answered: Double { self[.answered] }
    public var abandoned: Double { self[.abandoned] }
    public var shortAbandoned: Double { self[.shortAbandoned] }
    public var turnedAway: Double { self[.turnedAway] }
    public var answeredInTime: Double { self[.answeredInTime] }
    public var abandonedInTime: Double { self[.abandonedInTime] }
    /// Still waiting when the run ended.
    public var backlog: Double { self[.backlog] }
    /// Seconds, summed over the answered.
    public var waitOfAnswered: Double { self[.waitAnswered] }
    public var waitOfAbandoned: Double { self[.waitAbandoned] }
    public var talk: Double { self[.talk] }
    public var hold: Double { self[.hold] }
    public var wrapUp: Double { self[.wrapUp] }
    /// Contact seconds spent waiting.
    public var queueSeconds: Double { self[.queue] }
}
