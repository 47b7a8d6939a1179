/// How a long run went: what was left out, how it was cut, and whether its intervals can be trusted.
public struct LongRunOutcome: Sendable, Hashable {
    /// Why its intervals are not to be trusted.
    public enum Failure: String, Sendable {
        /// What would have to be left out passes the middle of the run.
        case unsettled
        /// Even the longest batches depend on each other.
        case correlated
    }

    /// Seconds of the period that repeats.
    public var cycleLength: Double
    /// Cycles that count.
    public var counted: Int
    /// Cycles that were left out before those that count.
    public var leftOut: Int
    /// How many batches the counted cycles were cut into.
    public var batchCount: Int
    /// Cycles in each batch.
    public var cyclesPerBatch: Int
    /// Lag-1 correlation of the number of contacts in the center from batch to batch.
    public var correlation: Double
    /// Nil where the intervals can be trusted.
    public var failure: Failure?
    /// Whether the number of contacts in the center grew from quarter to quarter.
    public var isGrowing: Bool
    /// People that the work offered would keep busy all the time.
    public var work: Double
    /// People on duty, mean over all the time, shrinkage taken off.
    public var staffed: Double
}
