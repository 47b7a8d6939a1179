/// When each agent is next free: all that a queue served first come first served has to remember (Kiefer, Wolfowitz
/// 1955).
///
/// A heap in which each time has four later ones below it. Reading the first costs nothing, changing it log₄ n steps.
struct FreeTimes {
    private var times: [Double] = []
    /// Those whose shift has ended while they were busy, earliest first.
    ///
    /// They all become free before any of the others does: the earliest leave.
    private var leaving: [Double] = []

    var count: Int { times.count }

    /// ∞ without agents.
    @inline(__always)
    var first: Double { times.isEmpty ? .infinity : times[0] }

    /// So many agents, all free from `time` on.
    mutating func reset(agents: Int, at time: Double) {
        leaving.removeAll(keepingCapacity: true)
        times.removeAll(keepingCapacity: true)
        times.append(contentsOf: repeatElement(time, count: agents))
    }

    /// The agent who is free first is now free at `time`, no earlier than before.
    @inline(__always)
    mutating func replaceFirst(with time: Double) {
        times.withUnsafeMutableBufferPointer { times in
            let count = times.count
            var place = 0
            while true {
                let below = 4 &* place &+ 1
                guard below < count else { break }
                var least = below
                if below &+ 3 < count {
                    // Two matches and a final.
                    let left = times[below &+ 1] < times[below] ? below &+ 1 : below
                    let right = times[below &+ 3] < times[below &+ 2] ? below &+ 3 : below &+ 2
                    least = times[right] < times[left] ? right : left
                } else {
                    for i in (below &+ 1)..<max(below &+ 1, count) where times[i] < times[least] { least = i }
                }
                guard times[least] < time else { break }
                times[place] = times[least]
                place = least
            }
            times[place] = time
        }
    }

    /// From `time` on this many are on duty, ≥ 0; no service that begins at `time` or later may have been entered.
    ///
    /// Fewer: the idle leave first, then whoever finishes first. More: whoever was about to leave stays, the last to
    /// finish first, and new ones are free at once.
    mutating func staff(_ agents: Int, at time: Double) {
        while times.count > agents {
            let free = removeFirst()
            if free > time { leaving.append(free) }
        }
        while times.count < agents {
            let stays = leaving.popLast().map { $0 > time ? $0 : time } ?? time
            insert(stays)
        }
    }

    private mutating func insert(_ time: Double) {
        var place = times.count
        times.append(time)
        while place > 0 {
            let above = (place - 1) / 4
            guard time < times[above] else { break }
            times[place] = times[above]
            place = above
        }
        times[place] = time
    }

    private mutating func removeFirst() -> Double {
        let first = times[0]
        let last = times.removeLast()
        if !times.isEmpty { replaceFirst(with: last) }
        return first
    }
}
