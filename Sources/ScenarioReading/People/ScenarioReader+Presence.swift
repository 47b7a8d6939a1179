import Center
import Tabular

/// Shifts and agents on duty, in seconds of the horizon.
extension ScenarioReader {
    /// Each day's shifts of one group.
    func blocks(of group: AgentGroupDraft, _ rows: [StaffingRow], keepsEnd: Bool) -> [ShiftBlock] {
        var blocks: [ShiftBlock] = []
        let time = holidays.isEmpty ? nil : workingTime(staffedHours(group))
        for index in calendar.starting {
            let day = calendar.day(index)
            for name in shiftNames {
                guard let shift = shifts[name] else { continue }
                let people = rows.filter { $0.weekday == day.date.weekday && $0.shift == name }.reduce(0) {
                    $0 + $1.people
                }
                if people == 0 { continue }
                guard let block = block(shift, day: index, people: people, keepsEnd: keepsEnd) else { continue }
                if let worked = onHoliday(block, time, group) { blocks.append(worked) }
            }
        }
        return blocks
    }

    /// A usual week's shift as it is worked, if at all, where it falls on a holiday.
    func onHoliday(_ block: ShiftBlock, _ time: WorkingTime?, _ group: AgentGroupDraft) -> ShiftBlock? {
        guard let (timeSpan, paid) = time?.onHoliday(block.timeSpan) else { return block }
        if timeSpan == block.timeSpan { return block }
        var unpaid = block.lunch?.length ?? 0
        var worked = block
        if let timeSpan {
            let share = timeSpan.length / block.timeSpan.length
            worked.timeSpan = timeSpan
            worked.breaks = Array(block.breaks.prefix(Int((Double(block.breaks.count) * share).rounded())))
            if var lunch = block.lunch {
                lunch.window = TimeSpan(max(lunch.window.start, timeSpan.start), min(lunch.window.end, timeSpan.end))
                // Who works much less than usual works without lunch.
                worked.lunch = share >= 0.75 && lunch.window.length >= lunch.length ? lunch : nil
                if worked.lunch != nil { unpaid = 0 }
            }
            worked.pauses = block.pauses?.compactMap { pause in
                let cut = TimeSpan(max(pause.timeSpan.start, timeSpan.start), min(pause.timeSpan.end, timeSpan.end))
                return cut.end > cut.start ? Pause(cut, isPaid: pause.isPaid) : nil
            }
        }
        for part in paid {
            let paid = TimeSpan(part.start, part.end - min(unpaid, part.length))
            unpaid = max(0, unpaid - part.length)
            paidLeave[group.id, default: []].append(StaffingTimeSpan(paid, agents: Double(block.people)))
        }
        return timeSpan == nil ? nil : worked
    }

    /// The hours by which a group comes to work: those of the live types that it serves; those of deferred work only
    /// where it serves nothing else, because that can wait.
    func staffedHours(_ group: AgentGroupDraft) -> [WeeklyHours] {
        let live = group.skills.filter { skill in
            draftPlaces[allTypeNames[skill.contactType]].map { contactTypes[$0].channel.kind == .live } ?? false
        }
        guard !live.isEmpty, live.count < group.skills.count else { return servedHours(group) }
        var group = group
        group.skills = live
        return servedHours(group)
    }

    /// People who start a shift on day `index`; nil where the clocks skip its start, or it ends before the horizon.
    func block(_ shift: ShiftDraft, day index: Int, people: Int, keepsEnd: Bool) -> ShiftBlock? {
        guard
            let timeSpan = shiftTimeSpan(
                day: index, from: shift.start, to: shift.start + shift.length, keepsEnd: keepsEnd)
        else { return nil }
        let (start, end) = (timeSpan.start, timeSpan.end)
        let lunch = shift.lunch.map { lunch in
            let from = max(start, calendar.nearestTime(day: index, wall: lunch.from))
            let to = min(end, calendar.nearestTime(day: index, wall: lunch.to))
            // A window cut short by a change of the clocks must still hold the lunch.
            return Lunch(length: lunch.length, window: TimeSpan(from, max(to, min(end, from + lunch.length))))
        }
        return ShiftBlock(
            shift: shift.name, day: horizonDay(index), startsOn: index, timeSpan: timeSpan, people: people,
            lunch: lunch,
            breaks: shift.breaks)
    }

    /// When a shift written by the clock is; nil where the clocks skip its start, or none of it lies in the horizon.
    func shiftTimeSpan(day index: Int, from: Double, to: Double, keepsEnd: Bool) -> TimeSpan? {
        guard let start = calendar.time(day: index, wall: from) else { return nil }
        let end = keepsEnd ? calendar.nearestTime(day: index, wall: to) : start + (to - from)
        // Of the night before only the hours within the horizon count.
        return end > 0 && start < calendar.horizonEnd ? TimeSpan(start, end) : nil
    }

    /// The horizon's day for what begins on day `index` of the clocks in use.
    func horizonDay(_ index: Int) -> Int { min(max(index, 0), dayCount - 1) }

    /// `people` is no limit, so a plan that needs more people must be reported.
    func warnOfPeople(_ draft: AgentGroupDraft, _ rows: [StaffingRow]) {
        guard let people = draft.people else { return }
        for weekday in 0..<7 {
            let starting = rows.filter { $0.weekday == weekday }.reduce(0) { $0 + $1.people }
            guard starting > people else { continue }
            log.warn(
                ProblemCode.moreThanPeople,
                "\(starting) people of \(draft.id) start on \(Horizon.weekdayNames[weekday]), but there are \(people)",
                at: draft.key.place, hint: "staffing decides who is there: change it, or people")
            return
        }
    }

