import Center
import Probability
import Queueing
import ScenarioText
import Tabular

/// How contacts are handled that need more than one agent for a while, and who may handle them.
extension ScenarioReader {
    func readHowHandled(_ block: Block, into draft: inout ContactTypeDraft) {
        draft.licence = block.entry("licence").flatMap { $0.value.isNone ? nil : $0.value.text }
        _ = block.freeText("licence")
        draft.setUp = block.duration("set_up") ?? 0
        draft.escalations = readPriorities(block, draft)
        draft.consult = readConsult(block, &draft)
        draft.interpreter = readInterpreter(block, draft)
        draft.misrouted = readMisrouted(block, draft)
        draft.handlingPace = readPace(block)
        readWrapUpLater(block, into: &draft)
        draft.chase = readChase(block, draft)
        draft.tries = readReach(block, draft)
        draft.replies = readReplies(block, draft)
    }

    /// What needs an agent's undivided attention cannot be with several contacts in hand.
    func checkColleagues(_ types: [ContactType]) {
        for (draft, type) in zip(contactTypes, types) {
            let words = [
                ("consult", draft.consult != nil), ("wrap_up_later", draft.wrapUpLater != nil),
                ("transfers", draft.transfers.contains { $0.handOver != nil }),
            ]
            for (name, isThere) in words where isThere && type.channel.atOnce > 1 {
                log.error(
                    ProblemCode.conflict,
                    "\(name == "transfers" ? "hand_over" : name) is for one contact at a time, and "
                        + "\(type.channel.id) is handled \(type.channel.atOnce) at once",
                    at: (draft.nodes[name] ?? draft.key).place, hint: "leave it out, or set at_once to 1")
            }
            for transfer in draft.transfers where transfer.handOver != nil {
                guard let target = types.first(where: { $0.id == transfer.to }),
                    target.channel.kind == .deferred || target.channel.atOnce > 1
                else { continue }
                log.error(
                    ProblemCode.conflict,
                    "nobody waits on the line for \(target.id), which "
                        + (target.channel.kind == .deferred ? "lies in a list" : "is handled several at once"),
                    at: (draft.nodes["transfers"] ?? draft.key).place, hint: "leave out \"hand_over\"")
            }
        }
    }

    // MARK: Colleagues

    private func readConsult(_ block: Block, _ draft: inout ContactTypeDraft) -> ContactTypeDraft.ConsultDraft? {
        guard let inner = block.block("consult") else { return nil }
        for name in ["with", "share", "takes"] where !inner.has(name) { inner.missing(name) }
        let type = other("with", in: inner, "a consult is with", draft)
        let share = inner.share("share")
        let takes = durations.read("takes", in: inner, role: .work)
        let waits = inner.duration("waits_at_most")
        inner.expansion.order(by: Settings.consult)
        block.expansion.set("consult", inner.expansion.flow, remark: inner.expansion.flowRemark)
        draft.nodes["consult"] = block.entry("consult")?.key
        guard let type, let share, let takes, let waits, share > 0 else { return nil }
        return ContactTypeDraft.ConsultDraft(type: type, share: share, takes: takes, waitsAtMost: waits)
    }

    private func readMisrouted(_ block: Block, _ draft: ContactTypeDraft) -> ContactTypeDraft.MisroutedDraft? {
        guard let inner = block.block("misrouted") else { return nil }
        for name in ["to", "share", "takes"] where !inner.has(name) { inner.missing(name) }
        let type = other("to", in: inner, "misrouted contacts go to", draft)
        let share = inner.share("share")
        let takes = durations.read("takes", in: inner, role: .work)
        inner.expansion.order(by: Settings.misrouted)
        block.expansion.set("misrouted", inner.expansion.flow, remark: inner.expansion.flowRemark)
        if draft.volumes.isCounted, let entry = block.entry("misrouted") {
            log.error(
                ProblemCode.conflict, "counts that were cannot be divided by chance into right and misrouted",
                at: entry.key.place, hint: "leave out \"misrouted\", or \"volumes: actual\"")
        }
        guard let type, let share, let takes, share > 0 else { return nil }
        return ContactTypeDraft.MisroutedDraft(type: type, share: share, takes: takes)
    }

