import Foundation
import TestSupport
import Testing

/// The article "Checked against" says how far we are from every reference table; here that is measured.
@Suite("Checked against", .serialized)
struct CheckedAgainstTests {
    static let article = Project.root.appendingPathComponent("Sources/Queueing/Queueing.docc/CheckedAgainst.md")

    /// A table and the test that compares us with it.
    struct Check: Sendable, CustomStringConvertible {
        let table: String
        /// What is compared, and how far it may lie.
        let about: String
        let tolerance: String
        /// Rows of the table that another suite answers, or none here.
        var rows: Int?
        let run: @Sendable () throws -> Void
        var description: String { table }
    }

    static let checks: [Check] = [
        Check(table: "erlang_b", about: "Erlang B, real agents, 10⁻³⁰⁰ and below by logarithm", tolerance: "1e-10") {
            try ReferenceTableTests().erlangB()
        },
        Check(table: "erlang_c", about: "Erlang C, waits, quantiles", tolerance: "1e-10, × n/(n − a) near saturation") {
            try ReferenceTableTests().erlangC()
        },
        Check(table: "erlang_a", about: "Erlang A, overload, near-endless patience", tolerance: "1e-10") {
            try ReferenceTableTests().erlangA()
        },
        Check(table: "blocking", about: "M/M/n/K+M, finite lines", tolerance: "1e-10") {
            try ReferenceTableTests().blocking()
        },
        Check(table: "mmn_g", about: "M/M/n+G, eight kinds of patience", tolerance: "1e-10") {
            try ImpatientQueueTests().table()
        },
        Check(
            table: "staffing", about: "fewest agents, and the measure there and one below",
            tolerance: "agents exact, 1e-10"
        ) {
            try AgentsNeededTests().staffingTable()
            try ImpatientQueueTests().staffing()
        },
        Check(table: "qed", about: "Halfin–Whitt and Garnett functions", tolerance: "1e-13") {
            try SquareRootStaffingTests().table()
        },
        Check(table: "mol", about: "offered load m(t), β, agents", tolerance: "1e-10, agents exact") {
            try VaryingLoadTests().offeredLoads()
        },
        Check(table: "sipp", about: "period rates and agents, lagged too", tolerance: "1e-10, agents exact") {
            try VaryingLoadTests().periods()
        },
        Check(table: "busyness", about: "Poisson-gamma day factor", tolerance: "1e-8") {
            try UncertainDemandTests().table()
        },
        Check(table: "mtmst", about: "the exact day, both ends of shift", tolerance: "1e-8") {
            try VaryingDayTests().reference()
        },
        Check(table: "retrial", about: "redials, two-dimensional chain", tolerance: "1e-8") {
            try ChainTests().redials()
        },
        Check(table: "chat", about: "chats at once", tolerance: "1e-8") { try ChainTests().chats() },
        Check(table: "callback", about: "callbacks", tolerance: "1e-8") { try ChainTests().callbacks() },
        Check(table: "mphn", about: "M/PH/n+M, Erlang-2 and hyperexponential handling", tolerance: "1e-8") {
            try PhaseQueueTests().table()
        },
        Check(
            table: "published", about: "printed by others, closed forms", tolerance: "printed digits",
            rows: PublishedTests.closedForms.values.reduce(0, +)
        ) { try PublishedTests().closedForm() },
    ]

    /// `| erlang_b | 36 | 4 | 180 | 1e-10 | 3e-15 | … |`.
    static func line(_ check: Check, _ found: ErrorLedger.Entries, bound: String) throws -> String {
        let rows = try check.rows ?? ReferenceTableTests.table(check.table).rows.count
        return "| `\(check.table)` | \(check.about) | \(rows) | \(found.columns.count) | \(found.values) | "
            + "\(check.tolerance) | \(bound) |"
    }

    /// Rounded up to one digit: `3e-15`; what is below the spacing of doubles counts as that.
    static func bound(_ worst: Double) -> String {
        guard worst > 0 else { return "0" }
        let value = max(worst, 1e-16)
        var power = Int(floor(log10(value)))
        // 2.0000000001e-15 is stated as 2e-15 only when it is no more than that.
        var digit = Int((value / pow(10, Double(power))).rounded(.up))
        if digit >= 10 { (digit, power) = (1, power + 1) }
        return "\(digit)e\(power)"
    }

    @Test("the worst error of every table is no more than the article says", arguments: checks.indices)
    func worstErrors(_ index: Int) throws {
        let check = Self.checks[index]
        let ledger = ErrorLedger()
        try ErrorLedger.$current.withValue(ledger) { try check.run() }
        let found = ledger.found
        #expect(found.values > 0)
        let text = try String(contentsOf: Self.article, encoding: .utf8)
        var lines = text.components(separatedBy: "\n")
        let place = lines.firstIndex { $0.hasPrefix("| `\(check.table)` |") }
        let stated = place.flatMap { lines[$0].split(separator: "|").last }.map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"
        if isRecording, let place {
            let new = try Self.line(check, found, bound: Self.bound(found.worst))
            guard lines[place] != new else { return }
            lines[place] = new
            try lines.joined(separator: "\n").write(to: Self.article, atomically: true, encoding: .utf8)
            Issue.record("recorded \(check.table): read the difference before you commit it")
            return
        }
        let bound = try #require(stated.flatMap { Double($0) }, "the article says nothing about \(check.table)")
        #expect(found.worst <= bound, "\(check.table): \(found.worst), the article says \(bound)")
        #expect(try lines[#require(place)] == Self.line(check, found, bound: #require(stated)))
    }

    @Test("the article names every table that is here, and every published case, checked or waiting")
    func complete() throws {
        let text = try String(contentsOf: Self.article, encoding: .utf8)
        let folder = Bundle.module.resourceURL!.appendingPathComponent("Tables")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).map { String($0.dropLast(4)) }
        // Days belong to their table; elementary functions are held to units in the last place elsewhere.
        for name in names where name != "mtmst_days" && name != "elementary" {
            #expect(Self.checks.contains { $0.table == name }, "\(name)")
        }
        for id in Set(try PublishedTests.rows().map(\.id)) { #expect(text.contains("`\(id)`"), "\(id)") }
    }

    @Test("bounds are rounded up to one digit")
    func rounding() {
        #expect(Self.bound(3.2e-15) == "4e-15")
        #expect(Self.bound(9.7e-12) == "1e-11")
        #expect(Self.bound(0) == "0")
        #expect(Self.bound(1e-20) == "1e-16")
    }
}
