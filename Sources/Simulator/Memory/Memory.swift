/// The owner of what a replication reads and writes: everything is freed at once, with it.
final class Memory {
    private var releases: [() -> Void] = []

    /// Memory for so many elements, which `fill` must initialize.
    func take<Element>(
        _ count: Int, _ fill: (UnsafeMutablePointer<Element>) -> Void
    ) -> UnsafeMutablePointer<Element> {
        let base = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
        fill(base)
        releases.append {
            base.deinitialize(count: count)
            base.deallocate()
        }
        return base
    }

    deinit {
        for release in releases { release() }
    }
}