    /// The name of another contact type; complains about none and about the type itself.
    private func other(_ name: String, in inner: Block, _ what: String, _ draft: ContactTypeDraft) -> String? {
        guard inner.freeText(name) != nil, let node = inner.entry(name)?.value,
            let index = checkContactType(node, what)
        else { return nil }
        guard allTypeNames[index] != draft.id else {
            log.error(
                ProblemCode.conflict, "\(what) another contact type, not \(draft.id) itself", at: node.place,
                expected: Spelling.list(allTypeNames.filter { $0 != draft.id }))
            return nil
        }
        return allTypeNames[index]
    }

    private func readInterpreter(_ block: Block, _ draft: ContactTypeDraft) -> Interpreter? {
        guard let inner = block.block("interpreter") else { return nil }
        if !inner.has("languages") { inner.missing("languages") }
        let entry = inner.entry("languages")
        let items = entry.map { $0.value.items ?? [$0.value] } ?? []
        let known = draft.languages.map(\.code)
        for item in items where !known.contains(item.text ?? "") && block.isOwn("interpreter") {
            log.unknown(
                item.text ?? "", among: known, ProblemCode.reference,
                "no contact of \(draft.id) needs the language \"\(item.text ?? "")\"", at: item.place,
                expected: known.isEmpty ? "languages of the contact type" : nil)
        }
        let after = inner.duration("after") ?? 0
        let connect = inner.duration("connect") ?? 0
        let factor = inner.value("handle_time", Units.factor, Units.formatShare) ?? 1
        let languages = items.compactMap(\.text)
        // What stands among the defaults is written back for the types that use it.
        let needed = languages.filter(known.contains)
        inner.expansion.set("languages", "[" + needed.map(Expansion.quoted).joined(separator: ", ") + "]")
        inner.expansion.order(by: Settings.interpreter)
        guard !needed.isEmpty else {
            block.expansion.remove("interpreter")
            return nil
        }
        block.expansion.set("interpreter", inner.expansion.flow, remark: inner.expansion.flowRemark)
        return Interpreter(languages: needed, after: after, connect: connect, handlingFactor: factor)
    }

    // MARK: By time and by number

    /// `{5m: 3, 10m: 1}`: each bound with what holds from there on, ascending.
    private func steps<Value>(
        _ entry: Node.Entry, _ example: String, bound: (String) -> Reading<Double>,
        _ value: (String) -> Reading<Value>, _ fits: (Value) -> Bool, expected: String
    ) -> [(bound: Double, value: Value)] {
        guard let entries = entry.value.entries else {
            Block.needsMap(entry.value, entry.name, nil, log)
            return []
        }
        var result: [(bound: Double, value: Value)] = []
        for part in entries {
            let from: Double
            switch part.key.text.map(bound) {
            case .value(let read): from = read
            case .wrong(let wrong):
                log.add(wrong.problem(for: .setting(entry.name), at: part.key.place))
                continue
            case nil: continue
            }
            switch part.value.text.map(value) {
            case .value(let read) where fits(read): result.append((from, read))
            case .wrong(let wrong): log.add(wrong.problem(for: .setting(part.name), at: part.value.place))
            default:
                log.error(
                    ProblemCode.range, "\(part.name) cannot be \(part.value.text ?? "that")", at: part.value.place,
                    expected: expected, hint: "write it like \(example)")
            }
        }
        return result.sorted { $0.bound < $1.bound }
    }

    private func readPriorities(_ block: Block, _ draft: ContactTypeDraft) -> [Escalation] {
        guard let entry = block.entry("priority_after"), !block.isNone("priority_after") else { return [] }
        let read = steps(
            entry, "{5m: 3, 10m: 1}", bound: Units.duration, Units.count, { (1...9).contains($0) },
            expected: "a priority from 1 to 9")
        block.expansion.set(
            "priority_after",
            "{" + read.map { "\(Units.formatDuration($0.bound)): \($0.value)" }.joined(separator: ", ") + "}")
        return read.map { Escalation(after: $0.bound, priority: $0.value) }
    }

