#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A mixture of exponential durations: each draw belongs to a branch, by chance, and has that branch's mean.
///
/// A branch with mean 0 is a lump: the share of callers who hang up at once when they would have to wait (balking).
public struct Hyperexponential: Sendable, Hashable, DistributionShape {
    /// One kind of duration in the mixture.
    public struct Branch: Sendable, Hashable {
        /// The chance of the branch, ≥ 0; the chances of all branches add up to 1.
        public let share: Double
        /// Seconds, ≥ 0.
        public let mean: Double

        /// `share` ≥ 0; `mean` in seconds, 0 for a lump of durations that are over at once.
        public init(share: Double, mean: Double) {
            self.share = share
            self.mean = mean
        }
    }

    /// The branches with a mean above 0, shares as given.
    public let branches: [Branch]
    /// The share of durations that are 0.
    public let atOnce: Double
    public let mean: Double
    public let spread: Double

    /// Shares ≥ 0 are divided by their sum, which must be above 0; means are seconds ≥ 0.
    public init(_ branches: [Branch]) {
        let total = branches.reduce(0) { $0 + $1.share }
        precondition(total > 0, "a mixture needs a branch with a share")
        let all = branches.map { Branch(share: $0.share / total, mean: $0.mean) }.filter { $0.share > 0 }
        self.branches = all.filter { $0.mean > 0 }
        atOnce = all.filter { $0.mean <= 0 }.reduce(0) { $0 + $1.share }
        let mean = all.reduce(0) { $0 + $1.share * $1.mean }
        let square = all.reduce(0) { $0 + 2 * $1.share * $1.mean * $1.mean }
        self.mean = mean
        spread = mean > 0 ? max(0, square - mean * mean).squareRoot() / mean : 0
    }

    /// Two branches of equal weight in the mean, share × mean; the spread is at least 1 (Whitt 1982, balanced means).
    public init(mean: Double, spread: Double) {
        let square = max(1, spread * spread)
        let share = (1 + ((square - 1) / (square + 1)).squareRoot()) / 2
        self.init([
            Branch(share: share, mean: mean / (2 * share)),
            Branch(share: 1 - share, mean: share < 1 ? mean / (2 * (1 - share)) : mean),
        ])
    }

    /// Every duration multiplied by `factor` > 0.
    public func scaled(by factor: Double) -> Hyperexponential {
        Hyperexponential(
            branches.map { Branch(share: $0.share, mean: $0.mean * factor) } + [Branch(share: atOnce, mean: 0)])
    }

    /// By inversion of the whole mixture, so that a larger uniform never gives a shorter duration: Newton steps on
    /// ln P(S > x), which is convex, from the left, where they cannot pass the root; relative error < 1e-13.
    public func quantile(_ u: Double) -> Double {
        guard u > atOnce, let first = branches.first else { return 0 }
        if branches.count == 1 { return -first.mean * PortableMath.log((1 - u) / first.share) }
        let goal = PortableMath.log(1 - u)
        var x = 0.0
        for _ in 0..<200 {
            var survival = 0.0
            var density = 0.0
            for branch in branches {
                let part = branch.share * PortableMath.exp(-x / branch.mean)
                survival += part
                density += part / branch.mean
            }
            let step = (PortableMath.log(survival) - goal) * survival / density
            x += step
            if step <= 1e-14 * x { break }
        }
        return max(0, x)
    }

    public static let entry: DistributionEntry? = DistributionEntry(
        keyword: "hyperexponential", summary: "a mixture of two exponentials: mostly short, some far longer",
        defaultSpread: 1.5, takesSpread: true
    ) { mean, spread in Distribution(Hyperexponential(mean: mean, spread: spread)) }
}

extension Hyperexponential {
    public func remainder(_ u: Double, _ v: Double) -> Double {
        var left = u * mean
        for branch in branches {
            left -= branch.share * branch.mean
            if left <= 0 { return -branch.mean * PortableMath.log(1 - v) }
        }
        return branches.last.map { -$0.mean * PortableMath.log(1 - v) } ?? 0
    }

    public func split(at x: Double) -> DurationSplit {
        var sum = DurationSplit(longer: 0, shorter: atOnce, meanOfShorter: 0)
        for branch in branches {
            let part = Exponential(mean: branch.mean).split(at: x)
            sum.longer += branch.share * part.longer
            sum.shorter += branch.share * part.shorter
            sum.meanOfShorter += branch.share * part.meanOfShorter
        }
        return sum
    }

    public func density(_ x: Double) -> Double? {
        guard atOnce == 0 || x > 0 else { return nil }
        return branches.reduce(0) { $0 + $1.share * exp(-x / $1.mean) / $1.mean }
    }

    public func meanUpTo(_ x: Double) -> Double {
        branches.reduce(0) {
            $0 + $1.share * $1.mean * PortableMath.incompleteGamma(shape: 1, x / $1.mean).lower
        }
    }

    public func areaUpTo(_ x: Double) -> Double {
        branches.reduce(0) { $0 + $1.share * Exponential(mean: $1.mean).areaUpTo(x) }
    }

    public func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        branches.reduce((0.0, 0.0)) { sum, branch in
            let part = Exponential(mean: branch.mean).oneMinusTransform(turn)
            return (sum.0 + branch.share * part.real, sum.1 + branch.share * part.imaginary)
        }
    }
}

extension Distribution {
    /// A mixture of exponential durations.
    public static func hyperexponential(_ shape: Hyperexponential) -> Distribution { Distribution(shape) }
}
