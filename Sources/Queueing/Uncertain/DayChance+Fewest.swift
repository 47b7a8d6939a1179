/// The smallest staffing with which a day meets its target with a given chance.
public enum FewestForChance: Sendable, Hashable {
    /// On the rota, by interval, with the chance that fresh days give it.
    case staffing([Int], ChanceOfMeeting)
    case none(Reason)

    /// Why no staffing answers.
    public enum Reason: Sendable, Hashable, CustomStringConvertible {
        /// Whoever is on the rota stays away.
        case nobodyComes
        /// No staffing makes a day a certainty.
        case neverCertain
        /// More contacts or people than can be played.
        case tooLarge

        public var description: String {
            switch self {
            case .nobodyComes: "whoever is on the rota stays away"
            case .neverCertain: "no staffing makes it certain"
            case .tooLarge: "the day is too large to be played"
            }
        }
    }

    /// On the rota, by interval; nil where there is no answer.
    public var staffing: [Int]? { if case .staffing(let rota, _) = self { rota } else { nil } }
    /// On the rota in the interval that has most; nil where there is no answer.
    public var agents: Int? { staffing.map { $0.max() ?? 0 } }
    /// The chance on days that took no part in the search; nil where there is no answer.
    public var confirmed: ChanceOfMeeting? { if case .staffing(_, let chance) = self { chance } else { nil } }
}

extension DayChance {
    /// Days by which an answer is checked are numbered from here: the search has never seen them.
    static let freshDays = 1 << 40

    /// The smallest staffing with which at least a share `chance` (0…1) of days meet the target.
    ///
    /// Of one interval: the smallest whole number on the rota. Of several: the smallest in a chain of staffings, each with
    /// one person more in one interval than the last. The chain goes through the staffings that the exponential formulas
    /// ask for, interval by interval, at so many times the volume, so that extra people go where volume would need them.
    /// Intervals without contacts keep the agents they have.
    ///
    /// All staffings are tried on the same days, so that the chance hardly ever falls from one to the next. The answer is
    /// played again on fresh days; while they refute it, one person is added where the load is largest.
    public func fewest(for chance: Double) -> FewestForChance {
        guard chance < 1 else { return .none(.neverCertain) }
        let ladder = StaffingLadder(day)
        let nobody = ladder.staffing(0)
        guard day.expectedContacts <= Self.mostContactsOfDay else { return .none(.tooLarge) }
        var player = DayPlayer(day, rota: nobody, seed: seed)
        func reaches(_ rota: [Int]) -> Bool {
            player.rota = rota
            return isPlayable(rota) && isReached(chance, &player)
        }
        guard chance > 0, !reaches(nobody) else { return confirm(nobody, chance, ladder) }
        guard day.absenteeism.share < 1 else { return .none(.nobodyComes) }

        // From the first guess to both sides of the answer.
        var (low, lowFactor) = (nobody, 0.0)
        var (high, highFactor) = (nobody, Double.infinity)
        var factor = ladder.firstGuess(chance)
        var stride = 1.08
        while highFactor == .infinity || (lowFactor == 0 && factor > 1e-3) {
            let rota = ladder.staffing(factor)
            guard (rota.max() ?? 0) <= Self.mostAgents else { return .none(.tooLarge) }
            if (highFactor < .infinity && rota == high) || (rota != low && reaches(rota)) {
                (high, highFactor) = (rota, factor)
                factor /= stride
            } else {
                (low, lowFactor) = (rota, factor)
                if highFactor == .infinity { factor *= stride }
            }
            stride *= stride
        }
        // Halves the factors until what is between them is a few people only.
        while total(high) - total(low) > 1, highFactor > 1.002 * lowFactor, highFactor > 1e-3 {
            let middle = (lowFactor + highFactor) / 2
            let rota = ladder.staffing(middle)
            if rota == high || (rota != low && reaches(rota)) {
                (high, highFactor) = (rota, middle)
            } else {
                (low, lowFactor) = (rota, middle)
            }
        }
        low = zip(low, high).map { min($0, $1) }
        // One person at a time: too few after `missed` steps, enough after `enough`.
        let steps = StaffingLadder.steps(from: low, to: high)
        func after(_ count: Int) -> [Int] { steps.prefix(count).reduce(into: low) { $0[$1] += 1 } }
        var (missed, enough) = (0, steps.count)
        while enough - missed > 1 {
            let middle = (missed + enough) / 2
            if reaches(after(middle)) { enough = middle } else { missed = middle }
        }
        return confirm(after(enough), chance, ladder)
    }

    /// Plays the answer on fresh days, and more people while these refute it.
    private func confirm(_ rota: [Int], _ chance: Double, _ ladder: StaffingLadder) -> FewestForChance {
        guard isPlayable(rota) else { return .none(.tooLarge) }
        var player = DayPlayer(day, rota: rota, seed: seed, firstNumber: Self.freshDays)
        while true {
            let seen = estimate(&player, from: Self.freshDays)
            guard seen.chance.high < chance, let interval = ladder.tightest(player.rota) else {
                return .staffing(player.rota, seen)
            }
            player.rota[interval] += 1
        }
    }

    /// Whether at least a share `chance` of the days meet the target: as many days for every staffing as the precision
    /// asks for at that chance, fewer where a 99 % interval leaves no doubt.
    private func isReached(_ chance: Double, _ player: inout DayPlayer) -> Bool {
        // A chance near 1 must be missed some twenty times to be told from its neighbours.
        let rare = min(20 / min(chance, 1 - chance), Double(Self.mostDays))
        let needed = max(
            Self.fewestDays, Int(rare), Wilson.trials(at: chance, halfWidth: precision, confidence: confidence))
        let days = min(needed, affordableDays(player.rota))
        var met = 0
        var look = 100
        for number in 0..<days {
            if day.target.isMet(by: player.play(number)) { met += 1 }
            if number + 1 == look {
                let seen = Wilson.estimate(hits: met, trials: look, confidence: 0.99)
                if seen.low > chance { return true }
                if seen.high < chance { return false }
                look *= 2
            }
        }
        return Double(met) >= chance * Double(days) * (1 - 1e-12)
    }

    private func total(_ rota: [Int]) -> Int { rota.reduce(0, +) }
}
