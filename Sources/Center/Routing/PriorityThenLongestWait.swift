/// The most urgent priority goes first; of one priority, the longest wait.
struct PriorityThenLongestWait: ContactPolicy {
    static let keyword = "priority_then_longest_wait"
    static let summary = "The most urgent priority first; of one priority, the longest wait."
}

extension PickContact {
    /// The most urgent priority first; of one priority, the longest wait; the standard.
    public static let priorityThenLongestWait = PickContact(PriorityThenLongestWait())
}
