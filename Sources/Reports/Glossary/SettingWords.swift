import Documents
import ScenarioReading
import ScenarioText
import Simulator
import Tabular

/// Pages about settings of the scenario file, from the one list by which files are read.
enum SettingWords {
    /// A setting and where it stands.
    struct Place {
        /// `contact_types.<name>.talk`.
        let path: String
        let setting: Setting
    }

    /// Every setting with its path from the file down, a block's own settings after it.
    ///
    /// Blocks that stand in many places (`a random duration`) are described once, by their titles.
    static let places: [Place] = {
        var found: [Place] = []
        for block in Settings.blocks {
            let prefix = prefix(of: block)
            for setting in block.settings { found.append(Place(path: prefix + setting.name, setting: setting)) }
        }
        return found
    }()

    /// `contact_types.<name>.`, empty for the file itself, `<duration>.` for what many settings share.
    private static func prefix(of block: SettingList) -> String {
        switch block.title {
        case "the file": ""
        case "a random duration": "<duration>."
        case "callback", "repeat", "follow_up", "target", "redial", "consult", "interpreter", "misrouted", "balk",
            "reach",
            "chase", "wrap_up_later", "handle_time_by":
            "contact_types.<name>.\(block.title)."
        case let title where title.hasPrefix("transfers.") || title.hasPrefix("replies."):
            "contact_types.<name>.\(title)."
        case "lunch": "shifts.<name>.lunch."
        case let title where title.hasPrefix("tiers."): "agent_groups.<name>.\(title)."
        case "late": "agent_groups.<name>.late."
        case let title where title.hasPrefix("skills."): "agent_groups.<name>.\(title)."
        case "estimate_from": "<duration>.estimate_from."
        default: block.title + "."
        }
    }

    /// Paths and bare names.
    static var names: [String] { places.flatMap { [$0.path, $0.setting.name] } }

    /// The page about a bare name (`talk`) or a dotted path, with names of the user's own in it or `<name>`.
    static func page(_ question: String) -> GlossaryPage? {
        let asked = question.lowercased().filter { !$0.isWhitespace }.replacing("-", with: "_")
        let found: [Place]
        if asked.contains(".") {
            found =
                place(at: asked.split(separator: ".").map(String.init)).map { [$0] }
                ?? places.filter { $0.path == asked || $0.path.hasSuffix("." + asked) }
        } else {
            let plain = Glossary.folded(asked)
            found = places.filter { Glossary.folded($0.setting.name) == plain }
        }
        guard let first = found.first else { return nil }
        return GlossaryPage(
            kind: "setting", name: found.count == 1 ? first.path : first.setting.name,
            paragraphs: found.count == 1 ? paragraphs(first) : found.flatMap(brief),
            seeAlso: Glossary.entry(first.setting.name).map { [$0.name] } ?? links(first.setting.name),
            facts: [("places", .array(found.map(json)))])
    }

    /// Follows the path through the blocks, as a file would be read.
    private static func place(at steps: [String]) -> Place? {
        guard var block = Settings.blocks.first else { return nil }
        var rest = steps[...]
        var path: [String] = []
        while let step = rest.popFirst() {
            guard let setting = block[step] else { return nil }
            path.append(step)
            if rest.isEmpty { return Place(path: path.joined(separator: "."), setting: setting) }
            if let named = Settings.blocks.first(where: { $0.title.hasPrefix(step + ".<") }) {
                // The next word is a name that the user chose, or a mark in its place.
                guard let name = rest.popFirst() else { return nil }
                path.append(name)
                if rest.isEmpty { return Place(path: path.joined(separator: "."), setting: setting) }
                block = named
                continue
            }
            switch setting.kind {
            case .block(let inner): block = inner
            case .randomDuration: block = titled("a random duration") ?? block
            case .target: block = titled("target") ?? block
            case .policy(let lists):
                // The next word is the policy.
                guard let word = rest.popFirst(), let inner = lists.first(where: { $0.keyword == word }) else {
                    return nil
                }
                path.append(word)
                block = inner
            default: return nil
            }
        }
        return nil
    }

