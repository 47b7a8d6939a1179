import Center
import Tabular

/// People who are paid while nothing that they serve is open.
///
/// Whoever serves deferred work has something to do at any hour. The hour before opening and the hour after closing are
/// left out: shifts begin early to set up, and end late to finish.
struct PaidWhileClosed {
    let scenario: Scenario
    let reader: ScenarioReader

    /// Seconds of paid time in one go, while closed, that are no mistake.
    private static let usual = 3600.0

    func run() {
        for (group, draft) in zip(scenario.agentGroups, reader.groups) { check(group, draft) }
    }

    private func check(_ group: AgentGroup, _ draft: AgentGroupDraft) {
        let further = scenario.contactTypes.indices.filter { type in
            scenario.contactTypes[type].escalations.contains { escalation in
                escalation.groups.contains { scenario.agentGroups[$0].id == group.id }
            }
        }
        let served = (group.skills.map(\.contactType) + further).map { scenario.contactTypes[$0] }
        // Colleagues are asked as long as the one who asks is there.
        let types = served.filter { $0.channel.id != Channel.consult.id }
        guard !types.isEmpty, !types.contains(where: { $0.channel.kind == .deferred }) else { return }
        let end = scenario.horizon.length
        let open = TimeSpan.joined(
            types.flatMap { type in type.open.map { TimeSpan($0.start - type.queueOpens, $0.end) } }, within: end)
        let paid: [TimeSpan] =
            switch group.staffing {
            case .asNeeded: []
            case .curve(let portions): portions.filter { $0.agents > 0 }.map(\.timeSpan)
            case .shifts(let blocks): blocks.filter { $0.people > 0 }.map(\.timeSpan)
            }
        let idle = Self.without(open, TimeSpan.joined(paid, within: end)).filter { $0.length > Self.usual }
        guard let first = idle.first else { return }
        let hours = idle.reduce(0) { $0 + $1.length } / 3600
        let more = idle.count > 1 ? " (\(Units.formatNumber((hours * 10).rounded() / 10)) hours in all)" : ""
        reader.log.warn(
            ProblemCode.paidWhileClosed,
            "\(group.id) is there \(first.words(in: scenario.horizon)), when nothing it serves is open\(more)",
            at: draft.key.place,
            hint:
                "change the hours of \(Spelling.list(types.filter { $0.origin == nil }.map(\.id), "or")), or who is there then"
        )
    }

    /// What of sorted, disjoint spans lies outside of others.
    private static func without(_ taken: [TimeSpan], _ timeSpans: [TimeSpan]) -> [TimeSpan] {
        var result: [TimeSpan] = []
        for timeSpan in timeSpans {
            var start = timeSpan.start
            for other in taken where other.end > timeSpan.start && other.start < timeSpan.end {
                if other.start > start { result.append(TimeSpan(start, other.start)) }
                start = max(start, other.end)
            }
            if start < timeSpan.end { result.append(TimeSpan(start, timeSpan.end)) }
        }
        return result
    }
}
