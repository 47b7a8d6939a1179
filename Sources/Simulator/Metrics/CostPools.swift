/// What people cost who serve the same contacts, shared out by handling seconds.
///
/// Groups with a skill in common stand in one pool with all types that they serve, directly or through other groups. A
/// pool's wages are divided among its types in proportion to the seconds of handling that they took: every second of
/// handling in a pool costs the same, idle time included, whoever happened to do it.
public struct CostPools: Sendable {
    /// By contact type; nil where nobody serves it.
    private let poolOfType: [Int?]
    private let groupsOfPool: [[Int]]
    /// Money per paid hour by group.
    private let wages: [Double?]

    public init(_ scenario: Scenario) {
        wages = scenario.agentGroups.map(\.wagePerHour)
        var pools: [(types: Set<Int>, groups: [Int])] = []
        for (g, group) in scenario.agentGroups.enumerated() {
            var types = Set(group.skills.map(\.contactType))
            for type in scenario.contactTypes.indices
            where scenario.contactTypes[type].escalations.contains(where: { $0.groups.contains(g) }) {
                types.insert(type)
            }
            guard !types.isEmpty else { continue }
            var joined = (types: types, groups: [g])
            for pool in pools where !pool.types.isDisjoint(with: types) {
                joined.types.formUnion(pool.types)
                joined.groups += pool.groups
            }
            pools.removeAll { !$0.types.isDisjoint(with: types) }
            pools.append(joined)
        }
        poolOfType = scenario.contactTypes.indices.map { t in pools.firstIndex { $0.types.contains(t) } }
        groupsOfPool = pools.map(\.groups)
    }

    /// Whether somebody serves the type and all who share work with them have a wage.
    public func isKnown(_ t: Int) -> Bool {
        poolOfType[t].map { pool in groupsOfPool[pool].allSatisfy { wages[$0] != nil } } ?? false
    }

    /// What a second of each type's handling cost, from each type's handling seconds and each group's paid ones; 0
    /// where it is not known.
    func rates(handling: [Double], paid: [Double]) -> [Double] {
        var seconds = [Double](repeating: 0, count: groupsOfPool.count)
        for (t, pool) in poolOfType.enumerated() { if let pool { seconds[pool] += handling[t] } }
        return poolOfType.indices.map { t in
            guard let pool = poolOfType[t], isKnown(t), seconds[pool] > 0 else { return 0 }
            return groupsOfPool[pool].reduce(0) { $0 + (wages[$1] ?? 0) * paid[$1] / 3600 } / seconds[pool]
        }
    }
}
