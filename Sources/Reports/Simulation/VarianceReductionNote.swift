import Documents
import Experiments
import Simulator

/// By how much variance reduction narrowed the intervals, in one line.
public enum VarianceReductionNote {
    /// `variance reduction (control variates): intervals 1.5 to 2.3 times narrower, worth 2.3 to 5.2 times as many runs`;
    /// nil where nothing was reduced.
    public static func text(_ results: Results) -> String? {
        let gains = watched(results).map(\.gain)
        guard !gains.isEmpty else { return nil }
        let methods = results.scenario.experiment.varianceReduction.methods
            .map { $0.rawValue.replacing("_", with: " ") }.joined(separator: ", ")
        return "variance reduction (\(methods)): intervals \(words(gains))" + left(gains.count, results)
    }

    /// What gains come to: how many times as many plain runs would have given the same intervals, at least one.
    static func words(_ gains: [Double]) -> String {
        let (least, most) = (gains.min() ?? 1, gains.max() ?? 1)
        let (low, high) = (least.squareRoot(), most.squareRoot())
        if [low, high].allSatisfy({ PlainNumbers.fixed($0, 1) == "1.0" }) { return "as wide as plain ones" }
        if most <= 1 { return "\(range(1 / high, 1 / low)) times wider than plain ones: it does not pay here" }
        let worth = "worth \(range(least, most)) times as many runs"
        if least >= 1 { return "\(range(low, high)) times narrower than plain ones, \(worth)" }
        return
            "from \(PlainNumbers.fixed(1 / low, 1)) times wider to \(PlainNumbers.fixed(high, 1)) times narrower than "
            + "plain ones, \(worth)"
    }

    /// Types whose intervals are plain ones, because the methods would not have narrowed them.
    private static func left(_ reduced: Int, _ results: Results) -> String {
        let types = results.scenario.contactTypes
        let haveTargets = types.contains { $0.target != nil }
        let watched = types.indices.filter { t in
            (types[t].target != nil || !haveTargets) && results.types[t].sum.offered > 0
        }.count
        return watched > reduced ? " (\(watched - reduced) of \(watched) are plain ones)" : ""
    }

    /// The types with a target (all types where there is none), each with its gain.
    public static func watched(_ results: Results) -> [(id: String, gain: Double)] {
        let types = results.scenario.contactTypes
        let haveTargets = types.contains { $0.target != nil }
        return types.indices.filter { types[$0].target != nil || !haveTargets }
            .compactMap { t in results.gain(type: t).map { (types[t].id, $0) } }
    }

    private static func range(_ least: Double, _ most: Double) -> String {
        let texts = [PlainNumbers.fixed(least, 1), PlainNumbers.fixed(most, 1)]
        return texts[0] == texts[1] ? texts[0] : texts.joined(separator: " to ")
    }
}
