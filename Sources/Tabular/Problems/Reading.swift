/// What a text said: its value, or what is wrong with it.
public enum Reading<Value> {
    /// The text says this.
    case value(Value)
    /// The text says nothing that fits.
    case wrong(Wrong)

    /// The value, or nil.
    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    func map<Other>(_ change: (Value) -> Other) -> Reading<Other> {
        switch self {
        case .value(let value): .value(change(value))
        case .wrong(let wrong): .wrong(wrong)
        }
    }

    package func flatMap<Other>(_ change: (Value) -> Reading<Other>) -> Reading<Other> {
        switch self {
        case .value(let value): change(value)
        case .wrong(let wrong): .wrong(wrong)
        }
    }
}

extension Reading: Sendable where Value: Sendable {}

/// Why a text is not the value it should be, in words that fit a setting, an option or a table's column.
public struct Wrong: Error, Sendable, Hashable {
    /// `E201`.
    public var code: String
    /// Plain words: "needs a unit", or "30 is not a share".
    public var clause: String
    /// Whether `clause` wants the setting's name before it ("talk needs a unit").
    public var followsName: Bool
    /// What would have been right, `a share such as 80%`; nil where the clause says it.
    public var expected: String?
    /// What to write instead, without the setting's name.
    public var suggestion: String?
    /// Ends the hint that offers the suggestion: "if you meant 280 seconds".
    public var meaning: String?
    /// The whole hint, where "write …" does not say it.
    public var advice: String?

    /// A word that is none of `names`.
    package static func unknown(_ word: String, among names: [String], _ code: String, _ clause: String) -> Wrong {
        let nearest = Spelling.nearest(to: word, among: names)
        return Wrong(
            code, clause, expected: Spelling.list(names), suggestion: nearest, advice: Spelling.hint(nearest))
    }

    /// `code` is the problem's; `clause` has no full stop.
    public init(
        _ code: String, _ clause: String, followsName: Bool = false, expected: String? = nil,
        suggestion: String? = nil, meaning: String? = nil, advice: String? = nil
    ) {
        self.code = code
        self.clause = clause
        self.followsName = followsName
        self.expected = expected
        self.suggestion = suggestion
        self.meaning = meaning
        self.advice = advice
    }

    /// Where a value was written, for the words of messages.
    public enum Spot: Sendable, Hashable {
        /// A setting in a scenario file, `talk`.
        case setting(String)
        /// An option on the command line, `--aht`.
        case option(String)
        /// A column of a table, `contacts`.
        case column(String)

        func written(_ value: String) -> String {
            switch self {
            case .setting(let name): "\(name): \(value)"
            case .option(let name): "\(name) \(value)"
            case .column: value
            }
        }

        var name: String {
            switch self {
            case .setting(let name), .option(let name), .column(let name): name
            }
        }
    }

    /// The whole clause, for where the text was written.
    public func message(for spot: Spot) -> String {
        switch spot {
        case .setting, .option: followsName ? "\(spot.name) \(clause)" : clause
        case .column(let name): followsName ? "\(name) \(clause)" : "\(clause) (column \"\(name)\")"
        }
    }

    /// What to do, in the spelling of where the text was written; nil where nothing short helps.
    public func hint(for spot: Spot) -> String? {
        if let advice { return advice }
        guard let suggestion else { return nil }
        return "write \"\(spot.written(suggestion))\"" + (meaning.map { " " + $0 } ?? "")
    }

    /// The problem as it is shown.
    public func problem(for spot: Spot, at place: Problem.Place? = nil) -> Problem {
        Problem(
            .error, code, message(for: spot), at: place, expected: expected, hint: hint(for: spot),
            suggestion: suggestion)
    }
}
