import Testing

@testable import Simulator

/// Something that a file says and that was taken without a word, and what is said of it now.
struct Slip: Sendable, CustomTestStringConvertible {
    var name: String
    var changes: [(String, String)]
    var files: [String: String]
    var options: [(path: String, value: String)]
    /// Every message, word for word.
    var says: [String]

    init(
        _ name: String, _ changes: [(String, String)] = [], files: [String: String] = [:],
        options: [(path: String, value: String)] = [], says: [String]
    ) {
        self.name = name
        self.changes = changes
        self.files = files
        self.options = options
        self.says = says
    }

    var testDescription: String { name }

    static let base = """
        timezone: UTC
        period: {from: 2026-03-02, to: 2026-03-08}
        hours: {office: {Mon-Fri: 08:00-17:00}}
        channels: {chat: {at_once: 2}}
        contact_types:
          calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s}
          bills: {hours: office, arrivals: {Mon-Fri: 60}, talk: 4m}
          chats: {hours: office, arrivals: 60 per day, talk: 4m, channel: chat}
        agent_groups:
          team: {skills: {calls: 1, bills: 1}, people: 20, wage: 20 per hour}
          chatters: {skills: {chats: 1}, agents: 9}
        shifts:
          day: {start: 08:00, length: 9h, lunch: {length: 30m, between: 11:00-14:00}}
        staffing:
          team: {Mon-Fri: {day: 12}}

        """

    // MARK: Tables

    static let week = ["Mon", "Tue", "Wed", "Thu", "Fri"]

    /// Six contacts in each half-hour of opening hours.
    static func rows(_ type: String, _ days: [String] = week) -> String {
        days.flatMap { day in
            (16..<34).map { "\(day),\($0 < 20 ? "0" : "")\($0 / 2):\($0 % 2 == 0 ? "00" : "30"),\(type),6\n" }
        }.joined()
    }

    static func table(_ rows: String) -> String { "weekday,start,contact_type,contacts\n" + rows }

    private static func clock(_ hour: Int) -> String { "\(hour < 10 ? "0" : "")\(hour):00" }

    /// Rows with their ends.
    static let hours = week.flatMap { day in
        (8..<17).map { "\(day),\(clock($0)),\(clock($0 + 1)),6\n" }
    }.joined()

    /// Dates with their weekdays, the second of them another's.
    static let dated =
        "date,weekday,start,contacts\n"
        + zip(2...6, ["Mon", "Wed", "Wed", "Thu", "Fri"]).flatMap { date, day in
            (8..<17).map { "2026-03-0\(date),\(day),\(clock($0)),6\n" }
        }.joined()
}

@Suite("Nothing that a file says is passed over without a word")
struct SlipTests {
    private func told(_ slip: Slip) throws -> [String] {
        var files = Files(slip.files.merging(["a.yaml": Slip.base]) { $1 })
        for (old, new) in slip.changes { files = try files.replacing(old, new, in: "a.yaml") }
        return try files.read("a.yaml", overrides: slip.options).told.map { $0.rendered() }
    }

    @Test("the file itself is right")
    func right() throws { #expect(try told(Slip("right", says: [])) == []) }

    @Test("values", arguments: Slip.values)
    func values(_ slip: Slip) throws { #expect(try told(slip) == slip.says) }

    @Test("tables", arguments: Slip.tables)
    func tables(_ slip: Slip) throws { #expect(try told(slip) == slip.says) }

    @Test("settings without effect", arguments: Slip.withoutEffect)
    func withoutEffect(_ slip: Slip) throws { #expect(try told(slip) == slip.says) }

    @Test("people", arguments: Slip.people)
    func people(_ slip: Slip) throws { #expect(try told(slip) == slip.says) }
}
