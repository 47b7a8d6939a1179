/// The first group in the file of the lowest rank that has somebody idle; there, the agent who has been idle longest.
struct FirstByRank: AgentPolicy {
    static let keyword = "rank"
    static let summary = "Of the lowest rank, the first group in the file; there, the agent who has been idle longest."
    static let reason = "idle longest in the first group"

    func agent(for contact: OfferedContact, on floor: borrowing Floor) -> Int {
        for level in 0..<contact.groups.levelCount {
            for g in contact.groups.level(level) where floor.groups[Int(g)].idleFirst >= 0 {
                return Int(floor.groups[Int(g)].idleFirst)
            }
        }
        return -1
    }
}

extension PickAgent {
    public static let rank = PickAgent(FirstByRank())
}
