#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A queue whose handling times pass through phases, with exponential patience or none: M/PH/n+M, exactly.
///
/// States are how many busy agents are in each phase, and how many contacts wait; the queue is cut where less than 1e-13
/// of the time is spent at the cut. Waits follow one contact through the chain: those behind it do not matter to it.
public struct PhaseQueue: Sendable, Hashable {
    /// Contacts per second, > 0.
    public let arrivalRate: Double
    /// The phases that a handling passes through.
    public let service: ServicePhases
    /// Mean patience, seconds, > 0; ∞ waits for ever.
    public let patience: Double

    /// `arrivalRate` in contacts per second; `patience` is the mean in seconds, ∞ waits for ever.
    public init(arrivalRate: Double, service: ServicePhases, patience: Double = .infinity) {
        self.arrivalRate = arrivalRate > 0 ? min(arrivalRate, 1e15) : 0
        self.service = service
        self.patience = patience > 0 ? patience : 0
    }

    /// The exact long-run measures; nil where the chain would be too large.
    ///
    /// `most` bounds the work, states × band²: two phases and a hundred agents fit. Without contacts, patience or agents
    /// phases do not matter and the answer is `SingleQueue`'s, as in overload with endless patience.
    public func measures(agents: Int, within acceptableWait: Double = 0, most: Double = 5e9) -> QueueMeasures? {
        let agents = max(0, agents)
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        let single = SingleQueue(arrivalRate: arrivalRate, handlingTime: service.mean, patience: patience)
        let endless = patience == .infinity && single.offeredLoad >= Double(agents) * (1 - 1e-12)
        guard arrivalRate > 0, agents > 0, patience > 0, !endless else {
            return single.measures(agents: Double(agents), within: within)
        }
        let waiting = single.measures(agents: Double(agents)).queueMean
        guard waiting < 1e5 else { return nil }
        var places = Int(waiting + 8 * (waiting + 4).squareRoot()) + 20
        while true {
            guard let chain = PhaseChain(self, agents: agents, places: places, most: most) else { return nil }
            let law = chain.stationary()
            if law[chain.level(agents + places)...].reduce(0, +) > 1e-13 {
                places *= 2
                continue
            }
            return chain.flows(law, within: within)?.measures(single, agents: Double(agents), within: within)
        }
    }
}

/// The states of a `PhaseQueue`, level by level of contacts in the system.
private struct PhaseChain {
    private let queue: PhaseQueue
    private let agents: Int
    private let places: Int
    /// Ways in which so many busy agents can be spread over the phases; contacts going on to a later phase come later.
    private let ways: [[[Int]]]
    private let index: [[Int]: Int]
    private let starts: [Int]

    /// nil where there would be more than `most` work.
    init?(_ queue: PhaseQueue, agents: Int, places: Int, most: Double) {
        let phases = queue.service.times.count
        var widest = 1.0
        for k in 1..<max(2, phases) where phases > 1 { widest *= Double(agents + k) / Double(k) }
        guard widest * Double(agents + places + 1) * 4 * widest * widest < most else { return nil }
        self.queue = queue
        self.agents = agents
        self.places = places
        var ways: [[[Int]]] = []
        for busy in 0...agents {
            var all: [[Int]] = []
            func fill(_ prefix: [Int], _ left: Int) {
                if prefix.count == phases - 1 {
                    all.append(prefix + [left])
                } else {
                    for here in stride(from: left, through: 0, by: -1) { fill(prefix + [here], left - here) }
                }
            }
            fill([], busy)
            ways.append(all)
        }
        self.ways = ways
        index = Dictionary(uniqueKeysWithValues: ways.flatMap { $0.enumerated().map { ($1, $0) } })
        var starts = [0]
        for level in 0...(agents + places) { starts.append((starts.last ?? 0) + ways[min(level, agents)].count) }
        self.starts = starts
    }

    /// The first state with so many in the system.
    func level(_ contacts: Int) -> Int { starts[contacts] }

    private func way(_ way: [Int], less: Int?, more: Int?) -> Int {
        var way = way
        if let less { way[less] -= 1 }
        if let more { way[more] += 1 }
        return index[way] ?? 0
    }

    func stationary() -> [Double] {
        let service = queue.service
        var moves: [(from: Int, to: Int, rate: Double)] = []
        for level in 0...(agents + places) {
            let waiting = max(0, level - agents)
            for (i, spread) in ways[min(level, agents)].enumerated() {
                let here = starts[level] + i
                if level < agents {
                    for phase in service.starts.indices where service.starts[phase] > 0 {
                        let to = starts[level + 1] + way(spread, less: nil, more: phase)
                        moves.append((here, to, queue.arrivalRate * service.starts[phase]))
                    }
                } else if waiting < places {
                    moves.append((here, starts[level + 1] + i, queue.arrivalRate))
                }
                if waiting > 0 { moves.append((here, starts[level - 1] + i, Double(waiting) / queue.patience)) }
                forEachStep(spread, refill: waiting > 0) { to, rate, ends in
                    moves.append((here, starts[ends ? level - 1 : level] + to, rate))
                }
            }
        }
        let chain = BandedChain(count: starts[agents + places + 1], band: moves.map { abs($0.to - $0.from) }.max() ?? 1)
        for move in moves { chain.add(move.from, move.to, move.rate) }
        return chain.stationary()
    }

