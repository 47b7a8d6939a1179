import Simulator
import Tabular

/// A table for people: aligned columns, three spaces apart, colour put on after the layout.
///
///     var table = TerminalTable([.left("contact type"), .right("in 30s")])
///     table.add([.init("billing"), .init("MISSED by 2 points", .bad)])
public struct TerminalTable: Sendable {
    public struct Column: Sendable {
        public enum Alignment: Sendable { case left, right }
        public var title: String
        public var alignment: Alignment
        /// At least this many characters wide.
        public var minimumWidth: Int

        /// Where a table is too wide, columns with a rank go, the lowest first; nil never goes.
        public var yieldRank: Int?
        /// Where a table is too wide, a text that is longer than its column is not cut but has a line of its own: before
        /// the row in the first column, after it in the last.
        public var takesOwnLine = false

        /// The same column, which goes when the table is too wide and those of lower ranks have gone.
        public func yielding(_ rank: Int) -> Column {
            var column = self
            column.yieldRank = rank
            return column
        }

        /// The same column, whose long texts have a line of their own.
        public var onItsOwnLine: Column {
            var column = self
            column.takesOwnLine = true
            return column
        }

        public static func left(_ title: String, minimumWidth: Int = 0) -> Column {
            Column(title: title, alignment: .left, minimumWidth: minimumWidth, yieldRank: nil)
        }
        public static func right(_ title: String, minimumWidth: Int = 0) -> Column {
            Column(title: title, alignment: .right, minimumWidth: minimumWidth, yieldRank: nil)
        }
    }

    public struct Cell: Sendable {
        public var text: String
        /// What the cell's first word says, for its colour; the word alone says it too.
        public var tone: Tone

        public init(_ text: String, _ tone: Tone = .plain) {
            self.text = text
            self.tone = tone
        }
    }

    /// What a word tells the reader: met, over, or MISSED and short.
    public enum Tone: Sendable {
        case plain, good, warning, bad

        var code: String? {
            switch self {
            case .plain: nil
            case .good: "32"
            case .warning: "33"
            case .bad: "31"
            }
        }

        /// The text in this tone's colour (ECMA-48).
        public func colored(_ text: String) -> String { code.map { "\u{1B}[\($0)m\(text)\u{1B}[0m" } ?? text }
    }

    public var columns: [Column]
    public private(set) var rows: [[Cell]] = []
    /// Spaces between two columns.
    public var gap: Int

    public init(_ columns: [Column], gap: Int = 3) {
        self.columns = columns
        self.gap = gap
    }

    /// Adds a row; missing cells at its end are empty.
    public mutating func add(_ row: [Cell]) {
        precondition(row.count <= columns.count, "a row has more cells than the table has columns")
        rows.append(row + Array(repeating: Cell(""), count: columns.count - row.count))
    }

    /// Adds a row of plain texts.
    public mutating func add(_ texts: String...) { add(texts.map { Cell($0) }) }

    /// The lines, header first, without spaces at their ends.
    ///
    /// - Parameters:
    ///   - color: put tones on first words.
    ///   - width: on a terminal, its characters across: the widest left-aligned column is cut to fit; nil: never cut.
    ///   - unicode: false spells `±`, `·` and `…` in ASCII.
    public func lines(color: Bool = false, width: Int? = nil, unicode: Bool = true) -> [String] {
        let spelled = { (text: String) in
            let plain = TerminalText.line(text)
            return unicode ? plain : Self.ascii(plain)
        }
        let titles = columns.map { Cell(spelled($0.title)) }
        let body = rows.map { $0.map { Cell(spelled($0.text), $0.tone) } }
        let hasTitles = titles.contains { !$0.text.isEmpty }
        var layout = Layout(
            shown: Array(columns.indices), gap: gap,
            widths: columns.indices.map { index in
                (body.map { $0[index].text } + [titles[index].text]).reduce(columns[index].minimumWidth) {
                    max($0, Self.width(of: $1))
                }
            })
        if let width, layout.total > width {
            narrow(&layout, titles, into: width)
            fit(&layout, into: width)
        }
        let all = (hasTitles ? [titles] : []) + body
        return all.flatMap { lines($0, layout, color: color, ellipsis: spelled("…")) }
    }

    /// Which columns are shown, how wide, and how far apart.
    private struct Layout {
        var shown: [Int]
        var gap: Int
        var widths: [Int]

