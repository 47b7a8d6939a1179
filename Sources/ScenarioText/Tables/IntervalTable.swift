import Tabular

/// A table with one number per interval of a day: expected contacts by type, or agents on duty by group.
///
/// Long: `weekday|date,start,contact_type,contacts[,aht]`; wide: `start[,contact_type],Mon,Tue,…` or dates as
/// columns.
package struct IntervalTable {
    /// What the table counts; the words of its columns and messages.
    package struct Subject {
        /// The column that says whose number it is.
        package var owner: String
        package var ownerSynonyms: [String]
        /// The column of numbers.
        var amount: String
        var amountSynonyms: [String]
        /// `a contact type`.
        var ownerWords: String
        var unknownCode: String
        /// Whether a column `aht` may give the handling time.
        var takesHandlingTime: Bool

        package static let arrivals = Subject(
            owner: "contact_type", ownerSynonyms: ["type", "queue", "skill"], amount: "contacts",
            amountSynonyms: ["calls", "offered", "volume"], ownerWords: "a contact type",
            unknownCode: ProblemCode.contactType, takesHandlingTime: true)
        package static let agents = Subject(
            owner: "agent_group", ownerSynonyms: ["group"], amount: "agents",
            amountSynonyms: ["scheduled", "positions", "staff"], ownerWords: "an agent group",
            unknownCode: ProblemCode.reference, takesHandlingTime: false)
    }

    package struct Key: Hashable {
        /// Nil in a table that is about one owner only.
        package var owner: String?
        package var day: DayKey
        /// Seconds since midnight.
        package var start: Int
        /// 1 for the second of two rows for a time that the date's clocks show twice.
        var turn = 0
    }

    package enum DayKey: Hashable {
        case weekday(Int)
        case date(CivilDate)

        package var date: CivilDate? { if case .date(let date) = self { date } else { nil } }

        /// The day after, and the day before.
        package var next: DayKey { moved(by: 1) }
        package var previous: DayKey { moved(by: -1) }

        private func moved(by days: Int) -> DayKey {
            switch self {
            case .weekday(let day): .weekday((day + days + 7) % 7)
            case .date(let date): .date(date + days)
            }
        }
    }

    package struct Entry {
        package var amount: Double
        /// Mean handling time, seconds, if the row gives it.
        package var handlingTime: Double?
        package var cell: DelimitedText.Cell
    }

    package let name: String
    package let text: DelimitedText
    /// Seconds that each row stands for.
    package private(set) var step = 0
    package private(set) var entries: [Key: Entry] = [:]
    package private(set) var owners: Set<String> = []
    package private(set) var hasOwners = false
    package private(set) var days: Set<DayKey> = []
    /// Whether it has two rows for any hour that comes twice.
    package private(set) var hasTurns = false
    private var dateWords: String?
    /// The header of the column that gives handling times.
    package private(set) var handlingTimeColumn: DelimitedText.Cell?

    /// What the note about the table says.
    package var dialectWords: String {
        text.dialectWords + (dateWords.map { ", dates \($0)" } ?? "")
            + (step > 0 ? ", a row every \(Units.formatDuration(Double(step)))" : "")
            + (handlingTimeColumn.map { ", handling times from \"\($0.text)\"" } ?? "")
    }

    /// Whose number is at `start` (seconds since midnight) on `date`: the date's own row, else the weekday's; with a `turn`
    /// of 1 the second row of an hour that comes twice, if it has one.
    package func entry(owner: String, date: CivilDate, start: Int, turn: Int = 0) -> Entry? {
        let name = hasOwners ? owner : nil
        return entries[Key(owner: name, day: .date(date), start: start, turn: turn)]
            ?? entries[Key(owner: name, day: .weekday(date.weekday), start: start, turn: turn)]
    }

    /// Whether the number comes from a row for the date itself rather than for its weekday.
    package func isDated(owner: String, date: CivilDate, start: Int) -> Bool {
        entries[Key(owner: hasOwners ? owner : nil, day: .date(date), start: start)] != nil
    }

    // MARK: Reading

    /// `occurrences` says how often a date's clocks show a time, seconds since midnight.
    package init(
        _ text: DelimitedText, name: String, subject: Subject, known: [String], interval: Double, log: ReadingLog,
        occurrences: (Double, CivilDate) -> Int = { _, _ in 1 }
    ) {
        self.name = name
        self.text = text
        text.problems.forEach(log.add)
        guard !text.rows.isEmpty else {
            if text.problems.isEmpty {
                log.error(
                    ProblemCode.emptyTable, "\(name) has no rows below its header", at: text.place(text.header[0]))
            }
            return
        }
        guard let columns = Columns(text, subject: subject, log: log) else { return }
        readRows(
            columns, subject: subject, known: known, interval: interval, log: log, occurrences: occurrences)
    }

    /// Which column holds what.
    private struct Columns {
        var start: Int
        var owner: Int?
        var amount: Int?
        var weekday: Int?
        var date: Int?
        var handlingTime: Int?
        var handlingIsSeconds = false
        var end: Int?
        /// Days as columns.
        var wide: [(index: Int, days: [DayKey])] = []

        init?(_ text: DelimitedText, subject: Subject, log: ReadingLog) {
            func find(_ names: [String]) -> Int? {
                let wanted = names.map(Spelling.folded)
                return text.header.firstIndex { wanted.contains(Spelling.folded($0.text)) }
            }
            owner = find([subject.owner] + subject.ownerSynonyms)
            amount = find([subject.amount] + subject.amountSynonyms)
            weekday = find(["weekday", "day"])
            date = find(["date"])
            var used = [owner, amount, weekday, date].compactMap { $0 }
            for (index, cell) in text.header.enumerated() where !used.contains(index) {
                if let date = CivilDate(iso: cell.text) {
                    wide.append((index, [.date(date)]))
                } else if let days = Units.days(cell.text).value {
                    wide.append((index, days.map(DayKey.weekday)))
                }
            }
            let isWide = !wide.isEmpty && amount == nil
            if !isWide { wide = [] }
            used += wide.map(\.index)
            let found = find(["start", "interval_start", "interval", "time", "from"])
            if subject.takesHandlingTime {
                if let index = find(["aht"]) {
                    handlingTime = index
                } else if let index = find(["aht_s"]) {
                    handlingTime = index
                    handlingIsSeconds = true
                }
            }
            start = found ?? 0
            end = find(["end", "interval_end"])
            used += [found, handlingTime, end].compactMap { $0 }
            let needed =
                isWide ? ["start"] : ["weekday", "start", subject.amount]
            let lacks = [
                found == nil ? "start" : nil, isWide || amount != nil ? nil : subject.amount,
                isWide || weekday != nil || date != nil ? nil : "weekday",
            ].compactMap { $0 }
            let first = text.header[0]
            let headerPlace = text.source.place(
                ofBytes: first.bytes.lowerBound..<text.header[text.header.count - 1].bytes.upperBound)
            let expected = "weekday (or date), start, \(subject.owner), \(subject.amount)"
            for column in lacks where needed.contains(column) {
                let rest = text.header.enumerated().filter { !used.contains($0.offset) }.map(\.element.text)
                let nearest = rest.first { Spelling.nearest(to: $0, among: [column]) != nil }
                log.error(
                    ProblemCode.header, "the header lacks a column \"\(column)\"", at: headerPlace, expected: expected,
                    hint: nearest.map { "did you mean \"\(column)\" by \"\($0)\"?" })
            }
            guard lacks.isEmpty else { return nil }
            let known = ["name", "label", "notes"].map(Spelling.folded)
            for (index, cell) in text.header.enumerated() where !used.contains(index) && !cell.text.isEmpty {
                if known.contains(Spelling.folded(cell.text)) { continue }
                log.warn(
                    ProblemCode.unusedColumn, "the column \"\(cell.text)\" is not used", at: text.place(cell),
                    hint: Spelling.nearest(to: cell.text, among: [subject.owner, "aht"]).map {
                        "did you mean \"\($0)\"?"
                    })
            }
        }
    }

    private mutating func readRows(
        _ columns: Columns, subject: Subject, known: [String], interval: Double, log: ReadingLog,
        occurrences: (Double, CivilDate) -> Int
    ) {
        hasOwners = columns.owner != nil
        var dates = TableDates.infer([], in: text)
        if let column = columns.date {
            dates = TableDates.infer(text.rows.map { $0[column] }, in: text)
            if case .failure(let problem) = dates {
                log.add(problem)
                return
            }
            dateWords = try? dates.get().words
        }
        guard let reader = try? dates.get() else { return }
        func refuse(_ wrong: Wrong, _ cell: DelimitedText.Cell, _ column: Int) {
            log.add(wrong.problem(for: .column(text.header[column].text), at: text.place(cell)))
        }
        handlingTimeColumn = columns.handlingTime.map { text.header[$0] }
        var starts: [Int: DelimitedText.Cell] = [:]
        var ends: [(start: Int, end: Int, cell: DelimitedText.Cell)] = []
        var complained: Set<String> = []
        for row in text.rows {
            guard let start = Self.start(row[columns.start].text) else {
                refuse(
                    Wrong(
                        "E206", "\(row[columns.start].text) is not a clock time", expected: "a clock time such as 07:30"
                    ),
                    row[columns.start], columns.start)
                continue
            }
            var owner: String?
            if let column = columns.owner {
                let cell = row[column]
                owner = cell.text
                guard known.contains(cell.text) else {
                    let nearest = Spelling.nearest(to: cell.text, among: known)
                    // One message for a wrong name, at its first row.
                    if complained.insert(cell.text).inserted {
                        log.error(
                            subject.unknownCode,
                            "\"\(cell.text)\" is not \(subject.ownerWords) (column \"\(text.header[column].text)\")",
                            at: text.place(cell), expected: Spelling.list(known),
                            hint: Spelling.hint(nearest)
                                ?? (Self.looksLikeDate(cell.text)
                                    ? "a spreadsheet may have turned a name into a date" : nil),
                            suggestion: nearest)
                    }
                    continue
                }
                if Self.looksLikeDate(cell.text), complained.insert(cell.text).inserted {
                    log.warn(
                        ProblemCode.dateLike, "a spreadsheet would turn \"\(cell.text)\" into a date",
                        at: text.place(cell), hint: "choose a name that does not look like a date")
                }
            }
            if let column = columns.end, !row[column].text.isEmpty {
                switch Units.clock(row[column].text, isEnd: true) {
                case .value(let end):
                    ends.append((start, Int(end) > start ? Int(end) : Int(end) + 86400, row[column]))
                case .wrong(let wrong): refuse(wrong, row[column], column)
                }
            }
            var handling: Double?
            if let column = columns.handlingTime, !row[column].text.isEmpty {
                let read = columns.handlingIsSeconds ? text.number(row[column]) : Units.duration(row[column].text)
                switch read {
                case .value(let seconds) where seconds > 0: handling = seconds
                case .value: refuse(Wrong("E204", "\(row[column].text) is not above 0"), row[column], column)
                case .wrong(let wrong): refuse(wrong, row[column], column)
                }
            }
            var cells: [(days: [DayKey], column: Int)] = columns.wide.map { ($0.days, $0.index) }
            if let amount = columns.amount {
                let day: [DayKey]
                if let column = columns.date, !row[column].text.isEmpty {
                    switch reader.read(row[column].text) {
                    case .value(let date):
                        if let weekday = columns.weekday,
                            let wrong = TableDays.contradiction(date, row[weekday].text)
                        {
                            // A column that is shifted by a day is wrong in every row.
                            if complained.insert("weekday").inserted { refuse(wrong, row[weekday], weekday) }
                            continue
                        }
                        day = [.date(date)]
                    case .wrong(let wrong):
                        refuse(wrong, row[column], column)
                        continue
                    }
                } else if let column = columns.weekday {
                    switch Units.days(row[column].text) {
                    case .value(let days): day = days.map(DayKey.weekday)
                    case .wrong(let wrong):
                        refuse(wrong, row[column], column)
                        continue
                    }
                } else {
                    refuse(
                        Wrong("E208", "the date is missing", expected: "a date such as 2026-03-02"),
                        row[columns.date ?? 0], columns.date ?? 0)
                    continue
                }
                cells = [(day, amount)]
            }
            if starts[start] == nil { starts[start] = row[columns.start] }
            for (keys, column) in cells {
                let cell = row[column]
                // An empty cell of a wide table is a row that a long table would not have.
                if cell.text.isEmpty, columns.amount == nil { continue }
                switch text.number(cell) {
                case .wrong(let wrong): refuse(wrong, cell, column)
                case .value(let amount):
                    if amount < 0 {
                        refuse(Wrong("E204", "\(cell.text) is below 0"), cell, column)
                        continue
                    }
                    for day in keys {
                        var key = Key(owner: owner, day: day, start: start)
                        if entries[key] != nil, let date = day.date, occurrences(Double(start), date) > 1 {
                            key.turn = 1
                            hasTurns = true
                        }
                        if let earlier = entries[key] {
                            repeated(key, earlier, cell, log)
                            break
                        }
                        entries[key] = Entry(amount: amount, handlingTime: handling, cell: cell)
                        days.insert(day)
                    }
                }
            }
            if let owner { owners.insert(owner) }
        }
        findStep(starts, ends, interval: interval, log: log)
    }

    /// Seconds since midnight; a date before the time is left out.
    private static func start(_ text: String) -> Int? {
        if let seconds = Units.clock(text).value { return Int(seconds) }
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
        if parts.count == 2, let seconds = Units.clock(String(parts[1])).value, parts[0].count >= 8 {
            return Int(seconds)
        }
        return nil
    }

    private func repeated(_ key: Key, _ earlier: Entry, _ cell: DelimitedText.Cell, _ log: ReadingLog) {
        let when: String =
            switch key.day {
            case .weekday(let day): Horizon.weekdayNames[day]
            case .date(let date): date.iso
            }
        let place = text.place(cell)
        let interval = [key.owner, when, Units.formatClock(Double(key.start))].compactMap { $0 }.joined(separator: " ")
        log.error(
            ProblemCode.repeatedRow,
            "\(interval) stands on line \(text.place(earlier.cell).line) and again on line \(place.line)",
            at: place, hint: "keep one of the rows")
    }

    /// The commonest distance between neighbouring starts; a typing error must not make every row shorter.
    private mutating func findStep(
        _ starts: [Int: DelimitedText.Cell], _ ends: [(start: Int, end: Int, cell: DelimitedText.Cell)],
        interval: Double, log: ReadingLog
    ) {
        let sorted = starts.keys.sorted()
        var counts: [Int: Int] = [:]
        for (a, b) in zip(sorted, sorted.dropFirst()) { counts[b - a, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        // With one start a day only an end can say how long a row is.
        step = counts.filter { $0.value == most }.keys.min() ?? ends.first.map { $0.end - $0.start } ?? Int(interval)
        if counts.isEmpty, ends.isEmpty, let only = sorted.first, let cell = starts[only] {
            log.warn(
                ProblemCode.oneStart,
                "every row of \(name) starts at \(Units.formatClock(Double(only))), and is taken for "
                    + Units.formatDuration(interval), at: text.place(cell),
                hint: "a column \"end\" says how long a row is; a day's total is written in the scenario, {Mon: 320}")
        }
        if let other = ends.first(where: { $0.end - $0.start != step }) {
            log.error(
                ProblemCode.step,
                "\(Units.formatClock(Double(other.start))) to \(other.cell.text) is "
                    + "\(Units.formatDuration(Double(other.end - other.start))), but the rows come every "
                    + Units.formatDuration(Double(step)), at: text.place(other.cell),
                expected: "rows every 5m, 10m, 15m, 30m or 1h",
                hint: "a day's total is written in the scenario, such as {Mon: 320}")
        }
        guard 86400 % step == 0 else {
            log.error(
                ProblemCode.step, "rows every \(Units.formatDuration(Double(step))) do not divide a day evenly",
                at: starts[sorted[0]].map(text.place), expected: "rows every 5m, 10m, 15m, 30m or 1h",
                hint: step > 3600 ? "a day's total is written in the scenario, such as {Mon: 320}" : nil)
            return
        }
        let phases = Dictionary(grouping: sorted) { $0 % step }
        let phase = phases.max { ($0.value.count, -$0.key) < ($1.value.count, -$1.key) }?.key ?? 0
        for start in sorted where start % step != phase {
            log.error(
                ProblemCode.step,
                "\(Units.formatClock(Double(start))) does not fit the other rows, which come every "
                    + Units.formatDuration(Double(step)),
                at: starts[start].map(text.place))
        }
    }

    /// `MAR1`, `8-5`, `1-Mar`: what spreadsheets turn into dates.
    static func looksLikeDate(_ text: String) -> Bool {
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let plain = text.lowercased().filter { $0 != " " }
        let parts = plain.split(whereSeparator: { $0 == "-" || $0 == "/" || $0 == "." }).map(String.init)
        func isMonth(_ text: String) -> Bool { months.contains(text) }
        func isSmall(_ text: String) -> Bool { Int(text).map { (1...31).contains($0) } ?? false }
        if parts.count == 2 {
            return (isSmall(parts[0]) && isSmall(parts[1])) || (isMonth(parts[0]) && isSmall(parts[1]))
                || (isSmall(parts[0]) && isMonth(parts[1]))
        }
        guard parts.count == 1 else { return false }
        return (isMonth(String(plain.prefix(3))) && isSmall(String(plain.dropFirst(3))))
            || (plain.count > 3 && isMonth(String(plain.suffix(3))) && isSmall(String(plain.dropLast(3))))
    }
}
