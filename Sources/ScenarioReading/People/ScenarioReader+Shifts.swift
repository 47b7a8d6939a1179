import ScenarioText
import Tabular

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
        // A window goes over midnight only where the shift does, and on its side of midnight.
        if window.to > 86400, start + length <= 86400 || window.from < start {
            log.error(
                ProblemCode.lunch, "lunch between \(inner.entry("between")?.value.text ?? "") ends before it begins",
                at: inner.entry("between")?.value.place,
                expected: "a window within the shift, \(Units.formatClock(start)) to "
                    + Units.formatClock((start + length).truncatingRemainder(dividingBy: 86400)))
            return nil
        }
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
        guard let entry = block.entry("breaks"), !block.isNone("breaks") else { return [] }
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
        readRosters()
        guard let entry = top.entry("staffing"), !readSchedule(entry) else { return }
        let out = Expansion()
        for group in namedEntries("staffing") {
            guard let index = groups.firstIndex(where: { $0.id == group.name }) else {
                checkAgentGroup(group.key)
                continue
            }
            if let other = groups[index].agents ?? groups[index].roster {
                log.error(
                    ProblemCode.conflict,
                    "\(group.name) has \(other.name) (line \(other.key.line)) and staffing (line \(group.key.line))",
                    at: group.key.place, hint: "keep one of them")
                continue
            }
            guard let rows = rows(of: group) else { continue }
            groups[index].presence = .shifts(rows)
            byClocks(of: groups[index]) { checkStarts(rows, of: groups[index]) }
            out.set(group.name, Self.text(rows, shiftNames))
        }
        expansion.set("staffing", out)
    }

    private func rows(of group: Node.Entry) -> [StaffingRow]? {
        guard let entries = group.value.entries else {
            Block.needsMap(group.value, "staffing.\(group.name)", nil, log)
            return nil
        }
        let days = DayMap.read(
            entries, name: "staffing.\(group.name)", example: "{early: 6}", at: group.value, log: log
        ) { node -> [(String, Int)]? in
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
            log.unknown(
                entry.name, among: shiftNames, ProblemCode.reference, "\"\(entry.name)\" is not a shift",
                at: entry.key.place, expected: shiftNames.isEmpty ? "a shift defined under \"shifts\"" : nil)
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
        // A misspelt group has been reported already; its right name is not reported as missing too.
        let named = (top.entry("staffing")?.value.entries ?? []).map(\.name)
        guard named.allSatisfy(groupNames.contains) else { return }
        // Neither is anybody missing where a table of people could not be read.
        let tables = top.entry("staffing").map { $0.value.entries == nil } ?? false
        if tables, log.hasErrors { return }
        for group in groups where group.agents == nil && group.roster == nil && top.has("agent_groups") {
            guard case .nobody = group.presence else { continue }
            if named.contains(group.id) { continue }
            log.error(
                ProblemCode.missingSetting, "agent_groups.\(group.id) has neither agents nor staffing",
                at: group.key.place,
                expected: tables
                    ? "a row in \(top.entry("staffing")?.value.text ?? "the schedule") for it"
                    : "agents, such as 9, or shifts under \"staffing\"",
                hint: "write \"agents: 0\" if nobody is there")
        }
    }
}
