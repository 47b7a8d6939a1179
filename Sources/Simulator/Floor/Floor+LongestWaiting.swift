extension Floor {
    /// The contact that has waited longest, among those of the lowest level; −1 when nobody waits.
    ///
    /// Asked for an agent of a group; `levels` are the queues the group serves, as its policy orders them.
    @inline(__always)
    func longestWaiting(_ levels: GroupLists) -> Int {
        // Usually one comparison shows that nobody waits, and one more who does.
        guard waitingQueues & levels.all != 0 else { return -1 }
        if levels.isStrict {
            var level = 0
            while level < levels.levelCount {
                let slot = queues[levels.only(level)].first
                if slot >= 0 { return Int(slot) }
                level &+= 1
            }
            return -1
        }
        for level in 0..<levels.levelCount where waitingQueues & levels.set(level) != 0 {
            var best = -1
            var bestOrder = UInt64.max
            for c in levels.level(level) {
                let slot = queues[Int(c)].first
                if slot >= 0, contacts[Int(slot)].waitOrder < bestOrder {
                    best = Int(slot)
                    bestOrder = contacts[best].waitOrder
                }
            }
            if best >= 0 { return best }
        }
        return -1
    }
}
