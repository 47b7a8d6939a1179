import Center
import Probability
import Queueing
import Simulator
import Tabular

/// Everything that the forecast reads of a scenario, cut into steps of a few minutes.
struct ForecastGrid: Sendable {
    let scenario: Scenario
    /// Contact types with what contacts bring about as arrivals.
    let types: [ContactType]
    let callers: [Callers]
    let sets: ServingSets
    let variants: DayVariants
    /// The reporting period and the length of each step, seconds.
    let steps: [TimeSpan]
    let period: [Int]
    /// `[step][type]`: contacts expected, and each counted as often as its handling time exceeds the usual.
    let contacts: [Double]
    let work: [Double]
    /// `[step][group]`: people on duty, shrinkage not taken off, less what is lost by coming late.
    let onDuty: [Double]
    let isCurve: [Bool]
    /// Callers who give up in a second, each, by type.
    let leaving: [Double]
    let clocks: [OpenClock?]
    /// By callers, whether some do not stay in queues of a certain length.
    let areBounded: [Bool]
    /// How many contacts are in hand, by type: what each takes beside so many others.
    let paces: [[Double]]

    /// Steps of no more than so many seconds, while there is not too much to do.
    private static let step = 600.0
    private static let mostWork = 150_000

    /// `patient` are the types of whom nobody is taken to hang up.
    init(_ given: Scenario, patient: Set<Int>) {
        let scenario = given.averaged
        self.scenario = scenario
        types = ExpectedFlows(given).types
        callers = Callers.all(of: scenario)
        sets = ServingSets(callers, scenario)
        let periods = scenario.horizon.periods
        // Long horizons and large centers take larger steps and fewer variants of each day.
        let cells = periods.count * max(1, sets.groups.count)
        let most = max(1, Self.mostWork / max(1, cells))
        // One person who may be away is more of a lottery than one of many.
        let isSmall = scenario.agentGroups.contains { group in
            switch group.staffing {
            case .asNeeded: false
            case .curve(let portions): (portions.map(\.agents).max() ?? 3) < 3
            case .shifts(let blocks): (blocks.map(\.people).max() ?? 3) < 2
            }
        }
        variants = DayVariants(scenario, most: most >= 28 && isSmall ? 7 : most >= 6 ? 3 : 1)
        let perPeriod = max(1, most / variants.count)
        var steps: [TimeSpan] = []
        var places: [Int] = []
        for (p, period) in periods.enumerated() {
            let length = period.end - period.start
            let count = max(1, min(perPeriod, Int((length / Self.step).rounded(.up))))
            for i in 0..<count {
                steps.append(
                    TimeSpan(
                        period.start + length * Double(i) / Double(count),
                        period.start + length * Double(i + 1) / Double(count)))
                places.append(p)
            }
        }
        self.steps = steps
        period = places
        var fine = scenario.horizon
        fine.periods = zip(steps, places).map { timeSpan, p in
            var period = periods[p]
            (period.start, period.end) = (timeSpan.start, timeSpan.end)
            return period
        }
        var contacts = [Double](repeating: 0, count: steps.count * types.count)
        var work = contacts
        for (t, type) in types.enumerated() {
            let isDeferred = type.channel.kind == .deferred
            for (i, demand) in IntervalDemand.all(of: type, in: fine).enumerated() {
                let cell = i * types.count + t
                contacts[cell] = isDeferred ? demand.contacts : demand.taken
                work[cell] = contacts[cell] * (demand.taken > 0 ? demand.weight / demand.taken : 1)
            }
        }
        self.contacts = contacts
        self.work = work
        let groupCount = scenario.agentGroups.count
        var onDuty = ScheduledTime(scenario, timeSpans: steps).onDuty
        let kept = scenario.agentGroups.indices.map(given.kept)
        for i in steps.indices {
            for g in 0..<groupCount { onDuty[i * groupCount + g] *= kept[g] / steps[i].length }
        }
        self.onDuty = onDuty
        isCurve = scenario.agentGroups.map { if case .shifts = $0.staffing { false } else { true } }
        let types = types
        leaving = types.indices.map { t in
            guard !patient.contains(t), let patience = types[t].patience else { return 0 }
            return Self.rate(patience, over: types[t].target?.acceptableWait ?? 60)
        }
        clocks = types.map { $0.target?.clock == .openHours ? OpenClock($0.open) : nil }
        areBounded = callers.map { one in
            types[one.type].balking != nil || types[one.type].callback != nil || types[one.type].blockedAt != nil
                || one.helpers.contains { $0.whenWaiting != nil }
        }
        paces = types.map(\.channel.paces)
    }

    /// The constant rate at which as many give up in the waits that matter as by the law itself.
    private static func rate(_ patience: Distribution, over wait: Double) -> Double {
        if let law = patience.shape as? Exponential { return 1 / max(1, law.mean) }
        let wait = min(max(wait, 30) * 1.5, patience.mean)
        var (low, high) = (1e-9, 1 - 1e-9)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if patience.quantile(middle) < wait { low = middle } else { high = middle }
        }
        return min(1, max(1e-9, -PortableMath.log(1 - low) / max(1, wait)))
    }
}
