#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The standard normal distribution, with all its digits in both tails.
package enum Normal {
    /// φ(x) = e^(−x²/2) / √(2π).
    package static func density(_ x: Double) -> Double { 0.398942280401432677939946 * exp(-0.5 * x * x) }

    /// Φ̄(x) = P(Z > x).
    package static func above(_ x: Double) -> Double { 0.5 * erfc(x * 0.707106781186547524401) }

    /// The hazard h(x) = φ(x) / Φ̄(x): 0 far below, x + 1/x − … far above.
    package static func hazard(_ x: Double) -> Double { x < 2 ? density(x) / above(x) : x + hazardExcess(x) }

    /// h(x) − x > 0 without the subtraction: 1/(x + 2/(x + 3/(x + …))) (Laplace 1805).
    package static func hazardExcess(_ x: Double) -> Double {
        // Not a number comes out as such instead of going to and fro.
        if x < 2 { return hazard(x) - x }
        // From the inside out; 150 levels give the last digit at 2 and fewer would do above.
        var value = x
        var k = 150.0
        while k > 1 {
            value = x + k / value
            k -= 1
        }
        return 1 / value
    }

    /// x with P(Z > x) = p, 0 < p < 1; ∓∞ at the ends.
    package static func exceeded(by p: Double) -> Double {
        guard p > 0 else { return .infinity }
        guard p < 1 else { return -.infinity }
        return p < 0.5 ? -PortableMath.normalQuantile(p) : PortableMath.normalQuantile(1 - p)
    }
}
