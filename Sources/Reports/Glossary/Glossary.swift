import Documents
import Simulator
import Tabular

/// The one list of words that screens, tables, messages and help use: `explain`, `--why` and the tests go by it.
///
///     Glossary.entry("variability buffer")?.sentence
///     Glossary.page("contact_types.scheduling.talk")?.text
public enum Glossary {
    /// Every word, by theme and then in reading order.
    public static let terms: [GlossaryTerm] =
        workTerms + serviceTerms + callerTerms + peopleTerms + needTerms + partTerms + certaintyTerms + fileTerms

    /// The term of this name or alias, however it is spelled: `Service Level`, `service-level`, `service_level`.
    public static func entry(_ word: String) -> GlossaryTerm? { byWord[folded(word)] }

    private static let byWord: [String: GlossaryTerm] = {
        var found: [String: GlossaryTerm] = [:]
        // Names win over aliases, earlier terms over later ones.
        for term in terms { found[folded(term.name)] = found[folded(term.name)] ?? term }
        for term in terms {
            for alias in term.aliases + term.keywords { found[folded(alias)] = found[folded(alias)] ?? term }
        }
        return found
    }()

    /// Letters and digits in lower case: what is left when spelling does not matter.
    static func folded(_ word: String) -> String {
        String(word.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    /// The page about a term, a code, a setting or a column, looked for in this order; nil where there is none.
    ///
    /// A word before it (`setting shrinkage`, `column target`) looks there alone; a dotted path is a setting.
    public static func page(_ question: String) -> GlossaryPage? {
        let words = question.split(whereSeparator: \.isWhitespace).map(String.init)
        let rest = words.dropFirst().joined(separator: " ")
        if words.count > 1 {
            switch words[0].lowercased() {
            case "setting": return SettingWords.page(rest)
            case "code": return CodeWords.page(rest)
            case "column": return ColumnWords.page(rest)
            case "term", "word": return entry(rest)?.page
            default: break
            }
        }
        let asked = words.joined(separator: " ")
        if asked.contains("."), let page = SettingWords.page(asked) { return page }
        let term = entry(asked)
        if let term, folded(term.name) == folded(asked) { return term.page }
        // A setting's own name says more than a term that is also called so.
        return CodeWords.page(asked) ?? SettingWords.page(asked) ?? term?.page ?? ColumnWords.page(asked)
    }

    /// Everything that can be asked for, as it is written.
    public static var words: [String] {
        var seen: Set<String> = []
        return
            (terms.flatMap { [$0.name] + $0.aliases } + ColumnWords.names + SettingWords.names
            + ProblemCode.catalogue.map(\.code)).filter { seen.insert($0).inserted }
    }

    /// The list of all terms by theme.
    public static var overview: String {
        var lines: [String] = []
        for theme in GlossaryTerm.Theme.allCases {
            let names = terms.filter { $0.theme == theme }.map(\.name)
            lines += [theme.rawValue] + WrappedText.indented("  " + names.joined(separator: ", "))
        }
        lines += [
            "", "Also: a code (explain E201), a setting of scenario files (explain contact_types.scheduling.talk),",
            "a column of our tables (explain service_level_pct), an option (explain --patience).",
        ]
        return lines.joined(separator: "\n")
    }
}
