import Foundation
import Testing

@testable import Center
@testable import ScenarioReading
@testable import Simulator
@testable import Tabular

@Suite("Counts and people of days on which the clocks change")
struct OddDayTests {
    private let hour = Nights.hour

    private func center(
        _ calls: String, volumes: String = "actual", zone: String = "America/New_York", date: String = "2026-11-01",
        hours: String = "daily 00:00-24:00", more: String = "", tables: [String: String] = [:]
    ) -> Files {
        Files(
            [
                "a.yaml": """
                timezone: \(zone)
                period: {from: \(date), to: \(date)}
                gaps: zero
                contact_types: {calls: {hours: \(hours), arrivals: \(calls), volumes: \(volumes), talk: 1m}}
                agent_groups: {all: {skills: {calls: 1}\(more)}}
                """
            ].merging(tables) { $1 })
    }

    private func listed(_ rows: String, volumes: String = "actual", date: String = "2026-11-01") -> Files {
        center(
            "calls.csv", volumes: volumes, date: date, more: ", agents: 5",
            tables: ["calls.csv": "date,start,contacts\n\(rows)\n"])
    }

    private func type(_ files: Files) throws -> ContactType {
        let reading = try files.read("a.yaml")
        return try #require(reading.scenario, "\(reading.told.map { $0.rendered() })").contactTypes[0]
    }

    private func shares(_ files: Files, _ times: [Double]) throws -> [Double] {
        let type = try type(files)
        return zip(times, times.dropFirst()).map {
            (Nights.contacts(type, $0 * hour, $1 * hour) * 1e6).rounded() / 1e6
        }
    }

    private let three = "2026-11-01,00:00,10\n2026-11-01,01:00,10\n2026-11-01,02:00,10"

    @Test("one count of an hour that comes twice is of both: ten told are ten")
    func once() throws {
        #expect(try shares(listed(three), [0, 1, 2, 3, 4]) == [10, 5, 5, 10])
        let scenario = try #require(listed(three).read("a.yaml").scenario)
        #expect(PlayedDay(Blueprint(scenario), seed: 1).sum(.offered) == 30)
    }

    @Test("two counts are its two hours, in order: twelve and nine are 21")
    func twice() throws {
        let rows = three.replacing("01:00,10", with: "01:00,12\n2026-11-01,01:00,9")
        #expect(try shares(listed(rows), [0, 1, 2, 3, 4]) == [10, 12, 9, 10])
        // A forecast has its two hours, too; told once it holds in both.
        #expect(try shares(listed(rows, volumes: "expected"), [0, 1, 2, 3, 4]) == [10, 12, 9, 10])
        #expect(try shares(listed(three, volumes: "expected"), [0, 1, 2, 3, 4]) == [10, 10, 10, 10])
    }

    @Test("half-hours, whether in the order of the clock or of time")
    func halves() throws {
        let day = "2026-11-01,"
        for order in [["01:00,1", "01:30,2", "01:00,3", "01:30,4"], ["01:00,1", "01:00,3", "01:30,2", "01:30,4"]] {
            let rows = order.map { day + $0 }.joined(separator: "\n")
            #expect(try shares(listed(rows), [1, 1.5, 2, 2.5, 3]) == [1, 2, 3, 4])
        }
        // Told once, a half-hour is in two places; its count is whole.
        let once = try shares(listed("2026-11-01,01:00,7\n2026-11-01,01:30,4"), [1, 1.5, 2, 2.5, 3])
        #expect(once == [3.5, 2, 3.5, 2])
    }

    @Test("a day in a wide table, and a day outside the period")
    func wide() throws {
        let files = center(
            "calls.csv", more: ", agents: 5",
            tables: ["calls.csv": "start,2026-10-31,2026-11-01\n00:00,4,10\n01:00,5,12\n01:00,,9\n02:00,6,10\n"])
        #expect(try shares(files, [0, 1, 2, 3, 4]) == [10, 12, 9, 10])
        let before = listed(
            "2026-10-31,00:00,7\n2026-11-01,01:00,12\n2026-11-01,01:00,9", date: "2026-10-31")
        #expect(try shares(before, [0, 1, 24]) == [7, 0])
    }

