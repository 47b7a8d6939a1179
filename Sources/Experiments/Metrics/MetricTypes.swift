import Center

/// For which contact types the figures of one scenario are reported: worked out once, because tables ask for every type
/// and every figure.
public struct MetricTypes: Sendable {
    /// By subject and type.
    private let told: [Metric.Subject: [Bool]]
    private let isLive: [Bool]

    /// Works out every subject for every contact type of the scenario.
    public init(_ scenario: Scenario) {
        let types = scenario.contactTypes
        isLive = types.map { $0.channel.kind != .later }
        let isLong = scenario.experiment.longRun != nil
        // Types whose callers come again to another type, or to which another type's callers come again.
        var isMixed = [Bool](repeating: false, count: types.count)
        var isPromised = isMixed
        for (from, type) in types.enumerated() {
            for offshoot in type.offshoots where offshoot.cause == .again && offshoot.contactType != from {
                isMixed[from] = true
                isMixed[offshoot.contactType] = true
            }
            if let origin = type.origin, origin.cause == .callback { isPromised[origin.contactType] = true }
        }
        let costs = CostPools(scenario)
        var told: [Metric.Subject: [Bool]] = [:]
        for subject in Metric.Subject.allCases {
            told[subject] = types.enumerated().map { t, type in
                switch subject {
                case .everything, .everythingApart: true
                case .live: type.channel.kind != .later
                case .spoken: type.channel.kind != .later && !type.languages.isEmpty
                case .listed: type.channel.kind == .later && !isLong
                case .listedAtAnyTime: type.channel.kind == .later
                case .comingAgain: !isMixed[t] && type.offshoots.contains { $0.cause == .again && $0.share > 0 }
                case .handingOn: type.offshoots.contains { $0.cause == .transfer && $0.share > 0 }
                case .promised: isPromised[t]
                case .handedBack: type.channel.kind != .later && scenario.rules.endOfShift == .handBack
                case .paid: costs.isKnown(t)
                }
            }
        }
        self.told = told
    }

    /// Whether a figure about such contacts is reported for a type.
    public func holds(_ subject: Metric.Subject, _ t: Int) -> Bool { told[subject]?[t] ?? false }

    /// The types whose contacts are counted together for everything; empty where there is nothing to report.
    public func together(_ subject: Metric.Subject) -> [Int] {
        let told = isLive.indices.filter { holds(subject, $0) }
        let live = isLive.indices.filter { isLive[$0] }
        return switch subject {
        case .everythingApart: live.isEmpty ? told : live
        case .handingOn: told.isEmpty ? [] : live
        default: told
        }
    }
}
