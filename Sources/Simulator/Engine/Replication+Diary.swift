/// How the diary is written. Only the `note…` functions call this, where a diary is kept.
extension Replication {
    @inline(never)
    mutating func writeInterruption(
        _ kind: Diary.Interruption.Kind, _ contact: UnsafePointer<Floor.Contact>, at time: Double?, by a: Int,
        until end: Double
    ) {
        diary?.write(
            Diary.Interruption(
                kind: kind, type: Int(typeOfQueue[Int(contact.pointee.queue)]), number: contact.pointee.number,
                attempt: Int(contact.pointee.attempt), time: time ?? clock.now, agent: a, until: end,
                origin: contact.pointee.path != 0 ? Int(contact.pointee.origin) : nil,
                path: contact.pointee.path))
    }

    @inline(never)
    mutating func writeAnswered(type t: Int, at i: Int, class c: Int, by a: Int, until end: Double) {
        write(
            .answered, class: c, arrivals.number(type: t), 0, arrivingWork(type: t, at: i), by: a, until: end)
    }

    @inline(never)
    mutating func writeTurnedAway(type t: Int, class c: Int) {
        write(.turnedAway, class: c, arrivals.number(type: t), 0)
    }

    @inline(never)
    mutating func write(
        _ outcome: Diary.Entry.Outcome, class c: Int, _ number: UInt64, _ attempt: Int32,
        _ work: Floor.Work = Floor.Work(), by a: Int = -1, until end: Double = 0
    ) {
        diary?.offer(
            Diary.Entry(
                type: Int(typeOfQueue[c]), contactClass: c, number: number, attempt: Int(attempt), offeredAt: clock.now,
                time: clock.now, outcome: outcome, handling: handling(work, class: c, by: a, until: end)))
    }

    @inline(never)
    mutating func write(
        _ outcome: Diary.Entry.Outcome, _ contact: UnsafePointer<Floor.Contact>, by a: Int = -1, until end: Double = 0
    ) {
        let identity = identity(contact.pointee)
        let c = countedClass(contact.pointee)
        diary?.offer(
            Diary.Entry(
                type: Int(typeOfQueue[c]), contactClass: c, number: identity.number, attempt: identity.attempt,
                origin: identity.origin, path: identity.path, offeredAt: clock.now, time: clock.now, outcome: outcome,
                handling: handling(contact.pointee.work, class: c, by: a, until: end)))
    }

    @inline(never)
    mutating func writeTaken(_ contact: UnsafePointer<Floor.Contact>, by a: Int, until end: Double) {
        if diary?.isWaiting(identity(contact.pointee)) == true {
            writeEnd(.answered, contact, by: a, until: end)
        } else {
            write(.answered, contact, by: a, until: end)
        }
    }

    @inline(never)
    mutating func writeTakenInVain(_ contact: UnsafePointer<Floor.Contact>, by a: Int) {
        if diary?.isWaiting(identity(contact.pointee)) != true { write(.waiting, contact) }
        diary?.takeInVain(identity(contact.pointee), at: clock.now)
        diary?.write(clock.now, .inVain(identity(contact.pointee), agent: a, until: contact.pointee.deadline))
    }

    @inline(never)
    mutating func writeBlocked(_ contact: UnsafePointer<Floor.Contact>, _ full: Diary.Moment.Full) {
        write(.blocked, contact)
        diary?.write(clock.now, .full(identity(contact.pointee), full))
    }

    @inline(never)
    mutating func writeBalked(_ contact: UnsafePointer<Floor.Contact>, announced wait: Double) {
        writeQueued(contact)
        diary?.write(clock.now, .balked(identity(contact.pointee), announced: wait))
        writeEnd(.abandoned, contact)
    }

    @inline(never)
    mutating func writeMoved(_ contact: Floor.Contact) {
        diary?.write(clock.now, .moved(identity(contact), queue: Int(contact.queue)))
    }

    @inline(never)
    mutating func writeBegun(_ contact: UnsafePointer<Floor.Contact>, by a: Int) {
        if diary?.isWaiting(identity(contact.pointee)) != true { write(.waiting, contact) }
        diary?.begin(identity(contact.pointee), by: a, at: clock.now)
    }