    private func readPace(_ block: Block) -> HandlingPace? {
        guard let inner = block.block("handle_time_by") else { return nil }
        func read(_ name: String, _ bound: (String) -> Reading<Double>, _ format: (Double) -> String)
            -> [HandlingPace.Step]
        {
            guard let entry = inner.entry(name) else { return [] }
            let read = steps(
                entry, Settings.handleTimeBy[name]?.example ?? "", bound: bound, Units.factor,
                { (0.05...20).contains($0) }, expected: "from 5% to 2000%")
            inner.expansion.set(
                name,
                "{" + read.map { "\(format($0.bound)): \(Units.formatShare($0.value))" }.joined(separator: ", ") + "}")
            return read.map { HandlingPace.Step(from: $0.bound, factor: $0.value) }
        }
        let byWait = read("wait", Units.duration, Units.formatDuration)
        let byWaiting = read("waiting", Units.number, Units.formatNumber)
        inner.expansion.order(by: Settings.handleTimeBy)
        block.expansion.set("handle_time_by", inner.expansion.flow)
        guard !(byWait.isEmpty && byWaiting.isEmpty) else { return nil }
        return HandlingPace(byWait: byWait, byWaiting: byWaiting)
    }

    // MARK: Later

    private func readWrapUpLater(_ block: Block, into draft: inout ContactTypeDraft) {
        guard let inner = block.block("wrap_up_later") else { return }
        if !inner.has("when_waiting") { inner.missing("when_waiting") }
        let count = inner.count("when_waiting")
        let due = inner.openingTime("due")
        inner.expansion.order(by: Settings.wrapUpLater)
        block.expansion.set("wrap_up_later", inner.expansion.flow, remark: inner.expansion.flowRemark)
        if draft.wrapUp == nil, block.isOwn("wrap_up_later"), let entry = block.entry("wrap_up_later") {
            log.error(
                ProblemCode.conflict, "\(draft.id) has no after-contact work to put off", at: entry.key.place,
                expected: "wrap_up, such as 1m10s")
        }
        draft.nodes["wrap_up_later"] = block.entry("wrap_up_later")?.key
        guard let count, draft.wrapUp != nil else {
            block.expansion.remove("wrap_up_later")
            return
        }
        draft.wrapUpLater = (count, due?.seconds(ofDay: draft.hours.openDay))
    }

    private func readChase(_ block: Block, _ draft: ContactTypeDraft) -> (share: Double, after: Double, type: String)? {
        guard let inner = block.block("chase") else { return nil }
        guard draft.channel.kind == .deferred else {
            if block.isOwn("chase"), let entry = block.entry("chase") {
                log.error(
                    ProblemCode.conflict, "chase is for what lies in a list, and \(draft.channel.id) is live",
                    at: entry.key.place, hint: "callers who wait hang up and call again: see \"redial\"")
            }
            return nil
        }
        for name in ["share", "after", "as"] where !inner.has(name) { inner.missing(name) }
        let share = inner.share("share")
        let after =
            draft.target?.clock == .openHours
            ? inner.openingTime("after")?.seconds(ofDay: draft.hours.openDay) : inner.duration("after")
        let type = inner.freeText("as").flatMap { _ in
            inner.entry("as").flatMap { checkContactType($0.value, "those who ask come as") }
        }
        inner.expansion.order(by: Settings.chase)
        block.expansion.set("chase", inner.expansion.flow)
        guard let share, let after, let type, share > 0 else { return nil }
        return (share, after, allTypeNames[type])
    }

