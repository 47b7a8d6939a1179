import Center
import Documents
import Simulator

/// What the star of the table means, and whom its results leave out.
extension SimulationSummary {
    var footnote: String? {
        guard scenario.contactTypes.contains(where: { $0.target != nil }) else { return nil }
        let widths = results.types.compactMap { $0.chance(confidence: results.confidence)?.reach }
        let width = widths.max().map { " (±\(PlainNumbers.fixed(($0 * 100).rounded(.up), 0)) points at most)" } ?? ""
        let isLimited = scenario.contactTypes.contains { $0.maxAbandonment != nil || !$0.languageLimits.isEmpty }
        let kept = "met the target" + (isLimited ? " and the limit on hang-ups" : "")
        return "* share of simulated \(repeats) that \(kept)\(width); average wait is that of the answered"
            + countedInstead
    }

    /// How those count who are promised a call instead of an answer, or find it closed, where there are any.
    private var countedInstead: String {
        func words(_ rule: Rules.Instead, _ who: String) -> String {
            switch rule {
            case .leftOut: "; \(who) are left out of the result"
            case .promisedKept: "; \(who) count as answered in time where the promise is kept"
            case .asMissed: "; \(who) count as not answered in time"
            }
        }
        let live = zip(scenario.contactTypes, results.types).filter { $0.0.target != nil && $0.0.channel.kind == .live }
        let hasCallbacks = live.contains { $0.0.callback != nil && $0.1.sum.callbacksRequested > 0 }
        let rules = scenario.rules
        let hasClosed = live.contains { type, figures in
            switch rules.closed {
            case .leftOut where type.whenClosed == .turnedAway:
                figures.sum.leftOut > (rules.callbacks == .leftOut ? figures.sum.callbacksRequested : 0) + 1e-9
            case .leftOut: figures.sum.leftOut > 0
            case .promisedKept, .asMissed: figures.sum.turnedAway > 0 || type.whenClosed != .turnedAway
            }
        }
        if hasCallbacks, hasClosed, rules.callbacks == rules.closed {
            return words(rules.callbacks, "callbacks and those who came while closed")
        }
        return (hasCallbacks ? words(rules.callbacks, "callbacks") : "")
            + (hasClosed ? words(rules.closed, "those who came while closed") : "")
    }
}
