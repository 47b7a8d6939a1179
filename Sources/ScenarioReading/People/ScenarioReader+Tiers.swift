import Center
import ScenarioText
import Tabular

/// What tells people of a group apart: experience, and the time of day.
extension ScenarioReader {
    /// `{new: {share: 30%, handle_time: 130%, ramp: 8w}, experienced: {share: 70%}}`; a share may stand alone.
    func readTiers(_ block: Block, into draft: inout AgentGroupDraft) {
        guard let entry = block.entry("tiers"), !block.isNone("tiers") else { return }
        guard let entries = entry.value.entries, !entries.isEmpty else {
            Block.needsMap(entry.value, block.fullName("tiers"), nil, log)
            return
        }
        let out = Expansion()
        var people: [Double] = []
        // Where no tier has a share, a roster may say of each person which is theirs.
        draft.tiersAreByRoster =
            block.has("roster")
            && entries.allSatisfy { $0.value.entries != nil && $0.value["share"] == nil && $0.value["people"] == nil }
        for part in entries {
            let name = checkIdentifier(part.key, "a tier")
            let path = "\(block.fullName("tiers")).\(part.name)"
            let inner: Block
            if part.value.entries != nil {
                guard let block = Block(Settings.tier, path: path, at: part.value, log: log) else { continue }
                inner = block
            } else {
                var share = part
                share.long = "share"
                inner = Block(Settings.tier, path: path, owner: part.value, layers: [[share]], log: log)
            }
            if !draft.tiersAreByRoster, inner.has("share") == inner.has("people") {
                log.error(
                    inner.has("share") ? ProblemCode.conflict : ProblemCode.missingSetting,
                    "\(path) \(inner.has("share") ? "has both share and people" : "lacks \"share\"")",
                    at: part.key.place, expected: "share, such as 30%, or people, such as 4")
            }
            let count = inner.count("people")
            let share = inner.share("share")
            let handling = inner.value("handle_time", Units.factor, Units.formatShare) ?? 1
            let repeats = inner.value("repeat", Units.factor, Units.formatShare) ?? 1
            let transfers = inner.value("transfers", Units.factor, Units.formatShare) ?? 1
            let ramp = inner.duration("ramp")
            let mentoring = inner.share("mentoring") ?? 0
            inner.expansion.order(by: Settings.tier)
            out.set(part.name, inner.expansion.flow)
            if mentoring > 0, let key = inner.entry("mentoring")?.key {
                draft.timekeepingKey = draft.timekeepingKey ?? key
            }
            people.append(Double(count ?? 0))
            draft.tiers.append(
                Tier(
                    id: name, share: share ?? 0, handling: handling, repeats: repeats, transfers: transfers,
                    ramp: ramp, mentoring: mentoring))
            draft.tierKeys.append(part.key)
        }
        block.expansion.set("tiers", out.flow)
        let counted = people.reduce(0, +)
        draft.tierPeople = Int(counted)
        if counted > 0, draft.tiers.allSatisfy({ $0.share == 0 }) {
            for i in draft.tiers.indices { draft.tiers[i].share = people[i] / counted }
        } else if !draft.tiersAreByRoster, abs(draft.tiers.reduce(0) { $0 + $1.share } - 1) > 1e-9, !log.hasErrors {
            let sum = (draft.tiers.reduce(0) { $0 + $1.share } * 1e9).rounded() / 1e9
            log.error(
                ProblemCode.sum, "the tiers of \(draft.id) add up to \(Units.formatShare(sum))", at: entry.key.place,
                expected: "100%, or people for each of them")
        }
    }

    /// The shares of tiers that a roster tells: then everybody in it is in one.
    func countTiers(of index: Int, in table: PeopleTable) {
        guard groups[index].tiersAreByRoster, !groups[index].members.isEmpty else { return }
        let members = groups[index].members
        if let open = members.first(where: { $0.tier == nil }) {
            let cell = table.entries.first { $0.id == open.id }?.cell
            log.error(
                ProblemCode.missingSetting,
                "\(open.id) has no tier, and the tiers of \(groups[index].id) have no shares",
                at: cell.map(table.text.place) ?? groups[index].key.place,
                expected: "\(Spelling.list(groups[index].tiers.map(\.id))) in a column \"tier\" for everybody",
                hint: "or give each tier a share, such as 30%")
            return
        }
        for tier in groups[index].tiers.indices {
            groups[index].tiers[tier].share = Double(members.count { $0.tier == tier }) / Double(members.count)
        }
    }

    /// What a roster calls a person's tier, by its place; nil where it calls it nothing, or wrongly, which is then said.
    func tier(_ cell: DelimitedText.Cell, in draft: AgentGroupDraft, _ table: PeopleTable) -> Int? {
        if draft.tiers.isEmpty {
            log.warn(
                ProblemCode.unusedColumn, "\(draft.id) has no tiers, so \"\(cell.text)\" is not used",
                at: table.text.place(cell),
                hint:
                    "write what sets them apart, such as \"tiers: {\(cell.text): {handle_time: 130%}}\" in agent_groups.\(draft.id)"
            )
            return nil
        }
        if let tier = draft.tiers.firstIndex(where: { $0.id == cell.text }) { return tier }
        let names = draft.tiers.map(\.id)
        log.unknown(
            cell.text, among: names, ProblemCode.reference, "\"\(cell.text)\" is not a tier of \(draft.id)",
            at: table.text.place(cell))
        return nil
    }

    /// No tier may hand on, or see again, more contacts than it has.
    func checkTiers(_ scenario: Scenario) {
        for (group, draft) in zip(scenario.agentGroups, groups) {
            for (tier, key) in zip(group.tiers, draft.tierKeys) {
                for skill in group.skills {
                    let type = scenario.contactTypes[skill.contactType]
                    func share(_ cause: FollowOn.Cause) -> Double {
                        type.followOns.reduce(0) { $0 + ($1.cause == cause ? $1.share : 0) }
                    }
                    for (words, share) in [
                        ("hands on", share(.transfer) * tier.transfers), ("sees again", share(.again) * tier.repeats),
                    ] where share > 1 {
                        log.error(
                            ProblemCode.range,
                            "\(tier.id) \(words) \(Units.formatShare((share * 1e9).rounded() / 1e9)) of \(type.id)",
                            at: key.place, expected: "at most 100%: the type's share times the tier's factor")
                    }
                }
            }
        }
    }

    // MARK: Time of day

    /// `{13:00-14:00: 95%}`.
    func readPaces(_ block: Block, into draft: inout AgentGroupDraft) {
        guard let entries = block.freeEntries("pace") else { return }
        var parts: [String] = []
        for part in entries {
            let inner = Block(
                Settings.pace, path: block.fullName("pace"), owner: part.value, layers: [[pace(part)]], log: log)
            let pace = inner.value("pace", Units.factor, Units.formatShare)
            switch Units.clockRange(part.key.text ?? "") {
            case .wrong(let wrong): log.add(wrong.problem(for: .setting("pace"), at: part.key.place))
            case .value(let hours):
                guard let pace else { continue }
                parts.append("\(Expansion.quoted(part.key.text ?? "")): \(Units.formatShare(pace))")
                // A contact has the pace of the interval in which it is begun.
                let isAligned = [hours.from, hours.to].allSatisfy { $0.truncatingRemainder(dividingBy: interval) == 0 }
                if !isAligned {
                    log.error(
                        ProblemCode.step, "pace changes within an interval of \(Units.formatDuration(interval))",
                        at: part.key.place, expected: "times at which an interval begins",
                        hint: "or write a shorter \"interval\"")
                }
                if let other = draft.paces.first(where: { $0.from < hours.to && hours.from < $0.to }) {
                    log.error(
                        ProblemCode.conflict,
                        "\(part.key.text ?? "") overlaps the pace from \(Units.formatClock(other.from))",
                        at: part.key.place, hint: "keep one of them")
                }
                draft.paces.append((hours.from, hours.to, pace))
            }
        }
        block.expansion.set("pace", "{" + parts.joined(separator: ", ") + "}")
    }

    private func pace(_ part: Node.Entry) -> Node.Entry {
        var entry = part
        entry.long = "pace"
        return entry
    }

    /// A group's paces in seconds of the horizon.
    func paces(of draft: AgentGroupDraft) -> [DayPace] {
        let paces = draft.paces.flatMap { part in
            calendar.starting.flatMap { index in
                calendar.timeSpans(day: index, from: part.from, to: part.to).map { DayPace($0, pace: part.pace) }
            }
        }
        return paces.filter { $0.timeSpan.end > 0 && $0.timeSpan.start < calendar.horizonEnd }.sorted {
            $0.timeSpan.start < $1.timeSpan.start
        }
    }
}
