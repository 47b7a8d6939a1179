import Testing

@testable import Center
@testable import ScenarioReading
@testable import Simulator
@testable import Tabular

/// Lunches with sight of all colleagues.
@Suite("Where lunches and breaks fall")
struct PausePlacementTests {
    private static let base = """
        timezone: UTC
        period: {from: 2026-03-02, to: 2026-03-02}
        hours: {office: {Mon-Fri: "08:00-17:00"}}
        contact_types:
          calls: {hours: office, arrivals: 12 per hour, talk: 3m, target: 80% in 60s}
        agent_groups:
          reps: {skills: {calls: 1}}
        shifts:
          early: {start: 08:00, length: 8h30m, lunch: {length: 30m, between: 11:30-13:00}, breaks: 2 x 15m}
          late: {start: 08:30, length: 8h30m, lunch: {length: 30m, between: 11:30-13:00}, breaks: 2 x 15m}
        staffing: {reps: {Mon-Fri: {early: 1, late: 1}}}
        """

    private static let three = """
        timezone: UTC
        period: {from: 2026-03-02, to: 2026-03-02}
        hours: {office: {Mon-Fri: "08:00-16:30"}}
        defaults: {hours: office, arrivals: 6 per hour, talk: 3m, target: 80% in 60s}
        contact_types: {a: {}, b: {}, c: {}}
        agent_groups:
          ga: {skills: {a: 1, b: 2, c: 2}}
          gb: {skills: {a: 2, b: 1, c: 2}}
          gc: {skills: {a: 2, b: 2, c: 1}}
        shifts:
          day: {start: 08:00, length: 8h30m, lunch: {length: 30m, between: 11:30-13:00}, breaks: 2 x 15m}
        staffing: {ga: {Mon-Fri: {day: 1}}, gb: {Mon-Fri: {day: 1}}, gc: {Mon-Fri: {day: 1}}}
        """

    private func pauses(_ scenario: Scenario) -> [Pause] {
        scenario.agentGroups.flatMap { group -> [Pause] in
            guard case .shifts(let blocks) = group.staffing else { return [] }
            return blocks.flatMap { block in
                (0..<block.people).flatMap { PersonalDay(block, person: $0).pauses }
            }
        }
    }

    @Test(
        "An early and a late shift, and groups that back each other up, are not away together",
        arguments: [base, three])
    func staggered(_ text: String) throws {
        let reading = try Files(["a.yaml": text]).read("a.yaml")
        let scenario = try #require(reading.scenario)
        let pauses = pauses(scenario).sorted { $0.timeSpan.start < $1.timeSpan.start }
        #expect(pauses.count == (text == Self.base ? 6 : 9))
        for (one, next) in zip(pauses, pauses.dropFirst()) { #expect(one.timeSpan.end <= next.timeSpan.start) }
        for lunch in pauses where !lunch.isPaid {
            #expect(
                lunch.timeSpan.start >= 11.5 * 3600 && lunch.timeSpan.end <= 13 * 3600 && lunch.timeSpan.length == 1800)
        }
        #expect(!reading.told.contains { $0.code == "W310" })
    }

