import Testing

@testable import ScenarioReading
@testable import ScenarioText
@testable import Simulator
@testable import Tabular

@Suite("Messages about scenario files are these, word for word")
struct MessageTests {
    @Test("a duration without unit")
    func missingUnit() throws {
        let files = try Files.riverbend().with("riverbend.yaml", line: 37, "    talk: 280")
        #expect(
            try files.read("riverbend.yaml").shown("E201") == """
                riverbend.yaml:37:11: error: talk needs a unit [E201]
                   37 |     talk: 280
                      |           ^^^
                  expected: a duration such as 280s, 4m40s or 4.5m
                  hint: write "talk: 280s" if you meant 280 seconds
                """)
    }

    @Test("an unknown setting")
    func unknownSetting() throws {
        let files = try Files.riverbend().with("riverbend.yaml", line: 38, "    wrapup: 1m10s")
        #expect(
            try files.read("riverbend.yaml").shown("E102") == """
                riverbend.yaml:38:5: error: unknown setting "wrapup" in contact_types.scheduling [E102]
                   38 |     wrapup: 1m10s
                      |     ^^^^^^
                  hint: did you mean "wrap_up"?
                """)
    }

    @Test("a skill that is not a contact type")
    func unknownSkill() throws {
        let files = try Files.riverbend().with(
            "riverbend.yaml", line: 117, "    skills: {scheduling: 1, refills: 1, chat_help: 2}")
        #expect(
            try files.read("riverbend.yaml").shown("E301") == """
                riverbend.yaml:117:29: error: skill "refills" is not a contact type [E301]
                  117 |     skills: {scheduling: 1, refills: 1, chat_help: 2}
                      |                             ^^^^^^^
                  expected: scheduling, billing, eligibility_auth, refill, nurse_triage, chat_help, texts, emails or portal_messages
                  hint: did you mean "refill"?
                """)
    }

    @Test("30 for a share")
    func notAShare() throws {
        let files = try Files.clinic().with("clinic.yaml", line: 9, "shrinkage: 30")
        #expect(
            try files.read("clinic.yaml").shown("E203") == """
                clinic.yaml:9:12: error: 30 is not a share [E203]
                    9 | shrinkage: 30
                      |            ^^
                  expected: a percentage with its sign (30%) or a number from 0 to 1 (0.30)
                  hint: write "shrinkage: 30%"
                """)
    }

    @Test("a decimal comma in a table with commas")
    func decimalComma() throws {
        let files = try Files.riverbend().with("arrivals.csv", line: 48, "Mon,09:00,scheduling,32,5")
        #expect(
            try files.read("riverbend.yaml").shown("E402") == """
                arrivals.csv:48:24: error: 5 cells, but the header names 4 (column "contacts") [E402]
                   48 | Mon,09:00,scheduling,32,5
                      |                        ^^
                  expected: weekday,start,contact_type,contacts
                  hint: 32,5 looks like a decimal comma: write 32.5, or save with ";" between the cells
                """)
    }

    @Test("dates that can be read two ways, for a command with an option to settle it")
    func ambiguousDates() throws {
        var text = "start,contact_type,contacts\n03/04/2026 08:00,scheduling,31\n"
        for minute in 1...335 { text += "03/04/2026 08:\(minute % 60),scheduling,31\n" }
        let table = try DelimitedText.read(SourceText(name: "history.csv", text: text)).get()
        guard
            case .failure(let problem) = TableDates.infer(table.rows.map { $0[0] }, in: table, option: "--date-format")
        else {
            Issue.record("the dates were read")
            return
        }
        #expect(
            problem.rendered() == """
                history.csv:2:1: error: the dates can be read two ways [E404]
                    2 | 03/04/2026 08:00,scheduling,31
                      | ^^^^^^^^^^ 3 April or March 4?
                  expected: dates as 2026-04-03, or their order given
                  hint: add --date-format dd/mm/yyyy (no date in these 336 rows settles it)
                """)
    }

    @Test("dates that can be read two ways, in a scenario's table")
    func ambiguousDatesOfATable() throws {
        let files = try Files.clinic()
            .replacing("calls: {Mon: 320, Tue-Thu: 260, Fri: 240}", "calls: calls.csv", in: "clinic.yaml")
            .replacing("day_shape: healthcare\n", "", in: "clinic.yaml")
            .with("calls.csv", "date,start,contacts\n05/01/2026,08:00,31\n05/01/2026,08:30,31\n")
        #expect(
            try files.read("clinic.yaml").shown("E404") == """
                calls.csv:2:1: error: the dates can be read two ways [E404]
                    2 | 05/01/2026,08:00,31
                      | ^^^^^^^^^^ 5 January or May 1?
                  expected: dates as 2026-01-05
                  hint: write the dates as 2026-01-05 (no date in these 2 rows settles it)
                """)
    }

    @Test("a shift at a time that the clocks skip")
    func missingHour() throws {
        let files = try Files.riverbend()
            .with("riverbend.yaml", line: 146, "  night: {start: 02:30, length: 8h}")
            .replacing("Sat-Sun: {early: 4, eve: 4}", "Sat-Sun: {early: 4, eve: 4, night: 2}", in: "riverbend.yaml")
        #expect(
            try files.read("riverbend.yaml").shown("E502") == """
                riverbend.yaml:146:18: error: 02:30 does not exist on Sun 2026-03-08 in America/Chicago [E502]
                  146 |   night: {start: 02:30, length: 8h}
                      |                  ^^^^^ clocks go from 02:00 to 03:00
                  hint: start at 01:30 or 03:00, or leave Sunday out of "staffing"
                """)
    }

    @Test("what the format names but is not simulated yet")
    func notSimulatedYet() throws {
        let files = try Files.riverbend().replacing(
            "  replications: auto ", "  sweep: {seed: [1, 2]}\n  replications: auto ", in: "riverbend.yaml")
        #expect(
            try files.read("riverbend.yaml").shown("E610") == """
                riverbend.yaml:169:3: error: a sweep is read but not simulated yet [E610]
                  169 |   sweep: {seed: [1, 2]}
                      |   ^^^^^
                  hint: leave this out for now
                """)
    }

    @Test("a setting that stands twice, with both lines")
    func repeatedSetting() throws {
        let files = try Files.clinic().replacing("agents: 9", "agents: 9\ntalk: 5m", in: "clinic.yaml")
        #expect(
            try files.read("clinic.yaml").told.map { $0.rendered() } == [
                """
                clinic.yaml:9:1: error: "talk" stands on line 6 and again on line 9 [E103]
                    9 | talk: 5m
                      | ^^^^
                  hint: keep one of them
                """
            ])
    }

    @Test("short settings beside two contact types, with the lines to move")
    func mixedForms() throws {
        let files = Files([
            "a.yaml": """
            talk: 4m
            patience: 2m
            contact_types:
              one: {arrivals: 100 per day}
              two: {arrivals: 100 per day, talk: 3m}
            agent_groups:
              all: {skills: {one: 1, two: 1}, agents: 40}
            """
        ])
        #expect(
            try files.read("a.yaml").shown("E105") == """
                a.yaml:1:1: error: "talk" stands outside contact_types, which names 2 [E105]
                    1 | talk: 4m
                      | ^^^^
                  expected: settings inside contact_types.one or contact_types.two
                  hint: move line 1 (talk) and line 2 (patience) into contact_types.one or defaults
                """)
    }

    @Test("where no name would do, none is expected")
    func nothingExpected() throws {
        let files = Files([
            "a.yaml": """
            timezone: UTC
            contact_types: {calls: {arrivals: 100 per day, talk: 3m, misrouted: {to: calls, share: 5%, takes: 1m}}}
            agent_groups: {all: {skills: {calls: 1}, agents: 4}}
            """
        ])
        let shown = try files.read("a.yaml").shown("E114")
        #expect(shown.hasPrefix("a.yaml:2:74: error: misrouted contacts go to another contact type, not calls itself"))
        #expect(!shown.contains("expected:"))
    }

    @Test("what stands beside the only group and in it")
    func twice() throws {
        let files = Files([
            "a.yaml": """
            contact_types: {one: {arrivals: 100 per day, talk: 3m}}
            agent_groups:
              all: {skills: {one: 1}, agents: 40}
            agents: 9
            """
        ])
        #expect(
            try files.read("a.yaml").shown("E105") == """
                a.yaml:4:1: error: "agents" stands here and in agent_groups.all [E105]
                    4 | agents: 9
                      | ^^^^^^
                  expected: one of them
                  hint: write it as agent_groups.all.agents
                """)
    }

    @Test("counts of a day that was are whole and do not stray")
    func counts() throws {
        let files = Files([
            "a.yaml": """
            timezone: UTC
            period: {from: 2026-03-02, to: 2026-03-02}
            contact_types:
              one: {hours: Mon 08:00-09:00, arrivals: a.csv, volumes: actual, talk: 3m, day_to_day: 10%}
            agent_groups: {all: {skills: {one: 1}, agents: 2}}
            """, "a.csv": "date,start,contacts\n2026-03-02,08:00,3\n2026-03-02,08:30,3.5\n",
        ])
        #expect(
            try files.read("a.yaml").shown("E114") == """
                a.yaml:4:77: error: counts that were do not vary from day to day [E114]
                    4 |   one: {hours: Mon 08:00-09:00, arrivals: a.csv, volumes: actual, talk: 3m, day_to_day: 10%}
                      |                                                                             ^^^^^^^^^^
                  hint: leave out "day_to_day", or "volumes: actual"
                """)
        let whole = try files.replacing(", day_to_day: 10%", "", in: "a.yaml")
        #expect(
            try whole.read("a.yaml").shown("E204") == """
                a.csv:3:18: error: 3.5 is not a count of one [E204]
                    3 | 2026-03-02,08:30,3.5
                      |                  ^^^
                  expected: a whole number, as the volumes are actual ones
                  hint: leave out "volumes: actual" for a forecast
                """)
        #expect(try whole.replacing("3.5", "4", in: "a.csv").read("a.yaml").scenario != nil)
    }

    @Test("a day of 23 hours, with the contacts that its missing hour loses")
    func shortDay() throws {
        let files = Files([
            "a.yaml": """
            timezone: America/Chicago
            period: {from: 2026-03-08, to: 2026-03-08}
            open: daily 00:00-24:00
            calls: 6 per 30m
            talk: 1m
            agents: 9
            """
        ])
        #expect(
            try files.read("a.yaml").told.map { $0.rendered() } == [
                """
                a.yaml:2:32: warning: Sun 2026-03-08 has 23 hours: clocks go from 02:00 to 03:00 [W510]
                    2 | period: {from: 2026-03-08, to: 2026-03-08}
                      |                                ^^^^^^^^^^
                  hint: 12 contacts planned for the missing hour are left out
                """
            ])
    }

    @Test("a day of 25 hours")
    func longDay() throws {
        let reading = try Files([
            "a.yaml": """
            timezone: America/Chicago
            period: {from: 2026-11-01, to: 2026-11-01}
            open: daily 00:00-24:00
            calls: 6 per 30m
            talk: 1m
            agents: 9
            """
        ]).read("a.yaml")
        #expect(
            reading.told.map(\.message) == ["Sun 2026-11-01 has 25 hours: clocks go from 02:00 to 01:00"])
    }
}

