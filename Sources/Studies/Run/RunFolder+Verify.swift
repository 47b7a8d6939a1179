import Documents
import Foundation
import Reports
import Tabular

extension RunFolder {
    /// What `run.json` says that later commands need.
    public struct Record: Decodable, Sendable {
        /// A file that was read or written.
        public struct File: Decodable, Sendable {
            /// The path, relative to the scenario's folder or to the run's.
            public var path: String
            /// 64 lower-case hexadecimal digits.
            public var sha256: String
        }
        /// The program that wrote it.
        public struct Program: Decodable, Sendable {
            /// Such as `0.1.0`.
            public var version: String
            /// Nil before programs counted them.
            public var numbers: Int?
        }
        /// What the identity is made of besides the files.
        struct Question: Decodable, Sendable {
            var command: String
            var options: [[String]]
            var clocks: String
        }
        /// A number, or a text where it passes what JSON's readers hold as one.
        struct Seed: Decodable, Sendable {
            var value: UInt64

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(UInt64.self) {
                    value = number
                } else if let number = UInt64(try container.decode(String.self)) {
                    value = number
                } else {
                    throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a seed")
                }
            }
        }
        /// The first 8 digits of the identity.
        public var id: String
        /// 64 digits; nil before runs had them.
        public var identity: String?
        var question: Question?
        /// Whether the run came to its end.
        public var complete: Bool
        /// The program that wrote it.
        public var program: Program
        /// ISO 8601 with offset.
        public var finished: String
        var seed: Seed
        /// Replications that count, or cycles of a long run.
        public var runsDone: Int
        /// Why no more were played, in the words of `run.json`.
        public var stopReason: String
        /// The files that were read.
        public var inputs: [File]
        /// The files that were written, `run.json` not among them.
        public var outputs: [File]

        /// The number from which all random numbers follow.
        public var seedValue: UInt64 { seed.value }
        /// What the run wrote beside `run.json`, with the digests.
        var files: [String: String] {
            Dictionary((inputs + outputs).map { ($0.path, $0.sha256) }, uniquingKeysWith: { $1 })
        }

        /// Nil where the bytes are no `run.json`.
        init?(_ document: [UInt8]) {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            guard let record = try? decoder.decode(Record.self, from: Data(document)) else { return nil }
            self = record
        }

        /// Whether `simulate` wrote it.
        public var isSimulation: Bool { outputs.contains { $0.path == "replications.csv" } }
        /// Whether it kept every contact.
        public var hasTrace: Bool { outputs.contains { $0.path == "contacts.csv.gz" } }
        /// The distant past where it cannot be read.
        public var finishedAt: Date {
            (try? Date.ISO8601FormatStyle(timeZoneSeparator: .colon).parse(finished)) ?? .distantPast
        }
    }

    /// Whether a run was saved here, complete or not; also where its `run.json` is gone or broken.
    public var isRun: Bool {
        let others = ["datapackage.json", "CITATION.txt"].allSatisfy { PlainFile.kind("\(path)/\($0)") == .file }
        return others || record != nil
    }

    /// Nil where there is no `run.json`, or none that can be read.
    public var record: Record? { PlainFile.bytes(path + "/run.json").flatMap { Record($0) } }

    /// Compares every file with its hash in `run.json`, that file with the hash in itself, and the identity with what
    /// lies there; no problems means that nothing was changed since. Of what the run wrote, only the files that `matters`
    /// says.
    public func verify(_ matters: (_ file: String) -> Bool = { _ in true }) -> [Problem] {
        let again = "run.json has the command that makes it again, under \"reproduce\""
        guard let document = PlainFile.bytes(path + "/run.json"), let record = Record(document) else {
            if isRun {
                let isGone = PlainFile.kind(path + "/run.json") == .nothing
                return [
                    Problem(
                        .error, isGone ? "E192" : "E193",
                        "\(path)/run.json is \(isGone ? "missing" : "cut off or changed and cannot be read")",
                        hint: "nothing here can be verified without it; CITATION.txt has the command that makes the "
                            + "run again")
                ]
            }
            return [
                Problem(
                    .error, "E191", "\(path) is not a run's folder: it has no run.json that can be read",
                    hint: "name a folder that switchboard saved, such as output/clinic-simulate-7f3a2c1e")
            ]
        }
        var problems: [Problem] = []
        if !record.complete {
            problems.append(
                Problem(.warning, "W191", "\(path) is incomplete: the run was stopped before its end"))
        }
        if !RunManifest.isAsWritten(document) {
            problems.append(
                Problem(
                    .error, "E193", "\(path)/run.json was changed after the run",
                    hint: "what it says of the run and of the other files cannot be relied on"))
        }
        for file in record.outputs.filter({ matters($0.path) }) + record.inputs {
            guard PlainFile.kind("\(path)/\(file.path)") != .nothing else {
                problems.append(Problem(.error, "E192", "\(path)/\(file.path) is missing"))
                continue
            }
            if SHA256.hex(path: "\(path)/\(file.path)") != file.sha256 {
                problems.append(
                    Problem(.error, "E193", "\(path)/\(file.path) was changed after the run", hint: again))
            }
        }
        if problems.allSatisfy({ $0.severity != .error }), let identity = identity(record), identity != record.identity
        {
            problems.append(
                Problem(
                    .error, "E194", "the id \(record.id) is not that of the scenario and tables in \(path)",
                    hint: "files of different runs lie there together; " + again))
        }
        return problems
    }

    /// The identity of what lies in the folder; nil where the record does not say what it is made of.
    private func identity(_ record: Record) -> String? {
        guard let question = record.question, let scenario = PlainFile.bytes(path + "/scenario.yaml") else {
            return nil
        }
        let tables = record.inputs.compactMap { file in
            PlainFile.bytes("\(path)/\(file.path)").map { SideTable(path: file.path, bytes: $0) }
        }
        let options = question.options.compactMap { $0.count == 2 ? (name: $0[0], value: $0[1]) : nil }
        return RunIdentity(
            command: question.command, expandedScenario: String(decoding: scenario, as: UTF8.self), sideTables: tables,
            options: options, seed: record.seedValue, version: record.program.version,
            numbers: record.program.numbers ?? 0, clocks: question.clocks
        ).full
    }
}
