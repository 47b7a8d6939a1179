import Probability

/// Exact mean waits of patient callers where the gaps between them, or their handling times, are not exponential.
///
/// What `TwoMomentWait` comes near. Everybody waits until answered; a queue that cannot keep up waits for ever.
public enum ExactPatientWait {
    /// GI/M/n: the share that waits, and the mean wait in seconds, when gaps are sums of `phases` (≥ 1) equal exponential
    /// ones, which leaves exponential gaps for 1 and even ones for many (Takács 1962).
    ///
    /// With the gaps' transform A and z = A(nμ(1 − z)), waits of those who wait are exponential of mean 1/(nμ(1 − z)).
    /// `agents` 1…15, nil for more: the sum alternates, and beyond that too few digits are left (here 1e-9 are).
    public static func erlangGaps(
        phases: Int, arrivalRate: Double, handlingTime: Double, agents: Int
    ) -> (waitProbability: Double, meanWait: Double)? {
        guard agents <= 15 else { return nil }
        let phases = max(1, phases)
        let n = max(1, agents)
        guard arrivalRate > 0, handlingTime > 0 else { return (0, 0) }
        let rate = arrivalRate * handlingTime
        guard rate < Double(n) else { return (1, .infinity) }
        // Time in units of the handling time.
        func transform(_ s: Double) -> Double {
            let perPhase = Double(phases) * rate / (Double(phases) * rate + s)
            var value = 1.0
            for _ in 0..<phases { value *= perPhase }
            return value
        }
        var (low, high) = (0.0, 1 - 1e-15)
        while high - low > 1e-16 {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if transform(Double(n) * (1 - middle)) > middle { low = middle } else { high = middle }
        }
        let left = 1 - low
        var sum = 1 / left
        var odds = 1.0
        var choices = 1.0
        for j in 1...n {
            let value = transform(Double(j))
            odds *= value / (1 - value)
            choices *= Double(n - j + 1) / Double(j)
            sum +=
                choices / (odds * (1 - value)) * (Double(n) * (1 - value) - Double(j)) / (Double(n) * left - Double(j))
        }
        let waited = min(1, max(0, 1 / (sum * left)))
        return (waited, waited / (Double(n) * left) * handlingTime)
    }

    /// M/D/n: the mean wait, seconds, when every contact takes the same time (Crommelin 1932).
    ///
    /// h Σ P(N ≥ in) − P(N > in) n/a over i ≥ 1, N being Poisson of mean ia. Some 100/(1 − a/n)² terms; relative error
    /// below 1e-6 at a/n = 0.99, 1e-9 below 0.9.
    public static func fixedHandling(arrivalRate: Double, handlingTime: Double, agents: Int) -> Double {
        let n = Double(max(1, agents))
        guard arrivalRate > 0, handlingTime > 0 else { return 0 }
        let load = arrivalRate * handlingTime
        guard load < n else { return .infinity }
        var sum = 0.0
        for i in 1...10_000_000 {
            let mean = Double(i) * load
            let reached = PortableMath.incompleteGamma(shape: Double(i) * n, mean).lower
            // One more than that is as likely as the next term of the Poisson sum less.
            let exactly = PortableMath.exp(
                Double(i) * n * PortableMath.log(mean) - mean - PortableMath.logGamma(Double(i) * n + 1))
            let term = reached - (reached - exactly) * n / load
            sum += term
            if i > 10, term < 1e-14 * sum { break }
        }
        return max(0, sum * handlingTime)
    }
}
