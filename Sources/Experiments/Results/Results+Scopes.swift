import Center
import Probability
import Queueing
import Simulator

extension Results {
    /// Figures of everything, of a contact type, or of a type in one language.
    ///
    /// All figures of contacts are made of the same sums by class and batch of runs, and all parts of a type have the
    /// same controls taken off. So types add up to everything, languages to their type, and a ratio is that of the
    /// counts beside it.
    public struct Scope: Sendable {
        fileprivate let results: Results
        fileprivate let parts: [Part]
        /// Everything; else one type, or a class of it.
        fileprivate let isAll: Bool
        fileprivate let isWhole: Bool
        fileprivate let target: ServiceTarget?

        /// Judged and met runs by batch: of all promises together, of a type or of a class.
        private var judgedByBatch: (judged: [Double], met: [Double]) {
            guard let part = parts.first, !isAll else { return results.ledger.judgedTogether }
            return isWhole
                ? results.ledger.judged(type: part.type) : results.ledger.judged(class: part.classes.lowerBound)
        }

        /// Sums over the replications, with the part taken off that controls explain.
        public var sum: Counts {
            var sum = Counts()
            for part in parts { sum.add(results.total(part, whole: isWhole)) }
            if isAll { sum.columns[ReplicationSums.Contact.oldest.rawValue] = results.ledger.oldestOfAll.reduce(0, +) }
            return sum
        }

        /// By the target's own rule; for everything together, over the types that have a target.
        public var serviceLevel: RatioSample {
            if isAll {
                let judged = parts.filter { results.scenario.contactTypes[$0.type].target != nil }
                return results.sample(judged, kind: .share(together: results.together(judged)), whole: true) { t in
                    let rule = results.scenario.contactTypes[t].target?.rule ?? .ofAllOffered
                    return ({ rule.numerator($0) }, { rule.denominator($0) })
                }
            }
            guard let rule = target?.rule else {
                return RatioSample(replications: results.ledger.replications, kind: .share(together: 1))
            }
            return results.sample(parts, kind: .share(together: results.together(parts)), whole: isWhole) { _ in
                ({ rule.numerator($0) }, { rule.denominator($0) })
            }
        }

        /// A figure of the catalogue with its interval at the scenario's confidence; nil where nothing was counted.
        public func estimate(_ metric: Metric) -> Estimate? {
            tally(metric).estimate(confidence: results.confidence)
        }

        /// A figure of the catalogue.
        ///
        /// Occupancy is that of all people together; people belong to no contact type, so of one there is none.
        public func tally(_ metric: Metric) -> RatioSample {
            if metric.name == Metric.occupancy.name {
                return isAll ? results.allOccupancy : results.occupancy(EmptyCollection())
            }
            var counted = parts
            if isAll {
                let m = Metric.catalogue.firstIndex { $0.name == metric.name }
                if let m, let types = results.together[m] { counted = parts.filter { types.contains($0.type) } }
                if metric.name == Metric.oldest.name {
                    return results.sampleOfOldest(isEmpty: counted.isEmpty)
                }
            }
            return results.sample(
                counted, kind: metric.unit == .percent ? .share(together: results.together(counted, metric)) : .mean,
                whole: isWhole, isPerRun: metric.isPerRun
            ) { _ in (metric.numerator, metric.denominator) }
        }

        /// Replications in which the target could be judged; of everything, all that is promised.
        public var judged: Int { Int(judgedByBatch.judged.reduce(0, +)) }
        /// Those of the judged in which the target was met.
        public var met: Int { Int(judgedByBatch.met.reduce(0, +)) }

        /// The share of judged replications that met the target.
        public var chanceMet: Double? { judged > 0 ? Double(met) / Double(judged) : nil }

        /// The same with Wilson's interval, on as many independent replications as the batches' spread is worth where
        /// replications depend on each other; nil when nothing could be judged.
        public func chance(confidence: Double) -> Estimate? {
            guard let share = chanceMet else { return nil }
            guard results.block > 1 || results.longRun != nil else {
                return Wilson.estimate(hits: met, trials: judged, confidence: confidence)
            }
            let (judgedRuns, metRuns) = judgedByBatch
            var sample = RatioSample(replications: results.ledger.replications, kind: .mean)
            sample.add(metRuns, over: judgedRuns, means: (Double(met), Double(judged)), fit: nil)
            let trials = sample.independentTrials(confidence: confidence) ?? Double(judged)
            return Wilson.estimate(
                share: share, trials: min(max(trials, 1), Self.most * Double(judged)), confidence: confidence)
        }

        /// How many times as much as independent replications those that are spread evenly may be worth.
        private static let most = 4.0
    }

    /// Some classes of a type.
    fileprivate struct Part: Sendable {
        var type: Int
        var classes: Range<Int>
    }

    /// Scopes in a row, each made when asked for.
    public struct Scopes: RandomAccessCollection, Sendable {
        fileprivate let results: Results
        fileprivate let isOfTypes: Bool
        /// Scopes are numbered from 0.
        public let startIndex = 0
        /// The number of contact types, or of classes.
        public var endIndex: Int { isOfTypes ? results.scenario.contactTypes.count : results.classes.count }

