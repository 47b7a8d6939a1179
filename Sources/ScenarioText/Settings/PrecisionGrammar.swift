import Center
import Tabular

/// How a goal of precision is written, in a scenario and on the command line.
///
///     1 point
///     2s on asa
///     5% on asa of nurse_triage, billing
///     1 point on service_level of billing.es
///     2 points on service_level of calls at 10:00-12:00
///
/// In a map the figure stands first, of one contact type or group if its name stands before: `{asa: 2s,
/// nurse_triage.asa: 5%, billing.es.asa: 5%, occupancy: 1 point}`. Shares take points, waits a duration, counts a number of contacts; any
/// takes a share of the value: `5% of the value`, in short `5%` where points are out of the question: `5% on asa`,
/// `10% on abandonment of calls`.
public struct PrecisionGrammar: Sendable {
    /// A contact type that can be watched, whole or in one of its languages.
    package struct Watchable {
        var id: String
        var hasTarget: Bool
        var languages: [String] = []
        /// Deferred work, which nobody waits for on the line.
        var isDeferred = false

        package init(
            id: String, hasTarget: Bool, languages: [String] = [], isDeferred: Bool = false
        ) {
            self.id = id
            self.hasTarget = hasTarget
            self.languages = languages
            self.isDeferred = isDeferred
        }
    }

    let types: [Watchable]
    /// Names of agent groups.
    let groups: [String]
    /// Where intervals begin and end, if that is known already.
    private let horizon: Horizon?

    /// Names and hours are those of the scenario.
    public init(_ scenario: Scenario) {
        self.init(
            types: scenario.contactTypes.map {
                Watchable(
                    id: $0.id, hasTarget: $0.target != nil, languages: $0.languages.map(\.code),
                    isDeferred: $0.channel.kind == .deferred)
            }, groups: scenario.agentGroups.map(\.id), horizon: scenario.horizon)
    }

    package init(types: [Watchable], groups: [String], horizon: Horizon? = nil) {
        self.types = types
        self.groups = groups
        self.horizon = horizon
    }

    /// What is wrong, and which part of the text it is about.
    public struct Fault: Error {
        /// What is wrong.
        public var wrong: Wrong
        /// The part of the text, as it was written.
        public var part: String
    }

    package static let expected = "such as 1 point, or 1 point on service_level of scheduling"

    // MARK: One text

    /// `<half-width> [on <figure> [of <name>, <name>]]`.
    public func goal(_ text: String) throws(Fault) -> PrecisionGoal {
        let (text, window) = try hours(text)
        guard let on = text.firstRange(of: " on ") else {
            try check(.serviceLevel, window)
            return PrecisionGoal(.serviceLevel, at: window, within: try halfWidth(text, of: .serviceLevel, after: ""))
        }
        let rest = Units.trimmed(String(text[on.upperBound...]))
        let parts = rest.firstRange(of: " of ").map { (rest[..<$0.lowerBound], rest[$0.upperBound...]) }
        let figure = try figure(Units.trimmed(String(parts?.0 ?? rest[...])))
        var names: [String] = []
        for piece in parts?.1.split(separator: ",") ?? [] { names.append(Units.trimmed(String(piece))) }
        let scope = try scope(names, of: figure)
        let width = try halfWidth(
            String(text[..<on.lowerBound]), of: figure, after: String(text[on.lowerBound...]))
        try check(figure, window)
        return PrecisionGoal(figure, of: scope, at: window, within: width)
    }

    /// What stands before `at 10:00-12:00`, and the hours.
    private func hours(_ text: String) throws(Fault) -> (String, PrecisionGoal.Window?) {
        guard let at = text.firstRange(of: " at ") else { return (text, nil) }
        let part = Units.trimmed(String(text[at.upperBound...]))
        let before = Units.trimmed(String(text[..<at.lowerBound]))
        switch Units.clockRange(part) {
        case .value(let range): return (before, PrecisionGoal.Window(from: range.from, to: range.to))
        case .wrong(var wrong):
            wrong.expected = "hours such as 10:00-12:00"
            throw Fault(wrong: wrong, part: part)
        }
    }

