/// Contacts that are taken from their agents and gone on with later.
///
/// Deferred work that a live contact takes its agent from, and whatever an agent has in hand who must go at once
/// (`Rules.EndOfShift.handBack`). After-contact work, a contact with a colleague on the line and a call that rings are
/// nobody else's: their agent stays until they are through.
extension Replication {
    /// Remembers what an agent has in hand.
    mutating func keep(_ contact: Floor.Contact, by a: Int) {
        inHand[a] = contact
        inHand[a].pace = floor.agents[a].pace
        // The line of the contact before is none of this one's.
        hands.lineSlot[a] = -1
    }

    /// Notes until when an agent is bound to the contact in hand, and from when on only after-contact work is left.
    mutating func bind(_ a: Int, until bound: Double, wrapsUpFrom time: Double) {
        guard plan.handsBack else { return }
        hands.boundUntil[a] = bound
        hands.wrapsUpFrom[a] = time
    }

    /// Whether a busy agent who must go can leave something in hand to others.
    mutating func canHandBack(_ a: Int) -> Bool {
        switch floor.agents[a].atEnd {
        case .plain, .kept, .talking: return clock.now < hands.wrapsUpFrom[a] && hands.boundUntil[a] <= clock.now
        case .several:
            settle(a)
            return (0..<Int(floor.agents[a].handCount)).contains { canHandBack(one: Int(hands.of(a)[$0]), by: a) }
        case .asking, .together, .wrappingUp: return false
        }
    }

    /// The same of one of several, of which the work has been counted up to now.
    private mutating func canHandBack(one slot: Int, by a: Int) -> Bool {
        let contact = floor.contacts[slot]
        return !contact.isTakenInVain && contact.left > contact.work.wrapUp * factor(inHand: contact, by: a)
    }

    /// Of a group's busy agents who can leave something to others, the one who began last, who has the least to hand
    /// back; nil when nobody can.
    mutating func latestToBegin(group g: Int) -> Int? {
        var latest: Int?
        for a in plan.groups[g].agents where floor.agents[a].state == .busy && canHandBack(a) {
            if let other = latest, floor.agents[a].busySince < floor.agents[other].busySince { continue }
            latest = a
        }
        return latest
    }

    /// A busy agent must go, and leaves to others what they can go on with; whether nothing is left in hand.
    mutating func leaveToOthers(_ a: Int) -> Bool {
        guard canHandBack(a) else { return false }
        guard floor.agents[a].atEnd == .several else {
            handBack(takeBack(a))
            return true
        }
        let mine = hands.of(a)
        let t = Int(typeOfQueue[Int(floor.contacts[Int(mine[0])].queue)])
        // From the last begun to the first, so that the first begun ends at the head of the queue.
        for i in (0..<Int(floor.agents[a].handCount)).reversed() {
            let slot = Int(mine[i])
            guard canHandBack(one: slot, by: a) else { continue }
            for j in i..<(Int(floor.agents[a].handCount) - 1) { mine[j] = mine[j + 1] }
            floor.agents[a].handCount -= 1
            noteHands(a)
            leaveOne(slot, by: a)
            handBack(slot)
        }
        guard floor.agents[a].handCount == 0 else {
            planNextEnd(a, type: t)
            return false
        }
        floor.agents[a].atEnd = .plain
        countBusy(a)
        handlings.end(a)
        return true
    }

    // MARK: Taken away

    /// What is done and what is left of a contact's work after `seconds` of it, before factors. First comes the wait
    /// for an interpreter, which is over for good: whoever goes on has one come again where needed. Then talk, hold and
    /// after-contact work.
    private static func divide(
        _ work: Floor.Work, after seconds: Double, connecting: Double
    ) -> (done: Floor.Work, left: Floor.Work) {
        var rest = max(0, seconds)
        func part(_ length: Double) -> Double {
            let past = min(length, rest)
            rest -= past
            return past
        }
        let own = max(0, work.hold - connecting)
        let connected = part(min(connecting, work.hold))
        let talk = part(work.talk)
        let hold = part(own)
        let wrapUp = part(work.wrapUp)
        return (
            Floor.Work(talk: talk, hold: connected + hold, wrapUp: wrapUp, factor: work.factor),
            Floor.Work(talk: work.talk - talk, hold: own - hold, wrapUp: work.wrapUp - wrapUp, factor: work.factor)
        )
    }

