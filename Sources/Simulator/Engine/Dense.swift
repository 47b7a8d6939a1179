/// A fixed stretch of memory with integer indices: what the engine's loop reads and writes.
///
/// Arrays inside a noncopyable struct cost uniqueness checks on each write; this does not. Bounds are checked in
/// debug builds. The owner frees it.
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

    @inline(__always)
    subscript(index: Int) -> Element {
        unsafeAddress {
            assert(index >= 0 && index < count)
            return UnsafePointer(base + index)
        }
        nonmutating unsafeMutableAddress {
            assert(index >= 0 && index < count)
            return base + index
        }
    }

    func fill(_ value: Element) {
        base.update(repeating: value, count: count)
    }

    /// Moves to a longer stretch of memory; old copies of this value are then void.
    mutating func grow(to count: Int, filling value: Element) {
        let longer = Dense(repeating: value, count: count)
        longer.base.update(from: base, count: self.count)
        free()
        self = longer
    }

    func free() {
        base.deinitialize(count: count)
        base.deallocate()
    }
}
