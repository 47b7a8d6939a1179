/// The agent who can serve the fewest contact types and languages, so that versatile people stay free; of equals the
/// lower rank, then the longest idle.
///
/// What contacts bring about is served by whoever serves them and is not counted: a type with callbacks is one skill.
struct FewestSkills: AgentPolicy {
    static let keyword = "fewest_skills"
    static let summary = "The agent with the fewest skills and languages, then the lowest rank, then the longest idle."
    static let reason = "with the fewest skills"

    var asksByRank: Bool { false }
    var order: AgentOrder { .leastOfGroups }
    func value(_ agent: IdleAgent) -> Double { Double(agent.served) }
}

extension PickAgent {
    /// The agent with the fewest skills and languages, so that versatile people stay free.
    public static let fewestSkills = PickAgent(FewestSkills())
}
