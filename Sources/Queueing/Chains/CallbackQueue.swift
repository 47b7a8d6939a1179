/// A queue that offers callbacks: whoever finds all agents busy takes one with some chance, else waits on the line
/// (Armony, Maglaras 2004; Legros, Jouini, Koole 2016).
///
/// A callback starts when nobody waits on the line and more than `idleReserve` agents are idle, looked at at every event;
/// callbacks are as long as other contacts and are never lost. States are busy agents, callers waiting and callbacks due.
public struct CallbackQueue: Sendable, Hashable {
    /// Arrivals, handling and patience on the line; unlimited room.
    public let contacts: SingleQueue
    /// The chance 0…1 of taking a callback.
    public let accepted: Double
    /// Agents kept idle for new contacts, ≥ 0.
    public let idleReserve: Int

    /// `accepted` is a chance 0…1; the room of `contacts` is not looked at.
    public init(_ contacts: SingleQueue, accepted: Double, idleReserve: Int = 0) {
        self.contacts = contacts
        self.accepted = accepted > 0 ? min(accepted, 1) : 0
        self.idleReserve = max(0, idleReserve)
    }

    /// The exact long-run measures; nil where the chain would be too large, and without contacts, agents or patience.
    ///
    /// Where agents cannot keep up with the callbacks, they pile up: their number and delay are ∞, and the rest is what
    /// callers meet while agents always have a callback to make. `most` bounds the work, states × band².
    public func measures(agents: Int, within acceptableWait: Double = 0, most: Double = 1e10) -> CallbackMeasures? {
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        guard contacts.arrivalRate > 0, contacts.handlingTime > 0, agents > 0, contacts.patience > 0 else { return nil }
        // The queue on the line while all are busy, cut where 1e-14 of it is left.
        guard let places = places(agents: agents) else { return nil }
        let piling = piling(agents: agents, places: places)
        var due = piling == nil ? 40 : 0
        while true {
            let side = Double(min(idleReserve, agents) + places + 2)
            guard Double(due + 1) * side * side * side < most else { return nil }
            let law = piling ?? stationary(agents: agents, places: places, due: due)
            if piling == nil, law.atEdge > 1e-13 {
                due *= 2
                continue
            }
            return measures(law, agents: agents, within: within)
        }
    }

    /// Chances by busy agents with nobody waiting, by waiting with all busy, and the callbacks due.
    private struct Law {
        var busyMean: Double
        var waiting: [Double]
        var dueMean: Double
        var atEdge: Double
    }

    private func places(agents: Int) -> Int? {
        let arrival = contacts.arrivalRate * (1 - accepted)
        let service = Double(agents) / contacts.handlingTime
        var term = 1.0
        var sum = 1.0
        var q = 0
        while q < 5000 {
            q += 1
            term *= arrival / (service + Double(q) / contacts.patience)
            sum += term
            if term < 1e-15 * sum { return q }
        }
        return nil
    }

    /// The law while callbacks are always due, when those are then not made as fast as they come.
    private func piling(agents: Int, places: Int) -> Law? {
        let least = max(0, agents - idleReserve)
        let service = 1 / contacts.handlingTime
        var chances = [1.0]
        for busy in (least + 1)..<(max(least, agents) + 1) {
            chances.append((chances.last ?? 0) * contacts.arrivalRate / (Double(busy) * service))
        }
        let full = chances.count - 1
        for q in 1...places {
            let out = Double(agents) * service + Double(q) / contacts.patience
            chances.append((chances.last ?? 0) * contacts.arrivalRate * (1 - accepted) / out)
        }
        let sum = chances.reduce(0, +)
        chances = chances.map { $0 / sum }
        let come = contacts.arrivalRate * accepted * chances[full...].reduce(0, +)
        guard come > 0, come >= Double(least) * service * chances[0] * (1 - 1e-12) else { return nil }
        let busy = chances.enumerated().reduce(0) { $0 + $1.element * Double(min(agents, least + $1.offset)) }
        return Law(busyMean: busy, waiting: Array(chances[full...]), dueMean: .infinity, atEdge: 0)
    }

