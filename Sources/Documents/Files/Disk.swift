import Foundation
import Tabular

/// The three things that writing a run asks of a file system; tests put a full disk in its place.
package struct Disk: Sendable {
    package var makeFolder: @Sendable (_ path: String) throws(Problem) -> Void
    package var write: @Sendable (_ bytes: [UInt8], _ path: String) throws(Problem) -> Void

    package static let posix = Disk(
        makeFolder: { (path) throws(Problem) in
            if mkdir(path, 0o777) != 0 { throw problem("create", path) }
        },
        write: { (bytes, path) throws(Problem) in try create(path, bytes) })

    /// Makes a folder and those above it; returns the ones that were not there, outermost first.
    package func makeFolders(_ path: String) throws(Problem) -> [String] {
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

    /// Refuses a place whose nearest existing folder cannot take new files, or names that are too long for it: before
    /// the work. Gives that folder.
    @discardableResult
    package static func checkPlace(of path: String) throws(Problem) -> String {
        let parts = PathParts(path)
        var above = parts.folder
        var missing = [parts.name]
        while !above.isEmpty, above != "/", [.nothing, .tooLong].contains(PlainFile.kind(above)) {
            missing.append(PathParts(above).name)
            above = PathParts(above).folder
        }
        if above.isEmpty { above = "." }
        // A folder that was deleted while somebody stands in it takes no new ones, whatever its permissions.
        if above == "." {
            guard let here = getcwd(nil, 0) else {
                throw Problem(
                    .error, "E721", "cannot create \(path): the current folder was deleted",
                    hint: "go to another folder first, or choose a place with -o")
            }
            free(here)
        }
        // With "/." a file in the way is told as "not a directory" and not as a lack of permission.
        if access(above + "/.", W_OK | X_OK) != 0 { throw problem("create", path) }
        let most = pathconf(above, Int32(_PC_NAME_MAX))
        // Room is left for the longest of our own names in a folder.
        if most > 0 && missing.contains(where: { $0.utf8.count > most }) || path.utf8.count > Int(PATH_MAX) - 256 {
            throw Problem(
                .error, "E721", "cannot create \(path): the name is too long", hint: "choose a shorter name with -o")
        }
        return above
    }

    // MARK: Names

    /// Gives a file or folder a new name that nothing else has; false, with `errno`, where something has it.
    ///
    /// `renameat2` alone does it in one step for files and folders; where the file system does not know it, a folder's
    /// name is safe (`rename` replaces none that holds anything) and a file gets its name by a link.
    package static func renameToNew(_ old: String, _ new: String) -> Bool {
        if let done = renameat2(old, new, flags: 1) { return done }
        var status = stat()
        if lstat(old, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return rename(old, new) == 0 }
        if link(old, new) == 0 {
            unlink(old)
            return true
        }
        guard [EPERM, ENOTSUP, ENOSYS].contains(errno) else { return false }
        guard lstat(new, &status) != 0 else {
            errno = EEXIST
            return false
        }
        return rename(old, new) == 0
    }

    /// Exchanges the names of two folders in one step, so that there is always a whole one under each; nil where the
    /// file system cannot.
    package static func exchange(_ one: String, _ other: String) -> Bool? { renameat2(one, other, flags: 2) }

    /// Linux 3.15; nil where kernel, library or file system lack it.
    private static func renameat2(_ old: String, _ new: String, flags: UInt32) -> Bool? {
        guard let call = renameat2Call else { return nil }
        if call(AT_FDCWD, old, AT_FDCWD, new, flags) == 0 { return true }
        return [EINVAL, ENOSYS, ENOTSUP].contains(errno) ? nil : false
    }

    private typealias Renameat2 =
        @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
        ) -> Int32

    /// Found by its name: the library's headers show it only to those who ask for all GNU extensions.
    private static let renameat2Call: Renameat2? = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Renameat2.self) }

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
    package static func problem(_ verb: String, _ path: String) -> Problem {
        let number = errno
        let isDisk = [ENOSPC, EDQUOT, EIO, EFBIG].contains(number)
        return Problem(
            .error, isDisk ? "E722" : "E721",
            "cannot \(verb) \(path): \(String(cString: strerror(number)).lowercased())")
    }
}
