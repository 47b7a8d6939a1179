/// The agent who has been idle longest, among the groups of the lowest rank that have one.
struct LongestIdle: AgentPolicy {
    static let keyword = "longest_idle"
    static let summary = "Of the lowest rank, the agent who has been idle longest."
    static let reason = "idle longest"

    var order: AgentOrder { .longestIdle }
}

extension PickAgent {
    /// Of the lowest rank, the agent who has been idle longest; the standard.
    public static let longestIdle = PickAgent(LongestIdle())
}
