/// What a diary gets to know of contacts; nothing happens where none is kept.
extension Replication {
    /// A contact that has been answered is handed back, gone on with, or lost.
    @inline(__always)
    mutating func noteInterruption(
        _ kind: Diary.Interruption.Kind, _ contact: UnsafePointer<Floor.Contact>, at time: Double? = nil,
        by a: Int = -1, until end: Double = 0
    ) {
        if diary != nil { writeInterruption(kind, contact, at: time, by: a, until: end) }
    }

    /// The type's next arrival, at place `i` of its batch, is answered at once.
    @inline(__always)
    mutating func noteAnswered(type t: Int, at i: Int, class c: Int, by a: Int, until end: Double) {
        if diary != nil { writeAnswered(type: t, at: i, class: c, by: a, until: end) }
    }

    @inline(__always)
    mutating func noteTurnedAway(type t: Int, class c: Int) {
        if diary != nil { writeTurnedAway(type: t, class: c) }
    }

    /// A contact that is offered now does not wait: it is answered, turned away or blocked.
    @inline(__always)
    mutating func note(
        _ outcome: Diary.Entry.Outcome, class c: Int, _ number: UInt64, _ attempt: Int32,
        _ work: Floor.Work = Floor.Work(), by a: Int = -1, until end: Double = 0
    ) {
        if diary != nil { write(outcome, class: c, number, attempt, work, by: a, until: end) }
    }

    @inline(__always)
    mutating func note(
        _ outcome: Diary.Entry.Outcome, _ contact: UnsafePointer<Floor.Contact>, by a: Int = -1, until end: Double = 0
    ) {
        if diary != nil { write(outcome, contact, by: a, until: end) }
    }

    /// A contact is taken by an agent: one that has waited, or that is offered now.
    @inline(__always)
    mutating func noteTaken(_ contact: UnsafePointer<Floor.Contact>, by a: Int, until end: Double) {
        if diary != nil { writeTaken(contact, by: a, until: end) }
    }

    /// An agent is found for a contact that hangs up before the first word.
    @inline(__always)
    mutating func noteTakenInVain(_ contact: UnsafePointer<Floor.Contact>, by a: Int) {
        if diary != nil { writeTakenInVain(contact, by: a) }
    }

    /// There is no room for a contact that is offered now.
    @inline(__always)
    mutating func noteBlocked(_ contact: UnsafePointer<Floor.Contact>, _ full: Diary.Moment.Full) {
        if diary != nil { writeBlocked(contact, full) }
    }

    /// A contact that would have to wait is told how long the first has, and leaves.
    @inline(__always)
    mutating func noteBalked(_ contact: UnsafePointer<Floor.Contact>, announced wait: Double) {
        if diary != nil { writeBalked(contact, announced: wait) }
    }

    /// A waiting contact is in another queue from now on.
    @inline(__always)
    mutating func noteMoved(_ contact: Floor.Contact) {
        if diary != nil { writeMoved(contact) }
    }

    /// One of several that an agent has in hand begins; how long it takes is known when it ends.
    @inline(__always)
    mutating func noteBegun(_ contact: UnsafePointer<Floor.Contact>, by a: Int) {
        if diary != nil { writeBegun(contact, by: a) }
    }

    /// An agent leaves a contact to others whose handling is known only when it ends: what was done until now.
    @inline(__always)
    mutating func noteLeft(_ contact: Floor.Contact, _ done: Floor.Work, by a: Int) {
        if diary != nil { writeLeft(contact, done, by: a) }
    }

    @inline(__always)
    mutating func noteEnded(_ contact: Floor.Contact, by a: Int, rest: Double) {
        if diary != nil { writeEnded(contact, by: a, rest: rest) }
    }

    /// A call that nobody answers: the end of a contact, or of one of the tries that make it.
    @inline(__always)
    mutating func noteUnreached(_ contact: UnsafePointer<Floor.Contact>, by a: Int, ringing: Double, isLast: Bool) {
        if diary != nil { writeUnreached(contact, by: a, ringing: ringing, isLast: isLast) }
    }

    /// A contact is about to join its queue: what it finds there.
    @inline(__always)
    mutating func noteQueued(_ contact: UnsafePointer<Floor.Contact>) {
        if diary != nil { writeQueued(contact) }
    }

    /// What becomes of a contact that waits.
    @inline(__always)
    mutating func noteEnd(
        _ outcome: Diary.Entry.Outcome, _ contact: UnsafePointer<Floor.Contact>, by a: Int = -1,
        until end: Double = 0, at time: Double? = nil
    ) {
        if diary != nil { writeEnd(outcome, contact, by: a, until: end, at: time) }
    }

    /// Notes what a contact took in all.
    @inline(__always)
    mutating func noteWrapUp(_ contact: Floor.Contact, by a: Int, lasting seconds: Double) {
        if diary != nil { writeWrapUp(contact, by: a, lasting: seconds) }
    }
}
