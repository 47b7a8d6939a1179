import ArgumentParser
import Planning
import Queueing
import Reports
import Simulator

/// `switchboard staff SCENARIO`: what every contact type needs in every interval.
struct StaffScenario {
    /// The options that only a scenario or a table of arrivals has.
    struct Options: ParsableArguments {
        @Option(
            name: .customLong("set"), parsing: .unconditionalSingleValue,
            help: ArgumentHelp("change one setting of the scenario", valueName: "PATH=VALUE"))
        var settings: [String] = []

        @Option(
            help: ArgumentHelp(
                "count work still in hand from earlier intervals (auto: where contacts last over half an interval)",
                valueName: "auto|always|never"))
        var lag: LagRule?

        @Option(name: .shortAndLong, help: ArgumentHelp("write requirements.csv", valueName: "FOLDER|FILE.csv"))
        var out: String?

        @Flag(help: "write over what is there")
        var force = false
    }

    var path: String
    var model: RequirementModel?
    var maxOccupancy: Double?
    var options: Options
    var output: OutputOptions

    init(_ path: String, given: [StaffField: String], staff: Staff) throws {
        self.path = path
        options = staff.requirements
        output = staff.output
    }

    func run(on console: Console) throws {
        let reading = try ScenarioArgument.read(path, settings: options.settings, on: console)
        guard let scenario = reading.scenario else { return }
        let requirements = Requirements(
            scenario, model: model, lag: options.lag ?? .auto, maxOccupancy: maxOccupancy)
        try show(requirements, on: console)
    }

    private func show(_ requirements: Requirements, on console: Console) throws {
        try console.result(CSV.bytes(requirements.table, as: output.csv ?? .plain))
    }
}

extension LagRule: ExpressibleByArgument {}
