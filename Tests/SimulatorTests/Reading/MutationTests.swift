import Testing

@testable import Simulator

/// One slip in a file that is right, and what must be said about it.
struct Mutation: Sendable, CustomTestStringConvertible {
    var file: String
    var old: String
    var new: String
    /// `E201 35:11`: the code, line and column of the only error.
    var spot: String
    /// Part of the message or hint, where it matters.
    var says: String

    init(in file: String = "riverbend.yaml", _ old: String, _ new: String, _ spot: String, _ says: String = "") {
        self.file = file
        self.old = old
        self.new = new
        self.spot = spot
        self.says = says
    }

    var testDescription: String { "\(old) → \(new)" }

    static let all: [Mutation] = [
        // Typing errors in names.
        Mutation("timezone: America/Chicago", "time_zone: America/Chicago", "E102 9:1", "did you mean \"timezone\"?"),
        Mutation(
            "timezone: America/Chicago", "timezone: America/Chicagoo", "E501 9:11", "did you mean \"America/Chicago\"?"),
        Mutation("interval: 30m", "intervall: 30m", "E102 12:1", "did you mean \"interval\"?"),
        Mutation("    priority: 1 ", "    prioritty: 1 ", "E102 81:5", "did you mean \"priority\"?"),
        Mutation("    max_abandonment: 5%", "    max_abandon: 5%", "E102 45:5"),
        Mutation("    wage: 19.30 per hour", "    wages: 19.30 per hour", "E102 120:5", "did you mean \"wage\"?"),
        Mutation("hours: phones\n", "hours: phone\n", "E302 40:12", "did you mean \"phones\"?"),
        Mutation(
            "channel: phone\n    hours: phones\n    languages: {en: 86%",
            "channel: fone\n    hours: phones\n    languages: {en: 86%", "E302 39:14", "did you mean \"phone\"?"),
        Mutation(
            "{scheduling: 1, refill: 1, billing", "{schedulling: 1, refill: 1, billing", "E301 129:14",
            "did you mean \"scheduling\"?"),
        Mutation("Sat: {half: 5}}", "Sat: {haf: 5}}", "E302 156:98", "did you mean \"half\"?"),
        Mutation("  nurses:         {Mon-Fri", "  nurse:         {Mon-Fri", "E302 160:3", "did you mean \"nurses\"?"),
        Mutation(
            "of scheduling, nurse_triage", "of scheduling, nurse_triag", "E301 178:54", "did you mean \"nurse_triage\"?"
        ),
        Mutation(
            "service_level: of_all_offered", "service_level: of_all_offerred", "E210 170:18",
            "did you mean \"of_all_offered\"?"),
        // Units.
        Mutation("wrap_up: 1m10s", "wrap_up: 70", "E201 43:14", "write \"wrap_up: 70s\""),
        Mutation("interval: 30m", "interval: 7m", "E204 12:11"),
        Mutation("{mean: 4m40s, spread: 0.7}", "{mean: 4m40s, spread: 70%}", "E202 42:33"),
        Mutation("{mean: 4m40s, spread: 0.7}", "{mean: 4,40m, spread: 0.7}", "E201 42:18"),
        Mutation("max_abandonment: 5%", "max_abandonment: 5", "E203 45:22", "write \"max_abandonment: 5%\""),
        Mutation("en: 86%, es: 14%", "en: 86%, es: 15%", "E212 41:5", "add up to 101%"),
        Mutation("target: 80% in 30s", "target: 80/30", "E209 44:13", "write \"target: 80% in 30s\""),
        Mutation("target: 80% in 30s", "target: 80% in 30", "E201 44:13"),
        Mutation("wage: 19.30 per hour", "wage: 19.30", "E205 120:11"),
        Mutation("wage: 19.30 per hour", "wage: 19,30 per hour", "E205 120:11", "write \"wage: 19.30 per hour\""),
        Mutation("day_to_day: 7%", "day_to_day: -7%", "E203 31:15", "-7% is below 0"),
        Mutation("at_most: 3}", "at_most: 3.5}", "E202 33:45"),
        Mutation("patience: 3m", "patience: NaN", "E201 32:13"),
        Mutation("seed: 20260302", "seed: -1", "E202 181:9"),
        Mutation("priority: 1 ", "priority: 0 ", "E204 81:15", "from 1 to 9"),
        Mutation("early: {start: 07:00", "early: {start: 700", "E206 149:18", "write \"start: 07:00\""),
        Mutation("Sat: 08:00-12:00}", "Sat: 8-12}", "E206 15:40"),
        Mutation("{Mon-Sun: 07:00", "{1-7: 07:00", "E207 17:13", "write \"Mon-Sun\""),
        Mutation("to: 2026-03-08", "to: 2026-02-30", "E208 11:32", "there is no 2026-02-30"),
        Mutation("from: 2026-03-02", "from: 3/2/26", "E208 11:16"),
        Mutation("from: 2026-03-02, to: 2026-03-08", "from: 2026-03-08, to: 2026-03-02", "E503 11:32"),
        Mutation("breaks: 2 x 15m}\n  mid", "breaks: 2 x 15}\n  mid", "E201 149:92", "write \"breaks: 2 x 15s\""),
        Mutation("between: 10:30-13:00", "between: 17:30-19:00", "E504 149:70"),
        // YAML's form.
        Mutation("  scheduling:\n", "\tscheduling:\n", "E110 37:1", "use spaces"),
        Mutation(
            "redial: {share: 45%, after: 12m, at_most: 3}", "redial: {share: 45%, after: 12m, at_most: 3", "E101 33:11",
            "this \"{\" is not closed"),
        Mutation("    label: Billing questions", "    label: Billing: questions", "E101 50:19"),
        Mutation("    label: Billing questions", "   label: Billing questions", "E101 51:5"),
        Mutation("label: Billing questions", "label: \"Billing questions", "E101 50:12", "this quote is not closed"),
        Mutation("label: Billing questions", "label: !text Billing questions", "E111 50:12"),
        Mutation("  patience: 3m ", "  patience: &usual 3m ", "E111 32:13"),
        Mutation(
            "    wrap_up: 1m45s", "    wrap_up: 1m45s\n    hold: 50s", "E103 57:5", "line 55 and again on line 57"),
        Mutation("talk: 3m15s", "talk:", "E213 73:5"),
        Mutation("talk: 3m15s", "talks: 3m15s", "E102 73:5"),
        Mutation("  refill:\n", "  Refill:\n", "E112 68:3", "write \"refill\""),
        Mutation(
            "shifts:\n", "shifts:\n  Früh Schicht 2: {start: 07:00, length: 8h}\n", "E112 149:3",
            "write \"fr_h_schicht_2\""),
        // Tables.
        Mutation(
            in: "arrivals.csv", "Mon,08:00,scheduling,26.9", "Mon,08:00,schedulling,26.9", "E301 4:11",
            "did you mean \"scheduling\"?"),
        Mutation(
            in: "arrivals.csv", "Mon,08:00,scheduling,26.9", "Mon,08:00,scheduling,26,9", "E402 4:24",
            "26,9 looks like a decimal comma"),
        Mutation(in: "arrivals.csv", "Mon,08:00,scheduling,26.9", "Mon,08:00,scheduling,-26.9", "E204 4:22"),
        Mutation(
            in: "arrivals.csv", "Mon,08:00,scheduling,26.9", "Mon,08:00,scheduling,many", "E202 4:22",
            "(column \"contacts\")"),
        Mutation(in: "arrivals.csv", "Mon,08:00,scheduling,26.9", "Mon,08:00,scheduling,nan", "E202 4:22"),
        Mutation(in: "arrivals.csv", "Mon,08:00,scheduling,26.9", "Mon,08:00,scheduling", "E402 4:1"),
        Mutation(
            in: "arrivals.csv", "Mon,08:00,scheduling,26.9", "Mon,07:30,scheduling,26.9", "E403 4:22",
            "line 3 and again on line 4"),
        Mutation(in: "arrivals.csv", "Mon,08:00,scheduling,26.9", "Moon,08:00,scheduling,26.9", "E207 4:1"),
        Mutation(in: "arrivals.csv", "Mon,08:00,scheduling,26.9", "Mon,8 Uhr,scheduling,26.9", "E206 4:5"),
        Mutation(
            in: "arrivals.csv", "weekday,start,contact_type,contacts", "weekday,start,contact_type,amount", "E401 1:1"),
        Mutation(in: "holidays.csv", "2026-05-25,Memorial Day,", "2026-05-32,Memorial Day,", "E208 2:1"),
        Mutation(in: "holidays.csv", "2026-07-03", "2026-05-25", "E403 3:1", "line 2 and again on line 3"),
        Mutation("holidays: holidays.csv", "holidays: holliday.csv", "E711 19:11"),
        Mutation("arrivals: arrivals.csv", "arrivals: missing.csv", "E711 30:13"),
    ]
}

@Suite("One slip gives one error at its line and column")
struct MutationTests {
    @Test("there are at least 40 of them") func enough() { #expect(Mutation.all.count >= 40) }

    @Test("each", arguments: Mutation.all)
    func each(_ mutation: Mutation) throws {
        let files = try Files.riverbendPhones().replacing(mutation.old, mutation.new, in: mutation.file)
        let reading = try files.read("riverbend.yaml")
        let shown = reading.errors.map { $0.rendered() }.joined(separator: "\n")
        #expect(reading.scenario == nil)
        #expect(
            reading.errors.map { "\($0.code) \($0.place?.line ?? 0):\($0.place?.column ?? 0)" } == [mutation.spot],
            "\(shown)")
        #expect(mutation.says.isEmpty || shown.contains(mutation.says), "\(shown)")
    }
}
