import Center
import Documents
import Experiments
import Probability
import Simulator
import Tabular

/// `contact_types.csv`: one row a contact type with a blank language, then one for each of its languages.
enum ContactTypesTable: TableForm {
    static let name = "contact_types"

    /// A type, or a type in one language.
    struct Row {
        let tables: SimulationTables
        let t: Int
        /// The class of a language; nil for all of them together.
        let c: Int?
        let language: String?
        let type: ContactType
        let figures: Results.Scope
        /// Over all replications.
        let sum: Counts
        /// What the callers are promised.
        let target: ServiceTarget?
        let promises: [Promise]

        init(_ tables: SimulationTables, type t: Int, class c: Int? = nil) {
            let results = tables.results
            self.tables = tables
            self.t = t
            self.c = c
            language = c.flatMap { results.classes[$0].language }
            type = tables.scenario.contactTypes[t]
            figures = c.map { results.byClass[$0] } ?? results.types[t]
            sum = figures.sum
            target = type.target(in: language)
            promises = c.map { results.promises(class: $0) } ?? results.promises(type: t)
        }

        /// A sum over the replications as the mean of one.
        func aRun(_ sum: Double) -> Double { sum / tables.replications }

        /// The same of a type that has such contacts, else nothing.
        func aRun(_ sum: Double, where metric: Metric) -> Double? { reports(metric) ? aRun(sum) : nil }

        func reports(_ metric: Metric) -> Bool { tables.reported.holds(metric.subject, t) }

        func level(_ rule: ServiceLevelRule) -> Double? {
            target == nil ? nil : figures.tally(.init(serviceLevel: rule)).value
        }

        func each(_ sum: Double) -> Double? { self.sum.answered == 0 ? nil : sum / self.sum.answered }

        /// A figure of the catalogue, where it is told of the type.
        func figure(_ metric: Metric) -> Double? {
            guard reports(metric), !metric.needsTarget || type.target != nil else { return nil }
            return figures.tally(metric).value
        }

        func estimate(_ sample: RatioSample) -> Estimate? {
            sample.estimate(confidence: tables.results.confidence)
        }

        func percentile(_ share: Double) -> Double? {
            tables.results.waitPercentile(share, type: c == nil ? t : nil, class: c)?.value
        }

        /// `en 80% in 30s, es 70% in 1m` where each language has its own and all are together.
        var targetText: String? {
            let own = type.languages.compactMap { language in
                type.languageTargets[language.code].map { "\(language.code) \(PlainNumbers.target($0))" }
            }
            return language == nil && !own.isEmpty ? own.joined(separator: ", ") : target.map(PlainNumbers.target)
        }
    }

    static func eachRow(of tables: SimulationTables, _ add: (Row) -> Void) {
        let results = tables.results
        for t in tables.scenario.contactTypes.indices {
            add(Row(tables, type: t))
            for c in results.classesOfType[t] where results.classes[c].language != nil {
                add(Row(tables, type: t, class: c))
            }
        }
    }

