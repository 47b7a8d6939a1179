import Foundation
import Simulator
import Testing

@testable import Commands
@testable import Tabular

@Suite("Console")
struct ConsoleTests {
    @Test(
        "colour follows the option, then NO_COLOR and TERM, stream by stream",
        arguments: [
            (Console.ColorChoice.auto, true, [:], true),
            (.auto, false, [:], false),
            (.auto, true, ["NO_COLOR": "1"], false),
            (.auto, true, ["NO_COLOR": ""], true),
            (.auto, true, ["TERM": "dumb"], false),
            (.auto, true, ["TERM": "xterm"], true),
            (.always, false, ["NO_COLOR": "1", "TERM": "dumb"], true),
            (.never, true, [:], false),
        ] as [(Console.ColorChoice, Bool, [String: String], Bool)])
    func color(_ choice: Console.ColorChoice, isTerminal: Bool, environment: [String: String], expected: Bool) {
        #expect(Console.usesColor(choice, isTerminal: isTerminal, environment: environment) == expected)
    }

    @Test(
        "the first locale variable that is set tells the characters",
        arguments: [
            ([:], false), (["LANG": "en_US.UTF-8"], true), (["LANG": "C"], false), (["LC_ALL": "C.utf8"], true),
            (["LC_ALL": "C", "LANG": "de_DE.UTF-8"], false),
            (["LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"], true),
        ] as [([String: String], Bool)])
    func locale(_ environment: [String: String], expected: Bool) {
        #expect(Console.isUTF8(environment) == expected)
    }

    private func problem(_ line: Int, _ severity: Problem.Severity = .error) -> Problem {
        Problem(
            severity, severity == .error ? "E201" : "W510", "talk needs a unit",
            at: .init(file: "a.yaml", line: line, column: 7, endColumn: 10, text: "talk: 280"), hint: "write \"280s\"",
            suggestion: "280s")
    }

    @Test("problems of a file stand apart, with their tally")
    func tally() {
        #expect(
            ProblemList([problem(1), problem(2), problem(3, .warning)]).text(color: false) == """
                a.yaml:1:7: error: talk needs a unit [E201]
                    1 | talk: 280
                      |       ^^^
                  hint: write "280s"

                a.yaml:2:7: error: talk needs a unit [E201]
                    2 | talk: 280
                      |       ^^^
                  hint: write "280s"

                a.yaml:3:7: warning: talk needs a unit [W510]
                    3 | talk: 280
                      |       ^^^
                  hint: write "280s"

                2 errors, 1 warning. Nothing was run.
                """)
    }

    @Test("past twenty problems only the tally goes on")
    func twenty() {
        let text = ProblemList((1...33).map { problem($0) }).text(color: false)
        #expect(text.contains("a.yaml:20:7") && !text.contains("a.yaml:21:7"))
        #expect(text.hasSuffix("\n\n33 errors. Nothing was run."))
    }

    @Test("warnings alone have no tally, since something was run")
    func warnings() {
        #expect(!ProblemList([problem(1, .warning), problem(2, .warning)]).text(color: false).contains("warnings"))
    }

    @Test("as JSON every problem has the same ten fields")
    func json() throws {
        let text = ProblemList([problem(4), Problem(.error, "E701", "unknown option \"--x\"")]).json
        struct Item: Decodable, Equatable {
            var file: String?
            var line: Int?
            var column: Int?
            var endColumn: Int?
            var severity: String
            var code: String
            var message: String
            var expected: String?
            var hint: String?
            var suggestion: String?
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let items = try decoder.decode([Item].self, from: Data(text.utf8))
        #expect(items.count == 2)
        #expect(
            items[0]
                == Item(
                    file: "a.yaml", line: 4, column: 7, endColumn: 10, severity: "error", code: "E201",
                    message: "talk needs a unit", expected: nil, hint: "write \"280s\"", suggestion: "280s"))
        let keys = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]).map(
            \.keys.count)
        #expect(keys == [10, 10])
    }

    @Test("quiet keeps errors and drops notes and warnings")
    func quiet() {
        let written = Written()
        var console = written.console
        console.verbosity = .quiet
        console.note("a note")
        console.report([problem(1, .warning)])
        #expect(written.text.isEmpty)
        console.report([problem(1), problem(2, .warning)])
        #expect(written.text.contains("E201") && !written.text.contains("W510"))
        #expect(written.text.hasSuffix("1 error. Nothing was run.\n"))
    }

    @Test(
        "the code of the first error decides the exit status",
        arguments: [
            ("E101", 65), ("E402", 65), ("E502", 65), ("E601", 64), ("E603", 3), ("E610", 65), ("E701", 64),
            ("E711", 66), ("E721", 73), ("E722", 74), ("E731", 69), ("E799", 70),
        ] as [(String, Int32)])
    func statuses(code: String, status: Int32) {
        let warning = Problem(.warning, "W510", "x")
        #expect(ExitStatus(of: [warning, Problem(.error, code, "x")]).rawValue == status)
        #expect(ExitStatus(of: [warning]) == .done)
    }
}

/// Collects what a console writes to stderr.
final class Written: @unchecked Sendable {
    private let lock = NSLock()
    private var bytes: [UInt8] = []

    var text: String { lock.withLock { String(decoding: bytes, as: UTF8.self) } }
    func append(_ more: [UInt8]) { lock.withLock { bytes += more } }

    var console: Console {
        let stream = Console.Stream(isTerminal: false, usesColor: false, width: nil, write: { self.append($0) })
        return Console(out: stream, err: stream)
    }
}
