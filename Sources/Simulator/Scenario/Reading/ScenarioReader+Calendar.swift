import Foundation

extension ScenarioReader {
    /// Zone, period, interval: the days and how their clocks run.
    func readCalendar() {
        let zone = readZone()
        let (first, count) = readPeriod()
        interval = readInterval()
        calendar = Calendar(zone: zone.name, timeZone: zone.zone, first: first, count: count)
    }

    private func readZone() -> (name: String, zone: TimeZone) {
        guard top.has("timezone") else {
            let zone = TimeZone.current
            expansion.set("timezone", zone.identifier, remark: "assumed: this computer's")
            return (zone.identifier, zone)
        }
        let zone = top.value(
            "timezone",
            { text -> Reading<TimeZone> in
                if let zone = TimeZone(identifier: text), text.contains("/") || text == "UTC" || text == "GMT" {
                    return .value(zone)
                }
                let nearest =
                    Spelling.nearest(to: text, among: TimeZone.knownTimeZoneIdentifiers.sorted())
                    ?? TimeZone.knownTimeZoneIdentifiers.sorted().first {
                        $0.lowercased().hasSuffix("/" + text.lowercased().replacing(" ", with: "_"))
                    }
                return .wrong(
                    Wrong(
                        ProblemCode.zone, "\(text) is not a time zone",
                        expected: "a name of the IANA list such as America/Chicago",
                        advice: nearest.map { "did you mean \"\($0)\"?" }))
            }, { _ in self.top.entry("timezone")?.value.text ?? "" })
        return (top.entry("timezone")?.value.text ?? "UTC", zone ?? .gmt)
    }

    /// The most days of one scenario: a year with its leap day.
    private static let mostDays = 366

    /// A Monday, fixed, so that a file without period gives the same bytes on every day that it is run.
    static let standardMonday = CivilDate(year: 2026, month: 1, day: 5) ?? CivilDate(dayNumber: 20458)

    private func readPeriod() -> (CivilDate, Int) {
        if let period = top.entry("period"), let days = top.entry("days") {
            log.error(
                ProblemCode.conflict,
                "period and days exclude each other (lines \(min(period.key.line, days.key.line)) and "
                    + "\(max(period.key.line, days.key.line)))", at: days.key.place, hint: "keep one of them")
        }
        if top.has("period") { return readGivenPeriod() ?? (Self.standardMonday, 7) }
        let days = top.count("days") ?? 7
        let text = "{from: \(Self.standardMonday.iso), to: \((Self.standardMonday + (days - 1)).iso)}"
        // The long form says the period in dates, however it was given.
        expansion.set("period", text, remark: "assumed")
        expansion.remove("days")
        return (Self.standardMonday, days)
    }

    private func readGivenPeriod() -> (CivilDate, Int)? {
        guard let block = top.block("period") else { return nil }
        for name in ["from", "to"] where !block.has(name) { block.missing(name) }
        let from = block.value("from", Units.date, \.iso)
        let to = block.value("to", Units.date, \.iso)
        guard let from, let to else { return nil }
        let place = block.entry("to")?.value.place
        guard to >= from else {
            log.error(
                ProblemCode.period, "the period ends before it starts", at: place,
                expected: "a date from \(from.iso) on")
            return nil
        }
        let count = to.dayNumber - from.dayNumber + 1
        guard count <= Self.mostDays else {
            log.error(
                ProblemCode.period, "the period has \(TableDates.grouped(count)) days", at: place,
                expected: "at most \(Self.mostDays) days")
            return nil
        }
        expansion.set("period", block.expansion.flow)
        return (from, count)
    }

    private func readInterval() -> Double {
        guard let seconds = top.duration("interval") else { return 1800 }
        if ![300, 600, 900, 1800, 3600].contains(seconds) {
            log.error(
                ProblemCode.range, "interval cannot be \(Units.formatDuration(seconds))",
                at: top.entry("interval")?.value.place, expected: "5m, 10m, 15m, 30m or 1h")
            return 1800
        }
        return seconds
    }

    // MARK: Days of a change of the clocks

    /// Says which days have 23 or 25 hours; `dropped` are contacts planned for an hour that the clocks skip.
    func warnOfOddDays(dropped: [CivilDate: Double]) {
        // The last day's date, where the period is given by dates.
        let period = top.entry("period")?.value
        let place = (period?["to"] ?? period ?? top.entry("days")?.value)?.place
        for day in calendar.days {
            guard let change = day.change else { continue }
            let hours = Units.formatNumber(day.length / 3600)
            let clocks = "clocks go from \(Units.formatClock(change.from)) to \(Units.formatClock(change.to))"
            var hint: String?
            if change.to > change.from {
                let lost = dropped[day.date] ?? 0
                if lost > 0 {
                    hint =
                        "\(Units.formatNumber((lost * 10).rounded() / 10)) contacts planned for the missing hour are left out"
                }
            } else {
                hint = "the repeated hour happens twice, each time with the contacts planned for it"
            }
            log.warn(
                ProblemCode.oddDay, "\(Calendar.words(day.date)) has \(hours) hours: \(clocks)", at: place, hint: hint)
        }
    }

    // MARK: Opening hours

