import Center
import Queueing

/// Policies that look at more than the longest wait or the longest idle time; and callers who return to the same
/// person.
extension Replication {
    /// The idle agent whom the policy picks; −1 when all are taken.
    @inline(never)
    mutating func choosePolicyAgent(queue q: Int, type t: Int, index: UInt64) -> Int {
        guard floor.idleGroups & ranks[q].all != 0 else { return -1 }
        let policy = plan.routing.pickAgent.policy
        switch policy.order {
        case .longestIdle: return floor.longestIdle(ranks[q])
        case .firstGroup: return floor.firstIdle(ranks[q])
        case .lots:
            // The lot is drawn by the contact, so that the choice belongs to it.
            return floor.anyIdle(ranks[q], lot: address.uniform(subject: types[t].subject, .agent, index: index))
        case .leastOfGroups, .leastOfAgents:
            return floor.leastIdle(
                ranks[q], byRank: policy.asksByRank, ofGroups: policy.order == .leastOfGroups
            ) { g, a in
                policy.value(
                    IdleAgent(
                        handlingFactor: handlingFactors[g * queueCount + q], served: choices.served[g],
                        occupancy: choices.asksOccupancy ? occupancy(of: a) : 0))
            }
        }
    }

    /// An idle agent's handling ÷ (handling + available) today: 0…1, and 0 for whoever has just come.
    private func occupancy(of a: Int) -> Double {
        let onDuty = choices.stayed[a] + clock.now - max(choices.today[0], floor.agents[a].presentSince)
        return onDuty > 0 ? choices.worked[a] / onDuty : 0
    }

    /// The waiting contact that the policy picks for an agent, of one channel if given; −1 when there is none. Types
    /// that need more agents left idle than are idle are passed over.
    @inline(never)
    mutating func policyContact(for a: Int, group g: Int, channel: Int = -1) -> Int {
        let policy = plan.routing.pickContact.policy
        for level in 0..<priorities[g].levelCount {
            var best = -1
            var bestPoints = -Double.infinity
            var order = UInt64.max
            var count = 0
            for queue in priorities[g].level(level) where mayTake(from: Int(queue), channel: channel) {
                let slot = head(of: Int(queue))
                guard slot >= 0 else { continue }
                count += floor.queues[Int(queue)].count
                let points = policy.order == .points ? policy.points(waiting(slot, group: g)) : 0
                let isBetter =
                    points > bestPoints || points == bestPoints && floor.contacts[slot].waitOrder < order
                guard isBetter else { continue }
                best = slot
                bestPoints = points
                order = floor.contacts[slot].waitOrder
            }
            guard best >= 0 else { continue }
            guard policy.order == .lots else { return best }
            var place = min(Int(lot(of: a) * Double(count)), count - 1)
            for queue in priorities[g].level(level) where mayTake(from: Int(queue), channel: channel) {
                guard place < floor.queues[Int(queue)].count else {
                    place -= floor.queues[Int(queue)].count
                    continue
                }
                var slot = floor.queues[Int(queue)].first
                for _ in 0..<place { slot = floor.contacts[Int(slot)].next }
                return Int(slot)
            }
        }
        return -1
    }

    private mutating func mayTake(from q: Int, channel: Int) -> Bool {
        guard floor.queues[q].count > 0 else { return false }
        let t = Int(typeOfQueue[q])
        if channel >= 0 { return types[t].channel == channel }
        let reserve = plan.types[t].given.idleReserve
        return reserve == 0 || idleCount(queue: q) >= reserve
    }

    /// The first of a queue who is still there; −1 when there is none.
    private mutating func head(of q: Int) -> Int {
        let t = Int(typeOfQueue[q])
        var slot = Int(floor.queues[q].first)
        while slot >= 0, floor.contacts[slot].deadline < clock.now {
            countAbandoned(slot, type: t)
            floor.release(slot)
            slot = Int(floor.queues[q].first)
        }
        return slot
    }

    private mutating func waiting(_ slot: Int, group g: Int) -> WaitingContact {
        let contact = floor.contacts[slot]
        let q = Int(contact.queue)
        let t = Int(typeOfQueue[q])
        let wait = waited(contact, type: t)
        return WaitingContact(
            wait: wait, priority: plan.queues[q].priority, rank: plan.groups[g].ranks[q],
            isLate: wait > acceptableWaits[q])
    }

    /// The uniform of an agent's next choice: it belongs to the person and to how many choices came before.
    private mutating func lot(of a: Int) -> Double {
        let agent = plan.agents[a]
        let index = UInt64(agent.day) << 52 | UInt64(agent.number) << 32 | choices.lots[a]
        choices.lots[a] += 1
        return address.uniform(subject: agent.group, .waiting, index: index)
    }

    // MARK: The same person

    /// The person who served this caller before, if idle, or with room for one more, and allowed to; no longer idle,
    /// −1 otherwise.
    @inline(never)
    mutating func acquainted(_ slot: Int, queue q: Int, type t: Int) -> Int {
        let person = floor.contacts[slot].wanted
        guard person >= 0 else { return -1 }
        let reserve = plan.types[t].given.idleReserve
        for a in choices.agents[Int(person)] {
            let group = Int(floor.agents[a].group)
            guard plan.queues[q].ranks.contains(where: { $0.contains(group) }) else { return -1 }
            if floor.agents[a].state == .idle {
                guard reserve == 0 || idleCount(queue: q) > reserve else { return -1 }
                floor.endIdle(a)
                diary?.write(clock.now, .known(identity(floor.contacts[slot]), agent: a))
                return a
            }
            if types[t].isSeveral, hasRoom(a, type: t) {
                diary?.write(clock.now, .known(identity(floor.contacts[slot]), agent: a))
                return a
            }
        }
        return -1
    }

    // MARK: How busy agents have been

    /// An agent's handling ends now: its seconds of today.
    mutating func addWork(_ a: Int) {
        choices.worked[a] += clock.now - max(choices.today[0], floor.agents[a].busySince)
    }
}
