import Center
import Documents
import Experiments
import Foundation
import Queueing
import Simulator
import Tabular

/// The answer to one staffing question: what each model says, how many to use, and what was assumed.
public struct StaffAnswer: Sendable {
    /// What one model says, for the agents given or for the fewest that reach its goals.
    public struct Row: Sendable {
        /// By which model the row was worked out.
        public var model: StaffModel
        /// `Erlang A (patience 3m)`, or what this row asks beyond the one above it.
        public var label: String
        /// People on the phones.
        public var agents: Double
        /// What these agents achieve.
        public var measures: QueueMeasures
        /// The intervals of a simulated row.
        public var figures: SimulatedQueue.Figures?
        /// What becomes of people, where callers call again.
        public var callers: RedialMeasures?
        /// How often such a time span meets the target with these agents, where that was asked for.
        public var chance: ChanceOfMeeting?
    }

    /// The question, with what was assumed filled in.
    public var question: StaffQuestion
    /// The simpler models first; the answering one last unless all were asked for.
    public var rows: [Row]
    /// The fewest that reach every goal in the answering model; nil where nothing is promised.
    public var recommended: Double?
    /// Below the table: the advice, or the verdict and what would do.
    public var verdict: String?
    /// What a `?` stood for, in one sentence.
    public var found: String?
    /// What was assumed, and what the figures hide.
    public var notes: [String]
    /// What was asked, by the model that answers; asked again it remembers what was played.
    let answering: any StaffingModel
    private let progress: StaffQuestion.Watcher

    /// Scheduled people for this many on the phones; nil without shrinkage and breaks.
    public func scheduled(_ agents: Double) -> Int? { question.scheduled(agents) }

    /// The promise that stands in for one when nothing is promised and no agents are given.
    public static let assumedTarget = ServiceTarget(share: 0.8, within: 30)

    /// Answers, or says why there is no answer: too few agents for Erlang C (E601), or never enough (E602).
    ///
    /// With `allModels` every model has its row, whichever answers; `progress` hears of what takes its time.
    public init(
        _ asked: StaffQuestion, allModels: Bool = false, progress: @escaping StaffQuestion.Watcher = { _ in }
    ) throws(Problem) {
        var question = asked
        notes = []
        self.progress = progress
        let isOpen = question.agents == nil
        let promisesNothing = question.maxAbandonment == nil && question.maxOccupancy == nil
        if question.target == nil, isOpen ? promisesNothing : question.chance != nil {
            question.target = Self.assumedTarget
            notes.append("no --target was given, so 80% in 30s is assumed.")
        } else if question.target == nil {
            notes.append("no --target was given, so answers are counted within 30s.")
        }
        self.question = question
        rows = []
        let model = question.answeringModel
        answering = question.staffing(model, progress: progress)
        noteModel(model)
        for shown in models(answeredBy: model, all: allModels) { try addRows(shown, isAnswer: shown == model) }
        try addDays()
        recommended = try needed(model)
        try addChances()
        verdict = isOpen ? advice : judgement
        if isOpen { noteHangUps() }
        noteCallers()
    }

    /// What the choice of model leaves out.
    private mutating func noteModel(_ model: StaffModel) {
        if model == .erlangC, question.model == nil {
            notes.append("no --patience was given, so this is Erlang C, in which nobody hangs up.")
        } else if !model.knowsHangUps(question), question.patience != nil {
            notes.append(
                model == .erlangB
                    ? "nobody waits, so patience plays no part." : "Erlang C leaves patience out: nobody hangs up.")
        }
        if model == .simulation {
            let shape = question.spread == nil ? "spread 1 (assumed), " : ""
            notes.append(
                "handling times are lognormal, \(shape)patience is exponential; figures are means with 95% intervals.")
            if question.redial != nil {
                notes.append(
                    "who calls again does so after \(Units.formatDuration(StaffQuestion.assumedRedialDelay)) on average "
                        + "(assumed).")
            }
        } else if question.spread != nil, model.isAnswer {
            notes.append(
                "\(model.name) takes handling times of spread 1; --model sim plays those of spread "
                    + "\(StaffWords.number(question.spread ?? 1)).")
        }
    }

    /// Which models have rows, in order; the one that answers comes last unless all are asked for.
    private mutating func models(answeredBy model: StaffModel, all: Bool) -> [StaffModel] {
        if all {
            if let left = StaffModel.leftOut(question) { notes.append(left) }
            return StaffModel.allCases.filter { $0.missing(question) == nil }
        }
        // Where more is known, the simpler model stands above as the figure that most tools would give.
        switch model {
        case .erlangA where question.model == nil: return [.erlangC, .erlangA]
        case .erlangX where question.model == nil:
            return question.patience == nil ? [.erlangC, .erlangX] : [.erlangC, .erlangA, .erlangX]
        case .simulation:
            return [question.redial != nil ? .erlangX : question.patience != nil ? .erlangA : .erlangC, .simulation]
        default: return [model]
        }
    }

