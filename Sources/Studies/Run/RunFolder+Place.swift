import Documents
import Foundation
import Reports
import Tabular

extension RunFolder {
    /// What stands under the path.
    public enum State: Sendable, Equatable {
        /// Nothing.
        case absent
        /// A finished run with this id, every file of it there.
        case complete(id: String)
        /// A run that was stopped, or that lacks some of its files.
        case incomplete(id: String)
        /// Something else, which is not ours to replace.
        case foreign
    }

    /// What stands there now, every file of a run compared with its hash.
    public var state: State { survey().state }

    /// Whether the answer to this very question lies there already, every file as it was written.
    public func isUpToDate(identity: String) -> Bool { survey().answers(identity) }

    /// Refuses to replace what is not this run, and a place that cannot be written: call it before the work, so that
    /// nobody waits in vain. Gives what was found, for `write`.
    @discardableResult
    public func checkWritable(identity: String, force: Bool) throws(Problem) -> Survey {
        let found = survey()
        try check(found, identity: identity, force: force)
        try checkPlace()
        return found
    }

    /// Whether what is there may be replaced by a run of this identity.
    func check(_ found: Survey, identity: String, force: Bool) throws(Problem) {
        switch found.state {
        case .absent: return
        case .foreign: throw foreign()
        case .complete(let id), .incomplete(let id):
            if found.identity != identity && !force {
                let stopped = found.state == .incomplete(id: id) && !found.isComplete ? ", stopped before its end" : ""
                throw Problem(
                    .error, "E721", "\(path) holds another run (\(id)\(stopped))",
                    hint: "choose another folder with -o, or write over it with --force")
            }
            if !force, !found.edited.isEmpty || !found.others.isEmpty { throw changed(found) }
            if let name = found.others.first(where: Self.everyRunsNames.contains) { throw taken(name) }
        }
    }

    private func foreign() -> Problem {
        let what =
            switch PlainFile.kind(path) {
            case .link: "is a link"
            case .file: "is a file"
            case .other: "is a pipe or a device"
            case .tooLong: "is too long a name"
            case .folder, .nothing: "is there already and is not a run's folder"
            }
        return Problem(
            .error, "E721", "\(path) \(what)",
            hint: what == "is a link"
                ? "name the folder that it leads to, or choose another folder with -o"
                : "choose another folder with -o")
    }

    /// Names what would be lost.
    private func changed(_ found: Survey) -> Problem {
        let edited = found.edited.isEmpty ? nil : "files that were changed since: " + Self.listed(found.edited)
        let others = found.others.isEmpty ? nil : "files that are no part of it: " + Self.listed(found.others)
        let way =
            switch (edited, others) {
            case (_?, nil): "or write over the changes with --force"
            case (nil, _): "or replace the run with --force, which leaves these files there"
            default: "or write over the changes with --force, which leaves the other files there"
            }
        return Problem(
            .error, "E721",
            "\(path) holds a run and " + [edited, others].compactMap { $0 }.joined(separator: "; and "),
            hint: "choose another folder with -o, \(way)")
    }

    /// At most five names.
    static func listed(_ names: [String]) -> String {
        names.count <= 6
            ? names.joined(separator: ", ") : names.prefix(5).joined(separator: ", ") + " and \(names.count - 5) more"
    }

    // MARK: The place

    /// Refuses a name that no folder can take, and a folder whose nearest existing parent is none or cannot be written.
    private func checkPlace() throws(Problem) {
        let parts = PathParts(path)
        if [".", "..", "/"].contains(parts.name) {
            throw Problem(
                .error, "E721", "\(path) is not a new folder: a run takes the place of the whole folder",
                hint: "name a folder in it, such as -o \(path == "/" ? "" : path)/week")
        }
        let above: String
        do throws(Problem) { above = try Disk.checkPlace(of: path) } catch { throw Self.withWayOut(error) }
        var (here, aboveIt) = (stat(), stat())
        if lstat(path, &here) == 0, lstat(above, &aboveIt) == 0, here.st_dev != aboveIt.st_dev {
            throw Problem(
                .error, "E721", "\(path) is a disk of its own, which no run can take the place of",
                hint: "name a folder in it, such as -o \(path)/week")
        }
    }

    static func withWayOut(_ problem: Problem) -> Problem {
        var problem = problem
        problem.hint =
            problem.code == "E722"
            ? "nothing was kept; make room, or choose another place with -o"
            : problem.hint ?? "choose another place with -o, or print only with --no-save"
        return problem
    }
}
