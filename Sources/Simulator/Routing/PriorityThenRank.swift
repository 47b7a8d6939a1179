extension PickContact {
    /// Where a contact stands for an agent: contacts of lower levels go first, of one level the longest wait.
    ///
    /// `priority_then_rank` lets a specialist take what it is the first choice for before it helps out elsewhere: of one
    /// priority, contacts for which the agent's group has the lower rank go first.
    func level(priority: Int, rank: Int) -> (Int, Int) {
        switch self {
        case .priorityThenLongestWait: (priority, 0)
        case .priorityThenRank: (priority, rank)
        }
    }
}
