/// The agent who handles this contact fastest (the lowest handling factor); of equals the longest idle.
struct BestProficiency: AgentPolicy {
    static let keyword = "best_proficiency"
    static let summary = "The agent who handles the contact fastest, whatever the rank; then the longest idle."
    static let reason = "quickest at it"

    var asksByRank: Bool { false }
    var order: AgentOrder { .leastOfGroups }
    func value(_ agent: IdleAgent) -> Double { agent.handlingFactor }
}

extension PickAgent {
    /// The agent who handles the contact fastest, whatever the rank.
    public static let bestProficiency = PickAgent(BestProficiency())
}
