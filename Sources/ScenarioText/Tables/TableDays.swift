import Tabular

/// The days and the hours that rows of a table speak of, by date or by weekday.
package struct TableDays {
    private let text: DelimitedText
    private let date: Int?
    private let weekday: Int?
    private let dates: TableDates

    /// How dates are written, where there are any.
    var words: String? { date == nil ? nil : dates.words }

    /// Nil when the dates can be read two ways, which is then said.
    init?(_ text: DelimitedText, date: Int?, weekday: Int?, log: ReadingLog) {
        self.text = text
        self.date = date
        self.weekday = weekday
        switch TableDates.infer(date.map { column in text.rows.map { $0[column] } } ?? [], in: text) {
        case .success(let dates): self.dates = dates
        case .failure(let problem):
            log.add(problem)
            return nil
        }
    }

    /// A row's date, or its weekdays where it has none; nil when neither can be read, which is then said.
    func keys(of row: [DelimitedText.Cell], _ log: ReadingLog) -> [IntervalTable.DayKey]? {
        func refuse(_ wrong: Wrong, _ column: Int) {
            log.add(wrong.problem(for: .column(text.header[column].text), at: text.place(row[column])))
        }
        if let date, !row[date].text.isEmpty || weekday == nil {
            guard !row[date].text.isEmpty else {
                refuse(Wrong("E208", "the date is missing", expected: "a date such as 2026-03-02"), date)
                return nil
            }
            switch dates.read(row[date].text) {
            case .value(let found):
                if let weekday, let wrong = Self.contradiction(found, row[weekday].text) {
                    refuse(wrong, weekday)
                    return nil
                }
                return [.date(found)]
            case .wrong(let wrong): refuse(wrong, date)
            }
        } else if let weekday {
            switch Units.days(row[weekday].text) {
            case .value(let days): return days.map(IntervalTable.DayKey.weekday)
            case .wrong(let wrong): refuse(wrong, weekday)
            }
        }
        return nil
    }

    /// What is wrong with a weekday beside a date that is another; nil where it is right, or nothing.
    static func contradiction(_ date: CivilDate, _ weekday: String) -> Wrong? {
        guard let days = Units.days(weekday).value, !days.contains(date.weekday) else { return nil }
        let right = Horizon.weekdayNames[date.weekday]
        return Wrong(
            ProblemCode.cells, "\(date.iso) is a \(right), not \(weekday)", expected: "\(right), or nothing",
            advice: "if the date is right, write \"\(right)\"")
    }

    /// Two cells with clock times, seconds since midnight; an end at or before the start is the next day's.
    static func timeSpan(
        _ start: DelimitedText.Cell, _ end: DelimitedText.Cell, columns: (start: Int, end: Int), in text: DelimitedText,
        _ log: ReadingLog
    ) -> (from: Double, to: Double)? {
        switch (Units.clock(start.text), Units.clock(end.text, isEnd: true)) {
        case (.value(let from), .value(let to)): return (from, to > from ? to : to + 86400)
        case (.wrong(let wrong), _):
            log.add(wrong.problem(for: .column(text.header[columns.start].text), at: text.place(start)))
        case (_, .wrong(let wrong)):
            log.add(wrong.problem(for: .column(text.header[columns.end].text), at: text.place(end)))
        }
        return nil
    }
}
