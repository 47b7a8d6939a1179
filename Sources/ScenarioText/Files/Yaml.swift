import Tabular

/// YAML text to `Node`, or what is wrong with the text's form, in plain words.
package enum Yaml {
    /// The tree, or everything that is wrong with the text's form.
    package static func read(_ source: SourceText) -> Result<Node, Problems> {
        let problems = tabs(source)
        if !problems.isEmpty { return .failure(Problems(problems)) }
        if let deep = tooDeep(source) { return .failure(Problems([deep])) }
        let empty = Problem(.error, ProblemCode.empty, "\(source.name) is empty")
        guard !source.utf8.isEmpty else { return .failure(Problems([empty])) }
        var tree = YamlTree(source)
        do throws(YamlError) {
            let root = try YamlEvents.read(source.utf8) { events throws(YamlError) in try tree.read(events) }
            guard let root else { return .failure(Problems([empty])) }
            return tree.problems.isEmpty ? .success(root) : .failure(Problems(tree.problems))
        } catch {
            return .failure(Problems([problem(error, source)]))
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
        func at(_ mark: YamlMark, _ length: Int = 1) -> Problem.Place {
            source.place(line: min(mark.line, source.lineCount), scalarColumn: mark.column, length: length)
        }
        func syntax(_ message: String, _ place: Problem.Place?, hint: String? = nil) -> Problem {
            Problem(.error, ProblemCode.syntax, message, at: place, hint: hint)
        }
        switch error {
        case .form(let problem, let mark, let context):
            if problem.hasPrefix(YamlError.nesting) { return syntax("this is nested too deeply", at(mark)) }
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
        case .character(let offset):
            let start = characters(before: offset, source)
            return syntax("this character cannot stand in a text file", source.place(ofBytes: start..<start + 1))
        case .memory: return syntax("\(source.name) is not YAML", nil)
        }
    }
}

extension Yaml {
    /// The start of the line of `mark`, when it is indented deeper than a line above that already has its value: then
    /// the indentation is what is wrong, not the colon.
    private static func indented(_ mark: YamlMark, _ source: SourceText) -> Problem.Place? {
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

    /// Characters before the byte at `offset`. Taken for bytes, they put the caret too far left after letters beyond
    /// ASCII and after line ends of two bytes.
    private static func characters(before offset: Int, _ source: SourceText) -> Int {
        let text = source.text
        let index = text.utf8.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex)?.samePosition(in: text)
        return index.map { text.distance(from: text.startIndex, to: $0) } ?? 0
    }
}
