import ArgumentParser
import Documents
import Foundation
import Reports

/// A command of ours: parses, calls one function, prints through a console.
protocol Command: AsyncParsableCommand {
    var output: OutputOptions { get }
    /// Does the work; throws `Problem`, `Problems`, `Failure` or an `ExitStatus`, never text.
    mutating func run(on console: Console) async throws
}

extension Command {
    mutating func run() async throws { try await run(on: output.console) }
}

/// The options on every command: how much to say, in which form.
struct OutputOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "results and errors only")
    var quiet = false

    @Flag(name: .shortAndLong, help: "more about what is done, and how fast")
    var verbose = false

    @Flag(help: "the result as one JSON document on stdout")
    var json = false

    @Option(help: ArgumentHelp("the result as CSV on stdout", valueName: CSVDialect.choices))
    var csv: CSVDialect?

    @Option(help: ArgumentHelp("colored words", valueName: "auto|always|never"))
    var color: Console.ColorChoice = .auto

    @Option(help: ArgumentHelp("how progress is shown", valueName: "auto|bar|lines|json|none"))
    var progress: Progress.Style = .auto

    @Flag(name: .customLong("no-input"), help: "never ask a question")
    var noInput = false

    var console: Console {
        .standard(
            color: color, verbosity: quiet ? .quiet : verbose ? .verbose : .normal, json: json, mayAsk: !noInput)
    }

    mutating func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
        if json && csv != nil { throw ValidationError("--json and --csv exclude each other") }
    }
}

/// The options on every command that reads a scenario.
struct ScenarioOptions: ParsableArguments {
    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("change one setting, e.g. --set contact_types.billing.talk=5m", valueName: "PATH=VALUE"))
    var settings: [String] = []

    @OptionGroup(title: "Model")
    var model: ModelOptions

    @OptionGroup(title: "Output")
    var saving: SavingOptions

    /// Options that change the draws or the speed, never the scenario.
    struct ModelOptions: ParsableArguments {
        @Option(help: ArgumentHelp("other random numbers (default: the scenario's)", valueName: "N"))
        var seed: UInt64?

        @Option(help: ArgumentHelp("how many cores to use; changes speed only (default: all)", valueName: "N"))
        var threads: Int?

        /// The cores to use.
        var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

        mutating func validate() throws {
            if let threads, threads < 1 { throw ValidationError("--threads must be at least 1, not \(threads)") }
        }
    }

    /// Options about the folder in which results are kept.
    struct SavingOptions: ParsableArguments {
        @Option(name: .shortAndLong, help: ArgumentHelp("where to save", valueName: "PATH"))
        var out: String?

        @Flag(help: "run again, or write over what is there")
        var force = false

        @Flag(name: .customLong("no-save"), help: "print only, save nothing")
        var noSave = false

        mutating func validate() throws {
            if out == "" { throw ValidationError("-o needs the path of a folder") }
            if noSave && out != nil { throw ValidationError("--no-save and --out exclude each other") }
        }
    }
}

extension CSVDialect: ExpressibleByArgument {
    static var choices: String { allCases.map(\.rawValue).joined(separator: "|") }
}
extension Console.ColorChoice: ExpressibleByArgument {}
extension Progress.Style: ExpressibleByArgument {}
