import Tabular

/// Reports as lines of text, on a terminal and in `summary.txt`.
extension Report {
    /// The lines, coloured and cut as the terminal wants; two tables in a row stand an empty line apart.
    ///
    /// - Parameters:
    ///   - color: put tones on first words.
    ///   - width: on a terminal, its characters across; nil: nothing is cut.
    ///   - unicode: false spells the signs of tables in ASCII.
    public func lines(color: Bool = false, width: Int? = nil, unicode: Bool = true) -> [String] {
        var lines: [String] = []
        var followsTable = false
        for section in self {
            switch section {
            case .words(let words): lines += words
            case .notes(let notes): lines += notes.map { "note: " + $0 }
            case .table(let shown):
                if followsTable { lines.append("") }
                lines += shown.lines(color: color, width: width, unicode: unicode)
            }
            if case .table = section { followsTable = true } else { followsTable = false }
        }
        return lines
    }

    /// The lines as one text, each with its end.
    public func text(color: Bool = false, width: Int? = nil, unicode: Bool = true) -> String {
        lines(color: color, width: width, unicode: unicode).map { $0 + "\n" }.joined()
    }
}

extension ShownTable {
    fileprivate func lines(color: Bool, width: Int?, unicode: Bool) -> [String] {
        let shown = width == nil ? table : onScreen
        let lines = shown.lines(color: color, width: width, unicode: unicode)
        let left = table.rows.count - shown.rows.count
        let hidden = table.columns.map(\.title).filter { !(lines.first ?? "").contains($0) }
        let below = namesWhatIsHidden && !hidden.isEmpty ? Self.wider(hidden) : footnote
        return lines + (left > 0 ? ["... \(left) more: all rows with --csv"] : []) + (below.map { [$0] } ?? [])
    }

    /// The table without the blocks for which a screen has no room; a later one may be small enough.
    private var onScreen: TextTable {
        guard let most = mostOnScreen else { return table }
        var kept = TextTable(table.columns, gap: table.gap)
        var start = 0
        for count in blocks.isEmpty ? table.rows.map({ _ in 1 }) : blocks {
            let block = table.rows[start..<(start + count)]
            if kept.rows.count + count <= most { block.forEach { kept.add($0) } }
            start += count
        }
        return kept
    }

    /// `A wider window also shows chance, average wait and contacts.`
    private static func wider(_ hidden: [String]) -> String {
        let names = hidden.map { $0.filter { $0 != "*" } }
        return "A wider window also shows \(Spelling.list(names, "and"))."
    }
}
