import Center
import ScenarioText
import Tabular

extension ScenarioReader {
    /// One share, or named parts that add up.
    func readShrinkage() -> Absences {
        guard let entry = top.entry("shrinkage"), let parts = entry.value.entries else {
            return Absences(evenedOut: top.share("shrinkage") ?? 0)
        }
        checkCauses(parts)
        let out = Expansion()
        var absences = Absences()
        for part in parts {
            checkIdentifier(part.key, "a part of shrinkage")
            if part.value.entries != nil {
                guard
                    let block = Block(
                        Settings.shrinkagePart, path: "shrinkage.\(part.name)", at: part.value, log: log)
                else { continue }
                if !block.has("share") { block.missing("share") }
                let share = block.share("share") ?? 0
                let isSudden = !block.has("when") && Self.isSudden(part.name)
                if isSudden { block.assume("when", "unplanned") }
                switch isSudden ? "unplanned" : block.word("when") {
                case "unplanned": absences.unplanned += share
                case "in_shift": absences.inShift += share
                default: absences.evenedOut += share
                }
                out.set(part.name, block.expansion.flow)
            } else {
                let owner = Block(
                    Settings.shrinkagePart, path: "shrinkage", owner: part.value, layers: [[shareEntry(part)]], log: log
                )
                guard let share = owner.share("share") else { continue }
                if Self.isSudden(part.name) {
                    absences.unplanned += share
                    out.set(
                        part.name, "{share: \(Units.formatShare(share)), when: unplanned}", remark: "when assumed")
                } else {
                    absences.evenedOut += share
                    out.set(part.name, Units.formatShare(share))
                }
            }
        }
        func rounded(_ share: Double) -> Double { (share * 1e12).rounded() / 1e12 }
        absences = Absences(
            evenedOut: rounded(absences.evenedOut), unplanned: rounded(absences.unplanned),
            inShift: rounded(absences.inShift))
        let sum = rounded(absences.evenedOut + absences.unplanned + absences.inShift)
        if sum > 0.95 {
            log.error(
                ProblemCode.range, "the parts of shrinkage add up to \(Units.formatShare(sum))", at: entry.key.place,
                expected: "at most 95%")
        }
        expansion.set("shrinkage", out)
        return absences
    }

    /// Who is ill is missing on the day, each person alone; what is planned evens out.
    private static func isSudden(_ cause: String) -> Bool {
        let words = cause.lowercased().split { !$0.isLetter }
        return words.contains { ["sick", "sickness", "ill", "illness", "unplanned", "unscheduled"].contains($0) }
    }

    /// Parts are causes, and add up; a share for each group would be read as a cause for everybody.
    private func checkCauses(_ parts: [Node.Entry]) {
        for (names, what) in [(groupNames, "agent group"), (allTypeNames, "contact type")] {
            let named = parts.filter { names.contains($0.name) }
            guard let first = named.first, top.has(what == "agent group" ? "agent_groups" : "contact_types") else {
                continue
            }
            let words = Spelling.list(named.map(\.name), "and")
            log.error(
                ProblemCode.conflict,
                "\(words) \(named.count == 1 ? "is an \(what)" : "are \(what)s"), and the parts of shrinkage are causes that hold for everybody"
                    .replacing("an contact", with: "a contact"),
                at: first.key.place, expected: "one share, or causes such as {leave: 10%, meetings: 2%}",
                hint: "a shrinkage of single groups is not simulated yet: take it off the agents or shifts of a group")
        }
    }

    private func shareEntry(_ part: Node.Entry) -> Node.Entry {
        var entry = part
        entry.long = "share"
        return entry
    }

    /// Breaks counted in the shifts and in shrinkage too.
    func warnOfRepeatedBreaks() {
        guard let parts = top.entry("shrinkage")?.value.entries else { return }
        for part in parts {
            let name = part.name.lowercased()
            let isLunch = name.contains("lunch") || name.contains("meal")
            let isBreak = name.contains("break") || name.contains("pause")
            guard isLunch || isBreak else { continue }
            let users = shiftNames.compactMap { shifts[$0] }.filter { shift in
                (isLunch && shift.lunch != nil) || (isBreak && !shift.breaks.isEmpty)
            }
            guard let first = users.first else { continue }
            log.warn(
                ProblemCode.repeatedBreaks,
                "\(part.name) counts twice: here and in the shifts (\(first.name), line \(first.key.line))",
                at: part.key.place, hint: "leave it out of shrinkage, or out of the shifts")
        }
    }

    // MARK: Routing and rules

    func readRouting() -> Routing {
        guard let block = policyBlock("routing") else { return Routing() }
        var routing = Routing()
        if let (keyword, values) = policy("pick_contact", block, Settings.contactPolicies),
            let policy = RoutingPolicies.pickContact.first(where: { $0.keyword == keyword })
        {
            routing.pickContact = PickContact(policy.init(values))
        }
        if let (keyword, _) = policy("pick_agent", block, Settings.agentPolicies),
            let policy = RoutingPolicies.pickAgent.first(where: { $0.keyword == keyword })
        {
            routing.pickAgent = PickAgent(policy.init())
        }
        routing.isSticky = block.word("sticky", quiet: true) == "yes"
        readOverflow(block)
        readReserve(block)
        finish(block, "routing")
        return routing
    }

