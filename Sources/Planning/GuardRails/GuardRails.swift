import Center
import Experiments
import Probability
import Queueing
import Simulator
import Tabular

/// What formulas say of the pooled and of the dedicated center, beside what was simulated.
///
/// Each contact type stands alone with people as `SharedPeople` has them, period by period; contacts that find it closed
/// count as offered. A simulated figure outside the band is no mistake as such, but it has a reason, which is named.
public struct GuardRails: Sendable {
    /// In the order of contact types, then service level, average wait, hang-ups.
    public let rails: [GuardRail]
    /// Types of which the formulas know too little: all of a day that is taken up, else where they, or those with whom they share people, are brought about by
    /// others, lie in lists, or are handled several at once.
    public let leftOut: [Int]

    /// The figures that lie outside their band.
    public var outside: [GuardRail] { rails.filter { $0.position != .inside } }

    /// Works out both formulas for every contact type and counted period of the scenario that was simulated.
    public init(_ results: Results) {
        let scenario = results.scenario.averaged
        let types = scenario.contactTypes
        let periods = scenario.horizon.periods
        let demand = types.map { IntervalDemand.all(of: $0, in: scenario.horizon) }
        let carried = types.map { type in
            periods.contains { LagRule.auto.applies(handlingTime: type.handlingTimeMean, length: $0.end - $0.start) }
                ? CarriedWork(type) : nil
        }
        var work = [Double](repeating: 0, count: periods.count * types.count)
        for (t, type) in types.enumerated() {
            for p in periods.indices where demand[t][p].open > 0 {
                let own = demand[t][p]
                let handling = own.handlingTime(usual: type.handlingTimeMean) ?? type.handlingTimeMean
                work[p * types.count + t] =
                    carried[t]?.mean(over: TimeSpan(periods[p].start, periods[p].end)) ?? own.taken * handling
                    / own.open
            }
        }
        let present = SharedPeople(scenario, work: work)
        let counted = scenario.experiment.counted ?? 0..<periods.count
        let brought = ExpectedFlows.broughtAbout(in: types)
        let isPlain = types.indices.map { !brought.contains($0) && Self.isPlain(types[$0]) }
        // Lent people are shared too.
        let people = zip(scenario.groupsByType, types).map { Set($0).union($1.escalations.flatMap(\.groups)) }
        var shared = [[Int]](repeating: [], count: scenario.agentGroups.count)
        for (t, groups) in people.enumerated() {
            for g in groups { shared[g].append(t) }
        }
        let servesPlain = shared.map { $0.allSatisfy { isPlain[$0] } }
        leftOut = types.indices.filter { t in
            scenario.runningDay != nil || !isPlain[t] || !people[t].allSatisfy { servesPlain[$0] }
        }
        let isLeftOut = Set(leftOut)
        let isUneven = scenario.absences.unplanned > 0 || scenario.absences.inShift > 0
        var rails: [GuardRail] = []
        for (t, type) in types.enumerated() where !isLeftOut.contains(t) {
            let shares = periods.indices.map { present.dedicated(period: $0, contactType: t) }
            let all = periods.indices.map { present.pooled(period: $0, contactType: t) }
            let column = periods.indices.map { work[$0 * types.count + t] }
            let worst = Self.flows(
                type, demand[t], column, shares, counted: counted, rules: scenario.rules, side: .worst)
            let best = Self.flows(type, demand[t], column, all, counted: counted, rules: scenario.rules, side: .best)
            let beyond = BeyondFormulas(t, in: results.scenario)
            let fewest = zip(shares, column).filter { $1 > 0 }.map(\.0).min() ?? 0
            func add(_ metric: Metric, _ estimate: Estimate?, _ dedicated: Double?, _ pooled: Double?, up: Bool) {
                guard let estimate, let dedicated, let pooled, estimate.halfWidth.isFinite else { return }
                rails.append(
                    GuardRail(
                        contactType: t, metric: metric, higherIsBetter: up, simulated: estimate, dedicated: dedicated,
                        pooled: pooled, isFluid: worst.isFluid || best.isFluid
                    ) { position in
                        // Those that share people with the type.
                        let neighbours = Set(people[t].flatMap { shared[$0] }).subtracting([t]).sorted()
                        return Self.reason(
                            position, type: type, neighbours: neighbours, types: types, isLong: carried[t] != nil,
                            fewest: fewest, isUneven: isUneven, beyond: beyond)
                    })
            }
            let figures = results.types[t]
            if let target = type.target {
                add(
                    Metric(serviceLevelOf: target.rule), figures.serviceLevel.estimate(confidence: results.confidence),
                    worst.flows.level(target.rule), best.flows.level(target.rule), up: true)
            }
            add(
                .asa, figures.tally(.asa).estimate(confidence: results.confidence), worst.flows.speedOfAnswer,
                best.flows.speedOfAnswer, up: false)
            if type.patience != nil {
                add(
                    .abandonment, figures.tally(.abandonment).estimate(confidence: results.confidence),
                    worst.flows.abandonment, best.flows.abandonment, up: false)
            }
        }
        self.rails = rails
    }