    /// The same of a contact that an agent has had in hand for `seconds`.
    private mutating func divide(
        _ contact: Floor.Contact, after seconds: Double, by a: Int
    ) -> (done: Floor.Work, left: Floor.Work) {
        let q = Int(contact.queue)
        let factor = factor(inHand: contact, by: a)
        let setUp = contact.timesHandedBack == 0 ? setUp(queue: q, by: a) : 0
        // A contact in hand since before the running day began has its interpreter already.
        let hasOne = contact.beganBefore && contact.timesHandedBack == 1
        let connecting = hasOne ? 0 : connectingTime(queue: q, by: a) / factor
        return Self.divide(contact.work, after: (seconds - setUp) / factor, connecting: connecting)
    }

    /// Seconds until an interpreter is on the line with a contact of a queue; 0 for whoever needs none.
    private mutating func connectingTime(queue q: Int, by a: Int) -> Double {
        types[Int(typeOfQueue[q])].isAdjusted ? connects[Int(floor.agents[a].group) * queueCount + q] : 0
    }

    /// An agent stops in the middle of a contact: what is left of it, in a slot of its own.
    mutating func takeBack(_ a: Int) -> Int {
        let kept = inHand[a]
        let since = floor.agents[a].busySince
        countBusy(a)
        handlings.end(a)
        letGo(a)
        let isTalking = floor.agents[a].atEnd == .talking
        if isTalking { floor.agents[a].atEnd = .plain }
        let (done, left) = divide(kept, after: clock.now - since, by: a)
        let factor = factor(inHand: kept, by: a)
        if !kept.beganBefore {
            // What was counted ahead but is not done is subtracted again.
            let row = ledger.row(Int(kept.ledgerRow))
            row.add(.talk, (done.talk - kept.work.talk) * factor)
            row.add(.hold, (done.hold - kept.work.hold) * factor)
            if !isTalking { row.add(.wrapUp, (done.wrapUp - kept.work.wrapUp) * factor) }
        }
        // A line that is still in use goes with the contact, and so does the slot that waits for it.
        let lineSlot = Int(hands.lineSlot[a])
        let keepsLine = lineSlot >= 0 && floor.contacts[lineSlot].generation == hands.lineGeneration[a]
        let (slot, contact) = keepsLine ? (lineSlot, floor.contacts.place(lineSlot)) : floor.openSlot()
        if keepsLine { floor.renew(slot) }
        let generation = contact.pointee.generation
        contact.pointee = kept
        contact.pointee.generation = generation
        contact.pointee.work = left
        contact.pointee.timesHandedBack += 1
        contact.pointee.offeredAt = clock.now
        // Whoever talks uses a line until the after-contact work.
        contact.pointee.keepsLine = keepsLine || isTalking
        if isTalking { noteLeft(kept, done, by: a) }
        diary?.adjust(
            identity(kept), talk: (done.talk - kept.work.talk) * factor,
            hold: (done.hold - kept.work.hold) * factor,
            wrapUp: (done.wrapUp - kept.work.wrapUp) * factor, until: clock.now)
        noteInterruption(.handedBack, contact, by: a)
        return slot
    }

    /// The same with one of several, which keeps its slot.
    private mutating func leaveOne(_ slot: Int, by a: Int) {
        let contact = floor.contacts.place(slot)
        let before = contact.pointee
        let factor = factor(inHand: before, by: a)
        let setUp = before.timesHandedBack == 0 ? setUp(queue: Int(before.queue), by: a) : 0
        let all = setUp + (before.work.talk + before.work.hold + before.work.wrapUp) * factor
        let (done, left) = divide(before, after: all - before.left, by: a)
        if !before.beganBefore {
            // The slower pace of several is talk.
            let row = ledger.row(Int(before.ledgerRow))
            row.add(.talk, clock.now - before.begun - (done.hold + done.wrapUp) * factor)
            row.add(.hold, done.hold * factor)
            row.add(.wrapUp, done.wrapUp * factor)
        }
        floor.renew(slot)
        contact.pointee.work = left
        contact.pointee.timesHandedBack += 1
        contact.pointee.offeredAt = clock.now
        contact.pointee.keepsLine = true
        noteLeft(before, done, by: a)
        noteInterruption(.handedBack, contact, by: a)
    }

