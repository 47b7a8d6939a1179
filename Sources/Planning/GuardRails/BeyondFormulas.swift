import Center
import Queueing
import Simulator

/// What a contact type and its people have that the formulas beside a simulation know nothing of, or only on average.
///
/// A figure outside its rails is explained by these where nothing else does; a setting that is to be added to the
/// scenario format is listed here, or makes the type one that is left out, or is in the formulas.
struct BeyondFormulas {
    /// By their names in the scenario, in the order of this list.
    let settings: [String]
    /// Whether some of the type's people speak only some of its languages.
    let dividesByLanguage: Bool

    init(_ t: Int, in scenario: Scenario) {
        let type = scenario.contactTypes[t]
        let groups = scenario.groups(for: t).map { scenario.agentGroups[$0] }
        let routing = scenario.routing
        let isDrawn = scenario.absences.unplanned > 0 || scenario.absences.inShift > 0
        let policy = routing.pickContact.keyword
        let found: [(String, Bool)] = [
            ("absences", isDrawn),
            ("tiers", groups.contains { !$0.tiers.isEmpty }),
            ("pace", groups.contains { !$0.paces.isEmpty }),
            ("late", groups.contains { $0.timekeeping.late != nil }),
            ("leaves_early", groups.contains { $0.timekeeping.leavesEarly != nil }),
            ("adherence", groups.contains { $0.timekeeping.adherence < 1 }),
            ("only_when_idle", groups.contains { $0.skills.contains { $0.contactType == t && $0.onlyWhenIdle } }),
            ("volumes: \(type.volumes.keyword)", type.volumes != .expected),
            ("queue_opens", type.queueOpens > 0),
            ("a limit of those who wait", scenario.rules.waitingLimit != nil),
            ("end_of_shift: hand_back", scenario.rules.endOfShift == .handBack),
            ("pick_contact: \(policy)", policy != Routing().pickContact.keyword),
            ("sticky", routing.isSticky),
        ]
        settings = found.filter(\.1).map(\.0)
        let codes = type.languages.map(\.code)
        dividesByLanguage = codes.count > 1 && groups.contains { group in !codes.allSatisfy(group.languages.contains) }
    }
}
