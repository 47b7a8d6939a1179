/// One queue, first come first served: Poisson arrivals, exponential handling times and patience (M/M/n/K+M).
///
/// Erlang B, C and A are its corners: no room to wait, endless patience with endless room, patience with endless room.
/// ```
/// let queue = SingleQueue(arrivalRate: 22.0 / 1800, handlingTime: 360, patience: 180)
/// queue.measures(agents: 7, within: 30).serviceLevels.ofAllOffered   // 0.897
/// ```
public struct SingleQueue: Sendable, Hashable {
    /// How many contacts fit in.
    public enum Room: Sendable, Hashable {
        /// Everybody who comes fits in.
        case unlimited
        /// Nobody can wait: as many lines as agents.
        case none
        /// Contacts in service and waiting together; at least 0. More than 10⁸ count as 10⁸: no switch has as many.
        case lines(Int)
    }

    /// Contacts per second, ≥ 0.
    public let arrivalRate: Double
    /// Mean talk + hold + after-contact work, seconds, ≥ 0.
    public let handlingTime: Double
    /// Erlangs: arrival rate × handling time.
    public let offeredLoad: Double
    /// Mean time a contact is willing to wait, seconds, > 0; ∞ waits for ever, and so do more than 10¹⁵⁰ s.
    public var patience: Double { didSet { patience = Self.endless(patience) } }
    /// How many contacts fit in, in service and waiting together.
    public var room: Room

    /// Anything negative or not a number counts as 0; so does less than 10⁻¹⁵⁰, and more than 10¹⁵⁰ as that much, since
    /// their products would leave the range of doubles.
    public init(arrivalRate: Double, handlingTime: Double, patience: Double = .infinity, room: Room = .unlimited) {
        self.init(contacts: arrivalRate, per: 1, handlingTime: handlingTime, patience: patience, room: room)
    }

    /// So many contacts in a time span of `per` seconds (> 0), as planners count them.
    ///
    /// The load is contacts × handling time ÷ time span, so that 22 in 30 minutes × 6 minutes are 4.4 to the last digit.
    public init(
        contacts: Double, per: Double, handlingTime: Double, patience: Double = .infinity, room: Room = .unlimited
    ) {
        let contacts = contacts > 0 ? contacts : 0
        let handling = Self.inRange(handlingTime)
        arrivalRate = Self.inRange(contacts / per)
        self.handlingTime = handling
        let work = contacts * handling
        offeredLoad =
            arrivalRate == 0
            ? 0 : work > 1e-290 && work < .infinity && per < 1e290 ? work / per : arrivalRate * handling
        self.patience = Self.endless(patience)
        self.room = if case .lines(let lines) = room { .lines(min(max(0, lines), 100_000_000)) } else { room }
    }

    /// Written so that NaN fails the comparisons.
    private static func inRange(_ value: Double) -> Double { value > 1e-150 ? min(value, 1e150) : 0 }

    private static func endless(_ patience: Double) -> Double {
        patience > 1e150 ? .infinity : inRange(patience)
    }

    /// The exact long-run measures for this many agents (≥ 0, may be fractional) and an acceptable wait in seconds.
    ///
    /// Total: with too few agents and endless patience the queue grows without end, which is wait probability 1,
    /// infinite waits and service level 0; without contacts every share is undefined (nil). Hang-ups up to `shortAbandon`
    /// seconds are short; without it the two rules that look at them have no level.
    public func measures(
        agents: Double, within acceptableWait: Double = 0, shortAbandon: Double? = nil
    ) -> QueueMeasures {
        let agents = agents > 0 ? agents : 0
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        guard arrivalRate > 0 else { return noContacts(agents: agents, within: within) }
        let flows = flows(agents: agents, within: within)
        var measures = flows.measures(self, agents: agents, within: within)
        if let shortAbandon {
            flows.countShortHangups(
                self.flows(agents: agents, within: min(max(0, shortAbandon), 1e15)), in: &measures)
        }
        return measures
    }

    /// The wait that a share `p` of offered contacts does not exceed, seconds, whether it ends in an answer or not.
    ///
    /// 0 ≤ p ≤ 1; ∞ where the queue grows without end or p is 1. Relative error below 1e-12.
    public func waitQuantile(_ p: Double, agents: Double) -> Double {
        guard arrivalRate > 0, !p.isNaN else { return 0 }
        if room == .unlimited, patience == .infinity {
            return ErlangC.waitQuantile(p, self, agents: agents)
        }
        let allowed = 1 - p
        func exceeds(_ wait: Double) -> Bool { (measures(agents: agents, within: wait).stillWaiting ?? 0) > allowed }
        guard exceeds(0) else { return 0 }
        var low = 0.0
        var high = max(handlingTime, 1e-9)
        while exceeds(high) {
            low = high
            high *= 2
            if high > 1e14 { return .infinity }
        }
        while high - low > 1e-13 * high {
            let middle = low + (high - low) / 2
            if exceeds(middle) { low = middle } else { high = middle }
            if middle == low && middle == high { break }
        }
        return high
    }

    /// Where contacts end up; agents and acceptable wait are in range.
    func flows(agents: Double, within: Double) -> ContactFlows {
        // Contacts that take no time leave no queue behind.
        if offeredLoad == 0, agents > 0, room != .lines(0) { return ErlangC.atOnce }
        return switch room {
        case .none: ErlangB.flows(self, servers: agents)
        case .lines(let lines) where Double(lines) <= agents: ErlangB.flows(self, servers: max(0, Double(lines)))
        case .lines(let lines):
            ErlangA.flows(self, agents: agents, places: (Double(lines) - agents).rounded(.down), within: within)
        case .unlimited:
            patience < .infinity
                ? ErlangA.flows(self, agents: agents, places: .infinity, within: within)
                : ErlangC.flows(self, agents: agents, within: within)
        }
    }

    private func noContacts(agents: Double, within: Double) -> QueueMeasures {
        QueueMeasures(
            agents: agents, offeredLoad: 0, waitProbability: nil, abandonment: nil, blocking: nil,
            meanSpeedOfAnswer: nil, meanWait: nil, meanWaitAbandoned: nil, occupancy: agents > 0 ? 0 : nil,
            queueMean: 0,
            serviceLevels: ServiceLevels(
                acceptableWait: within, ofAllOffered: nil, withoutShortAbandons: nil, abandonsCountAsMet: nil,
                ofAnswered: nil),
            stillWaiting: nil)
    }
}
