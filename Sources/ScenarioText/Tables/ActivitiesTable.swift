import Tabular

/// A table of what people do in their shifts instead of taking contacts: `date|weekday,agent_id,activity,paid,start,end`.
package struct ActivitiesTable {
    package struct Activity {
        package var person: String
        package var day: IntervalTable.DayKey
        /// Seconds since the midnight of its day.
        package var hours: (from: Double, to: Double)
        package var isPaid: Bool
        package var cell: DelimitedText.Cell
    }

    package let text: DelimitedText
    package private(set) var activities: [String: [IntervalTable.DayKey: [Activity]]] = [:]
    private(set) var dateWords: String?

    package var dialectWords: String { text.dialectWords + (dateWords.map { ", dates \($0)" } ?? "") }

    package init(_ text: DelimitedText, log: ReadingLog) {
        self.text = text
        text.problems.forEach(log.add)
        let columns = TableColumns(text, log: log)
        let person = columns.find("agent_id", "agent", "employee_id")
        let date = columns.find("date")
        let weekday = columns.find("weekday", "day")
        let start = columns.find("start", "from")
        let end = columns.find("end", "to")
        let paid = columns.find("paid")
        let lacks = [
            date == nil && weekday == nil ? "date" : nil, person == nil ? "agent_id" : nil,
            start == nil ? "start" : nil, end == nil ? "end" : nil,
        ].compactMap { $0 }
        columns.complain(lacks, expected: "date (or weekday), agent_id, activity, paid, start, end")
        columns.warnOfUnused(known: ["activity", "agent_group", "start_at", "end_at", "notes"])
        guard lacks.isEmpty, let person, let start, let end,
            let days = TableDays(text, date: date, weekday: weekday, log: log)
        else { return }
        dateWords = days.words
        for row in text.rows {
            guard let keys = days.keys(of: row, log),
                let hours = TableDays.timeSpan(row[start], row[end], columns: (start, end), in: text, log),
                let isPaid = paid.map({ isPaid(row[$0], $0, log) }) ?? true
            else { continue }
            for key in keys {
                activities[row[person].text, default: [:]][key, default: []].append(
                    Activity(person: row[person].text, day: key, hours: hours, isPaid: isPaid, cell: row[start]))
            }
        }
    }

    private func isPaid(_ cell: DelimitedText.Cell, _ column: Int, _ log: ReadingLog) -> Bool? {
        switch cell.text.lowercased() {
        case "yes", "true", "1", "": return true
        case "no", "false", "0": return false
        default:
            log.add(
                Wrong(ProblemCode.choice, "\"\(cell.text)\" is not known here", expected: "yes or no")
                    .problem(for: .column(text.header[column].text), at: text.place(cell)))
            return nil
        }
    }
}
