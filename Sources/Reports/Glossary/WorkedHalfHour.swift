import Center
import Documents
import Queueing
import Simulator
import Tabular

/// The half-hour with which the glossary works its examples: 22 calls of 6m, 80% in 30s promised, patience 3m.
enum WorkedHalfHour {
    static let question = StaffQuestion(
        calls: 22, per: 1800, handlingTime: 360, target: ServiceTarget(share: 0.8, within: 30), patience: 180)

    /// `22 calls of 6m in 30 minutes`.
    static let words =
        "\(StaffWords.number(question.calls)) calls of \(Units.formatDuration(question.handlingTime)) "
        + "in \(StaffWords.time(question.per))"

    static let load = StaffWords.load(question.offeredLoad)

    static func measures(_ model: StaffModel, _ agents: Double, within seconds: Double = 30) -> QueueMeasures {
        question.queue(model).measures(agents: agents, within: seconds)
    }

    /// The fewest agents that answer 80% in 30s.
    static func needed(_ model: StaffModel) -> Double {
        question.agentsNeeded(model, for: question.goals(model)) ?? .nan
    }

    /// The same with parts of people.
    static func exactNeed(_ model: StaffModel, goals: [StaffGoal]? = nil) -> Double {
        let goals = goals ?? question.goals(model)
        return question.queue(model).solve(for: .exactAgents, agents: 0, goals: goals.map(\.formula)).value ?? .nan
    }

    /// `84.0%` of calls answered within 30s.
    static func level(_ model: StaffModel, _ agents: Double) -> String {
        share(measures(model, agents).serviceLevels.ofAllOffered)
    }

    static func share(_ value: Double?) -> String { value.map { StaffWords.share($0) } ?? "-" }
    static func wait(_ value: Double?) -> String { value.map(StaffWords.wait) ?? "-" }
    static func people(_ value: Double) -> String { PlainNumbers.fixed(value, 2) }
}
