/// Which of the idle agents an order takes, among groups by rank; −1 when all are taken.
extension Floor {
    /// The agent who has been idle longest, among the groups of the lowest rank that have one; −1 when all are taken.
    @inline(__always)
    func longestIdle(_ ranks: GroupLists) -> Int {
        // Usually one comparison shows that nobody is idle, and one more who is.
        guard idleGroups & ranks.all != 0 else { return -1 }
        for level in 0..<ranks.levelCount where idleGroups & ranks.set(level) != 0 {
            var best = -1
            var bestOrder = UInt64.max
            for g in ranks.level(level) {
                let a = groups[Int(g)].idleFirst
                if a >= 0, agents[Int(a)].idleOrder < bestOrder {
                    best = Int(a)
                    bestOrder = agents[best].idleOrder
                }
            }
            if best >= 0 { return best }
        }
        return -1
    }

    /// Of the lowest rank that has somebody idle, the first group's longest idle.
    func firstIdle(_ ranks: GroupLists) -> Int {
        for level in 0..<ranks.levelCount {
            for g in ranks.level(level) where groups[Int(g)].idleFirst >= 0 { return Int(groups[Int(g)].idleFirst) }
        }
        return -1
    }

    /// Of the lowest rank that has somebody idle, the agent at ⌊`lot` × how many there are⌋, in the order of their groups
    /// and then of idleness.
    func anyIdle(_ ranks: GroupLists, lot: Double) -> Int {
        for level in 0..<ranks.levelCount {
            let asked = ranks.level(level)
            var count = 0
            for g in asked { count += groups[Int(g)].idleCount }
            guard count > 0 else { continue }
            var place = min(Int(lot * Double(count)), count - 1)
            for g in asked {
                guard place >= groups[Int(g)].idleCount else {
                    var a = Int(groups[Int(g)].idleFirst)
                    for _ in 0..<place { a = Int(agents[a].next) }
                    return a
                }
                place -= groups[Int(g)].idleCount
            }
        }
        return -1
    }

    /// The idle agent for whom `value` is least, of all groups or of those of the lowest rank that have one; of equals
    /// the lower rank, then the longest idle. Where the value is a group's, its longest idle is asked alone.
    func leastIdle(
        _ ranks: GroupLists, byRank: Bool, ofGroups: Bool, _ value: (_ group: Int, _ agent: Int) -> Double
    ) -> Int {
        var best = -1
        var bestValue = 0.0
        for level in 0..<ranks.levelCount where !byRank || best < 0 {
            let earlier = best
            for g in ranks.level(level) {
                var a = groups[Int(g)].idleFirst
                while a >= 0 {
                    let own = value(Int(g), Int(a))
                    // Of equals, one of an earlier rank stays.
                    let isBetter =
                        best < 0 || own < bestValue
                        || own == bestValue && best != earlier
                            && agents[Int(a)].idleOrder < agents[best].idleOrder
                    if isBetter {
                        best = Int(a)
                        bestValue = own
                    }
                    a = ofGroups ? -1 : agents[Int(a)].next
                }
            }
        }
        return best
    }
}
