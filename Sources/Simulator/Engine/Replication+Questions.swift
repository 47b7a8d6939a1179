/// Small questions, and what follows from their answers.
extension Replication {
    // They are `mutating` although they change little: a method that borrows self is given a copy of all its fields.

    @inline(__always)
    mutating func drawIndex(_ contact: borrowing Floor.Contact) -> UInt64 {
        contact.number &+ UInt64(truncatingIfNeeded: contact.attempt) << 40
    }

    /// The class under which a contact is counted, whatever queue it has moved to.
    @inline(__always)
    mutating func countedClass(_ contact: borrowing Floor.Contact) -> Int {
        let q = Int(contact.queue)
        return q < classCount ? q : plan.queues[q].contactClass
    }

    /// The number of the type that addresses a contact's draws.
    @inline(__always)
    mutating func subject(of contact: borrowing Floor.Contact, type t: Int) -> Int {
        hasFlows ? Int(contact.subject) : types[t].subject
    }

    mutating func contactClass(type t: Int, _ u: Double) -> Int {
        let first = types[t].firstClass
        let count = types[t].classCount
        for i in 0..<(count &- 1) where u < plan.types[t].languageBounds[i] { return first &+ i }
        return first &+ count &- 1
    }

    @inline(__always)
    mutating func isOpen(type t: Int) -> Bool {
        // Time only runs forward, so opening hours that have ended are never looked at again.
        while types[t].openUntil <= clock.now { openTimeSpan(types[t].timeSpan + 1, type: t) }
        return types[t].openFrom <= clock.now
    }

    @inline(never)
    mutating func openTimeSpan(_ timeSpan: Int, type t: Int) {
        let timeSpans = plan.types[t].given.callable ?? plan.types[t].waitingHours
        types[t].timeSpan = timeSpan
        types[t].openFrom = timeSpan < timeSpans.count ? timeSpans[timeSpan].start : .infinity
        types[t].openUntil = timeSpan < timeSpans.count ? timeSpans[timeSpan].end : .infinity
    }

    /// Adds the seconds that a contact waited to the periods in which they passed.
    @inline(__always)
    mutating func addQueueTime(_ contact: UnsafePointer<Floor.Contact>, until end: Double) {
        ledger.addQueueTime(from: contact.pointee.offeredAt, until: end, class: countedClass(contact.pointee))
    }

    mutating func addPresence(_ a: Int, until end: Double) {
        if choices.asksOccupancy {
            choices.stayed[a] += max(0, end - max(choices.today[0], floor.agents[a].presentSince))
        }
        ledger.addTime(from: floor.agents[a].presentSince, to: end, group: Int(floor.agents[a].group), .present)
    }

    /// Notes how many wait of those whose patience ends after `instant`.
    @inline(__always)
    mutating func noteQueueMax(type t: Int, at instant: Double) {
        let ledgerRow = ledger.typeRows &+ t
        guard Double(floor.waitingByType[t]) > ledger.seen.queueMax[ledgerRow] else { return }
        if !types[t].watchesPatience { clearQueues(type: t, at: instant) }
        ledger.seen.queueMax[ledgerRow] = max(ledger.seen.queueMax[ledgerRow], Double(floor.waitingByType[t]))
    }

    // MARK: What was seen

    var seen: Observations { ledger.seen }
    var waits: Dense<UInt64> { ledger.waits }
    var waitsByPeriod: Dense<UInt32> { ledger.waitsByPeriod }
}
