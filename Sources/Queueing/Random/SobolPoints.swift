import CGSL

/// The first points of Sobol's sequence in the unit cube (Sobol 1967, with the direction numbers of Bratley, Fox 1988).
package enum SobolPoints {
    /// `[point][dimension]` in units of 2⁻⁵³, from the origin on; at most 40 dimensions.
    package static func first(_ count: Int, dimensions: Int) -> [[UInt64]] {
        precondition((1...40).contains(dimensions), "Sobol points have 1 to 40 dimensions")
        guard let sequence = cgsl_sobol(UInt32(dimensions)) else { return [] }
        defer { gsl_qrng_free(sequence) }
        // The library leaves the origin out, without which a power of two of points would not be even.
        var points = [[UInt64](repeating: 0, count: dimensions)]
        var point = [Double](repeating: 0, count: dimensions)
        while points.count < count {
            gsl_qrng_get(sequence, &point)
            points.append(point.map { UInt64($0 * 0x1p53) })
        }
        return points
    }
}
