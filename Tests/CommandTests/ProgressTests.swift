import Foundation
import Synchronization
import Testing

@testable import Commands

@Suite("Progress")
struct ProgressTests {
    private let report = ProgressReport(
        done: 192, total: 400, about: true, watched: "scheduling", value: 0.831, halfWidth: 0.013, goal: 0.01)

    /// A progress line whose clock and sink are ours.
    private final class Bench: Sendable {
        let time = Mutex(100.0)
        let written = Mutex("")

        func progress(_ style: Commands.Progress.Style, unicode: Bool = true, width: Int? = nil)
            -> Commands.Progress
        {
            Commands.Progress(
                "simulating", unit: "runs", style: style, unicode: unicode, width: width,
                seconds: { self.time.withLock { $0 } }, write: { text in self.written.withLock { $0 += text } })
        }

        func wait(_ seconds: Double) { time.withLock { $0 += seconds } }
        func take() -> String {
            written.withLock { text in
                defer { text = "" }; return text
            }
        }
    }

    @Test("the bar is the one that planners know")
    func bar() {
        #expect(
            Bench().progress(.bar).bar(report, elapsed: 19.3)
                == "simulating [█████████▋          ] 48%  192 of about 400 runs  scheduling 83.1% ±1.3, goal ±1.0  0:21 left"
        )
    }

    @Test("without UTF-8 the bar is ASCII")
    func ascii() {
        let text = Bench().progress(.bar, unicode: false).bar(report, elapsed: 19.3)
        #expect(text.hasPrefix("simulating [#########           ] 48%  192 of about 400 runs  scheduling 83.1% +-1.3"))
        #expect(text.utf8.allSatisfy { $0 < 128 })
    }

    @Test("nothing is shown in the first second, then ten bars a second at most, and the line is left clean")
    func pace() {
        let bench = Bench()
        let progress = bench.progress(.bar)
        progress.update(report)
        bench.wait(0.9)
        progress.update(report)
        #expect(bench.take().isEmpty)
        progress.finish()
        #expect(bench.take().isEmpty)
        bench.wait(0.2)
        for _ in 0..<50 { progress.update(report) }
        #expect(bench.take().components(separatedBy: "\r").count - 1 == 1)
        for _ in 0..<100 {
            bench.wait(0.01)
            progress.update(report)
        }
        let drawn = bench.take().components(separatedBy: "\r").count - 1
        #expect((9...10).contains(drawn))
        progress.finish()
        #expect(bench.take() == "\r\u{1B}[K")
    }

    @Test("in a log a line comes when both a tenth of the work and 30 seconds have passed")
    func lines() {
        let bench = Bench()
        let progress = bench.progress(.lines)
        var shown: [Int] = []
        // A run a second of 1,000: the tenth takes longer than 30 s.
        for second in 1...250 {
            bench.wait(1)
            progress.update(ProgressReport(done: second, total: 1000))
            if !bench.take().isEmpty { shown.append(second) }
        }
        #expect(shown == [100, 200])
        let quick = bench.progress(.lines)
        shown = []
        // A run a second of 100: now the 30 s are the later.
        for second in 1...100 {
            bench.wait(1)
            quick.update(ProgressReport(done: second, total: 100))
            if !bench.take().isEmpty { shown.append(second) }
        }
        #expect(shown == [30, 60, 90])
    }

    @Test("a line in a log is whole")
    func line() {
        #expect(
            Bench().progress(.lines).line(report, elapsed: 19.3)
                == "simulating: 48% 192 of about 400 runs, scheduling 83.1% ±1.3, goal ±1.0, about 21s left")
    }

    @Test("when all is done no time is left; before anything is, or beyond what was thought, nobody knows")
    func end() {
        func line(_ done: Int, _ total: Int) -> String {
            Bench().progress(.json).json(ProgressReport(done: done, total: total), elapsed: 12).line
        }
        #expect(line(8, 8).contains(#""seconds_left": 0"#))
        #expect(!line(0, 8).contains("seconds_left") || line(0, 8).contains(#""seconds_left": null"#))
        #expect(!line(9, 8).contains("seconds_left") || line(9, 8).contains(#""seconds_left": null"#))
    }

    @Test("JSON progress is one object a line")
    func json() throws {
        let bench = Bench()
        let progress = bench.progress(.json)
        bench.wait(19.3)
        progress.update(report)
        bench.wait(1)
        progress.update(ProgressReport(done: 0, total: 0))
        let lines = bench.take().split(separator: "\n")
        #expect(
            lines.first
                == #"{"schema": "switchboard/progress/1", "doing": "simulating", "done": 192, "total": 400, "about": true, "watched": "scheduling", "unit": "share", "value": 0.831, "half_width": 0.013, "goal": 0.01, "seconds": 19.3, "seconds_left": 21}"#
        )
        #expect(lines.count == 2)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }

    @Test("none is none, and a narrow terminal cuts the line before it wraps")
    func quietAndNarrow() {
        let bench = Bench()
        bench.wait(5)
        let none = bench.progress(.none)
        let narrow = bench.progress(.bar, width: 40)
        bench.wait(5)
        none.update(report)
        #expect(bench.take().isEmpty)
        narrow.update(report)
        #expect(bench.take().replacing("\r\u{1B}[K", with: "").count == 39)
    }

    @Test(
        "times left are read at a glance",
        arguments: [
            (0.2, "0:01", "1s"), (59.5, "1:00", "1m"), (725, "12:05", "12m"), (3723, "1:02:03", "1h2m"),
            (3600, "1:00:00", "1h"), (1e300, "999:59:59", "1000h"),
        ])
    func times(seconds: Double, clock: String, words: String) {
        #expect(Commands.Progress.clock(seconds) == clock)
        #expect(Commands.Progress.words(seconds) == words)
    }
}
