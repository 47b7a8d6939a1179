#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The exact queue with redials: M/M/n/K+M with an orbit of callers who will try again.
///
/// States are contacts in the system and callers in orbit; the orbit, and the queue where lines are unlimited, are cut
/// where less than 1e-13 of the time is spent at the cut. Redials come back from the orbit independently after an
/// exponential delay, with fresh patience and handling time (Falin, Templeton 1997).
extension Redials {
    /// The long-run measures; nil where the chain would be too large for an exact answer, has no steady state, or callers
    /// try only so many times.
    ///
    /// The work grows with states × band²; `most` bounds it, 2·10¹⁰ being about a quarter of a minute. Loads up to about
    /// 100 erlangs with orbits up to some hundreds fit.
    public func exact(
        _ queue: SingleQueue, agents: Int, within acceptableWait: Double = 0, most: Double = 2e10
    ) -> RedialMeasures? {
        let agents = max(0, agents)
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        let estimate = erlangX(queue, agents: Double(agents), within: within)
        guard estimate.attemptsPerCaller > 1 else { return estimate }
        guard atMost == nil, estimate.attemptRate < .infinity, queue.patience > 0, queue.handlingTime > 0, agents > 0
        else { return nil }
        let waiting = estimate.attempts.queueMean
        var places: Int
        var isCut = false
        switch queue.room {
        case .none: places = 0
        case .lines(let lines):
            guard lines >= agents else { return nil }
            places = lines - agents
        case .unlimited:
            isCut = true
            places = Int(min(1e6, waiting + 10 * (waiting + 10).squareRoot() + 10))
        }
        var orbit = Int(min(1e6, estimate.orbitMean + 8 * (estimate.orbitMean + 4).squareRoot() + 10))
        while true {
            let minor = Double(min(agents + places, orbit) + 2)
            guard Double((agents + places + 1) * (orbit + 1)) * minor * minor < most else { return nil }
            let law = OrbitLaw(self, queue, agents: agents, places: places, orbit: orbit)
            let orbitTooSmall = law.atOrbitEdge > 1e-13
            let queueTooSmall = isCut && law.atQueueEdge > 1e-13
            guard orbitTooSmall || queueTooSmall else { return law.measures(self, queue, within: within, isCut: isCut) }
            if orbitTooSmall { orbit += orbit / 2 + 5 }
            if queueTooSmall { places += places / 2 + 5 }
        }
    }
}

/// The stationary law of contacts in the system and callers in orbit.
private struct OrbitLaw {
    let agents: Int
    let places: Int
    let orbit: Int
    /// [in the system][in orbit], flat.
    let law: [Double]

    init(_ redials: Redials, _ queue: SingleQueue, agents: Int, places: Int, orbit: Int) {
        self.agents = agents
        self.places = places
        self.orbit = orbit
        let lines = agents + places
        let arrival = queue.arrivalRate
        let service = 1 / queue.handlingTime
        let leaving = 1 / queue.patience
        let calling = 1 / redials.delay
        // The shorter side runs fastest, for the narrower band.
        let byLines = orbit < lines
        func index(_ x: Int, _ o: Int) -> Int { byLines ? x * (orbit + 1) + o : o * (lines + 1) + x }
        let chain = BandedChain(count: (lines + 1) * (orbit + 1), band: min(lines, orbit) + 2)
        for x in 0...lines {
            for o in 0...orbit {
                let here = index(x, o)
                let more = min(orbit, o + 1)
                if x < lines {
                    chain.add(here, index(x + 1, o), arrival)
                    if o > 0 { chain.add(here, index(x + 1, o - 1), Double(o) * calling) }
                } else {
                    chain.add(here, index(x, more), arrival * redials.afterBlocking)
                    if o > 0 { chain.add(here, index(x, o - 1), Double(o) * calling * (1 - redials.afterBlocking)) }
                }
                if x > 0 { chain.add(here, index(x - 1, o), Double(min(x, agents)) * service) }
                if x > agents {
                    let leavers = Double(x - agents) * leaving
                    chain.add(here, index(x - 1, more), leavers * redials.afterAbandoning)
                    chain.add(here, index(x - 1, o), leavers * (1 - redials.afterAbandoning))
                }
            }
        }
        let stationary = chain.stationary()
        law =
            byLines
            ? stationary
            : (0...lines).flatMap { x in (0...orbit).map { o in stationary[index(x, o)] } }
    }

    var atOrbitEdge: Double { (0...(agents + places)).reduce(0) { $0 + law[$1 * (orbit + 1) + orbit] } }
    var atQueueEdge: Double { (0...orbit).reduce(0) { $0 + law[(agents + places) * (orbit + 1) + $1] } }

    func measures(_ redials: Redials, _ queue: SingleQueue, within: Double, isCut: Bool) -> RedialMeasures {
        let calling = 1 / redials.delay
        var orbitMean = 0.0
        var first = [Double](repeating: 0, count: agents + places + 1)
        var again = first
        for x in 0...(agents + places) {
            for o in 0...orbit {
                let chance = law[x * (orbit + 1) + o]
                orbitMean += chance * Double(o)
                first[x] += chance
                again[x] += chance * Double(o) * calling
            }
        }
        let rate = queue.arrivalRate + calling * orbitMean
        let all = zip(first, again).map { (queue.arrivalRate * $0 + $1) / rate }
        let attempts = flows(seen: all, queue, within: within, isCut: isCut)
        let firsts = flows(seen: first, queue, within: within, isCut: isCut)
        let perCaller = rate / queue.arrivalRate
        let lost =
            (1 - redials.afterAbandoning) * attempts.abandoned + (1 - redials.afterBlocking) * attempts.blocked
        let ofAttempts = attempts.measures(queue.with(arrivalRate: rate), agents: Double(agents), within: within)
        var ofFirsts = firsts.measures(queue, agents: Double(agents), within: within)
        // Agents and queue are shared by all attempts.
        ofFirsts.occupancy = ofAttempts.occupancy
        ofFirsts.queueMean = ofAttempts.queueMean
        return RedialMeasures(
            attemptRate: rate, attemptsPerCaller: perCaller, lostCallers: min(1, perCaller * lost),
            attempts: ofAttempts, firstAttempts: ofFirsts, orbitMean: orbitMean)
    }

    private func flows(seen: [Double], _ queue: SingleQueue, within: Double, isCut: Bool) -> ContactFlows {
        let service = Double(agents) / queue.handlingTime
        let waiting = Array(seen[agents..<(isCut ? seen.count : agents + places)])
        var flows = StageWaits.flows(seen: waiting, service: service, patience: queue.patience, within: within)
        let atOnce = seen[..<agents].reduce(0, +)
        flows.answeredAtOnce = atOnce
        flows.answered += atOnce
        flows.answeredInTime += atOnce
        flows.blocked = isCut ? 0 : seen[agents + places]
        return flows
    }
}
