import Center
import Probability
import Queueing
import Simulator
import Tabular

/// What is expected of the callers of one kind who come in one period.
struct ForecastCounts: ServiceLevelCounts, Sendable {
    var offered = 0.0
    var answered = 0.0
    var abandoned = 0.0
    var answeredInTime = 0.0
    var abandonedInTime = 0.0
    var shortAbandoned = 0.0
    var leftOut = 0.0
    var keptInstead = 0.0

    static func += (a: inout ForecastCounts, b: ForecastCounts) {
        a.offered += b.offered
        a.answered += b.answered
        a.abandoned += b.abandoned
        a.answeredInTime += b.answeredInTime
        a.abandonedInTime += b.abandonedInTime
        a.shortAbandoned += b.shortAbandoned
        a.leftOut += b.leftOut
        a.keptInstead += b.keptInstead
    }

    func level(_ rule: ServiceLevelRule) -> Double? {
        let (met, base) = serviceLevel(rule)
        return base > 1e-12 ? met / base : nil
    }

    var abandonment: Double? { offered > 1e-12 ? abandoned / offered : nil }
}

/// How the people and the callers of one period stood, for the question how many more would do.
struct ForecastMoment: Sendable {
    var weight = 0.0
    var rates = SetRates()
    var view: QueueView
}

/// One variant of every day, from the horizon's start to its end.
struct ForecastRun {
    private let grid: ForecastGrid
    private let variant: Int
    private let groupCount: Int
    /// Callers to whose help others come.
    private let helped: [Int]
    /// `[period][callers]`.
    private(set) var counts: [ForecastCounts]
    /// `[period][callers]`: the middle step's, for those on the line.
    private(set) var moments: [ForecastMoment?]
    /// `[period][group]`: seconds that people are taken by those on the line, and by lists.
    private(set) var taken: [Double]
    private(set) var inLists: [Double]

    private var queues: [SetQueue]
    private var rates: [SetRates]
    private var deferred: [DeferredInHand]
    /// By callers: those who will call again.
    private var redialing: [Double]
    /// By callers: of those who come, who call again while all are still taken (see `returning`).
    private var returning: [Double]
    /// By type: calls promised in this step.
    private var promised: [Double]
    private var people: [Double]
    private var allTaken: [Double]
    private var idle: [Double]
    /// By group: work of lists offered to it, erlangs; whether more waits than it can do; and what one contact takes.
    private var offered: [Double]
    private var backlog: [Double]
    private var listTime: [Double]
    /// By callers: the share that gave up in the last step because of lists.
    private var lost: [Double]
    private var scale: [Double]

    init(_ grid: ForecastGrid, variant: Int) {
        self.grid = grid
        self.variant = variant
        groupCount = grid.scenario.agentGroups.count
        helped = grid.callers.indices.filter { !grid.callers[$0].helpers.isEmpty }
        let periods = grid.scenario.horizon.periods.count
        counts = [ForecastCounts](repeating: ForecastCounts(), count: periods * grid.callers.count)
        moments = [ForecastMoment?](repeating: nil, count: counts.count)
        taken = [Double](repeating: 0, count: periods * groupCount)
        inLists = taken
        let sets = grid.sets.groups.count
        queues = [SetQueue](repeating: SetQueue(), count: sets)
        rates = [SetRates](repeating: SetRates(), count: sets)
        deferred = [DeferredInHand](repeating: DeferredInHand(), count: grid.callers.count)
        redialing = [Double](repeating: 0, count: grid.callers.count)
        returning = redialing
        promised = [Double](repeating: 0, count: grid.types.count)
        people = [Double](repeating: 0, count: sets)
        allTaken = people
        idle = people
        offered = [Double](repeating: 0, count: groupCount)
        backlog = offered
        listTime = offered
        lost = [Double](repeating: 0, count: grid.callers.count)
        // Where everybody in reach handles several at once, hands count instead of people.
        scale = grid.sets.entries.map { entries in
            let hands = entries.map { grid.types[grid.callers[$0.callers].type].channel.atOnce }
            return Double(max(1, hands.min() ?? 1))
        }
        follow()
    }

