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
        for _ in 0..<rounds {
            (x0, x1, x2, x3) = round(x0, x1, x2, x3, key: key0, key1)
            key0 &+= keyStep.0
            key1 &+= keyStep.1
        }
        return (x0, x1, x2, x3)
    }

    @inlinable static var rounds: Int { 10 }

    /// From one round's key to the next one's.
    @inlinable static var keyStep: (UInt64, UInt64) { (0x9E37_79B9_7F4A_7C15, 0xBB67_AE85_84CA_A73B) }

    @inlinable @inline(__always)
    static func round(
        _ x0: UInt64, _ x1: UInt64, _ x2: UInt64, _ x3: UInt64, key k0: UInt64, _ k1: UInt64
    ) -> (UInt64, UInt64, UInt64, UInt64) {
        let first = x0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
        let second = x2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
        return (second.high ^ x1 ^ k0, second.low, first.high ^ x3 ^ k1, first.low)
    }
}

/// The keys of all rounds, worked out once for many blocks.
package struct PhiloxKeys {
    /// Twenty words, two for each round, of which the user of the keys owns the memory.
    private let words: UnsafeMutablePointer<UInt64>

    static var wordCount: Int { 2 * Philox.rounds }

    init(_ k0: UInt64, _ k1: UInt64, in words: UnsafeMutablePointer<UInt64>) {
        self.words = words
        var (key0, key1) = (k0, k1)
        for round in 0..<Philox.rounds {
            words[2 &* round] = key0
            words[2 &* round &+ 1] = key1
            key0 &+= Philox.keyStep.0
            key1 &+= Philox.keyStep.1
        }
    }

    /// What `Philox.block` gives for the same counter and key.
    @inline(__always)
    func block(_ c0: UInt64, _ c1: UInt64, _ c2: UInt64, _ c3: UInt64) -> (UInt64, UInt64, UInt64, UInt64) {
        var (x0, x1, x2, x3) = (c0, c1, c2, c3)
        for round in 0..<Philox.rounds {
            (x0, x1, x2, x3) = Philox.round(x0, x1, x2, x3, key: words[2 &* round], words[2 &* round &+ 1])
        }
        return (x0, x1, x2, x3)
    }
}
