import Probability
import Queueing

/// The orders in which numbers are read from their addresses.
enum Order: String, CaseIterable {
    /// One long stream: the contacts of one type.
    case sequence
    /// The same contact in one replication after the other.
    case replications
    /// Eight contacts of each of many replications, as many short days do.
    case shortDays = "short-days"
    /// The same contact under one seed after the other.
    case seeds
    /// One number of each contact type after the other, purposes in turn: one instant seen across the center.
    case subjects
    /// Arrival, patience, talk and after-contact work of one contact after the other.
    case contacts

    /// The addressed uniforms' 52 bits in the high bits of words.
    func words(_ count: Int, from first: Int = 0) -> [UInt64] {
        let purposes = RandomAddress.Purpose.allCases
        return (first..<(first + count)).map { i in
            let n = UInt64(i)
            let u: Double
            switch self {
            case .sequence: u = RandomAddress(seed: 1, replication: 0).uniform(subject: 0, .talk, index: n)
            case .replications: u = RandomAddress(seed: 1, replication: i).uniform(subject: 0, .talk, index: 0)
            case .shortDays:
                u = RandomAddress(seed: 1, replication: i >> 3).uniform(subject: 0, .arrival, index: n & 7)
            case .seeds: u = RandomAddress(seed: n, replication: 0).uniform(subject: 0, .talk, index: 0)
            case .subjects:
                u = RandomAddress(seed: 1, replication: i / (purposes.count * 64))
                    .uniform(subject: i / purposes.count % 64, purposes[i % purposes.count], index: 5)
            case .contacts:
                let purpose: RandomAddress.Purpose = [.arrival, .patience, .talk, .wrapUp][i & 3]
                u = RandomAddress(seed: 1, replication: 3).uniform(subject: 2, purpose, index: n >> 2)
            }
            return UInt64(u * 0x1p52) << 12
        }
    }

    /// x ← 65539 x mod 2³¹, whose triples lie on fifteen planes (Marsaglia 1968).
    static func flawed(_ count: Int) -> [UInt64] {
        var x: UInt64 = 1
        return (0..<count).map { _ in
            x = x &* 65539 & 0x7FFF_FFFF
            return x << 33 | x << 2
        }
    }
}
