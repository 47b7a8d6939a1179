import Simulator

/// By how much variance reduction narrowed the intervals, in one line.
public enum VarianceReductionNote {
    /// `variance reduction (control variates): intervals 1.5 to 2.3 times narrower, worth 2.3 to 5.2 times as many runs`;
    /// nil where nothing was reduced.
    public static func text(_ results: Results) -> String? {
        let gains = watched(results).map(\.gain)
        guard let least = gains.min(), let most = gains.max() else { return nil }
        let methods = results.scenario.experiment.varianceReduction.methods
            .map { $0.rawValue.replacing("_", with: " ") }.joined(separator: ", ")
        let narrower = range(least.squareRoot(), most.squareRoot())
        return "variance reduction (\(methods)): intervals \(narrower) times narrower than plain ones, worth "
            + "\(range(least, most)) times as many runs"
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
