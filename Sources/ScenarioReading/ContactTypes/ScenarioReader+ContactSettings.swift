import Center
import Queueing
import ScenarioText
import Tabular

/// The settings of one contact type that need more than one value.
extension ScenarioReader {
    func readHours(of block: Block) -> WeeklyHours? {
        guard let entry = block.entry("hours") else {
            // With only one set of hours in the file there is nothing to choose.
            if hourNames.count == 1 {
                block.expansion.set("hours", hourNames[0], remark: "assumed")
                hoursUsed.insert(hourNames[0])
                return hours[hourNames[0]]
            }
            let standard = Settings.contactType["hours"]?.standard ?? ""
            let node = Node(
                content: .text(standard, isPlain: true), source: SourceText(name: "", text: standard), line: 1,
                column: 1,
                length: 1)
            let weekly = WeeklyHours.read(node, name: "hours", log: log)
            if let weekly { block.expansion.set("hours", weekly.text, remark: "assumed") }
            return weekly
        }
        let isName = entry.value.text.map { text in
            !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
                && Units.days(text).value == nil
        }
        if isName == true, let name = entry.value.text {
            if hourNames.contains(name) {
                block.expansion.set("hours", name)
                hoursUsed.insert(name)
                return hours[name]
            }
            log.unknown(
                name, among: hourNames, ProblemCode.reference, "opening hours \"\(name)\" are not defined",
                at: entry.value.place,
                expected: hourNames.isEmpty ? "days and times such as Mon-Fri 08:00-17:00" : nil)
            return nil
        }
        guard let weekly = WeeklyHours.read(entry.value, name: entry.key.text ?? "hours", log: log) else { return nil }
        block.expansion.set("hours", weekly.text)
        return weekly
    }

    func readLanguages(of block: Block) -> [LanguageShare] {
        guard let entry = block.entry("languages") else { return [] }
        guard let entries = entry.value.entries else {
            log.error(
                ProblemCode.wrongForm, "\(entry.name) need a share each", at: entry.value.place,
                expected: "such as {en: 86%, es: 14%}")
            return []
        }
        var shares: [LanguageShare] = []
        var isRight = true
        for language in entries {
            checkIdentifier(language.key, "a language")
            switch language.value.text.map(Units.share) {
            case .value(let share): shares.append(LanguageShare(language.name, share))
            case .wrong(let wrong):
                log.add(wrong.problem(for: .setting(language.name), at: language.value.place))
                isRight = false
            case nil:
                log.error(
                    ProblemCode.wrongForm, "\(language.name) needs a share", at: language.value.place,
                    expected: "such as 14%")
                isRight = false
            }
        }
        let sum = shares.reduce(0) { $0 + $1.share }
        if isRight, abs(sum - 1) > 1e-9 {
            log.error(
                ProblemCode.sum, "the languages add up to \(Units.formatShare((sum * 1e6).rounded() / 1e6)), not 100%",
                at: entry.key.place, expected: "shares that add up to 100%")
        }
        let text = shares.map { "\($0.code): \(Units.formatShare($0.share))" }.joined(separator: ", ")
        block.expansion.set("languages", "{\(text)}")
        return shares.filter { $0.share > 0 }
    }

    /// The rule of this name; refuses the two formulas that need events which are not simulated yet.
    func serviceLevelRule(_ name: String?, at node: Node?) -> ServiceLevelRule? {
        guard let name, let known = ServiceLevelNames.rules.first(where: { $0.name == name }) else { return nil }
        if known.rule == nil, let node {
            let what =
                name == "F7"
                ? "a service level with flow-outs (F7) is" : "a service level without dequeued contacts (F8) is"
            Block.refuse(what, at: node, log, hint: "say it for the whole center: rules: {service_level: \(name)}")
        }
        return known.rule
    }

    func readRedial(of block: Block) -> Redial? {
        guard block.has("redial") else {
            block.expansion.set("redial", "none", remark: block.list["redial"]?.remark)
            return nil
        }
        guard let inner = block.block("redial") else { return nil }
        if !inner.has("share") { inner.missing("share") }
        let share = inner.share("share")
        let later = inner.shares("later")
        let delay = durations.read("after", in: inner, role: .delay)
        let atMost = inner.count("at_most")
        let whenBlocked = inner.share("when_blocked")
        let afterBlocked = durations.read("after_blocked", in: inner, role: .delay)
        let keepsCaller = inner.word("same_caller") == "yes"
        inner.expansion.order(by: Settings.redial)
        block.expansion.set("redial", inner.expansion.flow, remark: inner.expansion.flowRemark)
        guard let share, let delay else { return nil }
        guard share > 0 || whenBlocked ?? 0 > 0 else {
            if !later.isEmpty, let entry = inner.entry("later") {
                log.warn(
                    ProblemCode.noEffect, "later changes nothing: nobody calls again a first time", at: entry.key.place,
                    hint: "give a share above 0%, or leave redial out")
            }
            return nil
        }
        var redial = Redial(share: share, whenBlocked: whenBlocked, delay: delay, atMost: atMost ?? 3)
        redial.delayWhenBlocked = afterBlocked
        redial.keepsCaller = keepsCaller
        redial.laterShares = later
        return redial
    }

    /// Complains when `key` names no contact type.
    @discardableResult
    func checkContactType(_ key: Node, _ what: String) -> Int? {
        let name = key.text ?? ""
        if let index = allTypeNames.firstIndex(of: name) { return index }
        let subject = what == "skill" ? "skill \"\(name)\" is" : "\(what) \"\(name)\", which is"
        log.unknown(
            name, among: what == "skill" ? reportedNames : allTypeNames, ProblemCode.contactType,
            "\(subject) not a contact type", at: key.place, expected: Spelling.list(allTypeNames))
        return nil
    }

    /// Complains when `key` names no agent group.
    @discardableResult
    func checkAgentGroup(_ key: Node) -> String? {
        let name = key.text ?? ""
        if groupNames.contains(name) { return name }
        log.unknown(
            name, among: groupNames, ProblemCode.reference, "\"\(name)\" is not an agent group", at: key.place)
        return nil
    }
}
