/// How the work of one period is divided among the groups, so that nobody is busier than they must be.
///
/// Of all ways to give each kind of callers' work to groups that may serve them, the one in which the busiest are least
/// busy, then the next busiest, and so on: work goes to where people have most time for it, and people who are less busy
/// help only where their skills reach. It is found by giving each kind of callers in turn the best division for what the
/// others take, until nothing moves (a convex flow; Gauss and Seidel).
struct PeopleFlow {
    /// `[callers]`: work by group, erlangs, in the order of the callers' servers.
    private(set) var given: [[Double]]
    /// `[group]`: all work.
    private(set) var work: [Double]
    private let servers: [[Int]]

    /// `work` is `[callers]`, `people` is `[group]`.
    init(work wanted: [Double], servers: [[Int]], people: [Double]) {
        self.servers = servers
        given = servers.map { [Double](repeating: 0, count: $0.count) }
        work = [Double](repeating: 0, count: people.count)
        for _ in 0..<200 {
            var moved = 0.0
            for c in servers.indices where wanted[c] > 0 && !servers[c].isEmpty {
                for (i, g) in servers[c].enumerated() { work[g] -= given[c][i] }
                let best = Self.filled(wanted[c], servers[c].map { (people[$0], max(0, work[$0])) })
                for (i, g) in servers[c].enumerated() {
                    moved = max(moved, abs(best[i] - given[c][i]))
                    given[c][i] = best[i]
                    work[g] += best[i]
                }
            }
            if moved < 1e-7 { break }
        }
    }

    /// Fills groups up to one level of utilisation; where nobody is there, each gets an equal part.
    private static func filled(_ wanted: Double, _ groups: [(people: Double, others: Double)]) -> [Double] {
        let order = groups.indices.filter { groups[$0].people > 1e-9 }.sorted {
            groups[$0].others / groups[$0].people < groups[$1].others / groups[$1].people
        }
        guard !order.isEmpty else { return groups.map { _ in wanted / Double(groups.count) } }
        var people = 0.0
        var others = 0.0
        var level = 0.0
        for (place, i) in order.enumerated() {
            people += groups[i].people
            others += groups[i].others
            level = (wanted + others) / people
            if place + 1 < order.count {
                let next = groups[order[place + 1]]
                if level <= next.others / next.people { break }
            }
        }
        return groups.map { $0.people > 1e-9 ? max(0, level * $0.people - $0.others) : 0 }
    }

    /// The part of a group's time that it gives to a kind of callers, 0…1; all of it where it has nothing to do.
    func share(callers c: Int, server i: Int) -> Double {
        let all = work[servers[c][i]]
        return all > 1e-12 ? given[c][i] / all : 1
    }
}
