extension VaryingDay {
    /// The exact measures of every interval, by uniformisation; shares are counted for an acceptable wait in seconds.
    ///
    /// Forward equations give the time averages, backward equations of a tagged contact what those who arrive in an
    /// interval will meet, across all the changes of staffing that follow. Errors stay below 1e-12 absolutely. The cost
    /// grows with contacts per interval × (agents + longest queue), and for acceptable waits that span several changes
    /// of staffing with their square: a day of 96 intervals with 100 agents takes a fraction of a second.
    public func exactMeasures(within acceptableWait: Double = 0) -> [IntervalMeasures] {
        ExactDay(self, within: acceptableWait > 0 ? min(acceptableWait, 1e15) : 0).measures()
    }
}

/// One pass forward and one backward through a day.
struct ExactDay {
    /// One interval, or the part of one in which agents whose shift has ended still finish, on the way forward.
    struct Stage {
        /// The day's interval it belongs to.
        var index: Int
        var duration: Double
        var chain: IntervalChain
        /// Probabilities at the start, at `split`, and at the end.
        var start: [Double]
        var atSplit: [Double]
        var end: [Double]
        /// From then on, the acceptable wait of an arrival lasts beyond a change of staffing; seconds from the start.
        var split: Double
        /// Integrals of the probabilities before and after `split`.
        var before: [Double]
        var after: [Double]
        /// The least state with any probability.
        var least: Int
    }

    let day: VaryingDay
    let within: Double
    var stages: [Stage] = []

    init(_ day: VaryingDay, within: Double) {
        self.day = day
        self.within = within
        let parts = Self.parts(day)
        var p = [1.0]
        for k in parts.indices {
            let split = Self.split(k, parts, within: within)
            stages.append(Self.stage(day, parts[k], split: split, from: p, in: stages.last?.chain))
            p = stages[k].end
        }
    }

    private typealias Part = (index: Int, interval: VaryingDay.Interval)

    /// The intervals, with a part of its own for the time in which surplus agents finish: only there is the chain large.
    private static func parts(_ day: VaryingDay) -> [Part] {
        var parts: [Part] = []
        var agents = 0
        for (index, interval) in day.intervals.enumerated() {
            var rest = interval
            // With s on duty the chance that a surplus agent is still busy falls by e^(−(s+1)μt) or faster; the 70 leaves
            // less than 1e-18 of it however many they were.
            let finished = 70 * day.handlingTime / Double(interval.agents + 1)
            if day.shiftEnd == .finishesContact, interval.agents < agents, finished < 0.7 * interval.duration {
                var first = interval
                first.duration = finished
                rest.duration -= finished
                parts.append((index, first))
            }
            parts.append((index, rest))
            agents = interval.agents
        }
        return parts
    }

    /// Seconds into part k from which an acceptable wait reaches past the next change of staffing.
    private static func split(_ k: Int, _ parts: [Part], within: Double) -> Double {
        let interval = parts[k].interval
        var left = interval.duration
        var j = k + 1
        while j < parts.count, parts[j].interval.agents == interval.agents {
            left += parts[j].interval.duration
            j += 1
        }
        guard j < parts.count else { return interval.duration }
        return min(max(0, left - within), interval.duration)
    }

    private static func stage(
        _ day: VaryingDay, _ part: Part, split: Double, from p: [Double], in last: IntervalChain?
    ) -> Stage {
        let interval = part.interval
        let service = 1 / day.handlingTime
        let leaving = 1 / day.patience
        let entering = Entering(p, last, agents: interval.agents, day.shiftEnd)
        var room = entering.roomGuess(interval, service: service, leaving: leaving)
        while true {
            let chain = IntervalChain(
                agents: interval.agents, room: room, surplus: entering.surplus, arrival: interval.arrivalRate,
                service: service, leaving: leaving)
            let start = entering.probabilities(in: chain)
            var atSplit = start
            var before = [Double](repeating: 0, count: chain.count)
            var after = before
            if let least = chain.advance(&atSplit, by: split, integral: &before) {
                var end = atSplit
                if let later = chain.advance(&end, by: interval.duration - split, integral: &after) {
                    return Stage(
                        index: part.index, duration: interval.duration, chain: chain, start: start, atSplit: atSplit,
                        end: end, split: split, before: before, after: after, least: min(least, later))
                }
            }
            room += room / 2 + 20
        }
    }

    func measures() -> [IntervalMeasures] {
        var totals = [IntervalTotals](repeating: IntervalTotals(), count: day.intervals.count)
        for stage in stages { addTimes(stage, to: &totals[stage.index]) }
        addArrivals(&totals)
        for k in stages.indices { addLevels(k, to: &totals[stages[k].index]) }
        return zip(day.intervals, totals).map { $1.measures($0, within: within, patience: day.patience) }
    }

