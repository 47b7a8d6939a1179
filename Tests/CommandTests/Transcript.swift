import Foundation
import TestSupport

/// A text file of commands with what they print: run with the real program, compared to the last character.
///
///     # write: clinic.yaml
///     | name: Clinic
///     # in: scenarios/02-clinic/scenario.yaml as clinic.yaml
///     # edit: clinic.yaml: talk: 4m30s -> talk: 280
///     $ switchboard check clinic.yaml
///     a line of stdout
///     ! a line of stderr
///     ? 65
///
/// A line of output that would pass for one of these marks has a `\` before it. Without `?` the exit status is 0.
struct Transcript: CustomStringConvertible, Sendable {
    static let folder = Project.root.appendingPathComponent("Tests/CommandTests/Transcripts")

    let url: URL
    var description: String { url.lastPathComponent }

    static var all: [Transcript] {
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "txt" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }.map { Transcript(url: $0) }
    }

    /// The file as it is, and as the program makes it now.
    func played() throws -> (expected: String, actual: String) {
        let expected = try String(contentsOf: url, encoding: .utf8)
        let stage = Stage()
        var actual: [String] = []
        var script = expected.components(separatedBy: "\n")[...]
        if script.last == "" { script.removeLast() }
        while let line = script.popFirst() {
            actual.append(line)
            if line.hasPrefix("$ ") {
                let result = try stage.run(String(line.dropFirst(2)))
                actual += lines(result)
                while let next = script.first, !next.hasPrefix("$ "), !next.hasPrefix("# ") { script.removeFirst() }
                if !script.isEmpty { actual.append("") }
            } else if let name = rest(of: line, after: "# write: ") {
                var text = ""
                while let next = script.first, next.hasPrefix("|") {
                    actual.append(next)
                    text += next.dropFirst(2) + "\n"
                    script.removeFirst()
                }
                try stage.write(text, to: name)
            } else if let words = rest(of: line, after: "# in: ")?.components(separatedBy: " as ") {
                try stage.copy(words[0], as: words.count > 1 ? words[1] : nil)
            } else if let words = rest(of: line, after: "# edit: ") {
                try stage.edit(words)
            }
        }
        return (expected, actual.joined(separator: "\n") + "\n")
    }

    private func rest(of line: String, after mark: String) -> String? {
        line.hasPrefix(mark) ? String(line.dropFirst(mark.count)) : nil
    }

    private func lines(_ result: Stage.Result) -> [String] {
        func split(_ text: String) -> [String] {
            var lines = text.components(separatedBy: "\n")
            if lines.last == "" { lines.removeLast() } else { lines[lines.count - 1] += "\\no line end" }
            return lines
        }
        let marks = ["$ ", "! ", "? ", "# ", "| ", "\\"]
        var lines = split(result.out).map { line in marks.contains { line.hasPrefix($0) } ? "\\" + line : line }
        lines += split(result.err).map { $0.isEmpty ? "!" : "! " + $0 }
        if result.status != 0 { lines.append("? \(result.status)") }
        return lines
    }
}

/// A temporary folder in which commands run as a user would run them.
final class Stage: Sendable {
    struct Result {
        var out: String
        var err: String
        var status: Int32
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let folder = TemporaryFolder()
    /// What is printed lies elsewhere, so that it is not among the files.
    private let captured = TemporaryFolder()
    var path: String { folder.path }

    /// The folder of the program that this test was built with.
    static let programs = Bundle.module.bundleURL.deletingLastPathComponent().path

    /// Runs a shell command line in the folder; `switchboard` is the program just built.
    func run(_ command: String, environment: [String: String] = [:]) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        process.environment = [
            "PATH": Self.programs + ":/usr/bin:/bin", "HOME": path, "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb",
        ].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        // Files, not pipes: nothing can fill up while the other stream is read.
        let (out, err) = (captured.url("out"), captured.url("err"))
        for file in [out, err] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        process.waitUntilExit()
        return Result(
            out: String(decoding: try Data(contentsOf: out), as: UTF8.self),
            err: String(decoding: try Data(contentsOf: err), as: UTF8.self), status: process.terminationStatus)
    }

    func write(_ text: String, to name: String) throws {
        let url = folder.url(name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Copies a file or folder of the project, under its own name or another.
    func copy(_ source: String, as name: String?) throws {
        let from = Project.root.appendingPathComponent(source)
        try FileManager.default.copyItem(at: from, to: folder.url(name ?? from.lastPathComponent))
    }

    /// `FILE: OLD -> NEW`; OLD must be there.
    func edit(_ words: String) throws {
        guard let colon = words.firstRange(of: ": "), let arrow = words.firstRange(of: " -> ") else {
            throw Failure(description: "# edit: needs FILE: OLD -> NEW, not \(words)")
        }
        let file = folder.url(String(words[..<colon.lowerBound]))
        let text = try String(contentsOf: file, encoding: .utf8)
        let old = String(words[colon.upperBound..<arrow.lowerBound])
        guard let place = text.firstRange(of: old) else { throw Failure(description: "no \"\(old)\" in \(file.path)") }
        try Data(text.replacingCharacters(in: place, with: words[arrow.upperBound...]).utf8).write(to: file)
    }
}
