#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The queue with impatient contacts, M/M/n+M, and with finite lines, M/M/n/K+M
/// (Palm 1946; Garnett, Mandelbaum, Reiman 2002).
///
/// Two exact forms: sums over the number waiting, and integrals over the wait that a patient contact would meet
/// (`OfferedWaitIntegral`), which cost the same whatever the size. Only positive terms are added in either.
enum ErlangA {
    /// `places` is how many can wait: a whole number, or ∞.
    static func flows(_ queue: SingleQueue, agents: Double, places: Double, within: Double) -> ContactFlows {
        guard queue.patience > 0 else {
            // Nobody waits at all: a loss queue whose losses are hang-ups.
            var flows = ErlangB.flows(queue, servers: agents)
            swap(&flows.abandoned, &flows.blocked)
            flows.waited = flows.abandoned
            return flows
        }
        // So few agents per load would carry the ratio of neighbouring terms out of the range of doubles.
        guard agents > 1e-50 * queue.offeredLoad, agents > 0 else {
            return nobodyOnDuty(queue, places: places, within: within)
        }
        guard queue.offeredLoad > 0 else { return ErlangC.atOnce }
        let below = ErlangB.oddsBelow(agents: agents, load: queue.offeredLoad)
        guard below < .infinity else { return ErlangC.atOnce }
        if places == .infinity, OfferedWaitIntegral.isBetter(queue, agents: agents, within: within) {
            return OfferedWaitIntegral(queue, agents: agents).flows(below: below, within: within)
        }
        return sums(queue, agents: agents, places: places, below: below, within: within)
    }

    /// Sums over the number j found waiting; π(n+j)/π(n) = r(j) = Π λ/(nμ + kθ), k ≤ j.
    ///
    /// Whoever finds j ahead passes j + 1 stages at rates nμ + iθ, i = 0…j. Their offered wait V has
    /// e^(−θV) ~ Beta(nμ/θ, j+1), so P(V > t) = (1−z)^b + T(0) + … + T(j−1), with T(0) = z b (1−z)^b,
    /// T(j+1) = T(j) z (j+1+b)/(j+2), z = 1 − e^(−θt), b = nμ/θ. In terms of z/θ all of it holds for θ = 0 too.
    static func sums(
        _ queue: SingleQueue, agents: Double, places: Double, below: Double, within t: Double
    ) -> ContactFlows {
        let arrival = queue.arrivalRate
        let service = agents / queue.handlingTime
        let leaving = 1 / queue.patience
        let surviving = exp(-leaving * t)
        let survivingPerService = surviving / service
        let elapsed = leaving > 0 ? -expm1(-leaving * t) / leaving : t

        // P(V > t) and the like, times 2^(900 `shifts`): e^(−nμt) alone may underflow where the sum does not.
        let exponent = service * t
        var shifts = exponent > 600 ? ((exponent - 600) / logShift).rounded(.up) : 0
        let start = exp(shifts * logShift - exponent)
        var beyond = start
        var beyondPatient = start * surviving
        var step = elapsed * service * start

        var below = below
        var r = 1.0
        var j = 0.0
        var waited = 0.0
        var answered = 0.0
        var answeredInTime = 0.0
        var abandoned = 0.0
        var stillWaiting = 0.0
        var waitOfAnswered = 0.0
        var waitOfAbandoned = 0.0
        var stages = 0.0
        var leavers = 0.0
        while j < places {
            let ahead = j + 1
            let rate = service + ahead * leaving
            let stage = 1 / rate
            let isAnswered = service * stage
            stages += stage
            leavers += ahead * stage
            waited += r
            answered += r * isAnswered
            abandoned += r * ahead * leaving * stage
            waitOfAnswered += r * isAnswered * stages
            waitOfAbandoned += r * leaving * stage * leavers
            if shifts == 0 {
                stillWaiting += r * beyond
                answeredInTime += r * isAnswered * max(0, 1 - beyondPatient)
            } else {
                answeredInTime += r * isAnswered
            }
            // T for the contact's own answer has b + 1 instead of b: T(j) e^(−θt) (j+1+b)/b.
            beyond += step
            beyondPatient += step * rate * survivingPerService
            step *= elapsed * rate / (j + 2)
            // At 1e240 the true value is still below 1e-30, too little to have been missed above.
            if beyond > 1e240, shifts > 0 {
                beyond *= shift
                beyondPatient *= shift
                step *= shift
                shifts -= 1
            }
            let ratio = arrival * stage
            r *= ratio
            j = ahead
            if ratio < 1, r <= 1e-18 * waited * (1 - ratio) {
                // Unlimited room: the rest is below the last digit. Finite: go on while `blocked` is a number.
                if places == .infinity || r < 1e-300 * waited { break }
            }
            if waited > 1e200 {
                below *= shift
                r *= shift
                waited *= shift
                answered *= shift
                answeredInTime *= shift
                abandoned *= shift
                stillWaiting *= shift
                waitOfAnswered *= shift
                waitOfAbandoned *= shift
            }
        }
        let blocked = j < places || places == .infinity ? 0 : r
        let share = 1 / (below + waited + blocked)
        let atOnce = below * share
        return ContactFlows(
            answeredAtOnce: atOnce, answered: atOnce + answered * share,
            answeredInTime: atOnce + answeredInTime * share, waited: waited * share, abandoned: abandoned * share,
            blocked: blocked * share, stillWaiting: stillWaiting * surviving * share,
            waitOfAnswered: waitOfAnswered * share, waitOfAbandoned: waitOfAbandoned * share)
    }

    private static let shift = 0x1p-900
    private static let logShift = 900 * 0.693147180559945309417

    /// Without agents contacts wait until they give up, and without patience until the lines are full.
    private static func nobodyOnDuty(_ queue: SingleQueue, places: Double, within: Double) -> ContactFlows {
        if queue.patience == .infinity {
            guard places < .infinity else {
                return ContactFlows(
                    answeredAtOnce: 0, answered: 0, answeredInTime: 0, waited: 1, abandoned: 0, blocked: 0,
                    stillWaiting: 1, waitOfAnswered: 0, waitOfAbandoned: .infinity)
            }
            return ContactFlows(
                answeredAtOnce: 0, answered: 0, answeredInTime: 0, waited: 0, abandoned: 0, blocked: 1,
                stillWaiting: 0, waitOfAnswered: 0, waitOfAbandoned: places / queue.arrivalRate)
        }
        // The lines are then the servers of a loss queue whose service is the patience.
        let lost =
            places == .infinity
            ? 0
            : ErlangB.blocking(
                agents: places, load: queue.arrivalRate * queue.patience)
        let entered = 1 - lost
        return ContactFlows(
            answeredAtOnce: 0, answered: 0, answeredInTime: 0, waited: entered, abandoned: entered, blocked: lost,
            stillWaiting: entered * exp(-within / queue.patience), waitOfAnswered: 0,
            waitOfAbandoned: entered * queue.patience)
    }
}
