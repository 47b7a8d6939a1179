import Center
import Experiments
import Planning
import Probability
import Queueing
import Simulator
import Tabular

/// The tables of a simulated scenario: one function a file, listed once.
///
/// Values are means over replications; ratios are ratios of means. Counts belong to the period of arrival, times to
/// the period in which they pass. Blank is undefined.
public struct SimulationTables {
    private let results: Results
    private let requirements: Requirements?
    private let rails: GuardRails?
    private var scenario: Scenario { results.scenario }
    private let told: MetricTypes
    /// By group: paid and scheduled hours, and the seconds planned beyond contracts.
    private let paid: [Double]
    private let scheduled: [Double]
    private let plannedOvertime: [Double]

    /// `requirements` of the results' scenario and `rails` of the results, where they are known already; else they are
    /// worked out when asked for.
    public init(_ results: Results, requirements: Requirements? = nil, rails: GuardRails? = nil) {
        self.results = results
        self.requirements = requirements
        self.rails = rails
        told = MetricTypes(results.scenario)
        let groups = results.scenario.agentGroups.indices
        paid = Self.hours(results.paidSeconds, groupCount: groups.count)
        scheduled = Self.hours(results.scheduledSeconds, groupCount: groups.count)
        plannedOvertime = groups.map { results.scenario.plannedOvertime(ofGroup: $0) }
    }

    /// Every table but the one a row a replication, which is written as they come.
    public var all: [Table] { [summary, contactTypes, intervals, agentGroups, groupIntervals, guardRails] }

    /// The names of `all`, in its order.
    public static let names = [
        "summary", "contact_types", "intervals", "agent_groups", "group_intervals", "guard_rails",
    ]

    // MARK: Cells

    private func number(_ value: Double?) -> Table.Cell {
        value.map { $0.isFinite ? .number($0) : .blank } ?? .blank
    }

    private func percent(_ value: Double?) -> Table.Cell { number(value.map { $0 * 100 }) }

    /// Value, lower and upper bound; shares as 0…100 and kept inside it.
    private func percents(_ estimate: Estimate?) -> [Table.Cell] {
        guard let e = estimate else { return [.blank, .blank, .blank] }
        // Taking off what controls explain may lead past the end of the scale by a hair.
        return [percent(bounded(e.value)), percent(bounded(e.low)), percent(bounded(e.high))]
    }

    /// A share's bound, cut to 0…1; an infinite bound (after one replication) stays undefined.
    private func bounded(_ share: Double) -> Double { share.isFinite ? min(1, max(0, share)) : share }

    private func numbers(_ estimate: Estimate?) -> [Table.Cell] {
        guard let e = estimate else { return [.blank, .blank, .blank] }
        return [number(e.value), number(e.low.isFinite ? max(0, e.low) : e.low), number(e.high)]
    }

    private func withBounds(_ name: String, _ summary: String) -> [Table.Column] {
        [
            .init(name, summary), .init(name + "_lo", "lower bound of \(name)"),
            .init(name + "_hi", "upper bound of \(name)"),
        ]
    }

    private static func targetText(_ target: ServiceTarget?) -> Table.Cell {
        target.map { .text(PromiseTable.words($0)) } ?? .blank
    }

    /// `en 80% in 30s, es 70% in 1m` where each language has its own.
    private static func targetText(_ type: ContactType) -> Table.Cell {
        let own = type.languages.compactMap { language in
            type.languageTargets[language.code].map { "\(language.code) \(PromiseTable.words($0))" }
        }
        return own.isEmpty ? targetText(type.target) : .text(own.joined(separator: ", "))
    }

    private func ratio(_ x: Double, _ y: Double) -> Double? { y == 0 ? nil : x / y }

    // MARK: summary.csv

