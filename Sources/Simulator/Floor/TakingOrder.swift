import Center

/// Where the contacts of a queue stand for the people of a group: those with a smaller order go first, whatever their
/// wait.
package struct TakingOrder: Comparable {
    /// Whether the agent takes such contacts only when nothing else waits; and whether they are deferred.
    package var onlyWhenIdle = false
    package var isDeferred: Bool
    /// By the policy, smaller goes first.
    package var priority: Int
    /// Whether they go before others of their priority: promised calls that are nearly due.
    var isFirst: Bool
    /// By the policy, smaller goes first.
    var rank: Int

    /// Of a queue, for a group with a skill for it or none.
    ///
    /// Whoever is on the line goes before deferred work, and that before skills for idle moments, unless it has become
    /// urgent: first of its priority, or before everything (priority 0).
    package init(_ queue: Blueprint.QueuePlan, _ type: Blueprint.TypePlan, _ skill: Skill?, _ policy: any ContactPolicy)
    {
        let level = policy.level(priority: queue.priority, rank: skill?.rank ?? 1)
        let isUrgent = queue.priority <= 0 || queue.isFirst
        onlyWhenIdle = !isUrgent && skill?.onlyWhenIdle == true
        isDeferred = !isUrgent && type.isDeferred
        priority = level.0
        isFirst = queue.isFirst && policy.asksPriorityFirst
        rank = level.1
    }

    /// From what weighs most to what weighs least.
    private var places: [Int] { [onlyWhenIdle ? 1 : 0, isDeferred ? 1 : 0, priority, isFirst ? 0 : 1, rank] }

    package static func < (a: TakingOrder, b: TakingOrder) -> Bool { a.places.lexicographicallyPrecedes(b.places) }
}
