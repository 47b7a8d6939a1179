import Center
import ScenarioText
import Tabular

/// A meeting or training with a time, as read.
struct ActivityDraft {
    enum Attendance {
        case all, half
        case number(Int)

        /// How many of those who could come do.
        func count(of able: Int) -> Int {
            switch self {
            case .all: able
            case .half: (able + 1) / 2
            case .number(let number): min(number, able)
            }
        }
    }

    var name: String
    /// Where its time stands.
    var node: Node
    var groups: [String]
    /// 0 is Monday.
    var days: [Int]
    /// Seconds since midnight.
    var start: Double
    var length: Double
    var people: Attendance
    var isPaid: Bool
}

/// What takes people of some groups from contacts at a given time.
extension ScenarioReader {
    func readActivities() {
        guard let items = top.items("activities", "activities need a list") else { return }
        var texts: [String] = []
        for item in items {
            guard let block = Block(Settings.activity, path: "activities", at: item, log: log) else { continue }
            for name in ["name", "start", "length"] where !block.has(name) { block.missing(name) }
            let name = block.freeText("name")
            let groups = attendingGroups(block)
            let days = block.value("days", Units.days, Units.formatDays)
            let start = block.value("start", { Units.clock($0) }, Units.formatClock)
            let length = block.duration("length")
            let people = block.value("people", Self.attendance) { people in
                switch people {
                case .all: "all"
                case .half: "half"
                case .number(let number): String(number)
                }
            }
            let isPaid = block.word("paid") != "no"
            block.expansion.order(by: Settings.activity)
            texts.append(block.expansion.flow)
            guard let name, let groups, let days, let start, let length, let people else { continue }
            attendance.append(Attendance())
            meetings.append(
                ActivityDraft(
                    name: name, node: block.entry("start")?.value ?? item, groups: groups, days: days, start: start,
                    length: length, people: people, isPaid: isPaid))
        }
        expansion.set("activities", "[" + texts.joined(separator: ", ") + "]")
    }

    private static func attendance(_ text: String) -> Reading<ActivityDraft.Attendance> {
        switch text {
        case "all": return .value(.all)
        case "half": return .value(.half)
        default:
            if case .value(let count) = Units.count(text), count > 0 { return .value(.number(count)) }
            return .wrong(Wrong(ProblemCode.choice, "\(text) is not a number of people", expected: "all, half or 3"))
        }
    }

    /// The groups named, every group with shifts where none is; nil when one is unknown or has no shifts.
    private func attendingGroups(_ block: Block) -> [String]? {
        let worked = groups.filter { draft in
            switch draft.presence {
            case .shifts, .people: true
            default: false
            }
        }.map(\.id)
        guard let entry = block.entry("groups") else {
            if worked.isEmpty {
                log.error(
                    ProblemCode.conflict, "an activity needs shifts, and no group has any", at: block.owner.place,
                    hint: "write shifts under \"staffing\", or count the time as shrinkage")
                return nil
            }
            block.assume("groups", "[" + worked.joined(separator: ", ") + "]")
            return worked
        }
        let items = entry.value.items ?? [entry.value]
        var names: [String] = []
        for item in items {
            guard let name = checkAgentGroup(item) else { continue }
            if worked.contains(name) {
                names.append(name)
            } else {
                log.error(
                    ProblemCode.conflict, "an activity needs shifts, but \(name) has none", at: item.place,
                    hint: "write shifts under \"staffing\", or count the time as shrinkage")
            }
        }
        guard names.count == items.count, !names.isEmpty else { return nil }
        block.expansion.set("groups", "[" + names.joined(separator: ", ") + "]")
        return names
    }

    // MARK: Who can come

    /// How an activity finds people on shift, over all its groups and days.
    struct Attendance {
        private(set) var most = 0
        /// Days of the period on which it takes place for some group.
        private(set) var days: [CivilDate: Int] = [:]

        mutating func note(_ able: Int, of people: ActivityDraft.Attendance, on date: CivilDate) {
            most = max(most, able)
            days[date, default: 0] += able
        }

        /// The first day on which nobody can come, and how many such days there are.
        var empty: (first: CivilDate, count: Int)? {
            let empty = days.filter { $0.value == 0 }.keys
            return empty.min().map { ($0, empty.count) }
        }
    }

