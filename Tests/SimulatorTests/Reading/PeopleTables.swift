import Queueing
import Testing

@testable import Center
@testable import Probability
@testable import ScenarioReading
@testable import Simulator
@testable import Tabular

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

    private func blocks(_ reading: ReadScenario, _ group: Int = 0) throws -> [ShiftBlock] {
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
        #expect(monday.map(\.timeSpan) == [TimeSpan(28800, 59400), TimeSpan(28800, 39600), TimeSpan(46800, 61200)])
        #expect(monday[0].lunch == Lunch(length: 1800, window: TimeSpan(39600, 46800)))
        #expect(monday[1].pauses == [])
        #expect(blocks.filter { $0.day == 1 }.map(\.members) == [[0]])
        #expect(blocks.filter { $0.day == 2 }.map(\.members) == [[0], [1]])
        // Friday night ends on Saturday at 02:00; the one of the week before is over on Monday.
        #expect(blocks.last?.timeSpan == TimeSpan(4 * 86400 + 79200, 5 * 86400 + 7200))
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
            #expect(play.clock.isAbsent[2] == play.clock.isAbsent[3])
            seen.insert(play.clock.isAbsent[2])
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
        // A night reaches into the next day.
        #expect(
            try said("08:00-11:00+13:00-17:00,,", "22:00-09:00,08:00-11:00,").first?.contains(
                "cleo works 08:00-11:00 and at the same time 22:00-09:00 (line 4) [E403]") == true)
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
                Pause(TimeSpan(43200, 45000), isPaid: false), Pause(TimeSpan(54000, 54900), isPaid: true),
            ])
        #expect(blocks[1].paid == 8 * 3600 - 1800)
        #expect(blocks[1].onDuty == 8 * 3600 - 2700)
        // The night's break is on the date of its own clock time.
        #expect(blocks[2].timeSpan == TimeSpan(86400 + 79200, 2 * 86400 + 21600))
        #expect(blocks[2].pauses == [Pause(TimeSpan(2 * 86400 + 7200, 2 * 86400 + 8100), isPaid: true)])
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
            scheduled(activities: nil).with(
                "schedule.csv",
                Self.schedule.replacing("2026-", with: "2027-").replacing("Mon", with: "Tue").replacing(
                    "06,Tue", with: "06,Wed")))
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

@Suite("Shrinkage by kind, and who keeps to the plan how closely")
struct TimekeepingReading {
    static let center = """
        timezone: UTC
        days: 7
        contact_types:
          calls: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m}
        agent_groups:
          reps: {skills: {calls: 1}}
          more: {skills: {calls: 1}, agents: 2}
        shifts:
          early: {start: 08:00, length: 9h, lunch: {length: 30m, between: 11:00-13:00}, breaks: 2 x 15m}
        staffing:
          reps: {Mon-Fri: {early: 9}}
        shrinkage:
          leave: 3%
          vacation: {share: 7%, when: whole_days}
          meetings: {share: 2.5%, when: in_shift}
          sick: {share: 4.5%, when: unplanned}
        """

    private func read(_ changes: (old: String, new: String)...) throws -> ReadScenario {
        try Files(["a.yaml": Self.center]).replacing(changes, in: "a.yaml").read("a.yaml")
    }

    @Test("each part falls as it says, plain parts even out")
    func kinds() throws {
        let reading = try read()
        #expect(reading.scenario?.absences == Absences(evenedOut: 0.1, unplanned: 0.045, inShift: 0.025))
        let share = try #require(reading.scenario?.shrinkage)
        #expect(abs(share - (1 - 0.9 * 0.955 * 0.975)) < 1e-12)
        #expect(reading.expanded.contains("sick: {share: 4.5%, when: unplanned}"))
        let again = try Files(["a.yaml": reading.expanded]).read("a.yaml")
        #expect(again.scenario?.absences == reading.scenario?.absences)
        #expect(again.settled == reading.settled)
    }

