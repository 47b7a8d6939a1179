extension ScenarioReader {
    /// Everything read becomes seconds of the horizon; warnings are about the whole.
    ///
    /// Types on channels that are not simulated yet are left out, so that what is said about the rest is right; such a
    /// file has errors, and the result is not used.
    func resolve(
        name: String, shrinkage: Double, routing: Routing, rules: RulesRead, experiment: ExperimentSettings
    ) -> Scenario? {
        let simulated = contactTypes.filter(\.isSimulated)
        let horizon = calendar.horizon(interval: interval)
        var dropped: [CivilDate: Double] = [:]
        var types: [ContactType] = []
        for draft in simulated {
            guard let talk = draft.talk else { return nil }
            let target = draft.target.map {
                ServiceTarget(share: $0.share, within: $0.within, rule: $0.rule ?? rules.serviceLevel)
            }
            types.append(
                ContactType(
                    id: draft.id, label: draft.label, channel: Channel(draft.channel), priority: draft.priority,
                    languages: draft.languages, open: openSpans(draft.hours),
                    arrivals: pieces(of: draft, dropped: &dropped), volumes: draft.volumes,
                    dayToDay: draft.dayToDay, talk: talk,
                    hold: draft.hold, wrapUp: draft.wrapUp, patience: draft.patience, redial: draft.redial,
                    target: target, maxAbandonment: draft.maxAbandonment,
                    shortAbandon: draft.shortAbandon ?? rules.shortAbandon))
            let type = types[types.count - 1]
            checkDates(draft, type)
            if !type.arrivals.isEmpty { warnOfGaps(draft) }
            warnOfClosedDays(draft)
            warnOfClosedHours(draft, type)
        }
        let position = Dictionary(simulated.enumerated().map { ($1.id, $0) }, uniquingKeysWith: min)
        var agentGroups: [AgentGroup] = []
        for draft in groups {
            let staffing: Staffing
            if case .shifts(let rows) = draft.presence {
                staffing = .shifts(blocks(of: draft, rows, keepsEnd: rules.keepsEnd))
                warnOfPeople(draft, rows)
            } else if case .asNeeded = draft.presence {
                staffing = .asNeeded
            } else {
                staffing = .curve(curve(of: draft))
            }
            let skills = draft.skills.compactMap { skill in
                position[allTypeNames[skill.contactType]].map {
                    Skill($0, rank: skill.rank, handlingFactor: skill.handlingFactor)
                }
            }
            agentGroups.append(
                AgentGroup(
                    id: draft.id, label: draft.label, people: draft.people, wagePerHour: draft.wagePerHour,
                    languages: draft.languages, skills: skills, staffing: staffing))
        }
        var experiment = experiment
        experiment.goals = experiment.goals.map { goal in
            guard case .some(let chosen) = goal.scope, goal.figure != .occupancy else { return goal }
            var goal = goal
            goal.scope = .some(chosen.compactMap { position[allTypeNames[$0]] })
            return goal
        }
        let scenario = Scenario(
            id: id, name: name, currency: currency, horizon: horizon, contactTypes: types, agentGroups: agentGroups,
            shrinkage: shrinkage, routing: routing, rules: rules.rules, experiment: experiment)
        warnOfOddDays(dropped: dropped)
        warnOfBreaksTwice()
        CoverageCheck(scenario: scenario, reader: self).run()
        return scenario
    }
}
