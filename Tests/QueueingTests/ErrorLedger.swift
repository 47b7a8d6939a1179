import Synchronization
import TestSupport

/// How far the numbers of one table lie from their references: filled while its test runs, read by the article's test.
final class ErrorLedger: Sendable {
    /// The ledger that comparisons are noted in; none in a usual run.
    @TaskLocal static var current: ErrorLedger?

    struct Entries: Sendable {
        var values = 0
        var columns: Set<String> = []
        /// Relative where the tolerance is, absolute for shares that are compared so.
        var worst = 0.0
    }

    private let entries = Mutex(Entries())
    var found: Entries { entries.withLock { $0 } }

    func note(_ column: String, _ value: Double, _ reference: Double, _ tolerance: Tolerance) {
        let distance = abs(value - reference)
        let error: Double =
            switch tolerance {
            case .relative: reference == 0 ? (value == 0 ? 0 : .infinity) : distance / abs(reference)
            case .absolute: distance
            }
        entries.withLock { entries in
            entries.values += 1
            entries.columns.insert(column)
            entries.worst = max(entries.worst, error)
        }
    }
}
