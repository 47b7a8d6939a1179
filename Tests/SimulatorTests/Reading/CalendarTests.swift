import Testing

@testable import Center
@testable import Simulator
@testable import Tabular

@Suite("Days of 23 and 25 hours add up")
struct CalendarTests {
    private func read(_ zone: String, _ date: String, _ extra: String = "") throws -> Scenario {
        let reading = try Files([
            "a.yaml": """
            timezone: \(zone)
            period: {from: \(date), to: \(date)}
            contact_types: {one: {hours: daily 00:00-24:00, arrivals: 12 per hour, talk: 1m}}
            agent_groups: {all: {skills: {one: 1}, agents: 5, wage: 20 per hour}}
            \(extra)
            """
        ]).read("a.yaml")
        return try #require(reading.scenario, "\(reading.problems.map { $0.rendered() })")
    }

    @Test("a usual day") func usual() throws {
        let scenario = try read("America/Chicago", "2026-03-07")
        #expect(scenario.horizon.length == 86400)
        #expect(scenario.horizon.periods.count == 48)
        #expect(scenario.horizon.periods.last?.endClock == "24:00")
    }

    @Test("23 hours: the missing hour's contacts and hours are gone")
    func spring() throws {
        let scenario = try read("America/Chicago", "2026-03-08")
        let type = scenario.contactTypes[0]
        #expect(scenario.horizon.length == 23 * 3600)
        #expect(scenario.horizon.periods.count == 46)
        #expect(abs(type.arrivals.reduce(0) { $0 + $1.contacts } - 23 * 12) < 1e-9)
        #expect(type.open.reduce(0) { $0 + $1.length } == 23 * 3600)
        guard case .curve(let portions) = scenario.agentGroups[0].staffing else { return #expect(Bool(false)) }
        #expect(portions.reduce(0) { $0 + $1.agents * $1.timeSpan.length } == 5 * 23 * 3600)
        #expect(scenario.horizon.periods[3].startClock == "01:30")
        #expect(scenario.horizon.periods[4].startClock == "03:00")
        #expect(scenario.horizon.instant(scenario.horizon.periods[3]) == "2026-03-08T01:30:00-06:00")
        #expect(scenario.horizon.instant(scenario.horizon.periods[4]) == "2026-03-08T03:00:00-05:00")
        #expect(scenario.horizon.periods[4].start == scenario.horizon.periods[3].end)
    }

    @Test("25 hours: the repeated hour happens twice at the same rate, and its instants differ")
    func autumn() throws {
        let scenario = try read("America/Chicago", "2026-11-01")
        #expect(scenario.horizon.length == 25 * 3600)
        #expect(scenario.horizon.periods.count == 50)
        #expect(abs(scenario.contactTypes[0].arrivals.reduce(0) { $0 + $1.contacts } - 25 * 12) < 1e-9)
        let repeated = scenario.horizon.periods.filter { $0.startClock == "01:30" }
        #expect(repeated.map(scenario.horizon.instant) == ["2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00"])
        #expect(Set(scenario.horizon.periods.map(scenario.horizon.instant)).count == 50)
        guard case .curve(let portions) = scenario.agentGroups[0].staffing else { return #expect(Bool(false)) }
        #expect(portions.reduce(0) { $0 + $1.agents * $1.timeSpan.length } == 5 * 25 * 3600)
    }

    @Test("by hand: a night shift in which the hour from one to two happens twice")
    func twiceByHand() throws {
        let reading = try Files([
            "a.yaml": """
            timezone: America/New_York
            period: {from: 2026-11-01, to: 2026-11-01}
            contact_types:
              calls: {hours: daily 00:00-03:00, arrivals: 1 per hour, talk: 30m, patience: none, target: 80% in 30s}
            agent_groups: {nurses: {skills: {calls: 1}}}
            shifts: {night: {start: 00:30, length: 3h}}
            staffing: {nurses: {Sun: {night: 1}}}
            rules: {dst: keep_length}
            """
        ]).read("a.yaml")
        var scenario = try #require(reading.scenario, "\(reading.problems.map { $0.rendered() })")
        // Open for four hours, on duty for three of them: from 00:30 to the one 02:30.
        #expect(scenario.contactTypes[0].open == [TimeSpan(0, 14400)])
        // At 01:30, 01:40, an hour after these 01:31, and 02:29.
        let calls = SmallDay.type(at: [5400, 6000, 9060, 12540], talk: 1800, within: 30)
        (scenario.contactTypes[0].arrivals, scenario.contactTypes[0].talk) = (calls.arrivals, calls.talk)
        scenario.contactTypes[0].volumes = .actual
        let day = PlayedDay(Blueprint(scenario), seed: 1)
        // The second waits until the first is through at the second 01:00; the last one ends after the shift.
        #expect(day.entries.map(\.time) == [5400, 7200, 9060, 12540])
        #expect(day.entries.map { $0.handling?.until } == [7200, 9000, 10860, 14340])
        let offered = (0..<day.periodCount).filter { day.contact(.offered, period: $0, class: 0) > 0 }
        let periods = scenario.horizon.periods
        #expect(offered.map { periods[$0].startClock } == ["01:30", "01:30", "02:00"])
        #expect(offered.map { scenario.horizon.instant(periods[$0]).suffix(6) } == ["-04:00", "-05:00", "-05:00"])
        #expect(day.contact(.offered, period: offered[0], class: 0) == 2)
        #expect(day.sum(.answeredInTime) == 3 && day.sum(.waitAnswered) == 1200)
        #expect(day.sum(.busy) == 7200 && day.sum(.present) == 14340 - 1800)
        #expect(Blueprint(scenario).paidSeconds.reduce(0, +) == 10800)
    }

    @Test(
        "periods tile every day of the year in zones with odd changes",
        arguments: [
            "America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut",
            "Asia/Kathmandu",
            "Pacific/Apia", "UTC", "Africa/Casablanca",
        ])
    func tiles(_ zone: String) throws {
        let reading = try Files([
            "a.yaml": """
            timezone: \(zone)
            period: {from: 2026-01-01, to: 2026-12-31}
            open: daily 00:00-24:00
            calls: 12 per hour
            talk: 1m
            agents: 5
            """
        ]).read("a.yaml")
        let scenario = try #require(reading.scenario)
        let horizon = scenario.horizon
        #expect(horizon.days.count == 365)
        #expect(horizon.length == 365 * 86400)
        var time = 0.0
        for period in horizon.periods {
            #expect(period.start == time)
            #expect(horizon.days[period.day].start <= period.start && period.end <= horizon.days[period.day].end)
            time = period.end
        }
        #expect(time == horizon.length)
        #expect(Set(horizon.periods.map(horizon.instant)).count == horizon.periods.count)
        #expect(abs(scenario.contactTypes[0].arrivals.reduce(0) { $0 + $1.contacts } - 365 * 24 * 12) < 1e-6)
        #expect(scenario.contactTypes[0].open == [TimeSpan(0, horizon.length)])
    }

    static let night = """
        timezone: America/Chicago
        period: {from: 2026-03-07, to: 2026-03-09}
        contact_types: {one: {hours: daily 00:00-24:00, arrivals: 6 per hour, talk: 1m}}
        agent_groups: {all: {skills: {one: 1}}}
        shifts:
          night: {start: 22:00, length: 8h, lunch: {length: 30m, between: 01:00-04:00}, breaks: 1 x 15m}
        staffing: {all: {Sat: {night: 2}}}
        """

    private func blocks(_ text: String) throws -> [ShiftBlock] {
        let reading = try Files(["a.yaml": text]).read("a.yaml")
        guard case .shifts(let blocks) = try #require(reading.scenario).agentGroups[0].staffing else { return [] }
        return blocks
    }

    @Test("a night shift over the change keeps its length, or its end if the rules say so")
    func nightShift() throws {
        let kept = try blocks(Self.night + "\nrules: {dst: keep_length}")
        #expect(kept.count == 1)
        #expect(kept[0].timeSpan == TimeSpan(22 * 3600, 30 * 3600))
        #expect(kept[0].paid == 7.5 * 3600)
        // 01:00 to 04:00 on the short Sunday are two hours of real time.
        #expect(kept[0].lunch?.window == TimeSpan(25 * 3600, 27 * 3600))
        let ends = try blocks(Self.night)
        #expect(ends[0].timeSpan == TimeSpan(22 * 3600, 29 * 3600))
        #expect(ends[0].paid == 6.5 * 3600)
    }

    @Test("the night before the first day brings its people into the horizon")
    func nightBefore() throws {
        let blocks = try blocks(Self.night.replacing("Sat: {night: 2}", with: "daily: {night: 2}"))
        #expect(blocks[0].day == 0)
        #expect(blocks[0].timeSpan == TimeSpan(-2 * 3600, 6 * 3600))
        #expect(blocks.count == 4)
    }

    @Test("holidays: other hours, or closed; weekday numbers stay within them and nobody starts a shift")
    func holidays() throws {
        let files = Files([
            "a.yaml": """
            timezone: UTC
            period: {from: 2026-01-05, to: 2026-01-07}
            holidays: holidays.csv
            contact_types: {one: {hours: Mon-Fri 08:00-16:00, arrivals: 80 per day, talk: 1m}}
            agent_groups: {all: {skills: {one: 1}}}
            shifts: {day: {start: 08:00, length: 8h}}
            staffing: {all: {Mon-Fri: {day: 2}}}
            """,
            "holidays.csv": "date,name,hours\n2026-01-06,Epiphany,\n2026-01-07,After,09:00-13:00\n",
        ])
        let scenario = try #require(try files.read("a.yaml").scenario)
        let day = 86400.0
        #expect(
            scenario.contactTypes[0].open == [
                TimeSpan(8 * 3600, 16 * 3600), TimeSpan(2 * day + 9 * 3600, 2 * day + 13 * 3600),
            ])
        // Half of the usual hours have half of the contacts, and whoever works comes as late and goes as early.
        #expect(scenario.contactTypes[0].arrivals.map(\.contacts) == [80, 40])
        guard case .shifts(let blocks) = scenario.agentGroups[0].staffing else { return #expect(Bool(false)) }
        #expect(blocks.map(\.day) == [0, 2])
        #expect(blocks[1].timeSpan == TimeSpan(2 * day + 9 * 3600, 2 * day + 13 * 3600))
    }
}
