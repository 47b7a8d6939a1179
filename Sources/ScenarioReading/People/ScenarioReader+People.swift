import Center
import ScenarioText
import Tabular

/// Named people with shifts of their own.
extension ScenarioReader {
    /// Hours of each shift that the file defines, seconds since midnight.
    private var shiftHours: [String: (from: Double, to: Double)] {
        shifts.mapValues { ($0.start, $0.start + $0.length) }
    }

    // MARK: Rosters

    /// The rosters that groups name.
    func readRosters() {
        for index in groups.indices {
            guard let entry = groups[index].roster else { continue }
            if let agents = groups[index].agents {
                log.error(
                    ProblemCode.conflict,
                    "\(groups[index].id) has agents (line \(agents.key.line)) and a roster (line \(entry.key.line))",
                    at: entry.key.place, hint: "keep one of them")
                continue
            }
            guard let table = roster(entry.value, group: groups[index].id) else { continue }
            take(table, into: index, at: entry.value)
        }
    }

    private func roster(_ node: Node, group: String) -> PeopleTable? {
        let name = node.text ?? ""
        if peopleTables[name] == nil {
            guard let text = files.table(node) else { return nil }
            let before = log.problems.count
            let table = PeopleTable(text, .roster, groups: groupNames, usual: shiftHours, log: log)
            peopleTables[name] = table
            tableIsRead[name] = !log.problems[before...].contains { $0.severity == .error }
            if tableIsRead[name] == true {
                files.describe(name, dialect: table.dialectWords, zone: calendar.zone)
                checkOverlaps(table)
                checkPeriod(table)
            }
        }
        guard let table = peopleTables[name], tableIsRead[name] == true else { return nil }
        if !table.hasGroups, let other = ownerlessUse["roster " + name] {
            log.error(
                ProblemCode.header, "the header lacks a column \"agent_group\"",
                at: table.text.place(table.text.header[0]), expected: "agent_id, agent_group, Mon, Tue, …, Sun",
                hint: "\(other) and \(group) both take their people from it")
            return nil
        }
        ownerlessUse["roster " + name] = group
        return table
    }

    // MARK: Schedules

    /// `staffing: schedule.csv`, or `[schedule.csv, schedule_activities.csv]`; false where it is neither.
    func readSchedule(_ entry: Node.Entry) -> Bool {
        let nodes = entry.value.items ?? (entry.value.text.map { _ in [entry.value] } ?? [])
        guard let first = nodes.first, nodes.count <= 2,
            nodes.allSatisfy({ $0.text.map(Self.isFileName) ?? false })
        else { return false }
        guard let text = files.table(first) else { return true }
        let before = log.problems.count
        let table = PeopleTable(text, .schedule, groups: groupNames, usual: shiftHours, log: log)
        guard !log.problems[before...].contains(where: { $0.severity == .error }) else { return true }
        files.describe(first.text ?? "", dialect: table.dialectWords, zone: calendar.zone)
        var names = [first.text ?? ""]
        if let second = nodes.count == 2 ? nodes[1] : files.activities(beside: first) {
            names.append(second.text ?? "")
            guard let text = files.table(second) else { return true }
            let before = log.problems.count
            let activities = ActivitiesTable(text, log: log)
            guard !log.problems[before...].contains(where: { $0.severity == .error }) else { return true }
            files.describe(names[1], dialect: activities.dialectWords, zone: calendar.zone)
            check(activities, against: table)
            self.activities = activities
        }
        checkOverlaps(table)
        checkPeriod(table)
        let scheduled = Set(table.shifts.compactMap(\.group))
        for index in groups.indices where scheduled.contains(groups[index].id) {
            if let other = groups[index].agents ?? groups[index].roster {
                log.error(
                    ProblemCode.conflict,
                    "\(groups[index].id) has \(other.name) (line \(other.key.line)) and people in \(names[0])",
                    at: other.key.place, hint: "keep one of them")
                continue
            }
            take(table, into: index, at: first)
        }
        expansion.set(
            "staffing",
            names.count == 1
                ? Expansion.quoted(names[0]) : "[" + names.map(Expansion.quoted).joined(separator: ", ") + "]")
        return true
    }

