import Foundation
import Simulator
import TestSupport
import Testing

@testable import Documents
@testable import Reports
@testable import Studies
@testable import Tabular

@Suite("Run folders")
struct RunFolderTests {
    private let place = TemporaryFolder()
    private var parent: String { place.path + "/output" }
    private var folder: RunFolder { RunFolder(path: parent + "/week") }

    private func identity(runs: String = "412") -> RunIdentity {
        RunIdentity(
            command: "simulate", expandedScenario: "name: Maple Street Clinic\n",
            sideTables: [SideTable(path: "arrivals.csv", bytes: Array("a,b\n".utf8))], options: [("runs", runs)],
            seed: 20_260_302, version: "1.0.0", numbers: 3, clocks: "America/Chicago 0s -06:00")
    }

    private func contents(
        runs: String = "412", complete: Bool = true, threads: Int = 2, runsDone: Int = 412
    ) -> RunFolder.Contents {
        let identity = identity(runs: runs)
        let manifest = RunManifest(
            asked: identity, complete: complete, commandLine: "switchboard simulate clinic.yaml",
            program: .init(
                version: "1.0.0", numbers: 3, commit: nil, compiler: "Swift 6", os: "Linux", cpu: "2 threads"),
            started: "2026-02-27T09:15:02-06:00", finished: "2026-02-27T09:15:23-06:00", seconds: 21.4004,
            threads: threads, seed: 20_260_302, generator: "philox4x32-10", streams: "one per run and cause",
            runsDone: runsDone, stopReason: "precision", confidence: 0.95, serviceLevelRule: "of_all_offered",
            timezone: "America/Chicago", tzdata: "2026a", assumed: [("contact_types.calls.patience", "3m")],
            warnings: ["W510"], reproduce: "switchboard simulate scenario.yaml --seed 20260302 --runs 412")
        let table = Table(
            "contact_types",
            columns: [
                .init("contact_type", "Which.", kind: .text), .init("offered"), .init("asa_s", "Mean wait."),
                .init("abandon_pct_lo"), .init("start", kind: .time),
            ],
            rows: [[.text("calls"), .count(7), .number(21.5), .blank, .text("08:00")]], key: ["contact_type"])
        return RunFolder.Contents(
            name: "clinic-simulate-\(identity.id)", title: "Maple Street Clinic",
            scenario: "name: Maple Street Clinic\n",
            sideTables: [
                SideTable(
                    path: "../data/arrivals.csv", bytes: Array("a,b\n".utf8), rows: 0,
                    dialect: .init(separator: ",", decimal: "."))
            ],
            tables: [table], manifest: manifest)
    }

