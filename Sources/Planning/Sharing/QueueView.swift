import Probability
import Queueing

/// How one kind of callers fares in the queue of those who serve them.
struct QueueView {
    /// Seconds that count as in time, and as a short hang-up.
    var within: Double
    var shortAbandon: Double
    /// Whether short hang-ups count.
    var looksAtShort = false
    /// Callers who give up in a second, each.
    var leaving: Double
    /// Agents who must stay idle when somebody takes a contact.
    var reserve = 0.0
    /// Contacts per second of a more urgent priority, which overtake them while all are taken.
    var before = 0.0
    /// Contacts per second, while all are taken, that they wait among: of their own priority and before it; nil where
    /// that is everybody.
    var among: Double?
    /// Work of lists that is offered to whoever is idle, erlangs; the chance that more of it waits than they can do; and
    /// contacts of lists that one person ends in a second.
    var listLoad = 0.0
    var backlog = 0.0
    var listService = 0.0
    /// The chance that somebody who is taken has a hand free for one more of these.
    var extraHand = 0.0
    /// The share of those who come who hung up before and call again while all are still taken.
    var returning = 0.0
    /// Helpers who are idle with a chance for those who have waited so long.
    var help: [(after: Double, chance: Double)] = []

    /// Shares of those who come, each 0…1.
    struct Outcome {
        var answered = 0.0
        var inTime = 0.0
        var goneInTime = 0.0
        var goneShort = 0.0
        /// Gave up because idle people were busy with lists.
        var lostToLists = 0.0

        static func += (a: inout Outcome, b: Outcome) {
            a.answered += b.answered
            a.inTime += b.inTime
            a.goneInTime += b.goneInTime
            a.goneShort += b.goneShort
            a.lostToLists += b.lostToLists
        }

        func scaled(by factor: Double) -> Outcome {
            Outcome(
                answered: answered * factor, inTime: inTime * factor, goneInTime: goneInTime * factor,
                goneShort: goneShort * factor, lostToLists: lostToLists * factor)
        }
    }

    /// What becomes of those who come.
    func outcome(_ queue: SetQueue, _ rates: SetRates) -> Outcome {
        var sum = outcome(queue, rates, whileTaken: false)
        guard returning > 0 else { return sum }
        sum = sum.scaled(by: 1 - returning)
        sum += outcome(queue, rates, whileTaken: true).scaled(by: returning)
        return sum
    }

