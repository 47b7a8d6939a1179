import Foundation
import Tabular

/// One file, there whole or not at all.
public enum WholeFile {
    /// Refuses a place where something lies already, unless it may be replaced; and always one that is no file: call it
    /// before the work, so that nobody waits in vain.
    public static func check(_ path: String, replacing: Bool) throws(Problem) {
        switch PlainFile.kind(path) {
        case .nothing: break
        case .file where replacing: break
        case .file:
            throw Problem(.error, "E721", "\(path) is there already", hint: "add --force to write over it")
        case .folder:
            throw Problem(.error, "E721", "\(path) is a folder", hint: "choose another name for the file")
        case .link:
            throw Problem(
                .error, "E721", "\(path) is a link", hint: "name the file that it leads to, or choose another name")
        case .other:
            throw Problem(
                .error, "E721", "\(path) is a pipe or a device, not a file", hint: "choose another name for the file")
        case .tooLong:
            throw Problem(.error, "E721", "\(path) is too long a name", hint: "choose a shorter name for the file")
        }
        do throws(Problem) { try Disk.checkPlace(of: path) } catch {
            var problem = error
            problem.hint = problem.hint ?? "choose another place for the file"
            throw problem
        }
    }

    /// Writes beside the place and puts it there in one step, so that a failure leaves what was there before; without
    /// `replacing`, what came there in the meantime stays and the file is refused.
    public static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(Problem) {
        try check(path, replacing: replacing)
        let folder = PathParts(path).folder
        let temporary = "\(folder.isEmpty ? "." : folder)/\(PartialName().text)"
        do throws(Problem) {
            try Disk.posix.write(bytes, temporary)
            guard replacing ? rename(temporary, path) == 0 : Disk.renameToNew(temporary, path) else {
                throw Disk.problem("create", path)
            }
        } catch {
            unlink(temporary)
            var problem = error
            problem.message = problem.message.replacing(temporary, with: path)
            problem.hint = "choose another place for the file"
            throw problem
        }
    }
}