    private func files(in path: String) -> [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).sorted()
    }

    private func read(_ name: String) -> String {
        FileManager.default.contents(atPath: "\(folder.path)/\(name)").map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    @Test("the folder holds tables, scenario, copies of what was read, and their description")
    func whole() throws {
        try folder.write(contents())
        #expect(
            files(in: folder.path) == [
                "CITATION.txt", "arrivals.csv", "contact_types.csv", "datapackage.json", "run.json", "scenario.yaml",
            ])
        #expect(read("contact_types.csv") == "contact_type,offered,asa_s,abandon_pct_lo,start\ncalls,7,21.5,,08:00\n")
        let id = identity().id
        #expect(read("CITATION.txt").contains("Run \(id), \"Maple Street Clinic\", seed 20260302, 412 runs."))
        #expect(folder.state == .complete(id: id))
        #expect(folder.isUpToDate(identity: identity().full))
        // The first digits alone are not enough.
        #expect(!folder.isUpToDate(identity: id + String(repeating: "0", count: 56)))
        #expect(folder.verify().isEmpty)
    }

    @Test("run.json has every key, with the hashes of what was read and written")
    func manifest() throws {
        try folder.write(contents())
        let hash = SHA256.hex(Array(read("contact_types.csv").utf8))
        let text = read("run.json")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(
            Set(document.keys) == [
                "format", "id", "identity", "files_are_of", "question", "complete", "command_line", "program",
                "started", "finished", "seconds", "threads",
                "seed", "generator", "streams", "runs_done", "stop_reason", "confidence", "variance_reduction",
                "sl_rule",
                "timezone", "tzdata", "inputs", "assumed", "warnings", "outputs", "reproduce",
                "own_sha256",
            ])
        #expect(text.contains(#"{"path": "contact_types.csv", "sha256": "\#(hash)", "rows": 1}"#))
        #expect(text.contains(#""dialect": {"separator": ",", "decimal": "."}"#))
        #expect(text.contains(#""seconds": 21.4,"#))
    }

    @Test("datapackage.json gives every column its type and unit")
    func dataPackage() throws {
        try folder.write(contents())
        struct Package: Decodable {
            struct Resource: Decodable {
                struct Schema: Decodable {
                    struct Field: Decodable, Equatable {
                        var name: String
                        var type: String
                        var unit: String?
                    }
                    var fields: [Field]
                    var primaryKey: [String]
                }
                var path: String
                var schema: Schema
            }
            var name: String
            var resources: [Resource]
        }
        let package = try JSONDecoder().decode(Package.self, from: Data(read("datapackage.json").utf8))
        #expect(package.name == "clinic-simulate-\(identity().id)")
        let resource = try #require(package.resources.first)
        #expect(resource.path == "contact_types.csv")
        #expect(resource.schema.primaryKey == ["contact_type"])
        #expect(
            resource.schema.fields == [
                .init(name: "contact_type", type: "string"), .init(name: "offered", type: "integer"),
                .init(name: "asa_s", type: "number", unit: "s"),
                .init(name: "abandon_pct_lo", type: "number", unit: "%"),
                .init(name: "start", type: "time"),
            ])
    }

    @Test(
        "slashes at the end of a folder's name say nothing, unless there is nothing else",
        arguments: [("week", "week"), ("a/", "a"), ("a//", "a"), ("/a/b///", "/a/b"), ("/", "/"), ("//", "/")])
    func slashes(given: String, path: String) { #expect(RunFolder(path: given).path == path) }

    @Test("but for run.json, a repeat with other threads at another place is the same bytes")
    func repeated() throws {
        let other = RunFolder(path: place.path + "/elsewhere/again/")
        try folder.write(contents(threads: 1))
        try other.write(contents(threads: 8))
        for file in files(in: folder.path) where file != "run.json" {
            #expect(
                FileManager.default.contentsEqual(atPath: "\(folder.path)/\(file)", andPath: "\(other.path)/\(file)"))
        }
    }

    @Test("a changed, a missing and an incomplete file are told apart")
    func verify() throws {
        try folder.write(contents(complete: false))
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/contact_types.csv"))
        try FileManager.default.removeItem(atPath: folder.path + "/arrivals.csv")
        #expect(folder.verify().map(\.code) == ["W191", "E193", "E192"])
        #expect(RunFolder(path: place.path).verify().map(\.code) == ["E191"])
    }

    @Test("an incomplete run is replaced, one of another id only by force, anything else never")
    func replacing() throws {
        let (here, other) = (identity().id, identity(runs: "7").id)
        try folder.write(contents(complete: false))
        #expect(folder.state == .incomplete(id: here))
        try folder.write(contents())
        #expect(folder.state == .complete(id: here))
        let refused = #expect(throws: Problem.self) { try folder.write(contents(runs: "7")) }
        #expect(refused?.code == "E721")
        #expect(refused?.message == "\(folder.path) holds another run (\(here))")
        try folder.write(contents(runs: "7"), force: true)
        #expect(folder.state == .complete(id: other))
        try folder.write(contents(complete: false), force: true)
        let stopped = #expect(throws: Problem.self) { try folder.write(contents(runs: "7")) }
        #expect(stopped?.message == "\(folder.path) holds another run (\(here), stopped before its end)")
        #expect(FileManager.default.fileExists(atPath: parent + "/week"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent) == ["week"])

        let foreign = RunFolder(path: place.path + "/home")
        try FileManager.default.createDirectory(atPath: foreign.path, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: foreign.path + "/letter.txt"))
        #expect(foreign.state == .foreign)
        #expect(throws: Problem.self) { try foreign.write(contents(), force: true) }
        #expect(files(in: foreign.path) == ["letter.txt"])
    }

    @Test("a full disk leaves nothing behind, not even the folders made for it", arguments: 0..<6)
    func fullDisk(filesThatFit: Int) throws {
        let written = Counter()
        var disk = Disk.posix
        disk.write = { (bytes, path) throws(Problem) in
            guard written.next() < filesThatFit else {
                // As a disk does it: the beginning fits, the rest does not.
                try Disk.posix.write(Array(bytes.prefix(1)), path)
                errno = ENOSPC
                throw Disk.problem("write", path)
            }
            try Disk.posix.write(bytes, path)
        }
        let problem = #expect(throws: Problem.self) { _ = try folder.write(contents(), force: false, disk: disk) }
        #expect(problem?.code == "E722")
        #expect(problem?.message.hasPrefix("cannot write \(folder.path)/") == true)
        #expect(problem?.message.hasSuffix(": no space left on device") == true)
        #expect(files(in: place.path).isEmpty)
    }

    @Test("a real disk of two pages is full too", .enabled(if: getuid() == 0, "only root may mount a small disk"))
    func tinyDisk() throws {
        func mount(_ tool: String, _ arguments: [String]) throws -> Int32 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/" + tool)
            process.arguments = arguments
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        // In a container even root may not mount: then there is nothing to see here.
        guard try mount("mount", ["-t", "tmpfs", "-o", "size=8k", "tmpfs", parent]) == 0 else { return }
        defer { _ = try? mount("umount", [parent]) }
        let problem = #expect(throws: Problem.self) { try folder.write(contents()) }
        #expect(problem?.code == "E722")
        #expect(files(in: parent).isEmpty)
    }

    @Test("a failure while replacing leaves the old run as it was")
    func failedReplacement() throws {
        try folder.write(contents())
        var disk = Disk.posix
        disk.write = { (_, path) throws(Problem) in
            errno = EIO
            throw Disk.problem("write", path)
        }
        #expect(throws: Problem.self) { _ = try folder.write(contents(runs: "7"), force: true, disk: disk) }
        #expect(folder.state == .complete(id: identity().id))
        #expect(folder.verify().isEmpty)
    }

    @Test("a place that cannot be written is named with a way out")
    func unwritable() throws {
        try Data().write(to: URL(fileURLWithPath: parent))
        let problem = #expect(throws: Problem.self) { try folder.write(contents()) }
        #expect(problem?.code == "E721")
        #expect(problem?.hint == "choose another place with -o, or print only with --no-save")
        #expect(files(in: place.path) == ["output"])
    }

    @Test("what a killed run left goes with the next one; a living one's, another computer's and others' files stay")
    func killed() throws {
        let dead = Process()
        dead.executableURL = URL(fileURLWithPath: "/bin/true")
        try dead.run()
        dead.waitUntilExit()
        let mine = PartialName()
        func leave(_ host: String, _ machine: String, _ process: pid_t, _ random: String) throws -> String {
            let name = PartialName(host: host, machine: machine, process: process, random: random).text
            let path = "\(parent)/\(name)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try Data("half".utf8).write(to: URL(fileURLWithPath: path + "/intervals.csv"))
            return path
        }
        let gone = try leave(mine.host, mine.machine, dead.processIdentifier, "0000000a")
        let staying = [
            try leave(mine.host, mine.machine, 1, "0000000b"),
            try leave("elsewhere", mine.machine, dead.processIdentifier, "0000000c"),
            try leave(mine.host, "00000000", dead.processIdentifier, "0000000d"),
            "\(parent)/.week.\(dead.processIdentifier).partial",
        ]
        try FileManager.default.createDirectory(atPath: staying[3], withIntermediateDirectories: true)
        #expect(folder.state == .absent)
        try folder.write(contents())
        #expect(!FileManager.default.fileExists(atPath: gone))
        for path in staying { #expect(FileManager.default.fileExists(atPath: path), "\(path)") }
    }

    @Test("a whole run that a killed process was about to remove loses only what the run wrote")
    func leftoverRun() throws {
        try folder.write(contents())
        try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.path + "/notes.txt"))
        folder.removeOwnFiles()
        #expect(files(in: folder.path) == ["notes.txt"])
    }

    @Test("names of what is half written say whose it is, whatever the computer is called")
    func partialNames() throws {
        let mine = PartialName()
        #expect(mine.text.utf8.count < 200 && mine.process == getpid())
        let name = try #require(PartialName(".switchboard-anna-s-pc.lan-1f0c2a77-4711-9d3e5b60.partial"))
        #expect(name.host == "anna-s-pc.lan" && name.machine == "1f0c2a77" && name.process == 4711)
        #expect(PartialName(".switchboard-4711.partial") == nil && PartialName(".week.4711.partial") == nil)
        #expect(Set((0..<50).map { _ in PartialName().text }).count == 50)
    }

    @Test("the id follows everything that moves results, and nothing else")
    func identity() {
        let base = RunIdentity(
            command: "simulate", expandedScenario: "a: 1\n", sideTables: [SideTable(path: "x.csv", bytes: [1, 2])],
            options: [("runs", "10")], seed: 1, version: "1.0.0", numbers: 1, clocks: "UTC 0s +00:00")
        #expect(base.full.count == 64 && base.full.hasPrefix(base.id) && base.id.count == 8)
        #expect(base.full.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        let changes: [(inout RunIdentity) -> Void] = [
            { $0.command = "plan" }, { $0.expandedScenario = "a: 2\n" }, { $0.sideTables[0].bytes = [1, 3] },
            { $0.sideTables[0].path = "y.csv" }, { $0.sideTables = [] }, { $0.options[0].value = "11" },
            { $0.seed = 2 }, { $0.version = "1.0.1" }, { $0.numbers = 2 },
            { $0.clocks = "UTC 0s +01:00" },
            // The same letters, divided otherwise.
            { $0.options = [("run", "s10")] },
        ]
        var ids: Set<String> = [base.id]
        for change in changes {
            var other = base
            change(&other)
            ids.insert(other.id)
        }
        #expect(ids.count == changes.count + 1)
    }

    @Test("a folder whose name has the first digits of another run's identity is left to that run")
    func longerNames() throws {
        let identity = identity().full
        let short = RunFolder(scenario: "clinic", command: "simulate", identity: identity, in: parent)
        #expect(short.path == "\(parent)/clinic-simulate-\(identity.prefix(8))")
        try short.write(contents())
        #expect(RunFolder(scenario: "clinic", command: "simulate", identity: identity, in: parent).path == short.path)
        let near = String(identity.prefix(8)) + String(repeating: "0", count: 56)
        #expect(
            RunFolder(scenario: "clinic", command: "simulate", identity: near, in: parent).path
                == "\(parent)/clinic-simulate-\(identity.prefix(8))0000")
    }

    @Test("SHA-256 of the standard's examples (FIPS 180-4)")
    func sha256() {
        #expect(SHA256.hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(SHA256.hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("scenarios are called by their file, or by their folder where the file is scenario.yaml")
    func shortNames() {
        #expect(RunFolder.shortName(ofScenario: "clinic.yaml") == "clinic")
        #expect(RunFolder.shortName(ofScenario: "scenarios/03-riverbend/scenario.yaml") == "03-riverbend")
        #expect(RunFolder.shortName(ofScenario: "/a/b/my.week.yaml") == "my")
        #expect(RunFolder.shortName(ofScenario: "-") == "scenario")
        #expect(RunFolder.shortName(ofScenario: "./--week.yaml") == "week")
    }

    @Test("copies stay inside the folder, keep their names where they can, and never fall on another file")
    func copyNames() {
        #expect(
            SideTable.copyNames([
                "arrivals.csv", "data/talk.csv", "../arrivals.csv", "/etc/x.csv", "schedule.csv", "./a.csv",
            ])
                == [
                    "arrivals.csv", "data/talk.csv", "input_2_arrivals.csv", "x.csv", "input_schedule.csv", "a.csv",
                ])
    }
}

/// Counts calls, from 0.
private final class Counter: @unchecked Sendable {
    private var count = 0
    func next() -> Int {
        defer { count += 1 }
        return count
    }
}
