extension Distribution {
    /// Every duration multiplied by `factor` > 0.
    package func scaled(by factor: Double) -> Distribution {
        switch self {
        case .fixed(let d): .fixed(Fixed(d.mean * factor))
        case .exponential(let d): .exponential(Exponential(mean: d.mean * factor))
        case .lognormal(let d): .lognormal(Lognormal(mean: d.mean * factor, spread: d.spread))
        case .gamma(let d): .gamma(Gamma(shape: d.shape, mean: d.mean * factor))
        case .weibull(let d): .weibull(Weibull(shape: d.shape, scale: d.scale * factor))
        case .empirical(let d): .empirical(Empirical(d.values.map { $0 * factor }))
        case .uniform(let d): .uniform(Uniform(d.low * factor, d.high * factor))
        case .hyperexponential(let d): .hyperexponential(d.scaled(by: factor))
        }
    }
}
