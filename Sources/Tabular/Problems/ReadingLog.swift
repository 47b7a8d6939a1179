/// What comes to light while a scenario is read: every problem once.
package final class ReadingLog {
    package private(set) var problems: [Problem] = []
    private var seen: Set<Problem> = []

    package init() {}

    /// The same words about the same place are said once, however many contact types share a default.
    package func add(_ problem: Problem) {
        if seen.insert(problem).inserted { problems.append(problem) }
    }

    package func error(
        _ code: String, _ message: String, at place: Problem.Place?, expected: String? = nil, hint: String? = nil,
        suggestion: String? = nil
    ) {
        add(Problem(.error, code, message, at: place, expected: expected, hint: hint, suggestion: suggestion))
    }

    /// A word that is none of `names`.
    package func unknown(
        _ word: String, among names: [String], _ code: String, _ message: String, at place: Problem.Place?,
        expected: String? = nil
    ) {
        add(.unknown(word, among: names, code, message, at: place, expected: expected))
    }

    package func warn(_ code: String, _ message: String, at place: Problem.Place?, hint: String? = nil) {
        add(Problem(.warning, code, message, at: place, hint: hint))
    }

    package var hasErrors: Bool { problems.contains { $0.severity == .error } }

    /// Whether anything but "not simulated yet" stands in the way.
    package var hasHardErrors: Bool {
        problems.contains { $0.severity == .error && $0.code != ProblemCode.notSimulated }
    }

    /// In the order of the files as they were read, then by line and column.
    package func sorted(files: [String]) -> [Problem] {
        let rank = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        return problems.enumerated().sorted { a, b in
            func key(_ item: (offset: Int, element: Problem)) -> (Int, Int, Int, Int) {
                guard let place = item.element.place else { return (-1, 0, 0, item.offset) }
                return (rank[place.file] ?? files.count, place.line, place.column, item.offset)
            }
            return key(a) < key(b)
        }.map(\.element)
    }
}

/// A file that the scenario was read from.
public struct InputFile: Sendable, Hashable {
    /// As written in the scenario, relative to its folder; the scenario's own file name for the first.
    public var path: String
    /// The whole file.
    public var bytes: [UInt8]
    /// Rows of a table, without header; 0 for a scenario file.
    public var rows: Int
    /// How a table was read, `separator ";", decimal comma`.
    public var dialect: String?

    /// `rows` and `dialect` are of a table.
    public init(path: String, bytes: [UInt8], rows: Int = 0, dialect: String? = nil) {
        self.path = path
        self.bytes = bytes
        self.rows = rows
        self.dialect = dialect
    }
}

/// A setting that the file left out, and what was taken for it.
public struct Assumption: Sendable, Hashable {
    /// The setting's path, `contact_types.calls.patience`.
    public var setting: String
    /// As a file would have it.
    public var value: String
    /// What stands behind the value in the expanded file, `assumed; matters a lot: …`.
    public var remark: String

    /// Whether the file says nothing of it at all; else a part of it was filled in, such as its shape.
    public var isWhole: Bool { remark.hasPrefix("assumed") }

    /// `setting` is the path, `value` and `remark` as the expanded file shows them.
    public init(setting: String, value: String, remark: String) {
        self.setting = setting
        self.value = value
        self.remark = remark
    }
}
