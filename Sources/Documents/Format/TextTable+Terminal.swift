import Tabular

/// Tables on a terminal: aligned columns, three spaces apart, colour put on after the layout.
extension TextTable {
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
        let body = leadingRows.map { $0.map { Cell(spelled($0.text), $0.tone) } }
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

    /// The rows with what leads their texts as a part of them.
    private var leadingRows: [[Cell]] {
        let widths = columns.indices.map { index in rows.map { $0[index].lead?.count ?? 0 }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { cell, width in
                guard let lead = cell.lead else { return cell }
                let pad = String(repeating: " ", count: width - lead.count + Self.leadGap)
                return Cell(lead + pad + cell.text, cell.tone)
            }
        }
    }

    private static let leadGap = 3

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

extension TextTable.Tone {
    private var code: String? {
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
