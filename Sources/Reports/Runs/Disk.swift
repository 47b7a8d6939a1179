import Foundation
import Simulator

/// The three things that writing a run asks of a file system; tests put a full disk in its place.
struct Disk: Sendable {
    var makeFolder: @Sendable (_ path: String) throws(Problem) -> Void
    var write: @Sendable (_ bytes: [UInt8], _ path: String) throws(Problem) -> Void

    static let posix = Disk(
        makeFolder: { (path) throws(Problem) in
            if mkdir(path, 0o777) != 0 { throw problem("create", path) }
        },
        write: { (bytes, path) throws(Problem) in try create(path, bytes) })

    /// Makes a folder and those above it; returns the ones that were not there, outermost first.
    func makeFolders(_ path: String) throws(Problem) -> [String] {
        guard !path.isEmpty, path != "/", path != "." else { return [] }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue { return [] }
        let above = try makeFolders(PathParts(path).folder)
        do throws(Problem) {
            try makeFolder(path)
        } catch {
            // Another process may have been faster.
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue { return above }
            for folder in above.reversed() { rmdir(folder) }
            throw error
        }
        return above + [path]
    }

    private static func create(_ path: String, _ bytes: [UInt8]) throws(Problem) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
        guard file >= 0 else { throw problem("create", path) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress! + done, bytes.count - done) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let failure = problem("write", path)
                close(file)
                throw failure
            }
            done += count
        }
        // Some file systems tell of a full disk only here.
        guard close(file) == 0 else { throw problem("write", path) }
    }

    /// What `errno` says, as a disk error (E722) or as a place that cannot be written (E721).
    static func problem(_ verb: String, _ path: String) -> Problem {
        let number = errno
        let isDisk = [ENOSPC, EDQUOT, EIO, EFBIG].contains(number)
        return Problem(
            .error, isDisk ? "E722" : "E721",
            "cannot \(verb) \(path): \(String(cString: strerror(number)).lowercased())")
    }
}
