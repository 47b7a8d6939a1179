extension Distribution {
    /// What is left of a duration that is met at any moment, from two uniforms: a duration is met in proportion to its
    /// length, and at each of its moments alike (the equilibrium law of renewal theory); seconds.
    package func remainder(_ u: Double, _ v: Double) -> Double {
        switch self {
        case .fixed(let d): return d.mean * v
        case .exponential(let d): return d.quantile(u)
        // In proportion to its length, a lognormal duration is e^(σ²) times as long, a gamma one has one phase more.
        case .lognormal(let d): return d.quantile(u) * PortableMath.exp(d.sigma * d.sigma) * v
        case .gamma(let d):
            return Gamma(shape: d.shape + 1, mean: d.mean * (d.shape + 1) / d.shape).quantile(u) * v
        case .weibull(let d):
            let power = PortableMath.gammaQuantile(u, shape: 1 + 1 / d.shape)
            return d.scale * PortableMath.exp(PortableMath.log(power) / d.shape) * v
        case .uniform(let d): return (d.low * d.low + u * (d.high * d.high - d.low * d.low)).squareRoot() * v
        case .hyperexponential(let d):
            var left = u * d.mean
            for branch in d.branches {
                left -= branch.share * branch.mean
                if left <= 0 { return -branch.mean * PortableMath.log(1 - v) }
            }
            return d.branches.last.map { -$0.mean * PortableMath.log(1 - v) } ?? 0
        case .empirical(let d):
            var left = u * d.mean * Double(d.values.count)
            for value in d.values {
                left -= value
                if left <= 0 { return value * v }
            }
            return (d.values.last ?? 0) * v
        }
    }
}
