import Probability

/// The smallest staffing with which a day meets its target with a given chance.
public enum FewestForChance: Sendable, Hashable {
    /// Scheduled, by interval, with the chance that fresh days give it.
    case staffing([Int], ChanceOfMeeting)
    /// No staffing answers.
    case none(Reason)

    /// Why no staffing answers.
    public enum Reason: Sendable, Hashable, CustomStringConvertible {
        /// Whoever is scheduled stays away.
        case nobodyComes
        /// No staffing makes a day a certainty.
        case neverCertain
        /// Too many contacts come while it is closed or before anybody is there, which count as not answered in time.
        case closed
        /// The first word comes later than the acceptable wait.
        case setUp
        /// More contacts or people than can be played.
        case tooLarge

        public var description: String {
            switch self {
            case .nobodyComes: "whoever is on the rota stays away"
            case .neverCertain: "no staffing makes it certain"
            case .closed: "too many contacts come while it is closed or nobody is there yet"
            case .setUp: "the set-up alone takes longer than the acceptable wait"
            case .tooLarge: "the day is too large to be played"
            }
        }
    }

    /// Scheduled, by interval; nil where there is no answer.
    public var staffing: [Int]? { if case .staffing(let scheduled, _) = self { scheduled } else { nil } }
    /// Scheduled in the interval that has most; nil where there is no answer.
    public var agents: Int? { staffing.map { $0.max() ?? 0 } }
    /// The chance on days that took no part in the search; nil where there is no answer.
    public var confirmed: ChanceOfMeeting? { if case .staffing(_, let chance) = self { chance } else { nil } }
}

extension DayChance {
    /// Days by which an answer is checked are numbered from here: the search has never seen them.
    static let freshDays = 1 << 40
    /// Times the usual volume: whoever needs people for more has no day that can be played.
    static let mostVolume = 1e6

    /// The smallest staffing with which at least a share `chance` (0…1) of days meet the target.
    ///
    /// Of one interval: the smallest whole number scheduled. Of several: the smallest in a chain of staffings, each with
    /// one person more in one interval than the last. The chain goes through the staffings that the exponential formulas
    /// ask for, interval by interval, at so many times the volume, so that extra people go where volume would need them.
    /// Intervals without contacts keep the agents they have.
    ///
    /// All staffings are tried on the same days, so that the chance hardly ever falls from one to the next. The answer is
    /// played again on fresh days; while they meet the target less often, one person is added where the load is largest.
    public func fewest(for chance: Double) -> FewestForChance {
        guard chance < 1 else { return .none(.neverCertain) }
        let ladder = StaffingLadder(day)
        let nobody = ladder.staffing(0)
        guard day.expectedContacts <= Self.mostContactsOfDay else { return .none(.tooLarge) }
        var trial = DayTrial(self, chance: chance, scheduled: nobody)
        if chance > 0, let reason = trial.reasonAgainstAnybody(ladder.staffing(1)) { return .none(reason) }
        guard chance > 0, !trial.reaches(nobody) else { return confirm(nobody, chance, ladder) }
        guard day.absenteeism.share < 1 else { return .none(.nobodyComes) }

        // From the first guess to both sides of the answer.
        var (low, lowFactor) = (nobody, 0.0)
        var (high, highFactor) = (nobody, Double.infinity)
        var factor = ladder.firstGuess(chance)
        var stride = 1.08
        while highFactor == .infinity || (lowFactor == 0 && factor > 1e-3) {
            let scheduled = ladder.staffing(factor)
            guard (scheduled.max() ?? 0) <= Self.mostAgents, factor < Self.mostVolume else { return .none(.tooLarge) }
            if (highFactor < .infinity && scheduled == high) || (scheduled != low && trial.reaches(scheduled)) {
                (high, highFactor) = (scheduled, factor)
                factor /= stride
            } else {
                (low, lowFactor) = (scheduled, factor)
                if highFactor == .infinity { factor *= stride }
            }
            stride *= stride
        }
        // Halves the factors until what is between them is a few people only.
        while total(high) - total(low) > 1, highFactor > 1.002 * lowFactor, highFactor > 1e-3 {
            let middle = (lowFactor + highFactor) / 2
            let scheduled = ladder.staffing(middle)
            if scheduled == high || (scheduled != low && trial.reaches(scheduled)) {
                (high, highFactor) = (scheduled, middle)
            } else {
                (low, lowFactor) = (scheduled, middle)
            }
        }
        low = zip(low, high).map { min($0, $1) }
        // One person at a time: too few after `missed` steps, enough after `enough`.
        let steps = StaffingLadder.steps(from: low, to: high)
        func after(_ count: Int) -> [Int] { steps.prefix(count).reduce(into: low) { $0[$1] += 1 } }
        var (missed, enough) = (0, steps.count)
        while enough - missed > 1 {
            let middle = (missed + enough) / 2
            if trial.reaches(after(middle)) { enough = middle } else { missed = middle }
        }
        return confirm(after(enough), chance, ladder)
    }

