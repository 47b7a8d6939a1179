import Simulator
import Tabular

/// How the program ends, as the number that scripts see.
enum ExitStatus: Int32, Error, CaseIterable, Sendable {
    case done = 0
    case targetsMissed = 2
    case noPlan = 3
    case precisionNotReached = 4
    case wrongCommandLine = 64
    case wrongInput = 65
    case missingFile = 66
    case cannotServe = 69
    case ourBug = 70
    case cannotCreateOutput = 73
    case diskError = 74
    case stopped = 130
    case terminated = 143
    case terminalClosed = 129

    /// One sentence for people; a result that misses its targets is still a result.
    var meaning: String {
        switch self {
        case .done: "done (targets may be missed: that is a result)"
        case .targetsMissed: "targets missed, only with --fail-if-missed"
        case .noPlan: "no plan can meet the targets (the closest plan is still printed)"
        case .precisionNotReached: "precision not reached, only with --require-precision"
        case .wrongCommandLine: "wrong command line"
        case .wrongInput: "a scenario or data file is wrong"
        case .missingFile: "a file is missing or unreadable"
        case .cannotServe: "cannot serve (port in use)"
        case .ourBug: "our bug (the message says how to report it)"
        case .cannotCreateOutput: "cannot create output"
        case .diskError: "disk error"
        case .stopped: "stopped by Ctrl-C; partial results are kept and marked incomplete"
        case .terminated: "stopped by SIGTERM, as timeout and batch systems do; partial results are kept likewise"
        case .terminalClosed: "stopped because the terminal was closed (SIGHUP); partial results are kept likewise"
        }
    }

    /// The status that problems end with when nothing more special is known: the first error decides.
    ///
    /// Codes of one family share a status, except the few that are about files and streams themselves.
    init(of problems: [Problem]) {
        guard let code = problems.first(where: { $0.severity == .error })?.code else {
            self = .done
            return
        }
        self = Self.special[code] ?? Self.families[String(code.prefix(2))] ?? .ourBug
    }

    private static let special: [String: ExitStatus] = [
        "E601": .wrongCommandLine, "E603": .noPlan, "E711": .missingFile, "E721": .cannotCreateOutput,
        "E722": .diskError, "E731": .cannotServe, "E799": .ourBug,
    ]
    private static let families: [String: ExitStatus] = [
        "E1": .wrongInput, "E2": .wrongInput, "E3": .wrongInput, "E4": .wrongInput, "E5": .wrongInput,
        "E6": .wrongInput, "E7": .wrongCommandLine,
    ]
}

/// Problems that end the program with a status of their own, where their codes alone would say another.
struct Failure: Error {
    var problems: [Problem]
    var status: ExitStatus
    /// What came of it nevertheless.
    var outcome: String

    init(_ problems: [Problem], _ status: ExitStatus, outcome: String = ProblemList.nothingRun) {
        self.problems = problems
        self.status = status
        self.outcome = outcome
    }
}
