extension Floor {
    /// Recounts the whole floor: lists against states, counts against lists. Called after each event in debug builds.
    func isConsistent(inHand: Int) -> Bool {
        var waitingNow = 0
        for c in 0..<queues.count {
            var length = 0
            var slot = queues[c].first
            var previous: Int32 = -1
            var order: UInt64 = 0
            while slot >= 0 {
                let contact = contacts[Int(slot)]
                guard Int(contact.contactClass) == c, contact.previous == previous,
                    contact.waitOrder > order
                else { return false }
                order = contact.waitOrder
                length += 1
                previous = slot
                slot = contact.next
            }
            guard length == queues[c].count, queues[c].last == previous else { return false }
            guard queues.count > 64 || (length > 0) == (waitingClasses >> UInt64(c) & 1 == 1) else { return false }
            waitingNow += length
        }
        guard waitingNow == waiting else { return false }
        var idleByState = 0
        var busy = 0
        for a in 0..<agents.count {
            if agents[a].state == .idle { idleByState += 1 }
            if agents[a].state == .busy { busy += 1 }
        }
        var idleByList = 0
        for g in 0..<groups.count {
            var length = 0
            var a = groups[g].idleFirst
            var order: UInt64 = 0
            while a >= 0 {
                let agent = agents[Int(a)]
                guard agent.state == .idle, Int(agent.group) == g, agent.idleOrder > order else { return false }
                order = agent.idleOrder
                length += 1
                a = agent.next
            }
            guard length == groups[g].idleCount else { return false }
            guard groups.count > 64 || (length > 0) == (idleGroups >> UInt64(g) & 1 == 1) else { return false }
            idleByList += length
        }
        return idleByState == idleByList && busy == inHand
    }
}
