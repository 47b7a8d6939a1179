/// Where random numbers live: (seed, replication, subject, purpose, index).
///
/// A subject is a contact type or an agent group, by number; a purpose says what the draw decides; the index is the
/// contact's or day's number. Each address holds four independent uniforms. The scenario point is no part of the
/// address, so scenarios that are compared share their draws (common random numbers by construction).
public struct RandomAddress: Sendable, Hashable {
    /// What a draw decides. Raw values are part of the meaning of a seed: never renumber them, only append.
    public enum Purpose: UInt64, Sendable, CaseIterable {
        /// Gaps between arrivals, four to a block.
        case arrival = 0
        /// A contact's patience, talk, after-contact work and language.
        case contact = 1
        /// A contact's hold, redial decision and redial delay.
        case aftermath = 2
        /// A day's volume factor.
        case dayFactor = 3
        /// Who is away on a day.
        case absence = 4
        /// Who is there when a stretch begins that has long been running.
        case beforehand = 5
    }

    public let seed: UInt64
    public let replication: UInt64

    public init(seed: UInt64, replication: Int) {
        self.seed = seed
        self.replication = UInt64(replication)
    }

    /// The four uniforms at one address, each strictly between 0 and 1.
    @inlinable @inline(__always)
    public func uniforms(subject: Int, _ purpose: Purpose, index: UInt64) -> (Double, Double, Double, Double) {
        let words = Philox.block(index, UInt64(subject), purpose.rawValue, 0, key: seed, replication)
        return (Self.unit(words.0), Self.unit(words.1), Self.unit(words.2), Self.unit(words.3))
    }

    /// 52 bits and a half: exact in a double, symmetric about ½, never 0 and never 1.
    @inlinable @inline(__always)
    static func unit(_ word: UInt64) -> Double { (Double(word >> 12) + 0.5) * 0x1p-52 }
}
