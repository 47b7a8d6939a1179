import Center
import Queueing
import Simulator
import Tabular

/// What a staffing question consists of, by the names that options and table columns share.
public enum StaffField: String, Sendable, CaseIterable, Hashable {
    /// Contacts in `per`.
    case calls
    /// The time in which the contacts come.
    case per
    /// Mean handling time.
    case aht
    /// People on the phones.
    case agents
    /// Mean time that callers are willing to wait.
    case patience
    /// Contacts in service and waiting together, at most.
    case lines
    /// The share to be answered in time.
    case target
    /// By which model to answer.
    case model
    /// The share of paid time when people are not available.
    case shrinkage
    /// The largest share that may hang up.
    case maxAbandonment = "max_abandonment"
    /// The busiest that agents may be.
    case maxOccupancy = "max_occupancy"
    /// The share of those who failed who call again.
    case redial
    /// Standard deviation of handling times ÷ their mean.
    case spread
    /// How far a day's volume strays from the plan.
    case dayToDay = "day_to_day"
    /// How often the target is to be met.
    case chance
    /// The chance that a person does not come.
    case absence
    /// The share of a shift on break or at lunch.
    case breaks

    /// `--max-abandonment`.
    public var option: String { "--" + rawValue.replacing("_", with: "-") }
}

/// Reads staffing questions from texts, on the command line and in tables alike, and finds all that is wrong at once.
public struct StaffReading {
    /// Where the texts stand.
    public enum Face: Sendable {
        /// On the command line, a field by its option.
        case options
        /// In a table, a field by its column.
        case columns
    }

    private let face: Face
    private var problems: [Problem] = []
    /// Tables repeat themselves: a text that was read once is not read again.
    private var seconds: [String: Double] = [:]
    private var shares: [String: Double] = [:]
    private var targets: [String: ServiceTarget] = [:]

    /// `face` decides how fields are named in messages.
    public init(_ face: Face) { self.face = face }

    /// The question, or all that is wrong with it; `text` is nil where nothing was given.
    public mutating func read(
        _ text: (StaffField) -> String?, place: (StaffField) -> Problem.Place? = { _ in nil }
    ) -> Result<StaffQuestion, Problems> {
        problems = []
        for field in [StaffField.calls, .per, .aht] where text(field) == nil { missing(field, place(field)) }
        let calls = value(.calls, text, place, by: Units.number)
        if let calls, calls < 0 { refuse(.calls, "E202", text, place, "is below 0") }
        let per = duration(.per, text, place)
        let handling = duration(.aht, text, place)
        let agents = value(.agents, text, place, by: Units.number)
        if let agents {
            if agents < 0 { refuse(.agents, "E202", text, place, "is below 0") }
            if agents > Double(StaffQuestion.mostAgents) {
                refuse(.agents, "E204", text, place, "is more than 10,000,000")
            }
        }
        let patience = duration(.patience, text, place)
        let lines = value(.lines, text, place, by: Units.count)
        if let lines, lines < 1 { refuse(.lines, "E204", text, place, "is less than one line") }
        if let lines, lines > StaffQuestion.mostAgents {
            refuse(.lines, "E204", text, place, "is more than 10,000,000")
        }
        let target = target(text, place)
        let abandonment = share(.maxAbandonment, text, place)
        if abandonment == 0 {
            refuse(.maxAbandonment, "E204", text, place, "cannot be reached: somebody will hang up", says: "above 0%")
        }
        let occupancy = share(.maxOccupancy, text, place)
        if occupancy == 0 { refuse(.maxOccupancy, "E204", text, place, "leaves nobody to work", says: "above 0%") }
        let shrinkage = away(.shrinkage, text, place)
        let breaks = away(.breaks, text, place)
        let model = model(text, place)
        let redial = share(.redial, text, place)
        let spread = value(.spread, text, place, by: Units.number)
        if let spread, spread < 0 || spread > 100 {
            refuse(.spread, "E204", text, place, "is not a spread", says: "standard deviation / mean, such as 0.7")
        }
        let dayToDay = share(.dayToDay, text, place)
        if dayToDay == 0 { refuse(.dayToDay, "E204", text, place, "says nothing", says: "above 0%, such as 7%") }
        let chance = share(.chance, text, place)
        if let chance, chance == 0 || chance == 1 {
            refuse(
                .chance, "E204", text, place,
                chance == 0 ? "asks for nothing" : "cannot be promised: luck has no limit",
                says: "above 0% and below 100%, such as 90%")
        }
        let absence = share(.absence, text, place)
        if absence == 1 { refuse(.absence, "E204", text, place, "leaves nobody", says: "less than 100%") }
        guard problems.isEmpty, let calls, let per, let handling else { return .failure(Problems(problems)) }
        var question = StaffQuestion(
            calls: calls, per: per, handlingTime: handling, agents: agents, target: target,
            maxAbandonment: abandonment, maxOccupancy: occupancy, patience: patience, lines: lines,
            shrinkage: shrinkage, model: model)
        question.redial = redial
        question.spread = spread
        question.dayToDay = dayToDay
        question.chance = chance
        question.absence = absence
        question.breaks = breaks
        checkTogether(&question, place)
        return problems.isEmpty ? .success(question) : .failure(Problems(problems))
    }

