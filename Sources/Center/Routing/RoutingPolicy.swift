/// Every routing policy: each has its file beside this one, and its line here. Reading, messages, help and tests go by
/// these lists; the first of each is the standard.
package enum RoutingPolicies {
    /// Which waiting contact a free agent takes.
    package static let pickContact: [any ContactPolicy.Type] = [
        PriorityThenLongestWait.self,
        PriorityThenRank.self,
        LongestWait.self,
        Ageing.self,
        WeightedScore.self,
        AnyWaiting.self,
    ]

    /// Which free agent takes a contact.
    package static let pickAgent: [any AgentPolicy.Type] = [
        LongestIdle.self,
        AnyIdle.self,
        FirstByRank.self,
        LeastOccupied.self,
        FewestSkills.self,
        BestProficiency.self,
    ]
}