    public var summary: Table {
        var rows: [[Table.Cell]] = []
        let add = {
            (
                scope: String, id: String, name: String, unit: Metric.Unit, estimate: Estimate?, count: Int,
                target: Double?, met: Promise?, chance: Double?
            ) in
            let isShare = unit == .percent
            let factor = isShare ? 100.0 : 1
            let bounds = isShare ? percents(estimate) : numbers(estimate)
            rows.append(
                [.text(scope), .text(id), .text(name), .text(unitText(unit))] + bounds + [
                    number(estimate.map { $0.standardDeviation * factor }), .count(count),
                    number(target.map { factor == 100 ? Units.percent($0) : $0 * factor }),
                    met.map { .text($0.isMet ? "yes" : "no") } ?? .blank,
                    percent(chance), met.map { .text($0.verdict.rawValue) } ?? .blank,
                    estimate.map { .text($0.restsOnOne ? "yes" : "no") } ?? .blank,
                ])
        }
        func addTally(
            _ scope: String, _ id: String, _ metric: Metric, _ tally: RatioSample, _ target: Double?,
            _ met: Promise?,
            _ chance: Double?
        ) {
            add(
                scope, id, metric.name, metric.unit, tally.estimate(confidence: results.confidence),
                results.replications, target,
                met, chance)
        }
        func addScope(_ scope: String, _ id: String, _ figures: Results.Scope, _ type: Int?, class c: Int? = nil) {
            let contactType = type.map { scenario.contactTypes[$0] }
            let language = c.flatMap { results.classes[$0].language }
            let promises = c.map { results.promises(class: $0) } ?? type.map { results.promises(type: $0) } ?? []
            func promise(_ kind: Promise.Kind) -> Promise? { promises.first { $0.kind == kind } }
            if type == nil || contactType?.target != nil {
                let target = contactType?.target(in: language)
                let met = promise(.serviceLevel)
                addTally(
                    scope, id, .init(serviceLevelOf: target?.rule), figures.serviceLevel, target?.share, met,
                    target == nil ? nil : figures.chanceMet)
            }
            if contactType?.target != nil || (type == nil && figures.judged > 0) {
                add(
                    scope, id, PrecisionGoal.Figure.chanceMet.rawValue, .percent,
                    figures.chance(confidence: results.confidence), figures.judged, nil, nil, nil)
            }
            for metric in Metric.catalogue {
                if metric.needsTarget, contactType?.target == nil { continue }
                let isTold =
                    type.map { told.holds(metric.subject, $0) }
                    ?? !told.together(metric.subject).isEmpty
                // The oldest is known of the type, not of its languages.
                guard isTold, c == nil || metric.name != Metric.oldest.name else { continue }
                let isLimited = metric.name == Metric.abandonment.name
                addTally(
                    scope, id, metric, figures.tally(metric),
                    isLimited ? contactType?.maxAbandonment(in: language) : nil, isLimited ? promise(.hangUps) : nil,
                    nil)
            }
            for figure in [PrecisionGoal.Figure.wait50, .wait80, .wait95] {
                guard let share = figure.share else { continue }
                add(
                    scope, id, figure.rawValue, figure.unit,
                    results.waitPercentile(share, type: c == nil ? type : nil, class: c),
                    results.replications, nil, nil, nil)
            }
        }
        addScope("all", "all", results.all, nil)
        for (t, type) in scenario.contactTypes.enumerated() {
            addScope("contact_type", type.id, results.types[t], t)
            for c in results.languageClasses(type: t) {
                addScope(
                    "contact_type_language", "\(type.id).\(results.classes[c].language ?? "")", results.byClass[c], t,
                    class: c)
            }
        }
        for language in results.languages {
            addTally("language", language.code, .answeredShare, language.answered, nil, nil, nil)
        }
        for (name, figure, estimate) in results.watchedHours {
            add("hours", name, figure.rawValue, figure.unit, estimate, results.replications, nil, nil, nil)
        }
        for (g, group) in scenario.agentGroups.enumerated() {
            addTally(
                "agent_group", group.id, .occupancy, results.groups[g].occupancy,
                group.maxOccupancy ?? scenario.rules.maxOccupancy, nil, nil)
        }
        return Table(
            "summary",
            columns: [
                .init(
                    "scope",
                    "all, contact_type, contact_type_language, language, agent_group, or hours that precision watches"),
                .init(
                    "id",
                    "the contact type, the type and its language as billing.es, the language or agent group; calls 10:00-12:00"
                ),
                .init("metric", "the figure's name"),
                .init("unit", "pct is 0 to 100; s is seconds; else contacts or the currency"),
                .init("value", "mean over runs; for ratios the ratio of means"),
                .init("lo", "lower bound of the interval"), .init("hi", "upper bound of the interval"),
                .init("sd", "standard deviation from run to run"), .init("runs", "replications"),
                .init("target", "what was asked for; of occupancy the most that it should be"),
                .init("met", "yes or no: whether the value keeps the target, whatever its interval", kind: .text),
                .init(
                    "chance_met_pct", "share of runs that met the target, and the limit on hang-ups where there is one"),
                .init("verdict", "met, missed, or too close to call where the interval holds the target", kind: .text),
                .init(
                    "rests_on_one",
                    "yes where a single run carries most of the spread: the interval may well be too narrow",
                    kind: .text),
            ], rows: rows)
    }