    /// Steps of contacts in hand: on to the next phase, or to their end, when a waiting contact may take the place.
    private func forEachStep(_ spread: [Int], refill: Bool, _ body: (_ to: Int, _ rate: Double, _ ends: Bool) -> Void) {
        let service = queue.service
        for phase in spread.indices where spread[phase] > 0 {
            let rate = Double(spread[phase]) / service.times[phase]
            let onward = service.onward[phase]
            if onward > 0 { body(way(spread, less: phase, more: phase + 1), rate * onward, false) }
            guard onward < 1 else { continue }
            guard refill else {
                body(way(spread, less: phase, more: nil), rate * (1 - onward), true)
                continue
            }
            for next in service.starts.indices where service.starts[next] > 0 {
                body(way(spread, less: phase, more: next), rate * (1 - onward) * service.starts[next], true)
            }
        }
    }

    /// nil where phases are so unequal that following a wait takes too many steps.
    ///
    /// Follows those who wait: states are the agents' phases and how many are ahead, which only falls.
    func flows(_ law: [Double], within t: Double) -> ContactFlows? {
        let width = ways[agents].count
        // From most ahead to none, within that in the order of phases: every move leads to a later state.
        var first: [Int] = []
        var targets: [Int] = []
        var rates: [Double] = []
        var out: [Double] = []
        let leaving = 1 / queue.patience
        var fastest = 0.0
        for ahead in stride(from: places, through: 0, by: -1) {
            let base = (places - ahead) * width
            for (i, spread) in ways[agents].enumerated() {
                first.append(targets.count)
                var sum = leaving * Double(ahead + 1)
                forEachStep(spread, refill: true) { to, rate, ends in
                    // Ahead of nobody the end of a contact is the answer: beyond the last state.
                    targets.append(ends ? (ahead > 0 ? base + width + to : width * (places + 1)) : base + to)
                    rates.append(rate)
                    sum += rate
                }
                if ahead > 0, leaving > 0 {
                    targets.append(base + width + i)
                    rates.append(leaving * Double(ahead))
                }
                out.append(sum)
                fastest = max(fastest, sum)
            }
        }
        first.append(targets.count)
        let count = out.count
        var seen = [Double](repeating: 0, count: count + 1)
        for ahead in 0...places {
            for i in 0..<width { seen[(places - ahead) * width + i] = law[starts[agents + ahead] + i] }
        }
        let waited = seen.reduce(0, +)
        let atOnce = law[..<starts[agents]].reduce(0, +)
        var flows = ContactFlows(
            answeredAtOnce: atOnce, answered: atOnce, answeredInTime: atOnce, waited: waited, abandoned: 0, blocked: 0,
            stillWaiting: 0, waitOfAnswered: 0, waitOfAbandoned: 0)
        // The chance to pass each state, and the time waited by then.
        var chance = seen
        var elapsed = [Double](repeating: 0, count: count + 1)
        for state in 0..<count {
            let time = elapsed[state] + chance[state] / out[state]
            flows.abandoned += chance[state] * leaving / out[state]
            flows.waitOfAbandoned += time * leaving / out[state]
            for move in first[state]..<first[state + 1] {
                chance[targets[move]] += chance[state] * rates[move] / out[state]
                elapsed[targets[move]] += time * rates[move] / out[state]
            }
        }
        flows.answered += chance[count]
        flows.waitOfAnswered = elapsed[count]
        // By the acceptable wait: steps of a uniformised chain, Poisson many.
        let steps = fastest * t
        var weight = -steps
        var left = 1.0
        var k = 0.0
        while true {
            let poisson = exp(weight)
            left -= poisson
            let answered = seen[count]
            flows.answeredInTime += poisson * answered
            let waiting = seen[..<count].reduce(0, +)
            flows.stillWaiting += poisson * waiting
            if waiting < 1e-16 || k > steps && poisson < 1e-17 {
                if waiting < 1e-16 { flows.answeredInTime += max(0, left) * answered }
                break
            }
            guard k * Double(count) < 1e10 else { return nil }
            var next = [Double](repeating: 0, count: count + 1)
            next[count] = answered
            for state in 0..<count where seen[state] > 0 {
                next[state] += seen[state] * max(0, 1 - out[state] / fastest)
                for move in first[state]..<first[state + 1] {
                    next[targets[move]] += seen[state] * rates[move] / fastest
                }
            }
            seen = next
            k += 1
            weight += log(steps / k)
        }
        return flows
    }
}
