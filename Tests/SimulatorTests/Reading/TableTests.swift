import Foundation
import Testing

@testable import Center
@testable import Simulator
@testable import Tabular

@Suite("Tables in other dialects read the same")
struct TableTests {
    static let comma = """
        weekday,start,contact_type,contacts,aht
        Mon,08:00,one,10.5,4m
        Mon,08:30,one,12,5m
        Mon,08:00,two,3,2m
        Mon,08:30,two,4,2m
        """
    static let scenario = """
        timezone: UTC
        defaults: {hours: Mon 08:00-09:00, arrivals: calls.csv, talk: {mean: 4m, spread: 0.5}}
        contact_types: {one: {}, two: {talk: 2m}}
        agent_groups: {all: {skills: {one: 1, two: 1}, agents: 30}}
        """

    private func arrivals(_ bytes: [UInt8]) throws -> [[ArrivalTimeSpan]] {
        let reading = try Files(["a.yaml": Self.scenario]).with("calls.csv", bytes: bytes).read("a.yaml")
        // One table has contacts on a closed Tuesday, which is told.
        #expect(reading.told.filter { $0.code != "W430" }.map { $0.rendered() } == [])
        return try #require(reading.scenario).contactTypes.map(\.arrivals)
    }

    private func utf16(_ text: String, little: Bool) -> [UInt8] {
        (little ? [0xFF, 0xFE] : [0xFE, 0xFF])
            + text.utf16.flatMap { unit -> [UInt8] in
                let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
                return little ? bytes : bytes.reversed()
            }
    }

    @Test("separators, decimal commas, marks, quotes, line ends, blank lines, other headers")
    func dialects() throws {
        let plain = Array(Self.comma.utf8)
        let expected = try arrivals(plain)
        #expect(expected[0].map(\.contacts) == [10.5, 12])
        #expect(expected[0].map(\.handlingFactor) == [1, 1.25])
        let european = Self.comma.replacing(",", with: ";").replacing("10.5", with: "10,5")
        let variants: [String] = [
            european, Self.comma.replacing(",", with: "\t").replacing("10.5", with: "10,5"),
            Self.comma.replacing(",", with: "|"), Self.comma.replacing("\n", with: "\r\n") + "\r\n\r\n",
            Self.comma.replacing("\n", with: "\n\n,,,,\n"), Self.comma.replacing("Mon", with: "\"Mon\""),
            Self.comma.replacing("weekday,start,contact_type,contacts", with: "Weekday, START,Contact Type,Calls"),
            Self.comma.replacing("Mon", with: "Monday"), Self.comma.replacing("08:00", with: "8:00 am"),
            Self.comma.replacing("4m\n", with: "0:04:00\n"),
        ]
        for text in variants { #expect(try arrivals(Array(text.utf8)) == expected, "\(text)") }
        #expect(try arrivals([0xEF, 0xBB, 0xBF] + plain) == expected)
        #expect(try arrivals(utf16(Self.comma, little: true)) == expected)
        #expect(try arrivals(utf16(european, little: false)) == expected)
    }

    @Test("UTF-16 of either order says the same in every script", arguments: [true, false])
    func utf16Words(little: Bool) throws {
        let words = "Mañana, 7 € ‹Ωμέγα› 呼叫 🙂\n"
        #expect(try SourceText.decode(utf16(words, little: little), name: "w.txt").get().utf8 == Array(words.utf8))
    }

    @Test("days as columns")
    func wide() throws {
        let text = "start;contact_type;Mon;Tue\n08:00;one;10,5;7\n08:30;one;12;\n08:00;two;3;\n08:30;two;4;1\n"
        let wide = try arrivals(Array(text.utf8))
        #expect(wide.map { $0.map(\.contacts) } == [[10.5, 12, 7], [3, 4, 1]])
        let dates = "start,contact_type,2026-01-05\n08:00,one,10.5\n08:30,one,12\n08:00,two,3\n08:30,two,4\n"
        #expect(try arrivals(Array(dates.utf8)).map { $0.map(\.contacts) } == [[10.5, 12], [3, 4]])
    }

    @Test("dates stand before weekdays, and their order is found where they settle it")
    func dates() throws {
        let text = """
            date;start;contact_type;contacts
            05.01.2026;08:00;one;1
            05.01.2026;08:30;one;2
            05.01.2026;08:00;two;3
            05.01.2026;08:30;two;4
            25.01.2026;08:00;one;9
            """
        #expect(try arrivals(Array(text.utf8)).map { $0.map(\.contacts) } == [[1, 2], [3, 4]])
        let american =
            "date,start,contact_type,contacts\n1/5/2026,08:00,one,1\n1/5/2026,08:30,one,2\n1/5/2026,08:00,two,1\n"
            + "1/5/2026,08:30,two,1\n1/25/2026,08:00,one,1\n"
        #expect(try arrivals(Array(american.utf8))[0].map(\.contacts) == [1, 2])
    }

    @Test("the note says how a table was read")
    func note() throws {
        let reading = try Files(["a.yaml": Self.scenario]).with(
            "calls.csv", Self.comma.replacing(",", with: ";").replacing("10.5", with: "10,5")
        ).read("a.yaml")
        #expect(
            reading.problems.map(\.message) == [
                "read calls.csv: 4 rows, separator \";\", decimal comma, a row every 30m, handling times from \"aht\", "
                    + "zone UTC"
            ])
        #expect(reading.inputs.map(\.path) == ["a.yaml", "calls.csv"])
        #expect(reading.inputs[1].rows == 4)
    }

