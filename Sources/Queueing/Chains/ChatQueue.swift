/// Agents who hold several chats at once, each chat the slower the more its agent holds (Luo, Zhang 2013;
/// Tezcan, Zhang 2014).
///
/// An arrival goes to an agent with a free slot, else it waits, first come first served, with exponential patience.
/// While anybody waits all slots are taken, so that the wait is that of Erlang A with one server per slot; below that the
/// chain of how many agents hold how many chats is solved exactly.
public struct ChatQueue: Sendable, Hashable {
    /// Which agent with a free slot takes an arrival.
    public enum Routing: Sendable, Hashable {
        /// The agent with the fewest chats.
        case leastLoaded
        /// The fullest agent who still has a free slot.
        case mostLoaded
    }

    /// Chats per second, ≥ 0.
    public let arrivalRate: Double
    /// Mean patience, seconds, ≥ 0; ∞ waits for ever.
    public let patience: Double
    /// Mean time until a chat ends, seconds, were its agent to hold so many all the time: for 1, 2, … chats.
    public let chatTimes: [Double]
    /// Who takes the next chat where several could.
    public let routing: Routing

    /// Times that are not positive count as a millisecond; there is at least one slot.
    public init(
        arrivalRate: Double, chatTimes: [Double], patience: Double = .infinity, routing: Routing = .leastLoaded
    ) {
        self.arrivalRate = arrivalRate > 0 ? min(arrivalRate, 1e15) : 0
        self.chatTimes = (chatTimes.isEmpty ? [0] : chatTimes).map { $0 > 1e-3 ? min($0, 1e15) : 1e-3 }
        self.patience = patience > 0 ? patience : 0
        self.routing = routing
    }

    /// The exact long-run measures; nil where the chain would be too large (about 20 000 ways to hold chats).
    public func measures(agents: Int, within acceptableWait: Double = 0) -> ChatMeasures? {
        let agents = max(0, agents)
        let slots = chatTimes.count
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        let places = agents * slots
        // As seen by those who wait: one server per slot, each as slow as when all are taken.
        let full = SingleQueue(arrivalRate: arrivalRate, handlingTime: chatTimes[slots - 1], patience: patience)
        guard agents > 0, arrivalRate > 0 else {
            let queue = full.measures(agents: Double(places), within: within)
            return ChatMeasures(
                queue: queue, chatsMean: 0, chatTimeMean: nil, idleAgents: agents > 0 ? 1 : nil,
                chatsPerBusyAgent: nil, slotUse: agents > 0 ? 0 : nil)
        }
        guard let chain = OccupancyChain(agents: agents, slots: slots) else { return nil }
        let law = chain.stationary(self)
        let allTaken = law[law.count - 1]
        let below = allTaken > 0 ? law.dropLast().reduce(0, +) / allTaken : .infinity
        let flows: ContactFlows
        if patience == 0 {
            flows = ContactFlows(
                answeredAtOnce: 1 - allTaken, answered: 1 - allTaken, answeredInTime: 1 - allTaken, waited: allTaken,
                abandoned: allTaken, blocked: 0, stillWaiting: 0, waitOfAnswered: 0, waitOfAbandoned: 0)
        } else if patience == .infinity, full.offeredLoad >= Double(places) * (1 - 1e-14) {
            flows = ErlangC.endless
        } else if below == .infinity {
            flows = ErlangC.atOnce
        } else if patience < .infinity, OfferedWaitIntegral.isBetter(full, agents: Double(places), within: within) {
            flows = OfferedWaitIntegral(full, agents: Double(places)).flows(below: below, within: within)
        } else {
            flows = ErlangA.sums(full, agents: Double(places), places: .infinity, below: below, within: within)
        }
        let share = allTaken < 1 ? (1 - flows.waited) / (1 - allTaken) : 0
        var chats = flows.waited * Double(places)
        var idle = 0.0
        for state in 0..<(law.count - 1) {
            chats += share * law[state] * Double(chain.chats[state])
            idle += share * law[state] * Double(chain.states[state][0])
        }
        var queue = flows.measures(full, agents: Double(agents), within: within)
        queue.occupancy = min(1, 1 - idle / Double(agents))
        let busy = Double(agents) - idle
        return ChatMeasures(
            queue: queue, chatsMean: chats,
            chatTimeMean: flows.answered > 0 && flows.waitOfAnswered < .infinity
                ? chats / (arrivalRate * flows.answered) : (flows.waited >= 1 ? chatTimes[slots - 1] : nil),
            idleAgents: idle / Double(agents), chatsPerBusyAgent: busy > 0 ? chats / busy : nil,
            slotUse: chats / Double(places))
    }
}

/// What chatters and agents see in the long run.
public struct ChatMeasures: Sendable, Hashable {
    /// Waits, service levels and hang-ups; its offered load counts slots at their slowest, its occupancy agents with any
    /// chat.
    public var queue: QueueMeasures
    /// Mean number of chats in hand.
    public var chatsMean: Double
    /// Mean time from a chat's start to its end, seconds.
    public var chatTimeMean: Double?
    /// The share of agents without any chat.
    public var idleAgents: Double?
    /// Mean number of chats of an agent who has any.
    public var chatsPerBusyAgent: Double?
    /// The share of slots taken.
    public var slotUse: Double?
}

/// All the ways in which agents can hold chats: `states[i][k]` agents hold k, ordered by chats in all.
private struct OccupancyChain {
    let states: [[Int]]
    let chats: [Int]
    private let index: [[Int]: Int]

    /// nil for too many ways.
    init?(agents: Int, slots: Int) {
        var count = 1.0
        for k in 1...slots { count *= Double(agents + k) / Double(k) }
        guard count < 20_000 else { return nil }
        var all: [[Int]] = []
        func fill(_ prefix: [Int], _ left: Int) {
            if prefix.count == slots {
                all.append(prefix + [left])
            } else {
                for here in 0...left { fill(prefix + [here], left - here) }
            }
        }
        fill([], agents)
        let counted = all.map { ($0, $0.enumerated().reduce(0) { $0 + $1.offset * $1.element }) }
        let ordered = counted.sorted { $0.1 < $1.1 }
        states = ordered.map(\.0)
        chats = ordered.map(\.1)
        index = Dictionary(uniqueKeysWithValues: states.enumerated().map { ($1, $0) })
    }

    /// Without those who wait: an arrival that finds all slots taken leaves the chain where it is.
    func stationary(_ queue: ChatQueue) -> [Double] {
        var moves: [(from: Int, to: Int, rate: Double)] = []
        let slots = queue.chatTimes.count
        for (from, state) in states.enumerated() {
            let open = (0..<slots).filter { state[$0] > 0 }
            if let k = queue.routing == .leastLoaded ? open.first : open.last {
                moves.append((from, target(state, k, k + 1), queue.arrivalRate))
            }
            for k in 1...slots where state[k] > 0 {
                moves.append((from, target(state, k, k - 1), Double(state[k] * k) / queue.chatTimes[k - 1]))
            }
        }
        let chain = BandedChain(count: states.count, band: moves.map { abs($0.to - $0.from) }.max() ?? 1)
        for move in moves { chain.add(move.from, move.to, move.rate) }
        return chain.stationary()
    }

    private func target(_ state: [Int], _ from: Int, _ to: Int) -> Int {
        var state = state
        state[from] -= 1
        state[to] += 1
        return index[state] ?? 0
    }
}
