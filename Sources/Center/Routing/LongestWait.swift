/// Whoever has waited longest goes first, whatever the priority.
struct LongestWait: ContactPolicy {
    static let keyword = "longest_wait"
    static let summary = "The longest wait first, whatever the priority; those on the line before those in lists."

    func level(priority: Int, rank: Int) -> (Int, Int) { (0, 0) }
}

extension PickContact {
    /// The longest wait first, whatever the priority.
    public static let longestWait = PickContact(LongestWait())
}