    @Test("a table that is about one type needs no column for it; for two it does")
    func ownerless() throws {
        let table = "weekday,start,contacts\nMon,08:00,1\nMon,08:30,2\n"
        let one = """
            timezone: UTC
            contact_types: {one: {hours: Mon 08:00-09:00, arrivals: calls.csv, talk: 1m}}
            agent_groups: {all: {skills: {one: 1}, agents: 30}}
            """
        #expect(try Files(["a.yaml": one, "calls.csv": table]).read("a.yaml").told == [])
        let two = try Files(["a.yaml": Self.scenario, "calls.csv": table]).read("a.yaml")
        #expect(two.spots == ["E401 1:1"])
    }

    @Test("rows may come at any step that divides a day")
    func steps() throws {
        func read(_ rows: String) throws -> [String] {
            try Files([
                "a.yaml": "timezone: UTC\nopen: Mon 08:00-10:00\ncalls: calls.csv\ntalk: 1m\nagents: 30",
                "calls.csv": "weekday,start,contacts\n" + rows,
            ]).read("a.yaml").spots
        }
        #expect(try read("Mon,08:00,1\nMon,09:00,1\n") == [])
        #expect(try read("Mon,08:00,1\nMon,08:40,1\nMon,09:20,1\n") == [])
        #expect(try read("Mon,08:00,1\nMon,08:30,1\nMon,09:00,1\nMon,09:35,1\n") == ["E405 5:5"])
        #expect(try read("Mon,08:00,1\nMon,08:50,1\nMon,09:40,1\n") == ["E405 2:5"])
        #expect(try read("") == ["E406 1:1"])
    }

    @Test("agents on duty from a table")
    func agents() throws {
        let reading = try Files([
            "a.yaml": """
            timezone: UTC
            contact_types: {one: {hours: Mon 08:00-10:00, arrivals: 10 per day, talk: 1m}}
            agent_groups: {all: {skills: {one: 1}, agents: people.csv}}
            """,
            "people.csv":
                "weekday,start,agent_group,agents\nMon,08:00,all,4\nMon,08:30,all,4\nMon,09:00,all,2.5\nMon,09:30,all,3\n",
        ]).read("a.yaml")
        #expect(reading.told == [])
        guard case .curve(let portions) = try #require(reading.scenario).agentGroups[0].staffing else {
            return #expect(Bool(false))
        }
        #expect(
            portions == [
                StaffingTimeSpan(TimeSpan(28800, 32400), agents: 4),
                StaffingTimeSpan(TimeSpan(32400, 34200), agents: 2.5),
                StaffingTimeSpan(TimeSpan(34200, 36000), agents: 3),
            ])
    }

    @Test("samples of a duration, with and without header")
    func samples() throws {
        for (text, mean) in [
            ("talk_s\n60\n120\n", 90.0), ("talk\n1m\n2m\n", 90), ("1m\n2m\n3m\n", 120),
            ("id;talk_s\na;1,5\nb;2,5\n", 2),
        ] {
            let reading = try Files([
                "a.yaml": "timezone: UTC\nopen: Mon 08:00-10:00\ncalls: 10 per day\ntalk: {samples: t.csv}\nagents: 30",
                "t.csv": text,
            ]).read("a.yaml")
            #expect(reading.told.map(\.message) == (text.hasPrefix("id") ? ["the column \"id\" is not used"] : []))
            #expect(reading.scenario?.contactTypes[0].talk.mean == mean)
        }
    }
}
