import Center
import Experiments
import Planning
import Simulator

/// The tables of a simulated scenario, each made when it is asked for.
///
/// Values are means over replications; ratios are ratios of means. Counts belong to the period of arrival, times to
/// the period in which they pass. Blank is undefined.
public struct SimulationTables: Sendable {
    let results: Results
    var scenario: Scenario { results.scenario }
    let reported: MetricTypes
    let paid: PaidTime
    private let knownRequirements: Requirements?
    private let knownRails: GuardRails?

    /// `requirements` of the results' scenario and `rails` of the results, where they are known already; else they are
    /// worked out when asked for.
    public init(_ results: Results, requirements: Requirements? = nil, rails: GuardRails? = nil) {
        self.results = results
        reported = MetricTypes(results.scenario)
        paid = PaidTime(results)
        knownRequirements = requirements
        knownRails = rails
    }

    var requirements: Requirements { knownRequirements ?? Requirements(scenario) }
    var rails: GuardRails { knownRails ?? GuardRails(results) }
    /// As a divisor: 1 where none was played.
    var replications: Double { Double(max(results.replications, 1)) }
}