    /// What follows from the probabilities alone.
    private func addTimes(_ stage: Stage, to totals: inout IntervalTotals) {
        let chain = stage.chain
        totals.inSystemAtEnd = 0
        for i in 0..<chain.count {
            let time = stage.before[i] + stage.after[i]
            let beyond = i - chain.agents
            let busy = Double(i < chain.agents ? i : chain.agents + beyond / chain.width)
            let waiting = i < chain.agents ? 0 : Double(beyond % chain.width)
            if beyond >= 0 { totals.waits += time }
            totals.queue += time * waiting
            totals.busy += time * busy
            totals.inSystemAtEnd += stage.end[i] * (busy + waiting)
        }
    }

    /// Backward: expected losses, and waits, of those who arrive in each interval.
    ///
    /// With patience the expected wait is the expected loss × patience. Without, all are answered in the end unless
    /// nobody is on duty then.
    private func addArrivals(_ totals: inout [IntervalTotals]) {
        guard let last = stages.last else { return }
        let leaving = last.chain.leaving
        let isEndless = leaving == 0 && last.chain.agents == 0
        let reward = leaving > 0 ? leaving : isEndless ? 0 : 1
        var value: [Double] = []
        for k in stages.indices.reversed() {
            let stage = stages[k]
            let end: [Double]
            if k + 1 < stages.count {
                end = Self.before(stages[k + 1].chain, value, stage.chain, day.shiftEnd)
            } else if isEndless {
                // Whoever still waits is lost: when surplus agents finish, they take nobody.
                end = [Double](repeating: 1, count: stage.chain.aheadCount)
            } else {
                end = stage.chain.finalExpectations(reward: reward)
            }
            let found = stage.chain.expectationsAndIntegral(
                end, time: stage.duration, reward: reward, least: stage.least)
            value = found.value
            var expected = 0.0
            for i in stage.least..<stage.chain.count { expected += stage.start[i] * found.integral[i] }
            if leaving > 0 || isEndless {
                totals[stage.index].lost += expected
            } else {
                totals[stage.index].waited += expected
            }
        }
    }

    /// Backward over the acceptable wait: not answered in time, and still waiting.
    private func addLevels(_ k: Int, to totals: inout IntervalTotals) {
        let stage = stages[k]
        let chain = stage.chain
        if stage.split > 0 {
            let waits = [Double](repeating: 1, count: chain.aheadCount)
            let miss = chain.expectations(waits, time: within, reward: chain.leaving)
            let still = chain.leaving > 0 ? chain.expectations(waits, time: within, reward: 0) : miss
            for j in waits.indices {
                totals.missed += stage.before[chain.agents + j] * miss[j]
                totals.stillWaiting += stage.before[chain.agents + j] * still[j]
            }
        }
        if stage.split < stage.duration {
            let (missed, waiting) = acrossChanges(k)
            totals.missed += missed
            totals.stillWaiting += waiting
        }
    }
}

/// Integrals over the time of one interval, before ratios are formed.
struct IntervalTotals {
    /// ∫ of the chance that an arrival then waits, is never answered, is not answered in time, and still waits then.
    var waits = 0.0
    var lost = 0.0
    var missed = 0.0
    var stillWaiting = 0.0
    /// ∫ of an arrival's expected wait; only where nobody gives up.
    var waited = 0.0
    var queue = 0.0
    var busy = 0.0
    var inSystemAtEnd = 0.0

    func measures(_ interval: VaryingDay.Interval, within: Double, patience: Double) -> IntervalMeasures {
        let comes = interval.arrivalRate > 0 && interval.duration > 0
        let perTime = interval.duration > 0 ? 1 / interval.duration : 0
        func share(_ value: Double) -> Double? { comes ? min(1, value * perTime) : nil }
        let lost = share(lost)
        let late = share(stillWaiting)
        let inTime = share(missed).map { 1 - $0 }
        var wait = comes ? waited * perTime : nil
        if patience < .infinity { wait = lost.map { $0 * patience } } else if let lost, lost > 0 { wait = .infinity }
        var levels = ServiceLevels(
            acceptableWait: within, ofAllOffered: inTime, withoutShortAbandons: nil, abandonsCountAsMet: nil,
            ofAnswered: nil)
        if let inTime, let late, let lost {
            levels.withoutShortAbandons = inTime + late > 0 ? inTime / (inTime + late) : nil
            levels.abandonsCountAsMet = max(inTime, 1 - late)
            levels.ofAnswered = lost < 1 ? min(1, inTime / (1 - lost)) : nil
        }
        return IntervalMeasures(
            offered: interval.arrivalRate * interval.duration, waitProbability: share(waits), abandonment: lost,
            meanWait: wait, serviceLevels: levels, stillWaiting: late, queueMean: queue * perTime,
            busyMean: busy * perTime, inSystemAtEnd: inSystemAtEnd, abandonsDuring: queue / patience)
    }
}