    /// Whoever is away is on a shift, of that day or of the night before.
    private func check(_ activities: ActivitiesTable, against table: PeopleTable) {
        var hours: [String: [IntervalTable.DayKey: [(from: Double, to: Double)]]] = [:]
        for shift in table.shifts {
            guard let timeSpan = shift.hours else { continue }
            hours[shift.id, default: [:]][shift.day, default: []].append(timeSpan)
            hours[shift.id, default: [:]][shift.day.next, default: []].append(
                (timeSpan.from - 86400, timeSpan.to - 86400))
        }
        for activity in activities.activities.values.flatMap({ $0.values }).joined() {
            guard let own = hours[activity.person] else {
                log.error(
                    ProblemCode.reference, "\"\(activity.person)\" has no shift in \(table.text.source.name)",
                    at: activities.text.place(activity.cell), expected: "an agent_id of that table")
                continue
            }
            let isInside = (own[activity.day] ?? []).contains {
                $0.from <= activity.hours.from && activity.hours.to <= $0.to
            }
            if isInside { continue }
            log.error(
                ProblemCode.lunch, "\(activity.person) is not on a shift all that time",
                at: activities.text.place(activity.cell), expected: "times within a shift of that day")
        }
    }

    /// A schedule of other days than those that are simulated staffs nobody.
    private func checkPeriod(_ table: PeopleTable) {
        let dates = table.shifts.compactMap(\.day.date)
        let days = Set(calendar.starting.map { calendar.day($0).date })
        guard !dates.isEmpty, dates.count == table.shifts.count, !dates.contains(where: days.contains),
            let first = table.shifts.first
        else { return }
        log.error(
            ProblemCode.period, "no shift of \(table.text.source.name) lies within the period",
            at: table.text.place(first.cell),
            expected: "dates from \(calendar.day(0).date.iso) to \(calendar.day(calendar.count - 1).date.iso)",
            hint: "write weekdays if the same shifts are worked every week")
    }

    // MARK: Both

    /// A group's people and their shifts.
    private func take(_ table: PeopleTable, into index: Int, at node: Node) {
        let group = groups[index].id
        let isMine = { (name: String?) in name == nil || name == group }
        let usual = shiftHours
        var rows: [PersonRow] = []
        var place: [String: Int] = [:]
        for entry in table.entries where isMine(entry.group) {
            place[entry.id] = groups[index].members.count
            groups[index].members.append(
                Person(
                    id: entry.id, contractHours: entry.contractHours,
                    tier: entry.tier.flatMap { tier($0, in: groups[index], table) }))
            if let cell = entry.languages { checkSpoken(cell, of: entry.id, in: groups[index], table) }
        }
        for shift in table.shifts where isMine(shift.group) {
            if place[shift.id] == nil {
                place[shift.id] = groups[index].members.count
                groups[index].members.append(Person(id: shift.id))
            }
            let isSame = { (name: String) -> Bool in
                guard let hours = shift.hours, let own = usual[name] else { return false }
                return hours.from == own.from && hours.to == own.to
            }
            if let name = shift.shift, shift.hours != nil, activities == nil, !shiftNames.contains(where: isSame) {
                warnOfShiftName(name, at: table.text.place(shift.cell))
            }
            rows.append(
                PersonRow(
                    member: place[shift.id] ?? 0, day: shift.day, hours: shift.hours,
                    shift: shift.shift.map { isSame($0) ? $0 : nil } ?? shiftNames.first(where: isSame),
                    place: table.text.place(shift.cell)))
        }
        if groups[index].members.isEmpty {
            log.error(
                ProblemCode.emptyTable, "\(table.text.source.name) has no row for \(group)", at: node.place,
                expected: "at least one person whose agent_group is \(group)")
        }
        countTiers(of: index, in: table)
        groups[index].presence = .people(rows)
        byClocks(of: groups[index]) { checkStarts(rows, of: groups[index]) }
        let count = groups[index].members.count
        if let people = groups[index].people, count > people {
            log.warn(
                ProblemCode.moreThanPeople,
                "\(count) people of \(group) are in \(table.text.source.name), but there are \(people)",
                at: groups[index].key.place, hint: "the table decides who is there: change it, or people")
        }
        groups[index].people = groups[index].people ?? count
    }

