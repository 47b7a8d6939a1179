import Foundation
import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Probability
@testable import ScenarioReading
@testable import Simulator
@testable import Tabular

@Suite("Scenario files")
struct ScenarioFileTests {
    @Test("the ten-line clinic is right, with twelve assumptions and no warning")
    func clinic() throws {
        let reading = try Files.clinic().read("clinic.yaml")
        #expect(reading.problems == [])
        #expect(reading.assumed.count == 12)
        let scenario = try #require(reading.scenario)
        #expect(scenario.id == "clinic")
        #expect(scenario.contactTypes.map(\.id) == ["calls"])
        let byDay = (0..<7).map { day in
            scenario.contactTypes[0].arrivals.filter { Int($0.timeSpan.start / 86400) == day }.reduce(0) {
                $0 + $1.contacts
            }
        }
        for (told, expected) in zip(byDay, [320, 260, 260, 260, 240, 0, 0]) {
            #expect(abs(told - Double(expected)) < 1e-9)
        }
        #expect(scenario.shrinkage == 0.3)
        #expect(scenario.contactTypes[0].patience == .exponential(Exponential(mean: 360)))
        #expect(scenario.contactTypes[0].talk == .lognormal(Lognormal(mean: 270, spread: 1)))
        #expect(scenario.contactTypes[0].target == ServiceTarget(share: 0.8, within: 30))
    }

    @Test("a hundred thousand agents may be there, not one more", arguments: [("100000", true), ("100001", false)])
    func mostAgents(number: String, isAllowed: Bool) throws {
        let files = try Files.clinic().replacing("agents: 9", "agents: \(number)", in: "clinic.yaml")
        #expect((try files.read("clinic.yaml").scenario != nil) == isAllowed)
    }

