import Queueing
import Simulator
import Tabular

/// Which model answers a staffing question.
public enum StaffModel: String, Sendable, CaseIterable, Hashable {
    /// Callers who find all agents busy are turned away.
    case erlangB = "erlang-b"
    /// Callers wait until they are answered.
    case erlangC = "erlang-c"
    /// Callers hang up when their patience ends.
    case erlangA = "erlang-a"
    /// Callers hang up, and some of them call again.
    case erlangX = "erlang-x"
    /// The limit of large centers, by hand: load + β √load.
    case squareRoot = "square-root"
    /// Patient callers, handling times that spread as they do.
    case allenCunneen = "allen-cunneen"
    /// The same, interpolated.
    case kimura
    /// Played many times.
    case simulation = "sim"

    /// `Erlang A`.
    public var name: String {
        switch self {
        case .erlangB: "Erlang B"
        case .erlangC: "Erlang C"
        case .erlangA: "Erlang A"
        case .erlangX: "Erlang X"
        case .squareRoot: "Square root"
        case .allenCunneen: "Allen-Cunneen"
        case .kimura: "Kimura"
        case .simulation: "Simulation"
        }
    }

    /// Whether it may answer: approximations stand beside the answer and never are it.
    public var isAnswer: Bool {
        switch self {
        case .erlangB, .erlangC, .erlangA, .erlangX, .simulation: true
        case .squareRoot, .allenCunneen, .kimura: false
        }
    }

    /// What `--model` takes.
    public static let answers = allCases.filter(\.isAnswer)

    /// Whether callers may hang up in it.
    func knowsHangUps(_ question: StaffQuestion) -> Bool {
        switch self {
        case .erlangB, .erlangC, .allenCunneen, .kimura: false
        case .erlangA, .erlangX, .squareRoot, .simulation: question.patience != nil
        }
    }

    /// Whether those who find every line taken are turned away in it.
    func knowsLines(_ question: StaffQuestion) -> Bool {
        switch self {
        case .erlangB: true
        case .erlangC, .erlangA, .erlangX, .simulation: question.lines != nil
        case .squareRoot, .allenCunneen, .kimura: false
        }
    }

    /// The option without which it has nothing to say of `question`; nil where it answers.
    func missing(_ question: StaffQuestion) -> String? {
        switch self {
        case .erlangA: question.patience == nil ? "--patience" : nil
        case .erlangX: question.redial == nil ? "--redial" : nil
        case .allenCunneen, .kimura: question.spread == nil ? "--spread" : nil
        case .simulation: question.model == .simulation ? nil : "--model sim"
        case .erlangB, .erlangC, .squareRoot: nil
        }
    }

    /// `left out: Erlang X (needs --redial), Allen-Cunneen and Kimura (need --spread).`; nil where all answer.
    static func leftOut(_ question: StaffQuestion) -> String? {
        var groups: [(option: String, names: [String])] = []
        for model in allCases {
            guard let option = model.missing(question) else { continue }
            if groups.last?.option == option {
                groups[groups.count - 1].names.append(model.name)
            } else {
                groups.append((option, [model.name]))
            }
        }
        guard !groups.isEmpty else { return nil }
        let parts = groups.map { group in
            "\(Spelling.list(group.names, "and")) (need\(group.names.count == 1 ? "s" : "") \(group.option))"
        }
        return "left out: \(parts.joined(separator: ", "))."
    }

    /// What stands in brackets behind the name.
    func facts(_ question: StaffQuestion) -> [String] {
        var facts: [String] = []
        let patience = question.patience.map { "patience \(Units.formatDuration($0))" }
        switch self {
        case .erlangA: facts.append(patience ?? "")
        case .erlangC: facts.append("nobody hangs up")
        case .erlangB: facts.append("nobody waits")
        case .erlangX:
            if let patience { facts.append(patience) }
            facts.append("\(Units.formatShare(question.redial ?? 0)) call again")
        case .squareRoot: facts.append(patience ?? "nobody hangs up")
        case .allenCunneen, .kimura: facts.append("spread \(StaffWords.number(question.spread ?? 1))")
        case .simulation:
            facts.append("spread \(StaffWords.number(question.spread ?? 1))")
            if let patience { facts.append(patience) }
            if let redial = question.redial { facts.append("\(Units.formatShare(redial)) call again") }
        }
        if let lines = question.lines, knowsLines(question), self != .erlangB {
            facts.append("\(StaffWords.number(Double(lines))) line\(lines == 1 ? "" : "s")")
        }
        return facts
    }
}
