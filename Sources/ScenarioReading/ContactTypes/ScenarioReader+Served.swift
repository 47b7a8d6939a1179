import Center
import Tabular

extension ScenarioReader {
    /// Contacts that nobody may ever serve: no group has the skill, or none that has it speaks the language.
    func checkServed(_ scenario: Scenario) {
        let types = scenario.contactTypes
        let skilled = scenario.groupsWithSkill
        var sending = [[Int]](repeating: [], count: types.count)
        let derivedTypes = derivedTypes
        for (from, type) in types.enumerated() where type.origin == nil {
            for followOn in type.followOns where followOn.cause == .transfer && followOn.contactType != from {
                // Contacts that go on in writing are served by the same people.
                let to =
                    followOn.contactType < contactTypes.count
                    ? followOn.contactType : derivedTypes[followOn.contactType - contactTypes.count].parent
                if sending[to].last != from { sending[to].append(from) }
            }
        }
        for (index, draft) in contactTypes.enumerated() {
            let senders = sending[index].map { types[$0] }
            guard types[index].arrivals.contains(where: { $0.contacts > 0 }) || !senders.isEmpty else { continue }
            let further = Set(types[index].escalations.flatMap(\.groups))
            let able = further.union(skilled[index]).sorted().map { scenario.agentGroups[$0] }
            let from = senders.isEmpty ? "" : ", to which \(Spelling.list(senders.map(\.id), "and")) transfer contacts"
            if able.isEmpty {
                log.error(
                    ProblemCode.unserved, "nobody may serve \(draft.id)\(from): no agent group has the skill",
                    at: draft.key.place, expected: "skills: {\(draft.id): 1} in an agent group",
                    hint: "add the skill to a group, or take the contact type out")
                continue
            }
            for language in Self.unspoken(types[index], able) {
                log.error(
                    ProblemCode.unserved,
                    "nobody may serve \(draft.id) in \(language.code)\(from): \(Spelling.list(able.map(\.id), "and")) "
                        + "\(able.count == 1 ? "has" : "have") the skill, but not the language",
                    at: (draft.nodes["languages"] ?? draft.key).place,
                    expected: "\(language.code) among the languages of a group with the skill \(draft.id)",
                    hint: "add the language to a group, or the skill to a group that speaks it")
            }
        }
        checkBroughtAbout(scenario, skilled)
    }

    /// The languages of a type that none of the groups speaks, with or without an interpreter.
    private static func unspoken(_ type: ContactType, _ able: [AgentGroup]) -> [LanguageShare] {
        let interpreted = type.interpreter?.languages ?? []
        return type.languages.filter { language in
            !interpreted.contains(language.code) && !able.contains { $0.languages.contains(language.code) }
        }
    }

    /// The same of what a type brings about, where groups say who does it.
    private func checkBroughtAbout(_ scenario: Scenario, _ skilled: [[Int]]) {
        for (offset, derived) in derivedTypes.enumerated() {
            let index = contactTypes.count + offset
            let naming = groups.filter { $0.derivedSkills[offset] != nil }
            guard index < scenario.contactTypes.count, let first = naming.first else { continue }
            let type = scenario.contactTypes[index]
            let further = Set(type.escalations.flatMap(\.groups))
            let able = further.union(skilled[index]).sorted().map { scenario.agentGroups[$0] }
            let place = (first.derivedKeys[type.id] ?? first.key).place
            if able.isEmpty {
                let source = contactTypes[type.origin?.contactType ?? derived.parent].id
                log.error(
                    ProblemCode.unserved,
                    "nobody may serve \(type.id), which comes of \(source): every group with the skill says none",
                    at: place, expected: "skills: {\(type.id): 1} in an agent group",
                    hint: "leave \"\(type.id): none\" out of a group")
                continue
            }
            for language in Self.unspoken(type, able) {
                log.error(
                    ProblemCode.unserved,
                    "nobody may serve \(type.id) in \(language.code): \(Spelling.list(able.map(\.id), "and")) "
                        + "\(able.count == 1 ? "has" : "have") the skill, but not the language",
                    at: place, expected: "\(language.code) among the languages of a group with the skill \(type.id)",
                    hint: "leave \"\(type.id): none\" out of a group that speaks it")
            }
        }
    }
}

extension Scenario {
    /// By contact type, the groups with the skill, whatever languages they speak.
    var groupsWithSkill: [[Int]] {
        var skilled = [[Int]](repeating: [], count: contactTypes.count)
        for (g, group) in agentGroups.enumerated() {
            for skill in group.skills where skilled[skill.contactType].last != g {
                skilled[skill.contactType].append(g)
            }
        }
        return skilled
    }
}
