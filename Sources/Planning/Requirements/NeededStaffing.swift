import Simulator

/// A scenario whose groups with `Staffing.asNeeded` have as many people as the requirements say.
///
/// In each period a group has the people on the rota that its contact types need, each type's divided by the number of
/// such groups that serve it, for the time in which the type is open. The work of all its lists together is rounded up
/// to whole people once.
public struct NeededStaffing: Sendable {
    /// A group that was staffed: the fewest and the most people on the rota while it has any.
    public struct Group: Sendable, Hashable {
        public var id: String
        public var least: Int
        public var most: Int
    }

    public private(set) var scenario: Scenario
    public private(set) var groups: [Group] = []

    public init(_ scenario: Scenario) {
        self.scenario = scenario
        let open = scenario.agentGroups.indices.filter { g in
            if case .asNeeded = scenario.agentGroups[g].staffing { true } else { false }
        }
        guard !open.isEmpty else { return }
        let requirements = Requirements(scenario)
        var rows = [[Requirement]](repeating: [], count: scenario.contactTypes.count)
        for row in requirements.rows { rows[row.contactType].append(row) }
        let isOpen = Set(open)
        let able = scenario.groupsByType.map { $0.filter(isOpen.contains) }
        var served: [Int: [Int]] = [:]
        for (t, groups) in able.enumerated() {
            for g in groups { served[g, default: []].append(t) }
        }
        let isList = Set(requirements.lists)
        for g in open {
            var spans: [Int: (span: Span, people: Double)] = [:]
            var ofLists: [Int: Double] = [:]
            for t in served[g] ?? [] {
                let able = able[t]
                let stretches = scenario.contactTypes[t].openStretches(in: scenario.horizon)
                for row in rows[t] {
                    guard let people = row.needWithShrinkage, people > 0 else { continue }
                    var part = Double(people) / Double(able.count)
                    if isList.contains(t), let exact = row.needExact {
                        let before = ofLists[row.period] ?? 0
                        let after = before + exact / (1 - scenario.shrinkage) / Double(able.count)
                        ofLists[row.period] = after
                        part = (after - 1e-9).rounded(.up) - (before - 1e-9).rounded(.up)
                    }
                    if let known = spans[row.period] {
                        spans[row.period] = (
                            Span(
                                min(known.span.start, stretches[row.period].start),
                                max(known.span.end, stretches[row.period].end)), known.people + part
                        )
                    } else {
                        spans[row.period] = (stretches[row.period], part)
                    }
                }
            }
            let pieces = spans.values.sorted { $0.span.start < $1.span.start }
                .map { StaffingPiece($0.span, agents: $0.people) }
            self.scenario.agentGroups[g].staffing = .curve(pieces)
            let people = pieces.map { Int($0.agents.rounded(.up)) }
            groups.append(
                Group(id: scenario.agentGroups[g].id, least: people.min() ?? 0, most: people.max() ?? 0))
        }
    }
}
