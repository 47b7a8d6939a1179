import Center

/// Agents who decide when the talk ends how to go on: ask a colleague, hand the contact over in person, put off the
/// after-contact work.
///
/// While one waits for a colleague the caller is on hold and the agent stays taken. What the colleague takes is a
/// contact of its own, whose `companion` is the agent who waits.
extension Replication {
    /// Talk and hold begin; what comes after them is decided when they end.
    mutating func beginTalk(_ slot: Int, type t: Int, by a: Int, setUp: Double) {
        if floor.contacts[slot].companion >= 0 { addHandOver(slot, by: a) }
        let contact = floor.contacts.place(slot)
        contact.pointee.begun = clock.now
        let companion = Int(contact.pointee.companion)
        contact.pointee.companion = -1
        let taken = contact.pointee
        let factor = factor(of: taken, by: a)
        let wait = setUp + waited(taken, type: t)
        countAnswer(taken, waited: wait, by: a)
        countPromise(taken, waited: wait, type: t)
        let row = ledger.row(Int(taken.ledgerRow))
        row.add(.talk, taken.work.talk * factor)
        row.add(.hold, taken.work.hold * factor)
        floor.agents[a].state = .busy
        floor.agents[a].busySince = clock.now
        floor.agents[a].atEnd = .talking
        hands.heldExtra[a] = 0
        handlings.begin(a, until: clock.now + setUp + (taken.work.talk + taken.work.hold) * factor)
        noteBegun(contact, by: a)
        keep(taken, by: a)
        let bound = companion < 0 ? clock.now : clock.now + setUp + taken.together
        bind(a, until: bound, wrapsUpFrom: clock.now + setUp + (taken.work.talk + taken.work.hold) * factor)
        floor.release(slot)
        if companion >= 0 { colleagueCame(companion, until: clock.now + setUp + taken.together) }
    }

    /// What a contact's draws are multiplied by with an agent.
    mutating func factor(of contact: Floor.Contact, by a: Int) -> Double {
        factor(inHand: contact, by: a)
    }

    /// The talk ends: a colleague is asked, or the contact is handed on, or what is left is done.
    mutating func endTalk(_ a: Int) {
        let contact = inHand[a]
        let t = Int(typeOfQueue[Int(contact.queue)])
        if let consult = chosen(.consult, .consult, of: contact, type: t, by: a), let handOver = consult.handOver,
            clock.now < plan.length, mayCome(consult, handOver, to: contact, besides: a)
        {
            ask(consult, handOver, by: a)
        } else {
            goOn(a)
        }
    }

    /// There is nothing left to ask: the contact may be handed on, in person if there is a colleague to wait for.
    private mutating func goOn(_ a: Int) {
        let contact = inHand[a]
        let c = countedClass(contact)
        let t = Int(typeOfQueue[c])
        guard let transfer = chosen(.transfer, .transfer, of: contact, type: t, by: a) else {
            wrapUp(a, isHandedOn: false)
            return
        }
        ledger.row(Int(contact.ledgerRow)).add(.transfersOut, 1)
        if let handOver = transfer.handOver, clock.now < plan.length, !types[transfer.contactType].isSeveral,
            !types[transfer.contactType].isDeferred, mayCome(transfer, handOver, to: contact, besides: a)
        {
            ask(transfer, handOver, by: a)
            return
        }
        bringAbout(.transfer, from: contact, class: c, type: transfer.contactType, at: clock.now)
        wrapUp(a, isHandedOn: true)
    }

    /// Whether there is a colleague who could come in time; without one nobody waits.
    private mutating func mayCome(
        _ followOn: FollowOn, _ handOver: HandOver, to contact: Floor.Contact, besides a: Int
    ) -> Bool {
        isAnybodyThere(
            for: plan.followOnClass(of: countedClass(contact), type: followOn.contactType), besides: a,
            within: handOver.waitsAtMost)
    }

