import Foundation
import Tabular

/// A file that has no name any more: whatever ends the program, nothing stays behind.
package final class TemporaryFile {
    private(set) var bytes = 0
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init() throws(Problem) {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var path = Array("\(folder)/switchboard-XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else {
            throw Problem(
                .error, "E721", "cannot create a temporary file in \(folder): \(String(cString: strerror(errno)))",
                hint: "set TMPDIR to a folder that can be written")
        }
        unlink(path)
    }

    deinit { close(descriptor) }

    func append(_ more: [UInt8]) throws(Problem) {
        bytes += more.count
        buffer += more
        if buffer.count > 1 << 18 { try flush() }
    }

    private func flush() throws(Problem) {
        try Self.write(buffer, to: descriptor, "a temporary file")
        buffer.removeAll(keepingCapacity: true)
    }

    /// Lower-case hexadecimal digits of the whole file's SHA-256.
    func sha256() throws(Problem) -> String {
        try flush()
        return SHA256.hex(file: descriptor)
    }

    /// Copies the whole file to a new one.
    func copy(to path: String) throws(Problem) {
        let target = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
        guard target >= 0 else { throw Disk.problem("create", path) }
        defer { close(target) }
        try forEachChunk { (chunk) throws(Problem) in try Self.write(chunk, to: target, path) }
    }

    /// Reads the whole file piece by piece.
    package func forEachChunk(_ body: ([UInt8]) throws(Problem) -> Void) throws(Problem) {
        try flush()
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        var offset: off_t = 0
        while true {
            let count = pread(descriptor, &chunk, chunk.count, offset)
            guard count >= 0 else { throw Disk.problem("read", "a temporary file") }
            if count == 0 { return }
            try body(Array(chunk[..<count]))
            offset += off_t(count)
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(Problem) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress! + done, bytes.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Disk.problem("write", path) }
            done += count
        }
    }
}
