extension PortableMath {
    /// The cube root, for any finite x: Halley's iteration from a third of the exponent, the same bits everywhere.
    static func cubeRoot(_ x: Double) -> Double {
        guard x.isNormal else { return x == 0 || !x.isFinite ? x : cubeRoot(x * 0x1p54) * 0x1p-18 }
        let size = abs(x)
        // A power of 2 whose cube is within a factor of 8.
        let third = Int((Double(size.exponent) / 3).rounded(.down))
        var root = Double(sign: .plus, exponent: third, significand: 1.5)
        for _ in 0..<4 {
            let cube = root * root * root
            root *= (cube + 2 * size) / (2 * cube + size)
        }
        return x < 0 ? -root : root
    }
}
