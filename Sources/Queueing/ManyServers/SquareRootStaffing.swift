import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Square-root staffing: what becomes of a large queue with n = a + β √a agents for a load of a erlangs.
///
/// These are limits as the load grows; exact formulas stand beside them in `SingleQueue` and `ImpatientQueue`. Their use
/// is to see at a glance what a staffing costs and as a first guess. They keep their digits far out in both tails.
public enum SquareRootStaffing {
    /// P(wait) with endless patience: 1 / (1 + β Φ(β)/φ(β)) (Halfin, Whitt 1981); 1 for β ≤ 0, where the queue has no end.
    public static func waitProbability(beta: Double) -> Double {
        guard beta > 0 else { return 1 }
        let hazard = Normal.hazard(-beta)
        return hazard / (hazard + beta)
    }

    /// P(wait) with exponential patience, `impatience` being handling time ÷ mean patience (θ/μ ≥ 0)
    /// (Garnett, Mandelbaum, Reiman 2002): 1 / (1 + r h(β/r)/h(−β)), r = √(θ/μ).
    ///
    /// Other patience enters by its density at 0 in place of θ (Zeltyn, Mandelbaum 2005).
    public static func waitProbability(beta: Double, impatience: Double) -> Double {
        guard impatience > 0 else { return waitProbability(beta: beta) }
        let r = impatience.squareRoot()
        // r h(β/r), in the form that does not overflow for tiny r.
        let waiting = r * Normal.hazard(beta / r)
        let idle = Normal.hazard(-beta)
        guard waiting < .infinity else { return idle < .infinity ? 0 : 1 }
        guard idle < .infinity else { return 1 }
        return idle + waiting > 0 ? idle / (idle + waiting) : 1
    }

    /// The limit of √n P(abandon): P(wait) r (h(β/r) − β/r) (Garnett, Mandelbaum, Reiman 2002).
    public static func abandonment(beta: Double, impatience: Double) -> Double {
        guard impatience > 0 else { return max(0, -beta) }
        // Nobody waits: who finds all busy is lost, as in the limit of Erlang B.
        guard impatience < .infinity else { return Normal.hazard(-beta) }
        let r = impatience.squareRoot()
        return waitProbability(beta: beta, impatience: impatience) * r * Normal.hazardExcess(beta / r)
    }

    /// β for which P(wait) is `share`, 0 < share < 1; ∞ for 0, and −∞ (0 with endless patience) for 1.
    ///
    /// By bisection, since P(wait) falls in β; relative error about 1e-15. Endless patience is `impatience` 0.
    public static func beta(waitProbability share: Double, impatience: Double = 0) -> Double {
        let impatience = impatience > 0 ? impatience : 0
        guard share > 0 else { return .infinity }
        guard share < 1 else { return impatience > 0 ? -.infinity : 0 }
        var low = impatience > 0 ? -1.0 : 0
        var high = 1.0
        while waitProbability(beta: high, impatience: impatience) > share, high < 1e3 { high *= 2 }
        while waitProbability(beta: low, impatience: impatience) < share, low > -1e150 { low = low < 0 ? 2 * low : -1 }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high, high - low > 1e-16 * abs(middle) else { return middle }
            if waitProbability(beta: middle, impatience: impatience) > share { low = middle } else { high = middle }
        }
    }

    /// Agents (a fraction) for a load in erlangs: a + β √a.
    public static func agents(load: Double, beta: Double) -> Double {
        load > 0 ? max(0, load + beta * load.squareRoot()) : 0
    }
}

/// Staffing below the load, where impatience balances the books: n ≈ (1 − γ) a agents lose the share γ.
public enum EfficientStaffing {
    /// Agents (a fraction) for which about the share `abandonment` of a load in erlangs gives up (Whitt 2004: ED).
    public static func agents(load: Double, abandonment: Double) -> Double {
        guard load > 0 else { return 0 }
        return load * (1 - (abandonment > 0 ? min(abandonment, 1) : 0))
    }

    /// The wait of the answered, seconds: the time after which the share `abandonment` has given up.
    ///
    /// 0 when nobody needs to; ∞ when not so many ever do.
    public static func wait(abandonment: Double, patience: Patience) -> Double {
        let law = PatienceLaw(patience)
        guard abandonment > 0, law.at(0).shorter < abandonment else { return 0 }
        var low = 0.0
        var high = 1.0
        while law.at(high).shorter < abandonment {
            low = high
            high *= 2
            guard high < 1e300 else { return .infinity }
        }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if law.at(middle).shorter < abandonment { low = middle } else { high = middle }
        }
    }

    /// Agents (a fraction) for which about the share `late` waits longer than `wait` seconds: n = Ḡ(T) a + δ √a,
    /// δ = Φ̄⁻¹(late/Ḡ(T)) √(g(T) h), with handling time h in seconds (Mandelbaum, Zeltyn 2009: ED+QED).
    ///
    /// nil where the patience has no density at `wait`. No agents are needed when no more than `late` would stay so long.
    public static func agents(
        load: Double, handlingTime: Double, patience: Patience, late: Double, after wait: Double
    ) -> Double? {
        guard load > 0 else { return 0 }
        let law = PatienceLaw(patience)
        let wait = wait > 0 ? min(wait, 1e18) : 0
        guard let density = law.density(wait), density < .infinity else { return nil }
        let stays = law.at(wait).longer
        guard late < stays else { return 0 }
        guard late > 0 else { return .infinity }
        let spread = (density * max(0, handlingTime) * load).squareRoot()
        return max(0, stays * load + (spread > 0 ? Normal.exceeded(by: late / stays) * spread : 0))
    }
}
