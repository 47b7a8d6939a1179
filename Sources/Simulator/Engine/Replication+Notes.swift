/// What the diary is told of contacts.
extension Replication {
    /// A contact that has been answered is handed back, gone on with, or lost.
    @inline(never)
    mutating func noteInterruption(
        _ kind: Diary.Interruption.Kind, _ contact: UnsafePointer<Floor.Contact>, at time: Double? = nil,
        by a: Int = -1, until end: Double = 0
    ) {
        diary?.write(
            Diary.Interruption(
                kind: kind, type: Int(typeOfClass[Int(contact.pointee.contactClass)]), number: contact.pointee.number,
                attempt: Int(contact.pointee.attempt), time: time ?? now, agent: a, until: end,
                origin: hasFlows && contact.pointee.path != 0 ? Int(contact.pointee.origin) : nil,
                path: hasFlows ? contact.pointee.path : 0))
    }

    /// The type's next arrival, at place `i` of its batch, is answered at once.
    @inline(never)
    mutating func noteAnswered(type t: Int, at i: Int, class c: Int, by a: Int, until end: Double) {
        note(
            .answered, class: c, arrivals.number(type: t), 0, arrivingWork(type: t, at: i), by: a, until: end)
    }

    @inline(never)
    mutating func noteTurnedAway(type t: Int, class c: Int) {
        note(.turnedAway, class: c, arrivals.number(type: t), 0)
    }

    /// A contact that is offered now does not wait: it is answered, turned away or blocked.
    @inline(never)
    mutating func note(
        _ outcome: Diary.Entry.Outcome, class c: Int, _ number: UInt64, _ attempt: Int32,
        _ work: Floor.Work = Floor.Work(), by a: Int = -1, until end: Double = 0
    ) {
        diary?.offer(
            Diary.Entry(
                type: Int(typeOfClass[c]), contactClass: c, number: number, attempt: Int(attempt), offeredAt: now,
                time: now, outcome: outcome, handling: handling(work, class: c, by: a, until: end)))
    }

    @inline(never)
    mutating func note(
        _ outcome: Diary.Entry.Outcome, _ contact: UnsafePointer<Floor.Contact>, by a: Int = -1, until end: Double = 0
    ) {
        let identity = identity(contact.pointee)
        let c = countedClass(contact.pointee)
        diary?.offer(
            Diary.Entry(
                type: Int(typeOfClass[c]), contactClass: c, number: identity.number, attempt: identity.attempt,
                origin: identity.origin, path: identity.path, offeredAt: now, time: now, outcome: outcome,
                handling: handling(contact.pointee.work, class: c, by: a, until: end)))
    }

    /// A contact is taken by an agent: one that has waited, or that is offered now.
    mutating func noteTaken(_ contact: UnsafePointer<Floor.Contact>, by a: Int, until end: Double) {
        if diary?.isWaiting(identity(contact.pointee)) == true {
            noteEnd(.answered, contact, by: a, until: end)
        } else {
            note(.answered, contact, by: a, until: end)
        }
    }

    /// An agent is found for a contact that hangs up before the first word.
    mutating func noteTakenInVain(_ contact: UnsafePointer<Floor.Contact>, by a: Int) {
        if diary?.isWaiting(identity(contact.pointee)) != true { note(.waiting, contact) }
        diary?.takeInVain(identity(contact.pointee), at: now)
        diary?.write(now, .inVain(identity(contact.pointee), agent: a, until: contact.pointee.deadline))
    }

    /// There is no room for a contact that is offered now.
    @inline(never)
    mutating func noteBlocked(_ contact: UnsafePointer<Floor.Contact>, _ full: Diary.Moment.Full) {
        note(.blocked, contact)
        diary?.write(now, .full(identity(contact.pointee), full))
    }

    /// A contact that would have to wait is told how long the first has, and leaves.
    @inline(never)
    mutating func noteBalked(_ contact: UnsafePointer<Floor.Contact>, announced wait: Double) {
        noteQueued(contact)
        diary?.write(now, .balked(identity(contact.pointee), announced: wait))
        noteEnd(.hungUp, contact)
    }

    /// A waiting contact is in another queue from now on.
    @inline(never)
    mutating func noteMoved(_ contact: Floor.Contact) {
        diary?.write(now, .moved(identity(contact), queue: Int(contact.contactClass)))
    }

    /// One of several that an agent has in hand begins; how long it takes is known when it ends.
    mutating func noteBegun(_ contact: UnsafePointer<Floor.Contact>, by a: Int) {
        if diary?.isWaiting(identity(contact.pointee)) != true { note(.waiting, contact) }
        diary?.begin(identity(contact.pointee), by: a, at: now)
    }

