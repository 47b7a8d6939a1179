import Foundation
import Simulator
import TestSupport
import Testing

@testable import Documents
@testable import Reports
@testable import Studies
@testable import Tabular

/// A run's folder never loses what the run did not make.
@Suite("Files of others in a run's folder")
struct KeptFilesTests {
    private let place = TemporaryFolder()
    private var folder: RunFolder { RunFolder(path: place.path + "/week") }

    private func identity(_ runs: Int) -> RunIdentity {
        RunIdentity(
            command: "simulate", expandedScenario: "name: Clinic\n",
            sideTables: [SideTable(path: "data/arrivals.csv", bytes: Array("a,b\n".utf8))],
            options: [("runs", "\(runs)")], seed: 1, version: "1.0.0", numbers: 1, clocks: "UTC 0s +00:00")
    }

    private func contents(
        _ runs: Int, complete: Bool = true, done: Int? = nil, tables: [String] = ["intervals"]
    ) -> RunFolder.Contents {
        RunFolder.Contents(
            name: "clinic-simulate", title: "Clinic", scenario: "name: Clinic\n",
            sideTables: [SideTable(path: "data/arrivals.csv", bytes: Array("a,b\n".utf8))],
            tables: tables.map { Table($0, columns: [.init("runs")], rows: [[.count(done ?? runs)]]) },
            manifest: RunManifest(
                asked: identity(runs), complete: complete, commandLine: "",
                program: .init(version: "1.0.0", numbers: 1, commit: nil, compiler: "", os: "", cpu: ""),
                started: "", finished: "", seconds: 1, threads: 1, seed: 1, generator: "", streams: "",
                runsDone: done ?? runs, stopReason: "", confidence: 0.95, serviceLevelRule: "", timezone: "UTC",
                tzdata: nil, reproduce: ""))
    }

    private func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: "\(folder.path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private func read(_ name: String) -> String? {
        PlainFile.bytes("\(folder.path)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    private var inPlace: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []).sorted()
    }

