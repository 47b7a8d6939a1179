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

    /// Contacts that reached us, redials included, wherever they went from there.
    public var offered: Double { self[.offered] }
    /// Those of the offered who had hung up or been blocked before.
    public var redials: Double { self[.redials] }
    /// Those of the offered who come for the first time: no redial, no repeat and not handed on.
    public var fresh: Double { offered - redials - repeats - transfersIn }
    /// Contacts whose service began.
    public var answered: Double { self[.answered] }
    /// Callers who hung up while they waited.
    public var abandoned: Double { self[.abandoned] }
    /// Those of the abandoned who waited no longer than the type's `shortAbandon`.
    public var shortAbandoned: Double { self[.shortAbandoned] }
    /// Contacts that were blocked, found us closed or were sent away at closing.
    public var turnedAway: Double { self[.turnedAway] }
    /// Contacts answered within the acceptable wait.
    public var answeredInTime: Double { self[.answeredInTime] }
    /// Callers who hung up within the acceptable wait.
    public var abandonedInTime: Double { self[.abandonedInTime] }
    /// Still waiting when the run ended.
    public var backlog: Double { self[.backlog] }
    /// Contacts that came again because they were not resolved.
    public var repeats: Double { self[.repeats] }
    /// Contacts that another type handed on.
    public var transfersIn: Double { self[.transfersIn] }
    /// Contacts that were handed on to another type.
    public var transfersOut: Double { self[.transfersOut] }
    /// Callers who accepted a callback while they waited.
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
    /// Seconds, summed over those who hung up.
    public var waitOfAbandoned: Double { self[.waitAbandoned] }
    /// Seconds of talk, summed.
    public var talk: Double { self[.talk] }
    /// Seconds of hold, summed.
    public var hold: Double { self[.hold] }
    /// Seconds of after-contact work, summed.
    public var wrapUp: Double { self[.wrapUp] }
    /// Seconds.
    public var handling: Double { talk + hold + wrapUp }
    /// Contact seconds spent waiting.
    public var queueSeconds: Double { self[.queue] }
}

extension Counts: ServiceLevelCounts {}
