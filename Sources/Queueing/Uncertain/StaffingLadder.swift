/// Ever larger staffings of a day, interval by interval what the exponential formulas ask for at so many times the
/// volume.
struct StaffingLadder {
    private let day: UncertainDay
    private let goals: [StaffingGoal]

    init(_ day: UncertainDay) {
        self.day = day
        goals = day.target.goals
    }

    /// The staffing for `factor` (≥ 0) times the volume; intervals without contacts keep the agents they have.
    func staffing(_ factor: Double) -> [Int] {
        day.intervals.indices.map { i in
            guard isCalled(i) else { return day.intervals[i].agents }
            guard factor > 0 else { return 0 }
            let queue = day.queue(i).times(factor)
            if let agents = queue.agentsNeeded(for: goals) { return agents }
            // A promise that is never kept on average may still be kept by a lucky day.
            let load = min(queue.offeredLoad, 1e9)
            return Int((load + 4 * load.squareRoot() + 1).rounded(.up))
        }
    }

    /// About the volume that a share `chance` of days stays below, as the mean of the people who come must serve it.
    func firstGuess(_ chance: Double) -> Double {
        let contacts = max(day.expectedContacts, 1)
        let variance = 1 / contacts + (day.busyness.map { 1 / $0.shape } ?? 0)
        let volume = BusynessFactor(shape: 1 / variance).quantile(min(max(chance, 1e-6), 1 - 1e-9))
        return max(volume, 1e-3) / max(1 - day.absenteeism.share, 1e-3)
    }

    /// Staffings from `low` to `high` (no interval of which has fewer), one person more at each step, in rounds through
    /// the day.
    static func steps(from low: [Int], to high: [Int]) -> [Int] {
        var steps: [Int] = []
        let most = zip(low, high).map { $1 - $0 }.max() ?? 0
        for round in 0..<max(0, most) {
            for i in low.indices where high[i] - low[i] > round { steps.append(i) }
        }
        return steps
    }

    /// Where one person more helps most: the interval with the largest load for its agents.
    func tightest(_ scheduled: [Int]) -> Int? {
        day.intervals.indices.filter(isCalled).max { strain($0, scheduled) < strain($1, scheduled) }
    }

    /// Whether contacts come, or are in hand, in an interval.
    private func isCalled(_ interval: Int) -> Bool {
        day.intervals[interval].duration > 0 && day.queue(interval).arrivalRate > 0
    }

    /// Missing people in units of the load's own variation.
    private func strain(_ interval: Int, _ scheduled: [Int]) -> Double {
        let load = day.queue(interval).offeredLoad
        return (load - Double(scheduled[interval])) / max(load, 1e-300).squareRoot()
    }
}
