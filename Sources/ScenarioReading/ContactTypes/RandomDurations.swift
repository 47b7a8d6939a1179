import Probability
import Queueing
import ScenarioText
import Tabular

/// Reads random durations in all their forms.
struct RandomDurations {
    let log: ReadingLog
    let files: ScenarioFiles

    /// What a bare duration or a missing shape means.
    enum Role {
        /// Talk, hold, after-contact work: lognormal with spread 1.
        case work
        /// How long someone waits before acting: exponential.
        case delay
        /// As `delay`, and it can be estimated from what was measured.
        case patience
    }

    /// Nil when it is absent, `none`, or wrong (which has been reported).
    func read(_ name: String, in block: Block, role: Role, standard: String? = nil) -> Distribution? {
        guard let entry = block.entry(name) else {
            let setting = block.list[name]
            guard let standard = standard ?? setting?.standard else { return nil }
            block.expansion.set(name, standard, remark: setting?.remark ?? "assumed")
            return Units.duration(standard).value.map { Self.usual($0, role) }
        }
        if entry.value.isNone, block.list[name]?.allowsNone == true {
            block.expansion.set(name, "none")
            return nil
        }
        if entry.value.entries != nil { return map(entry, name, in: block, role: role) }
        guard let text = block.text(entry) else { return nil }
        switch Units.duration(text) {
        case .wrong(let wrong):
            log.add(wrong.problem(for: .setting(entry.key.text ?? name), at: entry.value.place))
            return nil
        case .value(0) where block.list[name]?.allowsNone == true && role == .work:
            block.expansion.set(name, "none")
            return nil
        case .value(let mean):
            guard mean > 0 else {
                log.error(
                    ProblemCode.range, "\(entry.key.text ?? entry.name) cannot be \(text)", at: entry.value.place,
                    expected: "a duration above 0")
                return nil
            }
            let written = Units.formatDuration(mean)
            if role == .work {
                block.expansion.set(
                    name, "{mean: \(written), spread: 1, shape: lognormal}", remark: "spread and shape assumed")
            } else {
                block.expansion.set(name, written)
            }
            return Self.usual(mean, role)
        }
    }

    private static func usual(_ mean: Double, _ role: Role) -> Distribution {
        role == .work ? .lognormal(Lognormal(mean: mean, spread: 1)) : .exponential(Exponential(mean: mean))
    }

    private func map(_ entry: Node.Entry, _ name: String, in outer: Block, role: Role) -> Distribution? {
        guard let block = Block(Settings.randomDuration, path: outer.fullName(entry.name), at: entry.value, log: log)
        else { return nil }
        let ways = ["mean", "samples", "estimate_from"].filter(block.has)
        guard ways.count == 1 else {
            log.error(
                ProblemCode.randomDuration,
                ways.isEmpty
                    ? "\(entry.name) has no mean" : "\(entry.name) has \(Spelling.list(ways, "and")) at once",
                at: entry.value.place, expected: "one of mean, samples\(role == .patience ? " or estimate_from" : "")")
            return nil
        }
        var result: Distribution?
        switch ways[0] {
        case "mean": result = byMean(block, role: role)
        case "samples": result = samples(block, name: name)
        default: result = estimate(block, entry, role: role)
        }
        block.expansion.order(by: Settings.randomDuration)
        outer.expansion.set(name, block.expansion.flow, remark: block.expansion.flowRemark)
        return result
    }

