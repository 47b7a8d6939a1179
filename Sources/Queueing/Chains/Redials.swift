#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What becomes of contacts who call again, per attempt and per caller.
public struct RedialMeasures: Sendable, Hashable {
    /// Attempts per second: first ones and redials; ∞ where redials never stop growing.
    public var attemptRate: Double
    /// Attempts per caller, ≥ 1.
    public var attemptsPerCaller: Double
    /// The share of callers who are never answered.
    public var lostCallers: Double
    /// Of all attempts alike.
    public var attempts: QueueMeasures
    /// Of first attempts only.
    public var firstAttempts: QueueMeasures
    /// Mean number of callers who will call again.
    public var orbitMean: Double
}

/// Callers who redial after giving up or finding every line taken.
public struct Redials: Sendable, Hashable {
    /// The chance 0…1 that whoever gave up calls again.
    public let afterAbandoning: Double
    /// The chance 0…1 that whoever was turned away calls again.
    public let afterBlocking: Double
    /// Mean time until the next attempt, seconds, > 0, exponential; only the exact chain looks at it.
    public let delay: Double
    /// The most redials of one caller, ≥ 0; nil is as many as it takes. The exact chain knows only the latter.
    public let atMost: Int?

    /// Chances outside 0…1 count as the nearest end, a delay that is not positive as a microsecond.
    public init(afterAbandoning: Double, afterBlocking: Double = 0, delay: Double = 300, atMost: Int? = nil) {
        self.afterAbandoning = afterAbandoning > 0 ? min(afterAbandoning, 1) : 0
        self.afterBlocking = afterBlocking > 0 ? min(afterBlocking, 1) : 0
        self.delay = delay > 1e-6 ? min(delay, 1e12) : 1e-6
        self.atMost = atMost.map { max(0, $0) }
    }
}
