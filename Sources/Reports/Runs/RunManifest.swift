/// What `run.json` says about a run: the only file with wall-clock facts.
public struct RunManifest: Sendable {
    /// The program and the machine.
    public struct Program: Sendable {
        public var version: String
        /// Of the checkout it was built in, where there is one.
        public var commit: String?
        public var compiler: String
        public var os: String
        public var cpu: String

        public init(version: String, commit: String?, compiler: String, os: String, cpu: String) {
            self.version = version
            self.commit = commit
            self.compiler = compiler
            self.os = os
            self.cpu = cpu
        }
    }

    public var id: String
    /// False when stopped by Ctrl-C: what there is, is kept.
    public var complete: Bool
    public var commandLine: String
    public var program: Program
    /// ISO 8601 with offset.
    public var started: String
    public var finished: String
    /// Wall-clock seconds.
    public var seconds: Double
    public var threads: Int
    public var seed: UInt64
    /// The random number generator, `philox4x32-10`.
    public var generator: String
    /// How numbers are addressed, in a few words.
    public var streams: String
    public var runsDone: Int
    /// `precision`, `runs`, `maximum`, `stopped`.
    public var stopReason: String
    /// 0…1.
    public var confidence: Double
    /// Methods, and by contact type how many times as many plain runs the interval is worth.
    public var varianceReduction: (methods: [String], gains: [(contactType: String, gain: Double)])
    /// The counting rule of service levels, `of_all_offered`.
    public var serviceLevelRule: String
    public var timezone: String
    /// The version of the zone tables, `2026a`; nil where the system does not say.
    public var tzdata: String?
    public var assumed: [(setting: String, value: String)]
    /// Codes, `W510`.
    public var warnings: [String]
    /// The one command line, in the run folder, that gives the same bytes.
    public var reproduce: String

    public init(
        id: String, complete: Bool = true, commandLine: String, program: Program, started: String, finished: String,
        seconds: Double, threads: Int, seed: UInt64, generator: String, streams: String, runsDone: Int,
        stopReason: String, confidence: Double,
        varianceReduction: (methods: [String], gains: [(contactType: String, gain: Double)]) = ([], []),
        serviceLevelRule: String, timezone: String, tzdata: String?,
        assumed: [(setting: String, value: String)] = [], warnings: [String] = [], reproduce: String
    ) {
        self.id = id
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
            ("format", .integer(1)), ("id", .string(id)), ("complete", .bool(complete)),
            ("command_line", .string(commandLine)),
            (
                "program",
                .object([
                    ("version", .string(program.version)), ("commit", .text(program.commit)),
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
            ("reproduce", .string(reproduce)),
        ])
    }
}