    /// A shift's lunch and breaks are those of its own hours.
    private func warnOfShiftName(_ name: String, at place: Problem.Place) {
        guard shifts.values.contains(where: { $0.lunch != nil || !$0.breaks.isEmpty }),
            shiftsWarned.insert(name).inserted
        else { return }
        let nearest = shifts[name] == nil ? Spelling.nearest(to: name, among: shiftNames) : nil
        // A shift name of one's own needs hours of its own; a name that is nearly that of a shift is taken for a
        // misspelling.
        guard shifts[name] != nil || nearest != nil else { return }
        let hours = shifts[name].map {
            "\(Units.formatClock($0.start)) to \(Units.formatClock(($0.start + $0.length).truncatingRemainder(dividingBy: 86400)))"
        }
        log.warn(
            ProblemCode.noEffect,
            hours.map { "\(name) is \($0): other hours have neither its lunch nor its breaks" }
                ?? "\(name) is not a shift of the file, and has neither lunch nor breaks", at: place,
            hint: nearest.map { "did you mean \"\($0)\"?" } ?? "say when people are away in a table of activities")
    }

    /// Everybody of a group speaks its languages: who speaks others belongs to another group.
    private func checkSpoken(
        _ cell: DelimitedText.Cell, of person: String, in group: AgentGroupDraft, _ table: PeopleTable
    ) {
        let spoken = cell.text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        guard Set(spoken) != Set(group.languages) else { return }
        let theirs = group.languages.isEmpty ? "no language" : Spelling.list(group.languages, "and")
        log.error(
            ProblemCode.conflict,
            "\(person) speaks \(Spelling.list(spoken, "and")), but agent_groups.\(group.id) names \(theirs)",
            at: table.text.place(cell),
            expected: group.languages.isEmpty ? "an empty cell" : group.languages.joined(separator: " "),
            hint: "make another group for those who speak other languages")
    }

    /// Nobody is in two places at once.
    private func checkOverlaps(_ table: PeopleTable) {
        var timeSpans: [String: [IntervalTable.DayKey: [PeopleTable.Shift]]] = [:]
        for shift in table.shifts {
            guard let hours = shift.hours else { continue }
            // A night shift is on two days: it may overlap with a shift of the day before or after.
            let known = timeSpans[shift.id] ?? [:]
            func meeting(_ others: [PeopleTable.Shift]?, _ from: Double, _ to: Double) -> PeopleTable.Shift? {
                others?.first { other in other.hours.map { $0.from < to && from < $0.to } ?? false }
            }
            let other =
                meeting(known[shift.day], hours.from, hours.to)
                ?? meeting(known[shift.day.next], hours.from - 86400, hours.to - 86400)
                ?? meeting(known[shift.day.previous], hours.from + 86400, hours.to + 86400)
            if let other, let first = other.hours {
                let times = { (hours: (from: Double, to: Double)) in
                    "\(Units.formatClock(hours.from))-\(Units.formatClock(hours.to.truncatingRemainder(dividingBy: 86400)))"
                }
                let line = table.text.place(other.cell).line
                log.error(
                    ProblemCode.repeatedRow,
                    "\(shift.id) works \(times(hours)) and at the same time \(times(first)) (line \(line))",
                    at: table.text.place(shift.cell), hint: "keep one of them")
            }
            timeSpans[shift.id, default: [:]][shift.day, default: []].append(shift)
        }
    }

    // MARK: Seconds of the horizon

    /// People's rows for one day: those of the date, else those of the weekday.
    private func rows(_ rows: [PersonRow], day index: Int) -> [PersonRow] {
        let date = calendar.day(index).date
        let dated = rows.filter { $0.day == .date(date) }
        let known = Set(dated.map(\.member))
        let weekly = rows.filter { $0.day == .weekday(date.weekday) && !known.contains($0.member) }
        return (dated + weekly).filter { $0.hours != nil }
    }

