import Foundation
import Queueing
import Simulator
import TestSupport
import Testing

@testable import Experiments
@testable import Reports
@testable import ScenarioReading
@testable import ScenarioText
@testable import Tabular

@Suite("The glossary")
struct GlossaryTests {
    static let pages: [GlossaryPage] =
        Glossary.terms.map(\.page) + ProblemCode.catalogue.compactMap { Glossary.page("code \($0.code)") }
        + ColumnWords.names.compactMap { Glossary.page("column \($0)") }
        + SettingWords.places.compactMap { Glossary.page("setting \($0.path)") }
        + SettingWords.places.compactMap { Glossary.page("setting \($0.setting.name)") }

    @Test("shrinkage is explained as the design words it")
    func shrinkage() {
        #expect(
            Glossary.page("Shrinkage")?.text == """
                Shrinkage: the share of paid time when people are not available for contacts (leave, sickness, training, meetings).
                On the rota = on the phones / (1 - shrinkage). With 30%, 7 on the phones need 10 on the rota. Multiplying by 1.30 is wrong
                (it gives 9.1). Breaks and lunch count here only if your shifts do not list them.
                Settings: shrinkage, shifts.<name>.breaks     See also: occupancy, adherence
                """)
    }

    @Test("case, blanks, hyphens and underscores do not matter")
    func spelling() {
        for word in ["Service Level", "service-level", "service_level", "SERVICELEVEL", "sla", "F3"] {
            #expect(Glossary.entry(word)?.name == "service level", "\(word)")
        }
        #expect(Glossary.page("occupancy")?.text == Glossary.page(" Occupancy ")?.text)
        #expect(Glossary.page("e201")?.name == "E201")
    }

    @Test("words of the trade lead to ours")
    func synonyms() {
        let pairs = [
            "aht": "handling time", "acw": "after-contact work", "asa": "average speed of answer", "fte": "FTE",
            "erlang": "offered load", "hang-ups": "abandonment", "busy": "occupancy", "awt": "acceptable wait",
            "fcr": "first-contact resolution", "trunks": "lines", "rounding": "whole people",
            "qed": "square-root staffing",
            "sipp": "requirement methods", "blocked": "blocking",
        ]
        for (word, name) in pairs { #expect(Glossary.page(word)?.name == name, "\(word)") }
    }

    @Test("every part of a requirement that --why names has its sentence")
    func parts() throws {
        var question = WorkedHalfHour.question
        question.maxAbandonment = 0.02
        question.maxOccupancy = 0.5
        question.shrinkage = Shrinkage("30%")
        let why = try #require(StaffWhy(StaffAnswer(question)))
        #expect(why.parts.count >= 7)
        for part in why.parts { #expect(Glossary.entry(part.name)?.sentence.isEmpty == false, "\(part.name)") }
        for name in ["breaks", "volume uncertainty"] { #expect(Glossary.entry(name) != nil, "\(name)") }
    }

    @Test("no two terms share a name, no alias is the name of another, and sentences are sentences")
    func unambiguous() {
        let names = Glossary.terms.map { Glossary.folded($0.name) }
        #expect(Set(names).count == names.count)
        var owners: [String: String] = [:]
        for term in Glossary.terms {
            for alias in term.aliases + term.keywords {
                let folded = Glossary.folded(alias)
                if folded.isEmpty { continue }
                #expect(!names.contains(folded) || folded == Glossary.folded(term.name), "\(alias) of \(term.name)")
                let owner = owners[folded, default: term.name]
                #expect(owner == term.name, "\(alias): \(owner) and \(term.name)")
                owners[folded] = term.name
            }
            #expect(term.sentence.hasSuffix(".") && !term.sentence.contains("\n"), "\(term.name)")
            #expect(term.body.isEmpty || term.body.hasSuffix("."), "\(term.name)")
        }
    }

    @Test("every link leads somewhere")
    func links() {
        for page in Self.pages {
            for name in page.seeAlso { #expect(Glossary.entry(name)?.name == name, "\(page.name) names \(name)") }
            for path in page.settings {
                #expect(Glossary.page("setting \(path)")?.kind == "setting", "\(page.name) names \(path)")
            }
        }
    }

    @Test("every setting answers by its path, with a user's name in it, and by its bare name")
    func settings() throws {
        for place in SettingWords.places {
            let page = try #require(Glossary.page("setting \(place.path)"), "\(place.path)")
            #expect(page.text.contains(place.setting.summary), "\(place.path)")
            #expect(Glossary.page("setting \(place.setting.name)") != nil, "\(place.setting.name)")
        }
        let talk = try #require(Glossary.page("contact_types.scheduling.talk"))
        #expect(talk.name == "contact_types.scheduling.talk")
        #expect(talk.text.contains("Talk time."))
        #expect(
            Glossary.page("contact_types.scheduling.talk.spread")?.text.contains("Standard deviation / mean.") == true)
        #expect(Glossary.page("contact_types.scheduling.target.in")?.text.contains("The acceptable wait.") == true)
        #expect(Glossary.page("agent_groups.nurses.skills.triage.rank")?.text.contains("1 is asked first.") == true)
        #expect(Glossary.page("talk")?.kind == "setting")
        #expect(Glossary.page("contact_types.scheduling.tallk") == nil)
        #expect(Glossary.page("setting rules.service_level")?.text.contains("of_all_offered") == true)
    }

    @Test("every block of settings is reached")
    func blocks() {
        let count = Settings.blocks.reduce(0) { $0 + $1.settings.count }
        #expect(SettingWords.places.count == count)
        #expect(Set(SettingWords.places.map(\.path)).count == count)
    }

    @Test("every column of every table has words, and a term where there is one")
    func columns() throws {
        #expect(
            Set(EveryTable.headers.map(\.name))
                == Set(SimulationTables.names + ["replications", "contacts", "staff", "requirements", "chances"]))
        for table in EveryTable.headers {
            #expect(table.columns.count > 3)
            for column in table.columns {
                let page = try #require(Glossary.page("column \(column.name)"), "\(column.name)")
                #expect(page.paragraphs.allSatisfy { !$0.hasSuffix(": .") }, "\(table.name).\(column.name)")
            }
        }
        #expect(Glossary.page("service_level_pct")?.seeAlso == ["service level"])
        for metric in Metric.catalogue { #expect(Glossary.page(metric.name) != nil, "\(metric.name)") }
    }

    @Test("every code has its meaning, an example that the program tells, and a cure that cures")
    func codes() throws {
        let codes = ProblemCode.catalogue.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(Set(CodeExample.all.map(\.code)) == Set(codes))
        #expect(CodeExample.all.count == codes.count)
        for example in CodeExample.all {
            #expect(example.cureWords?.hasSuffix(".") == true, "\(example.code)")
            switch example.input {
            case .scenario, .questions:
                let reported = example.reported(wrong: true)
                #expect(
                    reported.contains { $0.code == example.code }, "\(example.code): \(reported.map { $0.rendered() })")
                if example.code == "W001" { continue }
                let cured = example.reported(wrong: false)
                #expect(!cured.contains { $0.code == example.code }, "\(example.code) is not cured")
                #expect(cured.allSatisfy { $0.severity != .error }, "\(example.code): \(cured.map { $0.rendered() })")
            case .line(_, let problem): #expect(problem.code == example.code)
            case .none: break
            }
        }
    }

    @Test("the small scenarios of the examples are right")
    func bases() {
        for base in CodeExample.Base.allCases {
            let reading = ScenarioFile.read(name: base.main, of: base.files.mapValues { Array($0.utf8) })
            #expect(reading.errors.isEmpty, "\(base)")
            #expect(reading.scenario != nil)
        }
    }

    @Test("no code is used that the list lacks")
    func noStrayCodes() throws {
        let known = Set(ProblemCode.catalogue.map(\.code))
        let sources = Project.root.appendingPathComponent("Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /"([EW]\d{3})"/) {
                #expect(known.contains(String(match.1)), "\(match.1) in \(file.lastPathComponent)")
            }
        }
    }

    @Test("lines are at most 120 characters, but the one of the design")
    func widths() {
        #expect(Self.pages.count > 350)
        for page in Self.pages {
            for line in page.text.split(separator: "\n") where line.count > GlossaryPage.width {
                // Messages are as long as what they show.
                #expect(page.name == "shrinkage" && line.count == 122 || page.kind == "code", "\(page.name): \(line)")
            }
        }
        for line in Glossary.overview.split(separator: "\n") { #expect(line.count <= GlossaryPage.width) }
        #expect(Glossary.overview.split(separator: "\n", omittingEmptySubsequences: false).count < 60)
    }

    @Test("pages are documents too, and numbers in them are worked out")
    func documents() throws {
        for page in Self.pages {
            let object = try JSONSerialization.jsonObject(with: Data(page.json.bytes())) as? [String: Any]
            #expect(object?["schema"] as? String == "switchboard/explain/1")
            #expect(object?["text"] as? String == page.text)
        }
        let seven = WorkedHalfHour.measures(.erlangC, 7)
        #expect(Glossary.entry("Erlang C")?.body.contains(StaffWords.share(seven.serviceLevels.ofAllOffered!)) == true)
        for term in Glossary.terms {
            #expect(!term.body.contains("nan") && !term.body.contains("inf "), "\(term.name): \(term.body)")
        }
    }
}
