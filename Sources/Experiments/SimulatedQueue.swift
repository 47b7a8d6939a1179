import Center
import Probability
import Queueing
import Synchronization
import Tabular

/// One queue in its settled state, played instead of computed: for what no formula here covers together, such as
/// spread-out handling times with redials.
///
/// As a model to staff by it answers like the exact ones; every figure has its interval in `figures`. The same random
/// numbers serve every number of agents, so that one more never looks worse by chance alone.
public final class SimulatedQueue: StaffingModel {
    /// Measures with their intervals.
    public struct Figures: Sendable {
        /// All measures, without intervals.
        public var measures: QueueMeasures
        /// The share answered in time; nil where nobody was counted.
        public var serviceLevel: Estimate?
        /// Seconds that all who came waited on average, whatever became of them.
        public var meanWait: Estimate?
        /// Hang-ups ÷ contacts.
        public var abandonment: Estimate?
        /// Blocked ÷ contacts.
        public var blocking: Estimate?
        /// Busy ÷ present time.
        public var occupancy: Estimate?
        /// Replications played.
        public var runs: Int
        /// Attempts per caller; 1 without redials.
        public var attemptsPerCaller: Double
    }

    /// Arrivals, mean handling time, mean patience and lines.
    public let contacts: SingleQueue
    private let handling: Distribution
    private let redial: Redial?
    private let settings: ExperimentSettings
    private let threads: Int?
    private let progress: @Sendable (Experiment.Progress) -> Void
    private let played = Mutex<[Key: Figures]>([:])

    private struct Key: Hashable {
        var agents: Int
        var within: Double
    }

    /// `spread` is the standard deviation of handling times ÷ their mean (lognormal); `precision` the half-width that
    /// service levels must reach, a fraction.
    public init(
        _ contacts: SingleQueue, spread: Double = 1, redial: Redial? = nil, precision: Double = 0.005,
        confidence: Double = 0.95, seed: UInt64 = 1, threads: Int? = nil,
        progress: @escaping @Sendable (Experiment.Progress) -> Void = { _ in }
    ) {
        self.contacts = contacts
        handling = .lognormal(Lognormal(mean: max(contacts.handlingTime, 1e-9), spread: spread))
        self.redial = redial
        settings = ExperimentSettings(precision: precision, maximum: 2000, confidence: confidence, seed: seed)
        self.threads = threads
        self.progress = progress
    }

    /// Arrival rate × mean handling time, erlangs.
    public var offeredLoad: Double { contacts.offeredLoad }

    /// Fractions of agents are rounded up: nobody plays part of a person.
    public func measures(agents: Double, within acceptableWait: Double, shortAbandon: Double?) -> QueueMeasures {
        figures(agents: Int(min(max(agents, 0).rounded(.up), 1e7)), within: acceptableWait).measures
    }

    /// From the exact answer for exponential times, which is close.
    public func agentsNeeded(for goals: [StaffingGoal], most: Int) -> Int? {
        var needed = 0
        for goal in goals {
            guard let start = contacts.agentsNeeded(for: [goal], most: most) else { return nil }
            var agents = max(needed, start)
            func isMet(_ agents: Int) -> Bool {
                goal.isMet(by: measures(agents: Double(agents), within: goal.acceptableWait))
            }
            var step = max(1, Int(0.1 * Double(agents).squareRoot()))
            if isMet(agents) {
                var low = agents
                while low > needed, isMet(low) {
                    agents = low
                    low = max(needed, low - step)
                    step *= 2
                }
                if low == needed, isMet(low) { agents = low }
                while agents - low > 1 {
                    let middle = low + (agents - low) / 2
                    if isMet(middle) { agents = middle } else { low = middle }
                }
            } else {
                var low = agents
                repeat {
                    low = agents
                    agents += step
                    step *= 2
                    guard agents <= most else { return nil }
                } while !isMet(agents)
                while agents - low > 1 {
                    let middle = low + (agents - low) / 2
                    if isMet(middle) { agents = middle } else { low = middle }
                }
            }
            needed = agents
        }
        return needed
    }

    /// A whole person is the finest that can be played.
    public func exactAgentsNeeded(for goals: [StaffingGoal]) -> Double? {
        agentsNeeded(for: goals, most: 10_000_000).map(Double.init)
    }

    /// Plays until the service level's half-width is reached, or takes what was played before.
    public func figures(agents: Int, within acceptableWait: Double) -> Figures {
        let key = Key(agents: agents, within: acceptableWait)
        if let known = played.withLock({ $0[key] }) { return known }
        let figures = play(key)
        played.withLock { $0[key] = figures }
        return figures
    }

