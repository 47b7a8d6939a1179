/// Who of a range began last, of agents who come and go: a tournament in which the later instant wins, and of equals the
/// lower number.
///
/// Whatever changes replays the matches on one way up, and whoever asks for a range looks at two nodes a level. The owner
/// frees it.
struct LatestBegun {
    /// A power of two, or 0.
    private let places: Int
    /// `nodes[1]` is the root, the children of node i are 2i and 2i + 1, agent a is node `places` + a; −1 for nobody.
    private let nodes: Dense<Int32>
    private let begun: Dense<Double>

    init(count: Int, in memory: Memory) {
        places = count == 0 ? 0 : 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount)
        nodes = Dense(repeating: -1, count: 2 * places, in: memory)
        begun = Dense(repeating: 0, count: places, in: memory)
    }

    func clear() { nodes.fill(-1) }

    func contains(_ a: Int) -> Bool { places > 0 && nodes[places + a] >= 0 }

    func insert(_ a: Int, at time: Double) {
        begun[a] = time
        replay(a, Int32(a))
    }

    func remove(_ a: Int) { replay(a, -1) }

    private func replay(_ a: Int, _ entry: Int32) {
        var node = places + a
        nodes[node] = entry
        while node > 1 {
            node /= 2
            nodes[node] = later(nodes[2 * node], nodes[2 * node + 1])
        }
    }

    /// Who of a range began last, −1 for nobody; adds the nodes that it looked at to `looks`.
    func latest(in range: Range<Int>, looks: inout Int) -> Int {
        guard places > 0 else { return -1 }
        var best: Int32 = -1
        var low = places + range.lowerBound
        var high = places + range.upperBound
        while low < high {
            if low & 1 == 1 {
                best = later(best, nodes[low])
                looks += 1
                low += 1
            }
            if high & 1 == 1 {
                high -= 1
                best = later(best, nodes[high])
                looks += 1
            }
            low /= 2
            high /= 2
        }
        return Int(best)
    }

    private func later(_ a: Int32, _ b: Int32) -> Int32 {
        guard a >= 0, b >= 0 else { return max(a, b) }
        let (first, second) = (begun[Int(a)], begun[Int(b)])
        return first > second || first == second && a < b ? a : b
    }
}
