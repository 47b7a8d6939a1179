import Documents
import Reports

/// What decides a run's numbers: two runs with the same identity are the same bytes, so one of them is enough.
public struct RunIdentity: Sendable {
    /// `simulate`.
    public var command: String
    /// The scenario with every default written out.
    public var expandedScenario: String
    /// The files that the scenario reads besides itself: their bytes count, not their times.
    public var sideTables: [SideTable]
    /// Options that change results, such as `--runs`; never the number of threads or where to save.
    public var options: [(name: String, value: String)]
    /// The number from which all random numbers follow.
    public var seed: UInt64
    /// The program's version.
    public var version: String
    /// The revision of the program's numbers, which rises whenever the same question gets other figures.
    public var numbers: Int
    /// The zone and its changes of clocks within the period: what the tables of time zones say of the question.
    public var clocks: String

    /// `options` count in the order in which they are given.
    public init(
        command: String, expandedScenario: String, sideTables: [SideTable],
        options: [(name: String, value: String)] = [], seed: UInt64, version: String, numbers: Int, clocks: String
    ) {
        self.command = command
        self.expandedScenario = expandedScenario
        self.sideTables = sideTables
        self.options = options
        self.seed = seed
        self.version = version
        self.numbers = numbers
        self.clocks = clocks
    }

    /// The first 8 digits of `full`: enough for names and for people, never to tell two runs apart.
    public var id: String { String(full.prefix(8)) }

    /// The 64 hexadecimal digits of SHA-256 over all parts, each with its length before it, so that no two different
    /// lists of parts run together into the same bytes.
    public var full: String {
        var bytes: [UInt8] = []
        func add(_ part: [UInt8]) { bytes += Array("\(part.count):".utf8) + part }
        func add(_ part: String) { add(Array(part.utf8)) }
        add(command)
        add(expandedScenario)
        add("\(sideTables.count)")
        for table in sideTables {
            add(table.path)
            add(table.bytes)
        }
        add("\(options.count)")
        for option in options {
            add(option.name)
            add(option.value)
        }
        add("\(seed)")
        add(version)
        add("\(numbers)")
        add(clocks)
        return SHA256.hex(bytes)
    }
}

/// A file that a scenario reads besides itself, as it was read.
public struct SideTable: Sendable {
    /// How a CSV file turned out to be written.
    public struct Dialect: Sendable, Hashable {
        /// The character between two cells.
        public var separator: String
        /// The decimal point, `.` or `,`.
        public var decimal: String
        /// Both as they were found in the file.
        public init(separator: String, decimal: String) {
            self.separator = separator
            self.decimal = decimal
        }
    }

    /// As the scenario names it, relative to the scenario's folder.
    public var path: String
    /// The whole file.
    public var bytes: [UInt8]
    /// Without the header; nil where rows mean nothing.
    public var rows: Int?
    /// Nil where the file is no CSV.
    public var dialect: Dialect?

    /// `path` is as the scenario names it.
    public init(path: String, bytes: [UInt8], rows: Int? = nil, dialect: Dialect? = nil) {
        self.path = path
        self.bytes = bytes
        self.rows = rows
        self.dialect = dialect
    }

    /// Under which names copies stand in a run folder: as the scenario says where that is possible, so that
    /// `scenario.yaml` works from there; never outside the folder, nor over a file of the run itself.
    public static func copyNames(_ paths: [String]) -> [String] {
        var taken: Set<String> = []
        return paths.map { path in
            let parts = path.split(separator: "/").map(String.init).filter { $0 != "." }
            let isInside = !path.hasPrefix("/") && !parts.contains("..") && !parts.isEmpty
            let plain = isInside ? parts.joined(separator: "/") : parts.last { $0 != ".." } ?? "table.csv"
            var name = RunFolder.reservedNames.contains(plain) ? "input_" + plain : plain
            var number = 2
            while !taken.insert(name).inserted {
                let folder = plain.split(separator: "/").dropLast().map { $0 + "/" }.joined()
                name = folder + "input_\(number)_" + (plain.split(separator: "/").last ?? "")
                number += 1
            }
            return name
        }
    }
}
