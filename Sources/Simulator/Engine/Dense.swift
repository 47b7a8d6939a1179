/// A fixed stretch of memory with integer indices: what the engine's loop reads and writes.
///
/// Arrays inside a noncopyable struct cost uniqueness checks on each write; this does not. Bounds are checked in
/// debug builds. The owner frees it. It never grows, so pointers into it stay good; what grows is a `SteadyRow`.
struct Dense<Element> {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating value: Element, count: Int) {
        base = .allocate(capacity: max(count, 1))
        base.initialize(repeating: value, count: count)
        self.count = count
    }

    init(_ elements: [Element]) {
        base = .allocate(capacity: max(elements.count, 1))
        count = elements.count
        elements.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { base.initialize(from: start, count: source.count) }
        }
    }

    /// A part of another one's memory, which stays the owner.
    init(_ whole: Dense, from first: Int, count: Int) {
        assert(first >= 0 && first + count <= whole.count)
        base = whole.base + first
        self.count = count
    }

    /// An element's place, for as long as the memory lives.
    @inline(__always)
    func place(_ index: Int) -> UnsafeMutablePointer<Element> {
        assert(index >= 0 && index < count)
        return base + index
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        unsafeAddress { UnsafePointer(place(index)) }
        nonmutating unsafeMutableAddress { place(index) }
    }

    func fill(_ value: Element) {
        base.update(repeating: value, count: count)
    }

    func free() {
        base.deinitialize(count: count)
        base.deallocate()
    }
}
