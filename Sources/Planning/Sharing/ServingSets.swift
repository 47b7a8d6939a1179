import Center
import Simulator

/// The sets of groups that somebody depends on, and how each kind of callers meets each of them.
///
/// Callers depend on everybody who may serve them; whether those of the first rank are all taken decides who goes on to
/// the next; each group for itself tells how much of it is left for the work of lists.
struct ServingSets: Sendable {
    /// Groups of each set, ascending.
    private(set) var groups: [[Int]] = []
    /// By callers: the set of all who serve them at once; nil for lists.
    private(set) var reach: [Int?] = []
    /// By group: the set of it alone.
    private(set) var single: [Int] = []
    /// By callers and helpers: their set.
    private(set) var helping: [[Int]] = []
    /// By set: callers who meet it.
    private(set) var entries: [[Entry]] = []

    struct Entry: Sendable {
        var callers: Int
        /// Nobody else serves them.
        var isInside: Bool
        /// The set of better ranks outside, which must all be taken first; nil where there are none.
        var before: Int?
        /// Groups of the set that serve them, at whatever rank.
        var serving: [Int]
        /// The set of these alone, where somebody depends on it or it is one group.
        var servingSet: Int?
        /// Groups in and outside the set of the rank at which they meet it.
        var here: [Int]
        var elsewhere: [Int]
    }

    init(_ callers: [Callers], _ scenario: Scenario) {
        var known: [[Int]: Int] = [:]
        var groups: [[Int]] = []
        func index(_ set: [Int]) -> Int {
            if let found = known[set] { return found }
            known[set] = groups.count
            groups.append(set)
            return groups.count - 1
        }
        single = scenario.agentGroups.indices.map { index([$0]) }
        var prefixes: [[Int]] = []
        for one in callers {
            let isLive = scenario.contactTypes[one.type].channel.kind == .live
            var prefix: [Int] = []
            var own: [Int] = []
            if isLive {
                for rank in one.ranks {
                    prefix = (prefix + rank).sorted()
                    own.append(index(prefix))
                }
            }
            prefixes.append(own)
            reach.append(isLive ? own.last ?? index([]) : nil)
            helping.append(isLive ? one.helpers.map { index($0.groups.sorted()) } : [])
        }
        self.groups = groups
        var byGroup = [[Int]](repeating: [], count: scenario.agentGroups.count)
        for (c, one) in callers.enumerated() where reach[c] != nil {
            for g in one.ranks.joined() { byGroup[g].append(c) }
        }
        entries = groups.map { set in
            let members = Set(set)
            let touching = Set(set.flatMap { byGroup[$0] }).sorted()
            return touching.compactMap { c in
                let ranks = callers[c].ranks
                guard let level = ranks.firstIndex(where: { !members.isDisjoint(with: $0) }) else { return nil }
                let serving = ranks.joined().filter(members.contains)
                return Entry(
                    callers: c, isInside: ranks.joined().allSatisfy(members.contains),
                    before: level > 0 ? prefixes[c][level - 1] : nil,
                    serving: serving, servingSet: known[serving.sorted()], here: ranks[level].filter(members.contains),
                    elsewhere: ranks[level].filter { !members.contains($0) })
            }
        }
    }
}
