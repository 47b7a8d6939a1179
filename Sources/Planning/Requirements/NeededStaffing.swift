import Center
import Queueing
import Simulator
import Tabular

/// A scenario whose groups with `Staffing.asNeeded` have as many people as the requirements say.
///
/// In each period a group has the scheduled people that its contact types need, each type's divided evenly among such
/// groups that serve it, for the time in which the type is open. Where not all of them speak all its languages, those who
/// are the only ones for some callers have as many as these callers need, and the rest go to the others. The work of all
/// its lists together is rounded up to whole people once.
public struct NeededStaffing: Sendable {
    /// A group that was staffed: the fewest and the most scheduled people while it has any.
    public struct Group: Sendable, Hashable {
        /// The group's name in files.
        public var id: String
        /// The fewest scheduled people in a period that has any.
        public var least: Int
        /// The most scheduled people in a period.
        public var most: Int
    }

    /// The scenario with a staffing curve for each group that was `asNeeded`.
    public private(set) var scenario: Scenario
    /// The groups that were staffed, in the order of the scenario.
    public private(set) var groups: [Group] = []

    /// Works out the requirements and staffs those groups; the scenario stays as it is where there are none.
    public init(_ scenario: Scenario) {
        self.scenario = scenario
        let open = scenario.agentGroups.indices.filter { g in
            if case .asNeeded = scenario.agentGroups[g].staffing { true } else { false }
        }
        guard !open.isEmpty else { return }
        let requirements = Requirements(scenario)
        let callers = Callers.all(of: scenario)
        var needs = SharedNeeds(requirements, callers)
        let isOpen = Set(open)
        var rows = [[(row: Int, requirement: Requirement)]](repeating: [], count: scenario.contactTypes.count)
        // By row: what each group has to bring of a type whose languages not all of them speak.
        var uneven: [Int: [Int: Double]] = [:]
        for (r, row) in requirements.rows.enumerated() {
            rows[row.contactType].append((r, row))
            guard (row.needWithShrinkage ?? 0) > 0 else { continue }
            let mine = needs.callers(of: row.contactType)
            guard mine.count > 1, scenario.contactTypes[row.contactType].channel.kind == .live else { continue }
            uneven[r] = Self.byLanguage(row, mine, callers, open: isOpen, shrinkage: scenario.shrinkage, &needs)
        }
        let able = scenario.groupsByType.map { $0.filter(isOpen.contains) }
        var served: [Int: [Int]] = [:]
        for (t, groups) in able.enumerated() {
            for g in groups { served[g, default: []].append(t) }
        }
        let isDeferred = Set(requirements.deferred)
        for g in open {
            var staffedTimes: [Int: (timeSpan: TimeSpan, people: Double)] = [:]
            var ofDeferred: [Int: Double] = [:]
            for t in served[g] ?? [] {
                let able = able[t]
                let timeSpans = scenario.contactTypes[t].openTimeSpans(in: scenario.horizon)
                for (r, row) in rows[t] {
                    guard let people = row.needWithShrinkage, people > 0 else { continue }
                    var part = uneven[r].map { $0[g] ?? 0 } ?? Double(people) / Double(able.count)
                    guard part > 0 else { continue }
                    if isDeferred.contains(t), let exact = row.needExact {
                        let before = ofDeferred[row.period] ?? 0
                        let after = before + exact / (1 - scenario.shrinkage) / Double(able.count)
                        ofDeferred[row.period] = after
                        part = (after - 1e-9).rounded(.up) - (before - 1e-9).rounded(.up)
                    }
                    if let known = staffedTimes[row.period] {
                        staffedTimes[row.period] = (
                            TimeSpan(
                                min(known.timeSpan.start, timeSpans[row.period].start),
                                max(known.timeSpan.end, timeSpans[row.period].end)), known.people + part
                        )
                    } else {
                        staffedTimes[row.period] = (timeSpans[row.period], part)
                    }
                }
            }
            let portions = staffedTimes.values.sorted { $0.timeSpan.start < $1.timeSpan.start }
                .map { StaffingTimeSpan($0.timeSpan, agents: $0.people) }
            self.scenario.agentGroups[g].staffing = .curve(portions)
            let people = portions.map { Int($0.agents.rounded(.up)) }
            groups.append(
                Group(id: scenario.agentGroups[g].id, least: people.min() ?? 0, most: people.max() ?? 0))
        }
    }

    /// The scheduled people that each group brings: callers with the fewest groups first, then those who have them and
    /// others, for whom the ones that are there already count.
    private static func byLanguage(
        _ row: Requirement, _ mine: [Int], _ callers: [Callers], open: Set<Int>, shrinkage: Double,
        _ needs: inout SharedNeeds
    ) -> [Int: Double] {
        let shrinkage = Shrinkage(share: shrinkage) ?? .none
        var given: [Int: Double] = [:]
        let sets = mine.map { (callers: $0, groups: Set(needs.servers[$0]).intersection(open)) }
            .filter { !$0.groups.isEmpty }
            .sorted { ($0.groups.count, $0.callers) < ($1.groups.count, $1.callers) }
        for (_, groups) in sets {
            let share = sets.filter { $0.groups.isSubset(of: groups) }.reduce(0) { $0 + callers[$1.callers].share }
            let people =
                share > 1 - 1e-9 ? row.need : needs.need(of: row, callers: mine[0], share: share)
            guard let people, let scheduled = shrinkage.scheduled(for: people) else { continue }
            let there = groups.sorted().reduce(0) { $0 + (given[$1] ?? 0) }
            let more = Double(scheduled) - there
            guard more > 0 else { continue }
            let others = groups.filter { given[$0] == nil }
            let takers = others.isEmpty ? groups : others
            for g in takers { given[g, default: 0] += more / Double(takers.count) }
        }
        return given
    }
}
