/// Taking contacts that need more than an agent for some time, and finding agents who can leave other work for them.
extension Replication {
    /// Seconds that a contact has waited by its type's clock.
    mutating func waited(_ contact: Floor.Contact, type t: Int) -> Double {
        // Where no contact brings about another, the wait counts from the offer.
        guard hasFlows else { return clock.now - contact.offeredAt }
        guard let hours = plan.types[t].clock else { return clock.now - contact.waitsSince }
        return hours.elapsed(from: contact.waitsSince, to: clock.now)
    }

    /// Counts an answer to a contact that was in a slot.
    mutating func countAnswer(_ contact: Floor.Contact, waited wait: Double, by a: Int) {
        let c = countedClass(contact)
        ledger.countAnswer(
            waited: wait, class: c, ledgerRow: Int(contact.ledgerRow), isInTime: wait <= acceptableWaits[c],
            group: Int(floor.agents[a].group))
    }

    /// An agent, who is in no idle list any more, takes a contact in a slot that needs more than an agent for a while.
    @inline(never)
    mutating func take(_ slot: Int, type t: Int, by a: Int) {
        let contact = floor.contacts.place(slot)
        let q = Int(contact.pointee.queue)
        let c = countedClass(contact.pointee)
        contact.pointee.pace = floor.agents[a].pace
        if choices.isSticky { contact.pointee.servedBy = choices.person[a] }
        if contact.pointee.timesHandedBack > 0 {
            resume(slot, type: t, by: a)
            return
        }
        floor.renew(slot)
        if types[t].isSeveral {
            if types[t].isAdjusted { contact.pointee.begun = adjust(slot, type: t, by: a) }
            begin(slot, type: t, by: a)
            return
        }
        if plan.types[t].given.tries != nil, nobodyAnswers(slot, type: t, class: c, by: a) { return }
        let setUp = types[t].isAdjusted ? adjust(slot, type: t, by: a) : 0
        if setUp > 0, contact.pointee.deadline < clock.now + setUp {
            takeInVain(slot, by: a)
            return
        }
        if types[t].decidesAfterTalk {
            beginTalk(slot, type: t, by: a, setUp: setUp)
            return
        }
        if contact.pointee.companion >= 0 { addHandOver(slot, by: a) }
        // Copied: what it brings about may take the slot.
        let companion = Int(contact.pointee.companion)
        contact.pointee.companion = -1
        let taken = contact.pointee
        let wait = setUp + waited(taken, type: t)
        var end = answer(taken.work, waited: wait, queue: q, class: c, ledgerRow: Int(taken.ledgerRow), type: t, by: a)
        if setUp > 0 {
            end += setUp
            handlings.begin(a, until: end)
        }
        countPromise(taken, waited: wait, type: t)
        let bound = companion < 0 ? clock.now : taken.cause == .consult ? end : clock.now + setUp + taken.together
        if companion >= 0 { colleagueCame(companion, until: bound) }
        noteTaken(contact, by: a, until: end)
        if types[t].isDeferred, plan.types[t].isInterruptible || plan.types[t].isPutAside {
            diary?.keepOpen(identity(taken))
        }
        keepInHand(taken, type: t, by: a)
        guard hasFlows else {
            floor.release(slot)
            return
        }
        let factor = factor(inHand: taken, by: a)
        let talkUntil = clock.now + setUp + (taken.work.talk + taken.work.hold) * factor
        bind(a, until: bound, wrapsUpFrom: talkUntil)
        keepLine(slot, type: t, by: a, until: talkUntil)
        if !types[t].endsMatter { foresee(taken, class: c, type: t, talkUntil: talkUntil, until: end, by: a) }
    }

    /// A contact that is offered now begins to wait for an agent who has been found.
    mutating func expect(_ slot: Int, patience: Double) {
        let contact = floor.contacts.place(slot)
        contact.pointee.offeredAt = clock.now
        contact.pointee.patience = patience
        contact.pointee.deadline = clock.now + patience
    }

    /// The caller hangs up before the first word: the agent was taken for nothing until then.
    private mutating func takeInVain(_ slot: Int, by a: Int) {
        let contact = floor.contacts.place(slot)
        contact.pointee.isTakenInVain = true
        floor.agents[a].state = .busy
        floor.agents[a].busySince = clock.now
        handlings.begin(a, until: contact.pointee.deadline)
        bind(a, until: contact.pointee.deadline, wrapsUpFrom: clock.now)
        planAbandonment(slot)
        noteTakenInVain(contact, by: a)
    }

