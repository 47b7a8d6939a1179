/// Which waiting contact a free agent takes; each case has its file beside this one.
public enum PickContact: String, Sendable, CaseIterable {
    case priorityThenLongestWait = "priority_then_longest_wait"
}

/// Which free agent takes an arriving contact; each case has its file beside this one.
public enum PickAgent: String, Sendable, CaseIterable {
    case longestIdle = "longest_idle"
}
