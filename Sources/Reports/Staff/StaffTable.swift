import Documents
import Queueing
import Simulator
import Tabular

/// Many staffing questions, one a row: the same columns come back with model and agents filled in, then the measures.
public struct StaffTable {
    /// The answers, and what is worth a remark although there is an answer.
    public var table: Table
    /// What is worth a remark in rows that have an answer.
    public var warnings: [Problem]
    /// What is wrong with single rows; these stand in the table without an answer.
    public var problems: [Problem]
    /// Rows of the file.
    public var asked: Int
    /// Rows that have an answer.
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
        let columns = Self.columns(text.header.map(\.text), fields)
        var reading = StaffReading(.columns)
        problems = text.problems
        warnings = []
        asked = text.rows.count + text.problems.count { $0.severity == .error }
        answered = 0
        table = Table("staff", columns: columns.heads)
        table.rows.reserveCapacity(text.rows.count)
        for row in text.rows {
            // Every column is a number, a duration, a share or a target: given back with the point that answers have.
            let given = row.map { text.dialect.decimalComma ? $0.text.replacing(",", with: ".") : $0.text }
            let read = reading.read { field in
                fields[field].flatMap { given[$0].isEmpty ? nil : given[$0] }
            } place: { field in
                // An empty cell has a place too.
                fields[field].map { text.place(row[$0]) }
            }
            var answer = Answer(given: given)
            switch read {
            case .failure(let found): problems += found.all
            case .success(let question):
                answered += 1
                answer.question = question
                answer.best = Self.best(question)
                if answer.best == nil {
                    let target = fields[.target].map { row[$0] }.flatMap { $0.text.isEmpty ? nil : $0 }
                    warnings.append(
                        Problem(
                            .warning, "W602", "no number of agents reaches what this row promises",
                            at: text.place(target ?? row[0])))
                }
            }
            table.rows.append(columns.cells(answer))
        }
        problems.sort { ($0.place?.line ?? 0, $0.place?.column ?? 0) < ($1.place?.line ?? 0, $1.place?.column ?? 0) }
    }

    // MARK: Columns

    /// A row of the file, with its question where it is right and its answer where there is one.
    private struct Answer {
        let given: [String]
        var question: StaffQuestion?
        var best: StaffAnswer.Row?

        /// What was given, or was found in its place.
        func cell(_ index: Int, of field: StaffField) -> Table.Cell {
            // Given agents come back as they were written; the model comes back by its own name.
            if question != nil, field == .model || field == .agents && given[index].isEmpty { return found(field) }
            return given[index].isEmpty ? .blank : .text(given[index])
        }

        func found(_ field: StaffField) -> Table.Cell {
            switch field {
            case .agents: best.map { .number($0.agents) } ?? .blank
            case .model: question.map { .text($0.answeringModel.rawValue) } ?? .blank
            default: .blank
            }
        }
    }

    /// The columns of the file, those that it lacks of what is worked out, and the measures.
    private static func columns(_ header: [String], _ fields: [StaffField: Int]) -> Columns<Answer> {
        let byColumn = Dictionary(uniqueKeysWithValues: fields.map { ($1, $0) })
        let given = header.indices.compactMap { index in
            byColumn[index].map { field in Columns<Answer>.cell(header[index]) { $0.cell(index, of: field) } }
        }
        let added = [StaffField.agents, .model].filter { fields[$0] == nil }.map { field in
            Columns<Answer>.cell(field.rawValue) { $0.found(field) }
        }
        let measures: Columns<Answer> = StaffAnswersTable.measures.of { answer in
            guard let question = answer.question, let row = answer.best else { return nil }
            return .init(row: row, question: question)
        }
        return Columns(joining: given + added + [measures])
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
}

extension StaffField {
    /// Without regard to case, spaces, hyphens and underscores, as header names are matched everywhere.
    fileprivate func matches(_ header: String) -> Bool {
        func folded(_ text: String) -> String { text.lowercased().filter { !" _-".contains($0) } }
        return folded(header) == folded(rawValue)
    }
}
