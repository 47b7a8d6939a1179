/// By which methods an experiment narrows its intervals without more replications.
///
/// No method changes the expected value of a figure; each changes how far chance moves it.
public struct VarianceReduction: Sendable, Hashable {
    /// A way to narrow intervals; the name is the one in scenario files.
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
        package var block: Int {
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
    /// Whether the methods were left to the program.
    public var isAuto: Bool

    /// The methods that help in general: control variates, which are used only where they narrow the interval. They
    /// leave replications independent, so that the chance of a good day keeps its interval.
    public static let auto = VarianceReduction(methods: [.controlVariates], isAuto: true)
    /// Every replication with random numbers of its own, nothing taken off.
    public static let none = VarianceReduction([])

    /// Chosen methods, in any order; of those that make blocks only one may be chosen.
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
    package var block: Int { methods.map(\.block).max() ?? 1 }

    package func contains(_ method: Method) -> Bool { methods.contains(method) }
}
