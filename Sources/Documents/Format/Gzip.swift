import CZlib

/// The door to zlib: gzip files (RFC 1952) made of pieces.
///
/// Each piece is packed by itself, so pieces can be packed on different threads and the file is the same bytes whoever
/// packs them; one piece after the other between one head and one tail is a single gzip member, which every reader
/// knows. The head names no time, no file and no system. Packed bytes depend on zlib's version, the content never.
package enum Gzip {
    /// Bytes packed so that another piece can follow.
    package struct Piece: Sendable {
        var packed: [UInt8]
        /// Of the bytes before they were packed.
        var length: Int
        var crc: UInt32

        /// At most 4 GB.
        package init(_ bytes: [UInt8]) {
            length = bytes.count
            crc = czlib_crc(bytes, bytes.count)
            guard !bytes.isEmpty else {
                packed = []
                return
            }
            let room = czlib_bound(bytes.count)
            packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                count = czlib_pack(bytes, bytes.count, buffer.baseAddress, room)
            }
            precondition(!packed.isEmpty, "zlib refused to pack")
        }
    }

    /// Deflate, no flags, no time, no extra flags, system unknown.
    static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    /// What all pieces together come to.
    struct Sum {
        private(set) var length = 0
        private(set) var crc = czlib_crc(nil, 0)

        mutating func add(_ piece: Piece) { add(length: piece.length, crc: piece.crc) }

        /// Another sum's pieces come after these.
        mutating func add(_ other: Sum) { add(length: other.length, crc: other.crc) }

        private mutating func add(length more: Int, crc next: UInt32) {
            crc = czlib_crc_combine(crc, next, UInt64(more))
            length += more
        }

        /// An empty last block, then CRC and length modulo 2³², low byte first.
        var tail: [UInt8] {
            [0x03, 0x00]
                + [crc, UInt32(truncatingIfNeeded: length)].flatMap { word in
                    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
                }
        }
    }
}
