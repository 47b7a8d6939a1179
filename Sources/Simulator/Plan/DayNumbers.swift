import Center

/// Numbers the people of a group on each day, in the order of their shifts; who works twice on a day keeps the number.
struct DayNumbers {
    private var used: [Int]
    /// By day and member.
    private var known: [[Int: Int]]

    init(dayCount: Int) {
        used = [Int](repeating: 0, count: dayCount)
        known = [[Int: Int]](repeating: [:], count: dayCount)
    }

    mutating func number(_ person: Int, of block: ShiftBlock) -> Int {
        let next = used[block.day]
        guard !block.members.isEmpty else {
            used[block.day] += 1
            return next
        }
        if let number = known[block.day][block.members[person]] { return number }
        known[block.day][block.members[person]] = next
        used[block.day] += 1
        return next
    }
}
