/// A row of elements that grows, with integer indices, whose elements never move.
///
/// It consists of blocks of equal size, and a list of where the blocks are; only the list moves when it gets longer. So
/// a pointer to an element stays good for as long as the row lives, whatever is added in the meantime. The loop needs
/// that when one contact brings about another. (An array that grows moves, and whoever kept a pointer into it writes
/// into memory that belongs to something else by then.) Finding an element costs two instructions more than in `Dense`.
/// Debug builds make blocks of one element, so that every test grows the row and the address sanitizer sees each
/// element's bounds. Bounds are checked in debug builds. Blocks live as long as the row's `Memory`.
struct SteadyRow<Element> {
    /// Of the number of elements of a block: log₂.
    @inline(__always)
    private static var shift: Int {
        #if DEBUG
            0
        #else
            10
        #endif
    }

    @inline(__always)
    private static var blockSize: Int { 1 << shift }

    /// Where each block's element of index 0 would be, if the row went on downwards from the block without a gap: so an
    /// element is found by its own index.
    private var origins: UnsafeMutablePointer<UInt>
    private var blockCount = 0
    private var capacity = 1
    /// Not counted, since the loop would count it each time that it looks up an element.
    private unowned(unsafe) let memory: Memory

    init(in memory: Memory) {
        self.memory = memory
        origins = memory.take(1) { $0.initialize(to: 0) }
    }

    private static var stride: UInt { UInt(truncatingIfNeeded: MemoryLayout<Element>.stride) }

    /// How many elements there are.
    var count: Int { blockCount << Self.shift }

    /// An element's place, for as long as the row lives.
    @inline(__always)
    func place(_ index: Int) -> UnsafeMutablePointer<Element> {
        assert(index >= 0 && index < count)
        let address = origins[index >> Self.shift] &+ UInt(truncatingIfNeeded: index) &* Self.stride
        return UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        unsafeAddress { UnsafePointer(place(index)) }
        nonmutating unsafeMutableAddress { place(index) }
    }

    /// Another block of equal elements behind the last; at least one element.
    mutating func extend(filling value: Element) {
        if blockCount == capacity {
            let (old, count) = (origins, blockCount)
            origins = memory.take(2 * capacity) { longer in
                longer.initialize(from: old, count: count)
                (longer + count).initialize(repeating: 0, count: count)
            }
            capacity *= 2
        }
        let block = memory.take(Self.blockSize) { $0.initialize(repeating: value, count: Self.blockSize) }
        let before = UInt(truncatingIfNeeded: count) &* Self.stride
        origins[blockCount] = UInt(bitPattern: block) &- before
        blockCount += 1
    }
}
