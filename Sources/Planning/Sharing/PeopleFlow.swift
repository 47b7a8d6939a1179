/// How the work of one period is divided among the groups, so that nobody is busier than they must be.
///
/// Of all ways to give each kind of callers' work to groups that may serve them, the one in which the busiest are least
/// busy, then the next busiest, and so on: work goes to where people have most time for it, and people who are less busy
/// help only where their skills reach. It is found by giving each kind of callers in turn the best division for what the
/// others take, until nothing moves (a convex flow; Gauss and Seidel).
struct PeopleFlow {
    /// `[group]`: all work.
    private(set) var work: [Double]
    private let wanted: [Double]
    private let people: [Double]
    private let servers: [[Int]]
    /// Where each kind of callers begins in `given`.
    private let starts: [Int]
    /// Work by callers and group, erlangs, in the order of the callers' servers.
    private var given: [Double]

    /// `work` is `[callers]`, `people` is `[group]`.
    init(work wanted: [Double], servers: [[Int]], people: [Double]) {
        self.wanted = wanted
        self.people = people
        self.servers = servers
        var starts: [Int] = []
        var count = 0
        for own in servers {
            starts.append(count)
            count += own.count
        }
        self.starts = starts
        given = [Double](repeating: 0, count: count)
        work = [Double](repeating: 0, count: people.count)
        let serving = servers.indices.filter { wanted[$0] > 0 && !servers[$0].isEmpty }
        var order = [Int](repeating: 0, count: servers.lazy.map(\.count).max() ?? 0)
        for _ in 0..<200 {
            var moved = 0.0
            for c in serving { moved = max(moved, divide(c, &order)) }
            if moved < 1e-7 { break }
        }
    }

    /// Whether this is the division of just these.
    func isOf(work: [Double], people: [Double]) -> Bool { wanted == work && self.people == people }

    /// Work of a kind of callers that the groups get, in the order of its servers, erlangs.
    func given(callers c: Int) -> ArraySlice<Double> { given[starts[c]..<(starts[c] + servers[c].count)] }

    /// The part of a group's time that it gives to a kind of callers, 0…1; all of it where it has nothing to do.
    func share(callers c: Int, server i: Int) -> Double {
        let all = work[servers[c][i]]
        return all > 1e-12 ? given[starts[c] + i] / all : 1
    }

    /// Fills a kind of callers' groups up to one level of utilisation; where nobody is there, each gets an equal part.
    /// Returns by how much a group's part changes at most.
    private mutating func divide(_ c: Int, _ order: inout [Int]) -> Double {
        let groups = servers[c]
        let start = starts[c]
        // By how busy they are without these callers: few of them, so each is put into its place.
        var count = 0
        for g in groups.indices {
            work[groups[g]] -= given[start + g]
            guard people[groups[g]] > 1e-9 else { continue }
            let own = busyness(groups[g])
            var place = count
            while place > 0, own < busyness(groups[order[place - 1]]) {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = g
            count += 1
        }
        var there = 0.0
        var others = 0.0
        var level = 0.0
        for place in 0..<count {
            let g = groups[order[place]]
            there += people[g]
            others += max(0, work[g])
            level = (wanted[c] + others) / there
            if place + 1 < count, level <= busyness(groups[order[place + 1]]) { break }
        }
        var moved = 0.0
        for (i, g) in groups.enumerated() {
            let best =
                count == 0
                ? wanted[c] / Double(groups.count)
                : people[g] > 1e-9 ? max(0, level * people[g] - max(0, work[g])) : 0
            moved = max(moved, abs(best - given[start + i]))
            given[start + i] = best
            work[g] += best
        }
        return moved
    }

    private func busyness(_ g: Int) -> Double { max(0, work[g]) / people[g] }
}
