import Testing

@testable import Center
@testable import Experiments
@testable import ScenarioReading
@testable import Simulator

/// `experiment: {variance_reduction: …}` in a scenario file.
struct VarianceReductionReading {
    private func reduction(_ text: String?) throws -> (VarianceReduction?, ReadScenario) {
        var files = try Files.clinic()
        if let text {
            files = files.with(
                "clinic.yaml", files.text("clinic.yaml") + "\nexperiment: {variance_reduction: \(text)}\n")
        }
        let reading = try files.read("clinic.yaml")
        return (reading.scenario?.experiment.varianceReduction, reading)
    }

    @Test("Left out it is auto, which is control variates; none is none; a list is in the methods' own order")
    func forms() throws {
        #expect(try reduction(nil).0 == .auto)
        #expect(try reduction("auto").0?.methods == [.controlVariates])
        #expect(try reduction("none").0 == VarianceReduction.none)
        #expect(try reduction("[antithetic, control_variates]").0?.text == "[control_variates, antithetic]")
        #expect(try reduction("quasi_random").0?.methods == [.quasiRandom])
    }

    @Test("A method that is not known, and two that exclude each other")
    func wrong() throws {
        let unknown = try reduction("[control_variate]").1.problems.filter { $0.severity == .error }
        #expect(unknown.map(\.code) == ["E210"])
        #expect(unknown[0].suggestion == "control_variates")
        let both = try reduction("[stratified, quasi_random]").1.problems.filter { $0.severity == .error }
        #expect(both.map(\.code) == ["E114"])
        #expect(both[0].message == "stratified and quasi_random exclude each other")
    }

    @Test("A run says by how much its intervals shrank only where something was reduced")
    func gains() throws {
        var scenario = ControlsTests.twoDays(replications: 80, seed: 5)
        #expect(try Experiment(scenario, threads: 2).run().gain(type: 0) ?? 0 > 1)
        scenario.experiment.varianceReduction = .none
        #expect(try Experiment(scenario, threads: 2).run().gain(type: 0) == nil)
    }

    @Test("A block of runs is one observation, and counts stay means over all runs")
    func blocks() throws {
        var scenario = ControlsTests.twoDays(replications: 20, seed: 5)
        scenario.experiment.varianceReduction = VarianceReduction([.stratified])
        let results = try Experiment(scenario, threads: 2).run()
        // Eight, eight, and four at the end.
        #expect(results.types[0].serviceLevel.count == 3)
        #expect(results.replications == 20)
        let perRun = results.types[0].sum.offered / 20
        #expect(perRun > 120 && perRun < 190)
    }
}
