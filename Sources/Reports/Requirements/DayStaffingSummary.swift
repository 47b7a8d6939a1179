import Documents
import Planning
import Probability
import Queueing
import Simulator
import Tabular

/// What `staff SCENARIO --chance` prints: by day and contact type, the staffing for the average and for the chance.
public struct DayStaffingSummary {
    private let requirements: Requirements
    private let days: [DayStaffing]
    private let chance: Double
    private var horizon: Horizon { requirements.scenario.horizon }

    /// `days` are of these requirements; `chance` is what was asked for, 0…1.
    public init(_ requirements: Requirements, days: [DayStaffing], chance: Double) {
        self.requirements = requirements
        self.days = days
        self.chance = chance
    }

    /// What the chances leave out, sentence by sentence; then the days for which no staffing does, with the reason.
    public var notes: [String] {
        let types = requirements.scenario.contactTypes
        let played = Set(days.map(\.contactType)).sorted()
        var notes = [
            "hours for the average and for the chance: each contact type on its own, as if its people served no other type; as "
                + "planned: the whole center, as simulate plays it."
        ]
        if let day = rarest {
            notes.append(
                "that all types of a day meet theirs is rarer: \(StaffWords.share(day.chance)) of such days as "
                    + "\(day.date) with the hours for \(Units.formatShare(chance)).")
        }
        for t in played {
            let id = types[t].id
            if types[t].languages.count > 1 {
                let codes = types[t].languages.map(\.code)
                notes.append(
                    "\(id): \(codes.dropLast().joined(separator: ", ")) and \(codes.last ?? "") together, as if everybody "
                        + "spoke \(codes.count == 2 ? "both" : "all"); a language alone may do worse.")
            }
            let own = days.filter { $0.contactType == t }
            let closed = own.reduce(0) { $0 + $1.comeWhileClosed }
            let all = own.reduce(0) { $0 + $1.contacts.reduce(0, +) }
            if closed > 1e-6 * all, all > 0 {
                notes.append(
                    "\(id): \(StaffWords.share(closed / all)) of contacts come while it is closed, and count as not answered."
                )
            }
            let left = types[t].leftOutOfDays
            if !left.isEmpty { notes.append("\(id): \(left.joined(separator: ", ")) left out.") }
        }
        for (t, type) in types.enumerated()
        where type.target != nil && !played.contains(t) && !requirements.promised.contains(t) {
            if type.channel.kind == .deferred {
                notes.append("\(type.id): work in a list, for which no day is played.")
            } else if type.channel.atOnce > 1 {
                notes.append("\(type.id): several contacts at once, for which no day is played.")
            }
        }
        for day in days {
            guard case .none(let reason) = day.fewest else { continue }
            notes.append("no staffing for \(date(day)) \(type(day)): \(reason).")
        }
        return notes
    }

    /// The day on which all of several types meet their targets least often, with the people for the chance: types' days
    /// are independent.
    private var rarest: (date: String, chance: Double)? {
        Dictionary(grouping: days, by: \.day).values.filter {
            $0.count > 1 && $0.allSatisfy { $0.fewest.confirmed != nil }
        }
        .map { ofDay in
            (
                day: ofDay[0],
                chance: ofDay.reduce(1) { $0 * ($1.fewest.confirmed?.chance.value ?? 0) }
            )
        }
        .min { ($0.chance, $0.day.day) < ($1.chance, $1.day.day) }
        .map { (date($0.day), $0.chance) }
    }

    /// A row for each day and contact type, then what they say together, then the notes.
    public var report: Report {
        guard !days.isEmpty else {
            let isPromised = requirements.scenario.contactTypes.contains { $0.target != nil }
            let words =
                isPromised
                ? "No day is played of what is promised here; staff without --chance has the need by interval."
                : "Nothing is promised, so nobody is needed."
            return [.words([words]), .notes(notes)]
        }
        let isLimited = days.contains { requirements.scenario.contactTypes[$0.contactType].maxAbandonment != nil }
        let footnote =
            "* share of such days that meet the type's target" + (isLimited ? " and its limit on hang-ups" : "")
        return [
            .table(ShownTable(TextTable(columns, of: days), footnote: footnote)),
            .words([sum, rarestTogether].compactMap { $0 }), .notes(notes),
        ]
    }

