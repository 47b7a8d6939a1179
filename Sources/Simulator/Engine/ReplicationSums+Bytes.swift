/// Sums as bytes, for a part of a run that is played on another machine.
extension ReplicationSums {
    /// Why bytes are not the sums of a replication of this center.
    package enum Damage: Error, Hashable, Sendable {
        case notSums
        case cutShort
        /// Something was changed since they were written.
        case changed
        /// They are of a center with other counts of periods, types, languages or groups.
        case otherShape(Shape)
        /// A figure that no replication can have.
        case impossible
    }

    /// Eight letters, of which the last is the version of the form.
    private static let mark: [UInt8] = Array("sbsums 1".utf8)

    /// The sums and the number of their replication: little-endian words of 64 bits after the mark, and last a check of
    /// all of it. The same sums are the same bytes on every machine.
    package func bytes(of number: Int) -> [UInt8] {
        var words: [UInt64] = [UInt64(number)]
        words += [shape.periods, shape.classes, shape.groups, shape.types, shape.controls, waits.count].map(UInt64.init)
        for column in [contacts, groups, queueMax, queueEnd, controls] { words += column.map(\.bitPattern) }
        words += waits
        var bytes = Self.mark
        bytes.reserveCapacity(8 * (words.count + 2))
        for word in words { Self.append(word, to: &bytes) }
        Self.append(Self.check(bytes[...]), to: &bytes)
        return bytes
    }

    /// Reads what `bytes(of:)` wrote; sums of another shape are refused.
    package static func read(
        _ bytes: [UInt8], shape expected: Shape
    ) throws(Damage) -> (number: Int, sums: ReplicationSums) {
        guard bytes.starts(with: mark) else { throw .notSums }
        let fixed = 7
        guard bytes.count >= 8 * (fixed + 2), bytes.count % 8 == 0 else { throw .cutShort }
        func word(_ i: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 | UInt64(bytes[8 * (i + 1) + $1]) << (8 * UInt64($1)) }
        }
        let last = bytes.count / 8 - 2
        let head = (0..<fixed).map { Int(truncatingIfNeeded: word($0)) }
        let shape = Shape(periods: head[1], classes: head[2], groups: head[3], types: head[4], controls: head[5])
        guard shape == expected else { throw .otherShape(shape) }
        let waitCount = head[6]
        guard waitCount == 0 || waitCount == shape.classes * WaitHistogram.bucketCount,
            last == fixed + shape.words + waitCount
        else { throw .cutShort }
        guard word(last) == check(bytes[..<(bytes.count - 8)]) else { throw .changed }
        var at = fixed
        func take(_ count: Int) -> [Double] {
            defer { at += count }
            return (at..<(at + count)).map { Double(bitPattern: word($0)) }
        }
        let sums = ReplicationSums(
            shape: shape, contacts: take(shape.periods * shape.classes * Contact.count),
            groups: take(shape.periods * shape.groups * Group.count), queueMax: take(shape.periods * shape.types),
            queueEnd: take(shape.periods * shape.types), controls: take(shape.classes * shape.controls),
            waits: (at..<last).map(word))
        guard head[0] >= 0, sums.isPossible else { throw .impossible }
        return (head[0], sums)
    }

    /// Whether every figure is a number, and none of what is counted by length of time is below 0.
    private var isPossible: Bool {
        [contacts, controls].allSatisfy { $0.allSatisfy(\.isFinite) }
            && [groups, queueMax, queueEnd].allSatisfy { $0.allSatisfy { $0.isFinite && $0 >= 0 } }
    }

    private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }

    /// FNV-1a (Fowler, Noll, Vo 1991) over 64 bits: finds accidents, not intent.
    private static func check(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

extension ReplicationSums.Shape {
    /// Words of 64 bits that sums of this shape take, without waits.
    fileprivate var words: Int {
        periods * (classes * ReplicationSums.Contact.count + groups * ReplicationSums.Group.count + 2 * types)
            + classes * controls
    }
}
