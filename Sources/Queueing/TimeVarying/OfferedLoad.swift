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
                    * (handlingTime.meanUpTo(time - start) - handlingTime.meanUpTo(time - end))
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
        return (areaUpTo(to - start) - areaUpTo(from - start))
            - (areaUpTo(to - end) - areaUpTo(from - end))
    }

    /// Seconds after which hardly anything lasts on: what is left is below 1e-14 of the mean.
    package var longest: Double {
        var reach = max(mean, 1e-300)
        while mean - meanUpTo(reach) > 1e-14 * mean, reach < 1e15 { reach *= 2 }
        return reach
    }
}
