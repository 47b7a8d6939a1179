/// When each agent will be through with the contact in hand.
///
/// Agents on duty have a seat of their own, and those of a group sit side by side, so that both the first handling of
/// all to end and the first of a group can be asked. Seats are given out anew as they get free.
struct Handlings: ~Copyable {
    private var ends: Tournament
    /// By agent on duty: the seat, which is the place in the tree.
    private let seats: Dense<Int32>
    private let divisions: Dense<Division>
    /// By group: free seats below `used`, counted from the division's first.
    private var free: [[Int]]
    private var started: UInt64 = 0
    private let groupOfAgent: [Int]

    /// The seats of one group: a power of two, so that one node of the tree is above them alone.
    private struct Division {
        var first = 0
        var size: Int
        var used = 0
        var node = 1
    }

    /// Seats at first for those who work at different times: one in debug builds, so that every test makes them grow.
    #if DEBUG
        private static let seatsAtFirst = 1
    #else
        private static let seatsAtFirst = 16
    #endif

    /// Room for everybody under a staffing curve; others work in turns and get more seats as needed.
    init(_ plan: Blueprint, in memory: Memory) {
        groupOfAgent = plan.agents.map(\.group)
        seats = Dense(repeating: 0, count: plan.agents.count, in: memory)
        free = Array(repeating: [], count: plan.groups.count)
        divisions = Dense(
            plan.groups.map { group in
                let most = group.usesCurve ? group.agents.count : min(group.agents.count, Self.seatsAtFirst)
                var size = 1
                while size < most { size *= 2 }
                return Division(size: size)
            }, in: memory)
        ends = Tournament(places: Self.lay(divisions))
        findNodes()
    }

    /// Nobody sits.
    mutating func removeAll() {
        ends.clear()
        for g in 0..<divisions.count {
            divisions[g].used = 0
            free[g].removeAll(keepingCapacity: true)
        }
        started = 0
    }

    // MARK: Ends

    /// When the first handling ends, infinite when there is none; and who is through then.
    @inline(__always)
    var time: Double { ends.time }
    @inline(__always)
    var agent: Int { ends.holder }

    /// The same of one group.
    @inline(__always)
    func time(group g: Int) -> Double { ends.time(below: divisions[g].node) }
    @inline(__always)
    func agent(group g: Int) -> Int { ends.holder(below: divisions[g].node) }

    /// An agent is busy until `time`, whatever was planned before; handlings that end together end in the order in
    /// which they began.
    @inline(never)
    mutating func begin(_ a: Int, until time: Double) {
        started &+= 1
        ends.plan(Int(seats[a]), at: time, holder: a, rank: started)
    }

    /// An agent has nothing in hand any more.
    @inline(never)
    mutating func end(_ a: Int) { ends.cancel(Int(seats[a])) }

    /// How many contacts are in hand: counted, for checks.
    func count() -> Int {
        var count = 0
        var node = ends.places
        while node < 2 &* ends.places {
            if ends.time(below: node) < .infinity { count &+= 1 }
            node &+= 1
        }
        return count
    }

    // MARK: Seats

    /// An agent comes on duty.
    mutating func seat(_ a: Int) {
        let g = groupOfAgent[a]
        if let seat = free[g].popLast() {
            seats[a] = Int32(divisions[g].first + seat)
            return
        }
        if divisions[g].used == divisions[g].size { grow(g) }
        seats[a] = Int32(divisions[g].first + divisions[g].used)
        divisions[g].used += 1
    }

    /// An agent goes off duty; the next to come gets the seat.
    mutating func unseat(_ a: Int) {
        let g = groupOfAgent[a]
        free[g].append(Int(seats[a]) - divisions[g].first)
    }

    /// Twice as many seats for a group: everybody moves.
    private mutating func grow(_ g: Int) {
        let before = (0..<divisions.count).map { divisions[$0].first }
        divisions[g].size *= 2
        var larger = Tournament(places: Self.lay(divisions))
        var moved = [Int](repeating: 0, count: ends.places)
        for (g, first) in before.enumerated() {
            for seat in 0..<divisions[g].used { moved[first + seat] = divisions[g].first + seat }
        }
        for (g, first) in before.enumerated() {
            for seat in 0..<divisions[g].used { larger.copy(first + seat, of: ends, to: divisions[g].first + seat) }
        }
        for a in 0..<seats.count { seats[a] = Int32(moved[Int(seats[a])]) }
        ends = larger
        findNodes()
    }

    /// Gives each division its first seat, the largest before, so that each starts at a multiple of its size; returns
    /// how many seats there are in all.
    private static func lay(_ divisions: Dense<Division>) -> Int {
        var first = 0
        for g in (0..<divisions.count).sorted(by: { (divisions[$1].size, $0) < (divisions[$0].size, $1) }) {
            divisions[g].first = first
            first += divisions[g].size
        }
        return first
    }

    private func findNodes() {
        for g in 0..<divisions.count {
            divisions[g].node = ends.node(above: divisions[g].first, count: divisions[g].size)
        }
    }
}
