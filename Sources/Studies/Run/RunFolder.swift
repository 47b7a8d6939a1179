import Documents
import Foundation
import Reports
import Tabular

/// A run's folder of files: `output/<scenario>-<command>-<id>/`, there whole or not at all.
///
/// Files are written to a hidden folder beside it that takes the name when everything is there. What others put into
/// the folder is never removed. Nothing is forced to the platter: after a power cut the run can be made again, byte
/// for byte.
public struct RunFolder: Sendable {
    /// As printed, relative to the current folder or as `--out` said.
    public let path: String

    /// The folder `--out` names.
    public init(path: String) {
        var rest = Substring(path)
        while rest.utf8.count > 1, rest.hasSuffix("/") { rest.removeLast() }
        self.path = String(rest)
    }

    /// The folder that a run has when nobody says otherwise; `scenario` is a short name such as `03-riverbend`.
    ///
    /// Its name ends in the first 8 digits of the identity, or in more of them where a run of another identity has
    /// those already.
    public init(scenario: String, command: String, identity: String, in parent: String = "output") {
        for length in [8, 12, 16, 24, 32] {
            let id = String(identity.prefix(length))
            self.init(path: "\(parent)/" + Self.name(scenario: scenario, command: command, id: id))
            guard let there = record?.identity, there != identity else { return }
        }
        self.init(path: "\(parent)/" + Self.name(scenario: scenario, command: command, id: identity))
    }

    /// `riverbend-simulate-7f3a2c1e`, wherever the folder lies.
    public static func name(scenario: String, command: String, id: String) -> String {
        "\(scenario)-\(command)-\(id)"
    }

    /// Whether runs of a scenario by a command lie in the usual place.
    public static func isAny(scenario: String, command: String, in parent: String = "output") -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        let beginning = name(scenario: scenario, command: command, id: "")
        return names.contains { $0.hasPrefix(beginning) && !$0.dropFirst(beginning.count).contains("-") }
    }

    /// The short name of a scenario file: its own without ending, or its folder's where it is just `scenario.yaml`;
    /// `scenario` for standard input, and never with a dash in front, which commands would take for an option.
    public static func shortName(ofScenario file: String) -> String {
        // "scenario.yaml" alone is called after the folder one stands in, where that is still there.
        let whole = file.hasPrefix("/") ? file : FileManager.default.currentDirectoryPath + "/" + file
        var parts: [String] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        let stem =
            (parts.last ?? "").split(separator: ".", omittingEmptySubsequences: true).first.map(String.init) ?? ""
        let name = stem == "scenario" && parts.count > 1 ? parts[parts.count - 2] : stem
        let plain = name.drop { $0 == "-" }
        return plain.isEmpty ? "scenario" : String(plain)
    }

    /// Names that a run's own files take, whatever tables it has.
    static let reservedNames: Set<String> = Set(
        ["run.json", "scenario.yaml", "datapackage.json", "CITATION.txt", "report.html", "summary.txt", "state.yaml"]
            + EveryTable.runFiles
            + [
                "requirements", "schedule", "schedule_activities", "roster", "sweep", "compare", "forecast",
            ].map { $0 + ".csv" })

    /// The same but for tables of other commands, which may lie beside a run's own.
    static let everyRunsNames = reservedNames.subtracting(
        ["requirements", "schedule", "schedule_activities", "roster", "sweep", "compare", "forecast"].map {
            $0 + ".csv"
        })

    // MARK: What is written

    /// What a run leaves.
    public struct Contents {
        /// `riverbend-simulate-7f3a2c1e`, in the data package: the same wherever the folder lies.
        public var name: String
        /// The scenario's own name, for people.
        public var title: String
        /// The scenario with every default written out, naming side tables by `SideTable.copyNames`.
        public var scenario: String
        /// The files that the scenario reads besides itself.
        public var sideTables: [SideTable]
        /// Tables that are held in memory, each a CSV file.
        public var tables: [Table]
        /// Tables that were written row by row.
        public var spooled: [SpooledTable]
        /// Other files, such as `report.html`.
        public var files: [(name: String, bytes: [UInt8])]
        /// What `run.json` says, but for the hashes.
        public var manifest: RunManifest

        /// Without side tables, spooled tables and other files unless they are given.
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

    /// Every file with its bytes, `run.json` last: it names the hashes of the others.
    func files(_ contents: Contents) throws(Problem) -> [(name: String, bytes: [UInt8])] {
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
        files.append(("run.json", manifest.bytes(inputs: inputs, outputs: outputs)))
        return files
    }

    private func citation(_ contents: Contents) -> String {
        let manifest = contents.manifest
        // A long run that was stopped is no other question's answer: only the whole of it can be had again.
        let isPart = !manifest.complete && manifest.done.full == manifest.asked.full
        return """
            To cite these results, name the program and the run:

              Switchboard \(manifest.program.version): contact-center queue simulation and staffing. Computer program.
              Run \(manifest.done.id), "\(TerminalText.line(contents.title))", seed \(manifest.seed), \(manifest.runsDone) runs.

            \(isPart ? "The whole run, of which this is the part before it was stopped" : "The same bytes again"), from this folder:

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
}
