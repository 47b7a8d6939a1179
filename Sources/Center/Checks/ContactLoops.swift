import Probability

/// How contacts lead to further contacts: rounds in which a contact comes back to its own type.
///
/// One answered contact of type i brings about `means[i][j]` contacts of type j. Whether the contacts that come of one
/// ever end is decided as for a multi-type branching process (Harris, 1963): they do if the largest eigenvalue is
/// below 1.
package struct ContactLoops {
    /// Expected contacts of each type that one answered contact brings about.
    package let means: [[Double]]
    /// The largest product of means along a way from one type to another, and the first step on it.
    private var best: [[Double]]
    private var step: [[Int]]

    /// `causes` are the ways in which one contact leads to another. At worst everything is late and chased; or, besides,
    /// everybody has waited long enough to be offered a callback.
    package init(
        _ types: [ContactType], causes: Set<FollowOn.Cause> = Set(FollowOn.Cause.allCases), withChasers: Bool = false,
        withCallbacks: Bool = false
    ) {
        var means = Array(repeating: Array(repeating: 0.0, count: types.count), count: types.count)
        for (index, type) in types.enumerated() {
            let handedOn = type.followOns.filter { $0.cause == .transfer }.reduce(0) { $0 + $1.share }
            for followOn in type.followOns where causes.contains(followOn.cause) {
                // A contact that is handed on comes again, if at all, where it went.
                var share = followOn.cause == .again ? followOn.share * max(0, 1 - handedOn) : followOn.share
                // Who leaves to be called back is not answered.
                if withCallbacks, let callback = type.callback { share *= 1 - callback.accepted }
                means[index][followOn.contactType] += share
            }
            if withCallbacks, let callback = type.callback {
                means[index][callback.contactType] += callback.accepted
            }
            if withChasers, let chase = type.chase { means[index][chase.contactType] += chase.share }
        }
        self.means = means
        best = means
        step = means.map { row in Array(row.indices) }
        findBest()
    }

    /// Floyd and Warshall (1962) with products, which never gain by going round since no mean is above 1.
    private mutating func findBest() {
        let inner = means.indices.filter { index in
            means[index].contains { $0 > 0 } && means.contains { $0[index] > 0 }
        }
        for middle in inner {
            for from in inner where best[from][middle] > 0 {
                for to in inner where best[from][middle] * best[middle][to] > best[from][to] {
                    best[from][to] = best[from][middle] * best[middle][to]
                    step[from][to] = step[from][middle]
                }
            }
        }
    }

    /// Types that lead to each other, with the heaviest round among them.
    package struct Round {
        /// The types in it by index, the first again at the end.
        package var types: [Int]
        /// The share of contacts that go it once.
        package var share: Double
        /// What one contact of these types becomes by the next step, in the long run.
        package var growth: Double

        /// What a step hands on, the geometric mean of the round's.
        package var stepShare: Double {
            share <= 0 ? 0 : PortableMath.exp(PortableMath.log(share) / Double(types.count - 1))
        }

        package var isEndless: Bool { growth >= 1 - 1e-9 }
    }

    package var rounds: [Round] {
        var seen: Set<Int> = []
        var result: [Round] = []
        for start in means.indices where best[start][start] > 0 && !seen.contains(start) {
            let members = means.indices.filter { best[start][$0] > 0 && best[$0][start] > 0 }
            seen.formUnion(members)
            let growth = growth(members)
            let all = members.map { Round(types: round(from: $0), share: best[$0][$0], growth: growth) }
            // A loop is reported by its steps: a long one may weigh more than a short one with the larger share.
            guard let heaviest = all.max(by: { $0.isEndless ? $0.stepShare < $1.stepShare : $0.share < $1.share })
            else { continue }
            result.append(heaviest)
        }
        return result
    }

    private func round(from start: Int) -> [Int] {
        var types = [start]
        repeat { types.append(step[types[types.count - 1]][start]) } while types.last != start
        let lowest = types.dropLast().enumerated().min { $0.element < $1.element }?.offset ?? 0
        let open = types.dropLast()
        return Array(open[lowest...] + open[..<lowest]) + [types[lowest]]
    }

    /// The largest eigenvalue among types that lead to each other, by powers of the matrix plus one, which has no period.
    private func growth(_ members: [Int]) -> Double {
        var vector = Array(repeating: 1.0, count: members.count)
        var value = 0.0
        for _ in 0..<10_000 {
            let next = members.indices.map { row in
                vector[row] + members.indices.reduce(0) { $0 + means[members[row]][members[$1]] * vector[$1] }
            }
            let ratios = zip(next, vector).map { $0 / $1 }
            let (low, high) = (ratios.min() ?? 0, ratios.max() ?? 0)
            value = (low + high) / 2 - 1
            if high - low < 1e-12 { break }
            let largest = next.max() ?? 1
            vector = next.map { $0 / largest }
        }
        return value
    }

    /// Contacts of every type when `own` come by themselves and each brings about what it does.
    package func total(_ own: [Double]) -> [Double] {
        var total = own
        var wave = own
        for _ in 0..<1000 {
            var next = Array(repeating: 0.0, count: own.count)
            for (from, contacts) in wave.enumerated() where contacts > 0 {
                for to in next.indices { next[to] += contacts * means[from][to] }
            }
            wave = next
            for index in total.indices { total[index] += wave[index] }
            if wave.reduce(0, +) < 1e-9 { break }
        }
        return total
    }
}
