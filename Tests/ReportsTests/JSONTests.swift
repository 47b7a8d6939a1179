import Documents
import Foundation
import Reports
import Testing

@Suite("JSON")
struct JSONTests {
    @Test("keys keep their order, numbers are short, what JSON lacks is null")
    func compact() {
        let document = JSON.object([
            ("b", .number(0.8)), ("a", .array([.integer(1), .number(2), .number(.nan), .number(.infinity)])),
            ("c", .object([])), ("d", .bool(true)), ("e", .null), ("f", .array([])),
        ])
        #expect(document.line == #"{"b": 0.8, "a": [1, 2, null, null], "c": {}, "d": true, "e": null, "f": []}"#)
    }

    @Test("quotes, backslashes and control characters are escaped, everything else is UTF-8")
    func strings() {
        #expect(JSON.string("a\"b\\c\n\r\t\u{1}\u{1F} é😀/").line == #""a\"b\\c\n\r\t\u0001\u001f é😀/""#)
    }

    @Test("what does not fit a line is broken and indented")
    func indented() {
        let document = JSON.object([
            ("schema", .string("x/1")),
            ("rows", .array([.object([("a", .integer(1)), ("b", .integer(2))]), .array([.string("long enough")])])),
        ])
        #expect(
            document.text(width: 30) == """
                {
                  "schema": "x/1",
                  "rows": [
                    {"a": 1, "b": 2},
                    ["long enough"]
                  ]
                }
                """)
    }

    @Test("a table is an array of objects by column")
    func table() {
        let table = Table(
            "t", columns: [.init("id"), .init("asa_s")], rows: [[.text("x"), .number(1.5)], [.count(2), .blank]])
        #expect(JSON(table).line == #"[{"id": "x", "asa_s": 1.5}, {"id": 2, "asa_s": null}]"#)
    }

    @Test("any document means the same to another reader")
    func fuzz() throws {
        var generator = SplitMix(state: 11)
        func value(_ depth: Int) -> JSON {
            switch generator.next() % (depth > 3 ? 5 : 7) {
            case 0: return .number(Double(Int64(bitPattern: generator.next()) >> 20) / 1024)
            case 1: return .integer(Int(truncatingIfNeeded: generator.next() >> 12))
            case 2: return .string(String(["a", "\"", "\\", "\n", "é", "😀", "\u{7}"][Int(generator.next() % 7)]))
            case 3: return .bool(generator.next() % 2 == 0)
            case 4: return .null
            case 5: return .array((0..<Int(generator.next() % 5)).map { _ in value(depth + 1) })
            default: return .object((0..<Int(generator.next() % 5)).map { ("k\($0)", value(depth + 1)) })
            }
        }
        for round in 0..<300 {
            let document = JSON.array([value(0)])
            let text = round % 2 == 0 ? document.line : document.text(width: 20)
            let read = try JSONDecoder().decode(Read.self, from: Data(text.utf8))
            #expect(read == Read(document), "\(text)")
        }
    }
}

/// A document as Foundation's decoder reads it; its older reader rounds the last bit of some numbers.
private enum Read: Decodable, Equatable {
    case nothing
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([Read])
    case map([String: Read])

    init(_ document: JSON) {
        switch document {
        case .null: self = .nothing
        case .bool(let flag): self = .flag(flag)
        case .number(let number): self = .number(number)
        case .integer(let number): self = .number(Double(number))
        case .string(let text): self = .text(text)
        case .array(let items): self = .list(items.map { Read($0) })
        case .object(let members): self = .map(Dictionary(uniqueKeysWithValues: members.map { ($0, Read($1)) }))
        }
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .nothing
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let items = try? value.decode([Read].self) {
            self = .list(items)
        } else {
            self = .map(try value.decode([String: Read].self))
        }
    }
}
