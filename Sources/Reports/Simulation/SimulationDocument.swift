import Documents

/// `simulate --json`: one document with every table, the same whether it was just simulated or read back.
public enum SimulationDocument {
    /// Tables by name, in the order of `SimulationTables.all`.
    public static func json(
        scenario: String, runs: Int, stopReason: String, seed: UInt64, saved: String?, tables: [Table]
    ) -> JSON {
        .object(
            [
                ("schema", .string("switchboard/simulate/1")), ("scenario", .string(scenario)),
                ("runs", .integer(runs)),
                ("stop_reason", .string(stopReason)),
                ("seed", seed <= 1 << 53 ? .integer(Int(seed)) : .string(String(seed))), ("saved", .text(saved)),
            ] + tables.map { ($0.name, JSON($0)) })
    }
}