    private static func flows(
        _ type: ContactType, _ demand: [IntervalDemand], _ work: [Double], _ people: [Double], counted: Range<Int>,
        rules: Rules, side: RailQueue.Side
    ) -> (flows: RailFlows, isFluid: Bool) {
        var queue = RailQueue(type)
        var sum = RailFlows()
        var inSystem = 0.0
        var isFluid = false
        for (p, own) in demand.enumerated() {
            let isCounted = counted.contains(p)
            if isCounted {
                let away = max(0, own.contacts - own.taken)
                sum += RailFlows(turnedAway: away, isLeftOut: rules.closed == .leftOut)
            }
            guard own.open > 0 else {
                // Whoever is in service when it closes is gone by the next opening.
                inSystem = 0
                continue
            }
            let handling = own.handlingTime(usual: type.handlingTimeMean) ?? type.handlingTimeMean
            guard handling > 0 else {
                sum += RailFlows(fluid: isCounted ? own.taken : 0, inTime: 1, waiting: 0)
                continue
            }
            // The contacts that would bring the work in hand if they came evenly.
            let contacts = work[p] * own.open / handling
            let before = inSystem
            let wave = queue.fluid(
                contacts: contacts, per: own.open, handlingTime: handling, people: people[p], inSystem: &inSystem)
            if queue.isPatient, work[p] >= people[p] || before > people[p] {
                isFluid = true
                guard isCounted else { continue }
                sum +=
                    side == .best
                    ? wave.scaled(by: contacts > 0 ? own.taken / contacts : 0) : RailFlows(lost: own.taken)
            } else if isCounted {
                sum += queue.settled(
                    contacts: contacts, per: own.open, handlingTime: handling, people: people[p], counted: own.taken)
            }
        }
        return (sum, isFluid)
    }

    /// Whether a type's contacts come by arriving and calling again alone, as far as its own settings say, and wait for one
    /// agent each.
    private static func isPlain(_ type: ContactType) -> Bool {
        type.isOnTheLine && type.origin == nil && type.callback == nil && type.escalations.isEmpty
            && type.channel.lines == nil && type.blockedAt == nil && type.idleReserve == 0
            && type.balking == nil && type.interpreter == nil && type.handlingPace == nil && type.setUp == 0
            && type.deferredWrapUp == nil && !type.followOns.contains { $0.handOver != nil }
    }

    private static func reason(
        _ position: GuardRail.Position, type: ContactType, neighbours: [Int], types: [ContactType], isLong: Bool,
        fewest: Double, isUneven: Bool, beyond: BeyondFormulas
    ) -> RailReason {
        let before = neighbours.filter { types[$0].priority < type.priority }
        if position == .worse, !before.isEmpty { return .priority(before.map { types[$0].id }) }
        if position == .worse, beyond.dividesByLanguage { return .languages }
        if position == .worse, !neighbours.isEmpty { return .sharing(neighbours.map { types[$0].id }) }
        if position == .better, type.handlingTimeSpread < 0.8 { return .steadyHandling }
        if position == .worse, type.handlingTimeSpread > 1.25 { return .unsteadyHandling }
        if isLong { return .longContacts }
        if fewest < 3 { return .fewPeople }
        if position == .worse, isUneven { return .unevenPresence }
        return beyond.settings.isEmpty ? .unknown : .beyondFormulas(beyond.settings)
    }
}