    /// Works out what a contact takes with this agent at this moment; returns the seconds until the first word.
    private mutating func adjust(_ slot: Int, type t: Int, by a: Int) -> Double {
        let contact = floor.contacts.place(slot)
        let place = Int(floor.agents[a].group) * queueCount + Int(contact.pointee.queue)
        if let pace = plan.types[t].given.handlingPace {
            contact.pointee.work.factor *= pace.factor(
                wait: waited(contact.pointee, type: t), waiting: floor.waitingByType[t])
        }
        // The caller is on hold until the interpreter is there, and no factor applies to that time.
        if connects[place] > 0 {
            contact.pointee.work.hold += connects[place] / factor(inHand: contact.pointee, by: a)
        }
        return setUps[place]
    }

    /// Remembers what an agent has in hand, where it can be taken away.
    mutating func keepInHand(_ contact: Floor.Contact, type t: Int, by a: Int) {
        if plan.handsBack || types[t].endsMatter { keep(contact, by: a) }
        guard types[t].endsMatter else { return }
        floor.agents[a].atEnd = .kept
        if types[t].isDeferred, plan.types[t].isInterruptible, !isOwed(a) {
            hands.free.begin(a, at: clock.now)
        }
    }

    /// Nothing in hand can be taken away any more.
    mutating func letGo(_ a: Int) {
        guard floor.agents[a].atEnd == .kept else { return }
        floor.agents[a].atEnd = .plain
        hands.free.end(a)
    }

    /// Counts whether deferred work was begun in time, and whether a promise to call was kept.
    mutating func countPromise(_ contact: Floor.Contact, waited wait: Double, type t: Int) {
        let isInTime = wait <= acceptableWaits[Int(contact.queue)]
        if types[t].isDeferred, !isInTime { ledger.row(Int(contact.ledgerRow)).add(.overdue, 1) }
        guard isInTime, contact.parentRow >= 0, contact.cause == .callback || contact.cause == .message else {
            return
        }
        if contact.cause == .callback { ledger.row(Int(contact.parentRow)).add(.callbacksKept, 1) }
        let rule = plan.types[t].isOfClosed ? plan.rules.closed : plan.rules.callbacks
        if rule == .promisedKept { ledger.row(Int(contact.parentRow)).add(.keptInstead, 1) }
    }

    /// A contact still waits when the run is over.
    mutating func countOpen(_ contact: Floor.Contact) {
        let t = Int(typeOfQueue[Int(contact.queue)])
        guard types[t].isDeferred else { return }
        let hours = plan.types[t].clock
        let wait =
            hours?.elapsed(from: contact.waitsSince, to: plan.length) ?? max(0, plan.length - contact.waitsSince)
        let row = ledger.row(Int(contact.ledgerRow))
        row.add(wait > acceptableWaits[Int(contact.queue)] ? .overdue : .undecided, 1)
        let last = ledger.lastRow(class: types[t].firstClass)
        last.base[Observations.Contact.oldest.rawValue] = max(
            last.base[Observations.Contact.oldest.rawValue], max(0, plan.length - contact.waitsSince))
    }

    // MARK: Lines

    /// Whether there is a line for a contact of the type, in use from now on.
    mutating func takeLine(type t: Int) -> Bool {
        let channel = types[t].channel
        guard hands.lineLimits[channel] < Int.max else { return true }
        guard hands.lines[channel] < hands.lineLimits[channel] else { return false }
        hands.lines[channel] += 1
        return true
    }

    mutating func releaseLine(type t: Int) {
        if hands.lineLimits[types[t].channel] < Int.max { hands.lines[types[t].channel] -= 1 }
    }

    /// A contact no longer needs its slot: it is released at once or, where the contact uses a line, when the line gets
    /// free at `time`.
    ///
    /// Whoever takes the contact from its agent before that finds the slot by the agent, and the line goes with the
    /// contact.
    mutating func keepLine(_ slot: Int, type t: Int, by a: Int, until time: Double) {
        guard hands.lineLimits[types[t].channel] < Int.max else {
            floor.release(slot)
            return
        }
        let generation = floor.contacts[slot].generation
        clock.schedule(.freeLine, at: time, subject: slot, generation: generation)
        guard plan.flows.keepsInHand else { return }
        hands.lineSlot[a] = Int32(truncatingIfNeeded: slot)
        hands.lineGeneration[a] = generation
    }

