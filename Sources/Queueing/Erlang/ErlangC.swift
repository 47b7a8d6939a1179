#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The delay queue M/M/n: everybody waits until answered (Erlang 1917; real-valued agents: Jagers, van Doorn 1986).
///
/// With n agents or fewer erlangs' worth of them than load, the queue grows without end: everybody waits, for ever.
public enum ErlangC {
    /// The share of contacts that wait, 0…1; 1 when `load` ≥ `agents`.
    ///
    /// A negative load counts as 0, and so do negative agents.
    public static func waitProbability(agents: Double, load: Double) -> Double {
        guard agents > 0 else { return 1 }
        let load = max(0, load)
        return waitProbability(agents: agents, load: load, spare: spare(agents, load))
    }

    /// n − a; 0 when they differ by less than the rounding of a rate times a time can tell.
    ///
    /// 20 contacts in 30 minutes × 6 minutes are 4 erlangs, and 4 agents cannot keep up, whichever way it rounds.
    @inline(__always)
    static func spare(_ agents: Double, _ load: Double) -> Double {
        let spare = agents - load
        return spare > 1e-14 * agents ? spare : 0
    }

    /// C = n / (n + (1/B − 1)(n − a)), from C = nB / (n − a(1 − B)); `spare` is n − a, formed once.
    @inline(__always)
    static func waitProbability(agents: Double, load: Double, spare: Double) -> Double {
        guard spare > 0 else { return 1 }
        return agents / (agents + ErlangB.oddsBelow(agents: agents, load: load) * spare)
    }

    /// P(W ≤ t) = 1 − C e^(−(nμ−λ)t); waits of those who wait are exponential.
    static func flows(_ queue: SingleQueue, agents: Double, within: Double) -> ContactFlows {
        let load = queue.offeredLoad
        let spare = spare(agents, load)
        guard spare > 0 else { return endless }
        // Contacts that take no time leave no queue behind.
        guard load > 0 else { return atOnce }
        let waited = waitProbability(agents: agents, load: load, spare: spare)
        let waitOfDelayed = queue.handlingTime / spare
        let stillWaiting = waited * exp(-within / waitOfDelayed)
        return ContactFlows(
            answeredAtOnce: 1 - waited, answered: 1, answeredInTime: 1 - stillWaiting, waited: waited, abandoned: 0,
            blocked: 0, stillWaiting: stillWaiting, waitOfAnswered: waited * waitOfDelayed, waitOfAbandoned: 0)
    }

    /// ln(C / (1−p)) / (nμ − λ), at least 0.
    static func waitQuantile(_ p: Double, _ queue: SingleQueue, agents: Double) -> Double {
        let load = queue.offeredLoad
        let spare = spare(agents, load)
        guard spare > 0, p < 1 else { return p <= 0 && spare > 0 ? 0 : .infinity }
        guard load > 0 else { return 0 }
        let waited = waitProbability(agents: agents, load: load, spare: spare)
        return max(0, log(waited / (1 - p)) * queue.handlingTime / spare)
    }

    /// All agents are busy for ever, and of those who come nobody is answered within any time.
    static let endless = ContactFlows(
        answeredAtOnce: 0, answered: 1, answeredInTime: 0, waited: 1, abandoned: 0, blocked: 0, stillWaiting: 1,
        waitOfAnswered: .infinity, waitOfAbandoned: 0)

    static let atOnce = ContactFlows(
        answeredAtOnce: 1, answered: 1, answeredInTime: 1, waited: 0, abandoned: 0, blocked: 0, stillWaiting: 0,
        waitOfAnswered: 0, waitOfAbandoned: 0)
}
