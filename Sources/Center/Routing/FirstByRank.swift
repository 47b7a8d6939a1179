/// The first group in the file of the lowest rank that has somebody idle; there, the agent who has been idle longest.
struct FirstByRank: AgentPolicy {
    static let keyword = "rank"
    static let summary = "Of the lowest rank, the first group in the file; there, the agent who has been idle longest."
    static let reason = "idle longest in the first group"

    var order: AgentOrder { .firstGroup }
}

extension PickAgent {
    /// Of the lowest rank, the longest idle of the first group in the file.
    public static let rank = PickAgent(FirstByRank())
}
