extension Floor {
    /// Any idle agent with equal chances, among the groups of the lowest rank that have one; −1 when all are taken.
    ///
    /// `u` is the contact's own uniform, so that the choice belongs to the contact: of k idle agents, in the order of
    /// their groups and then of idleness, the one at ⌊u k⌋.
    @inline(never)
    func anyIdle(_ ranks: GroupLists, _ u: Double) -> Int {
        guard idleGroups & ranks.all != 0 else { return -1 }
        for level in 0..<ranks.levelCount where idleGroups & ranks.set(level) != 0 {
            var count = 0
            for g in ranks.level(level) { count += groups[Int(g)].idleCount }
            guard count > 0 else { continue }
            var place = min(Int(u * Double(count)), count - 1)
            for g in ranks.level(level) {
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
}
