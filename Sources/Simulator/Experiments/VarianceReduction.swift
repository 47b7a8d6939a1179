/// By which methods an experiment narrows its intervals without more replications.
///
/// No method moves what a figure tends to; each changes how far chance throws it.
public struct VarianceReduction: Sendable, Hashable {
    public enum Method: String, Sendable, CaseIterable {
        /// Takes off what is known to be chance: see `LoadControls`. Replications stay independent.
        case controlVariates = "control_variates"
        /// Days' factors and absences spread evenly over each eight replications (Latin hypercube: McKay, Beckman,
        /// Conover 1979).
        case stratified
        /// Each second replication plays the mirrored draws of the first (Hammersley, Morton 1956).
        case antithetic
        /// Days' factors and absences of each sixteen replications are Sobol points with a random digital shift
        /// (Owen 1998; L'Ecuyer, Lemieux 2002).
        case quasiRandom = "quasi_random"

        /// How many replications in a row depend on each other, and count as one observation.
        var block: Int {
            switch self {
            case .controlVariates: 1
            case .antithetic: 2
            case .stratified: 8
            case .quasiRandom: 16
            }
        }
    }

    /// In the order of `Method.allCases`, none twice; one at most makes blocks.
    public var methods: [Method]
    /// Whether the methods are those that pay in general.
    public var isAuto: Bool

    /// What pays in general: control variates, which are taken off only where they narrow the interval and leave
    /// replications independent, so that the chance of a good day keeps its interval.
    public static let auto = VarianceReduction(methods: [.controlVariates], isAuto: true)
    public static let none = VarianceReduction([])

    public init(_ methods: [Method]) { self.init(methods: methods, isAuto: false) }

    private init(methods: [Method], isAuto: Bool) {
        self.methods = Method.allCases.filter { methods.contains($0) }
        self.isAuto = isAuto
    }

    /// As a scenario file says it.
    public var text: String {
        if isAuto { return "auto" }
        return methods.isEmpty ? "none" : "[" + methods.map(\.rawValue).joined(separator: ", ") + "]"
    }

    /// Replications that count as one observation.
    var block: Int { methods.map(\.block).max() ?? 1 }

    func contains(_ method: Method) -> Bool { methods.contains(method) }
}

extension Results {
    /// Top and bottom of what a type is judged by: its service level, or its hang-ups where it has no target.
    func watchedRatio(type t: Int, _ counts: Counts) -> (Double, Double) {
        guard let rule = scenario.contactTypes[t].target?.rule else { return (counts.abandoned, counts.offered) }
        return (rule.numerator(counts), rule.denominator(counts))
    }

    /// How many times as many plain replications would have given the interval of a type's service level (of its
    /// hang-ups, without a target) that variance reduction gave; nil where nothing was reduced or nothing varies.
    public func gain(type t: Int) -> Double? {
        let reduction = scenario.experiment.varianceReduction
        guard longRun == nil, !reduction.methods.isEmpty else { return nil }
        let tally = scenario.contactTypes[t].target == nil ? types[t].tally(.abandonment) : types[t].serviceLevel
        guard let plain = single[t].estimate(confidence: confidence),
            let reduced = tally.estimate(confidence: confidence), plain.halfWidth > 0, plain.halfWidth < .infinity,
            reduced.halfWidth < .infinity, tally.isControlled || reduction.block > 1
        else { return nil }
        // A figure that is explained wholly has no interval left to divide by.
        let ratio = plain.halfWidth / max(reduced.halfWidth, plain.halfWidth * 1e-3)
        return ratio * ratio
    }
}
