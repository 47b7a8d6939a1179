import Documents
import Experiments
import Simulator
import Tabular

/// Pages about columns of the tables that are written, from the tables themselves.
enum ColumnWords {
    /// Each name once.
    static let names: [String] = {
        var seen: Set<String> = []
        return EveryTable.headers.flatMap { $0.columns.map(\.name) }.filter { seen.insert($0).inserted }
    }()

    /// The page about a column, or about a metric of `summary.csv`.
    static func page(_ question: String) -> GlossaryPage? {
        let asked = question.lowercased().filter { !$0.isWhitespace }.replacing("-", with: "_")
        guard let name = names.first(where: { Glossary.folded($0) == Glossary.folded(asked) }) else {
            return metricPage(asked)
        }
        var stated: [(summary: String, tables: [String])] = []
        for table in EveryTable.headers {
            guard let column = table.columns.first(where: { $0.name == name }) else { continue }
            let summary = column.summary.isEmpty ? plain[name] ?? "" : column.summary
            if let index = stated.firstIndex(where: { $0.summary == summary || summary.isEmpty }) {
                stated[index].tables.append(table.name)
            } else {
                stated.append((summary, [table.name]))
            }
        }
        let unit = Table.Column(name).unit.map { [" (\(unitWords[$0] ?? $0))"] } ?? []
        let lines = stated.map { statement in
            "\(name)\(unit.first ?? ""), a column of \(Spelling.list(statement.tables.map(EveryTable.place), "and")): "
                + statement.summary + "."
        }
        let term = term(name)
        return GlossaryPage(
            kind: "column", name: name, paragraphs: lines, seeAlso: term.map { [$0] } ?? [],
            facts: [
                ("unit", .text(Table.Column(name).unit)),
                (
                    "tables",
                    .array(
                        stated.flatMap { s in
                            s.tables.map { .object([("table", .string($0)), ("summary", .string(s.summary))]) }
                        })
                ),
            ])
    }

    private static func metricPage(_ asked: String) -> GlossaryPage? {
        guard let metric = Metric.catalogue.first(where: { Glossary.folded($0.name) == Glossary.folded(asked) }) else {
            return nil
        }
        let term = metric.name.hasPrefix("service_level") ? "service level" : term(metric.name)
        return GlossaryPage(
            kind: "metric", name: metric.name,
            paragraphs: ["\(metric.name), a metric of summary.csv: \(metric.formula)."],
            seeAlso: term.map { [$0] } ?? [])
    }

    private static let unitWords = ["s": "seconds", "h": "hours", "%": "0 to 100"]

    /// The term that a column is about: by its words, or as listed.
    private static func term(_ name: String) -> String? {
        var base = name
        for suffix in ["_lo", "_hi", "_sd"] where base.hasSuffix(suffix) { base.removeLast(suffix.count) }
        for suffix in ["_s", "_h", "_pct"] where base.hasSuffix(suffix) { base.removeLast(suffix.count) }
        return terms[base] ?? Glossary.entry(base)?.name
    }

    /// Terms of columns that are not called after them.
    private static let terms = [
        "sl_of_all_offered": "service level", "sl_without_short_abandons": "service level",
        "sl_abandons_count_as_met": "service level", "sl_of_answered": "service level", "sl_rule": "service level",
        "answered_in_sl": "service level", "abandoned_in_sl": "service level", "answered": "offered",
        "wait_p50": "percentile", "wait_p80": "percentile", "wait_p95": "percentile", "mean_wait": "average wait",
        "abandon": "abandonment", "short_abandoned": "short abandon", "queue_max": "queue", "paid": "paid hours",
        "repeats": "repeat", "transfers_in": "transfer", "transfers_out": "transfer",
        "handed_back": "hand-back", "lost_after_answer": "hand-back",
        "callbacks_requested": "callback", "callbacks_kept": "promise kept", "overdue": "overdue", "oldest": "backlog",
        "cost_per_contact": "cost", "overtime": "paid hours",
        "scheduled": "paid hours", "busy": "occupancy", "value": "confidence interval", "backlog_end": "backlog",
        "per": "interval", "calls": "offered", "start": "interval", "end": "interval", "interval_start": "interval",
        "contact_id": "contact", "parent_id": "redial", "reason": "trace", "outcome": "trace", "queued": "queue",
        "agent_id": "agent group", "offered_at": "offered", "answered_at": "average wait", "wait": "average wait",
        "metric": "simulation", "max_abandonment": "hang-up promise", "chance_met": "chance met",
    ]

    /// What the tables leave to be understood.
    private static let plain = [
        "contact_type": "the contact type's name in the scenario", "channel": "the channel's name in the scenario",
        "answered": "contacts answered, a run", "abandoned": "contacts that hung up, a run",
        "short_abandoned": "contacts that hung up within the short-abandon limit",
        "answered_in_sl": "contacts answered within the target's time",
        "abandoned_in_sl": "contacts that hung up within the target's time", "target": "what was promised",
        "date": "the day, as 2026-03-02", "weekday": "Mon to Sun", "agent_group": "the group's name in the scenario",
        "people": "how many belong to the group", "id": "the contact type or agent group",
        "offered": "contacts that came, redials included", "asa_s": "mean wait of the answered",
        "abandon_pct": "abandoned / offered", "occupancy_pct": "handling / (handling + available)",
        "redial": "the share of those who hang up who call again",
        "spread": "how much handling times vary: standard deviation / mean",
        "day_to_day": "how far the volume strays from the plan: standard deviation / mean",
        "chance": "how often the target must be met", "absence": "the chance that a person does not come",
        "breaks": "breaks and lunch, on top of shrinkage",
        "calls": "how many contacts come in the time of per", "per": "in how much time they come, such as 30m",
        "aht": "talk, hold and after-contact work of one contact, such as 6m",
        "agents": "people on the phones, given or found",
        "patience": "how long callers are willing to wait on average",
        "lines": "contacts that fit in, waiting and served together", "model": "the formula that answers",
        "shrinkage": "the share of paid time in which people are away",
        "max_abandonment": "the largest share that may hang up",
        "max_occupancy": "the busiest that people may be",
    ]
}
