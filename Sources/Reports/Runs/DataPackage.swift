/// `datapackage.json`: what each table holds, for programs that read tables by description (Data Package 2.0,
/// datapackage.org).
struct DataPackage {
    var name: String
    var title: String
    var version: String
    var tables: [(table: Table, bytes: Int, sha256: String)]

    var json: JSON {
        .object([
            ("$schema", .string("https://datapackage.org/profiles/2.0/datapackage.json")), ("name", .string(name)),
            ("title", .string(title)), ("version", .string(version)),
            ("resources", .array(tables.map { resource($0.table, bytes: $0.bytes, sha256: $0.sha256) })),
        ])
    }

    private func resource(_ table: Table, bytes: Int, sha256: String) -> JSON {
        var schema: [(String, JSON)] = [
            ("$schema", .string("https://datapackage.org/profiles/2.0/tableschema.json")),
            ("fields", .array(table.columns.indices.map { field(table, $0) })),
            ("missingValues", .array([.string("")])),
        ]
        if !table.key.isEmpty { schema.append(("primaryKey", .array(table.key.map { .string($0) }))) }
        return .object([
            ("name", .string(table.name)), ("type", .string("table")), ("path", .string(table.name + ".csv")),
            ("format", .string("csv")), ("mediatype", .string("text/csv")), ("encoding", .string("utf-8")),
            ("bytes", .integer(bytes)), ("hash", .string("sha256:" + sha256)), ("schema", .object(schema)),
        ])
    }

    private func field(_ table: Table, _ index: Int) -> JSON {
        let column = table.columns[index]
        let kind = table.kind(of: index)
        var members: [(String, JSON)] = [("name", .string(column.name)), ("type", .string(kind.rawValue))]
        // Times of day stand without seconds in our tables.
        if kind == .time { members.append(("format", .string("%H:%M"))) }
        if !column.summary.isEmpty { members.append(("description", .string(column.summary))) }
        if let unit = column.unit { members.append(("unit", .string(unit))) }
        return .object(members)
    }
}
