import Probability
import Queueing

/// How a play begins and how it ends.
extension Replication {
    /// `watchingPatience` makes every end of patience an event at its time, `watchingEnds` every end of a handling:
    /// slower, the same results, for tests.
    init(_ plan: Blueprint, seed: UInt64, watchingPatience: Bool = false, watchingEnds: Bool = false) {
        // Read before they are stored: Swift 6.3 releases objects that nobody else holds when an unfinished noncopyable
        // value is read.
        let memory = Memory()
        self.memory = memory
        self.plan = plan
        self.seed = seed
        clock = Clockwork(plan, in: memory)
        ledger = Ledger(plan, in: memory)
        reductions = [[Double]](repeating: [], count: plan.groups.count)
        before = plan.before.map { PlayBefore($0, seed: seed) }
        load = plan.controls.map { LoadPath($0, dayCount: plan.dayCount, in: memory) }
        floor = Floor(plan, in: memory)
        arrivals = Arrivals(plan, in: memory)
        draws = ContactDraws(plan, in: memory)
        handlings = Handlings(plan, in: memory)
        let choices = RoutingChoices(plan, in: memory)
        noticesEndsLate =
            !watchingEnds && choices.picksLongestIdle && !choices.isSticky && !plan.flows.endsMatter
            && !plan.handsBack
        self.choices = choices
        types = Dense(plan.types.map { TypeState($0, plan, watchingPatience: watchingPatience) }, in: memory)
        typeOfQueue = Dense(plan.queues.map { Int32(plan.classes[$0.contactClass].type) }, in: memory)
        acceptableWaits = Dense(plan.queues.map { plan.classes[$0.contactClass].acceptableWait }, in: memory)
        ranks = Dense(plan.queues.map { GroupLists($0.ranks, in: memory) }, in: memory)
        hands = Hands(plan, in: memory)
        hasFlows = plan.flows.isAny
        queueCount = plan.queues.count
        priorities = Dense(plan.groups.map { GroupLists($0.priorities, in: memory) }, in: memory)
        handlingFactors = Dense(plan.groups.flatMap(\.handlingFactor), in: memory)
        let adjusts = plan.types.contains(where: \.isAdjusted)
        setUps = Dense(adjusts ? plan.groups.flatMap(\.setUp) : [], in: memory)
        connects = Dense(adjusts ? plan.groups.flatMap(\.connect) : [], in: memory)
        presenceDraws = Dense(repeating: 0.5, count: plan.groups.count * plan.dayCount, in: memory)
        inHand = Dense(repeating: Floor.Contact(), count: plan.flows.keepsInHand ? plan.agents.count : 0, in: memory)
        classCount = plan.classes.count
        groupCount = plan.groups.count
    }

    mutating func begin(_ number: Int) {
        address =
            plan.isAntithetic
            ? RandomAddress(seed: seed, replication: number & ~1, mirrored: number & 1 == 1)
            : RandomAddress(seed: seed, replication: number)
        clock.clear()
        ledger.begin()
        floor.reset()
        for t in 0..<types.count {
            openTimeSpan(0, type: t)
            types[t].watchesPatience = types[t].mustWatchPatience
        }
        handlings.removeAll()
        hands.clear()
        choices.clear()
        owed = 0
        for g in reductions.indices { reductions[g].removeAll(keepingCapacity: true) }
        isStopped = false
        drawAbsences()
        clock.begin(drawnAppointments())
        setPaces()
        arrivals.begin(address, plan.dayDraws)
        load?.begin()
        for t in 0..<types.count { drawArrivals(type: t) }
        if let day = plan.runningDay { takeUp(day) }
    }

    /// Whoever still waits now was neither answered nor hung up: no agent is coming any more.
    mutating func end() {
        for t in 0..<types.count where !types[t].watchesPatience { clearQueues(type: t, at: .greatestFiniteMagnitude) }
        for c in 0..<floor.queues.count {
            var slot = floor.queues[c].first
            while slot >= 0 {
                let contact = floor.contacts.place(Int(slot))
                addQueueTime(contact, until: plan.length)
                slot = contact.pointee.next
                // Who was handed back has been answered.
                if contact.pointee.timesHandedBack > 0 {
                    if !types[Int(typeOfQueue[c])].isDeferred { countLost(contact.pointee) }
                    continue
                }
                ledger.row(Int(contact.pointee.ledgerRow)).add(.backlog, 1)
                ledger.seen.queueEnd[ledger.seen.queueEnd.count - types.count + Int(typeOfQueue[c])] += 1
                countOpen(contact.pointee)
                noteEnd(.waiting, contact, at: plan.length)
            }
        }
        for a in 0..<floor.agents.count where floor.agents[a].state != .off && floor.agents[a].state != .away {
            addPresence(a, until: max(clock.now, plan.length))
        }
        diary?.end()
    }
}
