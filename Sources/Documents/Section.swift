/// A report is made once, by a pure function of results: a terminal, a file and a page print the same sections.
public typealias Report = [Section]

/// A part of a report. A chart is the next kind, when the first page draws one.
public enum Section: Sendable {
    /// Lines of text, each a sentence or a few.
    case words([String])
    /// A table, with what is said below it.
    case table(ShownTable)
    /// What was assumed and what the figures hide, a sentence each.
    case notes([String])
}

/// A table of a report, and what is said below it.
public struct ShownTable: Sendable {
    /// What is shown.
    public var table: TextTable
    /// What a sign in the table means.
    public var footnote: String?
    /// Where columns have no room, a line that names them takes the footnote's place.
    public var namesWhatIsHidden = false
    /// More rows than these are cut on a screen, whole blocks of them; nil shows all.
    public var mostOnScreen: Int?
    /// How many rows stay together, block after block; empty where each stands for itself.
    public var blocks: [Int] = []

    /// The whole table, without cuts or blocks.
    public init(_ table: TextTable, footnote: String? = nil) {
        self.table = table
        self.footnote = footnote
    }
}

extension Report {
    /// Each on a line, as `note: ...` has it.
    public var notes: [String] {
        flatMap { section -> [String] in if case .notes(let notes) = section { notes } else { [] } }
    }

    /// For where notes go another way than the result.
    public var withoutNotes: Report {
        filter { section -> Bool in if case .notes = section { false } else { true } }
    }
}
