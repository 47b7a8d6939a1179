import Testing

@testable import Simulator

@Suite("Rosters and schedules of named people")
struct PeopleTables {
    static let center = """
        timezone: UTC
        days: 7
        contact_types:
          calls: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m}
        agent_groups:
          reps: {skills: {calls: 1}, roster: roster.csv}
        shifts:
          early: {start: 08:00, length: 8h30m, lunch: {length: 30m, between: 11:00-13:00}, breaks: 2 x 15m}
        """
    static let roster = """
        agent_id,agent_group,languages,contract_h,Mon,Tue,Wed,Thu,Fri,Sat,Sun
        ana,reps,,40,early,early,early,early,early,,
        ben,reps,,24,08:00-16:30,off,08:00-12:00,,22:00-02:00,,
        cleo,reps,,,08:00-11:00+13:00-17:00,,,,,,

        """

    private func files(_ center: String = center, _ roster: String = roster) -> Files {
        Files(["a.yaml": center, "roster.csv": roster])
    }

    private func blocks(_ reading: ScenarioReading, _ group: Int = 0) throws -> [ShiftBlock] {
        let groups = try #require(reading.scenario?.agentGroups, "\(reading.told.map { $0.rendered() })")
        guard case .shifts(let blocks) = groups[group].staffing else { return [] }
        return blocks
    }

    /// What is said, each time as it is shown; warnings about the whole are left out.
    private func told(_ files: Files) throws -> [String] {
        try files.read("a.yaml").told.filter { $0.severity == .error }.map { $0.rendered() }
    }

    // MARK: Rosters

