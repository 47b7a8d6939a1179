import Foundation
import Simulator

/// A run's folder of files: `output/<scenario>-<command>-<id>/`, there whole or not at all.
///
/// Files are written to a hidden folder beside it that takes the name when everything is there. Nothing is forced
/// to the platter: after a power cut the run can be made again, byte for byte.
public struct RunFolder: Sendable {
    /// As printed, relative to the current folder or as `--out` said.
    public let path: String

    /// The folder `--out` names.
    public init(path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// The folder that a run has when nobody says otherwise; `scenario` is a short name such as `03-riverbend`.
    public init(scenario: String, command: String, id: String, in parent: String = "output") {
        self.init(path: "\(parent)/" + Self.name(scenario: scenario, command: command, id: id))
    }

    /// `riverbend-simulate-7f3a2c1e`, wherever the folder lies.
    public static func name(scenario: String, command: String, id: String) -> String {
        "\(scenario)-\(command)-\(id)"
    }

    /// The short name of a scenario file: its own without ending, or its folder's where it is just `scenario.yaml`;
    /// `scenario` for standard input, and never with a dash in front, which commands would take for an option.
    public static func shortName(ofScenario file: String) -> String {
        let parts = URL(fileURLWithPath: file).standardizedFileURL.pathComponents
        let stem =
            (parts.last ?? "").split(separator: ".", omittingEmptySubsequences: true).first.map(String.init) ?? ""
        let name = stem == "scenario" && parts.count > 2 ? parts[parts.count - 2] : stem
        let plain = name.drop { $0 == "-" }
        return plain.isEmpty ? "scenario" : String(plain)
    }

    /// Names that a run's own files take, whatever tables it has.
    static let reservedNames: Set<String> = Set(
        ["run.json", "scenario.yaml", "datapackage.json", "CITATION.txt", "report.html", "summary.txt", "state.yaml"]
            + [
                "summary", "contact_types", "intervals", "agent_groups", "group_intervals", "replications",
                "requirements", "schedule", "schedule_activities", "roster", "sweep", "compare", "forecast",
            ].map { $0 + ".csv" } + ["contacts.csv.gz"])

    // MARK: Before a run

    /// What stands under the path now.
    public enum State: Sendable, Equatable {
        case absent
        /// A finished run with this id.
        case complete(id: String)
        /// A run that was stopped or whose files are gone: to be replaced.
        case incomplete
        /// Something else, which is not ours to replace.
        case foreign
    }

    public var state: State {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .absent }
        guard isFolder.boolValue else { return .foreign }
        guard let record = record else {
            let files = try? FileManager.default.contentsOfDirectory(atPath: path)
            return files?.isEmpty == true ? .absent : .foreign
        }
        let isWhole = record.outputs.allSatisfy { FileManager.default.fileExists(atPath: "\(path)/\($0.path)") }
        return record.complete && isWhole ? .complete(id: record.id) : .incomplete
    }

    /// Whether the answer to this very question lies there already, every file as it was written.
    public func isUpToDate(id: String) -> Bool { state == .complete(id: id) && verify().isEmpty }

    /// Refuses to replace what is not this run: call it before the work, so that nobody waits in
    /// vain. Also refuses a place that cannot be written.
    public func checkWritable(id: String, force: Bool) throws(Problem) {
        switch state {
        case .absent, .incomplete: break
        case .complete(let there):
            if there != id && !force {
                throw Problem(
                    .error, "E721", "\(path) holds another run (\(there))",
                    hint: "choose another folder with -o, or write over it with --force")
            }
        case .foreign:
            throw Problem(
                .error, "E721", "\(path) is there already and is not a run's folder",
                hint: "choose another folder with -o")
        }
        try checkPlace()
    }

    /// Refuses a folder whose nearest existing parent is no folder or cannot be written.
    private func checkPlace() throws(Problem) {
        var parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        while !FileManager.default.fileExists(atPath: parent), parent != "/" {
            parent = PathParts(parent).folder
        }
        // With "/." a file in the way is told as "not a directory" and not as a lack of permission.
        if access(parent + "/.", W_OK | X_OK) != 0 { throw Self.withWayOut(Disk.problem("create", path)) }
    }

    // MARK: Writing

    /// What a run leaves.
    public struct Contents {
        /// `riverbend-simulate-7f3a2c1e`, in the data package: the same wherever the folder lies.
        public var name: String
        /// The scenario's own name, for people.
        public var title: String
        /// The scenario with every default written out, naming side tables by `SideTable.copyNames`.
        public var scenario: String
        public var sideTables: [SideTable]
        public var tables: [Table]
        /// Tables that were written row by row.
        public var spooled: [SpooledTable]
        /// Other files, such as `report.html`.
        public var files: [(name: String, bytes: [UInt8])]
        public var manifest: RunManifest

        public init(
            name: String, title: String, scenario: String, sideTables: [SideTable] = [], tables: [Table],
            spooled: [SpooledTable] = [], files: [(name: String, bytes: [UInt8])] = [], manifest: RunManifest
        ) {
            self.name = name
            self.title = title
            self.scenario = scenario
            self.sideTables = sideTables
            self.tables = tables
            self.spooled = spooled
            self.files = files
            self.manifest = manifest
        }
    }

    /// Writes everything and puts it in place at once; whatever goes wrong, nothing half-written stays.
    public func write(_ contents: Contents, force: Bool = false) throws(Problem) {
        try write(contents, force: force, disk: .posix)
    }

