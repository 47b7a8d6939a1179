import Center

/// What people cost who serve the same contacts, divided by handling seconds.
///
/// Groups with a skill in common are in one pool, with all types that they serve, directly or through other groups. A
/// pool's wages are divided among its types in proportion to the seconds of handling that they took: every second of
/// handling in a pool costs the same, idle time included, whoever happened to do it.
package struct CostPools: Sendable {
    /// By contact type; nil where nobody serves it.
    private let poolOfType: [Int?]
    private let groupsOfPool: [[Int]]
    /// By pool, whether everybody in it has a wage.
    private let isPaid: [Bool]
    /// Money per paid hour by group.
    private let wages: [Double?]

    package init(_ scenario: Scenario) {
        wages = scenario.agentGroups.map(\.wagePerHour)
        var served = scenario.agentGroups.map { $0.skills.map(\.contactType) }
        for (t, type) in scenario.contactTypes.enumerated() {
            for escalation in type.escalations {
                for g in escalation.groups { served[g].append(t) }
            }
        }
        // Pools in the order in which they were made; one that has been merged into another knows into which
        // (union-find, Tarjan 1975).
        var pools: [[Int]] = []
        var successors: [Int] = []
        func last(_ pool: Int) -> Int {
            var pool = pool
            while successors[pool] != pool {
                successors[pool] = successors[successors[pool]]
                pool = successors[pool]
            }
            return pool
        }
        var poolOfType = [Int?](repeating: nil, count: scenario.contactTypes.count)
        for (g, types) in served.enumerated() where !types.isEmpty {
            let joined = Set(types.compactMap { poolOfType[$0].map(last) }).sorted()
            // The order in a pool is that of its making, because sums depend on it in their last bits.
            let groups = joined.reduce(into: [g]) { $0 += pools[$1] }
            let new = pools.count
            pools.append(groups)
            successors.append(new)
            for pool in joined {
                successors[pool] = new
                pools[pool] = []
            }
            for t in types { poolOfType[t] = new }
        }
        self.poolOfType = poolOfType.map { $0.map(last) }
        groupsOfPool = pools
        isPaid = pools.map { $0.allSatisfy { scenario.agentGroups[$0].wagePerHour != nil } }
    }

    /// Whether somebody serves the type and all who share work with them have a wage.
    package func isKnown(_ t: Int) -> Bool { poolOfType[t].map { isPaid[$0] } ?? false }

    /// The pool of a type whose cost is known.
    func pool(_ t: Int) -> Int? { isKnown(t) ? poolOfType[t] : nil }

    /// What each type cost, from its seconds of handling, its contacts and each group's paid seconds; 0 where it is not
    /// known. Where nobody of a pool was served, wages are divided by offered contacts, and where none came, evenly.
    func shares(handling: [Double], offered: [Double], paid: [Double]) -> [Double] {
        var seconds = [Double](repeating: 0, count: groupsOfPool.count)
        var came = seconds
        var types = seconds
        for (t, pool) in poolOfType.enumerated() {
            guard let pool else { continue }
            seconds[pool] += handling[t]
            came[pool] += offered[t]
            types[pool] += 1
        }
        let money = groupsOfPool.map { groups in groups.reduce(0) { $0 + (wages[$1] ?? 0) * paid[$1] / 3600 } }
        return poolOfType.indices.map { t in
            guard let pool = poolOfType[t], isKnown(t) else { return 0 }
            let part =
                seconds[pool] > 0
                ? handling[t] / seconds[pool] : came[pool] > 0 ? offered[t] / came[pool] : 1 / types[pool]
            return money[pool] * part
        }
    }
}
