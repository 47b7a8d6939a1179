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

    static func serviceLevel(_ rule: ServiceLevelRule, name: String? = nil) -> Metric {
        Metric(
            name: name ?? "service_level_\(rule.rawValue)", unit: .percent, formula: rule.formulaText, needsTarget: true,
            numerator: { rule.numerator($0) }, denominator: { rule.denominator($0) })
    }

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
            .serviceLevel(.ofAllOffered), .serviceLevel(.withoutShortAbandons), .serviceLevel(.abandonsCountAsMet),
            .serviceLevel(.ofAnswered),
        ] + [asa, abandonment, handlingTime, offered, answered]
}

extension ServiceLevelRule {
    func numerator(_ c: Counts) -> Double {
        switch self {
        case .ofAllOffered, .withoutShortAbandons, .ofAnswered, .shortHangupsIgnored: c.answeredInTime
        case .abandonsCountAsMet: c.answeredInTime + c.abandonedInTime
        case .shortHangupsCountAsMet: c.answeredInTime + c.shortAbandoned
        }
    }

    func denominator(_ c: Counts) -> Double {
        switch self {
        case .ofAllOffered, .abandonsCountAsMet, .shortHangupsCountAsMet: c.offered
        case .withoutShortAbandons: c.offered - c.abandonedInTime
        case .ofAnswered: c.answered
        case .shortHangupsIgnored: c.offered - c.shortAbandoned
        }
    }

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
