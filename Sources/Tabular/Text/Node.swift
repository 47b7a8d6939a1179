/// A piece of a scenario file: text, list or map, and where it stands.
package struct Node: Sendable {
    package indirect enum Content: Sendable {
        /// Always text: numbers, durations and words are read by our own grammar. `isPlain` means without quotes.
        case text(String, isPlain: Bool)
        case list([Node])
        case map([Entry])
    }

    package struct Entry: Sendable {
        package var key: Node
        package var value: Node
        /// The setting it stands for, where a short file uses another word.
        package var long: String?
        package var name: String { long ?? key.text ?? "" }

        package init(key: Node, value: Node, long: String? = nil) {
            self.key = key
            self.value = value
            self.long = long
        }
    }

    package var content: Content
    package var source: SourceText
    /// From 1.
    package var line: Int
    /// Unicode scalars from 1, as YAML counts.
    package var column: Int
    /// Characters that the caret marks.
    package var length: Int

    package init(content: Content, source: SourceText, line: Int, column: Int, length: Int) {
        self.content = content
        self.source = source
        self.line = line
        self.column = column
        self.length = length
    }

    package var text: String? {
        if case .text(let text, _) = content { text } else { nil }
    }

    package var entries: [Entry]? {
        if case .map(let entries) = content { entries } else { nil }
    }

    package var items: [Node]? {
        if case .list(let items) = content { items } else { nil }
    }

    /// Whether it is a plain text with nothing in it, as after `talk:`.
    package var isEmpty: Bool {
        if case .text("", isPlain: true) = content { true } else { false }
    }

    /// `none`, in any letters.
    package var isNone: Bool { text?.lowercased() == "none" }

    package var place: Problem.Place { source.place(line: line, scalarColumn: column, length: length) }

    /// The value under `name`, the first if repeated.
    package subscript(name: String) -> Node? { entries?.first { $0.name == name }?.value }

    /// The same text at another spot within this node's text: for values such as `80% in 30s on …`.
    package func part(_ text: String) -> Node {
        guard let whole = self.text, let range = whole.firstRange(of: text) else { return self }
        var node = self
        node.content = .text(text, isPlain: true)
        node.column += whole[..<range.lowerBound].unicodeScalars.count
        if case .text(_, isPlain: false) = content { node.column += 1 }
        node.length = text.count
        return node
    }
}
