import Center
import ScenarioText
import Tabular

/// A further group after a wait, as read.
struct OverflowDraft {
    var type: String
    /// Seconds; infinite where it is not the wait that counts.
    var after: Double
    /// How many of the type must wait, where that counts.
    var whenWaiting: Int?
    var group: String
}

/// Who else may serve a contact, and who must be left for others.
extension ScenarioReader {
    func readOverflow(_ routing: Block) {
        guard let items = routing.items("overflow", "overflow needs a list") else { return }
        var texts: [String] = []
        for item in items {
            guard let block = Block(Settings.overflow, path: "routing.overflow", at: item, log: log) else { continue }
            for name in ["type", "to"] where !block.has(name) { block.missing(name) }
            if !block.has("when_waiting"), !block.has("after") { block.missing("after") }
            if let both = block.entry("when_waiting"), block.has("after") {
                log.error(
                    ProblemCode.conflict, "overflow comes after a wait or when many wait, not both", at: both.key.place,
                    hint: "write two lines")
            }
            let whenWaiting = block.count("when_waiting")
            let after = whenWaiting == nil ? block.duration("after") : .infinity
            let type = block.freeText("type").flatMap { _ in
                block.entry("type").flatMap { checkContactType($0.value, "overflow is about") }
            }
            let group = block.freeText("to").flatMap { _ in block.entry("to").flatMap { checkAgentGroup($0.value) } }
            block.expansion.order(by: Settings.overflow)
            texts.append(block.expansion.flow)
            guard let after, let type, let group else { continue }
            let draft = OverflowDraft(type: allTypeNames[type], after: after, whenWaiting: whenWaiting, group: group)
            if let key = block.entry("to")?.value, !isLicensed(group, for: draft.type, at: key) { continue }
            if isNew(draft, at: item), isSpoken(draft, at: item) { overflows.append(draft) }
        }
        routing.expansion.set("overflow", "[" + texts.joined(separator: ", ") + "]")
    }

    /// A group that speaks none of the type's languages is no help, unless an interpreter is.
    private func isSpoken(_ draft: OverflowDraft, at node: Node) -> Bool {
        guard let type = contactTypes.first(where: { $0.id == draft.type }), type.interpreter == nil,
            let group = groups.first(where: { $0.id == draft.group }), !type.languages.isEmpty
        else { return true }
        let needed = type.languages.map(\.code)
        if needed.contains(where: group.languages.contains) { return true }
        log.error(
            ProblemCode.unserved, "\(group.id) speaks no language of \(type.id)", at: node.place,
            expected: "a group that speaks \(Spelling.list(needed))",
            hint: "add the language to agent_groups.\(group.id), or an interpreter to contact_types.\(type.id)")
        return false
    }

    /// A group that may serve the type anyway gains nothing by waiting.
    private func isNew(_ draft: OverflowDraft, at node: Node) -> Bool {
        let serves = groups.first { $0.id == draft.group }?.skills.contains {
            allTypeNames[$0.contactType] == draft.type
        }
        let isRepeated = overflows.contains { $0.type == draft.type && $0.group == draft.group }
        guard serves == true || isRepeated else { return true }
        log.error(
            ProblemCode.conflict,
            "\(draft.group) may serve \(draft.type) "
                + (serves == true ? "from the first second" : "by another line of overflow"),
            at: node.place, hint: "leave this line out" + (serves == true ? ", or the skill" : ""))
        return false
    }

    /// By contact type, how many agents of those who may serve it stay idle when one takes such a contact.
    func readReserve(_ routing: Block) {
        guard let entries = routing.freeEntries("reserve") else { return }
        var texts: [String] = []
        for reserve in entries {
            let isDerived = derivedTypes.contains { $0.role.id(of: contactTypes[$0.parent].id) == reserve.name }
            guard isDerived || checkContactType(reserve.key, "reserve is about") != nil else { continue }
            switch reserve.value.text.map(Units.count) {
            case .value(let count) where count <= 100_000:
                reserves[reserve.name] = count
                texts.append("\(reserve.name): \(count)")
            case .wrong(let wrong): log.add(wrong.problem(for: .setting(reserve.name), at: reserve.value.place))
            default:
                log.error(
                    ProblemCode.range, "\(reserve.name) needs a number of agents", at: reserve.value.place,
                    expected: "from 0 to 100000")
            }
        }
        routing.expansion.set("reserve", "{" + texts.joined(separator: ", ") + "}")
    }

    /// The waits after which further groups may serve a type, ascending.
    func escalations(of type: String) -> [Escalation] {
        let mine = overflows.filter { $0.type == type && $0.whenWaiting == nil }
        let many = overflows.filter { $0.type == type && $0.whenWaiting != nil }
        return Set(mine.map(\.after)).sorted().map { after in
            let names = mine.filter { $0.after == after }.map(\.group)
            return Escalation(after: after, groups: names.compactMap { name in groups.firstIndex { $0.id == name } })
        }
            + Set(many.compactMap(\.whenWaiting)).sorted().map { count in
                let names = many.filter { $0.whenWaiting == count }.map(\.group)
                return Escalation(
                    whenWaiting: count, groups: names.compactMap { name in groups.firstIndex { $0.id == name } })
            }
    }
}
