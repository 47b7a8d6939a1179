import Simulator

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

        public static func left(_ title: String, minimumWidth: Int = 0) -> Column {
            Column(title: title, alignment: .left, minimumWidth: minimumWidth)
        }
        public static func right(_ title: String, minimumWidth: Int = 0) -> Column {
            Column(title: title, alignment: .right, minimumWidth: minimumWidth)
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
        var widths = columns.indices.map { index in
            (body.map { $0[index].text } + [titles[index].text]).reduce(columns[index].minimumWidth) {
                max($0, Self.width(of: $1))
            }
        }
        fit(&widths, into: width)
        let all = (hasTitles ? [titles] : []) + body
        return all.map { row in line(row, widths: widths, color: color, ellipsis: spelled("…")) }
    }

    /// The lines as one text, each with its end.
    public func text(color: Bool = false, width: Int? = nil, unicode: Bool = true) -> String {
        lines(color: color, width: width, unicode: unicode).map { $0 + "\n" }.joined()
    }

    private func line(_ row: [Cell], widths: [Int], color: Bool, ellipsis: String) -> String {
        var line = ""
        for (index, cell) in row.enumerated() {
            let text = Self.cut(cell.text, to: widths[index], ellipsis: ellipsis)
            let pad = String(repeating: " ", count: max(0, widths[index] - Self.width(of: text)))
            let shown = color ? Self.colored(text, cell.tone) : text
            if index > 0 { line += String(repeating: " ", count: gap) }
            line += columns[index].alignment == .left ? shown + pad : pad + shown
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// Takes the missing room from the widest left-aligned columns, down to 8 characters; numbers are never cut.
    private func fit(_ widths: inout [Int], into width: Int?) {
        guard let width else { return }
        var excess = widths.reduce(0, +) + gap * (widths.count - 1) - width
        while excess > 0 {
            let texts = widths.indices.filter { columns[$0].alignment == .left && widths[$0] > 8 }
            guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
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
