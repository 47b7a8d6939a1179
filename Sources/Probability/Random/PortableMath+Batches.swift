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
        // Magnitudes order like their bits; the difference's sign is set for those from 708 on, without a branch.
        var extremes: UInt64 = 0
        for i in 0..<count { extremes |= (708.0).bitPattern &- 1 &- values[i].magnitude.bitPattern }
        guard extremes >> 63 == 0 else {
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
        withUnsafeTemporaryAllocation(of: Int.self, capacity: chunk) { places in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: chunk) { tails in
                guard let places = places.baseAddress, let tails = tails.baseAddress else { return }
                for start in stride(from: 0, to: count, by: chunk) {
                    fillTails(
                        uniforms + start, quantiles + start, count: min(chunk, count - start), places, tails)
                }
            }
        }
    }

    /// How many arguments are treated together where that takes memory, which then lies on the stack.
    private static var chunk: Int { 64 }

    /// Replaces the quantiles in the tails: gathers them without a branch, which would be guessed wrong once in seven
    /// times or so, and treats them together.
    @inline(__always)
    private static func fillTails(
        _ uniforms: UnsafePointer<Double>, _ quantiles: UnsafeMutablePointer<Double>, count: Int,
        _ places: UnsafeMutablePointer<Int>, _ tails: UnsafeMutablePointer<Double>
    ) {
        var found = 0
        for i in 0..<count {
            let u = uniforms[i]
            places[found] = i
            tails[found] = min(u, 1 - u)
            // One from the centre's edge on: magnitudes order like their bits, and a comparison would become a branch.
            found &+= Int((normalCentre.bitPattern &- (u - 0.5).magnitude.bitPattern) >> 63)
        }
        // A loop for each step: square roots are taken one by one, the others two or more at a time.
        for k in 0..<found { tails[k] = -logOfNormal(tails[k]) }
        for k in 0..<found { tails[k] = tails[k].squareRoot() }
        for k in 0..<found { tails[k] = nearNormalTail(tails[k]) }
        for k in 0..<found {
            let u = uniforms[places[k]]
            // Beyond 2⁻³⁶, a little before √(−ln u) = 5, comes another formula; hardly ever.
            quantiles[places[k]] =
                min(u, 1 - u) < 0x1p-36 ? normalQuantile(u) : Double(signOf: u - 0.5, magnitudeOf: tails[k])
        }
    }
}