    @Test("two rows for a time that comes once are one too many, and so are three")
    func tooMany() throws {
        func said(_ rows: String) throws -> [String] {
            try listed(rows).read("a.yaml").told.filter { $0.severity == .error }.map { "\($0.message) [\($0.code)]" }
        }
        #expect(
            try said("2026-11-01,02:00,1\n2026-11-01,02:00,1") == [
                "2026-11-01 02:00 stands on line 2 and again on line 3 [E403]"
            ])
        #expect(
            try said("2026-11-01,01:00,1\n2026-11-01,01:00,1\n2026-11-01,01:00,1") == [
                "2026-11-01 01:00 stands on line 3 and again on line 4 [E403]"
            ])
        #expect(
            try said("2026-10-31,01:00,1\n2026-10-31,01:00,1") == [
                "2026-10-31 01:00 stands on line 2 and again on line 3 [E403]"
            ])
        let weekly = try center(
            "calls.csv", more: ", agents: 5",
            tables: ["calls.csv": "weekday,start,contacts\nSun,01:00,1\nSun,01:00,1\n"]
        ).read("a.yaml")
        #expect(weekly.told.contains { $0.message == "Sun 01:00 stands on line 2 and again on line 3" })
    }

    @Test("a day's count is the day's, whether it has 23, 24 or 25 hours; a forecast's is a usual day's")
    func daily() throws {
        for date in ["2026-11-01", "2026-11-02", "2026-03-08"] {
            let files = center("240 per day", date: date, more: ", agents: 5")
            let total = try type(files).arrivals.reduce(0) { $0 + $1.contacts }
            #expect(abs(total - 240) < 1e-9, "\(date)")
            #expect(try !files.read("a.yaml").told.contains { $0.hint?.contains("left out") ?? false })
        }
        let planned = center("240 per day", volumes: "expected", more: ", agents: 5")
        #expect(abs(try type(planned).arrivals.reduce(0) { $0 + $1.contacts } - 250) < 1e-9)
    }

    @Test("what is said of the day, by what is told")
    func words() throws {
        func hints(_ files: Files) throws -> [String] {
            try files.read("a.yaml").told.filter { $0.code == "W510" }.map { "\($0.message): \($0.hint ?? "")" }
        }
        let day = "Sun 2026-11-01 has 25 hours: clocks go from 02:00 to 01:00"
        #expect(
            try hints(listed(three)) == [
                "\(day): a count of the repeated hour is of both times together; two rows for it are the first and the second"
            ])
        #expect(
            try hints(listed(three, volumes: "expected")) == [
                "\(day): the repeated hour happens twice, each time with the contacts planned for it"
            ])
        #expect(
            try hints(listed("2026-03-08,01:00,10\n2026-03-08,02:00,10\n2026-03-08,03:00,10", date: "2026-03-08")) == [
                "Sun 2026-03-08 has 23 hours: clocks go from 02:00 to 03:00: 10 contacts planned for the missing hour are left out"
            ])
        // The hour that a night loses is the next date's.
        let night = try center(
            "60 per hour", volumes: "expected", date: "2026-03-07", hours: "daily 22:00-06:00", more: ", agents: 5"
        ).replacing("to: 2026-03-07", "to: 2026-03-08", in: "a.yaml")
        #expect(
            try hints(night) == [
                "Sun 2026-03-08 has 23 hours: clocks go from 02:00 to 03:00: 60 contacts planned for the missing hour are left out"
            ])
    }

    @Test("clocks that change at midnight: the day is odd, and its first or last hour is the one")
    func midnight() throws {
        func told(_ zone: String, _ date: String) throws -> [String] {
            try center("6 per hour", volumes: "expected", zone: zone, date: date, more: ", agents: 5").read("a.yaml")
                .told
                .filter { $0.code == "W510" }.map { "\($0.message) (\($0.hint ?? ""))" }
        }
        #expect(
            try told("America/Santiago", "2026-09-06") == [
                "Sun 2026-09-06 has 23 hours: clocks go from 00:00 to 01:00 (6 contacts planned for the missing hour are left out)"
            ])
        #expect(
            try told("Asia/Beirut", "2026-03-29") == [
                "Sun 2026-03-29 has 23 hours: clocks go from 00:00 to 01:00 (6 contacts planned for the missing hour are left out)"
            ])
        #expect(
            try told("Asia/Beirut", "2026-10-24") == [
                "Sat 2026-10-24 has 25 hours: clocks go from 24:00 to 23:00 (the repeated hour happens twice, each time with the contacts planned for it)"
            ])
        let counted = center(
            "calls.csv", zone: "Asia/Beirut", date: "2026-10-24", more: ", agents: 5",
            tables: ["calls.csv": "date,start,contacts\n2026-10-24,22:00,3\n2026-10-24,23:00,12\n2026-10-24,23:00,9\n"])
        #expect(try shares(counted, [22, 23, 24, 25]) == [3, 12, 9])
        let shifts = try center("6 per hour", volumes: "expected", zone: "America/Santiago", date: "2026-09-06")
            .replacing(
                "agent_groups:",
                "shifts: {early: {start: 00:00, length: 8h}}\nstaffing: {all: {Sun: {early: 1}}}\nagent_groups:",
                in: "a.yaml"
            ).read("a.yaml")
        #expect(
            shifts.told.contains {
                $0.code == "E502" && $0.message == "00:00 does not exist on Sun 2026-09-06 in America/Santiago"
            })
    }

    @Test(
        "days follow each other and their clocks add up, in zones that change at midnight, by half an hour or by a day")
    func zones() throws {
        for (name, year) in [
            ("America/Santiago", 2026), ("Asia/Beirut", 2026), ("Africa/Cairo", 2026), ("America/Havana", 2026),
            ("America/Asuncion", 2023), ("Atlantic/Azores", 2026), ("America/Nuuk", 2026),
            ("Australia/Lord_Howe", 2026),
            ("Antarctica/Troll", 2026), ("Pacific/Apia", 2011), ("Asia/Gaza", 2026),
        ] {
            let zone = try #require(TimeZone(identifier: name))
            let first = try #require(CivilDate(year: year, month: 1, day: 1))
            let calendar = Calendar(zone: name, timeZone: zone, first: first, count: 366)
            var time = 0.0
            for day in calendar.days {
                #expect(day.start == time && day.end >= day.start)
                for offsetPeriod in day.offsetPeriods where offsetPeriod.timeSpan.length > 0 {
                    #expect(offsetPeriod.wallStart >= 0 && offsetPeriod.wallEnd <= 86400)
                }
                #expect(day.length == 86400 || day.change != nil, "\(name) \(day.date.iso)")
                time = day.end
            }
            #expect(time == calendar.horizonEnd)
        }
    }

    @Test("agents of a table: one row is there in both hours, two rows are one for each")
    func agents() throws {
        func there(_ rows: String) throws -> [Double] {
            let files = center(
                "6 per hour", volumes: "expected", more: ", agents: agents.csv",
                tables: ["agents.csv": "date,start,agents\n2026-11-01,00:00,1\n\(rows)2026-11-01,02:00,4\n"])
            let scenario = try #require(files.read("a.yaml").scenario)
            return [0.5, 1.5, 2.5, 3.5].map { Nights.agents(scenario.agentGroups[0], at: $0 * hour) }
        }
        #expect(try there("2026-11-01,01:00,2\n") == [1, 2, 2, 4])
        #expect(try there("2026-11-01,01:00,2\n2026-11-01,01:00,3\n") == [1, 2, 3, 4])
    }

    @Test("a shift that is to end in a skipped hour ends when the clocks change")
    func skippedEnd() throws {
        let files = try center("6 per hour", volumes: "expected", zone: "America/Chicago", date: "2026-03-07")
            .replacing(
                "agent_groups:",
                "rules: {dst: keep_end}\nshifts: {late: {start: 22:00, length: 4h30m}}\nstaffing: {all: {Sat: {late: 1}}}\nagent_groups:",
                in: "a.yaml")
        let scenario = try #require(files.read("a.yaml").scenario)
        #expect(Nights.blocks(scenario.agentGroups[0]).map(\.timeSpan) == [TimeSpan(22 * hour, 26 * hour)])
    }

    @Test("a group on the other side of the date line: its evening two dates before reaches into the first day")
    func dateLine() throws {
        let scenario = try Nights.scenario(
            """
            timezone: Pacific/Kiritimati
            period: {from: 2026-01-05, to: 2026-01-05}
            contact_types: {calls: {hours: daily 00:00-24:00, arrivals: 6 per hour, talk: 1m}}
            agent_groups: {far: {skills: {calls: 1}, timezone: Pacific/Niue, pace: {20:00-24:00: 80%}}}
            shifts: {night: {start: 20:00, length: 8h}}
            staffing: {far: {daily: {night: 1}}}
            """)
        // Midnight in Kiritimati is 23:00 two dates before in Niue, 25 hours behind.
        let blocks = Nights.blocks(scenario.agentGroups[0])
        #expect(blocks.map(\.timeSpan) == [TimeSpan(-3 * hour, 5 * hour), TimeSpan(21 * hour, 29 * hour)])
        #expect(blocks.map(\.startsOn) == [-2, -1] && blocks.map(\.day) == [0, 0])
        #expect(
            scenario.agentGroups[0].paces.map(\.timeSpan) == [
                TimeSpan(-3 * hour, hour), TimeSpan(21 * hour, 25 * hour),
            ])
    }
}