    private mutating func follow() {
        var last = -1
        for i in grid.steps.indices {
            let p = grid.period[i]
            let day = grid.scenario.horizon.periods[p].day
            step(i, period: p, day: day, isFirst: p != last)
            last = p
        }
    }

    private mutating func step(_ i: Int, period p: Int, day: Int, isFirst: Bool) {
        let timeSpan = grid.steps[i]
        let seconds = timeSpan.length
        let types = grid.types
        let sets = grid.sets
        // People.
        for g in 0..<groupCount {
            let onDuty = grid.onDuty[i * groupCount + g]
            people[sets.single[g]] =
                onDuty > 0
                ? grid.variants.present(onDuty, variant: variant, group: g, day: day, isCurve: grid.isCurve[g]) : 0
        }
        takeUrgent(timeSpan, period: p, step: i)
        for s in sets.groups.indices where sets.groups[s].count != 1 {
            people[s] = sets.groups[s].reduce(0) { $0 + people[sets.single[$1]] }
        }
        for s in sets.groups.indices {
            let slots = people[s] * scale[s]
            allTaken[s] = queues[s].allTaken(slots)
            idle[s] = people[s] - queues[s].taken(slots) / scale[s]
        }
        // Callers per second.
        var coming = [Double](repeating: 0, count: grid.callers.count)
        var handling = coming
        var isQuiet = true
        for (c, one) in grid.callers.enumerated() {
            let cell = i * types.count + one.type
            let contacts =
                grid.contacts[cell] * one.share * grid.variants.factor(variant, type: one.type, day: day)
            let factor = grid.contacts[cell] > 0 ? grid.work[cell] / grid.contacts[cell] : 1
            handling[c] = types[one.type].handlingTimeMean * factor
            guard sets.reach[c] != nil else {
                coming[c] = arrive(contacts, list: c, period: p, timeSpan: timeSpan) / seconds
                if deferred[c].waiting > 0 { isQuiet = false }
                continue
            }
            coming[c] = contacts / seconds
            if let redial = types[one.type].redial, redialing[c] > 0 {
                let part = redialing[c] * min(1, seconds / max(seconds, redial.delay.mean))
                redialing[c] -= part
                // Who calls again when it is closed is gone.
                if contacts > 0 {
                    coming[c] += part / seconds
                    returning[c] = part / (contacts + part) * stillTaken(c, after: redial.delay.mean)
                }
            }
            if coming[c] > 0 { isQuiet = false }
        }
        workOff(timeSpan, period: p, coming: coming)
        if isQuiet, queues.allSatisfy(\.isEmpty) { return }
        for s in sets.groups.indices { setRates(s, coming: coming, handling: handling) }
        for s in sets.groups.indices { queues[s].advance(rates[s], by: seconds) }
        for g in 0..<groupCount {
            let s = sets.single[g]
            taken[p * groupCount + g] += queues[s].taken(rates[s].people) / scale[s] * seconds
        }
        for (c, one) in grid.callers.enumerated() {
            guard let s = sets.reach[c], coming[c] > 0 else { continue }
            let view = view(of: c, one, set: s, coming: coming, handling: handling)
            let outcome = view.outcome(queues[s], rates[s])
            lost[c] = outcome.lostToLists
            let contacts = coming[c] * seconds
            var own = ForecastCounts()
            own.offered = contacts
            own.answered = contacts * outcome.answered
            own.answeredInTime = contacts * outcome.inTime
            own.abandonedInTime = contacts * outcome.goneInTime
            own.shortAbandoned = contacts * outcome.goneShort
            let called = promise(one, set: s, contacts: contacts)
            own.abandoned = max(0, contacts - own.answered - called)
            switch grid.scenario.rules.callbacks {
            case .leftOut: own.leftOut = called
            case .promisedKept: own.keptInstead = called
            case .asMissed: break
            }
            counts[p * grid.callers.count + c] += own
            let cell = p * grid.callers.count + c
            if moments[cell] == nil || contacts > moments[cell]?.weight ?? 0 {
                moments[cell] = ForecastMoment(weight: contacts, rates: rates[s], view: view)
            }
            if let redial = types[one.type].redial { redialing[c] += own.abandoned * redial.share }
        }
    }

