import Tabular

/// A map of settings being read by its list: finds what is given, takes what is not from the list, complains about
/// the rest, and writes down what was taken.
package final class Block {
    package let list: SettingList
    /// `contact_types.scheduling`; empty for the file itself.
    package let path: String
    /// Where the block itself stands, for what is missing in it.
    package let owner: Node
    let log: ReadingLog
    package let expansion = Expansion()
    /// Settings that are there under a wrong name, which has been said: they are not missing too.
    package var misspelt: Set<String> = []
    /// What is given, own settings before defaults.
    private var layers: [[Node.Entry]]

    package init(_ list: SettingList, path: String, owner: Node, layers: [[Node.Entry]], log: ReadingLog) {
        self.list = list
        self.path = path
        self.owner = owner
        self.layers = layers
        self.log = log
    }

    /// A block written as a map; complains about unknown and repeated settings. Nil when `node` is no map.
    package convenience init?(
        _ list: SettingList, path: String, at node: Node, under: [[Node.Entry]] = [], log: ReadingLog
    ) {
        guard let written = node.entries else {
            Self.needsMap(node, path, list, log)
            return nil
        }
        let entries = Self.spelled(written, list, log)
        let meant = Self.checkNames(entries, list: list, path: path, log: log)
        self.init(list, path: path, owner: node, layers: [entries] + under, log: log)
        misspelt = meant
    }

    /// Names as others spell them become the list's; complains where both are there.
    package static func spelled(_ entries: [Node.Entry], _ list: SettingList, _ log: ReadingLog) -> [Node.Entry] {
        entries.map { entry in
            guard let setting = list.settings.first(where: { $0.spelling == entry.name }) else { return entry }
            if let other = entries.first(where: { $0.name == setting.name }) {
                log.error(
                    ProblemCode.repeatedSetting,
                    "\"\(setting.name)\" stands on line \(other.key.line), and as \"\(entry.name)\" on line \(entry.key.line)",
                    at: entry.key.place, hint: "keep one of them")
            }
            var renamed = entry
            renamed.long = setting.name
            return renamed
        }
    }

    package static func needsMap(_ node: Node, _ path: String, _ list: SettingList?, _ log: ReadingLog) {
        // A whole file has no path.
        let path = path.isEmpty ? "the file" : path
        let example = list.flatMap { list in list.settings.first.map { " such as {\($0.name): \($0.example)}" } } ?? ""
        if node.isEmpty {
            log.error(ProblemCode.noValue, "\(path) has no value", at: node.place, expected: "settings" + example)
        } else {
            log.error(
                ProblemCode.wrongForm, "\(path) needs settings, not a single value", at: node.place,
                expected: "settings" + example)
        }
    }

    /// Unknown names with their nearest neighbour; `also` are further names that may stand here, `synonyms` words that
    /// are understood. Gives the settings that were probably meant.
    @discardableResult
    package static func checkNames(
        _ entries: [Node.Entry], list: SettingList, path: String, log: ReadingLog, also: [String] = [],
        synonyms: Set<String> = []
    ) -> Set<String> {
        var meant: Set<String> = []
        let names = list.names + also
        for entry in entries where !names.contains(entry.name) && !synonyms.contains(entry.name) {
            guard entry.key.text != nil else { continue }
            let nearest = Spelling.nearest(to: entry.name, among: names)
            // A word of the trade is not a misspelt setting, unless all but one letter is.
            let pointer =
                nearest.map { Spelling.isClose(entry.name, to: $0) } == true ? nil : Pointers.hint(for: entry.name)
            if let nearest { meant.insert(nearest) }
            log.error(
                ProblemCode.unknownSetting, "unknown setting \"\(entry.name)\"" + (path.isEmpty ? "" : " in \(path)"),
                at: entry.key.place, expected: nearest == nil && pointer == nil ? Spelling.list(list.names) : nil,
                hint: pointer ?? Spelling.hint(nearest), suggestion: pointer == nil ? nearest : nil)
        }
        return meant
    }

    // MARK: Looking up

    /// The entry that counts, own settings before defaults.
    package func entry(_ name: String) -> Node.Entry? {
        for layer in layers {
            if let entry = layer.first(where: { $0.name == name }) { return entry }
        }
        return nil
    }

    package func has(_ name: String) -> Bool { entry(name) != nil }

    /// Whether the setting is given here rather than by the defaults, which are the last layer.
    package func isOwn(_ name: String) -> Bool {
        layers.dropLast().contains { layer in layer.contains { $0.name == name } }
    }

    package func fullName(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// Refuses what the format names but this version does not simulate, once its form has been read.
    package func refuseIfNotYet(_ name: String) {
        guard let entry = entry(name), let words = list[name]?.notYet, !entry.value.isNone else { return }
        Self.refuse(words, at: entry.key, log)
    }

    package static func refuse(_ words: String, at node: Node, _ log: ReadingLog, hint: String? = nil) {
        log.error(
            ProblemCode.notSimulated, "\(words) read but not simulated yet", at: node.place,
            hint: hint ?? "leave this out for now")
    }

    package func missing(_ name: String, at node: Node? = nil) {
        if misspelt.contains(name) { return }
        let setting = list[name]
        log.error(
            ProblemCode.missingSetting, "\(path.isEmpty ? "the file" : path) lacks \"\(name)\"",
            at: (node ?? owner).place, expected: setting.map { "\(name), such as \($0.example)" })
    }

    // MARK: Single values

    /// The value of a setting with one text, or its standard; nil when it is absent, `none`, or wrong (then said).
    package func value<Value>(
        _ name: String, _ parse: (String) -> Reading<Value>, _ format: (Value) -> String, quiet: Bool = false
    ) -> Value? {
        guard let setting = list[name] else { preconditionFailure("no setting \(name) in \(list.title)") }
        guard let entry = entry(name) else {
            guard let text = setting.standard else { return nil }
            if !quiet { expansion.set(name, text, remark: setting.remark) }
            return text == "none" ? nil : parse(text).value
        }
        if setting.allowsNone, isNone(name) { return nil }
        guard let text = text(entry) else { return nil }
        switch parse(text) {
        case .wrong(let wrong):
            log.add(wrong.problem(for: .setting(entry.key.text ?? name), at: entry.value.place))
            return nil
        case .value(let value):
            let number =
                (value as? Double) ?? (value as? Int).map(Double.init)
                ?? (value as? OpeningTime)?.seconds(ofDay: 86400)
            if let number, let range = setting.range, !range.contains(number) {
                outOfRange(setting, entry, text)
                return nil
            }
            expansion.set(name, format(value))
            return value
        }
    }

    private func outOfRange(_ setting: Setting, _ entry: Node.Entry, _ text: String) {
        guard let range = setting.range else { return }
        let show: (Double) -> String =
            switch setting.kind {
            case .duration: { Units.formatDuration($0) }
            case .share, .factor: { Units.formatShare($0) }
            default: { Units.formatNumber($0) }
            }
        log.error(
            ProblemCode.range, "\(entry.key.text ?? entry.name) cannot be \(text)", at: entry.value.place,
            expected: "from \(show(range.lowerBound)) to \(show(range.upperBound))", hint: setting.advice)
    }

    /// The text of a value that must be one text and not nothing; complains otherwise.
    package func text(_ entry: Node.Entry) -> String? {
        guard let text = entry.value.text else {
            log.error(
                ProblemCode.wrongForm, "\(entry.key.text ?? entry.name) needs one value", at: entry.value.place,
                expected: list[entry.name].map { "a value such as \($0.example)" })
            return nil
        }
        if entry.value.isEmpty {
            let place = entry.key.place
            log.error(
                ProblemCode.noValue, "\(entry.key.text ?? entry.name) has no value", at: place,
                expected: list[entry.name].map { "a value such as \($0.example)" })
            return nil
        }
        return text
    }

    package func duration(_ name: String, quiet: Bool = false) -> Double? {
        value(name, Units.duration, Units.formatDuration, quiet: quiet)
    }

    /// Opening time, in which a day is one open day.
    package func openingTime(_ name: String) -> OpeningTime? { value(name, Units.openingTime, \.text) }

    package func share(_ name: String, quiet: Bool = false) -> Double? {
        value(name, Units.share, Units.formatShare, quiet: quiet)
    }

    /// A list of shares; empty when absent or wrong, which is said.
    package func shares(_ name: String) -> [Double] {
        guard let items = items(name, "\(name) needs a list of shares") else { return [] }
        var shares: [Double] = []
        for item in items {
            switch item.text.map(Units.share) {
            case .value(let share): shares.append(share)
            case .wrong(let wrong): log.add(wrong.problem(for: .setting(name), at: item.place))
            case nil:
                log.error(
                    ProblemCode.wrongForm, "\(name) needs a list of shares", at: item.place,
                    expected: list[name].map { "such as \($0.example)" })
            }
        }
        if items.isEmpty {
            log.error(
                ProblemCode.wrongForm, "\(name) has no shares", at: entry(name)?.value.place,
                expected: list[name].map { "such as \($0.example)" })
        }
        guard shares.count == items.count, !shares.isEmpty else { return [] }
        expansion.set(name, "[\(shares.map(Units.formatShare).joined(separator: ", "))]")
        return shares
    }

    package func count(_ name: String, quiet: Bool = false) -> Int? {
        value(name, Units.count, { String($0) }, quiet: quiet)
    }

    package func number(_ name: String) -> Double? { value(name, Units.number, Units.formatNumber) }

    /// Free text.
    package func freeText(_ name: String, quiet: Bool = false) -> String? {
        value(name, { .value($0) }, Expansion.quoted, quiet: quiet)
    }

    /// One of the words that the setting allows.
    package func word(_ name: String, quiet: Bool = false) -> String? {
        let words: [String]
        switch list[name]?.kind {
        case .word(let listed): words = listed
        case .policy(let lists): words = lists.map(\.keyword)
        default: preconditionFailure("\(name) is not a word")
        }
        return value(
            name,
            { text in
                words.contains(text)
                    ? .value(text)
                    : .wrong(.unknown(text, among: words, ProblemCode.choice, "\"\(text)\" is not known here"))
            }, { $0 }, quiet: quiet)
    }

    /// The entries of a map whose names the user chooses; nil when absent, `none`, or no map.
    package func freeEntries(_ name: String) -> [Node.Entry]? {
        guard let entry = entry(name), !isNone(name) else { return nil }
        if entry.value.entries == nil { Self.needsMap(entry.value, fullName(name), nil, log) }
        return entry.value.entries
    }

    /// The items of a list; nil when absent, `none`, or no list, which is said in the words of `complaint`.
    package func items(_ name: String, _ complaint: String) -> [Node]? {
        guard let entry = entry(name), !isNone(name) else { return nil }
        if entry.value.items == nil {
            log.error(
                ProblemCode.wrongForm, complaint, at: entry.value.place,
                expected: list[name].map { "such as \($0.example)" })
        }
        return entry.value.items
    }

    /// Whether the setting says `none`, which is then written down.
    package func isNone(_ name: String) -> Bool {
        let isNone = entry(name)?.value.isNone == true
        if isNone { expansion.set(name, "none") }
        return isNone
    }

    /// Writes down what is taken for a setting that is not given.
    package func assume(_ name: String, _ text: String) { expansion.set(name, text, remark: "assumed") }

    /// A block within this one; nil when absent, `none`, or no map.
    package func block(_ name: String) -> Block? {
        guard let setting = list[name], case .block(let inner) = setting.kind, let entry = entry(name) else {
            return nil
        }
        if setting.allowsNone, isNone(name) { return nil }
        return Block(inner, path: fullName(entry.name), at: entry.value, log: log)
    }
}
