import Center
import ScenarioText
import Tabular

extension ScenarioReader {
    /// How often it is played, until when, and with which random numbers.
    func readExperiment() -> ExperimentSettings {
        var result = ExperimentSettings()
        guard let block = policyBlock("experiment") else { return result }
        result.longRun = readLongRun(block)
        // A long run has its length, and nothing to repeat.
        if block.entry("mode")?.value.text != "long_run" {
            result.replications = readReplications(block)
            readPrecision(block, into: &result)
            result.maximum = block.count("max") ?? result.maximum
            warnOfFixedRuns(result.replications, block)
            result.varianceReduction = readVarianceReduction(block)
            refuseFewBlocks(result, block)
        }
        result.confidence = block.share("confidence") ?? result.confidence
        result.seed =
            block.value(
                "seed",
                { text in
                    if let seed = UInt64(Units.trimmed(text)) { return .value(seed) }
                    return Units.count(text).flatMap { _ in
                        .wrong(Wrong("E202", "\(text) is too large", expected: "a whole number below 2^64"))
                    }
                }, { String($0) }) ?? 1
        block.refuseIfNotYet("sweep")
        finish(block, "experiment")
        return result
    }

    /// A number of replications is played whatever they show.
    private func warnOfFixedRuns(_ count: Int?, _ block: Block) {
        guard let count else { return }
        for name in ["precision", "max"] {
            guard let entry = block.entry(name) else { continue }
            log.warn(
                ProblemCode.noEffect, "\(name) changes nothing: replications is \(count)", at: entry.key.place,
                hint: "write \"replications: auto\", or leave \(name) out")
        }
    }

    /// Replications that belong together count as one observation, and of fewer than four nothing can be said.
    private func refuseFewBlocks(_ settings: ExperimentSettings, _ block: Block) {
        for (name, count) in [("replications", settings.replications), ("max", settings.maximum)] {
            guard let count, let entry = block.entry(name), var problem = settings.tooFewBlocks(count, in: name) else {
                continue
            }
            problem.place = entry.value.place
            log.add(problem)
        }
    }

    /// `auto`, `none`, or a list of methods of which one at most makes blocks of replications.
    private func readVarianceReduction(_ block: Block) -> VarianceReduction {
        let name = "variance_reduction"
        guard let entry = block.entry(name) else {
            block.expansion.set(name, "auto", remark: "assumed")
            return .auto
        }
        let known = VarianceReduction.Method.allCases.map(\.rawValue)
        let items = entry.value.items ?? [entry.value]
        var methods: [VarianceReduction.Method] = []
        for item in items {
            let word = item.text ?? ""
            if entry.value.items == nil, word == "auto" || item.isNone {
                block.expansion.set(name, word == "auto" ? word : "none")
                return word == "auto" ? .auto : .none
            }
            guard let method = VarianceReduction.Method(rawValue: word) else {
                log.unknown(
                    word, among: known, ProblemCode.choice, "\"\(word)\" is not known here", at: item.place,
                    expected: "auto, none, or a list of " + Spelling.list(known, "and"))
                continue
            }
            if let other = methods.first(where: { $0.block > 1 }), method.block > 1, other != method {
                log.error(
                    ProblemCode.conflict, "\(other.rawValue) and \(word) exclude each other", at: item.place,
                    hint: "both decide which replications belong together; keep one of them")
            }
            methods.append(method)
        }
        let result = VarianceReduction(methods)
        block.expansion.set(name, result.text)
        return result
    }

    private func readReplications(_ block: Block) -> Int? {
        let count: Int?? = block.value(
            "replications",
            { text in
                if text.lowercased() == "auto" { return .value(nil) }
                return Units.count(text).flatMap { count in
                    if count >= 1, count <= 10_000_000 { return .value(count) }
                    return .wrong(
                        Wrong(
                            ProblemCode.range, "replications cannot be \(text)", expected: "auto, or from 1 to 10000000"
                        ))
                }
            }, { (count: Int?) in count.map(String.init) ?? "auto" })
        return count ?? nil
    }

    /// `1 point`, `2s on asa of nurse_triage`, or a map `{service_level: 1 point, asa: 2s}`.
    private func readPrecision(_ block: Block, into result: inout ExperimentSettings) {
        guard let entry = block.entry("precision") else {
            _ = block.value("precision", Units.points, Units.formatPoints)
            return
        }
        let drafts = Dictionary(contactTypes.map { ($0.id, $0) }) { first, _ in first }
        let declared = allTypeNames.map { id in
            PrecisionGrammar.Watchable(
                id: id, hasTarget: mayHaveTarget(id), languages: drafts[id]?.languages.map(\.code) ?? [],
                isDeferred: drafts[id]?.channel.kind == .deferred)
        }
        let derived = zip(reportedNames.dropFirst(declared.count), derivedTypes).map { id, derived in
            let parent = contactTypes[derived.parent]
            return PrecisionGrammar.Watchable(
                id: id, hasTarget: parent.promises(derived.role.kind),
                languages: derived.role.kind.keepsLanguages ? parent.languages.map(\.code) : [])
        }
        let grammar = PrecisionGrammar(types: declared + derived, groups: groupNames)
        if let parts = entry.value.entries {
            let goals = parts.compactMap { goal($0, grammar, in: block) }
            guard goals.count == parts.count, !goals.isEmpty else { return }
            result.goals = goals
            let out = Expansion()
            for part in grammar.entries(goals) { out.set(part.name, part.value) }
            block.expansion.set("precision", out)
            return
        }
        guard let text = block.text(entry) else { return }
        do throws(PrecisionGrammar.Fault) {
            let goal = try grammar.goal(text)
            result.goals = [goal]
            block.expansion.set("precision", Expansion.quoted(grammar.text(goal)))
        } catch {
            var wrong = error.wrong
            if wrong.code == ProblemCode.choice { wrong.expected = PrecisionGrammar.expected }
            log.add(wrong.problem(for: .setting("precision"), at: entry.value.part(error.part).place))
        }
    }

    /// Whether a contact type has a target, or was given one that could not be read, which has been said.
    private func mayHaveTarget(_ id: String) -> Bool {
        guard let draft = contactTypes.first(where: { $0.id == id }), draft.target == nil else { return true }
        let given = [root["contact_types"]?[id]?["target"], root["defaults"]?["target"], root["target"]]
        return given.contains { $0 != nil && $0?.isNone == false }
    }

    private func goal(_ part: Node.Entry, _ grammar: PrecisionGrammar, in block: Block) -> PrecisionGoal? {
        guard let text = part.value.text, !part.value.isEmpty else {
            log.error(
                ProblemCode.noValue, "\(part.name) has no value", at: part.key.place,
                expected: "a half-width such as 1 point, 2s or 5%")
            return nil
        }
        do throws(PrecisionGrammar.Fault) {
            return try grammar.goal(part.name, text)
        } catch {
            let isName = part.name.contains(error.part) && !text.contains(error.part)
            let node = isName ? part.key.part(error.part) : part.value
            log.add(error.wrong.problem(for: .setting(part.name), at: node.place))
            return nil
        }
    }
}