    private func unitText(_ unit: Metric.Unit) -> String {
        switch unit {
        case .percent: "pct"
        case .seconds: "s"
        case .contacts: "contacts"
        case .money: scenario.currency
        }
    }

    // MARK: contact_types.csv

    /// One row a type with a blank language, then one for each of its languages.
    public var contactTypes: Table {
        var rows: [[Table.Cell]] = []
        for t in scenario.contactTypes.indices {
            rows.append(
                contactTypeRow(t, language: nil, results.types[t], results.promises(type: t)) {
                    results.waitPercentile($0, type: t)?.value
                })
            for c in results.classesOfType[t] {
                guard let language = results.classes[c].language else { continue }
                rows.append(
                    contactTypeRow(t, language: language, results.byClass[c], results.promises(class: c)) {
                        results.waitPercentile($0, class: c)?.value
                    })
            }
        }
        let columns: [Table.Column] =
            [
                .init("contact_type"), .init("language", "blank: all languages", kind: .text), .init("channel"),
                .init("offered", "contacts a run, redials included"),
                .init("fresh", "neither redial nor repeat nor transfer"),
                .init("redials", "calls again after hanging up"),
                .init("repeats", "come again because the matter was not resolved"),
                .init("transfers_in", "handed on from another contact type"), .init("answered"), .init("abandoned"),
                .init("short_abandoned", "abandoned within the short-abandon limit"),
                .init("turned_away", "arrived when closed, or sent away"),
                .init("callbacks_requested", "callers who were promised a call; blank where nobody is"),
                .init("callbacks_kept", "of these, called back and reached in time"),
                .init("transfers_out", "handed on to another contact type when talk and hold were over"),
                .init(
                    "handed_back", "taken from agents who went home, each time; blank unless end_of_shift is hand_back"
                ),
                .init("lost_after_answer", "of these, gone before anybody went on with them"),
                .init(
                    "left_out",
                    "of the offered: promised a call, or found it closed; not part of the service level unless the rules "
                        + "say so"),
                .init(
                    "not_yet_due",
                    "of the offered: still waiting within the target's time when the run ended; not part of the service level"
                ),
                .init(
                    "kept_in_sl",
                    "of those promised a call: called back as promised, where the rules count that as answered in time"),
                .init("answered_in_sl", "answered within the target's time"),
                .init("abandoned_in_sl", "abandoned within the target's time"),
                .init("target", kind: .text),
                .init("sl_rule", "how the target's service level is counted", kind: .text),
            ] + withBounds("service_level_pct", "by sl_rule") + [
                .init("sl_of_all_offered_pct", "answered in time / offered"),
                .init("sl_without_short_abandons_pct", "answered in time / (offered - abandoned in time)"),
                .init("sl_abandons_count_as_met_pct", "(answered in time + abandoned in time) / offered"),
                .init("sl_of_answered_pct", "answered in time / answered"),
                .init(
                    "chance_met_pct", "share of runs that met the target, and the limit on hang-ups where there is one"),
            ] + withBounds("asa_s", "mean wait of the answered") + [
                .init("wait_p50_s", "half of the answered waited at most this"),
                .init("wait_p80_s", "80 % of the answered waited at most this"),
                .init("wait_p95_s", "95 % of the answered waited at most this"),
            ] + withBounds("abandon_pct", "abandoned / offered") + [
                .init("talk_s", "per answered contact"), .init("hold_s", "per answered contact"),
                .init("acw_s", "after-contact work per answered contact"),
                .init("aht_s", "talk + hold + after-contact work"),
                .init("backlog_end", "still waiting when the run ended"),
                .init(
                    "overdue_pct",
                    "of work in lists: begun too late, or waiting too long when the run ended / (offered - not yet due)"
                ),
                .init(
                    "oldest_s",
                    "of work in lists: how long the oldest had waited when the run ended, mean over runs; 0 in those that left nothing"
                ),
                .init(
                    "cost_per_contact",
                    "wages of paid time, shared out by handling seconds among the types that share people / answered"),
                .init("max_abandon_pct", "the largest share that may hang up", kind: .number),
                .init("met", "yes or no: whether the values keep target and max_abandon_pct", kind: .text),
                .init(
                    "verdict", "met, missed, or too close to call where an interval holds what was promised",
                    kind: .text),
            ]
        return Table("contact_types", columns: columns, rows: rows)
    }

