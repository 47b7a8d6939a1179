/// Who is planned to be there: agents' seconds in each reporting period, with lunch and breaks placed as the engine
/// places them, shrinkage not taken off.
package struct ScheduledTime: Sendable {
    /// `[period][group]` seconds on duty, in flat order.
    package private(set) var onDuty: [Double]
    /// `[period][group]` paid seconds, in flat order.
    package private(set) var paid: [Double]
    private let groupCount: Int

    package init(_ scenario: Scenario) {
        groupCount = scenario.agentGroups.count
        onDuty = [Double](repeating: 0, count: scenario.horizon.periods.count * groupCount)
        paid = onDuty
        let spread = PeriodSpread(scenario.horizon)
        for (g, group) in scenario.agentGroups.enumerated() {
            switch group.staffing {
            case .curve(let pieces):
                for piece in pieces {
                    spread.add(piece.span, piece.agents, stride: groupCount, offset: g, to: &onDuty)
                    spread.add(piece.span, piece.agents, stride: groupCount, offset: g, to: &paid)
                }
            case .shifts(let blocks):
                for block in blocks {
                    for person in 0..<block.people {
                        let day = PersonalDay(block, person: person)
                        for span in day.onDuty { spread.add(span, 1, stride: groupCount, offset: g, to: &onDuty) }
                        for span in day.paid { spread.add(span, 1, stride: groupCount, offset: g, to: &paid) }
                    }
                }
            }
        }
    }

    /// Seconds on duty of one group in one period.
    package func onDuty(period: Int, group: Int) -> Double { onDuty[period * groupCount + group] }
}
