import Center
import Queueing
import Simulator

/// Callers who can be served by the same people: a contact type, or those of its languages that the same groups speak.
struct Callers: Sendable {
    /// Index into the scenario's contact types.
    let type: Int
    /// Codes of the languages; empty where language plays no part.
    let languages: [String]
    /// Of the type's contacts, 0…1.
    let share: Double
    /// Indices of the groups that serve them, those of the first rank first; each group once.
    let ranks: [[Int]]
    /// By group: what handling takes there, as a multiple of the usual.
    let factors: [Int: Double]
    /// Groups that come to help later, through an interpreter or when somebody has waited.
    let helpers: [Helpers]

    /// Groups that may serve whoever has waited so long.
    struct Helpers: Sendable {
        /// Seconds; 0 where it is the number of those who wait that counts.
        var after: Double
        /// Whether they serve through an interpreter.
        var isInterpreted = false
        /// How many must wait.
        var whenWaiting: Int?
        var groups: [Int]
        /// What handling takes with them, as a multiple of the usual, and seconds on top of it.
        var factor: Double
        var connect: Double
    }

    /// All who serve them, those with an interpreter among them.
    var servers: [Int] {
        Set(ranks.joined()).union(helpers.filter(\.isInterpreted).flatMap(\.groups)).sorted()
    }

    /// All callers of a scenario, those whose contacts lie in lists among them, in the order of the types.
    static func all(of scenario: Scenario) -> [Callers] {
        scenario.contactTypes.indices.flatMap { t in callers(t, in: scenario) }
    }

    private static func callers(_ t: Int, in scenario: Scenario) -> [Callers] {
        let type = scenario.contactTypes[t]
        guard !type.languages.isEmpty else { return [Callers(t, scenario, language: nil, share: 1)] }
        var found: [Callers] = []
        for language in type.languages where language.share > 0 {
            let one = Callers(t, scenario, language: language.code, share: language.share)
            if let same = found.firstIndex(where: { $0.ranks == one.ranks && $0.helpers.isEmpty && one.helpers.isEmpty }
            ) {
                found[same] = Callers(
                    type: t, languages: found[same].languages + one.languages, share: found[same].share + one.share,
                    ranks: one.ranks, factors: one.factors, helpers: [])
            } else {
                found.append(one)
            }
        }
        return found
    }

    private init(
        type: Int, languages: [String], share: Double, ranks: [[Int]], factors: [Int: Double], helpers: [Helpers]
    ) {
        self.type = type
        self.languages = languages
        self.share = share
        self.ranks = ranks
        self.factors = factors
        self.helpers = helpers
    }

    private init(_ t: Int, _ scenario: Scenario, language: String?, share: Double) {
        let type = scenario.contactTypes[t]
        var byRank: [Int: [Int]] = [:]
        var factors: [Int: Double] = [:]
        var strangers: [Int] = []
        for (g, group) in scenario.agentGroups.enumerated() {
            guard let skill = group.skills.first(where: { $0.contactType == t }) else { continue }
            factors[g] = skill.handlingFactor
            if let language, !group.languages.contains(language) {
                strangers.append(g)
            } else {
                byRank[skill.rank, default: []].append(g)
            }
        }
        var ranks = byRank.sorted { $0.key < $1.key }.map(\.value)
        var helpers: [Helpers] = []
        if let language, let interpreter = type.interpreter, interpreter.languages.contains(language),
            !strangers.isEmpty
        {
            let own = Helpers(
                after: interpreter.after, isInterpreted: true, whenWaiting: nil, groups: strangers,
                factor: interpreter.handlingFactor,
                connect: interpreter.connect)
            if interpreter.after <= 0 {
                for g in strangers { factors[g, default: 1] *= interpreter.handlingFactor }
                ranks.append(strangers)
            } else {
                helpers.append(own)
            }
        }
        for escalation in type.escalations where !escalation.groups.isEmpty {
            let known = Set(ranks.joined())
            let groups = escalation.groups.filter { g in
                let speaks = language.map { scenario.agentGroups[g].languages.contains($0) } ?? true
                return speaks && !known.contains(g)
            }
            guard !groups.isEmpty else { continue }
            helpers.append(
                Helpers(
                    after: escalation.whenWaiting == nil ? escalation.after : 0, whenWaiting: escalation.whenWaiting,
                    groups: groups, factor: 1, connect: 0))
        }
        self.init(
            type: t, languages: language.map { [$0] } ?? [], share: share, ranks: ranks, factors: factors,
            helpers: helpers)
    }
}
