/// Contacts of which an agent has several in hand at once, and ends that matter.
extension Replication {
    /// Counts the work that an agent has done on each contact in hand since it was last counted.
    mutating func settle(_ a: Int) {
        let count = Int(floor.agents[a].handCount)
        if count > 0 {
            let mine = hands.of(a)
            let t = Int(typeOfQueue[Int(floor.contacts[Int(mine[0])].queue)])
            let done = (clock.now - hands.settledAt[a]) / plan.types[t].given.channel.paces[count - 1]
            for i in 0..<count { floor.contacts[Int(mine[i])].left -= done }
        }
        hands.settledAt[a] = clock.now
    }

    /// An agent takes a contact in hand beside others.
    mutating func begin(_ slot: Int, type t: Int, by a: Int) {
        let contact = floor.contacts.place(slot)
        let setUp = types[t].isAdjusted ? contact.pointee.begun : 0
        if setUp > 0, contact.pointee.deadline < clock.now + setUp {
            contact.pointee.isTakenInVain = true
            takeInHand(slot, type: t, by: a, setUp: setUp)
            noteTakenInVain(contact, by: a)
            return
        }
        let wait = setUp + waited(contact.pointee, type: t)
        countAnswer(contact.pointee, waited: wait, by: a)
        countPromise(contact.pointee, waited: wait, type: t)
        takeInHand(slot, type: t, by: a, setUp: setUp)
        noteBegun(contact, by: a)
    }

    /// One more contact in an agent's hands: all of them go on at another pace.
    mutating func takeInHand(_ slot: Int, type t: Int, by a: Int, setUp: Double) {
        settle(a)
        let contact = floor.contacts.place(slot)
        let work = contact.pointee.work
        contact.pointee.left =
            contact.pointee.isTakenInVain
            ? contact.pointee.deadline - clock.now
            : setUp + (work.talk + work.hold + work.wrapUp) * factor(inHand: contact.pointee, by: a)
        contact.pointee.begun = clock.now
        let count = Int(floor.agents[a].handCount)
        hands.of(a)[count] = Int32(slot)
        floor.agents[a].handCount += 1
        if count == 0 {
            floor.agents[a].state = .busy
            floor.agents[a].busySince = clock.now
            floor.agents[a].atEnd = .several
        }
        noteHands(a)
        planNextEnd(a, type: t)
    }

    /// When the first of the contacts in an agent's hands ends, if none comes or goes before.
    mutating func planNextEnd(_ a: Int, type t: Int) {
        let count = Int(floor.agents[a].handCount)
        let mine = hands.of(a)
        var least = Double.infinity
        for i in 0..<count { least = min(least, floor.contacts[Int(mine[i])].left) }
        handlings.begin(a, until: clock.now + max(0, least) * plan.types[t].given.channel.paces[count - 1])
    }

    /// An agent takes more of the channel in hand, while there is room and somebody waits.
    mutating func fill(_ a: Int, type t: Int) {
        let g = Int(floor.agents[a].group)
        while hasRoom(a, type: t) {
            let best = policyContact(for: a, group: g, channel: types[t].channel)
            guard best >= 0, !isOutranked(Int(floor.contacts[best].queue), group: g) else { return }
            let other = Int(typeOfQueue[Int(floor.contacts[best].queue)])
            floor.dequeue(best, type: other)
            addQueueTime(floor.contacts.place(best), until: clock.now)
            take(best, type: other, by: a)
        }
    }

    // MARK: More urgent contacts of other channels

    /// Whether a more urgent contact waits that a group may serve with nothing else in hand: then its agents take no
    /// more of several, so that they get free for it.
    mutating func isOutranked(_ q: Int, group g: Int) -> Bool {
        guard plan.flows.isMixed, floor.waiting > 0 else { return false }
        let channel = types[Int(typeOfQueue[q])].channel
        for level in 0..<priorities[g].levelCount {
            let queues = priorities[g].level(level)
            if queues.contains(Int32(truncatingIfNeeded: q)) { return false }
            for other in queues where floor.queues[Int(other)].count > 0 {
                let type = plan.types[Int(typeOfQueue[Int(other)])]
                guard types[Int(typeOfQueue[Int(other)])].channel != channel, type.given.idleReserve == 0 else {
                    continue
                }
                hands.keepsAway[Int(other)] = true
                return true
            }
        }
        return false
    }

