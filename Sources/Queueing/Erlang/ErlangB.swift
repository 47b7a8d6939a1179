import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The loss queue M/M/n/n: whoever finds all agents busy is turned away (Erlang 1917; Jagerman 1974).
///
/// Agents may be fractional (the continuous extension 1/B = a⁻ⁿ eᵃ Γ(n+1, a)). Nothing here subtracts: what is computed
/// is 1/B − 1 as a sum of positive terms, from which B, 1 − B and every waiting formula follow without loss of digits.
/// The cost is about max(n − a, 0) + 9 √a short steps, for agents and loads up to 10⁹ erlangs.
public enum ErlangB {
    /// The share of contacts turned away, 0…1; `load` in erlangs, ≥ 0. No agents turn everybody away.
    public static func blocking(agents: Double, load: Double) -> Double {
        1 / (1 + oddsBelow(agents: agents, load: load))
    }

    /// The natural logarithm of `blocking`, also where that underflows; −∞ without load.
    public static func logBlocking(agents: Double, load: Double) -> Double {
        guard agents > 0 else { return 0 }
        // So little load that Σ aᵏ/k! is eᵃ to the last digit.
        guard load > agents * 1e-12 else {
            return load > 0 ? agents * log(load) - PortableMath.logGamma(agents + 1) - load : -.infinity
        }
        let (sum, shifts) = sumBelow(agents: agents, load: load, stopsAtOverflow: false)
        guard shifts > 0 else { return -log1p(sum) }
        return -(log(sum) + Double(shifts) * logShift)
    }

    /// The mean number of busy agents: load × (1 − B).
    public static func carriedLoad(agents: Double, load: Double) -> Double {
        guard load > 0 else { return 0 }
        guard load < .infinity else { return agents > 0 ? agents : 0 }
        let below = oddsBelow(agents: agents, load: load)
        return below.isFinite ? load * (below / (1 + below)) : load
    }

    /// 1/B − 1: how many times likelier fewer than n are busy than exactly n; ∞ where it exceeds all doubles.
    static func oddsBelow(agents: Double, load: Double) -> Double {
        sumBelow(agents: agents, load: load, stopsAtOverflow: true).sum
    }

    private static let shift = 0x1p-900
    private static let logShift = 900 * 0.693147180559945309417

    /// n/a + n(n−1)/a² + … down to the fractional part, as `sum` × 2^(900 shifts).
    ///
    /// Unrolled from the top the terms peak early and end after max(n − a, 0) + 9 √a of them.
    @inline(__always)
    private static func sumBelow(agents n: Double, load a: Double, stopsAtOverflow: Bool) -> (sum: Double, shifts: Int)
    {
        // Less than any part of an agent that a double can divide.
        guard n > 1e-300, a < .infinity else { return (0, 0) }
        guard a > 1e-300 else { return (.infinity, 0) }
        let perLoad = 1 / a
        let whole = n.rounded(.down)
        let fraction = n - whole
        var left = whole
        var term = 1.0
        var sum = 0.0
        var shifts = 0
        // Eight terms at a time, two fours side by side: n/a (1 + (n−1)/a (1 + …)), and the product of all the factors.
        // The chain of running terms, which the processor would wait for, is one multiplication long then.
        var k = SIMD2(n, n - 4)
        while left >= 8, n * perLoad < 1e12 {
            let (first, second, third, fourth) = (k * perLoad, (k - 1) * perLoad, (k - 2) * perLoad, (k - 3) * perLoad)
            let sums = first * (1 + second * (1 + third * (1 + fourth)))
            let products = (first * second) * (third * fourth)
            sum += term * (sums[0] + products[0] * sums[1])
            term *= products[0] * products[1]
            k -= 8
            left -= 8
            if term < 1e-17 * sum { return (sum, shifts) }
            if term > 1e200 {
                // One by one, as far as doubles go.
                if stopsAtOverflow { break }
                term *= shift
                sum *= shift
                shifts += 1
            }
        }
        var last = k[0]
        while left >= 1 {
            term *= last * perLoad
            sum += term
            last -= 1
            left -= 1
            if term < 1e-17 * sum { return (sum, shifts) }
            if term > 1e270 {
                if stopsAtOverflow { return (.infinity, 0) }
                term *= shift
                sum *= shift
                shifts += 1
            }
        }
        if fraction > 0 { sum += term * fractional(fraction, perLoad: perLoad, load: a) }
        return (sum, shifts)
    }

    /// 1/B − 1 for 0 < f < 1: f eᵃ a⁻ᶠ Γ(f, a), by Legendre's continued fraction unless the load is small.
    private static func fractional(_ f: Double, perLoad: Double, load a: Double) -> Double {
        if a < 2 {
            // eᵃ a⁻ᶠ Γ(f + 1) − 1 less a/(f+1) + a²/((f+1)(f+2)) + …, a fifth of the library's price.
            var sum = 0.0
            var term = 1.0
            var k = f
            while term > 1e-17 * sum {
                k += 1
                term *= a / k
                sum += term
            }
            let whole = expm1(a - f * log(a) + PortableMath.logGamma(1 + f))
            // What little is left of a subtraction would lose its digits.
            if whole - sum > 0.1 * whole { return whole - sum }
            let gamma = GSL.incompleteGamma(f, a) ?? 0
            return f * exp(a) * pow(perLoad, f) * gamma
        }
        // From the inside out, one division a level; 95/a + 8 levels leave nothing that a double would show.
        var i = (95 / a + 8).rounded(.down)
        var level = a + 2 * i + 1 - f
        while i > 0 {
            level = (a + 2 * i - 1 - f) - i * (i - f) / level
            i -= 1
        }
        return f / level
    }
}

extension ErlangB {
    static func flows(_ queue: SingleQueue, servers: Double) -> ContactFlows {
        let below = oddsBelow(agents: servers, load: queue.offeredLoad)
        let answered = below.isFinite ? below / (1 + below) : 1
        return ContactFlows(
            answeredAtOnce: answered, answered: answered, answeredInTime: answered, waited: 0, abandoned: 0,
            blocked: 1 / (1 + below), stillWaiting: 0, waitOfAnswered: 0, waitOfAbandoned: 0)
    }
}
