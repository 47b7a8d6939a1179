import Documents
import Foundation
import Reports
import Tabular

extension RunFolder {
    /// Where a run came to lie.
    public enum Saved: Sendable, Equatable {
        /// In this folder.
        case here
        /// The same run lay there already, and at least as much of it.
        case already
        /// Something else had taken the place in the meantime.
        case elsewhere(String)
    }

    /// Writes everything and puts it in place at once; whatever goes wrong, nothing half-written stays, and what lay
    /// there stays as it was. Files of others are taken over into the new folder.
    ///
    /// - Parameter found: what `checkWritable` gave before the work; what came there since is not replaced, and the run
    ///   is saved beside it.
    @discardableResult
    public func write(_ contents: Contents, force: Bool = false, found: Survey? = nil) throws(Problem) -> Saved {
        try write(contents, force: force, found: found, disk: .posix)
    }

    @discardableResult
    func write(_ contents: Contents, force: Bool, found: Survey? = nil, disk: Disk) throws(Problem) -> Saved {
        let before: Survey
        if let found {
            before = found
        } else {
            before = try checkWritable(identity: contents.manifest.identity, force: force)
        }
        let parent = PathParts(path).folder
        let made: [String]
        do throws(Problem) {
            made = try disk.makeFolders(parent)
        } catch {
            throw Self.withWayOut(error)
        }
        Self.removeLeftovers(in: parent.isEmpty ? "." : parent)
        let beside = parent.isEmpty ? "" : parent == "/" ? "/" : parent + "/"
        let temporary = beside + PartialName().text
        do throws(Problem) {
            try disk.makeFolder(temporary)
            for table in contents.spooled { try table.copy(to: "\(temporary)/\(table.fileName)") }
            for file in try files(contents) {
                let target = "\(temporary)/\(file.name)"
                if file.name.contains("/") { _ = try disk.makeFolders(PathParts(target).folder) }
                try disk.write(file.bytes, target)
            }
            return try putInPlace(temporary, contents.manifest, before: before, force: force)
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            for folder in made.reversed() { rmdir(folder) }
            // People know the folder that they asked for, not the hidden one.
            var problem = error
            problem.message = problem.message.replacing(temporary, with: path)
            throw Self.withWayOut(problem)
        }
    }

    // MARK: The last step

    /// Gives the written folder its name, according to what is there now.
    private func putInPlace(
        _ temporary: String, _ manifest: RunManifest, before: Survey, force: Bool
    ) throws(Problem) -> Saved {
        // Each try may find that another process was faster by a hair.
        for _ in 0..<5 {
            let now = survey()
            if case .absent = now.state {
                if rename(temporary, path) == 0 { return .here }
                guard [ENOTEMPTY, EEXIST, ENOTDIR].contains(errno) else { throw Disk.problem("create", path) }
                continue
            }
            if isAlready(now, manifest, force: force) {
                try? FileManager.default.removeItem(atPath: temporary)
                return .already
            }
            do throws(Problem) {
                // What came while the run was played is not what --force was said of.
                try check(now, identity: manifest.identity, force: force && now == before)
                if try replace(now, by: temporary) { return .here }
            } catch {
                // Had that been known before the work, it would not have been begun; now it is not to be lost.
                break
            }
        }
        return .elsewhere(try putBeside(temporary, manifest))
    }

    /// Whether the same question was answered there meanwhile, as whole as this answer is: its bytes are ours.
    private func isAlready(_ now: Survey, _ manifest: RunManifest, force: Bool) -> Bool {
        if force { return false }
        if now.answers(manifest.identity) { return true }
        return !manifest.complete && now.identity == manifest.identity && now.edited.isEmpty
            && now.runsDone > manifest.runsDone
    }

