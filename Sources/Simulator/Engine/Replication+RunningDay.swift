import Center
import Probability
import Queueing

/// A day that begins in the middle of things.
extension Replication {
    /// Numbers of contacts that were here before: behind all that arrive.
    static var firstNumberHere: UInt64 { 1 << 39 }

    /// Among the people on the shifts under way, those with the lowest numbers are here, where the file says how many
    /// are.
    mutating func drawPresence(_ day: RunningDay) {
        if plan.absences.evenedOut == 0, plan.absences.unplanned == 0 { clock.isAbsent.fill(false) }
        for g in plan.groups.indices where !plan.groups[g].usesCurve {
            let onDuty = plan.groups[g].onDutyAtStart
            if g < day.present.count, let here = day.present[g] {
                for (i, a) in onDuty.enumerated() { clock.isAbsent[a] = i >= here }
            }
            // Whoever has a contact in hand is here.
            let busy = day.inService.count { $0.group == g }
            var missing = busy - onDuty.count { !clock.isAbsent[$0] }
            for a in onDuty where missing > 0 && clock.isAbsent[a] {
                clock.isAbsent[a] = false
                missing -= 1
            }
        }
    }

    /// Puts everybody where they are when the running day begins.
    mutating func takeUp(_ day: RunningDay) {
        var number = Self.firstNumberHere
        for g in plan.groups.indices {
            var free = plan.groups[g].usesCurve ? [] : plan.groups[g].onDutyAtStart.filter { !clock.isAbsent[$0] }
            free.reverse()
            let mine = day.inService.filter { $0.group == g }
            for item in mine where !types[item.contactType].isSeveral {
                guard let a = taken(from: &free, group: g) else { break }
                goOn(item, number: number, by: a)
                number += 1
            }
            for t in plan.types.indices where types[t].isSeveral {
                let several = mine.filter { $0.contactType == t }
                number = goOn(several, type: t, group: g, from: number, &free)
            }
        }
        let waiting = day.waiting.enumerated().flatMap { t, waits in waits.map { (type: t, wait: $0) } }
        // The longest elapsed first; of equals, in the order of the file.
        for item in waiting.enumerated().sorted(by: { ($1.element.wait, $0.offset) < ($0.element.wait, $1.offset) }) {
            waitOn(type: item.element.type, waited: item.element.wait, number: number)
            number += 1
        }
        if let before { expectMore(of: before, day) }
    }

    /// Somebody of the group who is here, with nothing in hand yet.
    private mutating func taken(from free: inout [Int], group g: Int) -> Int? {
        let a: Int
        if plan.groups[g].usesCurve {
            guard floor.groups[g].dutyCount < plan.groups[g].agents.count else { return nil }
            floor.groups[g].dutyCount += 1
            owed += floor.groups[g].dutyCount > floor.groups[g].dutyWanted ? 1 : 0
            a = floor.takeOffSlot(g)
        } else {
            guard let next = free.popLast() else { return nil }
            a = next
        }
        floor.agents[a].presentSince = 0
        handlings.seat(a)
        return a
    }

    /// A contact that is already here: its class, which must be one that the group may serve, and its work.
    private mutating func contactHere(type t: Int, number: UInt64, group: Int? = nil) -> Int {
        let (slot, contact) = floor.openSlot()
        let generation = contact.pointee.generation
        contact.pointee = Floor.Contact()
        contact.pointee.generation = generation
        contact.pointee.number = number
        contact.pointee.subject = Int32(truncatingIfNeeded: types[t].subject)
        contact.pointee.origin = Int32(truncatingIfNeeded: t)
        let c = contactClass(type: t, address.uniform(subject: types[t].subject, .language, index: number))
        let q = group.flatMap { served(class: c, type: t, by: $0) } ?? c
        contact.pointee.queue = Int32(truncatingIfNeeded: q)
        contact.pointee.ledgerRow = Int32(truncatingIfNeeded: countedClass(contact.pointee))
        let drawn = draws.drawn(type: t, subject: types[t].subject, index: number, path: 0, address)
        contact.pointee.work = Floor.Work(
            talk: drawn.talk, hold: drawn.hold, wrapUp: drawn.wrapUp,
            factor: arrivals.handlingFactor(type: t, at: clock.now))
        if hands.lineLimits[types[t].channel] < Int.max { hands.lines[types[t].channel] += 1 }
        return slot
    }

    /// The queue from which a group has a contact in hand: of this class if it may, else of another of the type; the
    /// class's own queue, or that of those who have waited long.
    private func served(class c: Int, type t: Int, by g: Int) -> Int? {
        let own = types[t].firstClass..<(types[t].firstClass + types[t].classCount)
        for other in [c] + own {
            var q = other
            while q >= 0 {
                if plan.queues[q].ranks.contains(where: { $0.contains(g) }) { return q }
                q = plan.queues[q].next
            }
        }
        return nil
    }

    // MARK: In service

