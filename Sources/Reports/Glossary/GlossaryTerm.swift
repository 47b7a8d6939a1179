import Documents

/// A word of the trade as this program uses it: what it means, how it is worked out, where it is set.
public struct GlossaryTerm: Sendable {
    /// What the word is about; the list of all words goes by it.
    public enum Theme: String, Sendable, CaseIterable {
        /// Volumes, handling times and load.
        case work = "What comes in"
        /// Waits, service levels, hang-ups.
        case service = "What callers feel"
        /// Patience, redials and what else callers do of themselves.
        case callers = "What callers do"
        /// Groups, shifts, shrinkage, occupancy.
        case people = "People and their time"
        /// Requirements, and the models that work them out.
        case need = "How many people"
        /// The effects that a requirement is made of.
        case parts = "Parts of a requirement (--why)"
        /// Intervals, runs, chances.
        case certainty = "How sure"
        /// What is read and written.
        case files = "Files"
    }

    /// `service level`.
    public let name: String
    /// What the word is about.
    public let theme: Theme
    /// Other words for it, those of other programs among them.
    public let aliases: [String]
    /// Words that lead here and need not be shown, such as `F3`.
    public let keywords: [String]
    /// What it is, in one plain sentence that goes on after its name: `the share of …`.
    public let sentence: String
    /// Paths of the settings that speak of it, `contact_types.<name>.patience`.
    public let settings: [String]
    /// Names of other terms.
    public let seeAlso: [String]
    private let makeBody: @Sendable () -> String

    /// - Parameter body: formula, a worked number and what to beware of; worked out when it is asked for, so that no
    ///   number can differ from what the program says elsewhere. A line end in it stays one.
    init(
        _ name: String, _ theme: Theme, also aliases: [String] = [], keywords: [String] = [], _ sentence: String,
        settings: [String] = [], see seeAlso: [String] = [], body: @escaping @Sendable () -> String = { "" }
    ) {
        self.name = name
        self.theme = theme
        self.aliases = aliases
        self.keywords = keywords
        self.sentence = sentence
        self.settings = settings
        self.seeAlso = seeAlso
        makeBody = body
    }

    /// Formula, worked number, what to beware of; empty where the sentence says it all.
    public var body: String { makeBody() }

    /// `Service level`; the name of a column stays as it is.
    public var title: String { name.contains("_") ? name : name.prefix(1).uppercased() + name.dropFirst() }

    /// What `explain` prints of it.
    public var page: GlossaryPage {
        var lines = [title + ": " + sentence] + (body.isEmpty ? [] : [body])
        if !aliases.isEmpty, !hidesAliases { lines.append("Also called: " + aliases.joined(separator: ", ")) }
        return GlossaryPage(
            kind: "term", name: name, paragraphs: lines, settings: settings, seeAlso: seeAlso,
            facts: [
                ("theme", .string(theme.rawValue)), ("sentence", .string(sentence)), ("body", .string(body)),
                ("also_called", .array(aliases.map { .string($0) })),
            ])
    }

    /// Mere spellings of the same word say nothing to a reader.
    private var hidesAliases: Bool {
        aliases.allSatisfy { Glossary.folded($0).contains(Glossary.folded(name)) }
    }
}

/// One answer of `explain`: text for people, the same facts for programs.
public struct GlossaryPage: Sendable {
    /// `term`, `setting`, `code`, `column`, `option` or `command`.
    public let kind: String
    /// What the page is about: the term, setting, code, column, option or command.
    public let name: String
    /// Wrapped when printed; a line end inside one stays.
    public let paragraphs: [String]
    /// Paths of the settings that speak of it.
    public let settings: [String]
    /// Names of related terms.
    public let seeAlso: [String]
    private let facts: [(String, JSON)]

    package init(
        kind: String, name: String, paragraphs: [String], settings: [String] = [], seeAlso: [String] = [],
        facts: [(String, JSON)] = []
    ) {
        self.kind = kind
        self.name = name
        self.paragraphs = paragraphs
        self.settings = settings
        self.seeAlso = seeAlso
        self.facts = facts
    }

    /// Characters a line.
    public static let width = WrappedText.pageWidth

    /// The text without a line end at its end.
    public var text: String {
        var lines = paragraphs.flatMap { paragraph in
            let parts = paragraph.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            // Lines that were set by hand may be as long as the design sets one of them.
            return parts.flatMap { parts.count > 1 && $0.count <= Self.longest ? [$0] : WrappedText.indented($0) }
        }
        let links = [
            settings.isEmpty ? nil : "Settings: " + settings.joined(separator: ", "),
            seeAlso.isEmpty ? nil : "See also: " + seeAlso.joined(separator: ", "),
        ].compactMap { $0 }
        let joined = links.joined(separator: "     ")
        lines +=
            joined.count <= Self.width ? (joined.isEmpty ? [] : [joined]) : links.flatMap { WrappedText.indented($0) }
        return lines.joined(separator: "\n")
    }

    /// The document for programs.
    public var json: JSON {
        .object(
            [("schema", .string("switchboard/explain/1")), ("kind", .string(kind)), ("name", .string(name))] + facts
                + [
                    ("settings", .array(settings.map { .string($0) })),
                    ("see_also", .array(seeAlso.map { .string($0) })),
                    ("text", .string(text)),
                ])
    }

    /// Characters of the longest line that is set by hand.
    static let longest = 122
}
