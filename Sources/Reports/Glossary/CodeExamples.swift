import Simulator
import Tabular

extension CodeExample {
    /// One for every code in `ProblemCode.catalogue`.
    static let all: [CodeExample] = form + values + tables + calendar + impossible + commands + warnings

    private static let form = [
        clinic("E101", "calls: {Mon-Fri: 60}", "calls: {Mon-Fri: 60"),
        clinic("E102", "talk: 4m30s", "tallk: 4m30s"),
        clinic("E103", "agents: 9", "agents: 9\nagents: 10", cure: "keep one of the two lines."),
        clinic("E104", "\ntalk: 4m30s", "", cure: "add the setting, such as \"talk: 4m30s\"."),
        center(
            "E105", "contact_types:", "talk: 4m\ncontact_types:",
            cure: "move the line into a contact type, or into \"defaults\" for all of them."),
        clinic("E106", "name: Clinic", "name: [Clinic]"),
        clinic("E107", "name: Clinic", "name: Clinic Zürich", cure: "save the file with the encoding UTF-8."),
        CodeExample(
            "E108", .scenario(.clinic, right: "", wrong: ""),
            cure: "write at least calls, talk and agents; \"switchboard init\" makes a file to begin with."),
        clinic("E110", "calls: {Mon-Fri: 60}", "calls:\n\tMon-Fri: 60", cure: "use two spaces instead of the tab."),
        clinic("E111", "name: Clinic", "name: !text Clinic"),
        center("E112", "  one: {talk", "  One: {talk", cure: "use lower case letters, digits and underscores."),
        clinic("E113", "name: Clinic", "include: clinic.yaml", cure: "take one of the files out of \"include\"."),
        clinic(
            "E114", "days: 7", "days: 7\nperiod: {from: 2026-03-02, to: 2026-03-08}", cure: "keep one of the two."),
        CodeExample("E191", .none, cure: "name a folder that simulate has saved, or a scenario file."),
        CodeExample("E192", .none, cure: "run the command of \"reproduce\" in run.json again with --force."),
        CodeExample("E193", .none, cure: "run the command of \"reproduce\" in run.json again with --force."),
        CodeExample(
            "E194", .none,
            cure: "put back the scenario and the tables that the run had, or run them as a run of their own."),
    ]

    private static let values = [
        clinic("E201", "talk: 4m30s", "talk: 280", cure: "write the unit: \"talk: 280s\" or \"talk: 4m40s\"."),
        clinic("E202", "days: 7", "days: seven"),
        clinic("E203", "shrinkage: 30%", "shrinkage: 30"),
        clinic("E204", "interval: 30m", "interval: 7m"),
        center("E205", "wage: 19.30 per hour", "wage: 19.30"),
        center("E206", "start: 08:00", "start: 800"),
        center("E207", "first: {Mon-Fri:", "first: {1-5:"),
        center("E208", "from: 2026-03-02", "from: 3/2/26"),
        clinic("E209", "target: 80% in 30s", "target: 80/30"),
        clinic("E210", "day_shape: healthcare", "day_shape: healtcare"),
        clinic(
            "E211", "talk: 4m30s", "talk: {spread: 0.5}", cure: "add the mean: \"talk: {mean: 4m30s, spread: 0.5}\"."),
        center("E212", "es: 10%", "es: 20%"),
        clinic("E213", "talk: 4m30s", "talk:"),
        center(
            "E214", "two: {talk: 4m}",
            "two: {talk: 4m, callback: {offer_after: 2m, accepted: 35%, call_within: 1m}}",
            cure: "promise the call for later than the offer: \"call_within: 30m\"."),
        center("E301", "two: 1}, languages", "tow: 1}, languages", cure: "write \"two: 1\"."),
        center("E302", "first: {Mon-Fri: {day: 2}}", "first: {Mon-Fri: {days: 2}}", cure: "write \"day: 2\"."),
        center(
            "E303", "two: {talk: 4m}",
            "two: {talk: 4m, follow_up: {share: 50%, work: 5m}}\n  two_follow_up: {talk: 5m}",
            cure: "give the contact type another name."),
    ]