    @Test("who is ill is missing on the day, each alone, unless the file says otherwise")
    func illness() throws {
        for (sick, sudden) in [
            ("sick: 4.5%", true), ("sick: {share: 4.5%}", true), ("sick_leave: 4.5%", true), ("illness: 4.5%", true),
            ("sick: {share: 4.5%, when: whole_days}", false), ("holidays: 4.5%", false),
        ] {
            let reading = try read(("sick: {share: 4.5%, when: unplanned}", sick))
            #expect(reading.scenario?.absences.unplanned == (sudden ? 0.045 : 0), "\(sick)")
            let again = try Files(["a.yaml": reading.expanded]).read("a.yaml")
            #expect(again.scenario?.absences == reading.scenario?.absences, "\(sick)")
        }
        #expect(try read(("sick: {share: 4.5%, when: unplanned}", "sick: 4.5%")).expanded.contains("when assumed"))
    }

    @Test("late, leaves_early and adherence are read, and written down as they were read")
    func settings() throws {
        let reading = try read(
            (
                "reps: {skills: {calls: 1}}",
                "reps: {skills: {calls: 1}, late: {share: 10%, by: {mean: 6m}}, leaves_early: {share: 5%, by: 15m}, adherence: 94%}"
            ))
        let keeping = try #require(reading.scenario?.agentGroups[0].timekeeping, "\(reading.told)")
        #expect(keeping.late == Timekeeping.Stray(share: 0.1, by: .exponential(Exponential(mean: 360))))
        #expect(keeping.leavesEarly == Timekeeping.Stray(share: 0.05, by: .exponential(Exponential(mean: 900))))
        #expect(keeping.adherence == 0.94)
        let again = try Files(["a.yaml": reading.expanded]).read("a.yaml")
        #expect(again.scenario?.agentGroups[0].timekeeping == keeping)
        #expect(again.settled == reading.settled)
    }

    @Test("what cannot be is said where it stands")
    func wrong() throws {
        func said(_ old: String, _ new: String) throws -> [String] {
            try read((old, new)).told.filter { $0.severity == .error }.map { $0.rendered() }
        }
        #expect(
            try said("when: unplanned", "when: sometimes").first?.hasPrefix(
                "a.yaml:16:29: error: \"sometimes\" is not known here [E210]") == true)
        #expect(
            try said("agents: 2", "agents: 2, late: {share: 10%, by: 5m}") == [
                """
                a.yaml:7:41: error: late needs shifts, but more has agents on duty [E114]
                    7 |   more: {skills: {calls: 1}, agents: 2, late: {share: 10%, by: 5m}}
                      |                                         ^^^^
                  hint: write shifts under "staffing", or leave it out
                """
            ])
        #expect(
            try said("reps: {skills: {calls: 1}}", "reps: {skills: {calls: 1}, adherence: 60%}").first?.hasPrefix(
                "a.yaml:6:30: error: adherence of 60% is out of reach of reps's shifts [E204]") == true)
        #expect(
            try said("reps: {skills: {calls: 1}}", "reps: {skills: {calls: 1}, late: {share: 10%}}").first?.hasPrefix(
                "a.yaml:6:36: error: agent_groups.reps.late lacks \"by\" [E104]") == true)
    }
}

@Suite("Meetings and training with a time")
struct ActivityReading {
    static let center = """
        timezone: UTC
        days: 2
        contact_types:
          calls: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m}
        agent_groups:
          reps: {skills: {calls: 1}}
          more: {skills: {calls: 1}, agents: 2}
        shifts:
          early: {start: 08:00, length: 6h, lunch: {length: 30m, between: 10:00-12:30}}
        staffing:
          reps: {Mon-Tue: {early: 3}}
        activities:
          - {name: huddle, groups: [reps], days: Mon, start: 09:00, length: 20m}
          - {name: training, days: Tue, start: 09:00, length: 1h, people: half, paid: no}
          - {name: training, days: Tue, start: 11:00, length: 1h, people: half, paid: no}
        """

