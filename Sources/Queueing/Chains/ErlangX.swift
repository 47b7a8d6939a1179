import Probability

/// Erlang X: redials as more contacts of the same kind, by the fixed point λ′ = λ (1 + x + x² + …) with
/// x = r P(abandon) + r_b P(block) taken at λ′, and as many terms as one caller makes attempts.
///
/// What planners use. It takes redials to come at any time, so that it errs the more the sooner callers try again: they
/// then meet the same full queue (Falin, Templeton 1997; Aguir, Karaesmen, Akşin, Chauvet 2004). `RedialChain` is exact.
extension Redials {
    /// The long-run measures for `agents` agents (≥ 0), an acceptable wait and a limit of short hang-ups in seconds.
    ///
    /// λ′ is found to the last digits: what is left of it after redials rises with it. Where every caller calls until
    /// answered and the agents cannot keep up, attempts grow without end: the rate is ∞, nobody is lost, and the shares
    /// per attempt are those of a limit with nobody answered.
    public func erlangX(
        _ queue: some StaffedQueue, agents: Double, within: Double = 0, shortAbandon: Double? = nil
    ) -> RedialMeasures {
        let first = queue.arrivalRate
        let plain = queue.measures(agents: agents, within: within, shortAbandon: shortAbandon)
        let plainShare = redialling(plain)
        guard first > 0, plainShare > 0, atMost != 0 else {
            return RedialMeasures(
                attemptRate: first, attemptsPerCaller: 1, lostCallers: (plain.abandonment ?? 0) + (plain.blocking ?? 0),
                attempts: plain, firstAttempts: plain, orbitMean: 0)
        }
        if let settled = bySecants(
            queue, agents: agents, within: within, shortAbandon: shortAbandon, plainShare: plainShare)
        {
            return settled
        }
        /// How many first attempts a second are missing where there are `rate` in all.
        func missing(_ rate: Double) -> Double {
            let share = redialling(queue.with(arrivalRate: rate).measures(agents: agents, within: 0, shortAbandon: nil))
            // Endless redials: 1 − x cancels in heavy overload with r = 1; there what remains is what is answered.
            return first - (atMost == nil ? rate * max(0, 1 - share) : rate / attempts(share).all)
        }
        var low = first
        var lowMissing = atMost == nil ? first * plainShare : first - first / attempts(plainShare).all
        var high = first * (1 + min(1, 2 * plainShare / max(0.5, 1 - plainShare)))
        var highMissing = missing(high)
        // Far above what agents can take nothing changes any more.
        while highMissing > 0 {
            (low, lowMissing) = (high, highMissing)
            high *= 2
            guard high < 1e9 * (first + (agents + 1) / max(queue.handlingTime, 1e-9)) else {
                return neverEnding(queue, agents: agents, within: within, shortAbandon: shortAbandon)
            }
            highMissing = missing(high)
        }
        let rate = BracketedRoot.crossing(
            above: low, lowMissing, below: high, highMissing, tolerance: 1e-15 * high, missing)
        let all = queue.with(arrivalRate: rate)
            .measures(agents: agents, within: within, shortAbandon: shortAbandon)
        return settled(all, rate: rate, first: first)
    }

    /// The fixed point by secants from the first attempts up: a handful of steps wherever redials are a small part. Nil
    /// where they do not settle. There is but one fixed point, so that what settles is it.
    private func bySecants(
        _ queue: some StaffedQueue, agents: Double, within: Double, shortAbandon: Double?, plainShare: Double
    ) -> RedialMeasures? {
        let first = queue.arrivalRate
        var before = (rate: first, gap: first - first * attempts(plainShare).all)
        var rate = first * attempts(plainShare).all
        for _ in 0..<10 {
            guard rate.isFinite, rate >= first, rate < 10 * first else { return nil }
            let measures = queue.with(arrivalRate: rate)
                .measures(agents: agents, within: within, shortAbandon: shortAbandon)
            let gap = rate - first * attempts(redialling(measures)).all
            if abs(gap) <= 4e-15 * rate { return settled(measures, rate: rate, first: first) }
            guard gap != before.gap else { return nil }
            let next = rate - gap * (rate - before.rate) / (gap - before.gap)
            before = (rate, gap)
            rate = next
        }
        return nil
    }

    /// The chance that an attempt leads to another.
    func redialling(_ measures: QueueMeasures) -> Double {
        afterAbandoning * (measures.abandonment ?? 0) + afterBlocking * (measures.blocking ?? 0)
    }

    /// Attempts per caller where each leads to another with chance `share`: all of them, and those that may.
    func attempts(_ share: Double) -> (all: Double, mayRedial: Double) {
        guard let atMost else {
            let all = share < 1 ? 1 / (1 - share) : .infinity
            return (all, all)
        }
        // No caller's thousandth redial matters.
        var term = 1.0
        var sum = 0.0
        for _ in 0..<min(atMost, 1000) {
            sum += term
            term *= share
        }
        return (sum + term, sum)
    }

    private func settled(_ attempts: QueueMeasures, rate: Double, first: Double) -> RedialMeasures {
        let share = redialling(attempts)
        let perCaller = rate / first
        let (all, mayRedial) = self.attempts(share)
        // Those who give up for good at an attempt after which they might have called again, and at the last.
        let (abandoned, blocked) = (attempts.abandonment ?? 0, attempts.blocking ?? 0)
        let gaveUp = (1 - afterAbandoning) * abandoned + (1 - afterBlocking) * blocked
        let unanswered = abandoned + blocked
        let lost = atMost == nil ? perCaller * gaveUp : mayRedial * gaveUp + (all - mayRedial) * unanswered
        return RedialMeasures(
            attemptRate: rate, attemptsPerCaller: perCaller, lostCallers: min(1, lost), attempts: attempts,
            firstAttempts: attempts,
            orbitMean: (atMost == nil ? rate * share : first * share * mayRedial) * delay)
    }

    /// Attempts without end: per attempt, the limit of ever more contacts for the same agents.
    private func neverEnding(
        _ queue: some StaffedQueue, agents: Double, within: Double, shortAbandon: Double?
    ) -> RedialMeasures {
        let mostRate = 1e9 * (queue.arrivalRate + (agents + 1) / max(queue.handlingTime, 1e-9))
        var attempts = queue.with(arrivalRate: min(mostRate, 1e15))
            .measures(agents: agents, within: within, shortAbandon: shortAbandon)
        attempts.offeredLoad = .infinity
        attempts.queueMean = .infinity
        return RedialMeasures(
            attemptRate: .infinity, attemptsPerCaller: .infinity, lostCallers: 0, attempts: attempts,
            firstAttempts: attempts, orbitMean: .infinity)
    }
}

extension SingleQueue {
    /// The same queue with another arrival rate, contacts per second, ≥ 0.
    public func with(arrivalRate: Double) -> SingleQueue {
        SingleQueue(arrivalRate: arrivalRate, handlingTime: handlingTime, patience: patience, room: room)
    }
}