@Suite("Warnings")
struct WarningTests {
    static let twoTypes = """
        timezone: America/Chicago
        contact_types:
          one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, languages: {en: 90%, es: 10%}}
          two: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m}
        agent_groups:
          first: {skills: {one: 1, two: 1}, languages: [en, es]}
          second: {skills: {two: 1}}
        shifts:
          day: {start: 08:00, length: 9h, lunch: {length: 30m, between: 11:00-14:00}, breaks: 2 x 15m}
          late: {start: 12:00, length: 5h}
        staffing:
          first: {Mon-Fri: {day: 2}}
          second: {Mon-Fri: {day: 2}}
        shrinkage: {leave: 10%, meetings: 2%}
        """

    private func told(_ old: String = "", _ new: String = "", file: String = "a.yaml") throws -> [String] {
        let files = Files(["a.yaml": Self.twoTypes])
        let reading = try (old.isEmpty ? files : files.replacing(old, new, in: "a.yaml")).read("a.yaml")
        return reading.told.filter { !Self.isUnused($0) }.map {
            "\($0.place?.line ?? 0):\($0.place?.column ?? 0) \($0.severity.rawValue): \($0.message) [\($0.code)]"
        }
    }

    /// Nobody works the late shift unless a test says so: what is said of that is tested elsewhere.
    private static func isUnused(_ problem: Problem) -> Bool { problem.message == "nobody works the shift late" }

