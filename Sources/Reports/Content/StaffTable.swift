import Queueing
import Simulator
import Tabular

/// Many staffing questions, one a row: the same columns come back with model and agents filled in, then the measures.
public struct StaffTable {
    /// What follows the columns of the question.
    static let measures: [Table.Column] = [
        .init("load", "erlangs: contacts × handling time ÷ time"),
        .init("wait_probability", "share of all offered that wait"),
        .init("asa_s", "mean wait of the answered"), .init("mean_wait_s", "mean wait of all offered"),
        .init("abandonment", "share of all offered that hang up"),
        .init("blocking", "share of all offered that find every line taken"),
        .init("sl_of_all_offered", "answered in time ÷ offered"),
        .init("sl_without_short_abandons", "answered in time ÷ (offered − hung up in time)"),
        .init("sl_abandons_count_as_met", "(answered + hung up in time) ÷ offered"),
        .init("sl_of_answered", "answered in time ÷ answered"), .init("occupancy", "busy ÷ on duty"),
        .init("queue_mean", "mean number waiting"),
        .init("on_the_rota", "people on the rota, breaks and shrinkage taken off"),
        .init("attempts_per_caller", "attempts per caller, redials included"),
        .init("lost_callers", "share of callers who never get through"),
        .init("sl_of_all_offered_lo", "interval of a simulated figure"),
        .init("sl_of_all_offered_hi", "interval of a simulated figure"),
        .init("mean_wait_s_lo", "interval of a simulated figure"),
        .init("mean_wait_s_hi", "interval of a simulated figure"),
        .init("abandonment_lo", "interval of a simulated figure"),
        .init("abandonment_hi", "interval of a simulated figure"),
        .init("occupancy_lo", "interval of a simulated figure"),
        .init("occupancy_hi", "interval of a simulated figure"),
        .init("chance_met", "share of such stretches of time that meet the target"),
        .init("chance_met_lo", "interval of a simulated figure"),
        .init("chance_met_hi", "interval of a simulated figure"),
    ]

    /// The answers, and what is worth a remark although there is an answer.
    public var table: Table
    public var warnings: [Problem]
    /// What is wrong with single rows; these stand in the table without an answer.
    public var problems: [Problem]
    /// Rows of the file, and how many of them have an answer or a warning.
    public var asked: Int
    public var answered: Int

    /// Reads a CSV file, or standard input for `-`, and answers every row that is right; throws what is wrong with the
    /// file as a whole.
    public init(path: String) throws(Problems) {
        let source: SourceText
        switch SourceText.read(path: path == "-" ? "/dev/stdin" : path, name: path == "-" ? "stdin" : path) {
        case .success(let text): source = text
        case .failure(let problem): throw Problems([problem])
        }
        try self.init(source)
    }

    package init(_ source: SourceText) throws(Problems) {
        let text: DelimitedText
        switch DelimitedText.read(source) {
        case .success(let read): text = read
        case .failure(let problem): throw Problems([problem])
        }
        let fields = try Self.fields(text)
        var columns = text.header.map { Table.Column($0.text) }
        // What is worked out is never dropped for want of a column to stand in.
        let added = [StaffField.agents, .model].filter { fields[$0] == nil }
        columns += added.map { Table.Column($0.rawValue) } + Self.measures
        var reading = StaffReading(.columns)
        problems = text.problems
        var rows: [[Table.Cell]] = []
        rows.reserveCapacity(text.rows.count)
        warnings = []
        asked = text.rows.count + text.problems.count { $0.severity == .error }
        answered = 0
        for row in text.rows {
            // Every column is a number, a duration, a share or a target: given back with the point that answers have.
            let given = row.map { text.dialect.decimalComma ? $0.text.replacing(",", with: ".") : $0.text }
            func cell(_ field: StaffField) -> DelimitedText.Cell? {
                guard let column = fields[field], !row[column].text.isEmpty else { return nil }
                return row[column]
            }
            let read = reading.read { field in
                cell(field).map { text.dialect.decimalComma ? $0.text.replacing(",", with: ".") : $0.text }
            } place: { field in
                // An empty cell has a place too.
                fields[field].map { text.place(row[$0]) }
            }
            switch read {
            case .failure(let found):
                problems += found.all
                let echo = given.map { $0.isEmpty ? Table.Cell.blank : .text($0) }
                rows.append(echo + added.map { _ in Table.Cell.blank } + Self.measures.map { _ in .blank })
            case .success(let question):
                answered += 1
                let best = Self.best(question)
                let agents = best?.agents
                if agents == nil {
                    warnings.append(
                        Problem(
                            .warning, "W602", "no number of agents reaches what this row promises",
                            at: text.place(cell(.target) ?? row[0])))
                }
                rows.append(Self.answer(question, best, given, fields, added))
            }
        }
        problems.sort { ($0.place?.line ?? 0, $0.place?.column ?? 0) < ($1.place?.line ?? 0, $1.place?.column ?? 0) }
        table = Table("staff", columns: columns, rows: rows)
    }

