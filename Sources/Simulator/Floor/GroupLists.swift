/// Small lists of indices in levels, flat in memory: groups by rank, or classes by priority.
struct GroupLists {
    private let items: Dense<Int32>
    /// Where each level starts; one more than there are levels.
    private let bounds: Dense<Int32>
    /// The same as sets of bits, and all levels together; all ones where an index has no bit.
    private let sets: Dense<UInt64>
    let all: UInt64
    let levelCount: Int
    /// Whether each level is one index.
    let isStrict: Bool

    init(_ levels: [[Int]], in memory: Memory) {
        items = Dense(levels.joined().map { Int32($0) }, in: memory)
        var end: Int32 = 0
        bounds = Dense(
            [0]
                + levels.map { level -> Int32 in
                    end += Int32(level.count)
                    return end
                }, in: memory)
        levelCount = levels.count
        isStrict = levels.allSatisfy { $0.count == 1 }
        let bits = levels.map { level in level.reduce(0) { $0 | ($1 < 64 ? 1 << UInt64($1) : UInt64.max) } }
        sets = Dense(bits, in: memory)
        all = bits.reduce(0, |)
    }

    @inline(__always)
    func level(_ level: Int) -> UnsafeBufferPointer<Int32> {
        let start = Int(bounds[level])
        return UnsafeBufferPointer(start: items.base + start, count: Int(bounds[level + 1]) - start)
    }

    /// The level's one index, where each has one.
    @inline(__always)
    func only(_ level: Int) -> Int { Int(items[level]) }

    /// The level as a set of bits.
    @inline(__always)
    func set(_ level: Int) -> UInt64 { sets[level] }
}
