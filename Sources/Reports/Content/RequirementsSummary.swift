import Planning
import Queueing
import Simulator

/// What `staff SCENARIO` prints: the intervals that are short, or, where none is or nobody is planned yet, the needs.
public struct RequirementsSummary {
    /// More short intervals than that are cut on a terminal.
    static let mostOnScreen = 40
    /// Needs of so many contact types are shown interval by interval.
    static let mostGrids = 2

    private let requirements: Requirements
    private let present: PeoplePresent
    private var scenario: Scenario { requirements.scenario }
    private var horizon: Horizon { scenario.horizon }

    public init(_ requirements: Requirements) {
        self.requirements = requirements
        present = PeoplePresent(requirements.scenario)
    }

    /// The lines, coloured and cut as the terminal wants.
    public func lines(color: Bool = false, width: Int? = nil, unicode: Bool = true) -> [String] {
        let short = present.isAnybodyPlanned ? shortRows : []
        guard !requirements.rows.isEmpty else { return ["Nothing is promised, so nobody is needed."] }
        var lines: [String]
        if !short.isEmpty {
            let shown = width == nil ? short[...] : short.prefix(Self.mostOnScreen)
            lines = intervals(shown).lines(color: color, width: width, unicode: unicode)
            if shown.count < short.count { lines.append("... \(short.count - shown.count) more: all rows with --csv") }
        } else if isGridded {
            let grids = typesWithRows.map { grid($0).lines(color: color, width: width, unicode: unicode) }
            lines = Array(grids.joined(separator: [""]))
        } else {
            lines = peaks.lines(color: color, width: width, unicode: unicode)
        }
        return lines + [closing(short)].filter { !$0.isEmpty }
    }

    // MARK: Short intervals

    private var shortRows: [(row: Requirement, short: Int)] {
        requirements.rows.compactMap { row in
            Shortage.gap(row, present).flatMap { $0 > 0 ? (row, $0) : nil }
        }
    }

    private func intervals(_ rows: ArraySlice<(row: Requirement, short: Int)>) -> TerminalTable {
        var table = TerminalTable([
            .left(""), .left(""), .right("contacts"), .right("work"), .right("need"), .right("+ away"), .right("have"),
            .left("status"),
        ])
        for (row, short) in rows {
            let texts: [String] = [
                PlainDates.moment(row.period, in: horizon), scenario.contactTypes[row.contactType].id,
                PlainNumbers.fixed(row.contacts, 1), PlainNumbers.fixed(row.load, 1), row.need.map { "\($0)" } ?? "-",
                row.need.map { PlainNumbers.fixed(Double($0) / (1 - scenario.shrinkage), 1) } ?? "-",
                "\(present.whole(period: row.period, contactType: row.contactType))",
            ]
            table.add(texts.map { TerminalTable.Cell($0) } + [TerminalTable.Cell("short \(short)", .bad)])
        }
        return table
    }

    private func closing(_ short: [(row: Requirement, short: Int)]) -> String {
        guard present.isAnybodyPlanned else { return "" }
        let count = PlainNumbers.grouped(Double(requirements.rows.count))
        let rows = requirements.rows.count == 1 ? "row" : "rows"
        let text: String
        if let worst = short.map(\.short).max() {
            text =
                "\(PlainNumbers.grouped(Double(short.count))) of \(count) \(rows) \(short.count == 1 ? "is" : "are") "
                + "short, the worst by \(worst)."
        } else {
            text = "None of \(count) \(rows) is short."
        }
        let sharesPeople = scenario.agentGroups.contains { Set($0.skills.map(\.contactType)).count > 1 }
        return text + (sharesPeople ? " Each contact type on its own: shared skills can do better." : "")
    }

    // MARK: Needs

    private var typesWithRows: [Int] {
        let types = Set(requirements.rows.map(\.contactType))
        return scenario.contactTypes.indices.filter(types.contains)
    }

    private var isGridded: Bool {
        typesWithRows.count <= Self.mostGrids && horizon.days.count <= 7
            && horizon.days.allSatisfy { $0.end - $0.start == 86400 }
    }

    /// People on the phones by time of day and weekday.
    private func grid(_ type: Int) -> TerminalTable {
        var needs: [String: [Int: String]] = [:]
        var days: Set<Int> = []
        var starts: [String] = []
        for row in requirements.rows where row.contactType == type && row.binding != .closed {
            let period = horizon.periods[row.period]
            if needs[period.startClock] == nil { starts.append(period.startClock) }
            needs[period.startClock, default: [:]][period.day] = row.need.map { "\($0)" } ?? "-"
            days.insert(period.day)
        }
        let columns = days.sorted()
        var table = TerminalTable(
            [.left("\(scenario.contactTypes[type].id), needed on the phones")]
                + columns.map { .right(Horizon.weekdayNames[horizon.days[$0].weekday]) })
        for start in starts.sorted() {
            table.add(([start] + columns.map { needs[start]?[$0] ?? "" }).map { TerminalTable.Cell($0) })
        }
        return table
    }

