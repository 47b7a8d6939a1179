#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The service level alone, for whole numbers of agents near each other: what a search asks, at a tenth of the cost of
/// all measures.
///
/// For Erlang A the offered wait, in units of the mean patience, has a density proportional to e^φ,
/// φ(u) = y(1 − e^(−u)) − x u, with x = nμ/θ and y = λ/θ (Baccelli, Hebuterne 1981). Seen from any u = τ on it has the
/// same shape again with y e^(−τ) in place of y. So beside 1/B the sum A(x, y) = x ∫ e^φ = 1 + y/(x+1) + … answers for
/// the wait, and A(x, y e^(−τ)) for its part beyond τ (x ∫ e^(φ−u) = (A − 1) x/y, by parts). Values are within 1e-10 of
/// `SingleQueue.measures` or nil.
struct QuickLevel {
    /// Errors stay below this.
    static let tolerance = 1e-10

    private let rule: ServiceLevelRule
    private let load: Double
    /// τ: the acceptable wait in units of the mean patience; of the handling time when patience is endless.
    private let wait: Double
    /// μ/θ and λ/θ; 0 when patience is endless.
    private let perAgent: Double
    private let y: Double
    /// e^(−τ) and y (1 − e^(−τ)).
    private let stays: Double
    private let rise: Double
    /// The last number of agents, and its 1/B − 1.
    private var last = 0
    private var below = 0.0

    /// nil for queues of which all measures have to be asked.
    init?(_ queue: SingleQueue, within: Double, counting rule: ServiceLevelRule) {
        // A load so large would need more steps than all measures do.
        guard queue.room == .unlimited, queue.offeredLoad > 0, queue.offeredLoad < 1e8, within >= 0,
            !rule.looksAtShortHangups
        else { return nil }
        self.rule = rule
        load = queue.offeredLoad
        if queue.patience == .infinity {
            wait = within / queue.handlingTime
            (perAgent, y, stays, rise) = (0, 0, 1, 0)
        } else {
            wait = within / queue.patience
            perAgent = queue.patience / queue.handlingTime
            y = queue.arrivalRate * queue.patience
            stays = exp(-wait)
            rise = y * -expm1(-wait)
            guard y > 1e-3, y < 2e4, perAgent > 1e-6 else { return nil }
        }
    }

    /// The service level, 0…1; nil where its digits or its speed would suffer.
    mutating func level(agents: Int) -> Double? {
        guard agents > 0 else { return nil }
        moveBelow(to: agents)
        guard below < 1e250 else { return nil }
        return y > 0 ? impatient(Double(agents)) : patient(Double(agents))
    }

    /// The same for part-time agents, each value on its own.
    func level(exactly agents: Double) -> Double? {
        guard agents > 0 else { return nil }
        var quick = self
        quick.below = ErlangB.oddsBelow(agents: agents, load: load)
        guard quick.below < 1e250 else { return nil }
        return y > 0 ? quick.impatient(agents) : quick.patient(agents)
    }

    private func patient(_ agents: Double) -> Double? {
        let spare = ErlangC.spare(agents, load)
        guard spare > 0 else { return nil }
        return 1 - agents / (agents + below * spare) * exp(-spare * wait)
    }

    private func impatient(_ agents: Double) -> Double? {
        let x = agents * perAgent
        let exponent = rise - x * wait
        guard x * wait < 1e4, exponent < 600, let above = Self.sumAbove(x, y), let later = Self.sumAbove(x, y * stays)
        else { return nil }
        return level(below: below, above: above, later: exp(exponent), later, x / y)
    }

    /// From 1/B − 1, A − 1, and e^φ(τ) with the A − 1 that holds from τ on; x/y is n/a.
    @inline(__always)
    private func level(below: Double, above: Double, later scale: Double, _ later: Double, _ ratio: Double) -> Double? {
        let all = 1 / (below + 1 + above)
        let answered = (below + above * ratio) * all
        let inTime = answered - scale * all * later * ratio
        let waiting = scale * all * (1 + later) * stays
        // What is left of a subtraction keeps its digits only while it is no trifle.
        guard inTime > 1e-3 else { return nil }
        switch rule {
        case .ofAllOffered: return inTime
        case .withoutShortAbandons: return inTime / (inTime + waiting)
        case .abandonsCountAsMet: return 1 - waiting
        case .ofAnswered: return inTime / answered
        case .shortHangupsCountAsMet, .shortHangupsIgnored: return nil
        }
    }

    /// 1/B(n) = 1 + (n/a)/B(n − 1), in either direction, is quicker than a new sum.
    private mutating func moveBelow(to next: Int) {
        defer { last = next }
        if last > 0, abs(next - last) <= 16 {
            var k = last
            while k < next {
                k += 1
                below = (1 + below) * (Double(k) / load)
            }
            while k > next, below > 0.5 {
                below = below * (load / Double(k)) - 1
                k -= 1
            }
            // The subtraction costs digits when little is left of it.
            if k == next, below > 0.5, below < .infinity { return }
        }
        below = ErlangB.oddsBelow(agents: Double(next), load: load)
    }