    /// An agent goes on with a contact begun before; its beginning counts nowhere, its time is the agent's from now on.
    private mutating func goOn(_ item: RunningDay.InService, number: UInt64, by a: Int) {
        let t = item.contactType
        let slot = contactHere(type: t, number: number, group: item.group)
        let contact = floor.contacts.place(slot)
        contact.pointee.pace = floor.agents[a].pace
        let factor = factor(inHand: contact.pointee, by: a)
        assert(factor > 0, "a group has in hand what it may serve")
        contact.pointee.work = workLeft(
            type: t, number: number, elapsed: item.elapsed.map { $0 / factor }, factor: contact.pointee.work.factor)
        // It was answered before, so it is not counted again.
        contact.pointee.timesHandedBack = 1
        contact.pointee.beganBefore = true
        if choices.isSticky { contact.pointee.servedBy = choices.person[a] }
        let work = contact.pointee.work
        floor.agents[a].state = .busy
        floor.agents[a].busySince = 0
        let talkUntil = (work.talk + work.hold) * factor
        let end = (work.talk + work.hold + work.wrapUp) * factor
        handlings.begin(a, until: end)
        let here = contact.pointee
        if types[t].decidesAfterTalk {
            goOnTalking(here, by: a, until: talkUntil)
            floor.release(slot)
            return
        }
        keepInHand(here, type: t, by: a)
        guard hasFlows else {
            floor.release(slot)
            return
        }
        bind(a, until: 0, wrapsUpFrom: talkUntil)
        keepLine(slot, type: t, by: a, until: talkUntil)
        if !types[t].endsMatter {
            foresee(here, class: countedClass(here), type: t, talkUntil: talkUntil, until: end, by: a)
        }
    }

    /// The same where the agent decides at the end of the talk how to go on, unless the talk is over.
    private mutating func goOnTalking(_ contact: Floor.Contact, by a: Int, until talkUntil: Double) {
        keep(contact, by: a)
        bind(a, until: 0, wrapsUpFrom: talkUntil)
        hands.heldExtra[a] = 0
        if talkUntil > 0 {
            floor.agents[a].atEnd = .talking
            handlings.begin(a, until: talkUntil)
        } else {
            floor.agents[a].atEnd = .wrappingUp
            releaseLine(type: Int(typeOfQueue[Int(contact.queue)]))
        }
    }

    /// Several at once: spread over as many of the group as are here, or as few as can take them, as the channel loads
    /// agents.
    private mutating func goOn(
        _ items: [RunningDay.InService], type t: Int, group g: Int, from first: UInt64, _ free: inout [Int]
    ) -> UInt64 {
        guard !items.isEmpty else { return first }
        let channel = plan.types[t].given.channel
        let fewest = (items.count + channel.atOnce - 1) / channel.atOnce
        let people = channel.loading == .leastLoaded ? items.count : fewest
        var agents: [Int] = []
        while agents.count < people, let a = taken(from: &free, group: g) { agents.append(a) }
        guard !agents.isEmpty else { return first }
        for (i, item) in items.enumerated() where i < agents.count * channel.atOnce {
            let a = agents[i % agents.count]
            let slot = contactHere(type: t, number: first + UInt64(i), group: g)
            let contact = floor.contacts.place(slot)
            contact.pointee.pace = floor.agents[a].pace
            let factor = factor(inHand: contact.pointee, by: a)
            // As if it had always gone at the pace of as many as are in hand now.
            let inHand = (items.count + agents.count - 1 - i % agents.count) / agents.count
            let pace = channel.paces[max(0, min(inHand, channel.atOnce) - 1)]
            contact.pointee.work = workLeft(
                type: t, number: first + UInt64(i), elapsed: item.elapsed.map { $0 / factor / pace },
                factor: contact.pointee.work.factor)
            contact.pointee.timesHandedBack = 1
            contact.pointee.beganBefore = true
            if choices.isSticky { contact.pointee.servedBy = choices.person[a] }
            let work = contact.pointee.work
            contact.pointee.left = (work.talk + work.hold + work.wrapUp) * factor
            contact.pointee.begun = 0
            let count = Int(floor.agents[a].handCount)
            hands.of(a)[count] = Int32(slot)
            floor.agents[a].handCount += 1
            floor.agents[a].state = .busy
            floor.agents[a].busySince = 0
            floor.agents[a].atEnd = .several
            noteHands(a)
            hands.settledAt[a] = 0
        }
        for a in agents { planNextEnd(a, type: t) }
        return first + UInt64(items.count)
    }

