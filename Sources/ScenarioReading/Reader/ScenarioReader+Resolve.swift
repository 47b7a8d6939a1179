import Center
import ScenarioText
import Tabular

extension ScenarioReader {
    /// Everything read becomes seconds of the horizon; warnings are about the whole.
    func resolve(
        name: String, absences: Absences, routing: Routing, rules: RulesRead, experiment: ExperimentSettings
    ) -> Scenario? {
        let horizon = calendar.horizon(interval: interval)
        var dropped: [CivilDate: Double] = [:]
        var types: [ContactType] = []
        for draft in contactTypes {
            let type = resolve(draft, rules, dropped: &dropped)
            types.append(type)
            checkUse(of: draft)
            checkReach(draft, type)
            if !type.arrivals.isEmpty { warnOfGaps(draft) }
            checkCounts(draft)
            warnOfClosedDays(draft)
            warnOfClosedHours(draft, type)
            warnOfClosedWaits(draft, type)
        }
        types = derive(types, rule: rules.serviceLevel, length: horizon.length)
        let position = Dictionary(types.enumerated().map { ($1.id, $0) }, uniquingKeysWith: min)
        let names = reportedNames
        let servers = derivedTypes.map { derived in
            position[derived.role.servers(contactTypes[derived.parent]) ?? contactTypes[derived.parent].id]
        }
        var agentGroups: [AgentGroup] = []
        for draft in groups {
            let staffing: Staffing
            if case .shifts(let rows) = draft.presence {
                staffing = .shifts(byClocks(of: draft) { blocks(of: draft, rows, keepsEnd: rules.keepsEnd) })
                warnOfPeople(draft, rows)
            } else if case .people(let rows) = draft.presence {
                staffing = .shifts(byClocks(of: draft) { blocks(ofPeople: draft, rows, keepsEnd: rules.keepsEnd) })
            } else if case .asNeeded = draft.presence {
                staffing = .asNeeded
            } else {
                checkUse(of: draft)
                staffing = .curve(curve(of: draft))
            }
            let declared = draft.skills.compactMap { skill -> Skill? in
                guard let index = position[allTypeNames[skill.contactType]] else { return nil }
                var skill = skill
                skill.contactType = index
                return skill
            }
            agentGroups.append(
                AgentGroup(
                    id: draft.id, label: draft.label, people: draft.people, wagePerHour: draft.wagePerHour,
                    languages: draft.languages, skills: withDerived(declared, servers, draft.derivedSkills),
                    staffing: staffing,
                    members: draft.members, maxOccupancy: draft.maxOccupancy))
            agentGroups[agentGroups.count - 1].licences = draft.licences
            agentGroups[agentGroups.count - 1].paidLeave = paidLeave[draft.id] ?? []
            agentGroups[agentGroups.count - 1].timekeeping = draft.timekeeping
            agentGroups[agentGroups.count - 1].overtimeRate = draft.overtimeRate
            agentGroups[agentGroups.count - 1].tiers = draft.tiers
            agentGroups[agentGroups.count - 1].paces = byClocks(of: draft) { paces(of: draft) }
        }
        // With sight of all of them; whoever is at lunch misses that part of a meeting.
        PausePlacement.place(in: &agentGroups, types: types)
        checkPauses(agentGroups)
        for (g, draft) in groups.enumerated() {
            if case .shifts(let blocks) = agentGroups[g].staffing {
                agentGroups[g].staffing = .shifts(byClocks(of: draft) { attending(blocks, group: draft.id) })
            }
            checkTimekeeping(draft, agentGroups[g].staffing)
        }
        var experiment = experiment
        for window in experiment.goals.compactMap(\.window) where !window.isAligned(with: horizon) {
            let place = root["experiment"]?["precision"]?.place
            log.add(PrecisionGrammar.misaligned(window).problem(for: .setting("precision"), at: place))
        }
        experiment.goals = experiment.goals.map { goal in
            guard case .some(let chosen) = goal.scope, goal.figure != .occupancy else { return goal }
            var goal = goal
            goal.scope = .some(
                chosen.compactMap { one in
                    position[names[one.index]].map { PrecisionGoal.Chosen($0, language: one.language) }
                })
            return goal
        }
        var scenario = Scenario(
            id: id, name: name, currency: currency, horizon: horizon, contactTypes: types, agentGroups: agentGroups,
            routing: routing, rules: rules.rules, experiment: experiment)
        scenario.absences = absences
        warnOfOddDays(dropped: dropped)
        warnOfHolidays()
        warnOfRepeatedBreaks()
        checkServed(scenario)
        checkColleagues(types)
        warnOfNoContacts(types)
        checkAttendance()
        checkReserves(scenario)
        warnOfUnused()
        warnOfGroups(scenario)
        checkTiers(scenario)
        checkLoops(scenario.averaged)
        CoverageCheck(scenario: scenario.averaged, reader: self).run()
        PaidWhileClosed(scenario: scenario, reader: self).run()
        return scenario
    }