    @Test("a roster's cells are shifts of the file, hours, several spans, or a day off")
    func cells() throws {
        let reading = try files().read("a.yaml")
        let group = try #require(reading.scenario?.agentGroups.first)
        #expect(
            group.members == [
                Person(id: "ana", contractHours: 40), Person(id: "ben", contractHours: 24), Person(id: "cleo"),
            ])
        #expect(group.people == 3)
        let blocks = try blocks(reading)
        // Monday: ana and ben share the shift, because ben's hours are its hours; cleo comes twice.
        let monday = blocks.filter { $0.day == 0 }
        #expect(monday.map(\.members) == [[0, 1], [2], [2]])
        #expect(monday.map(\.span) == [Span(28800, 59400), Span(28800, 39600), Span(46800, 61200)])
        #expect(monday[0].lunch == Lunch(length: 1800, window: Span(39600, 46800)))
        #expect(monday[1].pauses == [])
        #expect(blocks.filter { $0.day == 1 }.map(\.members) == [[0]])
        #expect(blocks.filter { $0.day == 2 }.map(\.members) == [[0], [1]])
        // Friday night ends on Saturday at 02:00; the one of the week before is over on Monday.
        #expect(blocks.last?.span == Span(4 * 86400 + 79200, 5 * 86400 + 7200))
        #expect(blocks.last?.day == 4)
    }

    @Test("who comes twice on a day is away both times or not at all, and has one name")
    func names() throws {
        var scenario = try #require(try files().read("a.yaml").scenario)
        scenario.shrinkage = 0.4
        let plan = Blueprint(scenario)
        let names = ContactNames(scenario)
        #expect(plan.agents.prefix(4).map(\.number) == [0, 1, 2, 2])
        #expect((0..<4).map(names.agent) == ["ana", "ben", "cleo", "cleo"])
        var play = Replication(plan, seed: 3)
        var seen: Set<Bool> = []
        for number in 0..<40 {
            play.begin(number)
            #expect(play.isAbsent[2] == play.isAbsent[3])
            seen.insert(play.isAbsent[2])
        }
        #expect(seen == [true, false])
    }

    @Test("one roster serves several groups, each with its rows")
    func severalGroups() throws {
        let center = Self.center + "\n"
        let files = try files(
            center, Self.roster.replacing("ben,reps", with: "ben,nurses").replacing("cleo,reps", with: "cleo,nurses")
        ).replacing(
            "roster: roster.csv}", "roster: roster.csv}\n  nurses: {skills: {calls: 2}, roster: roster.csv}",
            in: "a.yaml")
        let reading = try files.read("a.yaml")
        #expect(reading.scenario?.agentGroups.map { $0.members.map(\.id) } == [["ana"], ["ben", "cleo"]])
    }

    @Test("what is wrong in a roster is said at its cell")
    func wrongCells() throws {
        func said(_ old: String, _ new: String) throws -> [String] {
            try told(files().replacing(old, new, in: "roster.csv"))
        }
        #expect(
            try said("08:00-12:00", "erly") == [
                """
                roster.csv:3:30: error: erly is neither hours nor a shift (column "Wed") [E206]
                    3 | ben,reps,,24,08:00-16:30,off,erly,,22:00-02:00,,
                      |                              ^^^^
                  expected: hours such as 07:00-15:30, the name of a shift, or nothing for a day off
                  hint: did you mean "early"?
                """
            ])
        #expect(
            try said("ben,reps", "ben,repz") == [
                """
                roster.csv:3:5: error: "repz" is not an agent group (column "agent_group") [E302]
                    3 | ben,repz,,24,08:00-16:30,off,08:00-12:00,,22:00-02:00,,
                      |     ^^^^
                  expected: reps
                  hint: did you mean "reps"?
                """
            ])
        #expect(
            try said("cleo,", "ana,") == [
                """
                roster.csv:4:1: error: ana stands on line 2 and again on line 4 [E403]
                    4 | ana,reps,,,08:00-11:00+13:00-17:00,,,,,,
                      | ^^^
                  hint: keep one of the rows; "+" joins two spans of a day
                """
            ])
        #expect(
            try said("reps,,24", "reps,,240").first?.hasPrefix(
                "roster.csv:3:11: error: contract_h cannot be 240 [E204]") == true)
        #expect(try said("ben,", ",").first?.hasPrefix("roster.csv:3:1: error: a person has no name") == true)
        #expect(
            try said("+13:00", "+10:30").first?.hasPrefix(
                "roster.csv:4:13: error: cleo works 10:30-17:00 and at the same time 08:00-11:00 (line 4) [E403]")
                == true)
        #expect(
            try said("agent_id", "person").first?.hasPrefix(
                "roster.csv:1:1: error: the header lacks a column \"agent_id\" [E401]") == true)
        #expect(
            try said("ben,reps,,", "ben,reps,es en,").first?.hasPrefix(
                "roster.csv:3:10: error: ben speaks es and en, but agent_groups.reps names no language [E114]") == true)
    }

    @Test("a group has a roster or agents, not both, and somebody in it")
    func conflicts() throws {
        #expect(
            try told(files(Self.center.replacing("roster: roster.csv", with: "agents: 9, roster: roster.csv"))).first?
                .hasPrefix("a.yaml:6:41: error: reps has agents (line 6) and a roster (line 6) [E114]") == true)
        #expect(
            try told(
                files(Self.center.replacing("reps:", with: "team:"), Self.roster.replacing(",reps", with: ",team")))
                == [])
        let nobody = try told(
            files(
                Self.center.replacing(
                    "agent_groups:", with: "agent_groups:\n  more: {skills: {calls: 1}, roster: roster.csv}")))
        #expect(
            nobody.first?.hasPrefix("a.yaml:6:38: error: roster.csv has no row for more [E406]") == true, "\(nobody)")
    }

    // MARK: Schedules

    static let schedule = """
        date,weekday,agent_id,agent_group,shift,start,end,paid_h
        2026-01-05,Mon,ana,reps,early,08:00,16:30,8
        2026-01-05,Mon,ben,reps,own,09:00,17:00,7.5
        2026-01-06,Tue,ben,reps,,22:00,06:00,8

        """
    static let activities = """
        date,agent_id,agent_group,activity,paid,start,end
        2026-01-05,ben,reps,lunch,no,12:00,12:30
        2026-01-05,ben,reps,break,yes,15:00,15:15
        2026-01-07,ben,reps,break,yes,02:00,02:15

        """

    private func scheduled(activities: String? = activities) -> Files {
        let files = Files([
            "a.yaml": Self.center.replacing("roster: roster.csv", with: "people: 4")
                .replacing("shifts:", with: "staffing: schedule.csv\nshifts:"), "schedule.csv": Self.schedule,
        ])
        return activities.map { files.with("schedule_activities.csv", $0) } ?? files
    }

    @Test("a schedule's shifts have the file's lunch and breaks, their own, or none")
    func schedule() throws {
        let reading = try scheduled().read("a.yaml")
        #expect(reading.told.filter { $0.severity == .error } == [])
        let blocks = try blocks(reading)
        #expect(blocks.map(\.members) == [[0], [1], [1]])
        #expect(blocks[0].lunch?.length == 1800)
        #expect(
            blocks[1].pauses == [
                Pause(Span(43200, 45000), isPaid: false), Pause(Span(54000, 54900), isPaid: true),
            ])
        #expect(blocks[1].paid == 8 * 3600 - 1800)
        #expect(blocks[1].onDuty == 8 * 3600 - 2700)
        // The night's break is on the date of its own clock time.
        #expect(blocks[2].span == Span(86400 + 79200, 2 * 86400 + 21600))
        #expect(blocks[2].pauses == [Pause(Span(2 * 86400 + 7200, 2 * 86400 + 8100), isPaid: true)])
        #expect(reading.inputs.map(\.path) == ["a.yaml", "schedule.csv", "schedule_activities.csv"])
    }

    @Test("a schedule without activities has none, and its expanded file says which tables were read")
    func expanded() throws {
        let plain = try scheduled(activities: nil).read("a.yaml")
        #expect(try blocks(plain)[1].pauses == [])
        #expect(plain.expanded.contains("staffing: schedule.csv\n"))
        let both = try scheduled().read("a.yaml")
        #expect(both.expanded.contains("staffing: [schedule.csv, schedule_activities.csv]\n"))
        let again = try scheduled().with("a.yaml", both.expanded).read("a.yaml")
        #expect(try blocks(again) == blocks(both))
        #expect(again.settled == both.settled)
    }

    @Test("what is wrong in a schedule is said at its cell")
    func wrongSchedule() throws {
        func said(_ old: String, _ new: String, _ file: String = "schedule.csv") throws -> String {
            try told(scheduled().replacing(old, new, in: file)).first ?? ""
        }
        #expect(
            try said("09:00", "9 h").hasPrefix(
                "schedule.csv:3:29: error: 9 h is not a clock time (column \"start\") [E206]"))
        #expect(
            try said("shift,start", "shift,begin").hasPrefix(
                "schedule.csv:1:1: error: the header lacks a column \"start\" [E401]"))
        #expect(
            try said("15:15", "18:15", "schedule_activities.csv").hasPrefix(
                "schedule_activities.csv:3:31: error: ben is not on a shift all that time [E504]"))
        #expect(
            try said("01-05,ben", "01-05,bea", "schedule_activities.csv").hasPrefix(
                "schedule_activities.csv:2:30: error: \"bea\" has no shift in schedule.csv [E302]"))
        #expect(
            try said("lunch,no", "lunch,maybe", "schedule_activities.csv").hasPrefix(
                "schedule_activities.csv:2:27: error: \"maybe\" is not known here (column \"paid\") [E210]"))
        let late = try told(
            scheduled(activities: nil).with("schedule.csv", Self.schedule.replacing("2026-", with: "2027-")))
        #expect(
            late.first?.hasPrefix("schedule.csv:2:31: error: no shift of schedule.csv lies within the period [E503]")
                == true, "\(late)")
    }

    @Test("a group without a row in the schedule has nobody")
    func missing() throws {
        let files = try scheduled().replacing(
            "agent_groups:", "agent_groups:\n  more: {skills: {calls: 1}}", in: "a.yaml")
        #expect(
            try told(files).first?.hasPrefix(
                "a.yaml:6:3: error: agent_groups.more has neither agents nor staffing [E104]") == true)
    }
}
