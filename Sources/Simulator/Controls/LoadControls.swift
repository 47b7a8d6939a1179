import Center
import Probability
import Queueing

/// Control variates from a center with agents for everybody, played on the same arrivals and work.
///
/// Were nobody ever to wait, the contacts in hand at an instant would be Poisson, given each day's factor, with a mean
/// that is known exactly (M(t)/G/∞: Eick, Massey, Whitt 1993). How often that number comes out above the people who are
/// there says much of how many wait in the center as it is. For each class of contacts the controls are:
///
/// - *late*: arrivals, each with its chance of waiting too long among as many as it would find;
/// - *beforehand*: what days' factors, leave and each person who stays away, known before the first contact, do to *late*
///   one by one.
///
/// More of them would explain little more, and cost an interval of few runs as much as they bring. Deferred work has none:
/// it waits for whoever is free, so that what is in hand says nothing of it, nor it of those on the line; nor has what
/// contacts bring about. Each is centered on its mean, *late* on that given days' factors and who is there, so its mean is
/// 0 whatever the center does. Time is cut into cells; a cell's arrivals are independent of what is in hand at its
/// beginning.
package struct LoadControls: Sendable {
    package enum Control: Int, CaseIterable {
        case late, beforehand
        package static let count = allCases.count
    }

    struct TypePlan: Sendable {
        /// The random part of the handling whose spread is widest counts as drawn, the others with their means.
        var part: Part
        var rest: Double
        var classes: Range<Int>
        /// By class, its part of the type's contacts.
        var shares: [Double]
        /// `[place]`: expected arrivals on a usual day, and what is in hand of those who arrive on the cell's day and on
        /// days before.
        var arrivals: [Double]
        var today: [Double]
        var before: [Double]
        var varies: Bool
        var total: Double
    }

    enum Part: Sendable {
        case talk, hold, wrapUp
    }

    /// The classes whose contacts nobody but certain groups can serve: where those groups are all busy, everybody of
    /// these classes waits (Hall's condition). Classes at home here can go to all of these groups and to no other.
    struct Bottleneck: Sendable {
        var members: [Int]
        var homes: [Int]
        var groups: [Int]
        /// Types of its members, with their members' part of the type's contacts.
        var types: [(type: Int, share: Double)]
        var timeSteps: [Int]
        var table: LateTable
    }

    let step: Double
    let timeStepCount: Int
    let dayOfTimeStep: [Int]
    let types: [TypePlan]
    let typeOfClass: [Int]
    private(set) var bottlenecks: [Bottleneck]
    let duty: [DutyPlan]
    /// `[class]`: what a day's factor of a type does to *late*, and what an absence draw of a group does by eighths.
    private(set) var factorWeights: [[(place: Int, weight: Double)]]
    private(set) var absenceWeights: [[(place: Int, weights: [Double])]]
    /// `[class]`: of groups whose people may stay away, what one more of them does to *late* by step group of the group's duty.
    private(set) var surplusWeights: [[(group: Int, weights: [Double])]]
    private let unplanned: Double
    package static let absenceBins = 8

    /// Steps that divide a quarter of an hour, seconds.
    private static let steps: [Double] = [
        900, 450, 300, 225, 180, 150, 100, 90, 75, 60, 50, 45, 36, 30, 25, 20, 15, 10, 5,
    ]

    /// Nil where the mean of what is in hand is not known: counted volumes, or times that no step divides.
    init?(_ scenario: Scenario, types plans: [Blueprint.TypePlan], classes: [Blueprint.ClassPlan]) {
        let horizon = scenario.horizon
        guard plans.allSatisfy({ !$0.given.volumes.isCounted }), let step = Self.step(scenario) else { return nil }
        self.step = step
        let timeStepCount = Int((horizon.length / step).rounded(.up))
        self.timeStepCount = timeStepCount
        var dayOfTimeStep: [Int] = []
        var day = 0
        for j in 0..<timeStepCount {
            while day + 1 < horizon.days.count, horizon.days[day + 1].start <= Double(j) * step { day += 1 }
            dayOfTimeStep.append(day)
        }
        self.dayOfTimeStep = dayOfTimeStep
        let types = plans.map { Self.typePlan($0, step: step, dayOfTimeStep: dayOfTimeStep) }
        self.types = types
        typeOfClass = classes.map(\.type)
        let duty = scenario.agentGroups.map {
            DutyPlan($0, absences: scenario.absences, horizon: horizon, step: step, timeStepCount: timeStepCount)
        }
        self.duty = duty
        bottlenecks = Self.bottlenecks(plans, classes, types, duty)
        factorWeights = classes.map { _ in [] }
        absenceWeights = factorWeights.map { _ in [] }
        surplusWeights = factorWeights.map { _ in [] }
        unplanned = scenario.absences.unplanned
        weighBeforehand()
    }

    /// The longest step that is well below every mean handling time and divides all times at which a rate or an opening
    /// changes.
    package static func step(_ scenario: Scenario) -> Double? {
        let types = scenario.contactTypes.filter { type in type.arrivals.contains { $0.contacts > 0 } }
        let live = types.filter { $0.channel.kind == .live }
        guard let shortest = live.map(\.handlingTimeMean).min() else { return nil }
        var times: Set<Double> = []
        for type in types {
            for portion in type.arrivals {
                times.formUnion([portion.timeSpan.start, portion.timeSpan.end])
                let crosses = scenario.horizon.days.contains {
                    $0.start > portion.timeSpan.start && $0.start < portion.timeSpan.end
                }
                if crosses, type.dayToDay > 0 { return nil }
            }
            for timeSpan in type.open { times.formUnion([timeSpan.start, timeSpan.end]) }
        }
        times.formUnion(scenario.horizon.days.map(\.start))
        let dividing = steps.filter { step in
            scenario.horizon.length / step < 1e6
                && times.allSatisfy { time in abs(time - (time / step).rounded() * step) < 1e-6 }
        }
        // A longer one where who is in hand would take too long to foresee: that is no worse than no control.
        guard let wanted = dividing.first(where: { $0 <= max(shortest / 3, 5) }) else { return nil }
        return dividing.last { $0 >= wanted && work(live, step: $0, length: scenario.horizon.length) <= mostWork }
    }

    /// Multiplications to foresee who is in hand: about half a second's.
    private static let mostWork = 5e8

    /// Cells with arrivals times cells that a contact can last, over the types.
    private static func work(_ types: [ContactType], step: Double, length: Double) -> Double {
        types.reduce(0) { sum, type in
            let timeSteps = type.arrivals.reduce(0) { $0 + ($1.contacts > 0 ? $1.timeSpan.length / step : 0) }
            let parts = [type.talk, type.hold, type.wrapUp].compactMap { $0 }
            let longest = parts.map { $0.quantile(1 - 1e-11) }.max() ?? 0
            return sum + timeSteps * min(length, longest) / step
        }
    }

    private static func typePlan(_ plan: Blueprint.TypePlan, step: Double, dayOfTimeStep: [Int]) -> TypePlan {
        let type = plan.given
        let count = dayOfTimeStep.count
        var parts: [(Part, Distribution)] = [(.talk, type.talk)]
        if let hold = type.hold { parts.append((.hold, hold)) }
        if let wrapUp = type.wrapUp { parts.append((.wrapUp, wrapUp)) }
        let widest = parts.max { $0.1.mean * $0.1.spread < $1.1.mean * $1.1.spread } ?? (.talk, type.talk)
        let rest = parts.reduce(0) { $0 + $1.1.mean } - widest.1.mean
        var arrivals = [Double](repeating: 0, count: count)
        var today = arrivals
        var before = arrivals
        var shapes: [Double: [Double]] = [:]
        for portion in type.arrivals where portion.contacts > 0 {
            let shape =
                plan.isDeferred
                ? []
                : shapes[portion.handlingFactor]
                    ?? staying(widest.1, rest: rest, factor: portion.handlingFactor, step: step, timeStepCount: count)
            shapes[portion.handlingFactor] = shape
            let first = Int((portion.timeSpan.start / step).rounded())
            let last = min(count, Int((portion.timeSpan.end / step).rounded()))
            guard first < last else { continue }
            let rate = portion.contacts / portion.timeSpan.length
            for i in first..<last {
                let middle = (Double(i) + 0.5) * step
                // Deferred work comes at any hour.
                let isTaken = plan.isDeferred || plan.waitingHours.contains { $0.start <= middle && middle < $0.end }
                guard isTaken else { continue }
                arrivals[i] += rate * step
                guard !plan.isDeferred else { continue }
                let reach = i + 1 + min(shape.count, count - i - 1)
                // The first cell that is not of the same day, for days follow each other.
                var midnight = reach
                while midnight > i + 1, dayOfTimeStep[midnight - 1] != dayOfTimeStep[i] { midnight -= 1 }
                Self.add(shape[..<(midnight - i - 1)], times: rate, to: &today, from: i + 1)
                Self.add(shape[(midnight - i - 1)..<(reach - i - 1)], times: rate, to: &before, from: midnight)
            }
        }
        var shares: [Double] = []
        var low = 0.0
        // As the engine chooses: whatever the bounds leave is the last language's.
        for bound in plan.languageBounds.dropLast() {
            shares.append(bound - low)
            low = bound
        }
        shares.append(1 - low)
        return TypePlan(
            part: widest.0, rest: rest, classes: plan.firstClass..<(plan.firstClass + plan.classCount), shares: shares,
            arrivals: arrivals, today: today, before: before, varies: type.dayToDay > 0,
            total: arrivals.reduce(0, +))
    }

    private static func add(
        _ shape: ArraySlice<Double>, times rate: Double, to timeSteps: inout [Double], from first: Int
    ) {
        timeSteps.withUnsafeMutableBufferPointer { timeSteps in
            shape.withUnsafeBufferPointer { shape in
                for k in shape.indices { timeSteps[first + k] += rate * shape[k] }
            }
        }
    }

    /// `[k]`: seconds of a cell's arrivals, spread evenly over it, that are still in hand k cells after its end.
    private static func staying(
        _ part: Distribution, rest: Double, factor: Double, step: Double, timeStepCount: Int
    ) -> [Double] {
        func shorter(_ x: Double) -> Double {
            let fixed = rest * factor
            return x <= fixed ? x : fixed + factor * part.meanUpTo((x - fixed) / factor)
        }
        var result: [Double] = []
        var reached = 0.0
        for k in 1...max(1, timeStepCount) {
            let next = shorter(Double(k) * step)
            if next - reached < 1e-11 * step, !result.isEmpty { break }
            result.append(max(0, next - reached))
            reached = next
        }
        return result
    }

    private static func bottlenecks(
        _ plans: [Blueprint.TypePlan], _ classes: [Blueprint.ClassPlan], _ types: [TypePlan], _ duty: [DutyPlan]
    ) -> [Bottleneck] {
        let reach = classes.map { Set($0.ranks.flatMap { $0 }) }
        var reaching: [Int: [Int]] = [:]
        for (c, groups) in reach.enumerated() {
            for g in groups { reaching[g, default: []].append(c) }
        }
        var result: [Bottleneck] = []
        struct Key: Hashable {
            var groups: Set<Int>
            var wait: Double
        }
        var known: [Key: Int] = [:]
        let isLive = classes.map { !plans[$0.type].isDeferred }
        for c in classes.indices
        where isLive[c] && !reach[c].isEmpty && types[classes[c].type].total > 0 {
            let key = Key(groups: reach[c], wait: classes[c].acceptableWait)
            if let index = known[key] {
                result[index].homes.append(c)
                continue
            }
            known[key] = result.count
            let near = reach[c].reduce(into: Set<Int>()) { $0.formUnion(reaching[$1] ?? []) }
            let members = near.filter { isLive[$0] && reach[$0].isSubset(of: reach[c]) }.sorted()
            var shares: [Int: Double] = [:]
            for m in members {
                let t = classes[m].type
                shares[t, default: 0] += types[t].shares[m - types[t].classes.lowerBound]
            }
            let pairs = shares.keys.sorted().map { (type: $0, share: shares[$0] ?? 0) }
            var work = 0.0
            var contacts = 0.0
            var most = 0.0
            for (t, share) in pairs {
                let type = plans[t].given
                contacts += share * types[t].total
                work +=
                    share * types[t].total * (type.talk.mean + (type.hold?.mean ?? 0) + (type.wrapUp?.mean ?? 0))
                let peak = types[t].today.indices.map { types[t].today[$0] + types[t].before[$0] }.max() ?? 0
                most += share * peak * (1 + 8 * type.dayToDay)
            }
            let groups = reach[c].sorted()
            result.append(
                Bottleneck(
                    members: members, homes: [c], groups: groups, types: pairs, timeSteps: [],
                    table: LateTable(
                        most: groups.reduce(0) { $0 + duty[$1].most }, load: most,
                        handlingTime: contacts > 0 ? work / contacts : 0, acceptableWait: key.wait)))
        }
        for b in result.indices {
            let homes = Set(result[b].homes.map { classes[$0].type })
            let count = types.first?.arrivals.count ?? 0
            result[b].timeSteps = (0..<count).filter { j in homes.contains { types[$0].arrivals[j] > 0 } }
        }
        return result
    }

    // MARK: What is known beforehand

    /// Contacts in hand at a cell's beginning that a bottleneck expects, given days' factors.
    @inline(__always)
    func load(_ bottleneck: Bottleneck, _ j: Int, factor: (_ type: Int, _ day: Int) -> Double) -> Double {
        var load = 0.0
        let day = dayOfTimeStep[j]
        for (t, share) in bottleneck.types {
            load += share * factor(t, day) * types[t].today[j]
            let before = types[t].before[j]
            if before > 0 { load += share * factor(t, max(0, day - 1)) * before }
        }
        return load
    }

    /// How *late* of a day would move with one factor or one group's absences alone, all else as usual. Any weights are
    /// valid, for the mean of what they weigh is taken off; good ones catch more.
    private mutating func weighBeforehand() {
        let days = (dayOfTimeStep.last ?? -1) + 1
        let usual = duty.map { Self.counts($0, timeStepCount, 0.5) }
        let bins = duty.map { plan in
            plan.varies
                ? (0..<Self.absenceBins).map {
                    Self.counts(plan, timeStepCount, (Double($0) + 0.5) / Double(Self.absenceBins))
                } : []
        }
        for (b, bottleneck) in bottlenecks.enumerated() {
            var table = bottleneck.table
            let people = (0..<timeStepCount).map { j in
                let planned = bottleneck.groups.reduce(0) { $0 + Int(usual[$1][j]) }
                return Int((Double(planned) * (1 - unplanned)).rounded())
            }
            var more = bottleneck.homes.map { _ in [Double](repeating: 0, count: timeStepCount + 1) }
            var timeStepsOfDay = [[Int]](repeating: [], count: days)
            for j in bottleneck.timeSteps { timeStepsOfDay[dayOfTimeStep[j]].append(j) }
            for d in 0..<days where !timeStepsOfDay[d].isEmpty {
                let timeSteps = timeStepsOfDay[d]
                let loads = timeSteps.map { load(bottleneck, $0) { _, _ in 1 } }
                if unplanned > 0 {
                    for (i, j) in timeSteps.enumerated() where people[j] > 0 {
                        // Halfway between one more and one fewer.
                        let fewer = table.mean(people[j] - 1, load: loads[i])
                        let gain = (table.mean(min(people[j] + 1, table.most), load: loads[i]) - fewer) / 2
                        for (h, c) in bottleneck.homes.enumerated() { more[h][j + 1] = expected(c, j) * gain }
                    }
                }
                for (t, share) in bottleneck.types where types[t].varies {
                    let change = 0.05
                    for c in bottleneck.homes {
                        var weight = 0.0
                        for (i, j) in timeSteps.enumerated() {
                            let arrivals = expected(c, j)
                            guard arrivals > 0 else { continue }
                            let own = typeOfClass[c] == t ? change : 0
                            let more = loads[i] + change * share * types[t].today[j]
                            let fewer = loads[i] - change * share * types[t].today[j]
                            weight +=
                                arrivals
                                * ((1 + own) * table.mean(people[j], load: more) - (1 - own)
                                    * table.mean(people[j], load: fewer))
                        }
                        factorWeights[c].append((t * days + d, weight / (2 * change)))
                    }
                }
                for g in bottleneck.groups where duty[g].varies {
                    for c in bottleneck.homes {
                        var weights = bins[g].map { counts -> Double in
                            var sum = 0.0
                            for (i, j) in timeSteps.enumerated() {
                                let n = people[j] - Int(usual[g][j]) + Int(counts[j])
                                sum += expected(c, j) * table.mean(n, load: loads[i])
                            }
                            return sum
                        }
                        let mean = weights.reduce(0, +) / Double(weights.count)
                        for i in weights.indices { weights[i] -= mean }
                        absenceWeights[c].append((g * days + d, weights))
                    }
                }
            }
            if unplanned > 0 {
                for (h, c) in bottleneck.homes.enumerated() {
                    for j in 0..<timeStepCount { more[h][j + 1] += more[h][j] }
                    for g in bottleneck.groups {
                        let weights = duty[g].totals(more[h])
                        if weights.contains(where: { $0 != 0 }) { surplusWeights[c].append((g, weights)) }
                    }
                }
            }
            bottlenecks[b].table = table
        }
    }

    private static func counts(_ plan: DutyPlan, _ timeStepCount: Int, _ u: Double) -> [Int32] {
        var counts = [Int32](repeating: 0, count: timeStepCount + 1)
        counts.withUnsafeMutableBufferPointer { plan.count(into: $0.baseAddress!) { _ in u } }
        return counts
    }

    /// Expected arrivals of a class in a cell on a usual day.
    @inline(__always)
    func expected(_ c: Int, _ j: Int) -> Double {
        let type = types[typeOfClass[c]]
        return type.shares[c - type.classes.lowerBound] * type.arrivals[j]
    }
}