    /// What is left of a handling that has lasted for `elapsed` seconds before factors: of the distribution of all
    /// three parts together, given that it is longer. Where the time is not known: of a handling met at any moment,
    /// which is a longer one than most (of 200 draws one by its length, and a moment of it).
    private mutating func workLeft(type t: Int, number: UInt64, elapsed: Double?, factor: Double) -> Floor.Work {
        let subject = types[t].subject
        let (plan, address) = (plan, address)
        func draw(_ k: Int) -> Floor.Work {
            let index = number | UInt64(k) << 40
            func part(_ distribution: Distribution?, _ purpose: RandomAddress.Purpose) -> Double {
                distribution?.quantile(address.uniform(subject: subject, purpose, index: index)) ?? 0
            }
            let type = plan.types[t].given
            return Floor.Work(
                talk: part(type.talk, .talk), hold: part(type.hold, .hold), wrapUp: part(type.wrapUp, .wrapUp),
                factor: factor)
        }
        var work = draw(1)
        var done = elapsed ?? 0
        if let elapsed {
            var k = 1
            while k < 1000, work.talk + work.hold + work.wrapUp <= elapsed {
                k += 1
                work = draw(k)
            }
            if work.talk + work.hold + work.wrapUp <= elapsed {
                // It has lasted so long that hardly any draw is longer: the talk is taken to be the part that lasts.
                let rest = max(0, elapsed - work.hold - work.wrapUp)
                work.talk = plan.types[t].given.talk.quantile(
                    address.uniform(subject: subject, .talk, index: number), beyond: rest)
            }
        } else {
            let all = (1...200).map { draw($0) }
            let lengths = all.map { $0.talk + $0.hold + $0.wrapUp }
            let u = address.uniform(subject: subject, .inService, index: number)
            var moment = u * lengths.reduce(0, +)
            var place = 0
            while place < 199, moment >= lengths[place] {
                moment -= lengths[place]
                place += 1
            }
            work = all[place]
            done = moment
        }
        // Talk comes first, then hold, then after-contact work.
        func pass(_ part: inout Double) {
            let past = min(part, done)
            part -= past
            done -= past
        }
        pass(&work.talk)
        pass(&work.hold)
        pass(&work.wrapUp)
        return work
    }

    // MARK: Waiting

    /// A contact that has waited joins its queue with the patience of those who have waited as long. It counts as
    /// offered now, with all its wait.
    private mutating func waitOn(type t: Int, waited wait: Double, number: UInt64) {
        let slot = contactHere(type: t, number: number)
        let contact = floor.contacts.place(slot)
        contact.pointee.offeredAt = -wait
        contact.pointee.waitsSince = -wait
        ledger.row(Int(contact.pointee.ledgerRow)).add(.offered, 1)
        if let patience = plan.types[t].given.patience {
            let u = address.uniform(subject: types[t].subject, .patience, index: number)
            contact.pointee.patience = patience.quantile(u, beyond: wait)
            contact.pointee.deadline = max(0, contact.pointee.patience - wait)
        }
        // Whoever has waited so long has been escalated already.
        var q = Int(contact.pointee.queue)
        while plan.queues[q].next >= 0, escalation(of: contact.pointee, queue: q) <= 0 { q = plan.queues[q].next }
        contact.pointee.queue = Int32(truncatingIfNeeded: q)
        if types[t].keepsHours { chooseQueue(contact, type: t) }
        q = Int(contact.pointee.queue)
        floor.enqueue(slot, type: t)
        noteQueueMax(type: t, at: 0)
        if types[t].hasPatience { watchPatience(slot, type: t) }
        guard types[t].waitsSpecially else { return }
        if plan.queues[q].next >= 0 {
            clock.schedule(
                .escalate, at: escalation(of: floor.contacts[slot], queue: q), subject: slot,
                generation: floor.contacts[slot].generation)
        }
        asksLater(floor.contacts[slot], slot: slot, type: t)
        // Whoever was offered a callback before has declined it.
        guard let callback = plan.types[t].given.callback, callback.offerAfter > wait else { return }
        let u = address.uniform(subject: types[t].subject, .callback, index: number)
        guard u < callback.accepted, floor.contacts[slot].patience > callback.offerAfter else { return }
        clock.schedule(
            .offerCallback, at: callback.offerAfter - wait, subject: slot,
            generation: floor.contacts[slot].generation)
    }
}

extension Replication {
    /// Somebody may ask what became of a contact that lies in a list since before the day was taken up: unless they have
    /// asked already, when it had waited for so long and they could.
    private mutating func asksLater(_ contact: Floor.Contact, slot: Int, type t: Int) {
        guard let chase = plan.types[t].given.chase, willChase(chase, contact) else { return }
        let time =
            plan.types[t].clock?.time(after: chase.after, from: contact.waitsSince) ?? contact.waitsSince + chase.after
        let asked = chase.contactType
        if time < 0,
            types[asked].isDeferred || plan.runningDay?.openBefore[asked].contains(where: { $0.end > time }) == true
        {
            return
        }
        if time < plan.length {
            clock.schedule(.chase, at: max(0, time), subject: slot, generation: contact.generation)
        }
    }
}

extension Distribution {
    /// The same quantile of those draws that are longer than `least` seconds, ≥ `least`.
    func quantile(_ u: Double, beyond least: Double) -> Double {
        guard least > 0 else { return quantile(u) }
        // The share at or below `least`, by halving: quantiles are the same on every processor, and so is this.
        var low = 0.0
        var high = 1.0
        for _ in 0..<60 {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if quantile(middle) <= least { low = middle } else { high = middle }
        }
        let place = low + (1 - low) * u
        return place < 1 ? max(least, quantile(place)) : least
    }
}