    /// An agent waits with a caller on hold until a colleague comes, or does not.
    private mutating func ask(_ followOn: FollowOn, _ handOver: HandOver, by a: Int) {
        let contact = inHand[a]
        floor.agents[a].atEnd = .asking
        hands.askedAt[a] = clock.now
        hands.isConsulting[a] = followOn.cause == .consult
        handlings.begin(a, until: .greatestFiniteMagnitude)
        diary?.write(clock.now, .busyUntil(agent: a, .infinity))
        let slot = brought(
            followOn.cause, from: contact, class: countedClass(contact), type: followOn.contactType, at: clock.now)
        floor.contacts[slot].companion = Int32(truncatingIfNeeded: a)
        // A consult is the colleague's whole contact.
        floor.contacts[slot].together = hands.isConsulting[a] ? 0 : handOver.together
        let generation = floor.contacts[slot].generation
        comeBack(slot)
        guard floor.agents[a].atEnd == .asking, hands.askedAt[a] == clock.now else { return }
        // An agent is found, but the caller will hang up before the first word.
        if floor.contacts[slot].isTakenInVain, Int(floor.contacts[slot].companion) == a { return }
        guard floor.contacts[slot].generation == generation else {
            // Closed, or no line free.
            nobodyCame(a)
            return
        }
        clock.schedule(.stopAsking, at: clock.now + handOver.waitsAtMost, subject: slot, generation: generation)
        diary?.write(
            clock.now, .asked(identity(floor.contacts[slot]), agent: a, until: clock.now + handOver.waitsAtMost))
    }

    /// What the agent tells the colleague first is part of the colleague's talk.
    mutating func addHandOver(_ slot: Int, by a: Int) {
        let contact = floor.contacts.place(slot)
        let factor = factor(of: contact.pointee, by: a)
        if factor > 0 { contact.pointee.work.talk += contact.pointee.together / factor }
    }

    /// A colleague is with the contact until `end`; its agent too.
    mutating func colleagueCame(_ a: Int, until end: Double) {
        addHold(a, until: end)
        floor.agents[a].atEnd = .together
        handlings.begin(a, until: end)
    }

    /// The wait for a colleague, and the time with one, are hold time of the contact.
    private mutating func addHold(_ a: Int, until end: Double) {
        let extra = end - hands.askedAt[a]
        hands.heldExtra[a] += extra
        if !inHand[a].beganBefore { ledger.row(Int(inHand[a].ledgerRow)).add(.hold, extra) }
    }

    /// The time with a colleague is over.
    mutating func endTogether(_ a: Int) {
        if hands.isConsulting[a] { goOn(a) } else { wrapUp(a, isHandedOn: true) }
    }

    /// No colleague comes: the question is given up, or the caller has gone or waits alone.
    mutating func nobodyCame(_ a: Int) {
        addHold(a, until: clock.now)
        endTogether(a)
    }

    /// An agent has waited for a colleague long enough.
    mutating func stopAsking(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        let companion = Int(floor.contacts[slot].companion)
        guard companion >= 0 else { return }
        floor.contacts[slot].companion = -1
        floor.contacts[slot].together = 0
        diary?.write(clock.now, .notWaitedFor(identity(floor.contacts[slot]), agent: companion))
        if hands.isConsulting[companion] {
            floor.contacts[slot].patience = clock.now - floor.contacts[slot].offeredAt
            floor.contacts[slot].deadline = clock.now
            countAbandoned(slot, type: Int(typeOfQueue[Int(floor.contacts[slot].queue)]))
            floor.release(slot)
        }
        nobodyCame(companion)
    }

    /// After-contact work begins, or is put off while many wait.
    private mutating func wrapUp(_ a: Int, isHandedOn: Bool) {
        let contact = inHand[a]
        let c = countedClass(contact)
        let t = Int(typeOfQueue[c])
        var seconds = contact.work.wrapUp * factor(of: contact, by: a)
        if let later = plan.types[t].given.deferredWrapUp, seconds > 0, floor.waitingByType[t] >= later.whenWaiting,
            clock.now < plan.length
        {
            bringAbout(.documentation, from: contact, class: c, type: later.contactType, at: clock.now)
            seconds = 0
        }
        if !contact.beganBefore { ledger.row(Int(contact.ledgerRow)).add(.wrapUp, seconds) }
        releaseLine(type: t)
        noteWrapUp(contact, by: a, lasting: seconds)
        let end = clock.now + seconds
        diary?.write(clock.now, .busyUntil(agent: a, end))
        if !isHandedOn { foreseeMore(contact, class: c, type: t, until: end, by: a) }
        guard seconds == 0 else {
            floor.agents[a].atEnd = .wrappingUp
            handlings.begin(a, until: end)
            return
        }
        floor.agents[a].atEnd = .plain
        becomeFree(a)
    }
}