    static let columns: Columns<Row> = [
        .text("contact_type") { $0.type.id },
        .text("language", "blank: all languages", kind: .text) { $0.language },
        .text("channel") { $0.type.channel.id },
        .number("offered", "contacts a run, redials included") { $0.aRun($0.sum.offered) },
        .number("fresh", "neither redial nor repeat nor transfer") { $0.aRun($0.sum.fresh) },
        .number("redials", "calls again after hanging up") { $0.aRun($0.sum.redials) },
        .number("repeats", "come again because the matter was not resolved") { $0.aRun($0.sum.repeats) },
        .number("transfers_in", "handed on from another contact type") { $0.aRun($0.sum.transfersIn) },
        .number("answered") { $0.aRun($0.sum.answered) },
        .number("abandoned") { $0.aRun($0.sum.abandoned, where: .abandonment) },
        .number("short_abandoned", "abandoned within the short-abandon limit") {
            $0.aRun($0.sum.shortAbandoned, where: .abandonment)
        },
        .number("turned_away", "arrived when closed, or sent away") { $0.aRun($0.sum.turnedAway) },
        .number("callbacks_requested", "callers who were promised a call; blank where nobody is") {
            $0.aRun($0.sum.callbacksRequested, where: .promiseKept)
        },
        .number("callbacks_kept", "of these, called back and reached in time") {
            $0.aRun($0.sum.callbacksKept, where: .promiseKept)
        },
        .number("transfers_out", "handed on to another contact type when talk and hold were over") {
            $0.aRun($0.sum.transfersOut)
        },
        .number("handed_back", "taken from agents who went home, each time; blank unless end_of_shift is hand_back") {
            $0.tables.scenario.rules.endOfShift == .handBack ? $0.aRun($0.sum.handedBack) : nil
        },
        .number("lost_after_answer", "of these, gone before anybody went on with them") {
            $0.aRun($0.sum.lost, where: .lostAfterAnswer)
        },
        ofTarget.of { $0.target == nil ? nil : $0 },
        .text("target", kind: .text) { $0.targetText },
        .text("sl_rule", "how the target's service level is counted", kind: .text) { $0.target?.rule.rawValue },
        .percentEstimate("service_level_pct", "by sl_rule") {
            $0.target == nil ? nil : $0.estimate($0.figures.serviceLevel)
        },
        .percent("sl_of_all_offered_pct", "answered in time / offered") { $0.level(.ofAllOffered) },
        .percent("sl_without_short_abandons_pct", "answered in time / (offered - abandoned in time)") {
            $0.level(.withoutShortAbandons)
        },
        .percent("sl_abandons_count_as_met_pct", "(answered in time + abandoned in time) / offered") {
            $0.level(.abandonsCountAsMet)
        },
        .percent("sl_of_answered_pct", "answered in time / answered") { $0.level(.ofAnswered) },
        .percent("chance_met_pct", "share of runs that met the target, and the limit on hang-ups where there is one") {
            $0.target == nil ? nil : $0.figures.chanceMet
        },
        .estimate("asa_s", "mean wait of the answered") { $0.estimate($0.figures.tally(.asa)) },
        .number("wait_p50_s", "half of the answered waited at most this") { $0.percentile(0.5) },
        .number("wait_p80_s", "80 % of the answered waited at most this") { $0.percentile(0.8) },
        .number("wait_p95_s", "95 % of the answered waited at most this") { $0.percentile(0.95) },
        .percentEstimate("abandon_pct", "abandoned / offered") {
            $0.reports(.abandonment) ? $0.estimate($0.figures.tally(.abandonment)) : nil
        },
        .number("talk_s", "per answered contact") { $0.each($0.sum.talk) },
        .number("hold_s", "per answered contact") { $0.each($0.sum.hold) },
        .number("acw_s", "after-contact work per answered contact") { $0.each($0.sum.wrapUp) },
        .number("aht_s", "talk + hold + after-contact work") { $0.each($0.sum.handling) },
        whenItEnds,
        .number(
            "cost_per_contact",
            "wages of paid time, shared out by handling seconds among the types that share people / answered"
        ) { $0.figure(.costPerContact) },
        .percent("max_abandon_pct", "the largest share that may hang up", kind: .number) {
            $0.type.maxAbandonment(in: $0.language)
        },
        .yesOrNo("met", "yes or no: whether the values keep target and max_abandon_pct") {
            $0.promises.isEmpty ? nil : $0.promises.allSatisfy(\.isMet)
        },
        .text("verdict", "met, missed, or too close to call where an interval holds what was promised", kind: .text) {
            Promise.Verdict.all($0.promises)?.rawValue
        },
    ]

    /// What counts for a target.
    private static let ofTarget: Columns<Row> = [
        .number(
            "left_out",
            "of the offered: promised a call, or found it closed; not part of the service level unless the rules say so"
        ) { $0.aRun($0.sum.leftOut) },
        .number(
            "not_yet_due",
            "of the offered: still waiting within the target's time when the run ended; not part of the service level"
        ) { $0.aRun($0.sum.undecided) },
        .number(
            "kept_in_sl",
            "of those promised a call: called back as promised, where the rules count that as answered in time"
        ) { $0.aRun($0.sum.keptInstead) },
        .number("answered_in_sl", "answered within the target's time") { $0.aRun($0.sum.answeredInTime) },
        .number("abandoned_in_sl", "abandoned within the target's time") {
            $0.aRun($0.sum.abandonedInTime, where: .abandonment)
        },
    ]

    /// What is left when a run ends.
    private static let whenItEnds: Columns<Row> = [
        .number("backlog_end", "still waiting when the run ended") { $0.aRun($0.sum.backlog) },
        .percent(
            "overdue_pct",
            "of work in lists: begun too late, or waiting too long when the run ended / (offered - not yet due)"
        ) { $0.figure(.overdueShare).map { Estimate.clipped($0, isShare: true) } },
        .number(
            "oldest_s",
            "of work in lists: how long the oldest had waited when the run ended, mean over runs; 0 in those that left nothing"
        ) {
            // The oldest is known of the type, not of its languages.
            $0.language == nil ? $0.figure(.oldest) : nil
        },
    ]
}

extension SimulationTables {
    /// `contact_types.csv`.
    public var contactTypes: Table { ContactTypesTable.table(of: self) }
}
