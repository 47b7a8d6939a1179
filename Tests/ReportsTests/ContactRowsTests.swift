import Foundation
import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Documents
@testable import Experiments
@testable import Probability
@testable import Reports
@testable import ScenarioReading
@testable import Simulator
@testable import Studies
@testable import Tabular

@Suite("Contacts, row by row")
struct ContactRowsTests {
    /// Plays the scenario and returns its results and the unpacked file.
    func traced(_ scenario: Scenario, threads: Int = 1) throws -> (results: Results, packed: Data, text: String) {
        let table = try SpooledTable(ContactsTable.header, isPacked: true)
        let words = ContactWords(scenario)
        let results = try Experiment(scenario, threads: threads).run(
            progress: { _ in }, isCancelled: { false }, onRun: nil,
            trace: .init(reader: { ContactRows($0, words) }, merge: { try table.add($0) }))
        let folder = TemporaryFolder()
        let file = folder.url("contacts.csv.gz")
        let hash = try table.sha256()
        try table.copy(to: file.path)
        let packed = try Data(contentsOf: file)
        #expect(packed.count == table.bytes && SHA256.hex(Array(packed)) == hash)
        return (results, packed, try unpacked(file))
    }

    /// By the system's own gzip, which checks sum and length.
    private func unpacked(_ file: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let out = Pipe()
        process.standardOutput = out
        try process.run()
        let data = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }

    private static func type(
        _ id: String, at times: [Double], patience: Double? = nil, priority: Int = 5, languages: [LanguageShare] = [],
        redial: Redial? = nil, open: TimeSpan = TimeSpan(0, 3600)
    ) -> ContactType {
        ContactType(
            id: id, priority: priority, languages: languages, open: [open],
            arrivals: times.map { ArrivalTimeSpan(TimeSpan($0, $0), contacts: 1) }, volumes: .actual,
            talk: .fixed(Fixed(100)), hold: .fixed(Fixed(2.5)), patience: patience.map { .fixed(Fixed($0)) },
            redial: redial, target: ServiceTarget(share: 0.8, within: 20))
    }

    /// Two agents, one of whom speaks Spanish, on the hour from 08:00 of a Monday in Chicago.
    private static func day(_ types: [ContactType], rules: Rules = Rules()) -> Scenario {
        var horizon = Horizon.plain(step: 1800, count: 2)
        horizon.timeZone = "America/Chicago"
        horizon.days[0].date = "2026-03-02"
        for p in 0..<2 {
            horizon.periods[p].clockStart += 8 * 3600
            horizon.periods[p].clockEnd += 8 * 3600
            horizon.periods[p].utcOffset = -6 * 3600
        }
        let group = { (id: String, languages: [String]) in
            AgentGroup(
                id: id, languages: languages, skills: [Skill(0), Skill(1)],
                staffing: .curve([StaffingTimeSpan(TimeSpan(0, 3600), agents: 1)]))
        }
        return Scenario(
            id: "day", name: "Day", horizon: horizon, contactTypes: types,
            agentGroups: [group("anglo", ["en"]), group("both", ["en", "es"])], rules: rules,
            experiment: ExperimentSettings(replications: 1))
    }

