/// The first points of Sobol's sequence in the unit cube (Sobol 1967, with the direction numbers of Bratley, Fox 1988).
package enum SobolPoints {
    /// `[point][dimension]` in units of 2⁻⁵³, from the origin on; `count` ≥ 1, at most 40 dimensions.
    package static func first(_ count: Int, dimensions: Int) -> [[UInt64]] {
        precondition((1...40).contains(dimensions), "Sobol points have 1 to 40 dimensions")
        // The library leaves the origin out, without which a power of two of points would not be even.
        let origin = [UInt64](repeating: 0, count: dimensions)
        return [origin] + GSL.sobol(count - 1, dimensions: dimensions).map { $0.map { UInt64($0 * 0x1p53) } }
    }
}
