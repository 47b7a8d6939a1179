/// The contacts in agents' hands, each at a place of its own, and when each will be through.
///
/// Places are given out anew as they get free, the latest first, so that there are no more of them than contacts are in
/// hand at the same time.
struct Handlings: ~Copyable {
    private var ends: Tournament
    /// Who handles the contact at a place.
    private var agents: Dense<Int32>
    /// Free places below `used`, the latest freed last.
    private var free: Dense<Int32>
    private var freeCount = 0
    private var used = 0
    /// The place whose contact just ended: its end is still planned, in case the next handling takes the place.
    private var vacated = -1
    private var started: UInt64 = 0

    init() {
        ends = Tournament(places: 64)
        agents = Dense(repeating: -1, count: 64)
        free = Dense(repeating: 0, count: 64)
    }

    deinit {
        agents.free()
        free.free()
    }

    mutating func removeAll() {
        if used > 0 { ends.clear() }
        freeCount = 0
        used = 0
        vacated = -1
        started = 0
    }

    /// When the first handling ends; infinite when there is none.
    @inline(__always)
    var time: Double { ends.time }

    /// How many contacts are in hand.
    var count: Int { used - freeCount }

    /// An agent is busy until `time`; those that end together end in the order in which they began.
    @inline(__always)
    mutating func begin(_ agent: Int, until time: Double) {
        var place = vacated
        vacated = -1
        if place < 0 { place = takePlace() }
        agents[place] = Int32(truncatingIfNeeded: agent)
        started &+= 1
        ends.plan(place, at: time, rank: started)
    }

    /// The agent whose handling ends first is through; `settle` must follow when what this leads to has been done.
    @inline(__always)
    mutating func end() -> Int {
        vacated = ends.place
        return Int(agents[vacated])
    }

    /// An agent is through before the time; the place is free. Looks through all places: for what happens seldom.
    mutating func cancel(_ agent: Int) {
        for place in 0..<used where agents[place] == Int32(truncatingIfNeeded: agent) && isTaken(place) {
            ends.cancel(place)
            free[freeCount] = Int32(truncatingIfNeeded: place)
            freeCount &+= 1
            return
        }
    }

    private func isTaken(_ place: Int) -> Bool {
        !(0..<freeCount).contains { free[$0] == Int32(truncatingIfNeeded: place) }
    }

    /// Gives the place back unless a new handling has taken it, which saves every other change of the tree.
    @inline(__always)
    mutating func settle() {
        guard vacated >= 0 else { return }
        ends.cancel(vacated)
        free[freeCount] = Int32(truncatingIfNeeded: vacated)
        freeCount &+= 1
        vacated = -1
    }

    @inline(__always)
    private mutating func takePlace() -> Int {
        if freeCount > 0 {
            freeCount &-= 1
            return Int(free[freeCount])
        }
        if used == ends.places { grow() }
        used &+= 1
        return used &- 1
    }

    private mutating func grow() {
        ends.grow()
        agents.grow(to: ends.places, filling: -1)
        free.grow(to: ends.places, filling: 0)
    }
}
