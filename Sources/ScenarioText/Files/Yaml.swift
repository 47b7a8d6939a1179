import Tabular
import Yams

import struct Tabular.Node

/// The door to Yams: YAML text to `Node`, with every scalar left as text and every repeated key kept.
package enum Yaml {
    /// The tree, or everything that is wrong with the text's form.
    package static func read(_ source: SourceText) -> Result<Node, Problems> {
        let problems = tabs(source)
        if !problems.isEmpty { return .failure(Problems(problems)) }
        if let deep = tooDeep(source) { return .failure(Problems([deep])) }
        do {
            guard let root = try Yams.compose(yaml: source.text, .basic, .default, .utf8) else {
                return .failure(Problems([Problem(.error, ProblemCode.empty, "\(source.name) is empty")]))
            }
            var reader = TreeReader(source: source)
            let node = reader.node(root)
            if !reader.problems.isEmpty { return .failure(Problems(reader.problems)) }
            return .success(node)
        } catch let error as YamlError {
            return .failure(Problems([problem(error, source)]))
        } catch {
            return .failure(Problems([Problem(.error, ProblemCode.syntax, "\(source.name) is not YAML")]))
        }
    }

    // MARK: Before parsing

    /// Tabs outside comments: YAML's own message for them is hard to understand, and comes alone.
    private static func tabs(_ source: SourceText) -> [Problem] {
        guard source.utf8.contains(UInt8(ascii: "\t")) else { return [] }
        var problems: [Problem] = []
        for number in 1...source.lineCount {
            let line = source.line(number)
            guard let tab = line.unicodeScalars.firstIndex(of: "\t") else { continue }
            if let comment = commentStart(line), comment < tab { continue }
            let column = line.unicodeScalars.distance(from: line.unicodeScalars.startIndex, to: tab) + 1
            problems.append(
                Problem(
                    .error, ProblemCode.tab, "a tab cannot stand here",
                    at: source.place(line: number, scalarColumn: column, length: 1), expected: "spaces only",
                    hint: "use spaces"))
        }
        return problems
    }

    /// Where a comment begins, leaving quotes out of account.
    static func commentStart(_ line: String) -> String.Index? {
        var previous: Character = " "
        for index in line.indices {
            if line[index] == "#", previous == " " || previous == "\t" { return index }
            previous = line[index]
        }
        return nil
    }

    /// Deep nesting would end the parser's recursion, and no scenario has it.
    private static func tooDeep(_ source: SourceText) -> Problem? {
        // A line that is indented so far is in no block that anybody wrote by hand.
        let far = [UInt8](repeating: UInt8(ascii: " "), count: 400)
        if source.utf8.count > far.count {
            for number in 1...source.lineCount where source.line(number).utf8.starts(with: far) {
                return Problem(
                    .error, ProblemCode.syntax, "this is nested too deeply",
                    at: source.place(line: number, scalarColumn: far.count + 1, length: 1))
            }
        }
        var brackets = 0
        var dashes = 0
        for (index, byte) in source.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
            case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): dashes += 1
            case UInt8(ascii: "\n"):
                (brackets, dashes) = (source.utf8.count < 1 << 16 ? brackets : min(brackets, 60), 0)
            case UInt8(ascii: " "): break
            default: dashes = 0
            }
            if brackets > 60 || dashes > 60 {
                return Problem(
                    .error, ProblemCode.syntax, "this is nested too deeply",
                    at: source.place(ofBytes: index..<index + 1))
            }
        }
        return nil
    }

    // MARK: Parse errors in plain words

    private static func problem(_ error: YamlError, _ source: SourceText) -> Problem {
        func at(_ mark: Mark, _ length: Int = 1) -> Problem.Place {
            source.place(line: min(mark.line, source.lineCount), scalarColumn: mark.column, length: length)
        }
        func syntax(_ message: String, _ place: Problem.Place?, hint: String? = nil) -> Problem {
            Problem(.error, ProblemCode.syntax, message, at: place, hint: hint)
        }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let during = context?.text ?? ""
            if during.contains("flow mapping") || during.contains("flow sequence"), let opened = context?.mark {
                let bracket = during.contains("mapping") ? ("{", "}") : ("[", "]")
                return syntax(
                    "this \"\(bracket.0)\" is not closed", at(opened),
                    hint: "end it with \"\(bracket.1)\", with a comma between its parts")
            }
            if during.contains("quoted scalar"), let opened = context?.mark {
                return syntax("this quote is not closed", at(opened))
            }
            if problem.contains("mapping values are not allowed") {
                if let place = indented(mark, source) {
                    return syntax(
                        "this line does not fit the indentation of the lines above", place,
                        hint: "settings of one block begin in the same column")
                }
                return syntax(
                    "a colon cannot stand here", at(mark),
                    hint: "put text that holds \": \" in quotes, "
                        + "or begin the setting on a line of its own")
            }
            if problem.contains("could not find expected ':'") {
                let begun = context?.mark ?? mark
                return syntax(
                    "this line has no colon", at(begun, source.line(begun.line).count - begun.column + 1),
                    hint: "settings are written \"name: value\"")
            }
            if problem.contains("cannot start any token") {
                return syntax(
                    "a value cannot begin with this character", at(mark), hint: "put the value in quotes")
            }
            if problem.contains("did not find expected key") || problem.contains("did not find expected '-'")
                || problem.contains("block end")
            {
                return syntax(
                    "this line does not fit the indentation of the lines above", at(mark, 1),
                    hint: "settings of one block begin in the same column")
            }
            if problem.contains("another document") {
                return syntax(
                    "a second document begins here", at(mark, 3), hint: "a scenario is one document: leave out \"---\"")
            }
            if problem.contains("undefined alias") || problem.contains("anchor") || problem.contains("alias") {
                return Problem(
                    .error, ProblemCode.tag, "anchors and aliases are not used in scenarios", at: at(mark),
                    hint: "write the value out, or put it in \"defaults\"; text that begins with * or & goes in quotes")
            }
            if problem.contains("tag") || during.contains("tag") || during.contains("directive") {
                return Problem(
                    .error, ProblemCode.tag, "YAML tags are not used in scenarios", at: at(mark),
                    hint: "leave the tag out; text that begins with ! or % goes in quotes")
            }
            return syntax("the file's form is broken here: \(problem)", at(mark))
        case .reader(_, let offset, _, _):
            let start = min(offset ?? 0, max(0, source.utf8.count - 1))
            return syntax(
                "this character cannot stand in a text file",
                source.utf8.isEmpty ? nil : source.place(ofBytes: start..<start + 1))
        default:
            return syntax("\(source.name) is not YAML", nil)
        }
    }
}

