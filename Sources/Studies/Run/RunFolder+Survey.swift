import Documents
import Foundation
import Reports

extension RunFolder {
    /// What lies under the path, file by file: what the run wrote, what was changed since, and what others put there.
    public struct Survey: Sendable, Equatable {
        /// What stands under the path.
        public internal(set) var state: State
        /// The run's, 64 digits; nil where there is no run, or none that says it.
        var identity: String?
        /// Whether the run came to its end.
        var isComplete = false
        var runsDone = 0
        /// Files of the run that are not as it wrote them, `run.json` among them.
        var edited: [String] = []
        /// What the run did not write; empty folders too.
        var others: [String] = []
        /// The digest of `run.json`: the same run only if it is the same.
        var stamp: String?

        /// Whether nothing needs to be run again.
        func answers(_ identity: String) -> Bool {
            guard case .complete = state else { return false }
            return self.identity == identity && edited.isEmpty
        }
    }

    /// Looks at every file under the path; files of a run are read whole, for their hashes.
    public func survey() -> Survey {
        switch PlainFile.kind(path) {
        case .nothing: return Survey(state: .absent)
        case .file, .link, .other, .tooLong: return Survey(state: .foreign)
        case .folder: break
        }
        guard let document = PlainFile.bytes(path + "/run.json"), let record = Record(document) else {
            let files = try? FileManager.default.contentsOfDirectory(atPath: path)
            return Survey(state: files?.isEmpty == true ? .absent : .foreign)
        }
        var survey = Survey(
            state: .foreign, identity: record.identity, isComplete: record.complete, runsDone: record.runsDone,
            stamp: SHA256.hex(document))
        if !RunManifest.isAsWritten(document) { survey.edited.append("run.json") }
        let listed = record.files
        var missing = Set(listed.keys)
        for name in Self.leaves(of: path) where name != "run.json" {
            guard let hash = listed[name] else {
                survey.others.append(name)
                continue
            }
            missing.remove(name)
            if SHA256.hex(path: "\(path)/\(name)") != hash { survey.edited.append(name) }
        }
        survey.state = record.complete && missing.isEmpty ? .complete(id: record.id) : .incomplete(id: record.id)
        return survey
    }

    /// Everything in a folder that is no folder, and folders that hold nothing, by their paths in it, in order; links
    /// are not followed.
    static func leaves(of folder: String, under inside: String = "") -> [String] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        if names.isEmpty { return inside.isEmpty ? [] : [inside] }
        return names.flatMap { name -> [String] in
            let path = inside.isEmpty ? name : inside + "/" + name
            return PlainFile.kind("\(folder)/\(name)") == .folder
                ? leaves(of: "\(folder)/\(name)", under: path) : [path]
        }
    }

    // MARK: Taking away

    /// Removes what a run wrote, and what else has a name elsewhere (`but` and files of several names); then the
    /// folder, if nothing is left in it.
    ///
    /// Of a folder without `run.json` everything: it was never finished, and all in it was written by us.
    func removeOwnFiles(but carried: Set<String> = []) {
        guard let document = PlainFile.bytes(path + "/run.json"), let record = Record(document) else {
            try? FileManager.default.removeItem(atPath: path)
            return
        }
        let listed = record.files
        for name in Self.leaves(of: path) {
            let whole = "\(path)/\(name)"
            var status = stat()
            let hasOtherName = lstat(whole, &status) == 0 && status.st_nlink > 1 && status.st_mode & S_IFMT != S_IFDIR
            if name == "run.json" || listed[name] != nil || carried.contains(name) || hasOtherName { unlink(whole) }
        }
        Self.removeEmptyFolders(path)
    }

    /// From the inside out.
    private static func removeEmptyFolders(_ folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where PlainFile.kind("\(folder)/\(name)") == .folder { removeEmptyFolders("\(folder)/\(name)") }
        rmdir(folder)
    }
}
