extension Floor {
    /// Recounts the whole floor: lists against states, counts against lists. Called after each event where a play is
    /// recounted, so in plain loops.
    func isConsistent(inHand: Int) -> Bool {
        waitIsConsistent() && peopleAreConsistent(inHand: inHand)
    }

    private func waitIsConsistent() -> Bool {
        var waitingNow = 0
        let queues = self.queues.base
        let hasBits = self.queues.count <= 64
        var c = 0
        while c < self.queues.count {
            var length = 0
            var slot = queues[c].first
            var previous: Int32 = -1
            var order: UInt64 = 0
            while slot >= 0 {
                let contact = contacts.place(Int(slot))
                guard Int(contact.pointee.queue) == c, contact.pointee.previous == previous,
                    contact.pointee.waitOrder > order
                else { return false }
                order = contact.pointee.waitOrder
                length &+= 1
                previous = slot
                slot = contact.pointee.next
            }
            guard length == queues[c].count, queues[c].last == previous else { return false }
            guard !hasBits || (length > 0) == (waitingQueues >> UInt64(c) & 1 == 1) else { return false }
            waitingNow &+= length
            c &+= 1
        }
        return waitingNow == waiting
    }

    private func peopleAreConsistent(inHand: Int) -> Bool {
        let agents = self.agents.base
        let groups = self.groups.base
        var idleByState = 0
        var busy = 0
        var a = 0
        while a < self.agents.count {
            if agents[a].state == .idle { idleByState &+= 1 }
            if agents[a].state == .busy { busy &+= 1 }
            a &+= 1
        }
        var idleByList = 0
        let hasBits = self.groups.count <= 64
        var g = 0
        while g < self.groups.count {
            var length = 0
            var a = groups[g].idleFirst
            var order: UInt64 = 0
            while a >= 0 {
                // Within bounds: what is recounted may be wrong.
                let agent = self.agents.place(Int(a))
                guard agent.pointee.state == .idle, Int(agent.pointee.group) == g, agent.pointee.idleOrder > order
                else {
                    return false
                }
                order = agent.pointee.idleOrder
                length &+= 1
                a = agent.pointee.next
            }
            guard length == groups[g].idleCount else { return false }
            guard !hasBits || (length > 0) == (idleGroups >> UInt64(g) & 1 == 1) else { return false }
            idleByList &+= length
            g &+= 1
        }
        return idleByState == idleByList && busy == inHand
    }
}
