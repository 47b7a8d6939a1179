import Center
import Queueing
import Simulator

/// Contacts of many periods by where they end up, added up before any ratio is formed.
struct RailFlows: Hashable, ServiceLevelCounts {
    var offered = 0.0
    var answered = 0.0
    var abandoned = 0.0
    var answeredInTime = 0.0
    var abandonedInTime = 0.0
    var shortAbandoned = 0.0
    var leftOut = 0.0
    /// Seconds; ∞ where some wait for ever.
    var waitOfAnswered = 0.0

    static func += (a: inout RailFlows, b: RailFlows) {
        a.offered += b.offered
        a.answered += b.answered
        a.abandoned += b.abandoned
        a.answeredInTime += b.answeredInTime
        a.abandonedInTime += b.abandonedInTime
        a.shortAbandoned += b.shortAbandoned
        a.leftOut += b.leftOut
        a.waitOfAnswered += b.waitOfAnswered
    }

    init() {}

    /// So many contacts of a queue that has settled.
    init(_ contacts: Double, _ measures: QueueMeasures) {
        offered = contacts
        abandoned = contacts * (measures.abandonment ?? 0)
        answered = contacts * max(0, 1 - (measures.abandonment ?? 0) - (measures.blocking ?? 0))
        let levels = measures.serviceLevels
        let inTime = levels.ofAllOffered ?? 0
        answeredInTime = contacts * inTime
        abandonedInTime = contacts * max(0, (levels.abandonsCountAsMet ?? inTime) - inTime)
        shortAbandoned = contacts * max(0, (levels.shortHangupsCountAsMet ?? inTime) - inTime)
        waitOfAnswered = answered > 0 ? answered * (measures.meanSpeedOfAnswer ?? 0) : 0
    }

    /// Contacts that find it closed: offered, and nothing else, or left out of the service level.
    init(turnedAway contacts: Double, isLeftOut: Bool) {
        offered = contacts
        leftOut = isLeftOut ? contacts : 0
    }

    /// Contacts of a fluid queue: a share of them in time, and so many seconds of waiting in all.
    init(fluid contacts: Double, inTime: Double, waiting: Double) {
        offered = contacts
        answered = contacts
        answeredInTime = contacts * inTime
        waitOfAnswered = waiting
    }

    /// Contacts of which nothing good can be said: none in time, waits without end.
    init(lost contacts: Double) {
        offered = contacts
        answered = contacts
        waitOfAnswered = contacts > 0 ? .infinity : 0
    }

    var abandonment: Double? { offered > 0 ? abandoned / offered : nil }
    var speedOfAnswer: Double? { answered > 0 ? waitOfAnswered / answered : nil }

    /// Nil where the rule divides by nothing.
    func level(_ rule: ServiceLevelRule) -> Double? {
        let (met, base) = serviceLevel(rule)
        return base > 0 ? met / base : nil
    }
}
