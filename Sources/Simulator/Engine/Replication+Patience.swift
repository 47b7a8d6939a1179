/// How long people wait before they give up, and what they do then.
///
/// `abandon` is the event: patience has ended, if the contact still waits. `countAbandoned` takes the contact out of its
/// queue and counts it, with or without an event. `callAgainOrLeave` is what the person does then, as one who was blocked does.
extension Replication {
    /// How many of a type wait before their patience is watched: below, looking through the queue is cheap.
    static var longQueue: Int { 64 }

    /// Sees to it that the end of a contact's patience is noticed in time.
    ///
    /// Usually it need not be an event: whoever looks at a queue (an agent, the longest-queue figure, closing, the end)
    /// sees from the deadline who hung up before, and the contact is then counted with the time at which it did. An
    /// event for each would double what is planned. In long queues looking would take longer than events do.
    @inline(__always)
    mutating func watchPatience(_ slot: Int, type t: Int) {
        if types[t].watchesPatience {
            if floor.waitingByType[t] > 1 || types[t].mustWatchPatience {
                planAbandonment(slot)
            } else {
                types[t].watchesPatience = false
            }
        } else if floor.waitingByType[t] >= Self.longQueue {
            watchLongQueue(type: t)
        }
    }

    mutating func planAbandonment(_ slot: Int) {
        clock.schedule(
            .abandon, at: floor.contacts[slot].deadline, subject: slot, generation: floor.contacts[slot].generation)
    }

    /// From now until the queues are empty the type's patience ends by events.
    @inline(never)
    mutating func watchLongQueue(type t: Int) {
        clearQueues(type: t, at: clock.now)
        guard floor.waitingByType[t] >= Self.longQueue else { return }
        types[t].watchesPatience = true
        for c in types[t].firstClass..<(types[t].firstClass + types[t].classCount) {
            var slot = floor.queues[c].first
            while slot >= 0 {
                planAbandonment(Int(slot))
                slot = floor.contacts[Int(slot)].next
            }
        }
    }

    /// Takes those out of the type's queues whose patience ended at `instant` or before.
    @inline(never)
    mutating func clearQueues(type t: Int, at instant: Double) {
        for c in types[t].firstClass..<(types[t].firstClass + types[t].classCount) {
            var slot = floor.queues[c].first
            while slot >= 0 {
                let next = floor.contacts[Int(slot)].next
                if floor.contacts[Int(slot)].deadline <= instant {
                    countAbandoned(Int(slot), type: t)
                    floor.release(Int(slot))
                }
                slot = next
            }
        }
    }

    mutating func abandon(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        let t = Int(typeOfQueue[Int(floor.contacts[slot].queue)])
        let companion = Int(floor.contacts[slot].companion)
        let queue = Int(floor.contacts[slot].queue)
        countAbandoned(slot, type: t)
        callAgainOrLeave(slot, type: t, wasBlocked: false)
        endKeepingAway(queue)
        if companion >= 0 { nobodyCame(companion) }
    }

    /// A waiting contact's patience has ended, at its deadline: it leaves the queue and keeps its slot.
    @inline(never)
    mutating func countAbandoned(_ slot: Int, type t: Int) {
        let contact = floor.contacts.place(slot)
        if !contact.pointee.isTakenInVain {
            floor.dequeue(slot, contact, type: t)
            addQueueTime(contact, until: contact.pointee.deadline)
        }
        contact.pointee.isTakenInVain = false
        if contact.pointee.timesHandedBack == 0 || contact.pointee.keepsLine { releaseLine(type: t) }
        let wait = contact.pointee.patience
        if contact.pointee.timesHandedBack > 0 {
            // Answered once, so it counts as answered.
            countLost(contact.pointee)
            noteInterruption(.lost, contact, at: contact.pointee.deadline)
            return
        }
        let row = ledger.row(Int(contact.pointee.ledgerRow))
        row.add(.abandoned, 1)
        row.add(.waitAbandoned, wait)
        if wait <= acceptableWaits[Int(contact.pointee.queue)] { row.add(.abandonedInTime, 1) }
        if wait <= types[t].shortAbandon { row.add(.shortAbandoned, 1) }
        noteEnd(.abandoned, contact, at: contact.pointee.deadline)
    }

    /// One who hung up or was blocked calls again, or not.
    mutating func callAgainOrLeave(_ slot: Int, type t: Int, wasBlocked: Bool) {
        let contact = floor.contacts.place(slot)
        if let redial = plan.types[t].given.redial, Int(contact.pointee.attempt) < redial.atMost,
            contact.pointee.timesHandedBack == 0
        {
            let index = drawIndex(contact.pointee)
            let subject = subject(of: contact.pointee, type: t)
            let path = contact.pointee.path
            let delay = (wasBlocked ? redial.delayWhenBlocked ?? redial.delay : redial.delay).quantile(
                address.uniform(subject: subject, .redialDelay, index: index, path: path))
            let time = clock.now + delay
            let share = redial.chance(attempt: Int(contact.pointee.attempt), wasBlocked: wasBlocked)
            if address.uniform(subject: subject, .redial, index: index, path: path) < share,
                time < plan.length
            {
                contact.pointee.attempt += 1
                contact.pointee.companion = -1
                contact.pointee.queue = Int32(truncatingIfNeeded: countedClass(contact.pointee))
                floor.renew(slot)
                clock.schedule(.comeBack, at: time, subject: slot)
                return
            }
        }
        floor.release(slot)
    }

    /// Whether there is a place for one more caller on the line to wait.
    @inline(never)
    mutating func hasPlace(type t: Int) -> Bool {
        // A consult is no caller of its own: the caller it is about has a line already.
        func needsPlace(_ t: Int) -> Bool { !types[t].isDeferred && plan.types[t].cause != .consult }
        guard needsPlace(t) else { return true }
        var count = 0
        for other in 0..<types.count where needsPlace(other) { count += floor.waitingByType[other] }
        return count < plan.waitingLimit
    }

    /// Opening hours of a type end and those who wait are sent away, or no more of its calls are made.
    mutating func close(type t: Int) {
        guard !types[t].isDeferred else {
            if types[t].keepsHours { endCalling(type: t) }
            return
        }
        if !types[t].watchesPatience { clearQueues(type: t, at: clock.now.nextDown) }
        for c in plan.queuesOfType[t] {
            while floor.queues[c].first >= 0 {
                let slot = Int(floor.queues[c].first)
                floor.dequeue(slot, type: t)
                addQueueTime(floor.contacts.place(slot), until: clock.now)
                if floor.contacts[slot].timesHandedBack > 0 {
                    countLost(floor.contacts[slot])
                    if floor.contacts[slot].keepsLine { releaseLine(type: t) }
                    noteInterruption(.lost, floor.contacts.place(slot))
                    floor.release(slot)
                    continue
                }
                ledger.row(Int(floor.contacts[slot].ledgerRow)).add(.turnedAway, 1)
                noteEnd(.turnedAway, floor.contacts.place(slot))
                releaseLine(type: t)
                let companion = Int(floor.contacts[slot].companion)
                floor.release(slot)
                if companion >= 0 { nobodyCame(companion) }
            }
            endKeepingAway(c)
        }
    }
}
