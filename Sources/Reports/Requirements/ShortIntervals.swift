import Center
import Documents
import Planning
import Tabular

/// What is short, what callers lose most by first: a type with people of its own, or a team with those of its types whose
/// promise is missed.
struct ShortIntervals {
    /// More rows than that are cut on a terminal.
    private static let mostOnScreen = 40

    private let requirements: Requirements
    private var staffing: SharedStaffing { requirements.staffing }
    private var scenario: Scenario { requirements.scenario }
    private var horizon: Horizon { scenario.horizon }

    init(_ requirements: Requirements) { self.requirements = requirements }

    /// Nil where nothing is short, or nobody is planned.
    var table: ShownTable? {
        guard staffing.isAnybodyPlanned else { return nil }
        let blocks = blocks
        guard !blocks.isEmpty else { return nil }
        var shown = ShownTable(TextTable(Self.columns, of: blocks.flatMap { $0 }))
        shown.mostOnScreen = Self.mostOnScreen
        shown.blocks = blocks.map(\.count)
        return shown
    }

    /// A type, one of its languages or a team in an interval.
    private struct Row {
        /// `Mon 08:00`; empty below a team.
        let when: String
        let name: String
        let contacts: Double
        let work: Double
        let need: String
        /// The need with those who are away.
        let away: String
        let have: Double
        let status: String
        let tone: TextTable.Tone
    }

    private static let columns: [TextColumn<Row>] = [
        // When and who share a column, so that long names have a line of their own where the window is narrow.
        .left("", cell: { .init($0.name, lead: $0.when) }).onItsOwnLine,
        .right("contacts") { PlainNumbers.fixed($0.contacts, 1) }.yielding(1),
        .right("work") { PlainNumbers.fixed($0.work, 1) }.yielding(2),
        .right("need") { $0.need },
        .right("+ away") { $0.away }.yielding(3),
        .right("have") { PlainNumbers.fixed($0.have, 1) },
        .left("status", cell: { .init($0.status, $0.tone) }).onItsOwnLine,
    ]

    private var blocks: [[Row]] {
        var found: [(lost: Double, period: Int, rows: [Row])] = []
        let rows = requirements.rows
        for (row, own) in zip(rows, staffing.rows) where own.pool == nil {
            let shown = self.rows(row, own, isInTeam: false)
            let lost = max(own.lost, own.languages.reduce(0) { $0 + $1.lost })
            if !shown.isEmpty { found.append((lost, row.period, shown)) }
        }
        var members = [[Int]](repeating: [], count: staffing.pools.count)
        for (r, own) in staffing.rows.enumerated() {
            if let pool = own.pool { members[pool].append(r) }
        }
        for (pool, mine) in zip(staffing.pools, members) where pool.short > 0 {
            let shown = mine.flatMap { self.rows(rows[$0], staffing.rows[$0], isInTeam: true) }
            found.append((pool.lost, pool.period, [row(pool)] + shown))
        }
        return found.sorted { ($1.lost, $0.period) < ($0.lost, $1.period) }.map(\.rows)
    }

    private func rows(_ row: Requirement, _ own: SharedStaffing.Row, isInTeam: Bool) -> [Row] {
        let type = scenario.contactTypes[row.contactType]
        func shown(
            _ name: String, _ share: Double, _ need: Int?, _ have: Double, _ short: Int, _ level: Double?
        ) -> Row {
            let expected = level.map { "\(PlainNumbers.percent($0, digits: 0)) in time" }
            return Row(
                when: isInTeam ? "" : PlainDates.moment(row.period, in: horizon), name: (isInTeam ? "  " : "") + name,
                contacts: row.contacts * share, work: row.load * share, need: need.map { "\($0)" } ?? "-",
                away: need.map { PlainNumbers.fixed(Double($0) / (1 - scenario.shrinkage), 1) } ?? "-", have: have,
                status: isInTeam ? expected ?? "short \(short)" : "short \(short)" + (expected.map { ", \($0)" } ?? ""),
                tone: isInTeam ? .plain : .bad)
        }
        var rows: [Row] = []
        if own.short > 0 { rows.append(shown(type.id, 1, row.need, own.have, own.short, own.level)) }
        for language in own.languages where language.short > 0 {
            // What befalls everybody has been said.
            if own.short > 0, let all = own.level, let level = language.level, level > all - 0.1 { continue }
            rows.append(
                shown(
                    "\(type.id) \(language.codes.joined(separator: "+"))", language.share, language.need, language.have,
                    language.short, language.level))
        }
        return rows
    }

    private func row(_ pool: SharedStaffing.Pool) -> Row {
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
        return Row(
            when: PlainDates.moment(pool.period, in: horizon), name: "\(who): \(pool.types.count) types",
            contacts: pool.contacts, work: pool.work, need: range(pool.needShared, pool.needDivided),
            away: range(away(pool.needShared), away(pool.needDivided)), have: pool.have, status: short, tone: .bad)
    }
}
