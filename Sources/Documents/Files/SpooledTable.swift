import Tabular

/// A table that is written as its rows come, so that memory does not grow with them.
public final class SpooledTable {
    /// Name and columns; without rows.
    public let header: Table
    /// How many rows were added so far, without the header.
    public private(set) var rows = 0
    private let file: TemporaryFile
    /// Of a packed table, what its pieces come to.
    private var packed: Gzip.Sum?
    private var isEnded = false

    /// A packed table is a gzip file, `contacts.csv.gz`.
    public init(_ header: Table, isPacked: Bool = false) throws(Problem) {
        self.header = header
        file = try TemporaryFile()
        packed = isPacked ? Gzip.Sum() : nil
        if isPacked { try file.append(Gzip.head) }
        try write(CSV.bytes(header))
    }

    /// Whether it is written as a gzip file.
    public var isPacked: Bool { packed != nil }
    /// The file's name with its ending, `.csv` or `.csv.gz`.
    public var fileName: String { header.name + (isPacked ? ".csv.gz" : ".csv") }
    /// As the file will have them.
    public var bytes: Int { file.bytes }

    /// `contacts.csv.gz: 475,000 rows, 26 MB`.
    public var size: String {
        "\(fileName): \(PlainNumbers.grouped(Double(rows))) row\(rows == 1 ? "" : "s"), \(PlainNumbers.fileSize(bytes))"
    }

    /// Adds rows at the end; throws where the file cannot be written.
    public func add(_ more: [[Table.Cell]]) throws(Problem) {
        rows += more.count
        try write(CSV.rowBytes(more))
    }

    /// Adds rows that were written and packed before, to a packed table.
    package func add(_ part: PackedRows) throws(Problem) {
        precondition(isPacked && !isEnded, "packed rows are added to a table that was ended or is plain")
        rows += part.rows
        packed?.add(part.sum)
        try part.forEachChunk { (chunk) throws(Problem) in try file.append(chunk) }
    }

    private func write(_ bytes: [UInt8]) throws(Problem) {
        precondition(!isEnded, "a row is added to a table that was ended")
        guard isPacked else { return try file.append(bytes) }
        let piece = Gzip.Piece(bytes)
        packed?.add(piece)
        try file.append(piece.packed)
    }

    /// Nothing may be added after that.
    private func end() throws(Problem) {
        guard !isEnded else { return }
        isEnded = true
        if let packed { try file.append(packed.tail) }
    }

    /// Lower-case hexadecimal digits of the whole file's SHA-256; ends the table.
    package func sha256() throws(Problem) -> String {
        try end()
        return try file.sha256()
    }

    /// Copies the whole file to a new one; ends the table.
    package func copy(to path: String) throws(Problem) {
        try end()
        try file.copy(to: path)
    }
}
