import Foundation

/// pyworkforce, the Python package most in use for such questions, in an environment of its own.
enum Rival {
    /// CPU seconds and answers; nil, said aloud, where Python or the package cannot be had.
    static func answer(_ questions: [Question]) -> (seconds: Double, agents: [Int])? {
        let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
        let environment = package.appending(path: ".build/rivals")
        let python = environment.appending(path: "bin/python3").path
        if run(python, ["-c", "import pyworkforce"]) == nil {
            print("pyworkforce: installing it into \(environment.path)")
            guard run("/usr/bin/env", ["python3", "-m", "venv", environment.path]) != nil,
                run(python, ["-m", "pip", "install", "--quiet", "pyworkforce==0.5.1"]) != nil
            else {
                print("pyworkforce: SKIPPED, it cannot be installed here")
                return nil
            }
        }
        let script = package.appending(path: "Rivals/pyworkforce-staffing.py").path
        let input = questions.map { "\($0.load) \($0.handling)" }.joined(separator: "\n")
        guard let output = run(python, [script], input: input) else {
            print("pyworkforce: SKIPPED, it failed")
            return nil
        }
        let lines = output.split(separator: "\n")
        guard lines.count == questions.count + 1, let seconds = Double(lines[lines.count - 1]) else { return nil }
        return (seconds, lines.dropLast().compactMap { Int($0) })
    }

    /// What the program writes; nil when it fails.
    private static func run(_ program: String, _ arguments: [String], input: String = "") -> String? {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        // By file: a pipe's buffer is smaller than the questions.
        let questions = FileManager.default.temporaryDirectory.appending(path: "questions-\(getpid())")
        defer { try? FileManager.default.removeItem(at: questions) }
        guard (try? Data(input.utf8).write(to: questions)) != nil,
            let file = try? FileHandle(forReadingFrom: questions)
        else { return nil }
        process.standardInput = file
        guard (try? process.run()) != nil else { return nil }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }
}
