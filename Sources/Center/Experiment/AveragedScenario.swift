import Queueing

/// A scenario in which everybody of a group is average: what formulas can look at.
extension Scenario {
    /// Without tiers, paces and skills' set-up: their means stand in the contact types' work, in what contacts bring about,
    /// and in the groups' own factors. The scenario itself where there is nothing to average.
    package var averaged: Scenario {
        guard
            agentGroups.contains(where: { group in
                !group.tiers.isEmpty || !group.paces.isEmpty || group.skills.contains { $0.setUp > 0 }
            })
        else { return self }
        var scenario = self
        let time = ScheduledTime(self)
        let count = agentGroups.count
        let weights = agentGroups.indices.map { g in
            max(1e-9, stride(from: g, to: time.onDuty.count, by: count).reduce(0) { $0 + time.onDuty[$1] })
        }
        let handling = agentGroups.indices.map {
            mean(\.handling, ofGroup: $0) * mentoring(ofGroup: $0) * slowness(ofGroup: $0, time)
        }
        for t in contactTypes.indices {
            let able = agentGroups.indices.filter { g in agentGroups[g].skills.contains { $0.contactType == t } }
            let all = able.reduce(0) { $0 + weights[$1] }
            guard all > 0 else { continue }
            func over(_ values: (Int) -> Double) -> Double { able.reduce(0) { $0 + weights[$1] * values($1) } / all }
            let work = over { handling[$0] }
            scenario.contactTypes[t].talk = contactTypes[t].talk.scaled(by: work)
            scenario.contactTypes[t].hold = contactTypes[t].hold?.scaled(by: work)
            scenario.contactTypes[t].wrapUp = contactTypes[t].wrapUp?.scaled(by: work)
            scenario.contactTypes[t].setUp += over { g in
                agentGroups[g].skills.first { $0.contactType == t }?.setUp ?? 0
            }
            for i in contactTypes[t].followOns.indices {
                switch contactTypes[t].followOns[i].cause {
                case .again: scenario.contactTypes[t].followOns[i].share *= over { mean(\.repeats, ofGroup: $0) }
                case .transfer: scenario.contactTypes[t].followOns[i].share *= over { mean(\.transfers, ofGroup: $0) }
                default: break
                }
            }
            for g in able {
                for s in agentGroups[g].skills.indices where agentGroups[g].skills[s].contactType == t {
                    scenario.agentGroups[g].skills[s].handlingFactor *= handling[g] / work
                    scenario.agentGroups[g].skills[s].setUp = 0
                }
            }
        }
        for g in scenario.agentGroups.indices {
            scenario.agentGroups[g].tiers = []
            scenario.agentGroups[g].paces = []
        }
        return scenario
    }

    /// Of a group's people and of the horizon.
    private func mean(_ factor: KeyPath<Tier, Double>, ofGroup g: Int) -> Double {
        let group = agentGroups[g]
        guard !group.tiers.isEmpty else { return 1 }
        let shares = group.tierShares
        return zip(group.tiers, shares).reduce(0) { sum, part in
            let (tier, share) = part
            // The mean of a factor that falls evenly to 1 and stays there.
            let ramp = min(tier.ramp ?? .infinity, horizon.length)
            let left = tier.ramp.map { (1 - ramp / $0 / 2) * ramp / horizon.length } ?? 1
            return sum + share * (1 + (tier[keyPath: factor] - 1) * left)
        }
    }

    /// The factor on a group's handling times because some look after those who learn, the mean over the horizon: as
    /// long as somebody learns, somebody who learns is taken to be there.
    private func mentoring(ofGroup g: Int) -> Double {
        let group = agentGroups[g]
        var slowness = 0.0
        var learning = 0.0
        for (tier, share) in zip(group.tiers, group.tierShares) where tier.mentoring > 0 && share > 0 {
            let part = min(1, (tier.ramp ?? .infinity) / max(1, horizon.length))
            slowness = max(slowness, part * (1 / (1 - tier.mentoring) - 1))
            learning += share * part
        }
        return 1 + max(0, 1 - learning) * slowness
    }

    /// By how much longer everything takes a group, over its time on duty.
    private func slowness(ofGroup g: Int, _ time: ScheduledTime) -> Double {
        let paces = agentGroups[g].paces
        guard !paces.isEmpty else { return 1 }
        var all = 0.0
        var slow = 0.0
        for (p, period) in horizon.periods.enumerated() {
            let seconds = time.onDuty(period: p, group: g)
            let pace = paces.first { $0.timeSpan.start <= period.start && period.start < $0.timeSpan.end }?.pace ?? 1
            all += seconds
            slow += seconds / pace
        }
        return all > 0 ? slow / all : 1
    }
}

extension AgentGroup {
    /// Each tier's part of the people: of those who have a name and a tier, else as the tiers say.
    var tierShares: [Double] {
        let named = members.compactMap(\.tier)
        guard !named.isEmpty, named.count == members.count else { return tiers.map(\.share) }
        return tiers.indices.map { t in Double(named.count { $0 == t }) / Double(named.count) }
    }
}
