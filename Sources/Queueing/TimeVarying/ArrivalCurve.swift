#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An arrival rate that changes over time; contacts per second, seconds.
public enum ArrivalCurve: Sendable, Hashable {
    /// One rate after the other from time 0; before the first and after the last nobody comes.
    case steps([Step])
    /// mean + amplitude × sin(2πt / period), for all time; 0 ≤ amplitude ≤ mean.
    case sinusoid(mean: Double, amplitude: Double, period: Double)

    /// A time span of constant rate.
    public struct Step: Sendable, Hashable {
        /// Contacts per second, ≥ 0.
        public var rate: Double
        /// Seconds, > 0.
        public var duration: Double

        /// `rate` in contacts per second, ≥ 0; `duration` in seconds, > 0.
        public init(rate: Double, duration: Double) {
            self.rate = rate
            self.duration = duration
        }
    }

    /// The mean rate over `from`…`to`; the rate itself where they are one.
    public func mean(from: Double, to: Double) -> Double {
        switch self {
        case .steps(let steps):
            guard to > from else { return rate(at: from) }
            var contacts = 0.0
            var start = 0.0
            for step in steps {
                let overlap = min(to, start + step.duration) - max(from, start)
                if overlap > 0 { contacts += step.rate * overlap }
                start += step.duration
            }
            return contacts / (to - from)
        case .sinusoid(let mean, let amplitude, let period):
            guard to > from else { return rate(at: from) }
            // cos a − cos b as a product of sines keeps its digits for short stretches.
            let turn = Double.pi / period
            let half = turn * (to - from)
            return mean + amplitude * sin(turn * (from + to)) * (sin(half) / half)
        }
    }

    /// The largest rate in `from`…`to`.
    public func maximum(from: Double, to: Double) -> Double {
        switch self {
        case .steps(let steps):
            var most = 0.0
            var start = 0.0
            for step in steps {
                let end = start + step.duration
                if start < to && end > from || start <= from && from < end { most = max(most, step.rate) }
                start = end
            }
            return most
        case .sinusoid(let mean, let amplitude, let period):
            // The next peak at or after `from`.
            let peak = ((from / period - 0.25).rounded(.up) + 0.25) * period
            return peak <= to ? mean + amplitude : max(rate(at: from), rate(at: to))
        }
    }

    /// Whether the rate never falls in `from`…`to` and is higher at the end.
    public func rises(from: Double, to: Double) -> Bool {
        switch self {
        case .steps(let steps):
            var rates: [Double] = []
            var start = 0.0
            for step in steps {
                if start < to, start + step.duration > from { rates.append(step.rate) }
                start += step.duration
            }
            if from < 0 { rates.insert(0, at: 0) }
            if to > start { rates.append(0) }
            return zip(rates, rates.dropFirst()).allSatisfy { $0 <= $1 } && rates.last ?? 0 > rates.first ?? 0
        case .sinusoid(_, let amplitude, let period):
            // From trough to peak: a half period around every whole one.
            guard amplitude > 0, to > from else { return false }
            let center = ((from + to) / (2 * period)).rounded() * period
            let slack = 1e-12 * period
            return from >= center - period / 4 - slack && to <= center + period / 4 + slack
        }
    }

    /// The rate at `time`; where it jumps, the later one.
    public func rate(at time: Double) -> Double {
        switch self {
        case .steps(let steps):
            var start = 0.0
            for step in steps {
                if time >= start, time < start + step.duration { return step.rate }
                start += step.duration
            }
            return 0
        case .sinusoid(let mean, let amplitude, let period):
            return mean + amplitude * sin(2 * Double.pi / period * time)
        }
    }
}