extension Yaml {
    /// The start of the line of `mark`, when it is indented deeper than a line above that already has its value: then
    /// the indentation is what is wrong, not the colon.
    private static func indented(_ mark: Mark, _ source: SourceText) -> Problem.Place? {
        func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }
        let line = source.line(mark.line)
        var above = mark.line - 1
        while above > 0, Units.trimmed(source.line(above)).isEmpty { above -= 1 }
        let before = line.unicodeScalars.prefix(max(0, mark.column - 1))
        // Only the line's own first colon speaks for its indentation.
        guard above > 0, !String(String.UnicodeScalarView(before)).contains(": "),
            indent(line) > indent(source.line(above))
        else { return nil }
        return source.place(line: mark.line, scalarColumn: indent(line) + 1, length: 1)
    }
}

/// Yams nodes to ours.
private struct TreeReader {
    let source: SourceText
    var problems: [Problem] = []

    init(source: SourceText) { self.source = source }

    mutating func node(_ yams: Yams.Node) -> Node {
        let mark = yams.mark
        let (line, column) = (mark?.line ?? 1, mark?.column ?? 1)
        var result = Node(content: .list([]), source: source, line: line, column: column, length: 1)
        // Asking Yams for a node's tag would run its resolver; the first character tells all we refuse.
        let scalars = source.line(line).unicodeScalars
        switch scalars.dropFirst(column - 1).first {
        case "&" where !isQuoted(yams):
            // Nor is it followed: a few lines of aliases stand for millions of values.
            refuse("anchors and aliases are not used in scenarios", result)
            return result
        case "!" where !isQuoted(yams):
            refuse("YAML tags are not used in scenarios", result)
        default: break
        }
        switch yams {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            result.content = .text(scalar.string, isPlain: isPlain)
            let isBlock = scalar.style == .literal || scalar.style == .folded
            result.length = isBlock ? 1 : max(1, scalar.string.count + (isPlain ? 0 : 2))
        case .sequence(let sequence):
            result.content = .list(sequence.map { node($0) })
        case .mapping(let mapping):
            let isFlow = scalars.dropFirst(column - 1).first == "{"
            var entries: [Node.Entry] = []
            for pair in mapping {
                let key = node(pair.key)
                if key.text == nil {
                    problems.append(
                        Problem(.error, ProblemCode.wrongForm, "a name cannot be a list or a map", at: key.place))
                }
                let entry = Node.Entry(key: key, value: node(pair.value))
                if isFlow, let last = entries.last, let whole = commaNumber(last.value, entry) {
                    entries[entries.count - 1].value = whole
                } else {
                    entries.append(entry)
                }
            }
            result.content = .map(entries)
        }
        return result
    }

    /// `{mean: 4,5m}` is two settings to YAML, `mean: 4` and `5m` without value; it was meant as one, and the comma is
    /// what is wrong with it.
    private func commaNumber(_ value: Node, _ next: Node.Entry) -> Node? {
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

    private func isQuoted(_ yams: Yams.Node) -> Bool {
        guard case .scalar(let scalar) = yams else { return false }
        return scalar.style == .singleQuoted || scalar.style == .doubleQuoted
    }

    private mutating func refuse(_ message: String, _ node: Node) {
        problems.append(
            Problem(
                .error, ProblemCode.tag, message, at: node.place,
                hint: "write the value out; text that begins with ! or & goes in quotes"))
    }
}