    @inline(never)
    mutating func writeLeft(_ contact: Floor.Contact, _ done: Floor.Work, by a: Int) {
        guard diary?.isWaiting(identity(contact)) == true else { return }
        let hold = done.hold * factor(inHand: contact, by: a)
        let setUp = contact.timesHandedBack == 0 ? setUp(queue: Int(contact.queue), by: a) : 0
        diary?.decide(
            identity(contact), .answered, at: contact.begun,
            Diary.Handling(
                agent: a, until: clock.now, talk: max(0, clock.now - contact.begun - setUp - hold), hold: hold,
                wrapUp: 0,
                setUp: setUp))
    }

    @inline(never)
    mutating func writeEnded(_ contact: Floor.Contact, by a: Int, rest: Double) {
        guard diary?.isWaiting(identity(contact)) == true else { return }
        let c = countedClass(contact)
        let factor = factor(inHand: contact, by: a)
        diary?.decide(
            identity(contact), .answered, at: contact.begun,
            Diary.Handling(
                agent: a, until: clock.now, talk: clock.now - contact.begun - rest, hold: contact.work.hold * factor,
                wrapUp: contact.work.wrapUp * factor, setUp: setUp(queue: c, by: a)))
    }

    /// What identifies a contact.
    mutating func identity(_ contact: borrowing Floor.Contact) -> Diary.Identity {
        let t = Int(typeOfQueue[Int(contact.queue)])
        let isOne = diary?.mergesTries == true && types[t].isDeferred && plan.types[t].given.tries != nil
        return Diary.Identity(
            origin: hasFlows ? Int(contact.origin) : t, path: contact.path, number: contact.number,
            attempt: isOne ? 0 : Int(contact.attempt))
    }

    @inline(never)
    mutating func writeUnreached(_ contact: UnsafePointer<Floor.Contact>, by a: Int, ringing: Double, isLast: Bool) {
        let identity = identity(contact.pointee)
        let isKnown = diary?.isWaiting(identity) == true
        guard diary?.mergesTries == true else {
            if isKnown { writeEnd(.unreached, contact) } else { write(.unreached, contact) }
            diary?.write(clock.now, .inVain(identity, agent: a, until: clock.now + ringing))
            return
        }
        if !isKnown { write(.waiting, contact) }
        diary?.addTry(identity, ringing: ringing)
        if isLast { writeEnd(.unreached, contact) }
    }

    /// What is written of a contact that finds us closed: sent away, unless it is promised a call.
    func outcomeWhenClosed(type t: Int) -> Diary.Entry.Outcome {
        guard case .callbackNextOpen = plan.types[t].given.whenClosed,
            let opening = plan.types[t].waitingHours.first(where: { $0.start > clock.now }), opening.start < plan.length
        else { return .turnedAway }
        return .calledBack
    }

    @inline(never)
    mutating func writeQueued(_ contact: UnsafePointer<Floor.Contact>) {
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
        let ahead = diary?.ahead(of: c, on: floor, now: clock.now) ?? 0
        diary?.offer(
            Diary.Entry(
                type: Int(typeOfQueue[c]), contactClass: c, number: identity.number, attempt: identity.attempt,
                origin: identity.origin, path: identity.path, offeredAt: clock.now, time: clock.now, outcome: .waiting,
                queued: Diary.Queued(busy: busy, away: away, ahead: ahead, deadline: contact.pointee.deadline)))
        if Int(contact.pointee.queue) != c { writeMoved(contact.pointee) }
    }

    @inline(never)
    mutating func writeEnd(
        _ outcome: Diary.Entry.Outcome, _ contact: UnsafePointer<Floor.Contact>, by a: Int = -1,
        until end: Double = 0, at time: Double? = nil
    ) {
        diary?.decide(
            identity(contact.pointee), outcome, at: time ?? clock.now,
            handling(contact.pointee.work, class: Int(contact.pointee.queue), by: a, until: end))
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
        types[Int(typeOfQueue[q])].isAdjusted ? setUps[Int(floor.agents[a].group) * queueCount + q] : 0
    }

    @inline(never)
    mutating func writeWrapUp(_ contact: Floor.Contact, by a: Int, lasting seconds: Double) {
        // Contacts that were handed back were written down when the first agent left.
        guard diary?.isWaiting(identity(contact)) == true else { return }
        let factor = factor(of: contact, by: a)
        diary?.decide(
            identity(contact), .answered, at: contact.begun,
            Diary.Handling(
                agent: a, until: clock.now + seconds, talk: contact.work.talk * factor,
                hold: contact.work.hold * factor + hands.heldExtra[a], wrapUp: seconds,
                setUp: setUp(queue: Int(contact.queue), by: a)))
    }
}
