/// Erlang X: redials as more contacts of the same kind, by the fixed point λ′ = λ + λ′ (r P(abandon) + r_b P(block))
/// taken at λ′.
///
/// What planners use. It takes redials to come at any time, so that it errs the more the sooner callers try again: they
/// then meet the same full queue (Falin, Templeton 1997; Aguir, Karaesmen, Akşin, Chauvet 2004). `RedialChain` is exact.
extension Redials {
    /// The long-run measures for `agents` agents (≥ 0) and an acceptable wait in seconds.
    ///
    /// λ′ is found by chords to the last digits: what is left of it after redials rises with it. Where every caller
    /// calls until answered and the agents cannot keep up, attempts grow without end: the rate is ∞, nobody is lost, and
    /// the shares per attempt are those of a limit with nobody answered.
    public func erlangX(_ queue: SingleQueue, agents: Double, within: Double = 0) -> RedialMeasures {
        let first = queue.arrivalRate
        func again(_ measures: QueueMeasures) -> Double {
            afterAbandoning * (measures.abandonment ?? 0) + afterBlocking * (measures.blocking ?? 0)
        }
        func fresh(_ rate: Double) -> Double {
            let measures = queue.with(arrivalRate: rate).measures(agents: agents)
            // 1 − r(…) cancels in heavy overload with r = 1; there what remains is what is answered.
            let remaining = 1 - again(measures)
            return rate * max(0, remaining)
        }
        let plain = queue.measures(agents: agents, within: within)
        guard first > 0, again(plain) > 0 else {
            return RedialMeasures(
                attemptRate: first, attemptsPerCaller: 1, lostCallers: (plain.abandonment ?? 0) + (plain.blocking ?? 0),
                attempts: plain, firstAttempts: plain, orbitMean: 0)
        }
        var low = first
        var high = 2 * first
        // Far above what agents can take nothing changes any more.
        while fresh(high) < first {
            low = high
            high *= 2
            guard high < 1e9 * (first + (agents + 1) / max(queue.handlingTime, 1e-9)) else {
                return neverEnding(queue, agents: agents, within: within)
            }
        }
        // Chords (Illinois: an end that stays put counts half) until the last digits: a tenth of what halving would take.
        var below = fresh(low) - first
        var above = fresh(high) - first
        while high - low > 1e-15 * high, below < 0, above > 0 {
            var next = low - below * (high - low) / (above - below)
            // A chord to the very end makes no step.
            next = max(low + 0.25e-15 * high, min(high - 0.25e-15 * high, next))
            guard next > low, next < high else { break }
            let value = fresh(next) - first
            if abs(value) < 4e-16 * first {
                high = next
                break
            }
            if value < 0 {
                low = next
                below = value
                above /= 2
            } else {
                high = next
                above = value
                below /= 2
            }
        }
        let attempts = queue.with(arrivalRate: high).measures(agents: agents, within: within)
        let redialling = again(attempts)
        let perCaller = high / first
        let lost =
            (1 - afterAbandoning) * (attempts.abandonment ?? 0) + (1 - afterBlocking) * (attempts.blocking ?? 0)
        return RedialMeasures(
            attemptRate: high, attemptsPerCaller: perCaller, lostCallers: min(1, perCaller * lost), attempts: attempts,
            firstAttempts: attempts, orbitMean: high * redialling * delay)
    }

    /// Attempts without end: per attempt, the limit of ever more contacts for the same agents.
    private func neverEnding(_ queue: SingleQueue, agents: Double, within: Double) -> RedialMeasures {
        let crowd = 1e9 * (queue.arrivalRate + (agents + 1) / max(queue.handlingTime, 1e-9))
        var attempts = queue.with(arrivalRate: min(crowd, 1e15)).measures(agents: agents, within: within)
        attempts.offeredLoad = .infinity
        attempts.queueMean = .infinity
        return RedialMeasures(
            attemptRate: .infinity, attemptsPerCaller: .infinity, lostCallers: 0, attempts: attempts,
            firstAttempts: attempts, orbitMean: .infinity)
    }
}

extension SingleQueue {
    /// The same queue with another arrival rate, per second.
    func with(arrivalRate: Double) -> SingleQueue {
        SingleQueue(arrivalRate: arrivalRate, handlingTime: handlingTime, patience: patience, room: room)
    }
}
