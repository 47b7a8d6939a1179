import Center

/// For which contact types the figures of one scenario are reported: worked out once, because tables ask for every type
/// and every figure.
public struct MetricTypes: Sendable {
    /// By subject and type.
    private let reported: [Metric.Subject: [Bool]]
    private let isLive: [Bool]

    /// Works out every subject for every contact type of the scenario.
    public init(_ scenario: Scenario) {
        let types = scenario.contactTypes
        isLive = types.map { $0.channel.kind != .deferred }
        let isLong = scenario.experiment.longRun != nil
        // Types whose callers come again to another type, or to which another type's callers come again.
        var isMixed = [Bool](repeating: false, count: types.count)
        var isPromised = isMixed
        for (from, type) in types.enumerated() {
            for followOn in type.followOns where followOn.cause == .again && followOn.contactType != from {
                isMixed[from] = true
                isMixed[followOn.contactType] = true
            }
            if let origin = type.origin, origin.cause == .callback { isPromised[origin.contactType] = true }
        }
        let costs = CostPools(scenario)
        var reported: [Metric.Subject: [Bool]] = [:]
        for subject in Metric.Subject.allCases {
            reported[subject] = types.enumerated().map { t, type in
                switch subject {
                case .everything, .everythingApart: true
                case .live: type.channel.kind != .deferred
                case .spoken: type.channel.kind != .deferred && !type.languages.isEmpty
                case .deferred: type.channel.kind == .deferred && !isLong
                case .deferredAtAnyTime: type.channel.kind == .deferred
                case .comingAgain: !isMixed[t] && type.followOns.contains { $0.cause == .again && $0.share > 0 }
                case .handingOn: type.followOns.contains { $0.cause == .transfer && $0.share > 0 }
                case .promised: isPromised[t]
                case .handedBack: type.channel.kind != .deferred && scenario.rules.endOfShift == .handBack
                case .paid: costs.isKnown(t)
                }
            }
        }
        self.reported = reported
    }

    /// Whether a figure about such contacts is reported for a type.
    public func holds(_ subject: Metric.Subject, _ t: Int) -> Bool { reported[subject]?[t] ?? false }

    /// The types whose contacts are counted together for everything; empty where there is nothing to report.
    public func together(_ subject: Metric.Subject) -> [Int] {
        let reported = isLive.indices.filter { holds(subject, $0) }
        let live = isLive.indices.filter { isLive[$0] }
        return switch subject {
        case .everythingApart: live.isEmpty ? reported : live
        case .handingOn: reported.isEmpty ? [] : live
        default: reported
        }
    }
}
