import Center
import Queueing
import Tabular

/// A scenario whose days repeat, laid out end to end: queue and people carry over from one repeat to the next.
///
/// A repeat of the whole period is a *cycle*. Equally many cycles in a row are looked at together, in at most
/// `mostCycleGroups` groups, so that what is kept of a run does not grow with its length. One more cycle follows, which
/// is not counted: whoever arrived at the end of the last one is still served as usual.
struct LongRunLayout {
    static let mostCycleGroups = 200
    /// Numbers of batches for the intervals: fewer make Student's quantile large, more are short and depend on each
    /// other (Schmeiser 1982).
    static let batchCounts = [26...30, 23...25, ExperimentSettings.LongRun.fewestBatches...22]

    /// Which numbers of batches to try, each smaller than the one before: of those close to each other, the one that
    /// uses most of the cycles.
    static func batchCounts(of cycleGroups: Int) -> [Int] {
        batchCounts.compactMap { counts in
            counts.filter { $0 <= cycleGroups }.min { (cycleGroups % $0, -$0) < (cycleGroups % $1, -$1) }
        }
    }

    let cycleCount: Int
    let cyclesPerGroup: Int
    let periodsPerCycle: Int
    let cycleLength: Double
    /// The cycles to leave out, where the scenario gives a warm-up.
    let warmUpCycles: Int?

    var cycleGroupCount: Int { cycleCount / cyclesPerGroup }

    init(_ scenario: Scenario, _ longRun: ExperimentSettings.LongRun) {
        cycleLength = scenario.horizon.length
        periodsPerCycle = scenario.horizon.periods.count
        warmUpCycles = longRun.warmUp.map { Int(($0 / scenario.horizon.length).rounded(.up)) }
        let wanted = max(1, Int((longRun.length / cycleLength - 1e-9).rounded(.up)))
        let counted = max(1, wanted - (warmUpCycles ?? 0))
        cyclesPerGroup = (counted + Self.mostCycleGroups - 1) / Self.mostCycleGroups
        // A given warm-up comes before the groups; only whole groups follow.
        cycleCount = (counted + cyclesPerGroup - 1) / cyclesPerGroup * cyclesPerGroup
    }

    /// Cycles to play: the given warm-up, those that count, and one more.
    var playedCycles: Int { (warmUpCycles ?? 0) + cycleCount + 1 }

    /// The cycles of a group, counted from the beginning of the play.
    func cycles(cycleGroup: Int) -> Range<Int> {
        let first = (warmUpCycles ?? 0) + cycleGroup * cyclesPerGroup
        return first..<(first + cyclesPerGroup)
    }

    /// The periods of a cycle of the play.
    func periods(cycle: Int) -> Range<Int> { (cycle * periodsPerCycle)..<((cycle + 1) * periodsPerCycle) }

    /// The scenario, as often as it is played.
    func repeated(_ scenario: Scenario) -> Scenario {
        var long = scenario
        let dayCount = scenario.horizon.days.count
        long.horizon.days = []
        long.horizon.periods = []
        for cycle in 0..<playedCycles {
            let offset = Double(cycle) * cycleLength
            for var day in scenario.horizon.days {
                day.start += offset
                day.end += offset
                long.horizon.days.append(day)
            }
            for var period in scenario.horizon.periods {
                period.day += cycle * dayCount
                period.start += offset
                period.end += offset
                long.horizon.periods.append(period)
            }
        }
        for t in long.contactTypes.indices {
            long.contactTypes[t].open = joined(repeated(scenario.contactTypes[t].open))
            long.contactTypes[t].callable = scenario.contactTypes[t].callable.map { joined(repeated($0)) }
            long.contactTypes[t].arrivals = (0..<playedCycles).flatMap { cycle in
                scenario.contactTypes[t].arrivals.map { portion in
                    var portion = portion
                    portion.timeSpan = shifted(portion.timeSpan, cycle)
                    return portion
                }
            }
        }
        for g in long.agentGroups.indices {
            long.agentGroups[g].paces = (0..<playedCycles).flatMap { cycle in
                scenario.agentGroups[g].paces.map { DayPace(shifted($0.timeSpan, cycle), pace: $0.pace) }
            }
            long.agentGroups[g].paidLeave = (0..<playedCycles).flatMap { cycle in
                scenario.agentGroups[g].paidLeave.map {
                    StaffingTimeSpan(shifted($0.timeSpan, cycle), agents: $0.agents)
                }
            }
            switch scenario.agentGroups[g].staffing {
            case .asNeeded: break
            case .curve(let portions):
                long.agentGroups[g].staffing = .curve(
                    (0..<playedCycles).flatMap { cycle in
                        portions.map { StaffingTimeSpan(shifted($0.timeSpan, cycle), agents: $0.agents) }
                    })
            case .shifts(let blocks):
                long.agentGroups[g].staffing = .shifts(
                    (0..<playedCycles).flatMap { cycle in
                        blocks.compactMap { block -> ShiftBlock? in
                            // A shift begun the night before the period is, from the second cycle on, the one that the
                            // last night of the cycle before begins.
                            if cycle > 0, block.timeSpan.start < 0 { return nil }
                            var block = block
                            block.day += cycle * dayCount
                            block.startsOn += cycle * dayCount
                            block.timeSpan = shifted(block.timeSpan, cycle)
                            if let lunch = block.lunch { block.lunch?.window = shifted(lunch.window, cycle) }
                            let offset = Double(cycle) * cycleLength
                            block.pauses = block.pauses?.map { $0.moved(by: offset) }
                            block.placed = block.placed.map { $0.map { $0.moved(by: offset) } }
                            return block
                        }
                    })
            }
        }
        long.experiment.longRun = nil
        long.experiment.periodsCountedTogether = periodsPerCycle
        return long
    }

    private func shifted(_ timeSpan: TimeSpan, _ cycle: Int) -> TimeSpan {
        let offset = Double(cycle) * cycleLength
        return TimeSpan(timeSpan.start + offset, timeSpan.end + offset)
    }

    private func repeated(_ timeSpans: [TimeSpan]) -> [TimeSpan] {
        (0..<playedCycles).flatMap { cycle in timeSpans.map { shifted($0, cycle) } }
    }

    /// Time spans that touch become one: at a cycle's end nobody is sent away where it stays open.
    private func joined(_ timeSpans: [TimeSpan]) -> [TimeSpan] {
        var result: [TimeSpan] = []
        for timeSpan in timeSpans {
            if let last = result.last, last.end >= timeSpan.start {
                result[result.count - 1].end = max(last.end, timeSpan.end)
            } else {
                result.append(timeSpan)
            }
        }
        return result
    }
}
