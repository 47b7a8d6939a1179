import Center
import Documents
import Experiments
import Probability
import Queueing
import Simulator
import Tabular

/// The table on the screen of `simulate`: what is promised to the callers of each contact type, and what they get.
///
/// A promise to callers is a promise to each language. Where one fails, the row of all callers says so, and the language
/// has a line of its own; it has one too where its promise is its own.
struct PromiseTable {
    private let results: Results
    private var scenario: Scenario { results.scenario }

    init(_ results: Results) { self.results = results }

    var table: TextTable { TextTable(Self.columns, of: rows) }

    /// A contact type, or its callers in one language.
    private struct Row {
        let name: String
        let type: ContactType
        let language: String?
        let figures: Results.Scope
        let results: Results
        let target: String?
        let verdict: (text: String, tone: TextTable.Tone)

        var isDeferred: Bool { type.channel.kind == .deferred }
        /// Of a type whose languages have promises of their own, there is none of all together.
        var chance: Double? {
            type.target != nil && (language != nil || type.languageTargets.isEmpty) ? figures.chanceMet : nil
        }

        func estimate(_ sample: RatioSample) -> Estimate? { sample.estimate(confidence: results.confidence) }
    }

    private static let columns: [TextColumn<Row>] = [
        .left("contact type") { $0.name }.onItsOwnLine,
        .left("target") { $0.target ?? "-" }.yielding(4),
        .left("result") { row in
            row.type.target == nil
                ? "-" : row.estimate(row.figures.serviceLevel).map { PlainNumbers.withReach($0) } ?? "-"
        },
        .right("chance*") { $0.chance.map { PlainNumbers.percent($0, digits: 0) } ?? "-" }.yielding(2),
        .right("average wait") { row in
            row.figures.tally(.asa).value.map {
                row.isDeferred ? deferredWait($0, of: row.type) : PlainNumbers.wait($0)
            } ?? "-"
        }.yielding(3),
        .right("hang-ups") { row in
            if row.isDeferred { return "" }
            return row.estimate(row.figures.tally(.abandonment)).map {
                PlainNumbers.percent($0.value, digits: PlainNumbers.digits($0))
            } ?? "-"
        }.yielding(5),
        .right("contacts") { row in
            let offered = row.figures.sum.offered / Double(max(row.results.replications, 1))
            return PlainNumbers.grouped(offered.rounded())
        }.yielding(1),
        .left("verdict", cell: { .init($0.verdict.text, $0.verdict.tone) }).onItsOwnLine,
    ]

    private var rows: [Row] {
        scenario.contactTypes.enumerated().flatMap { t, type -> [Row] in
            let all = Row(
                name: type.shownName, type: type, language: nil,
                figures: results.types[t], results: results,
                target: type.languageTargets.isEmpty ? type.target.map(PlainNumbers.target) : "by language",
                verdict: verdict(type: t))
            let languages = results.languageClasses(type: t).filter { hasLine($0, type) }.map { c in
                let language = results.classes[c].language
                return Row(
                    name: "  " + (language ?? ""), type: type, language: language, figures: results.byClass[c],
                    results: results, target: type.target(in: language).map(PlainNumbers.target),
                    verdict: Self.verdict(results.promises(class: c)) ?? ("no contacts", .plain))
            }
            return [all] + languages
        }
    }

    /// Whether a language is shown apart: it has promises of its own, or one of them is not kept.
    private func hasLine(_ c: Int, _ type: ContactType) -> Bool {
        guard results.byClass[c].sum.offered > 0 else { return false }
        return !type.languageTargets.isEmpty || !type.languageLimits.isEmpty
            || results.promises(class: c).contains { !$0.isMet }
    }

    /// `3.4h`, below an hour as other waits; `3.4h open` where the clock stands still while closed.
    private static func deferredWait(_ seconds: Double, of type: ContactType) -> String {
        PlainNumbers.longWait(seconds) + (type.target?.clock == .openHours ? " open" : "")
    }

