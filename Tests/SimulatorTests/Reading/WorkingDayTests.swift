import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import ScenarioReading
@testable import ScenarioText
@testable import Simulator
@testable import Tabular

/// Scenarios around opening hours, and what comes of them by the hour.
enum Nights {
    static let hour = 3600.0

    static func scenario(_ text: String, _ tables: [String: String] = [:]) throws -> Scenario {
        let reading = try Files(tables.merging(["a.yaml": text]) { $1 }).read("a.yaml")
        return try #require(reading.scenario, "\(reading.told.map { $0.rendered() })")
    }

    /// Expected contacts between two times, seconds of the horizon.
    static func contacts(_ type: ContactType, _ from: Double, _ to: Double) -> Double {
        type.arrivals.reduce(0) { sum, portion in
            let part = max(0, min(to, portion.timeSpan.end) - max(from, portion.timeSpan.start))
            return sum + portion.contacts * part / portion.timeSpan.length
        }
    }

    static func agents(_ group: AgentGroup, at time: Double) -> Double {
        guard case .curve(let portions) = group.staffing else { return -1 }
        return portions.first { $0.timeSpan.start <= time && time < $0.timeSpan.end }?.agents ?? 0
    }

    static func blocks(_ group: AgentGroup) -> [ShiftBlock] {
        guard case .shifts(let blocks) = group.staffing else { return [] }
        return blocks
    }

    /// A row for each hour of each weekday.
    static func table(_ column: String, _ value: Int) -> String {
        "weekday,start,\(column)\n"
            + (0..<24).map { "daily,\($0 < 10 ? "0" : "")\($0):00,\(value)" }.joined(separator: "\n") + "\n"
    }
}

@Suite("A moment belongs to one working day")
struct WorkingDayTests {
    private let monday = ScenarioReader.standardMonday

