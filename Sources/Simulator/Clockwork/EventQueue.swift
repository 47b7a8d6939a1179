/// The future events, earliest first: a 4-ary heap in one stretch of memory.
///
/// Four children to a node make the tree half as deep as a binary heap and keep siblings in one or two cache lines
/// (measured 14–40 % faster). Events that no longer apply stay in until their time comes and are recognised then:
/// cheaper than searching for them. O(log n) for both operations; memory grows by doubling and is then kept.
struct EventQueue: ~Copyable {
    private var heap: UnsafeMutablePointer<Event>
    private var capacity: Int
    private(set) var count = 0

    /// In debug builds the queue grows with nearly every event, so that tests see it grow. No address of an event is
    /// ever given out, so they may move.
    #if DEBUG
        private static let capacityAtFirst = 1
    #else
        private static let capacityAtFirst = 256
    #endif

    init() {
        capacity = Self.capacityAtFirst
        heap = .allocate(capacity: capacity)
    }

    deinit { heap.deallocate() }

    var isEmpty: Bool { count == 0 }

    /// The earliest event; the queue must not be empty.
    @inline(__always)
    var first: Event {
        assert(count > 0)
        return heap[0]
    }

    /// All of them, in no order.
    var all: [Event] { (0..<count).map { heap[$0] } }

    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func insert(_ event: Event) {
        if count == capacity { grow() }
        var hole = count
        count &+= 1
        while hole > 0 {
            let parent = (hole &- 1) >> 2
            if Event.precedes(heap[parent], event) { break }
            heap[hole] = heap[parent]
            hole = parent
        }
        heap[hole] = event
    }

    @inline(__always)
    mutating func removeFirst() -> Event {
        assert(count > 0)
        let top = heap[0]
        count &-= 1
        let last = heap[count]
        var hole = 0
        while true {
            let firstChild = 4 &* hole &+ 1
            if firstChild >= count { break }
            var least = firstChild
            let end = min(firstChild &+ 4, count)
            var child = firstChild &+ 1
            while child < end {
                if Event.precedes(heap[child], heap[least]) { least = child }
                child &+= 1
            }
            if Event.precedes(last, heap[least]) { break }
            heap[hole] = heap[least]
            hole = least
        }
        heap[hole] = last
        return top
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Event>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: heap, count: count)
        heap.deallocate()
        heap = larger
        capacity *= 2
    }
}
