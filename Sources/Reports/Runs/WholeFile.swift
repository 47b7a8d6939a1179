import Foundation
import Simulator

/// One file, there whole or not at all.
public enum WholeFile {
    /// Writes beside the place and renames, so that a failure leaves what was there before.
    public static func write(_ bytes: [UInt8], to path: String) throws(Problem) {
        let folder = PathParts(path).folder
        let name = PathParts(path).name
        let temporary = "\(folder.isEmpty ? "." : folder)/.\(name).\(getpid()).partial"
        do throws(Problem) {
            try Disk.posix.write(bytes, temporary)
            guard rename(temporary, path) == 0 else { throw Disk.problem("create", path) }
        } catch {
            unlink(temporary)
            var problem = error
            problem.message = problem.message.replacing(temporary, with: path)
            problem.hint = "choose another place for the file"
            throw problem
        }
    }
}