        /// The scope of a contact type or class, by its index.
        public subscript(i: Int) -> Scope {
            if isOfTypes {
                return Scope(
                    results: results, parts: [Part(type: i, classes: results.classesOfType[i])], isAll: false,
                    isWhole: true, target: results.scenario.contactTypes[i].target)
            }
            return Scope(
                results: results, parts: [Part(type: results.classes[i].type, classes: i..<(i + 1))], isAll: false,
                isWhole: false, target: results.target(ofClass: i))
        }
    }

    /// Contacts of a type, by its id, and in one language where one is given; nil where there are none such.
    public subscript(type id: String, language language: String? = nil) -> Scope? {
        guard let t = scenario.contactTypes.firstIndex(where: { $0.id == id }) else { return nil }
        guard let language else { return types[t] }
        return classesOfType[t].first { classes[$0].language == language }.map { byClass[$0] }
    }

    /// People of an agent group, by its id; nil where there is none.
    public subscript(group id: String) -> GroupScope? {
        scenario.agentGroups.firstIndex { $0.id == id }.map { groups[$0] }
    }

    /// Contacts of all types together.
    public var all: Scope {
        Scope(
            results: self,
            parts: scenario.contactTypes.indices.map { Part(type: $0, classes: classesOfType[$0]) }, isAll: true,
            isWhole: true, target: nil)
    }

    /// By contact type.
    public var types: Scopes { Scopes(results: self, isOfTypes: true) }

    /// By class: a type, or a type in one language.
    public var byClass: Scopes { Scopes(results: self, isOfTypes: false) }

    /// Languages in the order in which types name them, and in each the share of live contacts answered.
    public var languages: [(code: String, answered: RatioSample)] {
        spoken.map { code, classes in
            let metric = Metric.answeredShare
            let parts = classes.map { Part(type: self.classes[$0].type, classes: $0..<($0 + 1)) }
            let answered = sample(parts, kind: .callers, whole: false) { _ in
                (metric.numerator, metric.denominator)
            }
            return (code, answered)
        }
    }

    /// Replications at whose end some contacts of a type still waited.
    public func replicationsThatLeft(type t: Int) -> Int { Int(ledger.runsThatLeft(type: t)) }

    /// By agent group.
    public var groups: Groups { Groups(results: self) }

    /// Figures of one agent group over the whole horizon: seconds and contacts, summed over the replications.
    public struct GroupScope: Sendable {
        fileprivate let results: Results
        fileprivate let g: Int

        /// Busy ÷ present seconds, a ratio of means.
        public var occupancy: RatioSample { results.occupancy(CollectionOfOne(g)) }
        /// Seconds with contacts, after-contact work included.
        public var busy: Double { results.ledger.groupSum(g, .busy) }
        /// Seconds on duty.
        public var present: Double { results.ledger.groupSum(g, .present) }
        /// Contacts that the group answered.
        public var answered: Double { results.ledger.groupSum(g, .answered) }
        /// After the shift's end, where that is paid.
        public var overtime: Double { results.ledger.groupSum(g, .overtime) }
    }

    /// Groups in a row, each made when asked for.
    public struct Groups: RandomAccessCollection, Sendable {
        fileprivate let results: Results
        /// Groups are numbered as in the scenario.
        public let startIndex = 0
        /// The number of agent groups.
        public var endIndex: Int { results.scenario.agentGroups.count }
        /// The figures of a group by its index in the scenario.
        public subscript(g: Int) -> GroupScope { GroupScope(results: results, g: g) }
    }

    /// Of all groups together.
    public var allOccupancy: RatioSample { occupancy(scenario.agentGroups.indices) }

    func occupancy(_ groups: some Sequence<Int>) -> RatioSample {
        let groups = Array(groups)
        let runs = Swift.max(ledger.runs, 1)
        // A group that is always busy, or never, counts as one observation for each run.
        let seconds = groups.reduce(0) { $0 + ledger.groupSum($1, .present) } / runs
        var sample = RatioSample(replications: ledger.replications, kind: .shareOfTime(together: Swift.max(1, seconds)))
        for g in groups {
            sample.add(
                ledger.groupColumn(g, .busy), over: ledger.groupColumn(g, .present),
                means: (ledger.groupSum(g, .busy) / runs, ledger.groupSum(g, .present) / runs), fit: nil)
        }
        return sample
    }

    // MARK: Making samples

    /// How many contacts of some types share one fate: deferred work that waits for hours shares that of its day.
    private func together(_ parts: [Part], _ metric: Metric? = nil) -> Double {
        var most = FigureKind.callersTogether
        let days = Double(Swift.max(1, scenario.horizon.days.count)) * Swift.max(ledger.runs, 1)
        for part in parts {
            let type = scenario.contactTypes[part.type]
            guard type.channel.kind == .deferred || metric?.subject == .promised else { continue }
            let counts = ledger.counts(type: part.type, classes: part.classes, whole: true, pull: nil)
            let contacts = metric?.subject == .promised ? counts.promisesDue : counts.offered
            most = Swift.max(most, contacts / days)
        }
        return most
    }

