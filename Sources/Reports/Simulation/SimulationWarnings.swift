import Documents
import Experiments
import Queueing
import Simulator
import Tabular

/// What is to be said of a run whose intervals are not as narrow, or not as sound, as was asked for.
public struct SimulationWarnings {
    private let results: Results

    /// Of results that are whole, or of those so far.
    public init(_ results: Results) { self.results = results }

    /// W611 or W612, W611 for what never came, and W341 for each group that is too busy.
    public var problems: [Problem] {
        let busy = uncounted + Self.overworked(SimulationTables(results).summary)
        if results.stopReason == .maximum { return [imprecise] + busy }
        guard let run = results.longRun, let failure = run.failure else { return busy }
        switch failure {
        case .unsettled: return [unsettled(run)] + busy
        case .correlated: return [correlated(run)] + busy
        }
    }

    /// A run to a precision does not wait for what never comes.
    private var uncounted: [Problem] {
        results.scenario.experiment.replications == nil && results.longRun == nil
            ? results.uncounted.map { name in
                Problem(
                    .warning, ProblemCode.imprecise, "precision is about \(name), of which nothing was counted",
                    hint: "its hours, volumes or language bring nobody; watch something else")
            } : []
    }

    /// Groups whose occupancy in `summary.csv` lies above its target, which is the most that it should be.
    static func overworked(_ summary: Table) -> [Problem] {
        func place(_ name: String) -> Int { summary.columns.firstIndex { $0.name == name } ?? 0 }
        let (scope, id, metric) = (place("scope"), place("id"), place("metric"))
        func number(_ cell: Table.Cell) -> Double? {
            switch cell {
            case .number(let value): value
            case .count(let value): Double(value)
            default: nil
            }
        }
        return summary.rows.compactMap { row in
            guard row[scope] == .text("agent_group"), row[metric] == .text(Metric.occupancy.name),
                case .text(let name) = row[id], let value = number(row[place("value")]),
                let most = number(row[place("target")]), value > most
            else { return nil }
            let half = number(row[place("hi")]).map { high in
                " ±" + PlainNumbers.fixed(max(high - value, value - (number(row[place("lo")]) ?? value)), 1)
            }
            return Problem(
                .warning, ProblemCode.overworked,
                "\(name): busy \(PlainNumbers.fixed(value, 1))%\(half ?? "") of the time, and max_occupancy is "
                    + Units.formatShare(most / 100), hint: "add people, move work to others, or raise max_occupancy")
        }
    }

    /// Whether a value in `summary.csv` does not keep what was promised.
    public static func missesTargets(_ summary: Table) -> Bool {
        let met = summary.columns.firstIndex { $0.name == "met" }
        return summary.rows.contains { row in met.map { row[$0] == .text("no") } ?? false }
    }

    /// The same of a saved run, of which only the reason for its end and its tables are known.
    public static func problems(stopReason: String, runs: Int, summary: Table) -> [Problem] {
        problems(stopReason: stopReason, runs: runs) + overworked(summary)
    }

    private static func problems(stopReason: String, runs: Int) -> [Problem] {
        switch Results.StopReason(rawValue: stopReason) {
        case .maximum:
            [
                Problem(
                    .warning, ProblemCode.imprecise,
                    "the precision was not reached in \(PlainNumbers.grouped(Double(runs))) runs", hint: raise)
            ]
        case .uncounted:
            [
                Problem(
                    .warning, ProblemCode.imprecise, "precision is about a figure of which nothing was counted",
                    hint: "its hours, volumes or language bring nobody; watch something else")
            ]
        case .unsettled:
            [Problem(.warning, ProblemCode.unsettled, "the long run did not settle", hint: longer(nil))]
        case .correlated:
            [
                Problem(
                    .warning, ProblemCode.unsettled,
                    "the parts of the long run hang together, so its intervals are too narrow", hint: longer(nil))
            ]
        default: []
        }
    }

    private static let raise = "raise it with --max, or ask for less with --precision"

    private var imprecise: Problem {
        let runs = PlainNumbers.grouped(Double(results.replications))
        var message = "the precision was not reached in \(runs) runs"
        var hint = Self.raise
        if let figure = results.farthest, !figure.estimate.reach.isFinite {
            message += ": nothing can be said yet of \(figure.name)"
        } else if let figure = results.farthest, figure.goal == 0 {
            message += ": \(figure.name) is 0 in every run, and so is any part of it"
            hint = "ask for points or seconds with --precision"
        } else if let figure = results.farthest {
            let (width, goal) = Self.widths(figure.estimate.reach, goal: figure.goal, figure.unit)
            message += ": \(figure.name) ±\(width), goal ±\(goal)"
            let needed = figure.needed(after: results.replications)
            if needed < 1e9 { hint = "about \(Self.rounded(needed)) runs would do: " + hint }
        }
        return Problem(.warning, ProblemCode.imprecise, message, hint: hint)
    }

    /// A half-width beside its goal, with as many decimals as it takes to tell them apart and to show the goal to a
    /// twentieth of itself, one at least.
    static func widths(_ width: Double, goal: Double, _ unit: Metric.Unit) -> (width: String, goal: String) {
        let scale = unit == .percent ? 100.0 : 1
        let (width, goal) = (width * scale, goal * scale)
        var digits = 1
        var step = 0.1
        while digits < 9 {
            let shown = (goal / step).rounded()
            if abs(shown * step - goal) <= goal / 20, (width / step).rounded() > shown { break }
            digits += 1
            step /= 10
        }
        let ending =
            switch unit {
            case .percent: " points"
            case .seconds: "s"
            case .contacts, .money: ""
            }
        return (PlainNumbers.fixed(width, digits) + ending, PlainNumbers.fixed(goal, digits) + ending)
    }

    /// Two digits are as much as such a guess is worth, rounded up.
    private static func rounded(_ number: Double) -> String {
        var scale = 1.0
        while number / scale >= 100 { scale *= 10 }
        return PlainNumbers.grouped((number / scale).rounded(.up) * scale)
    }

    private static func longer(_ run: LongRunOutcome?) -> String {
        guard let run else { return "make it longer" }
        let seconds = Double(2 * (run.counted + run.leftOut)) * run.cycleLength
        return "make it longer, such as \"length: \(Units.formatDuration(seconds))\""
    }

    private func unsettled(_ run: LongRunOutcome) -> Problem {
        let load =
            "\(PlainNumbers.fixed(run.work, 1)) people's worth of work for \(PlainNumbers.fixed(run.staffed, 1)) agents"
        if run.isGrowing, run.work >= run.staffed {
            return Problem(
                .warning, ProblemCode.unsettled, "the queue grows without end: \(load)",
                hint: "add agents, or patience, so that callers can hang up")
        }
        return Problem(
            .warning, ProblemCode.unsettled, "the long run did not settle: it still changes in its second half",
            detail: load, hint: Self.longer(run))
    }

    private func correlated(_ run: LongRunOutcome) -> Problem {
        Problem(
            .warning, ProblemCode.unsettled,
            "the \(run.batchCount) parts of the long run hang together (correlation "
                + "\(PlainNumbers.fixed(run.correlation, 2))), so its intervals are too narrow", hint: Self.longer(run))
    }
}

extension Results.StopReason {
    /// Whether the intervals are as narrow and as sound as was asked for.
    public var isAsAsked: Bool {
        switch self {
        case .maximum, .uncounted, .unsettled, .correlated: false
        case .fixed, .precision, .interrupted, .length: true
        }
    }
}