    private static let tables = [
        table("E401", "start,contacts", "start,amount", cure: "name the column \"contacts\"."),
        table(
            "E402", "09:00,4", "09:00,4,5", cure: "write \"4.5\": in a table with commas the decimal sign is a point."),
        table("E403", "08:30,3", "08:00,3", cure: "keep one row for each interval."),
        table(
            "E404",
            """
            2026-03-02,08:00,3
            2026-03-02,08:30,3
            2026-03-02,09:00,4
            2026-03-02,09:30,3
            """,
            """
            02/03/2026,08:00,3
            02/03/2026,08:30,3
            02/03/2026,09:00,4
            02/03/2026,09:30,3
            """, cure: "write dates as 2026-03-02."),
        table("E405", "08:30,3", "08:20,3", cure: "let all rows follow the same step of 5m, 10m, 15m, 30m or 1h."),
        table(
            "E406",
            """

            2026-03-02,08:00,3
            2026-03-02,08:30,3
            2026-03-02,09:00,4
            2026-03-02,09:30,3
            """, "", cure: "add the rows, or name another file."),
        CodeExample("E409", .questions(right: "22,30m,6m,,80%/30s,,", wrong: "22,30m,6m,,,,")),
        CodeExample(
            "E410", .questions(right: "22,30m,6m,7,,,erlang-c", wrong: "22,30m,6m,7,,,erlang-a"),
            cure: "give the patience in a column of its own, or choose erlang-c."),
        CodeExample("E411", .none, cure: "give --aht 6m, or a column aht."),
    ]

    private static let calendar = [
        clinic("E501", "timezone: America/Chicago", "timezone: America/Chicagoo"),
        CodeExample(
            "E502", .scenario(.night, right: "start: 03:30", wrong: "start: 02:30"),
            cure: "start the shift before or after the hour that is skipped."),
        center("E503", "to: 2026-03-06", "to: 2026-02-06"),
        center("E504", "between: 11:00-14:00", "between: 18:00-19:00"),
    ]

    private static let impossible = [
        CodeExample(
            "E601",
            .line(
                "staff --calls 22 --per 30m --aht 6m --agents 4",
                Problem(
                    .error, "E601", "4 agents cannot keep up with 4.4 people's worth of work",
                    detail: "22 contacts in 30 minutes x 6m = 4.4; with Erlang C the queue would grow without end",
                    hint: "leave out --agents to see how many you need, or add --patience so that callers can hang up")),
            cure: "give more agents than the work in erlangs, or the patience of callers."),
        CodeExample(
            "E602",
            .line(
                "staff --calls 22 --per 30m --aht 6m --lines 4 --target 80%/30s --model erlang-c",
                Problem(
                    .error, "E602", "no number of agents reaches 80% in 30s",
                    detail: "with 4 lines at least 34.8% of callers are turned away, however many agents there are",
                    hint: "give more --lines, or promise less")),
            cure: "give more lines, or promise less."),
        CodeExample("E603", .none, cure: "add people, promise less, or move people: the message names what would do."),
        center(
            "E604", "two: {talk: 4m}", "two: {talk: 4m, repeat: {share: 100%, after: 1h}}",
            cure: "lower the shares until each contact brings about less than one more."),
        center(
            "E605", "languages: [en, es]", "languages: [en]",
            cure: "add the language or the skill to a group, or leave out the contacts that need it."),
        center(
            "E606", "two: {talk: 4m}", "two: {talk: 4m, licence: rn}",
            cure: "write \"licences: [rn]\" for a group that has it, and take the skill from those who have not."),
        center(
            "E610", "shrinkage: {leave", "experiment: {sweep: {seed: [1, 2]}}\nshrinkage: {leave",
            cure: "leave the setting out for now."),
        CodeExample(
            "E611", .none,
            cure: "make \"length\" at least as long as the message says, or the period that repeats shorter."),
        CodeExample("E612", .none, cure: "a longer interval, a shorter period or length, or fewer --threads."),
    ]

