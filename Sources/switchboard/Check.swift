import ArgumentParser
import Reports
import Simulator

/// Says whether scenario files are right, and what they leave to the program.
struct Check: Command {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Is a scenario right? Every problem at once, with its place and a way out.",
        usage: "switchboard check FILE... [options]",
        discussion: """
            switchboard check clinic.yaml
            switchboard check clinic.yaml --expand
            switchboard check clinic.yaml --set agents=10 --strict
            """,
        aliases: ["validate"])

    @Argument(help: ArgumentHelp("the scenario files; - for stdin", valueName: "FILE"))
    var files: [String]

    @Flag(help: "print the scenario in its long form, every filled-in line marked")
    var expand = false

    @Flag(help: "warnings are errors")
    var strict = false

    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("change one setting, e.g. --set agent_groups.nurses.people=9", valueName: "PATH=VALUE"))
    var settings: [String] = []

    @OptionGroup(title: "Output")
    var output: OutputOptions

    mutating func validate() throws {
        if expand && output.json { throw ValidationError("--expand and --json exclude each other") }
    }

    mutating func run(on console: Console) async throws {
        let overrides = try SettingOverrides(settings).all
        let readings = files.map { file in
            var reading = ScenarioFile.read(path: file, overrides: overrides)
            if strict { reading.problems = reading.problems.map(Self.strict) }
            return (file: file, reading: reading)
        }
        if output.json {
            try console.result(ProblemList(readings.flatMap(\.reading.problems)).json + "\n")
        } else {
            for (file, reading) in readings { try tell(file, reading, on: console) }
        }
        guard let failed = readings.first(where: { !$0.reading.errors.isEmpty }) else { return }
        throw failed.reading.lacksFile ? ExitStatus.missingFile : ExitStatus.wrongInput
    }

    private static func strict(_ problem: Problem) -> Problem {
        var problem = problem
        if problem.severity == .warning { problem.severity = .error }
        return problem
    }

    private func tell(_ file: String, _ reading: ScenarioReading, on console: Console) throws {
        // How tables were read is news when all is well, and noise beside errors.
        let (dialects, problems) = reading.problems.split(by: { $0.code == ProblemCode.dialect })
        if reading.errors.isEmpty { for note in dialects { console.note(note.message) } }
        console.report(problems)
        guard reading.errors.isEmpty else { return }
        let verdict = "\(file): " + reading.verdict
        if expand {
            // The long form alone goes to stdout, so that it can be kept as a file.
            console.note(verdict)
            try console.result(reading.expanded)
        } else {
            try console.result(verdict + "\n")
        }
    }
}

extension ScenarioReading {
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
