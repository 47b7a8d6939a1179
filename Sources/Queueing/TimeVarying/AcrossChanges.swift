import Probability

extension ExactDay {
    /// ∫ P(not answered in time) and ∫ P(still waiting) over the arrivals of interval k whose acceptable wait reaches
    /// past a change of staffing: Gauss–Legendre panels, finest next to the changes.
    func acrossChanges(_ k: Int) -> (missed: Double, waiting: Double) {
        let stage = stages[k]
        let duration = stage.duration
        // Kinks lie where arrival + acceptable wait meets a boundary.
        var kinks = [stage.split, duration]
        var boundary = duration
        for later in stages[(k + 1)...] {
            let kink = boundary - within
            if kink > stage.split, kink < duration { kinks.append(kink) }
            boundary += later.duration
        }
        kinks.sort()
        var p = stage.atSplit
        var missed = 0.0
        var waiting = 0.0
        for (from, to) in zip(kinks, kinks.dropFirst()) where to > from {
            var missing = Lookahead(self, k, from: from, to: to, reward: stage.chain.leaving)
            // With endless patience whoever is not answered still waits.
            var staying = day.patience < .infinity ? Lookahead(self, k, from: from, to: to, reward: 0) : nil
            for (low, high) in Self.panels(from, to, finest: 24 / stage.chain.rate) {
                let half = (high - low) / 2
                let offsets = GaussLegendre.all.map { half * (1 + $0.node) } + [2 * half]
                let each = stage.chain.distributions(&p, after: offsets)
                for (i, rule) in GaussLegendre.all.enumerated() {
                    let time = low + offsets[i]
                    let found = each[i][stage.chain.agents...]
                    let miss = rule.weight * half * Self.product(found, missing.expectations(arrivingAt: time))
                    missed += miss
                    if let still = staying?.expectations(arrivingAt: time) {
                        waiting += rule.weight * half * Self.product(found, still)
                    } else {
                        waiting += miss
                    }
                }
            }
        }
        return (missed, waiting)
    }

    private static func product(_ found: ArraySlice<Double>, _ expected: [Double]) -> Double {
        var sum = 0.0
        for (probability, value) in zip(found, expected) { sum += probability * value }
        return sum
    }

    /// What arrivals of one interval expect who wait through the same changes of staffing, one arrival after the other.
    ///
    /// The later one arrives the longer its wait lasts in the last of its intervals, all else ahead of that being equal:
    /// there, where surplus agents may make the chain large, each arrival takes up where the one before left off.
    private struct Lookahead {
        private let day: ExactDay
        private let first: Int
        private let last: Int
        private let reward: Double
        /// Seconds from the start of the first interval to that of the last.
        private let untilLast: Double
        /// What those expect who still wait when the last interval begins, `reached` seconds before the wait is too long.
        private var value: [Double]
        private var reached = 0.0

        /// For arrivals in `from`…`to`, seconds into interval `first`, between which no acceptable wait ends at a change.
        init(_ day: ExactDay, _ first: Int, from: Double, to: Double, reward: Double) {
            self.day = day
            self.first = first
            self.reward = reward
            let end = (from + to) / 2 + day.within
            var last = first
            var start = 0.0
            while last + 1 < day.stages.count, start + day.stages[last].duration < end {
                start += day.stages[last].duration
                last += 1
            }
            self.last = last
            untilLast = start
            value = [Double](repeating: 1, count: day.stages[last].chain.aheadCount)
        }

        /// By state ahead, for an arrival `time` seconds into the first interval; times must ascend.
        mutating func expectations(arrivingAt time: Double) -> [Double] {
            let within = day.within
            let stages = day.stages
            guard last > first else { return stages[first].chain.expectations(value, time: within, reward: reward) }
            let reach = max(reached, time + within - untilLast)
            value = stages[last].chain.expectations(value, time: reach - reached, reward: reward)
            reached = reach
            var expected = value
            for k in (first..<last).reversed() {
                let chain = stages[k].chain
                expected = ExactDay.before(stages[k + 1].chain, expected, chain, day.day.shiftEnd)
                let timeSpan = stages[k].duration - (k == first ? time : 0)
                expected = chain.expectations(expected, time: timeSpan, reward: reward)
            }
            return expected
        }
    }

    /// Panels from both ends inward, the first ones `finest` wide and each next one twice as wide.
    private static func panels(_ from: Double, _ to: Double, finest: Double) -> [(Double, Double)] {
        var cuts: [Double] = []
        var width = finest
        var low = from
        var high = to
        var right = [to]
        while high - low > 2 * width {
            cuts.append(low)
            low += width
            high -= width
            right.append(high)
            width *= 2
        }
        cuts.append(low)
        if high - low > width { cuts.append((low + high) / 2) }
        cuts += right.reversed()
        return Array(zip(cuts, cuts.dropFirst()))
    }
}
