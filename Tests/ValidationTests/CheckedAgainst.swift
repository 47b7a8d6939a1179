import Foundation
import Synchronization
import TestSupport
import Testing

/// The article "Checked against" says how the engine stands to every reference table; here that is measured.
enum CheckedAgainst {
    static let article = Project.root.appendingPathComponent("Sources/Simulator/Simulator.docc/CheckedAgainst.md")

    /// Suites run side by side; one at a time writes.
    private static let isWriting = Mutex(())

    /// Expects that the pairs are as they should be, and that the article says so.
    static func expect(_ table: String, _ pairs: Pairs, atLeast count: Int) throws {
        print("\(table): \(pairs.report)")
        #expect(pairs.count + pairs.rare.count >= count)
        #expect(pairs.areCredible, "\(pairs.report)")
        try expect(row: table, pairs.cells)
    }

    /// Expects the article's row that begins with `name` to hold `cells`, or writes them there when asked to.
    static func expect(row name: String, _ cells: [String]) throws {
        try isWriting.withLock { _ in try compare(row: name, cells) }
    }

    private static func compare(row name: String, _ cells: [String]) throws {
        var lines = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "\n")
        let place = try #require(
            lines.firstIndex { $0.hasPrefix("| `\(name)` |") }, "the article says nothing about \(name)")
        let stated = lines[place].split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        guard Array(stated.suffix(cells.count)) != cells else { return }
        guard ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" else {
            Issue.record(
                "the article says \(stated.joined(separator: " | ")) but it is \(cells.joined(separator: " | "))")
            return
        }
        let kept = stated.prefix(max(2, stated.count - cells.count))
        lines[place] = "| " + (kept + cells).joined(separator: " | ") + " |"
        try lines.joined(separator: "\n").write(to: article, atomically: true, encoding: .utf8)
        Issue.record("recorded \(name): read the difference before you commit it")
    }
}