    private func read(_ changes: (old: String, new: String)...) throws -> ReadScenario {
        try Files(["a.yaml": Self.center]).replacing(changes, in: "a.yaml").read("a.yaml")
    }

    @Test("everybody is at the huddle, and each half at one of the trainings")
    func attended() throws {
        let reading = try read()
        let group = try #require(reading.scenario?.agentGroups.first, "\(reading.told)")
        guard case .shifts(let blocks) = group.staffing else { return }
        // Lunch at 10:00, 11:00 and 12:00 as for three who work a shift together, whatever else they do.
        let huddle = Pause(TimeSpan(32400, 33600), isPaid: true)
        func lunch(_ hour: Double) -> Pause { Pause(TimeSpan(hour * 3600, hour * 3600 + 1800), isPaid: false) }
        #expect(
            blocks.filter { $0.day == 0 }.map(\.pauses) == [
                [huddle, lunch(10)], [huddle, lunch(11)], [huddle, lunch(12)],
            ])
        // On Tuesday the first two are at the first training; the third is at the second, with the first for company,
        // for half of three is two.
        func training(_ from: Double, _ to: Double) -> Pause {
            Pause(TimeSpan(86400 + from * 3600, 86400 + to * 3600), isPaid: false)
        }
        #expect(
            blocks.filter { $0.day == 1 }.map(\.pauses) == [
                [training(9, 10), training(10, 10.5), training(11, 12)], [training(9, 10), training(11, 11.5)],
                [training(11, 12), training(12, 12.5)],
            ])
        #expect(blocks[0].paid == 5.5 * 3600 && blocks[0].onDuty == 5.5 * 3600 - 1200)
        let again = try Files(["a.yaml": reading.expanded]).read("a.yaml")
        #expect(again.settled == reading.settled)
        guard case .shifts(let same)? = again.scenario?.agentGroups.first?.staffing else { return }
        #expect(same == blocks)
    }

    @Test("who is at lunch misses that part of a meeting")
    func atLunch() throws {
        let reading = try read(("start: 09:00, length: 20m", "start: 11:15, length: 30m"))
        guard case .shifts(let blocks)? = reading.scenario?.agentGroups.first?.staffing else { return }
        #expect(blocks[1].pauses?.map(\.timeSpan) == [TimeSpan(39600, 41400), TimeSpan(41400, 42300)])
        #expect(blocks[0].pauses?.map(\.timeSpan) == [TimeSpan(36000, 37800), TimeSpan(40500, 42300)])
    }

    @Test("what is wrong with an activity is said where it stands")
    func wrong() throws {
        func said(_ old: String, _ new: String) throws -> String {
            try read((old, new)).told.first { $0.severity == .error }?.rendered() ?? ""
        }
        #expect(
            try said("groups: [reps]", "groups: [rep]").hasPrefix(
                "a.yaml:13:29: error: \"rep\" is not an agent group [E302]"))
        #expect(
            try said("groups: [reps]", "groups: [more]") == """
                a.yaml:13:29: error: an activity needs shifts, but more has none [E114]
                   13 |   - {name: huddle, groups: [more], days: Mon, start: 09:00, length: 20m}
                      |                             ^^^^
                  hint: write shifts under "staffing", or count the time as shrinkage
                """)
        #expect(
            try said("people: half", "people: some").hasPrefix(
                "a.yaml:14:67: error: some is not a number of people [E210]"))
        #expect(try said("start: 09:00, length: 20m", "start: 09:00").contains("activities lacks \"length\" [E104]"))
    }
}