    func write(_ contents: Contents, force: Bool, disk: Disk) throws(Problem) {
        try checkWritable(id: contents.manifest.id, force: force)
        let parent = PathParts(path).folder
        let name = PathParts(path).name
        let made: [String]
        do throws(Problem) {
            made = try disk.makeFolders(parent)
        } catch {
            throw Self.withWayOut(error)
        }
        let prefix = (parent.isEmpty ? "" : parent == "/" ? "/" : parent + "/")
        Self.removeLeftovers(of: name, in: parent.isEmpty ? "." : parent)
        let temporary = "\(prefix).\(name).\(getpid()).partial"
        do throws(Problem) {
            try disk.makeFolder(temporary)
            for table in contents.spooled { try table.copy(to: "\(temporary)/\(table.fileName)") }
            for file in try files(contents) {
                let target = "\(temporary)/\(file.name)"
                if file.name.contains("/") { _ = try disk.makeFolders(PathParts(target).folder) }
                try disk.write(file.bytes, target)
            }
            try putInPlace(temporary, prefix: prefix, name: name, id: contents.manifest.id, force: force)
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            for folder in made.reversed() { rmdir(folder) }
            // People know the folder that they asked for, not the hidden one.
            var problem = error
            problem.message = problem.message.replacing(temporary, with: path)
            throw Self.withWayOut(problem)
        }
    }

    /// Every file with its bytes, `run.json` last: it names the hashes of the others.
    private func files(_ contents: Contents) throws(Problem) -> [(name: String, bytes: [UInt8])] {
        let manifest = contents.manifest
        var files: [(name: String, bytes: [UInt8])] = []
        var outputs: [RunManifest.File] = []
        func add(_ name: String, _ bytes: [UInt8], rows: Int? = nil) -> String {
            let hash = SHA256.hex(bytes)
            files.append((name, bytes))
            outputs.append(RunManifest.File(path: name, sha256: hash, rows: rows))
            return hash
        }
        var described: [DataPackage.Resource] = []
        for table in contents.tables {
            let bytes = CSV.bytes(table)
            let name = table.name + ".csv"
            let hash = add(name, bytes, rows: table.rows.count)
            described.append(.init(table: table, path: name, bytes: bytes.count, sha256: hash))
        }
        for table in contents.spooled {
            let hash = try table.sha256()
            described.append(.init(table: table.header, path: table.fileName, bytes: table.bytes, sha256: hash))
            outputs.append(RunManifest.File(path: table.fileName, sha256: hash, rows: table.rows))
        }
        let package = DataPackage(
            name: Self.packageName(contents.name), title: contents.title,
            version: manifest.program.version, tables: described)
        _ = add("datapackage.json", package.json.bytes() + [0x0A])
        _ = add("scenario.yaml", Array(contents.scenario.utf8))
        _ = add("CITATION.txt", Array(citation(contents).utf8))
        for file in contents.files { _ = add(file.name, file.bytes) }
        let names = SideTable.copyNames(contents.sideTables.map(\.path))
        var inputs: [RunManifest.File] = []
        for (table, name) in zip(contents.sideTables, names) {
            files.append((name, table.bytes))
            inputs.append(
                RunManifest.File(path: name, sha256: SHA256.hex(table.bytes), rows: table.rows, dialect: table.dialect))
        }
        files.append(("run.json", manifest.json(inputs: inputs, outputs: outputs).bytes(width: 160) + [0x0A]))
        return files
    }

    private func citation(_ contents: Contents) -> String {
        let manifest = contents.manifest
        return """
            To cite these results, name the program and the run:

              Switchboard \(manifest.program.version): contact-center queue simulation and staffing. Computer program.
              Run \(manifest.id), "\(contents.title)", seed \(manifest.seed), \(manifest.runsDone) runs.

            The same bytes again, from this folder:

              \(manifest.reproduce)

            """
    }

    /// Data packages have names of lower-case letters, digits, `.`, `_` and `-`.
    private static func packageName(_ name: String) -> String {
        String(
            name.lowercased().map { character in
                let isPlain = character.isASCII && (character.isLetter || character.isNumber)
                return isPlain || "._-".contains(character) ? character : "-"
            })
    }

    /// Gives the temporary folder its name; a folder in the way steps aside first and goes when the new one stands.
    private func putInPlace(
        _ temporary: String, prefix: String, name: String, id: String, force: Bool
    ) throws(Problem) {
        if rename(temporary, path) == 0 { return }
        guard errno == ENOTEMPTY || errno == EEXIST else { throw Disk.problem("create", path) }
        if !force && isUpToDate(id: id) {
            // Another process asked the same question and was first: its bytes are ours.
            try? FileManager.default.removeItem(atPath: temporary)
            return
        }
        let aside = "\(prefix).\(name).\(getpid()).old.partial"
        guard rename(path, aside) == 0 else { throw Disk.problem("replace", path) }
        guard rename(temporary, path) == 0 else {
            let problem = Disk.problem("create", path)
            rename(aside, path)
            throw problem
        }
        try? FileManager.default.removeItem(atPath: aside)
    }

    /// Removes what processes that are no more left behind when they were killed.
    private static func removeLeftovers(of name: String, in parent: String) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for file in files where file.hasPrefix(".\(name).") && file.hasSuffix(".partial") {
            let process = file.dropFirst(name.count + 2).prefix { $0.isNumber }
            guard let id = pid_t(process), kill(id, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(atPath: "\(parent)/\(file)")
        }
    }

    private static func withWayOut(_ problem: Problem) -> Problem {
        var problem = problem
        problem.hint =
            problem.code == "E722"
            ? "nothing was kept; make room, or choose another place with -o"
            : "choose another place with -o, or print only with --no-save"
        return problem
    }
}
