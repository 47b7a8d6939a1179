import Center
import Documents
import Planning
import Queueing
import Simulator
import Tabular

/// What `staff SCENARIO` prints: the intervals that are short, or, where none is or nobody is planned yet, the needs.
public struct RequirementsSummary {
    let requirements: Requirements
    var staffing: SharedStaffing { requirements.staffing }
    var scenario: Scenario { requirements.scenario }
    var horizon: Horizon { scenario.horizon }

    /// People who are planned are compared with the needs.
    public init(_ requirements: Requirements) {
        self.requirements = requirements
    }

    /// The intervals that are short, else the needs; then the notes.
    public var report: Report {
        guard !requirements.rows.isEmpty else {
            return [.words(["Nothing is promised, so nobody is needed."]), .notes(notes.map { $0 + "." })]
        }
        let tables = ShortIntervals(requirements).table.map { [$0] } ?? needs.map { ShownTable($0) }
        return tables.map { .table($0) } + [.words([closing].filter { !$0.isEmpty }), .notes(notes.map { $0 + "." })]
    }

    /// How much is short, and where callers lose most; empty where nobody is planned.
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
                        + "\(PlainDates.timeSpan(worst.periods, in: horizon)).")
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

    /// `, the worst team by 5 to 11`; empty where no team lacks more than one of its types.
    private var worstTeam: String {
        let worst = staffing.pools.max { ($0.shortDivided, $0.short) < ($1.shortDivided, $1.short) }
        guard let worst, worst.short > 0 else { return "" }
        return ", the worst team by "
            + (worst.shortDivided > worst.short ? "\(worst.short) to \(worst.shortDivided)" : "\(worst.short)")
    }

    // MARK: For programs

    /// One document: the table's rows, then the time spans in which people are missing; null where nobody is planned.
    public var json: JSON {
        let timeSpans = Shortage.all(requirements).map { shortage -> JSON in
            let first = horizon.periods[shortage.periods.lowerBound]
            let last = horizon.periods[shortage.periods.upperBound]
            return .object([
                ("contact_type", .string(scenario.contactTypes[shortage.contactType].id)),
                ("date", .string(horizon.days[first.day].date)), ("start", .string(first.startClock)),
                ("end", .string(last.endClock)), ("short", .integer(shortage.short)),
                ("missed", .number((shortage.lost * 1e4).rounded() / 1e4)),
                ("interval_start", .string(horizon.instant(first))),
            ])
        }
        return .object([
            ("schema", .string("switchboard/requirements/1")), ("scenario", .string(scenario.name)),
            ("shrinkage", .number(scenario.shrinkage)), ("requirements", JSON(requirements.table)),
            ("short", staffing.isAnybodyPlanned ? .array(timeSpans) : .null),
        ])
    }
}