    // MARK: Queues

    private mutating func setRates(_ s: Int, coming: [Double], handling: [Double]) {
        let sets = grid.sets
        var new = SetRates()
        new.people = people[s] * scale[s]
        var load = 0.0
        var flow = 0.0
        var leaving = 0.0
        var staying: [SetRates.Staying] = []
        var busyOf: [(callers: Int, rate: Double)] = []
        for entry in sets.entries[s] where coming[entry.callers] > 0 {
            let c = entry.callers
            let one = grid.callers[c]
            let all = coming[c] * (1 - lost[c])
            var idleRate = all * (1 - returning[c])
            var busyRate = idleRate + all * returning[c] / max(0.1, allTaken[sets.reach[c] ?? s])
            if !entry.isInside {
                idleRate *= entry.before.map { allTaken[$0] } ?? 1
                if !entry.elsewhere.isEmpty {
                    let here = entry.here.reduce(0) { $0 + max(1e-6, idle[sets.single[$1]]) * present($1) }
                    let there = entry.elsewhere.reduce(0) { $0 + max(1e-6, idle[sets.single[$1]]) * present($1) }
                    idleRate *= here + there > 0 ? here / (here + there) : 0
                }
                busyRate *= waitingShare(entry, set: s)
            }
            let time = handlingTime(c, one, set: s, handling: handling[c])
            let mixed = idleRate * (1 - allTaken[s]) + busyRate * allTaken[s]
            flow += mixed
            load += mixed * time
            new.idle += idleRate
            new.busy += busyRate
            leaving += busyRate * (grid.leaving[one.type] + exits(c, one))
            busyOf.append((c, busyRate))
        }
        for c in helped {
            let one = grid.callers[c]
            let extra = helpersLoad(c, one, set: s, coming: coming, handling: handling[c])
            new.idle += extra.rate
            flow += extra.rate
            load += extra.load
        }
        new.service = flow > 0 && load > 0 ? flow / load : rates[s].service
        new.leaving = new.busy > 0 ? leaving / new.busy : max(rates[s].leaving, 1e-6)
        for (c, rate) in busyOf where new.busy > 0 {
            staying += bounds(c, set: s, share: rate / new.busy, service: new.people * new.service)
        }
        new.staying = staying.sorted { $0.from < $1.from }
        rates[s] = new
    }

    /// Of callers whom others serve too: the part who wait for people of a set while all of it are taken. They wait where
    /// the others are taken as well, and are then served by whoever serves them, in proportion: by those of the set who
    /// do, not by all of it. That all who serve them are taken is judged by those who are both.
    private func waitingShare(_ entry: ServingSets.Entry, set s: Int) -> Double {
        let whole = grid.sets.reach[entry.callers] ?? s
        guard people[whole] > 0, allTaken[s] > 1e-9 else { return 0 }
        let serving = entry.serving.reduce(0) { $0 + people[grid.sets.single[$1]] }
        let shared = max(entry.servingSet.map { allTaken[$0] } ?? allTaken[s], 1e-9)
        return min(1, allTaken[whole] / shared) * serving / people[whole]
    }

    /// How far the state in which somebody hung up is still there when they call again: busy times die away at the pace
    /// at which contacts come and go, and the time until the redial is taken to be exponential.
    private func stillTaken(_ c: Int, after delay: Double) -> Double {
        guard let s = grid.sets.reach[c] else { return 0 }
        let rates = rates[s]
        let pace = rates.service + rates.busy / max(1, rates.people)
        return 1 / (1 + pace * max(1, rates.people.squareRoot()) * delay)
    }

    private func present(_ g: Int) -> Double { people[grid.sets.single[g]] > 0 ? 1 : 0 }

