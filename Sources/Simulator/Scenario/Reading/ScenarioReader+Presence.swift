/// Shifts and agents on duty, in seconds of the horizon.
extension ScenarioReader {
    /// Each day's shifts of one group.
    func blocks(of group: AgentGroupDraft, _ rows: [StaffingRow], keepsEnd: Bool) -> [ShiftBlock] {
        var blocks: [ShiftBlock] = []
        for index in -1..<calendar.count {
            let day = calendar.day(index)
            // Nobody starts on a day on which everything is closed for a holiday.
            if let holiday = holidays[day.date], holiday.ranges.isEmpty { continue }
            for name in shiftNames {
                guard let shift = shifts[name] else { continue }
                let people = rows.filter { $0.weekday == day.date.weekday && $0.shift == name }.reduce(0) {
                    $0 + $1.people
                }
                if people == 0 { continue }
                if let block = block(shift, day: index, people: people, keepsEnd: keepsEnd) { blocks.append(block) }
            }
        }
        return blocks
    }

    /// People who start a shift on day `index`; nil where the clocks skip its start, or it ends before the horizon.
    func block(_ shift: ShiftDraft, day index: Int, people: Int, keepsEnd: Bool) -> ShiftBlock? {
        guard let start = calendar.time(day: index, wall: shift.start) else { return nil }
        let wallEnd = shift.start + shift.length
        let end = keepsEnd ? calendar.nearestTime(day: index, wall: wallEnd) : start + shift.length
        // Of the night before only the hours within the horizon count.
        guard end > 0, start < calendar.horizonEnd else { return nil }
        let lunch = shift.lunch.map { lunch in
            let from = max(start, calendar.nearestTime(day: index, wall: lunch.from))
            let to = min(end, calendar.nearestTime(day: index, wall: lunch.to))
            // A window cut short by a change of the clocks must still hold the lunch.
            return Lunch(length: lunch.length, window: Span(from, max(to, min(end, from + lunch.length))))
        }
        return ShiftBlock(
            shift: shift.name, day: horizonDay(index), span: Span(start, end), people: people, lunch: lunch,
            breaks: shift.breaks)
    }

    /// The horizon's day for what begins on day `index` of the clocks in use.
    func horizonDay(_ index: Int) -> Int { min(max(index, 0), dayCount - 1) }

    /// `people` limits nothing, so a plan that needs more of them must not pass unseen.
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
    func checkStarts(_ rows: [StaffingRow]) {
        for index in 0..<calendar.count {
            let day = calendar.day(index)
            guard day.change != nil else { continue }
            for row in rows where row.weekday == day.date.weekday && row.people > 0 {
                guard let shift = shifts[row.shift], calendar.time(day: index, wall: shift.start) == nil else {
                    continue
                }
                skipped(shift, day)
            }
        }
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
    func curve(of group: AgentGroupDraft) -> [StaffingPiece] {
        let end = calendar.day(calendar.count - 1).end
        var pieces: [StaffingPiece] = []
        func add(_ index: Int, _ from: Double, _ to: Double, _ agents: Double) {
            guard agents > 0 else { return }
            for span in calendar.spans(day: index, from: from, to: to) {
                let cut = Span(max(0, span.start), min(end, span.end))
                if cut.end > cut.start { pieces.append(StaffingPiece(cut, agents: agents)) }
            }
        }
        func whileOpen(_ agents: (Int) -> Double) {
            let served = group.skills.compactMap { skill in
                contactTypes.first { $0.id == allTypeNames[skill.contactType] }?.hours
            }
            for index in -1..<calendar.count {
                let open = WeeklyHours.joined(served.flatMap { ranges($0, day: index) })
                for range in open { add(index, range.from, range.to, agents(calendar.day(index).date.weekday)) }
            }
        }
        switch group.presence {
        case .nobody, .shifts, .people, .asNeeded: break
        case .constant(let agents): whileOpen { _ in agents }
        case .daily(let agents): whileOpen { agents[$0] ?? 0 }
        case .table(let table):
            let step = Double(table.step)
            for index in 0..<calendar.count {
                for start in Set(table.entries.keys.map(\.start)).sorted() {
                    let date = calendar.day(index).date
                    guard let entry = table.entry(owner: group.id, date: date, start: start) else { continue }
                    if holidays[date]?.ranges.isEmpty == true,
                        !table.isDated(owner: group.id, date: date, start: start)
                    {
                        continue
                    }
                    add(index, Double(start), Double(start) + step, entry.amount)
                }
            }
        }
        return Self.disjoint(pieces)
    }

    /// Sorted and disjoint; where a night's hours overlap the next day's, the larger number stands.
    private static func disjoint(_ pieces: [StaffingPiece]) -> [StaffingPiece] {
        var result: [StaffingPiece] = []
        let cuts = Set(pieces.flatMap { [$0.span.start, $0.span.end] }).sorted()
        let sorted = pieces.sorted { $0.span.start < $1.span.start }
        var next = 0
        var open: [StaffingPiece] = []
        for (from, to) in zip(cuts, cuts.dropFirst()) {
            open.removeAll { $0.span.end <= from }
            while next < sorted.count, sorted[next].span.start <= from {
                open.append(sorted[next])
                next += 1
            }
            guard let agents = open.map(\.agents).max() else { continue }
            if let last = result.last, last.span.end == from, last.agents == agents {
                result[result.count - 1].span.end = to
            } else {
                result.append(StaffingPiece(Span(from, to), agents: agents))
            }
        }
        return result
    }
}