    private func contactTypeRow(
        _ t: Int, language: String?, _ scope: Results.Scope, _ promises: [Promise], percentile: (Double) -> Double?
    ) -> [Table.Cell] {
        let type = scenario.contactTypes[t]
        let figure = { (metric: Metric) -> Table.Cell in
            guard told.holds(metric.subject, t), !metric.needsTarget || type.target != nil else {
                return .blank
            }
            let value = scope.tally(metric).value
            return metric.unit == .percent ? percent(value.map(bounded)) : number(value)
        }
        let whenever = { (metric: Metric, count: Double) -> Table.Cell in
            told.holds(metric.subject, t) ? .number(count) : .blank
        }
        let n = Double(max(results.replications, 1))
        let sum = scope.sum
        let target = type.target(in: language)
        let level = { (rule: ServiceLevelRule) -> Table.Cell in
            target == nil ? .blank : percent(scope.tally(.init(serviceLevel: rule)).value)
        }
        let confidence = results.confidence
        var cells: [Table.Cell] = [
            .text(type.id), language.map { .text($0) } ?? .blank, .text(type.channel.id), .number(sum.offered / n),
            .number(sum.fresh / n), .number(sum.redials / n), .number(sum.repeats / n), .number(sum.transfersIn / n),
            .number(sum.answered / n), whenever(.abandonment, sum.abandoned / n),
            whenever(.abandonment, sum.shortAbandoned / n), .number(sum.turnedAway / n),
            whenever(.promiseKept, sum.callbacksRequested / n), whenever(.promiseKept, sum.callbacksKept / n),
            .number(sum.transfersOut / n),
            scenario.rules.endOfShift == .handBack ? .number(sum.handedBack / n) : .blank,
            whenever(.lostAfterAnswer, sum.lost / n),
            target == nil ? .blank : .number(sum.leftOut / n),
            target == nil ? .blank : .number(sum.undecided / n),
            target == nil ? .blank : .number(sum.keptInstead / n),
            target == nil ? .blank : .number(sum.answeredInTime / n),
            target == nil ? .blank : whenever(.abandonment, sum.abandonedInTime / n),
            language == nil ? Self.targetText(type) : Self.targetText(target),
            target.map { .text($0.rule.rawValue) } ?? .blank,
        ]
        cells +=
            target == nil ? [.blank, .blank, .blank] : percents(scope.serviceLevel.estimate(confidence: confidence))
        cells += [
            level(.ofAllOffered), level(.withoutShortAbandons), level(.abandonsCountAsMet), level(.ofAnswered),
            target == nil ? .blank : percent(scope.chanceMet),
        ]
        cells += numbers(scope.tally(.asa).estimate(confidence: confidence))
        cells += [0.5, 0.8, 0.95].map { number(percentile($0)) }
        cells +=
            told.holds(Metric.abandonment.subject, t)
            ? percents(scope.tally(.abandonment).estimate(confidence: confidence)) : [.blank, .blank, .blank]
        cells += [
            number(ratio(sum.talk, sum.answered)), number(ratio(sum.hold, sum.answered)),
            number(ratio(sum.wrapUp, sum.answered)),
            number(ratio(sum.handling, sum.answered)), .number(sum.backlog / n), figure(.overdueShare),
            // The oldest is known of the type, not of its languages.
            language == nil ? figure(.oldest) : .blank, figure(.costPerContact),
            percent(type.maxAbandonment(in: language)),
            promises.isEmpty ? .blank : .text(promises.allSatisfy(\.isMet) ? "yes" : "no"),
            Promise.Verdict.all(promises).map { .text($0.rawValue) } ?? .blank,
        ]
        return cells
    }

    // MARK: intervals.csv, group_intervals.csv