    private func play(_ key: Key) -> Figures {
        let agents = key.agents
        let exact = contacts.measures(agents: Double(agents), within: key.within)
        let isEndless = exact.queueMean == .infinity
        guard contacts.arrivalRate > 0, !isEndless else {
            return Figures(measures: exact, runs: 0, attemptsPerCaller: 1)
        }
        let scenario = scenario(key)
        var tallies = [RatioTally](repeating: RatioTally(), count: 12)
        let timeSpan = scenario.horizon.periods[1].end - scenario.horizon.periods[1].start
        let experiment = Experiment(sound: scenario, threads: threads)
        // Nothing in memory can fail here: the only thrower would be `onRun`.
        let results = try? experiment.run(
            progress: progress,
            onRun: { _, run in
                let c = run.all
                let waited = c.waitOfAnswered + c.waitOfAbandoned
                let pairs = [
                    (c.answeredInTime, c.offered), (waited, c.offered), (c.abandoned, c.offered),
                    (c.turnedAway, c.offered),
                    (run.groups[0].busy, run.groups[0].present), (c.waitOfAnswered, c.answered),
                    (c.answeredInTime, c.offered - c.abandonedInTime),
                    (c.answeredInTime + c.abandonedInTime, c.offered),
                    (c.answeredInTime, c.answered), (c.queueSeconds, timeSpan), (c.offered, c.fresh),
                    (c.waitOfAbandoned, c.abandoned),
                ]
                for (k, pair) in pairs.enumerated() { tallies[k].add(pair.0, over: pair.1) }
            })
        let confidence = settings.confidence
        let measures = QueueMeasures(
            agents: Double(agents), offeredLoad: contacts.offeredLoad, waitProbability: nil,
            abandonment: tallies[2].value, blocking: tallies[3].value, meanSpeedOfAnswer: tallies[5].value,
            meanWait: tallies[1].value, meanWaitAbandoned: tallies[11].value, occupancy: tallies[4].value,
            queueMean: tallies[9].value ?? 0,
            serviceLevels: ServiceLevels(
                acceptableWait: key.within, ofAllOffered: tallies[0].value, withoutShortAbandons: tallies[6].value,
                abandonsCountAsMet: tallies[7].value, ofAnswered: tallies[8].value),
            stillWaiting: nil)
        return Figures(
            measures: measures, serviceLevel: tallies[0].estimate(confidence: confidence, kind: .callers),
            meanWait: tallies[1].estimate(confidence: confidence),
            abandonment: tallies[2].estimate(confidence: confidence, kind: .callers),
            blocking: tallies[3].estimate(confidence: confidence, kind: .callers),
            occupancy: tallies[4].estimate(
                confidence: confidence, kind: .shareOfTime(together: max(1, tallies[4].yMean))),
            runs: results?.replications ?? 0,
            attemptsPerCaller: tallies[10].value ?? 1)
    }

    /// A warm-up long against whatever makes the queue forget, then a time span that counts, then time to drain.
    private func scenario(_ key: Key) -> Scenario {
        let patience = contacts.patience
        let agents = Double(max(key.agents, 1))
        let root = 1 - (contacts.offeredLoad / agents).squareRoot()
        // Without patience a queue near its limit forgets in h / (n (1 − √ρ)²) seconds (Morse 1955).
        let forgetting =
            patience < .infinity
            ? max(contacts.handlingTime, patience)
            : contacts.handlingTime * max(1, 1 / (agents * max(root * root, 1e-6)))
        let warmUp = 10 * max(forgetting, redial.map { $0.delay.mean } ?? 0)
        let end = warmUp + max(4 * warmUp, 400 / contacts.arrivalRate)
        let drain = 1e9
        var horizon = Horizon.plain(step: 1, count: 3)
        horizon.periods[0].end = warmUp
        horizon.periods[1].start = warmUp
        horizon.periods[1].end = end
        horizon.periods[2].start = end
        horizon.periods[2].end = end + drain
        horizon.days[0].end = end + drain
        let open = TimeSpan(0, end)
        let lines: Int? =
            switch contacts.room {
            case .unlimited: nil
            case .none: 0
            case .lines(let lines): max(0, lines - key.agents)
            }
        let type = ContactType(
            id: "contacts", open: [open],
            arrivals: [ArrivalTimeSpan(open, contacts: contacts.arrivalRate * end)], talk: handling,
            patience: patience < .infinity ? .exponential(Exponential(mean: patience)) : nil, redial: redial,
            target: ServiceTarget(share: 0.8, within: key.within))
        let group = AgentGroup(
            id: "agents", skills: [Skill(0)],
            staffing: .curve([StaffingTimeSpan(TimeSpan(0, end + drain), agents: Double(key.agents))]))
        var experiment = settings
        experiment.counted = 1..<2
        return Scenario(
            id: "one-queue", name: "One queue", horizon: horizon, contactTypes: [type], agentGroups: [group],
            rules: Rules(waitingLimit: lines), experiment: experiment)
    }
}
