import Foundation
import TestSupport
import Testing

@testable import Experiments
@testable import Planning
@testable import ScenarioReading
@testable import Simulator

/// What a plan is said to lack, against what callers of that plan meet: every interval of every shipped scenario.
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct ShortAgainstMissed {
    /// Intervals by both answers.
    struct Cases {
        var shortMissed = 0
        var shortMet = 0
        var enoughMissed = 0
        var enoughMet = 0

        var all: Int { shortMissed + shortMet + enoughMissed + enoughMet }
        var agree: Double { Double(shortMissed + enoughMet) / Double(max(1, all)) }
    }

    /// Points below the target, or above the limit of hang-ups, from which a promise counts as missed.
    static let margin = 0.02
    static let runs = 4000

    static func cases(_ name: String) throws -> Cases {
        let path = Project.root.appendingPathComponent("scenarios/\(name)/scenario.yaml").path
        let overrides = [(path: "experiment.replications", value: "\(runs)")]
        let scenario = NeededStaffing(
            try #require(ScenarioFile.read(path: path, overrides: overrides).scenario)
        ).scenario
        let results = try Experiment(scenario).run()
        let requirements = Requirements(scenario)
        var cases = Cases()
        for (row, found) in zip(requirements.rows, requirements.staffing.rows) where row.binding != .closed {
            let type = scenario.contactTypes[row.contactType]
            let figures = results.figures(period: row.period, type: row.contactType)
            guard let target = type.target, let level = figures.serviceLevel?.value, figures.mean.offered > 0 else {
                continue
            }
            let gone = figures.mean.abandoned / figures.mean.offered
            let isMissed =
                level < target.share - margin || type.maxAbandonment.map { gone > $0 + margin } ?? false
            switch (found.short > 0, isMissed) {
            case (true, true): cases.shortMissed += 1
            case (true, false): cases.shortMet += 1
            case (false, true): cases.enoughMissed += 1
            case (false, false): cases.enoughMet += 1
            }
        }
        return cases
    }

    @Test("What is called short misses its target, and what is called enough meets it, in nine intervals of ten")
    func agreement() throws {
        var sum = Cases()
        for name in ShippedScenarios.names {
            let cases = try Self.cases(name)
            print("\(name): \(cases)")
            sum.shortMissed += cases.shortMissed
            sum.shortMet += cases.shortMet
            sum.enoughMissed += cases.enoughMissed
            sum.enoughMet += cases.enoughMet
            #expect(cases.agree >= 0.9, "\(name): \(cases)")
            try CheckedAgainst.expect(row: name, cells(cases))
        }
        #expect(sum.agree >= 0.9, "\(sum)")
        // Hardly any interval that is missed is called enough.
        #expect(Double(sum.enoughMissed) <= 0.08 * Double(sum.shortMissed + sum.enoughMissed), "\(sum)")
        try CheckedAgainst.expect(row: "all", cells(sum))
    }

    private func cells(_ cases: Cases) -> [String] {
        [
            "\(cases.shortMissed)", "\(cases.shortMet)", "\(cases.enoughMissed)", "\(cases.enoughMet)",
            String(format: "%.1f %%", cases.agree * 100),
        ]
    }
}
