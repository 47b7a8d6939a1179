import Documents
import Simulator

/// The columns of a table whose rows are written as bytes at once: millions of them are never in memory as cells.
struct ContactColumns: Sendable {
    typealias Run = ContactsTable.Run

    struct Column: Sendable {
        let head: Table.Column
        /// Appends what stands in the cell.
        let write: @Sendable (Diary.Entry, Run, inout [UInt8]) -> Void
    }

    let all: [Column]

    init(_ columns: [Column]) { all = columns }

    /// Appends a row with its end.
    func write(_ entry: Diary.Entry, of run: Run, to bytes: inout [UInt8]) {
        for index in all.indices {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            all[index].write(entry, run, &bytes)
        }
        bytes.append(0x0A)
    }
}

/// What is nil leaves its cell blank.
extension ContactColumns.Column {
    typealias Run = ContactsTable.Run

    /// What was written out before.
    static func bytes(
        _ name: String, _ summary: String, kind: Table.Column.Kind = .text,
        _ value: @escaping @Sendable (Diary.Entry, Run) -> [UInt8]
    ) -> Self {
        Self(head: .init(name, summary, kind: kind)) { entry, run, bytes in bytes.append(contentsOf: value(entry, run))
        }
    }

    static func text(
        _ name: String, _ summary: String, kind: Table.Column.Kind = .text,
        _ value: @escaping @Sendable (Diary.Entry, Run) -> String?
    ) -> Self {
        Self(head: .init(name, summary, kind: kind)) { entry, run, bytes in
            if let text = value(entry, run) { CSV.append(text, to: &bytes) }
        }
    }

    static func number(
        _ name: String, _ summary: String, _ value: @escaping @Sendable (Diary.Entry, Run) -> Double?
    ) -> Self {
        Self(head: .init(name, summary, kind: .number)) { entry, run, bytes in
            if let number = value(entry, run) { Decimals.append(number, to: &bytes) }
        }
    }

    static func count(
        _ name: String, _ summary: String, _ value: @escaping @Sendable (Diary.Entry, Run) -> Int?
    ) -> Self {
        Self(head: .init(name, summary, kind: .count)) { entry, run, bytes in
            if let count = value(entry, run) { bytes.append(contentsOf: String(count).utf8) }
        }
    }
}
