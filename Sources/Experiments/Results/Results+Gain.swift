extension Results {
    /// Top and bottom of what a type is judged by: its service level, or its hang-ups where it has no target.
    func watchedRatio(type t: Int, _ counts: Counts) -> (Double, Double) {
        guard let rule = scenario.contactTypes[t].target?.rule else { return (counts.abandoned, counts.offered) }
        return (rule.numerator(counts), rule.denominator(counts))
    }

    /// How many times as many plain replications would have given the interval of a type's service level (of its
    /// hang-ups, without a target) that variance reduction gave; nil where nothing was reduced or nothing varies.
    public func gain(type t: Int) -> Double? {
        let reduction = scenario.experiment.varianceReduction
        guard longRun == nil, !reduction.methods.isEmpty else { return nil }
        let tally = scenario.contactTypes[t].target == nil ? types[t].tally(.abandonment) : types[t].serviceLevel
        guard let plain = single[t].estimate(confidence: confidence),
            let reduced = tally.estimate(confidence: confidence), plain.halfWidth > 0, plain.halfWidth < .infinity,
            reduced.halfWidth < .infinity, tally.isControlled || reduction.block > 1
        else { return nil }
        // A figure that controls explain wholly has an interval of no width, by which nothing can be divided.
        let ratio = plain.halfWidth / max(reduced.halfWidth, plain.halfWidth * 1e-3)
        return ratio * ratio
    }
}