    public var intervals: Table {
        var rows: [[Table.Cell]] = []
        rows.reserveCapacity(scenario.horizon.periods.count * scenario.contactTypes.count)
        // By type, the first opening that is not over: periods and openings follow each other.
        var opening = scenario.contactTypes.map { _ in 0 }
        for (p, period) in scenario.horizon.periods.enumerated() {
            for (t, type) in scenario.contactTypes.enumerated() {
                let figures = results.figures(period: p, type: t)
                let mean = figures.mean
                while opening[t] < type.open.count, type.open[opening[t]].end <= period.start { opening[t] += 1 }
                let isOpen = opening[t] < type.open.count && type.open[opening[t]].start < period.end
                let hasTarget = type.target != nil
                let isLive = type.channel.kind == .live
                var cells = PeriodColumns.first(period, in: scenario.horizon)
                cells += [
                    .text(type.id), .count(isOpen ? 1 : 0), .number(mean.offered), .number(mean.answered),
                    isLive ? .number(mean.abandoned) : .blank, isLive ? .number(mean.shortAbandoned) : .blank,
                    hasTarget ? .number(mean.leftOut) : .blank,
                    hasTarget ? .number(mean.undecided) : .blank,
                    hasTarget ? .number(mean.keptInstead) : .blank,
                    hasTarget ? .number(mean.answeredInTime) : .blank,
                    hasTarget && isLive ? .number(mean.abandonedInTime) : .blank,
                ]
                cells += percents(figures.serviceLevel)
                cells += [number(ratio(mean.waitOfAnswered, mean.answered)), number(figures.wait95)]
                cells += percents(isLive ? figures.abandonment : nil)
                cells += [
                    number(ratio(mean.talk + mean.hold + mean.wrapUp, mean.answered)),
                    number(ratio(mean.queueSeconds, period.end - period.start)), .number(figures.queueMax),
                    .number(figures.queueEnd),
                ]
                rows.append(cells + PeriodColumns.last(period))
            }
        }
        let columns: [Table.Column] =
            PeriodColumns.first + [
                .init("contact_type"), .init("open", "1 when contacts are taken in some of the interval"),
                .init("offered", "by interval of arrival"), .init("answered"), .init("abandoned"),
                .init("short_abandoned"),
                .init("left_out", "of the offered, those who are not part of the service level"),
                .init("not_yet_due", "of the offered, those still waiting in time when the run ended"),
                .init("kept_in_sl", "of those promised a call, whose call counts as answered in time"),
                .init("answered_in_sl"), .init("abandoned_in_sl"),
            ] + withBounds("service_level_pct", "by the target's rule") + [
                .init("asa_s", "mean wait of the answered"),
                .init("wait_p95_s", "95 % of the answered waited at most this"),
            ] + withBounds("abandon_pct", "abandoned / offered") + [
                .init("aht_s", "per answered contact"), .init("queue_mean", "contacts waiting, over time"),
                .init("queue_max", "longest queue, mean over runs"),
                .init("backlog_end", "contacts waiting when the interval ends, mean over runs"),
            ] + PeriodColumns.last
        return Table("intervals", columns: columns, rows: rows)
    }

    public var groupIntervals: Table {
        var rows: [[Table.Cell]] = []
        let needs = (requirements ?? Requirements(scenario)).staffing
        for (p, period) in scenario.horizon.periods.enumerated() {
            let length = period.end - period.start
            for (g, group) in scenario.agentGroups.enumerated() {
                let figures = results.groupFigures(period: p, group: g)
                let cell = p * scenario.agentGroups.count + g
                var cells = PeriodColumns.first(period, in: scenario.horizon)
                let scheduled = results.scheduledSeconds[cell] / length
                let required = needs.required(period: p, group: g)
                let gap = required.map { scheduled - $0 }
                cells += [
                    .text(group.id), number(required), .number(scheduled),
                    .number(max(0, figures.present - figures.busy) / length), number(gap),
                    gap.map { .text(Self.status($0)) } ?? .blank,
                ]
                cells += percents(figures.occupancy)
                let paid = results.paidSeconds[cell] / 3600
                // What is paid beyond the contract is not of one hour more than of another: it is spread evenly.
                let share = paidHours(g) > 0 ? paid / paidHours(g) : 0
                let premium = (wageHours(g, late: 0) - paidHours(g)) * share
                let late = (group.overtimeRate ?? 0) * figures.overtime / 3600
                cells.append(number(group.wagePerHour.map { $0 * (paid + premium + late) }))
                rows.append(cells + PeriodColumns.last(period))
            }
        }
        let columns: [Table.Column] =
            PeriodColumns.first + [
                .init("agent_group"),
                .init(
                    "required",
                    "those who are needed of the people there, and those missing, each person counted once; "
                        + "need / (1 - shrinkage)"),
                .init("scheduled", "agents rostered and not on lunch or break; shrinkage not taken off"),
                .init("available", "agents idle and ready, over time"), .init("gap", "scheduled - required"),
                .init("status", "short or over by half a person or more, else ok", kind: .text),
            ] + withBounds("occupancy_pct", "handling / (handling + available)") + [
                .init("cost", "wages of paid time, overtime included")
            ] + PeriodColumns.last
        return Table("group_intervals", columns: columns, rows: rows)
    }

