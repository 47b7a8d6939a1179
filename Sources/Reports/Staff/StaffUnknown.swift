import Center
import Queueing
import Simulator
import Tabular

/// What a `?` on the command line asks for, the agents being given: the most contacts, the longest handling time …
public struct StaffUnknown: Sendable, Hashable {
    /// What stands where a number would.
    public static let sign = "?"

    /// The field whose text has the `?`.
    public let field: StaffField
    /// What is to be found.
    public let unknown: StaffingUnknown

    /// Finds the one `?` among the texts; nil when there is none.
    ///
    /// - Throws: more than one unknown, one that cannot be asked for, or no agents to ask it of (E712).
    public init?(_ texts: [StaffField: String]) throws(Problem) {
        let asked = StaffField.allCases.filter { texts[$0]?.contains(Self.sign) == true }
        guard let first = asked.first else { return nil }
        if asked.count > 1 {
            throw Problem(
                .error, "E712", "\(asked[0].option) and \(asked[1].option) are both unknown",
                hint: "ask for one of them and give the other")
        }
        field = first
        switch (first, texts[first] ?? "") {
        case (.calls, Self.sign): unknown = .arrivalRate
        case (.aht, Self.sign): unknown = .handlingTime
        case (.patience, Self.sign): unknown = .patience
        case (.target, let text) where text.hasPrefix(Self.sign): unknown = .share
        case (.target, let text) where text.hasSuffix(Self.sign): unknown = .acceptableWait
        default:
            throw Problem(
                .error, "E712", "\(first.option) cannot be asked for with \"?\"",
                expected:
                    "\"?\" for --calls, --aht or --patience, or one side of --target such as \"?/30s\" or \"80%/?\"",
                hint: first == .agents ? "leave out --agents to ask how many" : nil)
        }
        if texts[.agents] == nil {
            throw Problem(
                .error, "E712", "\(first.option) is unknown, and so is --agents",
                hint: "give --agents, or give \(first.option) to ask how many agents it takes")
        }
    }

    /// The texts with a stand-in for the unknown, so that all else can be read and checked.
    public func standIn(_ texts: [StaffField: String]) -> [StaffField: String] {
        var texts = texts
        let text = texts[field] ?? ""
        texts[field] =
            switch unknown {
            case .arrivalRate: "1"
            case .share: text.replacing(Self.sign, with: "50%")
            case .acceptableWait: text.replacing(Self.sign, with: "1s")
            default: "1m"
            }
        return texts
    }

    /// The question with the unknown found, rounded to the safe side, and one sentence that tells it.
    ///
    /// - Throws: there is no such number (E602), or redials and simulations, for which nothing is solved (E712).
    public func solved(_ asked: StaffQuestion) throws(Problem) -> (question: StaffQuestion, sentence: String) {
        var question = asked
        let model = question.answeringModel
        guard let agents = question.agents, model == .erlangA || model == .erlangC || model == .erlangB,
            question.dayToDay == nil, question.chance == nil
        else {
            throw Problem(
                .error, "E712", "\"?\" is answered by Erlang A, B and C only",
                hint: "leave out --redial, --day-to-day, --chance and --model sim")
        }
        if question.target == nil, question.maxAbandonment == nil, question.maxOccupancy == nil {
            question.target = StaffAnswer.assumedTarget
        }
        let goals = question.goals(model)
        let promises = goals.map(\.words).joined(separator: " and ")
        let solution = question.queue(model).solve(for: unknown, agents: agents, goals: goals.map(\.formula))
        guard let value = solution.value else {
            guard case .none(let reason) = solution else { fatalError("a solution has a value or a reason") }
            var why = "\(reason)"
            if case .outOfReach(let most) = reason {
                why = "at most \(StaffWords.share(most)) of contacts are ever answered"
            }
            throw Problem(
                .error, "E602", "no \(field.option) answers this: \(why)",
                detail: "asked of \(StaffWords.agents(agents)) with \(StaffWords.demand(question)) = "
                    + "\(StaffWords.work(StaffWords.load(question.offeredLoad)))",
                hint: reason == .alwaysMet ? "nothing needs to change" : "promise less, or give more --agents")
        }
        let who = "\(StaffWords.agents(agents)) on the phones"
        switch unknown {
        case .arrivalRate:
            question.calls = Self.floor(value * question.per)
            return (
                question,
                "Up to \(StaffWords.number(question.calls)) contacts in \(StaffWords.time(question.per)) for \(who), with "
                    + "\(promises)."
            )
        case .handlingTime:
            question.handlingTime = value > 10 ? value.rounded(.down) : Self.floor(value)
            return (
                question,
                "Up to \(Units.formatDuration(question.handlingTime)) a contact for \(who), with \(promises)."
            )
        case .patience:
            let least = question.maxAbandonment != nil
            question.patience = least ? value.rounded(.up) : max(Self.floor(value), value.rounded(.down))
            return (
                question,
                "Callers must be willing to wait \(least ? "at least" : "at most") "
                    + "\(Units.formatDuration(question.patience ?? value)) on average for \(who) to keep \(promises)."
            )
        case .share:
            let wait = question.target?.acceptableWait ?? 0
            question.target = ServiceTarget(share: (value * 1000).rounded(.down) / 1000, within: wait)
            return (
                question, "\(StaffWords.share(value)) are answered in \(Units.formatDuration(wait)) by \(who)."
            )
        case .acceptableWait:
            let share = question.target?.share ?? 0
            question.target = ServiceTarget(share: share, within: value.rounded(.up))
            return (
                question,
                "\(Units.formatShare(share)) are answered within \(Units.formatDuration(value.rounded(.up))) by \(who)."
            )
        case .agents, .exactAgents: fatalError("agents are asked for by leaving them out")
        }
    }

    /// Down to hundredths, so that the promise is kept; finer where that would be nothing.
    private static func floor(_ value: Double) -> Double {
        var scale = 100.0
        while value * scale < 10, scale < 1e9 { scale *= 10 }
        return (value * scale).rounded(.down) / scale
    }
}
