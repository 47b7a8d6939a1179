import Documents
import Simulator
import Tabular

/// The rows of `contacts.csv.gz`, written and packed while a replication is played, so that memory does not grow with
/// them.
package final class ContactRows: ContactReader {
    let packed = PackedRows()
    private let columns = ContactsTable.columns
    private let run: ContactsTable.Run
    private var buffer: [UInt8] = []
    private var unpackedRows = 0

    /// Pieces of this many bytes: long enough that packing them apart costs nothing.
    private static let pieceSize = 1 << 19

    /// Of replication `number`, from 0.
    package init(_ number: Int, _ words: ContactWords) {
        run = ContactsTable.Run(number, words)
    }

    package func read(_ entries: ArraySlice<Diary.Entry>) {
        for entry in entries {
            columns.write(entry, of: run, to: &buffer)
            unpackedRows += 1
            if buffer.count >= Self.pieceSize { pack() }
        }
    }

    package func end() { pack() }

    private func pack() {
        guard !buffer.isEmpty else { return }
        packed.add(Gzip.Piece(buffer), rows: unpackedRows)
        unpackedRows = 0
        buffer.removeAll(keepingCapacity: true)
    }
}

extension SpooledTable {
    /// Adds a replication's contacts; the next replication in order.
    package func add(_ contacts: ContactRows) throws(Problem) {
        try add(contacts.packed)
    }
}
