/// Which columns of a table have been found, and what is said of those that are not there or not used.
package final class TableColumns {
    private let text: DelimitedText
    private let log: ReadingLog
    package private(set) var used: Set<Int> = []

    package init(_ text: DelimitedText, log: ReadingLog) {
        self.text = text
        self.log = log
    }

    /// The first column with one of these names, without regard to case, spaces and underscores.
    package func find(_ names: String...) -> Int? {
        let wanted = names.map(Spelling.folded)
        let found = text.header.indices.first {
            !used.contains($0) && wanted.contains(Spelling.folded(text.header[$0].text))
        }
        if let found { used.insert(found) }
        return found
    }

    package func use(_ columns: [Int]) { used.formUnion(columns) }

    /// One message for each column that the table lacks.
    package func complain(_ lacks: [String], expected: String) {
        let first = text.header[0].bytes.lowerBound
        let place = text.source.place(ofBytes: first..<text.header[text.header.count - 1].bytes.upperBound)
        let rest = text.header.indices.filter { !used.contains($0) }.map { text.header[$0].text }
        for column in lacks {
            let nearest = rest.first { Spelling.nearest(to: $0, among: [column]) != nil }
            log.error(
                ProblemCode.header, "the header lacks a column \"\(column)\"", at: place, expected: expected,
                hint: nearest.map { "did you mean \"\(column)\" by \"\($0)\"?" })
        }
    }

    /// `known` columns say nothing that is needed, but are no mistake either.
    package func warnOfUnused(known: [String]) {
        let known = known.map(Spelling.folded)
        for (index, cell) in text.header.enumerated() where !used.contains(index) && !cell.text.isEmpty {
            if known.contains(Spelling.folded(cell.text)) { continue }
            log.warn(ProblemCode.unusedColumn, "the column \"\(cell.text)\" is not used", at: text.place(cell))
        }
    }
}
