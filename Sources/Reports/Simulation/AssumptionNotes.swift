import Documents
import Planning
import Queueing
import Simulator
import Tabular

/// What was assumed and what hangs on it, a line each.
public enum AssumptionNotes {
    /// `assumed: callers wait 6m on average; at 12m 1.5 points more are answered in time (±0.3)`; and where all that was
    /// assumed can be read.
    public static func lines(_ costs: AssumptionCosts, count: Int, path: String, width: Int) -> [String] {
        var lines = costs.costs.map { "assumed: \(sentence($0, costs))." }
        let settings = count == 1 ? "1 setting" : "\(count) settings"
        lines.append("\(settings) assumed in all: switchboard check \(path) --expand tells each and why.")
        return lines.flatMap { WrappedText.lines($0, width: width, indent: "  ") }
    }

    private static func sentence(_ cost: AssumptionCosts.Cost, _ costs: AssumptionCosts) -> String {
        let (what, otherwise) = words(cost.kind)
        guard let change = change(cost, costs) else { return what }
        return "\(what); \(otherwise), \(change)"
    }

    private static func words(_ kind: AssumptionCosts.Kind) -> (what: String, otherwise: String) {
        switch kind {
        case .patience(let from, let to):
            let both =
                from == to ? Units.formatDuration(from) : "\(Units.formatDuration(from)) to \(Units.formatDuration(to))"
            let otherwise = from == to ? "at \(Units.formatDuration(2 * from))" : "at twice as long"
            return ("callers wait \(both) on average before they hang up (patience)", otherwise)
        case .redial(let share):
            let share = Units.formatShare(share)
            return (
                "nobody who hangs up calls again, but for calls that are in the volumes",
                "if \(share) do (redial: {share: \(share)})"
            )
        case .dayToDay(let spread):
            return ("days are as busy as planned", "if they stray by \(Units.formatShare(spread)) (day_to_day)")
        }
    }

    /// In points, with its interval.
    private static func change(_ cost: AssumptionCosts.Cost, _ costs: AssumptionCosts) -> String? {
        guard let change = cost.change else { return nil }
        let goal = costs.isInTime ? "answered in time" : "answered"
        let points = PlainNumbers.fixed(abs(change.value) * 100, 1)
        let half = PlainNumbers.fixed(change.reach * 100, 1)
        var text =
            change.low <= 0 && change.high >= 0
            ? "no difference is seen (±\(half) points)"
            : "\(points) points \(change.value < 0 ? "fewer" : "more") are \(goal) (±\(half))"
        if let met = cost.met, met.assumed != met.otherwise {
            text += ", and \(met.otherwise) of \(costs.runs) runs meet the target, not \(met.assumed)"
        }
        return text
    }
}
