import Center

/// Plays replications of one scenario, one after the other on one thread, in memory that is used again.
///
/// The same plan, seed and number give the same bits, whatever was played before.
package final class Player {
    private let plan: Blueprint
    private var replication: Replication

    package init(_ plan: Blueprint, seed: UInt64) {
        self.plan = plan
        replication = Replication(plan, seed: seed)
    }

    /// Plays replication `number` (from 0); `reader` follows every contact.
    package func play(_ number: Int, reader: (any ContactReader)? = nil) -> ReplicationSums {
        replication.diary = reader.map { Diary(plan, reader: $0) }
        replication.play(number)
        let (seen, counts) = (replication.seen, replication.waits)
        let waits = Array(UnsafeBufferPointer(start: counts.base, count: counts.count))
        // The next replication counts its own.
        counts.fill(0)
        return ReplicationSums(seen, periods: 0..<seen.periodCount, waits: waits)
    }

    /// Plays replication `number` and writes everything that happens into the diary.
    package func play(_ number: Int, into diary: Diary) {
        replication.diary = diary
        replication.play(number)
    }

    /// Plays replication 0 for as long as `keepsOn`, asked at the beginning of each period, says so.
    package func play(keepsOn: @escaping (_ period: Int) -> Bool) {
        replication.keepsOn = keepsOn
        replication.play(0)
        replication.keepsOn = nil
    }

    /// What was seen in some periods of the last play.
    package func sums(periods: Range<Int>) -> ReplicationSums {
        ReplicationSums(replication.seen, periods: periods, waits: [])
    }

    /// Waits of answered contacts by period of arrival and type, over all plays: `[histogram][bucket]`.
    package var waitsByPeriod: UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: replication.waitsByPeriod.base, count: replication.waitsByPeriod.count)
    }
}
