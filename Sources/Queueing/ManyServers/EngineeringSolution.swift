#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whitt's (2005) engineering solution of M/GI/n/r+GI: a birth–death chain whose contacts give up the faster the longer
/// they have probably waited.
///
/// Whoever stands j-th from the end of the queue has waited about j/λ; k waiting together give up at −λ ln Ḡ(k/λ). Handling
/// times enter by their mean only. Exact for exponential patience and handling times; for handling times of squared
/// spread 0.5…5 shares err by some hundredths, more for single agents.
public struct EngineeringSolution: Sendable {
    /// Arrivals, handling time and room; its own patience is not used.
    public let contacts: SingleQueue
    private let law: PatienceLaw

    /// Arrivals, handling time and room of `contacts`, with another patience.
    public init(_ contacts: SingleQueue, patience: Patience) {
        self.contacts = contacts
        law = PatienceLaw(patience)
    }

    /// Rate at which k waiting give up, per second; ∞ where none would stay so long.
    ///
    /// Those who balk have left before they would stand in the queue.
    func leaving(_ k: Double) -> Double { -contacts.arrivalRate * law.logSurviving(k / contacts.arrivalRate) }

    /// The approximate long-run share of contacts that wait, give up or are turned away, and the waits by Little's law.
    ///
    /// No service level: the chain says how many wait, not how long each has. `agents` ≥ 0, whole or not. Where more
    /// than a million wait, the answer is that of a fluid, which settles where as many leave as come.
    public func measures(agents: Double) -> EngineeringMeasures {
        let agents = agents > 0 ? min(agents, 1e15) : 0
        let rate = contacts.arrivalRate
        guard rate > 0 else { return EngineeringMeasures() }
        let places: Double =
            switch contacts.room {
            case .unlimited: .infinity
            case .none: 0
            case .lines(let lines): max(0, (Double(lines) - agents).rounded(.down))
            }
        let service = contacts.handlingTime > 0 ? agents / contacts.handlingTime : .infinity
        guard service < .infinity else { return EngineeringMeasures(answered: 1) }
        let joining = rate * (1 - law.balking)
        let most = min(places, 1e6)
        if joining > service + leaving(most), most == 1e6 { return settled(service: service, places: places) }
        var below = ErlangB.oddsBelow(agents: agents, load: contacts.offeredLoad)
        guard below < .infinity else { return EngineeringMeasures(answered: 1) }
        // Chances in units of that of all busy and nobody waiting.
        var term = 1.0
        var sum = 1.0
        var queue = 0.0
        var gaveUp = 0.0
        var k = 0.0
        while k < places {
            let leaving = leaving(k + 1)
            let ratio = leaving < .infinity ? joining / (service + leaving) : 0
            guard ratio > 0 else { break }
            k += 1
            term *= ratio
            sum += term
            queue += term * k
            gaveUp += term * leaving / rate
            if ratio < 1, term * k < 1e-17 * max(queue, 1e-300) * (1 - ratio), places == .infinity { break }
            if sum > 1e200 {
                below *= 1e-200
                term *= 1e-200
                sum *= 1e-200
                queue *= 1e-200
                gaveUp *= 1e-200
            }
            // The rest is below what an approximation owes.
            if k > 3e6 { break }
        }
        let isFull = k == places
        let share = 1 / (below + sum)
        let blocked = isFull ? term * share : 0
        // Whoever finds the last step that anybody's patience allows leaves at once, as do those who balk.
        let turnedBack = isFull ? 0 : (leaving(k + 1) == .infinity ? term * share * (1 - law.balking) : 0)
        let balked = max(0, sum * share - blocked) * law.balking
        let abandoned = min(1, gaveUp * share + turnedBack + balked)
        return EngineeringMeasures(
            waited: max(0, sum * share - blocked), abandoned: abandoned, blocked: blocked,
            answered: max(0, 1 - abandoned - blocked), meanWait: queue * share / rate, queueMean: queue * share)
    }

    /// So many wait that their number hardly strays from where as many leave as come; ∞ where nobody gives up.
    private func settled(service: Double, places: Double) -> EngineeringMeasures {
        let rate = contacts.arrivalRate
        let joining = rate * (1 - law.balking)
        var low = 1e6
        var high = 2e6
        while joining > service + leaving(high), high < 1e300 {
            low = high
            high *= 2
        }
        for _ in 0..<60 {
            let middle = low + (high - low) / 2
            if joining > service + leaving(middle) { low = middle } else { high = middle }
        }
        let answered = min(1, service / rate)
        let queue = min(high < 1e300 ? high : .infinity, places)
        let gaveUp = queue < .infinity ? min(1 - answered, law.balking + leaving(queue) / rate) : law.balking
        let blocked = queue == places && places < .infinity ? max(0, 1 - answered - gaveUp) : 0
        return EngineeringMeasures(
            waited: 1 - blocked, abandoned: max(0, gaveUp), blocked: blocked, answered: answered,
            meanWait: queue / rate,
            queueMean: queue)
    }
}

/// What the engineering solution can tell; shares of all offered.
public struct EngineeringMeasures: Sendable, Hashable {
    /// The share of contacts that have to wait.
    public var waited = 0.0
    /// The share of contacts that give up waiting, those who leave at once among them.
    public var abandoned = 0.0
    /// The share of contacts that find every line taken.
    public var blocked = 0.0
    /// The share of contacts that are answered.
    public var answered = 0.0
    /// Mean wait of all offered, seconds.
    public var meanWait = 0.0
    /// Mean number waiting.
    public var queueMean = 0.0
}
