import Center
import Queueing
import ScenarioText
import Tabular

extension ScenarioReader {
    /// The types of the long form, or the one type `calls` of the short form.
    func readContactTypes(short: [Node.Entry]) {
        let defaults = readDefaults()
        let shortLayer = shortEntries(short)
        let named = namedEntries("contact_types")
        let out = Expansion()
        if top.has("contact_types") {
            if named.isEmpty, !log.hasErrors {
                log.error(
                    ProblemCode.noValue, "contact_types names no contact type",
                    at: top.entry("contact_types")?.key.place, expected: "at least one")
            }
            if named.count > 1, !shortLayer.isEmpty { mixedForms(shortLayer, named, "contact_types") }
            refuseRepeated(shortLayer, named, "contact_types")
            let under = named.count == 1 ? [shortLayer, defaults] : [defaults]
            allTypeNames = named.map { checkIdentifier($0.key, "a contact type") }
            for (id, entry) in zip(allTypeNames, named) {
                guard
                    let block = Block(
                        Settings.contactType, path: "contact_types.\(entry.name)", at: entry.value, under: under,
                        log: log)
                else { continue }
                read(block, id: id, key: entry.key, into: out)
            }
        } else {
            allTypeNames = ["calls"]
            let block = Block(
                Settings.contactType, path: "contact_types.calls", owner: shortOwner, layers: [shortLayer, defaults],
                log: log)
            for (name, shown) in [("arrivals", "calls"), ("talk", "talk")]
            where !block.has(name) && !top.misspelt.contains(shown) {
                log.error(
                    ProblemCode.missingSetting, "the file lacks \"\(shown)\"", at: shortOwner.place,
                    expected: shown == "calls" ? "calls, such as {Mon: 320, Tue-Fri: 260}" : "talk, such as 4m30s",
                    hint: shown == "calls" ? "a longer file names them under \"contact_types\"" : nil)
            }
            // What is missing has been reported; the rest is read all the same.
            block.misspelt = ["arrivals", "talk"]
            read(block, id: "calls", key: block.entry("arrivals")?.key ?? shortOwner, into: out)
        }
        expansion.set("contact_types", out)
        for name in Self.shortContactSettings.keys { expansion.remove(name) }
    }

    /// Where a short file as a whole is meant: its first line.
    private var shortOwner: Node {
        var node = root.entries?.first?.key ?? root
        node.length = max(1, node.text?.count ?? 1)
        return node
    }

    /// The short file's settings of its contact type, under their long names.
    private func shortEntries(_ entries: [Node.Entry]) -> [Node.Entry] {
        var result: [Node.Entry] = []
        for entry in entries {
            let name = Self.shortSynonyms[entry.name] ?? entry.name
            guard let long = Self.shortContactSettings[name] else { continue }
            var renamed = entry
            if long != entry.name { renamed.long = long }
            result.append(renamed)
        }
        let times = entries.filter {
            ["hold", "wrap_up"].contains(Self.shortSynonyms[$0.name] ?? $0.name) && !$0.value.isNone
        }
        if let aht = entries.first(where: { $0.name == "aht" }), let other = times.first {
            log.error(
                ProblemCode.conflict, "aht already holds \(other.name) (line \(other.key.line))", at: aht.key.place,
                hint: "write the talk time alone as \"talk\"")
        }
        return result
    }

    /// Of the only one of `block`, nothing may stand both in it and beside it.
    func refuseRepeated(_ short: [Node.Entry], _ named: [Node.Entry], _ block: String) {
        guard named.count == 1, let own = named[0].value.entries else { return }
        for entry in short where own.contains(where: { $0.name == entry.name }) {
            let home = "\(block).\(named[0].name)"
            log.error(
                ProblemCode.mixedForms, "\"\(entry.key.text ?? "")\" stands here and in \(home)", at: entry.key.place,
                expected: "one of them", hint: "write it as \(home).\(entry.name)")
        }
    }

