import Foundation

/// Another program that is run to its end, with a limit on its time.
///
/// It is the head of a process group of its own, so that it is killed with all that it has started. What it writes is
/// drained while it runs, so that it never waits for us; nor do we wait for a grandchild that holds its output open.
package struct Subprocess {
    /// How a program ended.
    package struct Outcome: Sendable {
        /// What it returned; 128 + the signal's number where a signal ended it, as shells count.
        package var status: Int32 = 0
        package var output: [UInt8] = []
        package var errors: [UInt8] = []
        /// Whether it was killed for its time, or because nobody wanted it any more.
        package var wasKilled = false
    }

    /// Why it could not be started.
    package struct Failure: Error, CustomStringConvertible {
        package var program: String
        /// In the system's words, such as `No such file or directory`.
        package var reason: String
        package var description: String { "\(program) cannot be started: \(reason)" }
    }

    /// A path, or a name that is looked for on `PATH`.
    package var program: String
    package var arguments: [String]
    /// Written to its standard input, which is then closed.
    package var input: [UInt8] = []
    /// Seconds; infinite for as long as it takes.
    package var timeLimit = Double.infinity
    /// Nil is our own.
    package var environment: [String: String]?
    /// The folder in which it runs; nil is our own.
    package var folder: String?

    package init(_ program: String, _ arguments: [String] = []) {
        self.program = program
        self.arguments = arguments
    }

    /// Runs it; throws `Failure` where it cannot be started. `isCancelled` is asked some fifty times a second.
    package func run(isCancelled: () -> Bool = { false }) throws -> Outcome {
        var outcome = Outcome()
        let (stdin, stdout, stderr) = (try pipe(), try pipe(), try pipe())
        let child = try start(reading: stdin.reading, writing: stdout.writing, stderr.writing)
        for end in [stdin.reading, stdout.writing, stderr.writing] { end.close() }
        let quiet = BrokenPipes()
        defer { quiet.forget() }
        let clock = ContinuousClock()
        let end = timeLimit.isFinite ? clock.now.advanced(by: .seconds(timeLimit)) : nil
        var rest = input[...]
        var status: Int32 = 0
        while waitpid(child, &status, WNOHANG) == 0 {
            if rest.isEmpty { stdin.writing.close() } else { stdin.writing.write(&rest) }
            stdout.reading.drain(into: &outcome.output)
            stderr.reading.drain(into: &outcome.errors)
            if isCancelled() || end.map({ clock.now >= $0 }) == true {
                outcome.wasKilled = true
                kill(-child, SIGKILL)
                waitpid(child, &status, 0)
                break
            }
            PipeEnd.wait([stdout.reading, stderr.reading] + (rest.isEmpty ? [] : [stdin.writing]), milliseconds: 20)
        }
        // Whatever it has started ends with it.
        kill(-child, SIGKILL)
        stdout.reading.drain(into: &outcome.output)
        stderr.reading.drain(into: &outcome.errors)
        outcome.status = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        return outcome
    }

    private func pipe() throws -> (reading: PipeEnd, writing: PipeEnd) {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0 else {
            throw Failure(program: program, reason: String(cString: strerror(errno)))
        }
        return (PipeEnd(ends[0]), PipeEnd(ends[1]))
    }

    private func start(reading stdin: PipeEnd, writing stdout: PipeEnd, _ stderr: PipeEnd) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, end) in [stdin, stdout, stderr].enumerated() {
            posix_spawn_file_actions_adddup2(&actions, end.descriptor, Int32(number))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var nothing = sigset_t()
        sigemptyset(&nothing)
        posix_spawnattr_setsigmask(&attributes, &nothing)
        // The C library's own way into a folder is no part of every system's headers.
        let line = folder.map { ["env", "-C", $0, program] } ?? [program]
        let words = (line + arguments).map { strdup($0) } + [nil]
        let settings =
            (environment ?? ProcessInfo.processInfo.environment).sorted { $0.key < $1.key }
            .map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var child: pid_t = 0
        let code = posix_spawnp(&child, line[0], &actions, &attributes, words, settings)
        guard code == 0 else { throw Failure(program: program, reason: String(cString: strerror(code))) }
        return child
    }
}

/// While a program may end before it has read everything, that must not end us: this thread hears of no broken pipe.
private struct BrokenPipes {
    private var signals = sigset_t()
    private var before = sigset_t()

    init() {
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, &before)
    }

    func forget() {
        var (signals, before) = (signals, before)
        var none = timespec()
        while sigtimedwait(&signals, nil, &none) == SIGPIPE {}
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}

/// One end of a pipe, never waited for, and closed with the last who holds it.
private final class PipeEnd {
    private(set) var descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        // Not inherited by other programs that start meanwhile, which would keep it open.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close() }

    func close() {
        guard descriptor >= 0 else { return }
        _ = Foundation.close(descriptor)
        descriptor = -1
    }

    /// Takes what is there.
    func drain(into bytes: inout [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while descriptor >= 0, isReady(POLLIN) {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return close() }
            bytes += buffer[..<count]
        }
    }

    /// Gives what has room; where nobody reads any more the rest is dropped.
    func write(_ bytes: inout ArraySlice<UInt8>) {
        while !bytes.isEmpty, isReady(POLLOUT) {
            // A pipe that is ready takes at least this much at once.
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, min($0.count, Int(PIPE_BUF)))
            }
            if count < 0 { bytes = [] } else { bytes = bytes.dropFirst(count) }
        }
    }

    private func isReady(_ event: Int32) -> Bool {
        var asked = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        return poll(&asked, 1, 0) == 1
    }

    static func wait(_ ends: [PipeEnd], milliseconds: Int32) {
        var asked = ends.filter { $0.descriptor >= 0 }.map {
            pollfd(fd: $0.descriptor, events: Int16(POLLIN | POLLOUT), revents: 0)
        }
        poll(&asked, nfds_t(asked.count), milliseconds)
    }
}
