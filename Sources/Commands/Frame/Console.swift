import Documents
import Foundation
import Reports
import Simulator
import Tabular

/// Where results and notes go and how they may look there: results to stdout, everything else to stderr.
struct Console: Sendable {
    enum ColorChoice: String, Sendable, CaseIterable { case auto, always, never }
    enum Verbosity: Int, Sendable { case quiet, normal, verbose }

    /// One of the two streams; judged on its own, since one may be a terminal and the other a file.
    struct Stream: Sendable {
        var isTerminal: Bool
        var usesColor: Bool
        /// Characters across; nil where lines may be as long as they like.
        var width: Int?
        /// The bytes as they are; text for people goes through `show`.
        var write: @Sendable ([UInt8]) throws -> Void
    }

    var out: Stream
    var err: Stream
    var verbosity: Verbosity = .normal
    /// The result is one JSON document, and problems are JSON too.
    var json = false
    /// The locale's characters are UTF-8, so that bars and signs may be more than ASCII.
    var unicode = true
    /// Questions may be asked: stdin and stderr are terminals and nobody said `--no-input`.
    var canAsk = false

    /// Writes text for people to stdout. A reader that has gone, as `head` does when it has enough, is no error: the
    /// command goes on to its end and its exit status.
    ///
    /// - Parameter kept: where the same is saved, for the message when stdout cannot take it.
    func result(_ text: String, kept: String? = nil) throws {
        try write(Array(TerminalText.lines(text, color: out.usesColor).utf8), kept: kept)
    }

    /// Writes a report to stdout, as its terminal wants it.
    func show(_ report: Report, kept: String? = nil) throws {
        try result(report.text(color: out.usesColor, width: out.width, unicode: unicode), kept: kept)
    }

    /// Writes the bytes of a table or document to stdout, exactly; on a terminal as text for people.
    func result(_ bytes: [UInt8], kept: String? = nil) throws {
        guard out.isTerminal else { return try write(bytes, kept: kept) }
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        try write(Array(TerminalText.lines(text, color: out.usesColor).utf8), kept: kept)
    }

    private func write(_ bytes: [UInt8], kept: String?) throws {
        do {
            try out.write(bytes)
        } catch is ClosedPipe {
        } catch var problem as Problem {
            if let kept { problem.hint = "nothing is lost: it is saved in \(kept)" }
            throw problem
        }
    }

    /// One line for people, on stderr, unless `--quiet`.
    func note(_ line: String) {
        if verbosity != .quiet { report(TerminalText.line(line)) }
    }

    /// One line for the curious, on stderr, only with `--verbose`.
    func detail(_ line: String) {
        if verbosity == .verbose { report(TerminalText.line(line)) }
    }

    /// Prints problems to stderr: at most 20, then their tally; as JSON with `--json`; only errors with `--quiet`.
    func report(_ problems: [Problem], outcome: String = ProblemList.nothingRun) {
        let shown = verbosity == .quiet ? problems.filter { $0.severity == .error } : problems
        guard !shown.isEmpty else { return }
        let list = ProblemList(shown, outcome: outcome)
        report(json ? list.json : list.text(color: err.usesColor))
    }

    /// Writes lines to stderr; a stderr that is gone is no reason to lose a result.
    func report(_ lines: String) {
        try? err.write(Array((TerminalText.lines(lines, color: err.usesColor) + "\n").utf8))
    }
}

extension Console {
    /// The program's own streams, as the options and the environment (`NO_COLOR`, `TERM`, `LC_ALL` …) want them.
    static func standard(
        color: ColorChoice = .auto, verbosity: Verbosity = .normal, json: Bool = false, mayAsk: Bool = true,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Console {
        func stream(_ descriptor: Int32) -> Stream {
            let isTerminal = isatty(descriptor) != 0
            return Stream(
                isTerminal: isTerminal,
                usesColor: usesColor(color, isTerminal: isTerminal, environment: environment),
                width: isTerminal ? terminalWidth(descriptor, environment: environment) : nil,
                write: { try writeAll($0, to: descriptor) })
        }
        let err = stream(STDERR_FILENO)
        return Console(
            out: stream(STDOUT_FILENO), err: err, verbosity: verbosity, json: json, unicode: isUTF8(environment),
            canAsk: mayAsk && err.isTerminal && isatty(STDIN_FILENO) != 0)
    }

    /// `--color` decides; left to itself, a stream has colour if it is a terminal that is not `dumb` and `NO_COLOR`
    /// is unset or empty (no-color.org).
    static func usesColor(_ choice: ColorChoice, isTerminal: Bool, environment: [String: String]) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        case .auto: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        }
    }

    /// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set names the characters (POSIX).
    static func isUTF8(_ environment: [String: String]) -> Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
        let plain = locale.lowercased()
        return plain.contains("utf-8") || plain.contains("utf8")
    }

    private static func terminalWidth(_ descriptor: Int32, environment: [String: String]) -> Int {
        if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}

/// The reader of our output has gone, as `head` does when it has enough.
struct ClosedPipe: Error {}

/// Puts a stream that refuses everything in place of each of the three that is closed: else the first file that the
/// program opens would become its stdout, and results would be written into it.
func openStandardStreams() {
    for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
        // The lowest number that is free is this one, since those below are open.
        _ = open("/dev/null", mode)
    }
}

/// Writes all bytes, however many calls that takes.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws {
    var done = 0
    while done < bytes.count {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + done, bytes.count - done) }
        if count >= 0 {
            done += count
        } else if errno == EPIPE {
            throw ClosedPipe()
        } else if errno == EAGAIN {
            var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&ready, 1, -1)
        } else if errno != EINTR {
            throw Problem(.error, "E722", "cannot write the result: \(String(cString: strerror(errno)).lowercased())")
        }
    }
}
