#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// First come, first served, when all places are taken: agents free places at rate β, those waiting leave at rate θ each.
///
/// Whoever finds j waiting passes j + 1 stages at rates β + iθ, i = 0…j; the laws are those of `ErlangA.sums`, here for
/// any chances of finding j. Terms are kept as logarithms, so that long waits at many agents do not underflow.
enum StageWaits {
    /// Flows of those who wait, `seen[j]` being the share of all offered who find j waiting and join.
    static func flows(seen: [Double], service: Double, patience: Double, within t: Double) -> ContactFlows {
        var flows = ContactFlows(
            answeredAtOnce: 0, answered: 0, answeredInTime: 0, waited: 0, abandoned: 0, blocked: 0, stillWaiting: 0,
            waitOfAnswered: 0, waitOfAbandoned: 0)
        let leaving = 1 / patience
        let surviving = exp(-leaving * t)
        let elapsed = leaving > 0 ? -expm1(-leaving * t) / leaving : t
        let start = -service * t
        var beyond = exp(start)
        var beyondPatient = exp(start - leaving * t)
        var step = start + log(elapsed * service)
        var stages = 0.0
        var leavers = 0.0
        for (j, share) in seen.enumerated() {
            let ahead = Double(j + 1)
            let rate = service + ahead * leaving
            let isAnswered = service / rate
            stages += 1 / rate
            leavers += ahead / rate
            flows.waited += share
            flows.answered += share * isAnswered
            flows.answeredInTime += share * isAnswered * max(0, 1 - beyondPatient)
            flows.abandoned += share * ahead * leaving / rate
            flows.stillWaiting += share * min(1, beyond) * surviving
            flows.waitOfAnswered += share * isAnswered * stages
            flows.waitOfAbandoned += share * leaving / rate * leavers
            guard t > 0 else { continue }
            beyond += exp(step)
            beyondPatient += exp(step + log(rate / service) - leaving * t)
            step += log(elapsed * rate / (ahead + 1))
        }
        return flows
    }
}
