import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ArrivalCurve {
    /// Erlangs at `time`: the mean number busy if there were agents for everybody, M(t)/G/∞
    /// (Eick, Massey, Whitt 1993, The physics of the Mt/G/∞ queue).
    ///
    /// m(t) = ∫ λ(t − u) P(S > u) du over u ≥ 0. For steps that is Σ rate × E[length of the overlap of S with the step],
    /// exact for every shape; for a sinusoid the mean, delayed and damped by the handling time's transform. Relative
    /// error below 1e-12, for lognormal and Weibull handling times below 1e-9 while their mean is at most 10 periods.
    public func offeredLoad(at time: Double, handlingTime: Distribution) -> Double {
        switch self {
        case .steps(let steps):
            var load = 0.0
            var start = 0.0
            for step in steps where start < time {
                let end = min(start + step.duration, time)
                load +=
                    step.rate
                    * (handlingTime.meanOfShorter(time - start) - handlingTime.meanOfShorter(time - end))
                start += step.duration
            }
            return max(0, load)
        case .sinusoid(let mean, let amplitude, let period):
            // Im[e^(iγt) (1 − E e^(−iγS)) / (iγ)].
            let turn = 2 * Double.pi / period
            let (real, imaginary) = handlingTime.oneMinusTransform(turn)
            let angle = turn * time
            return mean * handlingTime.mean + amplitude * (imaginary * sin(angle) - real * cos(angle)) / turn
        }
    }

    /// The mean of the offered load over `from`…`to`, erlangs; the load itself where they are one.
    ///
    /// In closed form, so that it is exact across every change of rate. The relative error is that of the load.
    public func offeredLoad(from: Double, to: Double, handlingTime: Distribution) -> Double {
        guard to > from else { return offeredLoad(at: from, handlingTime: handlingTime) }
        switch self {
        case .steps(let steps):
            var work = 0.0
            var start = 0.0
            for step in steps where start < to {
                let end = start + step.duration
                work += step.rate * handlingTime.work(from: from, to: to, cameFrom: start, to: end)
                start = end
            }
            return max(0, work / (to - from))
        case .sinusoid(let mean, let amplitude, let period):
            let turn = 2 * Double.pi / period
            let (real, imaginary) = handlingTime.oneMinusTransform(turn)
            let middle = turn * (from + to) / 2
            let half = turn * (to - from) / 2
            let swing = imaginary * sin(middle) - real * cos(middle)
            return mean * handlingTime.mean + amplitude * swing * (sin(half) / half) / turn
        }
    }
}

extension Distribution {
    /// Seconds of work done in `from`…`to` for one contact a second that came in `cameFrom`…`cameTo`, all answered at
    /// once: the double integral of P(S > t − s). `longest` is the law's own, where it is known.
    package func work(
        from: Double, to: Double, cameFrom start: Double, to end: Double, longest known: Double? = nil
    ) -> Double {
        // Where everything has ended, four large numbers would cancel.
        guard from - end < known ?? longest else { return 0 }
        return (doubleIntegral(to - start) - doubleIntegral(from - start))
            - (doubleIntegral(to - end) - doubleIntegral(from - end))
    }

    /// Seconds after which hardly anything lasts on: what is left is below 1e-14 of the mean.
    package var longest: Double {
        var reach = max(mean, 1e-300)
        while mean - meanOfShorter(reach) > 1e-14 * mean, reach < 1e15 { reach *= 2 }
        return reach
    }

    /// ∫ E[min(S, u)] du over 0…x = E[S x − S²/2 where S < x, else x²/2], seconds².
    func doubleIntegral(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        switch self {
        case .fixed(let d): return x < d.mean ? x * x / 2 : d.mean * (x - d.mean / 2)
        case .exponential(let d): return Self.doubleIntegral(x, exponential: d.mean)
        case .gamma(let d):
            let scale = d.mean / d.shape
            let scaled = x / scale
            return x * x / 2 * PortableMath.incompleteGamma(shape: d.shape, scaled).upper
                + x * d.mean * PortableMath.incompleteGamma(shape: d.shape + 1, scaled).lower
                - d.mean * (d.mean + scale) / 2 * PortableMath.incompleteGamma(shape: d.shape + 2, scaled).lower
        case .weibull(let d):
            let scaled = pow(x / d.scale, d.shape)
            let square = d.mean * d.mean * (1 + d.spread * d.spread)
            return x * x / 2 * exp(-scaled)
                + x * d.mean * PortableMath.incompleteGamma(shape: 1 + 1 / d.shape, scaled).lower
                - square / 2 * PortableMath.incompleteGamma(shape: 1 + 2 / d.shape, scaled).lower
        case .lognormal(let d):
            guard d.sigma > 0 else { return Distribution.fixed(Fixed(d.mean)).doubleIntegral(x) }
            let z = (log(x) - d.mu) / d.sigma
            func below(_ z: Double) -> Double { 0.5 * erfc(-z * 0.707106781186547524) }
            let square = d.mean * d.mean * (1 + d.spread * d.spread)
            return x * x / 2 * below(-z) + x * d.mean * below(z - d.sigma) - square / 2 * below(z - 2 * d.sigma)
        case .empirical(let d):
            return d.values.reduce(0) { $0 + ($1 < x ? $1 * (x - $1 / 2) : x * x / 2) } / Double(d.values.count)
        case .uniform(let d):
            let beyond = max(0, x - d.high)
            let within = min(x, d.high)
            let over = max(0, within - d.low)
            return within * within / 2 - over * over * over / (6 * (d.high - d.low)) + beyond * d.mean
        case .hyperexponential(let d):
            return d.branches.reduce(0) { $0 + $1.share * Self.doubleIntegral(x, exponential: $1.mean) }
        }
    }

