import Center
import ScenarioText
import Tabular

extension ScenarioReader {
    /// The groups of the long form, or the one group `agents` of the short form.
    func readAgentGroups(short: [Node.Entry]) {
        let shortLayer = short.compactMap { entry -> Node.Entry? in
            let name = Self.shortSynonyms[entry.name] ?? entry.name
            guard Self.shortGroupSettings.contains(name) else { return nil }
            var renamed = entry
            renamed.long = name
            return renamed
        }
        let named = namedEntries("agent_groups")
        let out = Expansion()
        groupNames = top.has("agent_groups") ? named.map { checkIdentifier($0.key, "an agent group") } : ["agents"]
        if top.has("agent_groups") {
            if named.isEmpty, !log.hasErrors {
                log.error(
                    ProblemCode.noValue, "agent_groups names no group", at: top.entry("agent_groups")?.key.place,
                    expected: "at least one")
            }
            if named.count > 1, let first = shortLayer.first { mixedGroups(first, shortLayer, named) }
            refuseRepeated(shortLayer, named, "agent_groups")
            for (id, entry) in zip(groupNames, named) {
                let under = named.count == 1 ? [shortLayer] : []
                guard
                    let block = Block(
                        Settings.agentGroup, path: "agent_groups.\(entry.name)", at: entry.value, under: under, log: log
                    )
                else { continue }
                read(block, id: id, key: entry.key, into: out)
            }
        } else {
            readShortGroup(shortLayer, into: out)
        }
        expansion.set("agent_groups", out)
        for name in Self.shortGroupSettings { expansion.remove(name) }
    }

    private func mixedGroups(_ first: Node.Entry, _ short: [Node.Entry], _ named: [Node.Entry]) {
        let lines = short.map { "line \($0.key.line) (\($0.key.text ?? ""))" }
        log.error(
            ProblemCode.mixedForms,
            "\"\(first.key.text ?? "")\" stands outside agent_groups, which names \(named.count)", at: first.key.place,
            expected: "settings inside \(Spelling.list(named.map { "agent_groups.\($0.name)" }))",
            hint: "move \(Spelling.list(lines, "and")) into agent_groups.\(named[0].name)")
    }

    private func readShortGroup(_ layer: [Node.Entry], into out: Expansion) {
        let owner = top.entry("contact_types")?.key ?? root.entries?.first?.key ?? root
        let block = Block(Settings.agentGroup, path: "agent_groups.agents", owner: owner, layers: [layer], log: log)
        let hasTarget = contactTypes.contains { $0.target != nil } || (contactTypes.isEmpty && log.hasErrors)
        let isMisspelt = top.misspelt.contains("agents") || top.misspelt.contains("target")
        if !block.has("agents"), !hasTarget, !isMisspelt {
            log.error(
                ProblemCode.missingSetting, "the file lacks \"agents\" or \"target\"", at: owner.place,
                expected: "agents, such as 9, or target, such as 80% in 30s")
        }
        let key = block.entry("agents")?.key ?? owner
        var draft = AgentGroupDraft(id: "agents", key: key)
        draft.people = block.count("people")
        draft.peopleNode = block.entry("people")?.value
        draft.wagePerHour = readWage(block)
        draft.skills = allTypeNames.indices.map { Skill($0) }
        draft.skillKeys = allTypeNames.map { _ in key }
        // One group that serves everybody speaks everybody's language.
        var languages: [String] = []
        for language in contactTypes.flatMap(\.languages) where !languages.contains(language.code) {
            languages.append(language.code)
        }
        draft.languages = languages
        if !languages.isEmpty { block.expansion.set("languages", Self.list(languages), remark: "assumed") }
        block.expansion.set("skills", "{" + allTypeNames.map { "\($0): 1" }.joined(separator: ", ") + "}")
        if block.has("agents") {
            readAgents(block, into: &draft)
        } else {
            draft.presence = .asNeeded
            block.expansion.set("agents", Self.asNeeded, remark: "assumed")
        }
        block.expansion.order(by: Settings.agentGroup)
        out.set("agents", block.expansion)
        groups.append(draft)
    }

    private static func list(_ words: [String]) -> String {
        "[" + words.map(Expansion.quoted).joined(separator: ", ") + "]"
    }

    // MARK: One group

