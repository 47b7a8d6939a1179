import Documents
import Foundation
import Reports

extension RunFolder {
    /// A table of a finished run as it was saved; nil where it is not there.
    ///
    /// Reads what `CSV` writes in its plain form, where numbers begin with a digit or a minus and names never do.
    public func table(_ name: String) -> Table? {
        guard let data = PlainFile.bytes("\(path)/\(name).csv") else { return nil }
        var lines = Self.cells(data)
        guard !lines.isEmpty else { return nil }
        let header = lines.removeFirst()
        return Table(
            name, columns: header.map { .init($0) },
            rows: lines.map { $0.map(Self.cell) })
    }

    private static func cell(_ text: String) -> Table.Cell {
        guard let first = text.utf8.first else { return .blank }
        // Swift's own reader also takes "nan" and "infinity", which may be names of contact types.
        if text == "INF" || text == "-INF" { return .number(first == UInt8(ascii: "-") ? -.infinity : .infinity) }
        if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) || first == UInt8(ascii: "-"),
            let number = Double(text)
        {
            return .number(number)
        }
        return .text(CSV.unguarded(text))
    }

    /// A text file of the run, such as `summary.txt`.
    public func text(_ name: String) -> String? {
        PlainFile.bytes("\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    private static func cells(_ bytes: [UInt8]) -> [[String]] {
        var lines: [[String]] = []
        var line: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var i = 0
        while i < bytes.count {
            let byte = bytes[i]
            i += 1
            if isQuoted {
                if byte != UInt8(ascii: "\"") {
                    cell.append(byte)
                } else if i < bytes.count, bytes[i] == UInt8(ascii: "\"") {
                    cell.append(byte)
                    i += 1
                } else {
                    isQuoted = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = true
            } else if byte == UInt8(ascii: ",") || byte == 0x0A {
                line.append(String(decoding: cell, as: UTF8.self))
                cell = []
                if byte == 0x0A {
                    lines.append(line)
                    line = []
                }
            } else {
                cell.append(byte)
            }
        }
        return lines
    }
}
