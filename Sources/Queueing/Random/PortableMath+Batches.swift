/// The same functions over many arguments at once, bit for bit what the functions of one argument give.
///
/// The loops hold no branch and no conversion that old processors lack, so that the compiler can treat two or more
/// arguments to an instruction. Swift never fuses a multiplication with an addition of its own accord, hence equal bits.
extension PortableMath {
    /// Replaces each value by its natural logarithm; values must be ordinary positive numbers (≥ 2⁻¹⁰²², finite).
    public static func logs(_ values: UnsafeMutablePointer<Double>, count: Int) {
        for i in 0..<count { values[i] = logOfNormal(values[i]) }
    }

    /// Replaces each uniform u by −ln(1 − u), a unit exponential; 0 < u < 1.
    public static func unitExponentials(_ values: UnsafeMutablePointer<Double>, count: Int) {
        for i in 0..<count { values[i] = -logOfNormal(1 - values[i]) }
    }

    /// Replaces each uniform u by −mean ln(1 − u), an exponential; 0 < u < 1.
    public static func exponentials(_ values: UnsafeMutablePointer<Double>, mean: Double, count: Int) {
        for i in 0..<count { values[i] = mean * -logOfNormal(1 - values[i]) }
    }

    /// Replaces each value by e^value; beyond ±708 all fall back to the function of one argument.
    public static func exps(_ values: UnsafeMutablePointer<Double>, count: Int) {
        var isOrdinary = true
        for i in 0..<count { isOrdinary = isOrdinary && abs(values[i]) < 708 }
        guard isOrdinary else {
            for i in 0..<count { values[i] = exp(values[i]) }
            return
        }
        for i in 0..<count { values[i] = expOfOrdinary(values[i]) }
    }

    /// Writes the standard normal quantiles of `uniforms` to `quantiles`, another stretch of memory; 0 < u < 1.
    ///
    /// The central formula serves 85 % of all arguments, so it is computed for all; the tails are done again.
    public static func normalQuantiles(
        of uniforms: UnsafePointer<Double>, to quantiles: UnsafeMutablePointer<Double>, count: Int
    ) {
        for i in 0..<count { quantiles[i] = centralNormalQuantile(uniforms[i] - 0.5) }
        for i in 0..<count where !(abs(uniforms[i] - 0.5) <= normalCentre) {
            quantiles[i] = normalQuantile(uniforms[i])
        }
    }
}