    /// An activity outside every shift takes nobody from contacts, and one for more people than are there takes fewer.
    func checkAttendance() {
        for (meeting, seen) in zip(meetings, attendance) {
            let at = "\(meeting.name) at \(Units.formatClock(meeting.start))"
            guard !seen.days.isEmpty else {
                log.warn(
                    ProblemCode.noEffect, "\(at) is on no day of the period", at: meeting.node.place,
                    hint: "it is on \(Units.formatDays(meeting.days))")
                continue
            }
            guard seen.most > 0 else {
                log.error(
                    ProblemCode.conflict,
                    "nobody is on shift all the time of \(at) (\(Units.formatDuration(meeting.length)))",
                    at: meeting.node.place,
                    expected: "a time within a shift of \(Spelling.list(meeting.groups))")
                continue
            }
            if let empty = seen.empty, meeting.days.count < 7 {
                let more = empty.count > 1 ? ", nor on \(empty.count - 1) more day\(empty.count == 2 ? "" : "s")" : ""
                log.warn(
                    ProblemCode.noEffect, "nobody is on shift for \(at) on \(Calendar.words(empty.first))\(more)",
                    at: meeting.node.place, hint: "leave the day out of \"days\", or move it")
            }
            if case .number(let wanted) = meeting.people, wanted > seen.most {
                log.warn(
                    ProblemCode.moreThanPeople,
                    "\(wanted) are to attend \(at), but at most \(seen.most) are on shift", at: meeting.node.place,
                    hint: "all who are there attend: write \"people: all\" if that is meant")
            }
        }
    }

    // MARK: In people's days

    /// One person of a block.
    private struct Seat: Hashable {
        var block: Int
        var person: Int
    }

    /// A group's shifts with the activities that its people attend; whoever attends one has a shift block of their own.
    ///
    /// Only people who are on shift all the while can come. Those come first who have not been to one of the same name
    /// on that day, in the order of the shifts: two halves are everybody.
    func attending(_ blocks: [ShiftBlock], group: String) -> [ShiftBlock] {
        var attended: [Seat: [Pause]] = [:]
        let closed = holidays.isEmpty ? [] : closedHolidays(of: group)
        for index in calendar.starting {
            let date = calendar.day(index).date
            var been: [String: Set<Seat>] = [:]
            for (number, meeting) in meetings.enumerated()
            where meeting.groups.contains(group) && meeting.days.contains(date.weekday) {
                guard let start = calendar.time(day: index, wall: meeting.start) else { continue }
                // On a working day on which nothing opens nobody meets.
                if closed.contains(where: { $0.start <= start && start < $0.end }) { continue }
                let timeSpan = TimeSpan(start, start + meeting.length)
                let able = blocks.indices.flatMap { b -> [Seat] in
                    let isOn = blocks[b].timeSpan.start <= timeSpan.start && timeSpan.end <= blocks[b].timeSpan.end
                    return isOn ? (0..<blocks[b].people).map { Seat(block: b, person: $0) } : []
                }
                if index >= 0 { attendance[number].note(able.count, of: meeting.people, on: date) }
                let known = been[meeting.name] ?? []
                let order = able.filter { !known.contains($0) } + able.filter(known.contains)
                for seat in order.prefix(meeting.people.count(of: able.count)) {
                    attended[seat, default: []].append(Pause(timeSpan, isPaid: meeting.isPaid))
                    been[meeting.name, default: []].insert(seat)
                }
            }
        }
        guard !attended.isEmpty else { return blocks }
        return blocks.enumerated().flatMap { b, block -> [ShiftBlock] in
            let seats = (0..<block.people).map { Seat(block: b, person: $0) }
            guard seats.contains(where: { attended[$0] != nil }) else { return [block] }
            return seats.map { seat in
                var own = block
                own.people = 1
                own.members = block.members.isEmpty ? [] : [block.members[seat.person]]
                // Whoever is at lunch misses that part of a meeting.
                let planned = PersonalDay(block, person: seat.person).pauses
                let more = (attended[seat] ?? []).flatMap { meeting in
                    let away = planned.map(\.timeSpan).filter {
                        $0.start < meeting.timeSpan.end && meeting.timeSpan.start < $0.end
                    }
                    return PersonalDay.without(meeting.timeSpan, away).map { Pause($0, isPaid: meeting.isPaid) }
                }
                own.pauses = Pause.disjoint(planned + more)
                return own
            }
        }
    }

    private func closedHolidays(of group: String) -> [TimeSpan] {
        groups.first { $0.id == group }.map { workingTime(servedHours($0)).closedHolidays } ?? []
    }
}