    private func mixedForms(_ short: [Node.Entry], _ named: [Node.Entry], _ block: String) {
        guard let first = short.first else { return }
        let lines = short.map { "line \($0.key.line) (\($0.key.text ?? ""))" }
        let home = block == "contact_types" ? "\(block).\(named[0].name) or defaults" : "\(block).\(named[0].name)"
        log.error(
            ProblemCode.mixedForms,
            "\"\(first.key.text ?? "")\" stands outside \(block), which names \(named.count)", at: first.key.place,
            expected: "settings inside \(Spelling.list(named.map { "\(block).\($0.name)" }))",
            hint: "move \(Spelling.list(lines, "and")) into \(home)")
    }

    /// The block `defaults`: its entries, and what is wrong with their names.
    private func readDefaults() -> [Node.Entry] {
        guard let entry = top.entry("defaults") else { return [] }
        guard let block = Block(Settings.contactType, path: "defaults", at: entry.value, log: log) else { return [] }
        _ = block
        expansion.remove("defaults")
        // What is wrong with them has been said.
        return Block.spelled(entry.value.entries ?? [], Settings.contactType, ReadingLog())
    }

    // MARK: One type

    private func read(_ block: Block, id: String, key: Node, into out: Expansion) {
        var draft = ContactTypeDraft(id: id, key: key)
        if let label = block.freeText("label") { draft.label = label }
        draft.channel = channel(block.freeText("channel") ?? Channel.phone.id, at: block.entry("channel"))
        draft.hours = readHours(of: block) ?? WeeklyHours()
        // With one type, no other can come first.
        let isAlone = allTypeNames.count == 1
        draft.priority = block.count("priority", quiet: isAlone) ?? 5
        draft.languages = readLanguages(of: block)
        draft.nodes["languages"] = block.entry("languages")?.key
        draft.volumes = block.word("volumes", quiet: true).flatMap(Volumes.init(keyword:)) ?? .expected
        draft.dayToDay = block.share("day_to_day") ?? 0
        // Among the defaults it holds for the other types, unless the counts stand there too.
        if draft.volumes.isCounted, draft.dayToDay > 0, block.isOwn("day_to_day") || !block.isOwn("volumes"),
            let entry = block.entry("day_to_day")
        {
            log.error(
                ProblemCode.conflict, "counts that were do not vary from day to day", at: entry.key.place,
                hint: "leave out \"day_to_day\", or \"volumes: actual\"")
        }
        if draft.volumes.isCounted {
            draft.dayToDay = 0
            block.expansion.remove("day_to_day")
        }
        if !block.has("talk") { block.missing("talk", at: key) }
        if let talk = durations.read("talk", in: block, role: .work) { draft.talk = talk }
        draft.hold = durations.read("hold", in: block, role: .work)
        if block.entry("talk")?.key.text == "aht" {
            block.expansion.set("wrap_up", "none")
        } else {
            draft.wrapUp = durations.read("wrap_up", in: block, role: .work)
        }
        readTarget(of: block, into: &draft)
        draft.shortAbandon = block.duration("short_abandon")
        draft.blockedAt = block.count("blocked_at")
        if draft.channel.kind == .live { readLive(block, into: &draft) } else { refuseLive(block, draft) }
        readTransfers(block, into: &draft)
        readRepeat(block, into: &draft)
        readFollowUp(block, into: &draft)
        readHowHandled(block, into: &draft)
        readArrivals(of: block, key: key, into: &draft)
        for name in ["target", "when_closed", "queue_opens"] { draft.nodes[name] = block.entry(name)?.key }
        if let target = block.entry("target")?.value { draft.nodes["target's share"] = target["share"] ?? target }
        warnOfNoEffect(block, draft)
        block.expansion.order(by: Settings.contactType)
        out.set(id, block.expansion)
        if draftPlaces[draft.id] == nil { draftPlaces[draft.id] = contactTypes.count }
        contactTypes.append(draft)
    }
}
