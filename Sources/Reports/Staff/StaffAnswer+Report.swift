import Documents
import Probability
import Queueing
import Simulator
import Tabular

extension StaffAnswer {
    /// The answer for people: what it is about, the table, the advice, the notes.
    public var report: Report {
        let work = StaffWords.work(StaffWords.load(question.offeredLoad))
        var table = ShownTable(TextTable(columns, of: rows))
        if hasChance {
            let target = question.target ?? Self.assumedTarget
            table.footnote = "* share of \(timeSpan) that meet \(StaffGoal.target(target).words)"
        }
        return [
            .words(["\(StaffWords.demand(question)) = \(work)"]), .table(table),
            .words((found ?? verdict)?.split(separator: "\n").map(String.init) ?? []), .notes(notes),
        ]
    }

    private var hasChance: Bool { rows.contains { $0.chance != nil } }

    /// Those that a question of this kind has.
    private var columns: [TextColumn<Row>] {
        let question = question
        let hasScheduled = question.shrinkage != nil || question.breaks != nil
        let turnsAway = rows.contains { $0.model.knowsLines(question) }
        let within = Units.formatDuration((question.target ?? Self.assumedTarget).acceptableWait)
        let columns: [TextColumn<Row>?] = [
            .left("", minimumWidth: 27) { $0.label }.onItsOwnLine,
            .right("on the phones") { StaffWords.number($0.agents) },
            hasScheduled
                ? .right("on the rota") { question.scheduled($0.agents).map { StaffWords.number(Double($0)) } ?? "-" }
                : nil,
            .right("in \(within)") { Self.share($0.measures.serviceLevels.ofAllOffered, $0.figures?.serviceLevel) },
            .right("average wait") { row in
                row.measures.meanWait.map { wait in
                    StaffWords.wait(wait) + (row.figures?.meanWait.map { " ±" + StaffWords.wait($0.reach) } ?? "")
                } ?? "-"
            },
            .right("hang-ups") { row in
                row.model.knowsHangUps(question)
                    ? Self.share(row.measures.abandonment, row.figures?.abandonment) : "-"
            },
            turnsAway
                ? .right("turned away") { row in
                    row.model.knowsLines(question) ? Self.share(row.measures.blocking, row.figures?.blocking) : "-"
                } : nil,
            .right("busy") { row in
                row.figures?.occupancy == nil
                    ? row.measures.occupancy.map(StaffWords.roundShare) ?? "-"
                    : Self.share(row.measures.occupancy, row.figures?.occupancy)
            },
            hasChance ? .right("chance*") { Self.share($0.chance?.chance.value, $0.chance?.chance) } : nil,
        ]
        return columns.compactMap { $0 }
    }

    /// `80.7%`, `80.7% ±0.4` when it was played, `-` when it means nothing.
    private static func share(_ value: Double?, _ played: Estimate?) -> String {
        guard let value else { return "-" }
        return played.map { PlainNumbers.withReach($0) } ?? StaffWords.share(value)
    }
}
