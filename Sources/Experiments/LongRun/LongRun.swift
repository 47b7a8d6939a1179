import Center
import Probability
import Queueing
import Simulator

/// What one long run saw, cut into batches: where it has settled (MSER-5, confirmed), and how long batches must be so
/// that they hardly depend on each other (von Neumann's ratio).
///
/// Batches grow, from 30 to 20 of them, until neighbours may pass for independent; ratios of their means then have
/// Student intervals as those of replications have.
struct LongRun {
    /// The chance that a series of independent batches is taken for one that hangs together, over all figures checked:
    /// larger while batches may still grow.
    private static let levels = [0.1, 0.1, 0.01]

    private let scenario: Scenario
    private let layout: LongRunLayout
    private let plan: Blueprint

    init(_ scenario: Scenario, _ layout: LongRunLayout) {
        self.scenario = scenario
        self.layout = layout
        plan = Blueprint(layout.repeated(scenario))
    }

    func player() -> Player { Player(plan, seed: scenario.experiment.seed) }

    /// Adds what was seen in the first `cycleGroups` groups of cycles to `results`, which must be empty; `onRun` gets
    /// each cycle that counts, by its number in the run.
    func fold(
        _ player: Player, cycleGroups: Int, into results: inout Results, onRun: (Int, Results.Run) throws -> Void
    ) throws {
        guard cycleGroups > 0 else { return }
        let sums = (0..<cycleGroups).map { Sums(player, layout, plan, cycleGroup: $0) }
        var outcome = LongRunOutcome(
            cycleLength: layout.cycleLength, counted: 0, leftOut: 0, batchCount: 0, cyclesPerBatch: 0, correlation: 0,
            failure: nil, isGrowing: Self.isGrowing(sums), work: work, staffed: staffed(results))
        var first = 0
        if layout.warmUpCycles == nil {
            if let truncation = Settling.truncation(sums.map(\.content)) {
                first = truncation
            } else {
                first = cycleGroups / 2
                outcome.failure = .unsettled
            }
        }
        let left = cycleGroups - first
        let counts = LongRunLayout.batchCounts(of: left)
        var batchCount = counts.last ?? left
        for (i, count) in counts.enumerated() {
            let level = Self.levels[i + Self.levels.count - counts.count]
            let batches = Self.batches(Array(sums[first...]), count: count)
            if mayBeIndependent(batches, level: level) {
                batchCount = count
                break
            }
            if i == counts.count - 1 { outcome.failure = outcome.failure ?? .correlated }
        }
        let size = left / batchCount
        first = cycleGroups - size * batchCount
        outcome.correlation = VonNeumann.correlation(
            Self.batches(Array(sums[first...]), count: batchCount).map(\.content))
        outcome.batchCount = batchCount
        outcome.cyclesPerBatch = size * layout.cyclesPerGroup
        outcome.leftOut = layout.cycles(cycleGroup: first).lowerBound
        outcome.counted = batchCount * outcome.cyclesPerBatch
        results.longRun = outcome
        for batch in 0..<batchCount {
            let start = layout.cycles(cycleGroup: first + batch * size).lowerBound
            let cycles = start..<(start + outcome.cyclesPerBatch)
            for cycle in cycles {
                let run = results.count(player.sums(periods: layout.periods(cycle: cycle)))
                try onRun(cycle, run)
            }
            results.closeBatch()
            results.addWaits(waitsOfTypes(player.waitsByPeriod, cycles))
        }
    }

    // MARK: Settling

    /// Sums of one group of cycles, or of several.
    private struct Sums {
        /// Contacts in the center, waiting and in hand, mean over time.
        var content: Double
        var types: [Counts]

        init(_ player: Player, _ layout: LongRunLayout, _ plan: Blueprint, cycleGroup: Int) {
            types = plan.types.map { _ in Counts() }
            var seconds = 0.0
            let cycles = layout.cycles(cycleGroup: cycleGroup)
            let first = layout.periods(cycle: cycles.lowerBound).lowerBound
            let end = layout.periods(cycle: cycles.upperBound - 1).upperBound
            let seen = player.sums(periods: first..<end)
            for p in 0..<(end - first) {
                for c in plan.classes.indices {
                    let base = (p * plan.classes.count + c) * ReplicationSums.Contact.count
                    for k in 0..<ReplicationSums.Contact.count {
                        types[plan.classes[c].type].columns[k] += seen.contacts[base + k]
                    }
                }
                for g in plan.groups.indices {
                    seconds +=
                        seen.groups[
                            (p * plan.groups.count + g) * ReplicationSums.Group.count
                                + ReplicationSums.Group.busy.rawValue]
                }
            }
            for counts in types { seconds += counts.queueSeconds }
            content = seconds / (layout.cycleLength * Double(cycles.count))
        }

