/// Where a function crosses 0 between a point at which it is above 0 and one at which it is 0 or below.
package enum BracketedRoot {
    /// A point at which `value` is 0 or below, within `tolerance` (> 0) of one at which it is above 0; either end of the
    /// bracket may be the larger.
    ///
    /// Inverse quadratic interpolation wherever the last three points let it be trusted, halving elsewhere and wherever a
    /// value is infinite (Chandrupatla 1997): five to nine values where halving takes forty, and hardly ever more than that.
    package static func crossing(
        above: Double, _ aboveValue: Double, below: Double, _ belowValue: Double, tolerance: Double,
        _ value: (Double) -> Double
    ) -> Double {
        // `a` is the newest point, `b` on the other side of the root, `c` the one that was given up last.
        var (a, fa, b, fb) = (above, aboveValue, below, belowValue)
        var part = 0.5
        // Far more than doubles have bits: only a function that is no function gets there.
        for _ in 0..<300 where abs(b - a) > tolerance {
            let next = a + part * (b - a)
            guard next != a, next != b else { break }
            let found = value(next)
            var (c, fc) = (a, fa)
            if (found > 0) != (fa > 0) {
                (c, fc) = (b, fb)
                (b, fb) = (a, fa)
            }
            (a, fa) = (next, found)
            part = 0.5
            if fa.isFinite, fb.isFinite, fc.isFinite {
                let place = (a - b) / (c - b)
                let height = (fa - fb) / (fc - fb)
                if height * height < place, (1 - height) * (1 - height) < 1 - place {
                    let first = fa / (fb - fa) * fc / (fb - fc)
                    part = first + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
                }
            }
            // Past the crossing by half a tolerance at least, so that both ends come close.
            let least = min(0.5, 0.5 * tolerance / abs(b - a))
            part = max(least, min(1 - least, part))
        }
        return fa > 0 ? b : a
    }
}
