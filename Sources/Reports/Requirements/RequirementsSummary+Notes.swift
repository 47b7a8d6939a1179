import Center
import Planning
import Tabular

extension RequirementsSummary {
    /// What was left out or taken for granted, each a clause without a full stop.
    public var notes: [String] {
        var notes: [String] = []
        func names(_ types: [ContactType]) -> String { Spelling.list(types.map(\.id), "and") }
        let types = scenario.contactTypes
        let worked = Set(requirements.deferred + requirements.promised)
        let silent = types.indices.filter { requirements.models[$0] == nil && !worked.contains($0) }.map { types[$0] }
        if !silent.isEmpty {
            notes.append("nothing is promised for \(names(silent)), so no need is worked out")
        }
        let deaf = zip(types, requirements.models).filter { $1 == .erlangC && $0.maxAbandonment != nil }.map(\.0)
        if !deaf.isEmpty {
            notes.append("with Erlang C nobody hangs up, so the limit of hang-ups says nothing for \(names(deaf))")
        }
        let slots = typesWithRows.map { types[$0] }.filter { $0.channel.atOnce > 1 }
        if !slots.isEmpty {
            notes.append(
                "\(names(slots)) \(slots.count == 1 ? "is" : "are") handled several at once: the work is counted in slots, "
                    + "each at the pace of full hands")
        }
        if !requirements.deferred.isEmpty {
            notes.append(
                "the work of \(names(requirements.deferred.map { types[$0] })) is spread evenly over the open time until it is due: "
                    + "the least that does it")
        }
        if !requirements.promised.isEmpty {
            notes.append(
                "\(names(requirements.promised.map { types[$0] })) \(requirements.promised.count == 1 ? "has" : "have") no "
                    + "rows: whoever asks to be called counts where they called")
        }
        let brought = requirements.broughtAbout.filter { !worked.contains($0) }
        if !brought.isEmpty {
            notes.append(
                "contacts of \(names(brought.map { types[$0] })) that others bring about count too, as if everybody were "
                    + "answered")
        }
        let lagged = Set(requirements.rows.filter(\.isLagged).map(\.contactType))
        if !lagged.isEmpty {
            notes.append(
                "contacts of \(names(lagged.sorted().map { types[$0] })) reach into later intervals, so the work in hand "
                    + "decides (--lag)")
        }
        let several = typesWithRows.map { types[$0] }.filter { $0.languages.count > 1 }
        if !several.isEmpty {
            notes.append(
                "the needs of \(names(several)) are for all their languages together; a language for which people are "
                    + "missing has a line of its own")
        }
        let paced = scenario.agentGroups.filter { group in group.skills.contains { $0.handlingFactor != 1 } }
        if !paced.isEmpty {
            notes.append(
                "needs are for people at the usual pace, which \(Spelling.list(paced.map(\.id), "and")) "
                    + "\(paced.count == 1 ? "does" : "do") not have in every skill")
        }
        let unreachable = requirements.rows.count { $0.binding == .outOfReach }
        if unreachable > 0 {
            notes.append(
                "no number of people keeps what is promised in \(unreachable) interval\(unreachable == 1 ? "" : "s")")
        }
        return notes
    }
}
