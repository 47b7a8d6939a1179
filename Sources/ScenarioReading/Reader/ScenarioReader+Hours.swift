import ScenarioText
import Tabular

/// Opening hours and holidays.
extension ScenarioReader {
    // MARK: Opening hours

    func readHours() {
        let out = Expansion()
        for entry in namedEntries("hours") {
            checkIdentifier(entry.key, "opening hours")
            hourNames.append(entry.name)
            guard let weekly = WeeklyHours.read(entry.value, name: entry.name, log: log) else { continue }
            hours[entry.name] = weekly
            hours[entry.name]?.name = entry.name
            out.set(entry.name, weekly.text)
        }
        if top.has("hours") { expansion.set("hours", out) }
    }

    /// `holidays.csv`: `date,name,hours`, and where they differ `hours_name,volume,next_day,staff`.
    func readHolidays() {
        guard let entry = top.entry("holidays"), !entry.value.isNone, let name = top.freeText("holidays"),
            let table = files.table(entry.value)
        else { return }
        table.problems.forEach(log.add)
        let columns = TableColumns(table, log: log)
        let hoursColumn = columns.find("hours", "open")
        let nameColumn = columns.find("name", "holiday", "label")
        let hoursNameColumn = columns.find("hours_name")
        let volumeColumn = columns.find("volume")
        let nextDayColumn = columns.find("next_day")
        let staffColumn = columns.find("staff")
        guard let dateColumn = columns.find("date", "day") else {
            columns.complain(["date"], expected: "date, name, hours")
            return
        }
        if hoursColumn == nil, let taken = hoursByAnotherName(table, columns.used) {
            // Without its hours a half day would be a closed one.
            log.error(
                ProblemCode.header, "\"\(taken.text)\" is no column of holidays, and its hours would be lost",
                at: table.place(taken), expected: "date, name, hours", hint: "did you mean \"hours\"?",
                suggestion: "hours")
            return
        }
        columns.warnOfUnused(known: ["notes", "weekday"])
        let dates: TableDates
        switch TableDates.infer(table.rows.map { $0[dateColumn] }, in: table) {
        case .success(let found): dates = found
        case .failure(let problem):
            log.add(problem)
            return
        }
        var lines: [CivilDate: Int] = [:]
        for row in table.rows {
            let cell = row[dateColumn]
            switch dates.read(cell.text) {
            case .wrong(let wrong): log.add(wrong.problem(for: .column("date"), at: table.place(cell)))
            case .value(let date):
                lines[date] = table.line(row)
                var ranges: [WeeklyHours.Range] = []
                if let column = hoursColumn, !row[column].text.isEmpty, row[column].text.lowercased() != "closed" {
                    switch Units.clockRange(row[column].text) {
                    case .value(let (from, to)): ranges = [WeeklyHours.Range(from: from, to: to)]
                    case .wrong(let wrong):
                        log.add(wrong.problem(for: .column("hours"), at: table.place(row[column])))
                    }
                }
                func text(_ column: Int?) -> String { column.map { row[$0].text } ?? "" }
                var holiday = Holidays.Row(name: text(nameColumn), ranges: ranges, line: table.line(row))
                if let column = hoursNameColumn, !row[column].text.isEmpty, row[column].text != "all" {
                    guard hourNames.contains(row[column].text) else {
                        log.unknown(
                            row[column].text, among: hourNames, ProblemCode.reference,
                            "\"\(row[column].text)\" is not the name of opening hours", at: table.place(row[column]))
                        continue
                    }
                    holiday.hours = row[column].text
                }
                holiday.volume = share(volumeColumn.map { row[$0] }, "volume", table)
                holiday.nextDay = share(nextDayColumn.map { row[$0] }, "next_day", table)
                if let column = staffColumn, !row[column].text.isEmpty {
                    if let staff = Holidays.Staff(rawValue: row[column].text) {
                        holiday.staff = staff
                    } else {
                        log.unknown(
                            row[column].text, among: Holidays.Staff.allCases.map(\.rawValue), ProblemCode.choice,
                            "\"\(row[column].text)\" is not what staff do on a holiday", at: table.place(row[column]),
                            expected: "off, paid or as_usual")
                    }
                }
                if let other = holidays.add(holiday, on: date) {
                    log.error(
                        ProblemCode.repeatedRow,
                        "\(date.iso) stands on line \(other.line) and again on line \(table.line(row))",
                        at: table.place(cell), hint: "keep one of the rows, or give each a hours_name")
                }
            }
        }
        files.describe(name, dialect: table.dialectWords, zone: nil)
        let period = (first: calendar.day(0).date, last: calendar.day(calendar.count - 1).date)
        guard let first = lines.keys.min(), let last = lines.keys.max(),
            !lines.keys.contains(where: { period.first <= $0 && $0 <= period.last })
        else { return }
        // A table of the whole year may well have none in a week of it; one of another year has been forgotten.
        let years = period.first.parts.year...period.last.parts.year
        let isOfAnotherYear = !lines.keys.contains { years.contains($0.parts.year) }
        let timeSpan = first == last ? first.iso : "\(first.iso) to \(last.iso)"
        log.add(
            Problem(
                isOfAnotherYear ? .warning : .note, ProblemCode.outsidePeriod,
                "no date of \(name) lies in the period: it has \(timeSpan)", at: entry.value.place,
                hint: "the period is \(period.first.iso) to \(period.last.iso)"))
    }