    /// An agent leaves a contact to others whose handling is known only when it ends: what was done until now.
    mutating func noteLeft(_ contact: Floor.Contact, _ done: Floor.Work, by a: Int) {
        guard diary?.isWaiting(identity(contact)) == true else { return }
        let hold = done.hold * factor(inHand: contact, by: a)
        let setUp = contact.timesHandedBack == 0 ? setUp(queue: Int(contact.contactClass), by: a) : 0
        diary?.decide(
            identity(contact), .answered, at: contact.begun,
            Diary.Handling(
                agent: a, until: now, talk: max(0, now - contact.begun - setUp - hold), hold: hold, wrapUp: 0,
                setUp: setUp))
    }

    mutating func noteEnded(_ contact: Floor.Contact, by a: Int, rest: Double) {
        guard diary?.isWaiting(identity(contact)) == true else { return }
        let c = countedClass(contact)
        let factor = factor(inHand: contact, by: a)
        diary?.decide(
            identity(contact), .answered, at: contact.begun,
            Diary.Handling(
                agent: a, until: now, talk: now - contact.begun - rest, hold: contact.work.hold * factor,
                wrapUp: contact.work.wrapUp * factor, setUp: setUp(queue: c, by: a)))
    }

    /// What tells a contact from all others.
    mutating func identity(_ contact: borrowing Floor.Contact) -> Diary.Identity {
        let t = Int(typeOfClass[Int(contact.contactClass)])
        let isOne = diary?.joinsTries == true && types[t].isDeferred && plan.types[t].tries != nil
        return Diary.Identity(
            origin: hasFlows ? Int(contact.origin) : t, path: hasFlows ? contact.path : 0, number: contact.number,
            attempt: isOne ? 0 : Int(contact.attempt))
    }

    /// A call that nobody answers: the end of a contact, or of one of the tries that make it.
    mutating func noteUnreached(_ contact: UnsafePointer<Floor.Contact>, by a: Int, ringing: Double, isLast: Bool) {
        let identity = identity(contact.pointee)
        let isKnown = diary?.isWaiting(identity) == true
        guard diary?.joinsTries == true else {
            if isKnown { noteEnd(.unreached, contact) } else { note(.unreached, contact) }
            diary?.write(now, .inVain(identity, agent: a, until: now + ringing))
            return
        }
        if !isKnown { note(.waiting, contact) }
        diary?.addTry(identity, ringing: ringing)
        if isLast { noteEnd(.unreached, contact) }
    }

    /// What is said of a contact that finds us closed: sent away, unless it is promised a call.
    func outcomeWhenClosed(type t: Int) -> Diary.Entry.Outcome {
        guard case .callbackNextOpen = plan.types[t].whenClosed,
            let opening = plan.types[t].open.first(where: { $0.start > now }), opening.start < plan.length
        else { return .turnedAway }
        return .calledBack
    }

    /// A contact that is offered now is about to join its queue: what it finds there.
    @inline(never)
    mutating func noteQueued(_ contact: UnsafePointer<Floor.Contact>) {
        let c = countedClass(contact.pointee)
        let identity = identity(contact.pointee)
        var busy = 0
        var away = 0
        for group in plan.classes[c].ranks.joined() {
            for a in plan.groups[group].agents {
                if floor.agents[a].state == .busy { busy += 1 }
                if floor.agents[a].state == .away { away += 1 }
            }
        }
        let ahead = diary?.ahead(of: c, on: floor, now: now) ?? 0
        diary?.offer(
            Diary.Entry(
                type: Int(typeOfClass[c]), contactClass: c, number: identity.number, attempt: identity.attempt,
                origin: identity.origin, path: identity.path, offeredAt: now, time: now, outcome: .waiting,
                queued: Diary.Queued(busy: busy, away: away, ahead: ahead, deadline: contact.pointee.deadline)))
        if Int(contact.pointee.contactClass) != c { noteMoved(contact.pointee) }
    }

    /// What becomes of a contact that waits.
    @inline(never)
    mutating func noteEnd(
        _ outcome: Diary.Entry.Outcome, _ contact: UnsafePointer<Floor.Contact>, by a: Int = -1,
        until end: Double = 0, at time: Double? = nil
    ) {
        diary?.decide(
            identity(contact.pointee), outcome, at: time ?? now,
            handling(contact.pointee.work, class: Int(contact.pointee.contactClass), by: a, until: end))
    }

    /// Nil when nobody answers; multiplied as `answer` does, so that the bits are the same.
    mutating func handling(
        _ work: Floor.Work, class c: Int, by a: Int, until end: Double
    ) -> Diary.Handling? {
        guard a >= 0 else { return nil }
        let factor = factor(work, queue: c, by: a)
        return Diary.Handling(
            agent: a, until: end, talk: work.talk * factor, hold: work.hold * factor, wrapUp: work.wrapUp * factor,
            setUp: setUp(queue: c, by: a))
    }

    /// Seconds until the first word to a contact of a queue.
    mutating func setUp(queue q: Int, by a: Int) -> Double {
        types[Int(typeOfClass[q])].isAdjusted ? setUps[Int(floor.agents[a].group) * queueCount + q] : 0
    }
}
