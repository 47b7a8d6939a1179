import Tabular

/// The scenario with everything spelled out, as it is read: written as YAML, filled-in lines marked.
package final class Expansion {
    package enum Value {
        case text(String)
        case block(Expansion)
    }

    package struct Line {
        package var name: String
        package var value: Value
        package var remark: String?
    }

    package private(set) var lines: [Line] = []

    package init() {}

    package func set(_ name: String, _ text: String, remark: String? = nil) {
        put(Line(name: name, value: .text(text), remark: remark))
    }

    package func set(_ name: String, _ block: Expansion, remark: String? = nil) {
        put(Line(name: name, value: .block(block), remark: remark))
    }

    /// The block that stands under `name`, to be added to.
    package func block(_ name: String) -> Expansion? {
        guard case .block(let block) = lines.first(where: { $0.name == name })?.value else { return nil }
        return block
    }

    package func remove(_ name: String) { lines.removeAll { $0.name == name } }

    private func put(_ line: Line) {
        if let index = lines.firstIndex(where: { $0.name == line.name }) {
            lines[index] = line
        } else {
            lines.append(line)
        }
    }

    /// Brings the lines into the order of the settings' list.
    package func order(by list: SettingList) {
        let rank = Dictionary(list.names.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        lines = lines.enumerated().sorted {
            (rank[$0.element.name] ?? .max, $0.offset) < (rank[$1.element.name] ?? .max, $1.offset)
        }.map(\.element)
    }

    /// On one line, `{share: 45%, after: 12m}`.
    package var flow: String {
        "{"
            + lines.map { line in
                switch line.value {
                case .text(let text): "\(Self.key(line.name)): \(text)"
                case .block(let block): "\(Self.key(line.name)): \(block.flow)"
                }
            }.joined(separator: ", ") + "}"
    }

    /// The remarks of single parts, joined for a block that stands on one line: `shape of after and at_most assumed`.
    package var flowRemark: String? {
        let assumed = "assumed"
        let parts = lines.compactMap { line -> String? in
            guard let remark = line.remark else { return nil }
            if remark == assumed || !remark.hasSuffix(" " + assumed) { return line.name }
            return "\(remark.dropLast(assumed.count + 1)) of \(line.name)"
        }
        return parts.isEmpty ? nil : Spelling.list(parts, "and") + " " + assumed
    }

    /// YAML text; remarks stand in one column where there is room.
    package func text(indent: Int = 0, withRemarks: Bool = true) -> String {
        var result = ""
        for line in lines {
            var head = String(repeating: " ", count: indent) + Self.key(line.name) + ":"
            var tail = ""
            switch line.value {
            case .text(let text): head += " " + text
            case .block(let block): tail = block.text(indent: indent + 2, withRemarks: withRemarks)
            }
            if withRemarks, let remark = line.remark {
                head += String(repeating: " ", count: max(4, 35 - head.count)) + "# " + remark
            }
            result += head + "\n" + tail
        }
        return result
    }

    /// Every line with a remark, as setting path, value and remark.
    package func assumptions(path: String = "") -> [Assumption] {
        lines.flatMap { line -> [Assumption] in
            let name = path.isEmpty ? line.name : path + "." + line.name
            switch line.value {
            case .text(let text):
                return line.remark.map { [Assumption(setting: name, value: text, remark: $0)] } ?? []
            case .block(let block): return block.assumptions(path: name)
            }
        }
    }

    // MARK: Quoting

    private static func key(_ name: String) -> String { quoted(name) }

    /// Whether a text is a YAML scalar as it stands.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last, text != "...", !"-?:#&*!|>%@` ".contains(first),
            last != " ",
            last != ":"
        else { return false }
        var before: Unicode.Scalar = "."
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{0}"..."\u{1F}", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}": return false
            case ",", "[", "]", "{", "}", "\"", "'": return false
            case " " where before == ":", "#" where before == " ": return false
            default: before = scalar
            }
        }
        return true
    }

    /// The text as a YAML scalar that reads back to the same text, also inside `{}` and `[]`.
    package static func quoted(_ text: String) -> String {
        if isPlain(text) { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case let control
            where control.value < 0x20 || (0x7F...0xA0).contains(control.value)
                || control.value == 0x2028 || control.value == 0x2029 || control.value == 0xFEFF:
                let hex = String(control.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
