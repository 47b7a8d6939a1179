import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A `Patience` with its parameters brought into range, ready for many questions.
struct PatienceLaw: Sendable {
    /// What has become of contacts after a wait of x.
    struct Split {
        /// P(patience > x).
        var stays: Double
        /// P(patience ≤ x), with all its digits where it is small.
        var left: Double
        /// E[patience; patience ≤ x], seconds.
        var waitOfLeft: Double
    }

    private enum Shape: Sendable {
        case never
        case exponential(mean: Double)
        case deterministic(Double)
        case uniform(from: Double, to: Double)
        case gamma(shape: Double, mean: Double)
        case mixture([Patience.Branch])
        case lognormal(mean: Double, mu: Double, sigma: Double)
        case weibull(shape: Double, scale: Double, mean: Double)
        case measured(PatienceCurve)
    }

    private let shape: Shape
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
        balking = 1 - staying
        let shape = Self.shape(patience)
        self.shape = shape
        kinks =
            switch shape {
            case .deterministic(let wait): wait > 0 ? [wait] : []
            case .uniform(let from, let to): from > 0 ? [from, to] : [to]
            case .measured(let curve): curve.waits
            default: []
            }
    }

    private static func shape(_ patience: Patience) -> Shape {
        switch patience {
        case .exponential(let mean): return exponential(mean)
        case .deterministic(let wait): return wait < .infinity ? .deterministic(time(wait)) : deterministicOrNever(wait)
        case .uniform(let from, let to):
            let from = time(from)
            let to = time(to)
            return to > from ? .uniform(from: from, to: to) : .deterministic(from)
        case .gamma(let shape, let mean):
            return time(mean) > 0 ? .gamma(shape: clamp(shape, 1e-3, 1e4), mean: time(mean)) : .deterministic(0)
        case .hyperexponential(let branches):
            let shares = branches.map { clamp($0.share, 0, 1e12) }
            let sum = shares.reduce(0, +)
            guard sum > 0 else { return .deterministic(0) }
            return .mixture(
                zip(branches, shares).map { branch, share in
                    Patience.Branch(share: share / sum, mean: branch.mean == .infinity ? .infinity : time(branch.mean))
                })
        case .lognormal(let mean, let spread):
            guard spread >= 1e-6, time(mean) > 0 else { return .deterministic(time(mean)) }
            let variance = log1p(min(spread, 1e4) * min(spread, 1e4))
            return .lognormal(mean: time(mean), mu: log(time(mean)) - variance / 2, sigma: variance.squareRoot())
        case .weibull(let shape, let scale):
            guard time(scale) > 0 else { return .deterministic(0) }
            let shape = clamp(shape, 0.05, 1000)
            return .weibull(shape: shape, scale: time(scale), mean: time(scale) * tgamma(1 + 1 / shape))
        case .measured(let curve): return .measured(curve)
        case .balking: return .deterministic(0)
        }
    }

    private static func exponential(_ mean: Double) -> Shape {
        if mean == .infinity { return .never }
        return time(mean) > 0 ? .exponential(mean: time(mean)) : .deterministic(0)
    }

    private static func deterministicOrNever(_ wait: Double) -> Shape { wait == .infinity ? .never : .deterministic(0) }

    /// Seconds from 0 to longer than the universe's age; what is no number is 0.
    private static func time(_ value: Double) -> Double { clamp(value, 0, 1e18) }

    private static func clamp(_ value: Double, _ low: Double, _ high: Double) -> Double {
        value > low ? min(value, high) : low
    }

    /// Seconds; ∞ where a share never gives up.
    var mean: Double {
        let staying = 1 - balking
        guard staying > 0 else { return 0 }
        switch shape {
        case .never: return .infinity
        case .exponential(let mean), .gamma(_, let mean), .lognormal(let mean, _, _), .weibull(_, _, let mean):
            return staying * mean
        case .deterministic(let wait): return staying * wait
        case .uniform(let from, let to): return staying * (from / 2 + to / 2)
        case .mixture(let branches):
            return staying * branches.reduce(0) { $0 + ($1.share > 0 ? $1.share * $1.mean : 0) }
        case .measured(let curve): return staying * curve.mean
        }
    }

    /// The share that never gives up.
    var never: Double {
        switch shape {
        case .never: 1 - balking
        case .mixture(let branches):
            (1 - balking) * branches.reduce(0) { $0 + ($1.mean == .infinity ? $1.share : 0) }
        case .measured(let curve): (1 - balking) * curve.never
        default: 0
        }
    }

    /// E[patience; it is finite], seconds.
    var meanOfFinite: Double {
        switch shape {
        case .never: 0
        case .mixture(let branches):
            (1 - balking) * branches.reduce(0) { $0 + ($1.mean < .infinity ? $1.share * $1.mean : 0) }
        case .measured(let curve): (1 - balking) * curve.meanOfFinite
        default: mean
        }
    }

    /// After a wait of `x` ≥ 0 seconds.
    func at(_ x: Double) -> Split {
        let split = whole(x)
        guard balking > 0 else { return split }
        let staying = 1 - balking
        return Split(
            stays: staying * split.stays, left: balking + staying * split.left, waitOfLeft: staying * split.waitOfLeft)
    }

    private func whole(_ x: Double) -> Split {
        switch shape {
        case .never: return Split(stays: 1, left: 0, waitOfLeft: 0)
        case .exponential(let mean): return Self.exponential(x, mean)
        case .deterministic(let wait):
            return x >= wait
                ? Split(stays: 0, left: 1, waitOfLeft: wait) : Split(stays: 1, left: 0, waitOfLeft: 0)
        case .uniform(let from, let to):
            guard x > from else { return Split(stays: 1, left: 0, waitOfLeft: 0) }
            let end = min(x, to)
            let left = (end - from) / (to - from)
            return Split(stays: (to - end) / (to - from), left: left, waitOfLeft: left * (end / 2 + from / 2))
        case .gamma(let shape, let mean):
            // E[τ; τ ≤ x] = mean × P(shape + 1, …).
            let z = x * (shape / mean)
            let here = PortableMath.incompleteGamma(shape: shape, z)
            let next = PortableMath.incompleteGamma(shape: shape + 1, z)
            return Split(stays: here.upper, left: here.lower, waitOfLeft: mean * next.lower)
        case .mixture(let branches):
            var sum = Split(stays: 0, left: 0, waitOfLeft: 0)
            for branch in branches where branch.share > 0 {
                let part =
                    branch.mean > 0
                    ? Self.exponential(x, branch.mean) : Split(stays: 0, left: 1, waitOfLeft: 0)
                sum.stays += branch.share * part.stays
                sum.left += branch.share * part.left
                sum.waitOfLeft += branch.share * part.waitOfLeft
            }
            return sum
        case .lognormal(let mean, let mu, let sigma):
            guard x > 0 else { return Split(stays: 1, left: 0, waitOfLeft: 0) }
            let z = (log(x) - mu) / sigma
            return Split(
                stays: Normal.above(z), left: Normal.above(-z), waitOfLeft: mean * Normal.above(sigma - z))
        case .weibull(let shape, let scale, let mean):
            guard x > 0 else { return Split(stays: 1, left: 0, waitOfLeft: 0) }
            let power = min(pow(x / scale, shape), 1e4)
            return Split(
                stays: exp(-power), left: -expm1(-power),
                waitOfLeft: mean * PortableMath.incompleteGamma(shape: 1 + 1 / shape, power).lower)
        case .measured(let curve): return curve.at(x)
        }
    }

    /// ln P(patience > x) among those who do not balk; −∞ where nobody is so patient.
    func logSurviving(_ x: Double) -> Double {
        switch shape {
        case .exponential(let mean): return -x / mean
        case .weibull(let shape, let scale, _): return -pow(x / scale, shape)
        default:
            let split = whole(x)
            return split.left < 0.5 ? log1p(-split.left) : split.stays > 0 ? log(split.stays) : -.infinity
        }
    }

    static func exponential(_ x: Double, _ mean: Double) -> Split {
        guard mean < .infinity else { return Split(stays: 1, left: 0, waitOfLeft: 0) }
        let u = min(x / mean, 1e4)
        let stays = exp(-u)
        // 1 − (1 + u) e^(−u), by the series of `q` where that cancels.
        let part = u < 0.25 ? stays * OfferedWaitIntegral.q(-u) : 1 - (1 + u) * stays
        return Split(stays: stays, left: -expm1(-u), waitOfLeft: mean * part)
    }

    /// Per second at `x` ≥ 0; nil where patience comes in lumps.
    func density(_ x: Double) -> Double? {
        let density: Double
        switch shape {
        case .never: density = 0
        case .exponential(let mean): density = exp(-x / mean) / mean
        case .deterministic, .measured: return nil
        case .uniform(let from, let to): density = x >= from && x < to ? 1 / (to - from) : 0
        case .gamma(let shape, let mean):
            let z = x * (shape / mean)
            guard z > 0 else { return shape < 1 ? .infinity : shape == 1 ? (1 - balking) / mean : 0 }
            density = exp((shape - 1) * log(z) - z - PortableMath.logGamma(shape)) * (shape / mean)
        case .mixture(let branches):
            guard branches.allSatisfy({ $0.mean > 0 || $0.share == 0 }) else { return nil }
            density = branches.reduce(0) { $0 + ($1.share > 0 ? $1.share * exp(-x / $1.mean) / $1.mean : 0) }
        case .lognormal(_, let mu, let sigma):
            guard x > 0 else { return 0 }
            density = Normal.density((log(x) - mu) / sigma) / (sigma * x)
        case .weibull(let shape, let scale, _):
            let z = x / scale
            guard z > 0 else { return shape < 1 ? .infinity : shape == 1 ? (1 - balking) / scale : 0 }
            density = shape / scale * exp((shape - 1) * log(z) - min(pow(z, shape), 1e4))
        }
        return (1 - balking) * density
    }
}
