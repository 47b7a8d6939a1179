import Center
import ScenarioText
import Tabular

/// What answered contacts bring about.
extension ScenarioReader {
    func readTransfers(_ block: Block, into draft: inout ContactTypeDraft) {
        guard let entry = block.entry("transfers"), let entries = block.freeEntries("transfers") else { return }
        var texts: [String] = []
        for transfer in entries {
            guard let index = checkContactType(transfer.key, "transfers go to") else { continue }
            if transfer.value.entries != nil {
                guard let read = readHandOver(transfer, block) else { continue }
                if allTypeNames[index] == draft.id, !block.isOwn("transfers") { continue }
                texts.append("\(transfer.name): \(read.text)")
                if read.share > 0 { draft.transfers.append((allTypeNames[index], read.share, read.handOver)) }
                continue
            }
            switch transfer.value.text.map(Units.share) {
            case .value(let share):
                // A default for all types does not apply to the type that they all go to.
                if allTypeNames[index] == draft.id, !block.isOwn("transfers") { continue }
                texts.append("\(transfer.name): \(Units.formatShare(share))")
                if share > 0 { draft.transfers.append((allTypeNames[index], share, nil)) }
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

    /// `{share: 4%, hand_over: 45s}`: the agent waits for the colleague.
    private func readHandOver(
        _ transfer: Node.Entry, _ block: Block
    ) -> (share: Double, handOver: HandOver?, text: String)? {
        let path = "\(block.fullName("transfers")).\(transfer.name)"
        guard let inner = Block(Settings.transfer, path: path, at: transfer.value, log: log) else { return nil }
        if !inner.has("share") { inner.missing("share") }
        let share = inner.share("share")
        guard inner.has("hand_over") else {
            if let entry = inner.entry("waits_at_most") {
                log.error(
                    ProblemCode.conflict, "waits_at_most says how long an agent waits who hands over in person",
                    at: entry.key.place, hint: "add \"hand_over\", or leave it out")
            }
            return share.map { ($0, nil, Units.formatShare($0)) }
        }
        let together = inner.duration("hand_over")
        let waits = inner.duration("waits_at_most")
        inner.expansion.order(by: Settings.transfer)
        guard let share, let together, let waits else { return nil }
        return (share, HandOver(together: together, waitsAtMost: waits), inner.expansion.flow)
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
        let touches = inner.count("touches") ?? 1
        let wait = touches > 1 || inner.has("wait") ? durations.read("wait", in: inner, role: .delay) : nil
        let chase = inner.share("chase") ?? 0
        if chase > 0, due == nil { inner.missing("due", at: inner.entry("chase")?.key) }
        inner.expansion.order(by: Settings.followUp)
        block.expansion.set("follow_up", inner.expansion.flow, remark: inner.expansion.flowRemark)
        guard let share, let work, share > 0 else { return }
        draft.followUp = ContactTypeDraft.FollowUpDraft(
            share: share, work: work, due: due?.seconds(ofDay: draft.hours.openDay), touches: touches,
            wait: wait, chase: chase)
    }
}
