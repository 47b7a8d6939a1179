/// The agent who has been busiest least today, handling ÷ (handling + available), among the groups of the lowest rank
/// that have somebody idle; of equals the longest idle.
///
/// The day begins at midnight for everybody; whoever has just come has been busy for nothing of it.
struct LeastOccupied: AgentPolicy {
    static let keyword = "least_occupied"
    static let summary = "Of the lowest rank, the agent with the lowest occupancy so far today."
    static let reason = "least busy so far that day"

    var order: AgentOrder { .leastOfAgents }
    func value(_ agent: IdleAgent) -> Double { agent.occupancy }
}

extension PickAgent {
    /// Of the lowest rank, the agent with the lowest occupancy so far today.
    public static let leastOccupied = PickAgent(LeastOccupied())
}
