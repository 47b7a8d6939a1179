import Queueing

/// What contacts bring about, and how those are taken that need more than an agent for a while.
extension Replication {
    // MARK: What brings about what

    /// A contact that arrives is the first of its line.
    mutating func startFlow(_ slot: Int, type t: Int, cell: Int) {
        let contact = floor.contacts.base + slot
        contact.pointee.subject = Int32(truncatingIfNeeded: types[t].subject)
        contact.pointee.origin = Int32(truncatingIfNeeded: t)
        contact.pointee.path = 0
        contact.pointee.cause = nil
        contact.pointee.cell = Int32(truncatingIfNeeded: cell)
        contact.pointee.offeredAt = now
        contact.pointee.waitsSince = now
    }

    /// The path of what a contact brings about: a digit for each cause from the caller's first contact on.
    ///
    /// Where digits run out, which takes twenty generations, bits are mixed: still the same for the same history.
    static func path(_ path: UInt64, then cause: Offshoot.Cause) -> UInt64 {
        let next = path << 3 | UInt64(cause.rawValue)
        guard path >= 1 << 60 else { return next }
        var mixed = (path ^ UInt64(cause.rawValue)) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 32) &* 0xD6E8_FEB8_6659_FD93
        return mixed | 1 << 63
    }

    /// Another contact from this one: of type `t`, offered at `time`, unless the horizon is over by then.
    mutating func bringAbout(
        _ cause: Offshoot.Cause, from parent: Floor.Contact, class c: Int, type t: Int, at time: Double
    ) {
        guard time < plan.length else { return }
        let slot = floor.openSlot()
        let contact = floor.contacts.base + slot
        let generation = contact.pointee.generation
        contact.pointee = Floor.Contact()
        contact.pointee.generation = generation
        contact.pointee.number = parent.number
        contact.pointee.subject = parent.subject
        contact.pointee.origin = parent.origin
        contact.pointee.path = Self.path(parent.path, then: cause)
        contact.pointee.cause = cause
        contact.pointee.parentCell = parent.cell
        contact.pointee.contactClass = Int32(truncatingIfNeeded: plan.heirs[c][t])
        contact.pointee.waitsSince = time
        schedule(.comeBack, at: time, subject: slot)
    }

    /// What an answered contact brings about: handed on when the talk ends, else come again or left to be done.
    mutating func foresee(_ contact: Floor.Contact, class c: Int, type t: Int, talkUntil: Double, until end: Double) {
        let offshoots = plan.types[t].offshoots
        guard !offshoots.isEmpty else { return }
        let index = drawIndex(contact)
        let subject = Int(contact.subject)
        func chosen(_ cause: Offshoot.Cause, _ purpose: RandomAddress.Purpose) -> Offshoot? {
            var u = 2.0
            for offshoot in offshoots where offshoot.cause == cause {
                if u == 2 { u = address.uniform(subject: subject, purpose, index: index, path: contact.path) }
                if u < offshoot.share { return offshoot }
                u -= offshoot.share
            }
            return nil
        }
        if let transfer = chosen(.transfer, .transfer) {
            seen.row(Int(contact.cell)).add(.transfersOut, 1)
            bringAbout(.transfer, from: contact, class: c, type: transfer.contactType, at: talkUntil)
            return
        }
        for (cause, purpose) in [(Offshoot.Cause.again, RandomAddress.Purpose.again), (.followUp, .followUp)] {
            guard let offshoot = chosen(cause, purpose) else { continue }
            var time = end
            if let delay = offshoot.delay {
                time += delay.quantile(
                    address.uniform(subject: subject, .againDelay, index: index, path: contact.path))
            }
            bringAbout(cause, from: contact, class: c, type: offshoot.contactType, at: time)
        }
    }

    /// A caller calls again, is handed on, or work falls to us.
    @inline(never)
    mutating func comeBack(_ slot: Int) {
        let contact = floor.contacts.base + slot
        let c = Int(contact.pointee.contactClass)
        let t = Int(typeOfClass[c])
        let cell = classCells + c
        let index = drawIndex(contact.pointee)
        let drawn = draws.drawn(
            type: t, subject: subject(of: contact.pointee, type: t), index: index,
            path: hasFlows ? contact.pointee.path : 0, address)
        contact.pointee.work.talk = drawn.talk
        contact.pointee.work.hold = drawn.hold
        contact.pointee.work.wrapUp = drawn.wrapUp
        let isPromised = contact.pointee.cause == .callback
        if contact.pointee.cause != nil, contact.pointee.attempt == 0 {
            contact.pointee.work.factor = arrivals.handlingFactor(type: t, at: now)
        }
        let row = seen.row(cell)
        if isPromised, contact.pointee.attempt > 0 {
            // The promise was counted when it was made.
            row.add(.offered, -1)
        } else {
            contact.pointee.waitsSince = now
            contact.pointee.cell = Int32(truncatingIfNeeded: cell)
            if contact.pointee.attempt > 0 {
                row.add(.redials, 1)
            } else if contact.pointee.cause == .transfer {
                row.add(.transfersIn, 1)
            } else if contact.pointee.cause == .again {
                row.add(.repeats, 1)
            }
        }
        switch offer(class: c, cell: cell, type: t, index: index) {
        case .agent(let a):
            contact.pointee.offeredAt = now
            if types[t].isTakenSpecially {
                take(slot, type: t, by: a)
                return
            }
            let end = answer(contact.pointee.work, waited: 0, queue: c, class: c, cell: cell, type: t, by: a)
            contact.pointee.cell = Int32(truncatingIfNeeded: cell)
            if diary != nil { note(.answered, contact, by: a, until: end) }
            floor.release(slot)
        case .queue:
            join(
                slot, cell: isPromised ? Int(contact.pointee.cell) : cell,
                patience: types[t].hasPatience ? drawn.patience : .infinity, type: t)
        case .closed:
            if diary != nil { note(.turnedAway, contact) }
            if hasFlows { leaveMessage(slot, type: t) } else { floor.release(slot) }
        case .blocked:
            if diary != nil { note(.blocked, contact) }
            giveUp(slot, type: t, wasBlocked: true)
        }
    }

    /// A contact that found us closed leaves a message, asks to be called, or is gone; its slot is free then.
    mutating func leaveMessage(_ slot: Int, type t: Int) {
        let contact = floor.contacts[slot]
        let c = countedClass(contact)
        switch plan.types[t].whenClosed {
        case .turnedAway: break
        case .message(let type): bringAbout(.message, from: contact, class: c, type: type, at: now)
        case .callbackNextOpen(let type):
            if let opening = plan.types[t].open.first(where: { $0.start > now }) {
                if opening.start < plan.length {
                    // Not sent away, but promised a call.
                    seen.row(Int(contact.cell)).add(.turnedAway, -1)
                    seen.row(Int(contact.cell)).add(.callbacksRequested, 1)
                }
                bringAbout(.callback, from: contact, class: c, type: type, at: opening.start)
            }
        }
        floor.release(slot)
    }

    // MARK: Taking

    /// Seconds that a contact has waited by its type's clock.
    mutating func waited(_ contact: Floor.Contact, type t: Int) -> Double {
        guard let clock = plan.types[t].clock else { return now - contact.waitsSince }
        return clock.elapsed(from: contact.waitsSince, to: now)
    }

    /// An agent, who is in no idle list any more, takes a contact in a slot that needs more than an agent for a while.
    @inline(never)
    mutating func take(_ slot: Int, type t: Int, by a: Int) {
        let contact = floor.contacts.base + slot
        let g = Int(floor.agents[a].group)
        let q = Int(contact.pointee.contactClass)
        let c = countedClass(contact.pointee)
        if contact.pointee.timesHandedBack > 0 {
            hold(contact.pointee, type: t, by: a)
            resume(slot, type: t, by: a)
            return
        }
        floor.renew(slot)
        if types[t].isSeveral {
            begin(slot, type: t, by: a)
            return
        }
        if contact.pointee.cause == .callback, nobodyAnswers(slot, type: t, class: c, by: a) { return }
        // Copied: what it brings about may move the slots.
        let taken = contact.pointee
        let wait = hasFlows ? waited(taken, type: t) : now - taken.offeredAt
        let end = answer(taken.work, waited: wait, queue: q, class: c, cell: Int(taken.cell), type: t, by: a)
        countPromise(taken, waited: wait, type: t)
        if diary != nil { noteTaken(contact, by: a, until: end) }
        hold(taken, type: t, by: a)
        floor.release(slot)
        guard hasFlows else { return }
        let factor = taken.work.factor * handlingFactors[g * queueCount + q]
        let talkUntil = now + (taken.work.talk + taken.work.hold) * factor
        if hands.lineLimits[types[t].channel] < Int.max {
            schedule(.freeLine, at: talkUntil, subject: types[t].channel)
        }
        if !types[t].endsMatter { foresee(taken, class: c, type: t, talkUntil: talkUntil, until: end) }
    }

    /// Remembers what an agent has in hand, where it can be taken away.
    private mutating func hold(_ contact: Floor.Contact, type t: Int, by a: Int) {
        if plan.handsBack || types[t].endsMatter { keep(contact, by: a) }
        guard types[t].endsMatter else { return }
        floor.agents[a].holding = .kept
        hands.kept[Int(floor.agents[a].group)] += 1
    }

    /// Nothing in hand can be taken away any more.
    mutating func letGo(_ a: Int) {
        guard floor.agents[a].holding == .kept else { return }
        floor.agents[a].holding = .plain
        hands.kept[Int(floor.agents[a].group)] -= 1
    }

    /// Counts whether work in a list was begun in time, and whether a promise to call was kept.
    private mutating func countPromise(_ contact: Floor.Contact, waited wait: Double, type t: Int) {
        let isInTime = wait <= types[t].acceptableWait
        if types[t].isDeferred, !isInTime { seen.row(Int(contact.cell)).add(.overdue, 1) }
        if contact.cause == .callback, isInTime { seen.row(Int(contact.parentCell)).add(.callbacksKept, 1) }
    }

    /// A contact still waits when the run is over.
    mutating func noteOpen(_ contact: Floor.Contact) {
        let t = Int(typeOfClass[Int(contact.contactClass)])
        guard types[t].isDeferred else { return }
        let clock = plan.types[t].clock
        let wait =
            clock?.elapsed(from: contact.waitsSince, to: plan.length) ?? max(0, plan.length - contact.waitsSince)
        let row = seen.row(Int(contact.cell))
        row.add(wait > types[t].acceptableWait ? .overdue : .undecided, 1)
        let last = seen.row((periodStarts.count - 1) * classCount + types[t].firstClass)
        last.base[Observations.Contact.oldest.rawValue] = max(
            last.base[Observations.Contact.oldest.rawValue], max(0, plan.length - contact.waitsSince))
    }

    // MARK: Callbacks

    /// A try to call back that nobody answers: the agent has been busy for the ringing, and it is tried again.
    private mutating func nobodyAnswers(_ slot: Int, type t: Int, class c: Int, by a: Int) -> Bool {
        guard let promise = plan.types[t].promise, promise.noAnswer > 0 else { return false }
        let contact = floor.contacts.base + slot
        let u = address.uniform(
            subject: Int(contact.pointee.subject), .callbackAnswered, index: drawIndex(contact.pointee),
            path: contact.pointee.path)
        guard u < promise.noAnswer else { return false }
        floor.agents[a].state = .busy
        floor.agents[a].busySince = now
        let end = now + promise.ringing
        let row = seen.row(Int(contact.pointee.cell))
        row.add(.talk, promise.ringing)
        handlings.begin(a, until: end)
        if diary != nil {
            let isKnown = diary?.isWaiting(identity(contact.pointee)) == true
            if isKnown { noteEnd(.unreached, contact) } else { note(.unreached, contact) }
        }
        contact.pointee.attempt += 1
        contact.pointee.contactClass = Int32(truncatingIfNeeded: c)
        let again = end + promise.retryAfter
        if Int(contact.pointee.attempt) < promise.attempts, again < plan.length {
            schedule(.comeBack, at: again, subject: slot)
            return true
        }
        row.add(Int(contact.pointee.attempt) < promise.attempts ? .backlog : .turnedAway, 1)
        floor.release(slot)
        return true
    }

    /// A contact that begins to wait may be offered a callback, and may become urgent.
    @inline(never)
    mutating func waitSpecially(_ slot: Int, type t: Int) {
        let contact = floor.contacts[slot]
        let q = Int(contact.contactClass)
        if plan.queues[q].next >= 0 {
            schedule(
                .escalate, at: max(now, contact.waitsSince + plan.queues[q].nextAfter), subject: slot,
                generation: contact.generation)
        }
        guard let callback = plan.types[t].callback, callback.accepted > 0 else { return }
        let u = address.uniform(
            subject: Int(contact.subject), .callback, index: drawIndex(contact), path: contact.path)
        guard u < callback.accepted, contact.patience > callback.offerAfter else { return }
        if callback.offerAfter > 0 {
            schedule(
                .offerCallback, at: now + callback.offerAfter, subject: slot, generation: contact.generation)
        } else {
            offerCallback(slot, generation: contact.generation)
        }
    }

    /// One who would accept a callback is offered it, if still there: leaves the queue and is called later.
    mutating func offerCallback(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        let contact = floor.contacts[slot]
        let c = countedClass(contact)
        let t = Int(typeOfClass[c])
        guard let callback = plan.types[t].callback else { return }
        floor.dequeue(slot, type: t)
        addQueueTime(floor.contacts.base + slot, until: now)
        releaseLine(type: t)
        seen.row(Int(contact.cell)).add(.callbacksRequested, 1)
        if diary != nil { noteEnd(.calledBack, floor.contacts.base + slot) }
        floor.release(slot)
        bringAbout(.callback, from: contact, class: c, type: callback.contactType, at: now)
    }

    /// A contact that still waits moves to the queue of those who have waited long.
    mutating func escalate(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        let q = Int(floor.contacts[slot].contactClass)
        let t = Int(typeOfClass[q])
        let next = plan.queues[q].next
        floor.move(slot, to: next, type: t)
        let contact = floor.contacts[slot]
        if plan.queues[next].next >= 0 {
            schedule(
                .escalate, at: max(now, contact.waitsSince + plan.queues[next].nextAfter), subject: slot,
                generation: generation)
        }
        let a = freeAgent(class: next, type: t, index: drawIndex(contact))
        guard a >= 0 else { return }
        floor.dequeue(slot, type: t)
        addQueueTime(floor.contacts.base + slot, until: now)
        take(slot, type: t, by: a)
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

    // MARK: Who else

    /// Who takes a contact where it is not just the idle: one with a free hand, or one who can leave other work; −1
    /// when nobody can. Not idle any more.
    @inline(never)
    mutating func freeHand(queue q: Int, type t: Int, index: UInt64) -> Int {
        if types[t].isSeveral {
            let a = handFor(queue: q, type: t)
            if a >= 0 { return a }
        } else {
            let a = idleAgent(class: q, type: t, index: index)
            if a >= 0 {
                guard plan.types[t].idleReserve == 0 || idleCount(queue: q) > plan.types[t].idleReserve else {
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
    private mutating func idleCount(queue q: Int) -> Int {
        var count = 0
        for level in 0..<ranks[q].levelCount {
            for g in ranks[q].level(level) { count += floor.groups[Int(g)].idleCount }
        }
        return count
    }

    /// Of those of the lowest rank who can take one more, an idle one or the one with the fewest or most in hand.
    private mutating func handFor(queue q: Int, type t: Int) -> Int {
        let prefersIdle = plan.types[t].channel.loading == .leastLoaded
        for level in 0..<ranks[q].levelCount {
            var idle = -1
            var order = UInt64.max
            var busy = -1
            for group in ranks[q].level(level) {
                let g = Int(group)
                let first = Int(floor.groups[g].idleFirst)
                if first >= 0, floor.agents[first].idleOrder < order {
                    idle = first
                    order = floor.agents[first].idleOrder
                }
                for a in plan.groups[g].agents where hasRoom(a, type: t) {
                    let isBetter =
                        busy < 0
                        || (prefersIdle
                            ? floor.agents[a].handCount < floor.agents[busy].handCount
                            : floor.agents[a].handCount > floor.agents[busy].handCount)
                    if isBetter { busy = a }
                }
            }
            if idle >= 0, prefersIdle || busy < 0 {
                floor.endIdle(idle)
                return idle
            }
            if busy >= 0 { return busy }
        }
        return -1
    }

    /// Whether an agent with contacts of the type's channel in hand can take one more.
    mutating func hasRoom(_ a: Int, type t: Int) -> Bool {
        guard floor.agents[a].holding == .several, Int(floor.agents[a].handCount) < plan.types[t].channel.atOnce,
            !isOwed(a), floor.groups[Int(floor.agents[a].group)].surplus == 0
        else { return false }
        let other = Int(typeOfClass[Int(floor.contacts[Int(hands.of(a)[0])].contactClass)])
        return types[other].channel == types[t].channel
    }

    /// The agent who began last of those of the lowest rank whose work can wait: the work goes back to its list.
    private mutating func interrupted(queue q: Int) -> Int {
        for level in 0..<ranks[q].levelCount {
            var best = -1
            for group in ranks[q].level(level) where hands.kept[Int(group)] > 0 {
                for a in plan.groups[Int(group)].agents where floor.agents[a].holding == .kept && !isOwed(a) {
                    guard plan.types[Int(typeOfClass[Int(inHand[a].contactClass)])].isInterruptible,
                        floor.groups[Int(group)].surplus == 0
                    else { continue }
                    if best < 0 || floor.agents[a].busySince > floor.agents[best].busySince { best = a }
                }
            }
            if best >= 0 {
                putBack(takeBack(best))
                return best
            }
        }
        return -1
    }

    /// Work that was taken from its agent goes to somebody who is idle, or to the head of its list.
    private mutating func putBack(_ slot: Int) {
        let q = Int(floor.contacts[slot].contactClass)
        let t = Int(typeOfClass[q])
        floor.contacts[slot].deadline = .infinity
        let other = freeAgent(class: q, type: t, index: drawIndex(floor.contacts[slot]))
        if other >= 0 {
            take(slot, type: t, by: other)
            return
        }
        floor.enqueueFirst(slot, type: t)
        noteQueueMax(type: t, at: now)
    }

    /// As the policy says, but passing over contacts whose types ask that more agents stay idle.
    @inline(never)
    mutating func nextLeavingIdle(group g: Int) -> Int {
        for level in 0..<priorities[g].levelCount {
            var best = -1
            var order = UInt64.max
            for queue in priorities[g].level(level) {
                let slot = Int(floor.queues[Int(queue)].first)
                guard slot >= 0, floor.contacts[slot].waitOrder < order else { continue }
                let t = Int(typeOfClass[Int(queue)])
                let reserve = plan.types[t].idleReserve
                if reserve > 0, idleCount(queue: Int(queue)) < reserve { continue }
                best = slot
                order = floor.contacts[slot].waitOrder
            }
            if best >= 0 { return best }
        }
        return -1
    }

    // MARK: Several at once

    /// Counts the work that an agent has done on each contact in hand since it was last counted.
    private mutating func settle(_ a: Int) {
        let count = Int(floor.agents[a].handCount)
        if count > 0 {
            let mine = hands.of(a)
            let t = Int(typeOfClass[Int(floor.contacts[Int(mine[0])].contactClass)])
            let done = (now - hands.settledAt[a]) / plan.types[t].channel.paces[count - 1]
            for i in 0..<count { floor.contacts[Int(mine[i])].left -= done }
        }
        hands.settledAt[a] = now
    }

    /// One more contact in an agent's hands: all of them go on at another pace.
    private mutating func begin(_ slot: Int, type t: Int, by a: Int) {
        settle(a)
        let contact = floor.contacts.base + slot
        let g = Int(floor.agents[a].group)
        let work = contact.pointee.work
        let factor = work.factor * handlingFactors[g * queueCount + Int(contact.pointee.contactClass)]
        let wait = waited(contact.pointee, type: t)
        countAnswer(
            waited: wait, class: countedClass(contact.pointee), cell: Int(contact.pointee.cell), type: t, group: g)
        countPromise(contact.pointee, waited: wait, type: t)
        contact.pointee.left = (work.talk + work.hold + work.wrapUp) * factor
        contact.pointee.begun = now
        let count = Int(floor.agents[a].handCount)
        hands.of(a)[count] = Int32(slot)
        floor.agents[a].handCount += 1
        if count == 0 {
            floor.agents[a].state = .busy
            floor.agents[a].busySince = now
            floor.agents[a].holding = .several
        }
        if diary != nil { noteBegun(contact) }
        planNextEnd(a, type: t)
    }

    /// When the first of the contacts in an agent's hands ends, if none comes or goes before.
    private mutating func planNextEnd(_ a: Int, type t: Int) {
        let count = Int(floor.agents[a].handCount)
        let mine = hands.of(a)
        var least = Double.infinity
        for i in 0..<count { least = min(least, floor.contacts[Int(mine[i])].left) }
        handlings.begin(a, until: now + max(0, least) * plan.types[t].channel.paces[count - 1])
    }

    /// An agent takes more of the channel in hand, while there is room and somebody waits.
    mutating func fill(_ a: Int, type t: Int) {
        let g = Int(floor.agents[a].group)
        while hasRoom(a, type: t) {
            var best = -1
            for level in 0..<priorities[g].levelCount where best < 0 {
                var order = UInt64.max
                for queue in priorities[g].level(level) {
                    let other = Int(typeOfClass[Int(queue)])
                    guard types[other].channel == types[t].channel else { continue }
                    var slot = Int(floor.queues[Int(queue)].first)
                    while slot >= 0, floor.contacts[slot].deadline < now {
                        hangUp(slot, type: other)
                        floor.release(slot)
                        slot = Int(floor.queues[Int(queue)].first)
                    }
                    guard slot >= 0, floor.contacts[slot].waitOrder < order else { continue }
                    best = slot
                    order = floor.contacts[slot].waitOrder
                }
            }
            guard best >= 0 else { return }
            let other = Int(typeOfClass[Int(floor.contacts[best].contactClass)])
            floor.dequeue(best, type: other)
            addQueueTime(floor.contacts.base + best, until: now)
            take(best, type: other, by: a)
        }
    }

    // MARK: Ends

    /// An agent is through with a contact whose end matters.
    @inline(never)
    mutating func finishHeld(_ a: Int) {
        guard floor.agents[a].holding == .several else {
            let g = Int(floor.agents[a].group)
            spread(from: floor.agents[a].busySince, to: now, group: g, .busy)
            letGo(a)
            let contact = inHand[a]
            let c = countedClass(contact)
            foresee(contact, class: c, type: Int(typeOfClass[c]), talkUntil: now, until: now)
            if !seek(a) { handlings.end(a) }
            return
        }
        settle(a)
        let mine = hands.of(a)
        let count = Int(floor.agents[a].handCount)
        var place = 0
        for i in 1..<max(1, count)
        where floor.contacts[Int(mine[i])].left < floor.contacts[Int(mine[place])].left { place = i }
        let slot = Int(mine[place])
        let contact = floor.contacts[slot]
        let q = Int(contact.contactClass)
        let c = countedClass(contact)
        let t = Int(typeOfClass[q])
        let factor = contact.work.factor * handlingFactors[Int(floor.agents[a].group) * queueCount + q]
        let row = seen.row(Int(contact.cell))
        // What it took in all, the slower pace included, is talk but for the rest at its own pace.
        let rest = (contact.work.hold + contact.work.wrapUp) * factor
        row.add(.talk, now - contact.begun - rest)
        row.add(.hold, contact.work.hold * factor)
        row.add(.wrapUp, contact.work.wrapUp * factor)
        releaseLine(type: t)
        if diary != nil { noteEnded(contact, by: a, rest: rest) }
        floor.release(slot)
        for i in place..<(count - 1) { mine[i] = mine[i + 1] }
        floor.agents[a].handCount -= 1
        foresee(contact, class: c, type: t, talkUntil: now, until: now)
        if count > 1 {
            planNextEnd(a, type: t)
            fill(a, type: t)
            return
        }
        floor.agents[a].holding = .plain
        spread(from: floor.agents[a].busySince, to: now, group: Int(floor.agents[a].group), .busy)
        if !seek(a) { handlings.end(a) }
    }
}

extension Replication.TypeState {
    /// `watchingPatience` makes every end of patience an event at its time.
    init(_ type: Blueprint.TypePlan, _ plan: Blueprint, watchingPatience: Bool) {
        subject = type.subject
        firstClass = type.firstClass
        classCount = type.classCount
        hasPatience = type.patience != nil
        let hasLines = type.channel.lines != nil
        waitsSpecially = type.callback != nil || !type.escalations.isEmpty
        mustWatchPatience =
            watchingPatience || type.patience == nil || type.redial != nil || plan.waitingLimit < Int.max
            || plan.handsBack || hasLines || type.blockedAt < Int.max || waitsSpecially
        hasOtherWork = type.hold != nil || type.wrapUp != nil
        isDeferred = type.isDeferred
        isSeveral = type.channel.atOnce > 1
        endsMatter = type.isInterruptible || plan.handsBack && !type.offshoots.isEmpty
        isTakenSpecially =
            plan.handsBack || isDeferred || isSeveral || !type.offshoots.isEmpty || type.cause != nil
            || type.clock != nil || hasLines || waitsSpecially
        looksFurther = isSeveral || type.idleReserve > 0 || plan.flows.hasInterruptible && !isDeferred
        isPlain =
            !(isTakenSpecially || looksFurther || waitsSpecially || isDeferred || hasLines)
            && type.whenClosed == .turnedAway
        blockedAt = type.blockedAt
        channel = plan.channels.firstIndex { $0.id == type.channel.id } ?? 0
        acceptableWait = type.acceptableWait
        shortAbandon = type.shortAbandon
    }
}
