import ArgumentParser
import Foundation
import Studies
import Tabular

/// From the words on the command line to an exit status: the one place where errors become text.
enum Program {
    static let version = RunManifest.Program.currentVersion

    static func main() async -> Never {
        // A closed pipe is then an error of `write`, which ends the program quietly, instead of a signal.
        signal(SIGPIPE, SIG_IGN)
        // Likewise a file that may not grow: told as a full disk is.
        signal(SIGXFSZ, SIG_IGN)
        openStandardStreams()
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        exit(status.rawValue)
    }

    /// Runs the command that `arguments` name, and says what went wrong.
    static func run(_ arguments: [String]) async -> ExitStatus {
        let words = CommandWords(arguments)
        var console = words.console
        do {
            switch words.request {
            case .introduction: try console.result(Introduction.text(commands: Switchboard.commandNames))
            case .version: try console.result("switchboard \(version)\n")
            case .help(let command): try console.result(HelpText(of: command).text)
            case .run:
                switch try parse(words.arguments) {
                case .command(let command):
                    console = command.output.console
                    try await execute(command, on: console)
                case .text(let text): try console.result(text + "\n")
                }
            }
            return .done
        } catch let status as ExitStatus {
            return status
        } catch let failure as Failure {
            console.report(failure.problems, outcome: failure.outcome)
            return failure.status
        } catch let problems as Problems {
            console.report(problems.all)
            return ExitStatus(of: problems.all)
        } catch let problem as Problem {
            console.report([problem])
            return ExitStatus(of: [problem])
        } catch {
            console.report([ourBug(error, arguments: arguments)])
            return .ourBug
        }
    }

    private static func execute(_ command: any Command, on console: Console) async throws {
        var command = command
        try await command.run(on: console)
    }

    /// What the parser makes of the words.
    private enum Parsed {
        case command(any Command)
        /// What the parser itself answers, such as a completion script.
        case text(String)
    }

    private static func parse(_ arguments: [String]) throws -> Parsed {
        do {
            let parsed = try Switchboard.parseAsRoot(arguments)
            guard let command = parsed as? any Command else { throw UsageProblem.noCommand }
            return .command(command)
        } catch let problem as Problem {
            throw problem
        } catch {
            let text = Switchboard.message(for: error)
            if Switchboard.exitCode(for: error).isSuccess { return .text(text) }
            throw UsageProblem.problem(parserText: text, arguments: arguments)
        }
    }

    /// An error that nobody foresaw: says so, and how to tell us.
    private static func ourBug(_ error: any Error, arguments: [String]) -> Problem {
        Problem(
            .error, "E799", "something went wrong inside switchboard: \(error)",
            detail: "switchboard \(version), run as: switchboard \(ShellWords.quoted(arguments))",
            hint: "this is our bug: please report it with this message and, if you can, the scenario file")
    }
}