    /// What one contact takes of a person, or of a hand where hands count.
    private func handlingTime(_ c: Int, _ one: Callers, set s: Int, handling: Double) -> Double {
        var weight = 0.0
        var sum = 0.0
        for g in grid.sets.groups[s] {
            guard let factor = one.factors[g] else { continue }
            let here = max(1e-9, people[grid.sets.single[g]])
            weight += here
            sum += here * factor
        }
        let time = handling * (weight > 0 ? sum / weight : 1)
        let paces = grid.paces[one.type]
        guard paces.count > 1 else { return time }
        let full = paces[paces.count - 1]
        if scale[s] > 1 {
            // With so many in hand on average.
            let used = people[s] > 0 ? max(0, people[s] - idle[s]) / people[s] * Double(paces.count) : 0
            let place = min(Double(paces.count - 1), max(0, used - 1))
            let low = Int(place)
            let high = min(low + 1, paces.count - 1)
            return time * (paces[low] + (paces[high] - paces[low]) * (place - Double(low)))
        }
        // While people are idle each has one in hand, and more only when all are taken.
        return time * ((1 - allTaken[s]) + allTaken[s] * full / Double(paces.count))
    }

    /// What callers give up or are taken out of the queue for while they wait, besides their patience.
    private func exits(_ c: Int, _ one: Callers) -> Double {
        var rate = 0.0
        for (h, helpers) in one.helpers.enumerated() where helpers.whenWaiting == nil && helpers.after > 0 {
            let set = grid.sets.helping[c][h]
            guard people[set] > 0 else { continue }
            rate += (1 - allTaken[set]) / helpers.after
        }
        return rate
    }

    private func helpersLoad(
        _ c: Int, _ one: Callers, set s: Int, coming: [Double], handling: Double
    ) -> (rate: Double, load: Double) {
        guard let reach = grid.sets.reach[c] else { return (0, 0) }
        var rate = 0.0
        var load = 0.0
        let own = rates[reach]
        for (h, helpers) in one.helpers.enumerated() {
            let here = helpers.groups.filter { grid.sets.groups[s].contains($0) }
            let set = grid.sets.helping[c][h]
            guard !here.isEmpty, people[set] > 0, own.busy > 0 else { continue }
            let part = here.reduce(0) { $0 + people[grid.sets.single[$1]] } / people[set]
            let share = min(1, coming[c] / own.busy)
            let flow: Double
            if let count = helpers.whenWaiting {
                flow = coming[c] * queues[reach].moreWaiting(than: Double(count - 1), people: own.people)
            } else {
                flow = queues[reach].waiting(own.people) * share / max(1, helpers.after)
            }
            rate += flow * part
            load += flow * part * (handling * helpers.factor + helpers.connect)
        }
        return (rate, load)
    }

    /// Lengths of the queue from which some do not stay.
    private func bounds(_ c: Int, set s: Int, share: Double, service: Double) -> [SetRates.Staying] {
        guard grid.areBounded[c] else { return [] }
        let one = grid.callers[c]
        let type = grid.types[one.type]
        var bounds: [SetRates.Staying] = []
        if let balking = type.balking {
            bounds.append(.init(from: balking.over * service, share: 1 - share * balking.share))
        }
        if let callback = type.callback {
            let there = PortableMath.exp(-grid.leaving[one.type] * callback.offerAfter)
            bounds.append(
                .init(from: callback.offerAfter * service, share: 1 - share * callback.accepted * there))
        }
        if let most = type.blockedAt { bounds.append(.init(from: Double(most), share: 1 - share)) }
        for (h, helpers) in one.helpers.enumerated() {
            guard let count = helpers.whenWaiting, people[grid.sets.helping[c][h]] > 0 else { continue }
            bounds.append(
                .init(from: Double(count - 1), share: 1 - share * (1 - allTaken[grid.sets.helping[c][h]])))
        }
        return bounds
    }

