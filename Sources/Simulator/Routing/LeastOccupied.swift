/// The agent who has been busiest least today, handling ÷ (handling + available), among the groups of the lowest rank
/// that have somebody idle; of equals the longest idle.
///
/// The day begins at midnight for everybody; whoever has just come has been busy for nothing of it.
struct LeastOccupied: AgentPolicy {
    static let keyword = "least_occupied"
    static let summary = "Of the lowest rank, the agent with the lowest occupancy so far today."
    static let reason = "least busy so far that day"

    var asksOccupancy: Bool { true }

    func agent(for contact: OfferedContact, on floor: borrowing Floor) -> Int {
        contact.least(on: floor, byRank: true) { _, a in contact.occupancy(of: a, on: floor) }
    }
}

extension PickAgent {
    public static let leastOccupied = PickAgent(LeastOccupied())
}
