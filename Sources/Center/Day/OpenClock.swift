import Tabular

/// A clock that runs in a type's opening hours only.
package struct OpenClock: Sendable {
    private let timeSpans: [TimeSpan]
    /// Open seconds before each span, and in all.
    private let before: [Double]

    /// Sorted, disjoint.
    package init(_ timeSpans: [TimeSpan]) {
        self.timeSpans = timeSpans
        var sum = 0.0
        var before = [0.0]
        for timeSpan in timeSpans {
            sum += timeSpan.length
            before.append(sum)
        }
        self.before = before
    }

    /// Open seconds from `start` to `end` ≥ `start`.
    package func elapsed(from start: Double, to end: Double) -> Double { reading(end) - reading(start) }

    /// When so many open seconds have passed since `start`; infinite when they never do.
    package func time(after elapsed: Double, from start: Double) -> Double {
        let wanted = reading(start) + elapsed
        guard elapsed > 0 else { return start }
        guard let i = timeSpans.indices.first(where: { before[$0 + 1] >= wanted }) else { return .infinity }
        return timeSpans[i].start + wanted - before[i]
    }

    /// Open seconds since the beginning.
    private func reading(_ time: Double) -> Double {
        var low = 0
        var high = timeSpans.count
        while low < high {
            let middle = (low + high) / 2
            if timeSpans[middle].start <= time { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return 0 }
        return before[low - 1] + min(time, timeSpans[low - 1].end) - timeSpans[low - 1].start
    }
}
