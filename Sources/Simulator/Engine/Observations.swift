import Queueing

/// What one replication saw, as plain sums in dense arrays; merged in replication order.
///
/// Contacts are counted in the period in which they were offered; queue, busy and present seconds in the period in
/// which they passed.
struct Observations {
    /// Columns of `contacts`.
    enum Contact: Int, CaseIterable {
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
        static let count = allCases.count
    }

    /// Columns of `groups`.
    enum Group: Int, CaseIterable {
        /// Agent seconds on a contact, and on duty (on a contact or available).
        case busy, present
        /// Contacts answered, by when they were answered.
        case answered
        /// Agent seconds after the shift's end, where they are paid.
        case overtime
        static let count = allCases.count
    }

    let periodCount: Int
    let classCount: Int
    let groupCount: Int
    let typeCount: Int
    /// `[period][class][Contact]`.
    let contacts: Dense<Double>
    /// `[period][group][Group]`.
    let groups: Dense<Double>
    /// `[period][type]`, contacts.
    let queueMax: Dense<Double>
    /// `[period][type]`, contacts that wait when the period ends; in the last period, when nobody comes any more.
    let queueEnd: Dense<Double>
    /// `[class][LoadControls.Control]`, empty without controls.
    let controls: Dense<Double>

    init(_ plan: Blueprint) {
        periodCount = plan.periodStarts.count
        classCount = plan.classes.count
        groupCount = plan.groups.count
        typeCount = plan.types.count
        contacts = Dense(repeating: 0, count: periodCount * classCount * Contact.count)
        groups = Dense(repeating: 0, count: periodCount * groupCount * Group.count)
        queueMax = Dense(repeating: 0, count: periodCount * typeCount)
        queueEnd = Dense(repeating: 0, count: periodCount * typeCount)
        controls = Dense(
            repeating: 0, count: plan.controls == nil ? 0 : classCount * LoadControls.Control.count)
    }

    /// The periods of a longer play, without a copy: it must not be freed, and only lives as long as the whole.
    init(_ periods: Range<Int>, of whole: Observations) {
        periodCount = periods.count
        classCount = whole.classCount
        groupCount = whole.groupCount
        typeCount = whole.typeCount
        contacts = Dense(
            whole.contacts, from: periods.lowerBound * classCount * Contact.count,
            count: periodCount * classCount * Contact.count)
        groups = Dense(
            whole.groups, from: periods.lowerBound * groupCount * Group.count,
            count: periodCount * groupCount * Group.count)
        queueMax = Dense(whole.queueMax, from: periods.lowerBound * typeCount, count: periodCount * typeCount)
        queueEnd = Dense(whole.queueEnd, from: periods.lowerBound * typeCount, count: periodCount * typeCount)
        controls = Dense(repeating: 0, count: 0)
    }

    func reset() {
        contacts.fill(0)
        groups.fill(0)
        queueMax.fill(0)
        queueEnd.fill(0)
    }

    func free() {
        contacts.free()
        groups.free()
        queueMax.free()
        queueEnd.free()
        controls.free()
    }

    /// The sums of one period and class: address once, add often.
    struct Row {
        let base: UnsafeMutablePointer<Double>

        @inline(__always)
        func add(_ column: Contact, _ amount: Double) { base[column.rawValue] += amount }
    }

    /// `cell` is period × classes + class.
    @inline(__always)
    func row(_ cell: Int) -> Row {
        assert(cell >= 0 && (cell + 1) * Contact.count <= contacts.count)
        return Row(base: contacts.base + cell &* Contact.count)
    }

    /// `group` is period × groups + group.
    @inline(__always)
    func add(_ column: Group, _ amount: Double, group: Int) {
        groups[group &* Group.count &+ column.rawValue] += amount
    }
}