    /// What of usual days does not come on holidays, where the table does not say how much does.
    func warnOfHolidays() {
        guard !lostToHolidays.isEmpty, let entry = top.entry("holidays") else { return }
        let days = lostToHolidays.sorted { $0.key < $1.key }.map { date, types in
            let name = holidays.rows[date]?.first.map(\.name) ?? ""
            return (name: name.isEmpty ? date.iso : name, contacts: types.reduce(0) { $0 + $1.contacts })
        }
        let all = Units.formatNumber(days.reduce(0) { $0 + $1.contacts }.rounded())
        let list = days.prefix(4).map { "\($0.name) \(Units.formatNumber($0.contacts.rounded()))" }
        let more = days.count > list.count ? " and \(days.count - list.count) more" : ""
        log.warn(
            ProblemCode.closedVolume,
            "\(all) contacts that usual days have do not come on holidays: " + list.joined(separator: ", ") + more,
            at: entry.value.place,
            hint:
                "say in a column \"volume\" what share of a usual day comes"
                + (holidays.rows.values.joined().contains { $0.nextDay != nil }
                    ? "" : ", and in \"next_day\" what the day after has")
        )
    }

    /// `60%` of a usual day's contacts, at most ten times as many; nil where the cell is empty or wrong.
    private func share(_ cell: DelimitedText.Cell?, _ column: String, _ table: DelimitedText) -> Double? {
        guard let cell, !cell.text.isEmpty else { return nil }
        switch Units.partOfUsual(cell.text) {
        case .value(let share): return share
        case .wrong(let wrong): log.add(wrong.problem(for: .column(column), at: table.place(cell)))
        }
        return nil
    }

    /// A header that is nearly `hours`, or above hours.
    private func hoursByAnotherName(_ table: DelimitedText, _ used: Set<Int>) -> DelimitedText.Cell? {
        table.header.indices.first { column in
            if used.contains(column) { return false }
            let name = table.header[column].text
            return Spelling.nearest(to: name, among: ["hours", "open", "opening_hours"]) != nil
                || table.rows.contains { Units.clockRange($0[column].text).value != nil }
        }.map { table.header[$0] }
    }

    /// The working days of what keeps any of these hours.
    func workingDays(_ weekly: [WeeklyHours]) -> WorkingDays { WorkingDays(weekly, holidays: holidays) }

    /// The same in seconds, by the center's clocks.
    func workingTime(_ weekly: [WeeklyHours]) -> WorkingTime {
        if let known = workingTimes[weekly] { return known }
        let time = WorkingTime(workingDays(weekly), usual: WorkingDays(weekly), centerCalendar)
        workingTimes[weekly] = time
        return time
    }

    /// The hours of everything that a group serves.
    func servedHours(_ group: AgentGroupDraft) -> [WeeklyHours] {
        var known: Set<WeeklyHours> = []
        let broughtAbout = derivedTypes.indices.filter { (group.derivedSkills[$0] ?? nil) != nil }.map {
            derivedTypes[$0].parent
        }
        let declared = group.skills.map(\.contactType).sorted().compactMap { draftPlaces[allTypeNames[$0]] }
        return (declared + broughtAbout).compactMap { type in
            let hours = contactTypes[type].hours
            return known.insert(hours).inserted ? hours : nil
        }
    }

    /// Open spans over the horizon, sorted and disjoint.
    func openTimeSpans(_ weekly: WeeklyHours) -> [TimeSpan] {
        TimeSpan.joined(workingTime([weekly]).open, within: centerCalendar.horizonEnd)
    }
}
