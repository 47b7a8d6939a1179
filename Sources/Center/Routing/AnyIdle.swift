/// Any idle agent with equal chances, among the groups of the lowest rank that have one.
///
/// The lot is the contact's own uniform, so that the choice belongs to the contact: of k idle agents, in the order of
/// their groups and then of idleness, the one at ⌊u k⌋.
struct AnyIdle: AgentPolicy {
    static let keyword = "random"
    static let summary = "Of the lowest rank, any idle agent with equal chances."
    static let reason = "drawn by lot"

    var order: AgentOrder { .lots }
}

extension PickAgent {
    /// Any idle agent of the lowest rank, with equal chances.
    public static let random = PickAgent(AnyIdle())
}