        /// Several in a row together.
        init(_ parts: ArraySlice<Sums>) {
            content = parts.map(\.content).reduce(0, +) / Double(parts.count)
            types = parts[parts.startIndex].types
            for part in parts.dropFirst() {
                for t in types.indices {
                    for k in types[t].columns.indices { types[t].columns[k] += part.types[t].columns[k] }
                }
            }
        }
    }

    /// The last groups of cycles in so many batches of equal length.
    private static func batches(_ sums: [Sums], count: Int) -> [Sums] {
        guard count > 0 else { return [] }
        // The beginning that no batch has room for is left out too.
        let size = sums.count / count
        let start = sums.count - size * count
        return (0..<count).map { Sums(sums[(start + $0 * size)..<(start + ($0 + 1) * size)]) }
    }

    /// Whether neither the number in the center nor any service level (share of hang-ups, without a target) depends on
    /// the batch before; the level is shared among the figures (Bonferroni).
    private func mayBeIndependent(_ batches: [Sums], level: Double) -> Bool {
        var series = [batches.map(\.content)]
        for (t, type) in scenario.contactTypes.enumerated() {
            let pairs = batches.map { batch -> (x: Double, y: Double) in
                let counts = batch.types[t]
                guard let rule = type.target?.rule else { return (counts.abandoned, counts.offered) }
                return (rule.numerator(counts), rule.denominator(counts))
            }
            let y = pairs.map(\.y).reduce(0, +)
            guard y > 0 else { continue }
            let ratio = pairs.map(\.x).reduce(0, +) / y
            // What each batch adds to the error of the ratio, as in the delta method.
            series.append(pairs.map { $0.x - ratio * $0.y })
        }
        let each = level / Double(series.count)
        return series.allSatisfy { VonNeumann.mayBeIndependent($0, level: each) }
    }

    /// Whether each quarter after the first had more in the center than the one before, the last by half more.
    private static func isGrowing(_ sums: [Sums]) -> Bool {
        guard sums.count >= 8 else { return false }
        let quarters = (0..<4).map { q in
            Sums(sums[(q * sums.count / 4)..<((q + 1) * sums.count / 4)]).content
        }
        return quarters[2] > quarters[1] && quarters[3] > quarters[2] && quarters[3] > 1.5 * quarters[1]
    }

    // MARK: Load

    private var work: Double {
        var seconds = 0.0
        let scenario = scenario.averaged
        for (t, type) in scenario.contactTypes.enumerated() {
            let factors = scenario.agentGroups.compactMap { group in
                group.skills.first { $0.contactType == t }?.handlingFactor
            }
            let factor = factors.isEmpty ? 1 : factors.reduce(0, +) / Double(factors.count)
            for portion in type.arrivals {
                seconds += portion.contacts * portion.handlingFactor * type.handlingTimeMean * factor
            }
        }
        return seconds / layout.cycleLength
    }

    private func staffed(_ results: Results) -> Double {
        results.scheduledSeconds.reduce(0, +) * (1 - scenario.shrinkage) / layout.cycleLength
    }

    // MARK: Waits

    /// Counts of waits in some cycles, those of a type in the row of its first class, `[class][bucket]`.
    private func waitsOfTypes(_ waits: UnsafeBufferPointer<UInt32>, _ cycles: Range<Int>) -> [UInt64] {
        let size = WaitHistogram.bucketCount
        var counts = [UInt64](repeating: 0, count: plan.classes.count * size)
        for t in plan.types.indices {
            let row = plan.types[t].firstClass * size
            for cycle in cycles {
                let periods = layout.periods(cycle: cycle)
                // All periods of a cycle share one histogram: that of the first in which the type is open.
                guard let p = periods.first(where: { plan.histogram[$0 * plan.types.count + t] >= 0 }) else { continue }
                let first = Int(plan.histogram[p * plan.types.count + t]) * size
                for b in 0..<size { counts[row + b] += UInt64(waits[first + b]) }
            }
        }
        return counts
    }
}
