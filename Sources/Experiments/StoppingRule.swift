import Center

/// How many replications are played: a number asked for, or until every watched figure is as precise as asked for.
///
/// A pure function of what is known after a whole batch, so that threads and shards stop at the same replication.
package struct StoppingRule: Hashable, Sendable {
    /// What is known after a batch.
    package struct Known: Hashable, Sendable {
        package var done: Int
        /// How often in a row the precision was reached before this batch.
        package var timesReached: Int
        package var isPrecise: Bool
        /// Replications that the figure farthest from its precision needs; nil where nothing is watched.
        package var needed: Double?
        /// Whether something was counted of every watched figure.
        package var isAllCounted: Bool

        package init(done: Int, timesReached: Int, isPrecise: Bool, needed: Double?, isAllCounted: Bool) {
            self.done = done
            self.timesReached = timesReached
            self.isPrecise = isPrecise
            self.needed = needed
            self.isAllCounted = isAllCounted
        }
    }

    package enum Decision: Hashable, Sendable {
        case stop(Results.StopReason)
        /// Go on until so many are done; the precision was reached so often in a row.
        case play(until: Int, timesReached: Int)
    }

    /// The fewest replications of a run to precision: below, Student's interval of a ratio is not to be trusted.
    package static let fewestReplications = 20

    private let fixed: Int?
    /// Whole blocks, where replications depend on each other.
    private let fewest: Int
    private let block: Int
    package let maximum: Int

    package init(_ settings: ExperimentSettings, block: Int) {
        fixed = settings.replications
        fewest = Self.fewestReplications * block
        self.block = block
        maximum = settings.maximum
    }

    package var isFixed: Bool { fixed != nil }

    /// How many are played before anything is known.
    package var firstBatch: Int { fixed ?? min(fewest, max(1, maximum)) }

    /// After a whole batch: stop, or set the size of the next from needed = done × (half-width / goal)².
    package func decide(_ known: Known) -> Decision {
        let done = known.done
        if let fixed, done >= fixed { return .stop(.fixed) }
        // An interval that happens to be narrow is what stops a run, and it is narrow where bad days are missing: it must
        // be so twice in a row.
        let times = done >= fewest && known.isPrecise ? known.timesReached + 1 : 0
        if times == 2 { return .stop(known.isAllCounted ? .precision : .uncounted) }
        if done >= maximum { return .stop(.maximum) }
        // At least a tenth more, at most three times as many: the half-width is itself an estimate.
        let needed = times > 0 ? 0 : known.needed ?? 0
        let next = min(max(needed.rounded(.up), Double(done + max(4, done / 10))), Double(3 * done))
        return .play(until: min((Int(next) + block - 1) / block * block, maximum), timesReached: times)
    }
}
