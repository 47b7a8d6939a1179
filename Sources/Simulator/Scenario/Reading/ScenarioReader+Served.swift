extension ScenarioReader {
    /// Contacts that nobody may ever serve: no group has the skill, or none that has it speaks the language.
    func checkServed(_ scenario: Scenario) {
        let types = scenario.contactTypes
        for (index, draft) in contactTypes.enumerated() {
            let senders = types.filter { type in
                type.origin == nil && type.id != draft.id
                    && type.offshoots.contains { $0.cause == .transfer && $0.contactType == index }
            }
            guard types[index].arrivals.contains(where: { $0.contacts > 0 }) || !senders.isEmpty else { continue }
            let further = Set(types[index].escalations.flatMap(\.groups))
            let able = scenario.agentGroups.enumerated().filter { position, group in
                further.contains(position) || group.skills.contains { $0.contactType == index }
            }.map(\.element)
            let from = senders.isEmpty ? "" : ", to which \(Spelling.list(senders.map(\.id), "and")) transfer contacts"
            if able.isEmpty {
                log.error(
                    ProblemCode.unserved, "nobody may serve \(draft.id)\(from): no agent group has the skill",
                    at: draft.key.place, expected: "skills: {\(draft.id): 1} in an agent group",
                    hint: "add the skill to a group, or take the contact type out")
                continue
            }
            let interpreted = types[index].interpreter?.languages ?? []
            for language in types[index].languages
            where !interpreted.contains(language.code)
                && !able.contains(where: { $0.languages.contains(language.code) })
            {
                log.error(
                    ProblemCode.unserved,
                    "nobody may serve \(draft.id) in \(language.code)\(from): \(Spelling.list(able.map(\.id), "and")) "
                        + "\(able.count == 1 ? "has" : "have") the skill, but not the language",
                    at: (draft.nodes["languages"] ?? draft.key).place,
                    expected: "\(language.code) among the languages of a group with the skill \(draft.id)",
                    hint: "add the language to a group, or the skill to a group that speaks it")
            }
        }
    }
}