    @Test("none where all is well")
    func none() throws { #expect(try told() == []) }

    @Test("nobody with the skill is scheduled")
    func uncovered() throws {
        #expect(
            try told("first: {Mon-Fri: {day: 2}}", "first: {Mon-Fri: {late: 2}}") == [
                "3:3 warning: one in en is open Mon 2026-01-05 08:00-12:00, but nobody for it is scheduled (20 hours in all) [W310]",
                "3:3 warning: one in es is open Mon 2026-01-05 08:00-12:00, but nobody for it is scheduled (20 hours in all) [W310]",
            ])
    }

    @Test("contacts are handed on to a type that is closed then")
    func handedToClosed() throws {
        let files = try Files(["a.yaml": Self.twoTypes])
            .replacing("two: {hours: Mon-Fri 08:00-17:00", "two: {hours: Mon-Thu 08:00-14:30", in: "a.yaml")
            .replacing("en: 90%, es: 10%}}", "en: 90%, es: 10%}, transfers: {two: 5%}}", in: "a.yaml")
        // Open in 26 of 45 hours: 19 of 45 find it closed.
        func closed(_ files: Files) throws -> [Problem] { try files.read("a.yaml").told.filter { $0.code == "W314" } }
        let told = try closed(files)
        #expect(
            told.map(\.message) == ["about 42% of those whom one hands on to two find it closed and are turned away"])
        #expect(told.first?.hint == "open two as long, hand on less, or let it take messages (when_closed)")
        let kept = try files.replacing("two: {hours", "two: {when_closed: voicemail, hours", in: "a.yaml")
        #expect(try closed(kept).isEmpty)
    }

    @Test("nobody with the language is scheduled")
    func uncoveredLanguage() throws {
        let files = try Files(["a.yaml": Self.twoTypes])
            .replacing("languages: [en, es]}", "languages: [en]}", in: "a.yaml")
            .replacing("  second:", "  third: {skills: {one: 1}, languages: [es]}\n  second:", in: "a.yaml")
            .replacing("staffing:\n", "staffing:\n  third: {Mon-Fri: {late: 2}}\n", in: "a.yaml")
        #expect(
            try files.read("a.yaml").told.map(\.message) == [
                "one in es is open Mon 2026-01-05 08:00-12:00, but nobody for it is scheduled (20 hours in all)"
            ])
    }

    @Test("only one person with the skill is on shift")
    func alone() throws {
        #expect(
            try told("first: {Mon-Fri: {day: 2}}", "first: {Mon-Thu: {day: 2}, Fri: {day: 1}}") == [
                "3:3 warning: only one person for one in en is on shift Fri 2026-01-09 08:00-17:00 [W311]",
                "3:3 warning: only one person for one in es is on shift Fri 2026-01-09 08:00-17:00 [W311]",
            ])
    }

    @Test("breaks in shifts and in shrinkage")
    func repeatedBreaks() throws {
        #expect(
            try told("leave: 10%", "breaks: 10%") == [
                "14:13 warning: breaks counts twice: here and in the shifts (day, line 9) [W320]"
            ])
        #expect(
            try told("leave: 10%", "lunch_hour: 5%") == [
                "14:13 warning: lunch_hour counts twice: here and in the shifts (day, line 9) [W320]"
            ])
    }

    @Test("more work than 85% of the time")
    func tooMuchWork() throws {
        #expect(
            try told("arrivals: 60 per day, talk: 4m, languages", "arrivals: 300 per day, talk: 4m, languages") == [
                "3:3 warning: one and two need 85.2% of the agents' time (120 of 141 hours) [W340]"
            ])
    }

    @Test("text that YAML takes for a comment")
    func lostText() throws {
        let reading = try Files(["a.yaml": "name: Team #4\n" + Self.twoTypes + "\n# a comment\n"]).read("a.yaml")
        #expect(
            reading.told.filter { !Self.isUnused($0) }.map { $0.rendered() } == [
                """
                a.yaml:1:12: warning: name loses the text after " #", which YAML takes for a comment [W110]
                    1 | name: Team #4
                      |            ^^
                  hint: put the whole text in quotes, or two spaces before a comment
                """
            ])
        #expect(reading.scenario?.name == "Team")
    }

    @Test("names that a spreadsheet turns into dates")
    func dateLike() throws {
        let files = Files([
            "a.yaml": """
            timezone: UTC
            contact_types:
              mar1: {hours: Mon 08:00-09:00, arrivals: calls.csv, talk: 1m}
            agent_groups: {all: {skills: {mar1: 1}, agents: 5}}
            """,
            "calls.csv": "weekday,start,contact_type,contacts\nMon,08:00,mar1,3\nMon,08:30,mar1,3\n",
        ])
        #expect(try files.read("a.yaml").spots == ["W410 2:11"])
        #expect(IntervalTable.looksLikeDate("8-5"))
        #expect(IntervalTable.looksLikeDate("MAR1"))
        #expect(IntervalTable.looksLikeDate("1-Mar"))
        #expect(!IntervalTable.looksLikeDate("nurse_triage"))
        #expect(!IntervalTable.looksLikeDate("market"))
    }

    @Test("an open interval without a row, unless gaps are zero")
    func gap() throws {
        let files = Files([
            "a.yaml": """
            timezone: UTC
            open: Mon 08:00-10:00
            calls: calls.csv
            talk: 1m
            agents: 5
            """,
            "calls.csv": "weekday,start,contacts\nMon,08:00,3\nMon,08:30,3\nMon,09:30,3\n",
        ])
        let reading = try files.read("a.yaml")
        #expect(reading.told.map(\.message) == ["no row for calls Mon 09:00"])
        #expect(reading.spots == ["W420 3:11"])
        #expect(reading.scenario?.contactTypes[0].arrivals.count == 3)
        #expect(try files.replacing("agents: 5", "agents: 5\ngaps: zero", in: "a.yaml").read("a.yaml").told == [])
    }

    @Test("contacts for a day on which it is closed")
    func closedDay() throws {
        let files = try Files.clinic().replacing("Fri: 240", "Fri: 240, Sat: 20", in: "clinic.yaml")
        #expect(try files.read("clinic.yaml").spots == ["W430 4:1"])
    }
}
