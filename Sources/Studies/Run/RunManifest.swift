import Documents
import Reports

/// What `run.json` says about a run: the only file with wall-clock facts.
public struct RunManifest: Sendable {
    /// The program and the machine.
    public struct Program: Sendable {
        /// Such as `0.1.0`.
        public var version: String
        /// The revision of its numbers.
        public var numbers: Int
        /// Of the checkout it was built in, where the build knows it: a build by hand does not, which is what `numbers`
        /// is for.
        public var commit: String?
        /// The Swift compiler that built it.
        public var compiler: String
        /// The operating system that ran it.
        public var os: String
        /// The processor that ran it.
        public var cpu: String

        /// `numbers` is the revision of the program's numbers; the rest is as the properties have it.
        public init(version: String, numbers: Int, commit: String?, compiler: String, os: String, cpu: String) {
            self.version = version
            self.numbers = numbers
            self.commit = commit
            self.compiler = compiler
            self.os = os
            self.cpu = cpu
        }
    }

    /// The question that was asked.
    public var asked: RunIdentity
    /// The question whose whole answer the files are: of a run that was stopped, the one with as many runs as were done.
    public var done: RunIdentity
    /// False when stopped before its end: what there is, is kept.
    public var complete: Bool
    /// What was typed, as a shell reads it.
    public var commandLine: String
    /// The program and the machine.
    public var program: Program
    /// ISO 8601 with offset.
    public var started: String
    /// ISO 8601 with offset.
    public var finished: String
    /// Wall-clock seconds.
    public var seconds: Double
    /// How many threads played; they change nothing but the seconds.
    public var threads: Int
    /// The number from which all random numbers follow.
    public var seed: UInt64
    /// The random number generator, `philox4x32-10`.
    public var generator: String
    /// How numbers are addressed, in a few words.
    public var streams: String
    /// Replications that count, or cycles of a long run.
    public var runsDone: Int
    /// A raw value of `Results.StopReason`.
    public var stopReason: String
    /// 0…1.
    public var confidence: Double
    /// Methods, and by contact type how many times as many plain runs the interval is worth.
    public var varianceReduction: (methods: [String], gains: [(contactType: String, gain: Double)])
    /// The counting rule of service levels, `of_all_offered`.
    public var serviceLevelRule: String
    /// The scenario's zone, an IANA name.
    public var timezone: String
    /// The version of the zone tables, `2026a`; nil where the system does not say.
    public var tzdata: String?
    /// What the file left out, by the path of the setting, and what was taken for it.
    public var assumed: [(setting: String, value: String)]
    /// Codes, `W510`.
    public var warnings: [String]
    /// The one command line, in the run folder, that gives the same bytes.
    public var reproduce: String

    /// `done` is `asked` unless the run was stopped.
    public init(
        asked: RunIdentity, done: RunIdentity? = nil, complete: Bool = true, commandLine: String, program: Program,
        started: String, finished: String,
        seconds: Double, threads: Int, seed: UInt64, generator: String, streams: String, runsDone: Int,
        stopReason: String, confidence: Double,
        varianceReduction: (methods: [String], gains: [(contactType: String, gain: Double)]) = ([], []),
        serviceLevelRule: String, timezone: String, tzdata: String?,
        assumed: [(setting: String, value: String)] = [], warnings: [String] = [], reproduce: String
    ) {
        self.asked = asked
        self.done = done ?? asked
        self.complete = complete
        self.commandLine = commandLine
        self.program = program
        self.started = started
        self.finished = finished
        self.seconds = seconds
        self.threads = threads
        self.seed = seed
        self.generator = generator
        self.streams = streams
        self.runsDone = runsDone
        self.stopReason = stopReason
        self.confidence = confidence
        self.varianceReduction = varianceReduction
        self.serviceLevelRule = serviceLevelRule
        self.timezone = timezone
        self.tzdata = tzdata
        self.assumed = assumed
        self.warnings = warnings
        self.reproduce = reproduce
    }

    /// 64 digits.
    public var identity: String { asked.full }
    /// Eight of them.
    public var id: String { asked.id }

    /// A file of the run and what it held when it was written.
    struct File {
        var path: String
        var sha256: String
        var rows: Int?
        var dialect: SideTable.Dialect?