    /// Which column holds what; throws for columns that are unknown, doubled or missing.
    private static func fields(_ text: DelimitedText) throws(Problems) -> [StaffField: Int] {
        var fields: [StaffField: Int] = [:]
        var problems: [Problem] = []
        let names = StaffField.allCases.map(\.rawValue)
        for (index, cell) in text.header.enumerated() {
            guard let field = StaffField.allCases.first(where: { $0.matches(cell.text) }) else {
                problems.append(
                    .unknown(
                        cell.text, among: names, "E401", "unknown column \"\(cell.text)\"", at: text.place(cell)))
                continue
            }
            if fields[field] != nil {
                problems.append(
                    Problem(.error, "E401", "the column \"\(field.rawValue)\" stands twice", at: text.place(cell)))
            }
            fields[field] = index
        }
        for field in [StaffField.calls, .per, .aht] where fields[field] == nil && problems.isEmpty {
            problems.append(
                Problem(
                    .error, "E401", "there is no column \"\(field.rawValue)\"",
                    at: text.header.first.map(text.place), expected: "calls,per,aht and agents or target"))
        }
        if !problems.isEmpty { throw Problems(problems) }
        return fields
    }

    /// The answering model's last row: with the agents given, or with the fewest that reach all that is promised; nil
    /// where no number of them does.
    private static func best(_ question: StaffQuestion) -> StaffAnswer.Row? {
        let model = question.answeringModel
        if question.chance == nil {
            let staffing: any StaffingModel = question.days ?? question.staffing(model)
            let goals = question.goals(model).map(\.formula)
            let needed = { staffing.agentsNeeded(for: goals, most: StaffQuestion.mostAgents).map(Double.init) }
            return (question.agents ?? needed()).map {
                StaffAnswer.Row(model, "", $0, staffing, within: question.target?.acceptableWait ?? 0)
            }
        }
        return (try? StaffAnswer(question))?.rows.last { $0.model == model }
    }

    private static func answer(
        _ question: StaffQuestion, _ row: StaffAnswer.Row?, _ given: [String], _ fields: [StaffField: Int],
        _ added: [StaffField]
    ) -> [Table.Cell] {
        var cells = given.map { $0.isEmpty ? Table.Cell.blank : .text($0) }
        let found: [StaffField: Table.Cell] = [
            .agents: row.map { .number($0.agents) } ?? .blank, .model: .text(question.answeringModel.rawValue),
        ]
        for (field, cell) in found {
            guard let column = fields[field] else { continue }
            // Given agents come back as they were written.
            if field == .model || given[column].isEmpty { cells[column] = cell }
        }
        cells += added.map { found[$0] ?? .blank }
        guard let row else { return cells + measures.map { _ in .blank } }
        return cells + Self.cells(row, of: question)
    }

    /// A row's measures in the order of their columns, blank where a column means nothing.
    static func cells(_ row: StaffAnswer.Row, of question: StaffQuestion) -> [Table.Cell] {
        let m = row.measures
        let levels = question.target == nil ? nil : m.serviceLevels
        let figures = row.figures
        let chance = row.chance?.chance
        let level = question.target == nil ? nil : figures?.serviceLevel
        let values: [Double?] = [
            m.offeredLoad, m.waitProbability, m.meanSpeedOfAnswer, m.meanWait, m.abandonment, m.blocking,
            levels?.ofAllOffered, levels?.withoutShortAbandons, levels?.abandonsCountAsMet, levels?.ofAnswered,
            m.occupancy, m.queueMean, question.onTheRota(row.agents).map(Double.init),
            row.callers?.attemptsPerCaller, row.callers?.lostCallers, level?.low, level?.high, figures?.meanWait?.low,
            figures?.meanWait?.high, figures?.abandonment?.low, figures?.abandonment?.high, figures?.occupancy?.low,
            figures?.occupancy?.high, chance?.value, chance?.low, chance?.high,
        ]
        return values.map { value in value.flatMap { $0.isFinite ? .number($0) : nil } ?? .blank }
    }
}

extension StaffAnswer {
    /// The answer as the rows of `staff --table`: the question's columns filled in, then the measures.
    public var table: Table {
        let columns = StaffField.allCases.map { Table.Column($0.rawValue) } + StaffTable.measures
        let rows = rows.map { row -> [Table.Cell] in
            func text(_ value: String?) -> Table.Cell { value.map { .text($0) } ?? .blank }
            let given = StaffField.allCases.map { field -> Table.Cell in
                switch field {
                case .calls: .number(question.calls)
                case .per: .text(Units.formatDuration(question.per))
                case .aht: .text(Units.formatDuration(question.handlingTime))
                case .agents: .number(row.agents)
                case .patience:
                    row.model.knowsHangUps(question) ? text(question.patience.map(Units.formatDuration)) : .blank
                case .lines:
                    row.model.knowsLines(question) ? question.lines.map { .count($0) } ?? .blank : .blank
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
            return given + StaffTable.cells(row, of: question)
        }
        return Table("staff", columns: columns, rows: rows)
    }
}

extension StaffField {
    /// Without regard to case, spaces, hyphens and underscores, as header names are matched everywhere.
    fileprivate func matches(_ header: String) -> Bool {
        func folded(_ text: String) -> String { text.lowercased().filter { !" _-".contains($0) } }
        return folded(header) == folded(rawValue)
    }
}