    private func readReach(_ block: Block, _ draft: ContactTypeDraft) -> Tries? {
        guard let inner = block.block("reach") else { return nil }
        guard draft.channel.kind == .deferred else {
            if block.isOwn("reach"), let entry = block.entry("reach") {
                log.error(
                    ProblemCode.conflict, "reach is for calls that we make, and \(draft.channel.id) is live",
                    at: entry.key.place, expected: "channel: outbound")
            }
            return nil
        }
        if !inner.has("share") { inner.missing("share") }
        let share = inner.share("share")
        let attempts = inner.count("attempts")
        let retryAfter = inner.duration("retry_after")
        let takes = inner.duration("takes")
        inner.expansion.order(by: Settings.reach)
        block.expansion.set("reach", inner.expansion.flow, remark: inner.expansion.flowRemark)
        guard let share, let attempts, let retryAfter, let takes, share < 1 else { return nil }
        return Tries(attempts: attempts, noAnswer: 1 - share, retryAfter: retryAfter, ringing: takes)
    }

    private func readReplies(
        _ block: Block, _ draft: ContactTypeDraft
    ) -> [(to: String, share: Double, delay: Distribution?)] {
        guard let entry = block.entry("replies"), let entries = block.freeEntries("replies") else { return [] }
        if draft.again != nil {
            log.error(
                ProblemCode.conflict, "\(draft.id) has both repeats and replies", at: entry.key.place,
                hint: "keep one: whom we reached comes again as the same type, or as another")
        }
        var replies: [(to: String, share: Double, delay: Distribution?)] = []
        var texts: [String] = []
        for reply in entries {
            guard let index = checkContactType(reply.key, "replies come as"),
                let inner = Block(
                    Settings.reply, path: "\(block.fullName("replies")).\(reply.name)", at: reply.value, log: log)
            else { continue }
            for name in ["share", "after"] where !inner.has(name) { inner.missing(name) }
            let share = inner.share("share")
            let delay = durations.read("after", in: inner, role: .delay)
            inner.expansion.order(by: Settings.reply)
            texts.append("\(reply.name): \(inner.expansion.flow)")
            if let share, let delay, share > 0 { replies.append((allTypeNames[index], share, delay)) }
        }
        block.expansion.set("replies", "{" + texts.joined(separator: ", ") + "}")
        let sum = replies.reduce(0) { $0 + $1.share }
        if sum > 1 + 1e-9 {
            log.error(
                ProblemCode.sum, "the replies add up to \(Units.formatShare((sum * 1e6).rounded() / 1e6))",
                at: entry.key.place, expected: "at most 100%")
        }
        return replies
    }

    // MARK: Licences

    func readLicences(_ block: Block) -> [String] {
        guard let entry = block.entry("licences") else { return [] }
        let items = entry.value.items ?? (entry.value.text.map { _ in [entry.value] } ?? [])
        if items.isEmpty {
            log.error(ProblemCode.wrongForm, "licences need a list", at: entry.value.place, expected: "such as [rn]")
        }
        let licences = items.compactMap(\.text)
        block.expansion.set("licences", "[" + licences.map(Expansion.quoted).joined(separator: ", ") + "]")
        return licences
    }

    /// Nobody serves what they are not licensed for, whatever else the file says.
    func checkLicence(_ key: Node, ofType type: String, _ draft: AgentGroupDraft) {
        guard let licence = contactTypes.first(where: { $0.id == type })?.licence,
            !draft.licences.contains(licence)
        else { return }
        unlicensed(draft.id, licence, type, at: key)
    }

    /// The same of a group to which contacts overflow; says what is wrong.
    func isLicensed(_ group: String, for type: String, at node: Node) -> Bool {
        guard let licence = contactTypes.first(where: { $0.id == type })?.licence,
            let draft = groups.first(where: { $0.id == group }), !draft.licences.contains(licence)
        else { return true }
        unlicensed(group, licence, type, at: node)
        return false
    }

    private func unlicensed(_ group: String, _ licence: String, _ type: String, at node: Node) {
        let nearest = groups.first { $0.id == group }.flatMap { Spelling.nearest(to: licence, among: $0.licences) }
        log.error(
            ProblemCode.unlicensed, "\(group) may not serve \(type), which needs the licence \(licence)",
            at: node.place, expected: "\(licence) among the licences of \(group)",
            hint: nearest.map { "did you mean \"\(licence)\" where it says \"\($0)\"?" }
                ?? "leave \(type) to those who have it; transfers and consults reach them")
    }
}
