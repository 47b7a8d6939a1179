import Queueing

/// A figure about contacts: a ratio of means, with its name, unit and formula.
///
/// To add one, write it here and list it in `catalogue`; tables, summary and documentation go by that list.
public struct Metric: Sendable {
    public enum Unit: String, Sendable {
        /// Shown as 0…100.
        case percent
        case seconds
        case contacts
    }

    /// The name in `summary.csv`, such as `asa`.
    public let name: String
    public let unit: Unit
    /// In the field's words, for documentation.
    public let formula: String
    /// Whether it needs an acceptable wait, that is, a target.
    public let needsTarget: Bool
    let numerator: @Sendable (Counts) -> Double
    let denominator: @Sendable (Counts) -> Double

    /// The service level by one of the counting rules, named after it.
    public init(serviceLevel rule: ServiceLevelRule) {
        self.init(
            name: "service_level_\(rule.rawValue)", unit: .percent, formula: rule.formulaText, needsTarget: true,
            numerator: { rule.numerator($0) }, denominator: { rule.denominator($0) })
    }

    /// The service level by the target's own rule; nil where several rules meet.
    public init(serviceLevelOf rule: ServiceLevelRule?) {
        self.init(
            name: "service_level", unit: .percent, formula: rule?.formulaText ?? "each type by its target's rule",
            needsTarget: true, numerator: { (rule ?? .ofAllOffered).numerator($0) },
            denominator: { (rule ?? .ofAllOffered).denominator($0) })
    }

    private init(
        name: String, unit: Unit, formula: String, needsTarget: Bool,
        numerator: @escaping @Sendable (Counts) -> Double, denominator: @escaping @Sendable (Counts) -> Double
    ) {
        self.name = name
        self.unit = unit
        self.formula = formula
        self.needsTarget = needsTarget
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Of an agent group; its tally is kept beside those of contacts.
    public static let occupancy = Metric(
        name: "occupancy", unit: .percent, formula: "handling / (handling + available)", needsTarget: false,
        numerator: { _ in 0 }, denominator: { _ in 0 })

    public static let abandonment = Metric(
        name: "abandonment", unit: .percent, formula: "abandoned / offered", needsTarget: false,
        numerator: \.abandoned, denominator: \.offered)
    public static let asa = Metric(
        name: "asa", unit: .seconds, formula: "seconds waited by the answered / answered", needsTarget: false,
        numerator: \.waitOfAnswered, denominator: \.answered)
    public static let handlingTime = Metric(
        name: "aht", unit: .seconds, formula: "(talk + hold + after-contact work) / answered", needsTarget: false,
        numerator: { $0.talk + $0.hold + $0.wrapUp }, denominator: \.answered)
    public static let offered = Metric(
        name: "offered", unit: .contacts, formula: "contacts that reached us, redials included, a run",
        needsTarget: false, numerator: \.offered, denominator: { _ in 1 })
    public static let answered = Metric(
        name: "answered", unit: .contacts, formula: "contacts answered, a run", needsTarget: false,
        numerator: \.answered, denominator: { _ in 1 })

    /// Every metric about contacts besides the service level by the target's own rule.
    public static let catalogue: [Metric] =
        [
            Metric(serviceLevel: .ofAllOffered), Metric(serviceLevel: .withoutShortAbandons),
            Metric(serviceLevel: .abandonsCountAsMet), Metric(serviceLevel: .ofAnswered),
        ] + [asa, abandonment, handlingTime, offered, answered]
}

extension ServiceLevelRule {
    package func numerator(_ counts: Counts) -> Double { counts.serviceLevel(self).met }

    package func denominator(_ counts: Counts) -> Double { counts.serviceLevel(self).base }

    var formulaText: String {
        switch self {
        case .ofAllOffered: "answered in time / offered"
        case .withoutShortAbandons: "answered in time / (offered - hung up in time)"
        case .abandonsCountAsMet: "(answered in time + hung up in time) / offered"
        case .ofAnswered: "answered in time / answered"
        case .shortHangupsCountAsMet: "(answered in time + short hang-ups) / offered"
        case .shortHangupsIgnored: "answered in time / (offered - short hang-ups)"
        }
    }
}
