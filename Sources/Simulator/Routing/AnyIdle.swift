/// Any idle agent with equal chances, among the groups of the lowest rank that have one.
///
/// The lot is the contact's own uniform, so that the choice belongs to the contact: of k idle agents, in the order of
/// their groups and then of idleness, the one at ⌊u k⌋.
struct AnyIdle: AgentPolicy {
    static let keyword = "random"
    static let summary = "Of the lowest rank, any idle agent with equal chances."
    static let reason = "drawn by lot"

    var drawsLots: Bool { true }

    func agent(for contact: OfferedContact, on floor: borrowing Floor) -> Int {
        for level in 0..<contact.groups.levelCount {
            let groups = contact.groups.level(level)
            var count = 0
            for g in groups { count += floor.groups[Int(g)].idleCount }
            guard count > 0 else { continue }
            var place = min(Int(contact.lot * Double(count)), count - 1)
            for g in groups {
                guard place >= floor.groups[Int(g)].idleCount else {
                    var a = Int(floor.groups[Int(g)].idleFirst)
                    for _ in 0..<place { a = Int(floor.agents[a].next) }
                    return a
                }
                place -= floor.groups[Int(g)].idleCount
            }
        }
        return -1
    }
}

extension PickAgent {
    public static let random = PickAgent(AnyIdle())
}
