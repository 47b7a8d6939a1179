import Foundation
import Testing

@testable import Commands

@Suite("init")
struct InitTests {
    /// Plays the questions with these answers; what was shown, and the scenario or the error.
    private func play(_ answers: [String], file: String = "clinic.yaml") -> (
        shown: String, text: Result<String, any Error>
    ) {
        var shown = ""
        var rest = answers[...]
        var questions = InitQuestions(
            file: file,
            prompter: Prompter(
                ask: { shown += $0 }, report: { shown += $0 + "\n" },
                answer: {
                    let answer = rest.popFirst()
                    shown += (answer ?? "") + (answer == nil ? "" : "\n")
                    return answer
                }))
        questions.zone = "America/New_York"
        let text = Result { try questions.scenario() }
        return (shown, text)
    }

    @Test("seven questions make eleven lines")
    func sample() throws {
        let (shown, text) = play(
            ["Maple Street Clinic", "", "", "Mon 320, Tue-Thu 260, Fri 240", "", "", ""])
        #expect(
            shown == """
                Name of the team [Clinic]: Maple Street Clinic
                Time zone [America/New_York]: 
                Open [Mon-Fri 08:00-17:00]: 
                Calls on a usual day (or per weekday, like Mon 320, Tue-Fri 250): Mon 320, Tue-Thu 260, Fri 240
                Talk time per call [4m30s]: 
                Work after the call [1m30s]: 
                Answer what share, how fast [80% in 30s]: 

                """)
        #expect(
            try text.get() == """
                name: Maple Street Clinic
                timezone: America/New_York
                open: Mon-Fri 08:00-17:00
                calls: {Mon: 320, Tue-Thu: 260, Fri: 240}
                day_shape: healthcare
                talk: 4m30s
                wrap_up: 1m30s
                patience: 10m
                agents: 12
                shrinkage: 30%
                target: 80% in 30s

                """)
    }

    @Test(
        "a wrong answer is explained and asked again",
        arguments: [
            (1, "America/New_Yrok", "did you mean \"America/New_York\"?", ""),
            (2, "Mon-Fri", "expected: days and times such as Mon-Fri 08:00-17:00", ""),
            (2, "Mon-Fri 8-17", "expected: days and times", "Mon-Fri 8:00-17:00"),
            (2, "Fri 20:00-04:00", "a day that ends after midnight is for the long form", ""),
            (3, "", "needs a number", "100"), (3, "many", "many has no number", "100"),
            (3, "Sat 100", "Sat is not an opening day", "100"), (3, "Mon 1, Mon-Tue 2", "Mon stands twice", "100"),
            (4, "280", "write \"280s\" if you meant 280 seconds", ""), (4, "0s", "a call takes longer than that", ""),
            (5, "4,5m", "has a decimal comma", ""), (6, "80/20", "write \"80% in 20s\" if you meant seconds", ""),
        ])
    func again(question: Int, wrong: String, said: String, right: String) throws {
        var answers = ["", "", "", "100", "", "", ""]
        answers.replaceSubrange(question...question, with: [wrong, right])
        let (shown, text) = play(answers)
        #expect(shown.contains(said), "\(shown)")
        #expect(try text.get().split(separator: "\n").count == 11)
    }

    @Test("days are told apart as people write them")
    func days() throws {
        func calls(_ answer: String, open: String = "") throws -> String {
            let text = try play(["", "", open, answer, "", "", ""]).text.get()
            return String(try #require(text.split(separator: "\n").first { $0.hasPrefix("calls") }))
        }
        #expect(try calls("260") == "calls: {Mon-Fri: 260}")
        #expect(try calls("Mon, Wed 320, Fri: 12.5") == "calls: {Mon: 320, Wed: 320, Fri: 12.5}")
        #expect(try calls("40", open: "Mon, Wed, Sat 8:00-12:00") == "calls: {Mon: 40, Wed: 40, Sat: 40}")
        #expect(try calls("40", open: "daily 7:30 am-8:00 pm") == "calls: {daily: 40}")
    }

    @Test("the end of input stops with nothing written")
    func stopped() {
        let (shown, text) = play(["Clinic"])
        #expect(throws: ExitStatus.stopped) { try text.get() }
        #expect(shown.hasSuffix("stopped before the last question; nothing was written\n"))
    }

    @Test("names that YAML would read otherwise are quoted")
    func names() {
        #expect(InitQuestions.yaml("St. Mary's") == "\"St. Mary's\"")
        #expect(InitQuestions.yaml("Team: \"A\" # 1") == "\"Team: \\\"A\\\" # 1\"")
        #expect(InitQuestions.yaml("24 hours") == "\"24 hours\"")
        #expect(InitQuestions.yaml("Café Ost") == "Café Ost")
    }

    @Test("more calls need more people, none need one")
    func agents() throws {
        func agents(_ calls: String) throws -> Int {
            let text = try play(["", "", "", calls, "", "", ""]).text.get()
            return try #require(
                text.split(separator: "\n").first { $0.hasPrefix("agents: ") }.flatMap { Int($0.dropFirst(8)) })
        }
        let needs = try ["0", "100", "400", "4000", "400000"].map(agents)
        #expect(needs == needs.sorted())
        #expect(needs[0] == 2)
        // 400,000 calls of 6 minutes in 9 hours are at least 4,444 people's worth of work, 6,350 scheduled.
        #expect(needs[4] > 6350 && needs[4] < 12000)
    }

    @Test("on a real terminal the questions are asked on stderr and answered from stdin")
    func terminal() throws {
        let stage = Stage()
        // A pseudo-terminal by Linux's own calls: unlock it (TIOCSPTLCK) and ask for its number (TIOCGPTN).
        let main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var locked: Int32 = 0
        var number: Int32 = 0
        try #require(main >= 0 && ioctl(main, 0x4004_5431, &locked) == 0 && ioctl(main, 0x8004_5430, &number) == 0)
        let name = "/dev/pts/\(number)"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Stage.programs + "/switchboard")
        process.arguments = ["init", "clinic.yaml"]
        process.currentDirectoryURL = URL(fileURLWithPath: stage.path)
        process.environment = ["TZ": "America/Chicago", "TERM": "xterm"]
        let side = try #require(FileHandle(forUpdatingAtPath: name))
        let out = Pipe()
        process.standardInput = side
        process.standardError = side
        process.standardOutput = out
        let answers = "Maple Street Clinic\n\n\n320\n\n\n\n"
        _ = answers.withCString { write(main, $0, strlen($0)) }
        try process.run()
        process.waitUntilExit()
        try side.close()
        var shown = Data()
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(main, &buffer, buffer.count)
            if count <= 0 { break }
            shown += buffer[..<count]
        }
        close(main)
        let text = String(decoding: shown, as: UTF8.self)
        #expect(process.terminationStatus == 0)
        #expect(text.contains("Name of the team [Clinic]: "))
        #expect(text.contains("wrote clinic.yaml (11 lines). Next: switchboard simulate clinic.yaml"))
        #expect(out.fileHandleForReading.availableData.isEmpty)
        let file = try String(contentsOfFile: stage.path + "/clinic.yaml", encoding: .utf8)
        #expect(file.hasPrefix("name: Maple Street Clinic\ntimezone: America/Chicago\nopen: Mon-Fri 08:00-17:00\n"))
    }
}