    /// The shifts of named people: those whose breaks are told have them then, those who work one shift of the file share
    /// its lunch window, and all others have none.
    func blocks(ofPeople group: AgentGroupDraft, _ people: [PersonRow], keepsEnd: Bool) -> [ShiftBlock] {
        var blocks: [ShiftBlock] = []
        let time = holidays.isEmpty ? nil : workingTime(staffedHours(group))
        for index in calendar.starting {
            var alone: [ShiftBlock] = []
            var together: [String: [Int]] = [:]
            for row in rows(people, day: index) {
                guard let hours = row.hours,
                    let timeSpan = shiftTimeSpan(day: index, from: hours.from, to: hours.to, keepsEnd: keepsEnd)
                else { continue }
                // Unless the table names the day.
                let isOther = row.day.date == nil && time.map { $0.onHoliday(timeSpan).worked != timeSpan } ?? false
                let told = pauses(of: group.members[row.member].id, day: index, within: timeSpan)
                if isOther {
                    let name = row.shift ?? ""
                    let block =
                        shifts[name].flatMap { self.block($0, day: index, people: 1, keepsEnd: keepsEnd) }
                        ?? ShiftBlock(
                            shift: name, day: horizonDay(index), startsOn: index, timeSpan: timeSpan, people: 1,
                            pauses: told)
                    var own = block
                    own.members = [row.member]
                    if !told.isEmpty { own.pauses = told }
                    if let worked = onHoliday(own, time, group) { alone.append(worked) }
                } else if told.isEmpty, let shift = row.shift {
                    together[shift, default: []].append(row.member)
                } else {
                    alone.append(
                        ShiftBlock(
                            shift: row.shift ?? "", day: horizonDay(index), startsOn: index, timeSpan: timeSpan,
                            people: 1,
                            members: [row.member],
                            pauses: told))
                }
            }
            for name in shiftNames {
                guard let members = together[name], let shift = shifts[name],
                    var block = block(shift, day: index, people: members.count, keepsEnd: keepsEnd)
                else { continue }
                block.members = members
                blocks.append(block)
            }
            blocks += alone
        }
        return blocks
    }

    /// When a table says that a person is away from a shift.
    private func pauses(of person: String, day index: Int, within shift: TimeSpan) -> [Pause] {
        guard let own = activities?.activities[person] else { return [] }
        var pauses: [Pause] = []
        for day in [index, index + 1] {
            let date = calendar.day(day).date
            for activity in own[.date(date)] ?? own[.weekday(date.weekday)] ?? [] {
                let from = calendar.nearestTime(day: day, wall: activity.hours.from)
                let length = activity.hours.to - activity.hours.from
                guard from >= shift.start, from + length <= shift.end else { continue }
                pauses.append(Pause(TimeSpan(from, from + length), isPaid: activity.isPaid))
            }
        }
        return Pause.disjoint(pauses)
    }

    /// Shifts that start at a time which the day's clocks skip.
    private func checkStarts(_ people: [PersonRow], of group: AgentGroupDraft) {
        for index in calendar.starting {
            let day = calendar.day(index)
            guard let change = day.change, day.end > 0, day.start < calendar.horizonEnd else { continue }
            for row in rows(people, day: index) {
                guard let hours = row.hours, calendar.time(day: index, wall: hours.from) == nil else { continue }
                let isUsual = row.day.date == nil
                if isUsual, isOff(group, day: index, from: hours.from, length: hours.to - hours.from) { continue }
                log.add(
                    Problem(
                        .error, ProblemCode.missingHour,
                        "\(Units.formatClock(hours.from)) does not exist on "
                            + "\(Calendar.words(calendar.day(index).date)) in \(calendar.zone)", at: row.place,
                        caretNote:
                            "clocks go from \(Units.formatClock(change.from)) to \(Units.formatClock(change.to))",
                        hint: "give that date another start"))
            }
        }
    }
}