    private func days(_ text: String, holidays: [CivilDate: String] = [:]) throws -> WorkingDays {
        let node = try #require(
            try? Yaml.read(SourceText(name: "a.yaml", text: "hours: \(text)")).get())
        let value = try #require(node["hours"])
        let log = ReadingLog()
        let weekly = try #require(WeeklyHours.read(value, name: "hours", log: log))
        var table = Holidays()
        for (date, text) in holidays {
            let ranges = Units.clockRange(text).value.map { [WeeklyHours.Range(from: $0.from, to: $0.to)] } ?? []
            _ = table.add(Holidays.Row(name: "", ranges: ranges, line: 2), on: date)
        }
        return WorkingDays([weekly], holidays: table)
    }

    private func clocks(_ ranges: [WeeklyHours.Range]) -> [String] {
        ranges.map { Units.formatClock($0.from) + "-" + Units.formatClock($0.to) }
    }

    @Test("a night belongs to the evening on which it began")
    func night() throws {
        let days = try days("{daily: 22:00-06:00}")
        #expect(days.start(monday) == 6 * 3600 && days.end(monday) == 30 * 3600)
        #expect(clocks(days.hours(monday)) == ["22:00-30:00"])
    }

    @Test("the next day begins when it opens, though the night before is not over")
    func overlap() throws {
        let days = try days("{Mon: \"22:00-10:00\", Tue: \"08:00-12:00\"}")
        #expect(clocks(days.hours(monday)) == ["22:00-32:00"])
        #expect(clocks(days.hours(monday + 1)) == ["08:00-12:00"])
        #expect(clocks(days.hours(monday + 2)) == [])
    }

    @Test("hours longer than a day are a whole day, seven times")
    func longer() throws {
        let days = try days("{daily: [\"06:00-22:00\", \"21:00-06:30\"]}")
        #expect(clocks(days.hours(monday)) == ["06:00-30:00"])
        #expect(days.start(monday) == 6 * 3600)
        let once = try self.days("{Mon: [\"06:00-22:00\", \"21:00-06:30\"]}")
        #expect(clocks(once.hours(monday)) == ["06:00-30:30"] && once.start(monday + 1) == 6.5 * 3600)
    }

    @Test("a holiday's evening, its night, and the night before it")
    func holiday() throws {
        let closed = try days("{daily: 22:00-06:00}", holidays: [monday + 1: "closed"])
        #expect(clocks(closed.hours(monday)) == ["22:00-30:00"])
        #expect(clocks(closed.hours(monday + 1)) == [])
        // What would have been its night is still its own.
        #expect(closed.start(monday + 2) == 6 * 3600)
        let late = try days("{daily: 22:00-06:00}", holidays: [monday + 1: "23:00-09:00"])
        #expect(clocks(late.hours(monday + 1)) == ["23:00-33:00"] && late.start(monday + 2) == 9 * 3600)
        let early = try days("{daily: 22:00-06:00}", holidays: [monday + 1: "04:00-12:00"])
        // It opens while the night before goes on: from then on it is the holiday.
        #expect(clocks(early.hours(monday)) == ["22:00-28:00"])
        #expect(clocks(early.hours(monday + 1)) == ["04:00-12:00"])
    }

    @Test(
        "any weekly hours, any holidays: days follow each other without a gap, and all hours lie in one",
        arguments: 0..<200)
    func tiled(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let hours = RandomHours.map(&dice)
        let holidays = [monday + 2: "closed", monday + 4: RandomHours.range(&dice)]
        let days = try days(hours, holidays: holidays)
        let plain = try self.days(hours, holidays: [:])
        for offset in 0..<14 {
            let date = monday + offset
            #expect(days.end(date) == 86400 + days.start(date + 1))
            #expect((0..<86400).contains(days.start(date)))
            let own = days.hours(date)
            for range in own { #expect(range.from >= days.start(date) && range.to <= days.end(date)) }
            for (a, b) in zip(own, own.dropFirst()) { #expect(a.to < b.from) }
            #expect(plain.hours(date) == plain.hours(date + 7))
        }
    }
}

/// Weekly hours as somebody could write them.
enum RandomHours {
    static func clock(_ dice: inout Dice) -> String {
        let minutes = Int(dice.next() % 48) * 30
        return Units.formatClock(Double(minutes) * 60)
    }

    static func range(_ dice: inout Dice) -> String {
        let from = clock(&dice)
        var to = clock(&dice)
        while to == from { to = clock(&dice) }
        return from + "-" + to
    }

    static func map(_ dice: inout Dice) -> String {
        let groups = [
            ["daily"], ["Mon-Fri", "Sat-Sun"], ["Mon", "Tue", "\"Wed, Fri\"", "Thu", "Sun"], ["Fri-Mon", "Wed"],
        ]
        let parts = dice.pick(groups).map { name -> String in
            let count = Int(dice.next() % 4)
            if count == 0 { return "\(name): closed" }
            return "\(name): [" + (0..<count).map { _ in "\"\(range(&dice))\"" }.joined(separator: ", ") + "]"
        }
        return "{" + parts.joined(separator: ", ") + "}"
    }
}

@Suite("What is read is written back as it was")
struct HoursRoundTrip {
    private static let holidays =
        "date,name,hours\n2026-03-03,Closed,\n2026-03-05,Late,20:00-04:00\n2026-03-07,Early,06:00-12:00\n"

    /// The form with every volume and every way of being there.
    static func center(_ hours: String, zone: String = "UTC", from: String = "2026-03-02", to: String = "2026-03-09")
        -> Files
    {
        Files([
            "a.yaml": """
            timezone: \(zone)
            period: {from: \(from), to: \(to)}
            interval: 30m
            holidays: holidays.csv
            gaps: zero
            hours: {some: \(hours)}
            defaults: {hours: some, talk: 1m}
            contact_types:
              rate: {arrivals: 60 per hour}
              daily: {arrivals: {Mon: 100, Tue-Thu: 80, Fri-Sun: 30}}
              shaped: {arrivals: 70 per day, day_shape: healthcare, target: {share: 90%, in: 2d, clock: open_hours}, channel: email}
              counted: {arrivals: 70 per day, volumes: actual}
              listed: {arrivals: calls.csv}
            agent_groups:
              always: {skills: {rate: 1, daily: 1, shaped: 1, counted: 1}, agents: 5}
              byday: {skills: {rate: 1}, agents: {Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7}}
              tabled: {skills: {listed: 1}, agents: agents.csv}
              shifted: {skills: {rate: 1}}
            shifts: {night: {start: 22:00, length: 8h}, early: {start: 05:30, length: 8h}}
            staffing: {shifted: {daily: {night: 2, early: 1}}}
            """, "holidays.csv": holidays, "calls.csv": Nights.table("contacts", 10),
            "agents.csv": Nights.table("agents", 3),
        ])
    }

    @Test("for any weekly hours", arguments: 0..<60)
    func random(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        try check(Self.center(RandomHours.map(&dice)))
    }

    @Test(
        "for hours that overlap, that pass midnight, and that are the whole day together",
        arguments: [
            "{daily: [\"06:00-22:00\", \"21:00-06:30\"]}", "{Mon: [\"06:00-22:00\", \"21:00-06:30\"]}",
            "{Mon: \"22:00-10:00\", Tue: \"08:00-12:00\"}", "{daily: 08:00-07:30}",
            "{daily: [\"06:00-22:00\", \"21:00-06:00\"]}", "{daily: 00:00-24:00}",
            "{daily: [\"00:00-12:00\", \"12:00-24:00\"]}", "{Sun: 20:00-19:30, Mon: 00:00-00:30}",
        ])
    func named(_ hours: String) throws { try check(Self.center(hours)) }

    private func check(_ files: Files) throws {
        let first = try files.read("a.yaml")
        let scenario = try #require(first.scenario, "\(first.told.map { $0.rendered() })")
        let second = try files.with("a.yaml", first.expanded).read("a.yaml")
        let again = try #require(second.scenario, "\(second.told.map { $0.rendered() })\n\(first.expanded)")
        #expect(second.settled == first.settled)
        for (a, b) in zip(scenario.contactTypes, again.contactTypes) {
            #expect(a.open == b.open, "\(a.id)\n\(first.expanded)")
            #expect(a.arrivals == b.arrivals, "\(a.id)")
            #expect(a.target == b.target, "\(a.id)")
            for (x, y) in zip(a.arrivals, a.arrivals.dropFirst()) {
                #expect(x.timeSpan.end <= y.timeSpan.start, "\(a.id): time runs backwards")
            }
        }
        for (a, b) in zip(scenario.agentGroups, again.agentGroups) {
            #expect(Nights.blocks(a) == Nights.blocks(b))
            guard case .curve(let own) = a.staffing, case .curve(let others) = b.staffing else { continue }
            #expect(own == others, "\(a.id)")
        }
        // Whoever is open is open at one rate, and only then.
        let rate = scenario.contactTypes[0]
        let open = rate.open.reduce(0) { $0 + $1.length }
        #expect(abs(rate.arrivals.reduce(0) { $0 + $1.contacts } - open / 60) < 1e-6)
        guard case .curve(let portions) = scenario.agentGroups[0].staffing else { return #expect(Bool(false)) }
        #expect(portions.map(\.timeSpan) == rate.open && portions.allSatisfy { $0.agents == 5 })
    }
}

@Suite("Hours over midnight")
struct NightHours {
    private let hour = Nights.hour

    @Test("spans that overlap are one opening: 60 an hour stay 60 an hour")
    func overlapping() throws {
        for hours in ["{daily: [\"06:00-22:00\", \"21:00-06:30\"]}", "{Mon: \"22:00-10:00\", Tue: \"08:00-12:00\"}"] {
            let type = try Nights.scenario(
                """
                timezone: UTC
                period: {from: 2026-01-05, to: 2026-01-06}
                hours: {some: \(hours)}
                contact_types: {calls: {hours: some, arrivals: 60 per hour, talk: 1m}}
                agent_groups: {all: {skills: {calls: 1}, agents: {Mon: 2, Tue: 3}}}
                """
            ).contactTypes[0]
            #expect(abs(Nights.contacts(type, 33 * hour, 34 * hour) - 60) < 1e-9)
            #expect(zip(type.arrivals, type.arrivals.dropFirst()).allSatisfy { $0.timeSpan.end <= $1.timeSpan.start })
        }
    }

    @Test("numbers by weekday are the working day's, for contacts and for agents")
    func byWeekday() throws {
        let scenario = try Nights.scenario(
            """
            timezone: UTC
            period: {from: 2026-01-05, to: 2026-01-06}
            hours: {some: {Mon: "22:00-10:00", Tue: "08:00-12:00"}}
            contact_types: {calls: {hours: some, arrivals: {Mon: 100, Tue: 40}, talk: 1m}}
            agent_groups: {all: {skills: {calls: 1}, agents: {Mon: 2, Tue: 3}}}
            """)
        let type = scenario.contactTypes[0]
        #expect(abs(Nights.contacts(type, 22 * hour, 32 * hour) - 100) < 1e-9)
        #expect(abs(Nights.contacts(type, 32 * hour, 36 * hour) - 40) < 1e-9)
        #expect([31.5, 32, 33, 35.5].map { Nights.agents(scenario.agentGroups[0], at: $0 * hour) } == [2, 3, 3, 3])
    }

    private func holiday(_ hours: String, agents: String = "agents.csv", shifts: String = "") throws -> Scenario {
        try Nights.scenario(
            """
            timezone: UTC
            period: {from: 2026-01-05, to: 2026-01-07}
            interval: 1h
            holidays: holidays.csv
            gaps: zero
            contact_types: {calls: {hours: daily 22:00-06:00, arrivals: calls.csv, talk: 1m}}
            agent_groups: {all: {skills: {calls: 1}\(agents.isEmpty ? "" : ", agents: \(agents)")}}
            \(shifts)
            """,
            [
                "holidays.csv": "date,name,hours\n2026-01-06,Epiphany,\(hours)\n",
                "calls.csv": Nights.table("contacts", 60), "agents.csv": Nights.table("agents", 2),
            ])
    }

    @Test("a table's contacts and agents follow the working day, as opening does")
    func holidays() throws {
        // Tuesday's evening opens as usual, though it is a holiday.
        let usual = try holiday("22:00-06:00")
        let type = usual.contactTypes[0]
        // The night before is Monday's and comes whole; by day nobody calls on a holiday.
        #expect(abs(Nights.contacts(type, 24 * hour, 30 * hour) - 360) < 1e-9)
        #expect(Nights.contacts(type, 30 * hour, 46 * hour) == 0)
        #expect(abs(Nights.contacts(type, 46 * hour, 54 * hour) - 480) < 1e-9)
        #expect([25, 31, 47, 49, 55].map { Nights.agents(usual.agentGroups[0], at: $0 * hour) } == [2, 0, 2, 2, 2])
        // Closed: neither its evening nor its night has contacts, and nobody is turned away in it.
        let closed = try holiday("")
        #expect(abs(Nights.contacts(closed.contactTypes[0], 24 * hour, 30 * hour) - 360) < 1e-9)
        #expect(Nights.contacts(closed.contactTypes[0], 30 * hour, 54 * hour) == 0)
        #expect(abs(Nights.contacts(closed.contactTypes[0], 54 * hour, 55 * hour) - 60) < 1e-9)
        #expect([25, 31, 47, 49, 55].map { Nights.agents(closed.agentGroups[0], at: $0 * hour) } == [2, 0, 0, 0, 2])
        #expect(
            closed.contactTypes[0].open == [
                TimeSpan(0, 6 * hour), TimeSpan(22 * hour, 30 * hour), TimeSpan(70 * hour, 72 * hour),
            ])
    }

    @Test("a shift after midnight is the evening's: it is off after a closed holiday, and on in the night before it")
    func shifts() throws {
        let late = "shifts: {night: {start: 22:00, length: 8h}, late: {start: 00:30, length: 5h}}\n"
        let scenario = try holiday("", agents: "", shifts: late + "staffing: {all: {daily: {night: 1, late: 1}}}")
        let blocks = Nights.blocks(scenario.agentGroups[0])
        #expect(
            blocks.map { $0.shift + " \($0.startsOn)" } == ["night -1", "night 0", "late 0", "late 1", "night 2"])
        let starts = blocks.map { $0.timeSpan.start / 3600 }
        #expect(starts == [-2, 22, 0.5, 24.5, 70])
    }

    @Test(
        "a handover is no work: who comes a quarter before a closed holiday's opening stays at home, and before an open day comes"
    )
    func handover() throws {
        let scenario = try Nights.scenario(
            """
            timezone: UTC
            period: {from: 2026-01-05, to: 2026-01-08}
            holidays: holidays.csv
            contact_types:
              days: {hours: daily 06:00-22:00, arrivals: 60 per hour, talk: 1m}
              nights: {hours: daily 22:00-06:00, arrivals: 60 per hour, talk: 1m}
            agent_groups: {all: {skills: {days: 1, nights: 1}}}
            shifts: {early: {start: 05:45, length: 8h15m}, night: {start: 21:45, length: 8h30m}}
            staffing: {all: {daily: {early: 1, night: 1}}}
            """, ["holidays.csv": "date,name,hours\n2026-01-06,Epiphany,\n"])
        let starts = Nights.blocks(scenario.agentGroups[0]).map { $0.timeSpan.start / 3600 }.sorted()
        #expect(starts == [-2.25, 5.75, 21.75, 53.75, 69.75, 77.75, 93.75])
    }

    @Test("the month's and the year's end are days like others, and the first night comes from the day before")
    func yearEnd() throws {
        let scenario = try Nights.scenario(
            """
            timezone: UTC
            period: {from: 2027-01-01, to: 2027-01-01}
            interval: 1h
            holidays: holidays.csv
            contact_types: {calls: {hours: daily 22:00-06:00, arrivals: {Thu: 80, Fri: 160}, talk: 1m}}
            agent_groups: {all: {skills: {calls: 1}, agents: {Thu: 1, Fri: 2}}}
            """, ["holidays.csv": "date,name,hours\n2026-12-31,Eve,22:00-02:00\n"])
        let type = scenario.contactTypes[0]
        // New Year's Eve opens for four of eight hours, of which two are on the first of January: a quarter of a usual 80.
        #expect(type.open == [TimeSpan(0, 2 * hour), TimeSpan(22 * hour, 24 * hour)])
        #expect(abs(Nights.contacts(type, 0, 2 * hour) - 20) < 1e-9)
        #expect(abs(Nights.contacts(type, 22 * hour, 24 * hour) - 40) < 1e-9)
        #expect([1, 3, 23].map { Nights.agents(scenario.agentGroups[0], at: $0 * hour) } == [1, 0, 2])
    }

    @Test("a row of a table that passes midnight comes into the first day, too")
    func rowOverMidnight() throws {
        let rows = (0..<24).map { "daily,\($0 < 10 ? "0" : "")\($0):30,60" }.joined(separator: "\n")
        let type = try Nights.scenario(
            """
            timezone: UTC
            period: {from: 2026-01-05, to: 2026-01-05}
            contact_types: {calls: {hours: daily 00:00-24:00, arrivals: calls.csv, talk: 1m}}
            agent_groups: {all: {skills: {calls: 1}, agents: 2}}
            """, ["calls.csv": "weekday,start,contacts\n\(rows)\n"]
        ).contactTypes[0]
        #expect(abs(Nights.contacts(type, 0, 1800) - 30) < 1e-9)
        #expect(abs(Nights.contacts(type, 0, 24 * hour) - 1440) < 1e-9)
    }

    @Test("a meeting in the night is the evening's, too")
    func meetings() throws {
        let scenario = try holiday(
            "", agents: "",
            shifts: """
                shifts: {night: {start: 22:00, length: 8h}}
                staffing: {all: {daily: {night: 1}}}
                activities: [{name: talk, days: daily, start: 02:00, length: 30m, groups: [all]}]
                """)
        let blocks = Nights.blocks(scenario.agentGroups[0])
        // The night before the holiday meets at two of the holiday's clock; the holiday's night is not there.
        #expect(blocks.map { $0.pauses?.count ?? 0 } == [1, 1, 0])
        #expect(blocks[1].pauses?.first?.timeSpan == TimeSpan(26 * hour, 26.5 * hour))
    }
}

