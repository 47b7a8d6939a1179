import Simulator

/// The work of one list as it is worked off: first come, first done, as fast as people are free for it.
struct DeferredInHand {
    /// Contacts that came together.
    private struct Batch {
        var period: Int
        var contacts: Double
        var came: Double
        var due: Double
    }

    private var batches: [Batch] = []
    private var first = 0
    /// Contacts still to be done.
    private(set) var waiting = 0.0

    mutating func add(_ contacts: Double, period: Int, came: Double, due: Double) {
        guard contacts > 0 else { return }
        waiting += contacts
        batches.append(Batch(period: period, contacts: contacts, came: came, due: due))
    }

    /// The due time of what comes first.
    var head: Double { first < batches.count ? batches[first].due : .infinity }

    /// How many came at a time or before.
    func waiting(since time: Double) -> Double {
        var sum = 0.0
        var i = first
        while i < batches.count, batches[i].came <= time {
            sum += batches[i].contacts
            i += 1
        }
        return sum
    }

    /// Does so many contacts by `time`; tells for each period how many were done, and how many of them in time.
    mutating func finish(
        _ contacts: Double, by time: Double, _ report: (_ period: Int, _ done: Double, _ inTime: Bool) -> Void
    ) {
        var left = min(contacts, waiting)
        waiting -= left
        while left > 1e-12, first < batches.count {
            let part = min(left, batches[first].contacts)
            report(batches[first].period, part, time <= batches[first].due)
            batches[first].contacts -= part
            left -= part
            if batches[first].contacts <= 1e-12 { first += 1 }
        }
        if first > 64, first * 2 > batches.count {
            batches.removeFirst(first)
            first = 0
        }
        if first == batches.count { waiting = 0 }
    }
}
