/// A promised share as the decimal that was written, so that a promise met exactly counts as kept.
///
/// In binary 0.56 × 25 is a little more than 14, so that 14 of 25 would miss 56 %; here whole numbers are compared.
/// ```
/// PromisedShare(0.56).isReached(by: 14, of: 25)   // true
/// ```
public struct PromisedShare: Sendable, Hashable {
    /// 0…1.
    public let share: Double
    /// The share × 10¹², a whole number; nil where it has more decimal places than anybody writes.
    private let digits: UInt64?

    private static let scale: UInt64 = 1_000_000_000_000

    /// Anything outside 0…1 counts as the nearest end, what is no number as 0.
    public init(_ share: Double) {
        let share = share > 0 ? min(share, 1) : 0
        self.share = share
        let whole = (share * Double(Self.scale)).rounded()
        // A percentage that was divided by 100 may be a few units of its last place off the decimal.
        digits = abs(whole / Double(Self.scale) - share) <= 4 * share.ulp ? UInt64(whole) : nil
    }

    /// Whether `count` of `base` (≥ 0) are at least the share.
    public func isReached(by count: Int, of base: Int) -> Bool {
        guard let digits else { return Double(count) >= share * Double(base) - Self.slack * Double(base) }
        return Self.compare(count, base, digits) { $0 >= $1 }
    }

    /// Whether `count` of `base` (≥ 0) are at most the share.
    public func isNotExceeded(by count: Int, of base: Int) -> Bool {
        guard let digits else { return Double(count) <= share * Double(base) + Self.slack * Double(base) }
        return Self.compare(count, base, digits) { $0 <= $1 }
    }

    /// Counts that are sums of weights, not whole, are compared but for their rounding.
    public func isReached(by count: Double, of base: Double) -> Bool {
        if let count = Int(exactly: count), let base = Int(exactly: base) { return isReached(by: count, of: base) }
        return count >= share * base - Self.slack * base
    }

    /// Counts that are sums of weights, not whole, are compared but for their rounding.
    public func isNotExceeded(by count: Double, of base: Double) -> Bool {
        if let count = Int(exactly: count), let base = Int(exactly: base) { return isNotExceeded(by: count, of: base) }
        return count <= share * base + Self.slack * base
    }

    /// Of the base: far below one contact, far above the rounding of a sum.
    private static let slack = 1e-12

    private static func compare(
        _ count: Int, _ base: Int, _ digits: UInt64, _ holds: ((UInt, UInt), (UInt, UInt)) -> Bool
    ) -> Bool {
        let have = UInt(max(0, count)).multipliedFullWidth(by: UInt(scale))
        let need = UInt(max(0, base)).multipliedFullWidth(by: UInt(digits))
        return holds((have.high, have.low), (need.high, need.low))
    }
}