    /// What no single value shows.
    private mutating func checkTogether(_ question: inout StaffQuestion, _ place: (StaffField) -> Problem.Place?) {
        if question.model == .erlangA, question.patience == nil {
            contradiction(
                "Erlang A needs \(name(.patience))", .model, place,
                "give \(example(.patience, "3m")), the time that callers are willing to wait")
        }
        checkRedials(question, place)
        checkDays(question, place)
        if question.maxAbandonment != nil, !question.answeringModel.knowsHangUps(question), problems.isEmpty {
            contradiction(
                question.patience == nil
                    ? "\(name(.maxAbandonment)) needs \(name(.patience)): without it nobody hangs up"
                    : "with \(question.answeringModel.name) nobody hangs up, so \(name(.maxAbandonment)) says nothing",
                .maxAbandonment, place,
                question.patience == nil
                    ? "add \(example(.patience, "3m")), the time that callers are willing to wait"
                    : "leave out one of the two")
        }
        if question.model == .erlangB, let lines = question.lines {
            // In a loss system lines are agents.
            if question.agents == nil, question.target == nil {
                question.agents = Double(lines)
            } else if question.agents != Double(lines) {
                contradiction(
                    "with Erlang B nobody waits, so there are as many lines as agents", .lines, place,
                    "leave out \(name(.lines)), or choose erlang-a or erlang-c to let callers wait")
            }
        }
        if face == .columns, question.agents == nil, question.target == nil, question.maxAbandonment == nil,
            question.maxOccupancy == nil
        {
            problems.append(
                Problem(
                    .error, "E409", "neither agents nor a target is given, so there is nothing to work out",
                    at: place(.target) ?? place(.agents) ?? place(.calls),
                    expected: "agents such as 7, or a target such as 80%/30s"))
        }
    }

    /// Whoever calls again must first have failed.
    private mutating func checkRedials(_ question: StaffQuestion, _ place: (StaffField) -> Problem.Place?) {
        let model = question.answeringModel
        if question.redial == nil {
            guard model == .erlangX else { return }
            contradiction(
                "Erlang X needs \(name(.redial))", .model, place,
                "give \(example(.redial, "40%")), the share of those who hang up who call again")
        } else if question.patience == nil, question.lines == nil {
            contradiction(
                "\(name(.redial)) needs \(name(.patience)) or \(name(.lines)): without them every call is answered",
                .redial, place, "add \(example(.patience, "3m")), the time that callers are willing to wait")
        } else if model != .erlangX, model != .simulation {
            contradiction(
                "with \(model.name) nobody calls again, so \(name(.redial)) says nothing", .redial, place,
                "choose erlang-x or sim, or leave out one of the two")
        }
    }

    /// What differs from day to day.
    private mutating func checkDays(_ question: StaffQuestion, _ place: (StaffField) -> Problem.Place?) {
        let model = question.answeringModel
        if question.absence != nil, question.chance == nil {
            contradiction(
                "\(name(.absence)) needs \(name(.chance))", .absence, place,
                "add \(example(.chance, "90%")); on average, \(name(.shrinkage)) covers who is away")
        }
        if question.chance != nil {
            if question.target == nil,
                face == .columns || question.maxAbandonment != nil || question.maxOccupancy != nil
            {
                contradiction(
                    "\(name(.chance)) needs \(name(.target))", .chance, place,
                    "add \(example(.target, "80%/30s")), which is to be met that often")
            } else if model == .erlangB || model == .simulation || question.lines != nil {
                contradiction(
                    question.lines != nil && model != .erlangB
                        ? "\(name(.chance)) and \(name(.lines)) are not answered together"
                        : "\(name(.chance)) is not answered with \(model.name)", .chance, place,
                    "leave out one of the two")
            }
        } else if question.dayToDay != nil {
            if model == .erlangX || model == .simulation {
                contradiction(
                    "\(name(.dayToDay)) is not answered with \(model.name)", .dayToDay, place,
                    "add \(example(.chance, "90%")), or leave out one of the two")
            } else if question.patience == nil, question.lines == nil, model == .erlangC {
                contradiction(
                    "\(name(.dayToDay)) needs \(name(.patience)) or \(name(.chance))", .dayToDay, place,
                    "on the busiest days a queue in which nobody hangs up grows without end")
            }
        }
    }

    // MARK: Single values