    /// m (x − m (1 − e^(−x/m))), by its series where that would cancel.
    private static func doubleIntegral(_ x: Double, exponential mean: Double) -> Double {
        guard mean > 0 else { return 0 }
        let y = x / mean
        guard y < 1e-3 else { return mean * (x + mean * expm1(-y)) }
        return x * x * (0.5 - y * (1.0 / 6 - y * (1.0 / 24 - y * (1.0 / 120 - y / 720))))
    }

    /// E[min(S, x)] = ∫ P(S > u) du over 0…x, seconds.
    func meanOfShorter(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        switch self {
        case .fixed(let d): return min(d.mean, x)
        case .exponential(let d): return -d.mean * expm1(-x / d.mean)
        case .gamma(let d):
            let scaled = x * d.shape / d.mean
            return x * PortableMath.incompleteGamma(shape: d.shape, scaled).upper
                + d.mean * PortableMath.incompleteGamma(shape: d.shape + 1, scaled).lower
        case .weibull(let d):
            let scaled = pow(x / d.scale, d.shape)
            return x * exp(-scaled)
                + d.mean * PortableMath.incompleteGamma(shape: 1 + 1 / d.shape, scaled).lower
        case .lognormal(let d):
            guard d.sigma > 0 else { return min(d.mean, x) }
            let z = (log(x) - d.mu) / d.sigma
            func below(_ z: Double) -> Double { 0.5 * erfc(-z * 0.707106781186547524) }
            return x * below(-z) + d.mean * below(z - d.sigma)
        case .empirical(let d): return d.values.reduce(0) { $0 + min($1, x) } / Double(d.values.count)
        case .uniform(let d):
            guard x > d.low else { return x }
            let within = min(x, d.high)
            return within - (within - d.low) * (within - d.low) / (2 * (d.high - d.low))
        case .hyperexponential(let d):
            return d.branches.reduce(0) { $0 - $1.share * $1.mean * expm1(-x / $1.mean) }
        }
    }

    /// E[1 − cos γS] and E[sin γS]: 1 minus the transform E[e^(−iγS)], in parts that do not cancel.
    func oneMinusTransform(_ turn: Double) -> (real: Double, imaginary: Double) {
        func parts(_ s: Double) -> (Double, Double) {
            let half = sin(turn * s / 2)
            return (2 * half * half, sin(turn * s))
        }
        switch self {
        case .fixed(let d): return parts(d.mean)
        case .exponential(let d):
            let w = turn * d.mean
            return (w * w / (1 + w * w), w / (1 + w * w))
        case .gamma(let d):
            // (1 + iw)^(−k) = e^(−k ln(1 + w²)/2) e^(−ik atan w).
            let w = turn * d.mean / d.shape
            let shrink = -d.shape / 2 * log1p(w * w)
            let (real, imaginary) = Self.rotated(d.shape * atan(w))
            return (exp(shrink) * real - expm1(shrink), exp(shrink) * imaginary)
        case .empirical(let d):
            let sums = d.values.reduce((0.0, 0.0)) { sum, s in
                let (real, imaginary) = parts(s)
                return (sum.0 + real, sum.1 + imaginary)
            }
            return (sums.0 / Double(d.values.count), sums.1 / Double(d.values.count))
        case .uniform(let d):
            // The transform of the middle times that of the spread about it, sin(w)/w with w = γ × half the width.
            let w = turn * (d.high - d.low) / 2
            let narrow = w == 0 ? 1 : sin(w) / w
            let (real, imaginary) = Self.rotated(turn * d.mean)
            // 1 − sin(w)/w without cancellation for small w.
            let lost = abs(w) < 0.01 ? w * w / 6 * (1 - w * w / 20) : 1 - narrow
            return (lost + narrow * real, narrow * imaginary)
        case .hyperexponential(let d):
            return d.branches.reduce((0.0, 0.0)) { sum, branch in
                let w = turn * branch.mean
                return (
                    sum.0 + branch.share * w * w / (1 + w * w), sum.1 + branch.share * w / (1 + w * w)
                )
            }
        case .lognormal(let d):
            guard d.sigma > 0 else { return parts(d.mean) }
            let step = min(0.05, 0.5 / (1 + turn * d.mean * d.sigma))
            return Self.trapezoid(-9, 9, step, parts) { z in (exp(d.mu + d.sigma * z), exp(-z * z / 2)) }
        case .weibull(let d):
            let step = min(0.05, 0.5 / (1 + turn * d.scale / d.shape))
            return Self.trapezoid(-45, 3.8, step, parts) { y in (d.scale * exp(y / d.shape), exp(y - exp(y))) }
        }
    }

    /// 1 − cos and sin of an angle.
    private static func rotated(_ angle: Double) -> (Double, Double) {
        let half = sin(angle / 2)
        return (2 * half * half, sin(angle))
    }

    /// Means over a density that vanishes at both ends, where the trapezoidal rule converges faster than any power.
    private static func trapezoid(
        _ low: Double, _ high: Double, _ step: Double, _ parts: (Double) -> (Double, Double),
        _ point: (Double) -> (value: Double, density: Double)
    ) -> (Double, Double) {
        var real = 0.0
        var imaginary = 0.0
        var total = 0.0
        for i in 0...Int(min((high - low) / step, 1e7)) {
            let (value, density) = point(low + Double(i) * step)
            let (first, second) = parts(value)
            real += density * first
            imaginary += density * second
            total += density
        }
        return (real / total, imaginary / total)
    }
}