    private func byMean(_ block: Block, role: Role) -> Distribution? {
        let mean = block.duration("mean")
        let spread = block.number("spread")
        let given = block.word("shape")
        guard let mean, !block.has("spread") || spread != nil, !block.has("shape") || given != nil else { return nil }
        // A spread alone on a delay: Weibull, which is exponential at spread 1.
        let shape = given ?? (role == .work ? "lognormal" : spread == nil ? "exponential" : "weibull")
        guard let law = Distribution.catalogue.first(where: { $0.keyword == shape }) else { return nil }
        if given == nil { block.expansion.set("shape", shape, remark: "assumed") }
        if let spread, !law.takesSpread {
            let entry = block.entry("spread")
            log.error(
                ProblemCode.randomDuration,
                "\(shape == "exponential" ? "an" : "a") \(shape) duration has no spread to choose",
                at: entry?.key.place,
                expected: "no spread, or a shape of lognormal, gamma or weibull")
            return law.make(mean, spread)
        }
        if spread == nil, law.takesSpread { block.expansion.set("spread", "1", remark: "assumed") }
        return law.make(mean, spread ?? law.defaultSpread ?? 1)
    }

    private func estimate(_ outer: Block, _ entry: Node.Entry, role: Role) -> Distribution? {
        guard role == .patience else {
            log.error(
                ProblemCode.randomDuration, "only patience can be estimated from hang-ups",
                at: outer.entry("estimate_from")?.key.place, expected: "a mean or samples")
            return nil
        }
        guard let block = outer.block("estimate_from") else { return nil }
        for name in ["abandonment", "average_wait"] where !block.has(name) { block.missing(name) }
        guard let share = block.share("abandonment"), let wait = block.duration("average_wait") else { return nil }
        block.expansion.order(by: Settings.estimate)
        outer.expansion.set("estimate_from", block.expansion)
        // With exponential patience, hang-ups come at the rate (number waiting) / mean, so that in the long run
        // abandonment = mean wait of all / mean patience (Mandelbaum and Zeltyn 2007), whatever else holds.
        return .exponential(Exponential(mean: wait / share))
    }

    /// One duration a row: seconds in a column that ends in `_s` or is called `seconds`, else with unit.
    private func samples(_ block: Block, name: String) -> Distribution? {
        for other in ["spread", "shape"] where block.has(other) {
            log.error(
                ProblemCode.randomDuration, "samples have their own \(other)", at: block.entry(other)?.key.place,
                hint: "leave \(other) out")
        }
        guard let entry = block.entry("samples"), let file = block.text(entry), let table = files.table(entry.value)
        else { return nil }
        block.expansion.set("samples", Expansion.quoted(file))
        table.problems.forEach(log.add)
        let columns = ["\(name)_s", name, "duration_s", "duration", "seconds"]
        var index = 0
        let used = TableColumns(table, log: log)
        if table.header.count > 1 {
            guard let found = columns.lazy.compactMap({ table.column($0) }).first else {
                log.error(
                    ProblemCode.header, "the header lacks a column \"\(name)_s\"", at: table.place(table.header[0]),
                    expected: Spelling.list(columns))
                return nil
            }
            index = found
            used.use([found])
            used.warnOfUnused(known: ["notes"])
        }
        let title = table.header[index].text
        var cells = table.rows.map { $0[index] }
        // A file without header: its first line is a value like the others.
        if title.first?.isNumber == true { cells.insert(table.header[index], at: 0) }
        let areSeconds = title.hasSuffix("_s") || Spelling.folded(title) == "seconds"
        var values: [Double] = []
        for cell in cells where !cell.text.isEmpty {
            let read = areSeconds ? table.number(cell) : Units.duration(cell.text)
            switch read {
            case .value(let value) where value >= 0: values.append(value)
            case .value:
                log.error(
                    ProblemCode.range, "\(cell.text) is below 0 (column \"\(title)\")", at: table.place(cell))
            case .wrong(let wrong): log.add(wrong.problem(for: .column(title), at: table.place(cell)))
            }
        }
        guard !values.isEmpty else {
            if table.problems.isEmpty, cells.isEmpty {
                log.error(ProblemCode.emptyTable, "\(file) has no rows", at: table.place(table.header[0]))
            }
            return nil
        }
        guard values.contains(where: { $0 > 0 }) else {
            log.error(ProblemCode.range, "every duration in \(file) is 0", at: table.place(table.header[index]))
            return nil
        }
        files.describe(file, dialect: table.dialectWords, zone: nil)
        return .empirical(Empirical(values))
    }
}
