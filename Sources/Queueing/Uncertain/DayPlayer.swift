/// Plays an uncertain day: who comes, who is there, how long each waits.
///
/// One recursion instead of a list of events: each contact goes to the agent who is free first, unless its patience ends
/// before, in which case nothing has changed for those behind it (Kiefer, Wolfowitz 1955; Baccelli, Hebuterne 1981).
/// All numbers are drawn from the address (seed, day's number, purpose, contact's or person's number), so every staffing
/// meets the same days, and one person more on the rota changes nobody else's luck.
struct DayPlayer {
    /// How a contact leaves the queue.
    enum Fate { case answered, abandoned, neverAnswered }

    let day: UncertainDay
    private let seed: UInt64
    /// People on the rota in each interval.
    var rota: [Int]

    private let isMemoryless: Bool
    private let expected: [Double]
    private let starts: [Double]
    private var free = FreeTimes()
    /// Of the day being played: who is there in each interval, and how many of the first k people are.
    private var present: [Int]
    private var turnout: [Int] = []
    /// Busyness of the days that were played, by number from `firstNumber` on: gamma quantiles are dear.
    private var factors: [Double] = []
    private let firstNumber: Int
    /// The stationary law and what it was made for.
    private var settled = SettledState(load: 0, impatience: 0, agents: 0)
    private var settledFor: (agents: Int, factor: Double)?

    /// Days are numbered from `firstNumber` ≥ 0.
    init(_ day: UncertainDay, rota: [Int], seed: UInt64, firstNumber: Int = 0) {
        self.day = day
        self.seed = seed
        self.rota = rota
        self.firstNumber = firstNumber
        var at = 0.0
        starts = day.intervals.map { interval in
            defer { at += interval.duration }
            return at
        }
        expected = day.intervals.map { $0.arrivalRate * $0.duration }
        present = day.intervals.map { _ in 0 }
        var exponential = false
        if case .exponential = day.handlingTime { exponential = true }
        switch day.patience {
        case .exponential?, nil: isMemoryless = exponential
        default: isMemoryless = false
        }
    }

    /// Plays day `number` and tells of each contact of the day when it came, how long it waited and how that ended.
    @inline(__always)
    mutating func play(_ number: Int, _ tell: (_ at: Double, _ wait: Double, _ fate: Fate) -> Void) -> DayCounts {
        let address = RandomAddress(seed: seed, replication: number)
        let factor = busyness(number)
        turnUp(address)
        var counts = DayCounts()
        let intervalCount = day.intervals.count
        guard intervalCount > 0 else { return counts }
        // The next change of staffing; none ever helps in a queue that has grown without end.
        var change = begin(factor, address) ? 1 : intervalCount
        let within = day.target.acceptableWait
        let short = day.target.shortAbandon
        var interval = 0
        var before = 0.0
        var goal = 0.0
        var gaps = (0.0, 0.0, 0.0, 0.0)
        var n: UInt64 = 0
        while true {
            if n & 3 == 0 { gaps = address.uniforms(subject: 0, .arrival, index: n >> 2) }
            let u =
                switch n & 3 {
                case 0: gaps.0
                case 1: gaps.1
                case 2: gaps.2
                default: gaps.3
                }
            // The n-th comes where the expected number so far reaches the sum of n unit exponentials.
            goal -= PortableMath.log(1 - u)
            while goal - before >= expected[interval] * factor {
                before += expected[interval] * factor
                interval += 1
                if interval == intervalCount { return counts }
            }
            let share = (goal - before) / (expected[interval] * factor)
            let at = starts[interval] + day.intervals[interval].duration * share
            // Contacts begin in the order in which they came: what changes before this one can begin, changes now.
            while change < intervalCount, max(at, free.first) >= starts[change] {
                free.staff(present[change], at: starts[change])
                change += 1
            }
            let draws = address.uniforms(subject: 0, .contact, index: n)
            n &+= 1
            counts.offered += 1
            let wait = max(0, free.first - at)
            if wait > 0, let patience = day.patience?.quantile(draws.0), patience < wait {
                counts.abandoned += 1
                if patience <= within { counts.abandonedInTime += 1 }
                if patience <= short { counts.shortAbandoned += 1 }
                tell(at, patience, .abandoned)
            } else if wait == .infinity {
                tell(at, wait, .neverAnswered)
            } else {
                counts.answered += 1
                if wait <= within { counts.answeredInTime += 1 }
                tell(at, wait, .answered)
                free.replaceFirst(with: at + wait + day.handlingTime.quantile(draws.1))
            }
        }
    }

    mutating func play(_ number: Int) -> DayCounts { play(number) { _, _, _ in } }

    private mutating func busyness(_ number: Int) -> Double {
        guard let busyness = day.busyness else { return 1 }
        let place = number - firstNumber
        if place < factors.count { return factors[place] }
        let factor = busyness.quantile(rank(place))
        if place == factors.count { factors.append(factor) }
        return factor
    }

