import Tabular

/// YAML events to nodes, with every scalar left as text and every repeated key kept.
struct YamlTree {
    private let source: SourceText
    /// What stands in the text that no scenario has.
    private(set) var problems: [Problem] = []
    private var root: Node?
    /// The lists and maps that have begun and not ended, the innermost last.
    private var open: [Open] = []
    /// How many of them have an anchor and are not followed: what is wrong within them is not told.
    private var unfollowed = 0
    private var anchors: [String: Anchored] = [:]

    private struct Open {
        var event: YamlEvent
        var node: Node
        var refusal: Refusal?
        var items: [Node] = []
        var entries: [Node.Entry] = []
        /// The name that waits for its value.
        var key: Node?
    }

    private struct Anchored {
        var node: Node
        /// What was said where it stands, and is said again where an alias names it.
        var refusal: Refusal?
    }

    private struct Refusal {
        var problem: Problem
        /// An anchor's node is not followed, a tag's is.
        var isAnchor: Bool
    }

    /// As deep as the parser itself goes.
    private static let deepest = 1000

    init(_ source: SourceText) { self.source = source }

    /// The root of the one document; nil when there is none.
    mutating func read(_ events: borrowing YamlEvents) throws(YamlError) -> Node? {
        while true {
            let event = try events.next()
            switch event.kind {
            case .textEnd: return root
            case .document:
                if root != nil { throw .form(YamlError.anotherDocument, event.mark) }
            case .text(let text, let style): scalar(text, style, event)
            case .list, .map:
                guard open.count < Self.deepest else { throw .form(YamlError.nesting, event.mark) }
                begin(event)
            case .end: end()
            case .alias(let name):
                guard let anchored = anchors[name] else { throw .form(YamlError.undefinedAlias, event.mark) }
                // Nothing within it is told again: a few lines of aliases stand for millions of values.
                if let refused = anchored.refusal { report(refused.problem) }
                add(anchored.node)
            case .other: break
            }
        }
    }

    private mutating func scalar(_ text: String, _ style: YamlEvent.Style, _ event: YamlEvent) {
        refuseMap(event)
        var node = start(event)
        // Quotes make it a text, whatever stands before them.
        let refused = style == .quoted ? nil : refusal(event, node)
        if let refused { report(refused.problem) }
        if refused?.isAnchor != true {
            node.content = .text(text, isPlain: style == .plain)
            node.length = style == .block ? 1 : max(1, text.count + (style == .plain ? 0 : 2))
        }
        if let name = event.anchor { anchors[name] = Anchored(node: node, refusal: refused) }
        add(node)
    }

    private mutating func begin(_ event: YamlEvent) {
        refuseMap(event)
        let begun = start(event)
        let refused = refusal(event, begun)
        if let refused {
            report(refused.problem)
            if refused.isAnchor { unfollowed += 1 }
        }
        open.append(Open(event: event, node: begun, refusal: refused))
    }

    private mutating func end() {
        guard var ended = open.popLast() else { return }
        if ended.refusal?.isAnchor != true {
            if case .list = ended.event.kind {
                ended.node.content = .list(ended.items)
            } else {
                ended.node.content = .map(ended.entries)
            }
        } else {
            unfollowed -= 1
        }
        // Only now: an alias within it names nothing yet.
        if let name = ended.event.anchor { anchors[name] = Anchored(node: ended.node, refusal: ended.refusal) }
        add(ended.node)
    }

    /// A node that is whole, to the list or map that it stands in.
    private mutating func add(_ node: Node) {
        let last = open.count - 1
        guard last >= 0 else {
            root = node
            return
        }
        guard case .map(let isFlow) = open[last].event.kind else {
            open[last].items.append(node)
            return
        }
        guard let key = open[last].key else {
            if node.text == nil {
                report(Problem(.error, ProblemCode.wrongForm, "a name cannot be a list or a map", at: node.place))
            }
            open[last].key = node
            return
        }
        open[last].key = nil
        let entry = Node.Entry(key: key, value: node)
        if isFlow, let before = open[last].entries.last, let whole = Self.commaNumber(before.value, entry) {
            open[last].entries[open[last].entries.count - 1].value = whole
        } else {
            open[last].entries.append(entry)
        }
    }

    /// Nothing of it but its place.
    private func start(_ event: YamlEvent) -> Node {
        Node(content: .list([]), source: source, line: event.mark.line, column: event.mark.column, length: 1)
    }

    /// `{mean: 4,5m}` is two settings to YAML, `mean: 4` and `5m` without value; it was meant as one, and the comma is
    /// what is wrong with it.
    private static func commaNumber(_ value: Node, _ next: Node.Entry) -> Node? {
        guard case .text(let left, isPlain: true) = value.content, !left.isEmpty,
            left.allSatisfy({ $0.isASCII && $0.isNumber }), next.value.isEmpty, let right = next.key.text,
            right.first.map({ $0.isASCII && $0.isNumber }) ?? false, next.key.line == value.line,
            next.key.column == value.column + left.count + 1
        else { return nil }
        var whole = value
        whole.content = .text("\(left),\(right)", isPlain: true)
        whole.length = left.count + 1 + right.count
        return whole
    }

    // MARK: Anchors and tags

    /// What is said of a node that begins with an anchor or a tag.
    private func refusal(_ event: YamlEvent, _ node: Node) -> Refusal? {
        guard event.anchor != nil || event.isTagged else { return nil }
        var isAnchor = !event.isTagged
        if event.anchor != nil, event.isTagged {
            // The first of the two counts.
            isAnchor = source.line(node.line).unicodeScalars.dropFirst(node.column - 1).first == "&"
        }
        let what = isAnchor ? "anchors and aliases" : "YAML tags"
        let problem = Problem(
            .error, ProblemCode.tag, "\(what) are not used in scenarios", at: node.place,
            hint: "write the value out; text that begins with ! or & goes in quotes")
        return Refusal(problem: problem, isAnchor: isAnchor)
    }

    /// A map without brackets begins where its first name does, and is refused with it.
    private mutating func refuseMap(_ event: YamlEvent) {
        guard let last = open.indices.last, open[last].event.mark == event.mark,
            let refused = refusal(event, open[last].node)
        else { return }
        report(refused.problem)
        if refused.isAnchor { unfollowed += 1 }
        open[last].refusal = refused
    }

    private mutating func report(_ problem: Problem) {
        if unfollowed == 0 { problems.append(problem) }
    }
}
