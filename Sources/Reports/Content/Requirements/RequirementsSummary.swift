import Center
import Planning
import Queueing
import Simulator
import Tabular

/// What `staff SCENARIO` prints: the intervals that are short, or, where none is or nobody is planned yet, the needs.
public struct RequirementsSummary {
    /// More short intervals than that are cut on a terminal.
    static let mostOnScreen = 40
    /// Needs of so many contact types are shown interval by interval.
    static let mostGrids = 2

    private let requirements: Requirements
    private var staffing: SharedStaffing { requirements.staffing }
    private var scenario: Scenario { requirements.scenario }
    private var horizon: Horizon { scenario.horizon }

    public init(_ requirements: Requirements) {
        self.requirements = requirements
    }

    /// The lines, coloured and cut as the terminal wants.
    public func lines(color: Bool = false, width: Int? = nil, unicode: Bool = true) -> [String] {
        let short = staffing.isAnybodyPlanned ? shortages : []
        guard !requirements.rows.isEmpty else { return ["Nothing is promised, so nobody is needed."] }
        var lines: [String]
        if !short.isEmpty {
            var shown: [Line] = []
            for shortage in short where width == nil || shown.count + shortage.count <= Self.mostOnScreen {
                shown += shortage
            }
            lines = table(shown).lines(color: color, width: width, unicode: unicode)
            let left = short.reduce(0) { $0 + $1.count } - shown.count
            if left > 0 { lines.append("... \(left) more: all rows with --csv") }
        } else if isGridded {
            let grids = typesWithRows.map { grid($0).lines(color: color, width: width, unicode: unicode) }
            lines = Array(grids.joined(separator: [""]))
        } else {
            lines = peaks.lines(color: color, width: width, unicode: unicode)
        }
        return lines + [closing].filter { !$0.isEmpty }
    }

    // MARK: Short intervals

    /// One line of the screen: the columns' texts, and how bad it is.
    private struct Line {
        var texts: [String]
        var status: String
        var tone: TerminalTable.Tone
    }

    /// What is short, what callers lose most by first: a type with people of its own, or a team with those of its types
    /// whose promise is missed.
    private var shortages: [[Line]] {
        var found: [(lost: Double, period: Int, lines: [Line])] = []
        let rows = requirements.rows
        for (row, own) in zip(rows, staffing.rows) where own.pool == nil {
            let lines = self.lines(row, own, isInTeam: false)
            let lost = max(own.lost, own.languages.reduce(0) { $0 + $1.lost })
            if !lines.isEmpty { found.append((lost, row.period, lines)) }
        }
        var members = [[Int]](repeating: [], count: staffing.pools.count)
        for (r, own) in staffing.rows.enumerated() {
            if let pool = own.pool { members[pool].append(r) }
        }
        for (pool, mine) in zip(staffing.pools, members) where pool.short > 0 {
            let lines = mine.flatMap { self.lines(rows[$0], staffing.rows[$0], isInTeam: true) }
            found.append((pool.lost, pool.period, [line(pool)] + lines))
        }
        return found.sorted { ($1.lost, $0.period) < ($0.lost, $1.period) }.map(\.lines)
    }

    private func lines(_ row: Requirement, _ own: SharedStaffing.Row, isInTeam: Bool) -> [Line] {
        let type = scenario.contactTypes[row.contactType]
        let when = isInTeam ? "" : PlainDates.moment(row.period, in: horizon)
        let indent = isInTeam ? "  " : ""
        func line(
            _ name: String, _ share: Double, _ need: Int?, _ have: Double, _ short: Int, _ level: Double?
        ) -> Line {
            let expected = level.map { "\(PlainNumbers.percent($0, digits: 0)) in time" }
            return Line(
                texts: [
                    when, indent + name, PlainNumbers.fixed(row.contacts * share, 1),
                    PlainNumbers.fixed(row.load * share, 1), need.map { "\($0)" } ?? "-",
                    need.map { PlainNumbers.fixed(Double($0) / (1 - scenario.shrinkage), 1) } ?? "-",
                    PlainNumbers.fixed(have, 1),
                ],
                status: isInTeam ? expected ?? "short \(short)" : "short \(short)" + (expected.map { ", \($0)" } ?? ""),
                tone: isInTeam ? .plain : .bad)
        }
        var lines: [Line] = []
        if own.short > 0 { lines.append(line(type.id, 1, row.need, own.have, own.short, own.level)) }
        for language in own.languages where language.short > 0 {
            // What befalls everybody has been said.
            if own.short > 0, let all = own.level, let level = language.level, level > all - 0.1 { continue }
            lines.append(
                line(
                    "\(type.id) \(language.codes.joined(separator: "+"))", language.share, language.need, language.have,
                    language.short, language.level))
        }
        return lines
    }