    // MARK: Gone on with

    /// A contact in a slot that an agent who goes home had in hand: somebody else goes on with it, or it returns to the
    /// head of its queue with fresh patience.
    private mutating func handBack(_ slot: Int) {
        let contact = floor.contacts.place(slot)
        let q = Int(contact.pointee.queue)
        let t = Int(typeOfQueue[q])
        if !contact.pointee.beganBefore { ledger.row(Int(contact.pointee.ledgerRow)).add(.handedBack, 1) }
        let index = drawIndex(contact.pointee) | UInt64(contact.pointee.timesHandedBack) << 56
        let other = findAgent(class: q, type: t, index: index)
        if other >= 0 {
            take(slot, type: t, by: other)
            return
        }
        contact.pointee.patience = .infinity
        contact.pointee.deadline = .infinity
        if let patience = plan.types[t].given.patience {
            let fresh = patience.quantile(
                address.uniform(
                    subject: subject(of: contact.pointee, type: t), .patience, index: index,
                    path: contact.pointee.path))
            contact.pointee.patience = fresh
            contact.pointee.deadline = clock.now + fresh
        }
        let generation = contact.pointee.generation
        waitAgain(slot, type: t)
        guard contact.pointee.generation == generation, contact.pointee.deadline < .infinity else { return }
        planAbandonment(slot)
    }

    /// A contact that was taken from its agent waits at the head of its queue, and becomes urgent, or open to other
    /// groups, as it would have.
    mutating func waitAgain(_ slot: Int, type t: Int) {
        floor.enqueueFirst(slot, type: t)
        noteQueueMax(type: t, at: clock.now)
        if types[t].waitsSpecially { waitSpecially(slot, type: t) }
    }

    /// An answered contact waited in vain for somebody to go on with it.
    mutating func countLost(_ contact: Floor.Contact) {
        if !contact.beganBefore { ledger.row(Int(contact.ledgerRow)).add(.lost, 1) }
    }

    /// Another agent goes on with a contact that was taken from its agent.
    mutating func resume(_ slot: Int, type t: Int, by a: Int) {
        floor.renew(slot)
        let contact = floor.contacts.place(slot)
        let q = Int(contact.pointee.queue)
        let factor = factor(contact.pointee.work, queue: q, by: a)
        contact.pointee.work.hold += connectingTime(queue: q, by: a) / factor
        if types[t].isSeveral {
            takeInHand(slot, type: t, by: a, setUp: 0)
            noteInterruption(.resumed, contact, by: a, until: clock.now + contact.pointee.left)
            return
        }
        let work = contact.pointee.work
        let talkUntil = clock.now + (work.talk + work.hold) * factor
        let isTalking = types[t].decidesAfterTalk
        let end = isTalking ? talkUntil : clock.now + (work.talk + work.hold + work.wrapUp) * factor
        if !contact.pointee.beganBefore {
            let row = ledger.row(Int(contact.pointee.ledgerRow))
            row.add(.talk, work.talk * factor)
            row.add(.hold, work.hold * factor)
            if !isTalking { row.add(.wrapUp, work.wrapUp * factor) }
        }
        floor.agents[a].state = .busy
        floor.agents[a].busySince = clock.now
        handlings.begin(a, until: end)
        noteInterruption(.resumed, contact, by: a, until: end)
        diary?.adjust(
            identity(contact.pointee), talk: work.talk * factor, hold: work.hold * factor,
            wrapUp: work.wrapUp * factor, until: end)
        if isTalking {
            floor.agents[a].atEnd = .talking
            hands.heldExtra[a] = 0
            keep(contact.pointee, by: a)
            bind(a, until: clock.now, wrapsUpFrom: talkUntil)
            floor.release(slot)
            return
        }
        keepInHand(contact.pointee, type: t, by: a)
        bind(a, until: clock.now, wrapsUpFrom: talkUntil)
        if contact.pointee.keepsLine {
            keepLine(slot, type: t, by: a, until: talkUntil)
        } else {
            floor.release(slot)
        }
    }
}