@Suite("Overtime by the week in which a shift starts")
struct NightOvertime {
    private func scenario(_ contract: Int, _ days: String, extra: String = "") throws -> Scenario {
        try Nights.scenario(
            """
            timezone: UTC
            period: {from: 2026-01-05, to: 2026-01-09}
            contact_types: {calls: {hours: daily 22:00-06:00, arrivals: 6 per hour, talk: 1m}}
            agent_groups: {all: {skills: {calls: 1}, roster: people.csv, wage: 20 per hour, overtime: 150%}}
            \(extra)
            """, ["people.csv": "agent_id,contract_h,\(days)\nana,\(contract),22:00-06:00\n"])
    }

    @Test("five nights of eight hours are a contract of 40: the night before the period is another week's")
    func nightBefore() throws {
        let scenario = try scenario(40, "daily")
        let blocks = Nights.blocks(scenario.agentGroups[0])
        #expect(blocks.map(\.startsOn) == [-1, 0, 1, 2, 3, 4] && blocks.map(\.day) == [0, 0, 1, 2, 3, 4])
        #expect(scenario.plannedOvertime(ofGroup: 0) == 0)
        let results = try Experiment(scenario, threads: 1).unplayed
        // Six hours of Sunday's night, four whole ones, and two hours of Friday's.
        #expect(results.paidSeconds.reduce(0, +) == 40 * 3600)
    }

