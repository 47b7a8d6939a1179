import Center
import Documents
import Experiments
import Simulator

/// `replications.csv`: the figures of each run, given as it is merged, so that memory does not grow with their number.
enum ReplicationsTable: TableForm {
    static let name = "replications"
    static let key = ["run", "scope", "id"]

    /// Everything, a contact type or an agent group of one run.
    struct Row {
        /// From 1.
        let run: Int
        let scope: String
        let id: String
        /// Of contacts; nil of a group.
        var counts: Counts?
        var answered: Double
        /// Met and counted contacts, where there is a target.
        var level: (met: Double, counted: Double)?
        /// Of a type with a target.
        var inTime: Double?
        /// Seconds of a group.
        var time: (busy: Double, present: Double)?
        var cost: Double?
    }

    static let columns: Columns<Row> = [
        .count("run", "from 1", kind: .count) { $0.run },
        .text("scope", "all, contact_type or agent_group", kind: .text) { $0.scope },
        .text("id", "the contact type's or the group's name in the scenario", kind: .text) { $0.id },
        .number("offered", kind: .number) { $0.counts?.offered },
        .number("answered", kind: .number) { $0.answered },
        .number("abandoned", kind: .number) { $0.counts?.abandoned },
        .number("answered_in_sl", "within the target's time", kind: .number) { $0.inTime },
        .percent("service_level_pct", "by the target's rule", kind: .number) { row in
            row.level.flatMap { ratio($0.met, $0.counted) }
        },
        .number("asa_s", kind: .number) { row in row.counts.flatMap { ratio($0.waitOfAnswered, $0.answered) } },
        .percent("abandon_pct", kind: .number) { row in row.counts.flatMap { ratio($0.abandoned, $0.offered) } },
        .percent("occupancy_pct", kind: .number) { row in row.time.flatMap { ratio($0.busy, $0.present) } },
        .number("cost", "wages of paid time and overtime", kind: .number) { $0.cost },
    ]

    private static func ratio(_ x: Double, _ y: Double) -> Double? { y == 0 ? nil : x / y }

    /// One run of a scenario.
    struct Subject {
        let scenario: Scenario
        /// From 0.
        let number: Int
        let run: Results.Run
        /// By agent group.
        let costs: [Double?]
    }

    static func eachRow(of subject: Subject, _ add: (Row) -> Void) {
        let run = subject.run
        let label = subject.number + 1
        let known = subject.costs.compactMap { $0 }
        add(
            Row(
                run: label, scope: "all", id: "all", counts: run.all, answered: run.all.answered,
                level: run.serviceLevel, cost: known.isEmpty ? nil : known.reduce(0, +)))
        for (type, counts) in zip(subject.scenario.contactTypes, run.types) {
            let rule = type.target?.rule
            add(
                Row(
                    run: label, scope: "contact_type", id: type.id, counts: counts, answered: counts.answered,
                    level: rule.map { ($0.numerator(counts), $0.denominator(counts)) },
                    inTime: rule == nil ? nil : counts.answeredInTime))
        }
        for (g, group) in subject.scenario.agentGroups.enumerated() {
            let figures = run.groups[g]
            add(
                Row(
                    run: label, scope: "agent_group", id: group.id, answered: figures.answered,
                    time: (figures.busy, figures.present), cost: subject.costs[g]))
        }
    }
}

/// The rows of `replications.csv`, run by run.
public struct ReplicationRows: Sendable {
    private let scenario: Scenario
    /// By group, with no overtime after shifts; and what an hour of that costs.
    private let costs: [Double?]
    private let overtime: [Double]

    /// `results` give what is the same in every run: it may be those of an experiment that has not begun.
    public init(_ results: Results) {
        scenario = results.scenario
        let paid = PaidTime(results)
        costs = results.scenario.agentGroups.indices.map { paid.cost($0, late: 0) }
        overtime = results.scenario.agentGroups.map { ($0.wagePerHour ?? 0) * ($0.overtimeRate ?? 0) }
    }

    /// The table without rows, for its header.
    public static var header: Table { ReplicationsTable.header }

    /// The rows of one run, `number` from 0.
    public func rows(_ number: Int, _ run: Results.Run) -> [[Table.Cell]] {
        let costs = costs.indices.map { g in
            self.costs[g].map { $0 + overtime[g] * run.groups[g].overtime / 3600 }
        }
        return ReplicationsTable.table(
            of: .init(scenario: scenario, number: number, run: run, costs: costs)
        ).rows
    }
}
