#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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
            for (low, high) in Self.panels(from, to, finest: 24 / stage.chain.rate) {
                let half = (high - low) / 2
                let offsets = Self.nodes.map { half * (1 + $0) } + [2 * half]
                let each = stage.chain.distributions(&p, after: offsets)
                for (i, weight) in Self.weights.enumerated() {
                    let found = expectations(k, arrivingAt: low + offsets[i])
                    for j in found.missed.indices {
                        let probability = each[i][stage.chain.agents + j] * weight * half
                        missed += probability * found.missed[j]
                        waiting += probability * found.waiting[j]
                    }
                }
            }
        }
        return (missed, waiting)
    }

    /// For an arrival `time` seconds into interval k that waits, by state ahead.
    private func expectations(_ k: Int, arrivingAt time: Double) -> (missed: [Double], waiting: [Double]) {
        // The intervals it may wait through, and for how long in each.
        var spans: [(stage: Int, time: Double)] = []
        var left = within
        var here = stages[k].duration - time
        var j = k
        while true {
            let isLast = j + 1 == stages.count
            spans.append((j, isLast ? left : min(left, here)))
            left -= here
            j += 1
            guard left > 0, j < stages.count else { break }
            here = stages[j].duration
        }
        func expected(abandonsCount: Bool) -> [Double] {
            var value: [Double] = []
            for (place, span) in spans.enumerated().reversed() {
                let chain = stages[span.stage].chain
                value =
                    place + 1 == spans.count
                    ? [Double](repeating: 1, count: chain.aheadCount)
                    : Self.before(stages[span.stage + 1].chain, value, chain, day.shiftEnd)
                value = chain.expectations(value, time: span.time, reward: abandonsCount ? chain.leaving : 0)
            }
            return value
        }
        let missed = expected(abandonsCount: true)
        return (missed, day.patience < .infinity ? expected(abandonsCount: false) : missed)
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

    /// The 20-point Gauss–Legendre rule on −1…1.
    private static let nodes = rule.map(\.node)
    private static let weights = rule.map(\.weight)

    /// Roots of the Legendre polynomial by Newton's method from Tricomi's guess; weights 2 / ((1 − x²) P′(x)²).
    private static let rule: [(node: Double, weight: Double)] = (1...20).map { i in
        let n = 20.0
        var x = -cos(Double.pi * (Double(i) - 0.25) / (n + 0.5))
        var slope = 0.0
        for _ in 0..<8 {
            var below = 1.0
            var value = x
            for degree in 2...20 {
                let k = Double(degree)
                (below, value) = (value, ((2 * k - 1) * x * value - (k - 1) * below) / k)
            }
            slope = n * (x * value - below) / (x * x - 1)
            x -= value / slope
        }
        return (x, 2 / ((1 - x * x) * slope * slope))
    }
}