@Suite("The moment of a day on which the clocks go back")
struct RunningDayClocks {
    private func read(_ text: String) throws -> RunningDayFile.Outcome {
        let scenario = try Nights.scenario(
            """
            timezone: America/New_York
            period: {from: 2026-11-01, to: 2026-11-01}
            contact_types: {calls: {hours: daily 00:00-24:00, arrivals: 6 per hour, talk: 1m}}
            agent_groups: {all: {skills: {calls: 1}, agents: 5}}
            """)
        return RunningDayFile.read(text: text, name: "state.yaml", for: scenario)
    }

    @Test("a time that comes twice says which it is, or the first is taken and it is said")
    func twice() throws {
        let plain = try read("at: 2026-11-01 01:30")
        #expect(plain.day?.at == 5400)
        #expect(
            plain.problems.map { $0.rendered() } == [
                """
                state.yaml:1:16: warning: the clocks show 01:30 twice on 2026-11-01: the first is taken [W510]
                    1 | at: 2026-11-01 01:30
                      |                ^^^^^
                  hint: write 01:30-04:00 or 01:30-05:00
                """
            ])
        for (clock, time) in [("01:30-04:00", 5400.0), ("01:30:00-05:00", 9000), ("02:30", 12600)] {
            let outcome = try read("at: 2026-11-01T\(clock)")
            #expect(outcome.problems.isEmpty && outcome.day?.at == time, "\(clock)")
        }
        let wrong = try read("at: 2026-11-01T01:30-07:00")
        #expect(
            wrong.problems.map { "\($0.message) [\($0.code)] \($0.expected ?? "")" } == [
                "the clocks never show 01:30-07:00 on 2026-11-01 [E502] 01:30-04:00 or 01:30-05:00"
            ])
    }

    @Test("until is the first such time after at")
    func until() throws {
        #expect(try read("at: 2026-11-01T01:45-04:00\nuntil: 01:30").day?.until == 9000)
        #expect(try read("at: 2026-11-01T01:15-04:00\nuntil: 01:30").day?.until == 5400)
    }
}
