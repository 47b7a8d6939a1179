/// Which waiting contact a free agent takes; each case has its file beside this one.
public enum PickContact: String, Sendable, CaseIterable {
    case priorityThenLongestWait = "priority_then_longest_wait"
    case priorityThenRank = "priority_then_rank"

    /// The contact's slot for an agent of a group that serves `priorities`; −1 when nobody waits for it.
    @inline(__always)
    func contact(on floor: borrowing Floor, _ priorities: GroupLists) -> Int {
        switch self {
        // They differ in the levels, which are laid out once.
        case .priorityThenLongestWait, .priorityThenRank: floor.longestWaiting(priorities)
        }
    }
}

/// Which free agent takes an arriving contact; each case has its file beside this one.
public enum PickAgent: String, Sendable, CaseIterable {
    case longestIdle = "longest_idle"
    case random

    /// Whether the policy asks for a random number; else `u` is not looked at.
    var drawsLots: Bool { self == .random }

    /// The agent for a contact that the groups in `ranks` may serve; −1 when all are taken. `u` is the contact's own
    /// uniform for this choice.
    @inline(__always)
    func agent(on floor: borrowing Floor, _ ranks: GroupLists, _ u: Double) -> Int {
        switch self {
        case .longestIdle: floor.longestIdle(ranks)
        case .random: floor.anyIdle(ranks, u)
        }
    }
}