    private func staffing(_ model: StaffModel) -> any StaffingModel {
        model == question.answeringModel ? answering : question.staffing(model, progress: progress)
    }

    private mutating func addRows(_ model: StaffModel, isAnswer: Bool) throws(Problem) {
        let label = Self.label(model, question)
        let staffing = staffing(model)
        if let agents = question.agents {
            if staffing.measures(agents: agents, within: 0).queueMean == .infinity {
                if isAnswer { throw cannotKeepUp(model, agents) }
                notes.append(
                    "with \(model.name), \(StaffWords.agents(agents)) cannot keep up: the queue would grow without end."
                )
            }
            return add(model, label, agents, staffing)
        }
        let goals = question.goals(model)
        var asked: [StaffGoal] = []
        for goal in goals {
            asked.append(goal)
            let needed = staffing.agentsNeeded(for: asked.map(\.formula), most: StaffQuestion.mostAgents)
            guard let agents = needed.map(Double.init) else {
                if isAnswer { throw neverEnough(model, asked) }
                continue
            }
            let isTarget = if case .target = goal { true } else { false }
            let text = asked.count > 1 ? " and \(goal.words)" : isTarget ? label : "\(label), \(goal.words)"
            add(model, text, agents, staffing)
        }
    }

    private mutating func add(
        _ model: StaffModel, _ label: String, _ agents: Double, _ staffing: any StaffingModel
    ) {
        rows.append(Row(model, label, agents, staffing, within: acceptableWait))
    }

    /// Good and bad days, each counted by its contacts, where the day's volume strays and no chance is asked for.
    private mutating func addDays() throws(Problem) {
        guard let days = question.days else { return }
        let model = question.answeringModel
        let label = " and volume straying \(Units.formatShare(question.dayToDay ?? 0))"
        if let agents = question.agents { return add(model, label, agents, days) }
        let goals = question.goals(model)
        guard let agents = days.agentsNeeded(for: goals.map(\.formula), most: StaffQuestion.mostAgents) else {
            throw neverEnough(model, goals)
        }
        add(model, label, Double(agents), days)
    }

    /// Plays such time spans with each row's agents, and looks for the fewest with the chance asked for.
    private mutating func addChances() throws(Problem) {
        let model = question.answeringModel
        guard let wanted = question.chance, let row = rows.last(where: { $0.model == model }) else { return }
        // Who calls again calls again the oftener the fewer agents there are: as often as on average.
        let agents = recommended ?? row.agents
        let attempts = (answering as? RedialQueue<SingleQueue>)?.callers(agents: agents).attemptsPerCaller ?? 1
        guard attempts < .infinity, let day = question.day(attempts: attempts) else { return }
        let chance = DayChance(day)
        for index in rows.indices where rows[index].model == model {
            rows[index].chance = chance.of(agents: Int(rows[index].agents.rounded(.down)))
        }
        let enough: Int
        switch chance.fewest(for: wanted) {
        case .none(let reason):
            guard question.agents == nil else { return }
            throw Problem(
                .error, "E602", "no chance can be told: \(reason)",
                detail: "\(StaffWords.demand(question)) = \(StaffWords.work(StaffWords.load(question.offeredLoad)))",
                hint:
                    "up to \(StaffWords.number(DayChance.mostContactsOfDay)) contacts can be played; leave out --chance"
            )
        case .staffing(let scheduled, let confirmed):
            enough = max(scheduled.max() ?? 0, Int(recommended ?? 0))
            if question.agents == nil {
                add(model, " with a chance of \(Units.formatShare(wanted))", Double(enough), answering)
                rows[rows.count - 1].chance = enough == scheduled.max() ? confirmed : chance.of(agents: enough)
            }
        }
        recommended = Double(enough)
    }

    /// `such 30 minutes`, in which a chance is counted.
    var timeSpan: String { "such \(StaffWords.time(question.per))" }

    /// Seconds within which answers are counted.
    private var acceptableWait: Double { (question.target ?? Self.assumedTarget).acceptableWait }

    private func needed(_ model: StaffModel) throws(Problem) -> Double? {
        let goals = question.goals(model)
        guard !goals.isEmpty else { return nil }
        let asked: any StaffingModel = question.days ?? answering
        if let agents = asked.agentsNeeded(for: goals.map(\.formula), most: StaffQuestion.mostAgents) {
            return Double(agents)
        }
        if question.agents == nil { throw neverEnough(model, goals) }
        return nil
    }

    // MARK: Words below the table

    /// `Use 7 on the phones, 10 on the rota (7 / 0.70).`
    private var advice: String? {
        guard let recommended else { return nil }
        let use = "Use \(onThePhones(recommended))."
        guard question.chance != nil, let chance = rows.last?.chance, let target = question.target else { return use }
        return use + "\n" + kept(chance, target)
    }

