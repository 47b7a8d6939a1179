import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Erlang A by integrals over the offered wait, the wait that a contact of endless patience would meet
/// (Baccelli, Hebuterne 1981; Zeltyn, Mandelbaum 2005).
///
/// While all agents are busy its density is proportional to e^φ with φ(u) = y(1 − e^(−u)) − x u, where u is the wait in
/// units of the mean patience, x = nμ/θ and y = λ/θ. φ is concave: one peak, at 0 or at ln(y/x). From the peak φ falls by
/// s v + c q(v), with v the distance, q(v) = e^(−v) − 1 + v, s = max(x − y, 0), c = min(x, y): nothing cancels, so a
/// load of 10⁷ and a patience of years keep their digits. Gauss–Legendre panels that double in width with their
/// distance from the peak reach the last digits with a hundred or so points, whatever x and y.
struct OfferedWaitIntegral {
    private let patience: Double
    private let x: Double
    private let y: Double
    /// s and c above.
    private let slope: Double
    private let curvature: Double
    /// u at the peak.
    private let peak: Double

    init(_ queue: SingleQueue, agents: Double) {
        patience = queue.patience
        x = agents / queue.handlingTime * patience
        y = queue.arrivalRate * patience
        slope = max(x - y, 0)
        curvature = min(x, y)
        peak = y > x ? log1p((y - x) / x) : 0
    }

    /// Whether the sums would need so many terms that panels are quicker, or start from so small an e^(−nμt) that its
    /// exponent's rounding shows.
    static func isBetter(_ queue: SingleQueue, agents: Double, within: Double) -> Bool {
        let x = agents / queue.handlingTime * queue.patience
        let y = queue.arrivalRate * queue.patience
        if within / queue.patience * x > 1e4 { return true }
        guard y > 1e4 else { return false }
        let spare = 1 - y / x
        return max(0, y - x) + min(9 * y.squareRoot(), spare > 0 ? 40 / spare : .infinity) > 2000
    }

    func flows(below: Double, within: Double) -> ContactFlows {
        let limit = within / patience - peak
        var total = Sums()
        integrate(from: 0, width: min(1, 2 / (slope + (slope * slope + 2 * curvature).squareRoot())), limit, &total)
        if peak > 0 { integrate(from: 0, width: -min(1, (2 / curvature).squareRoot()), limit, &total) }
        // Σ r(j) = x ∫ e^φ du, and φ at the peak is x q(−peak); below/Σr therefore never overflows.
        let odds = below * exp(-x * Self.q(-peak)) / (x * total.all)
        let waited = 1 / (1 + odds)
        let atOnce = odds / (1 + odds)
        let perWait = waited / total.all
        return ContactFlows(
            answeredAtOnce: atOnce, answered: atOnce + total.answered * perWait,
            answeredInTime: atOnce + total.answeredInTime * perWait, waited: waited,
            abandoned: total.abandoned * perWait, blocked: 0,
            stillWaiting: total.beyond * perWait * exp(-within / patience),
            waitOfAnswered: total.waitOfAnswered * perWait * patience,
            waitOfAbandoned: total.waitOfAbandoned * perWait * patience)
    }

    private struct Sums {
        var all = 0.0
        var beyond = 0.0
        var answered = 0.0
        var answeredInTime = 0.0
        var abandoned = 0.0
        var waitOfAnswered = 0.0
        var waitOfAbandoned = 0.0
    }

    /// Panels from the peak outward, to the right for a positive width, until e^φ is 42 powers of e below the peak.
    private func integrate(from start: Double, width: Double, _ limit: Double, _ total: inout Sums) {
        var near = start
        var far = start + width
        while true {
            far = max(far, -peak)
            let low = min(near, far)
            let high = max(near, far)
            if low < limit && limit < high {
                panel(low, limit, inTime: true, &total)
                panel(limit, high, inTime: false, &total)
            } else {
                panel(low, high, inTime: high <= limit, &total)
            }
            if far <= -peak && width < 0 || slope * far + curvature * Self.q(far) > 42 { return }
            near = far
            far *= 2
        }
    }

    private func panel(_ low: Double, _ high: Double, inTime: Bool, _ total: inout Sums) {
        let half = (high - low) / 2
        let middle = (low + high) / 2
        for (node, weight) in GaussLegendre.half {
            add(middle - half * node, half * weight, inTime, &total)
            add(middle + half * node, half * weight, inTime, &total)
        }
    }

    @inline(__always)
    private func add(_ v: Double, _ weight: Double, _ inTime: Bool, _ total: inout Sums) {
        let u = max(0, peak + v)
        let mass = weight * exp(-(slope * v + curvature * Self.q(v)))
        let stays = exp(-u)
        total.all += mass
        total.answered += mass * stays
        total.abandoned += mass * -expm1(-u)
        total.waitOfAnswered += mass * stays * u
        // E[patience; it ends before u] = 1 − (1 + u) e^(−u).
        total.waitOfAbandoned += mass * (u < 0.25 ? stays * Self.q(-u) : 1 - (1 + u) * stays)
        if inTime { total.answeredInTime += mass * stays } else { total.beyond += mass }
    }

    /// e^(−v) − 1 + v ≥ 0, by its series near 0 where the subtraction would lose all digits.
    @inline(__always)
    static func q(_ v: Double) -> Double {
        guard abs(v) < 0.25 else { return expm1(-v) + v }
        // v²/2 − v³/6 + …; the thirteenth power is below 1e-17 of the first here.
        var sum = 1.0
        var k = 13.0
        while k > 2 {
            sum = 1 - v / k * sum
            k -= 1
        }
        return v * v / 2 * sum
    }
}