    /// A policy's word with what is told of it, in base units: `ageing`, `{ageing: 2m}` where there is one thing to
    /// tell, `{weighted_score: {wait: 1, late: 3}}` where there are several. Nil when wrong, which is then said.
    private func policy(
        _ name: String, _ routing: Block, _ policies: [SettingList]
    ) -> (keyword: String, values: [String: Double])? {
        guard let entry = routing.entry(name), let told = entry.value.entries else {
            guard let word = routing.word(name), let list = policies.first(where: { $0.keyword == word }) else {
                return nil
            }
            guard !list.settings.isEmpty else { return (word, [:]) }
            let owner = routing.entry(name)?.value ?? routing.owner
            return take(Block(list, path: list.title, owner: owner, layers: [], log: log), as: name, in: routing)
        }
        guard told.count == 1, let one = told.first else {
            log.error(
                ProblemCode.wrongForm, "\(name) needs one policy", at: entry.value.place,
                expected: "a word, or one with its settings such as \(routing.list[name]?.example ?? "")")
            return nil
        }
        let words = policies.map(\.keyword)
        guard let list = policies.first(where: { $0.keyword == one.name }) else {
            log.unknown(
                one.name, among: words, ProblemCode.choice, "\"\(one.name)\" is not known here", at: one.key.place)
            return nil
        }
        guard let only = list.settings.first else {
            log.error(
                ProblemCode.wrongForm, "\(one.name) has no settings", at: one.value.place,
                expected: "\(name): \(one.name)")
            return nil
        }
        guard list.settings.count == 1, one.value.entries == nil else {
            return Block(list, path: list.title, at: one.value, log: log).flatMap { take($0, as: name, in: routing) }
        }
        var single = one
        single.long = only.name
        return take(
            Block(list, path: list.title, owner: one.value, layers: [[single]], log: log), as: name, in: routing)
    }

    /// Reads a policy's own settings, and writes down the policy.
    private func take(
        _ block: Block, as name: String, in routing: Block
    ) -> (keyword: String, values: [String: Double]) {
        var values: [String: Double] = [:]
        for setting in block.list.settings {
            switch setting.kind {
            case .duration: values[setting.name] = block.duration(setting.name)
            case .share: values[setting.name] = block.share(setting.name)
            default: values[setting.name] = block.number(setting.name)
            }
        }
        let word = block.list.keyword
        let lines = block.expansion.lines
        var text = block.expansion.flow
        if lines.count == 1, case .text(let only) = lines[0].value { text = only }
        routing.expansion.set(name, "{\(word): \(text)}", remark: block.expansion.flowRemark)
        return (word, values)
    }

    /// Rules that hold for the whole center, with those that end up in contact types and shifts.
    struct RulesRead {
        var rules = Rules()
        var serviceLevel = ServiceLevelRule.ofAllOffered
        var shortAbandon = 5.0
        var keepsEnd = false
    }

    func readRules() -> RulesRead {
        var result = RulesRead()
        guard let block = policyBlock("rules") else { return result }
        let name = block.word("service_level")
        if name != "F7", name != "F8",
            let rule = serviceLevelRule(name, at: block.entry("service_level")?.value)
        {
            result.serviceLevel = rule
            if block.has("service_level") { block.expansion.set("service_level", rule.rawValue) }
        }
        result.shortAbandon = block.duration("short_abandon") ?? 5
        result.rules.maxOccupancy = block.share("max_occupancy")
        if let word = block.word("end_of_shift"), let rule = Rules.EndOfShift(rawValue: word) {
            result.rules.endOfShift = rule
        }
        if let word = block.word("callbacks"), let rule = Rules.Instead(rawValue: word) {
            result.rules.callbacks = rule
        }
        if let word = block.word("closed"), let rule = Rules.Instead(rawValue: word) { result.rules.closed = rule }
        // F7 and F8 are F3 with all flow-outs in the denominator, and with none of them.
        if let name, name == "F7" || name == "F8" {
            let rule: Rules.Instead = name == "F7" ? .asMissed : .leftOut
            if block.has("callbacks"), result.rules.callbacks != rule {
                log.error(
                    ProblemCode.conflict, "\(name) counts callbacks as \(rule.rawValue)",
                    at: block.entry("callbacks")?.value.place, expected: "callbacks: \(rule.rawValue)",
                    hint: "leave it out, or say service_level: F3")
            }
            result.rules.callbacks = rule
            result.serviceLevel = .ofAllOffered
            block.expansion.set("service_level", ServiceLevelRule.ofAllOffered.rawValue)
            block.expansion.set("callbacks", rule.rawValue)
        }
        result.rules.waitingLimit = block.count("waiting_places")
        if let word = block.word("waiting_at_close"), let rule = Rules.WaitingAtClose(rawValue: word) {
            result.rules.waitingAtClose = rule
        }
        // Only shifts have an end to keep.
        result.keepsEnd = block.word("dst", quiet: shiftNames.isEmpty) == "keep_end"
        finish(block, "rules")
        return result
    }

    /// A block of rules, empty when the file has none; nil when it is no map.
    func policyBlock(_ name: String) -> Block? {
        guard case .block(let list) = Settings.top[name]?.kind else { return nil }
        guard let entry = top.entry(name) else {
            return Block(list, path: name, owner: root, layers: [], log: log)
        }
        return Block(list, path: name, at: entry.value, log: log)
    }

    /// Such a block stands on one line, and counts as one assumption when the file leaves it out.
    func finish(_ block: Block, _ name: String) {
        block.expansion.order(by: block.list)
        expansion.set(
            name, block.expansion.flow, remark: top.has(name) ? block.expansion.flowRemark : "assumed")
    }
}