    /// `91.2% ±0.9 of such 30 minutes meet 80% in 30s; one in ten has less than 79.5%.`
    private func kept(_ chance: ChanceOfMeeting, _ target: ServiceTarget) -> String {
        var text =
            "\(PlainNumbers.withReach(chance.chance)) of "
            + "\(timeSpan) meet \(StaffGoal.target(target).words)"
        if let low = chance.dailyLevel(0.1) { text += "; one in ten has \(StaffWords.share(low)) or less" }
        return text + "."
    }

    /// `7 on the phones, 10 on the rota (7 / 0.70)`.
    private func onThePhones(_ agents: Double) -> String {
        let phones = "\(StaffWords.number(agents)) on the phones"
        guard let scheduled = scheduled(agents) else { return phones }
        let presences = [question.breaks, question.shrinkage].compactMap { $0?.presence }.joined(separator: " / ")
        return phones
            + ", \(StaffWords.number(Double(scheduled))) on the rota (\(StaffWords.number(agents)) / \(presences))"
    }

    /// `With 6 on the phones: 80% in 30s met (80.7%), hang-ups at most 5% MISSED (8.6%).` and what would do.
    private var judgement: String? {
        let answering = question.answeringModel
        guard let agents = question.agents, let row = rows.last(where: { $0.model == answering }) else { return nil }
        let goals = question.goals(answering)
        guard !goals.isEmpty else { return scheduled(agents) == nil ? nil : "That is \(onThePhones(agents))." }
        var missed = false
        let judged = goals.map { goal -> String in
            let met = goal.formula.isMet(by: row.measures)
            missed = missed || !met
            guard let value = goal.value(in: row.measures) else { return "\(goal.words) (no contacts)" }
            return
                "\(goal.words) \(met ? "met" : "MISSED") (\(StaffWords.share(value, apartFrom: goal.bound, met: met)))"
        }
        var text = "With \(onThePhones(agents)): \(judged.joined(separator: ", "))."
        if missed, question.chance == nil {
            text +=
                recommended.map { "\nIt takes \(onThePhones($0))." }
                ?? "\nNo number of agents would do."
        }
        if let chance = row.chance, let target = question.target, let wanted = question.chance {
            text += "\n" + kept(chance, target)
            if chance.chance.value < wanted, let recommended {
                text += "\nFor \(Units.formatShare(wanted)) it takes \(onThePhones(recommended))."
            }
        }
        return text
    }

    /// Fewer agents than Erlang C asks for are enough only because some callers leave.
    private mutating func noteHangUps() {
        guard let target = question.target, question.calls > 0, question.answeringModel.knowsHangUps(question),
            let row = rows.first(where: { $0.model == question.answeringModel }),
            let abandonment = row.measures.abandonment,
            let patient = question.agentsNeeded(.erlangC, for: [.target(target)]), row.agents < patient,
            abandonment >= 0.0005
        else { return }
        notes.append(
            "with \(StaffWords.number(row.agents)), the \(Units.formatShare(target.share)) is met partly because "
                + "\(StaffWords.share(abandonment)) of callers give up first.")
    }

    /// How often people have to try, and how many never get through.
    private mutating func noteCallers() {
        guard let row = rows.last(where: { $0.callers != nil }), let callers = row.callers,
            callers.attemptsPerCaller < .infinity, question.calls > 0
        else { return }
        let tries = String(format: "%.2f", callers.attemptsPerCaller)
        notes.append(
            "with \(StaffWords.number(row.agents)), callers try \(tries) times on average and "
                + "\(StaffWords.share(callers.lostCallers)) never get through; figures are per try.")
    }

    static func label(_ model: StaffModel, _ question: StaffQuestion) -> String {
        "\(model.name) (\(model.facts(question).joined(separator: ", ")))"
    }

    // MARK: No answer

    private func cannotKeepUp(_ model: StaffModel, _ agents: Double) -> Problem {
        let work = StaffWords.load(question.offeredLoad, above: agents)
        return Problem(
            .error, "E601", "\(StaffWords.agents(agents)) cannot keep up with \(StaffWords.work(work))",
            detail: "\(StaffWords.demand(question)) = \(work); with \(model.name) the queue would grow without end",
            hint: question.patience == nil
                ? "leave out --agents to see how many you need, or add --patience so that callers can hang up"
                : model == .erlangC
                    ? "leave out --agents to see how many you need, or choose --model erlang-a so that callers can hang up"
                    : "leave out --agents to see how many you need")
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

extension StaffAnswer.Row {
    /// What `staffing` says of so many agents, with the intervals of what it played.
    init(_ model: StaffModel, _ label: String, _ agents: Double, _ staffing: any StaffingModel, within: Double) {
        self.init(
            model: model, label: label, agents: agents, measures: staffing.measures(agents: agents, within: within))
        figures = (staffing as? SimulatedQueue)?.figures(agents: Int(agents.rounded(.up)), within: within)
        callers = (staffing as? RedialQueue<SingleQueue>)?.callers(agents: agents, within: within)
    }
}
