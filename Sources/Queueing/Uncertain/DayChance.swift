import Probability

/// How likely a staffing is to bring a day to its target, and what staffing is likely enough.
///
/// Days are played until the chance is known precisely enough. The same seed plays the same days, whatever the
/// staffing: differences between staffings are then differences of staffing, not of luck. A day of more than 2,000,000
/// contacts, or with more than 10,000,000 people, is too large to be played.
public struct DayChance: Sendable, Hashable {
    /// The day that is played.
    public var day: UncertainDay
    /// The number from which all days' random numbers follow.
    public var seed: UInt64
    /// Half the width of the chance's interval at which to stop, > 0.
    public var precision: Double
    /// How sure the intervals are, 0…1.
    public var confidence: Double

    /// At least so many days are played, half as many of very large ones.
    static let fewestDays = 400
    /// At most so many.
    static let mostDays = 40_000
    /// No more days than this many contacts make, so that large days take a second or two: their intervals are wider.
    static let mostContacts = 1_050_000.0
    /// Days of more contacts are not played at all.
    public static let mostContactsOfDay = 2_000_000.0
    static let mostAgents = 10_000_000

    /// To a point, 95 % sure, unless told otherwise.
    public init(_ day: UncertainDay, seed: UInt64 = 1, precision: Double = 0.01, confidence: Double = 0.95) {
        self.day = day
        self.seed = seed
        self.precision = precision
        self.confidence = confidence
    }

    /// The chance with as many scheduled as the day's intervals say; nil when a day is too large to be played.
    public func ofPlan() -> ChanceOfMeeting? { of(staffing: day.intervals.map(\.agents)) }

    /// The chance with `agents` (≥ 0) scheduled in every interval; nil when a day is too large to be played.
    public func of(agents: Int) -> ChanceOfMeeting? { of(staffing: day.intervals.map { _ in agents }) }

    /// The chance with this many scheduled, by interval (≥ 0, missing ones 0); nil when a day is too large
    /// to be played.
    public func of(staffing: [Int]) -> ChanceOfMeeting? {
        let scheduled = day.intervals.indices.map { $0 < staffing.count ? max(0, staffing[$0]) : 0 }
        guard isPlayable(scheduled) else { return nil }
        var player = DayPlayer(day, scheduled: scheduled, seed: seed)
        return estimate(&player, from: 0)
    }

    /// Plays days numbered from `first` until the precision is reached.
    func estimate(_ player: inout DayPlayer, from first: Int) -> ChanceOfMeeting {
        let most = affordableDays(player.scheduled)
        var met = 0
        var days = 0
        var level = RatioTally()
        var abandonment = RatioTally()
        var levels: [Double] = []
        var goal = min(Self.fewestDays, most)
        while true {
            while days < goal {
                let counts = player.play(first + days)
                days += 1
                if day.target.isMet(by: counts) { met += 1 }
                let (good, base) = counts.serviceLevel(day.target.rule)
                level.add(Double(good), over: Double(base))
                abandonment.add(Double(counts.abandoned), over: Double(counts.offered))
                if base > 0 { levels.append(Double(good) / Double(base)) }
            }
            let chance = Wilson.estimate(hits: met, trials: days, confidence: confidence)
            if chance.halfWidth <= precision || days >= most {
                levels.sort()
                return ChanceOfMeeting(
                    chance: chance, days: days, serviceLevel: level.estimate(confidence: confidence, kind: .callers),
                    abandonment: abandonment.estimate(confidence: confidence, kind: .callers), sortedLevels: levels)
            }
            // A little short of what the latest chance asks for, so as not to overshoot; at least a fifth more.
            let needed = Wilson.trials(at: chance.value, halfWidth: precision, confidence: confidence)
            goal = min(most, max(days + days / 5, min(needed, most) * 19 / 20))
        }
    }

    /// How many days of this staffing may be played.
    func affordableDays(_ scheduled: [Int]) -> Int {
        let contacts = max(DayPlayer.contacts(of: day, scheduled: scheduled), 1)
        return max(Self.fewestDays / 2, min(Self.mostDays, Int(min(Self.mostContacts / contacts, 1e9))))
    }

    /// Whether a day is of a size to be played.
    func isPlayable(_ scheduled: [Int]) -> Bool {
        DayPlayer.contacts(of: day, scheduled: scheduled) <= Self.mostContactsOfDay
            && (scheduled.max() ?? 0) <= Self.mostAgents
    }
}

/// The chance that a day meets its target, and what its days are like.
public struct ChanceOfMeeting: Sendable, Hashable {
    /// 0…1, with its interval (Wilson 1927).
    public var chance: Estimate
    /// Days played.
    public var days: Int
    /// Of all contacts of all days, with the interval of a ratio; nil when nobody ever comes.
    public var serviceLevel: Estimate?
    /// The share of all contacts of all days that give up; nil when nobody ever comes.
    public var abandonment: Estimate?
    /// The service level of each day that had one, ascending.
    private let sortedLevels: [Double]

    init(
        chance: Estimate, days: Int, serviceLevel: Estimate?, abandonment: Estimate?, sortedLevels: [Double]
    ) {
        self.chance = chance
        self.days = days
        self.serviceLevel = serviceLevel
        self.abandonment = abandonment
        self.sortedLevels = sortedLevels
    }

    /// The service level that a share `p` (0…1) of days stays at or below, one of those played; nil when no day had any.
    ///
    /// `dailyLevel(0.1)`: nine days in ten are at least about as good.
    public func dailyLevel(_ p: Double) -> Double? {
        guard !sortedLevels.isEmpty else { return nil }
        let place = (p > 0 ? min(p, 1) : 0) * Double(sortedLevels.count)
        return sortedLevels[max(0, min(sortedLevels.count, Int(place.rounded(.up))) - 1)]
    }
}
