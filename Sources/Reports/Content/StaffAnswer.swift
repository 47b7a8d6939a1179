import Foundation
import Queueing
import Simulator

/// The answer to one staffing question: what each model says, how many to use, and what was assumed.
public struct StaffAnswer: Sendable {
    /// What one model says, for the agents given or for the fewest that reach its goals.
    public struct Row: Sendable {
        public var model: StaffModel
        /// `Erlang A (patience 3m)`, or what this row asks beyond the one above it.
        public var label: String
        public var agents: Double
        public var measures: QueueMeasures
    }

    public var question: StaffQuestion
    public var rows: [Row]
    /// The fewest that reach every goal in the answering model; nil where nothing is promised.
    public var recommended: Double?
    /// Below the table: the advice, or the verdict and what would do.
    public var verdict: String?
    /// What was assumed, and what the figures hide.
    public var notes: [String]

    /// People on the rota for this many on the phones; nil without shrinkage.
    public func onTheRota(_ agents: Double) -> Int? { question.shrinkage?.onTheRota(for: agents) }

    /// The promise that stands in for one when nothing is promised and no agents are given.
    public static let assumedTarget = ServiceTarget(share: 0.8, within: 30)

    /// Answers, or says why there is no answer: too few agents for Erlang C (E601), or never enough (E602).
    ///
    /// With `allModels` every model has its row, whichever answers.
    public init(_ asked: StaffQuestion, allModels: Bool = false) throws(Problem) {
        var question = asked
        notes = []
        let isOpen = question.agents == nil
        if isOpen, question.target == nil, question.maxAbandonment == nil, question.maxOccupancy == nil {
            question.target = Self.assumedTarget
            notes.append("no --target was given, so 80% in 30s is assumed.")
        } else if question.target == nil {
            notes.append("no --target was given, so answers are counted within 30s.")
        }
        self.question = question
        rows = []
        let answering = question.answeringModel
        if answering == .erlangC, question.model == nil {
            notes.append("no --patience was given, so this is Erlang C, in which nobody hangs up.")
        } else if answering != .erlangA, question.patience != nil {
            notes.append(
                answering == .erlangB
                    ? "nobody waits, so patience plays no part." : "Erlang C leaves patience out: nobody hangs up.")
        }
        // Where patience is known, Erlang C stands above as the figure that most tools would give.
        var models: [StaffModel] =
            answering == .erlangA && question.model == nil ? [.erlangC, .erlangA] : [answering]
        if allModels {
            models = [.erlangB, .erlangC, .erlangA]
            if question.patience == nil {
                models.removeLast()
                notes.append("Erlang A is left out: it needs --patience.")
            }
        }
        for model in models { try addRows(model, isAnswer: model == answering) }
        recommended = try needed(answering)
        verdict = isOpen ? advice : judgement
        if isOpen, answering == .erlangA { noteHangUps() }
    }

    private mutating func addRows(_ model: StaffModel, isAnswer: Bool) throws(Problem) {
        let label = Self.label(model, question)
        if let agents = question.agents {
            if model == .erlangC, question.lines == nil, question.calls > 0, agents <= question.offeredLoad {
                if isAnswer { throw cannotKeepUp(agents) }
                notes.append(
                    "with Erlang C, \(StaffWords.agents(agents)) cannot keep up: the queue would grow without end.")
            }
            return add(model, label, agents)
        }
        let goals = question.goals(model)
        var asked: [StaffGoal] = []
        for goal in goals {
            asked.append(goal)
            guard let agents = question.agentsNeeded(model, for: asked) else {
                if isAnswer { throw neverEnough(model, asked) }
                continue
            }
            let isTarget = if case .target = goal { true } else { false }
            let text = asked.count > 1 ? " and \(goal.words)" : isTarget ? label : "\(label), \(goal.words)"
            add(model, text, agents)
        }
    }

    private mutating func add(_ model: StaffModel, _ label: String, _ agents: Double) {
        let measures = question.queue(model).measures(agents: agents, within: acceptableWait)
        rows.append(Row(model: model, label: label, agents: agents, measures: measures))
    }

    /// Seconds within which answers are counted.
    private var acceptableWait: Double { (question.target ?? Self.assumedTarget).acceptableWait }

    private func needed(_ model: StaffModel) throws(Problem) -> Double? {
        let goals = question.goals(model)
        guard !goals.isEmpty else { return nil }
        if let agents = question.agentsNeeded(model, for: goals) { return agents }
        if question.agents == nil { throw neverEnough(model, goals) }
        return nil
    }

    // MARK: Words below the table

    /// `Use 7 on the phones, 10 on the rota (7 / 0.70).`
    private var advice: String? {
        recommended.map { "Use \(onThePhones($0))." }
    }

