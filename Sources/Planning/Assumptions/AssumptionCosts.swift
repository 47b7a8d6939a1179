import Center
import Experiments
import Probability
import Queueing
import Simulator
import Tabular

/// What a scenario takes for granted because its file does not say it, and how much hangs on it.
///
/// Each assumption is weighed by playing the scenario with another plausible value on the same random numbers.
public struct AssumptionCosts: Sendable {
    /// Something that was assumed, with the value it is weighed against.
    public enum Kind: Sendable, Hashable {
        /// Mean times until callers hang up, seconds, shortest and longest over the types; against twice as long.
        case patience(from: Double, to: Double)
        /// Nobody who hangs up calls again; against this share.
        case redial(Double)
        /// Days are as busy as planned; against days that stray by this coefficient of variation.
        case dayToDay(Double)
    }

    /// What hangs on one assumption.
    public struct Cost: Sendable {
        /// What was assumed, and against what it was weighed.
        public var kind: Kind
        /// The change in the share answered in time, of those who have a target, or answered at all where nobody has; nil
        /// where it was not weighed.
        public var change: Estimate?
        /// Runs in which the one target was met, as assumed and otherwise, of `runs`; nil where there are more targets.
        public var met: (assumed: Int, otherwise: Int)?
    }

    /// In the order of `Kind`; only what was assumed and may matter.
    public let costs: [Cost]
    /// How many times each was played; 0 where the center is too large to be played some more.
    public let runs: Int
    /// Whether the change is of those answered in time, not of those answered at all.
    public let isInTime: Bool

    /// Of the bank's callers who hung up, 45 % called again within the hour (Brown et al. 2005; the data's own count).
    private static let redialShare = 0.45
    /// Days of a small and of a large center stray by so much (the same bank; a large North American bank).
    private static let strays = (small: 0.1, large: 0.06)
    /// Contacts a day from which a center is large.
    private static let large = 2000.0
    /// Contacts to be played for each assumption, about; the fewest runs and the most.
    private static let contacts = 200_000.0
    private static let fewest = 20
    private static let most = 200
    /// Beyond so many contacts in the fewest runs nothing is weighed.
    private static let tooMany = 1_000_000.0

    /// Plays the scenario once as it is and once for each assumption; nil where nothing of weight was assumed, or the
    /// work was stopped.
    public init?(
        _ scenario: Scenario, assumed: [Assumption], threads: Int? = nil,
        progress: (Experiment.Progress) -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws {
        let others = Self.others(scenario, assumed)
        guard !others.isEmpty, scenario.experiment.longRun == nil, scenario.runningDay == nil else { return nil }
        isInTime = scenario.contactTypes.contains { $0.target != nil && $0.channel.kind == .live }
        let perRun = max(1, scenario.contactTypes.flatMap(\.arrivals).reduce(0) { $0 + $1.contacts })
        guard perRun * Double(Self.fewest) <= Self.tooMany else {
            costs = others.map { Cost(kind: $0.kind) }
            runs = 0
            return
        }
        runs = min(Self.most, max(Self.fewest, Int(Self.contacts / perRun)))
        let base = try Self.play(scenario, runs: runs, threads: threads, progress, isCancelled)
        var costs: [Cost] = []
        for other in others {
            let played = try Self.play(other.scenario, runs: runs, threads: threads, progress, isCancelled)
            guard !isCancelled() else { return nil }
            var paired = PairedRatios()
            for (a, b) in zip(base.seen, played.seen) { paired.add((a.good, over: a.all), (b.good, over: b.all)) }
            costs.append(
                Cost(
                    kind: other.kind,
                    change: paired.estimate(confidence: scenario.experiment.confidence),
                    met: base.met.flatMap { met in played.met.map { (met, $0) } }))
        }
        self.costs = costs
    }

    /// The scenario with another value for each thing that was assumed.
    static func others(
        _ scenario: Scenario, _ assumed: [Assumption]
    ) -> [(kind: Kind, scenario: Scenario)] {
        let settings = Set(assumed.filter(\.isWhole).map(\.setting))
        func types(_ setting: String, _ holds: (ContactType) -> Bool) -> [Int] {
            scenario.contactTypes.indices.filter { t in
                let type = scenario.contactTypes[t]
                return type.origin == nil && type.channel.kind == .live
                    && type.arrivals.contains { $0.contacts > 0 }
                    && settings.contains("contact_types.\(type.id).\(setting)") && holds(type)
            }
        }
        var others: [(Kind, Scenario)] = []
        let patient = types("patience") { $0.patience != nil }
        let means = patient.compactMap { scenario.contactTypes[$0].patience?.mean }
        if let from = means.min(), let to = means.max() {
            var other = scenario
            for t in patient {
                other.contactTypes[t].patience = scenario.contactTypes[t].patience?.scaled(by: 2)
            }
            others.append((.patience(from: from, to: to), other))
        }
        let leaving = types("redial") { $0.patience != nil && $0.redial == nil }
        if !leaving.isEmpty {
            var other = scenario
            for t in leaving {
                other.contactTypes[t].redial = Redial(
                    share: redialShare, delay: .exponential(Exponential(mean: 600)))
            }
            others.append((.redial(redialShare), other))
        }
        let steady = types("day_to_day") { $0.dayToDay == 0 && !$0.volumes.isCounted }
        if !steady.isEmpty {
            let portions = steady.flatMap { scenario.contactTypes[$0].arrivals }.filter { $0.contacts > 0 }
            let days = Set(
                portions.map { portion in scenario.horizon.days.lastIndex { $0.start <= portion.timeSpan.start } })
            let daily = portions.reduce(0) { $0 + $1.contacts } / Double(max(1, days.count))
            let stray = daily >= large ? strays.large : strays.small
            var other = scenario
            for t in steady { other.contactTypes[t].dayToDay = stray }
            others.append((.dayToDay(stray), other))
        }
        return others
    }

    /// What each run showed, and in how many the one target was met.
    private static func play(
        _ scenario: Scenario, runs: Int, threads: Int?, _ progress: (Experiment.Progress) -> Void,
        _ isCancelled: () -> Bool
    ) throws -> (seen: [(good: Double, all: Double)], met: Int?) {
        var scenario = scenario
        scenario.experiment.replications = runs
        scenario.experiment.goals = []
        scenario.experiment.varianceReduction = .none
        let live = scenario.contactTypes.indices.filter { scenario.contactTypes[$0].channel.kind == .live }
        let promised = live.filter { scenario.contactTypes[$0].target != nil }
        let seen = Seen()
        let results = try Experiment(sound: scenario, threads: threads).run(
            progress: progress, isCancelled: isCancelled
        ) { _, run in
            var good = 0.0
            var all = 0.0
            for t in promised.isEmpty ? live : promised {
                let counts = run.types[t]
                if let rule = scenario.contactTypes[t].target?.rule {
                    good += rule.numerator(counts)
                    all += rule.denominator(counts)
                } else {
                    good += counts.answered
                    all += counts.offered
                }
            }
            seen.runs.append((good, all))
        }
        let targets = scenario.contactTypes.indices.filter { scenario.contactTypes[$0].target != nil }
        return (seen.runs, targets.count == 1 ? results.types[targets[0]].met : nil)
    }

    /// Runs come one at a time, in order.
    private final class Seen {
        var runs: [(good: Double, all: Double)] = []
    }
}