    // MARK: Verdicts

    private func verdict(type t: Int) -> (String, TextTable.Tone) {
        let type = scenario.contactTypes[t]
        let figures = results.types[t]
        guard figures.sum.offered > 0 else { return ("no contacts", .plain) }
        if !type.languageTargets.isEmpty || !type.languageLimits.isEmpty { return ofEach(t) }
        guard let (text, tone) = Self.verdict(results.promises(type: t)) else {
            if type.target == nil, type.maxAbandonment == nil { return ("no target", .plain) }
            return (type.channel.kind == .deferred ? "not due yet" : "nothing counted", .plain)
        }
        if tone == .bad { return (text, tone) }
        let failed = results.languageClasses(type: t).filter {
            results.promises(class: $0).contains { $0.verdict == .missed }
        }
        guard !failed.isEmpty else { return (text, tone) }
        return ("\(text), but " + failed.map(failure).joined(separator: "; "), .warning)
    }

    /// Where languages have promises of their own: what becomes of the worst, and whose it is.
    private func ofEach(_ t: Int) -> (String, TextTable.Tone) {
        let each = results.languageClasses(type: t).map { (class: $0, promises: results.promises(class: $0)) }
        let all = results.promises(type: t) + each.flatMap(\.promises)
        guard let worst = Promise.Verdict.all(all) else { return ("nothing counted", .plain) }
        if worst == .met { return ("met", .good) }
        let whose = each.filter { Promise.Verdict.all($0.promises) == worst }
            .compactMap { results.classes[$0.class].language }
        let text = worst == .missed ? "MISSED" : worst.rawValue
        return (
            whose.isEmpty ? text : "\(text) in \(whose.joined(separator: ", "))", worst == .missed ? .bad : .warning
        )
    }

    /// What is missed by its value, which `--fail-if-missed` goes by: `scheduling: 8.4% hang up; billing es: 61.1% in
    /// time`; nil where nothing is.
    static func missed(_ results: Results) -> String? {
        var parts: [String] = []
        func add(_ name: String, _ promises: [Promise]) {
            for promise in promises where !promise.isMet {
                let share = PlainNumbers.percent(promise.found.value, digits: 1)
                parts.append("\(name): \(share) " + (promise.kind == .serviceLevel ? "in time" : "hang up"))
            }
        }
        for (t, type) in results.scenario.contactTypes.enumerated() {
            add(type.id, results.promises(type: t))
            for c in results.languageClasses(type: t) {
                add("\(type.id) \(results.classes[c].language ?? "")", results.promises(class: c))
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// `es 60%, 24% hang up`.
    private func failure(_ c: Int) -> String {
        var parts: [String] = []
        let figures = results.byClass[c]
        if let level = figures.serviceLevel.value { parts.append(PlainNumbers.percent(level, digits: 0)) }
        if scenario.contactTypes[results.classes[c].type].channel.kind == .live,
            let hangUps = figures.tally(.abandonment).value
        {
            parts.append("\(PlainNumbers.percent(hangUps, digits: 0)) hang up")
        }
        return "\(results.classes[c].language ?? "") \(parts.joined(separator: ", "))"
    }

    /// Missed and by how much, too close to call, or met: service level first, then hang-ups; nil where nothing is
    /// promised.
    static func verdict(_ promises: [Promise]) -> (String, TextTable.Tone)? {
        guard let all = Promise.Verdict.all(promises) else { return nil }
        guard let worst = promises.first(where: { $0.verdict == all }) else { return nil }
        switch all {
        case .met: return ("met", .good)
        case .close: return (worst.kind == .hangUps ? "hang-ups too close to call" : all.rawValue, .warning)
        case .missed: break
        }
        let gap = PlainNumbers.gap(worst.gap)
        return worst.kind == .serviceLevel
            ? ("MISSED by \(gap) points", .bad)
            : ("MISSED: hang-ups \(gap) points over \(Units.formatShare(worst.promised))", .bad)
    }
}
