import Foundation
import Reports
import ScenarioReading
import Simulator
import Tabular

/// The scenario that a command line names: read, with everything that is wrong with it told.
enum ScenarioArgument {
    /// Reads a file, or the `scenario.yaml` of a folder; reports warnings and notes, and throws when there are errors.
    static func read(_ path: String, settings: [String], on console: Console) throws -> ReadScenario {
        let reading = ScenarioFile.read(path: file(path), overrides: try settings.map(override))
        if reading.problems.contains(where: { $0.severity == .error }) { throw Problems(reading.problems) }
        console.report(reading.problems.filter { $0.severity == .warning })
        for note in reading.problems where note.severity == .note { console.detail(note.rendered()) }
        return reading
    }

    /// A folder stands for the `scenario.yaml` in it.
    static func file(_ path: String) -> String {
        var isFolder: ObjCBool = false
        let inside = path.hasSuffix("/") ? path + "scenario.yaml" : path + "/scenario.yaml"
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
            FileManager.default.fileExists(atPath: inside)
        else { return path }
        return inside
    }

    private static func override(_ text: String) throws -> (path: String, value: String) {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
            throw Problem(
                .error, "E704", "--set \(text) has no value", expected: "PATH=VALUE, such as agents=10",
                hint: "write --set \(text)=VALUE")
        }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }
}
