/// A table read from text: header and rows, each cell with its place, and the dialect that was found by trial.
///
/// Separator `,` `;` tab or `|`; cells may be quoted with `"` (doubled inside); blank lines are skipped. A decimal
/// comma is understood only where the separator is `;` or a tab.
package struct DelimitedText: Sendable {
    package struct Cell: Sendable {
        package var text: String
        /// Where it stands in the source's bytes, quotes included.
        package var bytes: Range<Int>
    }

    package struct Dialect: Sendable, Hashable {
        package var separator: Character
        package var decimalComma: Bool
    }

    package let source: SourceText
    package let header: [Cell]
    /// Each as long as the header.
    package let rows: [[Cell]]
    package let dialect: Dialect
    /// What is wrong with single rows; those rows are left out.
    package let problems: [Problem]

    /// Reads the table; fails when there is no header.
    package static func read(_ source: SourceText) -> Result<DelimitedText, Problem> {
        let candidates: [Character] = [",", ";", "\t", "|"]
        let head = candidates.map { separator -> Int in
            var scanner = Scanner(source.utf8, separator: separator)
            return scanner.row()?.count ?? 0
        }
        guard let most = head.max(), most > 0 else {
            return .failure(Problem(.error, ProblemCode.empty, "\(source.name) is empty"))
        }
        let separator = candidates[head.firstIndex(of: most) ?? 0]
        return .success(DelimitedText(source, separator: separator))
    }

    private init(_ source: SourceText, separator: Character) {
        var scanner = Scanner(source.utf8, separator: separator)
        let header = scanner.row() ?? []
        var rows: [[Cell]] = []
        var problems: [Problem] = []
        var commaNumbers = 0
        let mayHaveCommas = separator == ";" || separator == "\t"
        while var row = scanner.row() {
            while row.count > header.count, let last = row.last, last.text.isEmpty { row.removeLast() }
            guard row.count == header.count else {
                problems.append(Self.wrongCount(row, header, source, separator))
                continue
            }
            if mayHaveCommas { commaNumbers += row.count { Self.isCommaNumber($0.text) } }
            rows.append(row)
        }
        if let open = scanner.unclosedQuote {
            problems = [
                Problem(
                    .error, ProblemCode.cells, "this quote is not closed",
                    at: source.place(ofBytes: open..<open + 1), hint: "a quote inside quotes is written twice")
            ]
        }
        self.source = source
        self.header = header
        self.rows = rows
        self.problems = problems
        dialect = Dialect(separator: separator, decimalComma: commaNumbers > 0)
    }

    private static func wrongCount(
        _ row: [Cell], _ header: [Cell], _ source: SourceText, _ separator: Character
    ) -> Problem {
        let count = "\(row.count) \(row.count == 1 ? "cell" : "cells"), but the header names \(header.count)"
        let expected = header.map(\.text).joined(separator: String(separator))
        guard row.count > header.count, let name = header.last?.text else {
            return Problem(
                .error, ProblemCode.cells, count,
                at: source.place(ofBytes: row[0].bytes.lowerBound..<row[row.count - 1].bytes.upperBound),
                expected: expected)
        }
        let extra = row[header.count]
        let start = row[header.count - 1].bytes.upperBound
        // A comma number cut in two: digits on both sides of the first surplus comma.
        var hint: String?
        if separator == "," {
            for index in 1..<row.count {
                let (left, right) = (row[index - 1].text, row[index].text)
                let digits = { (text: String) in !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber } }
                if digits(left), digits(right) {
                    if let whole = Units.withoutThousands("\(left),\(right)") {
                        hint =
                            "if the comma of \(left),\(right) groups thousands write \(whole), if it is decimal \(left).\(right)"
                        break
                    }
                    hint =
                        "\(left),\(right) looks like a decimal comma: write \(left).\(right), "
                        + "or save with \";\" between the cells"
                    break
                }
            }
        }
        return Problem(
            .error, ProblemCode.cells, count + " (column \"\(name)\")",
            at: source.place(ofBytes: start..<max(extra.bytes.upperBound, row[row.count - 1].bytes.upperBound)),
            expected: expected, hint: hint)
    }

    private static func isCommaNumber(_ text: String) -> Bool {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
    }

    /// The index of the column with this name, without regard to case, spaces and underscores.
    package func column(_ names: String...) -> Int? {
        let wanted = names.map(Spelling.folded)
        return header.firstIndex { wanted.contains(Spelling.folded($0.text)) }
    }

    package func place(_ cell: Cell) -> Problem.Place { source.place(ofBytes: cell.bytes) }

    /// The line on which a row begins, from 1.
    package func line(_ row: [Cell]) -> Int { row.first.map { place($0).line } ?? 1 }

    /// A number in this table's dialect.
    package func number(_ cell: Cell) -> Reading<Double> {
        guard dialect.decimalComma else { return Units.number(cell.text) }
        if cell.text.contains(".") {
            return .wrong(
                Wrong(
                    "E402", "\(cell.text) has a decimal point, but other numbers here have a comma",
                    expected: "the same decimal sign in the whole file"))
        }
        return Units.number(cell.text.replacing(",", with: "."))
    }

    /// `separator ";", decimal comma`, for the note that says how the table was read.
    package var dialectWords: String {
        let name = dialect.separator == "\t" ? "tab" : "\"\(dialect.separator)\""
        return "separator \(name)" + (dialect.decimalComma ? ", decimal comma" : "")
            + (source.encoding == "UTF-8" ? "" : ", \(source.encoding)")
    }

    // MARK: Bytes

    /// Goes over the bytes once; a row at a time.
    private struct Scanner {
        private let bytes: [UInt8]
        private let separator: UInt8
        private var position = 0
        private(set) var unclosedQuote: Int?

        init(_ bytes: [UInt8], separator: Character) {
            self.bytes = bytes
            self.separator = separator.asciiValue ?? UInt8(ascii: ",")
        }

        /// The next row that is not blank.
        mutating func row() -> [Cell]? {
            while position < bytes.count {
                let cells = line()
                if !cells.allSatisfy(\.text.isEmpty) { return cells }
            }
            return nil
        }

        private mutating func line() -> [Cell] {
            var cells: [Cell] = []
            while true {
                cells.append(cell())
                guard position < bytes.count else { return cells }
                let byte = bytes[position]
                position += 1
                if byte == separator {
                    if position == bytes.count { cells.append(Cell(text: "", bytes: position..<position)) }
                    continue
                }
                if byte == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
                    position += 1
                }
                return cells
            }
        }

        /// Stops at the separator or line end, which is left to the caller.
        private mutating func cell() -> Cell {
            let start = position
            var first = start
            while first < bytes.count, bytes[first] == UInt8(ascii: " ") { first += 1 }
            if first < bytes.count, bytes[first] == UInt8(ascii: "\"") { return quoted(from: first) }
            while position < bytes.count, bytes[position] != separator, bytes[position] != UInt8(ascii: "\n"),
                bytes[position] != UInt8(ascii: "\r")
            { position += 1 }
            var end = position
            while end > first, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
            let from = min(first, end)
            return Cell(text: String(decoding: bytes[from..<end], as: UTF8.self), bytes: from..<end)
        }

        private mutating func quoted(from start: Int) -> Cell {
            var content: [UInt8] = []
            var index = start + 1
            while index < bytes.count {
                if bytes[index] == UInt8(ascii: "\"") {
                    guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") else { break }
                    index += 1
                }
                content.append(bytes[index])
                index += 1
            }
            if index >= bytes.count { unclosedQuote = unclosedQuote ?? start }
            index = min(index + 1, bytes.count)
            let end = index
            // Anything between the closing quote and the separator is kept, so that nothing is lost silently.
            while index < bytes.count, bytes[index] != separator, bytes[index] != UInt8(ascii: "\n"),
                bytes[index] != UInt8(ascii: "\r")
            {
                content.append(bytes[index])
                index += 1
            }
            position = index
            return Cell(
                text: Units.trimmed(String(decoding: content, as: UTF8.self)), bytes: start..<max(end, start))
        }
    }
}