        var json: JSON {
            var members: [(String, JSON)] = [
                ("path", .string(path)), ("sha256", .string(sha256)), ("rows", .count(rows)),
            ]
            if let dialect {
                members.append(
                    (
                        "dialect",
                        .object([("separator", .string(dialect.separator)), ("decimal", .string(dialect.decimal))])
                    )
                )
            }
            return .object(members)
        }
    }

    /// The document, with the hashes of what was read and written.
    func json(inputs: [File], outputs: [File]) -> JSON {
        .object([
            ("format", .integer(Self.format)), ("id", .string(id)), ("identity", .string(identity)),
            ("files_are_of", .string(done.full)), ("complete", .bool(complete)),
            (
                "question",
                .object([
                    ("command", .string(asked.command)), ("options", Self.pairs(asked.options)),
                    ("options_done", Self.pairs(done.options)), ("clocks", .string(asked.clocks)),
                ])
            ),
            ("command_line", .string(commandLine)),
            (
                "program",
                .object([
                    ("version", .string(program.version)), ("numbers", .integer(program.numbers)),
                    ("commit", .text(program.commit)),
                    ("compiler", .string(program.compiler)), ("os", .string(program.os)), ("cpu", .string(program.cpu)),
                ])
            ),
            ("started", .string(started)), ("finished", .string(finished)),
            ("seconds", .number((seconds * 1000).rounded() / 1000)), ("threads", .integer(threads)),
            // A seed may pass what other readers of JSON hold as a number.
            ("seed", seed <= 1 << 53 ? .integer(Int(seed)) : .string(String(seed))),
            ("generator", .string(generator)), ("streams", .string(streams)), ("runs_done", .integer(runsDone)),
            ("stop_reason", .string(stopReason)), ("confidence", .number(confidence)),
            (
                "variance_reduction",
                .object([
                    ("methods", .array(varianceReduction.methods.map { .string($0) })),
                    (
                        "worth_times_as_many_runs",
                        .object(
                            varianceReduction.gains.map { ($0.contactType, .number(($0.gain * 100).rounded() / 100)) })
                    ),
                ])
            ),
            ("sl_rule", .string(serviceLevelRule)), ("timezone", .string(timezone)), ("tzdata", .text(tzdata)),
            ("inputs", .array(inputs.map(\.json))),
            ("assumed", .array(assumed.map { .array([.string($0.setting), .string($0.value)]) })),
            ("warnings", .array(warnings.map { .string($0) })), ("outputs", .array(outputs.map(\.json))),
            ("reproduce", .string(reproduce)), (Self.ownHash, .string(Self.noHash)),
        ])
    }

    private static func pairs(_ options: [(name: String, value: String)]) -> JSON {
        .array(options.map { .array([.string($0.name), .string($0.value)]) })
    }

    // MARK: Its own hash

    /// Of the document: 2 lists itself by hash.
    static let format = 2
    private static let ownHash = "own_sha256"
    private static let noHash = String(repeating: "0", count: 64)

    /// The file: its last member is the digest of the file itself, with zeros in place of that digest.
    func bytes(inputs: [File], outputs: [File]) -> [UInt8] {
        let blank = json(inputs: inputs, outputs: outputs).bytes(width: 160) + [0x0A]
        guard let place = Self.placeOfHash(blank) else { preconditionFailure("run.json has no place for its hash") }
        var bytes = blank
        bytes.replaceSubrange(place, with: Array(SHA256.hex(blank).utf8))
        return bytes
    }

    /// Whether nobody changed a `run.json` since it was written; what programs before format 2 wrote cannot tell.
    static func isAsWritten(_ bytes: [UInt8]) -> Bool {
        guard let place = placeOfHash(bytes) else {
            return String(decoding: bytes.prefix(64), as: UTF8.self).contains("\"format\": 1,")
        }
        var blank = bytes
        blank.replaceSubrange(place, with: Array(noHash.utf8))
        return Array(bytes[place]) == Array(SHA256.hex(blank).utf8)
    }

    /// Where the 64 digits stand: the file ends in them.
    private static func placeOfHash(_ bytes: [UInt8]) -> Range<Int>? {
        let end = Array("\"\n}\n".utf8)
        let start = Array("\"\(ownHash)\": \"".utf8)
        let first = bytes.count - end.count - 64
        guard first >= start.count, bytes.suffix(end.count).elementsEqual(end),
            bytes[(first - start.count)..<first].elementsEqual(start)
        else { return nil }
        return first..<first + 64
    }
}
