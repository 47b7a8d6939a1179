import Testing

@testable import Center
@testable import Simulator

@Suite("Contacts outside opening hours, and hours outside the period")
struct OutsideHours {
    private static let base = """
        timezone: UTC
        period: {from: 2026-03-02, to: 2026-03-03}
        contact_types:
          one: {hours: daily 08:00-17:00, arrivals: 100 per day, outside_hours: 15%, talk: 4m, when_closed: voicemail}
        agent_groups: {all: {skills: {one: 1}, agents: 9}}
        """

    private func contacts(_ type: ContactType, _ from: Double, _ to: Double) -> Double {
        type.arrivals.filter { $0.timeSpan.start >= from && $0.timeSpan.end <= to }.reduce(0) { $0 + $1.contacts }
    }

    @Test("A part of a day's number comes evenly over the closed hours of its day")
    func outside() throws {
        let reading = try Files(["a.yaml": Self.base]).read("a.yaml")
        #expect(reading.told.map { $0.rendered() } == [])
        let type = try #require(reading.scenario?.contactTypes.first)
        let hour = 3600.0
        for day in [0.0, 86400] {
            #expect(abs(contacts(type, day + 8 * hour, day + 17 * hour) - 85) < 1e-9)
            // 15 closed hours, one contact in each.
            #expect(abs(contacts(type, day, day + 8 * hour) - 8) < 1e-9)
            #expect(abs(contacts(type, day + 17 * hour, day + 24 * hour) - 7) < 1e-9)
        }
        #expect(reading.expanded.contains("outside_hours: 15%"))
        let again = try Files(["a.yaml": reading.settled]).read("a.yaml")
        #expect(again.settled == reading.settled && again.scenario?.contactTypes[0].arrivals == type.arrivals)
    }

    @Test("The evening's hours that go over midnight are open, not closed")
    func overMidnight() throws {
        let files = try Files(["a.yaml": Self.base])
            .replacing("08:00-17:00", "20:00-02:00", in: "a.yaml")
        let type = try #require(files.read("a.yaml").scenario?.contactTypes.first)
        // 18 closed hours from 02:00 to 20:00.
        #expect(abs(contacts(type, 2 * 3600, 20 * 3600) - 15) < 1e-9)
    }

    @Test("Too much work is judged by the hours of shifts that lie within the period")
    func withinThePeriod() throws {
        let files = Files([
            "a.yaml": """
            timezone: UTC
            period: {from: 2026-03-02, to: 2026-03-02}
            contact_types: {one: {hours: daily 00:00-06:00, arrivals: 90 per day, talk: 5m}}
            agent_groups: {all: {skills: {one: 1}}}
            shifts: {night: {start: 22:00, length: 8h}}
            staffing: {all: {daily: {night: 1}}}
            """
        ])
        // Six hours of the night before and two of the night after, not sixteen.
        #expect(
            try files.read("a.yaml").shown("W340") == """
                a.yaml:3:17: warning: one need 93.8% of the agents' time (8 of 8 hours) [W340]
                    3 | contact_types: {one: {hours: daily 00:00-06:00, arrivals: 90 per day, talk: 5m}}
                      |                 ^^^
                  hint: above 85% waits grow quickly; add people or take work away
                """)
    }

    @Test("A roster that says who is in which tier needs no shares beside it")
    func tiersByRoster() throws {
        let files = Files([
            "a.yaml": """
            timezone: UTC
            period: {from: 2026-03-02, to: 2026-03-02}
            contact_types: {one: {hours: Mon 08:00-16:00, arrivals: 60 per day, talk: 5m}}
            agent_groups:
              all: {skills: {one: 1}, tiers: {new: {handle_time: 130%}, old: {}}, roster: roster.csv}
            """,
            "roster.csv": """
            agent_id,tier,Mon
            a1,old,08:00-16:00
            a2,new,08:00-16:00
            a3,old,08:00-16:00
            a4,old,08:00-16:00
            """,
        ])
        let reading = try files.read("a.yaml")
        let group = try #require(reading.scenario?.agentGroups.first, "\(reading.told.map { $0.rendered() })")
        #expect(group.tiers.map(\.share) == [0.25, 0.75] && group.tiers.map(\.handling) == [1.3, 1])
        #expect(group.members.map(\.tier) == [1, 0, 1, 1])
        let again = try files.with("a.yaml", reading.settled).read("a.yaml")
        #expect(again.scenario?.agentGroups.first?.tiers == group.tiers)
    }

    @Test("A wage is per hour, however it is written")
    func wages() throws {
        for (text, wage) in [("20 per 30m", 40.0), ("160 per 8h", 20), ("0.35 per minute", 21), ("19.30/h", 19.3)] {
            let files = try Files(["a.yaml": Self.base]).replacing(
                "agents: 9", "agents: 9, wage: \(text)", in: "a.yaml")
            #expect(try files.read("a.yaml").scenario?.agentGroups[0].wagePerHour == wage, "\(text)")
        }
    }
}
