import Foundation
import Tabular
import TestSupport
import Testing

@Suite("Other programs, run to their end")
struct SubprocessTests {
    private func sh(_ script: String) -> Subprocess { Subprocess("sh", ["-c", script]) }

    @Test("what is written to it comes back, however much it is, and errors apart")
    func text() throws {
        var cat = sh("cat; echo done >&2")
        cat.input = (0..<3_000_000).map { UInt8($0 % 251) }
        let outcome = try cat.run()
        #expect(outcome.output == cat.input && outcome.errors == Array("done\n".utf8))
        #expect(outcome.status == 0 && !outcome.wasKilled)
    }

    @Test("much on both streams at once holds nothing up, and a program that reads nothing harms nobody")
    func both() throws {
        var program = sh("head -c 2000000 /dev/zero >&2; head -c 2000000 /dev/zero; exit 3")
        program.input = [UInt8](repeating: 7, count: 1_000_000)
        let outcome = try program.run()
        #expect(outcome.output.count == 2_000_000 && outcome.errors.count == 2_000_000 && outcome.status == 3)
    }

    @Test("status, environment and folder are its own")
    func own() throws {
        let folder = TemporaryFolder()
        var program = sh("pwd; echo $WORD; kill -9 $$")
        program.folder = folder.path
        program.environment = ["WORD": "here", "PATH": "/usr/bin:/bin"]
        let outcome = try program.run()
        let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
        #expect(
            lines.last == "here"
                && lines.first?.hasSuffix(folder.path.split(separator: "/").last.map(String.init) ?? "-") == true)
        #expect(outcome.status == 128 + 9 && !outcome.wasKilled)
    }

    @Test("at its time it is killed with its children, and what it had written is kept", arguments: [true, false])
    func late(byTime: Bool) throws {
        let folder = TemporaryFolder()
        // The child would write later than we look, and holds the output open meanwhile.
        var program = sh("(sleep 1; touch '\(folder.path)/late') & echo begun; wait")
        if byTime { program.timeLimit = 0.2 }
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try program.run { !byTime && start.duration(to: clock.now) > .milliseconds(200) }
        #expect(start.duration(to: clock.now) < .milliseconds(900))
        #expect(outcome.wasKilled && outcome.status == 128 + 9 && outcome.output == Array("begun\n".utf8))
        Thread.sleep(forTimeInterval: 1.3)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/late"))
    }

    @Test("children that stay behind are ended with it, and hold nothing up")
    func behind() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try sh("sleep 60 & echo $!").run()
        #expect(start.duration(to: clock.now) < .seconds(20) && outcome.status == 0)
        let child = try #require(Int32(String(decoding: outcome.output, as: UTF8.self).dropLast()))
        // Gone, or a dead entry that whoever adopted it has not looked at yet.
        for _ in 0..<100 where kill(child, 0) == 0 { usleep(20_000) }
        let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
        #expect(kill(child, 0) != 0 || state?.contains(") Z") == true)
    }

    @Test("what cannot be started is said")
    func missing() {
        #expect { try Subprocess("no-such-program").run() } throws: {
            "\($0)" == "no-such-program cannot be started: No such file or directory"
        }
    }
}