    /// Half a person is where whole people begin to round to one.
    private static func status(_ gap: Double) -> String { gap <= -0.5 ? "short" : gap >= 0.5 ? "over" : "ok" }

    // MARK: guard_rails.csv

    public var guardRails: Table { (rails ?? GuardRails(results)).table(scenario) }

    // MARK: agent_groups.csv

    public var agentGroups: Table {
        let n = Double(max(results.replications, 1))
        let rows = scenario.agentGroups.enumerated().map { g, group -> [Table.Cell] in
            let figures = results.groups[g]
            let paid = paidHours(g)
            let busy = figures.busy / n / 3600
            var cells: [Table.Cell] = [
                .text(group.id), group.people.map { .count($0) } ?? .blank, .number(paid),
                .number(scheduled[g]), .number(max(0, figures.present - figures.busy) / n / 3600),
                .number(busy),
            ]
            cells += percents(figures.occupancy.estimate(confidence: results.confidence))
            cells += [
                percent(ratio(busy, paid)), .number(overtimeHours(g)),
                .number(figures.answered / n), number(group.wagePerHour.map { $0 * wageHours(g) }),
            ]
            return cells
        }
        let columns: [Table.Column] =
            [
                .init("agent_group"), .init("people"), .init("paid_h", "shifts less unpaid lunches"),
                .init("scheduled_h", "paid less breaks; shrinkage not taken off"),
                .init("available_h", "idle and ready"), .init("busy_h", "on a contact"),
            ] + withBounds("occupancy_pct", "handling / (handling + available)") + [
                .init("utilization_pct", "handling / paid, above 100 where people stay unpaid"),
                .init("overtime_h", "work after the shift's end, paid or not, and paid beyond the contract"),
                .init("contacts", "answered by the group, a run"),
                .init("cost", "wages of paid time, overtime included"),
            ]
        return Table("agent_groups", columns: columns, rows: rows)
    }

    /// Hours by group, of seconds by period and group.
    private static func hours(_ seconds: [Double], groupCount: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: groupCount)
        var g = 0
        for part in seconds {
            sums[g] += part
            g += 1
            if g == groupCount { g = 0 }
        }
        return sums.map { $0 / 3600 }
    }

    public func paidHours(_ g: Int) -> Double { paid[g] }

    /// After the shifts' ends, a run, and planned beyond the contracts.
    public func overtimeHours(_ g: Int) -> Double {
        let late = results.groups[g].overtime / Double(max(results.replications, 1))
        return (late + plannedOvertime[g]) / 3600
    }

    /// Paid hours, with what overtime costs on top; `late` are hours after the shifts' ends, a run's if not given.
    func wageHours(_ g: Int, late: Double? = nil) -> Double {
        guard let rate = scenario.agentGroups[g].overtimeRate else { return paid[g] }
        let late = late ?? results.groups[g].overtime / Double(max(results.replications, 1)) / 3600
        return paid[g] + (rate - 1) * plannedOvertime[g] / 3600 + rate * late
    }

    /// Wages of all paid time and overtime; nil when no group has a wage.
    public var cost: Double? {
        let costs = scenario.agentGroups.enumerated().compactMap { g, group in
            group.wagePerHour.map { $0 * wageHours(g) }
        }
        return costs.isEmpty ? nil : costs.reduce(0, +)
    }
}
