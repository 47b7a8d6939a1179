extension Scenario {
    /// Paid seconds of a group's named people beyond their contracts, week by week from the horizon's first day on.
    ///
    /// A part of a week, such as Monday to Friday, may hold all of the contract's hours.
    public func plannedOvertime(ofGroup g: Int) -> Double {
        let group = agentGroups[g]
        guard group.overtimeRate != nil, case .shifts(let blocks) = group.staffing else { return 0 }
        var paid: [Int: [Int: Double]] = [:]
        for block in blocks {
            for member in block.members { paid[member, default: [:]][block.day / 7, default: 0] += block.paid }
        }
        var overtime = 0.0
        for (member, person) in group.members.enumerated() {
            guard let contract = person.contractHours else { continue }
            for week in 0..<(horizon.days.count + 6) / 7 {
                overtime += max(0, (paid[member]?[week] ?? 0) - contract * 3600)
            }
        }
        return overtime
    }
}
