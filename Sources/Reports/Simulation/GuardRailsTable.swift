import Center
import Documents
import Planning
import Probability
import Simulator

/// `guard_rails.csv`: one row per contact type and figure, between what formulas say.
enum GuardRailsTable: TableForm {
    static let name = "guard_rails"

    struct Row {
        let type: ContactType
        let rail: GuardRail

        private var isShare: Bool { rail.metric.unit == .percent }
        var unit: String { isShare ? "pct" : "s" }

        func scaled(_ value: Double) -> Double { isShare ? value * 100 : value }

        func bound(_ value: Double) -> Double { scaled(Estimate.clipped(value, isShare: isShare)) }
    }

    static func eachRow(of tables: SimulationTables, _ add: (Row) -> Void) {
        for rail in tables.rails.rails {
            add(Row(type: tables.scenario.contactTypes[rail.contactType], rail: rail))
        }
    }

    static let columns: Columns<Row> = [
        .text("contact_type") { $0.type.id },
        .text("metric", "the figure's name") { $0.rail.metric.name },
        .text("unit", "pct is 0 to 100; s is seconds") { $0.unit },
        .number("value", "as simulated") { $0.scaled($0.rail.simulated.value) },
        .number("lo", "lower bound of the interval") { $0.bound($0.rail.simulated.low) },
        .number("hi", "upper bound of the interval") { $0.bound($0.rail.simulated.high) },
        .number("dedicated", "by formula, if each person's time were divided among their contact types for good") {
            $0.scaled($0.rail.dedicated)
        },
        .number("pooled", "by formula, if everybody with the skill worked for this contact type alone") {
            $0.scaled($0.rail.pooled)
        },
        .text(
            "method",
            "formula: each period settled, handling times exponential; fluid where work that nobody gives up exceeds the "
                + "people", kind: .text
        ) { $0.rail.isFluid ? "fluid" : "formula" },
        .text(
            "position", "inside, better or worse than both, by more than the interval and what formulas leave out",
            kind: .text
        ) { $0.rail.position.rawValue },
        .text("reason", "why it may lie outside", kind: .text) { $0.rail.reason?.text },
    ]
}

extension SimulationTables {
    /// `guard_rails.csv`.
    public var guardRails: Table { GuardRailsTable.table(of: self) }
}