    private static let commands = [
        CodeExample(
            "E701",
            .line(
                "init --templat small-clinic",
                Problem(.error, "E701", "unknown option \"--templat\"", hint: "did you mean \"--template\"?")),
            cure: "COMMAND --help lists the options of a command."),
        CodeExample(
            "E702",
            .line(
                "simulat",
                Problem(
                    .error, "E702", "unknown command \"simulat\"", hint: "did you mean \"switchboard simulate\"?")),
            cure: "switchboard --help lists the commands."),
        CodeExample(
            "E703",
            .line(
                "simulate clinic.yaml --runs",
                Problem(
                    .error, "E703", "--runs needs a value", expected: "--runs N|auto",
                    hint: "--runs: how many times to play it (auto: until --precision; default auto)")),
            cure: "write the value after the option: --runs 200."),
        CodeExample(
            "E704",
            .line(
                "init clinic.yaml force",
                Problem(.error, "E704", "unexpected \"force\"", hint: "did you mean \"--force\"?")),
            cure: "options begin with two dashes; a value with spaces in it stands in quotes."),
        CodeExample(
            "E705",
            .line("--quiet", Problem(.error, "E705", "which command?", hint: "switchboard --help lists them")),
            cure: "name the command first: switchboard simulate clinic.yaml --quiet."),
        CodeExample(
            "E706",
            .line(
                "simulate",
                Problem(
                    .error, "E706", "SCENARIO is missing", expected: "switchboard simulate SCENARIO [options]",
                    hint: "SCENARIO: the scenario file, or a folder with scenario.yaml")),
            cure: "name the file: switchboard simulate clinic.yaml."),
        CodeExample(
            "E707",
            .line(
                "init --list=3",
                Problem(
                    .error, "E707", "--list takes no value, but \"3\" was given", hint: "write --list alone")),
            cure: "write the option alone."),
        CodeExample(
            "E708",
            .line(
                "init --color sometimes",
                Problem(
                    .error, "E708", "--color cannot be \"sometimes\"", expected: "auto, always or never",
                    hint: "--color: colored words")),
            cure: "write one of the values that the message lists."),
        CodeExample(
            "E709",
            .line(
                "init -q -v",
                Problem(
                    .error, "E709", "--quiet and --verbose exclude each other", hint: "switchboard init --help")),
            cure: "leave one of the two out."),
        CodeExample(
            "E711",
            .line(
                "simulate clinik.yaml", Problem(.error, "E711", "clinik.yaml does not exist")),
            cure: "name a file that is there; files in a scenario are looked for beside it."),
        CodeExample(
            "E712",
            .line(
                "staff --calls 22 --per 30m --aht 6m --agents 7 --why",
                Problem(
                    .error, "E712", "--why splits the number that is needed, and --agents gives one",
                    hint: "leave out --agents")),
            cure: "leave one of the two out."),
        CodeExample("E713", .none, cure: "leave the option out."),
        CodeExample(
            "E714",
            .line(
                "explain shrinkge",
                Problem(.error, "E714", "no entry for \"shrinkge\"", hint: "did you mean \"shrinkage\"?")),
            cure: "switchboard explain lists every word."),
        CodeExample(
            "E715",
            .line(
                "explain contact 123",
                Problem(
                    .error, "E715", "\"123\" is not the name of a contact",
                    expected: "contact type and number, such as billing-000123, or billing-000123.2 for a second call",
                    hint: "the column contact_id of contacts.csv.gz has the names; simulate --trace writes it")),
            cure: "take a name from the column contact_id of contacts.csv.gz, and the run from its column run."),
        CodeExample("E721", .none, cure: "give another place with -o, or --force to write over what is there."),
        CodeExample("E722", .none, cure: "make room on the disk, or save elsewhere with -o."),
        CodeExample("E731", .none, cure: "name another port, or stop what uses it."),
        CodeExample("E799", .none, cure: "report it with the whole message and, if you can, the scenario file."),
    ]

