import Center
import Probability
import Queueing

/// What contacts bring about: others that are handed on, come again, or are left to be done.
extension Replication {
    /// A contact that arrives is the first of its chain.
    mutating func startFlow(_ slot: Int, type t: Int, ledgerRow: Int) {
        let contact = floor.contacts.place(slot)
        contact.pointee.subject = Int32(truncatingIfNeeded: types[t].subject)
        contact.pointee.origin = Int32(truncatingIfNeeded: t)
        contact.pointee.path = 0
        contact.pointee.cause = nil
        contact.pointee.servedBy = -1
        contact.pointee.servedBefore = -1
        contact.pointee.wanted = -1
        contact.pointee.ledgerRow = Int32(truncatingIfNeeded: ledgerRow)
        contact.pointee.offeredAt = clock.now
        contact.pointee.waitsSince = clock.now
        contact.pointee.companion = -1
        contact.pointee.together = 0
        contact.pointee.beganBefore = false
    }

    /// The path of what a contact brings about: a digit for each cause from the caller's first contact on.
    ///
    /// Where digits run out, which takes twenty generations, bits are mixed: still the same for the same history.
    static func path(_ path: UInt64, then cause: FollowOn.Cause) -> UInt64 {
        let next = path << 3 | cause.digit
        guard path >= 1 << 60 else { return next }
        var mixed = (path ^ cause.digit) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 32) &* 0xD6E8_FEB8_6659_FD93
        return mixed | 1 << 63
    }

    /// Another contact from this one, which is over at `end`, or now: of type `t`, offered at `time`, unless the horizon
    /// is over by then.
    mutating func bringAbout(
        _ cause: FollowOn.Cause, from parent: Floor.Contact, class c: Int, type t: Int, at time: Double,
        over end: Double? = nil
    ) {
        guard time < plan.length else { return }
        let slot = brought(cause, from: parent, class: c, type: t, at: time)
        floor.contacts[slot].offeredAt = end ?? clock.now
        clock.schedule(.comeBack, at: time, subject: slot)
    }

    /// The same contact in a slot of its own, before anything is planned for it.
    mutating func brought(
        _ cause: FollowOn.Cause, from parent: Floor.Contact, class c: Int, type t: Int, at time: Double
    ) -> Int {
        let (slot, contact) = floor.openSlot()
        let generation = contact.pointee.generation
        contact.pointee = Floor.Contact()
        contact.pointee.generation = generation
        contact.pointee.number = parent.number
        contact.pointee.subject = parent.subject
        contact.pointee.origin = parent.origin
        contact.pointee.path = Self.path(parent.path, then: cause)
        contact.pointee.cause = cause
        contact.pointee.parentRow = parent.ledgerRow
        let known = parent.servedBy >= 0 ? parent.servedBy : parent.servedBefore
        contact.pointee.servedBefore = known
        // Whoever hands a contact on does not get it back, but the person who handed it to them may.
        contact.pointee.wanted = cause == .transfer ? parent.servedBefore : known
        contact.pointee.queue = Int32(truncatingIfNeeded: plan.followOnClass(of: c, type: t))
        contact.pointee.waitsSince = time
        return slot
    }

    /// Which of a type's offshoots of one cause a contact of an agent has, if any.
    mutating func chosen(
        _ cause: FollowOn.Cause, _ purpose: RandomAddress.Purpose, of contact: Floor.Contact, type t: Int,
        by a: Int
    ) -> FollowOn? {
        var u = 2.0
        let times = plan.paces.outcome(cause, by: a, at: clock.now)
        for followOn in plan.types[t].given.followOns where followOn.cause == cause {
            if u == 2 {
                u = address.uniform(
                    subject: Int(contact.subject), purpose, index: drawIndex(contact), path: contact.path)
            }
            if u < followOn.share * times { return followOn }
            u -= followOn.share * times
        }
        return nil
    }

    /// What an answered contact brings about: handed on when the talk ends, else come again or left to be done.
    mutating func foresee(
        _ contact: Floor.Contact, class c: Int, type t: Int, talkUntil: Double, until end: Double, by a: Int
    ) {
        guard !plan.types[t].given.followOns.isEmpty else { return }
        if let transfer = chosen(.transfer, .transfer, of: contact, type: t, by: a) {
            ledger.row(Int(contact.ledgerRow)).add(.transfersOut, 1)
            bringAbout(.transfer, from: contact, class: c, type: transfer.contactType, at: talkUntil)
            return
        }
        foreseeMore(contact, class: c, type: t, until: end, by: a)
    }

    /// Why a contact that is not handed on leads to others, and what its draws are for.
    private static let laterCauses: [(FollowOn.Cause, RandomAddress.Purpose, RandomAddress.Purpose)] = [
        (.again, .again, .againDelay), (.followUp, .followUp, .againDelay), (.reply, .reply, .replyDelay),
    ]

    /// The same of a contact that is not handed on.
    mutating func foreseeMore(_ contact: Floor.Contact, class c: Int, type t: Int, until end: Double, by a: Int) {
        for (cause, purpose, delayed) in Self.laterCauses {
            guard let followOn = chosen(cause, purpose, of: contact, type: t, by: a) else { continue }
            var time = end
            if let delay = followOn.delay {
                time += delay.quantile(
                    address.uniform(
                        subject: Int(contact.subject), delayed, index: drawIndex(contact), path: contact.path))
            }
            if cause != .followUp { time = whenOpen(time, type: followOn.contactType, contact) }
            bringAbout(cause, from: contact, class: c, type: followOn.contactType, at: time, over: end)
        }
    }

    /// When somebody contacts us who would do so at `time`. People who know us do not come while we are closed,
    /// whatever happens to those who do; they come in the next opening hours, at any time of these alike. Infinite when
    /// there are none.
    mutating func whenOpen(_ time: Double, type t: Int, _ contact: Floor.Contact) -> Double {
        guard !types[t].isDeferred else { return time }
        let timeSpans = plan.types[t].waitingHours
        var next = min(types[t].timeSpan, timeSpans.count)
        while next < timeSpans.count, timeSpans[next].end <= time { next += 1 }
        guard next < timeSpans.count else { return .infinity }
        guard timeSpans[next].start > time else { return time }
        let u = address.uniform(
            subject: Int(contact.subject), .againOpen, index: drawIndex(contact), path: contact.path)
        return timeSpans[next].start + u * timeSpans[next].length
    }

    /// A caller calls again or is handed on, or work that we must do is due.
    @inline(never)
    mutating func comeBack(_ slot: Int) {
        let contact = floor.contacts.place(slot)
        let c = Int(contact.pointee.queue)
        let t = Int(typeOfQueue[c])
        let ledgerRow = ledger.classRows + c
        let index = drawIndex(contact.pointee)
        let drawn = draws.drawn(
            type: t, subject: subject(of: contact.pointee, type: t),
            index: plan.types[t].given.redial?.keepsCaller == true ? contact.pointee.number : index,
            path: contact.pointee.path, address)
        contact.pointee.work.talk = drawn.talk
        contact.pointee.work.hold = drawn.hold
        contact.pointee.work.wrapUp = drawn.wrapUp
        // The next try to reach somebody who was counted when the call was promised, or came onto the list.
        let isRetry = types[t].isDeferred && contact.pointee.attempt > 0 && plan.types[t].given.tries != nil
        if contact.pointee.cause != nil, contact.pointee.attempt == 0 {
            contact.pointee.work.factor = arrivals.handlingFactor(type: t, at: clock.now)
        }
        let row = ledger.row(ledgerRow)
        if isRetry {
            row.add(.offered, -1)
        } else {
            contact.pointee.waitsSince = clock.now
            contact.pointee.ledgerRow = Int32(truncatingIfNeeded: ledgerRow)
            if contact.pointee.attempt > 0 {
                row.add(.redials, 1)
            } else if contact.pointee.cause == .transfer {
                row.add(.transfersIn, 1)
            } else if contact.pointee.cause == .again {
                row.add(.repeats, 1)
            }
        }
        switch offer(class: c, ledgerRow: ledgerRow, type: t, index: index, slot: slot) {
        case .agent(let a):
            contact.pointee.offeredAt = clock.now
            if types[t].isAdjusted { expect(slot, patience: types[t].hasPatience ? drawn.patience : .infinity) }
            if types[t].isTakenSpecially {
                take(slot, type: t, by: a)
                return
            }
            let end = answer(contact.pointee.work, waited: 0, queue: c, class: c, ledgerRow: ledgerRow, type: t, by: a)
            contact.pointee.ledgerRow = Int32(truncatingIfNeeded: ledgerRow)
            note(.answered, contact, by: a, until: end)
            floor.release(slot)
        case .queue:
            joinQueue(
                slot, ledgerRow: isRetry ? Int(contact.pointee.ledgerRow) : ledgerRow,
                patience: types[t].hasPatience ? drawn.patience : .infinity, type: t)
        case .closed:
            note(outcomeWhenClosed(type: t), contact)
            leaveMessage(slot, type: t)
        case .blocked:
            noteBlocked(contact, .lines)
            callAgainOrLeave(slot, type: t, wasBlocked: true)
        }
    }

    /// Whether a contact that finds us closed is the rest of one that we took, and somebody is there to go on with it.
    @inline(never)
    mutating func isInProgress(_ slot: Int, class c: Int) -> Bool {
        let contact = floor.contacts.place(slot)
        guard contact.pointee.cause == .transfer || contact.pointee.cause == .consult, contact.pointee.attempt == 0
        else { return false }
        return isAnybodyThere(for: c)
    }

    /// Whether somebody other than one agent may serve a class, at once or after a wait: somebody on duty, on a break,
    /// or coming within so many seconds.
    mutating func isAnybodyThere(for c: Int, besides one: Int = -1, within seconds: Double = 0) -> Bool {
        for g in plan.groupsOfClass[c] {
            for a in plan.groups[g].agents where a != one && floor.agents[a].state != .off {
                if !floor.agents[a].isLeaving { return true }
            }
        }
        var i = clock.nextAppointment
        while i < clock.appointments.count, clock.appointments[i].time <= clock.now + seconds {
            let coming = clock.appointments[i]
            if coming.kind == .beginDuty, !clock.isVoid(coming) {
                let g = coming.isStaffing ? coming.subject : plan.agents[coming.subject].group
                if plan.groupsOfClass[c].contains(g), !coming.isStaffing || coming.amount > 0 { return true }
            }
            i += 1
        }
        return false
    }

    /// A contact that found us closed leaves a message, asks to be called, or is gone; its slot is free then.
    mutating func leaveMessage(_ slot: Int, type t: Int) {
        let contact = floor.contacts[slot]
        let c = countedClass(contact)
        switch plan.types[t].given.whenClosed {
        case .turnedAway: break
        case .message(let type): bringAbout(.message, from: contact, class: c, type: type, at: clock.now)
        case .callbackNextOpen(let type):
            if let opening = plan.types[t].waitingHours.first(where: { $0.start > clock.now }) {
                if opening.start < plan.length {
                    // Not sent away, but promised a call.
                    ledger.row(Int(contact.ledgerRow)).add(.turnedAway, -1)
                    ledger.row(Int(contact.ledgerRow)).add(.callbacksRequested, 1)
                }
                bringAbout(.callback, from: contact, class: c, type: type, at: opening.start)
            }
        }
        floor.release(slot)
    }
}
