import Center
import Queueing
import ScenarioText
import Tabular

/// What callers are promised: so many answered in time, so few who hang up; to all alike, or to each language its own.
///
///     target: 80% in 30s
///     target: {share: 80%, in: 30s, rule: F3}
///     target: {en: 80% in 30s, es: 70% in 60s, rule: F3}
///     max_abandonment: {en: 5%, es: 8%}
extension ScenarioReader {
    func readTarget(of block: Block, into draft: inout ContactTypeDraft) {
        guard let entry = block.entry("target"), !block.isNone("target") else { return }
        guard let entries = entry.value.entries else {
            guard let text = block.text(entry) else { return }
            switch Units.target(text) {
            case .wrong(let wrong):
                log.add(wrong.problem(for: .setting(entry.key.text ?? "target"), at: entry.value.place))
            case .value(let (share, within)):
                block.expansion.set("target", "\(Units.formatShare(share)) in \(Units.formatDuration(within))")
                draft.target = ContactTypeDraft.TargetDraft(share: share, within: within)
            }
            return
        }
        if isByLanguage(entries, draft, beside: Settings.target.names) {
            return readTargets(byLanguage: entry, entries, of: block, into: &draft)
        }
        guard let inner = Block(Settings.target, path: block.fullName("target"), at: entry.value, log: log) else {
            return
        }
        for name in ["share", "in"] where !inner.has(name) { inner.missing(name) }
        let share = inner.share("share")
        let (rule, clock) = readCounting(inner, draft)
        let within =
            clock == .openHours ? inner.openingTime("in")?.seconds(ofDay: draft.hours.openDay) : inner.duration("in")
        inner.expansion.order(by: Settings.target)
        block.expansion.set("target", inner.expansion.flow, remark: inner.expansion.flowRemark)
        guard let share, let within else { return }
        draft.target = ContactTypeDraft.TargetDraft(share: share, within: within, rule: rule, clock: clock)
    }

    /// How a target counts and by which clock, the same for all languages of a type.
    private func readCounting(
        _ inner: Block, _ draft: ContactTypeDraft
    ) -> (ServiceLevelRule?, ServiceTarget.Clock) {
        let clock = inner.word("clock").flatMap { ServiceTarget.Clock(rawValue: $0) } ?? .allHours
        let rule = inner.word("rule")
        if clock == .openHours, draft.channel.kind == .live {
            log.error(
                ProblemCode.conflict, "\(draft.id) is live, and nobody on the line waits through the night",
                at: inner.entry("clock")?.key.place, expected: "clock: all_hours",
                hint: "leave \"clock\" out; open_hours is for channels of kind later")
        }
        let found = serviceLevelRule(rule, at: inner.entry("rule")?.value)
        if let found { inner.expansion.set("rule", found.rawValue) }
        return (found, clock)
    }

    func readHangUpLimit(of block: Block, into draft: inout ContactTypeDraft) {
        let name = "max_abandonment"
        guard let entry = block.entry(name), let entries = entry.value.entries, !entries.isEmpty else {
            draft.maxAbandonment = block.share(name)
            return
        }
        checkLanguages(entries, entry, draft, path: block.fullName(name), beside: [], example: "5%")
        let out = Expansion()
        for language in entries where draft.languages.contains(where: { $0.code == language.name }) {
            guard let text = singleText(language, example: "5%") else { continue }
            switch Units.share(text) {
            case .wrong(let wrong):
                log.add(wrong.problem(for: .setting(language.name), at: language.value.place))
            case .value(let share):
                draft.languageLimits[language.name] = share
                out.set(language.name, Units.formatShare(share))
            }
        }
        block.expansion.set(name, out.flow)
        draft.maxAbandonment = Self.mean(draft.languages) { draft.languageLimits[$0] }
    }

    // MARK: By language

    /// Whether a map of promises goes by language: a name in it is one, or a promise stands under what is no setting.
    private func isByLanguage(_ entries: [Node.Entry], _ draft: ContactTypeDraft, beside names: [String]) -> Bool {
        entries.contains { entry in
            guard !names.contains(entry.name) else { return false }
            return draft.languages.contains { $0.code == entry.name }
                || entry.value.text.map { Units.target($0).value != nil } == true
        }
    }

