import Foundation
import Testing

@Suite("Transcripts")
struct TranscriptTests {
    /// `RECORD_GOLDEN=1 swift test` writes what the program prints now, and fails so that nobody forgets to look.
    private static let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

    @Test("every transcript plays as it is written", arguments: Transcript.all)
    func plays(_ transcript: Transcript) throws {
        let (expected, actual) = try transcript.played()
        if Self.isRecording && actual != expected {
            try Data(actual.utf8).write(to: transcript.url)
            Issue.record("recorded \(transcript): read the difference before you commit it")
            return
        }
        #expect(actual == expected, "\(firstDifference(expected, actual))")
    }

    @Test("there are transcripts")
    func some() {
        #expect(!Transcript.all.isEmpty)
    }

    private func firstDifference(_ expected: String, _ actual: String) -> String {
        let (a, b) = (expected.components(separatedBy: "\n"), actual.components(separatedBy: "\n"))
        for line in 0..<max(a.count, b.count) {
            let (x, y) = (line < a.count ? a[line] : "(end)", line < b.count ? b[line] : "(end)")
            if x != y { return "line \(line + 1)\nexpected: \(x)\nactual:   \(y)" }
        }
        return "no difference"
    }
}
