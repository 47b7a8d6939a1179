/// A counter-based random generator: Philox 4×64 with 10 rounds (Salmon, Moraes, Dror, Shaw 2011).
///
/// It is a pure function from a 256-bit counter and a 128-bit key to 256 random bits, so a number has an address
/// instead of a history: nothing depends on what was drawn before it or on which thread asks. Checked against the
/// authors' published known-answer vectors.
public enum Philox {
    /// Four words for one counter and key.
    @inlinable @inline(__always)
    public static func block(
        _ c0: UInt64, _ c1: UInt64, _ c2: UInt64, _ c3: UInt64, key k0: UInt64, _ k1: UInt64
    ) -> (UInt64, UInt64, UInt64, UInt64) {
        var x0 = c0
        var x1 = c1
        var x2 = c2
        var x3 = c3
        var key0 = k0
        var key1 = k1
        for _ in 0..<10 {
            let first = x0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
            let second = x2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
            x0 = second.high ^ x1 ^ key0
            x1 = second.low
            x2 = first.high ^ x3 ^ key1
            x3 = first.low
            key0 &+= 0x9E37_79B9_7F4A_7C15
            key1 &+= 0xBB67_AE85_84CA_A73B
        }
        return (x0, x1, x2, x3)
    }
}