    private func read(_ block: Block, id: String, key: Node, into out: Expansion) {
        var draft = AgentGroupDraft(id: id, key: key)
        draft.label = block.freeText("label")
        draft.people = block.count("people")
        draft.peopleNode = block.entry("people")?.value
        draft.wagePerHour = readWage(block)
        draft.languages = readSpoken(block)
        draft.licences = readLicences(block)
        readSkills(block, into: &draft)
        if let entry = block.entry("agents") {
            draft.agents = entry
            readAgents(block, into: &draft)
        }
        readTimekeeping(block, into: &draft)
        if let zone = zone(block), let entry = block.entry("timezone") {
            draft.calendar = calendar.inZone(entry.value.text ?? "", zone)
            draft.timekeepingKey = draft.timekeepingKey ?? entry.key
        }
        draft.maxOccupancy = block.share("max_occupancy")
        if let entry = block.entry("roster"), let file = block.freeText("roster") {
            draft.roster = entry
            if !Self.isFileName(file) {
                log.error(
                    ProblemCode.wrongForm, "\"\(file)\" is not a table", at: entry.value.place,
                    expected: "a file such as roster.csv")
                draft.roster = nil
            }
        }
        draft.overtimeRate = block.value("overtime", Units.factor, Units.formatShare)
        if draft.overtimeRate != nil, let key = block.entry("overtime")?.key {
            draft.timekeepingKey = draft.timekeepingKey ?? key
        }
        readTiers(block, into: &draft)
        readPaces(block, into: &draft)
        block.expansion.order(by: Settings.agentGroup)
        out.set(id, block.expansion)
        groups.append(draft)
    }

    private func readWage(_ block: Block) -> Double? {
        guard block.has("wage") else { return nil }
        usesMoney = true
        let perHour = block.value(
            "wage",
            { text -> Reading<Double> in
                switch Units.volume(text) {
                case .value(let (amount, per)) where per >= 86400 && Self.isByDays(text):
                    let (unit, hours) = per < 604_800 ? ("day", 8 * per / 86400) : ("week", 40 * per / 604_800)
                    return .wrong(
                        Wrong(
                            "E205", "\(Units.trimmed(text)) does not say how many hours are paid",
                            expected: "money per time such as 19.30 per hour",
                            suggestion: "\(Units.formatNumber(amount)) per \(Units.formatNumber(hours))h",
                            meaning: "if a \(unit) has \(unit == "day" ? 8 : 40) paid hours"))
                // 19.30 per hour stays 19.30: it is not converted to seconds and back.
                case .value(let (amount, per)): return .value(amount * 3600 / per)
                case .wrong(var wrong):
                    wrong.expected = "money per time such as 19.30 per hour"
                    if wrong.followsName { wrong.suggestion = "\(Units.trimmed(text)) per hour" }
                    return .wrong(wrong)
                }
            }, { "\(Units.formatNumber($0)) per hour" })
        return perHour
    }

    /// Whether an amount is for days or weeks, which have as many paid hours as somebody works, not 24.
    private static func isByDays(_ text: String) -> Bool {
        let unit = text.lowercased().split(separator: "/").last.map(String.init) ?? ""
        let word = (unit.firstRange(of: " per ").map { String(unit[$0.upperBound...]) } ?? unit).filter(\.isLetter)
        return ["d", "day", "days", "w", "week", "weeks", "pd", "pw"].contains(word)
    }

    private func readSpoken(_ block: Block) -> [String] {
        guard let entry = block.entry("languages") else { return [] }
        let items = entry.value.items ?? (entry.value.text.map { _ in [entry.value] } ?? [])
        var languages: [String] = []
        if items.isEmpty {
            log.error(
                ProblemCode.wrongForm, "languages need a list", at: entry.value.place, expected: "such as [es, en]")
        }
        for item in items {
            guard let text = item.text, !item.isEmpty else {
                log.error(ProblemCode.wrongForm, "a language is one word", at: item.place, expected: "such as en")
                continue
            }
            let known = Set(contactTypes.flatMap { $0.languages.map(\.code) })
            // A language that nobody asks for is accepted; one that looks like a misspelling of another is not.
            if !known.isEmpty, !known.contains(text), let nearest = Spelling.nearest(to: text, among: known.sorted()),
                Spelling.folded(nearest) == Spelling.folded(text) || text.count > 3
            {
                log.error(
                    ProblemCode.reference, "no contact needs the language \"\(text)\"", at: item.place,
                    expected: Spelling.list(known.sorted()), hint: "did you mean \"\(nearest)\"?", suggestion: nearest)
            }
            if languages.contains(text) {
                log.error(
                    ProblemCode.repeatedSetting, "\"\(text)\" stands twice", at: item.place, hint: "keep one of them")
            }
            languages.append(text)
        }
        block.expansion.set("languages", Self.list(languages))
        return languages
    }

