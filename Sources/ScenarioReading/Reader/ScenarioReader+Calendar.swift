import Foundation
import ScenarioText
import Tabular

extension ScenarioReader {
    /// Zone, period, interval: the days and how their clocks run.
    func readCalendar() {
        let zone = readZone()
        let (first, count) = readPeriod()
        dayCount = count
        interval = readInterval()
        calendar = Calendar(zone: zone.name, timeZone: zone.zone, first: first, count: count)
        centerCalendar = calendar
    }

    private func readZone() -> (name: String, zone: TimeZone) {
        guard top.has("timezone") else {
            let zone = TimeZone.current
            expansion.set("timezone", zone.identifier, remark: "assumed: this computer's")
            return (zone.identifier, zone)
        }
        let zone = zone(top)
        return (top.entry("timezone")?.value.text ?? "UTC", zone ?? .gmt)
    }

    /// The zone that a block names; nil when it names none, or none that is known, which is then said.
    func zone(_ block: Block) -> TimeZone? {
        guard let entry = block.entry("timezone") else { return nil }
        return block.value(
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
                        suggestion: nearest, advice: Spelling.hint(nearest)))
            }, { _ in entry.value.text ?? "" })
    }

    /// Does something by the clocks of a group.
    func byClocks<Result>(of group: AgentGroupDraft, _ body: () -> Result) -> Result {
        guard let other = group.calendar else { return body() }
        let usual = calendar
        calendar = other
        defer { calendar = usual }
        return body()
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
                hint = repeatedHourHint
            }
            log.warn(
                ProblemCode.oddDay, "\(Calendar.words(day.date)) has \(hours) hours: \(clocks)", at: place, hint: hint)
        }
    }

    /// What becomes of volumes that are told once for an hour that comes twice.
    private var repeatedHourHint: String {
        let counted = contactTypes.filter { $0.volumes.isCounted }
        let planned = "the repeated hour happens twice, each time with the contacts planned for it"
        let told =
            "a count of the repeated hour is of both times together; two rows for it are the first and the second"
        if counted.isEmpty { return planned }
        if counted.count == contactTypes.count { return told }
        return planned + "; for \(Spelling.list(counted.map(\.id), "and")) " + told
    }
}