    @Test("Where the windows leave no room, it is said when all are away")
    func together() throws {
        let reading = try Files(["a.yaml": Self.base.replacing("11:30-13:00", with: "12:00-12:30")]).read("a.yaml")
        #expect(
            reading.told.filter { $0.code == "W310" }.map(\.message) == [
                "calls is open Mon 2026-03-02 12:00-12:30, but all on shift for it are at lunch, on a break or in a meeting"
            ])
    }

    @Test("Breaks of any length have a place within shifts of any length", arguments: [160, 210, 360, 480, 545])
    func anyLengths(minutes: Int) throws {
        for length in [1, 5, 10, 20] {
            for number in 1...8 where number * length * 3 < minutes {
                let text = Self.base.replacing(
                    "length: 8h30m, lunch: {length: 30m, between: 11:30-13:00}, breaks: 2 x 15m",
                    with: "length: \(minutes)m, breaks: \(number) x \(length)m"
                ).replacing("{early: 1, late: 1}", with: "{early: 2, late: 3}")
                let scenario = try #require(try Files(["a.yaml": text]).read("a.yaml").scenario)
                guard case .shifts(let blocks) = scenario.agentGroups[0].staffing else { continue }
                for block in blocks {
                    for person in 0..<block.people {
                        let pauses = PersonalDay(block, person: person).pauses
                        #expect(pauses.count == number)
                        #expect(
                            pauses.allSatisfy {
                                block.timeSpan.start <= $0.timeSpan.start && $0.timeSpan.end <= block.timeSpan.end
                            })
                        for (one, next) in zip(pauses, pauses.dropFirst()) {
                            #expect(one.timeSpan.end <= next.timeSpan.start)
                        }
                    }
                }
            }
        }
    }

    @Test(
        "Lunch and breaks are all taken, in the plan and in play, wherever lunch may lie",
        arguments: ["08:00-16:00", "08:00-10:00", "08:15-10:00", "14:00-16:00", "12:00-12:30", "09:00-15:00"])
    func allTaken(window: String) throws {
        for (number, length) in [(1, 10), (2, 15), (3, 5), (4, 30), (6, 30), (8, 20)] {
            for people in [1, 2, 3, 7, 45] {
                let text = Self.base.replacing(
                    "length: 8h30m, lunch: {length: 30m, between: 11:30-13:00}, breaks: 2 x 15m",
                    with: "length: 8h, lunch: {length: 30m, between: \(window)}, breaks: \(number) x \(length)m"
                ).replacing("{early: 1, late: 1}", with: "{early: \(people)}").replacing(
                    "late: {start: 08:30, length: 8h, lunch: {length: 30m, between: \(window)}",
                    with: "late: {start: 08:30, length: 8h, lunch: {length: 30m, between: 11:30-13:00}")
                let what = "\(window), \(number) x \(length)m, \(people) people"
                let reading = try Files(["a.yaml": text]).read("a.yaml")
                let scenario = try #require(reading.scenario, "\(what): \(reading.told.map(\.message))")
                let time = ScheduledTime(scenario, timeSpans: [TimeSpan(0, 86400)])
                let each = Double(8 * 60 - 30 - number * length) * 60
                #expect(abs(time.onDuty[0] - Double(people) * each) < 1e-6, "\(what)")
                #expect(abs(time.paid[0] - Double(people) * 7.5 * 3600) < 1e-6, "\(what)")
                // Where nobody calls, people are there as planned.
                var quiet = scenario
                for t in quiet.contactTypes.indices { quiet.contactTypes[t].arrivals = [] }
                let plan = Blueprint(quiet)
                var engine = Replication(plan, seed: 1)
                engine.play(0)
                let present = (0..<engine.seen.periodCount).reduce(0.0) {
                    $0
                        + engine.seen.groups[
                            $1 * plan.groups.count * Observations.Group.count + Observations.Group.present.rawValue]
                }
                #expect(abs(present - Double(people) * each) < 1e-6, "\(what)")
            }
        }
    }

    @Test("Many on one shift spread evenly, and a day that begins on another keeps its places")
    func evenly() throws {
        let reading = try Files(["a.yaml": Self.base.replacing("{early: 1, late: 1}", with: "{early: 12}")]).read(
            "a.yaml")
        let lunches = pauses(try #require(reading.scenario)).filter { !$0.isPaid }
        // Half an hour each in an hour and a half: three at a time, of twelve never more than five.
        for time in stride(from: 11.5 * 3600, to: 13 * 3600, by: 300) {
            let away = lunches.count { $0.timeSpan.start <= time && time < $0.timeSpan.end }
            #expect((3...5).contains(away), "\(time / 3600)")
        }
    }
}

