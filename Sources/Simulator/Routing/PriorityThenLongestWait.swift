extension Floor {
    /// The contact that has waited longest, among those of the most urgent priority; −1 when nobody waits.
    ///
    /// Asked for an agent of a group; `priorities` are the classes the group serves, by priority.
    @inline(__always)
    func longestWaiting(_ priorities: GroupLists) -> Int {
        // Usually one comparison tells that nobody waits, or one more who does.
        guard waitingClasses & priorities.all != 0 else { return -1 }
        if priorities.isStrict {
            for level in 0..<priorities.levelCount {
                let slot = queues[priorities.only(level)].first
                if slot >= 0 { return Int(slot) }
            }
            return -1
        }
        for level in 0..<priorities.levelCount where waitingClasses & priorities.set(level) != 0 {
            var best = -1
            var bestOrder = UInt64.max
            for c in priorities.level(level) {
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
