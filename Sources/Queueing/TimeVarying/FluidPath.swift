#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Contacts as a fluid under constant rates: x′ = λ − μ min(x, s) − θ (x − s)⁺ (Mandelbaum, Massey, Reiman 1998).
///
/// Below s agents and above it the equation is linear, so a path is one or two exponentials (or, without patience, a
/// line), with the crossing between them in closed form.
package struct FluidPath {
    /// Per second: λ, and μ per agent, θ per waiting contact.
    package var arrival: Double
    /// s ≥ 0.
    package var agents: Double
    package var service: Double
    package var leaving: Double

    package init(arrival: Double, agents: Double, service: Double, leaving: Double) {
        self.arrival = arrival
        self.agents = agents
        self.service = service
        self.leaving = leaving
    }

    /// One side of s for a time: x(t) = limit + (start − limit) e^(−decay t), or start + slope t without decay.
    private struct Leg {
        var start: Double
        var slope: Double
        var decay: Double

        func value(_ t: Double) -> Double { start + slope * timeSpan(t) }

        /// ∫ (x − start) dt.
        func gain(_ t: Double) -> Double {
            guard decay * t > 1e-5 else { return slope * t * t / 2 * (1 - decay * t / 3) }
            return slope * (t - timeSpan(t)) / decay
        }

        /// (1 − e^(−decay t)) / decay.
        func timeSpan(_ t: Double) -> Double { decay > 0 ? -expm1(-decay * t) / decay : t }

        /// When x reaches `level`, ∞ if never.
        func reaches(_ level: Double) -> Double {
            let way = level - start
            guard way != 0 else { return 0 }
            guard slope * way > 0 else { return .infinity }
            let share = decay * way / slope
            guard share < 1 else { return .infinity }
            return decay > 0 ? -log1p(-share) / decay : way / slope
        }
    }

    /// x after `time` seconds from x = `start`.
    package func inSystem(after time: Double, from start: Double) -> Double { follow(start, time).end }

    /// x at the end, and ∫ min(x, s) and ∫ (x − s)⁺ on the way.
    package func follow(_ start: Double, _ time: Double) -> (end: Double, busy: Double, waiting: Double) {
        var x = start
        var left = time
        var busy = 0.0
        var waiting = 0.0
        // At most two legs: a path crosses s once at most, because it heads for one limit.
        for _ in 0..<2 where left > 0 {
            let balance = arrival - service * agents
            let isAbove = x > agents || (x == agents && balance > 0)
            let leg =
                isAbove
                ? Leg(start: x, slope: balance - leaving * (x - agents), decay: leaving)
                : Leg(start: x, slope: arrival - service * x, decay: service)
            let crossing = x == agents ? .infinity : leg.reaches(agents)
            let t = min(left, crossing)
            let area = x * t + leg.gain(t)
            if isAbove {
                busy += agents * t
                waiting += area - agents * t
            } else {
                busy += area
            }
            x = crossing <= left ? agents : leg.value(t)
            left -= t
        }
        return (max(0, x), max(0, busy), max(0, waiting))
    }
}