/// A week with a holiday for all, a half day, and a row for named hours.
@Suite("Holidays")
struct HolidayTests {
    private static let base = """
        timezone: UTC
        period: {from: 2026-05-25, to: 2026-05-31}
        holidays: h.csv
        hours: {office: {Mon-Fri: "08:00-17:00"}, nurses: {daily: "00:00-24:00"}}
        contact_types:
          calls: {hours: office, arrivals: {Mon-Fri: 180}, talk: 3m, target: 80% in 60s}
          rates: {hours: office, arrivals: 10 per hour, talk: 3m}
          nurse: {hours: nurses, arrivals: 4 per hour, talk: 6m, target: 80% in 60s}
          mail: {channel: email, hours: office, arrivals: {daily: 50}, talk: 6m, target: {share: 90%, in: 1d, clock: open_hours}}
        agent_groups:
          reps: {skills: {calls: 1, rates: 1, mail: 2}, wage: 20 per hour}
          nurses: {skills: {nurse: 1}}
        shifts:
          day: {start: 08:00, length: 9h, lunch: {length: 30m, between: 11:30-13:30}, breaks: 2 x 15m}
          n1: {start: 07:00, length: 12h}
          n2: {start: 19:00, length: 12h}
        staffing: {reps: {Mon-Fri: {day: 5}}, nurses: {daily: {n1: 3, n2: 2}}}
        """

    private func reading(_ rows: String, header: String = "date,name,hours,hours_name,volume,next_day,staff") throws
        -> Reading
    {
        Reading(try Files(["a.yaml": Self.base, "h.csv": header + "\n" + rows]).read("a.yaml"))
    }

    struct Reading {
        var scenario: Scenario?
        var told: [String]

        init(_ reading: ReadScenario) {
            scenario = reading.scenario
            told = reading.told.map(\.message)
        }

        func contacts(_ type: Int, day: Int) -> Double {
            let whole = TimeSpan(Double(day) * 86400, Double(day + 1) * 86400)
            return scenario?.contactTypes[type].arrivals.filter {
                whole.start <= $0.timeSpan.start && $0.timeSpan.start < whole.end
            }.reduce(0) { $0 + $1.contacts } ?? .nan
        }

        func hours(_ group: Int, day: Int) -> Double {
            guard let scenario else { return .nan }
            let whole = TimeSpan(Double(day) * 86400, Double(day + 1) * 86400)
            let time = ScheduledTime(scenario, timeSpans: [whole])
            return time.onDuty[group] / 3600
        }

        func paid(_ group: Int, day: Int) -> Double {
            guard let scenario else { return .nan }
            let time = ScheduledTime(scenario, timeSpans: [TimeSpan(Double(day) * 86400, Double(day + 1) * 86400)])
            return time.paid[group] / 3600
        }
    }

