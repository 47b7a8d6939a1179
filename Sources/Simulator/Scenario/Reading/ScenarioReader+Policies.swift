extension ScenarioReader {
    /// One share, or named parts that add up.
    func readShrinkage() -> Double {
        guard let entry = top.entry("shrinkage"), let parts = entry.value.entries else {
            return top.share("shrinkage") ?? 0
        }
        let out = Expansion()
        var sum = 0.0
        for part in parts {
            checkIdentifier(part.key, "a part of shrinkage")
            if part.value.entries != nil {
                guard
                    let block = Block(
                        Settings.shrinkagePart, path: "shrinkage.\(part.name)", at: part.value, log: log)
                else { continue }
                if !block.has("share") { block.missing("share") }
                sum += block.share("share") ?? 0
                _ = block.word("when")
                block.refuseIfNotYet("when")
                out.set(part.name, block.expansion.flow)
            } else {
                let owner = Block(
                    Settings.shrinkagePart, path: "shrinkage", owner: part.value, layers: [[shareEntry(part)]], log: log
                )
                guard let share = owner.share("share") else { continue }
                sum += share
                out.set(part.name, Units.formatShare(share))
            }
        }
        sum = (sum * 1e12).rounded() / 1e12
        if sum > 0.95 {
            log.error(
                ProblemCode.range, "the parts of shrinkage add up to \(Units.formatShare(sum))", at: entry.key.place,
                expected: "at most 95%")
        }
        expansion.set("shrinkage", out)
        return sum
    }

    private func shareEntry(_ part: Node.Entry) -> Node.Entry {
        var entry = part
        entry.long = "share"
        return entry
    }

    /// Breaks counted in the shifts and in shrinkage too.
    func warnOfBreaksTwice() {
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
                ProblemCode.breaksTwice,
                "\(part.name) counts twice: here and in the shifts (\(first.name), line \(first.key.line))",
                at: part.key.place, hint: "leave it out of shrinkage, or out of the shifts")
        }
    }

    // MARK: Routing and rules

    func readRouting() -> Routing {
        guard let block = policyBlock("routing") else { return Routing() }
        let contact = block.word("pick_contact")
        let agent = block.word("pick_agent")
        for (name, word, isKnown) in [
            ("pick_contact", contact, contact.flatMap(PickContact.init(rawValue:)) != nil),
            ("pick_agent", agent, agent.flatMap(PickAgent.init(rawValue:)) != nil),
        ] {
            guard let word, !isKnown, let entry = block.entry(name) else { continue }
            Block.refuse(
                "\(name): \(word) is", at: entry.value, log,
                hint: "write \"\(name): \(Settings.routing[name]?.standard ?? "")\" for now")
        }
        readOverflow(block)
        readReserve(block)
        finish(block, "routing")
        return Routing(
            pickContact: contact.flatMap(PickContact.init(rawValue:)) ?? .priorityThenLongestWait,
            pickAgent: agent.flatMap(PickAgent.init(rawValue:)) ?? .longestIdle)
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
        if let rule = serviceLevelRule(name, at: block.entry("service_level")?.value) {
            result.serviceLevel = rule
            if block.has("service_level") { block.expansion.set("service_level", rule.rawValue) }
        }
        result.shortAbandon = block.duration("short_abandon") ?? 5
        result.rules.maxOccupancy = block.share("max_occupancy")
        if block.word("end_of_shift") == Rules.EndOfShift.handBack.rawValue, let entry = block.entry("end_of_shift") {
            // The engine plays it; no table yet tells who was lost after having been answered.
            Block.refuse(
                "end_of_shift: hand_back is", at: entry.value, log,
                hint: "write \"end_of_shift: finish_current\" for now")
        }
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
