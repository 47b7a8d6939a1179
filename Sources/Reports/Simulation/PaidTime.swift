import Center
import Experiments
import Simulator

/// What people are paid for, and what that costs: hours and wages by agent group.
struct PaidTime: Sendable {
    private let scenario: Scenario
    /// By group: hours paid and scheduled, the same in every replication.
    let hours: [Double]
    let scheduledHours: [Double]
    /// By group: seconds planned beyond contracts, and those after the shifts' ends, a run.
    private let plannedOvertime: [Double]
    private let lateOvertime: [Double]

    init(_ results: Results) {
        scenario = results.scenario
        let groups = results.scenario.agentGroups.indices
        hours = Self.hours(results.paidSeconds, groupCount: groups.count)
        scheduledHours = Self.hours(results.scheduledSeconds, groupCount: groups.count)
        plannedOvertime = groups.map { results.scenario.plannedOvertime(ofGroup: $0) }
        lateOvertime = groups.map { results.groups[$0].overtime / Double(max(results.replications, 1)) }
    }

    /// Hours by group, of seconds by period and group.
    private static func hours(_ seconds: [Double], groupCount: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: groupCount)
        var g = 0
        for part in seconds {
            sums[g] += part
            g += 1
            if g == groupCount { g = 0 }
        }
        return sums.map { $0 / 3600 }
    }

    /// After the shifts' ends, a run, and planned beyond the contracts.
    func overtimeHours(_ g: Int) -> Double { (lateOvertime[g] + plannedOvertime[g]) / 3600 }

    /// Paid hours, with what overtime costs on top; `late` are hours after the shifts' ends, a run's if not given.
    func wageHours(_ g: Int, late: Double? = nil) -> Double {
        guard let rate = scenario.agentGroups[g].overtimeRate else { return hours[g] }
        return hours[g] + (rate - 1) * plannedOvertime[g] / 3600 + rate * (late ?? lateOvertime[g] / 3600)
    }

    /// Wages of a group's paid time and overtime; nil where it has no wage.
    func cost(_ g: Int, late: Double? = nil) -> Double? {
        scenario.agentGroups[g].wagePerHour.map { $0 * wageHours(g, late: late) }
    }

    /// Wages of all paid time and overtime; nil when no group has a wage.
    var cost: Double? {
        let costs = scenario.agentGroups.indices.compactMap { cost($0) }
        return costs.isEmpty ? nil : costs.reduce(0, +)
    }
}