    /// The talk of a contact is over, and its line is free.
    mutating func freeLine(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        releaseLine(type: Int(typeOfQueue[Int(floor.contacts[slot].queue)]))
        floor.release(slot)
    }

    // MARK: Who else

    /// The agent who takes a contact where more than the idle are asked: one with room for one more, or one who can
    /// leave other work; −1 when nobody can. No longer idle.
    @inline(never)
    mutating func findAnyAgent(queue q: Int, type t: Int, index: UInt64) -> Int {
        if types[t].isSeveral {
            let a = handFor(queue: q, type: t, index: index)
            if a >= 0 { return a }
        } else {
            let a = chooseIdleAgent(class: q, type: t, index: index)
            if a >= 0 {
                guard plan.types[t].given.idleReserve == 0 || idleCount(queue: q) > plan.types[t].given.idleReserve
                else {
                    return -1
                }
                floor.endIdle(a)
                return a
            }
        }
        guard plan.flows.hasInterruptible, !types[t].isDeferred else { return -1 }
        return interrupted(queue: q)
    }

    /// How many of those who may serve a queue are idle.
    mutating func idleCount(queue q: Int) -> Int {
        var count = 0
        for level in 0..<ranks[q].levelCount {
            for g in ranks[q].level(level) { count += floor.groups[Int(g)].idleCount }
        }
        return count
    }

    /// Among those of the lowest rank who can take one more: an idle one, or the one with the fewest or the most in
    /// hand; no longer idle. A policy that does not ask by rank treats all as one rank.
    mutating func handFor(queue q: Int, type t: Int, index: UInt64) -> Int {
        let prefersIdle = plan.types[t].given.channel.loading == .leastLoaded
        let idle = chooseIdleAgent(class: q, type: t, index: index)
        var busy = -1
        for level in 0..<ranks[q].levelCount {
            var hasIdle = !choices.asksByRank && idle >= 0
            for group in ranks[q].level(level) {
                let g = Int(group)
                if idle >= 0, g == Int(floor.agents[idle].group) { hasIdle = true }
                guard floor.groups[g].surplus == 0, !isOutranked(q, group: g) else { continue }
                let a = hands.free.hand(
                    channel: types[t].channel, group: g, prefersFewest: prefersIdle,
                    than: busy < 0 ? 0 : Int(floor.agents[busy].handCount))
                if a >= 0 { busy = a }
            }
            if !choices.asksByRank, level + 1 < ranks[q].levelCount { continue }
            if hasIdle, prefersIdle || busy < 0 {
                floor.endIdle(idle)
                return idle
            }
            if busy >= 0 { return busy }
        }
        return -1
    }

    /// Whether an agent with contacts of the type's channel in hand can take one more.
    mutating func hasRoom(_ a: Int, type t: Int) -> Bool {
        guard floor.agents[a].atEnd == .several, Int(floor.agents[a].handCount) < plan.types[t].given.channel.atOnce,
            !isOwed(a), floor.groups[Int(floor.agents[a].group)].surplus == 0
        else { return false }
        return channelInHand(a) == types[t].channel
    }

    /// Among those of the lowest rank whose work can wait, the agent who began last: the work goes back to its queue.
    mutating func interrupted(queue q: Int) -> Int {
        for level in 0..<ranks[q].levelCount {
            var best = -1
            for group in ranks[q].level(level) where floor.groups[Int(group)].surplus == 0 {
                let a = hands.free.latest(group: Int(group))
                guard a >= 0 else { continue }
                if best < 0 || floor.agents[a].busySince > floor.agents[best].busySince { best = a }
            }
            if best >= 0 {
                putBack(takeBack(best))
                return best
            }
        }
        return -1
    }

    /// Work that was taken from its agent goes to somebody who is idle, or to the head of its list.
    mutating func putBack(_ slot: Int) {
        let q = Int(floor.contacts[slot].queue)
        let t = Int(typeOfQueue[q])
        floor.contacts[slot].deadline = .infinity
        let other = findAgent(class: q, type: t, index: drawIndex(floor.contacts[slot]))
        if other >= 0 {
            take(slot, type: t, by: other)
            return
        }
        waitAgain(slot, type: t)
    }
}
