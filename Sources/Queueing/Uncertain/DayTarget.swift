/// What a single day has to achieve.
public struct DayTarget: Sendable, Hashable {
    /// The share of contacts, 0…1; 0 promises nothing.
    public let share: Double
    /// The acceptable wait, seconds, ≥ 0.
    public let acceptableWait: Double
    /// Which contacts count as met, and which are left out.
    public let rule: ServiceLevelRule
    /// Hang-ups up to so many seconds are short, ≥ 0.
    public let shortAbandon: Double
    /// The largest share of contacts that may give up, 0…1; nil is no promise.
    public let maximumAbandonment: Double?
    private let promised: PromisedShare
    private let mostAbandoned: PromisedShare?

    /// Anything outside its range counts as the nearest end, what is no number as 0.
    public init(
        share: Double, within acceptableWait: Double, counting rule: ServiceLevelRule = .ofAllOffered,
        shortAbandon: Double = 5, maximumAbandonment: Double? = nil
    ) {
        self.share = share > 0 ? min(share, 1) : 0
        self.acceptableWait = acceptableWait > 0 ? acceptableWait : 0
        self.rule = rule
        self.shortAbandon = shortAbandon > 0 ? shortAbandon : 0
        self.maximumAbandonment = maximumAbandonment.map { $0 > 0 ? min($0, 1) : 0 }
        promised = PromisedShare(share)
        mostAbandoned = maximumAbandonment.map(PromisedShare.init)
    }

    /// The same promises on average, for the formulas.
    public var goals: [StaffingGoal] {
        [.serviceLevel(atLeast: share, within: acceptableWait, counting: rule, shortAbandon: shortAbandon)]
            + (maximumAbandonment.map { [.abandonment(atMost: $0)] } ?? [])
    }

    /// Whether a day with these counts keeps its promises; a day without contacts keeps all of them.
    func isMet(by day: DayCounts) -> Bool {
        guard day.offered > 0 else { return true }
        // A share of nothing, such as of the answered when nobody is, is no success.
        let (met, base) = day.serviceLevel(rule)
        guard share == 0 || (base > 0 && promised.isReached(by: met, of: base)) else { return false }
        return mostAbandoned?.isNotExceeded(by: day.abandoned, of: day.offered) ?? true
    }
}

/// What became of one day's contacts.
struct DayCounts: Sendable, Hashable, ServiceLevelCounts {
    var offered = 0
    var answered = 0
    /// Within the acceptable wait.
    var answeredInTime = 0
    var abandoned = 0
    /// Within the acceptable wait.
    var abandonedInTime = 0
    /// Within the limit of short hang-ups.
    var shortAbandoned = 0
}
