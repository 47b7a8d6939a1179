/// The earliest of many planned instants, one for each of a row of numbered places: a tournament tree (Knuth 1998,
/// The Art of Computer Programming 3, 5.4.1).
///
/// Each inner node holds the earlier of its two children, so the root is the earliest of all, and planning anew for one
/// place replays only the matches on its way up: log₂(places) comparisons in a fixed pattern, which the processor never
/// has to guess. A heap takes fewer comparisons but guesses each of them, and half are guessed wrong. What is planned at
/// the same instant follows the lower rank.
struct Tournament: ~Copyable {
    /// The instant's bits above, which order like the instant itself as long as it is not negative; rank and place below.
    private typealias Entry = UInt128

    /// How many low bits hold the place.
    private static let placeBits: UInt64 = 24

    /// `nodes[1]` is the root, the children of node i are 2i and 2i + 1, place p is node `places` + p.
    private var nodes: UnsafeMutablePointer<Entry>
    private(set) var places: Int
    private var depth: Int

    /// At least as many places as asked for; nothing is planned.
    init(places wanted: Int) {
        depth = Self.depth(for: wanted)
        places = 1 << depth
        nodes = .allocate(capacity: 2 * places)
        nodes.initialize(repeating: Self.never, count: 2 * places)
    }

    deinit { nodes.deallocate() }

    private static var never: Entry { Entry(_low: .max, _high: Double.infinity.bitPattern) }

    private static func depth(for places: Int) -> Int {
        precondition(places <= 1 << placeBits, "too many contacts at a time")
        return places <= 1 ? 0 : Int.bitWidth - (places - 1).leadingZeroBitCount
    }

    /// The earliest planned instant, infinite when there is none.
    @inline(__always)
    var time: Double { Double(bitPattern: nodes[1]._high) }

    /// The place whose instant is the earliest.
    @inline(__always)
    var place: Int { Int(truncatingIfNeeded: nodes[1]._low & (1 << Self.placeBits - 1)) }

    func clear() {
        nodes.update(repeating: Self.never, count: 2 * places)
    }

    /// Plans the instant for a place, in exchange for what was planned there; `rank` must be below 2⁴⁰.
    @inline(__always)
    func plan(_ place: Int, at time: Double, rank: UInt64) {
        assert(time >= 0)
        let entry = Entry(_low: rank << Self.placeBits | UInt64(truncatingIfNeeded: place), _high: time.bitPattern)
        // A single place has no rival.
        if depth == 0 { nodes[1] = entry } else { replay(place, entry) }
    }

    /// Nothing is planned for a place any more.
    @inline(__always)
    func cancel(_ place: Int) {
        if depth == 0 { nodes[1] = Self.never } else { replay(place, Self.never) }
    }

    /// Twice as many places.
    mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 4 * places)
        larger.initialize(repeating: Self.never, count: 4 * places)
        larger[1] = nodes[1]
        // Each level moves down by one, to the left half of the new tree.
        for level in 0...depth {
            (larger + (2 << level)).update(from: nodes + (1 << level), count: 1 << level)
        }
        nodes.deallocate()
        nodes = larger
        places *= 2
        depth = Self.depth(for: places)
    }

    /// One line for each level: a loop would be turned into branches, and those would be guessed wrong every other time
    /// (54 ns instead of 21 for 128 places).
    @inline(never)
    private func replay(_ place: Int, _ entry: Entry) {
        var winner = entry
        var node = places &+ place
        nodes[node] = winner
        switch depth {
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
        default: while node > 1 { climb(&node, &winner) }
        }
    }

    @inline(__always)
    private func climb(_ node: inout Int, _ winner: inout Entry) {
        let rival = nodes[node ^ 1]
        winner = rival < winner ? rival : winner
        node >>= 1
        nodes[node] = winner
    }
}