    @Test("only overtime within the period costs within the period")
    func within() throws {
        // Monday to Wednesday are 24 hours; Thursday's night has two hours beyond 30, and of Friday's eight two are paid here.
        #expect(try scenario(30, "daily").plannedOvertime(ofGroup: 0) == 4 * 3600)
        // The last four hours of a week of 36 come after Friday's midnight.
        #expect(try scenario(36, "daily").plannedOvertime(ofGroup: 0) == 0)
        // Where the period repeats they come on its first morning.
        let long = try scenario(36, "daily", extra: "experiment: {mode: long_run, length: 400d}")
        #expect(long.plannedOvertime(ofGroup: 0) == 4 * 3600)
    }

    @Test("the rest of a day knows what the week was")
    func rest() throws {
        let scenario = try scenario(30, "daily")
        let noon = 3 * 86400 + 12 * 3600.0
        let day = RunningDay(at: noon, until: 4 * 86400, waiting: [[]])
        #expect(scenario.rest(of: day).plannedOvertime(ofGroup: 0) == 0)
        let friday = RunningDay(at: 4 * 86400, until: 5 * 86400, waiting: [[]])
        // From 04:00 to 06:00, and from 22:00 to 24:00.
        #expect(scenario.rest(of: friday).plannedOvertime(ofGroup: 0) == 4 * 3600)
    }

    @Test("weeks are those of the group's own dates")
    func zones() throws {
        let scenario = try Nights.scenario(
            """
            timezone: UTC
            period: {from: 2026-01-05, to: 2026-01-11}
            contact_types: {calls: {hours: daily 00:00-24:00, arrivals: 6 per hour, talk: 1m}}
            agent_groups: {far: {skills: {calls: 1}, roster: people.csv, timezone: Asia/Tokyo, overtime: 150%}}
            """, ["people.csv": "agent_id,contract_h,daily\nana,56,06:00-14:00\n"])
        // Monday's starts three hours before the period's first second, and is Monday's all the same.
        let blocks = Nights.blocks(scenario.agentGroups[0])
        #expect(blocks.map(\.startsOn) == Array(0...7))
        #expect(scenario.plannedOvertime(ofGroup: 0) == 0)
    }
}