    /// The contact type, but for what contacts of other types make of it.
    private func resolve(
        _ draft: ContactTypeDraft, _ rules: RulesRead, dropped: inout [CivilDate: Double]
    ) -> ContactType {
        var type = draft.type
        type.open = openTimeSpans(draft.hours)
        type.arrivals = portions(of: draft, dropped: &dropped)
        // People on a list are called while we are open.
        if draft.channel.id == Channel.outbound.id || draft.tries != nil { type.callable = type.open }
        type.escalations = (escalations(of: draft.id) + draft.escalations).sorted { $0.after < $1.after }
        type.idleReserve = reserves[draft.id] ?? 0
        type.target = draft.target.map {
            ServiceTarget(share: $0.share, within: $0.within, rule: $0.rule ?? rules.serviceLevel, clock: $0.clock)
        }
        if let whole = type.target {
            type.languageTargets = draft.languageTargets.mapValues {
                ServiceTarget(share: $0.share, within: $0.within, rule: whole.rule, clock: whole.clock)
            }
        }
        type.shortAbandon = draft.shortAbandon ?? rules.shortAbandon
        return type
    }

    /// Breaks that have no room before and after lunch are not dropped without a word.
    private func checkPauses(_ agentGroups: [AgentGroup]) {
        for (g, draft) in groups.enumerated() {
            guard case .shifts(let blocks) = agentGroups[g].staffing else { continue }
            for block in blocks {
                let wanted = (block.lunch?.length ?? 0) + block.breaks.reduce(0, +)
                let lacking = block.placed.contains { pauses in
                    let placed = pauses.reduce(0) {
                        $0 + WorkingTime.cut([$1.timeSpan], to: block.timeSpan).reduce(0) { $0 + $1.length }
                    }
                    return placed < wanted - 1
                }
                guard lacking else { continue }
                log.error(
                    ProblemCode.lunch,
                    "the breaks of the shift \(block.shift) do not fit before and after its lunch", at: draft.key.place,
                    expected: "fewer or shorter breaks, or another window for lunch")
                break
            }
        }
    }

    /// Who serves a type serves what it brings about, and colleagues serve what they are asked or get by mistake, unless
    /// the group says otherwise; `servers` are the types that are served by whoever serves each derived one.
    private func withDerived(_ skills: [Skill], _ servers: [Int?], _ own: [Int: Skill?]) -> [Skill] {
        guard !servers.isEmpty else { return skills }
        let first = Dictionary(skills.map { ($0.contactType, $0) }) { first, _ in first }
        return skills
            + servers.enumerated().compactMap { offset, server in
                (own[offset] ?? server.flatMap { first[$0] }).map { skill -> Skill in
                    var skill = skill
                    skill.contactType = contactTypes.count + offset
                    return skill
                }
            }
    }
}