    /// One line a contact type: how much work, and when it takes most people.
    private var peaks: TerminalTable {
        var table = TerminalTable([
            .left("contact type"), .right("contacts"), .right("hours of work"), .right("most on the phones"),
            .right("on the rota"), .left("when"),
        ])
        for type in typesWithRows {
            let rows = requirements.rows.filter { $0.contactType == type }
            let hours = rows.reduce(0.0) { sum, row in
                sum + row.contacts * (row.handlingTime ?? 0) / 3600
            }
            let peak = rows.max { ($0.need ?? .max, -$0.period) < ($1.need ?? .max, -$1.period) }
            let texts: [String] = [
                scenario.contactTypes[type].id,
                PlainNumbers.grouped(rows.reduce(0) { $0 + $1.contacts }), PlainNumbers.fixed(hours, 1),
                peak?.need.map { "\($0)" } ?? "-", peak?.needWithShrinkage.map { "\($0)" } ?? "-",
                peak.map { PlainDates.moment($0.period, in: horizon) } ?? "",
            ]
            table.add(texts.map { TerminalTable.Cell($0) })
        }
        return table
    }

    // MARK: Notes

    /// What was left out or taken for granted, each a clause without a full stop.
    public var notes: [String] {
        var notes: [String] = []
        func names(_ types: [ContactType]) -> String { Spelling.list(types.map(\.id), "and") }
        let types = scenario.contactTypes
        let worked = Set(requirements.lists + requirements.promised)
        let silent = types.indices.filter { requirements.models[$0] == nil && !worked.contains($0) }.map { types[$0] }
        if !silent.isEmpty {
            notes.append("nothing is promised for \(names(silent)), so no need is worked out")
        }
        let deaf = zip(types, requirements.models).filter { $1 == .erlangC && $0.maxAbandonment != nil }.map(\.0)
        if !deaf.isEmpty {
            notes.append("with Erlang C nobody hangs up, so the limit of hang-ups says nothing for \(names(deaf))")
        }
        let slots = typesWithRows.map { types[$0] }.filter { $0.channel.atOnce > 1 }
        if !slots.isEmpty {
            notes.append(
                "\(names(slots)) \(slots.count == 1 ? "is" : "are") handled several at once: the work is counted in slots, "
                    + "each at the pace of full hands")
        }
        if !requirements.lists.isEmpty {
            notes.append(
                "the work of \(names(requirements.lists.map { types[$0] })) is spread evenly over the open time until it is due: "
                    + "the least that does it")
        }
        if !requirements.promised.isEmpty {
            notes.append(
                "\(names(requirements.promised.map { types[$0] })) \(requirements.promised.count == 1 ? "has" : "have") no "
                    + "rows: whoever asks to be called counts where they called")
        }
        let brought = requirements.broughtAbout.filter { !worked.contains($0) }
        if !brought.isEmpty {
            notes.append(
                "contacts of \(names(brought.map { types[$0] })) that others bring about count too, as if everybody were "
                    + "answered")
        }
        let lagged = Set(requirements.rows.filter(\.isLagged).map(\.contactType))
        if !lagged.isEmpty {
            notes.append(
                "contacts of \(names(lagged.sorted().map { types[$0] })) reach into later intervals, so the work in hand "
                    + "decides (--lag)")
        }
        let several = typesWithRows.map { types[$0] }.filter { $0.languages.count > 1 }
        if !several.isEmpty {
            notes.append("the needs of \(names(several)) are for all their languages together")
        }
        let paced = scenario.agentGroups.filter { group in group.skills.contains { $0.handlingFactor != 1 } }
        if !paced.isEmpty {
            notes.append(
                "needs are for people at the usual pace, which \(Spelling.list(paced.map(\.id), "and")) "
                    + "\(paced.count == 1 ? "does" : "do") not have in every skill")
        }
        let unreachable = requirements.rows.count { $0.binding == .outOfReach }
        if unreachable > 0 {
            notes.append(
                "no number of people keeps what is promised in \(unreachable) interval\(unreachable == 1 ? "" : "s")")
        }
        return notes
    }

    // MARK: For programs

    /// One document: the table's rows, then the stretches in which people are missing; null where nobody is planned.
    public var json: JSON {
        let shortages = Shortage.all(requirements, present: present).map { shortage -> JSON in
            let first = horizon.periods[shortage.periods.lowerBound]
            let last = horizon.periods[shortage.periods.upperBound]
            return .object([
                ("contact_type", .string(scenario.contactTypes[shortage.contactType].id)),
                ("date", .string(horizon.days[first.day].date)), ("start", .string(first.startClock)),
                ("end", .string(last.endClock)), ("short", .integer(shortage.short)),
                ("interval_start", .string(first.instant)),
            ])
        }
        return .object([
            ("schema", .string("switchboard/requirements/1")), ("scenario", .string(scenario.name)),
            ("shrinkage", .number(scenario.shrinkage)), ("requirements", JSON(requirements.table)),
            ("short", present.isAnybodyPlanned ? .array(shortages) : .null),
        ])
    }
}
