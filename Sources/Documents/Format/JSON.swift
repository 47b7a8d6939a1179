import Tabular

/// A JSON document whose keys keep their order, so that the same result is the same bytes.
public enum JSON: Sendable {
    /// Members in the order in which they are written; names are not looked at for repeats.
    case object([(String, JSON)])
    /// Elements in order.
    case array([JSON])
    /// A text, escaped when it is written.
    case string(String)
    /// NaN and infinities, which JSON lacks, are written as null.
    case number(Double)
    /// A whole number, written without a point.
    case integer(Int)
    /// `true` or `false`.
    case bool(Bool)
    /// No value.
    case null

    /// A string, or null where there is none.
    public static func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
    /// An integer, or null where there is none.
    public static func count(_ value: Int?) -> JSON { value.map { .integer($0) } ?? .null }
    /// A number, or null where there is none.
    public static func optional(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }

    /// A table cell with its own kind: text, number, or null where blank.
    public init(_ cell: Table.Cell) {
        switch cell {
        case .text(let text): self = .string(text)
        case .number(let number): self = .number(number)
        case .count(let count): self = .integer(count)
        case .blank: self = .null
        }
    }

    /// A table as an array of objects, one a row, keyed by column names.
    public init(_ table: Table) {
        self = .array(
            table.rows.map { row in .object(zip(table.columns, row).map { ($0.name, JSON($1)) }) })
    }

    /// The document's text: short values on one line, longer ones indented by two spaces; no line end at its end.
    public func text(width: Int = 120) -> String {
        String(decoding: bytes(width: width), as: UTF8.self)
    }

    /// The document as UTF-8.
    public func bytes(width: Int = 120) -> [UInt8] {
        var writer = Writer(width: width)
        writer.write(self, indent: 0)
        return writer.bytes
    }

    /// The document on one line, for logs of one object a line.
    public var line: String { text(width: .max) }

    private struct Writer {
        let width: Int
        var bytes: [UInt8] = []

        mutating func write(_ value: JSON, indent: Int) {
            switch value {
            case .object(let members):
                layOut(value, count: members.count, open: "{", close: "}", indent: indent) { writer, index in
                    writer.write(members[index].0)
                    writer.bytes.append(contentsOf: ": ".utf8)
                    writer.write(members[index].1, indent: indent + 2)
                }
            case .array(let items):
                layOut(value, count: items.count, open: "[", close: "]", indent: indent) { writer, index in
                    writer.write(items[index], indent: indent + 2)
                }
            case .string(let text): write(text)
            case .number(let number):
                if number.isFinite {
                    Decimals.append(number, to: &bytes)
                } else {
                    bytes.append(contentsOf: "null".utf8)
                }
            case .integer(let number): bytes.append(contentsOf: String(number).utf8)
            case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
            case .null: bytes.append(contentsOf: "null".utf8)
            }
        }

        private mutating func layOut(
            _ value: JSON, count: Int, open: Unicode.Scalar, close: Unicode.Scalar, indent: Int,
            item: (inout Writer, Int) -> Void
        ) {
            let fits = width == .max || value.lengthOnOneLine(atMost: width - indent) != nil
            bytes.append(UInt8(ascii: open))
            for index in 0..<count {
                if index > 0 { bytes.append(contentsOf: (fits ? ", " : ",").utf8) }
                if !fits {
                    bytes.append(UInt8(ascii: "\n"))
                    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent + 2))
                }
                item(&self, index)
            }
            if !fits {
                bytes.append(UInt8(ascii: "\n"))
                bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
            }
            bytes.append(UInt8(ascii: close))
        }

        private mutating func write(_ text: String) {
            bytes.append(UInt8(ascii: "\""))
            guard !TerminalText.isPlain(text) else {
                for byte in text.utf8 {
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
                    bytes.append(byte)
                }
                bytes.append(UInt8(ascii: "\""))
                return
            }
            for scalar in text.unicodeScalars {
                if scalar.value >= 0x7F, TerminalText.isControl(scalar) {
                    let digits = String(scalar.value, radix: 16)
                    bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
                    continue
                }
                write(scalar)
            }
            bytes.append(UInt8(ascii: "\""))
        }

        /// Anything but a control character beyond ASCII.
        private mutating func write(_ scalar: Unicode.Scalar) {
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                switch byte {
                case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
                case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
                case 0x0A: bytes.append(contentsOf: "\\n".utf8)
                case 0x0D: bytes.append(contentsOf: "\\r".utf8)
                case 0x09: bytes.append(contentsOf: "\\t".utf8)
                case 0..<0x20:
                    let digits = Array("0123456789abcdef".utf8)
                    bytes.append(contentsOf: "\\u00".utf8)
                    bytes.append(digits[Int(byte >> 4)])
                    bytes.append(digits[Int(byte & 15)])
                default: bytes.append(byte)
                }
            }
        }
    }

    /// The number of bytes on one line, or nil when more than `limit`: looks no further than it must.
    private func lengthOnOneLine(atMost limit: Int) -> Int? {
        var used: Int
        switch self {
        case .object(let members):
            used = 2
            for (key, value) in members {
                guard used <= limit, let length = value.lengthOnOneLine(atMost: limit - used) else { return nil }
                used += key.utf8.count + length + 6
            }
        case .array(let items):
            used = 2
            for item in items {
                guard used <= limit, let length = item.lengthOnOneLine(atMost: limit - used) else { return nil }
                used += length + 2
            }
        case .string(let text): used = text.utf8.count + 2
        case .number(let number): used = number.description.utf8.count
        case .integer(let number): used = String(number).utf8.count
        case .bool, .null: used = 5
        }
        return used <= limit ? used : nil
    }
}