    func readHours() {
        let out = Expansion()
        for entry in namedEntries("hours") {
            checkIdentifier(entry.key, "opening hours")
            hourNames.append(entry.name)
            guard let weekly = WeeklyHours.read(entry.value, name: entry.name, log: log) else { continue }
            hours[entry.name] = weekly
            out.set(entry.name, weekly.text)
        }
        if top.has("hours") { expansion.set("hours", out) }
    }

    /// `holidays.csv`: `date,name,hours`; no hours means closed all day.
    func readHolidays() {
        guard let entry = top.entry("holidays"), !entry.value.isNone, let name = top.freeText("holidays"),
            let table = files.table(entry.value)
        else { return }
        table.problems.forEach(log.add)
        guard let dateColumn = table.column("date") else {
            log.error(
                ProblemCode.header, "the header lacks a column \"date\"", at: table.place(table.header[0]),
                expected: "date, name, hours")
            return
        }
        let hoursColumn = table.column("hours", "open")
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
                if let line = lines[date] {
                    log.error(
                        ProblemCode.repeatedRow,
                        "\(date.iso) stands on line \(line) and again on line \(table.line(row))",
                        at: table.place(cell), hint: "keep one of the rows")
                    continue
                }
                lines[date] = table.line(row)
                var ranges: [WeeklyHours.Range] = []
                if let column = hoursColumn, !row[column].text.isEmpty, row[column].text.lowercased() != "closed" {
                    switch Units.clockRange(row[column].text) {
                    case .value(let (from, to)): ranges = [WeeklyHours.Range(from: from, to: to)]
                    case .wrong(let wrong):
                        log.add(wrong.problem(for: .column("hours"), at: table.place(row[column])))
                    }
                }
                holidays[date] = Holiday(ranges: ranges)
            }
        }
        files.describe(name, dialect: table.dialectWords, zone: nil)
    }

    /// When something with these weekly hours is open on day `index`: a holiday's hours stand in place of the usual
    /// ones on weekdays that have any.
    func ranges(_ weekly: WeeklyHours, day index: Int) -> [WeeklyHours.Range] {
        let date = calendar.day(index).date
        let usual = weekly.days[date.weekday]
        if usual.isEmpty { return [] }
        return holidays[date]?.ranges ?? usual
    }

    /// Open spans over the horizon, sorted and disjoint.
    func openSpans(_ weekly: WeeklyHours) -> [Span] {
        var spans: [Span] = []
        for index in -1..<calendar.count {
            for range in ranges(weekly, day: index) {
                spans += calendar.spans(day: index, from: range.from, to: range.to)
            }
        }
        return Self.joined(spans, within: calendar.day(calendar.count - 1).end)
    }

    /// Cut to the horizon, sorted, with overlapping and touching spans joined.
    static func joined(_ spans: [Span], within end: Double) -> [Span] {
        var result: [Span] = []
        for span in spans.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            let cut = Span(max(0, span.start), min(end, span.end))
            guard cut.end > cut.start else { continue }
            if let last = result.last, cut.start <= last.end {
                result[result.count - 1].end = max(last.end, cut.end)
            } else {
                result.append(cut)
            }
        }
        return result
    }

    // MARK: Channels

    struct Channel {
        var isSimulated: Bool
    }

    /// Channels that need no definition.
    private static let presets = ["phone": true, "chat": false, "sms": false, "email": false, "portal": false]

    func readChannels() {
        let out = Expansion()
        for entry in namedEntries("channels") {
            checkIdentifier(entry.key, "a channel")
            guard let block = Block(Settings.channel, path: "channels.\(entry.name)", at: entry.value, log: log) else {
                continue
            }
            let kind = block.word("kind", quiet: true)
            let atOnce = block.count("at_once", quiet: true)
            _ = block.share("slowdown")
            _ = block.count("lines")
            let isLater = kind == "later"
            let isMany = (atOnce ?? 1) > 1
            channels[entry.name] = Channel(isSimulated: !isLater && !isMany)
            if isLater {
                refuseChannel("\(Self.words(entry.name)) (work for later) is", entry.key)
            } else if isMany {
                refuseChannel("\(Self.words(entry.name)) is", entry.key)
            } else {
                block.refuseIfNotYet("lines")
            }
            block.expansion.order(by: Settings.channel)
            out.set(entry.name, block.expansion.flow)
        }
        if top.has("channels") { expansion.set("channels", out) }
    }

    private func refuseChannel(_ words: String, _ key: Node) {
        Block.refuse(words, at: key, log, hint: "leave out this channel and its contact types for now")
    }

    private static func words(_ channel: String) -> String {
        switch channel {
        case "email": "e-mail"
        case "sms": "SMS"
        default: channel
        }
    }

    /// Whether contacts of this channel are simulated; complains about channels that nobody defined.
    func isSimulated(channel name: String, at entry: Node.Entry?) -> Bool {
        if let channel = channels[name] { return channel.isSimulated }
        if let isSimulated = Self.presets[name] {
            if !isSimulated, let entry {
                Block.refuse(
                    "\(Self.words(name)) is", at: entry.value, log, hint: "leave out this contact type for now")
            }
            return isSimulated
        }
        let known = channels.keys.sorted() + Self.presets.keys.sorted().filter { channels[$0] == nil }
        let nearest = Spelling.nearest(to: name, among: known)
        log.error(
            ProblemCode.reference, "channel \"\(name)\" is not defined", at: entry?.value.place,
            expected: Spelling.list(known), hint: nearest.map { "did you mean \"\($0)\"?" }, suggestion: nearest)
        return false
    }
}
