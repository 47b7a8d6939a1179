import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A day's busyness: a gamma factor with mean 1 on the arrival rate of all its periods
/// (Jongbloed, Koole 2001; Avramidis, Deslauriers, L'Ecuyer 2004).
///
/// Counts are then negative binomial: Poisson with a rate that nobody knew.
public struct BusynessFactor: Sendable, Hashable {
    /// 1 / variance of the factor, 10⁻³…10¹²; outside it the nearest end.
    public let shape: Double

    /// `shape` is 1 / variance; what lies outside 10⁻³…10¹² counts as the nearest end.
    public init(shape: Double) { self.shape = shape > 1e-3 ? min(shape, 1e12) : 1e-3 }

    /// From the factor's standard deviation (its mean is 1).
    public init(spread: Double) { self.init(shape: 1 / (spread * spread)) }

    /// From counts with this mean L and variance s² by their moments, L²/(s² − L); nil when they vary no more than
    /// Poisson counts do.
    public init?(countMean: Double, countVariance: Double) {
        guard countMean > 0, countVariance > countMean, countVariance < .infinity else { return nil }
        self.init(shape: countMean * countMean / (countVariance - countMean))
    }

    /// L + L²/k: the variance of the number of contacts when L are expected.
    public func countVariance(mean: Double) -> Double { mean + mean * mean / shape }

    /// P(at most `count` contacts) when `mean` (≥ 0) are expected: sums of negative binomial terms from their mode.
    public func atMost(_ count: Int, mean: Double) -> Double {
        guard count >= 0 else { return 0 }
        guard mean > 0 else { return 1 }
        let odds = mean / (mean + shape)
        let rest = shape / (mean + shape)
        let last = Double(count)
        let mode = max(0, ((shape - 1) * mean / shape).rounded(.down))
        // From the last one of interest downward, or from the next one upward: whichever is the tail.
        let logTerm = { (n: Double) in
            PortableMath.logGamma(n + shape) - PortableMath.logGamma(shape) - PortableMath.logGamma(n + 1)
                + n * log(odds) + shape * (rest > 0.5 ? log1p(-odds) : log(rest))
        }
        if last <= mode {
            var term = exp(logTerm(last))
            var sum = term
            var n = last
            while n > 0, term > 1e-18 * sum {
                term *= n / ((n - 1 + shape) * odds)
                sum += term
                n -= 1
            }
            return min(1, sum)
        }
        var n = last + 1
        var term = exp(logTerm(n))
        var sum = term
        while term > 1e-18 * sum {
            term *= (n + shape) * odds / (n + 1)
            sum += term
            n += 1
        }
        return max(0, 1 - sum)
    }

    /// The long-run measures of `queue` when its arrival rate is multiplied by the factor, each value of it held long
    /// enough to settle; every contact counts alike, so busy days count for more.
    ///
    /// Relative error below 1e-10 for patient and impatient queues. Endless patience makes the mean wait endless,
    /// because on some days the queue grows without end; the other measures remain.
    public func measures(_ queue: SingleQueue, agents: Double, within acceptableWait: Double = 0) -> QueueMeasures {
        let agents = agents > 0 ? agents : 0
        let within = acceptableWait > 0 ? min(acceptableWait, 1e15) : 0
        guard queue.arrivalRate > 0, queue.offeredLoad > 0 else {
            return queue.measures(agents: agents, within: within)
        }
        // ∫ b f(b) flows(b) db in u = ln b is ∫ e^((k+1)u − k e^u) flows du, whose exponent is concave.
        let power = shape + 1
        let peak = log(power / shape)
        let drop = { (v: Double) in power * OfferedWaitIntegral.q(-v) }
        let endless = queue.room == .unlimited && queue.patience == .infinity
        var edges: [Double] = [-.infinity, peak, .infinity]
        // Service ends to be a smooth function of the rate where the queue begins to grow without end.
        if endless, agents > 0 { edges.append(log(agents / queue.offeredLoad)) }
        edges.sort()
        var total = Bundle16(repeating: 0)
        let density = { (u: Double) -> Bundle16 in
            var flows = queue.times(exp(u)).flows(agents: agents, within: within).bundle
            if endless { flows[7] = 0 }
            flows[15] = 1
            return flows * exp(-drop(u - peak))
        }
        let reach = { (limit: Double) -> Double in
            var distance = 1.0
            while drop(limit * distance) < 50 { distance *= 2 }
            while drop(limit * distance / 2) > 50 { distance /= 2 }
            return limit * distance
        }
        // Below e^(−600) the rate itself would leave the range of doubles.
        let lowest = max(-600, peak + reach(-1))
        let highest = peak + reach(1)
        for (left, right) in zip(edges, edges.dropFirst()) {
            // Eight panels to a side, so that no narrow turn hides between the nodes.
            let from = max(left, lowest)
            let to = min(right, highest)
            guard to > from else { continue }
            for i in 0..<8 {
                let a = from + (to - from) * Double(i) / 8
                let b = i < 7 ? from + (to - from) * Double(i + 1) / 8 : to
                AdaptiveQuadrature.add(from: a, to: b, to: &total, density)
            }
        }
        var flows = ContactFlows(total * (1 / total[15]))
        if endless { flows.waitOfAnswered = .infinity }
        return flows.measures(queue, agents: agents, within: within)
    }
}

extension SingleQueue {
    /// The same queue with so many times the contacts.
    func times(_ factor: Double) -> SingleQueue {
        SingleQueue(
            arrivalRate: arrivalRate * factor, handlingTime: handlingTime, patience: patience, room: room)
    }
}