    private static func titled(_ title: String) -> SettingList? { Settings.blocks.first { $0.title == title } }

    // MARK: Words

    private static func paragraphs(_ place: Place) -> [String] {
        let setting = place.setting
        var write = "Write: " + form(setting.kind)
        if setting.allowsNone { write += ", or none" }
        if let range = rangeWords(setting) { write += "; \(range)" }
        var lines = ["\(place.path): \(setting.summary)", write + "."]
        lines.append("Default: " + (setting.standard ?? "none") + "     Example: \(setting.name): \(setting.example)")
        if case .policy(let lists) = setting.kind { lines += lists.map { "\($0.keyword): \($0.summary)" } }
        if let words = setting.notYet { lines.append("In this version \(words) read but not simulated (E610).") }
        let also = places.filter { $0.setting.name == setting.name && $0.path != place.path }.map(\.path)
        if place.path.hasPrefix("contact_types."), steps(place.path) == 3 {
            lines.append("For all contact types at once: defaults.\(setting.name)")
        } else if !also.isEmpty, steps(place.path) <= 2 {
            lines.append("The same name stands in " + also.joined(separator: ", "))
        }
        return lines
    }

    private static func steps(_ path: String) -> Int { path.split(separator: ".").count }

    /// One of several settings of the same name.
    private static func brief(_ place: Place) -> [String] {
        let setting = place.setting
        let standard = setting.standard.map { "; default \($0)" } ?? ""
        return [
            "\(place.path): \(setting.summary)",
            "  \(form(setting.kind))\(standard); such as \(setting.name): \(setting.example)",
        ]
    }

    private static func json(_ place: Place) -> JSON {
        let setting = place.setting
        return .object([
            ("path", .string(place.path)), ("summary", .string(setting.summary)), ("form", .string(form(setting.kind))),
            ("default", .text(setting.standard)), ("example", .string(setting.example)),
            ("none_allowed", .bool(setting.allowsNone)), ("simulated", .bool(setting.notYet == nil)),
        ])
    }

    /// What a value of this kind looks like.
    static func form(_ kind: Setting.Kind) -> String {
        switch kind {
        case .text: "text"
        case .word(let words): words.count == 1 ? words[0] : "one of " + Spelling.list(words)
        case .policy(let lists): "one of " + Spelling.list(lists.map(\.keyword))
        case .duration: "a duration such as 20s, 4m40s or 1h30m"
        case .share: "a share such as 30% or 0.30"
        case .factor: "a factor such as 120% or 1.2"
        case .number: "a plain number"
        case .count: "a whole number"
        case .rate: "an amount for a stretch of time, such as 19.30 per hour"
        case .target: "a share and a time such as 80% in 30s, or {share, in, rule, clock}"
        case .points: "points such as 1 point or 0.5 points"
        case .randomDuration: "a mean such as 4m40s, or {mean, spread, shape}, {samples} or {estimate_from}"
        case .clock: "a clock time such as 07:30"
        case .clockRange: "two clock times such as 11:00-13:30"
        case .date: "a date such as 2026-03-02"
        case .days: "days such as Mon-Fri"
        case .zone: "a zone of the IANA list such as America/New_York"
        case .list: "a list"
        case .block(let block): "a block of " + Spelling.list(block.names, "and")
        case .map: "names with their values, or a short form"
        }
    }

    /// `from 5m to 1h`, in the units of the kind; nil where anything goes or the kind says it.
    private static func rangeWords(_ setting: Setting) -> String? {
        guard let range = setting.range else { return nil }
        func words(_ value: Double) -> String {
            switch setting.kind {
            case .duration: Units.formatDuration(value)
            case .share, .factor: Units.formatShare(value)
            default: StaffWords.number(value)
            }
        }
        return "from \(words(range.lowerBound)) to \(words(range.upperBound))"
    }

    /// Terms whose settings name this one.
    private static func links(_ name: String) -> [String] {
        Glossary.terms.filter { term in
            term.settings.contains { $0.split(separator: ".").last.map(String.init) == name }
        }
        .map(\.name)
    }
}
