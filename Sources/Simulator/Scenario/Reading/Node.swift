/// A piece of a scenario file: text, list or map, and where it stands.
struct Node: Sendable {
    indirect enum Content: Sendable {
        /// Always text: numbers, durations and words are read by our own grammar. `isPlain` means without quotes.
        case text(String, isPlain: Bool)
        case list([Node])
        case map([Entry])
    }

    struct Entry: Sendable {
        var key: Node
        var value: Node
        /// The setting it stands for, where a short file uses another word.
        var long: String?
        var name: String { long ?? key.text ?? "" }
    }

    var content: Content
    var source: SourceText
    /// From 1.
    var line: Int
    /// Unicode scalars from 1, as YAML counts.
    var column: Int
    /// Characters that the caret marks.
    var length: Int

    var text: String? {
        if case .text(let text, _) = content { text } else { nil }
    }

    var entries: [Entry]? {
        if case .map(let entries) = content { entries } else { nil }
    }

    var items: [Node]? {
        if case .list(let items) = content { items } else { nil }
    }

    /// Whether it is a plain text with nothing in it, as after `talk:`.
    var isEmpty: Bool {
        if case .text("", isPlain: true) = content { true } else { false }
    }

    /// `none`, in any letters.
    var isNone: Bool { text?.lowercased() == "none" }

    var place: Problem.Place { source.place(line: line, scalarColumn: column, length: length) }

    /// The value under `name`, the first if repeated.
    subscript(name: String) -> Node? { entries?.first { $0.name == name }?.value }

    /// The same text at another spot within this node's text: for values such as `80% in 30s on …`.
    func part(_ text: String) -> Node {
        guard let whole = self.text, let range = whole.firstRange(of: text) else { return self }
        var node = self
        node.content = .text(text, isPlain: true)
        node.column += whole[..<range.lowerBound].unicodeScalars.count
        if case .text(_, isPlain: false) = content { node.column += 1 }
        node.length = text.count
        return node
    }
}
