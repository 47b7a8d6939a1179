import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A `Patience` with its parameters brought into range, ready for many questions.
struct PatienceLaw: Sendable {
    private enum Shape: Sendable {
        case never
        case duration(any DistributionShape)
        case mixture([Patience.Branch])
        case measured(PatienceCurve)

        static func fixed(_ wait: Double) -> Shape { .duration(Fixed(wait)) }
    }

    private let shape: Shape
    /// The share that the patience is about, where others leave at once whatever it is; and of these, who leave at once.
    private let staying: Double
    private let lump: Double
    /// The share that leaves at once.
    let balking: Double
    /// Where the survival function jumps or bends; ascending, > 0.
    let kinks: [Double]

    init(_ patience: Patience) {
        var patience = patience
        var staying = 1.0
        while case .balking(let share, let otherwise) = patience {
            staying *= 1 - Self.clamp(share, 0, 1)
            patience = otherwise
        }
        let shape = Self.shape(patience)
        self.shape = shape
        self.staying = staying
        // Where everybody leaves at once there is nobody left to ask about.
        if case .duration(let law) = shape, law.split(at: 0).longer > 0 {
            lump = law.split(at: 0).shorter
        } else {
            lump = 0
        }
        balking = lump > 0 ? 1 - staying * (1 - lump) : 1 - staying
        kinks =
            switch shape {
            case .duration(let law): law.kinks
            case .measured(let curve): curve.waits
            case .never, .mixture: []
            }
    }

    private static func shape(_ patience: Patience) -> Shape {
        switch patience {
        case .exponential(let mean): return exponential(mean)
        case .deterministic(let wait): return wait == .infinity ? .never : .fixed(time(wait))
        case .uniform(let from, let to):
            let from = time(from)
            let to = time(to)
            return to > from ? .duration(Uniform(from, to)) : .fixed(from)
        case .gamma(let shape, let mean):
            return time(mean) > 0 ? .duration(Gamma(shape: clamp(shape, 1e-3, 1e4), mean: time(mean))) : .fixed(0)
        case .hyperexponential(let branches):
            let shares = branches.map { clamp($0.share, 0, 1e12) }
            let sum = shares.reduce(0, +)
            guard sum > 0 else { return .fixed(0) }
            return .mixture(
                zip(branches, shares).map { branch, share in
                    Patience.Branch(share: share / sum, mean: branch.mean == .infinity ? .infinity : time(branch.mean))
                })
        case .lognormal(let mean, let spread):
            guard spread >= 1e-6, time(mean) > 0 else { return .fixed(time(mean)) }
            return .duration(Lognormal(mean: time(mean), spread: min(spread, 1e4)))
        case .weibull(let shape, let scale):
            guard time(scale) > 0 else { return .fixed(0) }
            return .duration(Weibull(shape: clamp(shape, 0.05, 1000), scale: time(scale)))
        case .measured(let curve): return .measured(curve)
        case .law(let distribution): return .duration(distribution.shape)
        case .balking: return .fixed(0)
        }
    }

    private static func exponential(_ mean: Double) -> Shape {
        if mean == .infinity { return .never }
        return time(mean) > 0 ? .duration(Exponential(mean: time(mean))) : .fixed(0)
    }

    /// Seconds from 0 to longer than the universe's age; what is no number is 0.
    private static func time(_ value: Double) -> Double { clamp(value, 0, 1e18) }

    private static func clamp(_ value: Double, _ low: Double, _ high: Double) -> Double {
        value > low ? min(value, high) : low
    }

    /// Seconds; ∞ where a share never gives up.
    var mean: Double {
        guard staying > 0 else { return 0 }
        switch shape {
        case .never: return .infinity
        case .duration(let law): return staying * law.mean
        case .mixture(let branches):
            return staying * branches.reduce(0) { $0 + ($1.share > 0 ? $1.share * $1.mean : 0) }
        case .measured(let curve): return staying * curve.mean
        }
    }

    /// The share that never gives up.
    var never: Double {
        switch shape {
        case .never: staying
        case .mixture(let branches):
            staying * branches.reduce(0) { $0 + ($1.mean == .infinity ? $1.share : 0) }
        case .measured(let curve): staying * curve.never
        default: 0
        }
    }

    /// E[patience; it is finite], seconds.
    var meanOfFinite: Double {
        switch shape {
        case .never: 0
        case .mixture(let branches):
            staying * branches.reduce(0) { $0 + ($1.mean < .infinity ? $1.share * $1.mean : 0) }
        case .measured(let curve): staying * curve.meanOfFinite
        default: mean
        }
    }

    /// After a wait of `x` ≥ 0 seconds.
    func at(_ x: Double) -> DurationSplit {
        let split = whole(x)
        guard staying < 1 else { return split }
        return DurationSplit(
            longer: staying * split.longer, shorter: (1 - staying) + staying * split.shorter,
            meanOfShorter: staying * split.meanOfShorter)
    }

    private func whole(_ x: Double) -> DurationSplit {
        switch shape {
        case .never: return DurationSplit(longer: 1, shorter: 0, meanOfShorter: 0)
        case .duration(let law): return law.split(at: x)
        case .mixture(let branches):
            var sum = DurationSplit(longer: 0, shorter: 0, meanOfShorter: 0)
            for branch in branches where branch.share > 0 {
                let part =
                    branch.mean > 0
                    ? Exponential(mean: branch.mean).split(at: x)
                    : DurationSplit(longer: 0, shorter: 1, meanOfShorter: 0)
                sum.longer += branch.share * part.longer
                sum.shorter += branch.share * part.shorter
                sum.meanOfShorter += branch.share * part.meanOfShorter
            }
            return sum
        case .measured(let curve): return curve.at(x)
        }
    }

    /// ln P(patience > x) among those who do not balk; −∞ where nobody is so patient.
    func logSurviving(_ x: Double) -> Double {
        if case .duration(let law) = shape { return law.logSurviving(x) - log1p(-lump) }
        let split = whole(x)
        return split.shorter < 0.5 ? log1p(-split.shorter) : split.longer > 0 ? log(split.longer) : -.infinity
    }

    /// Per second at `x` ≥ 0; nil where patience comes in lumps.
    func density(_ x: Double) -> Double? {
        let whole: Double?
        switch shape {
        case .never: whole = 0
        case .duration(let law): whole = law.density(x)
        case .measured: whole = nil
        case .mixture(let branches):
            guard branches.allSatisfy({ $0.mean > 0 || $0.share == 0 }) else { return nil }
            whole = branches.reduce(0) { $0 + ($1.share > 0 ? $1.share * exp(-x / $1.mean) / $1.mean : 0) }
        }
        guard let whole else { return nil }
        return whole < .infinity ? staying * whole : whole
    }
}
