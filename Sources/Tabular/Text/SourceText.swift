#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// A text file as it was read, so that every problem can show the line and the character it means.
package final class SourceText: Sendable {
    /// The name shown in messages.
    package let name: String
    /// The file's bytes as they lie on the disk; for hashing and copying.
    package let bytes: [UInt8]
    /// The text in UTF-8, without byte order mark.
    package let utf8: [UInt8]
    /// `UTF-8`, `UTF-8 with BOM`, `UTF-16`.
    let encoding: String
    /// Where each line begins in `utf8`.
    private let lineStarts: [Int]

    init(name: String, bytes: [UInt8], utf8: [UInt8], encoding: String) {
        self.name = name
        self.bytes = bytes
        self.utf8 = utf8
        self.encoding = encoding
        var starts = [0]
        for (index, byte) in utf8.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
        lineStarts = starts
    }

    /// A text that stands in no file, such as an option.
    package convenience init(name: String, text: String) {
        let bytes = Array(text.utf8)
        self.init(name: name, bytes: bytes, utf8: bytes, encoding: "UTF-8")
    }

    package var text: String { String(decoding: utf8, as: UTF8.self) }
    package var lineCount: Int { lineStarts.count }

    /// Line `number` (from 1) without its end; empty outside the text.
    package func line(_ number: Int) -> String {
        guard lineStarts.indices.contains(number - 1) else { return "" }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : utf8.count
        if end > start, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: utf8[start..<max(start, end)], as: UTF8.self)
    }

    /// The place of the bytes `range` of `utf8`; cut at the end of its first line.
    package func place(ofBytes range: Range<Int>) -> Problem.Place {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= range.lowerBound { low = middle } else { high = middle }
        }
        let text = line(low + 1)
        let lineEnd = lineStarts[low] + text.utf8.count
        let count = { (from: Int, to: Int) in String(decoding: self.utf8[from..<max(from, to)], as: UTF8.self).count }
        let column = count(lineStarts[low], min(range.lowerBound, lineEnd)) + 1
        let length = count(min(range.lowerBound, lineEnd), min(range.upperBound, lineEnd))
        return Problem.Place(
            file: name, line: low + 1, column: column, endColumn: column + max(1, length), text: text)
    }

    /// The place of `length` characters from a column counted in Unicode scalars from 1, as YAML counts.
    package func place(line number: Int, scalarColumn: Int, length: Int) -> Problem.Place {
        let text = line(number)
        let before = text.unicodeScalars.prefix(scalarColumn - 1)
        let column = String(String.UnicodeScalarView(before)).count + 1
        return Problem.Place(
            file: name, line: number, column: column, endColumn: column + max(1, length), text: text)
    }

    // MARK: From the disk

    /// More than any table of intervals needs; a guard against naming a disk image by mistake.
    private static let mostBytes = 256 << 20

    /// Reads `path`; problems speak of it as `name` and stand where it was asked for.
    package static func read(path: String, name: String, askedAt place: Problem.Place? = nil)
        -> Result<SourceText, Problem>
    {
        let shown = place == nil ? name : "\"\(name)\""
        func unreadable(_ why: String, hint: String? = nil) -> Result<SourceText, Problem> {
            .failure(Problem(.error, ProblemCode.unreadable, "\(shown) \(why)", at: place, hint: hint))
        }
        // Standard input is read as it is: there is no name under which a socket could be opened again.
        let isInput = path == "/dev/stdin"
        let descriptor = isInput ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT, ENOTDIR: return .failure(missing(name, askedAt: place))
            case EACCES: return unreadable("may not be read (no permission)")
            case ENXIO: return unreadable("is a socket, not a file")
            default: return unreadable("cannot be read: \(String(cString: strerror(errno)).lowercased())")
            }
        }
        defer { close(descriptor) }
        var status = stat()
        if fstat(descriptor, &status) == 0 {
            // What a shell passes as <(command) is a pipe under this name, and somebody writes to it.
            let isPassed = isInput || path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/")
            switch status.st_mode & S_IFMT {
            case S_IFDIR: return unreadable("is a folder", hint: place == nil ? "name the scenario file in it" : nil)
            case S_IFREG: break
            case _ where isPassed:
                if !isInput { _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK) }
            case S_IFIFO:
                return unreadable(
                    "is a named pipe, not a file",
                    hint: place == nil
                        ? "give - in its place and let the shell read it: < \(name)" : "save the table as a file")
            default: return unreadable("is a device, not a file")
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(Self.mostBytes, max(0, Int(status.st_size)) + 1))
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                return unreadable("cannot be read: \(String(cString: strerror(errno)))")
            }
            bytes.append(contentsOf: chunk[..<count])
            if bytes.count > Self.mostBytes { return unreadable("is larger than 256 MB") }
        }
        return decode(bytes, name: name)
    }

    /// What is said of a file that is not there.
    package static func missing(_ name: String, askedAt place: Problem.Place?) -> Problem {
        Problem(
            .error, ProblemCode.unreadable, "\(place == nil ? name : "\"\(name)\"") does not exist", at: place,
            hint: place == nil ? nil : "files are looked for beside the scenario")
    }

    /// UTF-8 with or without byte order mark, UTF-16 with one; anything else is told where it goes wrong.
    package static func decode(_ bytes: [UInt8], name: String) -> Result<SourceText, Problem> {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            let little = bytes[0] == 0xFF
            var units: [UInt16] = []
            units.reserveCapacity(bytes.count / 2)
            for index in stride(from: 2, to: bytes.count - 1, by: 2) {
                let (a, b) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
                units.append(little ? a | b << 8 : a << 8 | b)
            }
            guard bytes.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else {
                return .failure(
                    Problem(.error, ProblemCode.encoding, "\(name) is not whole UTF-16", expected: "a text in UTF-8"))
            }
            return .success(SourceText(name: name, bytes: bytes, utf8: Array(text.utf8), encoding: "UTF-16"))
        }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let body = hasMark ? Array(bytes.dropFirst(3)) : bytes
        if let bad = firstInvalid(body) {
            // Shown in Latin-1, which gives every byte a character, so that the caret stands right.
            let start = body[..<bad].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let end = body[bad...].firstIndex(of: UInt8(ascii: "\n")) ?? body.count
            let lead = String(decoding: body[start..<bad], as: UTF8.self)
            let rest = String(String.UnicodeScalarView(body[bad..<end].map { Unicode.Scalar($0) }))
            let line = body[..<bad].count { $0 == UInt8(ascii: "\n") } + 1
            let place = Problem.Place(
                file: name, line: line, column: lead.count + 1, endColumn: lead.count + 2,
                text: lead + rest.filter { $0 != "\r" })
            return .failure(
                Problem(
                    .error, ProblemCode.encoding, "this is not UTF-8 text", at: place, expected: "a text in UTF-8",
                    hint: "save the file again with the encoding UTF-8"))
        }
        return .success(
            SourceText(name: name, bytes: bytes, utf8: body, encoding: hasMark ? "UTF-8 with BOM" : "UTF-8"))
    }

    /// Where the first byte stands that no UTF-8 text has.
    private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var good = 0
        var bad = bytes.count
        // The longest valid prefix, by halving; a prefix that ends inside a character counts as valid.
        while bad - good > 1 {
            let middle = (good + bad) / 2
            let isGood = (0..<4).contains { middle - $0 >= good && isValid(bytes[..<(middle - $0)]) }
            if isGood { good = middle } else { bad = middle }
        }
        while good > 0, !isValid(bytes[..<good]) { good -= 1 }
        return min(good, max(0, bytes.count - 1))
    }

    private static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