    /// Of all, or of those who come while all are taken.
    private func outcome(_ queue: SetQueue, _ rates: SetRates, whileTaken: Bool) -> Outcome {
        let people = rates.people - reserve
        var sum = Outcome()
        var waiting: [Double] = []
        var all = 0.0
        // The chance that all of 0, 1, 2, … who are not on the line are busy with lists (Erlang B, or a backlog).
        var busy = [1.0]
        if listLoad > 0 || backlog > 0 {
            var inverse = 1.0
            for m in 1...max(1, Int(people.rounded(.up))) {
                inverse = listLoad > 0 ? 1 + inverse * Double(m) / listLoad : .infinity
                let full = backlog >= 1 ? 1 : backlog > 0 ? PortableMath.exp(Double(m) * PortableMath.log(backlog)) : 0
                busy.append(full + (1 - full) / inverse)
            }
        }
        for n in queue.mean.indices {
            let chance = queue.mean[n]
            let ready = max(0, min(1, people - Double(n)))
            if ready > 0, !whileTaken {
                let idle = people - Double(n)
                let m = max(1, Int(idle.rounded()))
                let late = m < busy.count ? busy[m] : 0
                sum.inTime += chance * ready * (1 - late)
                sum.answered += chance * ready * (1 - late)
                if late > 1e-6 {
                    // Until somebody finishes whatever is in hand; others wait for the same.
                    let all = Double(n) * rates.service + idle * listService
                    let rate = max(0.2 * all, all - late * rates.busy)
                    let answered = rate / (rate + leaving)
                    let part = chance * ready * late
                    let soon = 1 - PortableMath.exp(-(rate + leaving) * within)
                    sum.answered += part * answered
                    sum.lostToLists += part * (1 - answered)
                    sum.inTime += part * answered * soon
                    sum.goneInTime += part * (1 - answered) * soon
                    sum.goneShort += part * (1 - answered) * (1 - PortableMath.exp(-(rate + leaving) * shortAbandon))
                }
            }
            guard ready < 1 else { continue }
            let ahead = max(0, Int((Double(n) - people).rounded()))
            while waiting.count <= ahead { waiting.append(0) }
            let part = chance * (1 - ready)
            waiting[ahead] += part
            all += part
        }
        guard all > 1e-12 else { return whileTaken ? outcome(queue, rates, whileTaken: false) : sum }
        if whileTaken {
            for j in waiting.indices { waiting[j] /= all }
            all = 1
        }
        if let among {
            // Among themselves, while all are taken: those after them do not delay them.
            let rate = rates.people * rates.service
            var q = [1.0]
            var total = 1.0
            while q.count < waiting.count + 50 {
                let next = q[q.count - 1] * among / max(1e-12, rate + Double(q.count) * rates.leaving)
                if next < 1e-9 * total { break }
                q.append(next)
                total += next
                if total > 1e100 { break }
            }
            waiting = q.map { $0 / total * all }
        }
        if extraHand > 0 {
            sum.inTime += all * extraHand
            sum.answered += all * extraHand
            for j in waiting.indices { waiting[j] *= 1 - extraHand }
        }
        let service = rates.people * rates.service
        let pace = service > 0 ? max(service - before, 0.02 * service) : 0
        let ofQueue = max(leaving, 1e-7)
        var waits = PositionWaits(pace: pace, leaving: ofQueue, within: within)
        var short = looksAtShort ? PositionWaits(pace: pace, leaving: ofQueue, within: shortAbandon) : nil
        var helped = help.map { PositionWaits(pace: pace, leaving: ofQueue, within: $0.after) }
        for j in waiting.indices {
            let one = waits.next()
            let few = short?.next()
            var outcome = Outcome(
                answered: one.answered, inTime: one.inTime, goneInTime: max(0, 1 - one.inTime - one.still),
                goneShort: few.map { max(0, 1 - $0.inTime - $0.still) } ?? 0)
            for h in helped.indices {
                let still = helped[h].next().still * help[h].chance
                outcome.answered += still * max(0, 1 - outcome.answered)
                if help[h].after < within { outcome.inTime = min(1, outcome.inTime + still * (1 - outcome.inTime)) }
            }
            sum += outcome.scaled(by: waiting[j])
        }
        return sum
    }
}

/// What becomes of one who finds 0, 1, 2, … waiting, first come first served: by the beta law of the wait with j ahead
/// (exponential patience; see `SingleQueue`), in a recurrence of positive terms.
struct PositionWaits {
    private let pace: Double
    private let leaving: Double
    private let z: Double
    private let stays: Double
    private var j = 0
    /// I_z(j + 1, b) for b of the answered and of the offered wait, and their next terms.
    private var inTime: Double
    private var served: Double
    private var termInTime: Double
    private var termServed: Double
    private let b: Double

    struct Chances {
        var answered: Double
        var inTime: Double
        /// That it waits still when the time is over.
        var still: Double
    }

    init(pace: Double, leaving: Double, within: Double) {
        self.pace = pace
        self.leaving = leaving
        stays = PortableMath.exp(-leaving * within)
        z = 1 - stays
        b = pace / leaving
        let noneServed = PortableMath.exp(-pace * within)
        served = 1 - noneServed
        inTime = 1 - noneServed * stays
        termServed = z * b * noneServed
        termInTime = z * (b + 1) * noneServed * stays
    }

    mutating func next() -> Chances {
        let answered = pace / (pace + Double(j + 1) * leaving)
        let chances = Chances(
            answered: answered, inTime: answered * max(0, inTime), still: stays * max(0, min(1, 1 - served)))
        served -= termServed
        inTime -= termInTime
        let n = Double(j)
        termServed *= z * (n + 1 + b) / (n + 2)
        termInTime *= z * (n + 2 + b) / (n + 2)
        j += 1
        return chances
    }
}
