import Probability

/// Plays an uncertain day: who comes, who is there, how long each waits.
///
/// One recursion instead of a list of events: each contact goes to the agent who is free first, unless its patience ends
/// before, in which case nothing has changed for those behind it (Kiefer, Wolfowitz 1955; Baccelli, Hebuterne 1981).
/// All numbers are drawn from the address (seed, day's number, purpose, contact's or person's number), so every staffing
/// meets the same days, and one person more scheduled changes nobody else's luck.
struct DayPlayer {
    /// How a contact leaves the queue: closed on arrival and turned away when it closes are the same to the counts.
    enum Fate { case answered, abandoned, neverAnswered, closed }

    let day: UncertainDay
    private let seed: UInt64
    /// Scheduled people in each interval.
    var scheduled: [Int]
    /// Whether anybody scheduled is as good as any number of people: what no staffing can do better.
    var isIdeal = false

    private let isMemoryless: Bool
    private let timeSpans: [UncertainDay.Arrivals]
    /// When the staffing changes: at each interval's start, and at the end where everybody leaves.
    private let changes: [Double]
    private let handling: Handling
    private var free = FreeTimes()
    private var returning = ReturningContacts()
    /// Of the day being played: who is there from each change on, and how many of the first k people are.
    private var present: [Int]
    private var turnout: [Int] = []
    /// Busyness of the days that were played, by number from `firstNumber` on: gamma quantiles are dear.
    private var factors: [Double] = []
    private let firstNumber: Int
    /// The stationary law and what it was made for.
    private var settled = SettledState(load: 0, impatience: 0, agents: 0)
    private var settledFor: (agents: Int, factor: Double)?

    /// Days are numbered from `firstNumber` ≥ 0.
    init(_ day: UncertainDay, scheduled: [Int], seed: UInt64, firstNumber: Int = 0) {
        self.day = day
        self.seed = seed
        self.scheduled = scheduled
        self.firstNumber = firstNumber
        var at = 0.0
        var changes = day.intervals.map { interval in
            defer { at += interval.duration }
            return at
        }
        if day.end == .agentsLeave { changes.append(at) }
        self.changes = changes
        timeSpans = day.timeSpans
        handling = Handling(day)
        present = changes.map { _ in 0 }
        var exponential = false
        if day.handlingTime.shape is Exponential, day.furtherHandling.isEmpty { exponential = true }
        isMemoryless = exponential && (day.patience.map { $0.shape is Exponential } ?? true)
    }

    /// Plays day `number` and tells of each contact of the day when it came, how long it waited and how that ended.
    @inline(__always)
    mutating func play(_ number: Int, _ report: (_ at: Double, _ wait: Double, _ fate: Fate) -> Void) -> DayCounts {
        let address = RandomAddress(seed: seed, replication: number)
        let factor = busyness(number)
        turnUp(address)
        var counts = DayCounts()
        guard !day.intervals.isEmpty else { return counts }
        // The next change of staffing; none ever helps in a queue that has grown without end.
        var change = begin(factor, address) ? 1 : changes.count
        var coming = ComingContacts(timeSpans, factor: factor, isCounted: day.isCounted, address)
        var doors = Doors(day.hours)
        let within = day.target.acceptableWait
        let short = day.target.shortAbandon
        returning.removeAll()
        while true {
            let next: ReturningContacts.Contact
            if returning.first <= coming.at {
                guard returning.first < .infinity else { return counts }
                next = returning.removeFirst()
            } else {
                next = .init(at: coming.at, number: coming.number, attempt: 0, handlingFactor: coming.handlingFactor)
                coming.advance()
            }
            let at = next.at
            let isOfToday = at >= 0
            let isOpen = doors.isOpen(at)
            if isOfToday, isOpen || !day.leavesClosedOut { counts.offered += 1 }
            guard isOpen else {
                if isOfToday { report(at, 0, .closed) }
                continue
            }
            let draws = address.uniforms(subject: 0, .contact, index: next.number)
            // Contacts begin in the order in which they came: what changes before this one can begin, changes now.
            while change < changes.count, max(at, free.first) >= changes[change] {
                free.staff(present[change], at: changes[change])
                change += 1
            }
            let wait = isIdeal ? waitForAnybody(at) : max(0, free.first - at)
            let patience =
                wait > 0 ? day.patience?.quantile(next.attempt == 0 ? draws.0 : next.patience) ?? .infinity : .infinity
            let untilClosing = day.turnsAwayAtClose ? doors.closing - at : .infinity
            if patience < wait, patience < untilClosing {
                if isOfToday {
                    counts.abandoned += 1
                    if patience <= within { counts.abandonedInTime += 1 }
                    if patience <= short { counts.shortAbandoned += 1 }
                    report(at, patience, .abandoned)
                }
                if let again = day.callingAgain { callAgain(next, from: at + patience, again, address) }
            } else if wait >= untilClosing, untilClosing < .infinity {
                if isOfToday { report(at, untilClosing, .closed) }
            } else if wait == .infinity {
                if isOfToday { report(at, wait, .neverAnswered) }
            } else {
                if isOfToday {
                    counts.answered += 1
                    if wait + day.setUp <= within { counts.answeredInTime += 1 }
                    report(at, wait, .answered)
                }
                if !isIdeal {
                    free.replaceFirst(with: at + wait + handling.duration(draws, times: next.handlingFactor))
                }
            }
        }
    }

