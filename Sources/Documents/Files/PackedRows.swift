import Tabular

/// Rows of a packed table on their way to it: in memory while they are few, else in a temporary file.
package final class PackedRows {
    private(set) var rows = 0
    private(set) var sum = Gzip.Sum()
    private var bytes: [UInt8] = []
    private var file: TemporaryFile?
    package init() {}

    /// Told when the rows are asked for: nobody listens while they are written.
    private var failure: Problem?

    /// More bytes than this go to a file.
    private static let most = 1 << 20

    package func add(_ piece: Gzip.Piece, rows more: Int) {
        rows += more
        sum.add(piece)
        bytes += piece.packed
        guard bytes.count > Self.most, failure == nil else { return }
        do throws(Problem) {
            if file == nil { file = try TemporaryFile() }
            try file?.append(bytes)
        } catch {
            failure = error
        }
        bytes.removeAll()
    }

    /// Gives the packed bytes in order.
    package func forEachChunk(_ body: ([UInt8]) throws(Problem) -> Void) throws(Problem) {
        if let failure { throw failure }
        try file?.forEachChunk(body)
        if !bytes.isEmpty { try body(bytes) }
    }
}
