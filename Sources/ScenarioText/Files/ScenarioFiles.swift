import Foundation
import Tabular

/// Opens the files of one scenario: found beside it, read once, remembered as inputs.
package final class ScenarioFiles {
    /// The scenario's folder as the user wrote it, with a slash at the end, or empty.
    private let folder: String
    private let store: SourceStore
    private let log: ReadingLog
    private var tables: [String: DelimitedText?] = [:]
    /// Names as shown, in the order of reading.
    package private(set) var names: [String] = []
    package private(set) var inputs: [InputFile] = []

    package init(scenario path: String, from store: SourceStore, log: ReadingLog) {
        self.store = store
        folder =
            path == "-"
            ? "" : String(path[..<(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)])
        self.log = log
    }

    /// The scenario itself or a file that it includes.
    package func scenario(path: String, shown: String, askedBy node: Node?) -> Node? {
        if node == nil { names.append(shown) }
        let path = path == "-" ? "/dev/stdin" : path
        switch store.source(path: path, name: shown, askedAt: node?.place) {
        case .failure(let problem):
            log.add(problem)
            return nil
        case .success(let source):
            if node != nil { names.append(shown) }
            inputs.append(InputFile(path: node?.text ?? lastPart(shown), bytes: source.bytes))
            switch store.tree(source, path: path) {
            case .success(let root):
                NodeChecks(log: log).check(root)
                return root
            case .failure(let problems):
                problems.all.forEach(log.add)
                return nil
            }
        }
    }

    /// A file named in the scenario, relative to the scenario's folder unless it begins with a slash.
    package func resolve(_ name: String) -> String { name.hasPrefix("/") ? name : folder + name }

    /// The table that `node` names; nil when it cannot be read, which is then said.
    package func table(_ node: Node) -> DelimitedText? {
        let name = node.text ?? ""
        if let known = tables[name] { return known }
        let path = resolve(name)
        var result: DelimitedText?
        switch store.source(path: path, name: path, askedAt: node.place) {
        case .failure(let problem):
            // The message names the file as the scenario does.
            log.add(problem)
        case .success(let source):
            names.append(path)
            switch store.table(source, path: path) {
            case .failure(var problem):
                problem.place = problem.place ?? source.place(ofBytes: 0..<0)
                log.add(problem)
            case .success(let table):
                result = table
                inputs.append(
                    InputFile(path: name, bytes: source.bytes, rows: table.rows.count, dialect: table.dialectWords))
            }
        }
        tables[name] = .some(result)
        return result
    }

    /// The table of activities that lies beside a schedule, `schedule_activities.csv` beside `schedule.csv`; nil when
    /// there is none.
    package func activities(beside node: Node) -> Node? {
        guard let name = node.text, let dot = name.lastIndex(of: ".") else { return nil }
        let other = name[..<dot] + "_activities" + name[dot...]
        let path = resolve(String(other))
        guard store.given.map({ $0[path] != nil }) ?? FileManager.default.fileExists(atPath: path) else { return nil }
        var found = node
        found.content = .text(String(other), isPlain: true)
        return found
    }

    /// Says how a table was read, and remembers it with the input.
    package func describe(_ name: String, dialect: String, zone: String?) {
        guard let index = inputs.firstIndex(where: { $0.path == name }) else { return }
        inputs[index].dialect = dialect
        let rows = inputs[index].rows
        log.add(
            Problem(
                .note, ProblemCode.dialect,
                "read \(name): \(TableDates.grouped(rows)) row\(rows == 1 ? "" : "s"), \(dialect)"
                    + (zone.map { ", zone \($0)" } ?? "")))
    }

    private func lastPart(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

/// What is looked at in every map of a file, whatever it means.
package struct NodeChecks {
    let log: ReadingLog

    package init(log: ReadingLog) { self.log = log }

    /// Repeated names, with both lines; text that YAML takes for a comment.
    package func check(_ root: Node) { check(root, path: "") }

    /// The same of a value that stands at a path.
    func check(_ node: Node, path: String) {
        switch node.content {
        case .text: break
        case .list(let items): items.forEach { check($0, path: path) }
        case .map(let entries):
            var first: [String: Node] = [:]
            for entry in entries {
                guard let name = entry.key.text else { continue }
                if let earlier = first[name] {
                    let lines =
                        earlier.line == entry.key.line
                        ? "twice on line \(earlier.line)"
                        : "on line \(earlier.line) and again on line \(entry.key.line)"
                    log.error(
                        ProblemCode.repeatedSetting,
                        "\"\(name)\" stands \(lines)" + (path.isEmpty ? "" : ", in \(path)"), at: entry.key.place,
                        hint: "keep one of them")
                } else {
                    first[name] = entry.key
                }
                check(entry.value, path: path.isEmpty ? name : "\(path).\(name)")
                lostText(entry)
            }
        }
    }

    /// `label: Team #1` is "Team" to YAML. A real comment stands further away, or has a space after its sign.
    private func lostText(_ entry: Node.Entry) {
        guard case .text(let text, isPlain: true) = entry.value.content, !text.isEmpty else { return }
        let line = entry.value.source.line(entry.value.line)
        let rest = line.unicodeScalars.dropFirst(entry.value.column - 1 + text.unicodeScalars.count)
        guard rest.starts(with: " #".unicodeScalars) else { return }
        let after = rest.dropFirst(2).first
        let isFreeText = ["label", "name", "notes"].contains(entry.name)
        guard let after, after != " " || isFreeText else { return }
        let lost = String(String.UnicodeScalarView(rest.dropFirst(1)))
        log.warn(
            ProblemCode.lostText, "\(entry.name) loses the text after \" #\", which YAML takes for a comment",
            at: entry.value.source.place(
                line: entry.value.line, scalarColumn: entry.value.column + text.unicodeScalars.count + 1,
                length: lost.count), hint: "put the whole text in quotes, or two spaces before a comment")
    }
}

extension Node {
    /// This tree over `base`: maps are joined down to `depth` levels, below that the upper value stands.
    package func over(_ base: Node, depth: (String) -> Int) -> Node { merged(base, depth: nil, of: depth) }

    private func merged(_ base: Node, depth: Int?, of rule: (String) -> Int) -> Node {
        guard var mine = entries, let theirs = base.entries, depth != 0 else { return self }
        for entry in theirs {
            if let index = mine.firstIndex(where: { $0.name == entry.name }) {
                let deeper = depth.map { $0 - 1 } ?? rule(entry.name) - 1
                mine[index].value = mine[index].value.merged(entry.value, depth: deeper, of: rule)
            } else {
                mine.append(entry)
            }
        }
        var result = self
        result.content = .map(mine)
        return result
    }

    /// The tree with the setting at a dotted path replaced or added.
    func setting(_ steps: ArraySlice<Node>, to value: Node) -> Node {
        guard let step = steps.first, let name = step.text else { return value }
        var result = self
        var mine = entries ?? []
        if let index = mine.firstIndex(where: { $0.name == name }) {
            mine[index].value = mine[index].value.setting(steps.dropFirst(), to: value)
        } else {
            var empty = value
            empty.content = .map([])
            mine.append(Entry(key: step, value: empty.setting(steps.dropFirst(), to: value)))
        }
        result.content = .map(mine)
        return result
    }

    /// More than any setting's path has: the tree is walked part by part, one within the other.
    private static let mostParts = 20

    /// Applies `--set PATH=VALUE`; problems in the value speak of the option.
    package func overridden(path: String, value: String, log: ReadingLog) -> Node {
        let text = "--set \(path)=\(value)"
        let source = SourceText(name: text, text: text)
        let names = path.split(separator: ".", omittingEmptySubsequences: false)
        if names.count > Self.mostParts {
            let shown = names.prefix(3).joined(separator: ".").prefix(60) + "..."
            log.error(
                ProblemCode.unknownSetting, "\"\(shown)\" is not a setting: \(names.count) parts",
                at: nil, expected: "a path such as contact_types.billing.talk")
            return self
        }
        func node(_ content: Content, at column: Int, _ length: Int) -> Node {
            Node(content: content, source: source, line: 1, column: column, length: max(1, length))
        }
        var column = 7
        var steps: [Node] = []
        for name in names {
            steps.append(node(.text(String(name), isPlain: true), at: column, name.count))
            column += name.unicodeScalars.count + 1
        }
        guard names.allSatisfy({ !$0.isEmpty }) else {
            log.error(
                ProblemCode.unknownSetting, "\"\(path)\" is not a setting",
                at: node(.list([]), at: 7, path.count).place,
                expected: "a path such as contact_types.billing.talk")
            return self
        }
        if path == "include" {
            log.error(
                ProblemCode.conflict, "include cannot be set here: files are joined before settings are changed",
                at: node(.list([]), at: 7, path.count).place, hint: "write \"include\" in the scenario")
            return self
        }
        var content = node(.text(value, isPlain: true), at: column, value.count)
        if value.hasPrefix("{") || value.hasPrefix("[") {
            // Blanks in place of the path keep the columns.
            let padded = String(repeating: " ", count: column - 1) + value
            switch Yaml.read(SourceText(name: text, text: padded)) {
            case .success(let tree):
                content = tree.moved(to: source)
                NodeChecks(log: log).check(content, path: path)
            case .failure(let problems):
                for var problem in problems.all {
                    problem.place?.text = text
                    log.add(problem)
                }
                return self
            }
        }
        guard !hasOneValue(names, steps, value, log) else { return self }
        return setting(steps[...], to: content)
    }

    /// Whether a step of the path is a single value or a list in the file: a part of it cannot be set without losing
    /// the rest.
    private func hasOneValue(_ names: [Substring], _ steps: [Node], _ value: String, _ log: ReadingLog) -> Bool {
        var node = self
        for (index, name) in names.dropLast().enumerated() {
            guard let next = node[String(name)] else { return false }
            node = next
            if node.entries != nil || node.isEmpty || node.isNone { continue }
            let whole = names[...index].joined(separator: ".")
            let what = node.text.map { "one value, \($0)" } ?? "a list"
            log.error(
                ProblemCode.wrongForm, "\(whole) is \(what), and has no part \"\(names[index + 1])\"",
                at: steps[index + 1].place,
                hint: node.text == nil
                    ? "set the whole list: --set \"\(whole)=[...]\""
                    : "set the whole, with what is to stay of it: --set \"\(whole)={\(names[(index + 1)...].joined(separator: ": {")): \(value)"
                        + String(repeating: "}", count: names.count - 2 - index) + ", ...}\"")
            return true
        }
        return false
    }

    private func moved(to source: SourceText) -> Node {
        var result = self
        result.source = source
        switch content {
        case .text: break
        case .list(let items): result.content = .list(items.map { $0.moved(to: source) })
        case .map(let entries):
            result.content = .map(
                entries.map { Entry(key: $0.key.moved(to: source), value: $0.value.moved(to: source)) })
        }
        return result
    }
}