    @Test("Riverbend's telephones, in seconds and fractions")
    func riverbendPhones() throws {
        let reading = try Files.riverbendPhones().read("riverbend.yaml")
        #expect(reading.told.map(\.code) == ["W510", "W402"])
        let scenario = try #require(reading.scenario)
        #expect(scenario.horizon.days.count == 7)
        #expect(scenario.horizon.length == 7 * 86400 - 3600)
        #expect(scenario.contactTypes.map(\.priority) == [5, 5, 5, 5, 1])
        // Patience from 4 % hang-ups and a mean wait of 35 s.
        #expect(scenario.contactTypes[4].patience == .exponential(Exponential(mean: 875)))
        #expect(scenario.agentGroups[1].skills == [Skill(0), Skill(3), Skill(1, rank: 2, handlingFactor: 1.2)])
        #expect(abs(scenario.shrinkage - (1 - 0.865 * 0.955)) < 1e-12)
        #expect(
            scenario.experiment.goals == [PrecisionGoal(.serviceLevel, of: .some([0, 4]), within: .absolute(0.01))])
        #expect(scenario.experiment.seed == 20_260_302)
        let cost = scenario.agentGroups.reduce(0.0) { sum, group in
            guard case .shifts(let blocks) = group.staffing else { return sum }
            return sum + blocks.reduce(0) { $0 + $1.paid * Double($1.people) } / 3600 * (group.wagePerHour ?? 0)
        }
        #expect(cost.rounded() == 57905)
    }

    /// Everything in a scenario as text; two scenarios are the same when these are.
    private func facts(_ scenario: Scenario?) -> String {
        var text = ""
        dump(scenario, to: &text)
        return text
    }

    private func lines(_ expanded: String) -> [String] {
        expanded.components(separatedBy: "\n").map { line in
            Units.trimmed(line.range(of: "  # ").map { String(line[..<$0.lowerBound]) } ?? line)
        }
    }

    @Test("the long form reads back to the same scenario, and to the same long form")
    func expansion() throws {
        var cases: [(String, Files)] = [
            ("clinic.yaml", try .clinic()), ("riverbend.yaml", try .riverbendPhones()),
            ("riverbend.yaml", try .riverbend()), ("a.yaml", Files(["a.yaml": WholeCenterTests.everything])),
            ("a.yaml", Files(["a.yaml": CalendarTests.night])), ("a.yaml", Files(["a.yaml": WarningTests.twoTypes])),
            ("a.yaml", Files(["a.yaml": TableTests.scenario, "calls.csv": TableTests.comma])),
        ]
        cases.append(
            (
                "a.yaml",
                Files([
                    "a.yaml": """
                    name: "A: #1, [x] {y} \\"z\\" ü\\n"
                    notes: |
                      two
                      lines
                    timezone: Europe/Berlin
                    currency: EUR
                    days: 3
                    interval: 15m
                    open: "Mon, Wed 08:00-12:00, 13:00-17:00, Fri-Sat 22:00-06:00"
                    calls: 40 per hour
                    talk: {mean: 4.35m, spread: 0.3, shape: gamma}
                    hold: {mean: 30s, shape: fixed}
                    wrap_up: 0:01:10
                    patience: {mean: 2m, spread: 1.2}
                    redial: {share: 30%, after: {mean: 10m, spread: 0.5, shape: lognormal}}
                    target: {share: 80%, in: 20s, rule: F1}
                    max_abandonment: 0.333
                    languages: {de: 70%, en: 30%}
                    day_to_day: 12%
                    short_abandon: 3.5s
                    priority: 2
                    agents: {Mon: 9, Wed-Sat: 7.5}
                    wage: 0.4 per minute
                    rules: {service_level: F2, waiting_at_close: turn_away}
                    experiment: {replications: 40, precision: 0.5 points, confidence: 99%, seed: 18446744073709551615}
                    """
                ])
            ))
        for (name, files) in cases {
            let first = try files.read(name)
            #expect(first.errors.map { $0.rendered() } == [])
            let second = try files.with(name, first.expanded).read(name)
            #expect(second.errors.map { $0.rendered() } == [], "\(first.expanded)")
            #expect(facts(second.scenario) == facts(first.scenario), "\(first.expanded)")
            #expect(second.assumed == [], "\(second.assumed)")
            #expect(lines(second.expanded) == lines(first.expanded))
            let third = try files.with(name, second.expanded).read(name)
            #expect(third.expanded == second.expanded)
        }
    }

    @Test("the long form of the clinic, with every filled-in line marked")
    func longForm() throws {
        let expanded = try Files.clinic().read("clinic.yaml").expanded
        for line in [
            "    channel: phone                 # assumed",
            "    talk: {mean: 4m30s, spread: 1, shape: lognormal}    # spread and shape assumed",
            "    patience: 6m                   # assumed: matters a lot; a bank's callers waited 6m, surgeries' longer",
            "    redial: none                   # assumed: of a bank's callers who hung up 45% called again within the hour",
        ] { #expect(expanded.contains("\n" + line + "\n"), "\(expanded)") }
    }

    @Test("every scenario that comes with the program is right")
    func shipped() throws {
        let folder = Project.root.appendingPathComponent("scenarios")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let files = names.map { folder.appendingPathComponent($0).path + "/scenario.yaml" }
            .filter { FileManager.default.fileExists(atPath: $0) }
        #expect(files.count >= 2)
        for file in files {
            let reading = ScenarioFile.read(path: file)
            #expect(reading.errors.map { $0.rendered() } == [])
            // A day of a clock change, and one person alone at reception, are what those scenarios are about.
            let known = ["W510", "W311"]
            let other = reading.warnings.filter { !known.contains($0.code) }
            #expect(other.map { $0.rendered() } == [])
        }
    }

    @Test("reading the same files gives the same result every time")
    func determinism() throws {
        let files = try Files.riverbendPhones()
            .replacing("time", "tiem", in: "riverbend.yaml").replacing("  phones:", "  fones:", in: "riverbend.yaml")
        let once = try files.read("riverbend.yaml")
        for _ in 0..<5 { #expect(try files.read("riverbend.yaml").problems == once.problems) }
        #expect(once.errors.count == 3)
    }

    @Test("--set replaces and adds settings, and its problems speak of it")
    func overrides() throws {
        let reading = try Files.clinic().read(
            "clinic.yaml",
            overrides: [
                ("agents", "10"), ("calls.Mon", "100"), ("rules.short_abandon", "2s"),
                ("target", "{share: 90%, in: 10s}"),
            ])
        let scenario = try #require(reading.scenario)
        #expect(scenario.contactTypes[0].shortAbandon == 2)
        #expect(scenario.contactTypes[0].target == ServiceTarget(share: 0.9, within: 10))
        #expect(abs(scenario.contactTypes[0].arrivals.reduce(0) { $0 + $1.contacts } - 1120) < 1e-9)
        let wrong = try Files.clinic().read(
            "clinic.yaml", overrides: [("talk", "280"), ("calls.Moon", "3"), ("x.y", "1")])
        #expect(
            wrong.errors.map { "\($0.place?.file ?? "") \($0.code) \($0.place?.column ?? 0)" } == [
                "--set talk=280 E201 12", "--set calls.Moon=3 E207 13", "--set x.y=1 E102 7",
            ])
    }

    @Test("included files come first, and the file that includes them stands above")
    func includes() throws {
        let files = Files([
            "a.yaml": "include: [base.yaml]\ncontact_types: {one: {talk: 2m}}\n",
            "base.yaml": """
            timezone: UTC
            contact_types:
              one: {hours: Mon 08:00-09:00, arrivals: 10 per day, talk: 4m, wrap_up: 1m}
            agent_groups: {all: {skills: {one: 1}, agents: 9}}
            """,
        ])
        let reading = try files.read("a.yaml")
        #expect(reading.told == [])
        #expect(reading.scenario?.contactTypes[0].talk.mean == 120)
        #expect(reading.scenario?.contactTypes[0].wrapUp?.mean == 60)
        #expect(reading.inputs.map(\.path) == ["a.yaml", "base.yaml"])
        #expect(try files.with("base.yaml", "include: a.yaml").read("a.yaml").errors.first?.code == "E113")
        #expect(try files.with("base.yaml", "talk: {4m").read("a.yaml").errors.first?.place?.file == "base.yaml")
        #expect(try files.with("a.yaml", "include: [gone.yaml]").read("a.yaml").spots.first == "E711 1:11")
    }

    @Test("synonyms are understood in a short file, with a note; in a long one they are asked back")
    func synonyms() throws {
        let short = try Files([
            "a.yaml": "timezone: UTC\ncalls: 100 per day\naht: 6m\nsla: 80% in 20s\nagents_needed: 9"
        ]).read("a.yaml")
        #expect(
            short.told.map { "\($0.severity.rawValue) \($0.message)" } == [
                "note aht is read as talk", "note sla is read as target", "note agents_needed is read as agents",
            ])
        let scenario = try #require(short.scenario)
        #expect(scenario.contactTypes[0].handlingTimeMean == 360)
        #expect(scenario.contactTypes[0].target?.acceptableWait == 20)
        // Handling time is talk and after-contact work: both at once would count it twice.
        let both = try Files(["a.yaml": "timezone: UTC\ncalls: 100 per day\naht: 6m\nacw: 1m\nagents: 9"]).read(
            "a.yaml")
        #expect(both.errors.map(\.code) == ["E114"])
    }

    @Test("no calls, or no agents, is not an error")
    func nothing() throws {
        let noCalls = try Files(["a.yaml": "timezone: UTC\ncalls: 0 per day\ntalk: 1m\nagents: 3"]).read("a.yaml")
        #expect(noCalls.told.map(\.code) == ["W431"])
        #expect(noCalls.scenario?.contactTypes[0].arrivals == [])
        let noAgents = try Files(["a.yaml": "timezone: UTC\ncalls: 50 per day\ntalk: 1m\nagents: 0"]).read("a.yaml")
        #expect(noAgents.told.map(\.code) == ["W310"])
        #expect(noAgents.scenario != nil)
    }

    @Test("a file without a period is about a fixed week, so that it gives the same bytes on every day")
    func standardWeek() throws {
        let reading = try Files.clinic().read("clinic.yaml")
        #expect(reading.scenario?.horizon.days.first?.date == "2026-01-05")
        #expect(
            reading.scenario?.horizon.days.last?.date == "2026-01-10" + "" || reading.scenario?.horizon.days.count == 7)
        #expect(reading.assumed.contains { $0.setting == "period" && $0.value.contains("2026-01-11") })
    }

    @Test("every feature that is not simulated yet is refused by name")
    func refused() throws {
        let base = """
            timezone: UTC
            contact_types:
              one: {hours: Mon 08:00-09:00, arrivals: 10 per day, talk: 4m}
            agent_groups:
              all: {skills: {one: 1}, agents: 9}
            """
        let files = Files(["a.yaml": base])
        func said(_ old: String, _ new: String) throws -> [String] {
            try files.replacing(old, new, in: "a.yaml").read("a.yaml").errors.map { "\($0.message) \($0.code)" }
        }
        let type = "talk: 4m}"
        #expect(
            try said(type, "talk: 4m, target: {share: 95%, in: 8h, rule: F7}}")
                == ["a service level with flow-outs (F7) is read but not simulated yet E610"])
        for (formula, rule) in [("F7", Rules.Instead.asMissed), ("F8", .leftOut)] {
            let counted = try files.replacing(
                "timezone: UTC", "timezone: UTC\nrules: {service_level: \(formula)}", in: "a.yaml")
            #expect(try counted.read("a.yaml").scenario?.rules.callbacks == rule)
            #expect(
                try said("timezone: UTC", "timezone: UTC\nrules: {service_level: \(formula), callbacks: promised_kept}")
                    == ["\(formula) counts callbacks as \(rule.rawValue) E114"])
        }
        let handed = try files.replacing(
            "timezone: UTC", "timezone: UTC\nrules: {end_of_shift: hand_back}", in: "a.yaml")
        #expect(try handed.read("a.yaml").scenario?.rules.endOfShift == .handBack)
        for (block, words) in [
            ("experiment: {sweep: {agents: [1, 2]}}", "a sweep is")
        ] {
            #expect(
                try said("timezone: UTC", "timezone: UTC\n\(block)") == ["\(words) read but not simulated yet E610"])
        }
        // Their form is read all the same.
        #expect(try said("agents: 9}", "agents: 9, people: many}\nexperiment: {sweep: {seed: [1]}}").count == 2)
    }

    @Test("files that cannot be read")
    func unreadable() throws {
        func first(_ files: Files, _ name: String = "a.yaml") throws -> String {
            let reading = try files.read(name)
            #expect(reading.scenario == nil)
            return reading.errors.map { "\($0.code) \($0.message)" }.first ?? ""
        }
        #expect(try first(Files()) == "E711 a.yaml does not exist")
        #expect(try Files().read("a.yaml").lacksFile)
        #expect(try first(Files(), ".") == "E711 . is a folder")
        #expect(try first(Files(["a.yaml": ""])) == "E108 a.yaml is empty")
        #expect(try first(Files(["a.yaml": "# nothing\n"])) == "E108 a.yaml is empty")
        #expect(try first(Files(["a.yaml": "clinic"])).hasPrefix("E106"))
        #expect(try first(Files(["a.yaml": "- one\n- two\n"])).hasPrefix("E106"))
        #expect(
            try first(Files().with("a.yaml", bytes: Array("talk: 4m\nname: ".utf8) + [0xE9, 0x0A]))
                == "E107 this is not UTF-8 text")
        #expect(
            try Files().with("a.yaml", bytes: Array("talk: 4m\nname: ".utf8) + [0xE9, 0x0A]).read("a.yaml").spots == [
                "E107 2:7"
            ])
        #expect(try first(Files().with("a.yaml", bytes: [0x74, 0x00, 0x01])).hasPrefix("E101"))
        #expect(try first(Files(["a.yaml": String(repeating: "[", count: 100_000)])).hasPrefix("E101"))
        #expect(try first(Files(["a.yaml": String(repeating: "- ", count: 100_000)])).hasPrefix("E101"))
        #expect(try first(Files(["a.yaml": "talk: 4m\n---\ntalk: 5m\n"])) == "E101 a second document begins here")
        #expect(try first(Files(["a.yaml": "talk: *usual\n"])).hasPrefix("E111"))
        // Nine lists of nine lists of nine ... would be 400 million values.
        let names = "abcdefghi".map(String.init)
        let bomb = names.indices.map { i in
            let inner = Array(repeating: i == 0 ? "x" : "*" + names[i - 1], count: 9).joined(separator: ", ")
            return "\(names[i]): &\(names[i]) [\(inner)]\n"
        }.joined()
        #expect(try first(Files(["a.yaml": bomb])) == "E111 anchors and aliases are not used in scenarios")
        let deep = (0..<3000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(try first(Files(["a.yaml": deep])) == "E101 this is nested too deeply")
    }

    @Test("no file makes reading stop the program", arguments: 0..<40)
    func noise(_ seed: Int) throws {
        // The example with bytes taken out, doubled and exchanged, by a fixed rule.
        var bytes = try Files.riverbendPhones().bytes["riverbend.yaml"] ?? []
        let signs = Array("{}[]:,#-&*!|>'\"%@`0 \n".utf8)
        var state = UInt64(seed + 1)
        for _ in 0..<30 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let at = Int(state >> 33) % bytes.count
            switch (state >> 20) % 3 {
            case 0: bytes.remove(at: at)
            case 1: bytes.insert(bytes[(at * 7) % bytes.count], at: at)
            default: bytes[at] = signs[Int(state >> 40) % signs.count]
            }
        }
        let reading = try Files.riverbendPhones().with("riverbend.yaml", bytes: bytes).read("riverbend.yaml")
        #expect((reading.scenario == nil) == !reading.errors.isEmpty)
        for problem in reading.problems {
            if let place = problem.place {
                #expect(place.line >= 1 && place.column >= 1 && place.endColumn > place.column)
            }
        }
    }
}
