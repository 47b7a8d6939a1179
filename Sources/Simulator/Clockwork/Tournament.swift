/// The earliest of many planned instants, each at a numbered place: a tournament tree (Knuth 1998, The Art of Computer
/// Programming 3, 5.4.1).
///
/// Each inner node holds the earlier of its two children, so the root is the earliest of all, and planning anew for one
/// place replays only the matches on its way up: log₂(places) comparisons in a fixed pattern, which the processor never
/// has to guess. A heap takes fewer comparisons but guesses each of them, and half are guessed wrong. What is planned at
/// the same instant follows the lower rank, then the lower holder. Methods are `mutating` so that they are given the
/// tree itself: one that borrows would be given a copy.
struct Tournament: ~Copyable {
    /// The instant's bits above, which order like the instant itself as long as it is not negative; rank and holder
    /// below.
    private typealias Entry = UInt128

    /// How many low bits hold the holder.
    private static let holderBits: UInt64 = 24

    /// A power of two.
    let places: Int
    private let depth: Int
    /// `nodes[1]` is the root, the children of node i are 2i and 2i + 1, place p is node `places` + p.
    private let nodes: UnsafeMutablePointer<Entry>

    /// At least as many places as asked for; nothing is planned.
    init(places wanted: Int) {
        precondition(wanted <= 1 << Self.holderBits, "too many places")
        depth = wanted <= 1 ? 0 : Int.bitWidth - (wanted - 1).leadingZeroBitCount
        places = 1 << depth
        nodes = .allocate(capacity: 2 * places)
        nodes.initialize(repeating: Self.never, count: 2 * places)
    }

    deinit { nodes.deallocate() }

    private static var never: Entry { Entry(_low: .max, _high: Double.infinity.bitPattern) }

    /// Nothing is planned any more.
    mutating func clear() {
        nodes.update(repeating: Self.never, count: 2 * places)
    }

    /// The earliest planned instant, infinite when there is none.
    @inline(__always)
    var time: Double { time(below: 1) }

    /// Whose instant is the earliest.
    @inline(__always)
    var holder: Int { holder(below: 1) }

    /// The earliest instant at the places below a node, infinite when there is none; and whose it is.
    @inline(__always)
    func time(below node: Int) -> Double { Double(bitPattern: nodes[node]._high) }
    @inline(__always)
    func holder(below node: Int) -> Int { Int(truncatingIfNeeded: nodes[node]._low & (1 << Self.holderBits - 1)) }

    /// The node that has the places from `place` on below it; `count` of them, a power of two that divides `place`.
    func node(above place: Int, count: Int) -> Int { (places + place) / count }

    /// Plans the instant for a place, in exchange for what was planned there; `rank` must be below 2⁴⁰, `holder` below
    /// 2²⁴.
    @inline(__always)
    mutating func plan(_ place: Int, at time: Double, holder: Int, rank: UInt64) {
        assert(time >= 0)
        let low = rank << Self.holderBits | UInt64(truncatingIfNeeded: holder)
        replay(place, Entry(_low: low, _high: time.bitPattern))
    }

    /// Nothing is planned for a place any more.
    @inline(__always)
    mutating func cancel(_ place: Int) { replay(place, Self.never) }

    /// Plans for a place what is planned for a place of another tree.
    mutating func copy(_ other: Int, of tree: borrowing Tournament, to place: Int) {
        replay(place, tree.nodes[tree.places + other])
    }

    /// One line for each level: a loop would be turned into branches, and those would be guessed wrong every other time
    /// (54 ns instead of 21 for 128 places).
    @inline(__always)
    private mutating func replay(_ place: Int, _ entry: Entry) {
        var winner = entry
        // In bytes from the first node, which saves a shift at each level.
        var node = UInt(truncatingIfNeeded: places &+ place) &* Self.stride
        store(winner, node)
        switch depth {
        case 0: break
        case 16: climb(&node, &winner); fallthrough
        case 15: climb(&node, &winner); fallthrough
        case 14: climb(&node, &winner); fallthrough
        case 13: climb(&node, &winner); fallthrough
        case 12: climb(&node, &winner); fallthrough
        case 11: climb(&node, &winner); fallthrough
        case 10: climb(&node, &winner); fallthrough
        case 9: climb(&node, &winner); fallthrough
        case 8: climb(&node, &winner); fallthrough
        case 7: climb(&node, &winner); fallthrough
        case 6: climb(&node, &winner); fallthrough
        case 5: climb(&node, &winner); fallthrough
        case 4: climb(&node, &winner); fallthrough
        case 3: climb(&node, &winner); fallthrough
        case 2: climb(&node, &winner); fallthrough
        case 1: climb(&node, &winner)
        default: while node > Self.stride { climb(&node, &winner) }
        }
    }

    @inline(__always)
    private mutating func climb(_ node: inout UInt, _ winner: inout Entry) {
        let rival = (UnsafeRawPointer(nodes) + Int(bitPattern: node ^ Self.stride)).load(as: Entry.self)
        winner = rival < winner ? rival : winner
        node = (node >> 1) & ~(Self.stride &- 1)
        store(winner, node)
    }

    private static var stride: UInt { 16 }

    @inline(__always)
    private func store(_ entry: Entry, _ node: UInt) {
        (UnsafeMutableRawPointer(nodes) + Int(bitPattern: node)).storeBytes(of: entry, as: Entry.self)
    }
}
