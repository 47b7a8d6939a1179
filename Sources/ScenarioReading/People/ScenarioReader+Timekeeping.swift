import Center
import ScenarioText
import Tabular

/// How closely people keep to their shifts.
extension ScenarioReader {
    func readTimekeeping(_ block: Block, into draft: inout AgentGroupDraft) {
        draft.timekeeping = Timekeeping(
            late: readStray("late", block), leavesEarly: readStray("leaves_early", block),
            adherence: block.share("adherence") ?? 1)
        guard !draft.timekeeping.isExact else { return }
        draft.timekeepingKey = ["late", "leaves_early", "adherence"].lazy.compactMap { block.entry($0)?.key }.first
    }

    private func readStray(_ name: String, _ outer: Block) -> Timekeeping.Stray? {
        guard let block = outer.block(name) else { return nil }
        for part in ["share", "by"] where !block.has(part) { block.missing(part) }
        let share = block.share("share")
        let by = durations.read("by", in: block, role: .delay)
        block.expansion.order(by: Settings.stray)
        outer.expansion.set(name, block.expansion.flow, remark: block.expansion.flowRemark)
        guard let share, let by else { return nil }
        return Timekeeping.Stray(share: share, by: by)
    }

    /// Only shifts have times to keep to, and only so many of them.
    func checkTimekeeping(_ draft: AgentGroupDraft, _ staffing: Staffing) {
        guard let key = draft.timekeepingKey else { return }
        guard case .shifts(let blocks) = staffing else {
            log.error(
                ProblemCode.conflict, "\(key.text ?? "") needs shifts, but \(draft.id) has agents on duty",
                at: key.place,
                hint: "write shifts under \"staffing\", or leave it out")
            return
        }
        let least = blocks.map { DrawnDay.leastAdherence($0.timeSpan, PersonalDay($0, person: 0).pauses) }.max() ?? 0
        guard draft.timekeeping.adherence < least else { return }
        // A share that is within reach, in whole percent.
        let reach = (least * 100).rounded(.up) / 100
        log.error(
            ProblemCode.range,
            "adherence of \(Units.formatShare(draft.timekeeping.adherence)) is out of reach of \(draft.id)'s shifts",
            at: key.place, expected: "at least \(Units.formatShare(reach)): times stray at most halfway to the next",
            hint: "say of whoever is away for longer in shrinkage")
    }
}
