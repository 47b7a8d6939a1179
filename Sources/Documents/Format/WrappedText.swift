/// Text in lines.
public enum WrappedText {
    /// Lines of at most `width` characters, where words are not longer; `indent` stands before all but the first. At least
    /// one line.
    public static func lines(_ text: String, width: Int, indent: String = "") -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(indent + word)
            }
        }
        return lines
    }

    /// Characters a line of a page, such as `explain` prints.
    package static let pageWidth = 120

    /// Lines of at most `pageWidth` characters; those after the first keep the first one's indent.
    package static func indented(_ line: String) -> [String] {
        guard line.count > pageWidth else { return [line] }
        let indent = String(line.prefix { $0 == " " })
        return lines(line, width: pageWidth - indent.count).map { indent + $0 }
    }
}