    private func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-6 }

    @Test("A row without a name closes what closes at some time: what is always open stays, with its people")
    func closed() throws {
        let week = try reading("2026-05-25,Memorial Day,,,,,")
        #expect(isNear(week.contacts(0, day: 0), 0) && isNear(week.contacts(1, day: 0), 0))
        #expect(isNear(week.contacts(2, day: 0), 96) && isNear(week.contacts(0, day: 1), 180))
        // People write all the same.
        #expect(isNear(week.contacts(3, day: 0), 50))
        #expect(week.hours(0, day: 0) == 0 && week.paid(0, day: 0) == 0 && week.hours(1, day: 0) == 60)
        #expect(
            week.told == ["270 contacts that usual days have do not come on holidays: Memorial Day 270"], "\(week.told)"
        )
    }

    @Test("A half day has the contacts of its own hours, and people for as long; a volume is a share of a usual day")
    func half() throws {
        let week = try reading("2026-05-25,Half day,08:00-12:30,,,,")
        // Four and a half of nine hours.
        #expect(isNear(week.contacts(0, day: 0), 90) && isNear(week.contacts(1, day: 0), 45))
        // Four and a half hours with one of the two breaks, and no lunch.
        #expect(isNear(week.hours(0, day: 0), 5 * 4.25) && isNear(week.paid(0, day: 0), 5 * 4.5))
        let busy = try reading("2026-05-25,Half day,08:00-12:30,,80%,130%,paid")
        #expect(isNear(busy.contacts(0, day: 0), 144) && isNear(busy.contacts(1, day: 0), 72))
        #expect(isNear(busy.contacts(0, day: 1), 234) && isNear(busy.contacts(1, day: 1), 117))
        #expect(isNear(busy.contacts(0, day: 2), 180) && busy.told == [])
        // Paid as on a usual day: nine hours less lunch.
        #expect(isNear(busy.paid(0, day: 0), 5 * 8.5) && isNear(busy.hours(0, day: 0), 5 * 4.25))
    }

    @Test("A shift wholly in the closed part of a half day is not worked, nor one of which less than an hour is left")
    func closedPart() throws {
        for (row, paid) in [
            ("2026-05-25,Half day,08:00-12:30,,,,", 0.0), ("2026-05-25,Half day,08:00-12:30,,,,paid", 1),
        ] {
            for (start, hours) in [("12:30", 4.5), ("12:00", 5.0)] {
                let text = Self.base.replacing(
                    "day: {start: 08:00, length: 9h, lunch: {length: 30m, between: 11:30-13:30}, breaks: 2 x 15m}",
                    with: "day: {start: \(start), length: \(Int(hours * 60))m}")
                let week = Reading(
                    try Files([
                        "a.yaml": text, "h.csv": "date,name,hours,hours_name,volume,next_day,staff\n" + row,
                    ]).read("a.yaml"))
                #expect(isNear(week.hours(0, day: 0), 0) && isNear(week.paid(0, day: 0), 5 * hours * paid))
                #expect(isNear(week.hours(0, day: 1), 5 * hours))
            }
        }
    }

    @Test("The day after has its share even if it is a holiday of its own, and outside hours, too")
    func dayAfter() throws {
        let two = try reading("2026-05-25,One,,,,130%,\n2026-05-26,Two,08:00-12:30,,,,")
        #expect(isNear(two.contacts(0, day: 1), 90 * 1.3) && isNear(two.contacts(0, day: 2), 180))
        let text = Self.base.replacing("arrivals: {Mon-Fri: 180}", with: "arrivals: {Mon-Fri: 180}, outside_hours: 20%")
        let outside = Reading(
            try Files([
                "a.yaml": text,
                "h.csv": "date,name,hours,hours_name,volume,next_day,staff\n2026-05-25,Half,08:00-12:30,,50%,130%,",
            ]).read("a.yaml"))
        #expect(isNear(outside.contacts(0, day: 0), 90) && isNear(outside.contacts(0, day: 1), 234))
    }

    @Test("A row for named hours is about them alone, and people may work or be paid on it")
    func named() throws {
        let week = try reading(
            "2026-05-25,Nurses,,nurses,50%,,paid\n2026-05-26,Stocktaking,,office,0%,,as_usual")
        #expect(
            isNear(week.contacts(2, day: 0), 48)
                && week.scenario?.contactTypes[2].open.contains { $0.start == 0 } == false)
        #expect(week.paid(1, day: 0) == 60 && isNear(week.contacts(0, day: 0), 180))
        #expect(isNear(week.contacts(0, day: 1), 0) && isNear(week.hours(0, day: 1), 5 * 8))
    }

    @Test(
        "What cannot be read is told where it stands",
        arguments: [
            ("2026-05-25,A,,officers,,,", "\"officers\" is not the name of opening hours"),
            ("2026-05-25,A,,,,,home", "\"home\" is not what staff do on a holiday"),
            ("2026-05-25,A,,,half,,", "half is not a share"),
            ("2026-05-25,A,,,,,\n2026-05-25,B,,,,,", "2026-05-25 stands on line 2 and again on line 3"),
        ])
    func refused(_ row: String, _ message: String) throws {
        let files = Files([
            "a.yaml": Self.base, "h.csv": "date,name,hours,hours_name,volume,next_day,staff\n" + row,
        ])
        #expect(try files.read("a.yaml").errors.map(\.message).first?.contains(message) == true)
    }

    // MARK: What is written

    @Test("E-mail by day comes at any hour of any day, seldom at night, and is due by its own clock")
    func written() throws {
        let week = try reading("2027-01-01,New Year,,,,,")
        let mail = try #require(week.scenario?.contactTypes[3])
        #expect(isNear(mail.arrivals.reduce(0) { $0 + $1.contacts }, 350))
        #expect(isNear(week.contacts(3, day: 6), 50))
        let night = mail.arrivals.filter { $0.timeSpan.start.truncatingRemainder(dividingBy: 86400) < 5 * 3600 }
        #expect(night.reduce(0) { $0 + $1.contacts } < 350 * 5 / 24 / 2)
        // A day of the office is nine hours.
        #expect(mail.target == ServiceTarget(share: 0.9, within: 9 * 3600, clock: .openHours))
        let told = try Files([
            "a.yaml": Self.base.replacing("arrivals: {daily: 50}", with: "arrivals: {daily: 50}, outside_hours: 10%"),
            "h.csv": "date,name\n2027-01-01,New Year\n",
        ]).read("a.yaml")
        let open = told.scenario?.contactTypes[3].arrivals.reduce(0) { $0 + $1.contacts } ?? 0
        // Where the type says itself what comes outside hours, closed days have nothing.
        #expect(isNear(open, 250))
    }

    @Test("What goes on in writing stays in writing: due as it was, and served by whoever serves the other type")
    func handedOn() throws {
        let text = Self.base.replacing("clock: open_hours}}", with: "clock: open_hours}, transfers: {nurse: 10%}}")
        let reading = try Files(["a.yaml": text, "h.csv": "date,name\n2027-01-01,New Year\n"]).read("a.yaml")
        let scenario = try #require(reading.scenario)
        let written = try #require(scenario.contactTypes.last)
        #expect(written.id == "nurse_written" && written.channel.id == "email" && written.patience == nil)
        #expect(written.target == scenario.contactTypes[3].target && written.open == scenario.contactTypes[3].open)
        #expect(scenario.contactTypes[3].followOns.map(\.contactType) == [4])
        #expect(scenario.agentGroups[1].skills.map(\.contactType) == [2, 4])
        // Further on, too, and the sooner promise of several.
        let further = try Files([
            "a.yaml": text.replacing(
                "nurse: {hours: nurses, arrivals: 4 per hour, talk: 6m, target: 80% in 60s}",
                with: "nurse: {hours: nurses, arrivals: 4 per hour, talk: 6m, target: 80% in 60s, transfers: {calls: "
                    + "{share: 20%, hand_over: 30s}}, repeat: {share: 10%, after: 1d}}\n"
                    + "  portal: {channel: portal, hours: office, arrivals: {daily: 5}, talk: 6m, priority: 2, "
                    + "target: 90% in 4h, transfers: {nurse: 50%}}"
            ).replacing("reps: {skills: {calls: 1,", with: "reps: {skills: {calls: 1, portal: 2,").replacing(
                "{nurse: 10%}", with: "{nurse: 10%, calls: 5%}"),
            "h.csv": "date,name\n2027-01-01,New Year\n",
        ]).read("a.yaml")
        let types = try #require(further.scenario).contactTypes
        func place(_ id: String) throws -> Int { try #require(types.firstIndex { $0.id == id }) }
        let (nurse, calls) = (try place("nurse_written"), try place("calls_written"))
        #expect(types[nurse].priority == 2 && types[nurse].target?.acceptableWait == 4 * 3600)
        // Mail comes to calls at once, and the portal's by way of the nurses: sooner.
        #expect(types[calls].priority == 2 && types[calls].target?.acceptableWait == 4 * 3600)
        #expect(Set(types[nurse].followOns.map(\.contactType)) == [nurse, calls])
        #expect(types[nurse].followOns.allSatisfy { $0.handOver == nil } && !types[calls].channel.isCall)
        #expect(types[try place("nurse")].followOns.contains { $0.contactType == 0 && $0.handOver != nil })
        let spoken = try Files([
            "a.yaml": text.replacing("{nurse: 10%}", with: "{nurse: {share: 10%, hand_over: 30s}}"),
            "h.csv": "date,name\n2027-01-01,New Year\n",
        ]).read("a.yaml")
        #expect(spoken.errors.map(\.message) == ["mail is written, so that nobody is handed over in person"])
    }
}
