/// For whom a CSV file is meant.
public enum CSVDialect: String, Sendable, CaseIterable {
    /// `,` between cells, `.` in numbers, LF: what programs read.
    case plain
    /// As plain, with a byte-order mark and CRLF: opens right in a spreadsheet.
    case excel
    /// As excel, with `;` between cells and decimal commas: where the comma is the decimal sign.
    case excelEurope = "excel-eu"

    var separator: UInt8 { self == .excelEurope ? UInt8(ascii: ";") : UInt8(ascii: ",") }
    var decimalSign: UInt8 { self == .excelEurope ? UInt8(ascii: ",") : UInt8(ascii: ".") }
    var lineEnd: [UInt8] { self == .plain ? [0x0A] : [0x0D, 0x0A] }
    var mark: [UInt8] { self == .plain ? [] : [0xEF, 0xBB, 0xBF] }
}

/// Tables as CSV text (RFC 4180): a header row, quotes only where needed, blank for what is undefined.
public enum CSV {
    /// The whole table; the same table is always the same bytes.
    public static func bytes(_ table: Table, as dialect: CSVDialect = .plain) -> [UInt8] {
        var writer = Writer(dialect: dialect)
        writer.bytes.reserveCapacity(64 + table.rows.count * table.columns.count * 8)
        writer.bytes.append(contentsOf: dialect.mark)
        writer.row(table.columns.map { .text($0.name) })
        for row in table.rows {
            precondition(row.count == table.columns.count, "a row of \(table.name) has another width than its header")
            writer.row(row)
        }
        return writer.bytes
    }

    /// Rows alone, as they stand in a plain file.
    static func rowBytes(_ rows: [[Table.Cell]]) -> [UInt8] {
        var writer = Writer(dialect: .plain)
        for row in rows { writer.row(row) }
        return writer.bytes
    }

    /// Appends one text cell as it stands in a plain file: whoever writes rows by itself, for speed, writes every text
    /// that the user or a file gave through this.
    package static func append(_ text: String, to bytes: inout [UInt8]) {
        append(text, separator: UInt8(ascii: ","), to: &bytes)
    }

    /// Quoted where it must be, and made harmless where a spreadsheet would run it as a formula (OWASP, CSV injection).
    private static func append(_ text: String, separator: UInt8, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            guard !utf8.isEmpty else { return }
            let isQuoted = utf8.contains {
                $0 == separator || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
            }
            if isQuoted { bytes.append(UInt8(ascii: "\"")) }
            if isGuarded(utf8) { bytes.append(guardSign) }
            if isQuoted {
                for byte in utf8 {
                    if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                    bytes.append(byte)
                }
                bytes.append(UInt8(ascii: "\""))
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
    }

    private static let guardSign = UInt8(ascii: "'")
    private static let formulaStarts: [UInt8] = Array("=+-@\t\r".utf8)

    /// Whether a text begins as a formula does, or would pass for one that was guarded already.
    private static func isGuarded(_ text: some Collection<UInt8>) -> Bool {
        text.first { $0 != guardSign }.map(formulaStarts.contains) ?? false
    }

    /// The text of a cell as it was before it was made harmless.
    package static func unguarded(_ text: String) -> String {
        text.utf8.first == guardSign && isGuarded(text.utf8) ? String(text.dropFirst()) : text
    }

    private struct Writer {
        let dialect: CSVDialect
        let separator: UInt8
        var bytes: [UInt8] = []

        init(dialect: CSVDialect) {
            self.dialect = dialect
            separator = dialect.separator
        }

        mutating func row(_ cells: [Table.Cell]) {
            let start = bytes.count
            for (index, cell) in cells.enumerated() {
                if index > 0 { bytes.append(separator) }
                write(cell)
            }
            // A line with nothing on it would be skipped as no row at all.
            if bytes.count == start && !cells.isEmpty { bytes.append(contentsOf: "\"\"".utf8) }
            bytes.append(contentsOf: dialect.lineEnd)
        }

        private mutating func write(_ cell: Table.Cell) {
            switch cell {
            case .blank: break
            case .count(let count): bytes.append(contentsOf: String(count).utf8)
            case .number(let number): write(number)
            case .text(let text): write(text)
            }
        }

        /// NaN is undefined and so blank; an infinite wait is a value and says so (as Frictionless names it).
        private mutating func write(_ number: Double) {
            guard number.isFinite else {
                if !number.isNaN { bytes.append(contentsOf: (number < 0 ? "-INF" : "INF").utf8) }
                return
            }
            let start = bytes.count
            Decimals.append(number, to: &bytes)
            guard dialect.decimalSign != UInt8(ascii: ".") else { return }
            for index in start..<bytes.count where bytes[index] == UInt8(ascii: ".") {
                bytes[index] = dialect.decimalSign
            }
        }

        private mutating func write(_ text: String) { CSV.append(text, separator: separator, to: &bytes) }
    }
}
