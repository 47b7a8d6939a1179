import Center
import ScenarioText
import Tabular

extension ScenarioReader {
    /// `mode: long_run` with its length and warm-up; nil for independent runs.
    func readLongRun(_ block: Block) -> ExperimentSettings.LongRun? {
        let mode = block.word("mode", quiet: true)
        let length = block.duration("length")
        let warmUp = readWarmUp(block)
        guard mode == "long_run" else {
            for name in ["length", "warm_up"] {
                guard let entry = block.entry(name) else { continue }
                log.error(
                    ProblemCode.conflict, "\(name) belongs to a long run", at: entry.key.place,
                    hint: "add \"mode: long_run\", or leave \(name) out: each run starts with the first day")
            }
            return nil
        }
        for name in ["replications", "max", "precision", "variance_reduction"] {
            guard let entry = block.entry(name) else { continue }
            log.error(
                ProblemCode.conflict, "\(name) and mode: long_run exclude each other", at: entry.key.place,
                hint: "a long run is as long as its \"length\"; leave \(name) out")
        }
        guard block.has("length") else {
            block.missing("length")
            return nil
        }
        guard let length else { return nil }
        if !block.has("warm_up") { block.expansion.set("warm_up", "auto", remark: "assumed") }
        for (type, draft) in contactTypes.enumerated() where draft.volumes.isCounted {
            log.error(
                ProblemCode.longRun,
                "\(contactTypes[type].id) replays counted contacts, which a long run cannot repeat",
                at: block.entry("mode")?.value.place,
                hint: "leave out \"mode: long_run\", or \"volumes: actual\" of \(contactTypes[type].id)")
        }
        checkLength(length, warmUp, block)
        return ExperimentSettings.LongRun(length: length, warmUp: warmUp ?? nil)
    }

    /// nil when it is not given or wrong; `.some(nil)` for `auto`.
    private func readWarmUp(_ block: Block) -> Double?? {
        guard block.has("warm_up") else { return nil }
        return block.value(
            "warm_up",
            { text -> Reading<Double?> in
                if text.lowercased() == "auto" { return .value(nil) }
                switch Units.duration(text) {
                case .value(let seconds): return .value(seconds)
                case .wrong(var wrong):
                    wrong.expected = "auto, or a duration such as 2d"
                    return .wrong(wrong)
                }
            }, { seconds in seconds.map(Units.formatDuration) ?? "auto" })
    }

    /// The days must repeat often enough for batches of them.
    private func checkLength(_ length: Double, _ warmUp: Double??, _ block: Block) {
        let days = calendar.days.count
        let cycle = calendar.horizonEnd
        let counted = length - ((warmUp ?? nil) ?? 0)
        let fewest = ExperimentSettings.LongRun.fewestCycles(findsWarmUp: (warmUp ?? nil) == nil)
        guard counted / cycle < Double(fewest) else { return }
        let period = days == 1 ? "day" : days == 7 ? "week" : "\(days) days"
        let needed = Units.formatDuration(((warmUp ?? nil) ?? 0) + Double(fewest) * cycle)
        log.error(
            ProblemCode.longRun,
            "a long run of \(Units.formatDuration(length)) repeats the \(period) of this file too seldom",
            at: block.entry("length")?.value.place,
            expected: "at least \(needed): \(fewest) times the \(period), to compare its parts with each other",
            hint: days > 1 ? "or give a shorter period, such as \"days: 1\"" : nil)
    }
}
