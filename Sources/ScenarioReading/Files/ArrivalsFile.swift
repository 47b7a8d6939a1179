import Center
import Probability
import Queueing
import ScenarioText
import Tabular

/// A table of arrivals by itself, read as a scenario without agents: `weekday|date,start,contact_type,contacts[,aht]`,
/// or days as columns.
///
/// The rows say when each contact type is open. Weekdays stand for the week from `ScenarioReader.standardMonday`, dates
/// for themselves. No table says a time zone: every day has 24 hours, and instants are given as UTC.
public enum ArrivalsFile {
    /// What such a table does not say, the same for every contact type in it.
    public struct Settings: Sendable {
        /// Mean seconds of talk, hold and after-contact work, for rows without their own; nil where all have one.
        public var handlingTime: Double?
        /// What is promised to every contact type; nil promises nothing.
        public var target: ServiceTarget?
        /// The largest share of contacts that may hang up, a fraction.
        public var maxAbandonment: Double?
        /// Mean seconds a caller is willing to wait, exponential; nil waits for ever.
        public var patience: Double?
        /// The share of paid time when people are not available, a fraction.
        public var shrinkage: Double

        /// Times in seconds, shares as fractions; nothing is promised unless told.
        public init(
            handlingTime: Double? = nil, target: ServiceTarget? = nil, maxAbandonment: Double? = nil,
            patience: Double? = nil, shrinkage: Double = 0
        ) {
            self.handlingTime = handlingTime
            self.target = target
            self.maxAbandonment = maxAbandonment
            self.patience = patience
            self.shrinkage = shrinkage
        }
    }

    /// The most days that the dates of one table may span: a year with its leap day.
    private static let mostDays = 366

    /// Reads `path`, or standard input for `-`.
    public static func read(path: String, settings: Settings) -> ReadScenario {
        let name = path == "-" ? "stdin" : path
        let log = ReadingLog()
        var scenario: Scenario?
        var inputs: [InputFile] = []
        switch SourceText.read(path: path == "-" ? "/dev/stdin" : path, name: name) {
        case .failure(let problem): log.add(problem)
        case .success(let source):
            switch DelimitedText.read(source) {
            case .failure(var problem):
                problem.place = problem.place ?? source.place(ofBytes: 0..<0)
                log.add(problem)
            case .success(let text):
                let table = IntervalTable(
                    text, name: name, subject: .arrivals, known: owners(text), interval: 1800, log: log)
                inputs.append(
                    InputFile(path: name, bytes: source.bytes, rows: text.rows.count, dialect: table.dialectWords))
                if !log.hasErrors { scenario = self.scenario(table, settings, log) }
            }
        }
        return ReadScenario(
            scenario: log.hasErrors ? nil : scenario, problems: log.sorted(files: [name]), inputs: inputs, assumed: [],
            expanded: "", settled: "")
    }

    /// The names of contact types, in the order of their first rows.
    private static func owners(_ text: DelimitedText) -> [String] {
        let subject = IntervalTable.Subject.arrivals
        let names = ([subject.owner] + subject.ownerSynonyms).map(Spelling.folded)
        guard let column = text.header.firstIndex(where: { names.contains(Spelling.folded($0.text)) }) else {
            return []
        }
        var owners: [String] = []
        var seen: Set<String> = []
        for row in text.rows where seen.insert(row[column].text).inserted { owners.append(row[column].text) }
        return owners
    }

    private static func scenario(_ table: IntervalTable, _ settings: Settings, _ log: ReadingLog) -> Scenario? {
        guard let (first, count) = period(table, log) else { return nil }
        let calendar = Calendar(zone: "UTC", timeZone: .gmt, first: first, count: count)
        let starts = Set(table.entries.keys.map(\.start)).sorted()
        var lacking: (rows: Int, cell: DelimitedText.Cell?) = (0, nil)
        var types: [ContactType] = []
        let names = table.hasOwners ? Self.owners(table.text) : ["calls"]
        for name in names {
            var rows: [(timeSpan: TimeSpan, entry: IntervalTable.Entry)] = []
            for day in 0..<count {
                for start in starts {
                    guard let entry = table.entry(owner: name, date: calendar.day(day).date, start: start) else {
                        continue
                    }
                    let from = calendar.day(day).start + Double(start)
                    let to = min(from + Double(table.step), calendar.day(count - 1).end)
                    rows.append((TimeSpan(from, to), entry))
                }
            }
            for row in rows where row.entry.handlingTime == nil && settings.handlingTime == nil {
                if lacking.cell == nil { lacking.cell = row.entry.cell }
                lacking.rows += 1
            }
            let usual = settings.handlingTime ?? rows.lazy.compactMap(\.entry.handlingTime).first ?? 60
            types.append(
                ContactType(
                    id: name, open: TimeSpan.joined(rows.map(\.timeSpan), within: calendar.day(count - 1).end),
                    arrivals: rows.filter { $0.entry.amount > 0 }.map { row in
                        ArrivalTimeSpan(
                            row.timeSpan, contacts: row.entry.amount,
                            handlingFactor: row.entry.handlingTime.map { $0 / usual } ?? 1)
                    }, talk: .lognormal(Lognormal(mean: usual, spread: 1)),
                    patience: settings.patience.map { .exponential(Exponential(mean: $0)) }, target: settings.target,
                    maxAbandonment: settings.maxAbandonment))
        }
        warnOfTwo(table, settings, log)
        guard lacking.rows == 0 else {
            log.error(
                ProblemCode.handlingTime,
                "\(lacking.rows) row\(lacking.rows == 1 ? " says" : "s say") nothing of the handling time",
                at: lacking.cell.map(table.text.place),
                expected: "--aht 6m, or a column \"aht\" with a value in each row")
            return nil
        }
        return Scenario(
            id: ScenarioFile.name(of: table.name), name: table.name,
            horizon: calendar.horizon(interval: Double(table.step)), contactTypes: types, agentGroups: [],
            shrinkage: settings.shrinkage)
    }

    /// Where there are two handling times, the row's own is used.
    private static func warnOfTwo(_ table: IntervalTable, _ settings: Settings, _ log: ReadingLog) {
        guard let given = settings.handlingTime, let column = table.handlingTimeColumn else { return }
        let own = table.entries.values.count { $0.handlingTime != nil }
        guard own > 0 else { return }
        let rest = table.entries.count - own
        log.warn(
            ProblemCode.noEffect,
            rest == 0
                ? "--aht \(Units.formatDuration(given)) changes nothing: every row has its own \(column.text)"
                : "--aht \(Units.formatDuration(given)) counts where \(column.text) is empty, in \(rest) of \(table.entries.count) rows",
            at: table.text.place(column),
            hint: "take the column out if --aht is to count")
    }

    /// From the first date to the last; one week where there are only weekdays.
    private static func period(_ table: IntervalTable, _ log: ReadingLog) -> (CivilDate, Int)? {
        let dates = table.days.compactMap { day -> CivilDate? in
            if case .date(let date) = day { date } else { nil }
        }
        guard let first = dates.min(), let last = dates.max() else { return (ScenarioReader.standardMonday, 7) }
        let count = last.dayNumber - first.dayNumber + 1
        guard count <= mostDays else {
            log.error(
                ProblemCode.period, "the dates span \(TableDates.grouped(count)) days, \(first.iso) to \(last.iso)",
                at: table.text.place(table.text.header[0]), expected: "at most \(mostDays) days")
            return nil
        }
        return (first, count)
    }
}
