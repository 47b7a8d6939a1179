import Center
import Queueing

/// Those who wait are offered a callback, and become urgent.
extension Replication {
    /// A try to call back that nobody answers: the agent has been busy for the ringing, and it is tried again.
    mutating func nobodyAnswers(_ slot: Int, type t: Int, class c: Int, by a: Int) -> Bool {
        guard let promise = plan.types[t].given.tries, promise.noAnswer > 0 else { return false }
        let contact = floor.contacts.place(slot)
        let u = address.uniform(
            subject: Int(contact.pointee.subject), .callbackAnswered, index: drawIndex(contact.pointee),
            path: contact.pointee.path)
        guard u < promise.noAnswer else { return false }
        floor.agents[a].state = .busy
        floor.agents[a].busySince = clock.now
        let end = clock.now + promise.ringing
        let row = ledger.row(Int(contact.pointee.ledgerRow))
        row.add(.talk, promise.ringing)
        handlings.begin(a, until: end)
        // Nobody is on the line to be handed to a colleague: whoever rings lets it ring.
        bind(a, until: end, wrapsUpFrom: clock.now)
        if hands.lineLimits[types[t].channel] < Int.max { freeLineLater(contact.pointee, type: t, at: end) }
        noteUnreached(
            contact, by: a, ringing: promise.ringing, isLast: Int(contact.pointee.attempt) + 1 >= promise.attempts)
        contact.pointee.attempt += 1
        contact.pointee.queue = Int32(truncatingIfNeeded: c)
        let again = end + promise.retryAfter
        if Int(contact.pointee.attempt) < promise.attempts, again < plan.length {
            clock.schedule(.comeBack, at: again, subject: slot)
            return true
        }
        row.add(Int(contact.pointee.attempt) < promise.attempts ? .backlog : .turnedAway, 1)
        floor.release(slot)
        return true
    }

    /// The line of a try that nobody answers is free at `time`, whatever becomes of the contact until then.
    private mutating func freeLineLater(_ contact: Floor.Contact, type t: Int, at time: Double) {
        let (slot, waiting) = floor.openSlot()
        waiting.pointee.queue = contact.queue
        clock.schedule(.freeLine, at: time, subject: slot, generation: waiting.pointee.generation)
    }

    /// A contact that begins to wait may be offered a callback, and may become urgent.
    @inline(never)
    mutating func waitSpecially(_ slot: Int, type t: Int) {
        let contact = floor.contacts[slot]
        let q = Int(contact.queue)
        if plan.queues[q].nextAfter < .infinity, plan.queues[q].next >= 0 {
            clock.schedule(
                .escalate, at: max(clock.now, escalation(of: contact, queue: q)), subject: slot,
                generation: contact.generation)
        }
        // Whoever is there again was asked before.
        if contact.timesHandedBack == 0, contact.attempt == 0, let chase = plan.types[t].given.chase,
            willChase(chase, contact)
        {
            let time =
                plan.types[t].clock?.time(after: chase.after, from: contact.waitsSince)
                ?? contact.waitsSince + chase.after
            if time < plan.length {
                clock.schedule(.chase, at: max(clock.now, time), subject: slot, generation: contact.generation)
            }
        }
        if floor.waitingByType[t] >= plan.queues[q].many {
            callForHelp(type: t)
            guard floor.contacts[slot].generation == contact.generation else { return }
        }
        guard contact.timesHandedBack == 0, let callback = plan.types[t].given.callback, callback.accepted > 0 else {
            return
        }
        let u = address.uniform(
            subject: Int(contact.subject), .callback, index: drawIndex(contact), path: contact.path)
        guard u < callback.accepted, contact.patience > callback.offerAfter else { return }
        if callback.offerAfter > 0 {
            clock.schedule(
                .offerCallback, at: clock.now + callback.offerAfter, subject: slot, generation: contact.generation)
        } else {
            offerCallback(slot, generation: contact.generation)
        }
    }

    /// One who would accept a callback is offered it, if still there: leaves the queue and is called later.
    mutating func offerCallback(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        let contact = floor.contacts[slot]
        let c = countedClass(contact)
        let t = Int(typeOfQueue[c])
        guard let callback = plan.types[t].given.callback else { return }
        floor.dequeue(slot, type: t)
        addQueueTime(floor.contacts.place(slot), until: clock.now)
        releaseLine(type: t)
        ledger.row(Int(contact.ledgerRow)).add(.callbacksRequested, 1)
        if plan.rules.callbacks == .leftOut { ledger.row(Int(contact.ledgerRow)).add(.leftOut, 1) }
        noteEnd(.calledBack, floor.contacts.place(slot))
        floor.release(slot)
        bringAbout(.callback, from: contact, class: c, type: callback.contactType, at: clock.now)
        if contact.companion >= 0 { nobodyCame(Int(contact.companion)) }
        endKeepingAway(Int(contact.queue))
    }

    /// A contact that still waits moves to the queue of those who have waited long.
    mutating func escalate(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        let q = Int(floor.contacts[slot].queue)
        let t = Int(typeOfQueue[q])
        let next = plan.queues[q].next
        // Outside the hours in which calls are made; planned again when they begin.
        guard next >= 0 else { return }
        floor.move(slot, to: next, type: t)
        let contact = floor.contacts[slot]
        noteMoved(contact)
        if plan.queues[next].nextAfter < .infinity {
            clock.schedule(
                .escalate, at: max(clock.now, escalation(of: contact, queue: next)), subject: slot,
                generation: generation)
        }
        takeMoved(slot, queue: next, type: t)
        endKeepingAway(q)
    }

