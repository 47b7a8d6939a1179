import Foundation
import TestSupport
import Testing

/// The house as README's table draws it: floors, one door for each library, nothing too large to be read.
@Suite struct HouseTests {
    /// From the ground up: a module imports only what stands before it.
    static let floors = [
        "CGSL", "COpenSSL", "CZlib", "Probability", "Queueing", "Tabular", "Center", "ScenarioText", "ScenarioReading",
        "Simulator",
        "Experiments", "Planning", "Documents", "Reports", "Studies", "Switchboard", "Commands",
    ]
    /// The one file, or the one module, that may import a library.
    static let doors = [
        "CGSL": "Probability/GSL.swift", "COpenSSL": "Documents/Files/SHA256.swift",
        "CZlib": "Documents/Format/Gzip.swift",
        // libyaml, as Yams carries it; Yams itself is imported nowhere.
        "CYaml": "ScenarioText/Files/YamlEvents.swift", "ArgumentParser": "Commands/",
    ]
    /// What comes with Swift.
    static let everywhere: Set<String> = ["Foundation", "Glibc", "Darwin", "Synchronization", "Dispatch"]

    static func files() throws -> [(path: String, text: String)] {
        let sources = Project.root.appendingPathComponent("Sources")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path).sorted()
        return try paths.filter { $0.hasSuffix(".swift") }.map {
            ($0, try String(contentsOf: sources.appendingPathComponent($0), encoding: .utf8))
        }
    }

    private static let access: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]

    static func imports(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
                words[..<at].allSatisfy({ $0.hasPrefix("@") || access.contains($0) })
            else { return nil }
            // `import struct Tabular.Node`
            return words.last?.split(separator: ".").first.map(String.init)
        }
    }

    @Test("no module imports one that stands above it")
    func walls() throws {
        let files = try Self.files()
        #expect(files.count > 300)
        for (path, text) in files {
            let module = path.split(separator: "/").first.map(String.init) ?? ""
            let own = try #require(Self.floors.firstIndex(of: module), "\(path): \(module) is on no floor")
            for name in Self.imports(text) where !Self.everywhere.contains(name) {
                if let floor = Self.floors.firstIndex(of: name) {
                    #expect(floor < own, "\(path) imports \(name)")
                } else {
                    #expect(Self.doors[name] != nil, "\(path) imports \(name), which has no door")
                }
            }
        }
    }

    @Test("each library is imported through one door")
    func doors() throws {
        for (path, text) in try Self.files() {
            for name in Self.imports(text) {
                guard let door = Self.doors[name] else { continue }
                #expect(door.hasSuffix("/") ? path.hasPrefix(door) : path == door, "\(path) imports \(name)")
            }
        }
    }

    @Test("no module is larger than about 8,000 lines, no folder than 25 files")
    func sizes() throws {
        var lines: [Substring: Int] = [:]
        var inFolder: [String: Int] = [:]
        for (path, text) in try Self.files() {
            let parts = path.split(separator: "/")
            lines[parts[0], default: 0] += text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            inFolder[parts.dropLast().joined(separator: "/"), default: 0] += 1
        }
        for (module, count) in lines { #expect(count <= 8200, "\(module)") }
        for (folder, count) in inFolder { #expect(count <= 25, "\(folder)") }
    }

    @Test("README names every module")
    func map() throws {
        let readme = try String(contentsOf: Project.root.appendingPathComponent("README.md"), encoding: .utf8)
        for floor in Self.floors where !floor.hasPrefix("C") || floor == "Center" {
            #expect(readme.contains("| `Sources/\(floor)` |"), "\(floor)")
        }
    }

    /// What every Swift programmer knows.
    static let known: Set<String> = ["description", "hash", "==", "<", "encode"]
    /// Members whose meaning stands with the protocol that asks for them: where a file speaks of the protocol, they need
    /// no comment of their own.
    static let witnesses: [(protocol: String, file: String, members: Set<String>)] = [
        (
            "DistributionShape", "Probability/Distributions/DistributionShape.swift",
            [
                "entry", "mean", "spread", "quantile", "scaled", "split", "quantiles", "remainder", "density",
                "logSurviving", "meanUpTo", "areaUpTo", "oneMinusTransform", "kinks",
            ]
        ),
        (
            "ArrivalProcess", "Center/Arrivals/ArrivalProcess.swift",
            ["keyword", "summary", "isCounted", "init", "draw"]
        ),
        (
            "StaffingModel", "Queueing/Erlang/StaffingModel.swift",
            ["offeredLoad", "measures", "agentsNeeded", "exactAgentsNeeded"]
        ),
    ]

    @Test("every public declaration has a comment")
    func comments() throws {
        let files = try Self.files()
        var count = 0
        for (path, text) in files where !path.hasPrefix("Commands/") {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let meant = Self.witnesses.filter { $0.file != path && text.contains($0.protocol) }
            let known = meant.reduce(Self.known) { $0.union($1.members) }
            for declaration in PublicDeclaration.all(in: text) {
                count += 1
                let isReading = lines[declaration.line - 1].contains("init(from decoder")
                if declaration.isDocumented || known.contains(declaration.name) || isReading { continue }
                Issue.record("\(path):\(declaration.line): \(declaration.keyword) \(declaration.name) has no comment")
            }
        }
        #expect(count > 2000)
    }

    @Test("a member that needs no comment has one in its protocol")
    func witnessed() throws {
        let files = try Self.files()
        for (name, path, members) in Self.witnesses {
            let text = try #require(files.first { $0.path == path }).text
            #expect(text.contains("public protocol \(name)"))
            let documented = PublicDeclaration.all(in: text).filter(\.isDocumented).map(\.name)
            #expect(members.subtracting(documented).isEmpty, "\(name)")
        }
    }

    @Test("public declarations are found in every form")
    func declarations() {
        let text = #"""
            /// A comment.
            @frozen
            public struct A: Sendable {
                public var a = "{ // no comment", b = 1
                /// A comment.
                @inlinable
                public static func < (a: A, b: A) -> Bool { true }
                package var hidden: Int
                public private(set) var c: Int {
                    var local = 1
                    return local
                }
                public init?(_ x: Int) {}
                /// A comment.
                public subscript(i: Int) -> Int { i }
            }
            /// A comment.
            public enum B:
                Sendable
            {
                case one(Int, Int), two
                /// A comment.
                case three = "3"
                static let hidden = 1
                func run() { switch self { case .one: break } }
            }
            public enum C { case x }
            /// A comment.
            public protocol D {
                var value: Int { get }
                /// A comment.
                func ask()
            }
            enum E { case hidden }
            extension A {
                public func f() {}
            }
            """#
        let found = PublicDeclaration.all(in: text)
        #expect(
            found.map { ($0.isDocumented ? "+" : "-") + $0.keyword + " " + $0.name } == [
                "+struct A", "-var a", "+func <", "-var c", "-init init", "+subscript subscript", "+enum B",
                "-case one",
                "-case two", "+case three", "-enum C", "-case C", "+protocol D", "-var value", "+func ask", "-func f",
            ])
    }

    @Test("imports are found in every form")
    func forms() {
        let text =
            "import A\n@testable import B\nimport struct C.D\n    import E\n// import F\nlet important = 1\nprivate import G"
        #expect(Self.imports(text) == ["A", "B", "C", "E", "G"])
    }
}
