/// What answered contacts bring about.
extension ScenarioReader {
    func readTransfers(_ block: Block, into draft: inout ContactTypeDraft) {
        guard let entry = block.entry("transfers") else { return }
        if entry.value.isNone {
            block.expansion.set("transfers", "none")
            return
        }
        guard let entries = entry.value.entries else {
            Block.needsMap(entry.value, block.fullName("transfers"), nil, log)
            return
        }
        var texts: [String] = []
        for transfer in entries {
            guard let index = checkContactType(transfer.key, "transfers go to") else { continue }
            switch transfer.value.text.map(Units.share) {
            case .value(let share):
                // A default for all types says nothing of the type that they all go to.
                if allTypeNames[index] == draft.id, !block.isOwn("transfers") { continue }
                texts.append("\(transfer.name): \(Units.formatShare(share))")
                if share > 0 { draft.transfers.append((allTypeNames[index], share)) }
            case .wrong(let wrong): log.add(wrong.problem(for: .setting(transfer.name), at: transfer.value.place))
            case nil:
                log.error(
                    ProblemCode.wrongForm, "\(transfer.name) needs a share", at: transfer.value.place,
                    expected: "such as 4%")
            }
        }
        draft.nodes["transfers"] = entry.key
        block.expansion.set("transfers", "{" + texts.joined(separator: ", ") + "}")
        let sum = draft.transfers.reduce(0) { $0 + $1.share }
        if sum > 1 + 1e-9 {
            log.error(
                ProblemCode.sum, "the transfers add up to \(Units.formatShare((sum * 1e6).rounded() / 1e6))",
                at: entry.key.place, expected: "at most 100%")
        }
    }

    func readRepeat(_ block: Block, into draft: inout ContactTypeDraft) {
        guard let inner = block.block("repeat") else { return }
        for name in ["share", "after"] where !inner.has(name) { inner.missing(name) }
        let share = inner.share("share")
        let delay = durations.read("after", in: inner, role: .delay)
        inner.expansion.order(by: Settings.recontact)
        block.expansion.set("repeat", inner.expansion.flow, remark: inner.expansion.flowRemark)
        draft.nodes["repeat"] = block.entry("repeat")?.key
        if let share, let delay, share > 0 { draft.again = (share, delay) }
    }

    func readFollowUp(_ block: Block, into draft: inout ContactTypeDraft) {
        guard let inner = block.block("follow_up") else { return }
        for name in ["share", "work"] where !inner.has(name) { inner.missing(name) }
        let share = inner.share("share")
        let work = durations.read("work", in: inner, role: .work)
        let due = inner.openingTime("due")
        inner.expansion.order(by: Settings.followUp)
        block.expansion.set("follow_up", inner.expansion.flow, remark: inner.expansion.flowRemark)
        guard let share, let work, share > 0 else { return }
        draft.followUp = ContactTypeDraft.FollowUpDraft(
            share: share, work: work, due: due?.seconds(ofDay: draft.hours.openDay))
    }
}
