import Queueing
import Simulator

/// A vector of contact counts and sums (columns of `ReplicationSums.Contact`) for one scope and one replication, or its
/// mean over replications.
public struct Counts: Sendable, Hashable {
    var columns: [Double]
    /// Wages of the paid time that these contacts took, shared out by `CostPools`; 0 for a single period.
    public internal(set) var cost = 0.0
    /// Calls promised to these callers, in the queue or while closed, but for those not yet due when the run ended; 0 for
    /// a single period or language.
    public internal(set) var promisesDue = 0.0

    init() { columns = [Double](repeating: 0, count: ReplicationSums.Contact.count) }

    init(_ columns: some Sequence<Double>) { self.columns = Array(columns) }

    /// Sums, but for the oldest, of which there is one.
    mutating func add(_ other: Counts, times weight: Double = 1) {
        let old = max(self[.oldest], weight * other[.oldest])
        for k in columns.indices { columns[k] += weight * other.columns[k] }
        columns[ReplicationSums.Contact.oldest.rawValue] = old
        cost += weight * other.cost
        promisesDue += weight * other.promisesDue
    }

    subscript(column: ReplicationSums.Contact) -> Double { columns[column.rawValue] }

    public var offered: Double { self[.offered] }
    public var redials: Double { self[.redials] }
    public var fresh: Double { offered - redials - repeats - transfersIn }
    public var answered: Double { self[.answered] }
    public var abandoned: Double { self[.abandoned] }
    public var shortAbandoned: Double { self[.shortAbandoned] }
    public var turnedAway: Double { self[.turnedAway] }
    public var answeredInTime: Double { self[.answeredInTime] }
    public var abandonedInTime: Double { self[.abandonedInTime] }
    /// Still waiting when the run ended.
    public var backlog: Double { self[.backlog] }
    /// Contacts that came again because they were not resolved, and that another type handed on.
    public var repeats: Double { self[.repeats] }
    public var transfersIn: Double { self[.transfersIn] }
    public var transfersOut: Double { self[.transfersOut] }
    public var callbacksRequested: Double { self[.callbacksRequested] }
    /// Callers who were called back and reached in time.
    public var callbacksKept: Double { self[.callbacksKept] }
    /// Done, or still waiting, after the acceptable wait.
    public var overdue: Double { self[.overdue] }
    /// Waiting, not yet due, when the run ended: nobody knows whether in time.
    public var undecided: Double { self[.undecided] }
    /// Seconds that the oldest had waited when the run ended.
    public var oldest: Double { self[.oldest] }
    /// Answered contacts that were handed back when their agent went home, each time.
    public var handedBack: Double { self[.handedBack] }
    /// Of these, those who hung up, were sent away or still waited when the run ended before anybody went on with them.
    public var lost: Double { self[.lost] }
    /// Those who are left out of the service level: who was promised a call, or found it closed, as the rules say.
    public var leftOut: Double { self[.leftOut] }
    /// Those whose promised call counts as answered in time.
    public var keptInstead: Double { self[.keptInstead] }
    /// Seconds, summed over the answered.
    public var waitOfAnswered: Double { self[.waitAnswered] }
    public var waitOfAbandoned: Double { self[.waitAbandoned] }
    public var talk: Double { self[.talk] }
    public var hold: Double { self[.hold] }
    public var wrapUp: Double { self[.wrapUp] }
    /// Seconds.
    public var handling: Double { talk + hold + wrapUp }
    /// Contact seconds spent waiting.
    public var queueSeconds: Double { self[.queue] }
}

extension Counts: ServiceLevelCounts {}