    private var columns: [TextColumn<DayStaffing>] {
        let share = Units.formatShare(chance)
        let horizon = horizon
        let types = requirements.scenario.contactTypes
        @Sendable func hours(_ day: DayStaffing, _ staffing: [Int]?) -> String {
            staffing.map { PlainNumbers.fixed(day.paidTime($0, in: horizon) / 3600, 1) } ?? "-"
        }
        @Sendable func percent(_ chance: Estimate?) -> String { chance.map { PlainNumbers.withReach($0) } ?? "-" }
        let columns: [TextColumn<DayStaffing>] = [
            .left("", cell: { .init(types[$0.contactType].id, lead: Self.date($0, in: horizon)) }).onItsOwnLine,
            .right("contacts") { PlainNumbers.fixed($0.contacts.reduce(0, +), 0) }.yielding(1),
            .right("hours") { hours($0, $0.usual) }.yielding(4),
            .right("most") { "\($0.usual.max() ?? 0)" }.yielding(2),
            .right("chance*") { percent($0.usualChance?.chance) }.yielding(5),
            .right("hours for \(share)") { hours($0, $0.fewest.staffing) },
            .right("most") { $0.fewest.staffing.map { "\($0.max() ?? 0)" } ?? "-" }.yielding(3),
            .right("chance*") { percent($0.fewest.confirmed?.chance) },
        ]
        guard days.contains(where: { $0.planned != nil }) else { return columns }
        return columns + [
            .right("hours planned") { hours($0, $0.planned) }, .right("chance*") { percent($0.plannedChance) },
        ]
    }

    /// What all days take together; nil where none has an answer.
    private var sum: String? {
        let answered = days.filter { $0.fewest.staffing != nil }
        guard !answered.isEmpty else { return nil }
        let usual = answered.reduce(0) { $0 + $1.paidTime($1.usual, in: horizon) }
        let enough = answered.reduce(0) { $0 + $1.paidTime($1.fewest.staffing ?? [], in: horizon) }
        return "For \(Units.formatShare(chance)) of days it takes \(PlainNumbers.fixed(enough / 3600, 1)) hours on the "
            + "phones; for the average, interval by interval, \(PlainNumbers.fixed(usual / 3600, 1))."
    }

    /// The day on which everything that is promised is kept least often, of those with several types.
    private var rarestTogether: String? {
        let together = days.filter { day in days.contains { $0.day == day.day && $0.contactType != day.contactType } }
            .compactMap { day in day.plannedTogether.map { (day: day, chance: $0) } }
        return together.min { ($0.chance.value, $0.day.day) < ($1.chance.value, $1.day.day) }.map { worst in
            "As planned, everything that is promised is kept on \(PlainNumbers.withReach(worst.chance)) of such days as "
                + "\(date(worst.day)), the rarest."
        }
    }

    /// `chances.csv`.
    public var table: Table { ChancesTable.table(of: .init(requirements: requirements, days: days)) }

    /// The rows of `chances.csv`, for programs.
    public var json: JSON {
        .object([
            ("schema", .string("switchboard/chances/1")), ("chance", .number(chance)), ("rows", JSON(table)),
        ])
    }

    private static func date(_ day: DayStaffing, in horizon: Horizon) -> String {
        let date = horizon.days[day.day]
        return "\(Horizon.weekdayNames[date.weekday]) \(date.date)"
    }

    private func date(_ day: DayStaffing) -> String { Self.date(day, in: horizon) }

    private func type(_ day: DayStaffing) -> String { requirements.scenario.contactTypes[day.contactType].id }
}