    private mutating func value<Value>(
        _ field: StaffField, _ text: (StaffField) -> String?, _ place: (StaffField) -> Problem.Place?,
        by grammar: (String) -> Reading<Value>
    ) -> Value? {
        guard let written = text(field) else { return nil }
        switch grammar(written) {
        case .value(let value): return value
        case .wrong(let wrong):
            problems.append(wrong.problem(for: spot(field), at: place(field)))
            return nil
        }
    }

    /// Seconds above 0.
    private mutating func duration(
        _ field: StaffField, _ text: (StaffField) -> String?, _ place: (StaffField) -> Problem.Place?
    ) -> Double? {
        guard let written = text(field) else { return nil }
        if let known = seconds[written] { return known }
        guard let value = value(field, text, place, by: Units.duration) else { return nil }
        guard value > 0 else {
            refuse(field, "E204", text, place, "is not above 0")
            return nil
        }
        seconds[written] = value
        return value
    }

    private mutating func share(
        _ field: StaffField, _ text: (StaffField) -> String?, _ place: (StaffField) -> Problem.Place?
    ) -> Double? {
        guard let written = text(field) else { return nil }
        if let known = shares[written] { return known }
        let value = value(field, text, place, by: Units.share)
        if let value { shares[written] = value }
        return value
    }

    private mutating func target(
        _ text: (StaffField) -> String?, _ place: (StaffField) -> Problem.Place?
    ) -> ServiceTarget? {
        guard let written = text(.target) else { return nil }
        if let known = targets[written] { return known }
        guard let (share, within) = value(.target, text, place, by: Units.target) else { return nil }
        guard share < 1 else {
            refuse(
                .target, "E204", text, place, "cannot be promised: some caller will always wait longer",
                says: "less than 100%, such as 99%/\(Units.formatDuration(within))")
            return nil
        }
        guard share > 0 else {
            refuse(.target, "E204", text, place, "promises nothing", says: "more than 0%")
            return nil
        }
        let target = ServiceTarget(share: share, within: within)
        targets[written] = target
        return target
    }

    /// A share of paid time, kept in the digits it was written in.
    private mutating func away(
        _ field: StaffField, _ text: (StaffField) -> String?, _ place: (StaffField) -> Problem.Place?
    ) -> Shrinkage? {
        guard let share = share(field, text, place), let written = text(field) else { return nil }
        guard share < 1 else {
            refuse(field, "E204", text, place, "leaves nobody on the phones", says: "less than 100%")
            return nil
        }
        return Shrinkage(written) ?? Shrinkage(share: share)
    }

    /// `erlang-a`, or `a` for short.
    private static let models: [String: StaffModel] = Dictionary(
        uniqueKeysWithValues: StaffModel.answers.flatMap { model in
            [model.rawValue, model.rawValue.replacing("erlang-", with: "")].uniqued.map { ($0, model) }
        })

    private mutating func model(
        _ text: (StaffField) -> String?, _ place: (StaffField) -> Problem.Place?
    ) -> StaffModel? {
        guard let written = text(.model) else { return nil }
        if let model = Self.models[written.lowercased()] { return model }
        let names = StaffModel.answers.map(\.rawValue)
        problems.append(
            .unknown(
                written, among: names, "E210", "\(name(.model)) cannot be \"\(written)\"", at: place(.model)))
        return nil
    }

    // MARK: Words

    private func spot(_ field: StaffField) -> Wrong.Spot {
        face == .options ? .option(field.option) : .column(field.rawValue)
    }

    private func name(_ field: StaffField) -> String { face == .options ? field.option : field.rawValue }

    private func example(_ field: StaffField, _ value: String) -> String {
        face == .options ? "\(field.option) \(value)" : "\(field.rawValue), such as \(value)"
    }

    private mutating func missing(_ field: StaffField, _ place: Problem.Place?) {
        let what =
            switch field {
            case .calls: ("how many contacts", "22")
            case .per: ("in how much time they come", "30m")
            default: ("talk and after-contact work of one contact", "6m")
            }
        problems.append(
            Problem(
                .error, face == .options ? "E706" : "E409", "\(name(field)) is missing", at: place,
                expected: face == .options
                    ? "\(field.option) \(what.1), \(what.0)" : "\(what.0), such as \(what.1)"))
    }

    private mutating func refuse(
        _ field: StaffField, _ code: String, _ text: (StaffField) -> String?,
        _ place: (StaffField) -> Problem.Place?, _ clause: String, says expected: String? = nil
    ) {
        problems.append(
            Problem(
                .error, code, "\(name(field)) \(text(field) ?? "") \(clause)", at: place(field), expected: expected))
    }

    private mutating func contradiction(
        _ message: String, _ field: StaffField, _ place: (StaffField) -> Problem.Place?, _ hint: String
    ) {
        problems.append(
            Problem(.error, face == .options ? "E712" : "E410", message, at: place(field), hint: hint))
    }
}

extension [String] {
    /// Each once, in order.
    fileprivate var uniqued: [String] {
        reduce(into: []) { list, text in if !list.contains(text) { list.append(text) } }
    }
}