    private func view(
        of c: Int, _ one: Callers, set s: Int, coming: [Double], handling: [Double]
    ) -> QueueView {
        let type = grid.types[one.type]
        var view = QueueView(
            within: type.target?.acceptableWait ?? 0, shortAbandon: type.shortAbandon, leaving: grid.leaving[one.type])
        view.looksAtShort = type.target?.rule.looksAtShortHangups ?? false
        view.returning = returning[c]
        view.reserve = Double(type.idleReserve) * scale[s]
        var among = 0.0
        var after = 0.0
        for entry in grid.sets.entries[s] where coming[entry.callers] > 0 {
            let other = grid.types[grid.callers[entry.callers].type]
            var rate = coming[entry.callers]
            if !entry.isInside {
                rate *= waitingShare(entry, set: s)
            }
            if other.priority < type.priority { view.before += rate }
            if other.priority <= type.priority { among += rate } else { after += rate }
        }
        if after > 0.02 * among { view.among = among }
        var time = 0.0
        for g in grid.sets.groups[s] where people[grid.sets.single[g]] > 0 {
            view.listLoad += offered[g]
            time += offered[g] * listTime[g]
            view.backlog += backlog[g] * people[grid.sets.single[g]] / max(1e-9, people[s])
        }
        view.listService = view.listLoad > 0 && time > 0 ? view.listLoad / time : rates[s].service
        if grid.paces[one.type].count > 1, scale[s] == 1 {
            let load = coming[c] * handlingTime(c, one, set: s, handling: handling[c])
            view.extraHand = 1 - PortableMath.exp(-0.6 * load)
        }
        for (h, helpers) in one.helpers.enumerated() where helpers.whenWaiting == nil {
            let set = grid.sets.helping[c][h]
            guard people[set] > 0 else { continue }
            view.help.append((helpers.after, 1 - allTaken[set]))
        }
        return view
    }

    // MARK: Lists

    private mutating func promise(_ one: Callers, set s: Int, contacts: Double) -> Double {
        guard let callback = grid.types[one.type].callback else { return 0 }
        let service = rates[s].people * rates[s].service
        let many = queues[s].moreWaiting(than: callback.offerAfter * service, people: rates[s].people)
        let there = PortableMath.exp(-grid.leaving[one.type] * callback.offerAfter)
        let called = contacts * many * callback.accepted * there
        promised[callback.contactType] += called
        return called
    }

    /// Contacts that come to lie in a list, those that were promised among them.
    private mutating func arrive(_ expected: Double, list c: Int, period p: Int, timeSpan: TimeSpan) -> Double {
        let t = grid.callers[c].type
        let contacts = expected + promised[t] * grid.callers[c].share
        if c + 1 == grid.callers.count || grid.callers[c + 1].type != t { promised[t] = 0 }
        guard contacts > 0 else { return 0 }
        let middle = (timeSpan.start + timeSpan.end) / 2
        let wait = grid.types[t].target?.acceptableWait ?? .infinity
        let due = grid.clocks[t].map { $0.time(after: wait, from: middle) } ?? middle + wait
        counts[p * grid.callers.count + c].offered += contacts
        deferred[c].add(contacts, period: p, came: middle, due: due)
        return contacts
    }

    /// What has become urgent goes before everything, or first of its priority: people are with it instead of on the line,
    /// but for those whom more urgent callers take.
    private mutating func takeUrgent(_ timeSpan: TimeSpan, period p: Int, step i: Int) {
        for c in grid.callers.indices where deferred[c].waiting > 1e-12 {
            let type = grid.types[grid.callers[c].type]
            guard
                let change = type.escalations.first(where: { ($0.priority != nil || $0.isFirst) && $0.after.isFinite })
            else { continue }
            let urgent = deferred[c].waiting(since: timeSpan.start - ((change.from ?? change.after) + change.after) / 2)
            guard urgent > 0 else { continue }
            let kept = takenBy(moreUrgentThan: change.isFirst ? type.priority : .min, step: i, timeSpan).enumerated()
                .map {
                    min($1, people[grid.sets.single[$0]] * timeSpan.length)
                }
            var free = kept.indices.map { people[grid.sets.single[$0]] * timeSpan.length - kept[$0] }
            let done = work(off: urgent, list: c, free: &free, period: p)
            for g in kept.indices { people[grid.sets.single[g]] = (free[g] + kept[g]) / timeSpan.length }
            finish(done, list: c, timeSpan: timeSpan)
        }
    }

