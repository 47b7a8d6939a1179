/// A fixed stretch of memory with integer indices: what the engine's loop reads and writes.
///
/// Arrays inside a noncopyable struct cost uniqueness checks on each write; this does not. Bounds are checked in
/// debug builds. It lives as long as its `Memory`, and never grows, so pointers into it stay good; what grows is a
/// `SteadyRow`.
struct Dense<Element> {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating value: Element, count: Int, in memory: Memory) {
        base = memory.take(count) { $0.initialize(repeating: value, count: count) }
        self.count = count
    }

    init(_ elements: [Element], in memory: Memory) {
        base = memory.take(elements.count) { base in
            elements.withUnsafeBufferPointer { source in
                if let start = source.baseAddress { base.initialize(from: start, count: source.count) }
            }
        }
        count = elements.count
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
}
