/// What one replication saw, as plain sums: wherever it was played, it merges with others exactly, in their order.
///
/// Contacts are counted in the period in which they were offered; queue, busy and present seconds in the period in
/// which they passed.
package struct ReplicationSums: Hashable, Sendable {
    /// Columns of `contacts`.
    package enum Contact: Int, CaseIterable, Sendable {
        case offered, redials, answered, abandoned, shortAbandoned, turnedAway, answeredInTime, abandonedInTime
        /// Seconds waited by those answered, by those who hung up.
        case waitAnswered, waitAbandoned
        case talk, hold, wrapUp
        /// Seconds spent waiting by anybody, by when they passed.
        case queue
        /// Still waiting when the run ended.
        case backlog
        /// Of the offered: those who came again unresolved, and those handed on from another type. Of the answered:
        /// those handed on to another type.
        case repeats, transfersIn, transfersOut
        /// Callers who accepted a callback, and those of them who were reached in time.
        case callbacksRequested, callbacksKept
        /// Done, or still waiting, after the acceptable wait; and waiting within it when the run ended.
        case overdue, undecided
        /// Seconds that the oldest had waited when the run ended, in the last period's row of the type's first class.
        case oldest
        /// Answered contacts that were handed back at the end of a shift, each time; and those of them who were gone, or
        /// were still waiting when the run ended, before anybody went on with them.
        case handedBack, lost
        /// Of the offered: those who are left out of the service level; and those who were called back as promised, where
        /// that counts as answered in time.
        case leftOut, keptInstead
        package static let count = allCases.count
    }

    /// Columns of `groups`.
    package enum Group: Int, CaseIterable, Sendable {
        /// Agent seconds on a contact, and on duty (on a contact or available).
        case busy, present
        /// Contacts answered, by when they were answered.
        case answered
        /// Agent seconds after the shift's end, where they are paid.
        case overtime
        package static let count = allCases.count
    }

    /// How many there are of everything that is counted apart; sums of one scenario have one shape.
    package struct Shape: Hashable, Sendable {
        package var periods: Int
        package var classes: Int
        package var groups: Int
        package var types: Int
        /// Figures followed by class to reduce variance; 0 without.
        package var controls: Int
    }

    package let shape: Shape
    /// `[period][class][Contact]`.
    package let contacts: [Double]
    /// `[period][group][Group]`.
    package let groups: [Double]
    /// `[period][type]`, the most contacts that waited at once.
    package let queueMax: [Double]
    /// `[period][type]`, contacts that wait when the period ends; in the last period, when nobody comes any more.
    package let queueEnd: [Double]
    /// `[class][LoadControls.Control]`, empty without controls.
    package let controls: [Double]
    /// `[class][bucket]`, waits of the answered; empty in a part of a longer play, whose waits are kept by period.
    package let waits: [UInt64]
}

extension ReplicationSums {
    /// Some periods of what was seen.
    init(_ seen: Observations, periods: Range<Int>, waits: [UInt64]) {
        func part(_ whole: Dense<Double>, _ width: Int) -> [Double] {
            Array(
                UnsafeBufferPointer(start: whole.base + periods.lowerBound * width, count: periods.count * width))
        }
        shape = Shape(
            periods: periods.count, classes: seen.classCount, groups: seen.groupCount, types: seen.typeCount,
            controls: seen.controls.count / max(1, seen.classCount))
        contacts = part(seen.contacts, seen.classCount * Contact.count)
        groups = part(seen.groups, seen.groupCount * Group.count)
        queueMax = part(seen.queueMax, seen.typeCount)
        queueEnd = part(seen.queueEnd, seen.typeCount)
        controls = Array(UnsafeBufferPointer(start: seen.controls.base, count: seen.controls.count))
        self.waits = waits
    }
}
