/// Something wrong, or worth knowing, in what the user gave us: the facts; words and layout stand here too, once.
public struct Problem: Error, Sendable, Hashable {
    /// How much is wrong.
    public enum Severity: String, Sendable {
        /// There is no result.
        case error
        /// There is a result, which may not be what was meant.
        case warning
        /// Worth knowing.
        case note
    }

    /// Where in which file.
    public struct Place: Sendable, Hashable {
        /// As it was named, relative or not.
        public var file: String
        /// From 1.
        public var line: Int
        /// Characters from 1.
        public var column: Int
        /// One past the last character meant; more than `column`.
        public var endColumn: Int
        /// The whole line, without its end.
        public var text: String

        /// Line and columns from 1; `endColumn` is one past the last character meant.
        public init(file: String, line: Int, column: Int, endColumn: Int, text: String) {
            self.file = file
            self.line = line
            self.column = column
            self.endColumn = endColumn
            self.text = text
        }
    }

    /// How much is wrong.
    public var severity: Severity
    /// `E201`, `W340`; see `switchboard explain CODE`.
    public var code: String
    /// One plain clause, no full stop.
    public var message: String
    /// Nil where it is about no place in a file.
    public var place: Place?
    /// Shown beside the caret.
    public var caretNote: String?
    /// Shown indented under the message when there is no place.
    public var detail: String?
    /// What would have been right, `a whole number ≥ 0`; nil where the message says it.
    public var expected: String?
    /// What to do, a clause; nil where nothing short helps.
    public var hint: String?
    /// What to write instead, when one word would do; for programs.
    public var suggestion: String?

    /// An error without a place, unless told otherwise.
    public init(
        _ severity: Severity = .error, _ code: String, _ message: String, at place: Place? = nil,
        caretNote: String? = nil, detail: String? = nil, expected: String? = nil, hint: String? = nil,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.place = place
        self.caretNote = caretNote
        self.detail = detail
        // A list of names may hold none: then there is nothing to say of it.
        self.expected = expected?.isEmpty == true ? nil : expected
        self.hint = hint
        self.suggestion = suggestion
    }

    /// A word that is none of `names`: they are what was expected, unless it is said otherwise, and the nearest is the
    /// hint.
    public static func unknown(
        _ word: String, among names: [String], _ code: String, _ message: String, at place: Place? = nil,
        expected: String? = nil
    ) -> Problem {
        let nearest = Spelling.nearest(to: word, among: names)
        return Problem(
            .error, code, message, at: place, expected: expected ?? Spelling.list(names), hint: Spelling.hint(nearest),
            suggestion: nearest)
    }

    /// The text for people: `file:line:column: error: message [CODE]`, the line with a caret, expected, hint.
    ///
    /// What stands in files and on command lines is shown as `TerminalText` spells it.
    public func rendered(color: Bool = false) -> String {
        var lines: [String] = []
        let word = color ? Self.colored(severity) : severity.rawValue
        let said = TerminalText.line(message)
        if let place {
            lines.append("\(TerminalText.line(place.file)):\(place.line):\(place.column): \(word): \(said) [\(code)]")
            let number = String(place.line)
            let margin = String(repeating: " ", count: max(0, 5 - number.count)) + number
            lines.append("\(margin) | \(Self.withTabs(place.text))")
            let marked = place.text.dropFirst(place.column - 1).prefix(place.endColumn - place.column)
            let more = Self.withTabs(String(marked)).count - marked.count
            let carets = String(repeating: "^", count: max(1, place.endColumn - place.column + more))
            // Tabs stay tabs so that the caret stands under the same character.
            let before = String(place.text.prefix(max(0, place.column - 1)))
            let lead = String(Self.withTabs(before).map { $0 == "\t" ? "\t" : " " })
            let pad = String(repeating: " ", count: max(0, place.column - 1 - before.count))
            lines.append("      | \(lead)\(pad)\(carets)" + (caretNote.map { " " + TerminalText.line($0) } ?? ""))
        } else {
            lines.append("\(word): \(said) [\(code)]")
        }
        if let detail { lines.append("  " + TerminalText.line(detail)) }
        if let expected { lines.append("  expected: " + TerminalText.line(expected)) }
        if let hint { lines.append("  hint: " + TerminalText.line(hint)) }
        return lines.joined(separator: "\n")
    }

    private static func withTabs(_ text: String) -> String {
        text.split(separator: "\t", omittingEmptySubsequences: false).map { TerminalText.line(String($0)) }
            .joined(separator: "\t")
    }

    private static func colored(_ severity: Severity) -> String {
        switch severity {
        case .error: "\u{1B}[31merror\u{1B}[0m"
        case .warning: "\u{1B}[33mwarning\u{1B}[0m"
        case .note: "note"
        }
    }
}

extension Problem: CustomStringConvertible, CustomDebugStringConvertible {
    /// As the command line prints it, without colours.
    public var description: String { rendered() }
    /// The same: what a program ends with that throws it.
    public var debugDescription: String { rendered() }
}

/// Everything that is wrong, to be thrown where nothing can go on.
public struct Problems: Error, Sendable {
    /// In the order in which they are told.
    public var all: [Problem]

    /// In the order in which they are to be printed.
    public init(_ all: [Problem]) { self.all = all }
}

extension Problems: CustomStringConvertible, CustomDebugStringConvertible {
    /// As the command line prints them, without colours.
    public var description: String { all.map { $0.rendered() }.joined(separator: "\n") }
    /// The same: what a program ends with that throws them.
    public var debugDescription: String { "\n" + description }
}
