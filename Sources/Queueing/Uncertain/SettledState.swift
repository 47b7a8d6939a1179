import Probability

/// How many contacts are in a queue that has long been running: the stationary law of M/M/n+M.
///
/// From k to k + 1 contacts the chance is multiplied by a / (min(n, k+1) + (k+1−n)⁺ h/p), with load a, handling time h
/// and patience p (Palm 1946). With endless patience the rest of the law from n on is geometric.
struct SettledState {
    /// Longer queues are cut off here: what comes behind so many waits past any promise.
    static let mostContacts = 200_000

    /// The number that belongs to `cumulative[0]`.
    private var least = 0
    /// Chances of at most so many, in units of the total.
    private var cumulative: [Double] = []
    private var total = 0.0
    /// Of a geometric tail, the ratio; 0 without one.
    private var ratio = 0.0

    /// Whether the queue grows without end, so that nobody who comes now is ever answered.
    let isEndless: Bool

    /// `load` ≥ 0 is arrival rate × handling time, `impatience` ≥ 0 handling time ÷ patience: 0 waits for ever.
    init(load: Double, impatience: Double, agents: Int) {
        // A queue that is stable by its rounding only is none that a day could wait for.
        isEndless = impatience == 0 && load > 0 && load >= Double(agents) * (1 - 1e-12)
        guard load > 0, !isEndless else { return }
        let agentCount = Double(agents)
        let mode: Double
        if load < agentCount {
            mode = load.rounded(.down)
        } else {
            mode = agentCount + ((load - agentCount) / impatience).rounded(.down)
        }
        let middle = mode < Double(Self.mostContacts) ? Int(mode) : Self.mostContacts
        /// By what the chance of `k` is multiplied to get that of `k` + 1.
        func step(_ k: Int) -> Double {
            let over = k + 1 - agents
            return load / (over > 0 ? agentCount + Double(over) * impatience : Double(k + 1))
        }
        // Downward from the mode, in units of its chance, then turned around and continued upward.
        var terms = [1.0]
        var k = middle
        while k > 0, terms[terms.count - 1] > 1e-18 {
            k -= 1
            terms.append(terms[terms.count - 1] / step(k))
        }
        least = middle - (terms.count - 1)
        terms.reverse()
        k = middle
        let tailStart = impatience == 0 ? agents : Int.max
        while terms[terms.count - 1] > 1e-18, k < Self.mostContacts, k < tailStart {
            terms.append(terms[terms.count - 1] * step(k))
            k += 1
        }
        let last = terms[terms.count - 1]
        var sum = 0.0
        for i in terms.indices {
            sum += terms[i]
            terms[i] = sum
        }
        if k >= tailStart {
            ratio = load / agentCount
            sum += last * ratio / (1 - ratio)
        }
        total = sum
        cumulative = terms
    }

    /// The number below which a share `u` of the law lies, 0 < u < 1.
    func number(_ u: Double) -> Int {
        guard let last = cumulative.last else { return 0 }
        let goal = u * total
        if goal > last {
            guard ratio > 0 else { return least + cumulative.count - 1 }
            // The share (total − last) q^j of all is still beyond after j more.
            let beyond = max((total - goal) / (total - last), 1e-300)
            let more = (PortableMath.log(beyond) / PortableMath.log(ratio)).rounded(.up)
            return least + cumulative.count - 1 + Int(min(max(more, 1), Double(Self.mostContacts)))
        }
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] < goal { low = middle + 1 } else { high = middle }
        }
        return least + low
    }
}
