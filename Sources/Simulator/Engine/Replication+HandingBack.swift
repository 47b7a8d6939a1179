/// Contacts that are taken from their agents and gone on with later.
extension Replication {
    /// Remembers what an agent has in hand.
    mutating func keep(_ contact: Floor.Contact, by a: Int) {
        inHand[a] = contact
        inHand[a].pace = floor.agents[a].pace
    }

    /// Whether a busy agent can leave the contact to others: not one of several, nor one with a colleague on the line.
    func canHandBack(_ a: Int) -> Bool {
        floor.agents[a].holding == .plain || floor.agents[a].holding == .kept
    }

    /// Of a group's busy agents, the one whose contact began last, who has the least to hand back; nil when nobody is.
    mutating func latestToBegin(group g: Int) -> Int? {
        plan.groups[g].agents.filter { floor.agents[$0].state == .busy && canHandBack($0) }.max {
            floor.agents[$0].busySince < floor.agents[$1].busySince
        }
    }

    /// A busy agent must go: the contact returns to the head of its queue with what is left of it and fresh patience.
    mutating func handBack(_ a: Int) {
        let slot = takeBack(a)
        let contact = floor.contacts.place(slot)
        let c = Int(contact.pointee.contactClass)
        let t = Int(typeOfClass[c])
        let index = drawIndex(contact.pointee) | UInt64(contact.pointee.timesHandedBack) << 56
        let other = idleAgent(class: c, type: t, index: index)
        if other >= 0 {
            floor.endIdle(other)
            take(slot, type: t, by: other)
            return
        }
        floor.enqueueFirst(slot, type: t)
        noteQueueMax(type: t, at: now)
        guard let patience = plan.types[t].patience else { return }
        let fresh = patience.quantile(address.uniform(subject: types[t].subject, .patience, index: index))
        contact.pointee.patience = fresh
        contact.pointee.deadline = now + fresh
        planAbandonment(slot)
    }

    /// An agent stops in the middle of a contact: what is left of it, in a slot of its own.
    mutating func takeBack(_ a: Int) -> Int {
        let c = Int(inHand[a].contactClass)
        let g = Int(floor.agents[a].group)
        let since = floor.agents[a].busySince
        spread(from: since, to: now, group: g, .busy)
        if choices.asksOccupancy { addWork(a) }
        handlings.end(a)
        letGo(a)
        let factor = factor(inHand: inHand[a], by: a)
        let row = seen.row(Int(inHand[a].cell))
        var work = inHand[a].work
        // Talk comes first, then hold, then after-contact work; what was counted ahead is taken off again.
        let setUp = inHand[a].timesHandedBack == 0 ? setUp(queue: c, by: a) : 0
        var done = max(0, now - since - setUp) / factor
        func part(_ seconds: inout Double, _ column: Observations.Contact) {
            let past = min(seconds, done)
            done -= past
            seconds -= past
            row.add(column, -seconds * factor)
        }
        part(&work.talk, .talk)
        part(&work.hold, .hold)
        part(&work.wrapUp, .wrapUp)
        let slot = floor.openSlot()
        let contact = floor.contacts.place(slot)
        let generation = contact.pointee.generation
        contact.pointee = inHand[a]
        contact.pointee.generation = generation
        contact.pointee.work = work
        contact.pointee.timesHandedBack += 1
        contact.pointee.offeredAt = now
        if diary != nil { noteInterruption(.handedBack, contact, by: a) }
        return slot
    }

    /// Another agent goes on with a contact that was handed back.
    mutating func resume(_ slot: Int, type t: Int, by a: Int) {
        let contact = floor.contacts.place(slot)
        let work = contact.pointee.work
        let factor = factor(work, queue: Int(contact.pointee.contactClass), by: a)
        let row = seen.row(Int(contact.pointee.cell))
        row.add(.talk, work.talk * factor)
        row.add(.hold, work.hold * factor)
        row.add(.wrapUp, work.wrapUp * factor)
        floor.agents[a].state = .busy
        floor.agents[a].busySince = now
        let end = now + (work.talk + work.hold + work.wrapUp) * factor
        handlings.begin(a, until: end)
        if diary != nil { noteInterruption(.resumed, contact, by: a, until: end) }
        floor.release(slot)
    }
}