    /// Plays the answer on fresh days, and more people while these have it less often: what is told is never less than what
    /// was asked for.
    private func confirm(_ scheduled: [Int], _ chance: Double, _ ladder: StaffingLadder) -> FewestForChance {
        guard isPlayable(scheduled) else { return .none(.tooLarge) }
        var player = DayPlayer(day, scheduled: scheduled, seed: seed, firstNumber: Self.freshDays)
        while true {
            let seen = estimate(&player, from: Self.freshDays)
            guard seen.chance.value < chance, let interval = ladder.tightest(player.scheduled) else {
                return .staffing(player.scheduled, seen)
            }
            player.scheduled[interval] += 1
        }
    }

    private func total(_ scheduled: [Int]) -> Int { scheduled.reduce(0, +) }
}

/// Whether staffings reach a chance, tried on the same days.
///
/// A day that met its target with fewer people meets it with more, and one that missed it with more misses it with
/// fewer: only days of which neither is known are played. Hardly any day is not so, and the answer is confirmed on others.
struct DayTrial {
    private let of: DayChance
    private let chance: Double
    private var player: DayPlayer
    /// By day: of the most people that did not reach the chance, and of the fewest that did.
    private var below: [Bool] = []
    private var above: [Bool] = []

    init(_ of: DayChance, chance: Double, scheduled: [Int]) {
        self.of = of
        self.chance = chance
        player = DayPlayer(of.day, scheduled: scheduled, seed: of.seed)
    }

    /// Why no staffing reaches the chance; nil where one does.
    mutating func reasonAgainstAnybody(_ scheduled: [Int]) -> FewestForChance.Reason? {
        guard of.day.hours != nil || of.day.setUp > 0 else { return nil }
        var ideal = DayTrial(of, chance: chance, scheduled: scheduled)
        ideal.player.isIdeal = true
        guard !ideal.isReached() else { return nil }
        return of.day.setUp > of.day.target.acceptableWait ? .setUp : .closed
    }

    /// Staffings must be asked for between the last that did not reach the chance and the last that did.
    mutating func reaches(_ scheduled: [Int]) -> Bool {
        player.scheduled = scheduled
        return of.isPlayable(scheduled) && isReached()
    }

    /// Whether at least a share `chance` of the days meet the target: as many days for every staffing as the precision
    /// asks for at that chance, fewer where a 99 % interval leaves no doubt.
    private mutating func isReached() -> Bool {
        // A chance near 1 must be missed some twenty times to be told from its neighbours.
        let rare = min(20 / min(chance, 1 - chance), Double(DayChance.mostDays))
        let needed = max(
            DayChance.fewestDays, Int(rare),
            Wilson.trials(at: chance, halfWidth: of.precision, confidence: of.confidence))
        let days = min(needed, of.affordableDays(player.scheduled))
        var seen: [Bool] = []
        var met = 0
        var look = 100
        var isEnough: Bool?
        while seen.count < days, isEnough == nil {
            let number = seen.count
            let isMet =
                if number < below.count, below[number] {
                    true
                } else if number < above.count, !above[number] {
                    false
                } else {
                    of.day.target.isMet(by: player.play(number))
                }
            seen.append(isMet)
            if isMet { met += 1 }
            if seen.count == look {
                let interval = Wilson.estimate(hits: met, trials: look, confidence: 0.99)
                if interval.low > chance { isEnough = true }
                if interval.high < chance { isEnough = false }
                look *= 2
            }
        }
        let isReached = isEnough ?? (Double(met) >= chance * Double(days) * (1 - 1e-12))
        // What was known of later days stays known.
        if isReached {
            above = seen + above.dropFirst(seen.count)
        } else {
            below = seen + below.dropFirst(seen.count)
        }
        return isReached
    }
}
