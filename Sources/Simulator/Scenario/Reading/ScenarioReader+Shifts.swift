extension ScenarioReader {
    func readShifts() {
        let out = Expansion()
        for entry in namedEntries("shifts") {
            let name = checkIdentifier(entry.key, "a shift")
            shiftNames.append(name)
            guard let block = Block(Settings.shift, path: "shifts.\(entry.name)", at: entry.value, log: log) else {
                continue
            }
            for name in ["start", "length"] where !block.has(name) { block.missing(name, at: entry.key) }
            let start = block.value("start", { Units.clock($0) }, Units.formatClock)
            let length = block.duration("length")
            let lunch = readLunch(block, start: start, length: length)
            let breaks = readBreaks(block)
            block.expansion.order(by: Settings.shift)
            out.set(entry.name, block.expansion.flow)
            guard let start, let length, let startNode = block.entry("start")?.value else { continue }
            let pauses = (lunch?.length ?? 0) + breaks.reduce(0, +)
            if pauses >= length {
                log.error(
                    ProblemCode.lunch, "lunch and breaks (\(Units.formatDuration(pauses))) fill the whole shift",
                    at: entry.key.place, expected: "less than \(Units.formatDuration(length))")
            }
            shifts[name] = ShiftDraft(
                name: name, key: entry.key, start: start, startNode: startNode, length: length, lunch: lunch,
                breaks: breaks)
        }
        if top.has("shifts") { expansion.set("shifts", out) }
    }

    private func readLunch(_ block: Block, start: Double?, length: Double?) -> (
        length: Double, from: Double, to: Double
    )? {
        guard let inner = block.block("lunch") else { return nil }
        for name in ["length", "between"] where !inner.has(name) { inner.missing(name) }
        let lunch = inner.duration("length")
        let window = inner.value(
            "between", Units.clockRange,
            { "\(Units.formatClock($0.from))-\(Units.formatClock($0.to.truncatingRemainder(dividingBy: 86400)))" })
        inner.expansion.order(by: Settings.lunch)
        block.expansion.set("lunch", inner.expansion.flow)
        guard let lunch, var window, let start, let length else { return nil }
        // After midnight on a shift that began before it.
        if window.to <= start { window = (window.from + 86400, window.to + 86400) }
        let room = min(window.to, start + length) - max(window.from, start)
        if room < lunch {
            let place = inner.entry("between")?.value.place
            log.error(
                ProblemCode.lunch,
                "a lunch of \(Units.formatDuration(lunch)) does not fit between \(inner.entry("between")?.value.text ?? "")",
                at: place,
                expected: "a window of at least \(Units.formatDuration(lunch)) within the shift, "
                    + Units.formatClock(start) + " to "
                    + Units.formatClock((start + length).truncatingRemainder(dividingBy: 86400)))
            return nil
        }
        return (lunch, window.from, window.to)
    }

    /// `2 x 15m`, `15m`, `15m, 10m`.
    private func readBreaks(_ block: Block) -> [Double] {
        guard let entry = block.entry("breaks") else { return [] }
        if entry.value.isNone {
            block.expansion.set("breaks", "none")
            return []
        }
        guard let text = entry.value.items.map({ $0.compactMap(\.text).joined(separator: ", ") }) ?? block.text(entry)
        else { return [] }
        switch Units.breaks(text) {
        case .wrong(let wrong):
            log.add(wrong.problem(for: .setting("breaks"), at: entry.value.place))
            return []
        case .value(let breaks):
            block.expansion.set("breaks", Expansion.quoted(Units.formatBreaks(breaks)))
            return breaks
        }
    }

    // MARK: Who starts which shift

    func readStaffing() {
        defer { checkPresence() }
        guard let entry = top.entry("staffing") else { return }
        if let text = entry.value.text, Self.isFileName(text) {
            Block.refuse(
                "a table of shifts is", at: entry.value, log,
                hint: "write how many start each shift by day, or give \"agents\"")
            return
        }
        let out = Expansion()
        for group in namedEntries("staffing") {
            guard let index = groups.firstIndex(where: { $0.id == group.name }) else {
                if !groupNames.contains(group.name) {
                    let nearest = Spelling.nearest(to: group.name, among: groupNames)
                    log.error(
                        ProblemCode.reference, "\"\(group.name)\" is not an agent group", at: group.key.place,
                        expected: Spelling.list(groupNames), hint: nearest.map { "did you mean \"\($0)\"?" },
                        suggestion: nearest)
                }
                continue
            }
            if let agents = groups[index].agents {
                log.error(
                    ProblemCode.conflict,
                    "\(group.name) has agents (line \(agents.key.line)) and staffing (line \(group.key.line))",
                    at: group.key.place, hint: "keep one of them")
                continue
            }
            guard let rows = rows(of: group) else { continue }
            groups[index].presence = .shifts(rows)
            checkStarts(rows)
            out.set(group.name, Self.text(rows, shiftNames))
        }
        expansion.set("staffing", out)
    }

    private func rows(of group: Node.Entry) -> [StaffingRow]? {
        guard let entries = group.value.entries else {
            Block.needsMap(group.value, "staffing.\(group.name)", nil, log)
            return nil
        }
        let days = DayMap.read(entries, name: "staffing.\(group.name)", log: log) { node -> [(String, Int)]? in
            if node.isNone { return [] }
            guard let counts = node.entries else {
                log.error(
                    ProblemCode.wrongForm, "staffing.\(group.name) needs shifts with a number each", at: node.place,
                    expected: "such as {early: 6}")
                return nil
            }
            return counts.compactMap { self.people($0) }
        }
        guard let days else { return nil }
        return days.enumerated().flatMap { day, counts in
            (counts ?? []).map { StaffingRow(weekday: day, shift: $0.0, people: $0.1) }
        }
    }

    private func people(_ entry: Node.Entry) -> (String, Int)? {
        guard shiftNames.contains(entry.name) else {
            let nearest = Spelling.nearest(to: entry.name, among: shiftNames)
            log.error(
                ProblemCode.reference, "\"\(entry.name)\" is not a shift", at: entry.key.place,
                expected: shiftNames.isEmpty ? "a shift defined under \"shifts\"" : Spelling.list(shiftNames),
                hint: nearest.map { "did you mean \"\($0)\"?" }, suggestion: nearest)
            return nil
        }
        switch entry.value.text.map(Units.count) {
        case .value(let count) where count <= 100_000: return (entry.name, count)
        case .value:
            log.error(
                ProblemCode.range, "\(entry.name) cannot be \(entry.value.text ?? "")", at: entry.value.place,
                expected: "from 0 to 100000")
        case .wrong(let wrong): log.add(wrong.problem(for: .setting(entry.name), at: entry.value.place))
        case nil:
            log.error(
                ProblemCode.wrongForm, "\(entry.name) needs a number", at: entry.value.place, expected: "such as 6")
        }
        return nil
    }

    /// `{Mon: {early: 8}, Tue-Fri: {early: 7, mid: 5}}`.
    private static func text(_ rows: [StaffingRow], _ shifts: [String]) -> String {
        var groups: [(days: [Int], text: String)] = []
        for day in 0..<7 {
            let counts = shifts.flatMap { shift in rows.filter { $0.weekday == day && $0.shift == shift } }
            if counts.isEmpty { continue }
            let text = "{" + counts.map { "\($0.shift): \($0.people)" }.joined(separator: ", ") + "}"
            if let index = groups.firstIndex(where: { $0.text == text }) {
                groups[index].days.append(day)
            } else {
                groups.append(([day], text))
            }
        }
        return "{" + groups.map { Expansion.quoted(Units.formatDays($0.days)) + ": " + $0.text }.joined(separator: ", ")
            + "}"
    }

    /// Groups for which nothing says who is there.
    private func checkPresence() {
        // A misspelt group has been said already; its right name is not missing too.
        let named = (top.entry("staffing")?.value.entries ?? []).map(\.name)
        guard named.allSatisfy(groupNames.contains) else { return }
        for group in groups where group.agents == nil && top.has("agent_groups") {
            guard case .nobody = group.presence else { continue }
            if named.contains(group.id) || top.entry("staffing")?.value.text != nil { continue }
            log.error(
                ProblemCode.missingSetting, "agent_groups.\(group.id) has neither agents nor staffing",
                at: group.key.place,
                expected: "agents, such as 9, or shifts under \"staffing\"",
                hint: "write \"agents: 0\" if nobody is there")
        }
    }

    // MARK: To seconds of the horizon

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
                guard let start = calendar.time(day: index, wall: shift.start) else { continue }
                let wallEnd = shift.start + shift.length
                let end = keepsEnd ? calendar.nearestTime(day: index, wall: wallEnd) : start + shift.length
                if index < 0 {
                    // Of the night before only the hours within the horizon count.
                    guard end > 0 else { continue }
                    blocks.append(
                        ShiftBlock(shift: name, day: 0, span: Span(0, end), people: people))
                    continue
                }
                let lunch = shift.lunch.map { lunch in
                    let from = max(start, calendar.nearestTime(day: index, wall: lunch.from))
                    let to = min(end, calendar.nearestTime(day: index, wall: lunch.to))
                    // A window cut short by a change of the clocks must still hold the lunch.
                    return Lunch(length: lunch.length, window: Span(from, max(to, min(end, from + lunch.length))))
                }
                blocks.append(
                    ShiftBlock(
                        shift: name, day: index, span: Span(start, end), people: people, lunch: lunch,
                        breaks: shift.breaks))
            }
        }
        return blocks
    }

    /// Shifts that start at a time which the day's clocks skip.
    private func checkStarts(_ rows: [StaffingRow]) {
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
        case .nobody, .shifts: break
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

extension Units {
    /// Lengths of breaks, seconds: `2 x 15m`, `15m`, `15m, 10m`.
    public static func breaks(_ text: String) -> Reading<[Double]> {
        var lengths: [Double] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let part = trimmed(String(piece))
            var count = 1
            var length = part
            if let cross = part.firstIndex(where: { $0 == "x" || $0 == "X" || $0 == "×" }) {
                guard let number = Units.count(String(part[..<cross])).value, number <= 50 else {
                    return .wrong(
                        Wrong("E202", "\(part) does not say how many breaks", expected: "breaks such as 2 x 15m"))
                }
                count = number
                length = trimmed(String(part[part.index(after: cross)...]))
            }
            switch duration(length) {
            case .value(let seconds) where seconds > 0: lengths += Array(repeating: seconds, count: count)
            case .value:
                return .wrong(Wrong("E204", "a break cannot take \(length)", expected: "breaks such as 2 x 15m"))
            case .wrong(var wrong):
                wrong.expected = "breaks such as 2 x 15m"
                if let suggestion = wrong.suggestion, length != part {
                    wrong.suggestion = "\(count) x \(suggestion)"
                }
                return .wrong(wrong)
            }
        }
        return .value(lengths)
    }

    /// `2 x 15m`, `15m, 10m`.
    public static func formatBreaks(_ lengths: [Double]) -> String {
        var parts: [(count: Int, length: Double)] = []
        for length in lengths {
            if let last = parts.last, last.length == length {
                parts[parts.count - 1].count += 1
            } else {
                parts.append((1, length))
            }
        }
        return parts.map { "\($0.count) x \(formatDuration($0.length))" }.joined(separator: ", ")
    }
}
