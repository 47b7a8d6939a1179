import Center
import Documents
import Probability
import Queueing
import Simulator
import Tabular

/// What `staff --csv` prints: the columns of the question filled in, then the measures; one row for each of an answer.
enum StaffAnswersTable: TableForm {
    static let name = "staff"

    struct Row {
        let row: StaffAnswer.Row
        let question: StaffQuestion

        var measures: QueueMeasures { row.measures }
        /// Nothing is answered in time where nothing is promised in time.
        var levels: ServiceLevels? { question.target == nil ? nil : measures.serviceLevels }
        var playedLevel: Estimate? { question.target == nil ? nil : row.figures?.serviceLevel }
        var chance: Estimate? { row.chance?.chance }
    }

    static func eachRow(of answer: StaffAnswer, _ add: (Row) -> Void) {
        for row in answer.rows { add(Row(row: row, question: answer.question)) }
    }

    static let columns: Columns<Row> = [asked, measures]

    /// A column for each field of a question.
    static let asked = Columns<Row>(
        joining: StaffField.allCases.map { field in .cell(field.rawValue) { $0.asked(field) } })

    private static let played = "interval of a simulated figure"

    static let measures: Columns<Row> = [
        .number("load", "erlangs: contacts × handling time ÷ time") { $0.measures.offeredLoad },
        .number("wait_probability", "share of all offered that wait") { $0.measures.waitProbability },
        .number("asa_s", "mean wait of the answered") { $0.measures.meanSpeedOfAnswer },
        .number("mean_wait_s", "mean wait of all offered") { $0.measures.meanWait },
        .number("abandonment", "share of all offered that hang up") { $0.measures.abandonment },
        .number("blocking", "share of all offered that find every line taken") { $0.measures.blocking },
        .number("sl_of_all_offered", "answered in time ÷ offered") { $0.levels?.ofAllOffered },
        .number("sl_without_short_abandons", "answered in time ÷ (offered − hung up in time)") {
            $0.levels?.withoutShortAbandons
        },
        .number("sl_abandons_count_as_met", "(answered + hung up in time) ÷ offered") { $0.levels?.abandonsCountAsMet },
        .number("sl_of_answered", "answered in time ÷ answered") { $0.levels?.ofAnswered },
        .number("occupancy", "busy ÷ on duty") { $0.measures.occupancy },
        .number("queue_mean", "mean number waiting") { $0.measures.queueMean },
        .number("on_the_rota", "people on the rota, breaks and shrinkage taken off") {
            $0.question.scheduled($0.row.agents).map(Double.init)
        },
        .number("attempts_per_caller", "attempts per caller, redials included") { $0.row.callers?.attemptsPerCaller },
        .number("lost_callers", "share of callers who never get through") { $0.row.callers?.lostCallers },
        .number("sl_of_all_offered_lo", played) { $0.playedLevel?.low },
        .number("sl_of_all_offered_hi", played) { $0.playedLevel?.high },
        .number("mean_wait_s_lo", played) { $0.row.figures?.meanWait?.low },
        .number("mean_wait_s_hi", played) { $0.row.figures?.meanWait?.high },
        .number("abandonment_lo", played) { $0.row.figures?.abandonment?.low },
        .number("abandonment_hi", played) { $0.row.figures?.abandonment?.high },
        .number("occupancy_lo", played) { $0.row.figures?.occupancy?.low },
        .number("occupancy_hi", played) { $0.row.figures?.occupancy?.high },
        .number("chance_met", "share of such stretches of time that meet the target") { $0.chance?.value },
        .number("chance_met_lo", played) { $0.chance?.low },
        .number("chance_met_hi", played) { $0.chance?.high },
    ]
}

extension StaffAnswersTable.Row {
    /// A field of the question as it was answered; blank where it plays no part.
    fileprivate func asked(_ field: StaffField) -> Table.Cell {
        func text(_ value: String?) -> Table.Cell { value.map { .text($0) } ?? .blank }
        return switch field {
        case .calls: .number(question.calls)
        case .per: .text(Units.formatDuration(question.per))
        case .aht: .text(Units.formatDuration(question.handlingTime))
        case .agents: .number(row.agents)
        case .patience: row.model.knowsHangUps(question) ? text(question.patience.map(Units.formatDuration)) : .blank
        case .lines: row.model.knowsLines(question) ? question.lines.map { .count($0) } ?? .blank : .blank
        case .target: text(question.target.map { StaffGoal.target($0).words })
        case .model: .text(row.model.rawValue)
        case .shrinkage: text(question.shrinkage.map { Units.formatShare($0.share) })
        case .maxAbandonment: text(question.maxAbandonment.map(Units.formatShare))
        case .maxOccupancy: text(question.maxOccupancy.map(Units.formatShare))
        case .redial: row.callers == nil ? .blank : text(question.redial.map(Units.formatShare))
        case .spread: question.spread.map { .number($0) } ?? .blank
        case .dayToDay: text(question.dayToDay.map(Units.formatShare))
        case .chance: text(question.chance.map(Units.formatShare))
        case .absence: text(question.absence.map(Units.formatShare))
        case .breaks: text(question.breaks.map { Units.formatShare($0.share) })
        }
    }
}

extension StaffAnswer {
    /// The answer as the rows of `staff --table`: the question's columns filled in, then the measures.
    public var table: Table { StaffAnswersTable.table(of: self) }
}
