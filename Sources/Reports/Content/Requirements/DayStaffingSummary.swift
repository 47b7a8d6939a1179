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
            if type.channel.kind == .later {
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

    public func lines(color: Bool = false, width: Int? = nil, unicode: Bool = true) -> [String] {
        guard !days.isEmpty else {
            let isPromised = requirements.scenario.contactTypes.contains { $0.target != nil }
            return [
                isPromised
                    ? "No day is played of what is promised here; staff without --chance has the need by interval."
                    : "Nothing is promised, so nobody is needed."
            ]
        }
        let share = Units.formatShare(chance)
        let isPlanned = days.contains { $0.planned != nil }
        var columns: [TerminalTable.Column] = [
            .left("").onItsOwnLine, .right("contacts").yielding(1), .right("hours").yielding(4),
            .right("most").yielding(2), .right("chance*").yielding(5), .right("hours for \(share)"),
            .right("most").yielding(3), .right("chance*"),
        ]
        if isPlanned { columns += [.right("hours planned"), .right("chance*")] }
        var table = TerminalTable(columns)
        for day in days {
            let enough = day.fewest.staffing
            let plan =
                isPlanned
                ? [
                    day.planned.map { hours(day, $0) } ?? "-",
                    day.plannedChance.map { PlainNumbers.withReach($0) } ?? "-",
                ] : []
            table.add(
                ([
                    "\(date(day))   \(type(day))", PlainNumbers.fixed(day.contacts.reduce(0, +), 0),
                    hours(day, day.usual),
                    "\(day.usual.max() ?? 0)", percent(day.usualChance), enough.map { hours(day, $0) } ?? "-",
                    enough.map { "\($0.max() ?? 0)" } ?? "-", percent(day.fewest.confirmed),
                ] + plan).map { TerminalTable.Cell($0) })
        }
        var lines = table.lines(color: color, width: width, unicode: unicode)
        let isLimited = days.contains { requirements.scenario.contactTypes[$0.contactType].maxAbandonment != nil }
        lines.append(
            "* share of such days that meet the type's target" + (isLimited ? " and its limit on hang-ups" : ""))
        let answered = days.filter { $0.fewest.staffing != nil }
        if !answered.isEmpty {
            let usual = answered.reduce(0) { $0 + $1.paidTime($1.usual, in: horizon) }
            let enough = answered.reduce(0) { $0 + $1.paidTime($1.fewest.staffing ?? [], in: horizon) }
            lines.append(
                "For \(share) of days it takes \(PlainNumbers.fixed(enough / 3600, 1)) hours on the phones; for the "
                    + "average, interval by interval, \(PlainNumbers.fixed(usual / 3600, 1)).")
        }
        let together = days.filter { day in days.contains { $0.day == day.day && $0.contactType != day.contactType } }
            .compactMap { day in day.plannedTogether.map { (day: day, chance: $0) } }
        if let worst = together.min(by: { ($0.chance.value, $0.day.day) < ($1.chance.value, $1.day.day) }) {
            lines.append(
                "As planned, everything that is promised is kept on \(PlainNumbers.withReach(worst.chance)) of such days as "
                    + "\(date(worst.day)), the rarest.")
        }
        return lines
    }

    /// `chances.csv`.
    public var table: Table { ChancesTable.table(of: .init(requirements: requirements, days: days)) }

    public var json: JSON {
        .object([
            ("schema", .string("switchboard/chances/1")), ("chance", .number(chance)), ("rows", JSON(table)),
        ])
    }

    private func date(_ day: DayStaffing) -> String {
        let date = horizon.days[day.day]
        return "\(Horizon.weekdayNames[date.weekday]) \(date.date)"
    }

    private func type(_ day: DayStaffing) -> String { requirements.scenario.contactTypes[day.contactType].id }

    private func hours(_ day: DayStaffing, _ staffing: [Int]) -> String {
        PlainNumbers.fixed(day.paidTime(staffing, in: horizon) / 3600, 1)
    }

    private func percent(_ chance: ChanceOfMeeting?) -> String {
        guard let estimate = chance?.chance else { return "-" }
        return PlainNumbers.withReach(estimate)
    }
}
