/// A specialist takes what it is the first choice for before it helps out elsewhere: of one priority, contacts for
/// which the agent's group has the lower rank go first; of one rank, the longest wait.
struct PriorityThenRank: ContactPolicy {
    static let keyword = "priority_then_rank"
    static let summary = "The most urgent priority first; of one priority, what the agent is the first choice for."

    func level(priority: Int, rank: Int) -> (Int, Int) { (priority, rank) }
}

extension PickContact {
    /// The most urgent priority first; of one priority, what the agent's group is the first choice for.
    public static let priorityThenRank = PickContact(PriorityThenRank())
}
