import Tabular

/// How often to play the scenario, and when to stop.
public struct ExperimentSettings: Sendable {
    /// One long run instead of many replications.
    public struct LongRun: Sendable, Hashable {
        /// Seconds to be played; the scenario's days repeat.
        public var length: Double
        /// Seconds that are played first and not counted; nil to find out how many (MSER-5).
        public var warmUp: Double?

        /// Both in seconds.
        public init(length: Double, warmUp: Double? = nil) {
            self.length = length
            self.warmUp = warmUp
        }

        /// The fewest batches that intervals are made of.
        package static let fewestBatches = 20

        /// How often the period must repeat: once a batch, and three times that where up to half may be left out: from
        /// fewer MSER-5 cannot tell a run that never settles from one that has.
        package static func fewestCycles(findsWarmUp: Bool) -> Int { (findsWarmUp ? 3 : 1) * fewestBatches }
    }

    /// A fixed number of replications, or nil: until every goal of precision is reached.
    public var replications: Int?
    /// The half-widths to be reached; a run with a fixed number of replications does not look at them.
    public var goals: [PrecisionGoal]
    /// The most replications that a run to precision may take.
    public var maximum: Int
    /// The confidence of every interval, 0.5…0.9999.
    public var confidence: Double
    /// The number from which all random numbers follow: the same seed gives the same bytes.
    public var seed: UInt64
    /// None unless told; scenario files say `auto` unless told otherwise. A long run has no use for it.
    public var varianceReduction = VarianceReduction.none
    /// Set for one long run.
    public var longRun: LongRun?
    /// The periods that count in totals, by index; nil for all. What comes before settles the queue, what comes after
    /// lets it drain.
    package var counted: Range<Int>?
    /// Whether each day is judged for itself, besides the whole.
    package var judgesDays = false
    /// How many periods in a row share their counts of waits, ≥ 1.
    package var periodsCountedTogether = 1

    /// Independent replications to precision, or so many where `replications` says.
    public init(
        replications: Int? = nil, goals: [PrecisionGoal], maximum: Int = 2000, confidence: Double = 0.95,
        seed: UInt64 = 1, longRun: LongRun? = nil
    ) {
        self.replications = replications
        self.goals = goals
        self.maximum = maximum
        self.confidence = confidence
        self.seed = seed
        self.longRun = longRun
    }

    /// The fewest observations that an interval is made of.
    package static let fewestObservations = 4

    /// What is wrong with so many runs where some depend on each other; nil where nothing is. `name` is the setting or
    /// option that gave the number.
    package func tooFewBlocks(_ count: Int, in name: String) -> Problem? {
        let fewest = Self.fewestObservations * varianceReduction.block
        guard longRun == nil, count < fewest, let method = varianceReduction.methods.first(where: { $0.block > 1 })
        else {
            return nil
        }
        return Problem(
            .error, ProblemCode.range,
            "\(name) cannot be \(count) with \(method.rawValue), of which each \(method.block) runs make one observation",
            expected: "\(fewest) or more",
            hint: "four observations are the fewest that an interval can be made of; or leave out variance_reduction")
    }

    /// With one goal: each target's service level within ± `precision`, a fraction (1 point is 0.01).
    public init(
        replications: Int? = nil, precision: Double = 0.01, maximum: Int = 2000, confidence: Double = 0.95,
        seed: UInt64 = 1
    ) {
        self.init(
            replications: replications, goals: [PrecisionGoal(.serviceLevel, within: .absolute(precision))],
            maximum: maximum, confidence: confidence, seed: seed)
    }
}
