import Simulator

/// Where replications come from: threads of this machine, or whatever else plays the same plan.
package protocol ReplicationSource: AnyObject, Sendable {
    /// Gets what a replication saw, and the reader of its contacts where there is one; returns whether more are wanted.
    typealias Take = @Sendable (_ number: Int, _ sums: ReplicationSums, _ reader: (any ContactReader)?) -> Bool

    /// Plays the replications of some numbers and returns when all are taken, or, when no more are wanted, all that have
    /// begun.
    ///
    /// `take` is called in the order of the numbers, one at a time, on any thread; whatever was played is taken.
    func play(_ numbers: Range<Int>, reader: (@Sendable (Int) -> any ContactReader)?, take: @escaping Take)

    /// Waits of answered contacts by period of arrival and type over all that was taken, `[histogram][bucket]`: sums
    /// of whole numbers, the same in any order.
    var waitsByPeriod: [UInt32] { get }
}
