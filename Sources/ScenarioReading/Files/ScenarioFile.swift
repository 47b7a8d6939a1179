import Center
import ScenarioText
import Tabular

/// Reads scenario files: text in, a `Scenario` or every problem at once out.
///
///     let scenario = try Scenario(contentsOf: "clinic.yaml")
///
/// Whoever asks for many points of one scenario makes a `ScenarioFile` and reads it with other settings each time: files
/// are read once. Not for several threads at once.
public struct ScenarioFile {
    private let path: String
    private let store: SourceStore

    /// Reads `path` and every file it names; `overrides` are dotted settings and their texts, applied first.
    public static func read(
        path: String, overrides: [(path: String, value: String)] = []
    ) -> ReadScenario {
        ScenarioFile(path: path).read(with: overrides)
    }

    /// Reads files that are given by their names instead of lying on the disk: examples of what goes wrong.
    package static func read(name: String, of files: [String: [UInt8]]) -> ReadScenario {
        ScenarioFile(path: name, store: SourceStore(given: files)).read()
    }

    /// The scenario file at `path`, of which nothing is read yet.
    public init(path: String) { self.init(path: path, store: SourceStore()) }

    private init(path: String, store: SourceStore) {
        self.path = path
        self.store = store
    }

    /// The scenario with some settings changed: dotted paths and texts as after `--set`, in the order in which they apply.
    public func read(with overrides: [(path: String, value: String)] = []) -> ReadScenario {
        let log = ReadingLog()
        let files = ScenarioFiles(scenario: path, from: store, log: log)
        var scenario: Scenario?
        var expansion: Expansion?
        if var root = files.scenario(path: path, shown: path, askedBy: nil) {
            var includes = Includes(files: files, log: log)
            root = includes.joined(root, path: path)
            for (setting, value) in overrides { root = root.overridden(path: setting, value: value, log: log) }
            // Without an included file half the settings would seem to be missing.
            if !includes.failed {
                let reader = ScenarioReader(id: Self.name(of: path), root: root, files: files, log: log)
                scenario = reader.read()
                expansion = reader.expansion
            }
        }
        let options = overrides.map { "--set \($0.path)=\($0.value)" }
        let problems = log.sorted(files: files.names + options)
        guard let expansion, let scenario, !log.hasErrors else {
            return ReadScenario(
                scenario: nil, problems: problems, inputs: files.inputs, assumed: [], expanded: "", settled: "")
        }
        return ReadScenario(
            scenario: scenario, problems: problems, inputs: files.inputs, assumed: expansion.assumptions(),
            expanded: expansion.documentText(), settled: expansion.documentText(withRemarks: false))
    }

    /// The short name for result folders: the file's, or its folder's when the file is called `scenario.yaml`.
    static func name(of path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        guard let file = parts.last, path != "-" else { return "scenario" }
        let stem =
            file.hasSuffix(".yaml")
            ? String(file.dropLast(5)) : file.hasSuffix(".yml") ? String(file.dropLast(4)) : file
        if stem == "scenario", parts.count > 1, parts[parts.count - 2] != ".", parts[parts.count - 2] != ".." {
            return parts[parts.count - 2]
        }
        return stem.isEmpty ? "scenario" : stem
    }
}

extension Scenario {
    /// The scenario of a file, with some settings changed: dotted paths and texts as after `--set`.
    ///
    /// Throws `Problems`, every one at once, each with its place.
    public init(contentsOf path: String, settings: [(path: String, value: String)] = []) throws {
        self = try ScenarioFile.read(path: path, overrides: settings).get()
    }
}

/// What reading a scenario brought.
public struct ReadScenario: Sendable {
    /// Nil when there is any error.
    public var scenario: Scenario?
    /// Errors, warnings and notes of all files, in the order of the files.
    public var problems: [Problem]
    /// The scenario file first, then what it includes and its tables.
    public var inputs: [InputFile]
    /// What the file leaves out, and what was taken for it.
    public var assumed: [Assumption]
    /// The scenario in its long form, as YAML that reads back to the same scenario; empty when there is any error.
    public var expanded: String
    /// The same without remarks: reading it again gives exactly this text, so it can stand for the question.
    public var settled: String

    /// Those of the problems for which there is no scenario.
    public var errors: [Problem] { problems.filter { $0.severity == .error } }
    /// Those of the problems with which the scenario stands.
    public var warnings: [Problem] { problems.filter { $0.severity == .warning } }

    /// The scenario; throws `Problems` where there is any error.
    public func get() throws -> Scenario {
        guard let scenario else { throw Problems(errors) }
        return scenario
    }

    /// Whether a file that does not exist or cannot be read is the first thing wrong (exit code 66 rather than 65).
    public var lacksFile: Bool { errors.first?.code == ProblemCode.unreadable }
}

/// Reads the files that a scenario includes, and lays the scenario over them.
private struct Includes {
    let files: ScenarioFiles
    let log: ReadingLog
    private(set) var failed = false

    init(files: ScenarioFiles, log: ReadingLog) {
        self.files = files
        self.log = log
    }

    mutating func joined(_ root: Node, path: String, open: [String] = []) -> Node {
        guard let node = root["include"], root.entries != nil else { return root }
        let names = node.items ?? [node]
        if names.isEmpty {
            log.error(
                ProblemCode.noValue, "include names no file", at: node.place, expected: "such as [base.yaml]",
                hint: "leave it out")
        }
        var base: Node?
        for name in names {
            guard let text = name.text, !name.isEmpty else {
                log.error(
                    ProblemCode.wrongForm, "include needs names of files", at: name.place,
                    expected: "such as [base.yaml]")
                continue
            }
            let resolved = files.resolve(text)
            if resolved == path || open.contains(resolved) {
                log.error(ProblemCode.includeLoop, "\(text) includes itself in a circle", at: name.place)
                failed = true
                continue
            }
            guard var tree = files.scenario(path: resolved, shown: resolved, askedBy: name) else {
                failed = true
                continue
            }
            guard tree.entries != nil else {
                log.error(
                    ProblemCode.wrongForm, "\(text) is no scenario: it holds no settings", at: name.place,
                    expected: "a file with lines such as \"talk: 4m30s\"",
                    hint: ScenarioReader.isFileName(text)
                        ? "name a table where it is used, such as \"arrivals: \(text)\"" : nil)
                failed = true
                continue
            }
            tree = joined(tree, path: resolved, open: open + [path])
            base = base.map { tree.over($0, depth: Self.depth) } ?? tree
        }
        return base.map { root.over($0, depth: Self.depth) } ?? root
    }

    /// How deep blocks of the same name are joined: contact types and groups setting by setting, others name by name.
    private static func depth(_ name: String) -> Int {
        switch name {
        case "contact_types", "agent_groups", "channels": 3
        case "include": 1
        default: 2
        }
    }
}

extension Expansion {
    /// The whole file: a blank line before each block.
    func documentText(withRemarks: Bool = true) -> String {
        var result = ""
        for line in lines {
            let single = Expansion()
            switch line.value {
            case .text(let text): single.set(line.name, text, remark: line.remark)
            case .block(let block):
                single.set(line.name, block, remark: line.remark)
                result += "\n"
            }
            result += single.text(withRemarks: withRemarks)
        }
        return result
    }
}