    /// A(x, y) − 1 = y/(x+1) + y²/((x+1)(x+2)) + …; nil where it overflows.
    private static func sumAbove(_ x: Double, _ y: Double) -> Double? {
        // Beyond the peak the terms are x! eʸ y^(−x) less those below it, which are fewer and need no division.
        if y > x, x > 9 * y.squareRoot(), x > 20 {
            let excess = (y - x) / x
            let exponent = x * (excess - log1p(excess))
            guard exponent < 600 else { return nil }
            let whole = (6.283185307179586477 * x).squareRoot() * exp(exponent + stirling(x))
            return whole - (1 + ErlangB.oddsBelow(agents: x, load: y))
        }
        let y2 = y * y
        let y4 = y2 * y2
        var sum = 0.0
        var term = 1.0
        var k = x
        while true {
            // Four terms with one division.
            let (a, b, c, d) = (k + 1, k + 2, k + 3, k + 4)
            let cd = c * d
            let bcd = b * cd
            let perAll = 1 / (a * bcd)
            sum += term * (y * (bcd + y * (cd + y * (d + y)))) * perAll
            term *= y4 * perAll
            k = d
            if term <= 1e-17 * sum { return sum }
            guard sum < 1e250 else { return nil }
        }
    }

    /// ln(x! / (√(2πx) (x/e)ˣ)) = 1/(12x) − 1/(360x³) + …, for x > 20 (Stirling 1730).
    private static func stirling(_ x: Double) -> Double {
        let z = 1 / (x * x)
        return (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z / 1188)))) / x
    }
}

extension QuickLevel {
    /// About how many agents, a fraction, give the level `share`; within a few tenths of one where 0.05 < share < 0.99.
    ///
    /// In fluid as many agents are needed as patience leaves to be answered; from there secants through `estimate`.
    func agents(for share: Double) -> Double {
        let root = load.squareRoot()
        let enough = rule == .ofAllOffered ? max(share, stays) : stays
        var n = max(0.5, min(load, load * enough + 0.8 * root))
        var low = 0.0
        var high = Double.infinity
        var before: (n: Double, missed: Double)?
        for _ in 0..<12 {
            let missed = Logit.of(share) - Logit.of(estimate(agents: n))
            if missed > 0 { low = n } else { high = n }
            var slope = 1 / root
            if let before, before.n != n { slope = max(slope / 8, (before.missed - missed) / (n - before.n)) }
            before = (n, missed)
            var next = n + max(-2 * root, min(2 * root, missed / slope))
            if !(low < next && next < high) { next = high < .infinity ? (low + high) / 2 : 2 * n }
            guard abs(next - n) > 0.3 else { return next }
            n = next
        }
        return n
    }

    /// The level for large numbers: sums below and above n as parts of a normal distribution, each with the next term of
    /// its expansion (Temme 1979), which is good to a tenth of an agent from ten agents on.
    private func estimate(agents n: Double) -> Double {
        let ratio = n / load
        let logRatio = log(ratio)
        let z = Self.distance(load: load, ratio, logRatio)
        let x = n * perAgent
        let below = n.squareRoot() * Self.tail(-z) - 1.0 / 3
        let above = x.squareRoot() * Self.tail(z * (y / load).squareRoot()) - 2.0 / 3
        let scale = exp(rise - x * wait)
        var afterwards = 0.0
        if scale > 0 {
            let z = Self.distance(load: y * stays, ratio / stays, logRatio + wait)
            afterwards = x.squareRoot() * Self.tail(z) - 2.0 / 3
        }
        let level = level(below: below, above: above, later: scale, afterwards, ratio) ?? 0
        return level.isNaN ? 0 : level
    }

    /// z with z²/2 = load × (1 − r + r ln r), of the sign of r − 1.
    @inline(__always)
    private static func distance(load: Double, _ ratio: Double, _ logRatio: Double) -> Double {
        let z = (2 * load * max(0, 1 - ratio + ratio * logRatio)).squareRoot()
        return ratio < 1 ? -z : z
    }

    /// P(Z > z) ÷ the density at z.
    @inline(__always)
    private static func tail(_ z: Double) -> Double {
        z < 8 ? 1.25331413731550025 * exp(0.5 * z * z) * erfc(z * 0.707106781186547524) : z / (1 + z * z)
    }
}

/// ln(p / (1 − p)), in which a level is nearly straight as agents are added; ±40 at the ends.
enum Logit {
    static func of(_ p: Double) -> Double {
        guard p > 4e-18 else { return -40 }
        return p < 1 ? log(p / (1 - p)) : 40
    }
}
