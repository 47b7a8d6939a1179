import ArgumentParser
import Reports
import ScenarioReading
import Simulator
import Studies
import Tabular

/// Says whether scenario files are right and what they leave to the program; of a run's folder, whether every file
/// is still as the run wrote it.
struct Check: Command {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Is a scenario right? Every problem at once, with its place and a way out.",
        usage: "switchboard check FILE|RUN... [options]",
        discussion: """
            switchboard check clinic.yaml
            switchboard check clinic.yaml --expand
            switchboard check clinic.yaml --set agents=10 --strict
            switchboard check output/clinic-simulate-7f3a2c1e
            """,
        aliases: ["validate"])

    @Argument(help: ArgumentHelp("scenario files or their folders, or runs' folders; - for stdin", valueName: "FILE"))
    var files: [String]

    @Flag(help: "print the scenario in its long form, every filled-in line marked")
    var expand = false

    @Flag(help: "warnings are errors")
    var strict = false

    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("change one setting, e.g. --set contact_types.billing.talk=5m", valueName: "PATH=VALUE"))
    var settings: [String] = []

    @OptionGroup(title: "Output")
    var output: OutputOptions

    mutating func validate() throws {
        if expand && output.json { throw ValidationError("--expand and --json exclude each other") }
    }

    mutating func run(on console: Console) async throws {
        let overrides = try SettingOverrides(settings).all
        let (runs, scenarios) = files.map { RunFolder(path: $0) }.split(by: { $0.isRun })
        let damage = runs.map { (run: $0, problems: $0.verify()) }
        let readings = scenarios.map(\.path).map { file in
            var reading = ScenarioFile.read(path: ScenarioArgument.file(file), overrides: overrides)
            if strict { reading.problems = reading.problems.map(Self.strict) }
            return (file: file, reading: reading)
        }
        if output.json {
            let all = damage.flatMap(\.problems) + readings.flatMap(\.reading.problems)
            try console.result(ProblemList(all).json + "\n")
        } else {
            for (run, problems) in damage { try report(run, problems, on: console) }
            for (file, reading) in readings { try report(file, reading, on: console) }
        }
        if damage.contains(where: { $0.problems.contains { $0.severity == .error } }) { throw ExitStatus.wrongInput }
        guard let failed = readings.first(where: { !$0.reading.errors.isEmpty }) else { return }
        throw failed.reading.lacksFile ? ExitStatus.missingFile : ExitStatus.wrongInput
    }

    private static func strict(_ problem: Problem) -> Problem {
        var problem = problem
        if problem.severity == .warning { problem.severity = .error }
        return problem
    }

    private func report(_ run: RunFolder, _ problems: [Problem], on console: Console) throws {
        console.report(problems)
        if problems.allSatisfy({ $0.severity != .error }) {
            try console.result("\(run.path): every file is as the run wrote it.\n")
        }
    }

    private func report(_ file: String, _ reading: ReadScenario, on console: Console) throws {
        // How tables were read is news when all is well, and noise beside errors.
        let (dialects, problems) = reading.problems.split(by: { $0.code == ProblemCode.dialect })
        if reading.errors.isEmpty { for note in dialects { console.note(note.message) } }
        console.report(problems)
        guard reading.errors.isEmpty else { return }
        let verdict = "\(file): " + reading.verdict
        if expand {
            // The long form alone goes to stdout, so that it can be kept as a file.
            console.note(verdict)
            try console.result(Array(reading.expanded.utf8))
        } else {
            try console.result(verdict + "\n")
        }
    }
}

extension ReadScenario {
    /// `no errors, 1 warning. 11 settings were assumed.`
    var verdict: String {
        let warned = warnings.isEmpty ? "" : ", \(warnings.count) warning\(warnings.count == 1 ? "" : "s")"
        let were = assumed.count == 1 ? "1 setting was" : "\(assumed.count) settings were"
        return "no errors\(warned). \(were) assumed."
    }
}

extension Array {
    /// Those that satisfy the condition, and the others.
    fileprivate func split(by condition: (Element) -> Bool) -> ([Element], [Element]) {
        (filter(condition), filter { !condition($0) })
    }
}