@Suite("Tiers and paces in the file")
struct TierReading {
    static let center = """
        timezone: UTC
        days: 7
        contact_types:
          calls: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, transfers: {more: 60%}}
          more: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m}
        agent_groups:
          reps:
            skills: {calls: 1, more: 1}
            tiers: {new: {share: 30%, handle_time: 130%, repeat: 130%, transfers: 150%, ramp: 8w}, old: 70%}
            pace: {13:00-14:00: 95%, "16:00-17:00": 90%}
            roster: roster.csv
        """
    static let roster = """
        agent_id,agent_group,tier,Mon
        ana,reps,new,08:00-17:00
        ben,reps,,08:00-17:00
        cleo,reps,old,08:00-17:00

        """

    private func read(_ changes: (old: String, new: String)..., roster: String = roster) throws -> ReadScenario {
        try Files(["a.yaml": Self.center, "roster.csv": roster]).replacing(changes, in: "a.yaml").read("a.yaml")
    }

    @Test("tiers, paces and a roster's tiers are read, and written down as they were read")
    func right() throws {
        let reading = try read()
        let group = try #require(reading.scenario?.agentGroups.first, "\(reading.told)")
        #expect(
            group.tiers == [
                Tier(id: "new", share: 0.3, handling: 1.3, repeats: 1.3, transfers: 1.5, ramp: 56 * 86400),
                Tier(id: "old", share: 0.7),
            ])
        #expect(group.members.map(\.tier) == [0, nil, 1])
        #expect(
            group.paces.prefix(2) == [
                DayPace(TimeSpan(46800, 50400), pace: 0.95), DayPace(TimeSpan(57600, 61200), pace: 0.9),
            ])
        #expect(group.paces.count == 14)
        let again = try Files(["a.yaml": reading.expanded, "roster.csv": Self.roster]).read("a.yaml")
        #expect(again.settled == reading.settled)
        #expect(again.scenario?.agentGroups.first?.tiers == group.tiers)
        #expect(again.scenario?.agentGroups.first?.paces == group.paces)
    }

    @Test("tiers may be counted instead")
    func counted() throws {
        let reading = try read(("{share: 30%, ", "{people: 1, "), ("old: 70%", "old: {people: 2}"))
        #expect(reading.scenario?.agentGroups[0].tiers.map(\.share) == [1.0 / 3, 2.0 / 3])
    }

    @Test("what is wrong with tiers and paces is said where it stands")
    func wrong() throws {
        func said(_ old: String, _ new: String) throws -> String {
            try read((old, new)).told.first { $0.severity == .error }?.rendered() ?? ""
        }
        #expect(
            try said("old: 70%", "old: 60%").hasPrefix(
                "a.yaml:9:5: error: the tiers of reps add up to 90% [E212]"))
        #expect(
            try said("transfers: 150%", "transfers: 200%").hasPrefix(
                "a.yaml:9:13: error: new hands on 120% of calls [E204]"))
        #expect(
            try said("13:00-14:00: 95%", "13:10-14:00: 95%").hasPrefix(
                "a.yaml:10:12: error: pace changes within an interval of 30m [E405]"))
        #expect(
            try said("16:00-17:00", "13:30-17:00").hasPrefix(
                "a.yaml:10:30: error: 13:30-17:00 overlaps the pace from 13:00 [E114]"))
        #expect(
            try said("{share: 30%, ", "{").hasPrefix(
                "a.yaml:9:13: error: agent_groups.reps.tiers.new lacks \"share\" [E104]"))
        let roster = try read(roster: Self.roster.replacing("reps,old", with: "reps,odd")).told
        #expect(
            roster.first?.rendered() == """
                roster.csv:4:11: error: "odd" is not a tier of reps [E302]
                    4 | cleo,reps,odd,08:00-17:00
                      |           ^^^
                  expected: new or old
                  hint: did you mean "old"?
                """)
    }
}