    /// Exchanges the folders' names, others' files first brought into the new one; false where what is there changed
    /// at that moment.
    private func replace(_ now: Survey, by temporary: String) throws(Problem) -> Bool {
        for name in now.others where !isFree(name, in: temporary) { throw taken(name) }
        for name in now.others { try carry(name, to: temporary) }
        guard let exchanged = Disk.exchange(temporary, path) else {
            return try replaceInTwoSteps(now, by: temporary)
        }
        guard exchanged else {
            if errno == ENOENT { return false }
            throw Disk.problem("replace", path)
        }
        clearAway(temporary, now)
        return true
    }

    /// Where names cannot be exchanged, the old folder steps aside first: under a name that people find, should the
    /// program end between the two steps.
    private func replaceInTwoSteps(_ now: Survey, by temporary: String) throws(Problem) -> Bool {
        let aside = "\(path)-replaced-\(PartialName().random)"
        guard rename(path, aside) == 0 else {
            if errno == ENOENT { return false }
            throw Disk.problem("replace", path)
        }
        guard rename(temporary, path) == 0 else {
            let problem = Disk.problem("create", path)
            rename(aside, path)
            throw problem
        }
        clearAway(aside, now)
        return true
    }

    /// Removes a replaced run; what somebody put there at the last moment goes into the new folder.
    private func clearAway(_ old: String, _ now: Survey) {
        let late = Self.leaves(of: old).filter { !now.others.contains($0) && $0 != "run.json" }
        let listed = RunFolder(path: old).record?.files ?? [:]
        for name in late where listed[name] == nil {
            let target = "\(path)/\(name)"
            _ = try? Disk.posix.makeFolders(PathParts(target).folder)
            if !Disk.renameToNew("\(old)/\(name)", target) {
                _ = Disk.renameToNew("\(old)/\(name)", "\(target).\(PartialName().random)")
            }
        }
        RunFolder(path: old).removeOwnFiles(but: Set(now.others))
    }

    /// Gives a file of others a second name in the new folder, so that it is whole in one or the other whatever happens;
    /// copies it where files have but one name.
    private func carry(_ name: String, to temporary: String) throws(Problem) {
        let (old, new) = ("\(path)/\(name)", "\(temporary)/\(name)")
        _ = try Disk.posix.makeFolders(PathParts(new).folder)
        if PlainFile.kind(old) == .folder {
            if PlainFile.kind(new) == .nothing { try Disk.posix.makeFolder(new) }
        } else if link(old, new) != 0, errno != EEXIST {
            do {
                try FileManager.default.copyItem(atPath: old, toPath: new)
            } catch {
                throw Problem(
                    .error, "E721", "cannot take over \(old)",
                    hint: "move it elsewhere, or choose another folder with -o")
            }
        }
    }

    /// Whether the new run has nothing of that name; two folders of one name are one.
    private func isFree(_ name: String, in temporary: String) -> Bool {
        let kind = PlainFile.kind("\(temporary)/\(name)")
        return kind == .nothing || kind == .folder && PlainFile.kind("\(path)/\(name)") == .folder
    }

    func taken(_ name: String) -> Problem {
        Problem(
            .error, "E721",
            "\(path)/\(name) is no part of the run that is there, and the new one has a file of that name",
            hint: "move it elsewhere, or choose another folder with -o")
    }

    /// The place is another's now: this run stands beside it, under a name with its id.
    private func putBeside(_ temporary: String, _ manifest: RunManifest) throws(Problem) -> String {
        for end in ["", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"] {
            let other = "\(path)-\(manifest.id)\(end)"
            if Disk.renameToNew(temporary, other) { return other }
        }
        throw Disk.problem("create", "\(path)-\(manifest.id)")
    }

    /// Removes what dead processes of this computer left in a folder when they were killed.
    private static func removeLeftovers(in folder: String) {
        for path in PartialName.leftovers(in: folder) {
            if PlainFile.kind(path) == .folder {
                RunFolder(path: path).removeOwnFiles()
            } else {
                unlink(path)
            }
        }
    }
}