    private func check(_ figure: PrecisionGoal.Figure, _ window: PrecisionGoal.Window?) throws(Fault) {
        guard let window else { return }
        guard figure.isCountedByPeriod else {
            let known = PrecisionGoal.Figure.allCases.filter(\.isCountedByPeriod).map(\.rawValue)
            throw Fault(
                wrong: Wrong(
                    ProblemCode.conflict, "\(figure.rawValue) is not known for hours of the day",
                    expected: Spelling.list(known, "or")), part: window.text)
        }
        if let horizon, !window.isAligned(with: horizon) {
            throw Fault(wrong: Self.misaligned(window), part: window.text)
        }
    }

    package static func misaligned(_ window: PrecisionGoal.Window) -> Wrong {
        Wrong(
            ProblemCode.range, "precision is about \(window.text), where no intervals begin and end",
            expected: "hours that begin and end with intervals")
    }

    /// An entry of a map: `asa: 2s`, `nurse_triage.asa: 2s`.
    package func goal(_ name: String, _ text: String) throws(Fault) -> PrecisionGoal {
        // The name of a type in one language has a dot itself.
        let dot = name.lastIndex(of: ".")
        let figure = try figure(dot.map { String(name[name.index(after: $0)...]) } ?? name)
        let scope = try scope(dot.map { [String(name[..<$0])] } ?? [], of: figure)
        let (width, window) = try hours(text)
        try check(figure, window)
        return PrecisionGoal(figure, of: scope, at: window, within: try halfWidth(width, of: figure, after: ""))
    }

    // MARK: Parts

    private func figure(_ name: String) throws(Fault) -> PrecisionGoal.Figure {
        if let figure = PrecisionGoal.Figure(rawValue: name) { return figure }
        let names = PrecisionGoal.Figure.allCases.map(\.rawValue)
        throw Fault(
            wrong: .unknown(name, among: names, ProblemCode.choice, "\(name) is not what precision can watch"),
            part: name)
    }

    private func scope(_ names: [String], of figure: PrecisionGoal.Figure) throws(Fault) -> PrecisionGoal.Scope {
        if names.isEmpty { return .each }
        let isOfGroups = figure == .occupancy
        let known = isOfGroups ? groups : types.map(\.id)
        if names == ["all"], !known.contains("all") { return .all }
        var chosen: [PrecisionGoal.Chosen] = []
        for name in names {
            let (whole, language) = isOfGroups ? (name, nil) : try Self.parts(name, types)
            guard let index = known.firstIndex(of: whole) else {
                throw Fault(
                    wrong: .unknown(
                        name, among: known, isOfGroups ? ProblemCode.reference : ProblemCode.contactType,
                        "precision is about \"\(name)\", which is not "
                            + (isOfGroups ? "an agent group" : "a contact type")),
                    part: name)
            }
            if figure.needsTarget, !types[index].hasTarget {
                throw Fault(
                    wrong: Wrong(
                        ProblemCode.conflict,
                        "precision watches the \(figure.rawValue) of \(name), which has no target",
                        advice: "give \(name) a target, or watch its asa or abandonment"),
                    part: name)
            }
            if figure == .abandonment, types[index].isDeferred {
                throw Fault(
                    wrong: Wrong(
                        ProblemCode.conflict, "precision watches the abandonment of \(name), which lies in a list",
                        advice: "nobody hangs up there; watch its asa or service_level"),
                    part: name)
            }
            chosen.append(PrecisionGoal.Chosen(index, language: language))
        }
        return .some(chosen)
    }

    /// `billing.es` is a contact type and one of its languages.
    private static func parts(
        _ name: String, _ types: [Watchable]
    ) throws(Fault) -> (type: String, language: String?) {
        guard let dot = name.firstIndex(of: "."),
            let type = types.first(where: { $0.id == name[..<dot] })
        else { return (name, nil) }
        let language = String(name[name.index(after: dot)...])
        if type.languages.contains(language) { return (type.id, language) }
        let clause = "precision is about \"\(name)\", and \(type.id) has no language \(language)"
        guard !type.languages.isEmpty else {
            throw Fault(
                wrong: Wrong(
                    ProblemCode.reference, clause, advice: "give \(type.id) \"languages\", or watch \(type.id)"),
                part: name)
        }
        var wrong = Wrong.unknown(language, among: type.languages, ProblemCode.reference, clause)
        wrong.suggestion = wrong.suggestion.map { "\(type.id).\($0)" }
        throw Fault(wrong: wrong, part: name)
    }

