/// Text as it may go to a terminal: characters that would steer it are spelled out instead (`\x1b`, `\u009b`).
///
/// A label, a path or a cell of somebody's file can hold escape sequences, which colour, move, hide or answer. Files
/// and documents keep every character as it is; only what people are shown goes through here.
public enum TerminalText {
    /// One line: line ends and tabs are spelled out too.
    public static func line(_ text: String) -> String {
        isPlain(text) ? text : spelled(text.unicodeScalars[...]) { _ in false }
    }

    /// Lines of ours that hold texts of others: line ends and tabs stay, and so do the program's own colours where it
    /// uses them.
    public static func lines(_ text: String, color: Bool) -> String {
        if isPlain(text, but: { $0 == 0x0A || $0 == 0x09 }) { return text }
        var result = ""
        var rest = text.unicodeScalars[...]
        while let escape = rest.firstIndex(of: "\u{1B}") {
            result += spelled(rest[..<escape]) { $0 == "\n" || $0 == "\t" }
            rest = rest[escape...]
            if color, let own = ownColors.first(where: { rest.starts(with: $0.unicodeScalars) }) {
                result += own
                rest = rest.dropFirst(own.unicodeScalars.count)
            } else {
                result += spelled(rest.prefix(1)) { _ in false }
                rest = rest.dropFirst()
            }
        }
        return result + spelled(rest) { $0 == "\n" || $0 == "\t" }
    }

    /// Red, yellow, green and the end of a colour (ECMA-48).
    private static let ownColors = ["\u{1B}[31m", "\u{1B}[32m", "\u{1B}[33m", "\u{1B}[0m"]

    /// C0 and C1 controls, delete, line and paragraph separators, and what turns the direction of writing.
    package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Whether nothing needs to be spelled out; looks at bytes, since nearly every text is plain.
    package static func isPlain(_ text: String, but mayStand: (UInt8) -> Bool = { _ in false }) -> Bool {
        var text = text
        let isSimple = text.withUTF8 { utf8 in
            // 0xC2 begins C1 controls, 0xE2 the separators; both also begin what is harmless.
            utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != 0xE2 || mayStand($0) }
        }
        return isSimple
            || text.unicodeScalars.allSatisfy { scalar in
                !isControl(scalar) || scalar.isASCII && mayStand(UInt8(scalar.value))
            }
    }

    private static func spelled(
        _ scalars: Substring.UnicodeScalarView, mayStand: (Unicode.Scalar) -> Bool
    ) -> String {
        var result = String.UnicodeScalarView()
        for scalar in scalars {
            guard isControl(scalar), !mayStand(scalar) else {
                result.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            let spelling =
                switch scalar {
                case "\n": "\\n"
                case "\r": "\\r"
                case "\t": "\\t"
                default:
                    scalar.value <= 0x7F
                        ? "\\x" + (digits.count < 2 ? "0" : "") + digits
                        : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            result.append(contentsOf: spelling.unicodeScalars)
        }
        return String(result)
    }
}
