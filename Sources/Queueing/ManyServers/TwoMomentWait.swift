#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Mean waits when gaps between arrivals and handling times are not exponential, from their first two moments.
///
/// Everybody waits until answered. Approximations: within some percent at the loads of contact centers, and exact for
/// exponential gaps and times. Squared spreads are variance ÷ mean².
public enum TwoMomentWait {
    /// Mean wait, seconds: (cₐ² + cₛ²)/2 times that of M/M/n (Allen 1990: Allen and Cunneen); ∞ when agents ≤ load.
    public static func allenCunneen(
        _ queue: SingleQueue, agents: Double, arrivalSquaredSpread: Double = 1, serviceSquaredSpread: Double = 1
    ) -> Double {
        let plain = erlangC(queue, agents: agents)
        guard plain > 0, plain < .infinity else { return plain }
        return (positive(arrivalSquaredSpread) + positive(serviceSquaredSpread)) / 2 * plain
    }

    /// Mean wait, seconds, by Kimura's (1986) interpolation between M/M/n, M/D/n and D/M/n, these by Cosmetatos (1975) and
    /// Kimura; ∞ when agents ≤ load.
    ///
    /// For squared spreads up to 1; above 1 in either the answer is Allen and Cunneen's.
    public static func kimura(
        _ queue: SingleQueue, agents: Double, arrivalSquaredSpread: Double = 1, serviceSquaredSpread: Double = 1
    ) -> Double {
        let plain = erlangC(queue, agents: agents)
        let ca = positive(arrivalSquaredSpread)
        let cs = positive(serviceSquaredSpread)
        guard plain > 0, plain < .infinity, ca <= 1, cs <= 1 else {
            return allenCunneen(queue, agents: agents, arrivalSquaredSpread: ca, serviceSquaredSpread: cs)
        }
        guard ca + cs > 0 else { return 0 }
        let fixedService = fixedServiceShare(agents: agents, load: queue.offeredLoad) * plain
        let fixedGaps = fixedGapsShare(agents: agents, load: queue.offeredLoad) * plain
        // With both spreads small the denominator could only vanish where every wait does.
        let denominator = (1 - ca) / fixedGaps + (1 - cs) / fixedService + 2 * (ca + cs - 1) / plain
        return denominator > 0 ? (ca + cs) / denominator : 0
    }

    /// Mean wait of M/D/n ÷ that of M/M/n: (1 + k)/2 (Cosmetatos 1975).
    static func fixedServiceShare(agents: Double, load: Double) -> Double { (1 + correction(agents, load)) / 2 }

    /// Mean wait of D/M/n ÷ that of M/M/n: (1 − 4k)/2 e^(−2(1−ρ)/(3ρ)).
    static func fixedGapsShare(agents: Double, load: Double) -> Double {
        let rho = load / agents
        return max(1e-300, (1 - 4 * correction(agents, load)) / 2 * exp(-2 * (1 - rho) / (3 * rho)))
    }

    /// k = min(0.24, (1−ρ)(n−1)(√(4+5n) − 2)/(16 ρ n)).
    private static func correction(_ n: Double, _ load: Double) -> Double {
        let rho = load / n
        return max(0, min(0.24, (1 - rho) * (n - 1) * ((4 + 5 * n).squareRoot() - 2) / (16 * rho * n)))
    }

    private static func erlangC(_ queue: SingleQueue, agents: Double) -> Double {
        SingleQueue(arrivalRate: queue.arrivalRate, handlingTime: queue.handlingTime).measures(agents: agents).meanWait
            ?? 0
    }

    private static func positive(_ value: Double) -> Double { value > 0 ? min(value, 1e15) : 0 }
}
