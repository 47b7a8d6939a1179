import Testing

@testable import Center
@testable import ScenarioReading
@testable import Simulator

@Suite("Promises by language, as written") struct LanguagePromises {
    static func read(_ settings: String, languages: String? = "{en: 80%, es: 20%}") -> ReadScenario {
        let text = """
            timezone: UTC
            days: 1
            open: Mon 08:00-18:00
            contact_types:
              billing:
                arrivals: 400 per day
                talk: 4m
            \(languages.map { "    languages: \($0)\n" } ?? "")\(settings)
            agent_groups: {a: {agents: 5, languages: [en, es], skills: {billing: 1}}}
            """
        return ScenarioFile.read(name: "center.yaml", of: ["center.yaml": Array(text.utf8)])
    }

    @Test("each language has its own target and limit; the type's are their means, and it reads back")
    func own() throws {
        let reading = Self.read(
            """
                target: {en: 80% in 30s, es: 70%/60s, rule: F1}
                max_abandonment: {en: 5%, es: 10%}
            """)
        let type = try #require(reading.scenario?.contactTypes[0], "\(reading.problems.map { $0.rendered() })")
        #expect(type.target(in: "en") == ServiceTarget(share: 0.8, within: 30, rule: .abandonsCountAsMet))
        #expect(type.target(in: "es") == ServiceTarget(share: 0.7, within: 60, rule: .abandonsCountAsMet))
        #expect(type.target == ServiceTarget(share: 0.78, within: 30, rule: .abandonsCountAsMet))
        #expect(type.maxAbandonment(in: "es") == 0.1 && type.maxAbandonment(in: "en") == 0.05)
        #expect(type.maxAbandonment == 0.06)
        #expect(reading.settled.contains("target: {en: 80% in 30s, es: 70% in 1m, rule: abandons_count_as_met}"))
        #expect(reading.settled.contains("max_abandonment: {en: 5%, es: 10%}"))
        let again = ScenarioFile.read(name: "again.yaml", of: ["again.yaml": Array(reading.settled.utf8)])
        #expect(again.scenario?.contactTypes[0].languageTargets == type.languageTargets)
        #expect(again.scenario?.contactTypes[0].languageLimits == type.languageLimits)
        #expect(again.settled == reading.settled)
    }

    @Test("one promise is a promise to each language")
    func one() throws {
        let type = try #require(
            Self.read("    target: {share: 80%, in: 30s}\n    max_abandonment: 5%").scenario?.contactTypes[0])
        #expect(type.languageTargets.isEmpty && type.target(in: "es") == type.target)
        #expect(type.maxAbandonment(in: "es") == 0.05)
    }

    @Test("a language too many or too few is named where it stands")
    func wrong() {
        let unknown = Self.read("    target: {en: 80% in 30s, fr: 70% in 1m}").problems
        #expect(
            unknown.map(\.message) == [
                "contact_types.billing.target lacks \"es\"", "\"fr\" is not a language of billing",
            ])
        #expect(unknown.map(\.code) == ["E104", "E302"])
        #expect(unknown[0].hint == "a promise by language is given to each of them")
        let none = Self.read("    target: {en: 80% in 30s}", languages: nil).problems
        #expect(none.map(\.message) == ["billing has no languages, and contact_types.billing.target names en"])
        #expect(none[0].expected == "one promise to all, such as 80% in 30s")
        let share = Self.read("    max_abandonment: {en: 5%, es: x}").problems
        #expect(share.map(\.code) == ["E203"] && share[0].message == "x is not a share")
        let empty = Self.read("    target: {en: 80% in 30s, es: }").problems
        #expect(empty.map(\.message) == ["es needs one value"])
    }
}
