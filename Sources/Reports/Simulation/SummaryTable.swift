import Center
import Documents
import Experiments
import Probability
import Simulator
import Tabular

/// `summary.csv`: one row for each figure of everything, of a contact type, a language or an agent group.
enum SummaryTable: TableForm {
    static let name = "summary"

    struct Row {
        var scope: String
        var id: String
        var metric: String
        var unit: String
        var isShare: Bool
        var estimate: Estimate?
        /// Replications, or those that could be judged.
        var runs: Int
        var target: Double?
        var promise: Promise?
        var chanceMet: Double?

        /// Of everything, a contact type or whatever `scope` names.
        init(
            _ tables: SimulationTables, _ scope: String, _ id: String, _ metric: String, _ unit: Metric.Unit,
            _ estimate: Estimate?
        ) {
            self.scope = scope
            self.id = id
            self.metric = metric
            self.unit =
                switch unit {
                case .percent: "pct"
                case .seconds: "s"
                case .contacts: "contacts"
                case .money: tables.scenario.currency
                }
            isShare = unit == .percent
            self.estimate = estimate
            runs = tables.results.replications
        }

        init(_ tables: SimulationTables, _ scope: String, _ id: String, _ metric: Metric, _ tally: RatioSample) {
            let estimate = tally.estimate(confidence: tables.results.confidence)
            self.init(tables, scope, id, metric.name, metric.unit, estimate)
        }

        /// Value and bounds as they are shown.
        private var shown: (value: Double, low: Double, high: Double)? {
            estimate.map { $0.clipped(isShare: isShare) }.map { ($0.value * scale, $0.low * scale, $0.high * scale) }
        }
        var value: Double? { shown?.value }
        var low: Double? { shown?.low }
        var high: Double? { shown?.high }
        var scale: Double { isShare ? 100 : 1 }
    }

    static let columns: Columns<Row> = [
        .text(
            "scope", "all, contact_type, contact_type_language, language, agent_group, or hours that precision watches"
        ) { $0.scope },
        .text(
            "id",
            "the contact type, the type and its language as billing.es, the language or agent group; calls 10:00-12:00"
        ) { $0.id },
        .text("metric", "the figure's name") { $0.metric },
        .text("unit", "pct is 0 to 100; s is seconds; else contacts or the currency") { $0.unit },
        .number("value", "mean over runs; for ratios the ratio of means") { $0.value },
        .number("lo", "lower bound of the interval") { $0.low },
        .number("hi", "upper bound of the interval") { $0.high },
        .number("sd", "standard deviation from run to run") { row in
            row.estimate.map { $0.standardDeviation * row.scale }
        },
        .count("runs", "replications") { $0.runs },
        .number("target", "what was asked for; of occupancy the most that it should be") { row in
            row.target.map { row.isShare ? Units.percent($0) : $0 }
        },
        .yesOrNo("met", "yes or no: whether the value keeps the target, whatever its interval") { $0.promise?.isMet },
        .percent("chance_met_pct", "share of runs that met the target, and the limit on hang-ups where there is one") {
            $0.chanceMet
        },
        .text("verdict", "met, missed, or too close to call where the interval holds the target", kind: .text) {
            $0.promise?.verdict.rawValue
        },
        .yesOrNo(
            "rests_on_one",
            "yes where a single run carries most of the spread: the interval may well be too narrow"
        ) { $0.estimate?.restsOnOne },
    ]

    // MARK: Rows

    static func eachRow(of tables: SimulationTables, _ add: (Row) -> Void) {
        let results = tables.results
        let scenario = tables.scenario
        Scope(tables, "all", id: "all", results.all).eachRow(add)
        for (t, type) in scenario.contactTypes.enumerated() {
            Scope(tables, "contact_type", id: type.id, results.types[t], type: t).eachRow(add)
            for c in results.languageClasses(type: t) {
                let id = "\(type.id).\(results.classes[c].language ?? "")"
                Scope(tables, "contact_type_language", id: id, results.byClass[c], type: t, class: c).eachRow(add)
            }
        }
        for language in results.languages {
            add(Row(tables, "language", language.code, .answeredShare, language.answered))
        }
        for (name, figure, estimate) in results.watchedHours {
            add(Row(tables, "hours", name, figure.rawValue, figure.unit, estimate))
        }
        for (g, group) in scenario.agentGroups.enumerated() {
            var occupancy = Row(tables, "agent_group", group.id, .occupancy, results.groups[g].occupancy)
            occupancy.target = group.maxOccupancy ?? scenario.rules.maxOccupancy
            add(occupancy)
        }
    }

    /// Contacts of which there are many figures: all of them, those of a type, or of a type in one language.
    private struct Scope {
        let tables: SimulationTables
        let name: String
        let id: String
        let figures: Results.Scope
        let type: Int?
        /// The class of a language.
        let language: Int?

        init(
            _ tables: SimulationTables, _ name: String, id: String, _ figures: Results.Scope, type: Int? = nil,
            class c: Int? = nil
        ) {
            self.tables = tables
            self.name = name
            self.id = id
            self.figures = figures
            self.type = type
            language = c
        }

        private var results: Results { tables.results }
        private var contactType: ContactType? { type.map { tables.scenario.contactTypes[$0] } }
        private var code: String? { language.flatMap { results.classes[$0].language } }

        func eachRow(_ add: (Row) -> Void) {
            let promises = language.map { results.promises(class: $0) } ?? type.map { results.promises(type: $0) } ?? []
            let isPromised = contactType?.target != nil
            if type == nil || isPromised {
                let target = contactType?.target(in: code)
                var level = row(.init(serviceLevelOf: target?.rule), figures.serviceLevel)
                level.target = target?.share
                level.promise = promises.first { $0.kind == .serviceLevel }
                level.chanceMet = target == nil ? nil : figures.chanceMet
                add(level)
            }
            if isPromised || (type == nil && figures.judged > 0) {
                var chance = row(.chanceMet, figures.chance(confidence: results.confidence))
                chance.runs = figures.judged
                add(chance)
            }
            for metric in Metric.catalogue where reports(metric) {
                var figure = row(metric, figures.tally(metric))
                if metric.name == Metric.abandonment.name {
                    figure.target = contactType?.maxAbandonment(in: code)
                    figure.promise = promises.first { $0.kind == .hangUps }
                }
                add(figure)
            }
            for figure in [PrecisionGoal.Figure.wait50, .wait80, .wait95] {
                guard let share = figure.share else { continue }
                let whole = language == nil ? type : nil
                add(row(figure, results.waitPercentile(share, type: whole, class: language)))
            }
        }

        /// Whether a metric says something here.
        private func reports(_ metric: Metric) -> Bool {
            if metric.needsTarget, contactType?.target == nil { return false }
            guard let type else { return !tables.reported.together(metric.subject).isEmpty }
            // The oldest is known of the type, not of its languages.
            return tables.reported.holds(metric.subject, type) && (language == nil || metric.name != Metric.oldest.name)
        }

        private func row(_ metric: Metric, _ tally: RatioSample) -> Row { Row(tables, name, id, metric, tally) }

        private func row(_ figure: PrecisionGoal.Figure, _ estimate: Estimate?) -> Row {
            Row(tables, name, id, figure.rawValue, figure.unit, estimate)
        }
    }
}

extension SimulationTables {
    /// `summary.csv`.
    public var summary: Table { SummaryTable.table(of: self) }
}