    private static let warnings = [
        CodeExample(
            "W001", .scenario(.table, right: "talk: 1m", wrong: "talk: 1m"),
            cure: "nothing is wrong: it is told so that you can see it."),
        clinic("W110", "name: Clinic", "name: Clinic #4", cure: "put the text in quotes: name: \"Clinic #4\"."),
        clinic("W120", "talk: 4m30s", "aht: 4m30s"),
        center(
            "W121", "two: {talk: 4m}", "two: {talk: 4m, when_closed: voicemail}",
            cure: "take it out, or add what it needs: the message says which."),
        clinic(
            "W122", "target: 80% in 30s", "target: 0% in 30s", cure: "promise something, or write \"target: none\"."),
        CodeExample("W191", .none, cure: "run it again to its end, or take the figures for what they are."),
        center(
            "W310", "first: {Mon-Fri:", "first: {Mon-Thu:",
            cure: "schedule somebody who can, or close the contact type at that time."),
        center(
            "W314", "es: 10%}}\n  two: {talk: 4m}",
            "es: 10%}, transfers: {two: 5%}}\n  two: {talk: 4m, hours: Mon-Thu 08:00-17:00}",
            cure: "open it as long, or let it take messages."),
        center(
            "W311", "first: {Mon-Fri: {day: 2}}", "first: {Mon-Fri: {day: 1}}",
            cure: "schedule a second person who can."),
        center("W312", "people: 9", "people: 1", cure: "change staffing, or people."),
        center(
            "W313", "length: 9h", "length: 12h",
            cure: "open longer, or let the shifts end earlier; an hour before opening or after closing is no matter."),
        center("W320", "meetings: 2%", "breaks: 2%", cure: "take breaks out of shrinkage, or out of the shifts."),
        center(
            "W330", "two: {talk: 4m}", "two: {talk: 4m, transfers: {two: 4%}}",
            cure: "let somebody on the way settle the contact."),
        center(
            "W331", "two: {talk: 4m}",
            "two: {talk: 4m, patience: 1m, callback: {offer_after: 2m, accepted: 35%, call_within: 30m}}",
            cure: "offer it earlier."),
        center(
            "W340", "arrivals: 60 per day", "arrivals: 900 per day", cure: "schedule more people, or expect less work."),
        table(
            "W401",
            """
            date,start,contacts
            2026-03-02,08:00,3
            2026-03-02,08:30,3
            2026-03-02,09:00,4
            2026-03-02,09:30,3
            """,
            """
            date,start,contacts,note
            2026-03-02,08:00,3,
            2026-03-02,08:30,3,
            2026-03-02,09:00,4,
            2026-03-02,09:30,3,
            """, cure: "take the column out, or spell it as it is meant."),
        CodeExample("W402", .none, cure: "name the table of this year; nothing to do if the period has no holidays."),
        table(
            "W405",
            """
            date,start,contacts
            2026-03-02,08:00,3
            2026-03-02,08:30,3
            2026-03-02,09:00,4
            2026-03-02,09:30,3
            """,
            """
            date,start,contacts
            2026-03-02,08:00,13
            """, cure: "add a column \"end\", or the other rows; a day's total is written in the scenario, {Mon: 320}."),
        CodeExample(
            "W410", .scenario(.typed, right: "march", wrong: "mar1"),
            cure: "take a name that no spreadsheet reads as a date."),
        table("W420", "2026-03-02,09:00,4\n", "", cure: "add the row, or write \"gaps: zero\" in the scenario."),
        clinic(
            "W430", "calls: {Mon-Fri: 60}", "calls: {Mon-Sat: 60}",
            cure: "leave the day out, open on it, or say a holiday's volume."),
        clinic(
            "W431", "calls: {Mon-Fri: 60}", "calls: {Mon-Fri: 0}", cure: "give arrivals, or leave the contact type out."
        ),
        center(
            "W510", "to: 2026-03-06", "to: 2026-03-08",
            cure: "nothing to do: it is told so that totals do not surprise you."),
        CodeExample(
            "W602", .questions(right: "22,30m,6m,,80%/30s,40,erlang-c", wrong: "22,30m,6m,,80%/30s,4,erlang-c"),
            cure: "give more lines, or promise less."),
        CodeExample(
            "W341", .none,
            cure: "add people where the work is, or raise max_occupancy; long stretches above 90% wear people out."),
        CodeExample(
            "W611", .none,
            cure: "allow more runs with --max, or ask for less with --precision; the result is as good as its ±."),
        CodeExample(
            "W612", .none,
            cure: "add people where the work exceeds them; else make the long run longer."),
        CodeExample(
            "W610", .none,
            cure: "nothing is wrong as such: read the reason, and see guard_rails.csv or --verbose for the figures."),
    ]

    private static func clinic(_ code: String, _ right: String, _ wrong: String, cure: String? = nil) -> CodeExample {
        CodeExample(code, .scenario(.clinic, right: right, wrong: wrong), cure: cure)
    }

    private static func center(_ code: String, _ right: String, _ wrong: String, cure: String? = nil) -> CodeExample {
        CodeExample(code, .scenario(.center, right: right, wrong: wrong), cure: cure)
    }

    private static func table(_ code: String, _ right: String, _ wrong: String, cure: String? = nil) -> CodeExample {
        CodeExample(code, .scenario(.table, right: right, wrong: wrong), cure: cure)
    }
}
