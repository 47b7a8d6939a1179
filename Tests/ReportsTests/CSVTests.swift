import Foundation
import TestSupport
import Testing

@testable import Documents
@testable import Reports
@testable import Studies

@Suite("CSV")
struct CSVTests {
    private func text(_ table: Table, _ dialect: CSVDialect = .plain) -> String {
        String(decoding: CSV.bytes(table, as: dialect), as: UTF8.self)
    }

    @Test(
        "a guarded text is told from one that begins like that: every text comes back",
        arguments: [
            "=1+1", "'=1+1", "''=1", "'", "''", "'s-Hertogenbosch", "-5", "@x", "+", "a=b", "", "'x", "\tx",
        ])
    func guarded(text: String) {
        var bytes: [UInt8] = []
        CSV.append(text, to: &bytes)
        let written = String(decoding: bytes, as: UTF8.self)
        #expect(CSV.unguarded(written) == text)
        #expect(!"=+-@\t".contains(written.first ?? "x"))
    }

    @Test("a saved table comes back with its kinds: names that look like numbers stay names")
    func readBack() throws {
        let place = TemporaryFolder()
        let table = Table(
            "t", columns: [.init("id"), .init("value")],
            rows: [
                [.text("nan"), .number(0.5)], [.text("infinity"), .number(.infinity)], [.text("=x"), .count(-3)],
                [.text("a, \"b\"\nc"), .blank],
            ])
        try Data(CSV.bytes(table)).write(to: place.url("t.csv"))
        let back = try #require(RunFolder(path: place.path).table("t"))
        #expect(
            back.rows == [
                [.text("nan"), .number(0.5)], [.text("infinity"), .number(.infinity)], [.text("=x"), .number(-3)],
                [.text("a, \"b\"\nc"), .blank],
            ])
    }

    private let table = Table(
        "t", columns: [.init("name"), .init("share"), .init("calls")],
        rows: [
            [.text("Anna"), .number(0.1), .count(7)],
            [.text("a, \"b\""), .number(3), .blank],
            [.text("line\nbreak"), .number(.nan), .count(-2)],
        ])

    @Test("a header, a comma, a point and LF; quotes only where needed; undefined is blank")
    func plain() {
        #expect(text(table) == "name,share,calls\nAnna,0.1,7\n\"a, \"\"b\"\"\",3,\n\"line\nbreak\",,-2\n")
    }

    @Test("excel has a byte-order mark and CRLF")
    func excel() {
        let small = Table("t", columns: [.init("a"), .init("b")], rows: [[.text("é;ü"), .number(1.5)]])
        #expect(CSV.bytes(small, as: .excel) == [0xEF, 0xBB, 0xBF] + Array("a,b\r\né;ü,1.5\r\n".utf8))
    }

    @Test("excel-eu has semicolons and decimal commas besides")
    func excelEurope() {
        let small = Table("t", columns: [.init("a"), .init("b")], rows: [[.text("é;ü"), .number(-1.5)]])
        #expect(
            CSV.bytes(small, as: .excelEurope) == [0xEF, 0xBB, 0xBF] + Array("a;b\r\n\"é;ü\";-1,5\r\n".utf8))
    }

    @Test(
        "a text that a spreadsheet would run as a formula is made harmless",
        arguments: [
            ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-x", "'-x"), ("@sum", "'@sum"), ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""), ("=A1,2", "\"'=A1,2\""), ("a=1", "a=1"), ("'=1", "''=1"),
        ])
    func formulas(written: String, expected: String) {
        let one = Table("t", columns: [.init("x")], rows: [[.text(written)]])
        #expect(text(one) == "x\n\(expected)\n")
    }

    @Test("a negative number stays a number")
    func negativeNumber() {
        #expect(text(Table("t", columns: [.init("x")], rows: [[.number(-5)], [.count(-5)]])) == "x\n-5\n-5\n")
    }

    @Test("a row of one blank cell is still a row")
    func loneBlank() {
        #expect(text(Table("t", columns: [.init("x")], rows: [[.blank], [.text("")]])) == "x\n\"\"\n\"\"\n")
    }

    @Test("an infinite wait is a value, unlike an undefined one")
    func infinite() {
        let one = Table("t", columns: [.init("x"), .init("y")], rows: [[.number(.infinity), .number(-.infinity)]])
        #expect(text(one) == "x,y\nINF,-INF\n")
    }

    @Test("every double reads back to the same bits, in digits where they are few")
    func roundTrip() {
        var generator = SplitMix(state: 20_260_302)
        for _ in 0..<20_000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            let written = Decimals.text(number)
            #expect(Double(written) == number, "\(number) was written \(written)")
            #expect(!written.hasSuffix(".0") && !written.contains("+"), "\(number) was written \(written)")
            if abs(number) >= 1e-7 && abs(number) < 1e21 { #expect(!written.contains("e"), "\(written)") }
        }
    }

    @Test(
        "numbers are as short as they can be",
        arguments: [
            (0.1 + 0.2, "0.30000000000000004"), (1.0, "1"), (-0.0, "0"), (0.0000015, "0.0000015"), (1e-7, "0.0000001"),
            (1.5e-9, "1.5e-9"), (1e16, "10000000000000000"), (1.2345e20, "123450000000000000000"), (1e21, "1e21"),
            (-2.5e-5, "-0.000025"), (100.0, "100"), (Double.leastNonzeroMagnitude, "5e-324"),
        ])
    func short(number: Double, expected: String) {
        #expect(Decimals.text(number) == expected)
    }

    @Test("any texts in any dialect come back as they were, by a reader that knows only RFC 4180")
    func fuzz() {
        var generator = SplitMix(state: 7)
        let alphabet: [Character] = ["a", "é", ",", ";", "\"", "\n", "\r", "\r\n", " ", "=", "-", "1", "😀"]
        for round in 0..<300 {
            let dialect = CSVDialect.allCases[round % 3]
            let width = 2 + Int(generator.next() % 3)
            let rows = (0..<5).map { _ in
                (0..<width).map { _ in
                    String((0..<Int(generator.next() % 6)).map { _ in alphabet[Int(generator.next() % 13)] })
                }
            }
            let table = Table(
                "t", columns: (0..<width).map { .init("c\($0)") }, rows: rows.map { $0.map { .text($0) } })
            let read = PlainReader.rows(CSV.bytes(table, as: dialect), separator: dialect == .excelEurope ? ";" : ",")
            let expected = rows.map {
                $0.map { text in "=+-@\t\r".utf8.contains(text.utf8.first ?? 0) ? "'" + text : text }
            }
            // Compared as bytes: Swift's strings hold CR LF and LF apart, but é and e´ together.
            #expect(read.dropFirst().map { $0.map { Array($0.utf8) } } == expected.map { $0.map { Array($0.utf8) } })
        }
    }
}

/// A small generator with a fixed seed (Steele, Lea and Flood 2014), for inputs that fail the same way twice.
struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// RFC 4180 and nothing more, written apart from the writer so that they cannot be wrong together.
enum PlainReader {
    static func rows(_ bytes: [UInt8], separator: Character) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell: [UInt8] = []
        var quoted = false
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func take() { row.append(String(decoding: cell, as: UTF8.self)); cell = [] }
        while index < bytes.count {
            let byte = bytes[index]
            if quoted {
                if byte == 0x22, index + 1 < bytes.count, bytes[index + 1] == 0x22 {
                    cell.append(byte)
                    index += 1
                } else if byte == 0x22 {
                    quoted = false
                } else {
                    cell.append(byte)
                }
            } else if byte == 0x22 {
                quoted = true
            } else if byte == separator.asciiValue {
                take()
            } else if byte == 0x0A {
                take()
                rows.append(row)
                row = []
            } else if byte != 0x0D {
                cell.append(byte)
            }
            index += 1
        }
        return rows
    }
}