    /// Nobody waits in a queue any more that kept people from taking more of several.
    @inline(never)
    mutating func endKeepingAway(_ q: Int) {
        guard plan.flows.isMixed, hands.keepsAway[q], floor.queues[q].count == 0 else { return }
        hands.keepsAway[q] = false
        for a in 0..<floor.agents.count where floor.agents[a].atEnd == .several {
            fill(a, type: Int(typeOfQueue[Int(floor.contacts[Int(hands.of(a)[0])].queue)]))
        }
    }

    // MARK: Who is free

    /// Keeps account of who can take one more or leave work for it, after what an agent has in hand or owes has changed.
    mutating func noteHands(_ a: Int) {
        switch floor.agents[a].atEnd {
        case .several:
            let count = Int(floor.agents[a].handCount)
            let channel = count > 0 ? channelInHand(a) : 0
            hands.free.note(a, channel: channel, count: count, isOpen: !isOwed(a))
        case .kept: if isOwed(a) { hands.free.end(a) }
        case .plain, .talking, .asking, .together, .wrappingUp: break
        }
    }

    /// The channel of the contacts that an agent has in hand.
    mutating func channelInHand(_ a: Int) -> Int {
        types[Int(typeOfQueue[Int(floor.contacts[Int(hands.of(a)[0])].queue)])].channel
    }

    // MARK: Ends

    /// An agent is through with a contact whose end matters.
    @inline(never)
    mutating func finishHeld(_ a: Int) {
        switch floor.agents[a].atEnd {
        case .talking: endTalk(a)
        case .asking, .together: endTogether(a)
        case .several: finishOne(a)
        case .wrappingUp:
            floor.agents[a].atEnd = .plain
            becomeFree(a)
        case .kept: finishKept(a)
        case .plain: assertionFailure("plain contacts end plainly")
        }
    }

    /// An agent is through with the one contact in hand, which could have been taken away.
    private mutating func finishKept(_ a: Int) {
        countBusy(a)
        letGo(a)
        let contact = inHand[a]
        diary?.close(identity(contact))
        let c = countedClass(contact)
        foresee(contact, class: c, type: Int(typeOfQueue[c]), talkUntil: clock.now, until: clock.now, by: a)
        if !seek(a) { handlings.end(a) }
    }

    /// An agent is through with one of several.
    private mutating func finishOne(_ a: Int) {
        settle(a)
        let (slot, contact) = takeFromHands(a)
        let t = Int(typeOfQueue[Int(contact.queue)])
        if contact.isTakenInVain {
            countAbandoned(slot, type: t)
            callAgainOrLeave(slot, type: t, wasBlocked: false)
        } else {
            countHandling(contact, by: a)
            releaseLine(type: t)
            noteEnded(contact, by: a, rest: rest(contact, by: a))
            floor.release(slot)
        }
        floor.agents[a].handCount -= 1
        noteHands(a)
        if !contact.isTakenInVain {
            foresee(
                contact, class: countedClass(contact), type: t, talkUntil: clock.now, until: clock.now, by: a)
        }
        if floor.agents[a].handCount > 0 {
            planNextEnd(a, type: t)
            fill(a, type: t)
            return
        }
        floor.agents[a].atEnd = .plain
        becomeFree(a)
    }

    /// The one of several that is through first leaves the agent's hands.
    private mutating func takeFromHands(_ a: Int) -> (slot: Int, contact: Floor.Contact) {
        let mine = hands.of(a)
        let count = Int(floor.agents[a].handCount)
        assert(count > 0, "somebody with several has something in hand")
        var place = 0
        for i in 1..<max(1, count)
        where floor.contacts[Int(mine[i])].left < floor.contacts[Int(mine[place])].left { place = i }
        let slot = Int(mine[place])
        for i in place..<(count - 1) { mine[i] = mine[i + 1] }
        return (slot, floor.contacts[slot])
    }

    /// The time that a contact took in all, the slower pace included, counts as talk, except for hold and after-contact
    /// work at the contact's own pace.
    private mutating func countHandling(_ contact: Floor.Contact, by a: Int) {
        guard !contact.beganBefore else { return }
        let factor = factor(inHand: contact, by: a)
        let row = ledger.row(Int(contact.ledgerRow))
        row.add(.talk, clock.now - contact.begun - rest(contact, by: a))
        row.add(.hold, contact.work.hold * factor)
        row.add(.wrapUp, contact.work.wrapUp * factor)
    }

    private mutating func rest(_ contact: Floor.Contact, by a: Int) -> Double {
        (contact.work.hold + contact.work.wrapUp) * factor(inHand: contact, by: a)
    }
}
