import Documents

/// Every table that a command writes, listed once: files, data packages, `explain`, the documentation and the tests go
/// by it.
public enum EveryTable {
    /// Of a simulated scenario, in the order in which they are saved and printed.
    static let ofSimulation: [any TableForm<SimulationTables>.Type] = [
        SummaryTable.self, ContactTypesTable.self, IntervalsTable.self, AgentGroupsTable.self,
        GroupIntervalsTable.self, GuardRailsTable.self,
    ]

    /// Of a simulated scenario too, written as rows come.
    static let streamed: [Table] = [ReplicationsTable.header, ContactsTable.header]

    /// What `staff` answers.
    static let ofStaffing: [Table] = [StaffAnswersTable.header, RequirementsTable.header, ChancesTable.header]

    /// Without rows.
    static let headers: [Table] = ofSimulation.map { $0.header } + streamed + ofStaffing

    /// Where a table is found: the name of its file, contacts packed, or the option that prints it.
    static func place(_ name: String) -> String {
        switch name {
        case ContactsTable.header.name: name + ".csv.gz"
        case StaffAnswersTable.name: "staff --csv"
        default: name + ".csv"
        }
    }

    /// The files of tables in the folder of a simulated scenario.
    package static let runFiles: [String] = (SimulationTables.names + streamed.map(\.name)).map(place)
}

extension SimulationTables {
    /// Every table but those that are written as rows come.
    public var all: [Table] { EveryTable.ofSimulation.map { $0.table(of: self) } }

    /// The names of `all`, in its order.
    public static let names: [String] = EveryTable.ofSimulation.map { $0.name }
    /// Of the table with every figure, and of the one that `--csv` prints.
    public static let summaryName = SummaryTable.name
    /// The name of the table of contact types.
    public static let contactTypesName = ContactTypesTable.name
}