    private func halfWidth(
        _ text: String, of figure: PrecisionGoal.Figure, after rest: String
    ) throws(Fault) -> PrecisionGoal.HalfWidth {
        let text = Units.trimmed(text)
        let ending = " of the value"
        let isOfValue = text.hasSuffix(ending)
        let number = isOfValue ? Units.trimmed(String(text.dropLast(ending.count))) : text
        // Of a small share a part is meant, as in "10% on abandonment"; of a large one it may be points, which is asked.
        let isPart = figure.unit != .percent || (figure == .abandonment && !rest.isEmpty)
        if isOfValue || (number.hasSuffix("%") && isPart) {
            let share = try value(Units.share(number), text, rest)
            guard share > 0, share < 1 else {
                throw Fault(
                    wrong: Wrong(ProblemCode.range, "\(number) is not between 0% and 100% of the value"), part: text)
            }
            return .relative(share)
        }
        switch figure.unit {
        case .percent: return .absolute(try value(Units.points(number), text, rest))
        case .seconds:
            let seconds = try value(Units.duration(number), text, rest)
            guard seconds > 0 else {
                throw Fault(
                    wrong: Wrong(
                        ProblemCode.range, "\(number) is not above 0", expected: "a duration such as 2s, or 5%"),
                    part: text)
            }
            return .absolute(seconds)
        case .contacts, .money:
            let bare = ["contacts", "contact"].first { number.hasSuffix($0) }.map {
                Units.trimmed(String(number.dropLast($0.count)))
            }
            guard let bare, let amount = DecimalText(bare), amount.value > 0 else {
                throw Fault(
                    wrong: Wrong(
                        ProblemCode.number, "\(number) is not a number of contacts",
                        expected: "such as 5 contacts, or 2% of the value"),
                    part: text)
            }
            return .absolute(amount.value)
        }
    }

    /// A value, or what is wrong with it, with the rest of the text in what it proposes to write.
    private func value(_ reading: Reading<Double>, _ text: String, _ rest: String) throws(Fault) -> Double {
        switch reading {
        case .value(let value): return value
        case .wrong(var wrong):
            wrong.suggestion = wrong.suggestion.map { $0 + rest }
            throw Fault(wrong: wrong, part: text)
        }
    }

    // MARK: Writing

    /// `1 point`, `2s`, `5% of the value`.
    static func written(_ goal: PrecisionGoal) -> String {
        switch goal.halfWidth {
        case .relative(let share): return Units.formatShare(share) + " of the value"
        case .absolute(let width):
            switch goal.figure.unit {
            case .percent: return Units.formatPoints(width)
            case .seconds: return Units.formatDuration(width)
            case .contacts, .money: return Units.formatNumber(width) + (width == 1 ? " contact" : " contacts")
            }
        }
    }

    /// The names that a goal is about; empty for each.
    private func names(_ goal: PrecisionGoal) -> [String] {
        switch goal.scope {
        case .each: []
        case .all: ["all"]
        case .some(let chosen):
            chosen.map { one in
                goal.figure == .occupancy
                    ? groups[one.index] : types[one.index].id + (one.language.map { "." + $0 } ?? "")
            }
        }
    }

    /// The text that reads back to the goal.
    public func text(_ goal: PrecisionGoal) -> String {
        let names = names(goal)
        if goal.figure == .serviceLevel, names.isEmpty, goal.window == nil { return Self.written(goal) }
        return Self.written(goal) + " on \(goal.figure.rawValue)"
            + (names.isEmpty ? "" : " of " + names.joined(separator: ", "))
            + (goal.window.map { " at " + $0.text } ?? "")
    }

    /// The entries of a map that read back to the goals.
    package func entries(_ goals: [PrecisionGoal]) -> [(name: String, value: String)] {
        goals.flatMap { goal -> [(name: String, value: String)] in
            let names = names(goal)
            let written = Self.written(goal) + (goal.window.map { " at " + $0.text } ?? "")
            return names.isEmpty
                ? [(goal.figure.rawValue, written)] : names.map { ("\($0).\(goal.figure.rawValue)", written) }
        }
    }
}
