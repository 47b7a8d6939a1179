/// Elementary functions from additions, multiplications, divisions and square roots alone.
///
/// The C library picks other code on processors with other instructions, and last bits differ. Simulated results must
/// be the same bytes everywhere, so whatever a draw depends on is computed here. Errors stay within about one unit in
/// the last place for `exp` and `log`, 1e-15 relative for `normalQuantile`.
public enum PortableMath {
    @inlinable static var ln2High: Double { 0x1.62e42fee00000p-1 }
    @inlinable static var ln2Low: Double { 0x1.a39ef35793c76p-33 }

    /// The natural logarithm; −∞ at 0, NaN below.
    ///
    /// With x = 2^e (1+f), s = f/(2+f): ln(1+f) = f − s (f − R), R = 2s²/3 + 2s⁴/5 + … (the atanh series).
    @inlinable @inline(__always)
    public static func log(_ x: Double) -> Double {
        guard x >= 0x1p-1022, x < .infinity else { return logOfSpecial(x) }
        return logOfNormal(x)
    }

    /// `log` where x is known to be finite and at least 2⁻¹⁰²².
    @inlinable @inline(__always)
    static func logOfNormal(_ x: Double) -> Double {
        let bits = x.bitPattern
        // Shifts the mantissa's range to [√½, √2), so that values near 1 keep exponent 0 and full accuracy.
        let shifted = bits &+ (0x3FF0_0000_0000_0000 &- 0x3FE6_A09E_667F_3BCD)
        let biased = shifted >> 52
        let mantissa = Double(bitPattern: bits &- ((biased &- 1023) << 52))
        let f = mantissa - 1
        let s = f / (2 + f)
        let z = s * s
        let w = z * z
        // Even and odd coefficients apart: a shorter chain of dependent multiplications.
        let even = 2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19 + w * (2.0 / 23)))))
        let odd = 2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21))))
        let r = z * (even + z * odd)
        // The exponent as a double without a conversion, which baseline processors lack for two at once: its bits
        // below those of 2⁵² make 2⁵² + biased, exactly.
        let e = Double(bitPattern: biased | 0x4330_0000_0000_0000) - (0x1p52 + 1023)
        return e * ln2High + (f - (s * (f - r) - e * ln2Low))
    }

    @usableFromInline
    static func logOfSpecial(_ x: Double) -> Double {
        if x == 0 { return -.infinity }
        if x == .infinity { return .infinity }
        guard x > 0 else { return .nan }
        return log(x * 0x1p54) - 54 * (ln2High + ln2Low)
    }

    /// e^x; 0 below −745.2, ∞ above 709.79.
    @inlinable @inline(__always)
    public static func exp(_ x: Double) -> Double {
        guard x > -708, x < 709 else { return expOfExtreme(x) }
        return expOfOrdinary(x)
    }

    /// `exp` where x is known to lie between −708 and 709.
    @inlinable @inline(__always)
    static func expOfOrdinary(_ x: Double) -> Double {
        // Adding 1.5 × 2⁵² leaves no room for a fraction: what comes out is rounded to the nearest whole number, ties
        // to even, and stands in the low bits, two's complement.
        let shifted = x * 0x1.71547652b82fep0 + 0x1.8p52
        let k = shifted - 0x1.8p52
        let high = x - k * ln2High
        let low = k * ln2Low
        let r = high - low
        let w = r * r
        let even =
            0.5 + w * (1.0 / 24 + w * (1.0 / 720 + w * (1.0 / 40320 + w * (1.0 / 3_628_800 + w * (1.0 / 479_001_600)))))
        let odd =
            1.0 / 6 + w
            * (1.0 / 120 + w * (1.0 / 5040 + w * (1.0 / 362_880 + w * (1.0 / 39_916_800 + w * (1.0 / 6_227_020_800)))))
        let tail = w * (even + r * odd)
        let value = 1 + (high - (low - tail))
        return Double(bitPattern: value.bitPattern &+ (shifted.bitPattern << 52))
    }

    @usableFromInline
    static func expOfExtreme(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x > 709.8 { return .infinity }
        if x < -745.2 { return 0 }
        let half = exp(x / 2)
        return half * half
    }

    /// How far from ½ the central formula of the normal quantile holds.
    @inlinable static var normalCentre: Double { 0.425 }

    /// The normal quantile of ½ + q for |q| ≤ 0.425.
    @inlinable @inline(__always)
    static func centralNormalQuantile(_ q: Double) -> Double {
        let r = 0.180625 - q * q
        let top =
            ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
                + 133.14166789178437745) * r + 3.387132872796366608
        let bottom =
            ((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
                + 42.313330701600911252) * r + 1
        return q * top / bottom
    }

    /// The standard normal quantile by rational approximations (Wichura 1988, algorithm AS 241, PPND16); 0 < p < 1.
    @inlinable
    public static func normalQuantile(_ p: Double) -> Double {
        let q = p - 0.5
        if abs(q) <= normalCentre { return centralNormalQuantile(q) }
        let tail = q < 0 ? p : 1 - p
        guard tail > 0 else { return q < 0 ? -.infinity : .infinity }
        let r = (-log(tail)).squareRoot()
        let value = r <= 5 ? nearNormalTail(r) : farNormalTail(r)
        return q < 0 ? -value : value
    }

    /// Minus the normal quantile of p = exp(−r²), for 1.6 ≤ r ≤ 5 about.
    @inlinable @inline(__always)
    static func nearNormalTail(_ r: Double) -> Double {
        let r = r - 1.6
        let top =
            ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
                + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
                + 4.6303378461565452959) * r + 1.42343711074968357734
        let bottom =
            ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
                + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
                + 2.05319162663775882187) * r + 1
        return top / bottom
    }

    /// The same for r > 5.
    @inlinable
    static func farNormalTail(_ r: Double) -> Double {
        let r = r - 5
        let top =
            ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
                + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
                + 5.4637849111641143699) * r + 6.6579046435011037772
        let bottom =
            ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
                + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
                + 0.59983220655588793769) * r + 1
        return top / bottom
    }

    /// ln Γ(x) by Stirling's series after shifting x above 10; x > 0.
    public static func logGamma(_ x: Double) -> Double {
        var z = x
        var product = 1.0
        while z < 10 {
            product *= z
            z += 1
        }
        let inverse = 1 / z
        let w = inverse * inverse
        let series =
            inverse
            * (1.0 / 12 + w
                * (-1.0 / 360 + w
                    * (1.0 / 1260 + w * (-1.0 / 1680 + w * (1.0 / 1188 + w * (-691.0 / 360_360 + w * (1.0 / 156)))))))
        return (z - 0.5) * log(z) - z + 0.91893853320467274178 + series - log(product)
    }

    /// The regularised lower incomplete gamma function P(shape, x) and its complement.
    ///
    /// Power series below shape + 1, Lentz's continued fraction above (Gautschi 1979).
    public static func incompleteGamma(shape: Double, _ x: Double) -> (lower: Double, upper: Double) {
        guard x > 0 else { return (0, 1) }
        let front = exp(shape * log(x) - x - logGamma(shape))
        if x < shape + 1 {
            var term = 1 / shape
            var sum = term
            var k = shape
            while term > sum * 1e-17 {
                k += 1
                term *= x / k
                sum += term
            }
            let lower = front * sum
            return (lower, 1 - lower)
        }
        var b = x + 1 - shape
        var c = 1e300
        var d = 1 / b
        var h = d
        var i = 1.0
        while i < 1e6 {
            let a = -i * (i - shape)
            b += 2
            d = 1 / (a * d + b)
            c = b + a / c
            let change = d * c
            h *= change
            // Some fractions end up swinging about 1 by a unit in the last place, for ever.
            if abs(change - 1) < (i < 300 ? 1e-16 : 5e-16) { break }
            i += 1
        }
        let upper = front * h
        return (1 - upper, upper)
    }

    /// The quantile of a gamma distribution with scale 1: Wilson–Hilferty (1931) start, then bracketed Newton steps.
    public static func gammaQuantile(_ u: Double, shape: Double) -> Double {
        let z = normalQuantile(u)
        let cube = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
        var x = shape * cube * cube * cube
        // The lower tail of small shapes: P ≈ x^k / Γ(k+1).
        let small = exp((log(u) + logGamma(shape + 1)) / shape)
        if cube <= 0 || small < 0.2 * shape { x = small }
        var low = 0.0
        var high = Double.infinity
        for _ in 0..<100 {
            guard x > 0 else { return 0 }
            let (lower, upper) = incompleteGamma(shape: shape, x)
            // In the upper tail the complement keeps the digits that 1 − P loses.
            let error = u < 0.9 ? lower - u : (1 - u) - upper
            if error > 0 { high = min(high, x) } else { low = max(low, x) }
            let density = exp((shape - 1) * log(x) - x - logGamma(shape))
            var next = x - error / density
            if !(next > low && next < high) { next = high.isFinite ? (low + high) / 2 : 2 * x }
            if abs(next - x) <= 1e-14 * x { return next }
            x = next
        }
        return x
    }
}