    private func stationary(agents n: Int, places: Int, due: Int) -> Law {
        let reserve = min(idleReserve, n)
        let first = n + 1 + places
        let later = reserve + 1 + places
        // With callbacks due at most `reserve` agents are idle, unless somebody waits.
        func index(_ busy: Int, _ waiting: Int, _ c: Int) -> Int {
            c == 0 ? busy + waiting : first + (c - 1) * later + (busy - (n - reserve)) + waiting
        }
        let chain = BandedChain(count: first + due * later, band: later)
        let arrival = contacts.arrivalRate
        let service = 1 / contacts.handlingTime
        for c in 0...due {
            for busy in (c == 0 ? 0 : n - reserve)..<n {
                let here = index(busy, 0, c)
                chain.add(here, index(busy + 1, 0, c), arrival)
                guard busy > 0 else { continue }
                let back = c > 0 && busy == n - reserve ? index(busy, 0, c - 1) : index(busy - 1, 0, c)
                chain.add(here, back, Double(busy) * service)
            }
            for waiting in 0...places {
                let here = index(n, waiting, c)
                chain.add(here, index(n, waiting, min(due, c + 1)), arrival * accepted)
                if waiting < places { chain.add(here, index(n, waiting + 1, c), arrival * (1 - accepted)) }
                if waiting > 0 {
                    chain.add(
                        here, index(n, waiting - 1, c), Double(n) * service + Double(waiting) / contacts.patience)
                } else {
                    let back = c > 0 && reserve == 0 ? index(n, 0, c - 1) : index(n - 1, 0, c)
                    chain.add(here, back, Double(n) * service)
                }
            }
        }
        let law = chain.stationary()
        var result = Law(
            busyMean: 0, waiting: [Double](repeating: 0, count: places + 1), dueMean: 0, atEdge: 0)
        for c in 0...due {
            for busy in (c == 0 ? 0 : n - reserve)..<n {
                let chance = law[index(busy, 0, c)]
                result.busyMean += chance * Double(busy)
                result.dueMean += chance * Double(c)
                if c == due { result.atEdge += chance }
            }
            for waiting in 0...places {
                let chance = law[index(n, waiting, c)]
                result.busyMean += chance * Double(n)
                result.waiting[waiting] += chance
                result.dueMean += chance * Double(c)
                if c == due { result.atEdge += chance }
            }
        }
        return result
    }

    private func measures(_ law: Law, agents: Int, within: Double) -> CallbackMeasures {
        let online = 1 - accepted
        let offered = law.waiting.reduce(0, +)
        var flows = StageWaits.flows(
            seen: law.waiting.map { $0 * online }, service: Double(agents) / contacts.handlingTime,
            patience: contacts.patience, within: within)
        let atOnce = max(0, 1 - offered)
        flows.answeredAtOnce = atOnce
        flows.answered += atOnce
        flows.answeredInTime += atOnce
        let callbacks = offered * accepted
        // Ratios to those who stayed on the line.
        let stayed = 1 - callbacks
        let nobody = SingleQueue(arrivalRate: 0, handlingTime: contacts.handlingTime)
        var queue =
            stayed > 1e-14
            ? ContactFlows(flows.bundle * (1 / stayed))
                .measures(contacts.times(stayed), agents: Double(agents), within: within)
            : nobody.measures(agents: Double(agents), within: within)
        queue.offeredLoad = contacts.offeredLoad
        queue.occupancy = min(1, law.busyMean / Double(agents))
        return CallbackMeasures(
            online: queue, offered: offered, callbacks: callbacks, entered: offered * online,
            abandonment: flows.abandoned, callbacksDue: law.dueMean,
            callbackDelay: callbacks > 0 ? law.dueMean / (contacts.arrivalRate * callbacks) : nil)
    }
}

/// What callers, and those who are called back, see in the long run.
public struct CallbackMeasures: Sendable, Hashable {
    /// Of those who took no callback; the offered load and the occupancy are of all.
    public var online: QueueMeasures
    /// The share of all callers who are offered a callback.
    public var offered: Double
    /// The share of all callers who take one.
    public var callbacks: Double
    /// The share of all callers who wait on the line.
    public var entered: Double
    /// The share of all callers who give up on the line.
    public var abandonment: Double
    /// Mean number of callbacks due and not begun.
    public var callbacksDue: Double
    /// Mean time from the call until the callback begins, seconds.
    public var callbackDelay: Double?
}