    /// Seconds by group that callers of more urgent priorities take in a step.
    private func takenBy(moreUrgentThan priority: Int, step i: Int, _ timeSpan: TimeSpan) -> [Double] {
        var taken = [Double](repeating: 0, count: groupCount)
        for (c, one) in grid.callers.enumerated() where grid.sets.reach[c] != nil {
            guard grid.types[one.type].priority < priority else { continue }
            let work = grid.work[i * grid.types.count + one.type] * one.share * grid.types[one.type].handlingTimeMean
            let able = one.ranks.first { $0.contains { people[grid.sets.single[$0]] > 0 } } ?? []
            let there = able.reduce(0) { $0 + people[grid.sets.single[$1]] }
            for g in able where there > 0 { taken[g] += work * people[grid.sets.single[g]] / there }
        }
        return taken
    }

    /// Idle people take what lies in lists: the most urgent first, of one urgency what is due first.
    private mutating func workOff(_ timeSpan: TimeSpan, period p: Int, coming: [Double]) {
        for g in 0..<groupCount { (offered[g], backlog[g], listTime[g]) = (0, 0, 0) }
        let order = grid.callers.indices.filter { grid.sets.reach[$0] == nil && deferred[$0].waiting > 1e-12 }.sorted {
            (grid.types[grid.callers[$0].type].priority, deferred[$0].head, $0)
                < (grid.types[grid.callers[$1].type].priority, deferred[$1].head, $1)
        }
        guard !order.isEmpty else { return }
        var free = (0..<groupCount).map { max(0, idle[grid.sets.single[$0]]) * timeSpan.length }
        for c in order {
            let one = grid.callers[c]
            let type = grid.types[one.type]
            let done = work(off: deferred[c].waiting, list: c, free: &free, period: p)
            finish(done, list: c, timeSpan: timeSpan)
            guard !type.channel.isInterruptible else { continue }
            let able = one.ranks.joined().reduce(0) { $0 + people[grid.sets.single[$1]] }
            let left = able > 0 ? min(1, deferred[c].waiting / able) : 0
            let each = max(1e-9, type.workMean)
            var passed = 1.0
            for rank in one.ranks {
                let all = rank.reduce(0) { $0 + max(0, idle[grid.sets.single[$1]]) }
                for g in rank where people[grid.sets.single[g]] > 0 {
                    let load =
                        coming[c] * each * passed * (all > 0 ? max(0, idle[grid.sets.single[g]]) / all : 1)
                    let time = listTime[g] * offered[g] + load * each
                    offered[g] += load
                    listTime[g] = offered[g] > 0 ? time / offered[g] : each
                    if left > backlog[g] { (backlog[g], listTime[g]) = (left, max(listTime[g], each)) }
                }
                for g in rank { passed *= allTaken[grid.sets.single[g]] }
            }
        }
    }

    /// How much of a list people do who are free for so many seconds, by group; those of a better rank first.
    private mutating func work(off contacts: Double, list c: Int, free: inout [Double], period p: Int) -> Double {
        let one = grid.callers[c]
        let each = max(1e-9, grid.types[one.type].workMean)
        var done = 0.0
        for rank in one.ranks {
            let all = rank.reduce(0) { $0 + free[$1] }
            guard all > 0 else { continue }
            let factor = rank.reduce(0) { $0 + free[$1] / all * (one.factors[$1] ?? 1) }
            let part = min(1, factor * each * (contacts - done) / all)
            for g in rank where free[g] > 0 {
                let used = free[g] * part
                free[g] -= used
                done += used / (each * factor)
                inLists[p * groupCount + g] += used
            }
        }
        return min(done, contacts)
    }

    private mutating func finish(_ done: Double, list c: Int, timeSpan: TimeSpan) {
        guard done > 0 else { return }
        let tries = grid.types[grid.callers[c].type].tries
        // Whom no try reaches is never answered.
        var reached = 1.0
        if let tries {
            var missed = 1.0
            for _ in 0..<tries.attempts { missed *= tries.noAnswer }
            reached -= missed
        }
        var found: [(Int, Double, Bool)] = []
        deferred[c].finish(done, by: (timeSpan.start + timeSpan.end) / 2) { found.append(($0, $1, $2)) }
        for (period, part, isInTime) in found {
            let cell = period * grid.callers.count + c
            counts[cell].answered += part * reached
            if isInTime { counts[cell].answeredInTime += part * reached }
        }
    }
}
