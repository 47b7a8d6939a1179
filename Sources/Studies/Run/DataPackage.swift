import Documents
import Reports

/// `datapackage.json`: what each table holds, for programs that read tables by description (Data Package 2.0,
/// datapackage.org).
struct DataPackage {
    var name: String
    var title: String
    var version: String
    var tables: [Resource]

    /// A table as it lies in the folder; packed where the path ends in `.gz`.
    struct Resource {
        var table: Table
        var path: String
        var bytes: Int
        var sha256: String
    }

    var json: JSON {
        .object([
            ("$schema", .string("https://datapackage.org/profiles/2.0/datapackage.json")), ("name", .string(name)),
            ("title", .string(title)), ("version", .string(version)),
            ("resources", .array(tables.map(json))),
        ])
    }

    private func json(_ resource: Resource) -> JSON {
        let table = resource.table
        var schema: [(String, JSON)] = [
            ("$schema", .string("https://datapackage.org/profiles/2.0/tableschema.json")),
            ("fields", .array(table.columns.indices.map { field(table, $0) })),
            ("missingValues", .array([.string("")])),
        ]
        if !table.key.isEmpty { schema.append(("primaryKey", .array(table.key.map { .string($0) }))) }
        let isPacked = resource.path.hasSuffix(".gz")
        return .object(
            [
                ("name", .string(table.name)), ("type", .string("table")), ("path", .string(resource.path)),
                ("format", .string("csv")), ("mediatype", .string("text/csv")), ("encoding", .string("utf-8")),
            ] + (isPacked ? [("compression", .string("gz"))] : []) + [
                ("bytes", .integer(resource.bytes)), ("hash", .string("sha256:" + resource.sha256)),
                ("schema", .object(schema)),
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
