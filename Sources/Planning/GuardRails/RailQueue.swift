import Center
import Probability
import Queueing
import Simulator

/// One contact type alone with a number of people that changes from period to period, by formula.
///
/// Each period is taken as settled: the exact measures of the type's queue, on average over good and bad days. Where
/// nobody ever hangs up and the work exceeds the people, the fluid limit (Liu, Whitt 2012) follows the backlog until it
/// is worked off.
struct RailQueue {
    /// Which side of the band the answer is for: in a backlog the fluid limit, which knows no chance, is the best that
    /// can happen, and nothing is promised on the other side.
    enum Side { case best, worst }

    private let type: ContactType
    private let model: RequirementModel
    private let within: Double
    private let factors: [(factor: Double, weight: Double)]
    private var known: [Question: RailFlows] = [:]

    private struct Question: Hashable {
        var contacts: Double
        var per: Double
        var handlingTime: Double
        var people: Double
    }

    init(_ type: ContactType) {
        self.type = type
        model = RequirementModel(for: type)
        within = type.target?.acceptableWait ?? 0
        factors = Self.dayFactors(spread: type.dayToDay)
    }

    /// What becomes of the period's contacts.
    mutating func settled(
        contacts: Double, per length: Double, handlingTime: Double, people: Double, counted: Double
    ) -> RailFlows {
        guard counted > 0 else { return RailFlows() }
        let question = Question(
            contacts: contacts / length, per: 1, handlingTime: handlingTime, people: people)
        if let known = known[question] { return known.scaled(by: counted) }
        var flows = RailFlows()
        for (factor, weight) in factors {
            let queue = model.queue(
                of: type, contacts: contacts * factor, per: length, handlingTime: handlingTime)
            let measures = queue.measures(
                agents: people, within: within,
                shortAbandon: type.target?.rule.looksAtShortHangups == true ? type.shortAbandon : nil)
            flows += RailFlows(factor * weight, measures)
        }
        known[question] = flows
        return flows.scaled(by: counted)
    }

    /// The share of a fluid queue's contacts answered in time, and the seconds that they all wait, from `inSystem`
    /// contacts at the start; leaves those of the end.
    func fluid(
        contacts: Double, per length: Double, handlingTime: Double, people: Double, inSystem: inout Double
    ) -> RailFlows {
        let path = FluidPath(arrival: contacts / length, agents: people, service: 1 / handlingTime, leaving: 0)
        // A contact that comes now waits until those before it have gone: (x − s)⁺ handlingTime / s.
        let most = people * (1 + within / handlingTime)
        let steps = 32
        var inTime = 0
        for step in 0..<steps {
            let x = path.inSystem(after: (Double(step) + 0.5) / Double(steps) * length, from: inSystem)
            if people > 0, x <= most { inTime += 1 }
        }
        let (end, _, waiting) = path.follow(inSystem, length)
        inSystem = end
        return RailFlows(fluid: contacts, inTime: Double(inTime) / Double(steps), waiting: waiting)
    }

    /// Whether nobody ever hangs up, so that a queue can grow without end.
    var isPatient: Bool { !model.needsPatience }

    /// Values of a day's factor with their chances: mean 1 and the right variance, skewness 0 (three points) while the
    /// spread is small; eight equally likely quantiles of the gamma law, scaled to mean 1, when it is not.
    private static func dayFactors(spread: Double) -> [(Double, Double)] {
        guard spread > 0 else { return [(1, 1)] }
        if spread <= 0.4 {
            let step = 3.0.squareRoot() * spread
            return [(1 - step, 1.0 / 6), (1, 2.0 / 3), (1 + step, 1.0 / 6)]
        }
        let law = Gamma(mean: 1, spread: spread)
        let values = (0..<8).map { law.quantile((Double($0) + 0.5) / 8) }
        let mean = values.reduce(0, +) / 8
        return values.map { ($0 / mean, 0.125) }
    }
}

extension RailFlows {
    func scaled(by factor: Double) -> RailFlows {
        var flows = self
        flows.offered *= factor
        flows.answered *= factor
        flows.abandoned *= factor
        flows.answeredInTime *= factor
        flows.abandonedInTime *= factor
        flows.shortAbandoned *= factor
        flows.waitOfAnswered *= factor
        return flows
    }
}