    @Test("notes and edits are named before the work, and nothing of them goes without --force")
    func named() throws {
        try folder.write(contents(10, complete: false))
        try write("mine", to: "notes.txt")
        try write("mine", to: "plans/monday.txt")
        let others = #expect(throws: Problem.self) { try folder.write(contents(10)) }
        #expect(
            others?.rendered() == """
                error: \(folder.path) holds a run and files that are no part of it: notes.txt, plans/monday.txt [E721]
                  hint: choose another folder with -o, or replace the run with --force, which leaves these files there
                """)
        try write("edited", to: "intervals.csv")
        let both = #expect(throws: Problem.self) { try folder.write(contents(10)) }
        #expect(
            both?.rendered() == """
                error: \(folder.path) holds a run and files that were changed since: intervals.csv; and files that are no \
                part of it: notes.txt, plans/monday.txt [E721]
                  hint: choose another folder with -o, or write over the changes with --force, which leaves the other \
                files there
                """)
        #expect(read("intervals.csv") == "edited" && read("notes.txt") == "mine")
    }

    @Test("an edited run is not replaced by itself")
    func edited() throws {
        try folder.write(contents(10))
        try write("edited", to: "intervals.csv")
        let refused = #expect(throws: Problem.self) { try folder.write(contents(10)) }
        #expect(
            refused?.rendered() == """
                error: \(folder.path) holds a run and files that were changed since: intervals.csv [E721]
                  hint: choose another folder with -o, or write over the changes with --force
                """)
        #expect(read("intervals.csv") == "edited")
        try folder.write(contents(10), force: true)
        #expect(read("intervals.csv") == "runs\n10\n")
        // What is missing is made again without a word: nothing is lost by that.
        unlink(folder.path + "/intervals.csv")
        #expect(folder.state == .incomplete(id: identity(10).id))
        try folder.write(contents(10))
        #expect(read("intervals.csv") == "runs\n10\n")
        // An edited run.json is an edit too.
        try write(try #require(read("run.json")).replacing("\"seconds\": 1,", with: "\"seconds\": 2,"), to: "run.json")
        let manifest = #expect(throws: Problem.self) { try folder.write(contents(10)) }
        #expect(manifest?.message == "\(folder.path) holds a run and files that were changed since: run.json")
    }

    @Test("--force replaces the run and takes over what others put there: files, folders, links")
    func takenOver() throws {
        try folder.write(contents(10, tables: ["intervals", "summary"]))
        try write("mine", to: "notes.txt")
        try write("mine", to: "data/plan.txt")
        try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: false)
        symlink("notes.txt", folder.path + "/link")
        try folder.write(contents(20), force: true)
        #expect(folder.state == .complete(id: identity(20).id))
        #expect(read("intervals.csv") == "runs\n20\n")
        #expect(read("summary.csv") == nil)
        #expect(read("notes.txt") == "mine" && read("data/plan.txt") == "mine" && read("link") == "mine")
        #expect(PlainFile.kind(folder.path + "/link") == .link && PlainFile.kind(folder.path + "/empty") == .folder)
        #expect(inPlace == ["week"])
        #expect(folder.verify().isEmpty)
        // Extra files do not make a run out of date.
        #expect(folder.isUpToDate(identity: identity(20).full))
    }

    @Test("a file of others under a name that a run takes is refused before the work")
    func taken() throws {
        try folder.write(contents(10))
        try write("mine", to: "report.html")
        let refused = #expect(throws: Problem.self) { try folder.checkWritable(identity: "x", force: true) }
        #expect(
            refused?.rendered() == """
                error: \(folder.path)/report.html is no part of the run that is there, and the new one has a file of \
                that name [E721]
                  hint: move it elsewhere, or choose another folder with -o
                """)
    }

    @Test("what takes the place while a run is played stays, and the run stands beside it")
    func meanwhile() throws {
        let found = try folder.checkWritable(identity: identity(10).full, force: false)
        try folder.write(contents(20))
        let beside = folder.path + "-" + identity(10).id
        #expect(try folder.write(contents(10), found: found) == .elsewhere(beside))
        #expect(folder.state == .complete(id: identity(20).id))
        #expect(RunFolder(path: beside).state == .complete(id: identity(10).id))
        // Likewise with --force, which was said of what was there then.
        let before = try folder.checkWritable(identity: identity(30).full, force: true)
        try write("mine", to: "notes.txt")
        #expect(
            try folder.write(contents(30), force: true, found: before)
                == .elsewhere(folder.path + "-" + identity(30).id))
        #expect(read("notes.txt") == "mine" && read("intervals.csv") == "runs\n20\n")
        // Somebody's own folder counts as well.
        let home = RunFolder(path: place.path + "/home")
        let nothing = try home.checkWritable(identity: identity(10).full, force: false)
        try FileManager.default.createDirectory(atPath: home.path + "/mine", withIntermediateDirectories: true)
        #expect(try home.write(contents(10), found: nothing) == .elsewhere(home.path + "-" + identity(10).id))
        #expect(PlainFile.kind(home.path + "/mine") == .folder)
    }

    @Test("the same question answered meanwhile is one answer; a longer one is not replaced by a shorter")
    func already() throws {
        let found = try folder.checkWritable(identity: identity(10).full, force: false)
        try folder.write(contents(10))
        #expect(try folder.write(contents(10), found: found) == .already)
        let other = RunFolder(path: place.path + "/other")
        try other.write(contents(10, complete: false, done: 7))
        #expect(try other.write(contents(10, complete: false, done: 3)) == .already)
        #expect(try other.write(contents(10, complete: false, done: 8)) == .here)
        #expect(other.record?.runsDone == 8)
        #expect(inPlace == ["other", "week"])
    }

    @Test("many runs at once to one place: each is somewhere, whole")
    func together() async throws {
        let found = try folder.checkWritable(identity: identity(1).full, force: false)
        await withTaskGroup(of: Void.self) { group in
            for runs in 1...8 {
                group.addTask {
                    let saved = try? self.folder.write(self.contents(runs), found: found)
                    #expect(saved != nil)
                }
            }
        }
        #expect(inPlace.count == 8)
        let answered = Set(inPlace.compactMap { RunFolder(path: "\(place.path)/\($0)").record?.identity })
        #expect(answered == Set((1...8).map { identity($0).full }))
    }

    @Test("while a run is replaced again and again there is a whole one at every look")
    func always() async throws {
        try folder.write(contents(1))
        let isDone = Flag()
        let looks = Task {
            var (seen, torn) = (0, 0)
            while !isDone.isSet {
                seen += 1
                if PlainFile.bytes(folder.path + "/run.json") == nil { torn += 1 }
            }
            return (seen, torn)
        }
        for runs in 2...40 {
            try folder.write(contents(runs), force: true)
            await Task.yield()
            try await Task.sleep(for: .milliseconds(1))
        }
        isDone.set()
        let (seen, torn) = await looks.value
        #expect(seen > 0 && torn == 0)
    }

    @Test(
        "where a run cannot stand is told before the work",
        arguments: ["link", "dangling", "file", "pipe", String(repeating: "x", count: 256), ".", "gone/../.."])
    func places(name: String) throws {
        let path = "\(place.path)/\(name)"
        switch name {
        case "link":
            try folder.write(contents(1))
            symlink(folder.path, path)
        case "dangling": symlink("nowhere", path)
        case "file": try Data().write(to: URL(fileURLWithPath: path))
        case "pipe": mkfifo(path, 0o666)
        default: break
        }
        let problem = #expect(throws: Problem.self) {
            try RunFolder(path: path + "/").checkWritable(identity: "x", force: true)
        }
        let says =
            switch name {
            case "link", "dangling": "\(path) is a link"
            case "file": "\(path) is a file"
            case "pipe": "\(path) is a pipe or a device"
            case ".", "gone/../..": "\(path) is not a new folder: a run takes the place of the whole folder"
            default: "\(path) is too long a name"
            }
        #expect(problem?.message == says && problem?.code == "E721")
        let deep = RunFolder(path: "\(place.path)/a/\(String(repeating: "y", count: 256))/b")
        let long = #expect(throws: Problem.self) { try deep.checkWritable(identity: "x", force: false) }
        #expect(long?.message == "cannot create \(deep.path): the name is too long")
    }

    @Test("run.json knows itself, and its id what lies beside it")
    func knowsItself() throws {
        try folder.write(contents(10))
        #expect(folder.verify().isEmpty && folder.isRun)
        let whole = try #require(read("run.json"))
        try write(whole.replacing("\"runs_done\": 10", with: "\"runs_done\": 99"), to: "run.json")
        #expect(folder.verify().map { $0.message } == ["\(folder.path)/run.json was changed after the run"])
        try write(String(whole.dropLast(40)), to: "run.json")
        #expect(folder.isRun)
        #expect(
            folder.verify().map { $0.message } == ["\(folder.path)/run.json is cut off or changed and cannot be read"])
        unlink(folder.path + "/run.json")
        #expect(folder.isRun)
        #expect(folder.verify().map { $0.message } == ["\(folder.path)/run.json is missing"])

        // Everything fits together, but the id is another's: as when a folder was put together by hand.
        let strange = RunFolder(path: place.path + "/strange")
        var mixed = contents(10)
        mixed.scenario = "name: Another\n"
        try strange.write(mixed)
        #expect(
            strange.verify().map { $0.rendered() } == [
                """
                error: the id \(identity(10).id) is not that of the scenario and tables in \(strange.path) [E194]
                  hint: files of different runs lie there together; run.json has the command that makes it again, under \
                "reproduce"
                """
            ])
    }

    @Test("a pipe in place of a file of a run is not waited for")
    func pipes() throws {
        try folder.write(contents(10))
        unlink(folder.path + "/intervals.csv")
        mkfifo(folder.path + "/intervals.csv", 0o666)
        #expect(folder.verify().map(\.code) == ["E193"])
        #expect(folder.table("intervals") == nil)
        unlink(folder.path + "/run.json")
        mkfifo(folder.path + "/run.json", 0o666)
        #expect(folder.record == nil)
        #expect(folder.verify().map(\.code) == ["E193"])
    }

    @Test("one file is written whole, never over another's, never over what is no file")
    func oneFile() throws {
        let path = place.path + "/needs.csv"
        try WholeFile.write([1], to: path, replacing: false)
        let there = #expect(throws: Problem.self) { try WholeFile.write([2], to: path, replacing: false) }
        #expect(there?.message == "\(path) is there already")
        try WholeFile.write([3], to: path, replacing: true)
        #expect(PlainFile.bytes(path) == [3])
        let pipe = place.path + "/pipe.csv"
        mkfifo(pipe, 0o666)
        symlink("needs.csv", place.path + "/link.csv")
        for (name, says) in [("pipe.csv", "is a pipe or a device, not a file"), ("link.csv", "is a link")] {
            let problem = #expect(throws: Problem.self) {
                try WholeFile.write([4], to: "\(place.path)/\(name)", replacing: true)
            }
            #expect(problem?.message == "\(place.path)/\(name) \(says)")
        }
        #expect(PlainFile.bytes(path) == [3])
        #expect(inPlace == ["link.csv", "needs.csv", "pipe.csv"])
    }
}

private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false
    var isSet: Bool { lock.withLock { value } }
    func set() { lock.withLock { value = true } }
}
