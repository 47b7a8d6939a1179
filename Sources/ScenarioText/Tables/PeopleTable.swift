import Tabular

/// A table of named people: a roster, with a row for each person, or a schedule, with a row for each shift of a person.
///
/// Roster: `agent_id[,agent_group][,languages][,contract_h][,tier],Mon,…,Sun`; a cell holds hours (`07:00-15:30`, two spans with
/// `+` between), a shift's name, or nothing. Schedule: `date|weekday,agent_id,agent_group,start,end[,shift]`.
package struct PeopleTable {
    package enum Form {
        case roster, schedule
    }

    /// One person as a row of a roster has it.
    package struct Entry {
        package var id: String
        /// Nil in a table that is about one group only.
        package var group: String?
        package var languages: DelimitedText.Cell?
        package var contractHours: Double?
        package var tier: DelimitedText.Cell?
        package var cell: DelimitedText.Cell
    }

    /// What a person does on a day.
    package struct Shift {
        package var id: String
        package var group: String?
        package var day: IntervalTable.DayKey
        /// Seconds since midnight, the end past it by a day for a night; nil for a day off.
        package var hours: (from: Double, to: Double)?
        /// As the table names it.
        package var shift: String?
        package var cell: DelimitedText.Cell
    }

    package let text: DelimitedText
    package private(set) var entries: [Entry] = []
    package private(set) var shifts: [Shift] = []
    package private(set) var hasGroups = false
    private(set) var dateWords: String?

    /// What the note about the table says.
    package var dialectWords: String { text.dialectWords + (dateWords.map { ", dates \($0)" } ?? "") }

    /// `usual` are the hours of the shifts that the file defines.
    package init(
        _ text: DelimitedText, _ form: Form, groups: [String], usual: [String: (from: Double, to: Double)],
        log: ReadingLog
    ) {
        self.text = text
        text.problems.forEach(log.add)
        guard !text.rows.isEmpty else {
            if text.problems.isEmpty {
                log.error(
                    ProblemCode.emptyTable, "\(text.source.name) has no rows below its header",
                    at: text.place(text.header[0]))
            }
            return
        }
        let columns = TableColumns(text, log: log)
        switch form {
        case .roster: readRoster(columns, groups, usual, log)
        case .schedule: readSchedule(columns, groups, usual, log)
        }
    }

    // MARK: A row for each person

    private mutating func readRoster(
        _ columns: TableColumns, _ groups: [String], _ usual: [String: (from: Double, to: Double)], _ log: ReadingLog
    ) {
        let person = columns.find("agent_id", "agent", "id", "employee_id")
        let group = columns.find("agent_group", "group", "team")
        let languages = columns.find("languages", "language")
        let contract = columns.find("contract_h", "contract_hours")
        let tier = columns.find("tier", "level")
        var days: [(column: Int, keys: [IntervalTable.DayKey])] = []
        for (index, cell) in text.header.enumerated() where !columns.used.contains(index) {
            if let date = CivilDate(iso: cell.text) {
                days.append((index, [.date(date)]))
            } else if let weekdays = Units.days(cell.text).value {
                days.append((index, weekdays.map(IntervalTable.DayKey.weekday)))
            }
        }
        columns.use(days.map(\.column))
        let lacks = [person == nil ? "agent_id" : nil, days.isEmpty ? "Mon" : nil].compactMap { $0 }
        columns.complain(lacks, expected: "agent_id, agent_group, Mon, Tue, Wed, Thu, Fri, Sat, Sun")
        guard lacks.isEmpty, let person else { return }
        columns.warnOfUnused(known: ["paid_h", "weekends", "broken_rules", "name", "label", "notes"])
        hasGroups = group != nil
        var first: [String: DelimitedText.Cell] = [:]
        var complained: Set<String> = []
        for row in text.rows {
            guard let id = self.id(row[person], person, log) else { continue }
            if let earlier = first[id] {
                let (before, now) = (text.place(earlier).line, text.place(row[person]).line)
                log.error(
                    ProblemCode.repeatedRow, "\(id) stands on line \(before) and again on line \(now)",
                    at: text.place(row[person]), hint: "keep one of the rows; \"+\" joins two spans of a day")
                continue
            }
            first[id] = row[person]
            var name: String?
            if let group {
                name = known(row[group], group, groups, &complained, log)
                if name == nil { continue }
            }
            entries.append(
                Entry(
                    id: id, group: name, languages: languages.map { row[$0] }.flatMap { $0.text.isEmpty ? nil : $0 },
                    contractHours: contract.flatMap { contractHours(row[$0], $0, log) },
                    tier: tier.map { row[$0] }.flatMap { $0.text.isEmpty ? nil : $0 }, cell: row[person]))
            for (column, keys) in days {
                let timeSpans = hours(row[column], column, usual, log)
                for key in keys {
                    if timeSpans.isEmpty {
                        shifts.append(Shift(id: id, group: name, day: key, hours: nil, shift: nil, cell: row[column]))
                    }
                    for (timeSpan, shift) in timeSpans {
                        shifts.append(
                            Shift(id: id, group: name, day: key, hours: timeSpan, shift: shift, cell: row[column]))
                    }
                }
            }
        }
    }

    private func contractHours(_ cell: DelimitedText.Cell, _ column: Int, _ log: ReadingLog) -> Double? {
        if cell.text.isEmpty { return nil }
        switch text.number(cell) {
        case .value(let hours) where (0...168).contains(hours): return hours
        case .value:
            log.error(
                ProblemCode.range, "\(text.header[column].text) cannot be \(cell.text)", at: text.place(cell),
                expected: "hours a week, from 0 to 168")
        case .wrong(let wrong): refuse(wrong, cell, column, log)
        }
        return nil
    }

    /// The spans of a day's cell, each with the shift that it names.
    private func hours(
        _ cell: DelimitedText.Cell, _ column: Int, _ usual: [String: (from: Double, to: Double)], _ log: ReadingLog
    ) -> [(timeSpan: (from: Double, to: Double), shift: String?)] {
        if ["", "off", "-", "–"].contains(cell.text.lowercased()) { return [] }
        var timeSpans: [(timeSpan: (from: Double, to: Double), shift: String?)] = []
        for part in cell.text.split(separator: "+", omittingEmptySubsequences: false) {
            let part = Units.trimmed(String(part))
            if let timeSpan = usual[part] {
                timeSpans.append((timeSpan, part))
                continue
            }
            switch Units.clockRange(part) {
            case .value(let timeSpan): timeSpans.append((timeSpan, nil))
            case .wrong:
                let nearest = Spelling.nearest(to: part, among: usual.keys.sorted())
                log.add(
                    Wrong(
                        "E206", "\(part.isEmpty ? "nothing" : part) is neither hours nor a shift",
                        expected: "hours such as 07:00-15:30, the name of a shift, or nothing for a day off",
                        suggestion: nearest, advice: Spelling.hint(nearest)
                    ).problem(for: .column(text.header[column].text), at: text.place(cell)))
                return []
            }
        }
        return timeSpans
    }

    // MARK: A row for each shift

    private mutating func readSchedule(
        _ columns: TableColumns, _ groups: [String], _ usual: [String: (from: Double, to: Double)], _ log: ReadingLog
    ) {
        let person = columns.find("agent_id", "agent", "employee_id")
        let group = columns.find("agent_group", "group", "team")
        let date = columns.find("date")
        let weekday = columns.find("weekday", "day")
        let start = columns.find("start", "from")
        let end = columns.find("end", "to")
        let shift = columns.find("shift")
        let lacks = [
            date == nil && weekday == nil ? "date" : nil, person == nil ? "agent_id" : nil,
            group == nil ? "agent_group" : nil, start == nil ? "start" : nil, end == nil ? "end" : nil,
        ].compactMap { $0 }
        columns.complain(lacks, expected: "date (or weekday), agent_id, agent_group, start, end")
        guard lacks.isEmpty, let person, let group, let start, let end else { return }
        columns.warnOfUnused(known: ["paid_h", "start_at", "end_at", "name", "label", "notes"])
        hasGroups = true
        guard let days = TableDays(text, date: date, weekday: weekday, log: log) else { return }
        dateWords = days.words
        var complained: Set<String> = []
        for row in text.rows {
            guard let id = id(row[person], person, log), let keys = days.keys(of: row, log),
                let name = known(row[group], group, groups, &complained, log)
            else { continue }
            var hours: (from: Double, to: Double)?
            if !row[start].text.isEmpty || !row[end].text.isEmpty {
                guard let timeSpan = TableDays.timeSpan(row[start], row[end], columns: (start, end), in: text, log)
                else {
                    continue
                }
                hours = timeSpan
            }
            let named = shift.map { row[$0].text }.flatMap { $0.isEmpty ? nil : $0 }
            for key in keys {
                shifts.append(Shift(id: id, group: name, day: key, hours: hours, shift: named, cell: row[start]))
            }
        }
    }

    // MARK: Cells

    private func refuse(_ wrong: Wrong, _ cell: DelimitedText.Cell, _ column: Int, _ log: ReadingLog) {
        log.add(wrong.problem(for: .column(text.header[column].text), at: text.place(cell)))
    }

    private func id(_ cell: DelimitedText.Cell, _ column: Int, _ log: ReadingLog) -> String? {
        if !cell.text.isEmpty { return cell.text }
        refuse(Wrong(ProblemCode.cells, "a person has no name", expected: "an id such as a017"), cell, column, log)
        return nil
    }

    /// The group of a row; a wrong name is said once, at its first row.
    private func known(
        _ cell: DelimitedText.Cell, _ column: Int, _ groups: [String], _ complained: inout Set<String>,
        _ log: ReadingLog
    ) -> String? {
        if groups.contains(cell.text) { return cell.text }
        if complained.insert(cell.text).inserted {
            log.unknown(
                cell.text, among: groups, ProblemCode.reference,
                "\"\(cell.text)\" is not an agent group (column \"\(text.header[column].text)\")",
                at: text.place(cell))
        }
        return nil
    }
}