@Suite("Groups whose clocks are not the center's")
struct ZoneReading {
    static func center(_ from: String, _ to: String) -> String {
        """
        timezone: America/Chicago
        period: {from: \(from), to: \(to)}
        contact_types:
          calls: {hours: daily 00:00-24:00, arrivals: 60 per day, talk: 4m}
        agent_groups:
          here: {skills: {calls: 1}}
          west: {skills: {calls: 1}, timezone: America/Phoenix, pace: {09:00-10:00: 80%}}
          far: {skills: {calls: 1}, timezone: Asia/Manila}
        shifts:
          day: {start: 09:00, length: 8h, lunch: {length: 30m, between: 12:00-14:00}}
        staffing: {here: {daily: {day: 1}}, west: {daily: {day: 1}}, far: {daily: {day: 1}}}
        """
    }

    private func timeSpans(_ reading: ReadScenario, _ g: Int) throws -> [TimeSpan] {
        let groups = try #require(reading.scenario?.agentGroups, "\(reading.told.map { $0.rendered() })")
        guard case .shifts(let blocks) = groups[g].staffing else { return [] }
        return blocks.map(\.timeSpan)
    }

    @Test("shifts are written in the group's zone and stand at the center's seconds")
    func zones() throws {
        // In January Phoenix is an hour behind Chicago, Manila fourteen ahead.
        let reading = try Files(["a.yaml": Self.center("2026-01-05", "2026-01-06")]).read("a.yaml")
        let hour = 3600.0
        #expect(try timeSpans(reading, 0) == [TimeSpan(9 * hour, 17 * hour), TimeSpan(33 * hour, 41 * hour)])
        #expect(try timeSpans(reading, 1) == [TimeSpan(10 * hour, 18 * hour), TimeSpan(34 * hour, 42 * hour)])
        // 09:00 in Manila is 19:00 of the evening before: Tuesday's and Wednesday's begin within the two days, and of
        // Monday's the last three hours.
        #expect(
            try timeSpans(reading, 2) == [
                TimeSpan(-5 * hour, 3 * hour), TimeSpan(19 * hour, 27 * hour), TimeSpan(43 * hour, 51 * hour),
            ])
        #expect(reading.scenario?.agentGroups[1].paces.first == DayPace(TimeSpan(10 * hour, 11 * hour), pace: 0.8))
        guard case .shifts(let blocks)? = reading.scenario?.agentGroups[2].staffing else { return }
        #expect(blocks.map(\.day) == [0, 1, 1])
        #expect(blocks[1].lunch?.window == TimeSpan(22 * hour, 24 * hour))
        #expect(reading.expanded.contains("timezone: America/Phoenix"))
        let again = try Files(["a.yaml": reading.expanded]).read("a.yaml")
        #expect(again.settled == reading.settled)
    }

    @Test("where only the center's clocks change, the others' shifts move on them")
    func changes() throws {
        // Chicago springs forward on Sunday 8 March; Phoenix never does.
        let reading = try Files(["a.yaml": Self.center("2026-03-07", "2026-03-08")]).read("a.yaml")
        let hour = 3600.0
        // Sunday has 23 hours: 09:00 comes eight hours after midnight. In Phoenix it comes at 11:00 of Chicago's new time,
        // as 24 hours after Saturday's.
        #expect(try timeSpans(reading, 0) == [TimeSpan(9 * hour, 17 * hour), TimeSpan(32 * hour, 40 * hour)])
        #expect(try timeSpans(reading, 1) == [TimeSpan(10 * hour, 18 * hour), TimeSpan(34 * hour, 42 * hour)])
    }

    @Test("a zone of its own needs shifts, and a name of the list")
    func wrong() throws {
        let files = Files(["a.yaml": Self.center("2026-01-05", "2026-01-06")])
        func said(_ old: String, _ new: String) throws -> String {
            try files.replacing(old, new, in: "a.yaml").read("a.yaml").told.first { $0.severity == .error }?.rendered()
                ?? ""
        }
        #expect(
            try said("America/Phoenix", "America/Phenix").hasPrefix(
                "a.yaml:7:40: error: America/Phenix is not a time zone [E501]"))
        #expect(
            try said("timezone: Asia/Manila}", "agents: 2, timezone: Asia/Manila}\nrules: {}")
                .contains("far has agents"))
    }
}