    fileprivate func total(_ part: Part, whole: Bool) -> Counts {
        var counts = ledger.counts(type: part.type, classes: part.classes, whole: whole, pull: fits[part.type]?.pull)
        counts.cost *= costFactors[part.type]
        return counts
    }

    /// By type: the factor on its cost with controls taken off, so that a pool costs what its people are paid.
    func findCostFactors() -> [Double] {
        guard fits.contains(where: { $0 != nil }) else { return fits.map { _ in 1 } }
        var plain: [Int: Double] = [:]
        var taken: [Int: Double] = [:]
        for t in fits.indices {
            guard let pool = costs.pool(t) else { continue }
            let classes = classesOfType[t]
            plain[pool, default: 0] += ledger.counts(type: t, classes: classes, whole: false, pull: nil).cost
            taken[pool, default: 0] += ledger.counts(type: t, classes: classes, whole: false, pull: fits[t]?.pull).cost
        }
        return fits.indices.map { t in
            guard let pool = costs.pool(t), let all = plain[pool], let now = taken[pool], now > 0 else { return 1 }
            return all / now
        }
    }

    fileprivate typealias Ratio = (top: (Counts) -> Double, bottom: (Counts) -> Double)

    /// The ratio of two counts over some parts together. `isPerRun`: the mean over runs instead.
    fileprivate func sample(
        _ parts: [Part], kind: FigureKind, whole: Bool, isPerRun: Bool = false,
        _ ratio: (_ type: Int) -> Ratio
    ) -> RatioSample {
        var sample = RatioSample(replications: ledger.replications, kind: kind)
        let runs = Swift.max(ledger.runs, 1)
        let nothing = [Double](repeating: 0, count: ledger.batchCount)
        for part in parts {
            let (top, bottom) = ratio(part.type)
            let total = total(part, whole: whole)
            let batches = (0..<ledger.batchCount).map {
                ledger.counts(type: part.type, classes: part.classes, whole: whole, batch: $0)
            }
            sample.add(
                batches.map(top), over: isPerRun ? nothing : batches.map(bottom),
                means: (top(total) / runs, isPerRun ? 0 : bottom(total) / runs), fit: fits[part.type]?.fit)
        }
        if isPerRun, !parts.isEmpty { sample.add(nothing, over: ledger.replications, means: (0, 1), fit: nil) }
        return sample
    }

    /// How long the oldest deferred contact of all types has waited when a run ends.
    fileprivate func sampleOfOldest(isEmpty: Bool) -> RatioSample {
        var sample = RatioSample(replications: ledger.replications, kind: .mean)
        guard !isEmpty else { return sample }
        let seen = ledger.oldestOfAll
        sample.add(
            seen, over: ledger.replications, means: (seen.reduce(0, +) / Swift.max(ledger.runs, 1), 1), fit: nil)
        return sample
    }

    // MARK: Controls

    /// The same results with no controls taken off.
    public var plain: Results {
        var plain = self
        plain.leaveControls()
        return plain
    }

    /// A type's controls, where they pay.
    struct TypeFit: Sendable {
        var pull: RunLedger.Pull
        var fit: ControlFit
    }

    /// The fewest independent observations for which controls may be taken off: with fewer, their slopes are chance.
    static let fewestControlled = 40
    /// The largest part of the variance that may be left, of the figure by which the type is judged. Where more is
    /// left, controls are not used, since they would widen a figure that they explain little of.
    static let mostLeft = 0.8

    /// The largest leverage of a single observation: absences that only few runs have seen say little about their
    /// effect.
    static let mostLeverage = 0.25

    /// Nil where a type has no controls, too few observations, or controls that do not pay.
    func fit(type t: Int) -> TypeFit? {
        let observations = ledger.runs / Double(block)
        guard observations >= Double(Self.fewestControlled), let pull = ledger.pull(type: t) else { return nil }
        let controls = ledger.controls(type: t)
        guard
            let fit = ControlFit(
                replications: ledger.replications, controls: pull.used.map { controls[$0] }),
            fit.count == pull.used.count, fit.largestLeverage <= Self.mostLeverage
        else { return nil }
        let batches = (0..<ledger.batchCount).map {
            ledger.counts(type: t, classes: classesOfType[t], whole: true, batch: $0)
        }
        let pairs = batches.map { watchedRatio(type: t, $0) }
        let (x, y) = (pairs.map(\.0), pairs.map(\.1))
        let bottom = y.reduce(0, +)
        guard bottom > 0 else { return nil }
        let value = x.reduce(0, +) / bottom
        let rest = zip(x, y).map { $0 - value * $1 }
        func variance(_ contributions: [Double]) -> Double {
            MeanInterval.Spread(contributions: contributions, replications: 1).variance
        }
        let plain = variance(ControlFit.contributions(rest, replications: ledger.replications))
        guard variance(fit.contributions(rest)) <= Self.mostLeft * plain else { return nil }
        var taken = pull
        taken.strengths = pull.strengths.map { $0 * fit.strength }
        return TypeFit(pull: taken, fit: fit)
    }
}