    /// `7 on the phones, 10 on the rota (7 / 0.70)`.
    private func onThePhones(_ agents: Double) -> String {
        let phones = "\(StaffWords.number(agents)) on the phones"
        guard let shrinkage = question.shrinkage, let rota = onTheRota(agents) else { return phones }
        return phones
            + ", \(StaffWords.number(Double(rota))) on the rota (\(StaffWords.number(agents)) / \(shrinkage.presence))"
    }

    /// `With 6 on the phones: 80% in 30s met (80.7%), hang-ups at most 5% MISSED (8.6%).` and what would do.
    private var judgement: String? {
        let answering = question.answeringModel
        guard let agents = question.agents, let row = rows.last(where: { $0.model == answering }) else { return nil }
        let goals = question.goals(answering)
        guard !goals.isEmpty else { return question.shrinkage == nil ? nil : "That is \(onThePhones(agents))." }
        var missed = false
        let judged = goals.map { goal -> String in
            let met: Bool
            if case .target = goal {
                met = goal.formula.isMet(by: row.measures)
            } else {
                met = goal.formula.isMet(by: question.queue(row.model).measures(agents: agents))
            }
            missed = missed || !met
            guard let value = goal.value(in: row.measures) else { return "\(goal.words) (no contacts)" }
            return
                "\(goal.words) \(met ? "met" : "MISSED") (\(StaffWords.share(value, apartFrom: goal.bound, met: met)))"
        }
        var text = "With \(onThePhones(agents)): \(judged.joined(separator: ", "))."
        if missed {
            text +=
                recommended.map { "\nIt takes \(onThePhones($0))." }
                ?? "\nNo number of agents would do."
        }
        return text
    }

    /// Fewer agents than Erlang C asks for are enough only because some callers leave.
    private mutating func noteHangUps() {
        guard let target = question.target, question.calls > 0,
            let row = rows.first(where: { $0.model == .erlangA }), let abandonment = row.measures.abandonment,
            let patient = question.agentsNeeded(.erlangC, for: [.target(target)]), row.agents < patient,
            abandonment >= 0.0005
        else { return }
        notes.append(
            "with \(StaffWords.number(row.agents)), the \(Units.formatShare(target.share)) is met partly because "
                + "\(StaffWords.share(abandonment)) of callers give up first.")
    }

    static func label(_ model: StaffModel, _ question: StaffQuestion) -> String {
        var facts: [String] = []
        switch model {
        case .erlangA: facts.append("patience \(Units.formatDuration(question.patience ?? 0))")
        case .erlangC: facts.append("nobody hangs up")
        case .erlangB: facts.append("nobody waits")
        }
        if let lines = question.lines, model != .erlangB {
            facts.append("\(StaffWords.number(Double(lines))) line\(lines == 1 ? "" : "s")")
        }
        return "\(model.name) (\(facts.joined(separator: ", ")))"
    }

    // MARK: No answer

    private func cannotKeepUp(_ agents: Double) -> Problem {
        let work = StaffWords.load(question.offeredLoad, above: agents)
        return Problem(
            .error, "E601", "\(StaffWords.agents(agents)) cannot keep up with \(StaffWords.work(work))",
            detail: "\(StaffWords.demand(question)) = \(work); with Erlang C the queue would grow without end",
            hint: question.patience == nil
                ? "leave out --agents to see how many you need, or add --patience so that callers can hang up"
                : "leave out --agents to see how many you need, or choose --model erlang-a so that callers can hang up")
    }

    private func neverEnough(_ model: StaffModel, _ goals: [StaffGoal]) -> Problem {
        let words = goals.map(\.words).joined(separator: " and ")
        guard let lines = question.lines, model != .erlangB else {
            return Problem(
                .error, "E602",
                "even \(StaffWords.number(Double(StaffQuestion.mostAgents))) agents do not reach \(words)",
                detail: "\(StaffWords.demand(question)) = \(StaffWords.work(StaffWords.load(question.offeredLoad)))",
                hint: "check the units of --calls, --per and --aht")
        }
        let best = question.queue(model).measures(agents: Double(lines), within: acceptableWait)
        let lost = StaffWords.share(best.blocking ?? 0)
        return Problem(
            .error, "E602", "no number of agents reaches \(words)",
            detail: "with \(StaffWords.number(Double(lines))) line\(lines == 1 ? "" : "s") at least \(lost) of callers "
                + "are turned away, however many agents there are",
            hint: "give more --lines, or promise less")
    }
}

extension StaffGoal {
    /// The promised share.
    var bound: Double {
        switch self {
        case .target(let target): target.share
        case .abandonment(let most), .occupancy(let most): most
        }
    }
}