        var total: Int { shown.reduce(0) { $0 + widths[$1] } + gap * (shown.count - 1) }
    }

    /// Columns move together, long texts may leave for lines of their own, and columns go until the rest fits; what room
    /// is left is for the long texts, the last column first.
    private func narrow(_ layout: inout Layout, _ titles: [Cell], into width: Int) {
        guard columns.contains(where: { $0.takesOwnLine || $0.yieldRank != nil }) else { return }
        layout.gap = min(gap, 2)
        let natural = layout.widths
        let own = layout.shown.filter { columns[$0].takesOwnLine }
        for index in own {
            layout.widths[index] = min(natural[index], max(Self.ownLineWidth, Self.width(of: titles[index].text)))
        }
        while layout.total > width {
            let yielding = layout.shown.filter { columns[$0].yieldRank != nil }
            guard let next = yielding.min(by: { columns[$0].yieldRank ?? 0 < columns[$1].yieldRank ?? 0 }) else {
                return
            }
            layout.shown.removeAll { $0 == next }
        }
        for index in own.reversed() {
            layout.widths[index] += max(0, min(width - layout.total, natural[index] - layout.widths[index]))
        }
    }

    /// Narrower than this no column becomes for the sake of others.
    private static let ownLineWidth = 16

    /// The lines as one text, each with its end.
    public func text(color: Bool = false, width: Int? = nil, unicode: Bool = true) -> String {
        lines(color: color, width: width, unicode: unicode).map { $0 + "\n" }.joined()
    }

    /// A row, with the lines before and after it that long texts take.
    private func lines(_ row: [Cell], _ layout: Layout, color: Bool, ellipsis: String) -> [String] {
        var row = row
        var (before, after): ([String], [String]) = ([], [])
        for index in layout.shown where columns[index].takesOwnLine && layout.shown.count > 1 {
            let cell = row[index]
            guard Self.width(of: cell.text) > layout.widths[index] else { continue }
            let shown = color ? Self.colored(cell.text, cell.tone) : cell.text
            if index == layout.shown.first { before.append(shown) } else { after.append("    " + shown) }
            row[index].text = ""
        }
        return before + [line(row, layout, color: color, ellipsis: ellipsis)] + after
    }

    private func line(_ row: [Cell], _ layout: Layout, color: Bool, ellipsis: String) -> String {
        var line = ""
        for index in layout.shown {
            let cell = row[index]
            let text = Self.cut(cell.text, to: layout.widths[index], ellipsis: ellipsis)
            let pad = String(repeating: " ", count: max(0, layout.widths[index] - Self.width(of: text)))
            let shown = color ? Self.colored(text, cell.tone) : text
            if index != layout.shown.first { line += String(repeating: " ", count: layout.gap) }
            line += columns[index].alignment == .left ? shown + pad : pad + shown
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// Takes the missing room from the widest left-aligned columns, down to 8 characters; numbers are never cut.
    private func fit(_ layout: inout Layout, into width: Int) {
        var excess = layout.total - width
        while excess > 0 {
            let texts = layout.shown.filter { columns[$0].alignment == .left && layout.widths[$0] > 8 }
            guard let widest = texts.max(by: { layout.widths[$0] < layout.widths[$1] }) else { return }
            layout.widths[widest] -= 1
            excess -= 1
        }
    }

    private static func colored(_ text: String, _ tone: Tone) -> String {
        guard let first = text.split(separator: " ").first else { return text }
        return text[..<first.startIndex] + tone.colored(String(first)) + text[first.endIndex...]
    }

    private static func cut(_ text: String, to width: Int, ellipsis: String) -> String {
        guard Self.width(of: text) > width else { return text }
        var kept = text
        while !kept.isEmpty && Self.width(of: kept) + ellipsis.count > width { kept.removeLast() }
        return kept + ellipsis
    }

    /// Cells that a text takes on a terminal: two for East Asian wide characters and pictures (Unicode TR 11).
    static func width(of text: String) -> Int {
        text.reduce(0) { sum, character in
            guard let scalar = character.unicodeScalars.first else { return sum }
            let wide =
                switch scalar.value {
                case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
                    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
                    true
                default: false
                }
            return sum + (wide ? 2 : 1)
        }
    }

    private static func ascii(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "±": result += "+-"
            case "·": result += "-"
            case "…": result += "..."
            case "–", "—", "−": result += "-"
            default: result.append(character)
            }
        }
    }
}