    private func readSkills(_ block: Block, into draft: inout AgentGroupDraft) {
        guard let entry = block.entry("skills") else {
            block.missing("skills", at: draft.key)
            return
        }
        guard let entries = entry.value.entries else {
            Block.needsMap(entry.value, block.fullName("skills"), nil, log)
            return
        }
        var parts: [String] = []
        for skill in entries {
            if let derived = derivedTypes.firstIndex(where: {
                $0.role.id(of: contactTypes[$0.parent].id) == skill.name
            }) {
                draft.derivedKeys[skill.name] = skill.key
                if skill.value.isNone {
                    draft.derivedSkills[derived] = .some(nil)
                    parts.append("\(skill.name): none")
                } else if let (read, text) = readSkill(skill, for: 0, of: block) {
                    draft.derivedSkills[derived] = read
                    parts.append(text)
                    checkLicence(skill.key, ofType: contactTypes[derivedTypes[derived].parent].id, draft)
                }
                continue
            }
            guard let index = checkContactType(skill.key, "skill") else { continue }
            guard let (read, text) = readSkill(skill, for: index, of: block) else { continue }
            parts.append(text)
            draft.skills.append(read)
            draft.skillKeys.append(skill.key)
            checkLicence(skill.key, ofType: allTypeNames[index], draft)
        }
        block.expansion.set("skills", "{" + parts.joined(separator: ", ") + "}")
        checkLanguages(draft)
    }

    /// A skill as it is said, and its usual form: a plain skill is its rank alone.
    private func readSkill(_ skill: Node.Entry, for index: Int, of block: Block) -> (Skill, String)? {
        let path = "\(block.fullName("skills")).\(skill.name)"
        guard skill.value.entries != nil else {
            let inner = Block(
                Settings.skill, path: path, owner: skill.value, layers: [[rankEntry(skill)]], log: log)
            let rank = inner.count("rank") ?? 1
            return (Skill(index, rank: rank), "\(skill.name): \(rank)")
        }
        guard let inner = Block(Settings.skill, path: path, at: skill.value, log: log) else { return nil }
        var read = Skill(
            index, rank: inner.count("rank") ?? 1,
            handlingFactor: inner.value("handle_time", Units.factor, Units.formatShare) ?? 1,
            onlyWhenIdle: inner.word("only_when_idle") == "yes")
        read.setUp = inner.duration("set_up") ?? 0
        let idle =
            (read.onlyWhenIdle ? ", only_when_idle: yes" : "")
            + (read.setUp > 0 ? ", set_up: \(Units.formatDuration(read.setUp))" : "")
        guard read.handlingFactor != 1 || !idle.isEmpty else { return (read, "\(skill.name): \(read.rank)") }
        return (
            read,
            "\(skill.name): {rank: \(read.rank), handle_time: \(Units.formatShare(read.handlingFactor))\(idle)}"
        )
    }

    /// `scheduling: 1` is its rank; messages speak of the contact type as written.
    private func rankEntry(_ skill: Node.Entry) -> Node.Entry {
        var entry = skill
        entry.long = "rank"
        return entry
    }

    private func checkLanguages(_ draft: AgentGroupDraft) {
        guard draft.languages.isEmpty else { return }
        let broughtAbout = derivedTypes.indices.filter {
            (draft.derivedSkills[$0] ?? nil) != nil && derivedTypes[$0].role.kind.keepsLanguages
        }
        let places =
            draft.skills.compactMap { draftPlaces[allTypeNames[$0.contactType]] }
            + broughtAbout.map { derivedTypes[$0].parent }
        for place in places where !contactTypes[place].languages.isEmpty {
            let type = contactTypes[place]
            log.error(
                ProblemCode.missingSetting, "agent_groups.\(draft.id) lacks \"languages\", which \(type.id) asks for",
                at: draft.key.place,
                expected: "languages, such as [\(type.languages.map(\.code).joined(separator: ", "))]")
            return
        }
    }
}
