/// A table: its name, its columns with what stands in them, and the rows that a subject has.
///
/// To add one, write it in a file of its own and list it in `EveryTable`: files, data packages, `explain` and the
/// documentation go by that list.
package protocol TableForm<Subject>: Sendable {
    /// What the table is made of, such as the results of a simulation.
    associatedtype Subject
    associatedtype Row

    /// The file's name without ending, `contact_types`.
    static var name: String { get }
    /// The columns that tell rows apart.
    static var key: [String] { get }
    static var columns: Columns<Row> { get }
    /// Gives the rows in their order, one at a time, so that no more than one is in memory beside the cells.
    static func eachRow(of subject: Subject, _ add: (Row) -> Void)
}

extension TableForm {
    package static var key: [String] { [] }

    /// The table without rows: what a file's head and a data package say of it.
    package static var header: Table { Table(name, columns: columns.heads, key: key) }

    package static func table(of subject: Subject) -> Table {
        var table = header
        let columns = columns
        eachRow(of: subject) { table.rows.append(columns.cells($0)) }
        return table
    }
}
