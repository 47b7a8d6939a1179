import Foundation
import Simulator

extension RunFolder {
    /// What `run.json` says that later commands need.
    public struct Record: Decodable, Sendable {
        public struct File: Decodable, Sendable {
            public var path: String
            public var sha256: String
        }
        public struct Program: Decodable, Sendable {
            public var version: String
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
        public var id: String
        public var complete: Bool
        public var program: Program
        /// ISO 8601 with offset.
        public var finished: String
        var seed: Seed
        public var runsDone: Int
        public var stopReason: String
        public var inputs: [File]
        public var outputs: [File]

        public var seedValue: UInt64 { seed.value }
        /// Whether `simulate` wrote it, and whether it kept every contact.
        public var isSimulation: Bool { outputs.contains { $0.path == "replications.csv" } }
        public var hasTrace: Bool { outputs.contains { $0.path == "contacts.csv.gz" } }
        /// The distant past where it cannot be read.
        public var finishedAt: Date {
            (try? Date.ISO8601FormatStyle(timeZoneSeparator: .colon).parse(finished)) ?? .distantPast
        }
    }

    /// Whether a run was saved here, complete or not.
    public var isRun: Bool { record != nil }

    /// Nil where there is no `run.json`, or none that can be read.
    public var record: Record? {
        guard let data = FileManager.default.contents(atPath: path + "/run.json") else { return nil }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(Record.self, from: data)
    }

    /// Compares every file with its hash in `run.json`; no problems means that nothing was changed since. Of what the
    /// run wrote, only the files that `matters` says.
    public func verify(_ matters: (_ file: String) -> Bool = { _ in true }) -> [Problem] {
        guard let record else {
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
        for file in record.outputs.filter({ matters($0.path) }) + record.inputs {
            guard let hash = SHA256.hex(path: "\(path)/\(file.path)") else {
                problems.append(Problem(.error, "E192", "\(path)/\(file.path) is missing"))
                continue
            }
            if hash != file.sha256 {
                problems.append(
                    Problem(
                        .error, "E193", "\(path)/\(file.path) was changed after the run",
                        hint: "run.json has the command that makes it again, under \"reproduce\""))
            }
        }
        return problems
    }
}