    /// The share of days that are less busy than the day in this place of its run.
    ///
    /// Steps of the golden section from a random start fill 0…1 more evenly than independent draws (Richtmyer 1951), so
    /// that a run has quiet and busy days in their shares; intervals that take the days as independent are on the safe
    /// side.
    private func rank(_ place: Int) -> Double {
        let start = RandomAddress(seed: seed, replication: firstNumber).uniforms(subject: 0, .dayFactor, index: 0).0
        return RandomAddress.unit(UInt64(start * 0x1p52) << 12 &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// Draws who is there today.
    private mutating func turnUp(_ address: RandomAddress) {
        let away = day.absenteeism.share
        guard away > 0 else { return present = rota }
        let people = rota.max() ?? 0
        turnout.removeAll(keepingCapacity: true)
        turnout.append(0)
        var there = 0
        for block in 0..<((people + 3) / 4) {
            let u = address.uniforms(subject: 0, .absence, index: UInt64(block))
            func next(_ draw: Double) {
                if draw >= away { there += 1 }
                turnout.append(there)
            }
            next(u.0)
            next(u.1)
            next(u.2)
            next(u.3)
        }
        for i in rota.indices { present[i] = turnout[rota[i]] }
    }

    // MARK: Before the day

    /// Puts the day's first agents in their places; false when nobody will ever be free.
    private mutating func begin(_ factor: Double, _ address: RandomAddress) -> Bool {
        let agents = present[0]
        let first = day.intervals[0]
        guard day.start == .settled, first.arrivalRate > 0 else {
            free.reset(agents: agents, at: 0)
            return true
        }
        let load = first.arrivalRate * factor * day.handlingTime.mean
        if settledFor.map({ $0.agents != agents || $0.factor != factor }) ?? true {
            settled = SettledState(
                load: load, impatience: day.patience.map { day.handlingTime.mean / $0.mean } ?? 0, agents: agents)
            settledFor = (agents, factor)
        }
        if settled.isEndless {
            free.reset(agents: agents, at: .infinity)
            return false
        }
        let rate = first.arrivalRate * factor
        let warmUp = isMemoryless || rate == 0 ? 0 : warmUpLength(rate: rate, agents: agents)
        free.reset(agents: agents, at: -warmUp)
        occupy(at: -warmUp, agents: agents, address)
        if warmUp > 0 { runIn(warmUp, rate: rate, address) }
        return true
    }

    /// Contacts that are there at `start`: the first ones in service, the others waiting in their order.
    ///
    /// Exact for exponential handling times and patience, whose remainders are like new (Palm 1946).
    private mutating func occupy(at start: Double, agents: Int, _ address: RandomAddress) {
        let inSystem = settled.number(address.uniforms(subject: 0, .beforehand, index: 0).0)
        let handling = day.handlingTime.mean
        for i in 0..<inSystem {
            let u = address.uniforms(subject: 0, .beforehand, index: UInt64(i) + 1)
            let wait = free.first - start
            if i >= agents, let patience = day.patience, -patience.mean * PortableMath.log(1 - u.1) < wait { continue }
            guard wait < .infinity else { return }
            free.replaceFirst(with: start + wait - handling * PortableMath.log(1 - u.0))
        }
    }

    /// How long other laws than the exponential are run in from the exponential queue's state, seconds.
    ///
    /// Ten times what the queue takes to forget: handling time or patience, whichever is longer, or for the patient
    /// 1 / (√(nμ) − √λ)², the slowest mode of M/M/n (van Doorn 1981), longer the more handling times vary. At most 20,000
    /// contacts: nearer to overload the run-in is too short, and the start as busy as with exponential laws.
    private func warmUpLength(rate: Double, agents: Int) -> Double {
        let handling = day.handlingTime.mean
        var memory = handling
        if let patience = day.patience {
            memory = max(handling, patience.mean)
        } else if handling > 0 {
            let gap = (Double(agents) / handling).squareRoot() - rate.squareRoot()
            let spread = day.handlingTime.spread
            memory = max(handling, 1 / (gap * gap)) * max(1, (1 + spread * spread) / 2)
        }
        return min(10 * memory, 20_000 / rate)
    }

    /// About how many contacts one average day takes to play, those before it included.
    static func contacts(of day: UncertainDay, rota: [Int]) -> Double {
        var contacts = day.expectedContacts
        guard day.start == .settled, let first = day.intervals.first, first.arrivalRate > 0 else { return contacts }
        let player = DayPlayer(day, rota: rota, seed: 0)
        let load = first.arrivalRate * day.handlingTime.mean
        let agents = Double(rota[0])
        contacts += min(load, agents)
        if let patience = day.patience, load > agents {
            // As many wait as leave in the time of their patience.
            let waiting = day.handlingTime.mean > 0 ? (load - agents) * patience.mean / day.handlingTime.mean : 0
            contacts += min(waiting, Double(SettledState.mostContacts))
        }
        if !player.isMemoryless {
            contacts += first.arrivalRate * player.warmUpLength(rate: first.arrivalRate, agents: rota[0])
        }
        return contacts
    }

    private mutating func runIn(_ length: Double, rate: Double, _ address: RandomAddress) {
        var at = -length
        // Beyond the numbers of those who were there.
        var n: UInt64 = 1 << 32
        while true {
            let u = address.uniforms(subject: 0, .beforehand, index: n)
            n &+= 1
            at -= PortableMath.log(1 - u.2) / rate
            guard at < 0 else { return }
            let wait = max(0, free.first - at)
            if wait > 0, let patience = day.patience?.quantile(u.0), patience < wait { continue }
            guard wait < .infinity else { continue }
            free.replaceFirst(with: at + wait + day.handlingTime.quantile(u.1))
        }
    }
}