    private func line(_ pool: SharedStaffing.Pool) -> Line {
        func range(_ low: Int?, _ high: Int?) -> String {
            guard let low, let high else { return "-" }
            return low < high ? "\(low)-\(high)" : "\(low)"
        }
        func away(_ need: Int?) -> Int? {
            need.map { Int((Double($0) / (1 - scenario.shrinkage) - 1e-9).rounded(.up)) }
        }
        let names = pool.groups.map { scenario.agentGroups[$0].id }
        let who = names.count > 2 ? "\(names[0]) + \(names.count - 1) groups" : names.joined(separator: " + ")
        let short =
            pool.shortDivided > pool.short ? "short \(pool.short) to \(pool.shortDivided)" : "short \(pool.short)"
        return Line(
            texts: [
                PlainDates.moment(pool.period, in: horizon), "\(who): \(pool.types.count) types",
                PlainNumbers.fixed(pool.contacts, 1), PlainNumbers.fixed(pool.work, 1),
                range(pool.needShared, pool.needDivided), range(away(pool.needShared), away(pool.needDivided)),
                PlainNumbers.fixed(pool.have, 1),
            ], status: short, tone: .bad)
    }

    private func table(_ lines: [Line]) -> TerminalTable {
        // When and who share a column, so that long names have a line of their own where the window is narrow.
        let width = lines.map { $0.texts[0].count }.max() ?? 0
        var table = TerminalTable([
            .left("").onItsOwnLine, .right("contacts").yielding(1), .right("work").yielding(2), .right("need"),
            .right("+ away").yielding(3), .right("have"), .left("status").onItsOwnLine,
        ])
        for line in lines {
            let when = line.texts[0] + String(repeating: " ", count: width - line.texts[0].count)
            let texts = ["\(when)   \(line.texts[1])"] + line.texts.dropFirst(2)
            table.add(texts.map { TerminalTable.Cell($0) } + [TerminalTable.Cell(line.status, line.tone)])
        }
        return table
    }

    /// `, the worst team by 5 to 11`; empty where no team lacks more than one of its types.
    private var worstTeam: String {
        let worst = staffing.pools.max { ($0.shortDivided, $0.short) < ($1.shortDivided, $1.short) }
        guard let worst, worst.short > 0 else { return "" }
        return ", the worst team by "
            + (worst.shortDivided > worst.short ? "\(worst.short) to \(worst.shortDivided)" : "\(worst.short)")
    }

    private var closing: String {
        guard staffing.isAnybodyPlanned else { return "" }
        let count = PlainNumbers.grouped(Double(requirements.rows.count))
        let rows = requirements.rows.count == 1 ? "row" : "rows"
        let short = staffing.rows.map(\.short).filter { $0 > 0 }
        var sentences: [String] = []
        if let most = short.max() {
            sentences.append(
                "\(PlainNumbers.grouped(Double(short.count))) of \(count) \(rows) \(short.count == 1 ? "is" : "are") "
                    + "short, the worst by \(most)\(worstTeam).")
            if let worst = Shortage.all(requirements).worst, worst.lost > 0 {
                sentences.append(
                    "Callers lose most in \(scenario.contactTypes[worst.contactType].id) "
                        + "\(PlainDates.stretch(worst.periods, in: horizon)).")
            }
        } else {
            sentences.append("None of \(count) \(rows) is short.")
        }
        let alone = staffing.rows.count { $0.short == 0 && $0.languages.contains { $0.short > 0 } }
        if alone > 0 {
            sentences.append(
                "In \(PlainNumbers.grouped(Double(alone))) more people are missing for one language alone.")
        }
        let sharesPeople = scenario.agentGroups.contains { Set($0.skills.map(\.contactType)).count > 1 }
        if sharesPeople { sentences.append("People who serve several types are counted once.") }
        return sentences.joined(separator: " ")
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
            notes.append(
                "the needs of \(names(several)) are for all their languages together; a language for which people are "
                    + "missing has a line of its own")
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
        let stretches = Shortage.all(requirements).map { shortage -> JSON in
            let first = horizon.periods[shortage.periods.lowerBound]
            let last = horizon.periods[shortage.periods.upperBound]
            return .object([
                ("contact_type", .string(scenario.contactTypes[shortage.contactType].id)),
                ("date", .string(horizon.days[first.day].date)), ("start", .string(first.startClock)),
                ("end", .string(last.endClock)), ("short", .integer(shortage.short)),
                ("missed", .number((shortage.lost * 1e4).rounded() / 1e4)),
                ("interval_start", .string(first.instant)),
            ])
        }
        return .object([
            ("schema", .string("switchboard/requirements/1")), ("scenario", .string(scenario.name)),
            ("shrinkage", .number(scenario.shrinkage)), ("requirements", JSON(requirements.table)),
            ("short", staffing.isAnybodyPlanned ? .array(stretches) : .null),
        ])
    }
}
