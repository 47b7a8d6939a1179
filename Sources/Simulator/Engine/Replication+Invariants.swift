/// What must hold after each event, counted anew: always in a debug build, in an optimised one where `recounts` is set.
///
/// Plain loops through plain pointers, for a debug build spends more time here than on the events themselves: a closure
/// for each agent, asked after each event, takes ten times as long.
extension Replication {
    #if DEBUG
        static let isRecountedAlways = true
    #else
        static let isRecountedAlways = false
    #endif

    /// Plays until nothing is left to happen, and recounts after each event.
    @inline(never)
    mutating func stepRecounting() {
        while step() {
            if let broken = brokenPromise() {
                fatalError("\(broken), at \(clock.now) s of replication \(address.replication), seed \(seed)")
            }
        }
    }

    /// What does not hold, in words; nil when all does.
    private mutating func brokenPromise() -> String? {
        if !floor.isConsistent(inHand: handlings.count()) { return "lists, states and counts of the floor differ" }
        if owed != countOwed() { return "\(owed) owe something by the count, \(countOwed()) when each is asked" }
        if !nobodyWaitsInVain() { return "a contact waits while an agent who may serve it is idle" }
        if !handsAreKnown() { return "who has a hand free is not who is noted" }
        return nil
    }

    /// What `owed` must be.
    private func countOwed() -> Int {
        var count = 0
        let agents = floor.agents.base
        var a = 0
        while a < floor.agents.count {
            if agents[a].state == .busy, agents[a].isLeaving || agents[a].pauseDue > 0 { count &+= 1 }
            a &+= 1
        }
        let groups = floor.groups.base
        var g = 0
        while g < groupCount {
            if groups[g].dutyCount > groups[g].dutyWanted { count &+= groups[g].dutyCount &- groups[g].dutyWanted }
            g &+= 1
        }
        return count
    }

    /// The promise of routing: no contact waits while an agent who may serve it is idle.
    private func nobodyWaitsInVain() -> Bool {
        guard floor.waiting > 0 else { return true }
        for c in 0..<floor.queues.count where floor.queues[c].count > 0 {
            if plan.types[Int(typeOfQueue[c])].given.idleReserve == 0, floor.longestIdle(ranks[c]) >= 0 { return false }
        }
        return true
    }

    /// What is kept of free hands, asked of everybody.
    private mutating func handsAreKnown() -> Bool {
        guard plan.flows.endsMatter else { return true }
        // These questions are not the engine's.
        let looks = hands.free.looks[0]
        defer { hands.free.looks[0] = looks }
        let agents = floor.agents.base
        var first = 0
        for g in 0..<groupCount {
            var end = first
            while end < floor.agents.count, agents[end].group == Int32(g) { end &+= 1 }
            for c in 0..<hands.free.atOnce.count where hands.free.atOnce[c] > 1 {
                let atOnce = hands.free.atOnce[c]
                // The first of those with the fewest and with the most in hand, among those with a hand free.
                var (fewest, most) = (-1, -1)
                var a = first
                while a < end {
                    if agents[a].atEnd == .several, Int(agents[a].handCount) < atOnce, channelInHand(a) == c,
                        !isOwed(a)
                    {
                        if fewest < 0 || agents[a].handCount < agents[fewest].handCount { fewest = a }
                        if most < 0 || agents[a].handCount > agents[most].handCount { most = a }
                    }
                    a &+= 1
                }
                guard hands.free.hand(channel: c, group: g, prefersFewest: true, than: 0) == fewest,
                    hands.free.hand(channel: c, group: g, prefersFewest: false, than: 0) == most
                else { return false }
            }
            if plan.flows.hasInterruptible {
                // The first of those who began last what can be taken from them.
                var latest = -1
                var a = first
                while a < end {
                    if agents[a].atEnd == .kept, !isOwed(a),
                        plan.types[Int(typeOfQueue[Int(inHand[a].queue)])].isInterruptible,
                        latest < 0 || agents[a].busySince > agents[latest].busySince
                    {
                        latest = a
                    }
                    a &+= 1
                }
                guard hands.free.latest(group: g) == latest else { return false }
            }
            first = end
        }
        assert(first == floor.agents.count, "the agents of a group stand side by side")
        return true
    }
}
