/// The agent who has been idle longest, among the groups of the lowest rank that have one.
struct LongestIdle: AgentPolicy {
    static let keyword = "longest_idle"
    static let summary = "Of the lowest rank, the agent who has been idle longest."
    static let reason = "idle longest"

    func agent(for contact: OfferedContact, on floor: borrowing Floor) -> Int { floor.longestIdle(contact.groups) }
}

extension PickAgent {
    public static let longestIdle = PickAgent(LongestIdle())
}

extension Floor {
    /// The agent who has been idle longest, among the groups of the lowest rank that have one; −1 when all are taken.
    @inline(__always)
    func longestIdle(_ ranks: GroupLists) -> Int {
        // Usually one comparison tells that nobody is idle, or one more who is.
        guard idleGroups & ranks.all != 0 else { return -1 }
        for level in 0..<ranks.levelCount where idleGroups & ranks.set(level) != 0 {
            var best = -1
            var bestOrder = UInt64.max
            for g in ranks.level(level) {
                let a = groups[Int(g)].idleFirst
                if a >= 0, agents[Int(a)].idleOrder < bestOrder {
                    best = Int(a)
                    bestOrder = agents[best].idleOrder
                }
            }
            if best >= 0 { return best }
        }
        return -1
    }
}
