import Foundation
import Testing

@testable import ScenarioReading
@testable import Simulator
@testable import Tabular

/// Files written to a folder of their own, read as a scenario, and gone again.
struct Files {
    private(set) var bytes: [String: [UInt8]] = [:]

    init(_ texts: [String: String] = [:]) {
        for (name, text) in texts { bytes[name] = Array(text.utf8) }
    }

    /// The complete example: `riverbend.yaml` with its two tables.
    static func riverbend() throws -> Files {
        var files = Files()
        for name in ["riverbend.yaml", "arrivals.csv", "holidays.csv"] { files.bytes[name] = try example(name) }
        return files
    }

    /// The example's telephone part: nothing is wrong with it but its short Sunday.
    static func riverbendPhones() throws -> Files {
        var files = Files()
        files.bytes["riverbend.yaml"] = try example("riverbend-phones.yaml")
        files.bytes["arrivals.csv"] = try example("arrivals-phones.csv")
        files.bytes["holidays.csv"] = try example("holidays.csv")
        return files
    }

    /// The ten-line example.
    static func clinic() throws -> Files {
        var files = Files()
        files.bytes["clinic.yaml"] = try example("clinic.yaml")
        return files
    }

    private static func example(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Examples", withExtension: nil))
        return Array(try Data(contentsOf: url.appendingPathComponent(name)))
    }

    func text(_ name: String) -> String { String(decoding: bytes[name] ?? [], as: UTF8.self) }

    /// A copy with one file's text replaced.
    func with(_ name: String, _ text: String) -> Files {
        var copy = self
        copy.bytes[name] = Array(text.utf8)
        return copy
    }

    func with(_ name: String, bytes: [UInt8]) -> Files {
        var copy = self
        copy.bytes[name] = bytes
        return copy
    }

    /// A copy with line `number` of a file replaced.
    func with(_ name: String, line number: Int, _ text: String) -> Files {
        var lines = self.text(name).components(separatedBy: "\n")
        lines[number - 1] = text
        return with(name, lines.joined(separator: "\n"))
    }

    /// A copy with the first `old` in a file replaced; a test error if there is none.
    func replacing(_ old: String, _ new: String, in name: String) throws -> Files {
        let text = text(name)
        let range = try #require(text.range(of: old), "\(name) holds no \(old)")
        return with(name, text.replacingCharacters(in: range, with: new))
    }

    func replacing(_ changes: [(old: String, new: String)], in name: String) throws -> Files {
        try changes.reduce(self) { files, change in try files.replacing(change.old, change.new, in: name) }
    }

    /// Reads `main`; names in messages are as if the test stood in the folder.
    func read(_ main: String, overrides: [(path: String, value: String)] = []) throws -> ReadScenario {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("reading-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in bytes { try Data(content).write(to: folder.appendingPathComponent(name)) }
        var reading = ScenarioFile.read(path: folder.path + "/" + main, overrides: overrides)
        for index in reading.problems.indices {
            let prefix = folder.path + "/"
            reading.problems[index].place?.file.replace(prefix, with: "")
            reading.problems[index].message.replace(prefix, with: "")
        }
        return reading
    }
}

extension ReadScenario {
    /// Problems without the notes on how tables were read.
    var told: [Problem] { problems.filter { $0.code != ProblemCode.dialect } }
    /// `E201 37:11`, for each problem.
    var spots: [String] {
        told.map { "\($0.code) \($0.place?.line ?? 0):\($0.place?.column ?? 0)" }
    }

    /// The problem with this code, as it is shown; empty when there is none or more than one.
    func shown(_ code: String) -> String {
        let found = problems.filter { $0.code == code }
        return found.count == 1 ? found[0].rendered() : ""
    }
}
