import Queueing
import Simulator

/// What a staffing question consists of, by the names that options and table columns share.
public enum StaffField: String, Sendable, CaseIterable, Hashable {
    case calls, per, aht, agents, patience, lines, target, model, shrinkage
    case maxAbandonment = "max_abandonment"
    case maxOccupancy = "max_occupancy"

    /// `--max-abandonment`.
    public var option: String { "--" + rawValue.replacing("_", with: "-") }
}

/// Reads staffing questions from texts, on the command line and in tables alike, and finds all that is wrong at once.
public struct StaffReading {
    /// Where the texts stand.
    public enum Face: Sendable { case options, columns }

    private let face: Face
    private var problems: [Problem] = []
    /// Tables repeat themselves: a text that was read once is not read again.
    private var seconds: [String: Double] = [:]
    private var shares: [String: Double] = [:]
    private var targets: [String: ServiceTarget] = [:]

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
        let shrinkage = shrinkage(text, place)
        let model = model(text, place)
        guard problems.isEmpty, let calls, let per, let handling else { return .failure(Problems(problems)) }
        var question = StaffQuestion(
            calls: calls, per: per, handlingTime: handling, agents: agents, target: target,
            maxAbandonment: abandonment, maxOccupancy: occupancy, patience: patience, lines: lines,
            shrinkage: shrinkage, model: model)
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
        if question.maxAbandonment != nil, question.answeringModel != .erlangA, problems.isEmpty {
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

    private mutating func shrinkage(
        _ text: (StaffField) -> String?, _ place: (StaffField) -> Problem.Place?
    ) -> Shrinkage? {
        guard let share = share(.shrinkage, text, place), let written = text(.shrinkage) else { return nil }
        guard share < 1 else {
            refuse(.shrinkage, "E204", text, place, "leaves nobody on the phones", says: "less than 100%")
            return nil
        }
        return Shrinkage(written) ?? Shrinkage(share: share)
    }

    private static let models: [String: StaffModel] = [
        "erlang-a": .erlangA, "a": .erlangA, "erlang-c": .erlangC, "c": .erlangC, "erlang-b": .erlangB, "b": .erlangB,
    ]

    private mutating func model(
        _ text: (StaffField) -> String?, _ place: (StaffField) -> Problem.Place?
    ) -> StaffModel? {
        guard let written = text(.model) else { return nil }
        if let model = Self.models[written.lowercased()] { return model }
        if ["x", "erlang-x", "sim"].contains(written.lowercased()) {
            problems.append(
                Problem(
                    .error, "E713", "\(name(.model)) \(written) is read but not answered yet", at: place(.model),
                    expected: "erlang-a, erlang-c or erlang-b"))
            return nil
        }
        let near = Spelling.nearest(to: written, among: StaffModel.allCases.map(\.rawValue))
        problems.append(
            Problem(
                .error, "E210", "\(name(.model)) cannot be \"\(written)\"", at: place(.model),
                expected: "erlang-a, erlang-c or erlang-b", hint: near.map { "did you mean \"\($0)\"?" },
                suggestion: near))
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
