#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a function crosses 0 between a point at which it is above 0 and one at which it is 0 or below.
enum BracketedRoot {
    /// A point at which `value` is 0 or below, within `tolerance` (> 0) of one at which it is above 0; either end of the
    /// bracket may be the larger.
    ///
    /// Interpolate, truncate, project (Oliveira, Takahashi 2021): as fast as the secant rule on smooth functions, and
    /// never more than one step behind halving, whatever the function. Where a value is infinite it halves.
    static func crossing(
        above: Double, _ aboveValue: Double, below: Double, _ belowValue: Double, tolerance: Double,
        _ value: (Double) -> Double
    ) -> Double {
        var (a, fa, b, fb) = (above, aboveValue, below, belowValue)
        let width = abs(b - a)
        guard width > tolerance else { return b }
        // The radius of the projection shrinks by half a step from one step more than halving would take.
        var radius = tolerance / 2 * exp2(log2(width / tolerance).rounded(.up) + 1)
        // How far to step past the secant's guess: little while guesses fall on both sides of the root by turns, more as
        // soon as a bend keeps them on one.
        var beyond = 0.02 / width
        var wasAbove: Bool?
        while abs(b - a) > tolerance {
            let middle = a + (b - a) / 2
            var next = middle
            if fa.isFinite, fb.isFinite {
                let secant = a + (b - a) * (fa / (fa - fb))
                let toMiddle: Double = middle >= secant ? 1 : -1
                let truncation = beyond * (b - a) * (b - a)
                next = truncation <= abs(middle - secant) ? secant + toMiddle * truncation : middle
                let room = max(0, radius - abs(b - a) / 2)
                if abs(next - middle) > room { next = middle - toMiddle * room }
            }
            radius /= 2
            guard next != a, next != b, (next - a) * (next - b) < 0 else { break }
            let found = value(next)
            if found > 0 { (a, fa) = (next, found) } else { (b, fb) = (next, found) }
            if wasAbove == (found > 0) { beyond *= 8 }
            wasAbove = found > 0
        }
        return b
    }
}