    @Test("names of people are quoted, and never run as formulas")
    func names() throws {
        let names = ["=HYPERLINK(\"x\")", "O'Neil, Ann", "+1", "'=2", "Jörg"]
        var scenario = Self.day([Self.type("calls", at: [0, 1, 2, 3, 4])])
        scenario.agentGroups = [
            AgentGroup(
                id: "desk", people: names.count, languages: ["en"], skills: [Skill(0)],
                staffing: .shifts([
                    ShiftBlock(
                        shift: "day", day: 0, timeSpan: TimeSpan(0, 3600), people: names.count,
                        members: Array(names.indices))
                ]), members: names.map { Person(id: $0) })
        ]
        let rows = try traced(scenario).text.split(separator: "\n").dropFirst()
        let written = Set(rows.map { String($0.split(separator: ",100,2.5,0,", maxSplits: 1)[1].dropLast(3)) })
        #expect(
            written == [
                "\"'=HYPERLINK(\"\"x\"\")\"", "\"O'Neil, Ann\"", "'+1", "''=2", "Jörg",
            ])
        // The same as any other table writes.
        for name in names {
            #expect(written.contains(String(decoding: CSV.rowBytes([[.text(name)]]).dropLast(), as: UTF8.self)))
        }
    }

    @Test("A day by hand is these rows")
    func byHand() throws {
        // Spanish needs "both". 0: the first is answered by both until 102.5. 10: urgent, by anglo until 112.5. 20: the
        // second waits, hangs up at 80, calls again at 90. 30: urgent waits for anybody and is answered by both at 102.5,
        // before the second, who hangs up at 150, calls again at 160 and is answered at 205.
        let redial = Redial(share: 1, delay: .fixed(Fixed(10)), atMost: 3)
        let scenario = Self.day([
            Self.type("spanish", at: [0, 20], patience: 60, languages: [LanguageShare("es", 1)], redial: redial),
            Self.type("urgent", at: [10, 30, 3000], priority: 1, open: TimeSpan(0, 2000)),
        ])
        let text = try traced(scenario).text
        let day = "2026-03-02T08"
        #expect(
            text == """
                run,contact_id,offered_at,contact_type,language,priority,queued,wait_s,outcome,answered_at,talk_s,\
                hold_s,acw_s,agent_id,parent_id,reason,tries
                1,spanish-000001,\(day):00:00.000-06:00,spanish,es,5,0,0,answered,\(day):00:00.000-06:00,100,2.5,0,\
                both-01,,,
                1,urgent-000001,\(day):00:10.000-06:00,urgent,,1,0,0,answered,\(day):00:10.000-06:00,100,2.5,0,\
                anglo-01,,,
                1,spanish-000002,\(day):00:20.000-06:00,spanish,es,5,1,60,abandoned,,,,,,,\
                the only one with the skill and language busy,
                1,urgent-000002,\(day):00:30.000-06:00,urgent,,1,1,72.5,answered,\(day):01:42.500-06:00,100,2.5,0,\
                both-01,,both with the skill busy,
                1,spanish-000002.2,\(day):01:30.000-06:00,spanish,es,5,1,60,abandoned,,,,,,spanish-000002,\
                the only one with the skill and language busy; waited behind 1,
                1,spanish-000002.3,\(day):02:40.000-06:00,spanish,es,5,1,45,answered,\(day):03:25.000-06:00,100,2.5,0,\
                both-01,spanish-000002.2,the only one with the skill and language busy,
                1,urgent-000003,\(day):50:00.000-06:00,urgent,,1,0,0,turned_away,,,,,,,closed,

                """)
    }

    @Test("Why contacts are lost is said in words without commas")
    func reasons() throws {
        let entry = { (outcome: Diary.Entry.Outcome, queued: Diary.Queued?) in
            Diary.Entry(
                type: 0, contactClass: 0, number: 0, attempt: 0, offeredAt: 0, time: 1, outcome: outcome,
                queued: queued)
        }
        let found = { Diary.Queued(busy: $0, away: $1, ahead: $2, deadline: .infinity) }
        let words = ContactWords(
            Self.day([Self.type("a", at: []), Self.type("b", at: [])], rules: Rules(waitingLimit: 12)))
        let reasons: [(Diary.Entry, String)] = [
            (entry(.answered, nil), ""), (entry(.turnedAway, nil), "closed"),
            (entry(.blocked, nil), "full: 12 waited"), (entry(.calledBack, nil), "closed; promised a call"),
            (entry(.unreached, nil), "nobody answered"),
            (entry(.answered, found(6, 0, 0)), "all 6 with the skill busy"),
            (entry(.answered, found(6, 2, 4)), "6 with the skill busy and 2 on break; waited behind 4"),
            (entry(.abandoned, found(1, 0, 0)), "the only one with the skill busy"),
            (entry(.abandoned, found(0, 2, 0)), "both with the skill on break"),
            (entry(.abandoned, found(0, 0, 0)), "nobody with the skill on duty"),
            (entry(.turnedAway, found(2, 0, 0)), "both with the skill busy; closed while it waited"),
            (entry(.waiting, found(0, 0, 1)), "nobody with the skill on duty; waited behind 1; nobody came any more"),
        ]
        for (entry, reason) in reasons { #expect(words.reason(entry) == reason) }
    }

    @Test("Rows add up to contact_types.csv, exactly where whole numbers are counted")
    func sums() throws {
        let folder = Project.root.appendingPathComponent("scenarios/03-riverbend").path
        var scenario = try #require(ScenarioFile.read(path: folder + "/scenario.yaml").scenario)
        scenario.experiment.replications = 2
        let (results, _, text) = try traced(scenario, threads: 2)
        let lines = text.split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(lines.allSatisfy { $0.count == ContactsTable.header.columns.count })
        #expect(Set(lines.map { $0[0] + " " + $0[1] }).count == lines.count, "names are unique in a run")
        let table = SimulationTables(results).contactTypes
        let place = { (name: String) in table.columns.firstIndex { $0.name == name }! }
        var compared = 0
        for row in table.rows {
            guard case .text(let id) = row[0] else { continue }
            let type = try #require(scenario.contactTypes.first { $0.id == id })
            var mine = lines.filter { $0[3] == id }
            if case .text(let language) = row[1] { mine = mine.filter { $0[4] == language } }
            let waits = { (rows: [[String]]) in rows.map { Double($0[7])! } }
            let answered = mine.filter { $0[8] == "answered" }
            let lost = mine.filter { $0[8] == "abandoned" }
            let within = type.target?.acceptableWait ?? .infinity
            // Of a name such as billing-000123/ta.2 the last letter says why, and a number which call it is.
            let isAgain = { (row: [String]) in row[1].contains(".") }
            let came = { (letter: Character) in
                mine.count { !isAgain($0) && $0[1].contains("/") && $0[1].last == letter }
            }
            let counts: [(String, Int)] = [
                ("offered", mine.count), ("redials", mine.count(where: isAgain)), ("repeats", came("a")),
                ("transfers_in", came("t")), ("answered", answered.count), ("abandoned", lost.count),
                ("callbacks_requested", mine.count { $0[8] == "callback" }),
                ("short_abandoned", waits(lost).count { $0 <= type.shortAbandon }),
                ("turned_away", mine.count { $0[8] == "turned_away" || $0[8] == "blocked" }),
                (
                    "answered_in_sl",
                    type.target?.clock == .openHours
                        ? answered.count : waits(answered).count { $0 <= within }
                ),
                ("abandoned_in_sl", waits(lost).count { $0 <= within }),
                ("backlog_end", mine.count { $0[8] == "waiting" }),
            ]
            for (name, count) in counts {
                // What makes no sense for deferred work is blank.
                if row[place(name)] == .blank, count == 0 { continue }
                #expect(row[place(name)] == .number(Double(count) / 2), "\(id) \(row[1]): \(name)")
                compared += 1
            }
            let means: [(String, [Double])] = [
                ("asa_s", waits(answered)), ("talk_s", answered.map { Double($0[10])! }),
                ("hold_s", answered.map { Double($0[11])! }), ("acw_s", answered.map { Double($0[12])! }),
            ]
            for (name, values) in means {
                // The rows have the wait by the clock on the wall.
                if name == "asa_s", type.target?.clock == .openHours { continue }
                // Summed in another order.
                guard case .number(let mean) = row[place(name)] else { continue }
                let sum = values.reduce(0, +)
                #expect(abs(mean * Double(answered.count) - sum) <= 1e-12 * sum, "\(id) \(row[1]): \(name)")
                compared += 1
            }
        }
        #expect(compared > 100)
        #expect(lines.map { Int($0[0])! }.max() == 2)
    }

    @Test("The file is the same bytes for any number of threads, without a time in its head")
    func threads() throws {
        var scenario = Self.day([
            Self.type("spanish", at: [0, 20], patience: 60, languages: [LanguageShare("es", 1)]),
            Self.type("urgent", at: [10, 30], priority: 1),
        ])
        scenario.contactTypes[1].volumes = .expected
        scenario.contactTypes[1].arrivals = [ArrivalTimeSpan(TimeSpan(0, 3600), contacts: 60)]
        scenario.experiment.replications = 40
        let one = try traced(scenario)
        #expect(Array(one.packed.prefix(10)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF])
        for threads in [2, 8] { #expect(try traced(scenario, threads: threads).packed == one.packed) }
        let runs = one.text.split(separator: "\n").dropFirst().map { Int($0.prefix { $0 != "," })! }
        #expect(runs == runs.sorted() && Set(runs) == Set(1...40))
        // Keeping a diary changes no result.
        let plain = try Experiment(scenario, threads: 2).run()
        let (a, b) = (SimulationTables(plain), SimulationTables(one.results))
        for (first, second) in zip(a.all, b.all) { #expect(CSV.bytes(first) == CSV.bytes(second), "\(first.name)") }
    }

    @Test("Pieces that were packed apart are one file")
    func pieces() throws {
        let table = try SpooledTable(ContactsTable.header, isPacked: true)
        let parts = ["a,b\n", "", String(repeating: "1,2\n", count: 200_000)]
        for part in parts {
            let rows = PackedRows()
            rows.add(Gzip.Piece(Array(part.utf8)), rows: 1)
            try table.add(rows)
        }
        let folder = TemporaryFolder()
        let file = folder.url("t.gz")
        try table.copy(to: file.path)
        let header = ContactsTable.header.columns.map(\.name).joined(separator: ",") + "\n"
        #expect(try unpacked(file) == header + parts.joined())
        #expect(table.rows == 3 && table.bytes < 10_000)
        #expect(table.size == "contacts.csv.gz: 3 rows, \(PlainNumbers.fileSize(table.bytes))")
    }

    @Test("More packed rows than are kept in memory go through a file, in order")
    func manyPieces() throws {
        let table = try SpooledTable(ContactsTable.header, isPacked: true)
        // Digits pack to less than half: five such pieces pass the megabyte twice.
        var dice = Dice(seed: 5)
        let pieces = (0..<5).map { _ in
            (0..<70_000).map { _ in String(dice.next() % 1_000_000_000_000_000) }.joined(separator: "\n") + "\n"
        }
        let rows = PackedRows()
        for piece in pieces { rows.add(Gzip.Piece(Array(piece.utf8)), rows: 70_000) }
        try table.add(rows)
        let folder = TemporaryFolder()
        try table.copy(to: folder.url("t.gz").path)
        let header = ContactsTable.header.columns.map(\.name).joined(separator: ",") + "\n"
        #expect(try unpacked(folder.url("t.gz")) == header + pieces.joined())
        #expect(table.rows == 350_000 && table.bytes > 2_000_000)
    }

    @Test("Sizes of files are told in the unit that fits")
    func sizes() {
        let sizes = [999: "999 bytes", 1000: "1 kB", 999_600: "1 MB", 26_400_000: "26 MB"]
        for (bytes, words) in sizes { #expect(PlainNumbers.fileSize(bytes) == words) }
        #expect(PlainNumbers.fileSize(1_340_000_000) == "1.3 GB")
    }

    @Test("The data package says that the table is packed, and of what kind its columns are")
    func described() throws {
        let resource = DataPackage.Resource(
            table: ContactsTable.header, path: "contacts.csv.gz", bytes: 7, sha256: "00")
        let text = DataPackage(name: "a", title: "A", version: "1", tables: [resource]).json.text()
        #expect(text.contains(#""path": "contacts.csv.gz""#) && text.contains(#""compression": "gz""#))
        #expect(ContactsTable.header.columns.allSatisfy { $0.kind != nil })
        #expect(
            ContactsTable.header.columns.map(\.name).joined(separator: ",")
                == "run,contact_id,offered_at,contact_type,language,priority,queued,wait_s,outcome,answered_at,talk_s,"
                + "hold_s,acw_s,agent_id,parent_id,reason,tries")
    }
}