    /// Until somebody is scheduled, seconds; ∞ when nobody is any more.
    private func waitForAnybody(_ at: Double) -> Double {
        let now = (changes.firstIndex { $0 > at } ?? changes.count) - 1
        for i in max(0, now)..<max(0, scheduled.count) where scheduled[i] > 0 { return max(0, changes[i] - at) }
        return day.end == .agentsStay && (scheduled.last ?? 0) > 0 ? 0 : .infinity
    }

    /// Whoever gave up at a time may call again.
    private mutating func callAgain(
        _ contact: ReturningContacts.Contact, from time: Double, _ again: UncertainDay.CallingAgain,
        _ address: RandomAddress
    ) {
        guard contact.attempt < again.atMost else { return }
        let attempt = contact.attempt + 1
        let draws = address.uniforms(
            subject: 0, .redial, index: contact.number &+ UInt64(truncatingIfNeeded: attempt) << 40)
        guard draws.0 < again.share else { return }
        var next = contact
        next.at = time + again.delay.quantile(draws.1)
        next.attempt = attempt
        next.patience = draws.2
        if next.at < again.until { returning.insert(next) }
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
        guard away > 0 else {
            for i in scheduled.indices { present[i] = scheduled[i] }
            return
        }
        let people = scheduled.max() ?? 0
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
        for i in scheduled.indices { present[i] = turnout[scheduled[i]] }
    }

    // MARK: Before the day

    /// Puts the day's first agents in their places; false when nobody will ever be free.
    private mutating func begin(_ factor: Double, _ address: RandomAddress) -> Bool {
        let agents = present[0]
        let first = day.intervals[0]
        guard day.start == .settled, first.arrivalRate > 0 else {
            free.reset(agents: agents, at: min(0, timeSpans.first?.start ?? 0))
            return true
        }
        let load = first.arrivalRate * factor * day.handlingMean
        if settledFor.map({ $0.agents != agents || $0.factor != factor }) ?? true {
            settled = SettledState(
                load: load, impatience: day.patience.map { day.handlingMean / $0.mean } ?? 0, agents: agents)
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
    /// Exact for exponential handling times and patience, whose remainders are like new (Palm 1946). With other laws, what is
    /// left of the contacts in service has the equilibrium law, and of the patient (1 + spread²) / 2 times as many wait.
    private mutating func occupy(at start: Double, agents: Int, _ address: RandomAddress) {
        var inSystem = settled.number(address.uniforms(subject: 0, .beforehand, index: 0).0)
        let handling = day.handlingMean
        if !isMemoryless, day.patience == nil, inSystem > agents {
            let spread = day.handlingTime.spread
            inSystem = agents + Int((Double(inSystem - agents) * (1 + spread * spread) / 2).rounded())
        }
        let longer = day.handlingTime.mean > 0 ? handling / day.handlingTime.mean : 0
        for i in 0..<inSystem {
            let u = address.uniforms(subject: 0, .beforehand, index: UInt64(i) + 1)
            let wait = free.first - start
            if i >= agents, let patience = day.patience, -patience.mean * PortableMath.log(1 - u.1) < wait { continue }
            guard wait < .infinity else { return }
            let left =
                isMemoryless
                ? -handling * PortableMath.log(1 - u.0)
                : i < agents ? longer * day.handlingTime.remainder(u.0, u.2) : self.handling.duration(u, times: 1)
            free.replaceFirst(with: start + wait + left)
        }
    }

    /// How long other laws than the exponential are run in from the exponential queue's state, seconds.
    ///
    /// Ten times what the queue takes to forget: handling time or patience, whichever is longer, or for the patient
    /// 1 / (√(nμ) − √λ)², the slowest mode of M/M/n (van Doorn 1981), longer the more handling times vary. At most 4,000
    /// contacts: large queues begin near where they settle, and nearer to overload the start is as busy as with exponential
    /// laws of the same variance.
    private func warmUpLength(rate: Double, agents: Int) -> Double {
        let handling = day.handlingMean
        var memory = handling
        if let patience = day.patience {
            memory = max(handling, patience.mean)
        } else if handling > 0 {
            let gap = (Double(agents) / handling).squareRoot() - rate.squareRoot()
            let spread = day.handlingTime.spread
            memory = max(handling, 1 / (gap * gap)) * max(1, (1 + spread * spread) / 2)
        }
        return min(10 * memory, 4_000 / rate)
    }

    /// About how many contacts one average day takes to play, those before it included.
    static func contacts(of day: UncertainDay, scheduled: [Int]) -> Double {
        var contacts = day.timeSpans.reduce(0) { $0 + $1.contacts }
        guard day.start == .settled, let first = day.intervals.first, first.arrivalRate > 0 else { return contacts }
        let player = DayPlayer(day, scheduled: scheduled, seed: 0)
        let load = first.arrivalRate * day.handlingMean
        let agents = Double(scheduled[0])
        contacts += min(load, agents)
        if let patience = day.patience, load > agents {
            // As many wait as leave in the time of their patience.
            let waiting = day.handlingMean > 0 ? (load - agents) * patience.mean / day.handlingMean : 0
            contacts += min(waiting, Double(SettledState.mostContacts))
        }
        if !player.isMemoryless {
            contacts += first.arrivalRate * player.warmUpLength(rate: first.arrivalRate, agents: scheduled[0])
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
            free.replaceFirst(with: at + wait + handling.duration(u, times: 1))
        }
    }
}
