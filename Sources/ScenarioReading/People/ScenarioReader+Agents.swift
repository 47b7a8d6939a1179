import ScenarioText
import Tabular

/// Agents on duty, for groups that have no shifts.
extension ScenarioReader {
    /// The word for as many as the targets need.
    static let asNeeded = "as_needed"

    /// A number, numbers by weekday, a table `weekday|date,start,agent_group,agents`, or `as_needed`.
    func readAgents(_ block: Block, into draft: inout AgentGroupDraft) {
        guard let entry = block.entry("agents") else { return }
        draft.agents = entry
        let name = entry.key.text ?? "agents"
        if entry.value.isNone {
            draft.presence = .constant(0)
            block.expansion.set("agents", "0")
            return
        }
        if let entries = entry.value.entries {
            if let days = DayMap.read(
                entries, name: name, example: "9", at: entry.value, log: log, value: { self.heads($0, name) })
            {
                draft.presence = .daily(days)
                block.expansion.set("agents", DayMap.text(days))
            }
            return
        }
        guard let text = block.text(entry) else { return }
        if text == Self.asNeeded {
            draft.presence = .asNeeded
            block.expansion.set("agents", text)
            checkIsPromised(entry, draft)
        } else if Self.isFileName(text) {
            block.expansion.set("agents", Expansion.quoted(text))
            if let table = agentTable(entry.value, group: draft.id) { draft.presence = .table(table) }
        } else if let heads = heads(entry.value, name) {
            draft.presence = .constant(heads)
            block.expansion.set("agents", Units.formatNumber(heads))
        }
    }

    /// Without a promise nothing says how many are needed.
    private func checkIsPromised(_ entry: Node.Entry, _ draft: AgentGroupDraft) {
        let served = draft.skills.compactMap { skill in
            contactTypes.first { $0.id == allTypeNames[skill.contactType] }
        }
        guard served.count == draft.skills.count, !served.isEmpty,
            served.allSatisfy({ $0.target == nil && $0.maxAbandonment == nil })
        else { return }
        log.error(
            ProblemCode.missingSetting,
            "\(Spelling.list(served.map(\.id), "and")) \(served.count == 1 ? "lacks" : "lack") a target that says how many "
                + "are needed",
            at: entry.value.place, expected: "target, such as 80% in 30s", hint: "or give a number of agents")
    }

    private func heads(_ node: Node, _ name: String) -> Double? {
        guard let text = node.text, !node.isEmpty else {
            log.error(ProblemCode.noValue, "\(name) needs a number", at: node.place, expected: "such as 9")
            return nil
        }
        switch Units.number(text) {
        case .wrong(var wrong):
            wrong.expected = "a number such as 9, numbers by days, a table such as agents.csv, or as_needed"
            log.add(wrong.problem(for: .setting(name), at: node.place))
            return nil
        case .value(let value):
            if value >= 0, value <= 100_000 { return value }
            log.error(ProblemCode.range, "\(name) cannot be \(text)", at: node.place, expected: "from 0 to 100000")
            return nil
        }
    }

    /// A table that has nothing for a group, or nothing in the period, would leave it without people.
    func checkUse(of draft: AgentGroupDraft) {
        guard case .table(let table) = draft.presence, let entry = draft.agents else { return }
        if table.hasOwners, !table.owners.contains(draft.id) {
            log.error(
                ProblemCode.emptyTable, "\(table.name) has no row for \(draft.id)", at: entry.value.place,
                expected: "rows whose agent_group is \(draft.id)", hint: "write \"agents: 0\" if nobody is there")
            return
        }
        let starts = Set(table.entries.keys.map(\.start))
        let isUsed = (0..<calendar.count).contains { index in
            starts.contains { table.entry(owner: draft.id, date: calendar.day(index).date, start: $0) != nil }
        }
        if isUsed { return }
        log.error(
            ProblemCode.emptyTable, "no row of \(table.name) for \(draft.id) lies in the period",
            at: entry.value.place,
            expected: "rows from \(calendar.day(0).date.iso) to \(calendar.day(calendar.count - 1).date.iso)",
            hint: "change \"period\", or give weekdays instead of dates")
    }

    private func agentTable(_ node: Node, group: String) -> IntervalTable? {
        let name = node.text ?? ""
        if agentTables[name] == nil {
            guard let text = files.table(node) else { return nil }
            let before = log.problems.count
            let table = IntervalTable(
                text, name: name, subject: .agents, known: groupNames, interval: interval, log: log,
                occurrences: centerCalendar.occurrences)
            agentTables[name] = table
            tableIsRead[name] = !log.problems[before...].contains { $0.severity == .error }
            if tableIsRead[name] == true {
                files.describe(name, dialect: table.dialectWords, zone: calendar.zone)
            }
        }
        guard let table = agentTables[name], tableIsRead[name] == true else { return nil }
        if !table.hasOwners, let other = ownerlessUse["agents " + name] {
            log.error(
                ProblemCode.header, "the header lacks a column \"agent_group\"",
                at: table.text.place(table.text.header[0]), expected: "weekday (or date), start, agent_group, agents",
                hint: "\(other) and \(group) both take their agents from it")
            return nil
        }
        ownerlessUse["agents " + name] = group
        return table
    }
}
