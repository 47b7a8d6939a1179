import Foundation
import Simulator

extension RunFolder {
    /// What `run.json` says that later commands need.
    public struct Record: Decodable, Sendable {
        public struct File: Decodable, Sendable {
            public var path: String
            public var sha256: String
        }
        public var id: String
        public var complete: Bool
        public var runsDone: Int
        public var stopReason: String
        public var inputs: [File]
        public var outputs: [File]
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

    /// Compares every file with its hash in `run.json`; no problems means that nothing was changed since.
    public func verify() -> [Problem] {
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
        for file in record.outputs + record.inputs {
            guard let data = FileManager.default.contents(atPath: "\(path)/\(file.path)") else {
                problems.append(Problem(.error, "E192", "\(path)/\(file.path) is missing"))
                continue
            }
            if SHA256.hex(Array(data)) != file.sha256 {
                problems.append(
                    Problem(
                        .error, "E193", "\(path)/\(file.path) was changed after the run",
                        hint: "run.json has the command that makes it again, under \"reproduce\""))
            }
        }
        return problems
    }
}