    /// When a contact that waits in a queue moves to the next.
    mutating func escalation(of contact: Floor.Contact, queue q: Int) -> Double {
        let (from, after) = (plan.queues[q].nextFrom, plan.queues[q].nextAfter)
        guard from < after else { return contact.waitsSince + after }
        let u = address.uniform(
            subject: Int(contact.subject), .urgent, index: drawIndex(contact), path: contact.path)
        return contact.waitsSince + from + u * (after - from)
    }

    /// A contact that may be served by others now is taken by one of them who is free.
    private mutating func takeMoved(_ slot: Int, queue next: Int, type t: Int) {
        let contact = floor.contacts[slot]
        let a = findAgent(class: next, type: t, index: drawIndex(contact))
        guard a >= 0 else { return }
        floor.dequeue(slot, type: t)
        addQueueTime(floor.contacts.place(slot), until: clock.now)
        take(slot, type: t, by: a)
        endKeepingAway(next)
    }

    /// Many of a type wait: further groups may serve everybody who does, the first in the queue first.
    private mutating func callForHelp(type t: Int) {
        for q in 0..<queueCount where Int(typeOfQueue[q]) == t && floor.waitingByType[t] >= plan.queues[q].many {
            let next = plan.queues[q].nextWhenMany
            while floor.queues[q].first >= 0 {
                let slot = Int(floor.queues[q].first)
                floor.move(slot, to: next, type: t)
                noteMoved(floor.contacts[slot])
                takeMoved(slot, queue: next, type: t)
            }
        }
    }

    // MARK: Hours of calls that we make

    /// A call to be made waits where nobody takes it until it may be made.
    @inline(never)
    mutating func chooseQueue(_ contact: UnsafeMutablePointer<Floor.Contact>, type t: Int) {
        let outside = plan.queues[countedClass(contact.pointee)].outsideHours
        if !isOpen(type: t) { contact.pointee.queue = Int32(truncatingIfNeeded: outside) }
    }

    /// Calls may be made from now on: those that wait find whoever is free, the first of them first.
    mutating func beginCalling(type t: Int) {
        for c in types[t].firstClass..<(types[t].firstClass + types[t].classCount) {
            let outside = plan.queues[c].outsideHours
            while floor.queues[outside].first >= 0 {
                let slot = Int(floor.queues[outside].first)
                floor.move(slot, to: c, type: t)
                noteMoved(floor.contacts[slot])
                let generation = floor.contacts[slot].generation
                takeMoved(slot, queue: c, type: t)
                guard floor.contacts[slot].generation == generation, plan.queues[c].nextAfter < .infinity else {
                    continue
                }
                clock.schedule(
                    .escalate, at: max(clock.now, escalation(of: floor.contacts[slot], queue: c)), subject: slot,
                    generation: generation)
            }
        }
    }

    /// No more calls of a type are made for now: those that wait go on waiting.
    mutating func endCalling(type t: Int) {
        for q in plan.queuesOfType[t] {
            let outside = plan.queues[plan.queues[q].contactClass].outsideHours
            while q != outside, floor.queues[q].first >= 0 {
                let slot = Int(floor.queues[q].first)
                floor.move(slot, to: outside, type: t)
                noteMoved(floor.contacts[slot])
            }
        }
    }

    // MARK: Leaving at once, asking again

    /// Whether a contact that would have to wait is told that it takes too long, and leaves: counted as a hang-up.
    @inline(never)
    mutating func balks(_ slot: Int, type t: Int) -> Bool {
        guard let balking = plan.types[t].given.balking else { return false }
        let contact = floor.contacts[slot]
        let announced = longestWait(of: countedClass(contact), type: t)
        guard announced >= balking.over else { return false }
        let u = address.uniform(
            subject: subject(of: contact, type: t), .balk, index: drawIndex(contact), path: contact.path)
        guard u < balking.share else { return false }
        releaseLine(type: t)
        let row = ledger.row(Int(contact.ledgerRow))
        row.add(.abandoned, 1)
        row.add(.abandonedInTime, 1)
        row.add(.shortAbandoned, 1)
        floor.contacts[slot].deadline = clock.now
        noteBalked(floor.contacts.place(slot), announced: announced)
        callAgainOrLeave(slot, type: t, wasBlocked: false)
        return true
    }

    /// Seconds that the contact of a class that came first has waited, in whatever queue it is now; 0 when nobody
    /// waits.
    private mutating func longestWait(of c: Int, type t: Int) -> Double {
        var longest = 0.0
        for q in plan.queuesOfType[t] where plan.queues[q].contactClass == c && floor.queues[q].first >= 0 {
            longest = max(longest, clock.now - floor.contacts[Int(floor.queues[q].first)].offeredAt)
        }
        return longest
    }

    mutating func willChase(_ chase: Chase, _ contact: Floor.Contact) -> Bool {
        chase.share > 0
            && address.uniform(
                subject: Int(contact.subject), .chase, index: drawIndex(contact), path: contact.path) < chase.share
    }

    /// Somebody asks about a contact that still waits.
    mutating func chase(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        let contact = floor.contacts[slot]
        let c = countedClass(contact)
        guard let chase = plan.types[Int(typeOfQueue[c])].given.chase else { return }
        bringAbout(
            .chaser, from: contact, class: c, type: chase.contactType,
            at: whenOpen(clock.now, type: chase.contactType, contact))
    }
}
