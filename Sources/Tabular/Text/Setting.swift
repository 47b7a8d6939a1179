/// One setting of the scenario file: reading, messages, `--expand` and help go by it.
public struct Setting: Sendable {
    /// How its text is read.
    public enum Kind: Sendable {
        /// Any text.
        case text
        /// One of these words.
        case word([String])
        /// A word, or `{word: …}` with what may be told of it: each list has the word as its title's last part.
        case policy([SettingList])
        /// A time with its unit, `4m30s`; seconds.
        case duration
        /// A percentage, `30%`; a fraction 0…1.
        case share
        /// A percentage or a number that something is multiplied by, `110%` or `1.1`.
        case factor
        /// A plain number.
        case number
        /// A whole number, ≥ 0.
        case count
        /// So many in a time, `320 per day`; per second.
        case rate
        /// A share within a time, `80% in 30s`.
        case target
        /// Percentage points, `1 point`; a fraction.
        case points
        /// A mean, or `{mean: …}` with shape and spread; a distribution in seconds.
        case randomDuration
        /// A time of day, `07:30`; seconds since midnight.
        case clock
        /// From one time of day to another, `08:00-17:00`.
        case clockRange
        /// A date, `2026-03-02`.
        case date
        /// Days of the week, `Mon-Fri`.
        case days
        /// A time zone, `America/Chicago`.
        case zone
        /// Several of one form: `[es, en]`.
        case list(Form)
        /// A map with settings of its own.
        case block(SettingList)
        /// A map whose names the user chooses, or one of several forms.
        case map(Form)
    }

    /// How a value is written that is more than one text: what a page offers boxes for.
    public indirect enum Form: Sendable {
        /// One text.
        case value(Kind)
        /// The name of a table beside the scenario.
        case file
        /// The name of something that the file defines.
        case name(Names)
        /// `{Mon: …, Tue-Fri: …}`.
        case byDays(Form)
        /// `{scheduling: …, billing: …}`.
        case byName(Names, Form)
        /// `{5m: …, 10m: …}`: each bound with what holds from there on.
        case steps(Kind, Form)
        /// Several of one form: `[es, en]`; one alone needs no brackets.
        case list(Form)
        /// A map with settings of its own.
        case block(SettingList)
        /// Any one of these.
        case oneOf([Form])
    }

    /// Whose names stand in a form.
    public enum Names: String, Sendable, CaseIterable {
        /// The user chooses them here.
        case own
        /// Of contact types.
        case contactTypes = "contact_types"
        /// Of agent groups.
        case agentGroups = "agent_groups"
        /// Of languages, as contact types and groups have them.
        case languages
        /// Of channels.
        case channels
        /// Of opening hours.
        case hours
        /// Of shifts.
        case shifts
        /// Settings of the scenario, dotted.
        case settings
    }

    /// As files have it.
    public let name: String
    /// How its text is read.
    public let kind: Kind
    /// The setting's name as others spell it; read without a word.
    public let spelling: String?
    /// How it may be written besides, such as by language.
    public let also: Form?
    /// The values that make sense, in the kind's base unit (seconds, fractions); nil means any.
    public let range: ClosedRange<Double>?
    /// What is taken when it is not given, as it would be written; nil when it is then simply absent.
    public let standard: String?
    /// Why that is taken, where it matters: a few words behind the value in the expanded file.
    public let why: String?
    /// One sentence.
    public let summary: String
    /// As it would be written in a file.
    public let example: String
    /// Whether `none` may stand for "leave it out".
    public let allowsNone: Bool
    /// What to do when the value is out of range, where the range does not say it.
    public let advice: String?
    /// The plain words for what is read but not simulated yet, with its verb (`transfers are`); nil when simulated.
    public let notYet: String?

    package init(
        _ name: String, _ kind: Kind, in range: ClosedRange<Double>? = nil, standard: String? = nil, _ summary: String,
        why: String? = nil, example: String, also: Form? = nil, spelling: String? = nil, allowsNone: Bool = false,
        advice: String? = nil,
        notYet: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.also = also
        self.spelling = spelling
        self.range = range
        self.standard = standard
        self.why = why
        self.summary = summary
        self.example = example
        self.allowsNone = allowsNone
        self.advice = advice
        self.notYet = notYet
    }

    /// What stands behind the value where it is not given.
    package var remark: String { why.map { "assumed: " + $0 } ?? "assumed" }
}

/// The settings of one block, in the order of the file.
public struct SettingList: Sendable {
    /// `contact_types.<name>`.
    public let title: String
    /// In the order in which files have them.
    public let settings: [Setting]
    /// What a policy does, one sentence; empty for other blocks.
    public let summary: String

    package init(_ title: String, _ settings: [Setting], summary: String = "") {
        self.summary = summary
        self.title = title
        self.settings = settings
    }

    /// The settings' names, in order.
    public var names: [String] { settings.map(\.name) }

    /// The last part of the title: what the block is called where several have the same place.
    public var keyword: String { title.split(separator: ".").last.map(String.init) ?? title }

    /// The setting of a name; nil where there is none.
    public subscript(name: String) -> Setting? { settings.first { $0.name == name } }
}
