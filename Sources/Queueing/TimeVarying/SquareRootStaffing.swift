#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Staffing for a load that moves: as many agents as it has, and β times its square root (Jennings, Mandelbaum, Massey,
/// Whitt 1996; with impatient contacts Feldman, Mandelbaum, Massey, Whitt 2008).
public struct SquareRootStaffing: Sendable, Hashable {
    /// The safety: agents beyond the load in units of √load; negative where fewer than the load will do.
    public let beta: Double

    /// The β at which a share of contacts waits, by Garnett's function (Garnett, Mandelbaum, Reiman 2002).
    ///
    /// P(wait) = 1 / (1 + r h(β/r) / h(−β)), r = √(handling time ÷ patience), h the normal hazard; without patience
    /// it is Halfin and Whitt's. `waitProbability` in 0…1: at 1 and 0 no finite β does, which gives −∞ and ∞.
    public init(waitProbability: Double, handlingTime: Double, patience: Double = .infinity) {
        let r = (handlingTime / patience).squareRoot()
        guard waitProbability > 0, waitProbability < 1 else {
            beta = waitProbability >= 1 ? -.infinity : .infinity
            return
        }
        let odds = log(waitProbability) - log1p(-waitProbability)
        // ln of the odds of waiting falls in β, smoothly enough for secants between brackets.
        func excess(_ beta: Double) -> Double { Self.logOdds(beta, r) - odds }
        var low = r > 0 ? -1.0 : 0.0
        var high = 1.0
        while r > 0, excess(low) < 0, low > -1e8 { low *= 2 }
        while excess(high) > 0, high < 1e8 { high *= 2 }
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if excess(middle) > 0 { low = middle } else { high = middle }
        }
        beta = abs(low + high) < 1e-15 ? 0 : low + (high - low) / 2
    }

    /// The share of contacts that wait, for this β and r = √(θ/μ) ≥ 0.
    public static func waitProbability(beta: Double, ratio r: Double) -> Double {
        1 / (1 + exp(-logOdds(beta, r)))
    }

    /// Whole agents for so many erlangs: m + β √m rounded up, at least 0.
    public func agents(load: Double) -> Int {
        guard load > 0 else { return 0 }
        let agents = load + beta * load.squareRoot()
        guard agents > 0 else { return 0 }
        // A need that is whole but for rounding is whole.
        return Int(min((agents - 1e-9).rounded(.up), 1e15))
    }

    /// ln of P(wait) ÷ P(no wait) = ln h(−β) − ln(r h(β/r)); without patience r h(β/r) is β.
    private static func logOdds(_ beta: Double, _ r: Double) -> Double {
        let leaving = r > 0 ? r * hazard(beta / r) : beta
        return log(hazard(-beta)) - log(leaving)
    }

    /// φ(x) / P(Z > x).
    private static func hazard(_ x: Double) -> Double {
        guard x > 5 else {
            return 0.398942280401432678 * exp(-x * x / 2) / (0.5 * erfc(x * 0.707106781186547524))
        }
        // x + 1/(x + 2/(x + …)) from the inside out (Laplace 1805).
        var value = x
        for k in stride(from: 60.0, through: 1, by: -1) { value = x + k / value }
        return value
    }
}