    /// Shifts that start at a time which the day's clocks skip.
    func checkStarts(_ rows: [StaffingRow], of group: AgentGroupDraft) {
        for index in calendar.starting {
            let day = calendar.day(index)
            guard day.change != nil, day.end > 0, day.start < calendar.horizonEnd else { continue }
            for row in rows where row.weekday == day.date.weekday && row.people > 0 {
                guard let shift = shifts[row.shift], calendar.time(day: index, wall: shift.start) == nil else {
                    continue
                }
                if isOff(group, day: index, from: shift.start, length: shift.length) { continue }
                skipped(shift, day)
            }
        }
    }

    /// Whether nobody works a shift because of a holiday, whatever its clock shows.
    func isOff(_ group: AgentGroupDraft, day index: Int, from: Double, length: Double) -> Bool {
        guard !holidays.isEmpty else { return false }
        let start = calendar.nearestTime(day: index, wall: from)
        return workingTime(staffedHours(group)).onHoliday(TimeSpan(start, start + length)).worked == nil
    }

    private func skipped(_ shift: ShiftDraft, _ day: Calendar.Day) {
        guard let change = day.change else { return }
        let clock = Units.formatClock(shift.start)
        let before = Units.formatClock(max(0, shift.start - (change.to - change.from)))
        let weekday = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day.date.weekday]
        log.add(
            Problem(
                .error, ProblemCode.missingHour,
                "\(clock) does not exist on \(Calendar.words(day.date)) in \(calendar.zone)", at: shift.startNode.place,
                caretNote: "clocks go from \(Units.formatClock(change.from)) to \(Units.formatClock(change.to))",
                hint: "start at \(before) or \(Units.formatClock(change.to)), or leave \(weekday) out of \"staffing\""))
    }

    /// Agents on duty over the horizon.
    func curve(of group: AgentGroupDraft) -> [StaffingTimeSpan] {
        var portions: [StaffingTimeSpan] = []
        func add(_ timeSpans: [TimeSpan], _ agents: Double) {
            guard agents > 0 else { return }
            for timeSpan in timeSpans {
                let cut = TimeSpan(max(0, timeSpan.start), min(calendar.horizonEnd, timeSpan.end))
                if cut.end > cut.start { portions.append(StaffingTimeSpan(cut, agents: agents)) }
            }
        }
        func leave(_ timeSpans: [TimeSpan], _ agents: Double) {
            for timeSpan in timeSpans where agents > 0 {
                paidLeave[group.id, default: []].append(StaffingTimeSpan(timeSpan, agents: agents))
            }
        }
        func whileOpen(_ agents: (Int) -> Double) {
            let days = workingDays(servedHours(group))
            let usual = WorkingDays(servedHours(group))
            for index in calendar.starting {
                let date = calendar.day(index).date
                let timeSpans = { (days: WorkingDays) in
                    days.hours(date).flatMap { self.calendar.timeSpans(day: index, from: $0.from, to: $0.to) }
                }
                let staff = days.isHoliday(date) ? days.staff(date) : .off
                let open = timeSpans(staff == .asUsual ? usual : days)
                add(open, agents(date.weekday))
                if staff == .paid {
                    leave(
                        timeSpans(usual).flatMap { WorkingTime.without($0, TimeSpan.joined(open)) },
                        agents(date.weekday))
                }
            }
        }
        switch group.presence {
        case .nobody, .shifts, .people, .asNeeded: break
        case .constant(let agents): whileOpen { _ in agents }
        case .daily(let agents): whileOpen { agents[$0] ?? 0 }
        case .table(let table):
            let time = holidays.isEmpty ? nil : workingTime(servedHours(group))
            forEachRow(of: table, owner: group.id) { index, from, to, turn, entry, isDated in
                let timeSpans = calendar.timeSpans(day: index, from: from, to: to, turn: turn)
                // A weekday's usual numbers do not hold on a holiday outside its hours.
                guard !isDated, let time else {
                    add(timeSpans, entry.amount)
                    return
                }
                for timeSpan in timeSpans {
                    let gaps = time.closedToPeople(timeSpan)
                    add(WorkingTime.without(timeSpan, gaps.map(\.timeSpan)), entry.amount)
                    leave(gaps.filter(\.isPaid).map(\.timeSpan), entry.amount)
                }
            }
        }
        return Self.disjoint(portions)
    }

    /// Sorted and disjoint; where two rows of a table overlap, the larger number stands.
    private static func disjoint(_ portions: [StaffingTimeSpan]) -> [StaffingTimeSpan] {
        var result: [StaffingTimeSpan] = []
        let cuts = Set(portions.flatMap { [$0.timeSpan.start, $0.timeSpan.end] }).sorted()
        let sorted = portions.sorted { $0.timeSpan.start < $1.timeSpan.start }
        var next = 0
        var open: [StaffingTimeSpan] = []
        for (from, to) in zip(cuts, cuts.dropFirst()) {
            open.removeAll { $0.timeSpan.end <= from }
            while next < sorted.count, sorted[next].timeSpan.start <= from {
                open.append(sorted[next])
                next += 1
            }
            guard let agents = open.map(\.agents).max() else { continue }
            if let last = result.last, last.timeSpan.end == from, last.agents == agents {
                result[result.count - 1].timeSpan.end = to
            } else {
                result.append(StaffingTimeSpan(TimeSpan(from, to), agents: agents))
            }
        }
        return result
    }
}
