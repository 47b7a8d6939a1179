import Foundation
import Simulator

/// Replications played on threads of this machine.
///
/// Nobody runs far ahead of what is taken, so memory does not grow with the number of replications.
final class ThreadSource: ReplicationSource, @unchecked Sendable {
    /// How far ahead replications may be, for each thread.
    static let replicationsAhead = 4
    static let stackSize = 1 << 21

    /// Of one thread: a player is made where it plays.
    private final class Seat: @unchecked Sendable {
        let plan: Blueprint
        let seed: UInt64
        lazy var player = Player(plan, seed: seed)

        init(_ plan: Blueprint, seed: UInt64) {
            self.plan = plan
            self.seed = seed
        }
    }

    private let seats: [Seat]

    init(_ plan: Blueprint, seed: UInt64, threads: Int) {
        seats = (0..<threads).map { _ in Seat(plan, seed: seed) }
    }

    func play(_ numbers: Range<Int>, reader: (@Sendable (Int) -> any ContactReader)?, take: @escaping Take) {
        let batch = Batch(numbers, ahead: Self.replicationsAhead * seats.count, take)
        let others = DispatchGroup()
        for seat in seats.dropFirst() {
            others.enter()
            let thread = Thread {
                batch.play(seat.player, reader: reader)
                others.leave()
            }
            thread.stackSize = Self.stackSize
            thread.start()
        }
        if let seat = seats.first { batch.play(seat.player, reader: reader) }
        others.wait()
    }

    var waitsByPeriod: [UInt32] {
        var sum: [UInt32] = []
        for seat in seats {
            let waits = seat.player.waitsByPeriod
            if sum.isEmpty { sum = [UInt32](repeating: 0, count: waits.count) }
            for i in sum.indices { sum[i] += waits[i] }
        }
        return sum
    }

    /// The order in which replications under way are taken.
    private final class Batch: @unchecked Sendable {
        private struct Played {
            let sums: ReplicationSums
            let reader: (any ContactReader)?
        }

        private let end: Int
        private let ahead: Int
        private let take: Take
        private let lock = NSCondition()
        private var next: Int
        private var taken: Int
        private var waiting: [Int: Played] = [:]
        private var isOver = false

        init(_ numbers: Range<Int>, ahead: Int, _ take: @escaping Take) {
            (next, taken, end) = (numbers.lowerBound, numbers.lowerBound, numbers.upperBound)
            self.ahead = ahead
            self.take = take
        }

        func play(_ player: Player, reader: (@Sendable (Int) -> any ContactReader)?) {
            while let number = nextNumber() {
                let reader = reader?(number)
                handOver(number, Played(sums: player.play(number, reader: reader), reader: reader))
            }
        }

        private func nextNumber() -> Int? {
            lock.lock()
            defer { lock.unlock() }
            while !isOver, next < end, next >= taken + ahead { lock.wait() }
            guard !isOver, next < end else { return nil }
            next += 1
            return next - 1
        }

        private func handOver(_ number: Int, _ played: Played) {
            lock.lock()
            defer { lock.unlock() }
            waiting[number] = played
            // Those under way when no more are wanted are taken too: their waits are in the players' sums.
            while let played = waiting.removeValue(forKey: taken) {
                if !take(taken, played.sums, played.reader) { isOver = true }
                taken += 1
            }
            lock.broadcast()
        }
    }
}
