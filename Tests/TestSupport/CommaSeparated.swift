/// Lines of comma-separated values whose texts may stand in quotes.
public enum CommaSeparated {
    /// The cells of a line, quotes taken off (RFC 4180).
    public static func cells(_ line: Substring) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}
