/// A handling time as a walk through exponential phases: start in one, go on to the next or end.
///
/// Erlang's distribution (as many equal phases one after another) varies less than the exponential, the hyperexponential
/// (one of several phases) varies more.
public struct ServicePhases: Sendable, Hashable {
    /// The chance to start in each phase; they add up to 1.
    public let starts: [Double]
    /// The mean time in each phase, seconds, > 0.
    public let times: [Double]
    /// The chance that the next phase follows; the last phase ends.
    public let onward: [Double]

    private init(starts: [Double], times: [Double], onward: [Double]) {
        self.starts = starts
        self.times = times.map { $0 > 1e-6 ? min($0, 1e15) : 1e-6 }
        self.onward = onward
    }

    /// `count` (≥ 1) equal phases in a row, together with this mean in seconds.
    public static func erlang(_ count: Int, mean: Double) -> ServicePhases {
        let count = max(1, count)
        return ServicePhases(
            starts: [1] + [Double](repeating: 0, count: count - 1),
            times: [Double](repeating: mean / Double(count), count: count),
            onward: [Double](repeating: 1, count: count - 1) + [0])
    }

    /// Each contact with the mean of the branch it belongs to; shares are divided by their sum.
    public static func hyperexponential(_ branches: [Patience.Branch]) -> ServicePhases {
        let shares = branches.map { $0.share > 0 ? min($0.share, 1e12) : 0 }
        let sum = shares.reduce(0, +)
        guard sum > 0 else { return .erlang(1, mean: branches.first?.mean ?? 0) }
        return ServicePhases(
            starts: shares.map { $0 / sum }, times: branches.map(\.mean),
            onward: [Double](repeating: 0, count: branches.count))
    }

    /// Seconds.
    public var mean: Double {
        // The time still to go from each phase, from the last one back.
        var rest = 0.0
        var mean = 0.0
        for i in times.indices.reversed() {
            rest = times[i] + onward[i] * rest
            mean += starts[i] * rest
        }
        return mean
    }

    /// Variance ÷ mean².
    public var squaredSpread: Double {
        var rest = 0.0
        var restSquare = 0.0
        var square = 0.0
        for i in times.indices.reversed() {
            restSquare = 2 * times[i] * times[i] + onward[i] * (2 * times[i] * rest + restSquare)
            rest = times[i] + onward[i] * rest
            square += starts[i] * restSquare
        }
        return square / (mean * mean) - 1
    }
}