    private func readTargets(
        byLanguage entry: Node.Entry, _ entries: [Node.Entry], of block: Block, into draft: inout ContactTypeDraft
    ) {
        let beside = ["rule", "clock"]
        let path = block.fullName("target")
        checkLanguages(entries, entry, draft, path: path, beside: beside, example: "80% in 30s")
        let inner = Block(
            Settings.target, path: path, owner: entry.value, layers: [entries.filter { beside.contains($0.name) }],
            log: log)
        let (rule, clock) = readCounting(inner, draft)
        let out = Expansion()
        for language in entries where draft.languages.contains(where: { $0.code == language.name }) {
            guard let text = singleText(language, example: "80% in 30s") else { continue }
            switch Units.target(text) {
            case .wrong(let wrong):
                log.add(wrong.problem(for: .setting(language.name), at: language.value.place))
            case .value((let share, var within)):
                var words = Units.formatDuration(within)
                if clock == .openHours, let time = Self.openingTime(ofTarget: text) {
                    within = time.seconds(ofDay: draft.hours.openDay)
                    words = time.text
                }
                draft.languageTargets[language.name] = (share, within)
                out.set(language.name, "\(Units.formatShare(share)) in \(words)")
            }
        }
        for line in inner.expansion.lines where inner.has(line.name) {
            if case .text(let text) = line.value { out.set(line.name, text) }
        }
        block.expansion.set("target", out.flow)
        let most = draft.languages.max { $0.share < $1.share }.flatMap { draft.languageTargets[$0.code] }
        guard let most, let share = Self.mean(draft.languages, { draft.languageTargets[$0]?.share }) else { return }
        draft.target = ContactTypeDraft.TargetDraft(share: share, within: most.within, rule: rule, clock: clock)
    }

    /// The wait of a target by the clock of opening hours, on which a day is an open day.
    private static func openingTime(ofTarget text: String) -> OpeningTime? {
        let text = Units.trimmed(text)
        let end = text.firstRange(of: " in ")?.upperBound ?? text.firstIndex(of: "/").map { text.index(after: $0) }
        return end.flatMap { Units.openingTime(String(text[$0...])).value }
    }

    /// Complains of languages that the type does not have, and of those of its own that are left out.
    private func checkLanguages(
        _ entries: [Node.Entry], _ owner: Node.Entry, _ draft: ContactTypeDraft, path: String, beside names: [String],
        example: String
    ) {
        let codes = draft.languages.map(\.code)
        for entry in entries where !codes.contains(entry.name) && !names.contains(entry.name) {
            guard !codes.isEmpty else {
                log.error(
                    ProblemCode.reference, "\(draft.id) has no languages, and \(path) names \(entry.name)",
                    at: entry.key.place, expected: "one promise to all, such as \(example)",
                    hint: "give \(draft.id) \"languages\", or promise all callers the same")
                return
            }
            log.unknown(
                entry.name, among: codes + names, ProblemCode.reference,
                "\"\(entry.name)\" is not a language of \(draft.id)", at: entry.key.place)
        }
        for code in codes where !entries.contains(where: { $0.name == code }) {
            log.error(
                ProblemCode.missingSetting, "\(path) lacks \"\(code)\"", at: owner.key.place,
                expected: "\(code), such as \(example)", hint: "a promise by language is given to each of them")
        }
    }

    private func singleText(_ entry: Node.Entry, example: String) -> String? {
        if let text = entry.value.text, !entry.value.isEmpty { return text }
        log.error(
            entry.value.isEmpty ? ProblemCode.noValue : ProblemCode.wrongForm, "\(entry.name) needs one value",
            at: entry.value.isEmpty ? entry.key.place : entry.value.place, expected: "a value such as \(example)")
        return nil
    }

    /// The mean over callers; nil where a language is missing.
    private static func mean(_ languages: [LanguageShare], _ value: (String) -> Double?) -> Double? {
        var sum = 0.0
        for language in languages {
            guard let one = value(language.code) else { return nil }
            sum += language.share * one
        }
        // Shares are decimals: their products' last bits are not meant.
        return languages.isEmpty ? nil : (sum * 1e9).rounded() / 1e9
    }
}
