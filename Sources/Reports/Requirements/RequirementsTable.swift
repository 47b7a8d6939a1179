import Documents
import Planning
import Queueing
import Simulator
import Tabular

/// `requirements.csv`: one row per interval and contact type.
enum RequirementsTable: TableForm {
    static let name = "requirements"
    static let key = ["interval_start", "contact_type"]

    struct Row {
        let own: Requirement
        let typeID: String
        let moment: PeriodColumns.Moment
        /// The people planned; nil where nobody is.
        let planned: Planned?
    }

    /// The people there for a type in an interval.
    struct Planned {
        let found: SharedStaffing.Row
        let isOpen: Bool
        /// The one that most people are missing for.
        let language: SharedStaffing.Language?
        let team: Team?

        /// Where it is open, else nothing.
        func open<Value>(_ value: Value) -> Value? { isOpen ? value : nil }
    }

    /// Groups that share the work of several types in an interval.
    struct Team {
        let pool: SharedStaffing.Pool
        let groups: [String]
        let types: [String]
    }

    static func eachRow(of requirements: Requirements, _ add: (Row) -> Void) {
        let scenario = requirements.scenario
        let staffing = requirements.staffing
        for (r, own) in requirements.rows.enumerated() {
            var planned: Planned?
            if staffing.isAnybodyPlanned {
                let found = staffing.rows[r]
                let team = found.pool.map { index in
                    let pool = staffing.pools[index]
                    return Team(
                        pool: pool, groups: pool.groups.map { scenario.agentGroups[$0].id },
                        types: pool.types.map { scenario.contactTypes[$0].id })
                }
                planned = Planned(
                    found: found, isOpen: own.binding != .closed, language: found.scarcest, team: team)
            }
            add(
                Row(
                    own: own, typeID: scenario.contactTypes[own.contactType].id,
                    moment: .init(own.period, in: scenario.horizon), planned: planned))
        }
    }

    static let columns: Columns<Row> = [
        PeriodColumns.first.of { $0.moment },
        .text("contact_type") { $0.typeID },
        .number("contacts", "expected in the interval; redials are not among them") { $0.own.contacts },
        .number("aht_s", "mean talk + hold + after-contact work") { $0.own.handlingTime },
        .number("load", "erlangs: the interval's own work, or with a lagged method the work in hand") { $0.own.load },
        .text("method", "the formula that gives the need", kind: .text) { $0.own.method },
        .number("need_exact", "on the phones where part-time counts; 0.000000002 fewer miss a promise") {
            $0.own.needExact
        },
        .count("need", "whole people on the phones") { $0.own.need },
        .count("need_with_shrinkage", "whole people on the rota: need / (1 - shrinkage), rounded up") {
            $0.own.needWithShrinkage
        },
        .percent("service_level_pct", "by the target's rule, with so many as needed") { $0.own.serviceLevel },
        .number("asa_s", "mean wait of the answered, with so many as needed") { $0.own.measures?.meanSpeedOfAnswer },
        .percent("abandon_pct", "abandoned / offered, with so many as needed") { $0.own.measures?.abandonment },
        .percent("occupancy_pct", "handling / on the phones, with so many as needed") { $0.own.measures?.occupancy },
        .text("bound_by", Requirement.Binding.allCases.map(\.rawValue).joined(separator: ", "), kind: .text) {
            $0.own.binding.rawValue
        },
        ofPlanned.of { $0.planned },
        ofLanguage.of { $0.planned },
        ofTeam.of { $0.planned?.team },
        PeriodColumns.last.of { $0.moment },
    ]

    private static let ofPlanned: Columns<Planned> = [
        .number("have", "people on the phones whom the other types leave for this one, each counted once") {
            rounded($0.found.have, 1e6)
        },
        .number("expected_pct", "service level by the target's rule, to be expected with the people there") {
            rounded($0.found.level.map { $0 * 100 }, 1e4)
        },
        .number("expected_abandon_pct", "abandoned / offered, to be expected with the people there") {
            rounded($0.found.abandonment.map { $0 * 100 }, 1e4)
        },
        .count("short", "people missing on the phones; 0 is enough") { $0.open($0.found.short) },
        .number("missed", "callers for whom what is promised is not kept, to be expected in the interval") {
            rounded($0.open($0.found.lost), 1e4)
        },
    ]

    private static let ofLanguage: Columns<Planned> = [
        .text("language", "the language that most people are missing for, if not all serve it", kind: .text) {
            $0.language?.codes.joined(separator: "+")
        },
        .count("language_need", "whole people on the phones for it alone") { $0.language?.need },
        .number("language_have", "people on the phones who are left for it") { rounded($0.language?.have, 1e6) },
        .number("language_expected_pct", "its service level, to be expected") {
            rounded($0.language?.level.map { $0 * 100 }, 1e4)
        },
        .count("language_short", "people missing for it; 0 is enough") { row in
            row.language.flatMap { row.open($0.short) }
        },
    ]

    private static let ofTeam: Columns<Team> = [
        .text("team", "groups that share the work of several types in the interval", kind: .text) {
            $0.groups.joined(separator: "+")
        },
        .text("team_types", "contact types that they share", kind: .text) { $0.types.joined(separator: "+") },
        .number("team_work", "erlangs of all of them, in people") { rounded($0.pool.work, 1e6) },
        .count("team_need", "whole people on the phones if everybody could serve everything") { $0.pool.needShared },
        .count("team_need_divided", "whole people on the phones if no types shared anybody") { $0.pool.needDivided },
        .number("team_have", "people on the phones in the team") { rounded($0.pool.have, 1e6) },
        .count("team_short", "people missing in the team at least; 0 is enough") { $0.pool.short },
    ]

    /// Sums of many small steps end in digits that mean nothing.
    private static func rounded(_ value: Double?, _ digits: Double) -> Double? {
        value.flatMap { $0.isFinite ? ($0 * digits).rounded() / digits : nil }
    }
}

extension Requirements {
    /// `requirements.csv`.
    public var table: Table { RequirementsTable.table(of: self) }
}
