import Center
import Tabular

/// What is defined and then used by nobody.
extension ScenarioReader {
    func warnOfUnused() {
        // A wrong reference has been reported already; what it meant is not reported as unused too.
        guard !log.hasErrors else { return }
        for entry in namedEntries("hours") where !hoursUsed.contains(entry.name) {
            unused(entry.key, "no contact type has the hours \(entry.name)")
        }
        let channels = Set(contactTypes.flatMap { [$0.channel.id] + $0.derived.compactMap(\.kind.channel) })
        for entry in namedEntries("channels") where !channels.contains(entry.name) {
            unused(entry.key, "no contact comes by the channel \(entry.name)")
        }
        let worked = Set(
            groups.flatMap { group -> [String] in
                switch group.presence {
                case .shifts(let rows): rows.filter { $0.people > 0 }.map(\.shift)
                case .people(let rows): rows.compactMap(\.shift)
                default: []
                }
            })
        for entry in namedEntries("shifts") where !worked.contains(entry.name) {
            unused(entry.key, "nobody works the shift \(entry.name)")
        }
        let hasTable = contactTypes.contains { if case .table = $0.volume { true } else { false } }
        if let entry = top.entry("gaps"), !hasTable {
            unused(entry.key, "gaps changes nothing: no arrivals come from a table")
        }
        warnOfSticky()
    }

    private func unused(_ key: Node, _ message: String) {
        log.warn(ProblemCode.noEffect, message, at: key.place, hint: "leave it out if that is meant")
    }

    private func warnOfSticky() {
        guard let entry = top.entry("routing"), let sticky = entry.value.entries?.first(where: { $0.name == "sticky" }),
            sticky.value.text == "yes"
        else { return }
        let comesAgain = contactTypes.contains { draft in
            draft.redial != nil || draft.again != nil || !draft.derived.isEmpty || !draft.transfers.isEmpty
                || !draft.replies.isEmpty || draft.chase != nil || draft.tries != nil
        }
        if !comesAgain { unused(sticky.key, "sticky changes nothing: nobody comes again or is handed on") }
    }

    // MARK: Of groups

    func warnOfGroups(_ scenario: Scenario) {
        let needed = Set(contactTypes.compactMap(\.licence))
        for (draft, group) in zip(groups, scenario.agentGroups) {
            warnOfPeople(draft, group)
            checkTierPeople(draft)
            guard
                let entries = top.entry("agent_groups")?.value.entries?.first(where: { $0.name == draft.id })?.value
                    .entries
            else { continue }
            if group.skills.isEmpty, !overflows.contains(where: { $0.group == draft.id }) {
                log.warn(
                    ProblemCode.noEffect, "\(draft.id) serves nothing: its skills name no contact type",
                    at: draft.key.place,
                    hint: "give it skills, such as {\(allTypeNames.first ?? "calls"): 1}, or leave it out")
            }
            func own(_ name: String) -> Node.Entry? { entries.first { $0.name == name } }
            if let overtime = own("overtime"), draft.overtimeRate != nil, draft.wagePerHour == nil {
                log.warn(
                    ProblemCode.noEffect, "overtime changes nothing: \(draft.id) has no wage", at: overtime.key.place,
                    hint: "add a wage, such as 19.30 per hour")
            }
            if let licences = own("licences")?.value {
                for item in licences.items ?? [licences] {
                    guard let name = item.text, !needed.contains(name) else { continue }
                    let nearest = Spelling.nearest(to: name, among: needed.sorted())
                    log.warn(
                        ProblemCode.noEffect, "no contact type needs the licence \(name)", at: item.place,
                        hint: Spelling.hint(nearest) ?? "write \"licence: \(name)\" in the contact types that need it")
                }
            }
            if group.skills.count == 1, group.skills[0].onlyWhenIdle, let skill = own("skills")?.value.entries?.first {
                log.warn(
                    ProblemCode.noEffect, "only_when_idle changes nothing: \(draft.id) serves nothing else",
                    at: (skill.value.entries?.first { $0.name == "only_when_idle" }?.key ?? skill.key).place,
                    hint: "leave it out, or add the skills that come first")
            }
        }
    }

    /// `--set agent_groups.nurses.people=6` where something else says who is there: `people` is no limit.
    private func warnOfPeople(_ draft: AgentGroupDraft, _ group: AgentGroup) {
        guard let node = draft.peopleNode, node.source.name.hasPrefix("--set ") else { return }
        let decides: String
        switch draft.presence {
        case .shifts: decides = "staffing.\(draft.id)"
        case .people: decides = draft.roster?.value.text ?? top.entry("staffing")?.value.text ?? "the schedule"
        case .nobody: return
        default: decides = "agent_groups.\(draft.id).agents"
        }
        log.warn(
            ProblemCode.noEffect, "people changes no result: \(decides) says who is there", at: node.place,
            hint: "change \(decides)")
    }

    /// Tiers that are counted are no more than the people whom they divide.
    private func checkTierPeople(_ draft: AgentGroupDraft) {
        guard let people = draft.people, let first = draft.tierKeys.first, draft.tierPeople > people else { return }
        log.error(
            ProblemCode.conflict,
            "the tiers of \(draft.id) have \(draft.tierPeople) people, and \(draft.id) has \(people)",
            at: first.place, expected: "tiers of \(people) people together", hint: "change the tiers, or people")
    }

    // MARK: Reserves

    /// A contact that must leave more agents idle than there can ever be is never taken.
    func checkReserves(_ scenario: Scenario) {
        guard let entries = top.entry("routing")?.value["reserve"]?.entries else { return }
        for entry in entries {
            guard let reserve = reserves[entry.name], reserve > 0,
                let index = scenario.contactTypes.firstIndex(where: { $0.id == entry.name })
            else { continue }
            let further = Set(scenario.contactTypes[index].escalations.flatMap(\.groups))
            let able = scenario.agentGroups.enumerated().filter { position, group in
                further.contains(position) || group.skills.contains { $0.contactType == index }
            }.map(\.element)
            guard !able.isEmpty, let most = Self.mostHeads(able), Double(reserve) >= most else { continue }
            log.error(
                ProblemCode.conflict,
                "\(reserve) must stay idle when \(entry.name) is taken, and at most \(Units.formatNumber(most)) are ever there: it is never taken",
                at: entry.value.place, expected: "fewer than \(Units.formatNumber(most))")
        }
    }

    /// The most people of groups at any time; nil where as many are there as are needed.
    private static func mostHeads(_ groups: [AgentGroup]) -> Double? {
        var changes: [Double: Double] = [:]
        for group in groups {
            switch group.staffing {
            case .asNeeded: return nil
            case .curve(let portions):
                for portion in portions {
                    changes[portion.timeSpan.start, default: 0] += portion.agents
                    changes[portion.timeSpan.end, default: 0] -= portion.agents
                }
            case .shifts(let blocks):
                for block in blocks {
                    changes[block.timeSpan.start, default: 0] += Double(block.people)
                    changes[block.timeSpan.end, default: 0] -= Double(block.people)
                }
            }
        }
        var (heads, most) = (0.0, 0.0)
        for time in changes.keys.sorted() {
            heads += changes[time] ?? 0
            most = max(most, (heads * 1e6).rounded() / 1e6)
        }
        return most
    }
}
